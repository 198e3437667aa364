"""Change over time: a control chart with its signals and broken limits, and a survival curve."""

from collections.abc import Mapping
from typing import Any

from goldthread.domain.control_charts import SIGNAL_SAYS, ControlChart, Direction, Mark
from goldthread.domain.survival import Curve
from goldthread.kernel.charts import findings
from goldthread.kernel.charts.base import (
    BAND,
    DOT,
    HEIGHT,
    INK,
    QUIET,
    SIGNAL,
    Cell,
    Chart,
    Spec,
    haloed,
    layered,
    values,
)
from goldthread.kernel.charts.callouts import callouts, domain_of

CHANCE, BETTER, WORSE, CHANGED = "chance", "signal: better", "signal: worse", "signal"
HIGHER, LOWER, FEW = "signal: higher", "signal: lower", "too few to tell"

_LOOKS = {CHANCE: ("circle", DOT), BETTER: ("triangle-up", DOT), WORSE: ("square", SIGNAL), CHANGED: ("cross", SIGNAL),
          HIGHER: ("triangle-up", SIGNAL), LOWER: ("triangle-down", SIGNAL), FEW: ("circle", QUIET)}  # fmt: skip


def control_chart_picture(
    chart: ControlChart, says: str, *, target: float | None = None, unit: str = "", decimals: int = 1,
    few: bool = False, found: str = "", told: Mapping[str, str] | None = None, sides: bool = False,
) -> Chart:  # fmt: skip
    """The series with mean, limits and near limits of each stretch; signals have a shape of their own.

    `few` says that most points count so few children that nothing may be called a signal. `found` is its finding
    where the caller has one; `told` is what is said of single periods, and is drawn at them. `sides` names signals by
    where they lie and not as better or worse, for a series that is judged against something else than its own mean.
    """
    title = found or (
        findings.of_few(says) if few else findings.of_control_chart(chart, says, target, unit, decimals, sides=sides)
    )
    order = [point.period for point in chart.points]
    dots = [
        {"period": point.period, "value": point.value, "kind": FEW if few else _kind(chart, marks, sides)}
        for point, marks in zip(chart.points, chart.marks, strict=True)
    ]
    across = {"field": "period", "type": "ordinal", "sort": order, "scale": {"type": "point", "padding": 0.5},
              "axis": {"title": None, "labelAngle": -45 if len(order) > 12 else 0, "labelOverlap": True}}  # fmt: skip
    up = {"field": "value", "type": "quantitative", "scale": {"zero": False}, "axis": {"title": unit or None}}
    if told:
        domain = _domain(chart, target)
        up["scale"] = {"domain": list(domain), "nice": False, "zero": False}
    layers: list[Spec] = [
        *_limit_layers(chart, across, up),
        {"data": values(dots), "mark": {"type": "line", "color": BAND, "strokeWidth": 2},
         "encoding": {"x": across, "y": up}},
        _dots_layer(dots, across, up),
    ]  # fmt: skip
    if target is not None:
        layers += _target_layers(target, up)
    if told:
        layers += callouts([(point.period, point.value) for point in chart.points], told, domain, across, up)
    summary = f"{title}. {_about_limits(chart)}"
    rows = tuple(_rows(chart, decimals, few=few))
    return Chart(title, summary, layered(layers, title=title, summary=summary), _COLUMNS, rows)


def _dots_layer(dots: list[dict[str, Any]], across: Spec, up: Spec) -> Spec:
    """The points, each with the shape and colour of its kind, and a key of the kinds that there are."""
    kinds, key = [kind for kind in _LOOKS if any(dot["kind"] == kind for dot in dots)], {"orient": "top"}
    looks = {
        channel: {"field": "kind", "type": "nominal", "legend": key,
                  "scale": {"domain": kinds, "range": [_LOOKS[kind][place] for kind in kinds]}}
        for place, channel in enumerate(("shape", "color"))
    }  # fmt: skip
    mark = {"type": "point", "filled": True, "size": 110, "opacity": 1}
    return {"data": values(dots), "mark": mark, "encoding": {"x": across, "y": up, **looks}}


def _domain(chart: ControlChart, target: float | None) -> tuple[float, float]:
    """From where to where the scale goes, so that points, limits and target are all seen."""
    held = [one.limits for one in chart.stretches]
    limits = [number for one in held for number in (one.lower, one.upper)]
    return domain_of([*(point.value for point in chart.points), *limits, *([] if target is None else [target])])


def _target_layers(target: float, up: Spec) -> list[Spec]:
    says: Spec = {
        "data": values([{"value": target, "label": f"target {target:g}"}]),
        "mark": {"type": "text", "align": "left", "dy": -7, "fontSize": 12, "color": INK},
        "encoding": {"x": {"value": 4}, "y": up, "text": {"field": "label"}},
    }
    return [
        {"data": values([{"value": target}]),
         "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5, "strokeDash": [8, 4]}, "encoding": {"y": up}},
        # A limit may run right behind the words.
        *haloed(says),
    ]  # fmt: skip


def _limit_layers(chart: ControlChart, across: Spec, up: Spec) -> list[Spec]:
    rules: list[dict[str, Any]] = []
    for stretch in chart.stretches:
        held = stretch.limits
        for kind, side, value in (
            ("mean", "", held.mean), ("limit", "low", held.lower), ("limit", "high", held.upper),
            ("near", "low", held.near_lower), ("near", "high", held.near_upper),
        ):  # fmt: skip
            # One line for each stretch, so that a rebasing shows as a break.
            rules += [{"period": point.period, "value": value, "kind": kind, "line": f"{kind}{side}{stretch.start}"}
                      for point in stretch.points]  # fmt: skip
    looks: dict[str, Spec] = {
        "mean": {"strokeWidth": 2}, "limit": {"strokeDash": [6, 3], "strokeWidth": 1.5},
        "near": {"strokeDash": [1, 3], "strokeWidth": 1},
    }  # fmt: skip
    layers: list[Spec] = [
        {"data": values([rule for rule in rules if rule["kind"] == kind]),
         "mark": {"type": "line", "color": QUIET, **look},
         "encoding": {"x": across, "y": up, "detail": {"field": "line"}}}
        for kind, look in looks.items()
    ]  # fmt: skip
    breaks = [{"period": stretch.points[0].period, "reason": stretch.reason} for stretch in chart.stretches[1:]]
    if breaks:
        layers.append({"data": values(breaks), "mark": {"type": "rule", "color": QUIET, "strokeDash": [2, 3]},
                       "encoding": {"x": across}})  # fmt: skip
        layers.append({"data": values(breaks),
                       "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 5, "fontSize": 12,
                                "color": INK, "limit": 260},
                       "encoding": {"x": across, "y": {"value": HEIGHT - 4}, "text": {"field": "reason"}}})  # fmt: skip
    return layers


def _kind(chart: ControlChart, marks: tuple[Mark, ...], sides: bool) -> str:
    if not marks:
        return CHANCE
    ups = {mark.up for mark in marks}
    if sides and len(ups) == 1:
        return HIGHER if True in ups else LOWER
    if chart.better is Direction.NEITHER or len(ups) > 1:
        return CHANGED
    return BETTER if ups == {chart.better is Direction.HIGH} else WORSE


def _about_limits(chart: ControlChart) -> str:
    latest = chart.latest.limits
    parts = [f"Mean {latest.mean:.1f}, {latest.label} {latest.lower:.1f} to {latest.upper:.1f}."]
    parts += [f"Limits drawn anew from {entry.points[0].period}: {entry.reason}." for entry in chart.stretches[1:]]
    if chart.screened:
        parts.append("Very wide moving ranges were left out before the limits were set.")
    return " ".join(parts)


_COLUMNS = ("period", "value", "mean", "lower limit", "upper limit", "signals")


def _rows(chart: ControlChart, decimals: int, *, few: bool) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for stretch in chart.stretches:
        held = stretch.limits
        for point, marks in zip(stretch.points, stretch.marks, strict=True):
            said = "" if few else "; ".join(dict.fromkeys(SIGNAL_SAYS[mark.signal] for mark in marks))
            rows.append((point.period, round(point.value, decimals + 1), round(held.mean, decimals + 1),
                         round(held.lower, decimals + 1), round(held.upper, decimals + 1), said))  # fmt: skip
    return rows


def survival_chart(curve: Curve, event: str, *, day: int = 365) -> Chart:
    """The share to whom it has happened, by days, as steps with their range; `event` reads “had come back”."""
    title = findings.of_survival(curve, event, day)
    steps: list[dict[str, float]] = [{"day": 0, "share": 0.0, "low": 0.0, "high": 0.0}]
    steps += [
        {"day": step.day, "share": 100 * (1 - step.still), "low": 100 * (1 - step.high), "high": 100 * (1 - step.low)}
        for step in curve.steps
    ]
    steps.append({**steps[-1], "day": curve.longest})
    across = {"field": "day", "type": "quantitative", "axis": {"title": "days", "grid": False},
              "scale": {"domain": [0, max(curve.longest, 1)], "nice": False}}  # fmt: skip
    top = max((step["high"] for step in steps), default=0.0)
    # Where it happened to nobody the line lies on the ground, and the scale still says what it is of.
    up = {"type": "quantitative", "axis": {"title": f"% who {event}"},
          "scale": {"domain": [0, max(top, 10)], "nice": True}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(steps), "mark": {"type": "area", "interpolate": "step-after", "color": BAND, "opacity": 0.6},
         "encoding": {"x": across, "y": {**up, "field": "low"}, "y2": {"field": "high"}}},
        {"data": values(steps), "mark": {"type": "line", "interpolate": "step-after", "color": DOT, "strokeWidth": 2.5},
         "encoding": {"x": across, "y": {**up, "field": "share"}}},
    ]  # fmt: skip
    if day <= curve.longest:
        layers.append({"data": values([{"day": day}]), "mark": {"type": "rule", "strokeDash": [5, 3], "color": QUIET},
                       "encoding": {"x": across}})  # fmt: skip
    summary = f"{title}. The band holds 95% of what chance would give; those not followed to the end are allowed for."
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (step.day, step.at_risk, step.happened, round(100 * (1 - step.still), 1), round(100 * (1 - step.high), 1),
         round(100 * (1 - step.low), 1))
        for step in curve.steps
    )  # fmt: skip
    columns = ("day", "still followed", "happened", "% by then", "low", "high")
    return Chart(title, summary, layered(layers, title=title, summary=summary), columns, rows)
