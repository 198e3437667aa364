"""What becomes of children after they came in: flows from one stage to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import tanh

from goldthread.domain.disclosure import SYMBOLS, SafeFlows
from goldthread.domain.disclosure.tables import TOGETHER
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
from goldthread.kernel.tally import WITHHELD

POINTS = 17
GAP = 0.03
"""The space between two boxes of one stage, as a share of the height."""

ROOM, EDGE = 0.7, 60
"""The room for the words of the last boxes, in stages, and beyond them in pixels: a browser without Arial draws wider
letters than were measured."""

THIN = 0.03
"""How wide every flow that is withheld is drawn, as a share of what is shown: its width tells nothing."""

LONGEST = 34
"""A name of boxes taken together that is longer stands beside its box shortened."""

BESIDE = 15
"""Words of a box that are longer, where another stage follows and there are more than two, stand in two lines: side by
side on half a page they would run into the words of the next stage."""

ALL = "all"
"""Stands in the table for every box of the stage before, or after."""

Box = tuple[int, str]
"""The stage and the name of a box."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many went from a box of one stage to a box of the next; `mark` names it in an address.

    A `count` that is None is withheld.
    """

    stage: int
    start: str
    end: str
    count: int | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How many stand in each box, None where that is withheld; how wide each flow is drawn, and where each box lies."""

    flows: Sequence[Flow]
    sizes: Mapping[Box, int | None]
    thin: float
    scale: float
    places: Mapping[Box, Mapping[str, object]] = field(default_factory=dict)

    def width(self, flow: Flow) -> float:
        """How wide a flow is drawn, in children."""
        return self.thin if flow.count is None else flow.count


def sankey(flows: Sequence[Flow], says: str, *, stages: Sequence[str]) -> Chart:
    """Stages from left to right, boxes as high as they hold children, ribbons as wide as went from one to another."""
    sizes = _sizes(flows)
    whole = sum(flow.count or 0 for flow in flows if flow.stage == 0)
    title = _finding(whole, sizes, says)
    summary = f"{title}. Every flow is a row of the table."
    spec = _spec(flows, sizes, stages, title=title, summary=summary, about="")
    rows = tuple((flow.start, flow.end, flow.count) for flow in flows)
    return Chart(title, summary, spec, ("from", "to", "count"), rows, tuple(flow.mark for flow in flows))


def safe_sankey(safe: SafeFlows, says: str, *, stages: Sequence[str]) -> Chart:
    """The same of what may be shown: a withheld flow is a thin dashed band of one width, and a box may be withheld.

    The table then holds what stands in the boxes too, since it can no longer be added up.
    """
    flows = [Flow(int(key[0] or 0), str(key[1]), str(key[2]), _known(safe.cells[key])) for key in safe.table.flows]
    sizes = {(int(key[0] or 0), str(key[1])): _known(safe.cells[key]) for key in safe.table.boxes}
    whole = _known(safe.cells[("0", None, None)])
    title, about = _finding(whole, sizes, says), _about(flows, sizes, safe)
    summary = f"{title}. Every flow is a row of the table. {about}".strip()
    spec = _spec(flows, sizes, stages, title=title, summary=summary, about=about)
    rows: list[tuple[Cell, ...]] = [(flow.start, flow.end, _cell(flow.count)) for flow in flows]
    if None in sizes.values() or any(flow.count is None for flow in flows):
        rows += _of_boxes(flows, sizes, whole)
    return Chart(title, summary, spec, ("from", "to", "count"), tuple(rows), ("",) * len(rows))


def _known(cell: int | str) -> int | None:
    return cell if isinstance(cell, int) else None


def _cell(count: int | None) -> Cell:
    return WITHHELD if count is None else count


def _about(flows: Sequence[Flow], sizes: Mapping[Box, int | None], safe: SafeFlows) -> str:
    """What the reader must know: which bands tell nothing by their width, and what was taken together."""
    said = []
    if None in sizes.values() or any(flow.count is None for flow in flows):
        said.append(f"{WITHHELD}: {SYMBOLS[WITHHELD]}; dashed bands are all of one width, which tells nothing.")
    if safe.together:
        said.append(f"Taken together, being small: {'; '.join(safe.together)}.")
    return " ".join(said)


def _of_boxes(flows: Sequence[Flow], sizes: Mapping[Box, int | None], whole: int | None) -> list[tuple[Cell, ...]]:
    """What stands in each box as rows of the table: what comes into the last, what goes out of the others."""
    going = {(flow.stage, flow.start) for flow in flows}
    rows: list[tuple[Cell, ...]] = [
        (box[1], ALL, _cell(size)) if box in going else (ALL, box[1], _cell(size)) for box, size in sizes.items()
    ]
    return rows if sum(stage == 0 for stage, _ in sizes) == 1 else [*rows, (ALL, ALL, _cell(whole))]


def _sizes(flows: Sequence[Flow]) -> dict[Box, int | None]:
    """How many stand in each box: the larger of what comes in and what goes out."""
    coming: dict[Box, int] = {}
    going: dict[Box, int] = {}
    for flow in flows:
        going[flow.stage, flow.start] = going.get((flow.stage, flow.start), 0) + (flow.count or 0)
        coming[flow.stage + 1, flow.end] = coming.get((flow.stage + 1, flow.end), 0) + (flow.count or 0)
    return {box: max(coming.get(box, 0), going.get(box, 0)) for box in dict.fromkeys([*going, *coming])}


def _finding(whole: int | None, sizes: Mapping[Box, int | None], says: str) -> str:
    """The largest part, of those that may be shown, of what begins at the left, and where it ends."""
    ends = {name: size for (stage, name), size in sizes.items() if stage == 1 and size}
    if whole is None or (whole and not ends):
        return f"Where {says} led, as far as it may be shown"
    if not whole:
        return f"No {says} can be followed"
    largest = max(ends, key=lambda end: ends[end])
    return f"Of {whole:,} {says}, {ends[largest]:,} ({100 * ends[largest] / whole:.0f}%) went to: {largest.lower()}"


def _spec(
    flows: Sequence[Flow], sizes: Mapping[Box, int | None], stages: Sequence[str], *, title: str, summary: str,
    about: str,
) -> Spec:  # fmt: skip
    layout = _laid_out(flows, sizes, len(stages))
    ribbons, held = _ribbons(layout), list(layout.places.values())
    edge = len(stages) - 1
    across = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.03, edge + ROOM]}}
    up = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1.08], "nice": False}}
    placed = {"x": across, "y": up, "y2": {"field": "y2"}, "detail": {"field": "flow"}}
    withheld = [point for point in ribbons if point["withheld"]]
    middles = [{**point, "y": (float(str(point["y"])) + float(str(point["y2"]))) / 2, "label": WITHHELD}
               for point in withheld if point["step"] == POINTS // 2]  # fmt: skip
    layers: list[Spec] = [
        {"data": values([point for point in ribbons if not point["withheld"]]),
         "mark": {"type": "area", "color": BAND, "opacity": 0.75, "stroke": "white"}, "encoding": placed},
        {"data": values(held), "mark": {"type": "rect", "color": DOT},
         "encoding": {"x": across, "x2": {"field": "x2"}, "y": up, "y2": {"field": "y2"}}},
        *([{"data": values(withheld), "encoding": placed,
            "mark": {"type": "area", "color": "white", "stroke": QUIET, "strokeDash": [4, 3], "strokeWidth": 1}},
           *haloed(_words(middles, across, up, align="center", color=QUIET))] if withheld else []),
        *haloed(_words([{**box, "y": box["middle"]} for box in held], across, up, dx=12, color=INK)),
        _words([{"x": place, "y": 1.05, "label": stage} for place, stage in enumerate(stages)], across, up,
               fontWeight="bold", color=QUIET),
    ]  # fmt: skip
    spec = layered(layers, title=title, summary=summary, about=about, height=300, width=700)
    spec["padding"] = {**spec["padding"], "right": EDGE}
    return spec


def _words(rows: Sequence[Mapping[str, object]], across: Spec, up: Spec, **look: object) -> Spec:
    return {"data": values(rows), "mark": {"type": "text", "align": "left", "fontSize": 12, **look},
            "encoding": {"x": across, "y": up, "text": {"field": "label"}}}  # fmt: skip


def _laid_out(flows: Sequence[Flow], sizes: Mapping[Box, int | None], stages: int) -> _Layout:
    """Each box with its place: as high as what stands in it, or as the ribbons at one of its sides where they need it.

    Nothing depends on what is withheld but that it is.
    """
    whole = max((sum(flow.count or 0 for flow in flows if flow.stage == stage) for stage in range(stages)), default=0)
    layout = _Layout(flows, sizes, max(1.0, THIN * whole), 0.0)
    heights = {box: _height(layout, box) for box in sizes}
    columns = [[box for box in sizes if box[0] == stage] for stage in range(stages)]
    most = max((len(column) for column in columns), default=0)
    highest = max((sum(heights[box] for box in column) for column in columns), default=0) or 1
    scale = (1 - GAP * max(most - 1, 0)) / highest
    places: dict[Box, Mapping[str, object]] = {}
    for column in columns:
        top = 1.0
        for stage, name in column:
            height, size = heights[stage, name] * scale, sizes[stage, name]
            said = WITHHELD if size is None else f"{size:,}"
            words = _beside(_short(name), said, followed=stages > 2 and stage < stages - 1)
            places[stage, name] = {"x": stage, "x2": stage + 0.012, "y": top - height, "y2": top,
                                   "middle": top - height / 2, "label": words}  # fmt: skip
            top -= height + GAP
    return _Layout(flows, sizes, layout.thin, scale, places)


def _short(name: str) -> str:
    """A box's name beside it: of many that were taken together the first, so that it does not run into the next stage.

    The line under the title and the table name them all.
    """
    parts = name.split(TOGETHER)
    return name if len(parts) == 1 or len(name) <= LONGEST else f"{parts[0]} and {len(parts) - 1} more"


def _beside(name: str, said: str, *, followed: bool) -> str | list[str]:
    """What stands beside a box: its name and how many, in one line or, where the next stage is near, in two."""
    return [f"{name} ", said] if followed and len(name) + len(said) >= BESIDE else f"{name} {said}"


def _height(layout: _Layout, box: Box) -> float:
    coming = sum(layout.width(flow) for flow in layout.flows if (flow.stage + 1, flow.end) == box)
    going = sum(layout.width(flow) for flow in layout.flows if (flow.stage, flow.start) == box)
    return max(layout.sizes[box] or 0, coming, going)


def _ribbons(layout: _Layout) -> list[dict[str, object]]:
    """Points along the two edges of each ribbon."""
    used: dict[tuple[str, Box], float] = {}
    points: list[dict[str, object]] = []
    order = {box: place for place, box in enumerate(layout.places)}
    # From the top: ribbons leave and arrive in the order of the boxes at their other end, so that few cross.
    level = sorted(
        layout.flows, key=lambda one: (one.stage, order[one.stage, one.start], order[one.stage + 1, one.end])
    )
    for number, flow in enumerate(level):
        width = layout.width(flow) * layout.scale
        tops = []
        for side in (("out", (flow.stage, flow.start)), ("in", (flow.stage + 1, flow.end))):
            tops.append(float(str(layout.places[side[1]]["y2"])) - used.get(side, 0.0))
            used[side] = used.get(side, 0.0) + width
        for step in range(POINTS):
            along = step / (POINTS - 1)
            bend = (tanh(4 * (along - 0.5)) / tanh(2) + 1) / 2
            top = tops[0] + (tops[1] - tops[0]) * bend
            points.append({"x": flow.stage + 0.012 + along * 0.988, "y": top - width, "y2": top, "flow": number,
                           "mark": flow.mark, "step": step, "withheld": flow.count is None})  # fmt: skip
    return points
