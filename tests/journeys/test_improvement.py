"""A recommendation from its making to its reopening: a goal, the owner's word, the next lists, and the board's page."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from goldthread.synthetic.authority import AuthoritySpec
from goldthread.synthetic.cuts import folder
from goldthread.synthetic.cuts.request import Request

from .conftest import Visitor

pytestmark = pytest.mark.journey

INSPECTION = re.compile("Wrenfordshire, autumn 2026")
SAYS = "Finish assessments in time, and tell families by when they will hear."
MEASURE = "Assessments within 45 working days"
WILL = "Every manager looks each Monday at what waits."
BECAUSE = "The lists of last month show that it holds."


@pytest.fixture(scope="module")
def declined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lists of today in which the service has lost ground for a year."""
    out, today = tmp_path_factory.mktemp("declined"), date.today()  # noqa: DTZ011 - as the demonstration's own lists
    spec = AuthoritySpec("Wrenfordshire", 0.05, 45, today)
    folder.write_returns(Request(spec, ("annex-a",), months=18, declines_from=6, every=18), out, lambda _: None)
    return next((out / "annex-a").glob(f"*{today}.xlsx"))


def enter(visitor: Visitor, part: str) -> None:
    visitor.go("/home/")
    visitor.follow(INSPECTION)
    visitor.follow(part, within="nav[aria-label='This inspection']", exact=True)


def test_a_goal_slips_and_the_board_is_told(visit: Callable[..., Visitor], declined: Path) -> None:
    lead, owner = visit("lead"), visit("improvement")
    mark = recommend(lead)
    plan(owner, lead, mark)
    say_done(owner, mark)
    close(lead, mark)
    hand_in(visit("uploader"), visit("officer"), declined)
    reopens(lead, mark)
    board(visit("director"), mark)
    to_do(owner, mark)


def recommend(lead: Visitor) -> str:
    """The lead makes a recommendation with a goal on a measure of the lists, and gives it to the council."""
    enter(lead, "Improvement")
    lead.follow("Make a recommendation")
    lead.page.get_by_label("What is to be better").fill(SAYS)
    lead.page.get_by_label("Owner at the council").select_option(label="Neil Barker")
    due = date.today() + timedelta(days=200)  # noqa: DTZ011 - a day that a person types
    lead.page.get_by_label("Due", exact=True).fill(f"{due:%d/%m/%Y}")
    lead.press("Make the recommendation")
    lead.reads("is made. Set a goal")
    mark = lead.heading
    lead.follow("Set a goal")
    lead.page.get_by_label("What is measured").select_option(label=MEASURE)
    lead.page.get_by_label("Target, in %").fill("85")
    lead.press("Set a goal")
    lead.reads("Baseline")
    settle(lead, "Give it to the council", "is given to the council")
    lead.reads("The council reads this recommendation")
    return mark


def settle(lead: Visitor, what: str, told: str, because: str = "") -> None:
    """The lead says what becomes of it."""
    lead.follow("Decide what happens to it")
    lead.page.get_by_label(what).check()
    lead.page.get_by_label("Why").fill(because)
    lead.press("Decide what happens to the recommendation")
    lead.reads(told)


def plan(owner: Visitor, lead: Visitor, mark: str) -> None:
    """The council writes what it will do and says that it is done; the lead accepts it, and nothing is closed by it."""
    enter(owner, "Improvement")
    owner.follow(mark)
    owner.follow("Plan an action")
    owner.page.get_by_label("What will be done").fill(WILL)
    owner.page.get_by_label("By whom").fill("Head of safeguarding")
    due = date.today() + timedelta(days=20)  # noqa: DTZ011 - a day that a person types
    owner.page.get_by_label("By when").fill(f"{due:%d/%m/%Y}")
    owner.press("Plan the action")
    owner.reads(WILL)
    owner.follow("Action 1")
    owner.follow("Say how it stands")
    owner.page.get_by_label("It is done, and this is where that can be seen").check()
    owner.page.get_by_label("What was done and where can that be seen, or why").fill("Minutes of ten Mondays.")
    owner.press("Say how it stands with the action")
    owner.reads("Said to be done, not accepted yet")
    lead.page.reload()
    lead.follow("Action 1")
    lead.reads("Minutes of ten Mondays.")
    lead.follow("Say whether it is shown to be done")
    lead.page.get_by_label("Accept it").check()
    lead.press("Say whether it is shown to be done")
    lead.reads("Accepted as done")
    lead.follow(mark)
    lead.reads("Has not said that it is done")


def say_done(owner: Visitor, mark: str) -> None:
    """Its owner says for the council that it is done."""
    enter(owner, "Improvement")
    owner.follow(mark)
    owner.follow("Say that it is done")
    owner.page.get_by_label("What was done, and where can that be seen?").fill("A manager looks at what waits weekly.")
    owner.press("Say that the recommendation is done")
    owner.reads("said that it is done")


def close(lead: Visitor, mark: str) -> None:
    """The lead closes it, on what was found."""
    settle(lead, "Close it", "is closed", BECAUSE)
    lead.reads("closed it")
    lead.reads(BECAUSE)
    expect(lead.page.locator("h1")).to_have_text(mark)


def hand_in(uploader: Visitor, officer: Visitor, lists: Path) -> None:
    """The council hands the next lists in, and hands them over."""
    enter(uploader, "Data")
    uploader.page.get_by_label("Files to hand in").set_input_files(lists)
    uploader.press("Upload")
    uploader.reads("The file is received and safe")
    expect(uploader.page.locator("main")).not_to_contain_text("How far reading has come", timeout=90_000)
    enter(officer, "Data")
    row = officer.page.get_by_role("row").filter(has_text=lists.name).filter(has_text="Not handed over")
    row.first.get_by_role("link").first.click()
    officer.follow("Hand it over")
    officer.reads("What does not cross")
    officer.press("Hand it over")
    officer.reads("The team sees it now")


def reopens(lead: Visitor, mark: str) -> None:
    """Read again, the goal has slipped, and the recommendation is open again without anybody having opened it."""
    enter(lead, "Improvement")
    lead.press("Read every goal again")
    lead.reads(f"A goal has slipped: {mark} reopened")
    lead.follow(mark)
    lead.reads("reopened it, because a goal slipped")
    expect(lead.page.get_by_role("row").filter(has_text="Slipped")).to_have_count(1)
    lead.page.set_viewport_size({"width": 320, "height": 800})
    assert lead.page.evaluate("document.documentElement.scrollWidth") <= 320


def board(director: Visitor, mark: str) -> None:
    """The director's board pack of the month tells it, first of all that was given."""
    enter(director, "Improvement")
    director.follow("Board pack of the month")
    number = mark.removeprefix("Recommendation ")
    first = director.page.get_by_role("row").filter(has_text=SAYS[:40])
    expect(first).to_contain_text("Reopened")
    expect(first.get_by_role("rowheader")).to_have_text(number)
    director.reads("reopened it, because a goal slipped")


def to_do(owner: Visitor, mark: str) -> None:
    """It stands on its owner's home page again."""
    owner.go("/home/")
    owner.reads(mark)
