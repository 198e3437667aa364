"""Documents: three files chosen at once, one of them refused; submitted, searched, read, and cited to a finding."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import documents_story as make

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey

SENTENCE = "Duty managers sign every purple form by noon."


def test_from_the_councils_desk_to_a_finding(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    policy, plan, wrong = tmp_path / "Duty policy.docx", tmp_path / "Duty plan.xlsx", tmp_path / "Duty minutes.pdf"
    policy.write_bytes(make.word("It applies to all teams.", SENTENCE, "It is reviewed each year."))
    plan.write_bytes(make.workbook(hidden=True))
    wrong.write_bytes(b"These are only words.")

    officer = visit("officer")
    enter(officer, "Documents")
    officer.follow("Upload and submit documents")
    officer.page.locator("input[type=file]").set_input_files([policy, plan, wrong])
    officer.page.get_by_label("What kind of document").select_option(label="Policy or procedure")
    officer.expect_status(422)
    officer.page.get_by_label("First day that it speaks of").fill("1 May 2026")
    officer.page.get_by_label("Last day that it speaks of").fill("1 April 2026")
    officer.press("Upload")
    expect(officer.page.locator(".govuk-error-summary")).to_contain_text("must be on or after the first")
    assert officer.page.locator("input[type=file]").evaluate("box => box.files.length") == 3
    officer.page.get_by_label("Last day that it speaks of").fill("1 June 2026")
    officer.press("Upload")
    expect(officer.page.locator(".govuk-error-summary")).to_have_count(0)
    told = officer.page.locator("[data-documents-told]")
    expect(told).to_contain_text("2 received, 1 not kept", timeout=30_000)
    expect(officer.page.locator("[data-uploaded]")).to_contain_text("Duty policy")
    expect(told).to_contain_text("Duty minutes.pdf: not kept. This file is named as PDF (.pdf), but holds plain text.")
    officer.picture("documents-upload", at="[data-documents-told]", height=700)
    officer.page.locator("input[type=file]").set_input_files([policy])
    officer.press("Upload")
    expect(told).to_contain_text(
        re.compile(r"It is the same, byte for byte, as L\d+, “Duty policy”. It was not sent again."), timeout=30_000
    )
    expect(told).to_contain_text("1 here already")

    # The list follows by itself, from a page that brings its scripts along: none of them may be run again.
    expect(officer.page.locator("[data-uploaded]")).not_to_contain_text(re.compile("being read in"), timeout=60_000)
    for _ in range(60):
        officer.page.reload()
        # Both rows are there as soon as the page is; each says whether its text is still to be read.
        if not officer.page.locator("tbody tr", has_text=re.compile("be read in|being read in")).all():
            break
        officer.page.wait_for_timeout(1_000)
    officer.follow("See them and submit")
    officer.reads("1 hidden sheet. Whoever opens the file can show it.")
    officer.picture("documents-submit", at="main h1", height=760)
    officer.follow(re.compile("Choose all"))
    officer.press("Submit what is ticked")
    officer.reads("submitted. The team sees")

    inspector = visit("inspector", scripts=True)
    enter(inspector, "Documents")
    inspector.page.get_by_label("Words in the text").fill('"purple forms"')
    inspector.press("Search")
    inspector.reads("1 passage in 1 document")
    assert "purple" not in inspector.page.url
    inspector.picture("documents-found", at="main h2.govuk-heading-m", height=520)
    inspector.follow(re.compile("Duty policy, part 1"))
    expect(inspector.page.locator("mark")).to_have_text("purple form")
    inspector.page.locator("[data-page-text]").evaluate(
        """(box, words) => {
          const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
          let at = box.textContent.indexOf(words), end = at + words.length, seen = 0
          const range = document.createRange()
          while (walker.nextNode()) {
            const length = walker.currentNode.length
            if (at >= seen && at < seen + length) range.setStart(walker.currentNode, at - seen)
            if (end > seen && end <= seen + length) range.setEnd(walker.currentNode, end - seen)
            seen += length
          }
          getSelection().removeAllRanges(); getSelection().addRange(range)
        }""",
        SENTENCE,
    )
    expect(inspector.page.locator("[data-cite-told]")).to_have_text(f"{len(SENTENCE)} characters chosen")
    inspector.picture("document-passage", height=900)
    inspector.follow("Choose words for the shelf")
    expect(inspector.page.get_by_label("The words to cite")).to_have_value(SENTENCE)
    inspector.press("Put it on the shelf")
    inspector.reads(f"“{SENTENCE}”")
    inspector.follow("Cite it in a finding")
    inspector.follow("Cite it here")
    inspector.page.get_by_role("radio").first.check()
    inspector.page.get_by_label("What in it bears on the finding").fill("The council's own rule.")
    inspector.press("Cite it")
    inspector.reads("is cited for")
