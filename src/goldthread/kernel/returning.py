"""Who comes back, and how soon: re-referral after a case is closed, and return to care, from one snapshot or many.

A list tells of half a year; many of one authority, laid together, tell of all that they cover. A child is followed
from each end to the next start, or to the as-at date of the latest where there was none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

import polars as pl

from goldthread.domain.disclosure import DFE_LA, CrossTable, Dimension, suppress
from goldthread.domain.survival import Curve, Step, Wait, kaplan_meier, waits_until_return

Days = dict[str, set[date]]


@dataclass(frozen=True, slots=True)
class Return:
    """One way of coming back: the list and day of the end and of the next start, and who is not followed, in words.

    `followed` picks the ends that count and `starting` the starts; `event` reads “were referred again”.
    """

    slug: str
    title: str
    event: str
    end: tuple[str, str]
    start: tuple[str, str]
    followed: Callable[[], pl.Expr]
    starting: Callable[[], pl.Expr]
    says: str

    @property
    def needs(self) -> tuple[str, ...]:
        """The lists without which it cannot be told."""
        return tuple(dict.fromkeys((self.end[0], self.start[0])))


SHORT_BREAKS = ("V3", "V4")
NOT_BACK = ("E2", "E7", "E11", "E12", "E15", "E17")
"""Why a child left care for whom no return can be seen: died, came of age, or was adopted and has another id since."""

ADULT = 18


def _not_dead() -> pl.Expr:
    return (pl.col("closure_reason") != "RC2").fill_null(True)


def _can_return() -> pl.Expr:
    reason = pl.col("ceased_reason").is_in(NOT_BACK).fill_null(False)
    return ~reason & ~(pl.col("age") >= ADULT).fill_null(False) & _no_short_break()


def _no_short_break() -> pl.Expr:
    return ~pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)


RETURNS: tuple[Return, ...] = (
    Return(
        "re-referral", "How soon children are referred again after their case was closed", "were referred again",
        ("children_in_need", "closed_on"), ("referrals", "referred_on"), _not_dead, lambda: pl.lit(True),
        "From the day on which a child's case was closed (list 6) to the next referral (list 3). Children who died are "
        "left out.",
    ),
    Return(
        "return-to-care", "How soon children come back into care after leaving it", "came back into care",
        ("children_in_care", "ceased_on"), ("children_in_care", "started_on"), _can_return, _no_short_break,
        "From the day on which a child left care to the next day of coming into care (list 8). Left out: short breaks, "
        "and children who died, came of age or were adopted.",
    ),
)  # fmt: skip


def waits_of(how: Return, snapshots: Sequence[Mapping[str, pl.DataFrame]], as_at: date) -> list[Wait]:
    """How long each child was followed, over all snapshots together; what stands in two of them counts once."""
    ends = _days(snapshots, *how.end, how.followed())
    starts = _days(snapshots, *how.start, how.starting())
    return waits_until_return(ends, starts, as_at)


def _days(snapshots: Iterable[Mapping[str, pl.DataFrame]], table: str, column: str, kept: pl.Expr) -> Days:
    found: Days = {}
    for tables in snapshots:
        if table in tables:
            rows = tables[table].filter(kept, pl.col(column).is_not_null(), pl.col("child").is_not_null())
            for child, day in rows.select("child", column).iter_rows():
                found.setdefault(child, set()).add(day)
    return found


CHECKPOINTS = (91, 182, 365, 730, 1095)
"""The days at which a curve is shown to whoever may not read rows, and in what leaves."""


def careful_curve(waits: Sequence[Wait]) -> Curve | None:
    """The curve at the checkpoints alone, as far as no number that can be told from it is small; None where none is.

    A step of the true curve may be one child. So up to each checkpoint it must be safe to say how many came back since
    the one before, how many were followed no longer, and how many are followed on. Where it is not, two stretches of
    time are taken together: of the choices that are safe the one with most checkpoints, and of those that which
    begins first and reaches furthest.
    """
    whole = kaplan_meier(waits)
    reached = [day for day in CHECKPOINTS if day <= whole.longest]
    choices = [days for count in range(len(reached), 0, -1) for days in combinations(reached, count)]
    best = max(
        (days for days in choices if _safe(waits, days)),
        key=lambda days: (len(days), -days[0], days[-1]), default=(),
    )  # fmt: skip
    days = list(best)
    steps = []
    for day in days:
        at = whole.at(day)
        back = sum(wait.happened and wait.days <= day for wait in waits)
        if at is not None:
            steps.append(Step(day, sum(wait.days > day for wait in waits), back, at.still, at.low, at.high))
    return Curve(whole.followed, steps[-1].happened, days[-1], tuple(steps)) if steps else None


def _safe(waits: Sequence[Wait], days: Sequence[int]) -> bool:
    counts: dict[tuple[str | None, ...], int] = {("followed on",): sum(wait.days > days[-1] for wait in waits)}
    for before, day in pairwise((-1, *days)):
        here = [wait.happened for wait in waits if before < wait.days <= day]
        counts[f"back by {day}",] = sum(here)
        counts[f"no longer followed by {day}",] = len(here) - sum(here)
    names = tuple(str(key[0]) for key in counts)
    safe = suppress(CrossTable((Dimension("days", names),), counts), DFE_LA)
    return safe.safe and all(isinstance(shown, int) for shown in safe.cells.values())
