"""A plan: which task is on which day, when, and who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Booking:
    """One task in its place. What is `locked` stays there when the timetable is worked out anew."""

    task: str
    day: date
    start: int
    people: tuple[str, ...]
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The bookings, in the order of days and hours. Tasks without a booking are not placed."""

    bookings: tuple[Booking, ...]

    @classmethod
    def of(cls, bookings: Iterable[Booking]) -> "Plan":
        """A plan of bookings in whatever order."""
        return cls(tuple(sorted(bookings, key=lambda one: (one.day, one.start, one.task))))

    @property
    def locked(self) -> tuple[Booking, ...]:
        """What must stay."""
        return tuple(one for one in self.bookings if one.locked)

    def changes_from(self, other: "Plan") -> int:
        """How many tasks of the other plan are on another day, at another hour, with other people, or gone."""
        mine = {one.task: (one.day, one.start, frozenset(one.people)) for one in self.bookings}
        return sum(mine.get(one.task) != (one.day, one.start, frozenset(one.people)) for one in other.bookings)
