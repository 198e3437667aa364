"""What is said of a goal in words: its target and its change together, so that one never seems to gainsay the other.

A goal that stood far over its target at the baseline can be clearly lower now and still reach it. Said apart, “worse”
stands beside “surely reached”; said together they are one plain sentence. What could be chance is named by what it is:
of a draw it is the luck of the draw, while of a list that was counted whole nothing is left to a draw, and what remains
is how such counts vary from one time to the next.

Numbers are told in as few places as keep them true to the words: an interval that ends just below nothing is not told
as ending at nothing, and one that ends just short of the target not as ending on it.
"""

from collections.abc import Iterable
from datetime import date

from goldthread.domain.control_charts import Direction
from goldthread.domain.improving import NOTHING_SAID, Aim, Change, Reach, Sampled, Verdict

MOST_PLACES = 6
"""More decimal places than any share of files needs to be told from a target in whole per cent."""

CHANGED = (Verdict.IMPROVED, Verdict.WORSE, Verdict.NO_CLEAR_CHANGE)


def in_words(aim: Aim, said: Change, reached: Reach, later: Sampled) -> str:
    """All that can be said of what was found later, of its target and of the change since the baseline."""
    if said.verdict not in CHANGED:
        return f"{NOTHING_SAID[said.verdict]} {_target_alone(reached, later)}"
    if said.verdict is Verdict.NO_CLEAR_CHANGE:
        return f"{_target_alone(reached, later)} Any change since the baseline could be chance."
    way = "lower" if (said.verdict is Verdict.WORSE) is (aim.better is Direction.HIGH) else "higher"
    return f"{_changed(reached, way, said.verdict is Verdict.WORSE)}, by more than {_chance(later)} explains."


def target_in_words(reached: Reach, verdict: Verdict) -> str:
    """What is said of the target in a few words, beside the verdict on the change."""
    if reached is Reach.CANNOT_TELL:
        return "Whether its target is reached cannot be told"
    if reached is Reach.SURELY:
        return "Its target is still reached" if verdict is Verdict.WORSE else "Its target is reached"
    return "Its target is not reached yet" if verdict is Verdict.IMPROVED else "Its target is not reached"


def _changed(reached: Reach, way: str, worse: bool) -> str:
    match reached, worse:
        case Reach.SURELY, True:
            return f"It still reaches its target, but is clearly {way} than at the baseline, which is worse"
        case Reach.SURELY, False:
            return f"It reaches its target, and is clearly {way} than at the baseline"
        case Reach.SURELY_NOT, True:
            return f"It does not reach its target, and is clearly {way} than at the baseline, which is worse"
        case Reach.SURELY_NOT, False:
            return f"It does not reach its target yet, but is clearly {way} than at the baseline, which is better"
        case _:
            better = "worse" if worse else "better"
            return (
                "Whether it reaches its target cannot be told; "
                f"it is clearly {way} than at the baseline, which is {better}"
            )


def _target(reached: Reach) -> str:
    return {
        Reach.SURELY: "It reaches its target.",
        Reach.SURELY_NOT: "It does not reach its target.",
        Reach.CANNOT_TELL: "Whether it reaches its target cannot be told.",
    }[reached]


def _target_alone(reached: Reach, later: Sampled) -> str:
    if later.whole or reached is Reach.CANNOT_TELL:
        return _target(reached)
    return f"{_target(reached).removesuffix('.')}, by more than {_chance(later)} explains."


def _chance(later: Sampled) -> str:
    return "the usual variation from one list to the next" if later.whole else "the luck of the draw"


def places(values: Iterable[float], target: float | None = None) -> int:
    """In how many decimal places values in per cent are told so that none is moved to nothing, or over the target.

    A value keeps its side of nothing and of the target, or lies on it where it truly does.
    """
    held, marks = list(values), (0.0, *(() if target is None else (target,)))
    return next(
        (count for count in range(MOST_PLACES)
         if all(_side(round(value, count), mark) == _side(value, mark) for value in held for mark in marks)),
        MOST_PLACES,
    )  # fmt: skip


def _side(value: float, mark: float) -> int:
    # What floating point makes of a share that is the target is the target.
    return 0 if abs(value - mark) < 1e-9 else 1 if value > mark else -1


def points(value: float, count: int) -> str:
    """“+5 points”, “−1 point”, “0 points”: a difference in percentage points with its sign."""
    told = round(value, count)
    return f"{signed(value, count)} point{'' if abs(told) == 1 else 's'}"


def signed(value: float, count: int) -> str:
    """“+5”, “−0.3”, “0”."""
    told = round(value, count)
    return f"{told:+.{count}f}".replace("-", "−") if told else "0"


SMALLEST = 1
"""A difference is told to one decimal place at most; what is nothing by it, and is not nothing, in words [J]."""


def difference_told(gap: float, low: float, high: float) -> str:
    """“−2.6 points (likely −5.1 to just below 0)”: a difference and its interval, in percentage points.

    All have one place where one of them needs it. A number that no single place keeps apart from nothing is “just
    above 0” or “just below 0”, so that the verdict can be seen and no digits are told that mean nothing to anybody.
    """
    least = min(places((gap, low, high)), SMALLEST)
    if _tiny(gap):
        return f"{_end(gap, least)} points (likely {_end(low, least)} to {_end(high, least)})"
    return f"{points(gap, least)} (likely {_end(low, least)} to {_end(high, least)})"


def _tiny(value: float) -> bool:
    return _side(value, 0.0) != 0 and round(value, SMALLEST) == 0


def _end(value: float, count: int) -> str:
    if _tiny(value):
        return "just above 0" if value > 0 else "just below 0"
    return signed(value, count)


def day_in_words(due: date, *, reached: bool, measured: date | None, today: date) -> str:
    """What can be said of the day by which a target is to be reached: due, reached, or not reached by its day.

    `measured` is the day of what was found last; None where nothing was found.
    """
    told = f"{due:%-d %B %Y}"
    if reached:
        return f"It was to be reached by {told}, and is." if due < today else f"It is to be reached by {told}, and is."
    if today <= due:
        return f"It is to be reached by {told}."
    if measured is None:
        return f"Not reached by its day, {told}: nothing was found."
    if measured < due:
        return f"Not reached by its day, {told}, by what was found last, of {measured:%-d %B %Y}."
    return f"Not reached by its day, {told}."
