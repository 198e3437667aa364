"""The roles that read more than they write: disclosure checker, improvement lead, elected member, director."""

import re
from collections.abc import Callable

import pytest
from bench.serving import Client, Server, password_of
from playwright.sync_api import expect

from .conftest import EMAILS, Visitor
from .story import compose_a_report, latest, passes, publish, submit
from .test_report import enter

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def told(server: Server) -> Server:
    """The demonstration with one version of its report, which nobody has sent to be checked yet."""
    lead = Client(server.address)
    lead.sign_in(EMAILS["lead"], password_of(server.folder))
    compose_a_report(lead)
    return server


def client(server: Server, role: str) -> Client:
    """Somebody without a browser, for what is not the story."""
    somebody = Client(server.address)
    somebody.sign_in(EMAILS[role], password_of(server.folder))
    return somebody


def test_a_disclosure_checker_reads_what_is_about_to_leave_and_decides(
    told: Server, visit: Callable[..., Visitor]
) -> None:
    checker = visit("checker")
    checker.arrives("Your work")
    assert "Version 1" not in checker.text
    submit(client(told, "lead"))

    checker.page.reload()
    enter(checker, "Report")
    checker.follow(re.compile("Version 1"))
    checker.follow("Check it")
    checker.arrives("Check version 1")
    checker.reads("You see it here as everybody will")
    checker.reads("Where somebody could be recognised")
    checker.shoot("disclosure-check")
    checker.expect_status(422)
    checker.press("Ask for changes")
    checker.reads("Say what must change")
    checker.page.get_by_label("What you checked, or what must change").fill("Nobody can be recognised in it.")
    checker.press("Pass it as it stands")
    checker.reads("Nobody sees it until the other checker has given theirs")
    checker.reads("1 of 2 checks is in")
    checker.shoot("one-check-in")
    quality = client(told, "quality")
    assert "Nobody can be recognised in it" not in quality.get(latest(quality)).text
    passes(quality)
    checker.page.reload()
    checker.reads("Nobody can be recognised in it.")
    assert checker.page.get_by_role("link", name="Publish", exact=True).count() == 0

    # What it rests on is not the checker's to see: only what is about to leave is.
    inspection = re.search(r"/inspections/[0-9a-f-]{36}/", checker.page.url)
    assert inspection
    checker.expect_status(403, 404)
    for place in ("findings/", "judgements/", "shelf/", "cases/", "data/", "sample/"):
        checker.go(inspection.group() + place)
        assert checker.heading in ("Page not found", "You cannot do this"), place


def test_an_elected_member_reads_the_published_report_and_its_data(told: Server, visit: Callable[..., Visitor]) -> None:
    publish(client(told, "lead"))
    member = visit("member")
    member.arrives("Your work")
    member.follow("Published reports", within="body")
    member.follow(re.compile("Wrenfordshire"))
    member.reads("Children who need help and protection")
    table = member.page.get_by_role("table").first
    expect(table).to_be_visible()
    assert table.get_by_role("columnheader").count() >= 2 and table.get_by_role("row").count() >= 2
    assert "/inspections/" not in member.page.locator("main").inner_html()
    with member.page.expect_download() as download:
        member.follow("Download as PDF")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    data = member.context.request.get(member.page.url + "report.json").json()
    assert data["title"] and set(data["sha256"]) == {"content", "pdf", "word", "odt"}
    member.shoot("member-reads")


def test_an_improvement_lead_sees_what_the_inspection_is_and_what_it_found(
    told: Server, visit: Callable[..., Visitor]
) -> None:
    improvement = visit("improvement")
    improvement.follow("Wrenfordshire, autumn 2026")
    improvement.arrives("Wrenfordshire, autumn 2026")
    ways = improvement.page.locator("nav").get_by_role("link")
    shown = set(ways.all_inner_texts())
    assert {"Overview", "Timetable"} <= shown
    assert shown.isdisjoint({"Evidence", "Findings", "Judgements", "Report", "Cases", "Data", "Journal"})
    improvement.follow("Timetable", within="nav", exact=True)
    improvement.reads("Fieldwork")
    improvement.follow("Published reports", within="body")
    improvement.follow(re.compile("Wrenfordshire"))
    improvement.reads("Children who need help and protection")


def test_a_director_reads_what_was_handed_over(visit: Callable[..., Visitor]) -> None:
    director = visit("director")
    enter(director, "Data")
    director.page.locator("tbody").get_by_role("link").first.click()
    director.reads("The eleven lists")
    director.follow(re.compile("^Measures"))
    director.arrives(re.compile("Measures as at"))
    assert director.page.get_by_role("button", name="Hand").count() == 0
