"""A series watched month by month since the last judgement, against limits that stood before anything was watched.

A control chart that is drawn from all its months looks back: each new month moves the limits by which the earlier ones
are judged. A watch must be able to say in a month what it could have said in that month. So the limits come from months
before the judgement (or, where none are held, from the first that are), and then stand.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.domain.control_charts import FIRM, RUN, Direction, Limits, Point, limits_of
from goldthread.domain.control_verdicts import too_few
from goldthread.domain.watch.kinds import KINDS, Sign

LEAST, MOST = FIRM, 24
"""How many months a series is held against: at least, and of those before a judgement the last so many [J]."""


@dataclass(frozen=True, slots=True)
class Month:
    """One watched month, and the signs for the worse and for the better that it gave as it came."""

    period: str
    worse: frozenset[Sign]
    better: frozenset[Sign]


@dataclass(frozen=True, slots=True)
class Watched:
    """What is held against, and what each month (or look) since has said.

    `before` is whether what is held against lies before the judgement. `why_not` says why nothing can be said; `limits`
    are those of a series, `chance` is how many signs for the worse chance alone would give in a month. `points` are the
    values of a series, month by month: those held against, then those watched. `kept` is how many months its reader is
    not shown, which enter nothing here.
    """

    against: tuple[str, ...]
    before: bool
    months: tuple[Month, ...]
    chance: float
    limits: Limits | None = None
    why_not: str = ""
    points: tuple[Point, ...] = ()
    kept: int = 0


def watch_series(
    points: Sequence[Point], *, judged: str | None, better: Direction, percent: bool = False, small: Container[str] = ()
) -> Watched:
    """Watch a series of months ("2026-05") in order of time, since the month of the last judgement.

    `small` are the months that count fewer than ten: where most of those that it goes by are among them, one child or
    two would make a sign, so nothing is said. Neither is it where no way is better, or where the months held against
    never vary.
    """
    against, watched, before = _parted(points, judged)
    names = tuple(point.period for point in against)
    why = _why_not(against, watched, better, small, judged if before else None)
    limits = None if why else limits_of([point.value for point in against], percent=percent, count=True)
    if limits is not None and not limits.moving_range:
        why = "The months held against never vary, so limits drawn from them would take any change for a sign."
    if limits is None or why:
        return Watched(names, before, (), 0.0, None, why)
    values = [point.value for point in watched]
    up = better is Direction.LOW
    worse, well = signs(values, limits, up=up), signs(values, limits, up=not up)
    months = tuple(Month(*one) for one in zip((point.period for point in watched), worse, well, strict=True))
    chance = sum(KINDS[sign].rate(len(against)) for sign in (Sign.SHIFT, Sign.OUTSIDE, Sign.NEAR_LIMIT))
    return Watched(names, before, months, chance, limits, points=(*against, *watched))


def _parted(points: Sequence[Point], judged: str | None) -> tuple[Sequence[Point], Sequence[Point], bool]:
    """The months held against, those watched, and whether the former lie before the judgement."""
    place = sum(point.period <= judged for point in points) if judged else 0
    if place >= LEAST:
        return points[max(0, place - MOST) : place], points[place:], True
    return points[:LEAST], points[LEAST:], False


def _why_not(
    against: Sequence[Point],
    watched: Sequence[Point],
    better: Direction,
    small: Container[str],
    judged: str | None,
) -> str:
    """Why nothing can be said; `judged` is the month of the judgement, where months enough are held before it."""
    if better is Direction.NEITHER:
        return "Neither way is better, so nothing is called worse."
    used = [*against, *watched]
    few = sum(point.period in small for point in used)
    if too_few(few, len(used)):
        first, last = (f"{date.fromisoformat(f'{one.period}-01'):%B %Y}" for one in (used[0], used[-1]))
        return (
            f"Most months count fewer than ten ({few} of the {len(used)} that it goes by, {first} to {last}), so that "
            "one child or two would make a sign."
        )
    if judged and not watched:
        return (
            f"No month after the judgement of {date.fromisoformat(f'{judged}-01'):%B %Y} is told of yet. It is held "
            f"against the {len(against)} months before it as soon as one is."
        )
    if len(against) < LEAST or not watched:
        held = len(against) + len(watched)
        months = "month is" if held == 1 else "months are"
        return f"{held or 'No'} {months} held; {LEAST} to hold the others against are needed, and one more at least."
    return ""


def untold(months: Sequence[str], judged: str | None) -> str:
    """Why nothing could be said of a series whatever its months held, by which of them there are; empty if it could."""
    against, watched, before = _parted([Point(month, 0.0) for month in months], judged)
    return _why_not(against, watched, Direction.HIGH, (), judged if before else None)


def signs(values: Sequence[float], limits: Limits, *, up: bool) -> list[frozenset[Sign]]:
    """For every month the signs in one direction that it gives as it comes: from itself and the months before it."""
    way = 1 if up else -1
    limit, near = (limits.upper, limits.near_upper) if up else (limits.lower, limits.near_lower)
    beyond = [way * (value - limit) > 0 for value in values]
    close = [way * (value - near) > 0 for value in values]
    side = [way * (value - limits.mean) > 0 for value in values]
    found = []
    for place in range(len(values)):
        given = set()
        if beyond[place]:
            given.add(Sign.OUTSIDE)
        if close[place] and any(close[max(0, place - 2) : place]):
            given.add(Sign.NEAR_LIMIT)
        if place + 1 >= RUN and all(side[place + 1 - RUN : place + 1]):
            given.add(Sign.SHIFT)
        found.append(frozenset(given))
    return found
