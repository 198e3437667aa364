"""The report as a tagged PDF that a screen reader can follow (PDF/UA-1)."""

import json
from pathlib import Path

from goldthread.apps.reports.document import Document
from goldthread.apps.reports.rendering.compiling import compiled
from goldthread.domain.plain_text import plain
from goldthread.engines import drawing

TEMPLATE = Path(__file__).with_name("report.typ")


def render(document: Document, *, draft: bool, mark: str = "", imprint: str = "") -> bytes:
    """The PDF, with a mark on every page and an imprint on the first where they are given.

    The compiler itself refuses a document without a title, with a skipped heading or an unnamed picture.

    Every text goes in as data, so that nothing in a report can be run as markup or reach a file.
    """
    document = plain(document)
    told = document.as_json()
    for part, shown in zip(document.parts, told["parts"], strict=True):
        if part.figure is not None:
            shown["figure"]["svg"] = drawing.to_svg(part.figure.spec())
    inputs = {"report": json.dumps(told), "draft": "yes" if draft else "no", "mark": mark, "imprint": imprint}
    return compiled(TEMPLATE, inputs)
