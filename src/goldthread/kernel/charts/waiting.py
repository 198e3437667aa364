"""Is work timely, how long have people waited, and does it drift."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from goldthread.domain.intervals import wilson
from goldthread.kernel.charts.base import (
    BAND,
    BLANK,
    DOT,
    INK,
    QUIET,
    REST,
    SIGNAL,
    Cell,
    Chart,
    Spec,
    haloed,
    layered,
    values,
)
from goldthread.kernel.tally import WITHHELD, Tally

FEWEST = 10
"""With fewer there are counts and no percentage."""


def banded_bars(of: Tally, says: str, late: Sequence[str], *, unit: str) -> Chart:
    """How long each took, in the national bands; the bands in `late` lie beyond the limit and are marked."""
    title, told = _of_bands(of, says, late)
    rows: list[dict[str, Any]] = [
        {"band": band, "count": of.at(band) or 0, "kind": "late" if band in late else "in time", "mark": of.link(band),
         "label": f"{of.shown(band)}{' late' if band in late and of.at(band) != 0 else ''}"}
        for band in of.first
    ]  # fmt: skip
    across = {"field": "band", "type": "nominal", "sort": list(of.first),
              "axis": {"title": unit, "labelAngle": 0, "ticks": False}}  # fmt: skip
    most = max((row["count"] for row in rows), default=0) or 1
    up = {"field": "count", "type": "quantitative", "scale": {"domain": [0, most * 1.15]},
          "axis": {"title": None, "tickMinStep": 1, "format": ",~d"}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(rows), "mark": {"type": "bar", "stroke": DOT},
         "encoding": {"x": across, "y": up,
                      "color": {"field": "kind", "type": "nominal", "legend": None,
                                "scale": {"domain": ["in time", "late"], "range": [BAND, SIGNAL]}}}},
        {"data": values(rows), "mark": {"type": "text", "dy": -7, "fontSize": 12, "color": INK},
         "encoding": {"x": across, "y": up, "text": {"field": "label"}}},
    ]  # fmt: skip
    summary = f"{title}. {told}{of.says()}."
    spec = layered(layers, title=title, summary=summary, about=f"{told}{of.says()}", height=240)
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (band, "late" if band in late else "in time", of.shown(band)) for band in of.first
    )
    columns = (unit, "state", "count")
    return Chart(title, summary, spec, columns, table, tuple(of.mark(band) for band in of.first))


def _of_bands(of: Tally, says: str, late: Sequence[str]) -> tuple[str, str]:
    """The share in time, and the range that goes with it."""
    total = of.sum()
    if not total:
        return (f"No {says} are counted" if total == 0 else f"How long {says} took"), ""
    within = sum(of.at(band) or 0 for band in of.first if band not in late)
    if total < FEWEST:
        return f"{within:,} of {total:,} {says} were in time", "Too few for a percentage. "
    held = wilson(within, total)
    likely = f"Likely between {100 * held.low:.0f} and {100 * held.high:.0f}%. "
    return f"{100 * within / total:.0f}% of {says} were in time: {within:,} of {total:,}", likely


STATES = ("Done in time", "Late", "Not yet due", "Not known")
_LOOKS = {"Done in time": DOT, "Late": SIGNAL, "Not yet due": BAND, "Not known": "#d8dbdd"}
_INKS = {"Done in time": "white", "Late": "white", "Not yet due": INK, "Not known": INK}


def state_bars(of: Tally, *, about: str = "") -> Chart:
    """For each duty with a time limit the three states together, and what is not known.

    `first` are the duties, `second` is STATES; `about` says under the title what is counted. What is withheld of a bar
    is one piece at its end.
    """
    title = _of_states(of)
    drawn: list[dict[str, Any]] = []
    for duty in of.first:
        total, before = of.total(duty), 0.0
        for state, count in of.parts(duty) if total else ():
            share, hidden = count / (total or 1), state == WITHHELD
            label = WITHHELD if hidden else f"{count:,}" if share > 0.045 else ""
            drawn.append({"duty": f"{duty} (n = {total:,})", "state": REST if hidden else state, "from": before,
                          "to": before + share, "middle": before + share / 2, "label": label,
                          "ink": _INKS.get(state, INK), "mark": "" if hidden else of.link(duty, state)})  # fmt: skip
            before += share
    states = [*STATES, *([REST] if any(row["state"] == REST for row in drawn) else [])]
    order = list(dict.fromkeys(row["duty"] for row in drawn))
    down = {"field": "duty", "type": "nominal", "sort": order, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 260}}  # fmt: skip
    across = {"type": "quantitative", "scale": {"domain": [0, 1]},
              "axis": {"title": None, "format": "%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": False}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "bar", "height": 20, "stroke": "white"},
         "encoding": {"x": {**across, "field": "from"}, "x2": {"field": "to"}, "y": down,
                      "color": {"field": "state", "type": "nominal", "legend": {"orient": "top"},
                                "scale": {"domain": states, "range": [_LOOKS.get(one, BLANK) for one in states]}}}},
        {"data": values(drawn), "mark": {"type": "text", "fontSize": 12},
         "encoding": {"x": {**across, "field": "middle"}, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    summary = (
        f"{title}. Each bar is everybody for whom the duty exists, divided in the order of the key. {about}".strip()
    )
    spec = layered(layers, title=title, summary=summary, about=about, width=480, height={"step": 32})
    places = [(duty, state) for duty in of.first for state in of.second]
    rows: tuple[tuple[Cell, ...], ...] = tuple((*place, of.shown(*place)) for place in places)
    return Chart(title, summary, spec, ("duty", "state", "count"), rows, tuple(of.mark(*place) for place in places))


def _of_states(of: Tally) -> str:
    """The duty that is late for the largest share of those for whom it was due."""
    shares = {}
    for duty in of.first:
        done, late = of.at(duty, STATES[0]), of.at(duty, STATES[1])
        if done is not None and late is not None and done + late >= FEWEST:
            shares[duty] = (late / (done + late), late, done + late)
    if not shares or not of.whole:
        return "Work done in time, late and not yet due"
    worst = max(shares, key=lambda duty: shares[duty][0])
    share, late, due = shares[worst]
    if not late:
        return "Nothing that was due is late"
    return f"Most often late: {worst[0].lower()}{worst[1:]}, {late:,} of {due:,} late ({100 * share:.0f}%)"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit drawn across a chart: its value, what it is, and the name of the list of those beyond it."""

    value: float
    says: str
    mark: str = ""


ROOM_FOR_WORDS = 0.4
"""What part of the width of a picture the words of a point may need."""


def ecdf(numbers: Sequence[float], says: str, limit: Limit | None, *, unit: str) -> Chart:
    """How many had waited no longer than so long, as steps; with median, the ninetieth of a hundred, and the limit."""
    held = sorted(numbers)
    title = _of_waits(held, says, limit, unit)
    total = len(held)
    steps = [{"days": held[0] if held else 0, "share": 0.0}] if held else []
    steps += [{"days": value, "share": place / total} for place, value in enumerate(held, 1)]
    across = {"field": "days", "type": "quantitative", "scale": {"zero": True, "nice": True},
              "axis": {"title": unit, "grid": False}}  # fmt: skip
    up = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]},
          "axis": {"title": None, "format": "%", "values": [0, 0.25, 0.5, 0.75, 1]}}  # fmt: skip
    told = (("median", _median(held), 0.5), ("90% by", _ninetieth(held), 0.9)) if held else ()
    middle = [
        {"days": value, "share": share, "label": f"{label}: {value:g}", "before": _before(value, held, limit)}
        for label, value, share in told
    ]
    layers: list[Spec] = [
        {"data": values(steps), "mark": {"type": "line", "interpolate": "step-after", "color": DOT, "strokeWidth": 2},
         "encoding": {"x": across, "y": up}},
        {"data": values(middle), "mark": {"type": "point", "filled": True, "size": 90, "color": DOT, "opacity": 1},
         "encoding": {"x": across, "y": up}},
    ]  # fmt: skip
    if limit is not None:
        layers += _limit_layers(limit, across)
    for before, look in ((False, {"align": "left", "dx": 9, "dy": 8}), (True, {"align": "right", "dx": -9, "dy": -4})):
        layers += haloed(
            {"data": values([one for one in middle if one["before"] is before]),
             "mark": {"type": "text", "fontSize": 12, "color": INK, **look},
             "encoding": {"x": across, "y": up, "text": {"field": "label"}}}
        )  # fmt: skip
    summary = f"{title}. n = {total:,}."
    spec = layered(layers, title=title, summary=summary, about=f"n = {total:,}", height=240)
    rows, marks = _percentiles(held), [""] * 6 if held else []
    if limit is not None and held:
        rows = (*rows, (f"longer than {limit.value:g}", f"{sum(value > limit.value for value in held):,} of {total:,}"))
        marks.append(limit.mark)
    return Chart(title, summary, spec, ("share of all", unit), rows, tuple(marks))


def _limit_layers(limit: Limit, across: Spec) -> list[Spec]:
    return [
        {"data": values([{"days": limit.value}]), "mark": {"type": "rule", "color": SIGNAL, "strokeWidth": 2,
                                                           "strokeDash": [6, 3]},
         "encoding": {"x": across}},
        *haloed({"data": values([{"days": limit.value, "label": limit.says, "mark": limit.mark}]),
                 "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "bottom", "fontSize": 12, "color": INK},
                 "encoding": {"x": across, "y": {"value": 236}, "text": {"field": "label"}}}),
    ]  # fmt: skip


def _before(value: float, held: Sequence[float], limit: Limit | None) -> bool:
    """Whether the words of a point stand before it: where after it they would run into the line of the limit, and there
    is room above the steps."""
    most = max(held[-1], limit.value if limit else 0)
    return limit is not None and value < limit.value and value > ROOM_FOR_WORDS * most


def _median(held: Sequence[float]) -> float:
    return float(median(held))


def _ninetieth(held: Sequence[float]) -> float:
    """The least value that at least nine tenths do not exceed."""
    return held[max(0, -(-9 * len(held) // 10) - 1)]


def _percentiles(held: Sequence[float]) -> tuple[tuple[Cell, ...], ...]:
    if not held:
        return ()
    places = [(f"{share}%", held[max(0, -(-share * len(held) // 100) - 1)]) for share in (10, 25, 50, 75, 90, 100)]
    return tuple(places)


def _of_waits(held: Sequence[float], says: str, limit: Limit | None, unit: str) -> str:
    if not held:
        return f"No {says} are counted"
    if limit is None or len(held) < FEWEST:
        return f"Half of {says} took {_median(held):g} {unit} or less, nine tenths {_ninetieth(held):g}"
    over = sum(value > limit.value for value in held)
    part = "None" if not over else f"{100 * over / len(held):.0f}%"
    return f"{part} of {says} took longer than {limit.value:g} {unit}; half took {_median(held):g} or less"


def drift_bars(of: Tally, says: str, months: Sequence[int]) -> Chart:
    """Of what is still open, how much has lasted at least so many months: each bar holds those after it.

    The tally is by whether each reached the months: `first` are the words for them in the order of `months`. Whatever
    is still open may yet last longer: a length that is counted today is a least length.
    """
    order = list(of.first)
    rows: list[dict[str, Any]] = [
        {"what": first, "count": of.at(first) or 0, "label": str(of.shown(first)), "mark": of.link(first)}
        for first in order
    ]
    title = _of_drift(of, says, months)
    down = {"field": "what", "type": "nominal", "sort": order, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    most = max((row["count"] for row in rows), default=0) or 1
    across = {"field": "count", "type": "quantitative", "scale": {"domain": [0, most * 1.15]},
              "axis": {"title": None, "tickMinStep": 1, "format": ",~d"}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(rows), "mark": {"type": "bar", "height": 18, "color": BAND, "stroke": DOT},
         "encoding": {"x": across, "y": down}},
        {"data": values(rows), "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": INK},
         "encoding": {"x": across, "y": down, "text": {"field": "label"}}},
        {"data": values([{"count": 0}]), "mark": {"type": "rule", "color": QUIET}, "encoding": {"x": across}},
    ]  # fmt: skip
    about = "Each bar holds those of the bars below it. What is open may last longer yet."
    summary = f"{title}. {about}"
    spec = layered(layers, title=title, summary=summary, about=about, height={"step": 28})
    table: tuple[tuple[Cell, ...], ...] = tuple((first, of.shown(first)) for first in order)
    return Chart(title, summary, spec, ("lasted", "count"), table, tuple(of.mark(first) for first in order))


def _of_drift(of: Tally, says: str, months: Sequence[int]) -> str:
    whole, longest = of.at(of.first[0]), of.at(of.first[-1])
    if whole is None or longest is None:
        return f"How long {says} have lasted"
    if not whole:
        return f"No {says} are open"
    return f"{longest:,} of {whole:,} {says} have lasted {months[-1]} months or more"
