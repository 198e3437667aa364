"""The charts of a submission: one specification each, drawn for the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.engines import drawing
from goldthread.kernel.charts import ChartRow, measures_chart, swimlane
from goldthread.kernel.journey import Journey
from goldthread.kernel.journey_gaps import Gap


def chart_rows(measures: Iterable[Any]) -> list[ChartRow]:
    """One row for each measure that has a percentage; measures of fewer than ten have none and are not drawn."""
    return [
        ChartRow(
            one.title, one.share.value.value, one.share.value.low, one.share.value.high, one.share.counts, one.service
        )
        for one in measures
        if one.share.value.value is not None
    ]


def chart_says(rows: list[ChartRow]) -> str:
    """The chart in one sentence, for whoever does not see it."""
    if not rows:
        return "No measure has enough children for a percentage."
    lowest, highest = min(rows, key=lambda row: row.value), max(rows, key=lambda row: row.value)
    return (
        f"{len(rows)} percentages, each a dot on a line from 0 to 100% with a band for its likely range. "
        f"The lowest is “{lowest.title}” at {lowest.value:.1f}%, the highest “{highest.title}” at "
        f"{highest.value:.1f}%. The tables below have every number."
    )


def as_svg(rows: list[ChartRow]) -> str:
    """The chart as an SVG document."""
    return drawing.to_svg(measures_chart(rows, summary=chart_says(rows)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a page shows it: what it says, the picture itself, and its words for whoever does not see it."""

    title: str
    summary: str
    svg: str


def of_journey(told: Journey, gaps: Sequence[Gap]) -> Drawn | None:
    """The lanes of one child's journey, each mark a link within the page; None where no date can be drawn."""
    if not told.sound:
        return None
    chart = swimlane(told, gaps)
    return Drawn(chart.title, chart.summary, drawing.to_svg(chart.spec))
