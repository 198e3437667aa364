"""Passages found on pages, made black, and what was made looked at again, in the sandbox."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tests import documents_story as make

from goldthread.domain.redacting import WHOLE, Box
from goldthread.engines.page_pictures import read_page
from goldthread.engines.redacting import burn_page, faults_of, places_in
from goldthread.kernel.picture_pdf import made_of, size_of

SAYS = "On 3 May the child moved to 27 Larch Close, and Ms Okonkwo agreed. It was an annual plan."


def at(tmp_path: Path, data: bytes, name: str = "held") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def text(path: Path, number: int = 1) -> str:
    return read_page(path, "pdf", number, languages="eng", memory=700_000_000, seconds=30).text


def redacted(tmp_path: Path, data: bytes, passages: list[str], pages: int = 1) -> tuple[Path, list[Box]]:
    path = at(tmp_path, data)
    boxes = [box for _, held in places_in(path, passages) for box in held]
    made = made_of([burn_page(path, "pdf", number, boxes) for number in range(1, pages + 1)])
    return at(tmp_path, made, "made"), boxes


def turned(data: bytes, by: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as held:
        held.pages[0].rotate(by, relative=True)
        held.save(out)
    return out.getvalue()


@pytest.mark.parametrize("by", [0, 90, 180, 270])
def test_words_are_black_on_the_page_whichever_way_it_lies_and_the_rest_can_be_read(tmp_path: Path, by: int) -> None:
    path, boxes = redacted(tmp_path, turned(make.pdf(SAYS), by), ["larch close", "Ms Okonkwo"])
    assert len(boxes) == 2
    left = text(path)
    assert "Larch" not in left and "Close" not in left and "Okonkwo" not in left
    assert "the child moved to" in left and "annual plan" in left
    assert faults_of(path, 1, boxes) == []


def test_the_made_file_has_pictures_and_nothing_else(tmp_path: Path) -> None:
    path, _ = redacted(tmp_path, make.pdf(SAYS, "A second page."), ["Larch Close"], pages=2)
    data = path.read_bytes()
    assert b"Larch" not in data and b"/Info" not in data and b"/Font" not in data
    with pikepdf.open(path) as held:
        kinds = {str(one.get("/Type", one.get("/Subtype", ""))) for one in held.objects
                 if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)}  # fmt: skip
        assert kinds == {"/Catalog", "/Pages", "/Page", "/XObject", ""}
        assert len(held.docinfo) == 0 and len(held.pages) == 2 and len(held.attachments) == 0


def test_a_passage_over_two_lines_has_a_box_on_each(tmp_path: Path) -> None:
    long = "The manager of the home at Larch Close wrote down why each decision of the year was made and by whom."
    path = at(tmp_path, make.pdf(f"{long} {long}"))
    found = places_in(path, [long])
    assert [len(boxes) for _, boxes in found] == [2, 3] or [len(boxes) for _, boxes in found] == [2, 2]
    assert all(box.sound for _, boxes in found for box in boxes)


def test_every_fault_of_a_made_file_is_told(tmp_path: Path) -> None:
    box = Box(1, 1000, 1000, 9000, 3000)
    page = burn_page(at(tmp_path, make.pdf(SAYS)), "pdf", 1, [])
    bare = at(tmp_path, made_of([page]), "bare")
    assert faults_of(bare, 1, [box]) == ["page 1 shows something where it should be black"]
    assert faults_of(bare, 2, []) == ["pages are missing"]
    under = " ".join(faults_of(at(tmp_path, make.pdf(SAYS), "under"), 1, []))
    for fault in ("its making", "text beneath its picture", "more than its picture"):
        assert fault in under


def test_the_edges_of_a_page_and_the_whole_of_it_can_be_black(tmp_path: Path) -> None:
    path = at(tmp_path, make.scanned(make.scan(SAYS)))
    with Image.open(io.BytesIO(burn_page(path, "pdf", 1, [Box(1, 0, 0, WHOLE, WHOLE)]))) as black:
        assert max(high for _, high in black.getextrema()) < 10
    with Image.open(io.BytesIO(burn_page(path, "pdf", 1, [Box(2, 0, 0, WHOLE, WHOLE)]))) as other:
        assert max(high for _, high in other.getextrema()) > 200
    ruled = burn_page(path, "pdf", 1, [], ruler=True)
    assert ruled != burn_page(path, "pdf", 1, [])


def test_only_pictures_in_three_colours_are_pages() -> None:
    held = io.BytesIO()
    Image.new("RGB", (30, 20)).save(held, "JPEG")
    assert size_of(held.getvalue()) == (30, 20)
    grey = io.BytesIO()
    Image.new("L", (30, 20)).save(grey, "JPEG")
    for bad in (b"%PDF", b"\xff\xd8\xff", b"", grey.getvalue()):
        with pytest.raises(ValueError, match="no JPEG"):
            made_of([bad])
