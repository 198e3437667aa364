"""A review through the wall and back: shown to its practitioner, added to, corrected, weighed, signed off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey
SAID = "The handover of July was minuted, and the minutes are with the health visitor."
WRONG = "The entry of 3 June says who does what by when."


def show_again(reviewer: Visitor) -> None:
    """The inspector takes back what was shown, and shows it to the same practitioner anew."""
    enter(reviewer, "Cases")
    reviewer.page.locator("tbody tr").filter(has_text="In review").last.get_by_role("link").first.click()
    reviewer.follow(re.compile("Sam Adeyemi"))
    reviewer.arrives(re.compile("Review of case"))
    reviewer.reads("Nothing on the review is changed meanwhile")
    reviewer.follow("Practitioner's part")
    reviewer.follow("Take the review back")
    reviewer.page.get_by_label("Why is it taken back?").fill("A reason named a brother.")
    reviewer.press("Take it back")
    reviewer.reads("no longer sees the review")
    reviewer.follow("Show the finished review")
    reviewer.page.get_by_label("Neil Barker").check()
    reviewer.press("Show it to them")
    reviewer.reads("Neil Barker has until the end of")


def answer(practitioner: Visitor) -> None:
    """The practitioner adds one thing and corrects another, saved as it is typed, and sends it once."""
    practitioner.go("/home/")
    practitioner.follow("Add to a review and correct it")
    practitioner.arrives(re.compile("Your part in the review"))
    visits = practitioner.page.locator("[data-question=visits]")
    visits.locator("textarea").first.fill(SAID)
    expect(visits.locator("[data-status]")).to_contain_text("Saved", timeout=10_000)
    plan = practitioner.page.locator("[data-question=plan]")
    plan.get_by_text("Correct it").click()
    plan.get_by_role("radio").nth(1).check()
    plan.get_by_label(re.compile("What is wrong")).fill(WRONG)
    expect(plan.locator("[data-status]")).to_contain_text("Saved", timeout=10_000)
    practitioner.reads("2 of")
    practitioner.press("Check and send")
    practitioner.arrives("Read it through, then send it")
    practitioner.reads(SAID)
    practitioner.press("Send to the inspecting team")
    practitioner.reads("Sent. The inspecting team reads it")


def test_a_practitioner_takes_part_before_a_review_counts(visit: Callable[..., Visitor]) -> None:
    sam, neil = visit("inspector5"), visit("improvement")
    show_again(sam)
    answer(neil)
    sam.go("/home/")
    sam.follow("Weigh what a practitioner corrected")
    sam.reads(WRONG)
    sam.follow("Accept or decline")
    sam.page.get_by_role("radio", name=re.compile("Accept it")).check()
    sam.press("Decide")
    sam.reads("None is left: the review can be signed off")
    sam.reads("The original answer was")
    sam.press("Check and sign off")
    sam.arrives("Read it through, then sign off")
    sam.press("Sign off", exact=True)
    sam.reads("on the evidence shelf")
    neil.page.reload()
    neil.reads("Accepted")
    neil.expect_status(404)
    neil.go(re.sub(r"^https?://[^/]+", "", sam.page.url))
    assert SAID not in neil.text
