"""Fieldwork by the keyboard alone: who is where, what is asked for, what the day brought, two readings, the roll-up.

The demonstration has sixty files here, so that two readings of one of them are left to settle. The guide's pictures are
taken on the way (GOLDTHREAD_PICTURES=1), then of an authority of full size.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.serving import make_demonstration
from playwright.sync_api import expect

from .conftest import PICTURED, Visitor, begin
from .keyboard import Keys

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One hand-in of lists and sixty files drawn."""
    folder = tmp_path_factory.mktemp("fieldwork")
    begin(folder)
    make_demonstration(folder, size=1.0 if PICTURED else 0.05, sample=60, less=True)
    return folder


def test_the_lead_sees_who_is_where_what_is_asked_for_and_what_the_day_brought(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    keys = Keys(lead.page)
    keys.enter_part(lead, "Fieldwork")
    lead.reads("points apart")
    lead.picture("fieldwork", at="main h1", height=1000)
    keys.enter_part(lead, "Requests")
    lead.reads("wait for an answer")
    lead.picture("requests", at="main h1", height=860)
    keys.go("A4 |")
    lead.reads("Posts, turnover, agency staff and cases held")
    keys.enter_part(lead, "Meetings")
    lead.reads("What to look at next")
    lead.picture("meetings", at="main h1", height=700)
    keys.go("Tick as done")
    lead.reads("Ticked as looked at")
    keys.enter_part(lead, "Meetings")
    keys.go("Messages to the council")
    lead.reads("Released")


def test_the_lead_settles_two_readings_and_reads_how_far_readers_agree(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    page, keys = lead.page, Keys(lead.page)
    keys.enter_part(lead, "Cases")
    keys.go("Moderation |")
    lead.reads("To settle")
    lead.picture("moderation", at="main h1", height=1000)
    row = page.locator("main tbody tr").filter(has_text="To settle").first.get_by_role("link").first
    keys.go(re.sub(r"\s+", " ", row.inner_text()).split(" of ")[0])
    lead.arrives(re.compile("Second reading of case"))
    lead.picture("second-reading", at="main h1", height=1000)
    form = page.locator("form.app-review")
    for place in range(form.locator("section.app-pair").count()):
        box = form.locator("section.app-pair").nth(place)
        keys.tab_to(f"| {box.get_by_role('radio').first.get_attribute('name')} |")
        keys.press("Space")
        keys.tab_to(f"| {box.locator('textarea').get_attribute('name')} |")
        keys.press("Control+a")
        page.keyboard.insert_text("Read again together: the plan of March says so.")
    keys.go("Save and close")
    lead.reads("each is settled")
    keys.enter_part(lead, "Cases")
    keys.go("The files rolled up")
    lead.reads("Section by section, question by question")
    lead.picture("roll-up", at="main h1", height=1000)


def test_the_lead_writes_an_instrument_of_the_councils_own(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    page, keys = lead.page, Keys(lead.page)
    lead.go("/home/")
    keys.go("Instruments |")
    lead.reads("Short case review")
    lead.picture("instruments", at="main h1", height=900)
    keys.go("Own instruments and frameworks", "Home visits, themed")
    lead.reads("Before it can be published")
    lead.picture("draft", at="main h1", height=1000)
    keys.go("Add a question")
    keys.write("text", "Was the visit announced?")
    keys.write("help", "Look at the record of the visit itself.")
    keys.go("Add it")
    expect(page.locator("main")).to_contain_text("Was the visit announced?")


def test_a_practitioner_reads_what_they_were_shown(visit: Callable[..., Visitor]) -> None:
    practitioner = visit("improvement")
    keys = Keys(practitioner.page)
    practitioner.go("/home/")
    keys.go("Add to a review and correct it before it counts")
    practitioner.reads("How good is the latest assessment?")
    practitioner.picture("practitioner", at="main h1", height=1000)
    expect(practitioner.page.get_by_text("urgent")).to_have_count(0)


def test_the_lead_plans_a_sample_by_another_design(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    keys = Keys(lead.page)
    keys.enter_part(lead, "Sample")
    keys.go("Draw a sample")
    lead.reads("Nobody is drawn on this page")
    lead.picture("sample-designs", at="main h1", height=1000)


def test_fieldwork_fits_a_phone(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead", width=320, height=700)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for way, says in (("Fieldwork", "points apart"), ("Requests", "wait for an answer"), ("Meetings", "Day by day")):
        Keys(lead.page).enter_part(lead, way)
        lead.reads(says)
        assert not lead.page.evaluate(wide), way
