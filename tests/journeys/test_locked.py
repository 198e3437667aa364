"""A page that nobody uses locks itself with its text kept, and is opened again in place; a password is asked again."""

import re
from collections.abc import Callable

from bench.serving import password_of
from playwright.sync_api import Route, expect

from tests.journeys.conftest import EMAILS, Visitor
from tests.journeys.test_inspector import open_review

TYPED = "Plans are clear to families, and reviewed when things change."


def write_something(visitor: Visitor) -> str:
    """A finding half written; gives the address of its page."""
    visitor.go("/home/")
    links = " ".join(visitor.page.eval_on_selector_all("main a", "all => all.map(one => one.getAttribute('href'))"))
    inspection = re.search(r"/inspections/[0-9a-f-]{36}/", links)
    assert inspection
    visitor.go(inspection[0] + "findings/new/")
    visitor.page.locator("textarea[name=statement]").fill(TYPED)
    expect(visitor.page.locator(".app-autosave")).to_contain_text("Saved as you typed")
    return visitor.page.url


def wait(visitor: Visitor, seconds: int) -> None:
    """Let that much time go by in the page."""
    visitor.page.clock.fast_forward(seconds * 1000)
    visitor.page.clock.run_for(2000)


def test_a_page_that_nobody_uses_warns_locks_and_opens_again_with_its_text(visit: Callable[..., Visitor]) -> None:
    lena = visit()
    lena.page.clock.install()
    lena.sign_in("lead")
    write_something(lena)
    page = lena.page
    wait(lena, 1715)
    warning = page.get_by_role("alertdialog")
    expect(warning).to_contain_text("In a minute it is locked")
    lena.shoot("session-warning")
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_have_count(0)

    wait(lena, 1715)
    expect(warning).to_be_visible()
    wait(lena, 60)
    lock = page.get_by_role("dialog", name="This page is locked")
    expect(lock).to_be_visible()
    expect(page).to_have_title("Locked – Goldthread")
    expect(page.get_by_label(re.compile("^Password of"))).to_be_focused()
    # nothing behind it can be read or reached
    expect(page.locator("textarea[name=statement]")).to_be_hidden()
    assert TYPED not in page.locator("body").inner_text()
    assert page.evaluate("document.querySelector('header').inert && document.querySelector('.app-page').inert")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.app-lock')"
        )
    lena.shoot("session-locked")

    # and the session is over: another page of it shows nothing
    stranger = lena.context.new_page()
    stranger.goto(lena.server.address + "/home/")
    expect(stranger.locator("h1")).to_have_text("Sign in")
    stranger.close()

    lena.expect_status(422)
    page.get_by_label(re.compile("^Password of")).fill("not it at all")
    page.get_by_role("button", name="Sign in again").click()
    expect(page.locator(".app-lock [role=alert]")).to_have_text("This is not your password")
    page.get_by_label(re.compile("^Password of")).fill(password_of(lena.server.folder))
    page.keyboard.press("Enter")
    expect(lock).to_have_count(0)
    expect(page.locator("textarea[name=statement]")).to_have_value(TYPED)
    expect(page.locator("textarea[name=statement]")).to_be_focused()
    # what stands in the page can be saved and sent with the session that began anew
    page.locator("textarea[name=statement]").press_sequentially(" Yes.")
    page.clock.run_for(3000)
    expect(page.locator(".app-autosave")).to_contain_text("Saved as you typed")
    page.locator("textarea[name=statement]").fill("")


def test_use_of_one_page_keeps_the_others_open_and_one_lock_is_all(visit: Callable[..., Visitor]) -> None:
    lena = visit()
    lena.page.clock.install()
    lena.sign_in("analyst")
    first = lena.page
    second = lena.context.new_page()
    first.goto(lena.server.address + "/help/")
    second.goto(lena.server.address + "/account/")
    wait(lena, 1000)
    listen = "window.told = new Promise(said => { new BroadcastChannel('goldthread-session').onmessage = said })"
    second.evaluate(f"() => {{ {listen}.then(() => true) }}")
    first.keyboard.press("ArrowDown")
    first.clock.run_for(2000)
    assert second.evaluate("window.told")
    # One clock runs in both. The second page heard of the first: of itself it would have locked by now.
    wait(lena, 1000)
    expect(second.get_by_role("dialog")).to_have_count(0)
    first.get_by_role("button", name="Sign out").click()
    expect(second.get_by_role("dialog", name="This page is locked")).to_be_visible()
    second.close()


def test_a_half_typed_review_outlives_a_sign_out_in_another_tab(visit: Callable[..., Visitor]) -> None:
    half = "The plan names what must change, but not"
    ivy = visit("inspector")
    page = open_review(ivy)
    question = page.locator("[data-question]").nth(1)
    elsewhere = ivy.context.new_page()
    elsewhere.goto(ivy.server.address + "/help/")
    # a save that is under way when the session ends is turned away, and tried again
    ivy.expect_status(302, 403)
    ivy.expected.append("ERR_FAILED")
    question.locator("textarea").fill(half)
    elsewhere.get_by_role("button", name="Sign out").click()
    lock = page.get_by_role("dialog", name="This page is locked")
    expect(lock).to_be_visible()
    expect(question.locator("textarea")).to_be_hidden()
    assert half not in page.locator("body").inner_text()
    elsewhere.close()

    page.get_by_label(re.compile("^Password of")).fill(password_of(ivy.server.folder))
    page.keyboard.press("Enter")
    expect(lock).to_have_count(0)
    expect(question.locator("textarea")).to_have_value(half)
    expect(question.locator("[data-status]")).to_contain_text("Saved", timeout=15_000)
    held: list[Route] = []
    page.route("**/save/", lambda route: held.append(route))
    question.locator("textarea").press("End")
    question.locator("textarea").press_sequentially(" by when.")
    question.locator("textarea").blur()
    # the word "Saved" of the save before does not stand beside words that are not saved
    expect(question.locator("[data-status]")).to_have_text("Saving…")
    # the word stands there from the first key; the save itself may still be on its way
    for _ in range(150):
        if held:
            break
        page.wait_for_timeout(100)
    assert held, "the words typed after the sign-in were never sent"
    held[0].continue_()
    page.unroute("**/save/")
    expect(question.locator("[data-status]")).to_contain_text("Saved", timeout=15_000)
    page.reload()
    expect(question.locator("textarea")).to_have_value(half + " by when.")


def test_the_owner_sees_and_ends_sessions(visit: Callable[..., Visitor]) -> None:
    here, there = visit("quality"), visit("quality")
    here.go("/account/")
    expect(here.page.locator("main")).to_contain_text("Chrome on Linux")
    here.shoot("account-sessions")
    here.press(re.compile("^End all but this one"))
    here.reads("Your other session is ended")
    there.go("/home/")
    there.arrives("Sign in")


def test_a_password_is_asked_again_before_what_gives_access(visit: Callable[..., Visitor]) -> None:
    ada = visit("admin")
    _grow_old(ada)
    ada.go("/people/new/")
    ada.page.get_by_label("Name").fill("Nia New")
    ada.page.get_by_label("E-mail address").fill("nia.new@example.org")
    ada.expect_status(403)
    ada.page.locator("main form button").last.click()
    ada.arrives("Confirm that it is you")
    ada.shoot("step-up")
    ada.page.get_by_label("Your password").fill(password_of(ada.server.folder))
    ada.press("Continue")
    ada.arrives(re.compile("Nia New"))

    # a newcomer accepts the terms before anything opens
    assert EMAILS["admin"] in ada.go("/account/").locator("main").inner_text()
    ada.follow("Read them")
    ada.arrives("Terms of use")
    ada.shoot("terms")


def _grow_old(visitor: Visitor) -> None:
    """Six minutes pass since the visitor gave their password."""
    from bench.serving import manage

    code = (
        "import time; from django.contrib.sessions.backends.db import SessionStore;"
        "from django.contrib.sessions.models import Session\n"
        "for one in Session.objects.all():\n"
        "    held = SessionStore(one.session_key)\n"
        "    if 'proved_at' in held:\n"
        "        held['proved_at'] = time.time() - 360; held.save()"
    )
    manage(visitor.server.folder, "shell", "-c", code)


def test_text_becomes_markup_nowhere_but_in_the_parser_that_runs_nothing(visit: Callable[..., Visitor]) -> None:
    ada = visit("admin")
    tried = ada.page.evaluate(
        """() => [
          () => { document.querySelector('main').innerHTML = '<p>in</p>' },
          () => { document.querySelector('main').insertAdjacentHTML('beforeend', '<p>in</p>') },
          () => { document.createElement('script').src = '/static/start.js' },
          () => { document.createElement('script').text = 'window.ran = 1' },
          () => { window.trustedTypes.createPolicy('mine', { createHTML: text => text }) },
        ].map(attempt => { try { attempt(); return 'let in' } catch (error) { return error.name } })"""
    )
    assert tried == ["TypeError"] * 5
    assert ada.page.evaluate("window.ran") is None
    ada.wrong.clear()  # the browser told of each
