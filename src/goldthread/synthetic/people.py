"""The children of the authority and the households that they live in.

One child has one identifier, birth date, gender and ethnicity, whatever list the child is in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldthread.domain.calendar import add_months, completed_years
from goldthread.synthetic.dice import Dice, Weights

AGES_IN_NEED = Weights(
    dict(enumerate((5.2, 4.9, 5.1, 5.2, 5.3, 5.5, 5.6, 5.7, 5.8, 5.9, 5.9, 6.0, 6.2, 6.4, 6.3, 6.0, 5.4, 4.6)))
)
AGES_IN_CARE = Weights(
    dict(enumerate((4.0, 3.6, 3.2, 3.1, 3.1, 3.3, 3.5, 3.6, 3.8, 4.0, 4.6, 5.2, 5.9, 6.7, 7.4, 8.4, 12.5, 14.0)))
)
_SIZES = Weights({1: 50.0, 2: 29.0, 3: 14.0, 4: 7.0})
GENDERS = Weights({"M": 51.8, "F": 47.7, "N": 0.3, "U": 0.2})
ETHNICITIES = Weights(
    {
        "WBRI": 84.0, "WIRI": 0.2, "WIRT": 0.2, "WOTH": 2.9, "WROM": 0.6, "MWBC": 2.0, "MWBA": 0.7, "MWAS": 0.9,
        "MOTH": 1.6, "AIND": 0.4, "APKN": 0.5, "ABAN": 0.2, "AOTH": 0.7, "BCRB": 0.3, "BAFR": 1.2, "BOTH": 0.5,
        "CHNE": 0.1, "OOTH": 0.8, "REFU": 0.3, "NOBT": 1.9,
    }
)  # fmt: skip
DISABILITY = Weights({"Y": 11.0, "N": 87.0, "U": 2.0})
# Brothers and sisters are at least this far apart, so that nobody is taken for one person written twice.
_APART = 300
# Nobody makes a referral about a child who is not yet on the way.
_HEARD_BEFORE_BIRTH = 240


@dataclass(slots=True)
class Child:
    """One child, born or expected. `household` says who the brothers and sisters are."""

    id: str
    gender: str
    ethnicity: str
    born_on: date
    disability: str
    household: int
    unaccompanied: bool = False


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day, and -1 before birth, as Annex A asks."""
    return -1 if born_on > day else completed_years(born_on, day)


class People:
    """Everybody in the authority: makes children and gives each an identifier that tells nothing."""

    def __init__(self, dice: Dice, as_at: date, expected: int) -> None:
        self._dice = dice
        self._as_at = as_at
        self._numbers: Iterator[int] = iter(dice.some(range(100_000, 100_000 + 3 * expected), expected))
        self._households = 0

    def number(self) -> int:
        """The next identifying number, never given twice. Raises StopIteration when none is left."""
        return next(self._numbers)

    def household(self, since: date, room: int, ages: Weights[int] = AGES_IN_NEED, unborn: float = 0.0) -> list[Child]:
        """Brothers and sisters who were all born by `since`, at most `room` of them.

        With the chance `unborn`, a single child who is expected after the day of the extract.
        """
        self._households += 1
        ethnicity = self._dice.pick(ETHNICITIES)
        soonest, latest = self._as_at + timedelta(days=5), since + timedelta(days=_HEARD_BEFORE_BIRTH)
        if self._dice.chance(unborn) and latest > soonest:
            due = self._dice.day(soonest, min(latest, self._as_at + timedelta(days=110)))
            return [self._child("U", ethnicity, due, "U")]
        births: list[date] = []
        for _ in range(min(self._dice.pick(_SIZES), room)):
            born_on = self.birth(ages, since)
            if all(abs((born_on - other).days) >= _APART for other in births):
                births.append(born_on)
        return [self.child(born_on, ethnicity) for born_on in births]

    def birth(self, ages: Weights[int], since: date) -> date:
        """A birth date that gives an age under 18 now, and lies on or before `since`."""
        for _ in range(12):
            years = self._dice.pick(ages)
            birthday = add_months(self._as_at, -12 * years)
            born_on = birthday - timedelta(days=self._dice.number(0, 364))
            if born_on <= since and age_on(born_on, self._as_at) == years:
                return born_on
        return self._dice.day(add_months(self._as_at, -12 * 18) + timedelta(days=1), since)

    def child(self, born_on: date, ethnicity: str | None = None, unaccompanied: bool = False) -> Child:
        """One born child. Without an ethnicity, one is drawn."""
        gender = self._dice.pick(GENDERS)
        if ethnicity is None:
            self._households += 1
            ethnicity = self._dice.pick(ETHNICITIES)
        child = self._child(gender, ethnicity, born_on, self._dice.pick(DISABILITY))
        child.unaccompanied = unaccompanied
        return child

    def _child(self, gender: str, ethnicity: str, born_on: date, disability: str) -> Child:
        return Child(f"SYN-{self.number()}", gender, ethnicity, born_on, disability, self._households)
