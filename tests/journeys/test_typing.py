"""What is typed survives an ended session: the page that was left open saves again as soon as somebody signs in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import EMAILS, Visitor, password_of
from .test_inspector import open_review

pytestmark = pytest.mark.journey


def test_a_review_left_open_saves_again_after_signing_in_in_another_tab(visit: Callable[..., Visitor]) -> None:
    inspector = visit("inspector")
    open_review(inspector)

    other = inspector.context.new_page()
    other.goto(inspector.server.address + "/home/")
    other.get_by_role("button", name="Sign out").click()
    other.goto(inspector.server.address + "/sign-in/")
    other.get_by_label("E-mail address").fill(EMAILS["inspector"])
    other.get_by_label("Password", exact=True).fill(password_of(inspector.server.folder))
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url("**/home/**")

    inspector.expect_status(403)
    question = inspector.page.locator("[data-question]").first
    words = "Typed while nobody was signed in."
    question.locator("textarea").fill(words)
    expect(question.locator("[data-status]")).to_contain_text("Saved", timeout=30_000)
    inspector.page.reload()
    expect(inspector.page.locator("[data-question]").first.locator("textarea")).to_have_value(words)
