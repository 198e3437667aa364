"""The board pack as a tagged PDF (PDF/UA-1) of one page."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("board.typ")


def as_pdf(pack: Mapping[str, Any]) -> bytes:
    """The PDF. `pack` holds `title`, `about`, `foot`, `heading`, `more`, and lists of texts: `counts`, `rows` (of six
    cells each), `moved`, `overdue`, `soon`. Whoever makes them keeps them to what a page holds."""
    # Imported here: the compiler is large, and only this page needs it.
    import typst

    inputs = {"pack": json.dumps(dict(pack))}
    made = typst.compile(str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs=inputs, pdf_standards=["ua-1"])
    return bytes(made)
