"""The charts of a submission, its measures and its issues: one specification each, drawn for the page."""

from collections.abc import Iterable
from typing import Any

from goldthread.engines import drawing
from goldthread.kernel.charts import Chart, ChartRow, measures_chart
from goldthread.kernel.charts.pareto import ParetoRow, pareto_chart


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


def pareto(weights: Iterable[Any]) -> Chart:
    """The chart of the rules by how many issues they make, with the same numbers as a table."""
    return pareto_chart(
        [ParetoRow(one.rule, one.says, one.severity_words.lower(), one.lists, one.issues) for one in weights]
    )


def to_svg(chart: Chart) -> str:
    """Any chart as an SVG document."""
    return drawing.to_svg(chart.spec)
