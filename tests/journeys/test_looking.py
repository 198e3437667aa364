"""Looking at the data as a data analyst, a quality lead and a director would, by the keyboard alone.

The demonstration is whole here: three hand-ins of lists, two returns, a practice record, published figures, questions
and earlier grades.
The guide's pictures are taken on the way (GOLDTHREAD_PICTURES=1), then of an authority of full size.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.serving import make_demonstration
from playwright.sync_api import expect

from .conftest import PICTURED, Visitor, begin
from .keyboard import Keys

pytestmark = pytest.mark.journey

LATEST = re.compile(r"Annex A (\w+) \d{4} \(synthetic\)")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of the demonstration; of full size where it is pictured, because small numbers make poor charts."""
    folder = tmp_path_factory.mktemp("whole")
    begin(folder)
    make_demonstration(folder, size=1.0 if PICTURED else 0.05, sample=24)
    return folder


def open_lists(visitor: Visitor) -> Keys:
    """Go to the latest lists, which stand first of all that was handed in."""
    keys = Keys(visitor.page)
    keys.enter_part(visitor, "Data")
    visitor.reads("What was handed in")
    expect(visitor.page.locator("main tbody tr")).to_have_count(6)
    keys.go(LATEST.search(visitor.page.locator("main tbody tr").first.inner_text())[0])  # type: ignore[index]
    visitor.reads("The eleven lists")
    return keys


def test_the_analyst_sees_what_is_wrong_with_the_data_and_what_the_council_answered(
    visit: Callable[..., Visitor],
) -> None:
    analyst = visit("analyst")
    keys = open_lists(analyst)
    analyst.picture("lists", at="main h1", height=760)
    keys.go("Issues |", "By rule |")
    analyst.arrives(re.compile(r"\d+ of \d+ rules make up \d+% of the [\d,]+ issues"))
    analyst.reads("The council answered")
    analyst.picture("issues-by-rule", at="main h1", height=1000)
    keys.go("Completeness |")
    analyst.arrives(re.compile(r"columns? that must be filled ha(s|ve) gaps"))
    analyst.picture("completeness", at=".app-matrix", height=760)
    keys.enter_part(analyst, "Data")
    analyst.picture("data", at="main h1", height=760)
    keys.go("Questions about the data")
    expect(analyst.page.locator("main tbody tr")).to_have_count(3)
    for state in ("Not answered", "Answered", "Closed"):
        analyst.reads(state)
    analyst.picture("questions", at="main h1")
    keys.go("Q1")
    analyst.reads("They were closed. The extract leaves a case out")
    analyst.picture("question", at="main h1", height=940)


def test_the_analyst_sees_what_changed_since_the_lists_before(visit: Callable[..., Visitor]) -> None:
    analyst = visit("analyst")
    keys = open_lists(analyst)
    keys.go("What changed since another submission")
    analyst.reads("The rules compared with this one")
    page = analyst.page
    page.locator("main tbody tr a").first.focus()
    keys.enter()
    analyst.reads("Who came, left and changed, by list")
    analyst.picture("differences", at="main h1", height=900)


def test_the_lead_sees_where_the_authority_stands_and_that_it_is_in_decline(visit: Callable[..., Visitor]) -> None:
    lead = visit("lead")
    keys = open_lists(lead)
    keys.go("Compared with other authorities")
    lead.reads("The published figures are synthetic")
    lead.reads("By the published figures of")
    lead.picture("compare", at="main h1", height=1040)
    keys.go("Initial conferences within 15 working days")
    for picture in ("Where all authorities stand", "Allowing for size and chance", "Over the years"):
        lead.reads(picture)
    lead.reads("and by chance alone anything from")
    lead.picture("strip", at="#strip", height=560)
    lead.picture("funnel", at="#funnel", height=620)
    keys = open_lists(lead)
    keys.go("Series over the months")
    lead.reads("Worse")
    lead.picture("watch", at="main h1", height=860)
    keys.go("Assessments within 45 working days")
    lead.reads("getting worse, beyond chance")
    lead.reads("improvement plan 2025, page 6")
    expect(lead.page.get_by_role("link", name="Own month of each hand-in")).to_be_visible()
    lead.picture("control-chart", at="#series", height=820)
    keys.go("Series over the months", "Re-referrals within 12 months")
    lead.reads("One front door took over from three area offices")


def test_the_quality_lead_follows_one_child(visit: Callable[..., Visitor]) -> None:
    quality = visit("quality")
    keys = open_lists(quality)
    keys.go("Children in the lists")
    quality.page.locator("select[name=list]").select_option("protection_plans")
    keys.tab_to("| Pseudonym of a child |")
    keys.go("Show")
    rows = quality.page.locator("main tbody tr")
    told = rows.all_inner_texts()
    rows.nth(max(range(len(told)), key=lambda at: told[at].count("List"))).get_by_role("link").last.focus()
    keys.enter()
    keys.go("Open the journey")
    quality.reads("Gaps and drift")
    quality.picture("journey", at="main h1", height=900)


def test_the_director_reads_a_service_on_a_page_and_how_it_was_graded(visit: Callable[..., Visitor]) -> None:
    director = visit("director")
    keys = open_lists(director)
    keys.go("Child protection |")
    director.reads("Headline measures")
    director.picture("service", at=".app-pictures", height=1000)
    printed = director.page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    keys.enter_part(director, "Data")
    keys.go("Published figures to compare with", "How Wrenfordshire was graded before")
    director.reads("Overall effectiveness")
    director.picture("grades", at="main h1", height=760)
    keys = open_lists(director)
    keys.go("Series over the months", "Assessments within 45 working days")
    director.reads("improvement plan 2025, page 6")


def test_the_record_of_the_statutory_return_is_measured(visit: Callable[..., Visitor]) -> None:
    analyst = visit("analyst")
    keys = Keys(analyst.page)
    keys.enter_part(analyst, "Data")
    keys.go("SSDA903")
    keys.go("Measures of the record")
    analyst.reads("Care")
    analyst.picture("record", at="main h1", height=900)
    analyst.page.set_viewport_size({"width": 320, "height": 700})
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not analyst.page.evaluate(wide)


def test_the_lead_sees_what_slipped_in_five_years_and_what_is_to_be_checked_again(
    visit: Callable[..., Visitor],
) -> None:
    lead = visit("lead")
    lead.go("/home/")
    lead.follow(re.compile("Thornmere, five years on"))
    lead.follow("Improvement", within="nav[aria-label='This inspection']", exact=True)
    lead.follow("Watch: what has changed")
    lead.follow("Then and now")
    lead.arrives("Thornmere: then and now")
    row = lead.page.get_by_role("row").filter(has_text="are finished in time")
    expect(row).to_contain_text("Slipped")
    expect(row).to_contain_text("finished late more often than five years ago")
    lead.picture("then-and-now", at="h1", height=900)
    grades = lead.page.get_by_role("region", name="Areas, then and now")
    expect(grades.get_by_role("row").filter(has_text="The whole")).to_contain_text("No overall grade")
    lead.follow("Recommendation 1", exact=True)
    lead.reads("reopened it, because a goal slipped")
    lead.go("/home/")
    lead.follow(re.compile("Thornmere, single inspection"))
    lead.follow("Findings", within="nav[aria-label='This inspection']", exact=True)
    lead.reads(
        "The watch tells of a change for the worse in “Assessments within 45 working days”. Its first sign is in"
    )


def test_every_page_of_looking_fits_a_phone(visit: Callable[..., Visitor]) -> None:
    director = visit("director", width=320, height=700)
    open_lists(director)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    ways = ("Compared with other authorities", "Series over the months", "Who comes back, and how soon", "Care leavers")
    here = director.page.url
    for way in ways:
        director.page.goto(here)
        with director.page.expect_navigation():
            director.follow(way)
        assert not director.page.evaluate(wide), way
