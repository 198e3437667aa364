"""The kinds of sign that a watch between inspections goes by, each with how often it comes by chance alone.

A rate is how often in a month a sign begins although nothing has changed. Those of series stand by how many months the
series is held against, for limits drawn from few months are themselves half luck.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldthread.domain.control_charts import RUN


class Source(StrEnum):
    """Where a sign comes from."""

    MEASURE = "measures"
    AUDIT = "audits"
    VOICE = "voices"
    PROMISE = "what was promised"


class Sign(StrEnum):
    """The kinds of sign."""

    OUTSIDE = "outside"
    NEAR_LIMIT = "near-limit"
    SHIFT = "shift"
    AUDIT_SHARE = "audit-share"
    OVER_OPTIMISM = "over-optimism"
    VOICE_SHARE = "voice-share"
    GOAL_WORSE = "goal-worse"
    SLIPPED = "slipped"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of sign: its rule, how often it begins by chance, and how that was found.

    `chance` is the rate in a month by the number of months held against, from 0 to 1; the entry under 0 holds for
    whatever is held against no months. `stands` is for how many months a sign stands, the one that gave it included.
    `fact` says that it tells of a day that is past and not of practice: it never makes an area “changed”.
    """

    sign: Sign
    source: Source
    title: str
    rule: str
    chance: Mapping[int, float]
    found: str
    stands: int = 3
    fact: bool = False

    def rate(self, months: int = 0) -> float:
        """How often in a month it begins by chance, held against so many months: as of the most that are no more."""
        fitting = [known for known in self.chance if known <= months]
        return self.chance[max(fitting, default=min(self.chance))]


SIMULATED = (
    "the larger of two: 200,000 invented series of two years that stand still, with independent months and the usual "
    "spread of chance; and 200 invented authorities in the months before anything changed, in which months differ in "
    "how many they count (docs/figures.md)"
)
PER_LOOK = "2.5% at each look at new files, by the interval; here as if something new came every month, so at most"
FACT = "none: it is a fact of the calendar or of what was counted, and no chance enters it"

KINDS: Mapping[Sign, Kind] = {
    one.sign: one
    for one in (
        Kind(
            Sign.SHIFT, Source.MEASURE, "Seven months on the worse side",
            f"{RUN} months or more in a row lie on the worse side of the mean of the months held against.",
            {12: 0.0053, 18: 0.0046, 24: 0.0042}, SIMULATED,
        ),
        Kind(
            Sign.OUTSIDE, Source.MEASURE, "A month beyond the limit",
            "A month lies beyond the limit on the worse side, 2.66 mean moving ranges from the mean of the months held "
            "against.",
            {12: 0.0174, 18: 0.0138, 24: 0.0113}, SIMULATED,
        ),
        Kind(
            Sign.NEAR_LIMIT, Source.MEASURE, "Two of three months near the limit",
            "Two of three months in a row lie beyond two thirds of the way to the limit on the worse side.",
            {12: 0.0092, 18: 0.0067, 24: 0.0051}, SIMULATED,
        ),
        Kind(
            Sign.AUDIT_SHARE, Source.AUDIT, "Fewer audited files reach the standard",
            "Of the files of the last three rounds a smaller part reaches the standard than of the rounds held "
            "against, and the interval of the difference (Newcombe 1998, 95%) lies below nought.",
            {0: 0.025}, PER_LOOK,
        ),
        Kind(
            Sign.OVER_OPTIMISM, Source.AUDIT, "The council’s own audits are kinder than what was found",
            "Where the council’s own grade of a file and the inspectors’ differ, the council’s is kinder more often "
            "than a toss of a coin explains (exact, 2.5% on this side).",
            {0: 0.025}, PER_LOOK, stands=12,
        ),
        Kind(
            Sign.VOICE_SHARE, Source.VOICE, "Fewer of those asked say that it is well",
            "Of the answers to a question a smaller part is favourable than before, and the interval of the "
            "difference (Newcombe 1998, 95%) lies below nought.",
            {0: 0.025}, PER_LOOK, stands=12,
        ),
        Kind(
            Sign.GOAL_WORSE, Source.PROMISE, "A goal is worse than at its baseline",
            "What was found last of a goal is worse than its baseline by more than chance explains (Newcombe 1998, "
            "90%, 5% on this side).",
            {0: 0.05}, "5% at each reading, by the interval; here as if one came every month, so at most", stands=12,
        ),
        Kind(
            Sign.SLIPPED, Source.PROMISE, "What was closed has slipped",
            "A recommendation was closed and reopened, because a goal did not hold.",
            {0: 0.05}, "5% at each reading, by the interval; here as if one came every month, so at most", stands=12,
        ),
        Kind(
            Sign.LATE, Source.PROMISE, "What was asked for is past its day",
            "A recommendation or an action of an audit that the council was given waits for its owner past its day.",
            {0: 0.0}, FACT, stands=1, fact=True,
        ),
    )
}  # fmt: skip
"""Every kind of sign, those of series first."""
