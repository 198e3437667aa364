"""The stage that the lives are played on: the calendar from before the story to its last day, the staff, the names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldthread.domain.calendar import add_months
from goldthread.synthetic.days import WorkingDays
from goldthread.synthetic.dice import Dice, Weights
from goldthread.synthetic.lives.pace import Pace
from goldthread.synthetic.people import AGES_IN_NEED, DISABILITY, ETHNICITIES, GENDERS, Child
from goldthread.synthetic.placement import LETTERS
from goldthread.synthetic.staff import Post, Service, Staff

CARE_YEARS_BEFORE = 17
"""Years before the story for which entries to care are told: whoever is still in care came in by then."""

NEED_MONTHS_BEFORE = 66
"""Months before the story for which referrals are told, so that its first day finds the usual open cases."""

HEARD_MONTHS_BEFORE = 15
"""Months before the story for which mere contacts and early help are told."""

_SIZES = Weights({1: 50.0, 2: 29.0, 3: 14.0, 4: 7.0})
_APART = 300
# Prime to nine million, so that consecutive children get identifiers that tell nothing and never meet.
_STEP, _IDS = 4_181_077, 9_000_000
_IN_TWO_YEARS = (4, 1)
"""Who is born on 1 April is as old on the first day of a collection year as on its last: of such a 17-year-old the
903's rules 189 and 197B ask opposite things, so nobody is born on it."""


@dataclass(slots=True)
class Stage:
    """`opens` is the first day that a snapshot or return may look back on, `ends` the last day of the story."""

    name: str
    seed: int
    size: float
    opens: date
    ends: date
    pace: Pace
    days: WorkingDays
    staff: Staff
    _children: int = 0
    _households: int = 0
    _registered: dict[Post, str] = field(default_factory=dict)

    @classmethod
    def set(cls, name: str, seed: int, size: float, span: tuple[date, date], pace: Pace) -> "Stage":
        """Set the stage for an authority of a size (1.0 is Derbyshire's) from the first day to the last."""
        opens, ends = span
        # Plans made before the last day reach beyond it, by as much as a childhood.
        first = add_months(opens, -12 * (CARE_YEARS_BEFORE + 1))
        days = WorkingDays(first, min(add_months(ends, 12 * 8), date(2049, 12, 31)))
        staff = Staff(Dice(seed, "staff of a lasting story"), size)
        return cls(name, seed, size, opens, ends, pace, days, staff)

    def __post_init__(self) -> None:
        for number, (_, post) in enumerate(self.staff.everyone(), start=1):
            self._registered[post] = f"SW{900_000 + number}"

    def registration(self, post: Post) -> str:
        """The invented registration number of a worker."""
        return self._registered[post]

    def number(self) -> int:
        """The number of the next child; it only counts."""
        self._children += 1
        return self._children

    def post(self, dice: Dice, service: Service) -> Post:
        """A worker of a service."""
        return dice.one_of(self.staff.posts(service))

    def months(self, before: int) -> Iterator[date]:
        """The first days of all months from `before` months before the story to its end."""
        day = add_months(self.opens.replace(day=1), -before)
        while day <= self.ends:
            yield day
            day = add_months(day, 1)

    def household(
        self, dice: Dice, on: date, ages: Weights[int] = AGES_IN_NEED, unborn: float = 0.0, most: int = 4
    ) -> list[tuple[int, Child]]:
        """Brothers and sisters under 18 on a day, or with the chance `unborn` one child who is on the way."""
        self._households += 1
        ethnicity = dice.pick(ETHNICITIES)
        if dice.chance(unborn):
            return [self._child(dice, on + timedelta(days=dice.number(10, 110)), ethnicity)]
        births: list[date] = []
        for _ in range(min(dice.pick(_SIZES), most)):
            born_on = add_months(on, -12 * dice.pick(ages)) - timedelta(days=dice.number(0, 360))
            if all(abs((born_on - other).days) >= _APART for other in births):
                births.append(born_on)
        return [self._child(dice, born_on, ethnicity) for born_on in births]

    def alone(self, dice: Dice, born_on: date, ethnicity: str) -> tuple[int, Child]:
        """A young person who came without a family."""
        self._households += 1
        number, child = self._child(dice, born_on, ethnicity)
        child.gender = "M" if dice.chance(0.93) else "F"
        child.unaccompanied = True
        return number, child

    def _child(self, dice: Dice, born_on: date, ethnicity: str) -> tuple[int, Child]:
        number = self.number()
        name = identifier(number + self.seed * 7)
        if (born_on.month, born_on.day) == _IN_TWO_YEARS:
            born_on += timedelta(days=1)
        return number, Child(name, dice.pick(GENDERS), ethnicity, born_on, dice.pick(DISABILITY), self._households)


def identifier(number: int, prefix: str = "SYN") -> str:
    """An identifier that tells nothing but that it is invented. Letters and digits only, as the CIN census asks."""
    return f"{prefix}{1_000_000 + number * _STEP % _IDS}"


def postcode(dice: Dice) -> str:
    """A postcode in ZZ99, where nobody lives."""
    return f"ZZ99 {dice.number(1, 9)}{dice.one_of(LETTERS)}{dice.one_of(LETTERS)}"


def birthday(born_on: date, age: int) -> date:
    """The day on which an age is reached; 1 March for who was born on 29 February."""
    day = add_months(born_on, 12 * age)
    return day if day.day == born_on.day else day + timedelta(days=1)
