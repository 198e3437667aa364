"""Passages taken out of documents: found, made black and looked at again, each in a child of the sandbox.

What is looked for is handed to the child in a file without a name; it stands in no argument and no log.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from goldthread.domain.redacting import Box
from goldthread.engines.page_pictures import DRAWING, made
from goldthread.engines.sandbox import Asked, Limits
from goldthread.kernel.image_text import picture_from_bytes

FINDING = Limits(
    memory_bytes=700_000_000, cpu_seconds=60, wall_seconds=120.0, answer_bytes=8_000_000,
    module="goldthread.readers.documents",
)  # fmt: skip
"""For every page of a PDF at once."""


def places_in(path: Path | str, passages: Sequence[str]) -> list[tuple[int, tuple[Box, ...]]]:
    """Where passages stand on the pages of a PDF with text: the number of each, from 0, and its boxes on the page.

    Raises Refused, in plain English; OSError.
    """
    asked = Asked(form="pdf", places=1)
    return made(path, _places, FINDING, asked, json.dumps(list(passages)).encode())


def burn_page(path: Path | str, kind: str, number: int, boxes: Sequence[Box], *, ruler: bool = False) -> bytes:
    """A JPEG of a page with what lies in its boxes black. Raises Refused, in plain English; OSError."""
    said = json.dumps([[one.left, one.top, one.right, one.bottom] for one in boxes if one.page == number])
    asked = Asked(form=kind, burn=number, ruler=1 if ruler else None)
    return made(path, picture_from_bytes, DRAWING, asked, said.encode())


def faults_of(path: Path | str, pages: int, boxes: Sequence[Box]) -> list[str]:
    """What is wrong with a PDF that was made of pictures: nothing where it has these pages, a picture each and nothing
    else, and every box is black. Raises Refused, in plain English; OSError."""
    told = {"pages": pages, "boxes": [[one.page, one.left, one.top, one.right, one.bottom] for one in boxes]}
    return made(path, _words, FINDING, Asked(form="pdf", sound=1), json.dumps(told).encode())


def _places(answer: bytes) -> list[tuple[int, tuple[Box, ...]]]:
    return [(int(which), tuple(Box(*map(int, box)) for box in boxes)) for which, boxes in json.loads(answer)]


def _words(answer: bytes) -> list[str]:
    return [str(one) for one in json.loads(answer)]
