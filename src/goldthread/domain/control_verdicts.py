"""What a control chart says in words: whether it is changing, whether the target is safe, whether change has lasted."""

from dataclasses import dataclass
from enum import StrEnum

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
    """Whether the target will be met, if nothing changes."""

    MEETS = "consistently meets"
    MISSES = "consistently misses"
    EITHER = "hit and miss"
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


def variation(chart: ControlChart) -> Variation:
    """What the latest point says; a point under two rules that point in different ways is no clear change."""
    ups = {mark.up for mark in chart.marks[-1]}
    if len(ups) != 1:
        return Variation.CHANCE
    up = ups.pop()
    if chart.better is Direction.NEITHER:
        return Variation.CHANGED_UP if up else Variation.CHANGED_DOWN
    return Variation.IMPROVING if up is (chart.better is Direction.HIGH) else Variation.CONCERNING


def assurance(chart: ControlChart, target: float | None) -> Assurance:
    """Whether the limits leave a target safe, lost, or to chance. Raises ValueError where neither way is better."""
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
    return Assurance.MEETS if safe else Assurance.MISSES if lost else Assurance.EITHER


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
        return Sustained(Lasting.NEITHER, "", None, f"No {RUN} points in a row lie on one side of the mean.")
    start, end, up = run
    values = [point.value for point in stretch.points]
    limits = limits_of(values[start:end], screen=chart.screened, percent=chart.percent)
    since = stretch.points[start].period
    good = up is (chart.better is Direction.HIGH)
    word = "better" if good else "worse"
    if not limits.holds(values[-1]):
        return Sustained(
            Lasting.NEITHER, since, limits, f"It was {word} from {since}, but the latest point has left those limits."
        )
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
