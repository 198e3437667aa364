"""How careful a table must be, by where it goes; and the symbols that stand in the place of a figure."""

from dataclasses import dataclass

CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, ROUNDS_TO_ZERO = "c", "z", ":", "k"

SYMBOLS: dict[str, str] = {
    CONFIDENTIAL: "withheld, so that nobody can be recognised, or so that another figure cannot be worked out",
    NOT_APPLICABLE: "not applicable",
    NOT_AVAILABLE: "not available",
    ROUNDS_TO_ZERO: "more than nought, but rounds to it",
}
"""The symbols of government statistics, with the words of the key that stands on every sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One level of care.

    Counts from 1 to `floor` are hidden, and 0 with them where `hides_zero`. An attacker must find at least `width`
    between the least and the most that a hidden cell could be. Figures are rounded to `rounding`, those of England
    or a region to `national_rounding`. Where `totals_of_shown`, a total is the sum of the figures shown, so that
    subtraction finds nothing. No rate is shown for fewer children than `smallest_base`.
    """

    slug: str
    title: str
    says: str
    floor: int
    width: int
    hides_zero: bool = False
    rounding: int = 1
    national_rounding: int = 1
    totals_of_shown: bool = False
    smallest_base: int = 10
    unanimous_below: int = 0

    @property
    def least_hidden(self) -> int:
        """The least that a hidden cell can be, as everybody knows."""
        return 0 if self.hides_zero else 1

    def hides(self, count: int) -> bool:
        """Whether a count is hidden for its own sake."""
        return self.least_hidden <= count <= self.floor


DFE_LA = Profile(
    slug="dfe-la",
    title="DfE-LA",
    says="Counts of 1 to 5 are withheld, and as many others as keep them from being worked out. 0 is shown.",
    floor=5,
    width=5,
    national_rounding=10,
)

STRICT = Profile(
    slug="strict",
    title="Strict",
    says="Counts of 0 to 7 are withheld, the others rounded to 5; a total is the sum of the figures shown.",
    floor=7,
    width=7,
    hides_zero=True,
    rounding=5,
    national_rounding=5,
    totals_of_shown=True,
)

SURVEY = Profile(
    slug="survey",
    title="Survey",
    says="Groups of 1 to 9 are withheld, and as many others as keep them from being worked out. 0 is shown.",
    floor=9,
    width=9,
    unanimous_below=20,
)

TEAM = Profile(
    slug="team",
    title="Team",
    says="True counts, for the team only: this table must not leave the team's space.",
    floor=0,
    width=0,
)

PROFILES: dict[str, Profile] = {profile.slug: profile for profile in (DFE_LA, STRICT, SURVEY, TEAM)}


def rounded(count: int, base: int) -> int | str:
    """A count to the nearest `base`, halves up; `k` where it is more than nought and rounds to it."""
    if base == 1:
        return count
    near = (2 * count + base) // (2 * base) * base
    return ROUNDS_TO_ZERO if count and not near else near
