"""The control chart of a goal: its baseline and everything found later, so that a change is told from chance over time.

The verdicts beside it compare each share with the baseline alone; the chart sees the whole series. It stands apart from
them and decides nothing: what closes or reopens a recommendation are the readings. So it calls nothing better or worse,
which beside a table that holds against something else would gainsay it, but higher or lower. Whether the target is safe
is another question, and is asked of the limits with the direction of the goal.
"""

from typing import Any

from goldthread.apps.improvement import queries
from goldthread.apps.submissions import pictures
from goldthread.domain.control_charts import FEWEST, ControlChart, ControlChartError, Direction, Point, control_chart
from goldthread.domain.control_verdicts import assurance_says, side, too_few
from goldthread.domain.improving import FEWEST_FILES

AGAINST = (
    "Its signals are held against the mean of the whole series, and the table holds each reading against the baseline: "
    "so one can be higher than the series was and still lower than at the baseline, or the other way round. What is "
    "better or worse the table says."
)
_SIDES: dict[bool | None, str] = {
    True: "It is higher of late than the series as a whole, by more than chance explains",
    False: "It is lower of late than the series as a whole, by more than chance explains",
    None: "Nothing of late lies apart from the series as a whole by more than chance explains",
}
_BETTER = {Direction.HIGH: "higher is better here", Direction.LOW: "lower is better here"}


def of_goal(told: queries.Told) -> dict[str, Any]:
    """The picture with what it says; without one, what it waits for. Nothing at all before there is a baseline.

    Shares by another definition than the last are another series and are left out, and so are draws that wait to be
    counted together with the next.
    """
    pools = [one for one in (told.baseline, *(one.pool for one in told.later)) if one is not None and not one.waits]
    if not pools:
        return {}
    held = [one for one in pools if one.sampled.definition == pools[-1].sampled.definition and one.sampled.of]
    points = [Point(f"{one.day:%-d %b %Y}", 100 * one.sampled.met / one.sampled.of) for one in held]
    if len(points) < FEWEST:
        there = f"there {'is' if len(points) == 1 else 'are'} {len(points)} so far"
        return {"waits": f"A control chart needs {FEWEST} readings by one definition; {there}."}
    try:
        chart = control_chart(points, better=told.goal.aim.better, percent=True)
    except ControlChartError as error:
        return {"waits": str(error)}
    few = too_few(sum(one.sampled.of < FEWEST_FILES for one in held), len(held))
    return {"picture": _picture(told, chart, few), "says": _says(chart, told.goal.target, few)}


def _picture(told: queries.Told, chart: ControlChart, few: bool) -> Any:
    from goldthread.kernel.charts import control_chart_picture

    picture = control_chart_picture(
        chart, told.goal.title, target=float(told.goal.target), unit="%", few=few, sides=True
    )
    return pictures.whole(picture)


def _says(chart: ControlChart, target: int, few: bool) -> str:
    if few:
        return "Most of these shares are of fewer than ten files, so nothing is called a signal."
    return f"{_SIDES[side(chart)]}; {_BETTER[chart.better]}. {assurance_says(chart, float(target))} {AGAINST}"
