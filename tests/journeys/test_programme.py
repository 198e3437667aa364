"""An audit programme: its lead draws a round and reads who got what; the council shows that an action is done."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.journey

PROGRAMME = re.compile("audit programme")


def test_a_round_is_drawn_and_an_action_done(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    lead.go("/home/")
    lead.follow(PROGRAMME)
    lead.follow("Programme", within="nav[aria-label='This inspection']", exact=True)
    lead.arrives("Audit programme")
    lead.reads("audits were done in time")
    lead.follow("Change the rule")
    lead.page.get_by_label("Files a month").fill("4")
    lead.page.get_by_label("Months in which a child rests").fill("1")
    lead.press("Change the rule")
    lead.reads("The rule is set")

    lead.follow(re.compile("Draw the round of"))
    lead.arrives(re.compile("Draw the round of"))
    lead.press("See who would be drawn")
    lead.reads("Who is given how many")
    lead.press(re.compile("Draw these"))
    lead.reads("is drawn and given out")
    expect(lead.page.locator("main table tbody tr")).to_have_count(4)
    lead.follow("Audit programme", within="body")
    lead.follow("Actions", exact=True)
    lead.reads("What audits gave rise to")

    owner = visit("improvement")
    owner.go("/home/")
    owner.follow("Do what an audit asks of you")
    owner.arrives(re.compile("Action"))
    owner.follow("Show that it is done")
    owner.page.get_by_label("What was done").fill("The decision and its reason stand in the file since Tuesday.")
    owner.press("Show that it is done")
    owner.reads("Proof given")
    owner.reads("gave proof")

    lead.go("/home/")
    lead.follow("Read the proof of an action")
    lead.reads("Proof given")
