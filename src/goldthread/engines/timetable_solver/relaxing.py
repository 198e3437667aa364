"""Why tasks are left out, and which rule to relax: found by relaxing rules at a price, and checking what is broken.

The tasks that are left out may then break their own rules, and days may be longer, each at a price; everything else
keeps to the rules. The plan that comes of it is checked against the fieldwork as it is: what it breaks is what would
have to give.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from goldthread.domain.timetable import Booking, Fieldwork, Hours, Person, Plan, Task, Verdict, check, faults, rules
from goldthread.domain.timetable.rules import HardRule
from goldthread.domain.timetable.words import day_words, duration, listed
from goldthread.engines.timetable_solver.day_model import Choice, DayModel
from goldthread.engines.timetable_solver.hours import Clock
from goldthread.engines.timetable_solver.neighbourhoods import SMALL
from goldthread.engines.timetable_solver.options import MOST_OVERTIME, Options
from goldthread.engines.timetable_solver.searching import Ended, Search

SHARE_TO_PROVE = 0.7


@dataclass(frozen=True, slots=True)
class Explanation:
    """One task that is left out: why, the rules that would have to give way, and what would mend it."""

    task: str
    says: str
    rules: tuple[HardRule, ...]
    mend: str


def explain(
    fieldwork: Fieldwork, plan: Plan, verdict: Verdict, locked: tuple[Booking, ...], seconds: float, workers: int,
    stop: Callable[[], bool],
) -> tuple[tuple[Explanation, ...], bool]:  # fmt: skip
    """An explanation for every task that is left out, and whether it is proved that not all can be placed."""
    by_itself = {one.task: one for one in faults(fieldwork)}
    rest = frozenset(one.id for one in verdict.left_out if one.id not in by_itself)
    found = {one: Explanation(one, fault.says, (), fault.mend) for one, fault in by_itself.items()}
    proved = bool(by_itself) or _proved(fieldwork, locked, seconds * SHARE_TO_PROVE, workers, stop)
    if rest:
        found |= _relaxed(fieldwork, plan, locked, rest, seconds, workers, stop)
    return tuple(found[one.id] for one in verdict.left_out), proved


def _proved(
    fieldwork: Fieldwork, locked: tuple[Booking, ...], seconds: float, workers: int, stop: Callable[[], bool]
) -> bool:
    model = DayModel(Options(fieldwork, locked))
    model.model.clear_objective()
    for out in model.left_out.values():
        model.model.add(out == 0)
    search = Search(model.model, seconds, workers)
    for _ in search.improvements(stop):
        return False
    return search.ended is Ended.IMPOSSIBLE


def _relaxed(
    fieldwork: Fieldwork, plan: Plan, locked: tuple[Booking, ...], rest: frozenset[str], seconds: float, workers: int,
    stop: Callable[[], bool],
) -> Mapping[str, Explanation]:  # fmt: skip
    began = time.monotonic()
    # Everything else stays where it is, unless the whole is small enough to be moved about.
    small = sum(len(Options(fieldwork, locked).of(one)) for one in fieldwork.tasks) <= SMALL
    model = DayModel(Options(fieldwork, locked if small else plan.bookings, relaxed=rest), plan)
    model.hint(plan)
    search, choices = Search(model.model, seconds, workers), {}
    for solution in search.improvements(lambda: stop() and time.monotonic() - began > 1):
        choices = model.choices(solution)
    found = {}
    loose = _loosened(fieldwork, rest, choices)
    relaxed = Clock(loose, locked, plan).plan(choices).plan if choices else plan
    broken = check(fieldwork, relaxed).breaches
    longer = _longer_days(fieldwork, relaxed)
    for task in rest:
        booking = next((one for one in relaxed.bookings if one.task == task), None)
        mine = [one for one in broken if task in one.tasks]
        found[task] = _told(fieldwork, fieldwork.task[task], booking, [one.rule for one in mine], longer)
    return found


def _told(
    fieldwork: Fieldwork, task: Task, booking: Booking | None, broken: list[HardRule],
    longer: Mapping[tuple[str, date], int],
) -> Explanation:  # fmt: skip
    says = f"“{task.title}” ({duration(task.minutes)}) is not placed"
    if booking is None:
        return Explanation(
            task.id, f"{says}, and no single rule that gives way makes room for it.", (),
            "take work out, open more days, or bring in more people",
        )  # fmt: skip
    names = listed([fieldwork.person[one].name for one in booking.people])
    unique = tuple(dict.fromkeys(broken))
    mends = [word for rule in unique if (word := _mend(fieldwork, task, booking, rule, longer))]
    # A day that somebody else's task made longer is part of the price of this one too.
    if not mends and longer:
        unique = (rules.HOURS,)
        mends = [_longer_words(fieldwork, longer)]
    where = f"{names} could do it on {day_words(booking.day)}"
    if not mends:
        return Explanation(task.id, f"{says} yet; {where}: work it out anew with more time.", (), "give it more time")
    return Explanation(task.id, f"{says}; {where} if: {'; '.join(mends)}.", unique, "; ".join(mends))


def _mend(
    fieldwork: Fieldwork, task: Task, booking: Booking, rule: HardRule, longer: Mapping[tuple[str, date], int]
) -> str:
    people = [fieldwork.person[one] for one in booking.people]
    names = listed([one.name for one in people])
    match rule.name:
        case "window":
            return f"its window is opened to {day_words(booking.day)}"
        case "language":
            return f"{task.language} is not needed, or {names} has an interpreter"
        case "specialism":
            return f"{task.specialism} is not needed"
        case "conflict":
            return f"the conflict of interest of {names} is waived"
        case "invited":
            return f"{names} may take part"
        case "hour":
            return "its hour may change"
        case "hours" | "pause":
            mine = {(who, day): more for (who, day), more in longer.items() if day == booking.day}
            return _longer_words(fieldwork, mine or longer)
    return ""


def _longer_words(fieldwork: Fieldwork, longer: Mapping[tuple[str, date], int]) -> str:
    told = [
        f"{fieldwork.person[who].name} has {duration(more)} more on {day_words(day)}"
        for (who, day), more in sorted(longer.items(), key=lambda one: (one[0][1], one[0][0]))
    ]
    return listed(told[:4])


def _longer_days(fieldwork: Fieldwork, plan: Plan) -> dict[tuple[str, date], int]:
    """By how many minutes a plan goes over the time that people have, day by day."""
    used: dict[tuple[str, date], int] = {}
    for booking in plan.bookings:
        for person in booking.people:
            key = (person, booking.day)
            used[key] = used.get(key, 0) + fieldwork.task[booking.task].minutes
    return {
        key: over
        for key, minutes in used.items()
        if (over := minutes - fieldwork.work_minutes(fieldwork.person[key[0]], key[1])) > 0
    }


def _loosened(fieldwork: Fieldwork, rest: frozenset[str], choices: Mapping[str, Choice]) -> Fieldwork:
    """The fieldwork in which the relaxed choices break nothing: longer days where they are used, open tasks."""
    used: dict[tuple[str, date], int] = {}
    for task, (day, people) in choices.items():
        for one in people:
            used[one, day] = used.get((one, day), 0) + fieldwork.task[task].minutes
    longer = {
        key for key, minutes in used.items() if minutes > fieldwork.work_minutes(fieldwork.person[key[0]], key[1])
    }
    team = tuple(_with_longer_days(person, longer) for person in fieldwork.people)
    tasks = tuple(_open(fieldwork, one) if one.id in rest else one for one in fieldwork.tasks)
    return replace(fieldwork, people=team, tasks=tasks)


def _with_longer_days(person: Person, longer: set[tuple[str, date]]) -> Person:
    hours = {
        day: Hours(one.start, one.end + MOST_OVERTIME) if (person.id, day) in longer else one
        for day, one in person.hours.items()
    }
    return replace(person, hours=hours)


def _open(fieldwork: Fieldwork, task: Task) -> Task:
    return replace(
        task, first=fieldwork.days[0], last=fieldwork.days[-1], may=(), specialism="", language="", about=frozenset(),
        at=None,
    )  # fmt: skip
