"""Measures how long a report of 25 pages with 12 charts takes to be made: its page's pictures, PDF and Word file.

    .venv/bin/python bench/report.py [--runs 3]

The report is invented here, of as many areas, charts, tables and paragraphs as it needs; nothing is asked of a
database. Each run is a process of its own, so that nothing drawn before helps. Prints Markdown for docs/figures.md.
Exit code 1 where the bar is missed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

PAGES, CHARTS, BAR = 25, 12, 5.0
"""A report of so many pages with so many charts is made in so many seconds by the clock. CPU seconds stand beside it:
on a machine that others use, they tell how much of the clock was theirs."""
SENTENCE = (
    "Workers know the children well and see them often, and what they plan with families is written down in time. "
)


def _document(paragraphs: int) -> Any:
    from goldthread.apps.reports.document import Bar, Document, Figure, Grid, Part

    parts = []
    for number in range(CHARTS):
        names = [f"Measure {number}.{one} of what the lists say about help that comes in time" for one in range(4)]
        bars = tuple(Bar(name, 60.0 + 3 * one, 52.0 + 3 * one, 67.0 + 3 * one) for one, name in enumerate(names))
        rows = tuple((name, "60 of 100", "60.0%", "52.0% to 67.0%", "30 September 2026") for name in names)
        headings = ("Measure", "Count", "Share", "Likely range", "As at")
        words = tuple(f"{number}.{one} " + SENTENCE * 5 for one in range(paragraphs))
        grid = Grid(f"Area {number}: the numbers behind the findings", headings, rows)
        parts.append(Part(f"area-{number}", f"Area {number}", words, (), grid, Figure(names[0], names[0], bars)))
    return Document("A report", "Wexcombe", "A framework", "Fieldwork in November 2026", True, tuple(parts))


def _once(paragraphs: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings_test")
    import django

    django.setup()
    import pypdfium2

    from goldthread.apps.reports.rendering import pdf, word

    document = _document(paragraphs)
    begun, cpu = time.perf_counter(), time.process_time()
    made = pdf.render(document, draft=False)
    after_pdf = time.perf_counter()
    word.render(document, draft=False)
    told = {
        "pages": len(pypdfium2.PdfDocument(made)), "pdf": after_pdf - begun, "word": time.perf_counter() - after_pdf,
        "cpu": time.process_time() - cpu,
    }  # fmt: skip
    print(json.dumps(told))


def main() -> int:
    """Measure; the exit code says whether the bar is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--paragraphs", type=int, default=7, help="paragraphs of an area; so many make 25 pages")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        _once(asked.paragraphs)
        return 0
    told = []
    for _ in range(asked.runs):
        command = [sys.executable, __file__, "--once", "--paragraphs", str(asked.paragraphs)]
        told.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    middle = {name: statistics.median(one[name] for one in told) for name in told[0]}
    whole = middle["pdf"] + middle["word"]
    print("| what | measured | bar |\n|---|---:|---:|")
    print(f"| pages of the PDF, with {CHARTS} charts and tables | {middle['pages']:.0f} | {PAGES} |")
    print(f"| the PDF, charts drawn, seconds | {middle['pdf']:.2f} | |")
    print(f"| the Word file after it, seconds | {middle['word']:.2f} | |")
    print(f"| both, seconds | {whole:.2f} | {BAR:.0f} |")
    print(f"| both, CPU seconds of the process | {middle['cpu']:.2f} | |")
    return 0 if whole < BAR and middle["pages"] >= PAGES else 1


if __name__ == "__main__":
    sys.exit(main())
