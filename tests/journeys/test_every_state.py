"""Pages as no link leads to them: forms with errors, clashes, refusals, offers of typed text, a file on its way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitor
from .test_every_page import AXE, faults_of
from .test_report import enter
from .test_together import open_draft

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not AXE.exists(), reason="axe is not there: python tools/build_frontend.py --with-tests"),
]


def sound(page: Page, name: str) -> None:
    """Nothing for axe to complain of, one heading, and no sideways scrolling."""
    assert faults_of(page, name) == []


def at(visitor: Visitor) -> str:
    """The address of the inspection that the page is about."""
    found = re.search(r"/inspections/[0-9a-f-]{36}/", visitor.page.url)
    assert found
    return found.group()


def test_forms_with_errors_and_the_check_before_a_draw(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    lead.expect_status(422)
    for way, button in (("inspections/new/", "Set up the inspection"),):
        lead.go(f"/{way}")
        lead.press(button)
        lead.reads("There is a problem")
        sound(lead.page, way)
    enter(lead, "Findings")
    here = at(lead)
    for way, button in (
        ("findings/new/", re.compile("^(Write|Save)")),
        ("team/", "Give the role"),
        ("team/conflict/", "Declare it"),
        ("judgements/leadership/", "Propose it"),
        ("data/", "Upload"),
    ):
        lead.go(here + way)
        lead.press(button)
        expect(lead.page.locator(".govuk-error-message").first).to_be_visible()
        sound(lead.page, way)
    lead.go(here + "sample/new/")
    lead.press("Check the frame")
    lead.reads("There is a problem")
    sound(lead.page, "a draw with errors")
    lead.page.get_by_label("What the sample is for").fill("Files to review")
    lead.page.get_by_label("How many files").fill("6")
    lead.press("Check the frame")
    lead.arrives("Check the frame before you draw")
    sound(lead.page, "the check before a draw")


def test_both_pages_that_somebody_who_comes_second_may_see(visit: Callable[..., Visitor]) -> None:
    tom, priya = visit("inspector"), visit("inspector2")
    address = open_draft(tom)
    priya.go(address)
    withdraw = visit("lead")
    withdraw.go(address.replace("/change/", "/withdraw/"))
    withdraw.page.get_by_label("Why").fill("It says the same as another finding")
    tom.page.get_by_label("What you found").fill("Too few children in care saw a dentist last year")
    priya.page.get_by_label("What you found").fill("Dental checks are late for children far from home")
    tom.press("Save")
    tom.reads("is saved")
    for late, says in ((priya, "As you wrote it"), (withdraw, "What happened meanwhile")):
        late.expect_status(409)
        late.press(re.compile("Save|Withdraw it"))
        late.arrives("Somebody else changed this while you had it open")
        late.reads(says)
        sound(late.page, says)
    withdraw.reads("Tom Hale")
    expect(withdraw.page.get_by_label("Because")).to_have_value("It says the same as another finding")
    withdraw.shoot("overtaken")
    withdraw.press("Do it all the same")
    withdraw.reads("is withdrawn")


def test_refusals_and_what_is_not_there(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector")
    inspector.expect_status(403, 404)
    enter(inspector, "Findings")
    here = at(inspector)
    inspector.go(here + "details/")
    inspector.arrives("You cannot do this")
    sound(inspector.page, "a refusal")
    inspector.go("/no/such/page/")
    inspector.arrives("Page not found")
    sound(inspector.page, "a page that is not there")


def test_the_offer_of_typed_text(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector3")
    enter(inspector, "Findings")
    inspector.follow("Write a finding")
    inspector.page.get_by_label("Why you say so").fill("Three workers in a year")
    expect(inspector.page.locator(".app-autosave")).to_contain_text("Saved as you typed", timeout=20_000)
    sound(inspector.page, "a form that is saved as it is typed")
    inspector.page.reload()
    inspector.reads("that was not sent")
    sound(inspector.page, "typed text is offered")
    inspector.page.locator(".app-offer a").first.click()
    inspector.reads("is back in the form")
    sound(inspector.page, "typed text is back")


def test_a_file_on_its_way(visit: Callable[..., Visitor], workbook: Path) -> None:
    uploader = visit("uploader")
    enter(uploader, "Data")
    uploader.page.get_by_label("Files to hand in").set_input_files(workbook)
    uploader.press("Upload")
    uploader.reads("The file is received and safe")
    # Where reading is quicker than looking, the page that is looked at is the one that comes after.
    sound(uploader.page, "a file that is being read")
