"""The ways through an inspection: two calm rows on a desk, a plain list behind a press on a phone, without scripts."""

from collections.abc import Callable

from playwright.sync_api import expect

from .conftest import Visitor

TOPS = "of => of.querySelectorAll('.app-ways__link').values().map(one => Math.round(one.getBoundingClientRect().top))"
ROWS = f"of => new Set(({TOPS})(of)).size"


def test_the_ways_are_two_rows_on_a_desk_with_the_place_marked(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    lead.follow("Wrenfordshire, autumn 2026")
    lead.follow("Cases", within="nav", exact=True)
    lead.arrives("Cases")
    assert lead.page.locator(".app-ways__groups").evaluate(ROWS) in (1, 2)
    ways = lead.page.get_by_role("navigation", name="This inspection")
    expect(ways.get_by_role("link", name="Cases", exact=True)).to_have_attribute("aria-current", "page")
    expect(ways.locator("summary")).to_be_hidden()


def test_on_a_phone_without_scripts_every_way_is_in_a_list_that_opens(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead", width=320, height=700, scripts=False)
    lead.follow("Wrenfordshire, autumn 2026")
    ways = lead.page.get_by_role("navigation", name="This inspection")
    expect(ways.locator("summary")).to_contain_text("Overview")
    expect(ways.get_by_role("link")).to_have_count(0)
    ways.locator("summary").focus()
    lead.page.keyboard.press("Enter")
    expect(ways.get_by_role("link", name="Cases", exact=True)).to_be_visible()
    expect(ways.get_by_role("link")).to_have_count(ways.locator(".app-ways__groups a").count())
    ways.get_by_role("link", name="Findings", exact=True).click()
    lead.arrives("Findings")
    expect(ways.locator("summary")).to_contain_text("Findings")
