"""A first plan within a second or so: the hardest tasks first, each to whoever has least to do."""

from collections import Counter
from collections.abc import Sequence

from goldthread.domain.timetable import Booking, Fieldwork, Plan, Task
from goldthread.domain.timetable.eligible import days_of, fits_into, has_skill, people_of
from goldthread.engines.timetable_solver.diary import Diary


def first_plan(fieldwork: Fieldwork, locked: Sequence[Booking] = (), present: Plan | None = None) -> Plan:
    """A plan that breaks no hard rule; it may leave tasks out. What is locked stays, what is present where it can."""
    diary = Diary(fieldwork, locked)
    for booking in present.bookings if present else ():
        _take_over(diary, booking)
    return filled(diary).plan


def filled(diary: Diary) -> Diary:
    """The diary with every task in it that still fits."""
    fieldwork, groups = diary.fieldwork, _Groups(diary)
    free = [one for one in fieldwork.tasks if one.id not in diary.bookings]
    for task in sorted(free, key=lambda one: _hardness(fieldwork, one)):
        booking = diary.find(task, list(days_of(fieldwork, task)), groups.people(task))
        if booking is not None:
            diary.add(booking)
            groups.note(task, booking)
    return diary


def _take_over(diary: Diary, booking: Booking) -> None:
    task = diary.fieldwork.task.get(booking.task)
    if task is None or task.id in diary.bookings or len(booking.people) != task.seats:
        return
    able = {one.id: one for one in diary.able(task)}
    if not set(task.must) <= set(booking.people) <= set(able):
        return
    if not diary.skilled(task, [able[one] for one in booking.people]):
        return
    if booking.day not in diary.fieldwork.days or not task.first <= booking.day <= task.last:
        return
    start = diary.start_at(task, booking.day, booking.people, booking.start)
    if start is not None:
        diary.add(Booking(task.id, booking.day, start, booking.people))


def _hardness(fieldwork: Fieldwork, task: Task) -> tuple[object, ...]:
    """What sorts the tasks: a settled hour, many people, few who can, few days, much time."""
    able = [one for one in people_of(fieldwork, task) if task.seats > 1 or has_skill(task, one)]
    chances = sum(fits_into(fieldwork, task, one, day) for one in able for day in days_of(fieldwork, task))
    return (task.at is None, -task.seats, chances > 40, not task.site, -task.minutes, chances, task.id)


class _Groups:
    """Who has tasks of a group already, so that the next of it goes to them."""

    def __init__(self, diary: Diary) -> None:
        self._people: dict[str, Counter[str]] = {}
        for booking in diary.bookings.values():
            self.note(diary.fieldwork.task[booking.task], booking)

    def people(self, task: Task) -> list[str]:
        """Those who have most of the group."""
        return [one for one, _ in self._people.get(task.group, Counter()).most_common(1)] if task.group else []

    def note(self, task: Task, booking: Booking) -> None:
        """Remember who took a task of the group."""
        if task.group:
            self._people.setdefault(task.group, Counter()).update(booking.people)
