"""The timetable's people are given their cases in one act that is seen beforehand and can be taken back."""

from typing import Any
from uuid import uuid4

import pytest
from tests.apps.test_fieldwork import planned, there
from tests.cases_story import Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases import queries
from goldthread.apps.cases.models import Case
from goldthread.apps.fieldwork import actions
from goldthread.apps.fieldwork.models import AppliedTimetable, Availability, Task, Timetable
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    held = story()
    held.draw(size=4)
    held["inspector"]
    cases.take_cases_in(inspection=held.inspection, minutes=120, every=0, by=held["lead"])
    planned(held)
    return held


def timetable() -> Timetable:
    return Timetable.objects.select_related("inspection").get()


def give_out(held: Story, by: str = "lead", **more: Any) -> AppliedTimetable:
    shown = queries.proposed(timetable())
    given = {"timetable": timetable(), "version": queries.seen(timetable(), shown), "client_key": uuid4(), **more}
    return cases.apply_timetable(by=held[by], **given)


def who_has() -> dict[Any, Any]:
    return dict(Case.objects.filter(reserve=False).values_list("pk", "allocated_to_id"))


def booked() -> dict[Any, str]:
    """A second way from the bookings to who reviews what."""
    of_case = {str(one.pk): one.of_case for one in Task.objects.all()}
    return {of_case[one["task"]]: one["people"][0] for one in timetable().bookings}


def test_everybody_has_the_cases_that_the_timetable_gives_them_and_it_can_be_taken_back(wexcombe: Story) -> None:
    before = who_has()
    applied = give_out(wexcombe)
    assert {pk: str(who) for pk, who in who_has().items()} == booked()
    assert len(applied.changes) == 4 and not any(one.changes for one in queries.proposed(timetable()))
    assert cases.take_timetable_back(applied=applied, by=wexcombe["lead"]) == (4, 0)
    assert who_has() == before
    with pytest.raises(Refused, match="taken back already"):
        cases.take_timetable_back(applied=applied, by=wexcombe["lead"])
    assert {one.detail["count"] for one in Entry.objects.filter(event__startswith="timetable.")
            if "count" in one.detail} == {4}  # fmt: skip


def test_a_case_goes_back_to_whoever_had_it_and_stays_where_it_moved_on(wexcombe: Story) -> None:
    rows = list(Case.objects.filter(reserve=False).order_by("number"))
    other = {str(wexcombe.person(one).pk): wexcombe.person(one) for one in ("lead", "inspector")}
    for case in rows:
        had = next(one for key, one in other.items() if key != booked()[case.pk])
        cases.allocate(cases=[case], to=had, by=wexcombe["lead"])
    before = who_has()
    applied = give_out(wexcombe)
    begun = Case.objects.get(pk=rows[0].pk)
    role = next(one for one in ("lead", "inspector") if wexcombe.person(one).pk == begun.allocated_to_id)
    cases.start_review(case=begun, by=wexcombe[role])
    assert cases.take_timetable_back(applied=applied, by=wexcombe["lead"]) == (3, 1)
    after = who_has()
    assert {pk: after[pk] == before[pk] for pk in after} == {**dict.fromkeys(after, True), begun.pk: False}


def test_what_cannot_be_given_is_told_with_why_and_stays(wexcombe: Story) -> None:
    plan = booked()
    first, second = (Case.objects.get(pk=pk) for pk in list(plan)[:2])
    role = next(one for one in ("lead", "inspector") if str(wexcombe.person(one).pk) == plan[first.pk])
    inspections.declare_conflict(
        inspection=wexcombe.inspection, person=wexcombe.person(role), says="Close.", by=wexcombe[role],
        interest="family", subject=first.pseudonym,
    )  # fmt: skip
    other = next(one for one in ("lead", "inspector") if str(wexcombe.person(one).pk) != plan[second.pk])
    cases.allocate(cases=[second], to=wexcombe.person(other), by=wexcombe["lead"])
    cases.start_review(case=Case.objects.get(pk=second.pk), by=wexcombe[other])
    why = {one.case.pk: one.why for one in queries.proposed(timetable()) if one.why}
    assert set(why) == {first.pk, second.pk}
    assert "conflict of interest" in why[first.pk] and "review is begun" in why[second.pk]
    assert len(give_out(wexcombe).changes) == 2
    assert Case.objects.get(pk=first.pk).allocated_to is None


def test_only_what_was_seen_is_given_and_whoever_comes_second_is_told(wexcombe: Story) -> None:
    seen = queries.seen(timetable(), queries.proposed(timetable()))
    key = uuid4()
    one, two = (give_out(wexcombe, client_key=key, version=seen) for _ in range(2))
    assert one == two
    with pytest.raises(Overtaken):
        give_out(wexcombe, version=seen)
    with pytest.raises(Overtaken):
        give_out(wexcombe, version=0)
    with pytest.raises(Refused, match="Nothing would change"):
        give_out(wexcombe)
    with pytest.raises(Refused):
        give_out(wexcombe, by="inspector")
    with pytest.raises(Refused):
        cases.take_timetable_back(applied=one, by=wexcombe["inspector"])


def test_an_unfinished_timetable_gives_nothing_out(wexcombe: Story) -> None:
    Timetable.objects.update(status="working")
    with pytest.raises(Refused, match="not ready"):
        give_out(wexcombe)


def test_an_inspector_says_when_they_are_there_and_the_lead_can_change_it(wexcombe: Story) -> None:
    given = {
        "hours_from": 540, "hours_to": 900, "weekdays": ["monday"], "away": [], "specialisms": [], "languages": [],
        "home": "", "balanced": True,
    }  # fmt: skip
    own = {"inspection": wexcombe.inspection, "person": wexcombe.person("inspector")}
    actions.set_availability(**own, version=0, by=wexcombe["inspector"], **given)
    entry = Entry.objects.get(event="fieldwork.availability")
    assert entry.detail["own"] is True and entry.by_name == wexcombe.person("inspector").name
    there(wexcombe, "inspector", version=1, weekdays=["tuesday"])
    with pytest.raises(Clash):
        actions.set_availability(**own, version=1, by=wexcombe["inspector"], **given)
    assert Availability.objects.get().weekdays == ["tuesday"]
    wexcombe["inspector-2"]
    for somebody in ("inspector-2", "analyst", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            actions.set_availability(**own, version=2, by=wexcombe[somebody], **given)
