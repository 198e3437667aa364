"""A server that is killed in the middle of a sentence, and a lid that is closed on one: no character is lost."""

import re
from collections.abc import Callable

import pytest
from bench.serving import Server, password_of
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_inspector import open_review

pytestmark = pytest.mark.journey

SAVED = "The plan names what must change and by when"
UNSAVED = SAVED + ", and who tells the family; the child was"


def test_a_server_killed_in_the_middle_of_a_sentence_loses_nothing(
    server: Server, visit: Callable[..., Visitor]
) -> None:
    ivy = visit("inspector")
    page = open_review(ivy)
    box, status = page.locator("[data-question] textarea").nth(2), page.locator("[data-status]").nth(2)
    box.fill(SAVED)
    expect(status).to_contain_text("Saved", timeout=15_000)
    # As a power cut does it: every process at once, with words on the page that nothing has kept.
    ivy.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_FAILED"]
    server.kill()
    box.press("End")
    box.press_sequentially(UNSAVED.removeprefix(SAVED))
    expect(status).to_contain_text("Not saved", timeout=15_000)
    expect(status).to_contain_text("Keep this page open")
    ivy.shoot("server-gone")
    server.start()
    expect(status).to_contain_text("Saved", timeout=30_000)
    page.reload()
    expect(box).to_have_value(UNSAVED)


def test_a_lid_closed_in_the_middle_of_a_sentence_loses_nothing(visit: Callable[..., Visitor]) -> None:
    ivy = visit()
    ivy.page.clock.install()
    ivy.sign_in("inspector4")
    page = open_review(ivy)
    box, status = page.locator("[data-question] textarea").nth(3), page.locator("[data-status]").nth(3)
    ivy.expected.append("ERR_INTERNET_DISCONNECTED")
    ivy.expect_status(302, 403)
    ivy.expected.append("ERR_FAILED")
    ivy.context.set_offline(True)
    box.press_sequentially(UNSAVED)
    # Three hours later the lid is opened, in a place with a connection; the session ended long ago.
    page.clock.fast_forward("03:00:00")
    ivy.context.clear_cookies(name=re.compile("session"))
    ivy.context.set_offline(False)
    page.clock.run_for(2_000)
    lock = page.get_by_role("dialog", name="This page is locked")
    expect(lock).to_be_visible()
    assert UNSAVED not in page.locator("body").inner_text()
    page.get_by_label(re.compile("^Password of")).fill(password_of(ivy.server.folder))
    page.keyboard.press("Enter")
    expect(lock).to_have_count(0)
    expect(box).to_have_value(UNSAVED)
    page.clock.run_for(8_000)
    expect(status).to_contain_text("Saved", timeout=15_000)
    page.reload()
    expect(box).to_have_value(UNSAVED)
