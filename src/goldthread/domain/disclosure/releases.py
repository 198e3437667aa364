"""The differencing register's question: would a new table, laid beside one that is out already, tell of a few?

Two tables of overlapping children, or of the same children on two days, can each be safe and still give away the
difference between them. Every release is remembered by its data, its day, whom it counts and how it is divided; a new
one is laid against all of them. Nothing is stored here: the register is handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from goldthread.domain.disclosure.profiles import PROFILES, STRICT, Profile
from goldthread.domain.disclosure.tables import Key

FEW = 7
"""A difference of so many or fewer tells of people."""


@dataclass(frozen=True, slots=True)
class Release:
    """One table that is out, or is to go out.

    `subject` says whose data of what kind it is (an authority's children in care, say), `dataset` is the hash of the
    data, `filters` keeps the values of each column that were let in (a column that is not named let in all), and
    `counts` are the true counts, totals under None. The register keeps them inside; what is out, `profile` says.
    """

    name: str
    subject: str
    dataset: str
    as_at: date
    dimensions: tuple[str, ...]
    counts: Mapping[Key, int]
    profile: str
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Outcome(StrEnum):
    """What becomes of a new table."""

    ALLOWED = "allowed"
    STRICT = "strict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The outcome, and the reason for each earlier table that stands in the way."""

    outcome: Outcome
    reasons: tuple[str, ...]


def overlaps(one: Release, other: Release) -> bool:
    """Whether the same child could be counted in both."""
    return one.subject == other.subject and all(
        one.filters[column] & other.filters[column] for column in one.filters.keys() & other.filters.keys()
    )


def against_released(new: Release, released: Sequence[Release]) -> Ruling:
    """Whether a new table may go out beside those that are out: as it is, under the Strict profile, or not at all.

    Where a figure of the new table differs from the same figure of an overlapping one by 1 to 7, rounding both hides
    it: Strict is allowed if the difference could then still be anything over a range as wide as Strict asks. If it
    could not, because the earlier table is out unrounded, the new one is refused.
    """
    outcome, reasons = Outcome.ALLOWED, []
    for earlier in released:
        if not overlaps(new, earlier):
            continue
        close = _close(new, earlier)
        if not close:
            continue
        telling = [figure for figure, width in close.items() if width < STRICT.width]
        what = "day" if new.filters == earlier.filters and new.as_at != earlier.as_at else "group"
        where = _place(telling[0] if telling else next(iter(close)))
        if telling:
            outcome = Outcome.REFUSED
            reasons.append(
                f"Beside “{earlier.name}” of another {what}, {where} would tell of {FEW} people or fewer, "
                "and rounding the new table would not hide them."
            )
        elif new.profile != STRICT.slug:
            outcome = max(outcome, Outcome.STRICT, key=list(Outcome).index)
            reasons.append(
                f"Beside “{earlier.name}” of another {what}, {where} would tell of {FEW} people or fewer: "
                "publish it under the Strict profile only."
            )
    return Ruling(outcome, tuple(reasons))


def _figures(release: Release) -> dict[frozenset[tuple[str, str]], Key]:
    """Each figure's place by what it counts: the category of every dimension that it is not the total of."""
    return {
        frozenset((name, part) for name, part in zip(release.dimensions, key, strict=True) if part is not None): key
        for key in release.counts
    }


def _close(new: Release, earlier: Release) -> dict[Key, int]:
    """The figures of both tables that differ by 1 to 7, each with how wide the difference is left to guess.

    That is, between what is known of the earlier figure and what Strict would show of the new one.
    """
    ours, theirs = _figures(new), _figures(earlier)
    close = {}
    for figure in (figure for figure in ours if figure in theirs):
        count, other = new.counts[ours[figure]], earlier.counts[theirs[figure]]
        if 1 <= abs(count - other) <= FEW:
            ranges = (_known(other, PROFILES[earlier.profile]), _known(count, STRICT))
            close[ours[figure]] = sum(high - low for low, high in ranges)
    return close


def _known(count: int, profile: Profile) -> tuple[int, int]:
    """What anybody knows of a count that a profile shows: a range when hidden or rounded."""
    if profile.hides(count):
        return profile.least_hidden, profile.floor
    if profile.rounding == 1:
        return count, count
    near = (2 * count + profile.rounding) // (2 * profile.rounding) * profile.rounding
    half = profile.rounding // 2
    return max(profile.floor + 1, near - half), near + half


def _place(key: Key) -> str:
    return " / ".join(part for part in key if part is not None) or "the total"
