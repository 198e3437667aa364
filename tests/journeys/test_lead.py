"""The lead inspector: setting up, bringing people in, drawing a sample, sharing it out."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.journey


def day(later: int) -> str:
    """A day as an inspector writes it."""
    return f"{date.today() + timedelta(days=later):%d/%m/%Y}"  # noqa: DTZ011 - the day on the wall


def test_a_lead_sets_up_an_inspection_and_gives_roles(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    page = lead.page
    lead.arrives("Your work")
    lead.follow("Set up an inspection")
    lead.expect_status(422)
    lead.press("Set up the inspection")
    lead.reads("There is a problem")
    page.get_by_label("What to call it").fill("Wexcombe, winter")
    page.get_by_label("Authority", exact=True).fill("Wexcombe")
    page.get_by_role("radio", name="from April 2026").check()
    page.get_by_label("Day of the call").fill(day(0))
    page.get_by_label("First day of fieldwork").fill(day(7))
    page.get_by_label("Last day of fieldwork").fill("31/02/2027")
    lead.press("Set up the inspection")
    lead.reads("must be a real date")
    expect(page.get_by_label("What to call it")).to_have_value("Wexcombe, winter")
    page.get_by_label("Last day of fieldwork").fill(day(28))
    lead.press("Set up the inspection")
    lead.reads("You are its lead")

    if lead.heading != "Who takes part":
        lead.follow("Team", within="nav", exact=True)
    page.get_by_label("Their e-mail address").fill("inspector2@demo.example")
    page.get_by_role("radio", name=re.compile("^Inspector: ")).check()
    page.get_by_label("Why they need it").fill("Second week")
    lead.press("Give the role")
    expect(page.get_by_role("row", name="Priya Nair")).to_have_count(1)
    page.get_by_label("Their e-mail address").fill("nobody@demo.example")
    page.get_by_role("radio", name=re.compile("^Inspector: ")).check()
    page.get_by_label("Why they need it").fill("Second week")
    lead.press("Give the role")
    lead.reads("Nobody has an account with this address")


def test_a_lead_draws_a_sample_again_and_shares_it_out(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    page = lead.page
    lead.follow("Wrenfordshire, autumn 2026")
    lead.follow("Sample", within="nav", exact=True)
    lead.follow("Draw a sample")
    page.get_by_role("radio", name="Children in care").first.check()
    for box in page.get_by_role("group", name="Divide the files by").get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("How many files").fill("6")
    page.get_by_label("Seed").fill("journey")
    page.get_by_label("What the sample is for").fill("A look at children in care")
    lead.press("Check the frame")
    lead.arrives("Check the frame before you draw")
    lead.reads("percentage points")
    lead.shoot("check-the-frame")
    lead.press("Draw 6 files")
    lead.arrives(re.compile("6 files"))
    lead.press("Share out evenly")
    lead.arrives(re.compile("Share out 6 files"))
    lead.press("Share them out")
    lead.reads("Tom Hale")
    lead.follow("Draw again and compare")
    lead.reads("The same")
