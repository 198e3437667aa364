"""One authority among the others: a strip of all, a funnel, and lines over the years."""

from typing import Any

from goldthread.domain.funnels import Basis, Funnel
from goldthread.kernel.charts import findings
from goldthread.kernel.charts.base import BAND, DOT, INK, QUIET, SIGNAL, Cell, Chart, Spec, layered, number, values
from goldthread.kernel.comparison import Comparison, Line

_BINS = 70
_STEPS = 48
_FRONT = {"own": 2, "neighbour": 1, "other": 0}


def _kinds(own: str, *, legend: bool = True) -> Spec:
    """Shapes and colours that tell an authority, its neighbours and the others apart; the shapes alone would do."""
    order = [own, "neighbours", "other authorities"]
    # One legend holds both, so its keys must be the same for shape and for colour.
    key: Any = {"orient": "top"} if legend else None
    return {
        "shape": {"field": "kind", "type": "nominal", "legend": key,
                  "scale": {"domain": order, "range": ["diamond", "square", "circle"]}},
        "color": {"field": "kind", "type": "nominal", "legend": key,
                  "scale": {"domain": order, "range": [SIGNAL, DOT, BAND]}},
        "size": {"field": "kind", "type": "nominal", "legend": None,
                 "scale": {"domain": order, "range": [260, 80, 60]}},
    }  # fmt: skip


def authority_strip(compared: Comparison, *, also: tuple[str, float] | None = None) -> Chart:
    """Every authority as a dot, stacked where values are alike; England, region and neighbours' mean as lines.

    `also` is a figure that is not published, such as one worked out from a submission, with its name.
    """
    name, title = compared.authority.name, findings.of_strip(compared)
    dots = _stacked(compared)
    top = max(*(dot["stack"] for dot in dots), 4) if dots else 4
    across = {
        "field": "value", "type": "quantitative", "scale": {"zero": False, "nice": True},
        "axis": {"title": compared.unit or None, "grid": False, "format": ",~f"},
    }  # fmt: skip
    up = {"field": "stack", "type": "quantitative", "axis": None, "scale": {"domain": [-0.5, top * 1.7 + 4]}}
    layers: list[Spec] = [
        {"data": values(dots), "mark": {"type": "point", "filled": True, "opacity": 1},
         "encoding": {"x": across, "y": up, "order": {"field": "front"}, **_kinds(name)}},
        *_line_layers(_named_lines(compared, also, top), across, up),
    ]  # fmt: skip
    summary = f"{title}. Each dot is an authority; the same numbers are in the table."
    spec = layered(layers, title=title, summary=summary, about=f"{compared.title}, {compared.period}")
    more = [(*also, "not published")] if also is not None else []
    return Chart(title, summary, spec, ("place", "value", "is"), (*_strip_rows(compared), *more))


def _named_lines(compared: Comparison, also: tuple[str, float] | None, top: int) -> list[dict[str, Any]]:
    """The authority's own value, the one that is not published, and the comparators: each with its height and words."""
    name, latest = compared.authority.name, compared.latest
    held = [(name, latest.value)] if latest is not None and latest.value is not None else []
    ends = [peer.value for peer in compared.peers]
    middle = (min(ends) + max(ends)) / 2 if ends else 0.0
    said = (*held, *([also] if also is not None else []), *_comparators(compared))
    return [
        {
            "value": value, "label": f"{label} {number(value, compared.decimals)}", "own": label == name,
            "right": value > middle, "y": top + 1.2 + height * (top * 0.16 + 0.6),
        }
        for height, (label, value) in enumerate(said)
    ]  # fmt: skip


def _line_layers(lines: list[dict[str, Any]], across: Spec, up: Spec) -> list[Spec]:
    """The lines, and their words on the side where there is room for them."""
    layers: list[Spec] = []
    for own in (True, False):
        said = [line for line in lines if line["own"] is own]
        look: Spec = {"strokeWidth": 1.5} if own else {"strokeDash": [5, 3]}
        layers.append(
            {"data": values([{**line, "stack": -0.5} for line in said]),
             "mark": {"type": "rule", "color": SIGNAL if own else QUIET, **look},
             "encoding": {"x": across, "y": up, "y2": {"field": "y"}}}
        )  # fmt: skip
        layers += [
            {"data": values([{**line, "stack": line["y"]} for line in said if line["right"] is right]),
             "mark": {"type": "text", "align": "right" if right else "left", "dx": -4 if right else 4, "dy": 4,
                      "fontSize": 13 if own else 12, "color": INK, "fontWeight": "bold" if own else "normal"},
             "encoding": {"x": across, "y": up, "text": {"field": "label"}}}
            for right in (False, True)
        ]  # fmt: skip
    return layers


def _strip_rows(compared: Comparison) -> tuple[tuple[Cell, ...], ...]:
    peers = [(peer.name, peer.value, _role(compared, peer.code, peer.neighbour)) for peer in compared.peers]
    return (*peers, *((label, value, "comparator") for label, value in _comparators(compared)))


def _role(compared: Comparison, code: str, neighbour: bool) -> str:
    return "own" if code == compared.authority.code else "neighbour" if neighbour else "other"


def _comparators(compared: Comparison) -> list[tuple[str, float]]:
    mean = compared.neighbours.at(compared.period) if compared.neighbours else None
    named = [
        ("England", compared.comparator(compared.england)),
        (compared.region.name if compared.region else "", compared.comparator(compared.region)),
        (f"mean of {mean.of} neighbours ({compared.model})" if mean else "", mean.value if mean else None),
    ]
    return [(label, value) for label, value in named if value is not None]


def _stacked(compared: Comparison) -> list[dict[str, Any]]:
    """A dot for each authority; those whose values fall together stand on each other, the own one in front."""
    if not compared.peers:
        return []
    low, high = compared.peers[0].value, compared.peers[-1].value
    width = max((high - low) / _BINS, 1e-9)
    heights: dict[int, int] = {}
    dots = []
    for peer in compared.peers:
        place = round((peer.value - low) / width)
        heights[place] = heights.get(place, -1) + 1
        role = _role(compared, peer.code, peer.neighbour)
        kind = {"own": compared.authority.name, "neighbour": "neighbours"}.get(role, "other authorities")
        dots.append(
            {"place": peer.name, "value": peer.value, "stack": heights[place], "kind": kind, "front": _FRONT[role]}
        )
    return dots


_SIZES = {Basis.SHARE: "how many the percentage is of", Basis.RATE: "children aged 0 to 17"}


def funnel_chart(of: Funnel, own: str, says: str, *, neighbours: frozenset[str] = frozenset()) -> Chart:
    """Authorities by size, with the limits that allow for their spread; `says` names the percentage or the rate."""
    placed = of.place(own)
    title = findings.of_funnel(of, placed, own, says)
    dots, unit = _funnel_dots(of, own, neighbours), findings.funnel_unit(of)
    across = {"field": "size", "type": "quantitative", "scale": {"zero": True},
              "axis": {"title": _SIZES[of.basis], "grid": False, "format": ",~f"}}  # fmt: skip
    up = {"field": "value", "type": "quantitative", "scale": {"zero": False}, "axis": {"title": unit}}
    layers: list[Spec] = [
        {"data": values([{"value": of.basis.per * of.pooled}]), "mark": {"type": "rule", "color": QUIET},
         "encoding": {"y": up}},
        {"data": values(_funnel_limits(of)), "mark": {"type": "line", "color": QUIET, "strokeWidth": 1.4},
         "encoding": {"x": across, "y": up, "detail": {"field": "line"},
                      "strokeDash": {"field": "limit", "type": "nominal", "legend": {"orient": "top"},
                                     "scale": {"domain": ["95%", "99.8%"], "range": [[5, 3], [1, 0]]}}}},
        {"data": values(dots), "mark": {"type": "point", "filled": True, "opacity": 1},
         "encoding": {"x": across, "y": up, "order": {"field": "front"}, **_kinds(own)}},
        {"data": values([dot for dot in dots if dot["kind"] == own]),
         "mark": {"type": "text", "dx": 12, "align": "left", "fontSize": 13, "fontWeight": "bold", "color": INK},
         "encoding": {"x": across, "y": up, "text": {"field": "place"}}},
    ]  # fmt: skip
    adjusted = "The limits allow for the spread that authorities have anyway. " if of.over_dispersed else ""
    summary = f"{title}. {adjusted}{findings.spread_warning(of)}".strip()
    columns = ("authority", "count", "of", unit, "z", "z allowing for spread")
    spec = layered(layers, title=title, summary=summary, about=says, height=360)
    return Chart(title, summary, spec, columns, _funnel_rows(of))


def _funnel_dots(of: Funnel, own: str, neighbours: frozenset[str]) -> list[dict[str, Any]]:
    names = {"own": own, "neighbour": "neighbours", "other": "other authorities"}
    return [
        {
            "place": entry.unit.name, "size": entry.unit.denominator, "value": of.basis.per * entry.share,
            "kind": names[_role_of(entry.unit.name, own, neighbours)],
            "front": _FRONT[_role_of(entry.unit.name, own, neighbours)],
        }
        for entry in of.units
    ]  # fmt: skip


def _funnel_limits(of: Funnel) -> list[dict[str, Any]]:
    """Points on the limits, closest together where they bend most."""
    largest = max(entry.unit.denominator for entry in of.units)
    smallest = min(entry.unit.denominator for entry in of.units)
    sizes = [smallest + (largest * 1.03 - smallest) * (step / _STEPS) ** 2 for step in range(_STEPS + 1)]
    return [
        {"size": size, "value": of.basis.per * value, "limit": label, "line": side + label}
        for size in sizes
        for held in (of.limits(size),)
        for label, side, value in (
            ("95%", "low", held.low95), ("95%", "high", held.high95),
            ("99.8%", "low", held.low998), ("99.8%", "high", held.high998),
        )
    ]  # fmt: skip


def _funnel_rows(of: Funnel) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            entry.unit.name, entry.unit.numerator, entry.unit.denominator, round(of.basis.per * entry.share, 1),
            round(entry.z, 2), round(entry.z_adjusted, 2),
        )
        for entry in of.units
    )  # fmt: skip


def _role_of(name: str, own: str, neighbours: frozenset[str]) -> str:
    return "own" if name == own else "neighbour" if name in neighbours else "other"


def comparison_lines(compared: Comparison) -> Chart:
    """The authority, England, the region and the neighbours over the years; no line crosses a break in the series."""
    title = findings.of_lines(compared)
    named = _lines(compared)
    drawn = [
        {
            "place": line.name, "year": figure.year, "value": figure.value,
            "part": f"{line.name}{sum(broken.year <= figure.year for broken in compared.breaks)}",
        }
        for line in named
        for figure in line.figures
        if figure.value is not None
    ]  # fmt: skip
    names = [line.name for line in named]
    across = {"field": "year", "type": "quantitative", "scale": {"zero": False, "nice": False, "padding": 12},
              "axis": {"title": None, "format": "d", "grid": False, "tickMinStep": 1}}  # fmt: skip
    up = {"field": "value", "type": "quantitative", "scale": {"zero": False},
          "axis": {"title": compared.unit or None}}  # fmt: skip
    told = {
        "shape": {"field": "place", "type": "nominal", "legend": {"orient": "top"},
                  "scale": {"domain": names, "range": ["diamond", "circle", "triangle-up", "square"]}},
        "color": {"field": "place", "type": "nominal", "legend": {"orient": "top"},
                  "scale": {"domain": names, "range": [SIGNAL, INK, QUIET, DOT]}},
    }  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "line", "strokeWidth": 2},
         "encoding": {"x": across, "y": up, "detail": {"field": "part"}, "color": told["color"]}},
        {"data": values(drawn), "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
         "encoding": {"x": across, "y": up, **told}},
    ]  # fmt: skip
    shown = {figure.year for line in named for figure in line.figures}
    broken = [{"year": entry.year - 0.5, "reason": entry.reason} for entry in compared.breaks
              if shown and min(shown) < entry.year <= max(shown)]  # fmt: skip
    if broken:
        layers.append({"data": values(broken), "mark": {"type": "rule", "strokeDash": [2, 3], "color": QUIET},
                       "encoding": {"x": across}})  # fmt: skip
    summary = " ".join([f"{title}.", *(f"Break in {entry.year}: {entry.reason}" for entry in compared.breaks)])
    columns, rows = _table(compared, named)
    spec = layered(layers, title=title, summary=summary, about=compared.title)
    return Chart(title, summary, spec, columns, rows)


def _lines(compared: Comparison) -> list[Line]:
    lines = [compared.own, compared.england, compared.region, compared.neighbours]
    return [line for line in lines if line is not None and line.figures]


def _table(compared: Comparison, named: list[Line]) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Comparators down, periods across, with the symbol where there is no figure."""
    periods = list(dict.fromkeys(f.period for f in sorted((f for n in named for f in n.figures), key=lambda f: f.year)))
    rows = []
    for line in named:
        cells: list[Cell] = []
        for period in periods:
            figure = line.at(period)
            cells.append(
                "" if figure is None else figure.symbol if figure.value is None
                else round(figure.value, max(1, compared.decimals) if figure.of is not None else compared.decimals)
            )  # fmt: skip
        rows.append((line.name, *cells))
    return ("place", *periods), tuple(rows)
