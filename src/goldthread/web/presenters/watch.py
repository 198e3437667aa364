"""Series over time in words: what each says, which come first, and what a chart's reader must bear in mind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.apps.comparison.watching import Source
from goldthread.domain.control_charts import SCREENING, SIGNAL_SAYS, ControlChart
from goldthread.domain.control_verdicts import ASSURANCE_SAYS, VARIATION_SAYS, Assurance, Lasting, Variation

CHANGE = {
    Variation.IMPROVING: ("Better", "green"),
    Variation.CONCERNING: ("Worse", "red"),
    Variation.CHANGED_UP: ("Risen", "blue"),
    Variation.CHANGED_DOWN: ("Fallen", "blue"),
    Variation.CHANCE: ("No change", "grey"),
}
LASTING = {
    Lasting.IMPROVEMENT: ("Sustained improvement", "green"),
    Lasting.DECLINE: ("Sustained decline", "red"),
}
LASTS = {
    Lasting.IMPROVEMENT: "A sustained improvement",
    Lasting.DECLINE: "A sustained decline",
    Lasting.NEITHER: "None by the rule so far",
}
TARGET = {
    Assurance.MEETS: ("Consistently met", "green"),
    Assurance.MISSES: ("Consistently missed", "red"),
    Assurance.EITHER: ("Met or missed by chance", "yellow"),
}
_FIRST = (Lasting.DECLINE, Lasting.IMPROVEMENT, Lasting.NEITHER)
_THEN = tuple(CHANGE)[1::-1] + tuple(CHANGE)[2:]


def source_called(source: Source, *, of_lists: bool, own_month: bool) -> str:
    """Where a series comes from, in a few words; `own_month`: each hand-in gives one point, of its month."""
    if source is Source.HAND_INS:
        return "Own month of each hand-in" if own_month else "All hand-ins"
    if source is Source.ALL_LISTS:
        return "All lists handed in"
    return "These lists alone" if of_lists else "This hand-in alone"


@dataclass(frozen=True, slots=True)
class Row:
    """One series as the overview shows it."""

    watched: Any
    latest: str
    of: str
    period: str
    points: int
    since: str
    anew: str
    tag: tuple[str, str]
    target: tuple[str, str] | None


def row(watched: Any) -> Row:
    """One series, ready to be shown."""
    scale = watched.scale
    told = [one for one in watched.counted if scale.told(one)]
    last = told[-1] if told else None
    lasting = watched.lasting
    tag = ("Too few months", "grey") if watched.chart is None else CHANGE[watched.change]
    if lasting is not None and lasting.what in LASTING:
        tag = LASTING[lasting.what]
    return Row(
        watched,
        scale.words(last) if last else "–",
        scale.counts(last) if last else "",
        last.period if last else "",
        len(told),
        lasting.since if lasting is not None and lasting.what in LASTING else "",
        ", ".join(one.points[0].period for one in watched.chart.stretches[1:]) if watched.chart is not None else "",
        tag,
        TARGET.get(watched.assured) if watched.assured is not None else None,
    )


def in_order(watched: Iterable[Any]) -> list[Any]:
    """Sustained decline first, then improvement that lasts, then what the latest month signals, then the rest.

    Series that are mostly of few children stand after the others, and those without a chart last.
    """

    def place(one: Any) -> tuple[bool, bool, int, int]:
        if one.chart is None:
            return True, True, 0, 0
        return False, one.unsteady, _FIRST.index(one.lasting.what), _THEN.index(one.change)

    return sorted(watched, key=place)


def finding(watched: Sequence[Any]) -> str:
    """What the series say together, in one sentence; those mostly of few children say nothing reliable."""
    charted = [one for one in watched if one.chart is not None and not one.unsteady]
    if not charted:
        return ""
    declined = sum(one.lasting.what is Lasting.DECLINE for one in charted)
    improved = sum(one.lasting.what is Lasting.IMPROVEMENT for one in charted)
    return (
        f"Of {len(charted)} series with enough months and children, {declined or 'none'} "
        f"{'is' if declined == 1 else 'are'} in sustained decline and {improved or 'none'} in sustained improvement."
    )


def verdict(watched: Any) -> list[tuple[str, str]]:
    """What the chart says, in rows of a name and a sentence."""
    chart: ControlChart = watched.chart
    limits, unit = chart.latest.limits, "%" if watched.scale.percent else ""
    rows = [
        ("The latest month", VARIATION_SAYS[watched.change]),
        ("Lasting change", f"{LASTS[watched.lasting.what]}. {watched.lasting.why}"),
        ("Target", ASSURANCE_SAYS[watched.assured or Assurance.NONE]),
        (
            limits.label.capitalize(),
            f"Mean {limits.mean:,.1f}{unit}, from {limits.lower:,.1f}{unit} to {limits.upper:,.1f}{unit}"
            f"{'' if unit else ' ' + watched.scale.unit}, by {limits.points} months.",
        ),
    ]
    if chart.screened:
        rows.append(("Screening", SCREENING))
    return rows


def signals(chart: ControlChart) -> list[tuple[str, str]]:
    """Each month with a signal, and which of the four rules it meets."""
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
