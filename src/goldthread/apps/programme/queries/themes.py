"""Which themes the audits fall short on, round by round, and which of them are rising."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme.models import Round
from goldthread.domain import lifecycle
from goldthread.domain.rising import ROUNDS, Counted, Told, Verdict, told

FEW = 5
"""Counts from one to this many are told as such and no closer, since the page is printed and passed on."""

ORDER = (Verdict.RISING, Verdict.FALLING, Verdict.NO_CHANGE, Verdict.TOO_FEW)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: where it comes from, its counts round by round, and what is said of it."""

    name: str
    source: str
    rounds: tuple[Counted, ...]
    told: Told

    @property
    def shown(self) -> list[str]:
        """The counts as they may be told."""
        return [small(one) for one in self.rounds]

    @property
    def before(self) -> str:
        """The counts of the three rounds before the last three, together."""
        return small(self.told.before)

    @property
    def lately(self) -> str:
        """The counts of the last three rounds together."""
        return small(self.told.lately)

    @property
    def range(self) -> str:
        """By how many percentage points the share has changed, with the likely range; empty where nothing is said.

        Withheld where one of its two counts is: the change would tell the count that is not told.
        """
        if self.told.interval is None or self.told.difference is None:
            return ""
        if withheld(self.told.before) or withheld(self.told.lately):
            return "withheld"
        change, low, high = (round(100 * one) for one in (self.told.difference, *self.told.interval))
        return f"{change:+d} points (likely {low:+d} to {high:+d})".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Themes:
    """The rounds that have reviews signed off, the earliest first, and the themes, those that rise first."""

    rounds: tuple[Round, ...]
    themes: tuple[Theme, ...]

    @property
    def rising(self) -> list[Theme]:
        """Those of which it is said that they rise."""
        return [one for one in self.themes if one.told.verdict is Verdict.RISING]

    @property
    def enough(self) -> bool:
        """Whether there are rounds enough to say anything."""
        return len(self.rounds) >= 2 * ROUNDS


def withheld(one: Counted) -> bool:
    """Whether a count is from one to five, or how many are not in it; that there is none is told."""
    return 0 < one.short <= FEW or (one.short > 0 and 0 < one.files - one.short <= FEW)


def small(one: Counted) -> str:
    """A count as it may be told: from one to five it is not told closer, and neither is its complement."""
    if 0 < one.short <= FEW:
        return f"1 to {min(FEW, one.files)} of {one.files}"
    if one.short and 0 < one.files - one.short <= FEW:
        return f"all but 1 to {FEW} of {one.files}"
    return f"{one.short} of {one.files}"


def themes(inspection: Inspection, actor: Actor) -> Themes:
    """Every theme of the rounds that were drawn. A file counts once for a theme, however many answers fall short."""
    rows = Round.objects.filter(inspection=inspection, draw__status=lifecycle.Draw.DRAWN).select_related("draw")
    told_rounds: list[Round] = []
    counts: list[dict[tuple[str, str], int]] = []
    files: list[int] = []
    for one in rows.order_by("month"):
        rolled = cases.roll_up(inspection, actor, one.draw) if one.draw else None
        if rolled is None or not rolled.files:
            continue
        told_rounds.append(one)
        counts.append({(row.theme, row.source): row.files for row in rolled.themes})
        files.append(rolled.files)
    names = sorted({key for held in counts for key in held})
    found = []
    for key in names:
        by_round = tuple(Counted(held.get(key, 0), of) for held, of in zip(counts, files, strict=True))
        found.append(Theme(*key, by_round, told(by_round)))
    # Not by how much each changed: the order of two themes would tell of counts that are not told.
    found.sort(key=lambda one: (ORDER.index(one.told.verdict), one.name))
    return Themes(tuple(told_rounds), tuple(found))
