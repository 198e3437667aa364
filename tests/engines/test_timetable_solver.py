"""The solver, held to account by the check of the domain, which shares no code with it."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from goldthread.domain.timetable import Booking, Conflict, Fieldwork, Interest, Kind, Plan, Task, check
from goldthread.engines import timetable_solver
from goldthread.engines.timetable_solver import CannotPlan, Progress, solve, solving
from goldthread.engines.timetable_solver.day_model import DayModel, choices_of
from goldthread.engines.timetable_solver.first_plan import first_plan
from goldthread.engines.timetable_solver.hours import Clock
from goldthread.engines.timetable_solver.options import Options
from goldthread.synthetic.timetable import make_fieldwork

pytest.importorskip("ortools", reason="OR-tools is not installed")

SMALL = make_fieldwork(cases=8, meetings=5, people=3, days=5)


def with_tasks(*tasks: Task) -> Fieldwork:
    return replace(SMALL, tasks=SMALL.tasks + tasks)


def visit(name: str, minutes: int = 120, **told: object) -> Task:
    values = {"kind": Kind.VISIT, "first": SMALL.days[0], "last": SMALL.days[0], **told}
    return Task(name, f"Visit {name}", minutes=minutes, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_first_plan_breaks_no_rule_however_the_fieldwork_falls_out(seed: int) -> None:
    chance = random.Random(seed)
    one = make_fieldwork(chance.randrange(20, 320), chance.randrange(5, 140), chance.randrange(2, 10), seed=seed)
    verdict = check(one, first_plan(one))
    assert verdict.breaches == ()
    assert len(verdict.left_out) < len(one.tasks)


def test_at_the_size_of_an_inspection_a_plan_is_there_at_once_and_soon_even() -> None:
    told: list[Progress] = []
    began = time.monotonic()
    outcome = solve(make_fieldwork(), seconds=12, told=told.append)
    assert told[0].seconds < 5
    assert time.monotonic() - began < 30
    assert outcome.verdict.breaches == outcome.verdict.left_out == ()
    assert outcome.verdict.spread <= 1.0
    assert outcome.explanations == ()


def test_every_plan_that_is_told_is_whole_and_none_is_worse_than_the_one_before() -> None:
    told: list[Progress] = []
    one = make_fieldwork(cases=60, meetings=20, people=5, days=8, seed=3)
    solve(one, seconds=4, told=told.append)
    weights = [solving.cost(one, each.plan, each.verdict, None) for each in told]
    assert weights == sorted(weights, reverse=True)
    assert all(check(one, each.plan).breaches == () for each in told)


def test_what_is_locked_stays_and_little_else_moves() -> None:
    before = solve(SMALL, seconds=2).plan
    half = Plan.of(replace(one, locked=number % 2 == 0) for number, one in enumerate(before.bookings))
    more = with_tasks(visit("new", last=SMALL.days[-1]))
    after = solve(more, seconds=3, present=half)
    assert check(more, after.plan, half.locked).breaches == ()
    assert {one.task for one in after.plan.locked} == {one.task for one in half.locked}
    assert "new" in {one.task for one in after.plan.bookings}
    assert after.plan.changes_from(half) <= 3


def test_locked_choices_that_break_a_rule_are_refused() -> None:
    booking = replace(solve(SMALL, seconds=1).plan.bookings[0], locked=True)
    barred = replace(SMALL, conflicts=(Conflict(booking.people[0], Interest.AUTHORITY),))
    with pytest.raises(CannotPlan, match="conflict of interest"):
        solve(barred, present=Plan.of([booking]))


def test_it_stops_when_told_to_and_gives_the_best_so_far() -> None:
    began = time.monotonic()
    outcome = solve(make_fieldwork(), seconds=60, stop=lambda: time.monotonic() - began > 1)
    assert time.monotonic() - began < 20
    assert outcome.stopped
    assert outcome.verdict.breaches == outcome.verdict.left_out == ()


def test_what_nobody_can_do_is_explained_with_names() -> None:
    outcome = solve(with_tasks(visit("w", language="Welsh")), seconds=2)
    (told,) = outcome.explanations
    assert told.says == "“Visit w” needs Welsh, and nobody who may take part speaks it."
    assert outcome.proved
    assert [one.id for one in outcome.verdict.left_out] == ["w"]


def test_what_is_too_much_for_a_day_is_told_with_the_rule_that_would_have_to_give() -> None:
    one = with_tasks(*(visit(str(number), 300) for number in range(5)))
    outcome = solve(one, seconds=3)
    assert outcome.verdict.breaches == ()
    assert outcome.proved
    assert len(outcome.explanations) == len(outcome.verdict.left_out) >= 2
    for told in outcome.explanations:
        assert {rule.name for rule in told.rules} <= {"window", "hours", "pause", "hour"}
        assert "is not placed; " in told.says
        assert " if: " in told.says


def test_a_conflict_that_could_be_waived_is_named() -> None:
    people = SMALL.people
    barred = tuple(Conflict(one.id, Interest.FAMILY, "Family X") for one in people[1:])
    busy = replace(people[0], hours={SMALL.days[-1]: people[0].hours[SMALL.days[-1]]})
    one = replace(
        with_tasks(visit("x", last=SMALL.days[0], about=frozenset({(Interest.FAMILY, "Family X")}))),
        people=(busy, *people[1:]), conflicts=barred,
    )  # fmt: skip
    outcome = solve(one, seconds=2)
    told = next(each for each in outcome.explanations if each.task == "x")
    assert "fits into no day" in told.says
    assert "let others take part" in told.mend


def naive_fits(one: Fieldwork, day: date, tasks: Sequence[tuple[Task, tuple[str, ...]]]) -> bool:
    """Whether a day's tasks have hours at all, by trying every one: the second computation of the hours."""

    def tried(number: int, bookings: list[Booking]) -> bool:
        if number == len(tasks):
            return True
        task, people = tasks[number]
        for start in range(540, 1020 - task.minutes + 1, 30):
            with_it = [*bookings, Booking(task.id, day, start, people)]
            if not check(one, Plan.of(with_it)).breaches and tried(number + 1, with_it):
                return True
        return False

    return tried(0, [])


@pytest.mark.parametrize("seed", range(8))
def test_hours_are_found_wherever_there_are_any(seed: int) -> None:
    chance = random.Random(seed)
    day = SMALL.days[0]
    tasks = [
        replace(
            visit(str(number), chance.choice((60, 90, 120, 150)), site=chance.choice(("north", "south", ""))),
            seats=1 if number % 2 else 2, at=chance.choice((None, None, 600)),
        )
        for number in range(4)
    ]  # fmt: skip
    ids = [one.id for one in SMALL.people]
    chosen = [(one, tuple(sorted(chance.sample(ids, one.seats)))) for one in tasks]
    one = replace(
        SMALL, tasks=tuple(tasks), settings=replace(SMALL.settings, step=30),
        travel=dict.fromkeys(SMALL.travel, 30),
    )  # fmt: skip
    timed = Clock(one).plan({task.id: (day, people) for task, people in chosen})
    assert check(one, timed.plan).breaches == ()
    assert (not timed.misfits) == naive_fits(one, day, chosen)


def test_a_hint_is_whole_and_says_what_the_plan_says() -> None:
    plan = first_plan(SMALL)
    model = DayModel(Options(SMALL, ()), None)
    model.hint(plan)
    proto = model.model.proto
    assert len(proto.solution_hint.vars) == len(proto.variables)
    values = [0] * len(proto.variables)
    for index, value in zip(proto.solution_hint.vars, proto.solution_hint.values, strict=True):
        values[index] = value
    found = {task: (day, tuple(sorted(people))) for task, (day, people) in choices_of(plan).items()}
    assert model.choices(values) == found


def test_without_or_tools_a_first_plan_is_made_and_the_lack_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "installed", lambda: False)
    outcome = solve(with_tasks(visit("w", language="Welsh")), seconds=30)
    assert outcome.seconds < 5
    assert outcome.note == timetable_solver.NOT_INSTALLED
    assert "pip install 'goldthread[solver]'" in outcome.note
    assert outcome.verdict.breaches == ()
    assert [one.task for one in outcome.explanations] == ["w"]
