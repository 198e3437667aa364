"""What becomes of children after they came in: flows from one stage to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import tanh

from goldthread.kernel.charts.base import (
    BAND,
    DOT,
    INK,
    QUIET,
    Cell,
    Chart,
    Spec,
    haloed,
    layered,
    values,
)

POINTS = 17
GAP = 0.03
"""The space between two boxes of one stage, as a share of the height."""

ROOM, EDGE = 0.7, 60
"""The room for the words of the last boxes, in stages, and beyond them in pixels: a browser without Arial draws wider
letters than were measured."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many went from a box of one stage to a box of the next; `mark` names it in an address."""

    stage: int
    start: str
    end: str
    count: int
    mark: str = ""


def sankey(flows: Sequence[Flow], says: str, *, stages: Sequence[str], small: int = 0) -> Chart:
    """Stages from left to right, boxes as high as they hold children, ribbons as wide as went from one to another.

    Flows of 1 to `small` are withheld: they are neither drawn nor counted in the boxes, and the table says so.
    """
    shown = [flow for flow in flows if flow.count > small]
    title = _of_flows(shown, says)
    boxes = _boxes(shown, len(stages))
    ribbons = _ribbons(shown, boxes)
    edge = len(stages) - 1
    across = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.03, edge + ROOM]}}
    up = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1.08], "nice": False}}
    held = [box for of_stage in boxes for box in of_stage.values()]
    layers: list[Spec] = [
        {"data": values(ribbons), "mark": {"type": "area", "color": BAND, "opacity": 0.75, "stroke": "white"},
         "encoding": {"x": across, "y": up, "y2": {"field": "y2"}, "detail": {"field": "flow"}}},
        {"data": values(held), "mark": {"type": "rect", "color": DOT},
         "encoding": {"x": across, "x2": {"field": "x2"}, "y": up, "y2": {"field": "y2"}}},
        *haloed({
            "data": values(held), "mark": {"type": "text", "align": "left", "dx": 12, "fontSize": 12, "color": INK},
            "encoding": {"x": {**across, "field": "x"}, "y": {**up, "field": "middle"}, "text": {"field": "label"}},
        }),
        {"data": values([{"x": place, "y": 1.05, "label": stage} for place, stage in enumerate(stages)]),
         "mark": {"type": "text", "align": "left", "fontSize": 12, "fontWeight": "bold", "color": QUIET},
         "encoding": {"x": across, "y": up, "text": {"field": "label"}}},
    ]  # fmt: skip
    about = f"Flows of {small} or fewer are withheld." if small and len(shown) < len(flows) else ""
    summary = f"{title}. Every flow is a row of the table. {about}".strip()
    spec = layered(layers, title=title, summary=summary, about=about, height=300, width=700)
    spec["padding"] = {**spec["padding"], "right": EDGE}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (flow.start, flow.end, flow.count if flow.count > small else "c") for flow in flows
    )
    return Chart(title, summary, spec, ("from", "to", "count"), rows, tuple(flow.mark for flow in flows))


def _of_flows(flows: Sequence[Flow], says: str) -> str:
    """The largest part of what begins at the left, and where it ends."""
    first = [flow for flow in flows if flow.stage == 0]
    total = sum(flow.count for flow in first)
    if not total:
        return f"No {says} can be followed"
    ends: dict[str, int] = {}
    for flow in first:
        ends[flow.end] = ends.get(flow.end, 0) + flow.count
    largest = max(ends, key=lambda end: ends[end])
    return f"Of {total:,} {says}, {ends[largest]:,} ({100 * ends[largest] / total:.0f}%) went to: {largest.lower()}"


def _boxes(flows: Sequence[Flow], stages: int) -> list[dict[str, dict[str, object]]]:
    """Each box of each stage with its place: as high as the larger of what comes in and what goes out."""
    sizes: list[dict[str, int]] = [{} for _ in range(stages)]
    for place in range(stages):
        coming: dict[str, int] = {}
        going: dict[str, int] = {}
        for flow in flows:
            if flow.stage == place:
                going[flow.start] = going.get(flow.start, 0) + flow.count
            if flow.stage == place - 1:
                coming[flow.end] = coming.get(flow.end, 0) + flow.count
        names = dict.fromkeys([*going, *coming])
        sizes[place] = {name: max(coming.get(name, 0), going.get(name, 0)) for name in names}
    whole = max((sum(held.values()) for held in sizes), default=0) or 1
    most = max((len(held) for held in sizes), default=0)
    scale = (1 - GAP * max(most - 1, 0)) / whole
    return [_stacked(held, place, scale) for place, held in enumerate(sizes)]


def _stacked(held: Mapping[str, int], place: int, scale: float) -> dict[str, dict[str, object]]:
    top = 1.0
    boxes: dict[str, dict[str, object]] = {}
    for name, size in held.items():
        height = size * scale
        boxes[name] = {"x": place, "x2": place + 0.012, "y": top - height, "y2": top, "middle": top - height / 2,
                       "label": f"{name} {size:,}", "height": height}  # fmt: skip
        top -= height + GAP
    return boxes


def _ribbons(flows: Sequence[Flow], boxes: Sequence[Mapping[str, Mapping[str, object]]]) -> list[dict[str, object]]:
    """Points along the two edges of each ribbon."""
    used: dict[tuple[str, int, str], float] = {}
    points: list[dict[str, object]] = []
    unit = _unit(flows, boxes)
    for number, flow in enumerate(sorted(flows, key=lambda one: _level(one, boxes))):
        width = flow.count * unit
        tops = []
        for side, place, name in (("out", flow.stage, flow.start), ("in", flow.stage + 1, flow.end)):
            top = float(str(boxes[place][name]["y2"])) - used.get((side, place, name), 0.0)
            used[side, place, name] = used.get((side, place, name), 0.0) + width
            tops.append(top)
        for step in range(POINTS):
            along = step / (POINTS - 1)
            bend = (tanh(4 * (along - 0.5)) / tanh(2) + 1) / 2
            top = tops[0] + (tops[1] - tops[0]) * bend
            points.append({"x": flow.stage + 0.012 + along * 0.988, "y": top - width, "y2": top, "flow": number,
                           "mark": flow.mark})  # fmt: skip
    return points


def _level(flow: Flow, boxes: Sequence[Mapping[str, Mapping[str, object]]]) -> tuple[int, int, int]:
    """From the top: ribbons leave and arrive in the order of the boxes at their other end, so that few cross."""
    start, end = list(boxes[flow.stage]), list(boxes[flow.stage + 1])
    return flow.stage, start.index(flow.start), end.index(flow.end)


def _unit(flows: Sequence[Flow], boxes: Sequence[Mapping[str, Mapping[str, object]]]) -> float:
    """How high one child is."""
    for flow in flows:
        box, size = boxes[flow.stage][flow.start], sum(
            one.count for one in flows if (one.stage, one.start) == (flow.stage, flow.start)
        )  # fmt: skip
        coming = sum(one.count for one in flows if (one.stage + 1, one.end) == (flow.stage, flow.start))
        return float(str(box["height"])) / max(size, coming)
    return 0.0
