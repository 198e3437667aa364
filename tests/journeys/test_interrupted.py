"""A server that is killed in the middle of a sentence, and a lid that is closed on one: no character is lost."""

import re
from collections.abc import Callable

import pytest
from bench.serving import Server, password_of
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_inspector import open_review
from tests.journeys.test_report import enter

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


def test_what_is_typed_before_the_scripts_have_come_is_saved_all_the_same(visit: Callable[..., Visitor]) -> None:
    """On a slow network a page can be read, and typed in, seconds before what saves its answers is there."""
    ivy = visit("inspector3")
    address = open_review(ivy).url
    page = typed_early(ivy, address, "review", "[data-question] textarea >> nth=4", SAVED)
    expect(page.locator("[data-status]").nth(4)).to_contain_text("Saved", timeout=15_000)
    page.reload()
    expect(page.locator("[data-question] textarea").nth(4)).to_have_value(SAVED)

    enter(ivy, "Findings")
    ivy.follow("Write a finding")
    ivy.arrives("Write a finding")
    address = page.url
    page = typed_early(ivy, address, "autosave", "#id_explanation", UNSAVED)
    expect(page.locator(".app-autosave")).to_contain_text("Saved as you typed", timeout=15_000)


def typed_early(visitor: Visitor, address: str, script: str, place: str, words: str) -> Page:
    """Open a page whose script is held back until the words stand in their box."""
    # The same address once more would be loading it again, where a browser puts back what was sent.
    page = visitor.go("/home/")
    held: list[Route] = []
    named = re.compile(rf"/{script}[.\w]*\.js")
    page.route(named, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator(place).fill(words)
    assert held, "the script was not asked for"
    for route in held:
        route.continue_()
    page.unroute(named)
    return page
