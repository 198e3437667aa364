"""The months that bear a sign out: a series of the watch as a picture, against the limits by which it was judged.

It goes by every hand-in that the watch goes by, and not by the last one alone; what began when is pointed out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from goldthread.domain.control_charts import ControlChart, Direction, Mark, Signal, Stretch
from goldthread.domain.watch import Sign, Thing
from goldthread.domain.watch.areas import month_of, number_of

if TYPE_CHECKING:
    from goldthread.kernel.charts import Chart

AFTER = 6
"""How many months after the one that is asked for are shown, so that it can be seen whether it lasted."""
_SIGNALS = {Sign.OUTSIDE: Signal.OUTSIDE, Sign.NEAR_LIMIT: Signal.NEAR_LIMIT, Sign.SHIFT: Signal.SHIFT}
BEGAN, AGAIN, SPOKE = "first sign", "first sign that stands", "the watch spoke"


def bears_out(thing: Thing, month: str, said: str = "") -> Chart | None:
    """The series with the month in which its signs began and the one in which the watch spoke; None for no series.

    `month` is the one that is asked for, `said` the one in which the watch said that the area had changed.
    """
    from goldthread.kernel.charts import control_chart_picture

    watched, where = thing.watched, thing.where
    if watched.limits is None or not watched.points:
        return None
    up = where.get("better") == "low"
    given = {one.period: one for one in watched.months}
    last = month_of(number_of(month) + AFTER)
    points = tuple(one for one in watched.points if one.period <= last)
    marks = []
    for point in points:
        one = given.get(point.period)
        worse = [Mark(_SIGNALS[sign], up) for sign in sorted(one.worse if one else ()) if sign in _SIGNALS]
        well = [Mark(_SIGNALS[sign], not up) for sign in sorted(one.better if one else ()) if sign in _SIGNALS]
        marks.append(tuple(worse or well))
    chart = ControlChart(
        (Stretch(0, points, watched.limits, tuple(marks)),), Direction.LOW if up else Direction.HIGH, False,
        bool(where.get("percent")),
    )  # fmt: skip
    began = thing.since(month)
    first = AGAIN if thing.passed(month) else BEGAN
    told = {one: words for one, words in _told(began, said, first) if any(point.period == one for point in points)}
    found = f"worse since {date.fromisoformat(f'{began}-01'):%B %Y}, beyond chance" if began else "no sign"
    return control_chart_picture(
        chart, thing.title, unit=where.get("unit", ""), told=told, found=f"{thing.title}: {found}"
    )


def _told(began: str, said: str, first: str) -> list[tuple[str, str]]:
    if began == said:
        return [(began, f"{first}, and {SPOKE}")] if began else []
    return [(one, words) for one, words in ((began, first), (said, SPOKE)) if one]
