"""Two people at one finding, a session that ends in the middle of a sentence: no text is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .test_report import enter

pytestmark = pytest.mark.journey


def open_draft(visitor: Visitor) -> str:
    """Open a draft finding for change; its address."""
    enter(visitor, "Findings")
    visitor.page.get_by_label("State").select_option(label="Draft")
    visitor.press("Search")
    visitor.page.locator(".app-finding a").first.click()
    visitor.follow("Change", exact=True)
    visitor.arrives(re.compile("^Change F"))
    return visitor.page.url.removeprefix(visitor.server.address)


def test_whoever_saves_second_sees_both_texts(visit: Callable[..., Visitor]) -> None:
    tom, priya = visit("inspector"), visit("inspector2")
    address = open_draft(tom)
    priya.go(address)
    tom.page.get_by_label("What you found").fill("Too few children in care saw a dentist last year")
    priya.page.get_by_label("What you found").fill("Dental checks are late for children far from home")
    tom.press("Save")
    tom.reads("is saved")
    priya.expect_status(409)
    priya.press("Save")
    priya.reads("Too few children in care saw a dentist last year")
    assert "Dental checks are late for children far from home" in priya.page.content()
    priya.shoot("clash")
    priya.press("Save mine over it")
    priya.reads("is saved")
    priya.reads("Dental checks are late for children far from home")


def test_text_typed_before_a_session_ended_is_given_back(visit: Callable[..., Visitor]) -> None:
    tom = visit("inspector")
    enter(tom, "Findings")
    tom.follow("Write a finding")
    tom.arrives("Write a finding")
    page = tom.page
    address = page.url.removeprefix(tom.server.address)
    page.get_by_label("Why you say so").fill("Three workers in a year, and each began from the start")
    expect(page.locator(".app-autosave")).to_contain_text("Saved as you typed", timeout=10_000)
    tom.context.clear_cookies()
    tom.expect_status(403, 302)
    page.get_by_label("What you found").fill("Half a senten")
    page.locator("form[data-autosave]").get_by_role("button").last.click()
    tom.arrives("This was not sent, and nothing was changed")
    expect(page.get_by_label("Explanation")).to_have_value("Three workers in a year, and each began from the start")

    tom.sign_in("inspector")
    tom.go(address)
    tom.reads("typed")
    page.locator(".app-offer").get_by_role("link").or_(page.locator(".app-offer").get_by_role("button")).first.click()
    expect(page.get_by_label("Why you say so")).to_have_value("Three workers in a year, and each began from the start")


def test_an_answer_saved_elsewhere_is_shown_beside_ones_own(visit: Callable[..., Visitor]) -> None:
    here, there = visit("inspector4"), visit("inspector4")
    enter(here, "Cases")
    here.page.locator("tbody tr").filter(has_text=re.compile("Allocated|In review")).get_by_role("link").first.click()
    here.page.get_by_role("button", name=re.compile("review$")).first.click()
    here.arrives(re.compile("Review of case"))
    there.page.goto(here.page.url)
    one, other = (
        here.page.locator("[data-question] textarea").first,
        there.page.locator("[data-question] textarea").first,
    )
    one.fill("Written in the office")
    expect(here.page.locator("[data-status]").first).to_contain_text("Saved", timeout=10_000)
    there.expect_status(409)
    other.fill("Written at home")
    other.blur()
    there.reads("Written in the office")
    there.press("Keep mine")
    expect(there.page.locator("[data-status]").first).to_contain_text("Saved", timeout=10_000)
    expect(other).to_have_value("Written at home")
