"""Which rules make up most of the issues: the most frequent first, with the share of all down to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap

from goldthread.kernel.charts.base import BAND, DOT, INK, LINE_LENGTH, QUIET, Chart, Spec, layered, values

MOST_DRAWN = 12
"""Rules drawn one by one; the rest, each of them smaller, are drawn together."""

LABEL_LENGTH = 58
ROOM_FOR_A_LABEL = 22.0
_BREAK = "¶"  # a line feed would be lost on the way through the expressions of Vega
MOST = 80.0
"""The share of all issues that is worth mending first, in per cent: the usual reading of such a chart."""


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """A rule, what it says, how grave it is in words, its lists, and how many issues it makes."""

    rule: str
    says: str
    severity: str
    lists: str
    issues: int


def pareto_finding(rows: Sequence[ParetoRow]) -> str:
    """What the chart says, as a sentence: how few rules make up most of the issues."""
    whole = sum(row.issues for row in rows)
    if not whole:
        return "No row breaks a rule"
    few, together = 0, 0
    for row in rows:
        few, together = few + 1, together + row.issues
        if 100 * together >= MOST * whole:
            break
    share = f"{100 * together / whole:.0f}% of the {whole:,} issues"
    if few == len(rows):
        return f"{len(rows)} rule{'s make' if few > 1 else ' makes'} up all {whole:,} issues; none stands out"
    return f"{few} of {len(rows)} rules make{'s' if few == 1 else ''} up {share}"


def pareto_chart(rows: Sequence[ParetoRow]) -> Chart:
    """A bar for each rule's share of all issues, and a dot for the share of all rules down to it."""
    title, whole = pareto_finding(rows), max(1, sum(row.issues for row in rows))
    table, together = [], 0
    for row in rows:
        together += row.issues
        table.append((row.rule, row.says, row.severity, row.lists, row.issues, round(100 * row.issues / whole, 1),
                      round(100 * together / whole, 1)))  # fmt: skip
    drawn = [
        {"rule": in_two_lines(f"{rule}: {says}"), "share": share, "down": down,
         "label": f"{issues:,} · {severity}", "beside": written_at(share, down)}
        for rule, says, severity, _, issues, share, down in table[:MOST_DRAWN]
    ]  # fmt: skip
    if others := table[MOST_DRAWN:]:
        share = round(sum(row[5] for row in others), 1)
        label = f"{sum(row[4] for row in others):,} together"
        rest = {"rule": f"{len(others)} other rules", "label": label}
        drawn.append({**rest, "share": share, "down": 100.0, "beside": written_at(share, 100.0)})
    summary = (
        f"{title}. Bars are each rule's share of all issues, with its count and severity; dots are the share of all "
        "rules down to it, on the same line from 0 to 100%."
    )
    columns = ("rule", "what is wrong", "severity", "lists", "issues", "share in %", "share down to here in %")
    spec = layered(
        pareto_layers(drawn), title=title, summary=summary, width=430, height={"step": 38},
        about="Bar: share of all issues. Dot: share of all rules down to this one.",
    )  # fmt: skip
    spec["padding"] = {**spec["padding"], "left": 40}
    return Chart(title, summary, spec, columns, tuple(table))


def in_two_lines(text: str) -> str:
    """The rule in two short lines: browsers without Arial draw wider letters than the picture was measured with."""
    short = shorten(text, LABEL_LENGTH, placeholder=" …")
    return _BREAK.join(wrap(short, LINE_LENGTH - 4, max_lines=2, placeholder=" …"))


def written_at(share: float, down: float, room: float = ROOM_FOR_A_LABEL) -> float:
    """Where the count is written: behind the bar, or behind the dot where that lies close to the bar's end."""
    return down if down - share < room and down < 100 - room else share


def pareto_layers(drawn: list[dict[str, object]]) -> list[Spec]:
    """Bars of a share, and dots of the share down to each: `rule`, `share`, `down`, `label`, `beside` of every row."""
    axis = {"title": None, "values": [0, 20, 40, 60, 80, 100], "labelExpr": "datum.value + '%'"}
    across = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    down = {"field": "rule", "type": "nominal", "sort": [row["rule"] for row in drawn], "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 420,
                     "labelExpr": f"split(datum.label, '{_BREAK}')"}}  # fmt: skip
    rows = values(drawn)
    return [
        {"data": rows, "mark": {"type": "bar", "color": BAND, "height": 18},
         "encoding": {"x": {**across, "field": "share"}, "y": down}},
        {"data": rows, "mark": {"type": "line", "color": QUIET, "strokeWidth": 1, "strokeDash": [3, 3]},
         "encoding": {"x": {**across, "field": "down"}, "y": down, "order": {"field": "down"}}},
        {"data": rows, "mark": {"type": "point", "filled": True, "size": 60, "color": DOT, "opacity": 1},
         "encoding": {"x": {**across, "field": "down"}, "y": down}},
        {"data": rows, "mark": {"type": "text", "fontSize": 12, "color": INK,
                                "dx": {"expr": "datum.beside > 78 ? -10 : 9"},
                                "align": {"expr": "datum.beside > 78 ? 'right' : 'left'"}},
         "encoding": {"x": {**across, "field": "beside"}, "y": down, "text": {"field": "label"}}},
    ]  # fmt: skip
