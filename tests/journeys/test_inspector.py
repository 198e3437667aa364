"""The inspector: reviewing a child's file and signing it off, with and without scripts and mouse; writing a finding."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitor
from .keyboard import Keys, review
from .test_report import enter

pytestmark = pytest.mark.journey


def open_review(inspector: Visitor) -> Page:
    """Begin the first review that is not begun, or go on with the one that is."""
    enter(inspector, "Cases")
    page = inspector.page
    page.get_by_role("link", name=re.compile(r"^Case \d+")).locator("visible=true").first.wait_for()
    rows = page.locator("tbody tr").filter(has_text=re.compile("Allocated|In review"))
    rows.first.get_by_role("link").first.click()
    begin = page.get_by_role("button", name="Begin the review").or_(page.get_by_role("button", name="Go on with my"))
    begin.first.click()
    inspector.arrives(re.compile("Review of case"))
    return page


def answer_all(page: Page, *, leave: int = 0) -> None:
    """An answer and a reason at every question but the last few."""
    boxes = page.locator("[data-question]").all()
    for box in boxes[: len(boxes) - leave]:
        kind = box.get_attribute("data-kind")
        radios = box.get_by_role("radio")
        if kind == "flag":
            box.get_by_role("radio", name="No", exact=True).check()
            continue
        if radios.count():
            radios.nth(1).check()
        box.locator("textarea").fill("Seen on the file: visits, a plan, and what the child said.")


def test_an_inspector_reviews_a_file_leaves_comes_back_and_signs_off(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector")
    page = open_review(inspector)
    first = page.locator("[data-question]").first
    first.get_by_role("radio").nth(2).check()
    first.locator("textarea").fill("The assessment names what must change, and by when.")
    expect(first.locator("[data-status]")).to_contain_text("Saved", timeout=10_000)
    inspector.shoot("review")
    address = page.url

    inspector.go("/home/")
    page.goto(address)
    expect(first.locator("textarea")).to_have_value("The assessment names what must change, and by when.")
    expect(first.get_by_role("radio").nth(2)).to_be_checked()

    answer_all(page, leave=3)
    inspector.press("Check and sign off")
    inspector.reads("Before you can sign off")
    page.locator(".govuk-error-summary a").first.click()
    answer_all(page)
    inspector.press("Check and sign off")
    inspector.arrives("Read it through, then sign off")
    inspector.press("Sign off")
    inspector.reads("on the evidence shelf")


def test_the_review_is_written_and_signed_off_without_scripts(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector2", scripts=False)
    page = open_review(inspector)
    answer_all(page)
    inspector.press("Save", exact=True)
    inspector.reads("Everything is saved")
    inspector.press("Check and sign off")
    inspector.press("Sign off")
    inspector.reads("on the evidence shelf")


def test_an_inspector_writes_a_finding_and_cites_for_and_against(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector")
    page = inspector.page
    enter(inspector, "Findings")
    inspector.follow("Write a finding")
    page.get_by_role("radio", name="Children who need help and protection").check()
    page.get_by_role("radio", name="Area for improvement").check()
    page.get_by_label("What you found").fill("Chronologies are often out of date")
    page.get_by_label("Why you say so").fill("A new worker cannot see the history at a glance.")
    page.get_by_role("radio", name="We are fairly sure").check()
    inspector.press(re.compile("Write|Save"))
    inspector.reads("is written")

    for number, side in ((0, "for"), (1, "against")):
        inspector.follow("Cite evidence")
        page.locator("tbody tr, .app-knot, li").get_by_role("link", name=re.compile("^Cite|^E0")).nth(number).click()
        page.get_by_role("radio", name=f"speaks {side}").check()
        page.get_by_label("What in it bears on the finding").fill("Seven of ten files")
        inspector.press(re.compile("Cite"))
        inspector.reads(f"is cited {side}")
    inspector.reads("Evidence for it (1)")
    inspector.shoot("finding")


def test_an_inspector_completes_a_review_with_the_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector3")
    page, keys = inspector.page, Keys(inspector.page)
    keys.tab_to("Wrenfordshire, autumn 2026")
    keys.enter()
    keys.tab_to("Cases")
    keys.enter()
    case = page.locator("tbody tr").filter(has_text=re.compile("Allocated|In review")).first.get_by_role("link")
    keys.tab_to(case.first.inner_text())
    keys.enter()
    keys.tab_to("review")
    keys.enter()
    review(keys)
    keys.tab_to("Check and sign off")
    keys.enter()
    inspector.arrives("Read it through, then sign off")
    keys.tab_to("Sign off")
    keys.enter()
    inspector.reads("on the evidence shelf")


def test_a_lead_writes_a_finding_with_the_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    page, keys = lead.page, Keys(lead.page)
    for words in ("Wrenfordshire, autumn 2026", "Findings", "Write a finding"):
        keys.tab_to(words)
        keys.enter()
    keys.tab_to("area")
    keys.press("Space")
    keys.tab_to("kind")
    keys.press("Space", "ArrowDown")
    keys.tab_to("statement")
    page.keyboard.insert_text("Managers know their services well")
    keys.tab_to("explanation")
    page.keyboard.insert_text("Said in every meeting and borne out by the figures.")
    keys.tab_to("confidence")
    keys.press("Space")
    keys.tab_to("Write") if page.get_by_role("button", name=re.compile("^Write")).count() else keys.tab_to("Save")
    keys.enter()
    lead.reads("is written")
