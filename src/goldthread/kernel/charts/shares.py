"""Percentages with their ranges, under the headings of their groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from goldthread.kernel.charts.base import (
    BAND,
    DOT,
    FONT,
    GRID,
    INK,
    LINE_LENGTH,
    QUIET,
    TITLE_LENGTH,
    Cell,
    Chart,
    Spec,
    in_lines,
)

ROW_HEIGHT = 34

_BREAK = "¶"  # a line feed would be lost on the way through the expressions of Vega


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One percentage with its range, all from 0 to 100; `group` gathers rows under a heading."""

    title: str
    value: float
    low: float
    high: float
    counts: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A percentage whose numbers are withheld: it is not drawn, and stands in the table with its name alone."""

    title: str
    group: str = ""


COLUMNS = ("service", "measure", "how many", "%", "likely from", "likely to")
"""What the table of `measures_picture` tells of each measure."""


def measures_picture(rows: Sequence[ChartRow | Held], *, summary: str = "") -> Chart:
    """All percentages in one picture, the finding above it, with the same numbers as a table.

    What is withheld has `c` for its numbers. With nothing to draw the specification is that of a chart of nothing.
    """
    drawn = [row for row in rows if isinstance(row, ChartRow)]
    title = _of_measures(drawn)
    table: list[tuple[Cell, ...]] = [
        (row.group, row.title, "c", "c", "c", "c") if isinstance(row, Held)
        else (row.group, row.title, row.counts, round(row.value, 1), round(row.low, 1), round(row.high, 1))
        for row in rows
    ]  # fmt: skip
    said = summary or f"{title}. Each dot is a measure, each band its likely range (95%)."
    return Chart(title, said, measures_chart(drawn, summary=said, title=title), COLUMNS, tuple(table))


def _of_measures(rows: Sequence[ChartRow]) -> str:
    """The ends of the percentages, by name."""
    if not rows:
        return "No measure has a percentage that may be shown"
    lowest, highest = min(rows, key=lambda row: row.value), max(rows, key=lambda row: row.value)
    if len(rows) == 1:
        return f"One measure has a percentage: {lowest.title}, {lowest.value:.1f}%"
    return (
        f"{len(rows)} percentages, from {lowest.value:.1f}% ({lowest.title}) to {highest.value:.1f}% ({highest.title})"
    )


def measures_chart(rows: Sequence[ChartRow], *, width: int = 520, summary: str = "", title: str = "") -> Spec:
    """A dot for each percentage and a band for its 95% range, by group; an empty list gives a chart of nothing.

    `summary` is its text alternative, kept with the specification, and `title` stands above it.
    """
    data = [
        {"title": _broken(row.title), "value": row.value, "low": row.low, "high": row.high, "counts": row.counts,
         "group": row.group, "label": f"{row.value:.1f}%"}
        for row in rows
    ]  # fmt: skip
    groups = list(dict.fromkeys(row.group for row in rows))
    order = [_broken(row.title) for row in rows]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        **({"title": _heading(title)} if title else {}),
        "description": summary or "Percentages with their 95% ranges; the same numbers are in the table beside it.",
        "background": "white",
        "padding": {"left": 40, "right": 24, "top": 8, "bottom": 8},
        "data": {"values": data},
        "facet": {
            "row": {
                "field": "group", "type": "nominal", "sort": groups, "title": None,
                "header": {
                    "labelAngle": 0, "labelOrient": "top", "labelAnchor": "start", "labelFontWeight": "bold",
                    "labelFontSize": 14, "labelColor": INK, "labelPadding": 4,
                },
            }
        },
        "spec": {"width": width, "height": {"step": ROW_HEIGHT}, "layer": _layers(order)},
        "resolve": {"scale": {"y": "independent"}, "axis": {"x": "independent"}},
        "spacing": 18,
        "config": {
            "font": FONT, "view": {"stroke": None},
            "axis": {
                "labelFontSize": 13, "labelColor": INK, "titleColor": QUIET, "titleFontSize": 12,
                "gridColor": GRID, "domainColor": GRID, "tickColor": GRID, "labelLimit": 460,
            },
        },
    }  # fmt: skip


def _heading(title: str) -> Spec:
    return {
        "text": in_lines(title, TITLE_LENGTH), "anchor": "start", "fontSize": 16, "color": INK,
        "offset": 14, "lineHeight": 20,
    }  # fmt: skip


NARROW, NARROW_LINE = 240, 30
"""Of a narrow chart: the width of its ground in pixels, and the signs of a line. So it fits a telephone."""


def narrow_measures_chart(rows: Sequence[ChartRow], *, summary: str = "") -> Spec:
    """The same percentages for a narrow page: each title stands above its band, so that the ground keeps its width.

    `summary` is its text alternative. Groups are left out; an empty list gives a chart of nothing.
    """
    titles = [_broken(row.title, NARROW_LINE) for row in rows]
    data = [
        {"title": title, "value": row.value, "low": row.low, "high": row.high, "label": f"{row.value:.1f}%"}
        for title, row in zip(titles, rows, strict=True)
    ]
    lines = max((title.count(_BREAK) + 1 for title in titles), default=1)
    down = {**_down(titles), "axis": None}
    above: Spec = {
        "mark": {"type": "text", "fontSize": 13, "color": INK, "align": "left", "baseline": "line-bottom", "dy": -10,
                 "lineBreak": _BREAK},
        "encoding": {
            "x": {"datum": 0, "type": "quantitative"}, "y": down, "text": {"field": "title"},
        },
    }  # fmt: skip
    layers = [{**one, "encoding": {**one["encoding"], "y": down}} for one in _layers(titles)]
    plain = measures_chart(rows, width=NARROW, summary=summary)
    return {
        **{name: held for name, held in plain.items() if name not in ("facet", "spec", "resolve", "spacing")},
        "padding": {"left": 6, "right": 20, "top": 8, "bottom": 8},
        "data": {"values": data}, "width": NARROW, "height": {"step": ROW_HEIGHT + 16 * lines},
        "layer": [*layers, above],
    }  # fmt: skip


def _broken(title: str, length: int = LINE_LENGTH) -> str:
    return _BREAK.join(wrap(title, length))


def _down(order: list[str]) -> dict[str, Any]:
    return {"field": "title", "type": "nominal", "sort": order, "title": None}


def _layers(order: list[str]) -> list[Spec]:
    across = {"type": "quantitative", "scale": {"domain": [0, 100]}, "title": None}
    down = {
        **_down(order),
        "axis": {
            "labelPadding": 10, "ticks": False, "domain": False, "labelExpr": f"split(datum.label, '{_BREAK}')",
        },
    }  # fmt: skip
    axis = {"values": [0, 25, 50, 75, 100], "labelExpr": "datum.value + '%'", "grid": True}
    return [
        {
            "mark": {"type": "rule", "strokeWidth": 12, "color": BAND},
            "encoding": {"x": {**across, "field": "low", "axis": axis}, "x2": {"field": "high"}, "y": down},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 90, "color": DOT, "opacity": 1},
            "encoding": {"x": {**across, "field": "value"}, "y": down},
        },
        {
            "transform": [{"calculate": "datum.high > 88 ? datum.low : datum.high", "as": "beside"}],
            "mark": {"type": "text", "fontSize": 12, "color": INK, "dx": {"expr": "datum.high > 88 ? -10 : 10"},
                     "align": {"expr": "datum.high > 88 ? 'right' : 'left'"}},
            "encoding": {"x": {**across, "field": "beside"}, "y": down, "text": {"field": "label"}},
        },
    ]  # fmt: skip
