"""Instruments from end to end: one that a council writes itself and reviews with, and the longest by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from goldthread.domain import instruments

from .conftest import Visitor
from .keyboard import Keys

pytestmark = pytest.mark.journey

FULL = "case-review-full-1"
OURS = "Home visits, of ours"


def drawn_on(lead: Visitor, instrument: str) -> str:
    """Six files are drawn on an instrument and shared out between the inspectors; the number of the draw."""
    page = lead.page
    lead.go("/home/")
    lead.follow("Wrenfordshire, autumn 2026")
    lead.follow("Sample", within="nav", exact=True)
    lead.follow("Draw a sample")
    page.get_by_role("radio", name=instrument, exact=True).check()
    page.get_by_label("How many files").fill("6")
    page.get_by_label("What the sample is for").fill("To review on one instrument")
    lead.press("Check the frame")
    lead.arrives("Check the frame before you draw")
    lead.press("Draw 6 files")
    lead.arrives(re.compile("6 files"))
    lead.press("Share out evenly")
    lead.arrives(re.compile("Share out 6 files"))
    found = re.search(r"draw (\d+)", page.title())
    assert found, page.title()
    lead.press("Share them out")
    lead.reads("6 files shared out")
    return found[1]


def case_of(inspector: Visitor, draw: str) -> str:
    """The address of the inspector's file of a draw."""
    inspector.go("/home/")
    inspector.follow("Wrenfordshire, autumn 2026")
    inspector.follow("Cases", within="nav", exact=True)
    inspector.arrives("Cases")
    row = inspector.page.locator("tbody tr").filter(has=inspector.page.get_by_role("cell", name=draw, exact=True))
    row.first.wait_for()
    return str(row.first.get_by_role("link").first.get_attribute("href"))


def test_a_council_writes_an_instrument_publishes_it_and_reviews_with_it(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    page = lead.page
    lead.go("/drafts/new/")
    page.get_by_role("radio", name=re.compile("^An instrument")).check()
    page.get_by_role("radio", name="As little as possible").check()
    page.get_by_label("What is it called?").fill(OURS)
    lead.press("Begin", exact=True)
    lead.arrives(OURS)

    lead.follow("Add a section")
    page.get_by_label("Title of the section").fill("The visit itself")
    lead.press("Add it")
    lead.reads("No question yet")
    _question(lead, "Was the child visited at home?", "Yes or no$")
    _question(lead, "How much did it tell?", "A number from 0")
    later = page.locator("#q-how-much-did-it-tell")
    later.get_by_role("link", name="When it is asked").click()
    lead.arrives("When it is asked")
    lead.press("Choose its answers")
    page.get_by_role("checkbox", name="Yes", exact=True).check()
    lead.press("Save", exact=True)
    lead.reads("Only if “Was the child visited at home?” is answered yes")
    lead.reads("Nothing stands in its way")
    lead.shoot("own-instrument")

    lead.follow("taking the last change back")
    lead.arrives("What was changed in this draft")
    lead.press("Take this change back")
    lead.reads("The last change is taken back")
    lead.press("Put the change back")
    lead.reads("The change is put back")
    lead.shoot("history-of-a-draft")
    page.locator(".govuk-back-link").click()
    lead.arrives(OURS)
    lead.follow("Publish…")
    page.get_by_label("What changed, or what it is for").fill("For the winter's themed audit.")
    lead.press("Publish it")
    lead.reads("From now on it can be chosen")
    draw = drawn_on(lead, OURS)

    inspector = visit("inspector4")
    page = inspector.page
    inspector.go(case_of(inspector, draw))
    inspector.press(re.compile("Begin the review"))
    inspector.arrives(re.compile("Review of case"))
    first = page.locator('[data-question="was-the-child-visited-at-home"]')
    second = page.locator('[data-question="how-much-did-it-tell"]')
    expect(second).to_be_hidden()
    first.get_by_role("radio", name="Yes", exact=True).check()
    expect(second).to_be_visible()
    # The whole scale from nothing to ten, and that it may not apply.
    expect(second.get_by_role("radio")).to_have_count(12)
    second.get_by_role("radio", name="7", exact=True).check()
    for box in page.locator("[data-question]:not([hidden])").all():
        radios = box.get_by_role("radio")
        if box.get_attribute("data-kind") == "flag":
            box.get_by_role("radio", name="No", exact=True).check()
            continue
        if radios.count() and not box.locator("input:checked").count():
            radios.nth(1).check()
        box.locator("textarea").first.fill("Read in the record of the visit.")
    inspector.press("Check and sign off")
    inspector.arrives("Read it through, then sign off")
    inspector.press("Sign off")
    inspector.reads("on the evidence shelf")
    inspector.reads("How much did it tell?")


def _question(lead: Visitor, text: str, scale: str) -> None:
    """Add a question to the section of the visit, on a scale that begins so."""
    page = lead.page
    lead.follow("Add a question to The visit itself")
    page.get_by_label("The question").fill(text)
    page.get_by_label("Help beside it").fill("Look at the record of the visit.")
    option = page.locator("select[name=scale] option").filter(has_text=re.compile(f"^{scale}"))
    wanted = option.first.get_attribute("value")
    page.locator("select[name=scale]").select_option(wanted)
    lead.press("Add it")
    lead.reads(text)


def test_the_longest_instrument_by_the_keyboard_alone(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    draw = drawn_on(lead, instruments.load(FULL).title)
    inspector = visit("inspector5")
    page, keys = inspector.page, Keys(inspector.page)
    address = case_of(inspector, draw)
    reach(page, f'a[href="{address}"]')
    keys.enter()
    keys.go("review |")
    inspector.arrives(re.compile("Review of case"))

    boxes = page.locator("[data-question]")
    names = [str(one.get_attribute("data-question")) for one in boxes.all()]
    assert len(names) > 50
    hangs = page.locator('[data-question="early-help"]')
    expect(hangs).to_be_hidden()
    skipped = ""
    for number, name in enumerate(names):
        box = page.locator(f'[data-question="{name}"]')
        if not box.is_visible():
            continue
        if number > 2 and not skipped and box.get_by_role("radio").count() and not _is_hung_on(page, name):
            skipped = name
            continue
        answer(keys, name)
        if number == 0:
            expect(box.locator("[data-status]")).to_contain_text("Saved", timeout=10_000)
        if name == "referred":
            expect(hangs).to_be_visible()
            reach(page, f'[name="value-{name}"]', back=True)
            keys.press("ArrowRight")
            expect(hangs).to_be_hidden()
            keys.press("ArrowLeft")
            expect(hangs).to_be_visible()
    assert skipped
    expect(page.locator("[data-status]").last).to_contain_text("Saved", timeout=10_000)

    keys.go("Check and sign off")
    inspector.reads("Before you can sign off")
    asked = page.locator(f'.govuk-error-summary a[href$="#q-{skipped}"]')
    expect(asked).to_be_visible()
    expect(page.locator(".govuk-error-summary a").first).to_have_attribute("href", re.compile(f"#q-{skipped}$"))
    reach(page, ".govuk-error-summary a")
    keys.enter()
    inspector.arrives(re.compile("Review of case"))
    expect(page).to_have_url(re.compile(f"#q-{skipped}$"))
    answer(keys, skipped)
    keys.go("Check and sign off")
    inspector.arrives("Read it through, then sign off")
    keys.go("Sign off |")
    inspector.reads("on the evidence shelf")


def _is_hung_on(page: Page, name: str) -> bool:
    return page.locator(f'[data-hangs-on*="{name}="]').count() > 0


def answer(keys: Keys, name: str) -> None:
    """The first answer of a question, why, and where it was seen where that is asked; “no” to an urgent concern."""
    page = keys.page
    box = page.locator(f'[data-question="{name}"]')
    flag = box.get_attribute("data-kind") == "flag"
    if box.get_by_role("radio").count():
        reach(page, f'[name="value-{name}"]')
        keys.press("Space")
        if flag and not box.get_by_role("radio", name="No", exact=True).is_checked():
            keys.press("ArrowRight")
    if flag:
        return
    reach(page, f'[name="why-{name}"]')
    page.keyboard.insert_text("Read on the file, in three places.")
    if box.locator('select[data-more="kind"]').count():
        reach(page, f'[name="more-kind-{name}"]')
        keys.press("ArrowDown")
        reach(page, f'[name="more-place-{name}"]')
        page.keyboard.insert_text("Page 4")


def reach(page: Page, what: str, *, back: bool = False) -> None:
    """Press Tab until what is in focus is this."""
    for _ in range(500):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"Tab never reaches {what} at {page.url}")
