"""Measures the library of documents: how fast it is read in, how fast it is searched, and what searches find.

    .venv/bin/python bench/documents.py [--count 1200] [--folder FOLDER]

FOLDER keeps the library for another run, which then measures searching alone. Everything goes through the actions and
queries of the pages, permissions included. Prints Markdown for docs/figures.md. Exit code 1 where a bar is missed.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from serving import environment, make_demonstration

SEARCH_BAR, INGEST_BAR = 0.100, 10.0
"""Seconds for 95 of 100 searches, and text pages a second and core, as the plan of the documents asks."""
TEN = 10


def _begin(folder: Path) -> None:
    if not (folder / "data" / "demonstration.json").is_file():
        make_demonstration(folder, size=0.3, sample=60, less=True)
    os.environ.update(environment(folder), DJANGO_SETTINGS_MODULE="goldthread.config.settings")
    import django

    django.setup()


def _actor(name: str) -> Any:
    from goldthread.apps.access.models import Person
    from goldthread.apps.access.queries import actor_for

    return actor_for(Person.objects.get(email=f"{name}@demo.example"), second_factor=True)


def _send(inspection: Any, count: int) -> None:
    from goldthread.apps.documents import actions
    from goldthread.config.demonstration_documents import send
    from goldthread.synthetic.corpus import make_corpus

    by = _actor("uploader")
    for made in make_corpus(count):
        about = actions.About(made.kind, made.about_from, made.about_to, (made.area,))
        send(inspection, made.name, made.data, about, by)


def _read_in() -> tuple[int, float]:
    """How many pages were read, and the seconds of processor that this took, children included."""
    from django.db.models import Sum

    from goldthread.apps.documents import worker
    from goldthread.apps.documents.models import Document

    before = Document.objects.aggregate(whole=Sum("pages"))["whole"] or 0
    spent = _processor()
    worker.read_all()
    return (Document.objects.aggregate(whole=Sum("pages"))["whole"] or 0) - before, _processor() - spent


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _submit(inspection: Any) -> None:
    from goldthread.apps.documents import actions, queries

    by = _actor("officer")
    waiting = queries.awaiting_submission(by, inspection)
    for at in range(0, len(waiting), 200):
        actions.submit(
            inspection=inspection, documents=[(one, one.version) for one in waiting[at : at + 200]], by=by
        )  # fmt: skip


def _searched(inspection: Any, count: int) -> tuple[float, list[float], int, int]:
    """Seconds of the first search, of each of the others, how many documents are searched, and answers among ten."""
    from goldthread.apps.documents import queries
    from goldthread.synthetic.corpus import questions

    by, asked = _actor("inspector"), questions(count)
    began = time.perf_counter()
    searched = queries.search(by, inspection, queries.Choice(words="supervision")).searched
    first, times, found = time.perf_counter() - began, [], 0
    for _ in range(3):
        found = 0
        for one in asked:
            began = time.perf_counter()
            result = queries.search(by, inspection, queries.Choice(words=one.words))
            times.append(time.perf_counter() - began)
            found += _answers(result.hits[:TEN], one)
        for words in ("child", "supervision", "foster carers", '"working days"', "cp plan", "caselods"):
            began = time.perf_counter()
            queries.search(by, inspection, queries.Choice(words=words))
            times.append(time.perf_counter() - began)
    return first, times, searched, found


def _answers(hits: Sequence[tuple[Any, int, str, Any]], asked: Any) -> bool:
    """Whether the passage stands on one of the pages that were found, by a plain look at their text."""
    from goldthread.apps.documents import holdings

    pages = [holdings.pages_of(document)[page - 1].text for document, page, *_ in hits if page]
    return any(asked.passage in " ".join(text.split()) for text in pages)


def main() -> int:
    """Read a library in, search it, and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1_200)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        _begin(args.folder or Path(scratch))
        from goldthread.apps.inspections.models import Inspection

        inspection = Inspection.objects.order_by("created_at").first()
        rate = 0.0
        if not (args.folder and (args.folder / "read").is_file()):
            _send(inspection, args.count)
            pages, seconds = _read_in()
            rate = pages / seconds
            _submit(inspection)
            if args.folder:
                (args.folder / "read").touch()
        return _told(inspection, args.count, rate)


def _told(inspection: Any, count: int, rate: float) -> int:
    from django.db.models import Sum

    from goldthread.apps.documents.models import Document

    first, times, searched, found = _searched(inspection, count)
    pages = Document.objects.aggregate(whole=Sum("pages"))["whole"]
    slow = statistics.quantiles(times, n=20)[-1]
    print("\n## Documents (`just bench-documents`)\n")
    print(f"| {searched:,} invented documents that the searcher may see, {pages:,} pages | |")
    print("|---|---:|")
    if rate:
        print(f"| read in, pages a second of processor, sealing included (bar: {INGEST_BAR:.0f}) | {rate:.0f} |")
    print(f"| the first search after a start, which opens and indexes everything, seconds | {first:.1f} |")
    print(f"| search, half within, milliseconds | {1000 * statistics.median(times):.0f} |")
    print(f"| search, 95 of 100 within, milliseconds (bar: {1000 * SEARCH_BAR:.0f}) | {1000 * slow:.0f} |")
    print(f"| of 60 questions, passage among the first ten: full text, all words | {found} |")
    return 0 if slow < SEARCH_BAR and (not rate or rate >= INGEST_BAR) else 1


if __name__ == "__main__":
    sys.exit(main())
