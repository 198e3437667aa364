"""Flows from one stage to the next, made safe: what comes into a box is what goes out of it, and both are figures.

A picture of flows shows the flows, and how many stand in each box; a box is the sum of the flows into it and of those
out of it, the first boxes come to the whole, and so a flow that is withheld alone is found at once. The engine that
makes tables safe makes these safe, with those sums; its attacker finds the exact bounds, since flows are a network.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldthread.domain.disclosure.profiles import CONFIDENTIAL, Profile
from goldthread.domain.disclosure.suppression import Problem, solve
from goldthread.domain.disclosure.tables import TOGETHER, Key, Sum, TableError

Way = tuple[str, ...]
"""The boxes that somebody went through, the first stage first."""

WHOLE: Key = ("0", None, None)
"""The place of the sum of the first boxes."""

MOST_MERGES = 24
"""So many boxes at most are taken together, one pair after another, in the search for a table that is safe."""


@dataclass(frozen=True, slots=True)
class FlowTable:
    """How often each way was gone, and by whom: `ways` holds for each child how many times it went that way.

    Raises TableError where a way has fewer than two boxes, or a box is where some end and others go on: what comes in
    is then not what goes out.
    """

    ways: Mapping[Way, Counter[str]]

    def __post_init__(self) -> None:
        if any(len(way) < 2 for way in self.ways):
            raise TableError("A flow leads from one box to another.")
        ending = {(len(way) - 1, way[-1]) for way in self.ways}
        going = {(stage, name) for way in self.ways for stage, name in enumerate(way[:-1])}
        if both := ending & going:
            raise TableError(f"What comes into a box must go out of it, or all of it must end there: {sorted(both)}")

    @property
    def flows(self) -> list[Key]:
        """The places of the flows, in the order of the ways: stage, from and to."""
        steps = ((str(stage), *pair) for way in self.ways for stage, pair in enumerate(pairwise(way)))
        return sorted(dict.fromkeys(steps), key=_stage)

    @property
    def boxes(self) -> list[Key]:
        """The places of the boxes, in the order of the stages and of the ways: stage and name."""
        held = ((str(stage), name, None) for way in self.ways for stage, name in enumerate(way))
        return sorted(dict.fromkeys(held), key=_stage)

    def values(self) -> dict[Key, int]:
        """Every figure: the flows, the boxes, and the whole."""
        return {key: sum(went.values()) for key, went in self._went().items()}

    def children(self) -> dict[Key, int]:
        """How many different children make up each figure."""
        return {key: len(went) for key, went in self._went().items()}

    def sums(self) -> tuple[Sum, ...]:
        """Every sum that holds: the first boxes come to the whole, and each box is what comes in and what goes out."""
        flows, boxes = self.flows, self.boxes
        sums = [Sum(WHOLE, tuple(box for box in boxes if box[0] == "0"))]
        for box in boxes:
            before = str(_stage(box) - 1)
            coming = tuple(flow for flow in flows if (flow[0], flow[2]) == (before, box[1]))
            going = tuple(flow for flow in flows if (flow[0], flow[1]) == (box[0], box[1]))
            sums += [Sum(box, parts) for parts in (coming, going) if parts]
        return tuple(sums)

    def combined(self, stage: int, names: Sequence[str]) -> "FlowTable":
        """The same with some boxes of a stage taken together."""
        name = TOGETHER.join(names)
        ways: dict[Way, Counter[str]] = {}
        for way, went in self.ways.items():
            held = len(way) > stage and way[stage] in names
            new = (*way[:stage], name, *way[stage + 1 :]) if held else way
            ways[new] = ways.get(new, Counter()) + went
        return FlowTable(ways)

    def _went(self) -> dict[Key, Counter[str]]:
        found: dict[Key, Counter[str]] = {key: Counter() for key in (*self.flows, *self.boxes, WHOLE)}
        for way, went in self.ways.items():
            steps = [(str(stage), *pair) for stage, pair in enumerate(pairwise(way))]
            for key in (*steps, *((str(stage), name, None) for stage, name in enumerate(way)), WHOLE):
                found[key].update(went)
        return found


@dataclass(frozen=True, slots=True)
class SafeFlows:
    """What may be shown of flows: a figure or `c` for each flow, box and the whole. `together` names merged boxes."""

    table: FlowTable
    cells: Mapping[Key, int | str]
    primary: frozenset[Key]
    secondary: frozenset[Key]
    together: tuple[str, ...] = ()


def flow_table(gone: Iterable[tuple[Way, str | None]]) -> FlowTable:
    """A table of flows from ways and who went them; whoever has no name is taken for one child, to be careful."""
    ways: dict[Way, Counter[str]] = {}
    for way, child in gone:
        ways.setdefault(way, Counter())[child or ""] += 1
    return FlowTable(ways)


def suppress_flows(table: FlowTable, profile: Profile) -> SafeFlows | None:
    """The flows as the profile lets them leave, boxes taken together where nothing else is safe; None where nothing is.

    A figure is small where few went, and where few children went often. Every way in which a table without flows
    would be left is None too: a picture in which all is withheld says nothing.
    """
    for _ in range(MOST_MERGES):
        problem = _problem(table, profile)
        hidden = solve(problem)
        shown = hidden is not None and any(flow not in hidden for flow in table.flows)
        if hidden is not None and shown:
            return _safe(table, problem, hidden)
        coarser = _coarser(table, profile)
        if coarser is None:
            return None
        table = coarser
    return None


def _safe(table: FlowTable, problem: Problem, hidden: frozenset[Key]) -> SafeFlows:
    cells: dict[Key, int | str] = dict(problem.values)
    cells.update(dict.fromkeys(hidden, CONFIDENTIAL))
    names = dict.fromkeys(str(box[1]) for box in table.boxes if TOGETHER in str(box[1]))
    return SafeFlows(table, cells, problem.small, hidden - problem.small, tuple(names))


def _problem(table: FlowTable, profile: Profile) -> Problem:
    values, children = table.values(), table.children()
    small = frozenset(key for key, value in values.items() if value and profile.hides(min(value, children[key])))
    return Problem(values, table.sums(), frozenset(), frozenset(), small, profile.width, dimensions=2)


def _coarser(table: FlowTable, profile: Profile) -> FlowTable | None:
    """The table with two boxes of a stage taken together, by which least is left to hide; None where no two can be."""
    tried = []
    values = table.values()
    for stage, pair in _pairs(table):
        coarser = table.combined(stage, pair)
        problem = _problem(coarser, profile)
        size = sum(values[str(stage), name, None] for name in pair)
        tried.append(((len(problem.small), size, stage, pair), coarser))
    return min(tried, key=lambda entry: entry[0])[1] if tried else None


def _pairs(table: FlowTable) -> list[tuple[int, tuple[str, str]]]:
    """Boxes that stand beside each other in a stage, both of which end the way or neither does, if a third is left."""
    ending = {(len(way) - 1, way[-1]) for way in table.ways}
    found: list[tuple[int, tuple[str, str]]] = []
    for stage in sorted({_stage(box) for box in table.boxes}):
        names = [str(box[1]) for box in table.boxes if _stage(box) == stage]
        if len(names) > 2:
            ends = [name for name in names if (stage, name) in ending]
            goes_on = [name for name in names if name not in ends]
            found += [(stage, pair) for alike in (ends, goes_on) for pair in pairwise(alike)]
    return found


def _stage(place: Key) -> int:
    return int(place[0] or 0)
