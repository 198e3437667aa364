"""How the audits of a programme stand, round by round: done in time, done late, overdue, and not yet due."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.domain.audit_clock import Timeliness
from goldthread.kernel.charts.base import INK, Cell, Chart, Spec, layered, values

PARTS = ("in time", "late", "open and overdue", "not yet due")
_LOOKS = {"in time": "#1d3557", "late": "#e3c9a8", "open and overdue": "#b35900", "not yet due": "#d8dbdd"}
_INKS = {"in time": "white", "late": INK, "open and overdue": "white", "not yet due": INK}


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round, and how its audits stand."""

    title: str
    told: Timeliness

    @property
    def counts(self) -> tuple[int, ...]:
        """How many of each part, in the order of PARTS."""
        return (self.told.in_time, self.told.late, self.told.overdue, self.told.not_yet)


def audit_times_finding(rows: Sequence[RoundRow]) -> str:
    """What the chart says, as a sentence: how many were done in time of those of which it is known."""
    judged, in_time = sum(row.told.judged for row in rows), sum(row.told.in_time for row in rows)
    if not judged:
        return "No audit is due yet"
    overdue = sum(row.told.overdue for row in rows)
    rest = f"; {overdue:,} {'is' if overdue == 1 else 'are'} open and overdue" if overdue else "; none is overdue"
    return f"{in_time:,} of {judged:,} audits were done in time{rest}"


def audit_times_chart(rows: Sequence[RoundRow]) -> Chart:
    """A bar for each round, in four parts, with its count on each."""
    drawn = []
    for row in rows:
        before = 0
        for part, count in zip(PARTS, row.counts, strict=True):
            if count:
                drawn.append({"round": row.title, "part": part, "from": before, "to": before + count,
                              "middle": before + count / 2, "label": f"{count:,}", "ink": _INKS[part]})  # fmt: skip
            before += count
    down = {"field": "round", "type": "nominal", "sort": [row.title for row in rows], "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    across = {"type": "quantitative", "axis": {"title": "audits", "tickMinStep": 1, "format": "d"}}
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "bar", "height": 22, "stroke": "white"},
         "encoding": {"x": {**across, "field": "from"}, "x2": {"field": "to"}, "y": down,
                      "color": {"field": "part", "type": "nominal", "legend": {"orient": "top"},
                                "scale": {"domain": list(PARTS), "range": list(_LOOKS.values())}}}},
        {"data": values(drawn), "mark": {"type": "text", "fontSize": 12},
         "encoding": {"x": {**across, "field": "middle"}, "y": down, "text": {"field": "label"},
                      "color": {"field": "ink", "type": "nominal", "scale": None}}},
    ]  # fmt: skip
    title = audit_times_finding(rows)
    summary = f"{title}. A bar for each round, in parts: {', '.join(PARTS)}."
    spec = layered(layers, title=title, summary=summary, height={"step": 36})
    return Chart(title, summary, spec, ("round", *PARTS, "all", "in time, low %", "high %"), tuple(map(_row, rows)))


def _row(row: RoundRow) -> tuple[Cell, ...]:
    interval = row.told.interval
    ends = (round(100 * interval.low), round(100 * interval.high)) if interval else (None, None)
    return (row.title, *row.counts, row.told.all, *ends)
