"""Which day and which people each task has, as a model for CP-SAT; the hours of a day are found afterwards.

A task is placed or left out. Left-out work weighs more than any aim, so a plan is never refused because a part of it
cannot be met. Loads are held in millionths of a person's time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from goldthread.domain.timetable import Booking, Fieldwork, Person, Plan, Task, rules
from goldthread.domain.timetable.eligible import has_specialism, speaks
from goldthread.engines.timetable_solver.options import (
    MOST_OVERTIME,
    OVERTIME,
    WITHOUT_LANGUAGE,
    WITHOUT_SPECIALISM,
    Options,
)

MILLION = 1_000_000
SCALE = 100
"""The objective counts hundredths, because 0.01 points of a load are 100 millionths."""

Choice = tuple[date, tuple[str, ...]]
"""The day of a task and who takes part."""


class DayModel:
    """The model: its variables by task, person and day, and the way back from a solution to choices."""

    def __init__(self, options: Options, present: Plan | None = None) -> None:
        from ortools.sat.python import cp_model

        self.model: Any = cp_model.CpModel()
        self.options, self.fieldwork = options, options.fieldwork
        self.part: dict[str, dict[tuple[str, date], Any]] = {}
        self.on: dict[str, dict[date, Any]] = {}
        self.left_out: dict[str, Any] = {}
        self._of_day: dict[tuple[str, date], list[tuple[Any, Task]]] = defaultdict(list)
        # What follows from the choices: hinted too, because a hint that is not whole is worked out anew, and worse.
        self._here: dict[tuple[str, date, str], Any] = {}
        self._both: dict[tuple[str, date, str, str], Any] = {}
        self._taking: dict[tuple[str, str], Any] = {}
        self._bounds: list[Any] = []
        self._costs: list[Any] = []
        for task in self.fieldwork.tasks:
            self._add(task)
        self._second_readings()
        self._days()
        self._settled_hours()
        self._even()
        self._continuity()
        if present is not None:
            self._stay(present)
        self.model.minimize(sum(self._costs))

    def _add(self, task: Task) -> None:
        model, out = self.model, self.model.new_bool_var("")
        self.left_out[task.id] = out
        if task.id in self.options.fixed:
            model.add(out == 0)
        self._costs.append(out * task.minutes * task.seats * rules.LEFT_OUT * SCALE)
        options = self.options.of(task)
        must = set(self.options.fixed[task.id].people if task.id in self.options.fixed else task.must)
        alone = task.seats == 1 and not must
        days = sorted({one.day for one in options})
        on = {} if alone else {day: model.new_bool_var("") for day in days}
        part: dict[tuple[str, date], Any] = {}
        for one in options:
            literal = on[one.day] if one.person in must else model.new_bool_var("")
            part[one.person, one.day] = literal
            self._of_day[one.person, one.day].append((literal, task))
            if one.cost:
                self._costs.append(literal * one.cost * SCALE)
        if alone:
            model.add_exactly_one([*part.values(), out])
        else:
            model.add_exactly_one([*on.values(), out])
            for day in days:
                there = [part[one.person, day] for one in options if one.day == day]
                model.add(sum(there) == task.seats * on[day])
                self._skills(task, part, on[day], day)
        self.part[task.id], self.on[task.id] = part, on

    def _skills(self, task: Task, part: Mapping[tuple[str, date], Any], on: Any, day: date) -> None:
        relaxed = task.id in self.options.relaxed
        for needed, holds, price in (
            (task.language, speaks, WITHOUT_LANGUAGE), (task.specialism, has_specialism, WITHOUT_SPECIALISM),
        ):  # fmt: skip
            if needed and task.id not in self.options.fixed:
                able = [
                    literal for (person, when), literal in part.items()
                    if when == day and holds(task, self.fieldwork.person[person])
                ]  # fmt: skip
                lacking = self.model.new_bool_var("") if relaxed else 0
                self._costs.append(lacking * price * SCALE)
                self.model.add(sum(able) + lacking >= on)

    def _second_readings(self) -> None:
        for task in self.fieldwork.tasks:
            if task.second_to in self.part:
                for person in self.fieldwork.people:
                    both = [
                        literal for part in (self.part[task.id], self.part[task.second_to])
                        for (who, _), literal in part.items() if who == person.id
                    ]  # fmt: skip
                    self.model.add_at_most_one(both)

    def _days(self) -> None:
        """No day is fuller than somebody's hours, nobody works at more than two sites, and travel takes its time."""
        for (person, day), entries in self._of_day.items():
            sites: dict[str, Any] = {}
            for literal, task in entries:
                if task.site:
                    here = sites.get(task.site)
                    if here is None:
                        here = sites[task.site] = self._here[person, day, task.site] = self.model.new_bool_var("")
                    self.model.add_implication(literal, here)
            travel: list[Any] = []
            if len(sites) > 2:
                self.model.add(sum(sites.values()) <= 2)
            for one, other in combinations(sorted(sites), 2):
                both = self._both[person, day, one, other] = self.model.new_bool_var("")
                self.model.add(both >= sites[one] + sites[other] - 1)
                travel.append(both * self.fieldwork.minutes_between(one, other))
            home = self.fieldwork.person[person].home
            self._costs += [here * rules.HOME.cost * SCALE for site, here in sites.items() if home and site != home]
            longer: Any = 0
            if self.options.relaxed:
                longer = self.model.new_int_var(0, MOST_OVERTIME, "")
                self._costs.append(longer * OVERTIME * SCALE)
            room = self.fieldwork.work_minutes(self.fieldwork.person[person], day)
            used = sum(literal * task.minutes for literal, task in entries) + sum(travel)
            self.model.add(used <= room + longer)

    def _settled_hours(self) -> None:
        """Two tasks whose hours are settled and overlap are not for the same person."""
        for entries in self._of_day.values():
            settled = [(literal, task, task.at) for literal, task in entries
                       if task.at is not None and task.id not in self.options.relaxed]  # fmt: skip
            for (one, task, at), (other, later, then) in combinations(settled, 2):
                apart = self.fieldwork.minutes_between(task.site, later.site)
                if at < then + later.minutes + apart and then < at + task.minutes + apart:
                    self.model.add_at_most_one([one, other])

    @property
    def _compared(self) -> list[Person]:
        """Whose loads are held against each other."""
        return [one for one in self.fieldwork.people if one.balanced and self.fieldwork.available(one)]

    @property
    def _allowed(self) -> int:
        # A little inside, because the loads are rounded to millionths task by task.
        return round(self.fieldwork.settings.even_within * 10_000) - 100

    def _even(self) -> None:
        """The spread of the loads, and how far it is over what is allowed."""
        if len(self._compared) < 2:
            return
        low, high, over = (self.model.new_int_var(0, 2 * MILLION, name) for name in ("low", "high", "over"))
        for person in self._compared:
            available = self.fieldwork.available(person)
            load = sum(
                literal * round(MILLION * task.minutes / available)
                for (who, _), entries in self._of_day.items() if who == person.id for literal, task in entries
            )  # fmt: skip
            self.model.add(load >= low)
            self.model.add(load <= high)
        self.model.add(over >= high - low - self._allowed)
        self._bounds = [low, high, over]
        self._costs += [over * rules.UNEVEN.cost, (high - low) * rules.EVEN.cost]

    def _continuity(self) -> None:
        groups: dict[str, list[Task]] = defaultdict(list)
        for task in self.fieldwork.tasks:
            if task.group:
                groups[task.group].append(task)
        for group, tasks in ((group, tasks) for group, tasks in groups.items() if len(tasks) > 1):
            for task in tasks:
                for (person, _), literal in self.part[task.id].items():
                    if (group, person) not in self._taking:
                        self._taking[group, person] = self.model.new_bool_var("")
                    self.model.add_implication(literal, self._taking[group, person])
        self._costs += [one * rules.CONTINUITY.cost * SCALE for one in self._taking.values()]

    def _stay(self, present: Plan) -> None:
        for booking in present.bookings:
            part = self.part.get(booking.task, {})
            kept = [part[one, booking.day] for one in booking.people if (one, booking.day) in part]
            each = rules.STAY.cost * SCALE // max(1, len(booking.people))
            self._costs += [(1 - literal) * each for literal in kept]

    def hint(self, plan: Plan) -> None:
        """Begin the search at a plan, with all that follows from it."""
        wanted = {(one.task, person, one.day) for one in plan.bookings for person in one.people}
        days = {(one.task, one.day) for one in plan.bookings}
        hints: dict[int, tuple[Any, int]] = {}
        for task, part in self.part.items():
            for (person, day), literal in part.items():
                hints[literal.index] = (literal, (task, person, day) in wanted)
            for day, literal in self.on[task].items():
                hints[literal.index] = (literal, (task, day) in days)
        placed = {one.task for one in plan.bookings}
        for task, out in self.left_out.items():
            hints[out.index] = (out, task not in placed)
        for literal, value in self._following(plan):
            hints[literal.index] = (literal, value)
        self.model.clear_hints()
        for literal, value in hints.values():
            self.model.add_hint(literal, value)

    def _following(self, plan: Plan) -> Iterator[tuple[Any, int]]:
        """What follows from a plan: who is where, who takes a group, and how the loads lie."""
        tasks = self.fieldwork.task
        there = {(one, b.day, tasks[b.task].site) for b in plan.bookings for one in b.people}
        groups = {(tasks[b.task].group, one) for b in plan.bookings for one in b.people}
        yield from ((literal, key in there) for key, literal in self._here.items())
        for (person, day, one, other), literal in self._both.items():
            yield literal, (person, day, one) in there and (person, day, other) in there
        yield from ((literal, key in groups) for key, literal in self._taking.items())
        if self._bounds:
            loads = self._loads_of(plan)
            low, high = min(loads), max(loads)
            yield from zip(self._bounds, (low, high, max(0, high - low - self._allowed)), strict=True)

    def _loads_of(self, plan: Plan) -> list[int]:
        loads = {one.id: 0 for one in self._compared}
        for booking in plan.bookings:
            for person in booking.people:
                if person in loads:
                    available = self.fieldwork.available(self.fieldwork.person[person])
                    loads[person] += round(MILLION * self.fieldwork.task[booking.task].minutes / available)
        return list(loads.values())

    def forbid(self, choices: Mapping[str, Choice], tasks: Sequence[str]) -> None:
        """These tasks cannot all have these days and people together."""
        literals = [self.part[task][one, choices[task][0]] for task in tasks for one in choices[task][1]]
        self.model.add_bool_or([one.negated() for one in literals])

    def choices(self, solution: Sequence[int]) -> dict[str, Choice]:
        """What a solution says: the day and the people of each task that it places."""
        found: dict[str, Choice] = {}
        for task, part in self.part.items():
            taken = [key for key, literal in part.items() if solution[literal.index]]
            if taken:
                found[task] = (taken[0][1], tuple(sorted(person for person, _ in taken)))
        return found


def choices_of(plan: Plan) -> dict[str, Choice]:
    """The days and people of a plan."""
    return {one.task: (one.day, one.people) for one in plan.bookings}


def locked_of(fieldwork: Fieldwork, plan: Plan | None) -> tuple[Booking, ...]:
    """What of a plan must stay, as far as its tasks are still to be placed."""
    return tuple(one for one in plan.locked if one.task in fieldwork.task) if plan else ()
