"""Documents as a scanner sends them: a PDF whose pages are pictures of print, tilted, blurred and speckled."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from goldthread.synthetic.documents import Made, Section, file_of, sections_of

if TYPE_CHECKING:
    from PIL import Image

DOTS = 200
"""Dots an inch, as office scanners are set."""

TILT, BLUR, PACKED, SPECKS = 0.7, 0.8, 55, 120
"""Degrees at most to either side, blur in dots, quality of packing of 100, and specks of dirt on a page."""


def scan_of(title: str, told: Sequence[Section], *, seed: str) -> bytes:
    """The bytes of a PDF that holds nothing but pictures of these pages. The same seed tilts and specks the same."""
    import pypdfium2

    dice = Random(f"scan-{seed}")  # noqa: S311 - invented dirt, no secret
    out, pages = io.BytesIO(), []
    with pypdfium2.PdfDocument(file_of("pdf", title, told)) as printed:
        for page in printed:
            pages.append(_scanned(page.render(scale=DOTS / 72).to_pil().convert("L"), dice))
    pages[0].save(out, "PDF", resolution=DOTS, save_all=True, append_images=pages[1:], quality=PACKED)
    return out.getvalue()


def _scanned(image: "Image.Image", dice: Random) -> "Image.Image":
    from PIL import Image, ImageFilter

    tilted = image.rotate(dice.uniform(-TILT, TILT), resample=Image.Resampling.BICUBIC, fillcolor=255)
    dirty = tilted.filter(ImageFilter.GaussianBlur(BLUR))
    for _ in range(SPECKS):
        dirty.putpixel((dice.randrange(dirty.width), dice.randrange(dirty.height)), dice.randrange(160))
    return dirty


def make_scans(until: date) -> Iterator[Made]:
    """Two documents that were printed, signed and scanned: minutes of two pages, and a letter of one."""
    told = (
        ("Signed minutes of the improvement board", "minutes", 2),
        ("Letter from the designated judge", "letter", 1),
    )
    for title, kind, pages in told:
        data = scan_of(title, sections_of(title, pages), seed=title)
        yield Made(f"{title}.pdf", data, kind, "", until - timedelta(days=120), until - timedelta(days=30))
