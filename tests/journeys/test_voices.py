"""Hearing people: the plan, consent, notes, a passage on the shelf and in a finding, and everything taken back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey

WORDS = "I have asked four times to see my brother and every answer was soon"
NOTES = f"At the kitchen table, her carer beside her. “{WORDS}.” She likes the dog best."


def test_what_somebody_said_is_used_as_they_allow_and_goes_when_they_say(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    enter(lead, "Voices")
    lead.arrives("Whom the team hears")
    lead.follow("Set a target")
    lead.page.get_by_label("Whom").select_option("adopters")
    lead.page.get_by_label("How many people").fill("2")
    lead.press("Set it")
    lead.reads("It stands in the plan")
    lead.reads("Adopters")

    tom = visit("inspector")
    enter(tom, "Voices")
    tom.follow("Plan a conversation")
    tom.page.get_by_label("Whom").select_option("children")
    tom.page.get_by_label("Age", exact=True).select_option("12-17")
    tom.page.get_by_label("How many people take part").fill("1")
    tom.press("Go on to consent")
    tom.reads("Next: consent")
    tom.arrives(re.compile("Record consent to conversation"))
    tom.expect_status(422)
    tom.press("Record it")
    expect(tom.page.locator(".govuk-error-summary")).to_contain_text("Choose an answer")
    tom.page.get_by_role("radio", name=re.compile("“Use my words”")).check()
    tom.page.get_by_role("radio", name="A trusted adult of their choice was there").check()
    tom.page.get_by_role("radio", name="They agreed themselves", exact=True).check()
    tom.press("Record it")
    tom.reads("Hand over the slip")

    tom.follow("Write the notes")
    tom.page.get_by_label("What was said").fill(NOTES)
    expect(tom.page.locator(".app-autosave")).to_contain_text(
        re.compile("Saved as you typed at .*, for you alone. It counts once you press “Save the notes”."),
        timeout=20_000,
    )
    tom.page.reload()
    tom.follow("Restore it")
    expect(tom.page.get_by_label("What was said")).to_have_value(NOTES)
    tom.press("Save the notes")
    tom.follow("Finish the notes")
    tom.press("Finish them")
    tom.reads("Passages of it can go on the shelf")

    tom.follow("Put a passage on the shelf")
    tom.page.get_by_role("radio", name="Their words, copied from the notes").check()
    tom.page.get_by_label("What stands on the shelf").fill("Words that nobody said to me")
    tom.press("Put it on the shelf")
    expect(tom.page.locator(".govuk-error-summary")).to_contain_text("do not stand in the notes")
    tom.page.get_by_label("What stands on the shelf").fill(WORDS)
    tom.press("Put it on the shelf")
    tom.reads("on the evidence shelf")
    tom.reads(WORDS)
    tom.follow("The slip")
    tom.arrives("Thank you for talking to us")
    code = tom.page.locator(".app-slip")
    expect(code).to_have_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    told = code.text_content() or ""

    enter(lead, "Voices")
    lead.follow("Somebody takes back what they said")
    lead.page.get_by_label("Code on the slip").fill(told.replace("-", " ").lower())
    lead.press("Find it")
    lead.reads("It wipes the words of 1 item on the shelf")
    lead.page.get_by_role("radio", name="By the code on their slip").check()
    lead.press("Take it back and wipe it")
    lead.reads("the notes are wiped")
    lead.follow(re.compile(r"E\d{4}"))
    lead.reads("Whoever said it took it back.")
    expect(lead.page.locator("main")).not_to_contain_text(WORDS)
