"""The scene that every service of the story plays in: the day, the calendar, the people, the staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.days import WorkingDays
from goldthread.synthetic.dice import Dice
from goldthread.synthetic.people import People
from goldthread.synthetic.staff import Staff

# An authority of Derbyshire's size makes about 17,000 people in the lists; the rest is room.
_PEOPLE = 30_000


@dataclass(slots=True)
class Scene:
    """Where and when the story plays. `opens` and `year_opens` begin the six and the twelve months of the lists."""

    name: str
    seed: int
    size: float
    as_at: date
    opens: date
    year_opens: date
    days: WorkingDays
    people: People
    staff: Staff

    @classmethod
    def set(cls, name: str, seed: int, size: float, as_at: date) -> "Scene":
        """Set the scene for an authority of a size (1.0 is Derbyshire's) on the day of its extract."""
        days = WorkingDays(add_months(as_at, -12 * 19) - timedelta(days=60), as_at + timedelta(days=400))
        people = People(Dice(seed, "people"), as_at, max(1_500, round(_PEOPLE * size)))
        opens = add_months(as_at, -6) + timedelta(days=1)
        year_opens = add_months(as_at, -12) + timedelta(days=1)
        staff = Staff(Dice(seed, "staff"), size)
        return cls(name, seed, size, as_at, opens, year_opens, days, people, staff)

    def dice(self, room: str) -> Dice:
        """The dice of one room."""
        return Dice(self.seed, room)

    def count(self, at_full_size: int) -> int:
        """A quota of the full-sized authority brought to this one's size; never below one."""
        return max(1, round(at_full_size * self.size))
