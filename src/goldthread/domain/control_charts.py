"""Change over time: XmR control charts, in which a signal is told apart from the ups and downs of chance.

The limits stand 2.66 mean moving ranges from the mean, the near limits at two thirds of that. Four rules say when
something has changed. Limits are drawn anew only from a point that somebody named, with a reason; never unasked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

FEWEST = 5
"""With fewer points there is no chart."""

FIRM = 12
"""With fewer points the limits are called trial limits."""

RUN = 7
"""How many points on one side of the mean make a shift, and how many rising or falling make a trend."""

TO_LIMIT, TO_NEAR_LIMIT, TOO_WIDE = 2.66, 1.773, 3.267
"""In mean moving ranges: from the mean to a limit, to a near limit, and from where a range may be screened out."""

SCREENING = (
    "Moving ranges of 3.267 means and more can be left out before the limits are set. NHS England's workbooks do not, "
    "its R package does; here it is off unless asked for."
)


class Direction(StrEnum):
    """Which way is better; for some counts neither is."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


class Signal(StrEnum):
    """The four signs that something has changed."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    NEAR_LIMIT = "near-limit"


SIGNAL_SAYS: dict[Signal, str] = {
    Signal.OUTSIDE: "a point outside the limits",
    Signal.SHIFT: f"{RUN} or more points in a row on one side of the mean",
    Signal.TREND: f"{RUN} or more points in a row rising, or falling",
    Signal.NEAR_LIMIT: "two of three points in a row beyond two thirds of the way to one limit",
}


class ControlChartError(ValueError):
    """A series or a rebasing that a control chart cannot be made of. The message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Point:
    """One period and its value."""

    period: str
    value: float


@dataclass(frozen=True, slots=True)
class Rebasing:
    """A decision to draw the limits anew from a period on, because of something that happened."""

    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """A mean, its limits and near limits, and from how many points they come."""

    mean: float
    moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    points: int

    @property
    def label(self) -> str:
        """“limits”, or “trial limits” below twelve points."""
        return "limits" if self.points >= FIRM else "trial limits"

    def holds(self, value: float) -> bool:
        """Whether a value lies within the limits."""
        return self.lower <= value <= self.upper


@dataclass(frozen=True, slots=True)
class Mark:
    """One rule met at one point; `up` says on which side, or in which direction."""

    signal: Signal
    up: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points that share their limits: all of them, or those from one rebasing to the next."""

    start: int
    points: tuple[Point, ...]
    limits: Limits
    marks: tuple[tuple[Mark, ...], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A series with its limits and signals, in one stretch or several."""

    stretches: tuple[Stretch, ...]
    better: Direction
    screened: bool
    percent: bool

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point, in order of time."""
        return tuple(point for stretch in self.stretches for point in stretch.points)

    @property
    def marks(self) -> tuple[tuple[Mark, ...], ...]:
        """For every point, the rules met there."""
        return tuple(marks for stretch in self.stretches for marks in stretch.marks)

    @property
    def latest(self) -> Stretch:
        """The stretch in force now."""
        return self.stretches[-1]


def limits_of(values: Sequence[float], *, screen: bool = False, percent: bool = False, count: bool = False) -> Limits:
    """The limits of a series; `percent` keeps them from 0 to 100, `count` from falling below nought.

    Raises ControlChartError below five points.
    """
    if len(values) < FEWEST:
        raise ControlChartError(f"A control chart needs {FEWEST} points at least; there are {len(values)}.")
    mean = sum(values) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    width = sum(ranges) / len(ranges)
    if screen:
        kept = [value for value in ranges if value < TOO_WIDE * width]
        width = sum(kept) / len(kept) if kept else width
    floor, ceiling = 0.0 if percent or count else float("-inf"), 100.0 if percent else float("inf")
    return Limits(
        mean=mean,
        moving_range=width,
        lower=max(floor, mean - TO_LIMIT * width),
        upper=min(ceiling, mean + TO_LIMIT * width),
        near_lower=max(floor, mean - TO_NEAR_LIMIT * width),
        near_upper=min(ceiling, mean + TO_NEAR_LIMIT * width),
        points=len(values),
    )


def control_chart(
    points: Sequence[Point],
    *,
    better: Direction = Direction.NEITHER,
    rebasings: Sequence[Rebasing] = (),
    screen: bool = False,
    percent: bool = False,
    count: bool = False,
) -> ControlChart:
    """The chart of a series in order of time.

    `percent` says that values lie from 0 to 100, `count` that they do not lie below nought, and both keep the limits
    there. Raises ControlChartError for a series
    that is too short, whose periods repeat or whose values are not within 0 to 100 where they should be, and for a
    rebasing without a reason, at no known period, or with fewer than five points before the next.
    """
    _require_series(points, percent)
    cuts = _cuts(points, rebasings)
    ends = [*[start for start, _ in cuts[1:]], len(points)]
    stretches = []
    for (start, reason), end in zip(cuts, ends, strict=True):
        part = tuple(points[start:end])
        if len(part) < FEWEST:
            raise ControlChartError(
                f"From {part[0].period} on there are {len(part)} points before the limits change again; "
                f"{FEWEST} are needed. Leave the rebasing out until there are."
            )
        values = [point.value for point in part]
        limits = limits_of(values, screen=screen, percent=percent, count=count)
        stretches.append(Stretch(start, part, limits, signals(values, limits), reason))
    return ControlChart(tuple(stretches), better, screen, percent)


def _require_series(points: Sequence[Point], percent: bool) -> None:
    if len(points) < FEWEST:
        raise ControlChartError(f"A control chart needs {FEWEST} points at least; there are {len(points)}.")
    seen: set[str] = set()
    for point in points:
        if point.period in seen:
            raise ControlChartError(f"The period {point.period} appears twice.")
        seen.add(point.period)
        if not abs(point.value) < float("inf"):
            raise ControlChartError(f"The value for {point.period} is not a number.")
        if percent and not 0 <= point.value <= 100:
            raise ControlChartError(f"The value for {point.period} is not a percentage from 0 to 100.")


def _cuts(points: Sequence[Point], rebasings: Sequence[Rebasing]) -> list[tuple[int, str]]:
    places = {point.period: place for place, point in enumerate(points)}
    cuts: dict[int, str] = {0: ""}
    for rebasing in rebasings:
        if not rebasing.reason.strip():
            raise ControlChartError(f"The rebasing from {rebasing.period} has no reason; say what changed then.")
        place = places.get(rebasing.period)
        if place is None:
            raise ControlChartError(f"The series has no period {rebasing.period} to draw the limits anew from.")
        if place in cuts:
            raise ControlChartError(f"The limits are already drawn from {rebasing.period} on.")
        cuts[place] = rebasing.reason.strip()
    return sorted(cuts.items())


def signals(values: Sequence[float], limits: Limits) -> tuple[tuple[Mark, ...], ...]:
    """For every value, which of the four rules it takes part in, against these limits."""
    found: list[dict[Mark, None]] = [{} for _ in values]
    for place, value in enumerate(values):
        if not limits.holds(value):
            found[place][Mark(Signal.OUTSIDE, value > limits.upper)] = None
    for up in (True, False):
        sides = [value > limits.mean if up else value < limits.mean for value in values]
        _mark_runs(found, _runs(sides, RUN), Mark(Signal.SHIFT, up))
        # Seven points in a row that rise are six rises; the point before the first rise belongs to them.
        steps = [after > before if up else after < before for before, after in pairwise(values)]
        _mark_runs(found, [(start, end + 1) for start, end in _runs(steps, RUN - 1)], Mark(Signal.TREND, up))
        beyond = [value > limits.near_upper if up else value < limits.near_lower for value in values]
        for start in range(len(values) - 2):
            window = [place for place in range(start, start + 3) if beyond[place]]
            if len(window) >= 2:
                for place in window:
                    found[place][Mark(Signal.NEAR_LIMIT, up)] = None
    return tuple(tuple(sorted(marks, key=lambda mark: (mark.signal, mark.up))) for marks in found)


def _runs(holds: Sequence[bool], least: int) -> list[tuple[int, int]]:
    """The stretches of at least so many true in a row, each as its start and the place after its end."""
    runs, start = [], 0
    for place in range(len(holds) + 1):
        if place == len(holds) or not holds[place]:
            if place - start >= least:
                runs.append((start, place))
            start = place + 1
    return runs


def _mark_runs(found: list[dict[Mark, None]], runs: Sequence[tuple[int, int]], mark: Mark) -> None:
    for start, end in runs:
        for place in range(start, end):
            found[place][mark] = None
