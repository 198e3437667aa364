"""Who the children are: a pyramid by age and sex, and wholes divided into parts."""

from collections.abc import Sequence
from typing import Any

from goldthread.kernel.charts.base import (
    BAND,
    BLANK,
    DOT,
    INK,
    QUIET,
    REST,
    SHADES,
    SIGNAL,
    Cell,
    Chart,
    Spec,
    layered,
    values,
)
from goldthread.kernel.tally import WITHHELD, Tally

ROW = 26
NARROW = 0.07
"""The share of a bar from which there is room for a label in it."""


def pyramid(of: Tally, says: str, *, sides: tuple[str, str] = ("Female", "Male")) -> Chart:
    """Ages upwards, one sex to the left and one to the right; whoever is of neither stands in the table."""
    left, right = sides
    title = _of_pyramid(of, says)
    rows: list[dict[str, Any]] = [
        {"age": age, "count": -(of.at(age, side) or 0) if side == left else of.at(age, side) or 0, "side": side,
         "label": str(of.shown(age, side)), "mark": of.link(age, side)}
        for age in of.first for side in sides
    ]  # fmt: skip
    widest = max([abs(row["count"]) for row in rows], default=0) or 1
    down = {"field": "age", "type": "nominal", "sort": list(reversed(of.first)), "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    across = {"field": "count", "type": "quantitative", "scale": {"domain": [-widest * 1.2, widest * 1.2]},
              "axis": {"title": f"{left}  ←   → {right}", "labelExpr": "format(abs(datum.value), ',')", "grid": False,
                       "tickMinStep": 1}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(rows), "mark": {"type": "bar", "height": ROW - 8},
         "encoding": {"x": across, "y": down,
                      "color": {"field": "side", "type": "nominal", "legend": None,
                                "scale": {"domain": list(sides), "range": [DOT, BAND]}}}},
        *(
            {"data": values([row for row in rows if row["side"] == side]),
             "mark": {"type": "text", "align": "right" if side == left else "left", "dx": -5 if side == left else 5,
                      "fontSize": 12, "color": INK},
             "encoding": {"x": across, "y": down, "text": {"field": "label"}}}
            for side in sides
        ),
        {"data": values([{"count": 0}]), "mark": {"type": "rule", "color": QUIET}, "encoding": {"x": across}},
    ]  # fmt: skip
    summary = f"{title}. {left} to the left, {right} to the right, the youngest at the bottom. {of.says()}."
    spec = layered(layers, title=title, summary=summary, about=of.says(), height={"step": ROW})
    return Chart(title, summary, spec, ("age", "sex", "count"), *_cells(of))


def _of_pyramid(of: Tally, says: str) -> str:
    """The largest age band, and its share."""
    total = of.sum()
    bands = {age: of.sum(first=age) for age in of.first}
    known = {age: count for age, count in bands.items() if count}
    if not known or not of.whole:
        return f"No {says} are counted" if total == 0 else f"{says.capitalize()} by age and sex"
    largest = max(known, key=lambda age: known[age])
    share = f", {100 * known[largest] / total:.0f}% of {says}" if total else ""
    return f"The largest group is aged {largest.lower()}: {known[largest]:,}{share}"


def _cells(of: Tally) -> tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]]:
    """The table of a tally by two things, and the mark of each of its rows."""
    places = [(first, second) for first in of.first for second in of.second]
    return tuple((*place, of.shown(*place)) for place in places), tuple(of.mark(*place) for place in places)


def whole_bars(
    of: Tally, says: str, part: str, *, names: tuple[str, str] = ("group", "what"), told: Sequence[str] = ()
) -> Chart:
    """A bar of 100% for each `first`, divided by `second`; `part` is the one that the title tells of.

    Where several are `told` together, `part` says in words what they are.

    What is withheld of a bar is one piece at its end; where its sum is withheld too, it is not drawn.
    """
    title = _of_parts(of, says, part, told or (part,))
    drawn = _parts(of)
    order = list(dict.fromkeys(row["group"] for row in drawn))
    down = {"field": "group", "type": "nominal", "sort": order, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    across = {"type": "quantitative", "scale": {"domain": [0, 1]},
              "axis": {"title": None, "format": "%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": False}}  # fmt: skip
    parts = [second for second in (*of.second, REST) if any(row["part"] == second for row in drawn)]
    shades = [BLANK if part == REST else SHADES[of.second.index(part) % len(SHADES)] for part in parts]
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "bar", "height": 20, "stroke": "white"},
         "encoding": {"x": {**across, "field": "from"}, "x2": {"field": "to"}, "y": down,
                      "color": {"field": "part", "type": "nominal", "scale": {"domain": parts, "range": shades},
                                "legend": {"orient": "top", "columns": 3, "labelLimit": 260}}}},
        {"data": values(drawn), "mark": {"type": "text", "fontSize": 12},
         "encoding": {"x": {**across, "field": "middle"}, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    summary = f"{title}. Each bar is 100% of one group, divided in the order of the key. {of.says()}."
    spec = layered(layers, title=title, summary=summary, about=of.says(), height={"step": 32})
    return Chart(title, summary, spec, (*names, "count", "%"), *_shares(of))


def _parts(of: Tally) -> list[dict[str, Any]]:
    """Where each part of each bar begins and ends, from 0 to 1."""
    drawn: list[dict[str, Any]] = []
    for first in of.first:
        total, before = of.total(first), 0.0
        for second, count in of.parts(first) if total else ():
            share, hidden = count / (total or 1), second == WITHHELD
            label = WITHHELD if hidden else f"{100 * share:.0f}%" if share >= NARROW else ""
            drawn.append({"group": f"{first} (n = {total:,})", "part": REST if hidden else second, "from": before,
                          "to": before + share, "middle": before + share / 2, "label": label,
                          "ink": INK if hidden else _ink(of.second.index(second)),
                          "mark": "" if hidden else of.link(first, second)})  # fmt: skip
            before += share
    return drawn


def _ink(place: int) -> str:
    return "white" if place % 2 == 0 else INK


def _shares(of: Tally) -> tuple[tuple[tuple[Cell, ...], ...], tuple[str, ...]]:
    rows: list[tuple[Cell, ...]] = []
    marks: list[str] = []
    for first in of.first:
        total = of.total(first)
        for second in of.second:
            count = of.at(first, second)
            share: Cell = None if not total or count is None else round(100 * count / total, 1)
            hidden = count is None or total is None
            rows.append((first, second, of.shown(first, second), WITHHELD if hidden else share))
            marks.append(of.mark(first, second))
    return tuple(rows), tuple(marks)


def _of_parts(of: Tally, says: str, part: str, told: Sequence[str]) -> str:
    held = [of.sum(second=one) for one in told]
    count, total = None if None in held else sum(one for one in held if one is not None), of.sum()
    if not total:
        return f"No {says} are counted" if total == 0 else f"{says.capitalize()}: {part.lower()}, by group"
    if count is None:
        return f"{says.capitalize()}: {part.lower()}, by group"
    return f"{100 * count / total:.0f}% of {says}: {part[0].lower()}{part[1:]} ({count:,} of {total:,})"


def count_bars(of: Tally, says: str, *, warns: Sequence[str] = (), name: str = "what", title: str = "") -> Chart:
    """A bar for each `first`, from nought; those in `warns` are marked and said so beside the bar."""
    rows: list[dict[str, Any]] = [
        {"what": first, "count": of.at(first) or 0, "mark": of.link(first), "label": _label(of, first, warns),
         "kind": "warn" if first in warns else "plain"}
        for first in of.first
    ]  # fmt: skip
    title = title or _of_counts(of, says)
    down = {"field": "what", "type": "nominal", "sort": list(of.first), "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    most = max((row["count"] for row in rows), default=0) or 1
    across = {"field": "count", "type": "quantitative", "scale": {"domain": [0, most * 1.25]},
              "axis": {"title": None, "tickMinStep": 1, "format": ",~d"}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(rows), "mark": {"type": "bar", "height": 18},
         "encoding": {"x": across, "y": down,
                      "color": {"field": "kind", "type": "nominal", "legend": None,
                                "scale": {"domain": ["plain", "warn"], "range": [BAND, SIGNAL]}}}},
        {"data": values(rows), "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": INK},
         "encoding": {"x": across, "y": down, "text": {"field": "label"}}},
    ]  # fmt: skip
    summary = f"{title}. Bars begin at nought. {of.says()}."
    spec = layered(layers, title=title, summary=summary, about=of.says(), height={"step": 28})
    table: tuple[tuple[Cell, ...], ...] = tuple((first, of.shown(first)) for first in of.first)
    return Chart(title, summary, spec, (name, "count"), table, tuple(of.mark(first) for first in of.first))


def _label(of: Tally, first: str, warns: Sequence[str]) -> str:
    total, count = of.sum(), of.at(first)
    share = f" ({100 * count / total:.0f}%)" if total and count is not None else ""
    return f"{of.shown(first)}{share}{' ▲' if first in warns and count else ''}"


def _of_counts(of: Tally, says: str) -> str:
    known = {first: count for first in of.first if (count := of.at(first))}
    if not of.whole:
        return f"{says.capitalize()}, where they may be shown"
    if not known:
        return f"No {says} are counted"
    most = max(known, key=lambda first: known[first])
    total = of.sum()
    share = f" ({100 * known[most] / total:.0f}%)" if total else ""
    return f"The largest group of {says}: {most[0].lower()}{most[1:]}, {known[most]:,}{share}"
