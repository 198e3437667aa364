"""Pages as pictures: drawn within a bounded size and encoded anew, so that nothing of the file itself is handed on.

What a file of pictures knows beside them (where and with what it was taken) is left behind.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from goldthread.kernel.document_text import Extracted, Page
from goldthread.kernel.refusal import Refused
from goldthread.readers.documents import kinds
from goldthread.readers.documents.pdf import opened

FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF")
MOST_PIXELS = 60_000_000
"""Of a picture as it was sent. [security reference, 6.3]"""
MOST_SIDE = 4_000
"""Of a picture that is drawn, in pixels. [security reference, 6.3]"""
QUALITY = 82

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def counted(data: bytes, most_pages: int) -> Extracted:
    """How many pages a file of pictures has; nothing of their text is known yet. Raises Refused."""
    with _opened(data) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if count > most_pages:
            raise Refused(
                f"This file has {count:,} pages; at most {most_pages:,} are taken in one file.",
                "Divide it into several files, and send each.",
                code="pages",
            )
        _first(image)
    return Extracted("page", (Page("", picture=True),) * count, read=False)


def drawn(data: bytes, kind: str, number: int, side: int) -> Image.Image:
    """One page, the first being 1, its longer side so many pixels or, of a picture that has fewer, as it is.

    Raises Refused where there is no such page, or the file is damaged.
    """
    side = min(side, MOST_SIDE)
    return _of_pdf(data, number, side) if kind == "pdf" else _of_picture(data, number, side)


def encoded(image: Image.Image) -> bytes:
    """As a JPEG without a word beside the picture."""
    out = io.BytesIO()
    # Onto a fresh one: what was said beside the picture (a comment, a place, a device) is carried along else.
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def can_be_drawn(kind: str) -> bool:
    """Whether pages of files of that kind have a look of their own."""
    return kind == "pdf" or kind in kinds.PICTURES


def _of_pdf(data: bytes, number: int, side: int) -> Image.Image:
    document = opened(data)
    if not 1 <= number <= len(document):
        raise no_such_page()
    try:
        page = document[number - 1]
        longest = max(page.get_width(), page.get_height(), 1.0)
        bitmap = page.render(scale=side / longest, may_draw_forms=True)
        image: Image.Image = bitmap.to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError):
        raise damaged() from None
    return image


def _of_picture(data: bytes, number: int, side: int) -> Image.Image:
    with _opened(data) as image:
        for at, frame in enumerate(ImageSequence.Iterator(image), 1):
            if at == number:
                return _shrunk(ImageOps.exif_transpose(_first(frame)), side)
    raise no_such_page()


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """On white, at most so many pixels long; never larger than it was."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        with_clear = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(with_clear, mask=with_clear.getchannel("A"))
    if image.mode.startswith(("I", "F")):
        image = image.convert("L")
    shrunk = image.convert("RGB")
    shrunk.thumbnail((side, side), Image.Resampling.LANCZOS)
    return shrunk


def _opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_many_pixels() from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning):
            raise damaged() from None
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    return image


def _first(image: Any) -> Any:
    """The picture with its pixels unpacked. Raises Refused where it was cut short."""
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    try:
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError):
        raise damaged() from None
    return image


def no_such_page() -> Refused:
    """What is said of a page that is not there."""
    return Refused("There is no such page in this file.", "Choose one of its pages.", code="no-page")


def damaged() -> Refused:
    """What is said of a picture that cannot be opened."""
    return Refused(
        "This picture is damaged or was cut short, so it cannot be shown or read.",
        "Scan or save it again, check that it opens, and send the new file.",
        code="damaged-picture",
    )


def _too_many_pixels() -> Refused:
    return Refused(
        f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels, so it was not opened.",
        "Save it smaller (300 dots an inch are enough for a page), and send that file.",
        code="pixels",
    )
