"""How things stand: duties by team, where children live, and what is on each worker's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

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
    layered,
    values,
)
from goldthread.kernel.tally import WITHHELD, Tally

IN_TIME, SOON, OVERDUE, NOT_DUE, FEW = "in hand", "slipping", "behind", "nothing due", "too few to say"
_LOOKS = {IN_TIME: "#e3ebf3", SOON: BAND, OVERDUE: SIGNAL, NOT_DUE: "#ffffff", FEW: "#ffffff"}
FEWEST = 10
"""With fewer due a cell has its counts and no shade: one child would move it too far."""

AMBER_FROM, RED_FROM = 5.0, 20.0
"""From which share of duties overdue, in per cent, a cell of the rug turns: our own limits, to be seen in the words."""

NARROWEST, FOR_WORDS = 0.04, 1.2
"""What share of the longest bar a part must have for its number to stand in it; and how much longer than that bar a
picture is that has words beside its bars."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One cell of the rug: whose, which standard, how many were due and how many of them are overdue.

    None where the count is withheld. `mark` names the list of those overdue.
    """

    who: str
    standard: str
    due: int | None
    overdue: int | None
    mark: str = ""


def tartan_rug(patches: Sequence[Patch], says: str = "standards") -> Chart:
    """Teams down, standards across: each cell says how many are overdue, and its shade says it again."""
    title = _of_rug(patches)
    drawn = [
        {"who": patch.who, "standard": patch.standard, "state": _state(patch), "label": _label(patch),
         "ink": "white" if _state(patch) == OVERDUE else INK, "mark": patch.mark if patch.overdue else ""}
        for patch in patches
    ]  # fmt: skip
    teams = list(dict.fromkeys(patch.who for patch in patches))
    standards = list(dict.fromkeys(patch.standard for patch in patches))
    across = {"field": "standard", "type": "nominal", "sort": standards, "title": None,
              "axis": {"orient": "top", "labelAngle": 0, "ticks": False, "domain": False}}  # fmt: skip
    down = {"field": "who", "type": "nominal", "sort": teams, "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2},
         "encoding": {"x": across, "y": down,
                      "color": {"field": "state", "type": "nominal", "legend": None,
                                "scale": {"domain": list(_LOOKS), "range": list(_LOOKS.values())}}}},
        {"data": values(drawn), "mark": {"type": "text", "fontSize": 12},
         "encoding": {"x": across, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    marked = f"Of {FEWEST} or more: shaded, darker from {AMBER_FROM:.0f}%, ▲ from {RED_FROM:.0f}%."
    about = f"In each cell: how many are overdue, of how many. {marked}"
    summary = f"{title}. {about}"
    spec = layered(layers, title=title, summary=summary, about=about, height={"step": 26})
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (patch.who, patch.standard, _cell(patch.overdue), _cell(patch.due), _state(patch)) for patch in patches
    )
    columns = ("who", says.removesuffix("s"), "overdue", "due", "state")
    return Chart(title, summary, spec, columns, rows, tuple(patch.mark for patch in patches))


def _cell(count: int | None) -> Cell:
    return "c" if count is None else count


def _state(patch: Patch) -> str:
    if patch.due is None or patch.overdue is None or not patch.due:
        return NOT_DUE
    if patch.due < FEWEST:
        return FEW
    share = 100 * patch.overdue / patch.due
    return OVERDUE if share >= RED_FROM else SOON if share >= AMBER_FROM else IN_TIME


def _label(patch: Patch) -> str:
    if patch.due is None or patch.overdue is None:
        return "c"
    if not patch.due:
        return "–"
    return f"{patch.overdue:,} of {patch.due:,}{' ▲' if _state(patch) == OVERDUE else ''}"


def _of_rug(patches: Sequence[Patch]) -> str:
    known = [patch for patch in patches if patch.due and patch.overdue is not None and patch.due >= FEWEST]
    late = [patch for patch in known if patch.overdue]
    if not known or any(patch.overdue is None or patch.due is None for patch in patches):
        return "Which duties are overdue, by team"
    if not late:
        return "Nothing that is due is overdue"
    worst = max(late, key=lambda patch: (patch.overdue or 0) / (patch.due or 1))
    return f"Furthest behind: {worst.who}, {worst.standard.lower()} ({worst.overdue:,} of {worst.due:,} overdue)"


def distance_bands(
    of: Tally, says: str, *, outside: str, name: str = "where", side: str = "side", title: str = "", about: str = ""
) -> Chart:
    """Where children live: a bar for each `first` (a band of distance, a kind of home), inside and outside apart.

    The two halves of a bar are told apart by shade and by a label; `outside` is the half that the title tells of. What
    is withheld of a bar is one piece at its end. Beside a bar with a part too narrow for its number stands how many it
    holds in all. `about` stands before how many are counted.
    """
    title = title or _of_places(of, says, outside)
    rows = _halves(of, outside)
    parts = [second for second in (*of.second, REST) if any(row["part"] == second for row in rows)]
    others = iter((BAND, "#d8dbdd", "#c3a27a", "#7d9a83"))
    shades = [DOT if part == outside else BLANK if part == REST else next(others, BAND) for part in parts]
    down = {"field": "where", "type": "nominal", "sort": list(of.first), "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    most = max((row["to"] for row in rows), default=0) or 1
    beside = _beside(of, rows, NARROWEST * most)
    across = {"type": "quantitative", "axis": {"title": None, "tickMinStep": 1, "format": ",~d"},
              **({"scale": {"domain": [0, most * FOR_WORDS]}} if beside else {})}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(rows), "mark": {"type": "bar", "height": 20, "stroke": "white"},
         "encoding": {"x": {**across, "field": "from"}, "x2": {"field": "to"}, "y": down,
                      "color": {"field": "part", "type": "nominal", "legend": {"orient": "top"},
                                "scale": {"domain": parts, "range": shades}}}},
        {"data": values([row for row in rows if row["to"] - row["from"] > NARROWEST * most]),
         "mark": {"type": "text", "fontSize": 12},
         "encoding": {"x": {**across, "field": "middle"}, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
        *([{"data": values(beside), "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": INK},
            "encoding": {"x": {**across, "field": "to"}, "y": down, "text": {"field": "label"}}}] if beside else []),
    ]  # fmt: skip
    about = f"{about}{of.says()}"
    summary = f"{title}. {about}."
    spec = layered(layers, title=title, summary=summary, about=about, height={"step": 30})
    places = [(first, second) for first in of.first for second in of.second]
    table: tuple[tuple[Cell, ...], ...] = tuple((*place, of.shown(*place)) for place in places)
    return Chart(title, summary, spec, (name, side, "count"), table, tuple(of.mark(*place) for place in places))


def _beside(of: Tally, rows: Sequence[dict[str, Any]], narrowest: float) -> list[dict[str, Any]]:
    """How many a bar holds that has a part too narrow for its number, where that may be shown."""
    narrow = dict.fromkeys(row["where"] for row in rows if row["to"] - row["from"] <= narrowest)
    ends = {row["where"]: row["to"] for row in rows}
    return [{"where": first, "to": ends[first], "label": f"{total:,} in all"}
            for first in narrow if (total := of.total(first)) is not None]  # fmt: skip


def _halves(of: Tally, outside: str) -> list[dict[str, Any]]:
    """Where each part of each bar begins and ends."""
    rows: list[dict[str, Any]] = []
    for first in of.first:
        before = 0
        for second, count in of.parts(first):
            hidden = second == WITHHELD
            rows.append({"where": first, "part": REST if hidden else second, "from": before, "to": before + count,
                         "middle": before + count / 2, "label": WITHHELD if hidden else f"{count:,}",
                         "mark": "" if hidden else of.link(first, second),
                         "ink": INK if second != outside else "white"})  # fmt: skip
            before += count
    return rows


def _of_places(of: Tally, says: str, outside: str) -> str:
    total, count = of.sum(), of.sum(second=outside)
    if not total or count is None:
        return f"No {says} are counted" if total == 0 else f"Where {says} live"
    return f"{100 * count / total:.0f}% of {says} live {outside.lower()}: {count:,} of {total:,}"


@dataclass(frozen=True, slots=True)
class Desk:
    """How many different children one worker has; the worker's name is for the table of the house only."""

    team: str
    worker: str
    children: int
    mark: str = ""


def caseload_dots(desks: Sequence[Desk], threshold: int) -> Chart:
    """A dot for each worker, by team, with the threshold as a line and the median of each team as a bar."""
    over = [desk for desk in desks if desk.children > threshold]
    title = _of_desks(desks, over, threshold)
    teams = list(dict.fromkeys(desk.team for desk in desks))
    stacked: dict[tuple[str, int], int] = {}
    dots: list[dict[str, Any]] = []
    for desk in desks:
        place = stacked[desk.team, desk.children] = stacked.get((desk.team, desk.children), -1) + 1
        dots.append({"team": desk.team, "children": desk.children, "lift": 5 * place, "mark": desk.mark,
                     "kind": "over" if desk.children > threshold else "within"})  # fmt: skip
    middles = [
        {"team": team, "children": median(desk.children for desk in desks if desk.team == team)} for team in teams
    ]
    down = {"field": "team", "type": "nominal", "sort": teams, "title": None, "scale": {"type": "band"},
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "grid": True}}  # fmt: skip
    across = {"field": "children", "type": "quantitative", "scale": {"zero": True},
              "axis": {"title": "children with one worker", "tickMinStep": 1, "grid": False}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(middles), "mark": {"type": "tick", "thickness": 3, "size": 22, "color": QUIET},
         "encoding": {"x": across, "y": down}},
        {"data": values(dots), "mark": {"type": "point", "filled": True, "size": 70, "opacity": 0.75},
         "encoding": {"x": across, "y": down, "yOffset": {"field": "lift", "type": "quantitative",
                                                          "scale": {"domain": [-13, 13]}},
                      "shape": {"field": "kind", "type": "nominal", "legend": None,
                                "scale": {"domain": ["within", "over"], "range": ["circle", "triangle-up"]}},
                      "color": {"field": "kind", "type": "nominal", "legend": None,
                                "scale": {"domain": ["within", "over"], "range": [DOT, SIGNAL]}}}},
        {"data": values([{"children": threshold + 0.5}]),
         "mark": {"type": "rule", "color": SIGNAL, "strokeDash": [6, 3]}, "encoding": {"x": across}},
    ]  # fmt: skip
    about = f"{len(desks):,} workers. Triangles have more than {threshold}; the tick is the team's median."
    summary = f"{title}. {about}"
    spec = layered(layers, title=title, summary=summary, about=about, height={"step": 26})
    rows: tuple[tuple[Cell, ...], ...] = tuple((desk.team, desk.worker, desk.children) for desk in desks)
    return Chart(title, summary, spec, ("team", "worker", "children"), rows, tuple(desk.mark for desk in desks))


def _of_desks(desks: Sequence[Desk], over: Sequence[Desk], threshold: int) -> str:
    if not desks:
        return "No worker is named in the lists"
    middle, most = median(desk.children for desk in desks), max(desk.children for desk in desks)
    if not over:
        return f"No worker has more than {threshold} children; half have {middle:g} or fewer"
    return f"{len(over):,} of {len(desks):,} workers have more than {threshold} children, up to {most:,}"
