"""The timetable of an inspection: what it is made from, asking, the worker, moving and locking."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.cases import actions as cases
from goldthread.apps.fieldwork import actions, queries, worker
from goldthread.apps.fieldwork.models import Task, Timetable
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.domain import lifecycle
from goldthread.domain.timetable.reading import WEEKDAYS

pytestmark = pytest.mark.django_db

WEEK = list(WEEKDAYS[:5])


@pytest.fixture
def wexcombe() -> Story:
    return story()


def fields(**more: Any) -> dict[str, Any]:
    return {
        "title": "Visit to a home", "kind": "visit", "minutes": 90, "first": None, "last": None, "seats": 1, "must": [],
        "site": "", "at": None, "specialism": "", "language": "", "about": [], **more,
    }  # fmt: skip


def add(held: Story, **more: Any) -> Task:
    return actions.add_task(inspection=held.inspection, client_key=uuid4(), by=held["lead"], **fields(**more))


def there(held: Story, who: str, *, version: int = 0, **more: Any) -> Any:
    values = {
        "hours_from": 540, "hours_to": 1020, "weekdays": WEEK, "away": [], "specialisms": [], "languages": [],
        "home": "", "balanced": True, **more,
    }  # fmt: skip
    return actions.set_availability(
        inspection=held.inspection, person=held.person(who), version=version, by=held["lead"], **values
    )


def planned(held: Story, seconds: int = 1) -> queries.Shown:
    actions.ask(
        inspection=held.inspection, seconds=seconds, client_key=uuid4(), by=held["lead"],
        from_day=held.inspection.fieldwork_from,
    )  # fmt: skip
    assert worker.work_all() == 1
    return queries.shown(held["lead"], held.inspection)


def test_drawn_cases_come_in_once_with_second_readings_by_somebody_else(wexcombe: Story) -> None:
    wexcombe.draw()
    take = {"inspection": wexcombe.inspection, "minutes": 120, "every": 4, "by": wexcombe["lead"]}
    assert cases.take_cases_in(**take) == 15
    assert cases.take_cases_in(**take) == 0
    wexcombe["inspector"], wexcombe["inspector-2"]
    held = planned(wexcombe)
    assert held.verdict.breaches == held.verdict.left_out == ()
    who = {one.task: one.people for one in held.plan.bookings}
    seconds = [one for one in held.fieldwork.tasks if one.second_to]
    assert len(seconds) == 3
    assert all(set(who[one.id]).isdisjoint(who[one.second_to]) for one in seconds)


def test_a_conflict_of_interest_keeps_the_timetable_from_giving_a_case(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    case = draw.cases.order_by("number")[0]
    wexcombe["inspector"]
    for who in ("lead", "inspector-2"):
        inspections.declare_conflict(
            inspection=wexcombe.inspection, person=wexcombe.person(who), says="Close.", by=wexcombe[who],
            interest="family", subject=case.pseudonym,
        )  # fmt: skip
    cases.take_cases_in(inspection=wexcombe.inspection, minutes=60, every=0, by=wexcombe["lead"])
    held = planned(wexcombe)
    task = Task.objects.get(of_case=case.pk)
    booking = held.booking(str(task.pk))
    assert booking is not None
    assert booking.people == (str(wexcombe.person("inspector").pk),)
    assert held.verdict.breaches == ()


def test_availability_sites_and_skills_are_respected(wexcombe: Story) -> None:
    actions.write_sites(
        inspection=wexcombe.inspection, written="North\nSouth\nNorth - South = 40", version=0, by=wexcombe["lead"]
    )
    wexcombe["inspector"]
    there(wexcombe, "inspector", languages=["Polish"], weekdays=["tuesday"], home="North")
    there(wexcombe, "lead", weekdays=["monday"])
    add(wexcombe, title="In Polish", language="Polish", site="South")
    held = planned(wexcombe)
    (booking,) = held.plan.bookings
    assert booking.people == (str(wexcombe.person("inspector").pk),)
    assert booking.day.strftime("%A") == "Tuesday"
    assert held.fieldwork.minutes_between("North", "South") == 40


def test_what_cannot_be_placed_is_told_on_the_timetable(wexcombe: Story) -> None:
    odd = add(wexcombe, title="In Welsh", language="Welsh")
    add(wexcombe)
    held = planned(wexcombe)
    assert held.timetable is not None
    assert "needs Welsh, and nobody" in held.timetable.why_left_out[str(odd.pk)]
    assert "no timetable can place everything" in held.timetable.says
    assert queries.faults_of(held.fieldwork)[0].startswith("“In Welsh” needs Welsh")
    assert len(held.plan.bookings) == 1


def test_a_task_is_moved_and_locked_by_hand_within_the_rules_and_stays(wexcombe: Story) -> None:
    wexcombe["inspector"]
    task, other = add(wexcombe), add(wexcombe, title="Another", minutes=60)
    held = planned(wexcombe)
    assert held.timetable is not None
    day, lead = held.fieldwork.days[2], str(wexcombe.person("lead").pk)
    put = {
        "timetable": held.timetable, "task": task, "day": day, "start": 600, "people": [lead], "by": wexcombe["lead"],
    }  # fmt: skip
    moved = actions.move(**put, locked=True, version=held.timetable.version)
    with pytest.raises(Overtaken):
        actions.move(**put, locked=True, version=held.timetable.version)
    with pytest.raises(Refused, match="at once"):
        actions.move(**{**put, "task": other}, locked=False, version=moved.version)
    with pytest.raises(Refused, match="needs"):
        actions.move(**{**put, "start": 300}, locked=False, version=moved.version)
    with pytest.raises(Refused):
        actions.move(**{**put, "by": wexcombe["inspector"]}, locked=False, version=moved.version)
    after = planned(wexcombe)
    booking = after.booking(str(task.pk))
    assert booking is not None
    assert (booking.day, booking.start, booking.people, booking.locked) == (day, 600, (lead,), True)
    assert Entry.objects.filter(event="timetable.moved").count() == 1


def test_stopping_takes_the_best_so_far(wexcombe: Story) -> None:
    add(wexcombe)
    asked = actions.ask(inspection=wexcombe.inspection, seconds=200, client_key=uuid4(), by=wexcombe["lead"])
    actions.stop(timetable=asked, by=wexcombe["lead"])
    actions.stop(timetable=asked, by=wexcombe["lead"])
    assert worker.work_all() == 1
    asked.refresh_from_db()
    assert asked.status == lifecycle.Timetable.READY
    assert len(asked.bookings) == 1
    assert Entry.objects.filter(event="timetable.stopped").count() == 1


def test_a_timetable_of_a_worker_that_died_is_worked_out_again(wexcombe: Story) -> None:
    add(wexcombe)
    asked = actions.ask(inspection=wexcombe.inspection, seconds=1, client_key=uuid4(), by=wexcombe["lead"])
    claimed = actions.claim_next(by=PROGRAMME)
    assert claimed is not None
    assert actions.claim_next(by=PROGRAMME) is None
    with pytest.raises(Refused, match="worked out already"):
        actions.ask(inspection=wexcombe.inspection, seconds=1, client_key=uuid4(), by=wexcombe["lead"])
    task = Task.objects.get()
    with pytest.raises(Refused, match="still being worked out"):
        actions.move(
            timetable=claimed, task=task, day=date(2026, 1, 1), start=600, people=[], locked=False, by=wexcombe["lead"],
            version=claimed.version,
        )  # fmt: skip
    assert worker.work_all() == 1
    asked.refresh_from_db()
    assert asked.status == lifecycle.Timetable.READY


def test_a_failure_is_told_and_nothing_is_lost(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    add(wexcombe)
    first = planned(wexcombe)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(worker, "solve", broken)
    second = planned(wexcombe)
    assert second.timetable is not None
    assert second.timetable.status == lifecycle.Timetable.FAILED
    assert second.timetable.says == worker.FAILED
    assert second.plan == first.plan


def test_a_locked_choice_that_came_to_break_a_rule_is_told(wexcombe: Story) -> None:
    wexcombe["inspector"]
    task = add(wexcombe)
    held = planned(wexcombe)
    assert held.timetable is not None
    lead = str(wexcombe.person("lead").pk)
    actions.move(
        timetable=held.timetable, task=task, day=held.fieldwork.days[0], start=600, people=[lead], locked=True,
        version=held.timetable.version, by=wexcombe["lead"],
    )  # fmt: skip
    there(wexcombe, "lead", away=[held.fieldwork.days[0].isoformat()])
    now = queries.shown(wexcombe["lead"], wexcombe.inspection)
    assert [one.rule.name for one in now.verdict.breaches] == ["hours"]
    failed = planned(wexcombe)
    assert failed.timetable is not None
    assert failed.timetable.status == lifecycle.Timetable.FAILED
    assert "What is locked breaks a rule" in failed.timetable.says


def test_two_editors_of_the_same_availability_sites_or_task_clash(wexcombe: Story) -> None:
    there(wexcombe, "lead")
    there(wexcombe, "lead", version=1, languages=["Polish"])
    with pytest.raises(Clash) as clash:
        there(wexcombe, "lead", version=1, languages=["Czech"])
    assert (clash.value.theirs["languages"], clash.value.yours["languages"]) == ("Polish", "Czech")
    with pytest.raises(Clash):
        there(wexcombe, "lead", version=0)
    sheet = {"inspection": wexcombe.inspection, "by": wexcombe["lead"]}
    actions.write_sites(**sheet, written="North", version=0)
    with pytest.raises(Clash):
        actions.write_sites(**sheet, written="South", version=0)
    actions.write_sites(**sheet, written="South", version=1)
    task = add(wexcombe)
    actions.change_task(task=task, version=1, by=wexcombe["lead"], **fields(title="Longer", minutes=120))
    with pytest.raises(Clash):
        actions.change_task(task=task, version=1, by=wexcombe["lead"], **fields(title="Shorter"))
    with pytest.raises(Overtaken):
        actions.take_out(task=task, version=1, by=wexcombe["lead"])
    actions.take_out(task=task, version=2, by=wexcombe["lead"])
    assert list(queries.tasks(wexcombe["lead"], wexcombe.inspection)) == []


def test_the_same_key_twice_is_the_same_task_and_timetable(wexcombe: Story) -> None:
    key = uuid4()
    made = [
        actions.add_task(inspection=wexcombe.inspection, client_key=key, by=wexcombe["lead"], **fields())
        for _ in range(2)
    ]
    asked = [
        actions.ask(inspection=wexcombe.inspection, seconds=1, client_key=key, by=wexcombe["lead"]) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert asked[0] == asked[1]
    assert (Task.objects.count(), Timetable.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"first": date(2020, 1, 1)}, "within fieldwork"),
        ({"seats": 1, "must": ["a", "b"]}, "room for"),
    ],
)
def test_a_task_that_cannot_be_is_refused(wexcombe: Story, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        add(wexcombe, **more)
    window = {"first": wexcombe.inspection.fieldwork_to, "last": wexcombe.inspection.fieldwork_from}
    with pytest.raises(Refused, match="ends before it begins"):
        add(wexcombe, **window)


def test_nothing_to_place_and_odd_sites_are_refused_and_only_the_lead_may(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="nothing to place"):
        actions.ask(inspection=wexcombe.inspection, seconds=1, client_key=uuid4(), by=wexcombe["lead"])
    with pytest.raises(Refused, match="“South” is not one of the sites"):
        actions.write_sites(
            inspection=wexcombe.inspection, written="North\nNorth - South = 5", version=0, by=wexcombe["lead"]
        )
    add(wexcombe)
    for who in ("inspector", "quality-assurance", "nominated-officer"):
        with pytest.raises(Refused):
            actions.ask(inspection=wexcombe.inspection, seconds=1, client_key=uuid4(), by=wexcombe[who])
    with pytest.raises(Refused):
        actions.set_availability(
            inspection=wexcombe.inspection, person=wexcombe.person("analyst"), version=0, by=wexcombe["lead"],
            hours_from=0, hours_to=1,
        )  # fmt: skip


def test_a_calendar_file_holds_one_persons_part(wexcombe: Story) -> None:
    wexcombe["inspector"]
    task = add(wexcombe, must=[str(wexcombe.person("inspector").pk)])
    held = planned(wexcombe)
    text = queries.calendar_file(held, wexcombe.inspection, str(wexcombe.person("inspector").pk))
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:{task.pk}.{wexcombe.inspection.pk}@goldthread" in text.replace("\r\n ", "")
    assert queries.calendar_file(held, wexcombe.inspection, str(wexcombe.person("lead").pk)).count("BEGIN:VEVENT") == 0


def on_the_day(held: Story, day: date, monkeypatch: pytest.MonkeyPatch) -> queries.Shown:
    """A timetable asked for on that day, with nothing said of where it begins."""
    monkeypatch.setattr(timezone, "localdate", lambda: day)
    actions.ask(inspection=held.inspection, seconds=1, client_key=uuid4(), by=held["lead"])
    assert worker.work_all() == 1
    return queries.shown(held["lead"], held.inspection)


def test_half_way_through_what_is_done_stays_and_nothing_is_placed_before_today(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    wexcombe["inspector"]
    done = [add(wexcombe, title=f"Done {number}") for number in range(3)]
    held = planned(wexcombe)
    first, today = held.fieldwork.days[0], held.fieldwork.days[3]
    taken = {one.day for one in held.plan.bookings}
    free = next(day for day in held.fieldwork.days[1:] if day not in taken)
    # By way of a free day: on the first day any of them may stand where another is to go.
    for day, number, one in [(day, number, one) for day in (free, first) for number, one in enumerate(done)]:
        assert held.timetable is not None
        moved = actions.move(
            timetable=held.timetable, task=one, day=day, start=540 + 120 * number, version=held.timetable.version,
            people=[str(wexcombe.person("lead").pk)], locked=False, by=wexcombe["lead"],
        )  # fmt: skip
        held = queries.shown(wexcombe["lead"], wexcombe.inspection)
        assert moved.version == held.timetable.version  # type: ignore[union-attr]
    before = held.plan.bookings
    for number in range(8):
        add(wexcombe, title=f"Left {number}")
    missed = add(wexcombe, title="Missed", first=first, last=held.fieldwork.days[1])
    after = on_the_day(wexcombe, today, monkeypatch)
    assert [one for one in after.plan.bookings if one.day < today] == list(before)
    assert len(after.plan.bookings) == 11 and after.verdict.breaches == ()
    assert after.timetable is not None and after.timetable.from_day == today
    assert "11 of 12 placed" in after.timetable.says
    assert str(missed.pk) in after.timetable.why_left_out


def test_the_lead_may_choose_another_day_within_fieldwork(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    add(wexcombe)
    days = queries.shown(wexcombe["lead"], wexcombe.inspection).fieldwork.days
    monkeypatch.setattr(timezone, "localdate", lambda: days[3])
    ask = {"inspection": wexcombe.inspection, "seconds": 1, "by": wexcombe["lead"]}
    chosen = actions.ask(**ask, from_day=days[-1], client_key=uuid4())
    assert worker.work_all() == 1
    chosen.refresh_from_db()
    assert [one["day"] for one in chosen.bookings] == [days[-1].isoformat()]
    with pytest.raises(Refused, match="must lie within fieldwork"):
        actions.ask(**ask, from_day=date(2020, 1, 1), client_key=uuid4())


def test_before_fieldwork_and_after_it_no_day_is_taken_for_granted(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection = wexcombe.inspection
    for day in (inspection.fieldwork_from, date(2020, 1, 1), date(2040, 1, 1)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        assert queries.first_day_left(inspection) is None
