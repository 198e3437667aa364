"""The check of facts: the officer comments, the manager answers, the officer sees what changed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import agree_a_finding, compose, enter

pytestmark = pytest.mark.journey

NEW = "This letter is written for children and families first."


def test_an_officer_comments_is_answered_and_sees_the_difference(visit: Callable[..., Visitor]) -> None:
    lead, quality, officer = visit("lead"), visit("quality"), visit("officer")
    checker = visit("checker")
    agree_a_finding(lead)
    compose(lead)
    passed(checker, quality, 1)
    give(lead)
    comment(officer)
    refused(lead)
    answer(quality)
    change(lead)
    passed(checker, quality, 2)
    give_answers(lead)
    read_the_answer(officer)


def passed(checker: Visitor, quality: Visitor, number: int) -> None:
    """Both checkers pass a version, and so it is approved."""
    check(checker, number, "Your check is kept")
    check(quality, number, "The report is approved")


def check(quality: Visitor, number: int, says: str) -> None:
    """One of them checks a version and passes it."""
    enter(quality, "Report")
    quality.follow(re.compile(f"Version {number}:"))
    quality.follow("Check it")
    quality.page.get_by_label("What you checked, or what must change").fill("Read twice.")
    quality.press("Pass it as it stands")
    quality.reads(says)


def give(lead: Visitor) -> None:
    """The lead gives the council its copy, and says why before moderation."""
    lead.page.reload()
    lead.follow("Give the council its copy")
    lead.page.get_by_label("Why now").fill("A mock inspection has no stage of moderation.")
    lead.press("Give the council its copy")
    lead.reads("The council has its copy, and may comment until")


def comment(officer: Visitor) -> None:
    """The officer reads the marked copy, writes two comments, drops one and sends the other."""
    officer.go("/home/")
    officer.follow(re.compile("Check the facts of the draft report"))
    officer.reads("Not for publication. Copy for")
    officer.shoot("council-copy")
    for says in ("The number of days is not right.", "A slip of the pen."):
        officer.follow(re.compile("^Comment on .*, (paragraph|point) 1$"))
        officer.page.get_by_role("radio", name="A fact is wrong", exact=True).check()
        officer.page.get_by_label("What is wrong, in your words").fill(says)
        officer.press("Keep as a draft")
        officer.reads("is kept as a draft")
    officer.page.locator(".app-report").get_by_role("link", name=re.compile("^Draft comment")).last.click()
    officer.press("Drop this draft")
    officer.reads("The draft is dropped")
    officer.page.get_by_role("checkbox", name=re.compile("These are all our comments")).check()
    officer.press("Send 1 comment")
    officer.reads("1 comment went to the inspecting team")
    officer.reads("Waiting for an answer")


def refused(lead: Visitor) -> None:
    """While the comment waits, the report is not published."""
    enter(lead, "Report")
    lead.follow(re.compile("Version 1:"))
    lead.follow("Publish", exact=True)
    lead.reads("1 comment of the council on the facts waits for an answer")


def answer(quality: Visitor) -> None:
    """The manager accepts the comment and names the paragraph that changes."""
    quality.go("/home/")
    quality.follow(re.compile("Answer the council's comments"))
    quality.follow("Comment 1")
    quality.page.get_by_role("radio", name="Accepted", exact=True).check()
    quality.page.get_by_label("Reasons").fill("The council is right.")
    changed = quality.page.get_by_label("Paragraph that reads otherwise in the next version")
    changed.select_option(label="Executive summary, the section as a whole")
    quality.shoot("answer-a-comment")
    quality.press("Answer it")
    quality.reads("Comment 1 is answered")


def change(lead: Visitor) -> None:
    """The next version is made from what the council read, with one sentence more."""
    enter(lead, "Report")
    lead.page.get_by_label("Made from").select_option(label="What version 1 says")
    lead.press("Compose")
    lead.reads("Version 2 is made from what version 1 says")
    lead.follow(re.compile("^Change"))
    lead.page.get_by_label("New sentence", exact=True).last.fill(NEW)
    lead.press("Save the section")
    lead.reads("is saved")
    lead.press("Send to be checked")
    lead.reads("gone to be checked")


def give_answers(lead: Visitor) -> None:
    """The lead gives the council the answers with what changed."""
    enter(lead, "Report")
    lead.follow(re.compile("Version 1:"))
    lead.follow("The council’s copy")
    lead.reads("version 2, which is approved")
    lead.press("Give the council the answers")
    lead.reads("The council has the answers, and what changed")


def read_the_answer(officer: Visitor) -> None:
    """The officer reads the reasons, and word by word what changed."""
    officer.go("/home/")
    officer.follow(re.compile("Read the answers to your comments on the facts"))
    officer.reads("What changed")
    expect(officer.page.locator("ins").filter(has_text=NEW)).to_be_visible()
    officer.shoot("what-changed")
    officer.follow("Comment 1")
    officer.reads("The council is right.")
