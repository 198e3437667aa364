"""What becomes of what was cited when a new version comes; a passage put on the shelf and taken out by keyboard; and
the documents taken along with their index."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests import documents_story as make

from .conftest import Visitor
from .keyboard import Keys
from .test_report import enter

pytestmark = pytest.mark.journey

KEPT = "Every child is seen alone at each visit."
GONE = "Managers read one file in ten each quarter."
SECRET = "27 Larch Close"


def waits_until_read(officer: Visitor) -> None:
    """Look again until nothing of the list is still being read."""
    for _ in range(60):
        officer.page.reload()
        if not officer.page.locator("tbody tr", has_text=re.compile("be read in|being read in")).all():
            return
        officer.page.wait_for_timeout(1_000)


def submits(officer: Visitor) -> None:
    """Submit whatever waits, as the nominated officer does."""
    enter(officer, "Documents")
    waits_until_read(officer)
    officer.follow(re.compile("See (it|them) and submit"))
    officer.follow(re.compile("Choose all"))
    officer.press("Submit what is ticked")
    officer.reads("submitted. The team sees")


def uploads(officer: Visitor, path: Path, kind: str) -> None:
    """Upload one document."""
    enter(officer, "Documents")
    officer.follow("Upload and submit documents")
    officer.page.locator("input[type=file]").set_input_files([path])
    officer.page.get_by_label("What kind of document").select_option(label=kind)
    officer.press("Upload")
    expect(officer.page.locator("[data-documents-told]")).to_contain_text("1 received", timeout=30_000)


def cites(inspector: Visitor, title: str, words: str) -> str:
    """Put the sentence that begins so on the shelf without a mouse; the mark of the item."""
    enter(inspector, "Documents")
    keys = Keys(inspector.page)
    keys.go(title, "Read it", "Choose words for the shelf")
    options = inspector.page.locator("#from option").all_inner_texts()
    at = next(number for number, one in enumerate(options) if words[:20] in one)
    keys.tab_to("| from |")
    keys.press("Home", *["ArrowDown"] * at)
    keys.go("Put them in the box below")
    expect(inspector.page.get_by_label("The words to cite")).to_have_value(words)
    keys.write("why", "It is the rule that the visits are held against.")
    keys.go("Put it on the shelf")
    inspector.reads(f"“{words}”")
    return str(re.search(r"E\d+", inspector.heading + inspector.text)[0])  # type: ignore[index]


def test_what_was_cited_goes_along_with_a_new_version_or_is_said_to_be_lost(
    visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    first, second = tmp_path / "Visiting rule.docx", tmp_path / "Visiting rule of June.docx"
    first.write_bytes(make.word("It applies to all teams.", KEPT, GONE))
    second.write_bytes(
        make.word("It applies to all teams.", "It was written anew in June.", "Days are written down.", KEPT)
    )
    officer, inspector = visit("officer"), visit("inspector")
    uploads(officer, first, "Policy or procedure")
    submits(officer)
    kept, gone = cites(inspector, "Visiting rule", KEPT), cites(inspector, "Visiting rule", GONE)
    assert kept != gone

    enter(officer, "Documents")
    officer.follow("Visiting rule")
    officer.follow("Upload a new version")
    officer.reads("What it has cited is then looked for in the new one")
    officer.page.locator("input[type=file]").set_input_files([second])
    officer.press("Upload it")
    submits(officer)

    enter(inspector, "Documents")
    inspector.follow("Visiting rule")
    inspector.follow("Version 1", within="main dl")
    inspector.reads("has taken its place. This one can be read, but not cited.")
    told = {mark: inspector.page.locator(".app-passage", has_text=mark).inner_text() for mark in (kept, gone)}
    assert "Found again in a newer version" in told[kept], told
    assert "The words do not stand in the newer version. Check what leaned on it" in told[gone], told
    inspector.follow("Version 2")
    expect(inspector.page.locator(".app-passage")).to_have_count(1)
    inspector.reads(KEPT)
    inspector.follow(kept)
    inspector.arrives(re.compile("Visiting rule"))
    inspector.reads("Current")


def test_a_passage_is_taken_out_by_keyboard_and_is_in_no_byte_of_what_is_submitted(
    visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    plan = tmp_path / "Plan of a move.pdf"
    plan.write_bytes(make.pdf(f"The child moved to {SECRET} in May.", "Nothing of it stands on this page."))
    officer = visit("officer")
    uploads(officer, plan, "Something else")
    enter(officer, "Documents")
    waits_until_read(officer)
    keys = Keys(officer.page)
    keys.go("Plan of a move", "Take passages out")
    officer.reads("You see what will be taken out first.")
    officer.expect_status(422)
    keys.write("passages", "28 Larch Close")
    keys.go("See what will be taken out")
    expect(officer.page.locator(".govuk-error-summary")).to_contain_text("line 1 stands nowhere")
    keys.write("passages", SECRET)
    keys.go("See what will be taken out")
    officer.reads(f"{SECRET} (1 place)")
    assert "Larch" not in officer.page.url
    officer.shoot("document-redaction")
    keys.go("Make the version without them")
    made = officer.page.get_by_text("none of them was found in it")
    for _ in range(60):
        if made.is_visible():
            break
        officer.page.wait_for_timeout(1_000)
        officer.page.reload()
    expect(made).to_be_visible()
    officer.follow("Version 2")
    officer.reads("Passages were taken out of the version before, and this one was made without them.")
    for _ in range(60):
        if officer.page.get_by_role("button", name="Submit documents").is_visible():
            break
        officer.page.wait_for_timeout(1_000)
        officer.page.reload()
    submits(officer)

    inspector = visit("inspector")
    enter(inspector, "Documents")
    inspector.follow("Plan of a move")
    inspector.reads("Passages were taken out of the version before")
    with inspector.page.expect_download() as given:
        inspector.press("Download the original file")
    held = Path(given.value.path()).read_bytes()
    assert b"Larch" not in held
    with pypdfium2.PdfDocument(held) as whole:
        assert [page.get_textpage().get_text_range() for page in whole] == ["", ""], "each page is a picture"
    enter(inspector, "Documents")
    inspector.page.get_by_label("Words in the text").fill('"Larch Close"')
    inspector.press("Search")
    inspector.reads("Nothing")
    assert "Larch" not in inspector.page.locator("main ol, main table").all_inner_texts().__str__()


def test_the_documents_are_taken_along_with_an_index_that_opens(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector")
    enter(inspector, "Documents")
    with inspector.page.expect_download() as given:
        inspector.press(re.compile("^Download (it|all)"))
    with zipfile.ZipFile(io.BytesIO(Path(given.value.path()).read_bytes())) as packed:
        assert packed.testzip() is None
        held = {name: packed.read(name) for name in packed.namelist()}
    rows = pl.read_excel(held.pop("Index.xlsx"), sheet_name="Documents").to_dicts()
    assert {one["File in this zip"] for one in rows} == set(held) and len(rows) == len(held) > 0
    for one in rows:
        assert hashlib.sha256(held[one["File in this zip"]]).hexdigest() == one["Receipt (SHA-256)"]
        assert one["Title"] and one["Kind"] and one["Bytes"] == len(held[one["File in this zip"]])
