"""A share of cases beside the share that is asked for: whether it reaches it, and how far chance decides that.

A bar such as 95% of 65 cases is met or missed by one case. So a share is never told without the range that chance
could explain, and without how often a service of a known quality would reach the bar by the luck of the draw.
"""

import re
from dataclasses import dataclass
from math import comb, fsum

from goldthread.domain.intervals import Interval, wilson

_WRITTEN = re.compile(r"\s*(\d{1,7})\s*/\s*(\d{1,7})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the cases that count showed something achieved. Raises ValueError unless 0 <= met <= of, of >= 1."""

    met: int
    of: int

    def __post_init__(self) -> None:
        if self.of < 1 or not 0 <= self.met <= self.of:
            raise ValueError("a share is so many of at least one case, from none to all")

    @classmethod
    def written(cls, text: str) -> "Share":
        """A share as people write it, 62/65. Raises ValueError, saying how to write it."""
        found = _WRITTEN.fullmatch(text)
        try:
            return cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        except ValueError:
            raise ValueError("write how many of how many cases, such as 62/65") from None

    @property
    def interval(self) -> Interval:
        """The range of shares that chance could explain."""
        return wilson(self.met, self.of)

    @property
    def told(self) -> str:
        """The share in words, its percentage cut and not rounded, so that none looks as if it reached a bar."""
        tenths = self.met * 1000 // self.of
        return f"{self.met} of {self.of} cases ({tenths // 10}.{tenths % 10}%)"

    def needed(self, least: int) -> int:
        """The fewest of these cases that make `least` per cent."""
        return -(-self.of * least // 100)

    def reaches(self, least: int) -> bool:
        """Whether the share is at least `least` per cent, counted and not rounded."""
        return self.met * 100 >= least * self.of


TRUE_SHARES = (90, 95, 97)
"""Services of these true percentages are used to say how often luck alone would reach a bar."""


def chance_of_reaching(of: int, least: int, truly: float) -> float:
    """How often a random draw of `of` cases reaches `least` per cent where the whole service is at `truly` (0 to 1).

    The draw is taken to be small beside the list (binomial). Raises ValueError for no cases or no such share.
    """
    if of < 1 or not 0 <= truly <= 1:
        raise ValueError("the chance needs at least one case, and a share from nought to one")
    first = Share(of, of).needed(least)
    return fsum(comb(of, k) * truly**k * (1 - truly) ** (of - k) for k in range(first, of + 1))
