"""Working a timetable out: from the first plan to the best that the time allows, with its progress."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

from goldthread.domain.timetable import Booking, Fieldwork, Plan, Verdict, check, faults, faults_of_locked, rules
from goldthread.domain.timetable.words import listed
from goldthread.engines.timetable_solver.day_model import DayModel, locked_of
from goldthread.engines.timetable_solver.first_plan import first_plan
from goldthread.engines.timetable_solver.hours import Clock
from goldthread.engines.timetable_solver.neighbourhoods import SMALL, Neighbourhoods
from goldthread.engines.timetable_solver.options import Options
from goldthread.engines.timetable_solver.relaxing import Explanation, explain
from goldthread.engines.timetable_solver.searching import Ended, Search

NOT_INSTALLED = (
    "This installation does without OR-tools, so this is a first plan by simple rules; for a better one install it, "
    "with pip install 'goldthread[solver]'."
)

MOST_ROUNDS = 6
SHARE_OF_A_ROUND = 0.6
"""How much of the time left a round may take where others may have to follow, because hours did not fit."""

SECONDS_A_PART = 0.8

PATIENCE = 1 / 3
"""When no better plan was found for this share of the time, the search ends by itself."""

SECONDS_TO_EXPLAIN = 8.0


class CannotPlan(ValueError):
    """The timetable cannot be worked out as asked. The message is plain sentences."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: the best plan so far, and what the check says of it."""

    seconds: float
    plan: Plan
    verdict: Verdict
    says: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the plan, its check, and why tasks are left out.

    `proved` is whether it is certain that not all can be placed; `note` tells what the installation lacks.
    """

    plan: Plan
    verdict: Verdict
    explanations: tuple[Explanation, ...]
    proved: bool
    stopped: bool
    seconds: float
    first_after: float
    note: str


@dataclass
class _Best:
    """The best plan so far: the least work left out, then the lowest cost of the aims."""

    fieldwork: Fieldwork
    present: Plan | None
    locked: Sequence[Booking]
    told: Callable[[Progress], None]
    began: float
    plan: Plan = field(default_factory=lambda: Plan(()))
    improved: float = 0.0
    verdict: Verdict | None = None
    first_after: float = 0.0
    _weight: float = field(default=float("inf"))

    def take(self, plan: Plan) -> bool:
        """Take a plan that breaks no rule and weighs less than the best so far, and tell of it."""
        verdict = check(self.fieldwork, plan, self.locked)
        weight = cost(self.fieldwork, plan, verdict, self.present)
        if not verdict.sound or weight >= self._weight:
            return False
        self.plan, self.verdict, self._weight = plan, verdict, weight
        seconds = time.monotonic() - self.began
        self.first_after, self.improved = self.first_after or seconds, time.monotonic()
        self.told(Progress(seconds, plan, verdict, progress_words(self.fieldwork, verdict)))
        return True


def installed() -> bool:
    """Whether OR-tools is there."""
    return find_spec("ortools") is not None


def solve(
    fieldwork: Fieldwork,
    *,
    seconds: float = 60.0,
    present: Plan | None = None,
    workers: int = 2,
    told: Callable[[Progress], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Work a timetable out. What `present` has locked stays, and the rest of it changes as little as may be.

    `told` is called with every better plan, `stop` is asked ten times a second. Raises CannotPlan.
    """
    began = time.monotonic()
    locked = locked_of(fieldwork, present)
    if wrong := faults_of_locked(fieldwork, locked):
        raise CannotPlan("What is locked breaks a rule; unlock it or mend it: " + " ".join(wrong))
    best = _Best(fieldwork, present, locked, told, began)
    best.take(first_plan(fieldwork, locked, present))
    if present is not None:
        best.take(first_plan(fieldwork, locked))
    clock = Clock(fieldwork, locked, present)
    able = installed()
    proved_best = able and _improve(best, clock, locked, began + seconds, workers, stop)
    verdict = best.verdict or check(fieldwork, best.plan, locked)
    explanations: tuple[Explanation, ...] = tuple(
        Explanation(one.task, one.says, (), one.mend) for one in faults(fieldwork)
    )
    proved = bool(explanations)
    if verdict.left_out and able:
        explanations, proved = explain(fieldwork, best.plan, verdict, locked, SECONDS_TO_EXPLAIN, workers, stop)
    return Outcome(
        best.plan, verdict, explanations, proved, stop() and not proved_best, time.monotonic() - began,
        best.first_after, "" if able else NOT_INSTALLED,
    )  # fmt: skip


def _improve(
    best: _Best, clock: Clock, locked: Sequence[Booking], until: float, workers: int, stop: Callable[[], bool]
) -> bool:
    """Make the best plan better until the time is up; whether it is proved that nothing better is to be had."""
    fieldwork = best.fieldwork
    whole = Options(fieldwork, locked)
    small = sum(len(whole.of(one)) for one in fieldwork.tasks) <= SMALL
    if small and _whole(best, clock, whole, until, workers, stop):
        return True
    parts = Neighbourhoods(fieldwork)
    begun, patience = time.monotonic(), (until - best.began) * PATIENCE
    while time.monotonic() < until and not stop() and time.monotonic() < max(best.improved, begun) + patience:
        cells = parts.next(best.plan)
        fixed = parts.fixed(best.plan, cells)
        model = DayModel(Options(fieldwork, fixed, cells=cells), best.present)
        model.hint(best.plan)
        search = Search(model.model, min(SECONDS_A_PART, until - time.monotonic()), workers)
        solutions = list(search.improvements(stop))
        if solutions and best.take(clock.plan(model.choices(solutions[-1])).plan):
            parts.helped()
        else:
            parts.failed()
    return False


def _whole(
    best: _Best, clock: Clock, options: Options, until: float, workers: int, stop: Callable[[], bool]
) -> bool:  # fmt: skip
    """Work everything out at once; where the hours of a day cannot be found, forbid that day and begin again."""
    model = DayModel(options, best.present)
    for number in range(MOST_ROUNDS):
        left = (until - time.monotonic()) * SHARE_OF_A_ROUND
        if left <= 0.2 or stop():
            return False
        model.hint(best.plan)
        search, choices, last = Search(model.model, left, workers, seed=number + 1), {}, None
        for solution in search.improvements(stop):
            choices = model.choices(solution)
            last = clock.plan(choices)
            best.take(last.plan)
        if last is None or not last.misfits:
            return search.ended is Ended.BEST
        for day in last.misfits:
            model.forbid(choices, [task for task, (when, _) in choices.items() if when == day])
    return False


def cost(fieldwork: Fieldwork, plan: Plan, verdict: Verdict, present: Plan | None) -> float:
    """What a plan weighs: the aims that it misses, by their costs."""
    left = sum(one.minutes * one.seats for one in verdict.left_out) * rules.LEFT_OUT
    spread = verdict.spread * 100
    over = max(0.0, spread - fieldwork.settings.even_within * 100)
    groups: dict[str, set[str]] = {}
    away = set()
    for booking in plan.bookings:
        task = fieldwork.task[booking.task]
        if task.group:
            groups.setdefault(task.group, set()).update(booking.people)
        away |= {
            (one, booking.day, task.site)
            for one in booking.people
            if task.site and fieldwork.person[one].home not in ("", task.site)
        }
    moved = plan.changes_from(present) if present is not None else 0
    more = sum(len(people) - 1 for people in groups.values())
    return (
        left + spread * rules.EVEN.cost + over * rules.UNEVEN.cost + more * rules.CONTINUITY.cost
        + len(away) * rules.HOME.cost + moved * rules.STAY.cost
    )  # fmt: skip


def progress_words(fieldwork: Fieldwork, verdict: Verdict) -> str:
    """How far a plan has come, in a sentence."""
    placed = len(fieldwork.tasks) - len(verdict.left_out)
    apart = f"loads {verdict.spread:.1f} points apart"
    first = [f"“{one.title}”" for one in verdict.left_out[:3]]
    more = len(verdict.left_out) - len(first)
    missing = f"; not yet {listed([*first, *([f'{more} more'] if more > 0 else [])])}" if first else ""
    return f"{placed} of {len(fieldwork.tasks)} placed, {apart}{missing}"
