"""Pages drawn and read from their pictures in the sandbox, and every bad picture refused with a way to mend it."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from tests import documents_story as make

from goldthread.engines.documents import read_document
from goldthread.engines.page_pictures import DRAWING, SIDE, draw_page, read_page
from goldthread.engines.sandbox import Limits
from goldthread.kernel.image_text import ImageText, Word, from_bytes, picture_from_bytes, to_bytes
from goldthread.kernel.refusal import Refused

SAYS = "The manager of the Larch Close home wrote down why each decision was made."


def at(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "held"
    path.write_bytes(data)
    return path


def read(path: Path, kind: str, number: int = 1, memory: int = 700_000_000) -> ImageText:
    return read_page(path, kind, number, languages="eng", memory=memory, seconds=30)


def test_a_page_is_drawn_at_a_bounded_size_and_is_nothing_but_a_picture(tmp_path: Path) -> None:
    path = at(tmp_path, make.pdf("One.", "Two."))
    with Image.open(io.BytesIO(draw_page(path, "pdf", 2))) as drawn:
        assert (drawn.format, max(drawn.size)) == ("JPEG", SIDE)
        assert drawn.getexif() == {} and "comment" not in drawn.info
    with pytest.raises(Refused) as caught:
        draw_page(path, "pdf", 3)
    assert caught.value.code == "no-page"
    with Image.open(io.BytesIO(draw_page(path, "pdf", 1, side=50_000))) as drawn:
        assert max(drawn.size) == 4_000


def test_where_a_photograph_was_taken_is_left_behind(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "27 Larch Close"
    exif[0x0112] = 6
    held = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(held, "JPEG", exif=exif, comment=b"27 Larch Close")
    assert b"Larch" in held.getvalue()
    drawn = draw_page(at(tmp_path, held.getvalue()), "jpg", 1)
    assert b"Larch" not in drawn
    with Image.open(io.BytesIO(drawn)) as turned:
        assert turned.size == (200, 400)


def test_a_scan_is_read_with_how_sure_it_is_and_where_each_word_stands(tmp_path: Path) -> None:
    got = read(at(tmp_path, make.scanned(make.scan("Nothing."), make.scan(SAYS))), "pdf", 2)
    assert got.text == SAYS
    assert got.sure > 85
    assert [got.text[one.start : one.end] for one in got.words] == SAYS.split()
    left, top, right, bottom = got.words[0].place
    assert 0 < left < right < 10_000 and 0 < top < bottom < 2_000


@pytest.mark.parametrize("turned", [90, 180])
def test_a_scan_that_lies_on_its_side_or_its_head_is_read(tmp_path: Path, turned: int) -> None:
    held = io.BytesIO()
    with Image.open(io.BytesIO(make.scan(*[SAYS] * 6))) as page:
        page.rotate(turned, expand=True).save(held, "PNG")
    assert SAYS in read(at(tmp_path, held.getvalue()), "png").text


def test_a_picture_without_words_has_no_text(tmp_path: Path) -> None:
    held = io.BytesIO()
    Image.linear_gradient("L").resize((600, 400)).save(held, "PNG")
    assert read(at(tmp_path, held.getvalue()), "png") == ImageText("")


def test_every_page_of_a_tiff_counts_and_too_many_are_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    pages = [Image.new("L", (300, 200), shade) for shade in (0, 128, 255)]
    pages[0].save(held, "TIFF", save_all=True, append_images=pages[1:])
    path = at(tmp_path, held.getvalue())
    got = read_document(path, "tif", most_pages=3)
    assert (got.unit, len(got.pages), got.pictures, got.read) == ("page", 3, [1, 2, 3], False)
    with Image.open(io.BytesIO(draw_page(path, "tif", 3))) as last:
        assert last.getpixel((5, 5)) == (255, 255, 255)
    with pytest.raises(Refused) as caught:
        read_document(path, "tif", most_pages=2)
    assert caught.value.code == "pages" and caught.value.mend


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flood() -> bytes:
    """A PNG of a few bytes that would unpack to 3.6 thousand million pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(600_000))) + chunk(b"IEND", b"")


BAD = {
    "cut short": (lambda: make.scan(SAYS)[:4_000], "jpg", "damaged-picture"),
    "only named so": (lambda: b"\x89PNG\r\n\x1a\nand nothing", "png", "damaged-picture"),
    "a flood of pixels": (flood, "png", "pixels"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_picture_is_refused_when_it_is_read_in_drawn_or_read(tmp_path: Path, what: str) -> None:
    data, kind, code = BAD[what]
    path = at(tmp_path, data())
    for attempt in (
        lambda: read_document(path, kind, most_pages=10), lambda: draw_page(path, kind, 1), lambda: read(path, kind),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code == code and caught.value.mend


def test_the_child_stays_within_its_memory(tmp_path: Path) -> None:
    path = at(tmp_path, make.scan(SAYS, form="PNG"))
    little = Limits(memory_bytes=60_000_000, module=DRAWING.module)
    with pytest.raises(Refused) as caught:
        draw_page(path, "png", 1, limits=little)
    assert caught.value.code in ("memory", "crash") and caught.value.mend
    with pytest.raises(Refused) as caught:
        read(path, "png", memory=60_000_000)
    assert caught.value.code in ("memory", "crash")
    assert read(path, "png").text == SAYS


def test_what_the_child_answers_is_checked() -> None:
    held = ImageText("One two", (Word(0, 3, 96, (1, 2, 3, 4)), Word(4, 7, 40, (5, 2, 9, 4))))
    assert from_bytes(to_bytes(held)) == held
    assert (held.sure, held.unsure) == (68, ((4, 7),))
    assert ImageText("").sure == 0
    for bad in (ImageText("One", (Word(0, 9, 50, (0, 0, 1, 1)),)), ImageText("One", (Word(0, 3, 101, (0, 0, 1, 1)),))):
        with pytest.raises(ValueError, match="outside its text"):
            from_bytes(to_bytes(bad))
    with pytest.raises(ValueError, match="no picture"):
        picture_from_bytes(b"<svg>")
