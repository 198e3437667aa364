"""A collection year of the statutory returns, and what its codes are called in that year."""

from dataclasses import dataclass
from datetime import date

from goldthread.synthetic.lives.life import Life
from goldthread.synthetic.lives.stage import birthday
from goldthread.synthetic.people import age_on

LA = "999"
"""The number of the invented authority. No authority has it."""

GIVEN_BY = "875"
"""The authority in invented pupil numbers: Cheshire, which ended in 2009. A number is whole only with a real code."""

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SCHOOL_AGE = 5


@dataclass(frozen=True, slots=True)
class Year:
    """A collection year: from 1 April of the year before to 31 March."""

    number: int

    @property
    def opens(self) -> date:
        """1 April."""
        return date(self.number - 1, 4, 1)

    @property
    def ends(self) -> date:
        """31 March, the day on which the return is cut."""
        return date(self.number, 3, 31)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the year."""
        return day is not None and self.opens <= day <= self.ends

    def overlaps(self, started_on: date, ended_on: date) -> bool:
        """Whether something that began and ended on two days lasted into the year."""
        return started_on <= self.ends and ended_on >= self.opens

    def birthday(self, life: Life) -> date | None:
        """The child's birthday in the year, once born."""
        age = age_on(life.child.born_on, self.ends)
        return birthday(life.child.born_on, age) if age >= 1 else None


def sex(life: Life, year: Year) -> str:
    """Sex as the 903 codes it: by number up to 2023-24."""
    code = life.child.gender if life.child.gender in ("M", "F") else "U"
    if year.number <= 2024:
        return {"M": "1", "F": "2", "U": "1"}[code]
    return code


def place(kind: str, year: Year) -> str:
    """A placement type under its code of the year.

    K3 took over from H5 and P2 in 2024-25, and Z11 to Z14 from Z1 in 2025-26. What Z11 to Z14 mean was not found.
    """
    if kind in ("H5", "P2") and year.number >= 2025:
        return "K3"
    return "Z11" if kind == "Z1" and year.number >= 2026 else kind


def upn(life: Life, day: date) -> str:
    """A pupil number that keeps every rule of its form, and can be no child's.

    Its check letter is true and its authority known, but the authority ended in 2009, and the four digits behind it
    are those of school 0000, which no authority has. Children below school age have none yet. Source of the parts:
    Department for Education, "Unique pupil numbers: a guide for schools and local authorities".
    """
    if age_on(life.child.born_on, day) < _SCHOOL_AGE:
        return "UN1"
    digits = f"{GIVEN_BY}{life.number:09d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return f"{_LETTERS[total % 23]}{digits}"
