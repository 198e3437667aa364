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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from serving import environment, make_demonstration

SEARCH_BAR, INGEST_BAR = 0.100, 10.0
"""Seconds for 95 of 100 searches, and text pages a second and core, as the plan of the documents asks."""
TEN = 10
WAYS = ("words", "meaning", "")
"""How it is searched; the empty one is both."""


def _begin(folder: Path) -> None:
    if not (folder / "data" / "demonstration.json").is_file():
        make_demonstration(folder, size=0.3, sample=60, less=True)
    os.environ.update(environment(folder), DJANGO_SETTINGS_MODULE="goldthread.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    # A library that was kept for another run may be older than the code.
    call_command("migrate", verbosity=0)


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


def _see() -> tuple[int, float]:
    """How many pages were read from their pictures, and the seconds of processor that this took."""
    from goldthread.apps.documents import seer

    spent = _processor()
    return seer.see_all(), _processor() - spent


def _largest() -> tuple[float, float]:
    """Megabytes at most of this process and of any child; a child begins as a copy, so it never shows less."""
    return tuple(resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


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


def _learn() -> tuple[int, float]:
    """How many stretches of text were understood, and the seconds of processor that this took."""
    from django.db.models import Sum

    from goldthread.apps.documents import learner
    from goldthread.apps.documents.models import DocumentMeaning

    spent, count = _processor(), 0
    while learner.learn_next():
        count += 1
        if count % 50 == 0:
            print(f"understood {count} documents in {_processor() - spent:.0f} s", file=sys.stderr, flush=True)
    return DocumentMeaning.objects.aggregate(whole=Sum("stretches"))["whole"] or 0, _processor() - spent


@dataclass
class Measured:
    """What searching took, in seconds by its way, and how many of the questions had their passage among ten hits.

    `times` are by the clock, `spent` of the processor.
    """

    first: float = 0.0
    first_meaning: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)
    spent: dict[str, list[float]] = field(default_factory=dict)
    searched: int = 0
    asked: int = 0
    paraphrased: dict[str, int] = field(default_factory=dict)
    in_its_words: dict[str, int] = field(default_factory=dict)
    known: int = 0


def _searched(inspection: Any, count: int) -> Measured:
    from goldthread.apps.documents import queries
    from goldthread.synthetic.corpus import questions

    by, got, asked = _actor("inspector"), Measured(), questions(count)

    def timed(words: str, way: str) -> Any:
        began, worked = time.perf_counter(), time.process_time()
        result = queries.search(by, inspection, queries.Choice(words=words, by=way))
        got.times.setdefault(way, []).append(time.perf_counter() - began)
        got.spent.setdefault(way, []).append(time.process_time() - worked)
        return result

    started = timed("supervision", "words")
    got.searched, got.asked, got.first = started.searched, len(asked), got.times["words"].pop()
    got.spent["words"].pop()
    got.known = timed("supervision", "meaning").known.documents
    got.first_meaning = got.times["meaning"].pop()
    got.spent["meaning"].pop()
    for way in WAYS:
        for _ in range(3):
            found = [timed(one.words, way).hits[:TEN] for one in asked]
            own = [timed(one.in_its_words, way).hits[:TEN] for one in asked]
            for words in ("child", "supervision", "foster carers", '"working days"', "cp plan", "caselods"):
                timed(words, way)
        got.paraphrased[way] = sum(_answers(hits, one) for hits, one in zip(found, asked, strict=True))
        got.in_its_words[way] = sum(_answers(hits, one) for hits, one in zip(own, asked, strict=True))
    return got


def _answers(hits: Sequence[Any], asked: Any) -> bool:
    """Whether the passage stands on one of the pages that were found, by a plain look at their text."""
    from goldthread.apps.documents import holdings

    pages = [holdings.pages_of(hit.document)[hit.page - 1].text for hit in hits if hit.page]
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
            print(f"\n{pages:,} pages read in, {seconds:.0f} s of processor: {rate:.1f} a second", flush=True)
            print("Megabytes, this process and the largest child: {:.0f}, {:.0f}".format(*_largest()), flush=True)
            seen, seconds = _see()
            print(f"{seen} pages read from pictures: {seconds / max(seen, 1):.2f} s of processor each", flush=True)
            print("Megabytes, this process and the largest child: {:.0f}, {:.0f}".format(*_largest()), flush=True)
            _submit(inspection)
            if args.folder:
                (args.folder / "read").touch()
        stretches, seconds = _learn()
        if seconds > 1:
            print(f"\n{stretches:,} stretches are understood: {stretches / seconds:.0f} a second of processor")
        return _told(inspection, args.count, rate)


def _told(inspection: Any, count: int, rate: float) -> int:
    from django.db.models import Sum

    from goldthread.apps.documents.models import Document

    got = _searched(inspection, count)
    pages = Document.objects.aggregate(whole=Sum("pages"))["whole"]
    print("\n## Documents (`just bench-documents`)\n")
    print(f"| {got.searched:,} invented documents that the searcher may see, {pages:,} pages | |")
    print("|---|---:|")
    if rate:
        print(f"| read in, pages a second of processor, sealing included (bar: {INGEST_BAR:.0f}) | {rate:.0f} |")
    print(f"| the first search after a start, which opens and indexes everything, seconds | {got.first:.1f} |")
    print(f"| and the first by meaning, which opens the model and the vectors, seconds | {got.first_meaning:.1f} |")
    print(f"| documents of which the meaning is known | {got.known:,} |")
    print("\n| | words | meaning | both |")
    print("|---|---:|---:|---:|")
    slow, worked = _slow(got.times), _slow(got.spent)
    print(f"| search by the clock, milliseconds, half within | {_row(_halves(got.times))} |")
    print(f"| by the clock, 95 of 100 within (bar: {1000 * SEARCH_BAR:.0f}) | {_row(slow)} |")
    print(f"| of the processor, half within | {_row(_halves(got.spent))} |")
    print(f"| of the processor, 95 of 100 within | {_row(worked)} |")
    print(f"| searches each way | {_row(len(got.times[way]) for way in WAYS)} |")
    print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.", file=sys.stderr)
    print(f"| of {got.asked} questions in the passages' own words, passage among the first ten "
          f"| {_row(got.in_its_words[way] for way in WAYS)} |")  # fmt: skip
    print(
        f"| of {got.asked} questions in other words than the passage | {_row(got.paraphrased[way] for way in WAYS)} |"
    )
    return 0 if max(slow) < 1000 * SEARCH_BAR and (not rate or rate >= INGEST_BAR) else 1


def _slow(times: dict[str, list[float]]) -> list[float]:
    """For each way the milliseconds within which 95 of 100 searches were."""
    return [1000 * statistics.quantiles(times[way], n=20)[-1] for way in WAYS]


def _halves(times: dict[str, list[float]]) -> list[float]:
    return [1000 * statistics.median(times[way]) for way in WAYS]


def _row(numbers: Iterable[float]) -> str:
    return " | ".join(f"{one:.0f}" for one in numbers)


if __name__ == "__main__":
    sys.exit(main())
