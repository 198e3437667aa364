"""The charts of a submission: measures, issues, services, a journey; one specification each, drawn for the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.engines import drawing
from goldthread.kernel.charts import (
    Chart,
    ChartRow,
    Filled,
    Held,
    Spec,
    completeness_matrix,
    linked,
    measures_picture,
    swimlane,
)
from goldthread.kernel.charts.base import AFTER, in_lines
from goldthread.kernel.charts.base import WIDTH as USUAL_WIDTH
from goldthread.kernel.charts.pareto import ParetoRow, pareto_chart
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
    return drawing.to_svg(measures_picture(rows, summary=chart_says(rows)).spec)


def leaving(measures: Iterable[Any]) -> Chart | None:
    """The chart of the measures as it may leave, small numbers withheld; None where none has a percentage."""
    from goldthread.domain.disclosure import WITHHELD, rate_shown

    found = [one for one in measures if one.share.value.value is not None]
    if not found:
        return None
    safe = {one.code for one in found if rate_shown(one.share.value.numerator, one.share.value.denominator) != WITHHELD}
    rows = {row.title: row for row in chart_rows(found)}
    return measures_picture([
        rows[one.title] if one.code in safe else Held(one.title, one.service) for one in found
    ])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a page shows it: what it says, the picture itself, and its words for whoever does not see it."""

    title: str
    summary: str
    svg: str

    @property
    def tall(self) -> bool:
        """Whether it has so many lines that on paper it needs the room of two to be read."""
        size = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', self.svg)
        return size is not None and float(size[1]) > TALL


TALL = 450
"""From how many pixels of height on a picture is tall: a third of them is what a row of a printed page gives."""
WIDTH, TITLE_LENGTH, ABOUT_LENGTH, WIDE_TITLE_LENGTH, ROOM = 440, 42, 50, 64, 24
"""How wide the field of a picture of a service is, so that two stand beside each other on a page; where its title is
broken, where the line under it is, and where the title of a picture with a page's width is; and the room at the left
for letters that a browser without Arial draws wider than they were measured."""


def of_service(chart: Chart, marks_lead_to: str = "") -> Drawn:
    """A picture of a service; where `marks_lead_to` is given, each mark leads to the rows behind it."""
    spec = _narrow(chart.spec)
    picture = drawing.to_svg(linked(spec, marks_lead_to) if marks_lead_to else spec)
    return Drawn(chart.title, chart.summary, _out_of_the_way(picture))


def whole(chart: Chart) -> Drawn:
    """A picture that has the width of a page to itself; the page has its table, and its words for a screen reader."""
    # Broken sooner where the picture is narrower than usual, or the title would be cut at its edge.
    longest = min(WIDE_TITLE_LENGTH, WIDE_TITLE_LENGTH * (chart.spec["width"] + AFTER) // (USUAL_WIDTH + AFTER))
    return Drawn(chart.title, chart.summary, drawing.to_svg(_dressed(chart.spec, longest, longest)))


def _narrow(spec: Spec) -> Spec:
    """The same picture for half a page."""
    return {**_dressed(spec, TITLE_LENGTH, ABOUT_LENGTH), "width": min(WIDTH, spec["width"])}


def _dressed(spec: Spec, longest: int, about: int) -> Spec:
    """The same picture for a page: its words are broken sooner, and what stands at the left has room."""
    heading = dict(spec["title"])
    for part, length in (("text", longest), ("subtitle", about)):
        if part in heading:
            heading[part] = in_lines(" ".join(line.strip(" ") for line in heading[part]), length)
    padding = {**spec["padding"], "left": spec["padding"]["left"] + ROOM}
    # Without words of its own for each mark: the page has the table, and hides the picture from a screen reader.
    config = {**spec["config"], "aria": False}
    return {**spec, "title": heading, "padding": padding, "config": config}


def as_png(chart: Chart) -> bytes:
    """A chart as a PNG, to be taken out."""
    return drawing.to_png(chart.spec)


def as_svg_file(chart: Chart) -> bytes:
    """A chart as an SVG, to be taken out."""
    return drawing.to_svg(chart.spec).encode()


def _out_of_the_way(svg: str) -> str:
    """The marks leave the order of the keyboard: the table beside the picture has the same links, with words."""
    return svg.replace("<a xlink:href", '<a tabindex="-1" xlink:href')


def of_journey(told: Journey, gaps: Sequence[Gap]) -> Drawn | None:
    """The lanes of one child's journey, each mark a link within the page; None where no date can be drawn."""
    if not told.sound:
        return None
    chart = swimlane(told, gaps)
    return Drawn(chart.title, chart.summary, _out_of_the_way(drawing.to_svg(chart.spec)))


def pareto(weights: Iterable[Any]) -> Chart:
    """The chart of the rules by how many issues they make, with the same numbers as a table."""
    return pareto_chart(
        [ParetoRow(one.rule, one.says, one.severity_words.lower(), one.lists, one.issues) for one in weights]
    )


def completeness(columns: Iterable[Any]) -> Chart:
    """How the columns of every list are filled, in one picture, with the same numbers as a table."""
    return completeness_matrix([
        Filled(f"{one.list}", one.heading, one.filled, one.rows, one.may_be_blank)
        for one in sorted(columns, key=lambda one: int(one.list))
    ])  # fmt: skip


def to_svg(chart: Chart) -> str:
    """Any chart as an SVG document."""
    return drawing.to_svg(chart.spec)
