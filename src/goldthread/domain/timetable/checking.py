"""Checking a plan, whoever made it: which hard rule it breaks, and what each person's load is.

This is the second computation that holds the solver to account, so it shares no code with it: it takes each rule at
its word, booking by booking, and reads nothing but the plan and the fieldwork.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from goldthread.domain.timetable import rules
from goldthread.domain.timetable.fieldwork import Fieldwork, Interest, Person, Task
from goldthread.domain.timetable.plans import Booking, Plan
from goldthread.domain.timetable.rules import HardRule
from goldthread.domain.timetable.words import clock, day_words, listed


@dataclass(frozen=True, slots=True)
class Breach:
    """One hard rule that a plan breaks, where, and in which tasks."""

    rule: HardRule
    says: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How much of somebody's time a plan takes."""

    person: Person
    minutes: int
    available: int

    @property
    def percent(self) -> float:
        """The share of the time in which they are there, in per cent."""
        return 100 * self.minutes / self.available if self.available else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of a plan found."""

    breaches: tuple[Breach, ...]
    loads: tuple[Load, ...]
    left_out: tuple[Task, ...]

    @property
    def spread(self) -> float:
        """How many percentage points the highest load is above the lowest, of those whose loads are compared."""
        compared = [one.percent for one in self.loads if one.person.balanced and one.available]
        return max(compared) - min(compared) if compared else 0.0

    @property
    def sound(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.breaches


def check(fieldwork: Fieldwork, plan: Plan, locked: Iterable[Booking] = ()) -> Verdict:
    """Hold a plan against every hard rule, and work out the loads. `locked` is what an earlier plan had locked."""
    known = [one for one in plan.bookings if one.task in fieldwork.task]
    breaches = [*_unknown(fieldwork, plan), *_whole(fieldwork, known)]
    for booking in known:
        breaches += _of_booking(fieldwork, booking)
    breaches += [*_second(fieldwork, known), *_locked(fieldwork, known, locked)]
    for person in fieldwork.people:
        for day in sorted({one.day for one in known}):
            mine = [one for one in known if one.day == day and person.id in one.people]
            breaches += _of_day(fieldwork, person, day, sorted(mine, key=lambda one: one.start))
    placed = {one.task for one in known}
    left_out = tuple(task for task in fieldwork.tasks if task.id not in placed)
    return Verdict(tuple(breaches), _loads(fieldwork, known), left_out)


def _loads(fieldwork: Fieldwork, bookings: list[Booking]) -> tuple[Load, ...]:
    minutes: Counter[str] = Counter()
    for booking in bookings:
        for person in set(booking.people):
            minutes[person] += fieldwork.task[booking.task].minutes
    return tuple(Load(one, minutes[one.id], _available(fieldwork, one)) for one in fieldwork.people)


def _available(fieldwork: Fieldwork, person: Person) -> int:
    total = 0
    for day in fieldwork.days:
        if day in person.hours:
            there = person.hours[day].end - person.hours[day].start
            total += there - fieldwork.settings.pause if there >= fieldwork.settings.long_day else there
    return total


def _unknown(fieldwork: Fieldwork, plan: Plan) -> Iterator[Breach]:
    for booking in plan.bookings:
        if booking.task not in fieldwork.task:
            yield Breach(rules.WHOLE, f"“{booking.task}” is in the plan and not among the tasks.", (booking.task,))


def _whole(fieldwork: Fieldwork, bookings: list[Booking]) -> Iterator[Breach]:
    for task, times in Counter(one.task for one in bookings).items():
        if times > 1:
            yield Breach(rules.WHOLE, f"“{fieldwork.task[task].title}” is in the plan {times} times.", (task,))
    for booking in bookings:
        task_ = fieldwork.task[booking.task]
        if len(booking.people) != task_.seats or len(set(booking.people)) != len(booking.people):
            says = f"“{task_.title}” needs {task_.seats} and has {len(set(booking.people))}."
            yield Breach(rules.WHOLE, says, (task_.id,))


def _of_booking(fieldwork: Fieldwork, booking: Booking) -> Iterator[Breach]:
    task = fieldwork.task[booking.task]

    def breach(rule: HardRule, says: str) -> Breach:
        return Breach(rule, f"“{task.title}” {says}.", (task.id,))

    people = [fieldwork.person[one] for one in booking.people if one in fieldwork.person]
    names = listed([one.name for one in people])
    if strangers := [one for one in booking.people if one not in fieldwork.person]:
        yield breach(rules.INVITED, f"is given to {listed(strangers)}, not of the team")
    if absent := [one for one in task.must if one not in booking.people]:
        yield breach(rules.INVITED, f"lacks {listed([fieldwork.person[one].name for one in absent])}")
    for person in people:
        if task.may and person.id not in task.may and person.id not in task.must:
            yield breach(rules.INVITED, f"is not for {person.name}")
        if _in_conflict(fieldwork, task, person):
            yield breach(rules.CONFLICT, f"is given to {person.name}, who has a conflict of interest")
        hours = person.hours.get(booking.day)
        if hours is None or booking.start < hours.start or booking.start + task.minutes > hours.end:
            until = f"{clock(booking.start)} to {clock(booking.start + task.minutes)}"
            yield breach(rules.HOURS, f"needs {person.name} on {day_words(booking.day)}, {until}")
    if booking.day not in fieldwork.days or not task.first <= booking.day <= task.last:
        yield breach(rules.WINDOW, f"is on {day_words(booking.day)}")
    if task.at is not None and booking.start != task.at:
        yield breach(rules.HOUR, f"begins at {clock(booking.start)}, not at {clock(task.at)}")
    if task.specialism and not any(task.specialism in one.specialisms for one in people):
        yield breach(rules.SPECIALISM, f"needs {task.specialism}, and {names or 'nobody'} has it not")
    if task.language and not any(task.language in one.languages for one in people):
        yield breach(rules.LANGUAGE, f"needs {task.language}, which {names or 'nobody'} does not speak")


def _in_conflict(fieldwork: Fieldwork, task: Task, person: Person) -> bool:
    for conflict in fieldwork.conflicts:
        if conflict.person != person.id or conflict.waived:
            continue
        if conflict.interest is Interest.AUTHORITY:
            return True
        for interest, subject in task.about:
            same = subject.strip().casefold() == conflict.subject.strip().casefold()
            if interest is conflict.interest and same:
                return True
    return False


def _second(fieldwork: Fieldwork, bookings: list[Booking]) -> Iterator[Breach]:
    who = {one.task: one.people for one in bookings}
    for booking in bookings:
        task = fieldwork.task[booking.task]
        both = set(booking.people) & set(who.get(task.second_to, ()))
        if task.second_to and both:
            names = listed([fieldwork.person[one].name for one in sorted(both) if one in fieldwork.person])
            says = f"“{task.title}” is a second reading by {names}, who did the first."
            yield Breach(rules.SECOND, says, (task.id, task.second_to))


def _locked(fieldwork: Fieldwork, bookings: list[Booking], locked: Iterable[Booking]) -> Iterator[Breach]:
    now = {one.task: (one.day, one.start, frozenset(one.people)) for one in bookings}
    for booking in locked:
        if now.get(booking.task) != (booking.day, booking.start, frozenset(booking.people)):
            task = fieldwork.task.get(booking.task)
            says = f"“{task.title if task else booking.task}” was locked and is not where it was."
            yield Breach(rules.LOCKED, says, (booking.task,))


def _of_day(fieldwork: Fieldwork, person: Person, day: date, mine: list[Booking]) -> Iterator[Breach]:
    ends = {one.task: one.start + fieldwork.task[one.task].minutes for one in mine}
    for one, other in combinations(mine, 2):
        if one.start < ends[other.task] and other.start < ends[one.task]:
            titles = f"“{fieldwork.task[one.task].title}” and “{fieldwork.task[other.task].title}”"
            says = f"{person.name} is at {titles} at once on {day_words(day)}."
            yield Breach(rules.ONCE, says, (one.task, other.task))
    hours = person.hours.get(day)
    if hours is not None and hours.end - hours.start >= fieldwork.settings.long_day:
        free = hours.end - hours.start - sum(fieldwork.task[one.task].minutes for one in mine)
        needed = fieldwork.settings.pause + sum(minutes for _, _, minutes in _journeys(fieldwork, mine))
        if free < needed:
            says = f"{person.name} has {free} minutes free on {day_words(day)}, and needs {needed}."
            yield Breach(rules.PAUSE, says, tuple(one.task for one in mine))
    journeys = list(_journeys(fieldwork, mine))
    if len(journeys) > 1:
        says = f"{person.name} changes site {len(journeys)} times on {day_words(day)}."
        yield Breach(rules.TRAVEL, says, tuple(one.task for one in mine))
    for start, end, minutes in journeys:
        between = [one for one in mine if start <= one.start < end]
        edges = [start, *(edge for one in between for edge in (one.start, ends[one.task])), end]
        longest = max(later - earlier for earlier, later in pairwise(edges)) if len(edges) > 1 else 0
        if longest < minutes:
            says = f"{person.name} has {longest} minutes to travel on {day_words(day)}, and needs {minutes}."
            yield Breach(rules.TRAVEL, says, tuple(one.task for one in mine))


def _journeys(fieldwork: Fieldwork, mine: list[Booking]) -> Iterator[tuple[int, int, int]]:
    """Each change of site in a day that is in order: from the end of one task to the start of another, and how long."""
    sited = [one for one in mine if fieldwork.task[one.task].site]
    for one, other in pairwise(sited):
        here, there = fieldwork.task[one.task].site, fieldwork.task[other.task].site
        if here != there:
            minutes = fieldwork.travel.get(frozenset((here, there)), 0)
            yield one.start + fieldwork.task[one.task].minutes, other.start, minutes
