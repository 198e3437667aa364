"""The hours of each day, once days and people are chosen: quickly where that does, else exactly, by CP-SAT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldthread.domain.timetable import Booking, Fieldwork, Plan, Task
from goldthread.engines.timetable_solver.day_model import Choice
from goldthread.engines.timetable_solver.diary import Diary
from goldthread.engines.timetable_solver.first_plan import filled

SECONDS_A_DAY = 2.0

DayKey = tuple[date, frozenset[tuple[str, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Timed:
    """A plan with its hours, and the tasks that did not fit on the day chosen for them, day by day."""

    plan: Plan
    misfits: Mapping[date, tuple[str, ...]]


@dataclass
class Clock:
    """Finds the hours of day after day; days that stay as they were are not worked out again."""

    fieldwork: Fieldwork
    locked: Sequence[Booking] = ()
    wanted: Plan | None = None
    _known: dict[DayKey, tuple[Booking, ...]] = field(default_factory=dict)

    def plan(self, choices: Mapping[str, Choice]) -> Timed:
        """The plan of these choices. What does not fit on its day is put wherever else it fits."""
        days: dict[date, dict[str, tuple[str, ...]]] = {}
        for task, (day, people) in choices.items():
            days.setdefault(day, {})[task] = people
        diary, misfits = Diary(self.fieldwork, self.locked), {}
        for day, tasks in sorted(days.items()):
            bookings = self._day(day, tasks)
            for booking in bookings:
                if booking.task not in diary.bookings:
                    diary.add(booking)
            if missing := tuple(sorted(set(tasks) - {one.task for one in bookings})):
                misfits[day] = missing
        if misfits:
            filled(diary)
        stay = {one.task for one in self.locked}
        plan = Plan.of(
            Booking(one.task, one.day, one.start, one.people, one.task in stay) for one in diary.bookings.values()
        )
        return Timed(plan, misfits)

    def _day(self, day: date, tasks: Mapping[str, tuple[str, ...]]) -> tuple[Booking, ...]:
        key = (day, frozenset(tasks.items()))
        if key not in self._known:
            quick = self._quick(day, tasks)
            self._known[key] = quick if len(quick) == len(tasks) else self._exact(day, tasks)
        return self._known[key]

    def _quick(self, day: date, tasks: Mapping[str, tuple[str, ...]]) -> tuple[Booking, ...]:
        """Settled hours first, then who must come together, then by site, the longest first."""
        fixed = {one.task: one for one in self.locked}
        diary = Diary(self.fieldwork, [fixed[one] for one in tasks if one in fixed])
        hours = {one.task: one.start for one in self.wanted.bookings if one.day == day} if self.wanted else {}
        free = [self.fieldwork.task[one] for one in tasks if one not in fixed]
        order = sorted(
            free, key=lambda one: (one.at is None, one.id not in hours, -one.seats, one.site, -one.minutes, one.id)
        )
        for task in order:
            start = diary.start_at(task, day, tasks[task.id], hours.get(task.id, -1))
            if start is not None:
                diary.add(Booking(task.id, day, start, tasks[task.id]))
        return tuple(diary.bookings.values())

    def _exact(self, day: date, tasks: Mapping[str, tuple[str, ...]]) -> tuple[Booking, ...]:
        return _DayHours(self.fieldwork, day, tasks, {one.task: one.start for one in self.locked}).solve()


class _DayHours:
    """The hours of one day as a model: as much of the work as fits."""

    def __init__(
        self, fieldwork: Fieldwork, day: date, tasks: Mapping[str, tuple[str, ...]], fixed: Mapping[str, int]
    ) -> None:  # fmt: skip
        from ortools.sat.python import cp_model

        self.cp, self.model, self.fieldwork, self.day, self.tasks = (
            cp_model, cp_model.CpModel(), fieldwork, day, tasks,
        )  # fmt: skip
        self.start: dict[str, Any] = {}
        self.there: dict[str, Any] = {}
        self.interval: dict[str, Any] = {}
        for task in tasks:
            self._add(fieldwork.task[task], fixed.get(task, fieldwork.task[task].at))
        for person in sorted({one for people in tasks.values() for one in people}):
            self._person(person, [fieldwork.task[one] for one in tasks if person in tasks[one]])
        work = [self.there[one] * fieldwork.task[one].minutes * len(tasks[one]) for one in tasks]
        self.model.maximize(sum(work))

    def _add(self, task: Task, at: int | None) -> None:
        hours = [self.fieldwork.person[one].hours[self.day] for one in self.tasks[task.id]]
        first, last = max(one.start for one in hours), min(one.end for one in hours) - task.minutes
        step = self.fieldwork.settings.step
        starts = [at] if at is not None else list(range(first, last + 1, step))
        there = self.model.new_bool_var("")
        if not starts:
            starts = [first]
            self.model.add(there == 0)
        domain = self.cp.Domain.from_values(starts)
        self.start[task.id] = self.model.new_int_var_from_domain(domain, "")
        self.there[task.id] = there
        self.interval[task.id] = self.model.new_optional_fixed_size_interval_var(
            self.start[task.id], task.minutes, there, ""
        )

    def _person(self, person: str, mine: Sequence[Task]) -> None:
        intervals = [self.interval[one.id] for one in mine]
        sites = sorted({one.site for one in mine if one.site})
        if len(sites) == 2:
            intervals.append(self._journey(person, mine, sites))
        self.model.add_no_overlap(intervals)

    def _journey(self, person: str, mine: Sequence[Task], sites: Sequence[str]) -> Any:
        hours, minutes = self.fieldwork.person[person].hours[self.day], self.fieldwork.minutes_between(*sites)
        leaves, one_first = self.model.new_int_var(hours.start, hours.end, ""), self.model.new_bool_var("")
        for task in mine:
            if task.site:
                before = one_first if task.site == sites[0] else one_first.negated()
                start, there = self.start[task.id], self.there[task.id]
                self.model.add(start + task.minutes <= leaves).only_enforce_if([before, there])
                self.model.add(start >= leaves + minutes).only_enforce_if([before.negated(), there])
        return self.model.new_fixed_size_interval_var(leaves, minutes, "")

    def solve(self) -> tuple[Booking, ...]:
        """As many of the day's tasks as fit, with their hours."""
        solver = self.cp.CpSolver()
        solver.parameters.max_time_in_seconds = SECONDS_A_DAY
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        if solver.solve(self.model) not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return ()
        return tuple(
            Booking(task, self.day, solver.value(self.start[task]), people)
            for task, people in self.tasks.items()
            if solver.value(self.there[task])
        )
