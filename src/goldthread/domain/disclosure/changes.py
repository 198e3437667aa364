"""How a share of a survey changed from one asking to the next, worked out of nothing but what each shows already.

Two results laid beside each other can give away what neither does alone, where the change is worked out of the true
counts. So it is not: the function sees the two shares as they are shown, in whole percent, and how many answered, which
stand on the pages of both. Whoever has these can work the change out; whoever reads the change learns nothing more.
"""

from dataclasses import dataclass
from math import sqrt

from goldthread.domain.intervals import wilson_effective


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """By how many percentage points a share changed, and between which the change may lie by chance (95%).

    The interval is Newcombe's hybrid score interval for two independent shares (Newcombe 1998, method 10), from shares
    in whole percent: it may be off by one point.
    """

    points: int
    low: int
    high: int

    @property
    def clear(self) -> bool:
        """Whether the change is more than chance explains."""
        return self.low > 0 or self.high < 0


def change_shown(before: str, of_before: int, after: str, of_after: int) -> ChangeShown | None:
    """The change between two shares as `answer_shown` gave them; None where either is withheld or put in words."""
    if not (before.endswith("%") and after.endswith("%")):
        return None
    first, second = int(before[:-1]) / 100, int(after[:-1]) / 100
    one, other = wilson_effective(first, of_before), wilson_effective(second, of_after)
    gap = second - first
    low = gap - sqrt((second - other.low) ** 2 + (one.high - first) ** 2)
    high = gap + sqrt((other.high - second) ** 2 + (first - one.low) ** 2)
    return ChangeShown(round(100 * gap), round(100 * low), round(100 * high))
