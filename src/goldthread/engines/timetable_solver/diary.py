"""Everybody's diary while a plan is made: where a task still fits, to the minute, without breaking a hard rule."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from goldthread.domain.timetable import Booking, Fieldwork, Person, Plan, Task
from goldthread.domain.timetable.eligible import has_specialism, people_of, speaks, within

Entry = tuple[int, int, str]
"""From, until, and the site of one task in a diary."""


AWAY = 0.05
"""By how much of somebody's time a person nearer by may have more to do and still come first."""


class Diary:
    """The bookings made so far, and everybody's entries of each day."""

    def __init__(self, fieldwork: Fieldwork, bookings: Iterable[Booking] = ()) -> None:
        self.fieldwork = fieldwork
        self.bookings: dict[str, Booking] = {}
        self.minutes = {one.id: 0 for one in fieldwork.people}
        self._entries: dict[tuple[str, date], list[Entry]] = {}
        self._available = {one.id: max(1, fieldwork.available(one)) for one in fieldwork.people}
        self._able: dict[str, list[Person]] = {}
        for booking in bookings:
            self.add(booking)

    @property
    def plan(self) -> Plan:
        """The plan so far."""
        return Plan.of(self.bookings.values())

    def load(self, person: str) -> float:
        """The share of somebody's time that is taken."""
        return self.minutes[person] / self._available[person]

    def day_minutes(self, person: str, day: date) -> int:
        """How much of somebody's day is taken."""
        return sum(end - start for start, end, _ in self._entries.get((person, day), ()))

    def add(self, booking: Booking) -> None:
        """Write a booking into the diaries of those who take part."""
        task = self.fieldwork.task[booking.task]
        self.bookings[booking.task] = booking
        for person in booking.people:
            entries = self._entries.setdefault((person, booking.day), [])
            entries.append((booking.start, booking.start + task.minutes, task.site))
            entries.sort()
            self.minutes[person] += task.minutes

    def able(self, task: Task) -> list[Person]:
        """Who may take part, without who did the other of a first and second reading."""
        if task.id not in self._able:
            self._able[task.id] = people_of(self.fieldwork, task)
        other = self.bookings.get(task.second_to) if task.second_to else None
        taken = set(other.people) if other else set()
        for second in self._seconds().get(task.id, ()):
            taken |= set(self.bookings[second].people) if second in self.bookings else set()
        return [one for one in self._able[task.id] if one.id not in taken]

    def start_for(self, task: Task, day: date, people: Sequence[str]) -> int | None:
        """The first hour of a day at which a task fits for all of these people, or None."""
        hours = [self.fieldwork.person[one].hours.get(day) for one in people]
        there = [one for one in hours if one is not None]
        if len(there) < len(people) or not all(self._room(task, day, one) for one in people):
            return None
        start, end = max(one.start for one in there), min(one.end for one in there)
        step = self.fieldwork.settings.step
        starts: Iterable[int] = range(start, end - task.minutes + 1, step)
        if task.at is not None:
            starts = [task.at] if start <= task.at <= end - task.minutes else []
        return next((at for at in starts if all(self._fits(task, day, one, at) for one in people)), None)

    def start_at(self, task: Task, day: date, people: Sequence[str], start: int) -> int | None:
        """That hour, where the task fits then for all of these people; else the first hour at which it does."""
        hours = [self.fieldwork.person[one].hours.get(day) for one in people]
        there = [one for one in hours if one is not None and within(one, start, task.minutes)]
        there = there if task.at in (None, start) else []
        if len(there) == len(people) and all(
            self._room(task, day, one) and self._fits(task, day, one, start) for one in people
        ):
            return start
        return self.start_for(task, day, people)

    def find(self, task: Task, days: Iterable[date], keep: Sequence[str] = ()) -> Booking | None:
        """The best place for a task: by people with the least load, on their emptiest day. `keep` come first."""
        able = sorted(self.able(task), key=lambda one: (one.id not in keep, self._pull(task, one), one.id))
        for people in self._companies(task, able):
            order = sorted(days, key=lambda day: (sum(self.day_minutes(one, day) for one in people), day))
            for day in order:
                start = self.start_for(task, day, people)
                if start is not None:
                    return Booking(task.id, day, start, tuple(people))
        return None

    def _pull(self, task: Task, person: Person) -> float:
        """How much somebody has to do; a little more where the task takes them away from their own site."""
        away = bool(task.site and person.home and person.home != task.site)
        return self.load(person.id) + (AWAY if away else 0.0)

    def _companies(self, task: Task, able: Sequence[Person]) -> Iterator[list[str]]:
        """Who could take part together, the best first: whoever must, whoever has the skill, then the next."""
        must = [one for one in able if one.id in task.must]
        if len(must) < len(task.must):
            return
        rest = [one for one in able if one.id not in task.must]
        seen = set()
        for place in range(max(1, len(rest))):
            turned = [*rest[place:], *rest[:place]]
            chosen = [*must]
            for needed, holds in ((task.language, speaks), (task.specialism, has_specialism)):
                if needed and not any(holds(task, one) for one in chosen):
                    chosen += [one for one in turned if holds(task, one) and one not in chosen][:1]
            chosen += [one for one in turned if one not in chosen][: max(0, task.seats - len(chosen))]
            ids = frozenset(one.id for one in chosen)
            if len(chosen) == task.seats and self.skilled(task, chosen) and ids not in seen:
                seen.add(ids)
                yield [one.id for one in chosen]

    @staticmethod
    def skilled(task: Task, people: Sequence[Person]) -> bool:
        """Whether one of these has the specialism, and one speaks the language."""
        return (not task.language or any(speaks(task, one) for one in people)) and (
            not task.specialism or any(has_specialism(task, one) for one in people)
        )

    def _room(self, task: Task, day: date, person: str) -> bool:
        entries = self._entries.get((person, day), [])
        sites = sorted({site for _, _, site in entries if site} | ({task.site} if task.site else set()))
        if len(sites) > 2:
            return False
        travel = self.fieldwork.minutes_between(*sites) if len(sites) == 2 else 0
        taken = self.day_minutes(person, day) + task.minutes + travel
        return taken <= self.fieldwork.work_minutes(self.fieldwork.person[person], day)

    def _fits(self, task: Task, day: date, person: str, start: int) -> bool:
        end = start + task.minutes
        entries = self._entries.get((person, day), [])
        if any(start < until and since < end for since, until, _ in entries):
            return False
        return sites_in_order(self.fieldwork, sorted([*entries, (start, end, task.site)]))

    def _seconds(self) -> dict[str, list[str]]:
        if not hasattr(self, "_second_readings"):
            self._second_readings: dict[str, list[str]] = {}
            for task in self.fieldwork.tasks:
                if task.second_to:
                    self._second_readings.setdefault(task.second_to, []).append(task.id)
        return self._second_readings


def sites_in_order(fieldwork: Fieldwork, entries: Sequence[Entry]) -> bool:
    """Whether a day, in the order of hours, changes site at most once and with time to travel."""
    here, left, widest, changed = "", 0, 0, False
    for start, end, site in entries:
        widest = max(widest, start - left)
        if site:
            if here and site != here:
                if changed or widest < fieldwork.minutes_between(here, site):
                    return False
                changed = True
            here, widest = site, 0
        left = end
    return True
