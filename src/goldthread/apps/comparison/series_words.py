"""What a series over the months says, in sentences, and what its reader must bear in mind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from goldthread.domain.control_charts import SCREENING, SIGNAL_SAYS, ControlChart
from goldthread.domain.control_verdicts import (
    ASSURANCE_SAYS,
    TOO_FEW,
    VARIATION_SAYS,
    Assurance,
    Lasting,
    assurance_says,
)

if TYPE_CHECKING:
    from goldthread.apps.comparison.watching import Watched

LASTS = {
    Lasting.IMPROVEMENT: "A sustained improvement",
    Lasting.DECLINE: "A sustained decline",
    Lasting.NEITHER: "None by the rule so far",
}


def headline(watched: Watched) -> str:
    """What the chart says of change, in one line; for a series that has a chart."""
    chart, lasting, change = watched.chart, watched.lasting, watched.change
    assert chart is not None and lasting is not None and change is not None
    told = f"{len(chart.points)} months to {chart.points[-1].period}"
    if watched.unsteady:
        return f"{watched.measure.title}: too few children in most months to tell change from chance ({told})"
    says = VARIATION_SAYS[change].rstrip(".")
    if lasting.what is not Lasting.NEITHER:
        says = f"{LASTS[lasting.what]} since {lasting.since}"
    return f"{watched.measure.title}: {says[0].lower()}{says[1:]} ({told})"


def verdict(watched: Any) -> list[tuple[str, str]]:
    """What the chart says, in rows of a name and a sentence."""
    chart: ControlChart = watched.chart
    if watched.unsteady:
        return [("What can be told", TOO_FEW)]
    limits, unit = chart.latest.limits, "%" if watched.scale.percent else ""
    rows = [
        ("The latest month", VARIATION_SAYS[watched.change]),
        ("Lasting change", f"{LASTS[watched.lasting.what]}. {watched.lasting.why}"),
        ("Target", _of_target(watched)),
        (
            limits.label.capitalize(),
            f"Mean {limits.mean:,.1f}{unit}, from {limits.lower:,.1f}{unit} to {limits.upper:,.1f}{unit}"
            f"{'' if unit else ' ' + watched.scale.unit}, by {limits.points} months.",
        ),
    ]
    held = chart.latest.points[: limits.points]
    rows.append(
        (
            "Base",
            f"Mean and limits rest on the {len(held)} months {_month(held[0].period)} to {_month(held[-1].period)}.",
        )
    )
    if chart.screened:
        rows.append(("Screening", SCREENING))
    return rows


def _month(period: str) -> str:
    return f"{date.fromisoformat(f'{period}-01'):%B %Y}"


def _of_target(watched: Any) -> str:
    if watched.assured is None:
        return ASSURANCE_SAYS[Assurance.NONE]
    return assurance_says(watched.chart, watched.series.target_value)


def signals(watched: Any) -> list[tuple[str, str]]:
    """Each month with a signal, and which of the four rules it meets; none where most months count too few."""
    chart: ControlChart = watched.chart
    if watched.unsteady:
        return []
    return [
        (point.period, "; ".join(f"{SIGNAL_SAYS[mark.signal]}, {'high' if mark.up else 'low'}" for mark in marks))
        for point, marks in zip(chart.points, chart.marks, strict=True)
        if marks
    ]


def cautions(watched: Any) -> list[str]:
    """What to bear in mind of a series' points."""
    said = []
    if watched.small:
        said.append(
            f"Fewer than ten {'in the denominator' if watched.scale.percent else 'are counted'} in "
            f"{', '.join(watched.small)}: one child moves such a point far."
        )
    if watched.none:
        nothing = "Nothing to count" if watched.scale.percent else "Nobody, or too few for a figure,"
        said.append(f"{nothing} in {', '.join(watched.none)}.")
    if watched.withheld:
        hidden = [one for one in watched.withheld if one not in watched.none]
        if hidden:
            said.append(f"Left out because the numbers are small: {', '.join(hidden)}.")
    said += [
        f"New limits from {one.period} are on record and not drawn yet: five months are needed before and after."
        for one in watched.waiting
    ]
    if watched.rolling:
        said.append(
            "Each point looks back over a year, so neighbouring points share most of what they count: a change shows "
            "late, and a run of points may come from one event."
        )
    elif watched.stands:
        said.append(
            "What stands on a day changes slowly: neighbouring months hold mostly the same children, so the limits are "
            "narrow, and a run of points may say no more than that."
        )
    if watched.scale.happens:
        said.append("Months differ in length: February has a tenth fewer days than most.")
        if watched.scale.children is None:
            said.append("Drawn as counts, until it is said how many children live in the area.")
        else:
            said.append(f"Each month is drawn at its yearly pace, of {watched.scale.children:,} children in the area.")
    return [*said, *watched.measure.cautions]
