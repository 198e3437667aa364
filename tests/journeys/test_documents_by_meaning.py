"""A zip of documents is uploaded, and a passage of one is found in other words than its own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import documents_story as make

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey

SENTENCE = (
    "Sixteen year olds who sleep on the sofa of friends, one night here and one there, have no roof of their own."
)


def test_from_a_zip_to_a_passage_in_other_words(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    packed = tmp_path / "Board.zip"
    packed.write_bytes(make.zipped({"2026/Exit talks.txt": f"Minutes of the board.\n\n{SENTENCE}", "inner.zip": "x"}))
    officer = visit("officer")
    enter(officer, "Documents")
    officer.follow("Upload and submit documents")
    officer.page.locator("input[type=file]").set_input_files(packed)
    officer.press("Upload")
    told = officer.page.locator("[data-documents-told]")
    expect(told).to_contain_text("1 received, 1 not kept", timeout=30_000)
    expect(told).to_contain_text("Board.zip: inner.zip: not kept. It is packed itself")
    told.get_by_role("link", name="Board.zip: 2026/Exit talks.txt").click()
    for _ in range(60):
        if not officer.page.get_by_role("link", name="Look again").all():
            break
        officer.page.wait_for_timeout(1_000)
        officer.page.reload()
    officer.follow("Submit documents")
    officer.page.get_by_label(re.compile("Exit talks")).check()
    officer.press("Submit what is ticked")
    officer.reads("1 document is submitted")

    inspector = visit("inspector")
    enter(inspector, "Documents")
    found = inspector.page.locator(".app-hit", has_text="one night here and one there")
    for _ in range(60):
        inspector.page.get_by_label("Words in the text").fill("homeless teenagers")
        inspector.page.get_by_label("Look for").select_option(label="Meaning only")
        inspector.press("Search")
        inspector.arrives("Documents")
        expect(inspector.page.get_by_label("Words in the text")).to_have_value(re.compile("homeless"))
        # Meaning is worked out some time after reading.
        if found.all():
            break
        inspector.page.wait_for_timeout(1_000)
    expect(found).to_contain_text("By meaning")
    found.get_by_role("link").click()
    expect(inspector.page.locator("mark.app-found")).to_contain_text("have no roof")
    inspector.reads("Marked is what is nearest in meaning")
