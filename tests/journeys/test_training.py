"""Training: opened, one practice case reviewed beside its file, signed off and compared; the lead sees who agrees."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from goldthread.domain.practice_cases import load

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey

CASE = load("practice-4")
OTHERWISE = {"plan-now": "Amber"}
WHY = "Paragraph 6: the plan is of May 2024."


def review(reviewer: Visitor) -> None:
    """Answer every question as the model does but for one; each is saved as it is given."""
    for id, model in CASE.answers.items():
        box = reviewer.page.locator(f"[data-question={id}]")
        words = OTHERWISE.get(id) or model.value.replace("-", " ").capitalize()
        box.get_by_role("radio", name=words, exact=True).check()
        box.locator("textarea").fill(WHY)
        box.locator("textarea").blur()
        expect(box.locator("[data-status]")).to_contain_text(re.compile(r"Saved \d"), timeout=10_000)


def test_a_team_calibrates_before_fieldwork(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    enter(lead, "Training")
    lead.follow("How reviewers agree")
    lead.reads("What to talk about first")
    lead.picture("calibration", height=1100)
    enter(lead, "Training")
    lead.follow("Begin a new training")
    lead.reads("Opening another closes it")
    lead.press("Close training 1 and open another")
    lead.arrives("Training 2")

    sam = visit("inspector5")
    sam.follow("Review practice cases")
    sam.follow(CASE.title)
    assert CASE.lesson not in sam.text
    sam.press("Begin")
    sam.reads(CASE.paragraphs[0].text[:60])
    sam.reads("until then nobody sees what you write")
    review(sam)
    sam.press("Check and sign off")
    sam.arrives("Read it through, then sign off")
    sam.reads(WHY)
    sam.press("Sign off", exact=True)
    sam.arrives("Your answers beside the model's")
    sam.reads("8 of 9 answers as the model; 1 kinder, 0 harsher")
    sam.reads(CASE.answers["plan-now"].why)
    sam.picture("practice-case", at=".app-two", height=900)
    plan = sam.page.locator("#q-plan-now")
    expect(plan).to_contain_text("Kinder than the model")
    plan.get_by_role("link", name=re.compile("Paragraph 6")).click()
    expect(sam.page.locator("#p-6")).to_be_in_viewport()
    sam.page.get_by_label("What would you do otherwise?").fill("Ask first what is decided.")
    sam.press("Keep it")
    sam.reads("Kept, for you alone")

    enter(lead, "Training")
    lead.reads("1 of 6")
    lead.follow("How reviewers agree")
    lead.reads("6 of 6 practice cases are not counted here")
    lead.follow("stand aside")
    lead.press("Stand aside")
    lead.arrives("How reviewers agree")
    lead.reads("1 of 3 practice cases signed off")
    lead.reads("Is there a plan in force that somebody could act on tomorrow?")
    enter(lead, "Team")
    lead.reads("Calibrated on practice cases")


def test_a_training_inspection_is_one_press_away(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    lead.go("/home/")
    lead.follow("Open a training inspection")
    lead.press("Open a training inspection")
    lead.arrives("Who takes part")
    expect(lead.page.locator("header")).to_contain_text("nothing here counts in an inspection", use_inner_text=True)
    lead.page.locator("nav").get_by_role("link", name="Training", exact=True).click()
    lead.arrives("Training 1")
