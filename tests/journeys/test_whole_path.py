"""The whole path by one set of people and the keyboard alone: from a council's workbook to a published report.

Only Tab, Enter, Space, arrows and letters; a file is put into the control that the keyboard has reached, since the
window in which one is chosen is the browser's own. The guide's pictures are taken on the way (GOLDTHREAD_PICTURES=1).
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.serving import password_of
from playwright.sync_api import expect

from .conftest import EMAILS, Visitor
from .keyboard import Keys, review, sign_in

pytestmark = pytest.mark.journey

AREA = "Children looked after"


def test_from_a_workbook_to_a_published_report_with_the_keyboard_alone(
    visit: Callable[..., Visitor], workbook: Path
) -> None:
    lead = visit()
    sign_in(lead, EMAILS["lead"], password_of(lead.server.folder))
    lead.page.get_by_role("link", name="Wrenfordshire, autumn 2026").first.focus()
    Keys(lead.page).enter()
    lead.picture("overview")
    upload(visit("uploader"), workbook)
    officer = visit("officer")
    hand_over(officer)
    draw(lead)
    allocate(lead)
    inspector = visit("inspector")
    review_a_file(inspector)
    refer_back(inspector, officer, lead)
    write_a_finding(lead)
    judge(lead)
    compose(lead)
    check(visit("checker"), "Your check is kept")
    check(visit("quality"), "The report is approved")
    publish(lead)
    read(visit())


def upload(uploader: Visitor, workbook: Path) -> None:
    """The uploader hands the workbook in and waits until it is read."""
    page, keys = uploader.page, Keys(uploader.page)
    keys.enter_part(uploader, "Data")
    keys.tab_to("Files to hand in")
    page.locator(":focus").set_input_files(workbook)
    uploader.picture("upload", at="#upload")
    keys.go("Upload |")
    uploader.reads("The file is received and safe")
    expect(page.locator("main")).not_to_contain_text("How far reading has come", timeout=90_000)
    uploader.reads("The eleven lists")
    keys.go("Issues |")
    uploader.arrives(re.compile(r"\d+ issues?"))
    uploader.picture("issues")


def hand_over(officer: Visitor) -> None:
    """The nominated officer reads what crosses, and hands it over."""
    keys = Keys(officer.page)
    keys.enter_part(officer, "Data")
    row = officer.page.get_by_role("row").filter(has_text="Annex A.xlsx").filter(has_text="Not handed over")
    address = row.first.get_by_role("link").first.get_attribute("href")
    while officer.page.evaluate("document.activeElement.getAttribute('href')") != address:
        keys.press("Tab")
    keys.enter()
    keys.go("Hand it over")
    officer.reads("What does not cross")
    officer.picture("hand-over")
    keys.go("Hand it over |")
    officer.reads("The team sees it now")


def draw(lead: Visitor) -> None:
    """The lead plans a draw, checks the frame, and draws."""
    keys = Keys(lead.page)
    keys.enter_part(lead, "Sample")
    keys.go("Draw a sample")
    keys.write("size", "6")
    keys.write("purpose", "Files to review in the first week")
    keys.go("Check the frame")
    lead.arrives("Check the frame before you draw")
    lead.picture("check-the-frame")
    keys.go("Draw 6 files")
    lead.arrives(re.compile("6 files"))
    lead.picture("draw")


def allocate(lead: Visitor) -> None:
    """Every file of the draw goes to somebody."""
    keys = Keys(lead.page)
    keys.go("Share out evenly")
    lead.arrives("Share out 6 files?")
    keys.go("Share them out")
    lead.reads("6 files shared out")


def review_a_file(inspector: Visitor) -> None:
    """An inspector reviews a file and signs it off."""
    page, keys = inspector.page, Keys(inspector.page)
    keys.enter_part(inspector, "Cases")
    rows = page.locator("tbody tr").filter(has_text=re.compile("Allocated|In review"))
    keys.go(rows.first.get_by_role("link").first.inner_text())
    keys.go("review |")
    inspector.arrives(re.compile("Review of case"))
    inspector.picture("review")
    keys.go("Save and show the journey")
    inspector.reads("the earliest first")
    inspector.picture("review-and-journey", at="form.app-review", width=1280, height=900)
    review(keys)
    keys.go("Check and sign off", "Sign off |")
    inspector.reads("on the evidence shelf")


def refer_back(inspector: Visitor, officer: Visitor, lead: Visitor) -> None:
    """An inspector refers a child back from the file just reviewed, the council answers, the lead says it will do."""
    keys = Keys(inspector.page)
    keys.go("urgent concern")
    inspector.arrives(re.compile("Raise an urgent concern"))
    keys.write("says", "Nobody has seen the child for five weeks.")
    keys.choose("seriousness", 1)
    keys.go("Raise the concern now")
    inspector.reads("The lead inspector and the council are told")
    mark = re.search(r"are told: (R\d+)", inspector.text)
    assert mark
    keys = Keys(officer.page)
    officer.go("/home/")
    officer.page.get_by_role("listitem").filter(has_text=f"{mark[1]},").get_by_role("link").focus()
    keys.enter()
    officer.arrives(f"{mark[1]}: a child referred back")
    officer.picture("referred-back")
    keys.go("Say what was done …")
    keys.write("says", "The child was seen this afternoon, alone and at home.")
    keys.go("Say what was done |")
    officer.reads("is answered")
    keys = Keys(lead.page)
    lead.go("/home/")
    lead.page.get_by_role("listitem").filter(has_text=f"{mark[1]},").get_by_role("link").focus()
    keys.enter()
    keys.go("Say whether that will do …")
    keys.choose("to")
    keys.write("because", "Seen the same day; the visits are in the plan now.")
    keys.go("Say whether that will do |")
    lead.reads("is settled")


def write_a_finding(lead: Visitor) -> None:
    """The lead writes a finding, cites what speaks for it, and records that the team agrees."""
    keys = Keys(lead.page)
    keys.enter_part(lead, "Findings")
    keys.go("Write a finding")
    lead.page.get_by_role("group", name="Which area it is about").wait_for()
    areas = lead.page.locator("[name=area]").evaluate_all("all => all.map(one => one.value)")
    keys.choose("area", areas.index("looked-after"))
    keys.choose("kind")
    keys.write("statement", "Most children in care have few moves")
    keys.write("explanation", "Seen in the files and borne out by the figures.")
    keys.choose("confidence")
    keys.go("Write it" if lead.page.get_by_role("button", name="Write it").count() else "Save")
    lead.reads("is written")
    keys.go("Cite evidence", "E00")
    keys.choose("stance")
    keys.write("why", "Only a few moved three times or more in the year.")
    keys.go("Cite it")
    lead.reads("is cited for")
    lead.picture("finding")
    keys.go("Record agreement", "The team agrees it")
    lead.reads("is agreed")


def judge(lead: Visitor) -> None:
    """The lead proposes the grade of the area, and records what the team decided."""
    keys = Keys(lead.page)
    keys.enter_part(lead, "Judgements")
    keys.go(AREA)
    lead.picture("judgement", at="main h1", height=1000)
    keys.choose("grade", 1)
    keys.write("reason", "Most children have few moves and see the same worker.")
    keys.go("Propose it")
    lead.reads("The judgement is proposed")
    keys.go("Record the team", "The team has decided so")
    lead.reads("judgement is recorded")


def compose(lead: Visitor) -> None:
    """The lead composes the report, looks at one thread, and sends the version to be checked."""
    keys = Keys(lead.page)
    keys.enter_part(lead, "Report")
    keys.go("Compose")
    # “Most” is an amount that nothing measured bears out: the page says so first, and leads to the sentence.
    for _ in ("the doubt", "the sentence"):
        keys.tab_to("Most children in care have few moves")
        keys.press("Enter")
    expect(lead.page.locator("#thread")).to_contain_text("What this rests on")
    lead.picture("report-with-thread", at="#thread")
    lead.page.reload()
    keys.go("Send to be checked")
    lead.reads("gone to be checked")


def check(checker: Visitor, says: str) -> None:
    """A checker reads the report as everybody will, and passes it; the second one's check approves it."""
    keys = Keys(checker.page)
    keys.enter_part(checker, "Report")
    keys.go("Version 1", "Check it")
    checker.picture("check-the-report")
    keys.write("note", "Read twice; nobody can be recognised.")
    keys.go("Pass it as it stands")
    checker.reads(says)


def publish(lead: Visitor) -> None:
    """The lead publishes exactly what was approved."""
    lead.page.reload()
    version = lead.page.url
    keys = Keys(lead.page)
    keys.go("Publish |")
    while lead.page.get_by_role("link", name="Answer an urgent concern about a child").count():
        keys.go("Answer an urgent concern about a child")
        keys.write("done", "The child was seen today, alone and at home.")
        keys.go("Record what is being done")
        lead.page.goto(version + "publish/")
    if lead.page.locator("[name=because]").count():
        keys.write("because", "The demonstration has no check of facts by the authority.")
    lead.picture("publish")
    keys.go("Publish |")
    lead.reads("The report is published")


def read(reader: Visitor) -> None:
    """Anybody finds the report and takes the PDF."""
    reader.go("/")
    keys = Keys(reader.page)
    keys.go("ublished reports", "Wrenfordshire")
    reader.reads("Most children in care have few moves")
    reader.picture("published")
    keys.tab_to("Download as PDF")
    held = keys.take().path().read_bytes()
    assert held.startswith(b"%PDF")
