"""A plan against each hard rule: one that keeps it, and one that breaks it and nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldthread.domain.timetable import (
    AIMS,
    HARD_RULES,
    Booking,
    Conflict,
    Fieldwork,
    Hours,
    Interest,
    Kind,
    Person,
    Plan,
    Site,
    Task,
    check,
    faults,
    faults_of_locked,
)

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 5, 4) + timedelta(days=n) for n in range(3))
DAYS = (MONDAY, TUESDAY, WEDNESDAY)
NINE, TEN, NOON = 540, 600, 720


def person(name: str, **told: object) -> Person:
    day = {day: Hours(NINE, 1020) for day in DAYS}
    return Person(name.lower(), name, **{"hours": day, **told})  # type: ignore[arg-type]


def task(name: str, minutes: int = 120, **told: object) -> Task:
    values = {"kind": Kind.CASE_REVIEW, "first": MONDAY, "last": WEDNESDAY, **told}
    return Task(name, name.capitalize(), minutes=minutes, **values)  # type: ignore[arg-type]


def fieldwork(*tasks: Task, people: Iterable[Person] = (), conflicts: Iterable[Conflict] = ()) -> Fieldwork:
    team = tuple(people) or (
        person("Ana", languages=frozenset({"Polish"})), person("Ben", specialisms=frozenset({"adoption"})),
    )  # fmt: skip
    sites = (Site("north", "Northgate"), Site("south", "Southfield"))
    return Fieldwork("Test", DAYS, team, sites, tasks, {frozenset(("north", "south")): 45}, tuple(conflicts))


def booked(name: str, *people: str, day: date = MONDAY, start: int = NINE, locked: bool = False) -> Booking:
    return Booking(name, day, start, people or ("ana",), locked)


def broken(one: Fieldwork, *bookings: Booking, locked: Iterable[Booking] = ()) -> list[str]:
    return [breach.rule.name for breach in check(one, Plan.of(bookings), locked).breaches]


A, B = task("a"), task("b")
FAMILY = frozenset({(Interest.FAMILY, "Family 3")})
SPEC = {
    "whole": (fieldwork(task("a", seats=2)), [booked("a", "ana", "ben")], [booked("a", "ana")]),
    "invited": (fieldwork(task("a", may=("ana",))), [booked("a", "ana")], [booked("a", "ben")]),
    "window": (fieldwork(task("a", last=MONDAY)), [booked("a")], [booked("a", day=TUESDAY)]),
    "hour": (fieldwork(task("a", at=TEN)), [booked("a", start=TEN)], [booked("a", start=NINE)]),
    "hours": (fieldwork(A), [booked("a", start=900)], [booked("a", start=915)]),
    "once": (fieldwork(A, B), [booked("a"), booked("b", start=660)], [booked("a"), booked("b", start=645)]),
    "travel": (
        fieldwork(task("a", site="north"), task("b", site="south")),
        [booked("a"), booked("b", start=705)],
        [booked("a"), booked("b", start=690)],
    ),
    "pause": (
        fieldwork(task("a", 240), task("b", 210), task("c", 30)),
        [booked("a"), booked("b", start=810)],
        [booked("a"), booked("b", start=780), booked("c", start=990)],
    ),
    "specialism": (fieldwork(task("a", specialism="adoption")), [booked("a", "ben")], [booked("a", "ana")]),
    "language": (fieldwork(task("a", language="Polish")), [booked("a", "ana")], [booked("a", "ben")]),
    "conflict": (
        fieldwork(task("a", about=FAMILY), conflicts=[Conflict("ana", Interest.FAMILY, "family 3 ")]),
        [booked("a", "ben")],
        [booked("a", "ana")],
    ),
    "second": (
        fieldwork(A, task("b", second_to="a")),
        [booked("a", "ana"), booked("b", "ben")],
        [booked("a", "ana"), booked("b", "ana", start=NOON)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPEC)
def test_a_plan_keeps_and_breaks_each_rule(name: str) -> None:
    one, kept, against = SPEC[name]
    assert broken(one, *kept) == []
    assert broken(one, *against) == [name]


def test_every_rule_has_its_spec_and_every_sentence_ends() -> None:
    assert {rule.name for rule in HARD_RULES} == {*SPEC, "locked"}
    assert all(rule.says.endswith(".") for rule in (*HARD_RULES, *AIMS))
    assert len({rule.name for rule in (*HARD_RULES, *AIMS)}) == len(HARD_RULES) + len(AIMS)


def test_what_is_locked_stays() -> None:
    one = fieldwork(A, B)
    locked = [booked("a", "ben", start=TEN, locked=True)]
    assert broken(one, booked("a", "ben", start=TEN), locked=locked) == []
    for other in (booked("a", "ben"), booked("a", "ana", start=TEN), booked("a", "ben", day=TUESDAY, start=TEN)):
        assert broken(one, other, locked=locked) == ["locked"]
    assert broken(one, locked=locked) == ["locked"]


def test_a_conflict_that_is_waived_keeps_nobody_away_and_one_with_the_authority_keeps_from_everything() -> None:
    waived = fieldwork(task("a", about=FAMILY), conflicts=[Conflict("ana", Interest.FAMILY, "Family 3", waived=True)])
    assert broken(waived, booked("a", "ana")) == []
    whole = fieldwork(A, conflicts=[Conflict("ana", Interest.AUTHORITY)])
    assert broken(whole, booked("a", "ana")) == ["conflict"]


def test_site_changes_once_a_day_and_travel_needs_one_gap_long_enough() -> None:
    one = fieldwork(
        task("a", 60, site="north"), task("b", 60, site="south"), task("c", 60, site="north"), task("d", 30)
    )
    there_and_back = [booked("a"), booked("b", start=660), booked("c", start=780)]
    assert broken(one, *there_and_back) == ["travel"]
    # Half an hour before and half an hour after a task that can be done anywhere are not 45 minutes.
    assert broken(one, booked("a"), booked("d", start=630), booked("b", start=690)) == ["travel"]
    assert broken(one, booked("a"), booked("d", start=NINE + 60), booked("b", start=NINE + 135)) == []


def test_loads_are_shares_of_the_time_in_which_people_are_there() -> None:
    mornings = person("Cem", hours={day: Hours(NINE, 780) for day in DAYS})
    special = person("Dee", balanced=False)
    one = fieldwork(A, B, task("c", 60), people=[person("Ana"), mornings, special])
    verdict = check(one, Plan.of([booked("a"), booked("b", "cem")]))
    assert [(load.person.id, load.minutes, load.available) for load in verdict.loads] == [
        ("ana", 120, 3 * 450), ("cem", 120, 3 * 240), ("dee", 0, 3 * 450),
    ]  # fmt: skip
    assert verdict.spread == pytest.approx(100 * 120 / 720 - 100 * 120 / 1350)
    assert [left.id for left in verdict.left_out] == ["c"]


def test_an_unknown_task_and_a_stranger_are_found() -> None:
    one = fieldwork(A)
    assert broken(one, booked("z")) == ["whole"]
    assert broken(one, booked("a", "zoe")) == ["invited"]
    assert broken(one, booked("a"), booked("a", day=TUESDAY)) == ["whole"]


FAULTY = {
    "longer than any day": task("a", 500),
    "outside fieldwork": task("a", first=date(2026, 6, 1), last=date(2026, 6, 2)),
    "nobody who may take part speaks it": task("a", language="Welsh"),
    "nobody who may take part has the specialism it": task("a", specialism="disability"),
    "(only Ana, who may not)": task("a", language="Polish", may=("ben",)),
    "must have Ana, who has a conflict of interest": task("a", must=("ana",), about=FAMILY),
    "needs 3 people, and 2 can take part": task("a", seats=3),
    "fits into no day at 16:30": task("a", at=990),
}


@pytest.mark.parametrize("says", FAULTY)
def test_what_no_plan_could_ever_do_is_told_with_its_reason(says: str) -> None:
    conflicts = [Conflict("ana", Interest.FAMILY, "Family 3")]
    found = faults(fieldwork(B, FAULTY[says], conflicts=conflicts))
    assert [one.task for one in found] == ["a"]
    assert says in found[0].says
    assert "“A”" in found[0].says
    assert found[0].mend


def test_sound_fieldwork_has_no_faults_and_a_weekend_window_has_no_working_day() -> None:
    assert faults(fieldwork(A, B, task("c", seats=2, language="Polish", specialism="adoption"))) == []
    gap = replace(fieldwork(task("a", first=date(2026, 5, 9), last=date(2026, 5, 10))), days=(*DAYS, date(2026, 5, 11)))
    assert "no working day" in faults(gap)[0].says


def test_locked_choices_that_break_a_rule_are_told() -> None:
    one = fieldwork(A, conflicts=[Conflict("ana", Interest.AUTHORITY)])
    assert "conflict of interest" in faults_of_locked(one, (booked("a", locked=True),))[0]
    assert faults_of_locked(one, (booked("a", "ben", locked=True),)) == []
