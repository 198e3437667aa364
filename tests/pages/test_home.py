"""The home page shows each role its own work, and nobody else's."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from tests import factories as make

from goldthread.apps.findings import actions as findings
from goldthread.apps.findings import queries
from goldthread.apps.journal import queries as journal
from goldthread.apps.journal.models import Entry
from goldthread.web.presenters.task import Task

pytestmark = pytest.mark.django_db


def home(who: Any) -> str:
    answer = make.client_for(who).get("/home/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_somebody_without_any_role_is_told_who_gives_one() -> None:
    page = home(make.person())
    assert "Nothing waits for you" in page and "gives you a role" in page
    assert "Set up an inspection" not in page and "Accounts" not in page


def test_my_inspections_and_nobody_elses() -> None:
    mine = make.inspection(title="Mine to see")
    make.inspection(title="Theirs alone", lead=make.site_lead("Other Lead"))
    page = home(make.member(mine, "inspector"))
    assert "Mine to see" in page and "Inspector" in page
    assert "Theirs alone" not in page


def test_the_nominated_officer_is_asked_for_data() -> None:
    held = make.inspection()
    assert "Bring in child-level data" in home(make.member(held, "nominated-officer"))
    assert "Bring in child-level data" not in home(make.member(held, "inspector"))


def test_a_finding_without_evidence_is_its_writers_to_mend() -> None:
    held = make.inspection()
    writer, other = make.member(held, "inspector", "Wanda Writer"), make.member(held, "inspector", "Otto Other")
    kind = queries.choices()["kind"][0][0]
    confidence = queries.choices()["confidence"][0][0]
    findings.write_finding(
        inspection=held, area="leadership", kind=kind, statement="Plans are clear.", explanation="",
        confidence=confidence, criteria=[], client_key=uuid4(), by=writer,
    )  # fmt: skip
    assert "Give your findings evidence" in home(writer)
    assert "Give your findings evidence" not in home(other)


def test_an_administrator_sees_the_heads_of_the_journals_and_nothing_that_they_say() -> None:
    held = make.inspection(title="Nobody's business")
    last = Entry.objects.filter(chain=str(held.pk)).order_by("-number")[0]
    page = make.client_for(make.administrator()).get("/installation/").content.decode()
    assert last.digest in page and str(held.pk) in page
    assert "Nobody" not in page
    assert [one.chain for one in journal.heads()] == ["site", str(held.pk)]
    assert journal.heads()[1].head == journal.verify(held.pk).head


def test_an_administrator_sees_the_installation_and_no_inspection() -> None:
    make.inspection(title="Not for administrators")
    page = home(make.administrator())
    assert "Health" in page and "Accounts" in page
    assert "Not for administrators" not in page


def test_an_inspection_closes_to_whoever_declared_a_conflict() -> None:
    from goldthread.apps.access.queries import person
    from goldthread.apps.inspections import actions

    held = make.inspection(title="Wexcombe again")
    who = make.member(held, "inspector")
    actions.declare_conflict(inspection=held, person=person(who.id), says="Worked there until May", by=who)
    assert "Wexcombe again" not in home(who)


def test_every_role_has_a_home_and_an_overview_with_only_its_own_ways() -> None:
    held = make.inspection()
    for role, sees, never in (
        ("inspector", "Findings", "Nothing at all"),
        ("nominated-officer", "Data", "Judgements"),
        ("director", "Data", "Findings"),
        ("analyst", "Sample", "Nothing at all"),
    ):
        who = make.member(held, role)
        home(who)
        page = make.client_for(who).get(f"/inspections/{held.pk}/").content.decode()
        ways = page.split('aria-label="This inspection"')[1].split("</nav>")[0]
        assert f">{sees}</a>" in ways, role
        assert f">{never}</a>" not in ways, role
        assert 'aria-current="page">Overview' in ways
        assert "Synthetic data" in page


def test_the_ways_are_grouped_by_what_is_done_and_open_on_a_phone_as_one_list() -> None:
    held = make.inspection()
    page = make.client_for(make.member(held, "lead")).get(f"/inspections/{held.pk}/cases/").content.decode()
    ways = page.split('aria-label="This inspection"')[1].split("</nav>")[0]
    wide, narrow = ways.split('<details class="app-ways__menu">')
    for part, of in ((wide, "ways"), (narrow, "menu")):
        assert re.findall(r'__does" id="[^"]+">(\w+)<', part) == ["Run", "Read", "Gather", "Judge"]
        assert re.findall(r'<ul class="app-ways__list" aria-labelledby="(\w+)-\d"', part) == [of] * 4
        assert re.findall(r'aria-current="page">(\w+)', part) == ["Cases"]
    assert re.findall(r'__link" href="([^"]+)"', wide) == re.findall(r'__link" href="([^"]+)"', narrow)
    assert re.search(r"<summary[^>]*>Menu.*Cases</span></summary>", narrow)


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        ("uploader", ["Run", "Read", "Gather"]),
        ("improvement-lead", ["Run", "Gather", "Judge"]),
        ("records-officer", ["Run"]),
    ],
)
def test_a_group_of_ways_in_which_somebody_may_go_nowhere_is_left_out(role: str, groups: list[str]) -> None:
    held = make.inspection()
    page = make.client_for(make.member(held, role)).get(f"/inspections/{held.pk}/").content.decode()
    assert re.findall(r'__does" id="ways-\d">(\w+)<', page) == groups


def test_what_was_to_be_done_before_today_is_called_late() -> None:
    today = timezone.localdate()
    assert not Task("Read", "", "/", due=today).late
    assert not Task("Read", "", "/").late
    assert Task("Read", "", "/", due=today - timedelta(days=1)).late
    held = make.inspection()
    shown = render_to_string("home.html", {"tasks": [Task("Read", held.title, "/", due=date(2026, 1, 5))]})
    assert "Overdue" in shown and "Late" not in shown
    assert "was due on 5 January 2026" in shown
