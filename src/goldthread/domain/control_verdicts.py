"""What a control chart says in words: whether it is changing, whether the target is safe, whether change has lasted."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from goldthread.domain.control_charts import (
    RUN,
    ControlChart,
    Direction,
    Limits,
    Mark,
    Signal,
    limits_of,
)


class Variation(StrEnum):
    """What the latest point says of change."""

    IMPROVING = "improving"
    CONCERNING = "concerning"
    CHANGED_UP = "changed upwards"
    CHANGED_DOWN = "changed downwards"
    CHANCE = "no change beyond chance"


class Assurance(StrEnum):
    """Whether the target will be met, if nothing changes; while something changes, the limits foretell nothing."""

    MEETS = "consistently meets"
    MISSES = "consistently misses"
    EITHER = "hit and miss"
    CHANGING = "changing"
    NONE = "no target"


VARIATION_SAYS: dict[Variation, str] = {
    Variation.IMPROVING: "It is getting better, and by more than chance explains.",
    Variation.CONCERNING: "It is getting worse, and by more than chance explains.",
    Variation.CHANGED_UP: "It has risen by more than chance explains; neither way is better.",
    Variation.CHANGED_DOWN: "It has fallen by more than chance explains; neither way is better.",
    Variation.CHANCE: "Nothing has changed that chance could not explain.",
}

ASSURANCE_SAYS: dict[Assurance, str] = {
    Assurance.MEETS: "The target lies beyond the limits on the good side: it will be met each time unless things "
    "change.",
    Assurance.MISSES: "The target lies beyond the limits on the bad side: it will be missed each time unless things "
    "change.",
    Assurance.EITHER: "The target lies within the limits: it will be met one time and missed another, by chance.",
    Assurance.NONE: "No target was given.",
}
"""What the limits say of the target; of a series that is changing, `assurance_says` tells how it went of late."""

TOO_FEW = "Most of the points count fewer than ten, so one child or two make a signal: read the counts instead."


def too_few(small: int, told: int) -> bool:
    """Whether so many of the points told are small that change cannot be told from chance."""
    return 2 * small > told


@dataclass(frozen=True, slots=True)
class Streak:
    """How many of the latest points in a row met or missed the target; `unit` is what the points are."""

    met: bool
    times: int
    unit: str

    @property
    def says(self) -> str:
        """Such as “missed in each of the last 6 months”."""
        done = "met" if self.met else "missed"
        if self.times == 1:
            return f"{done} in the latest {'point' if self.unit == POINTS else 'month'}"
        return f"{done} in each of the last {self.times} {self.unit}"

    @property
    def short(self) -> str:
        """Such as “Missed for 6 months”; points with gaps between them are times."""
        done = "Met" if self.met else "Missed"
        if self.times == 1:
            return self.says.capitalize()
        return f"{done} for {self.times} months" if self.unit == MONTHS else f"{done} {self.times} times in a row"


MONTHS, MONTHS_TOLD, POINTS = "months", "months with a figure", "points"


class Lasting(StrEnum):
    """Whether a change has lasted."""

    IMPROVEMENT = "sustained improvement"
    DECLINE = "sustained decline"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Sustained:
    """Whether a change has lasted, since when, the limits from then on, and why it is called so or not."""

    what: Lasting
    since: str
    limits: Limits | None
    why: str


def side(chart: ControlChart) -> bool | None:
    """Whether the latest point signals upwards (True) or downwards (False); None where it does neither or both."""
    ups = {mark.up for mark in chart.marks[-1]}
    return ups.pop() if len(ups) == 1 else None


def variation(chart: ControlChart) -> Variation:
    """What the latest point says; a point under two rules that point in different ways is no clear change."""
    up = side(chart)
    if up is None:
        return Variation.CHANCE
    if chart.better is Direction.NEITHER:
        return Variation.CHANGED_UP if up else Variation.CHANGED_DOWN
    return Variation.IMPROVING if up is (chart.better is Direction.HIGH) else Variation.CONCERNING


def assurance(chart: ControlChart, target: float | None) -> Assurance:
    """Whether the limits leave a target safe, lost, or to chance.

    Limits foretell nothing while the latest point signals, or after a change that has lasted without new limits.
    Raises ValueError where neither way is better.
    """
    if target is None:
        return Assurance.NONE
    limits = chart.latest.limits
    match chart.better:
        case Direction.HIGH:
            safe, lost = limits.lower >= target, limits.upper < target
        case Direction.LOW:
            safe, lost = limits.upper <= target, limits.lower > target
        case Direction.NEITHER:
            raise ValueError("a target needs to know which way is better")
    if chart.marks[-1] or sustained(chart).what is not Lasting.NEITHER:
        return Assurance.CHANGING
    return Assurance.MEETS if safe else Assurance.MISSES if lost else Assurance.EITHER


def streak(chart: ControlChart, target: float) -> Streak:
    """How the latest points in a row did against the target. Raises ValueError where neither way is better."""
    if chart.better is Direction.NEITHER:
        raise ValueError("a target needs to know which way is better")
    high = chart.better is Direction.HIGH
    did = [point.value >= target if high else point.value <= target for point in chart.points]
    times = 1
    while times < len(did) and did[-times - 1] is did[-1]:
        times += 1
    return Streak(did[-1], times, _unit([point.period for point in chart.points[-times:]]))


_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _unit(periods: list[str]) -> str:
    """What the points are: months one after the other, months with others between them, or something else."""
    found = [match for period in periods if (match := _MONTH.fullmatch(period)) is not None]
    if len(found) < len(periods):
        return POINTS
    numbers = [12 * int(match[1]) + int(match[2]) for match in found]
    return MONTHS if all(later - earlier == 1 for earlier, later in pairwise(numbers)) else MONTHS_TOLD


def assurance_says(chart: ControlChart, target: float | None) -> str:
    """Whether the target is safe, in words. Raises ValueError where neither way is better."""
    found = assurance(chart, target)
    if target is None or found is not Assurance.CHANGING:
        return ASSURANCE_SAYS[found]
    return f"The series is changing, so its limits foretell nothing of the target: it was {streak(chart, target).says}."


def sustained(chart: ControlChart, target: float | None = None) -> Sustained:
    """Whether an improvement or a decline has lasted.

    Three things must hold. The last shift of seven points or more went that way, in the stretch in force. New limits
    are set from the points of that shift, and the latest point lies within them. And a target, where there is one,
    is within reach of the new limits after an improvement (inside, or on the easier side of them); after a decline
    the same rule seen from the other side: the target is no longer safe.
    """
    if chart.better is Direction.NEITHER:
        return Sustained(Lasting.NEITHER, "", None, "Neither way is better, so nothing is called better or worse.")
    stretch = chart.latest
    run = _last_shift(stretch.marks)
    if run is None:
        now = _latest_says(chart)
        why = f"No {RUN} points in a row lie on one side of the mean{f'; {now}' if now else ''}."
        return Sustained(Lasting.NEITHER, "", None, why)
    start, end, up = run
    values = [point.value for point in stretch.points]
    limits = limits_of(values[start:end], screen=chart.screened, percent=chart.percent)
    since = stretch.points[start].period
    good = up is (chart.better is Direction.HIGH)
    word = "better" if good else "worse"
    if not limits.holds(values[-1]):
        return Sustained(Lasting.NEITHER, since, limits, _left(chart, since, word, good=good))
    if target is not None and not _agrees(limits, target, chart.better, good):
        why = "the target is still out of reach" if good else "even the new limits meet the target"
        return Sustained(Lasting.NEITHER, since, limits, f"It has been {word} since {since}, but {why}.")
    what = Lasting.IMPROVEMENT if good else Lasting.DECLINE
    return Sustained(
        what,
        since,
        limits,
        f"{end - start} points in a row from {since} are {word}, and the latest is among them still.",
    )


def _left(chart: ControlChart, since: str, word: str, *, good: bool) -> str:
    """Why a shift is no lasting change once the latest point has left its limits: what the latest points do."""
    now = _latest_says(chart)
    if not now:
        return f"It was {word} from {since}, but the latest point has left those limits."
    change = variation(chart)
    if change is (Variation.IMPROVING if good else Variation.CONCERNING):
        return f"It has been {word} since {since}, and has left the limits of those months as well: {now}."
    return f"{now[0].upper()}{now[1:]}. That it was {word} from {since} is over."


def _latest_says(chart: ControlChart) -> str:
    """What the latest points do where the latest signals; nothing where it does not."""
    values, limits = [point.value for point in chart.latest.points], chart.latest.limits
    marks = chart.latest.marks[-1]
    if len({mark.up for mark in marks}) != 1:
        return ""
    up = marks[0].up
    signals, side, of_two = {mark.signal for mark in marks}, "above" if up else "below", "upper" if up else "lower"
    good = up is (chart.better is Direction.HIGH)
    sense = "" if chart.better is Direction.NEITHER else f", which is {'better' if good else 'worse'}"
    if Signal.OUTSIDE in signals:
        count = _trailing([not limits.holds(one) and (one > limits.mean) is up for one in values])
        return f"{_the_latest(count, 'lies', 'lie')} {side} the {of_two} limit{sense}"
    if Signal.SHIFT in signals:
        count = _trailing([one > limits.mean if up else one < limits.mean for one in values])
        return f"{_the_latest(count, 'lies', 'lie')} {side} the mean{sense}"
    if Signal.TREND in signals:
        count = _trailing([after > before if up else after < before for before, after in pairwise(values)])
        return f"the latest {count + 1} points {'rise' if up else 'fall'}, each {side} the one before{sense}"
    return f"two of the latest three points lie near the {of_two} limit{sense}"


def _the_latest(count: int, one: str, many: str) -> str:
    return f"the latest point {one}" if count == 1 else f"the latest {count} points {many}"


def _trailing(holds: list[bool]) -> int:
    """How many of the last in a row hold."""
    return next((place for place, each in enumerate(reversed(holds)) if not each), len(holds))


def _last_shift(marks: tuple[tuple[Mark, ...], ...]) -> tuple[int, int, bool] | None:
    """The last run that is a shift, as its start, the place after its end, and whether it is upwards."""
    sides = [next((mark.up for mark in at if mark.signal is Signal.SHIFT), None) for at in marks]
    end = len(sides)
    while end and sides[end - 1] is None:
        end -= 1
    if not end:
        return None
    up, start = sides[end - 1], end
    while start and sides[start - 1] is up:
        start -= 1
    return start, end, bool(up)


def _agrees(limits: Limits, target: float, better: Direction, good: bool) -> bool:
    """After an improvement: the target is within reach. After a decline: the target is not safe."""
    if good:
        return target <= limits.upper if better is Direction.HIGH else target >= limits.lower
    return target >= limits.lower if better is Direction.HIGH else target <= limits.upper
