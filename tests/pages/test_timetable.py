"""The timetable follows the fieldwork that was typed in, and claims nothing of an inspection being set up."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests import factories as make

from goldthread.apps.access.roles import ROLES
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import frameworks
from goldthread.web.presenters import timetable

pytestmark = pytest.mark.django_db

SIF: dict[str, Any] = {
    "framework": "sif-2013", "call_day": date(2026, 11, 9), "fieldwork_from": date(2026, 11, 16),
    "fieldwork_to": date(2026, 12, 10),
}  # fmt: skip


def days(held: Any, today: date = date(2026, 11, 1)) -> dict[str, tuple[date, date]]:
    return {one.title.split(":")[0]: (one.starts, one.ends) for one in timetable.stretches(held, today)}


def test_fieldwork_has_the_days_typed_in_and_what_follows_is_counted_from_its_end() -> None:
    laid = days(make.inspection(**SIF))
    assert laid["The call"] == (date(2026, 11, 9), date(2026, 11, 9))
    assert laid["Week 1"] == (date(2026, 11, 16), date(2026, 11, 19))
    assert laid["Week 4"][1] == date(2026, 12, 10)
    assert laid["Drafting and moderation"][0] == date(2026, 12, 11)


def test_fieldwork_as_the_framework_counts_it_is_left_as_it_is() -> None:
    held = make.inspection(
        framework="ilacs-2026", call_day=date(2026, 11, 2), fieldwork_from=date(2026, 11, 9),
        fieldwork_to=date(2026, 11, 20),
    )  # fmt: skip
    assert timetable.framework_says(held) is None and timetable.without_days(held) == []
    laid = days(held)
    assert laid["On site, week 2"] == (date(2026, 11, 16), date(2026, 11, 20))
    assert laid["Off-site analysis"] == (date(2026, 11, 2), date(2026, 11, 6))


def test_one_week_of_fieldwork_takes_the_short_timetable() -> None:
    held = make.inspection(fieldwork_from=date(2026, 11, 9), fieldwork_to=date(2026, 11, 13))
    assert timetable.plan_of(held).slug == "short"


def test_phases_that_shorter_fieldwork_leaves_no_day_are_named() -> None:
    held = make.inspection(**{**SIF, "fieldwork_to": date(2026, 11, 27)})
    assert [one.split(":")[0] for one in timetable.without_days(held)] == ["Week 4"]
    lead = make.site_lead()
    page = make.client_for(lead).get(f"/inspections/{held.pk}/timetable/").content.decode()
    assert "They leave no day for: Week 4" in page and "would put fieldwork from 10 November 2026" in page


def test_an_inspection_being_set_up_is_in_no_phase_now() -> None:
    from goldthread.apps.inspections import actions

    lead = make.site_lead()
    held = make.inspection(lead=lead, **SIF)
    following = timetable.next_stretch(held, date(2026, 11, 17))
    assert following is not None and (following.when, following.now) == ("By the timetable", False)
    actions.move(inspection=held, to="notified", by=lead)
    held.refresh_from_db()
    told = timetable.next_stretch(held, date(2026, 11, 17))
    assert told is not None and told.when == "Now"


def test_a_framework_out_of_force_is_dated_in_the_form_and_told_on_the_next_page() -> None:
    browser = make.client_for(make.site_lead())
    assert "(in force from November 2013 to December 2017)" in browser.get("/inspections/new/").content.decode()
    sent = {
        "title": "A look back", "authority": "Wexcombe", "kind": "mock", "call_day": "9/11/2026",
        "fieldwork_from": "16/11/2026", "fieldwork_to": "10/12/2026",
    }  # fmt: skip
    for framework, told in (("sif-2013", True), ("ilacs-2026", False)):
        page = browser.post("/inspections/new/", {**sent, "framework": framework}, follow=True).content.decode()
        assert ("is not in force on 9 November 2026" in page) is told


@pytest.mark.parametrize("call_day", ["9/11/1926", "9/11/2126"])
def test_a_day_too_far_from_today_to_be_meant_is_refused_at_its_field(call_day: str) -> None:
    browser = make.client_for(make.site_lead())
    answer = browser.post("/inspections/new/", {
        "title": "A slip", "authority": "Wexcombe", "kind": "mock", "framework": "ilacs-2026", "call_day": call_day,
        "fieldwork_from": call_day, "fieldwork_to": call_day, "client_key": uuid4(),
    })  # fmt: skip
    assert answer.status_code == 422
    assert f"{call_day[-4:]} is too far from today to be meant: check the year" in answer.content.decode()
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("said", "status", "says", "kept"),
    [
        ("157000", 302, "", 157_000), ("", 302, "", None), ("157,000", 302, "", 157_000),
        ("many", 422, "must be a whole number", None), ("0", 422, "must be a whole number from 1 to 15,000,000", None),
        ("99999999", 422, "must be a whole number from 1 to 15,000,000", None), ("15,70", 422, "whole number", None),
    ],
)  # fmt: skip
def test_how_many_children_live_in_the_area_is_asked_and_may_be_left_blank(
    said: str, status: int, says: str, kept: int | None
) -> None:
    browser = make.client_for(make.site_lead())
    answer = browser.post("/inspections/new/", {
        "title": "A count", "authority": "Wexcombe", "kind": "mock", "framework": "ilacs-2026", "call_day": "2/11/2026",
        "fieldwork_from": "9/11/2026", "fieldwork_to": "20/11/2026", "client_key": uuid4(), "children_in_area": said,
    })  # fmt: skip
    assert (answer.status_code, says in answer.content.decode()) == (status, True)
    assert [one.children_in_area for one in Inspection.objects.all()] == ([kept] if status == 302 else [])


def test_each_seat_of_the_expected_team_says_which_role_to_give() -> None:
    lead = make.site_lead()
    held = make.inspection(lead=lead, framework="sif-2013")
    browser = make.client_for(lead)
    page = browser.get(f"/inspections/{held.pk}/team/").content.decode()
    assert "Deputy lead inspector (give the role “Inspector”)" in page
    for slug in frameworks.slugs():
        assert {seat.role for seat in frameworks.load(slug).team} <= set(ROLES)


def test_the_team_page_says_who_gives_the_councils_roles_once_there_is_an_officer() -> None:
    lead = make.site_lead()
    held = make.inspection(lead=lead)
    where, browser = f"/inspections/{held.pk}/team/", make.client_for(lead)
    assert "given by its nominated officer" not in browser.get(where).content.decode()
    make.member(held, "nominated-officer", "Olive Officer")
    assert "given by its nominated officer: Olive Officer" in browser.get(where).content.decode()


def test_a_lead_is_offered_no_way_to_end_their_own_role() -> None:
    lead = make.site_lead()
    held = make.inspection(lead=lead)
    make.member(held, "inspector")
    browser = make.client_for(lead)
    page = browser.get(f"/inspections/{held.pk}/team/").content.decode()
    own, other = held.memberships.get(role="lead"), held.memberships.get(role="inspector")
    assert f"/team/{own.pk}/end/" not in page and f"/team/{other.pk}/end/" in page
    assert browser.get(f"/inspections/{held.pk}/team/{own.pk}/end/").status_code == 403


def test_once_the_report_is_published_publishing_it_is_over() -> None:
    held = make.inspection(**SIF)
    today = next(one.starts for one in timetable.stretches(held, SIF["call_day"]) if one.slug == "authority-publishes")
    held.status = "accuracy"
    before = timetable.next_stretch(held, today)
    assert before is not None and (before.slug, before.when) == ("authority-publishes", "Now")
    for status in ("published", "challenge-window", "archived"):
        held.status = status
        after = timetable.next_stretch(held, today)
        assert after is not None and (after.slug, after.when) == ("statement-of-action", "Now")
        assert "authority-publishes" not in {one.slug for one in timetable.clocks(held, today)}
        assert [one.slug for one in timetable.stretches(held, today) if one.now] == ["statement-of-action"]
