"""What every chart is made of: its title, its specification, and the same numbers as a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from textwrap import wrap
from typing import Any

from goldthread.domain.disclosure.tables import TOGETHER

LINE_LENGTH = 36
"""Where a title is broken: browsers without Arial draw wider letters than the picture was measured with."""

TITLE_LENGTH = 74
"""Where the finding above a chart of the usual width is broken."""

INK, BAND, DOT, QUIET, GRID = "#0b0c0c", "#9fb8d3", "#1d3557", "#505a5f", "#d8dbdd"
SIGNAL = "#b35900"
SHADES = ("#1d3557", "#9fb8d3", "#b35900", "#e3c9a8", "#5b7f61", "#c3d4c5", "#6b4c7d", "#d0c4d8", "#505a5f", "#d8dbdd")
"""Parts of a whole, dark beside light, so that they part in grey too; a label or the table names each."""
REST, BLANK = "Withheld (c)", "#f3f2f1"
"""What is withheld of a bar whose sum may be shown, and its shade: so that the bar is as long as it should be."""

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
WIDTH, HEIGHT, AFTER = 620, 300, 24

Spec = dict[str, Any]
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the finding as its title, a text alternative, and the same numbers as a table."""

    title: str
    summary: str
    spec: Spec
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marks: tuple[str, ...] = ()
    """For each row of the table the name of the mark that stands for it; none where marks lead nowhere."""


def linked(spec: Spec, before: str) -> Spec:
    """The same picture, each of whose marks leads to the list behind it: `before`, and the name of the mark."""

    def parted(of: Spec) -> list[Spec]:
        rows = of["data"]["values"]
        held = [{**row, "link": f"{before}{row['mark']}/"} for row in rows if row.get("mark")]
        if not held:
            return [of]
        # What leads nowhere has a layer of its own: a link that is missing would be drawn as one to “undefined”.
        rest = [row for row in rows if not row.get("mark")]
        leading = {**of, "data": {"values": held}, "encoding": {**of["encoding"], "href": {"field": "link"}}}
        return [leading, {**of, "data": {"values": rest}}] if rest else [leading]

    return {**spec, "layer": [part for of in spec["layer"] for part in parted(of)]}


def key_of(spec: Spec) -> str:
    """The hash of what a chart shows: the same numbers give the same picture."""
    return sha256(json.dumps(spec, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def layered(
    layers: Sequence[Spec],
    *,
    title: str,
    summary: str,
    about: str = "",
    width: int = WIDTH,
    height: int | Mapping[str, int] = HEIGHT,
) -> Spec:
    """A specification of layers in the house's dress, with the finding above it, and under that what is measured."""
    longest = min(TITLE_LENGTH, TITLE_LENGTH * (width + AFTER) // (WIDTH + AFTER))
    # A percentage is not parted from its sign: the wrapping leaves a hard space alone.
    heading: Spec = {
        "text": in_lines(title, longest), "anchor": "start", "frame": "group",
        "fontSize": 16, "color": INK, "offset": 14, "lineHeight": 20,
    }  # fmt: skip
    if about:
        heading |= {"subtitle": in_lines(about, longest), "subtitleFontSize": 13, "subtitleColor": QUIET,
                    "subtitlePadding": 6}  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": summary,
        "title": heading,
        "background": "white",
        "padding": {"left": 16, "right": AFTER, "top": 10, "bottom": 10},
        "width": width,
        "height": height,
        "layer": list(layers),
        "config": {
            "font": FONT, "view": {"stroke": None},
            "axis": {
                "labelFontSize": 13, "labelColor": INK, "titleColor": QUIET, "titleFontSize": 13,
                "titleFontWeight": "normal", "gridColor": GRID, "domainColor": GRID, "tickColor": GRID,
                # A browser without Arial draws wider letters than were measured: ends are not pushed inwards, and
                # neighbours keep apart.
                "labelLimit": 300, "labelFlush": False, "labelSeparation": 10,
            },
            "legend": {"labelFontSize": 13, "labelColor": INK, "symbolSize": 110, "title": None, "columnPadding": 26},
        },
    }  # fmt: skip


def in_lines(text: str, longest: int) -> list[str]:
    """A text in lines of a picture. Each but the last ends in a space, or two words would be copied from it as one."""
    lines = wrap(text, longest)
    return [*(f"{line} " for line in lines[:-1]), *lines[-1:]]


def haloed(layer: Spec) -> list[Spec]:
    """Words of a chart with white around the letters, so that a line behind them does not strike them out."""
    rows = [{key: value for key, value in row.items() if key != "mark"} for row in layer["data"]["values"]]
    halo = {**layer["mark"], "color": "white", "stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}
    return [{**layer, "data": values(rows), "mark": halo}, layer]


def naming(chart: Chart, members: Mapping[str, Sequence[str]]) -> Chart:
    """The same chart, saying which categories were taken together: under its title, in its text, whole in its table.

    `members` are by their names on the chart; with none the chart is as it was.
    """
    if not members:
        return chart
    whole = {name: TOGETHER.join(parts) for name, parts in members.items()}
    told = [name if name == parts else f"{name} ({parts})" for name, parts in whole.items()]
    says = f"Taken together, since some are few: {'; '.join(told)}."
    heading = chart.spec["title"]
    subtitle = [*heading.get("subtitle", []), *in_lines(says, TITLE_LENGTH)]
    dress = {"subtitleFontSize": 13, "subtitleColor": QUIET, "subtitlePadding": 6}
    spec = {**chart.spec, "title": {**heading, **dress, "subtitle": subtitle},
            "description": f"{chart.summary} {says}"}  # fmt: skip
    rows = tuple(tuple(whole.get(cell, cell) if isinstance(cell, str) else cell for cell in row) for row in chart.rows)
    return Chart(chart.title, f"{chart.summary} {says}", spec, chart.columns, rows, chart.marks)


def values(rows: Sequence[Mapping[str, Any]]) -> Spec:
    """Rows as the data of a layer."""
    return {"values": [dict(row) for row in rows]}


def number(value: float, decimals: int, unit: str = "") -> str:
    """A figure as it is read: “92.8%”, “704.4 per 10,000”."""
    return with_unit(f"{value:,.{decimals}f}", unit)


def with_unit(number: str, unit: str) -> str:
    """A number with its unit: a share as “92.8%”, without a space as everywhere, anything else beside its unit."""
    return f"{number}%" if unit == "%" else f"{number} {unit}".rstrip()
