"""Are some groups treated differently: how many times as likely, on a scale on which twice and half are equally far."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.domain.intervals import RelativeRate
from goldthread.kernel.charts import findings
from goldthread.kernel.charts.base import BAND, DOT, INK, QUIET, Cell, Chart, Spec, layered, values

COLUMNS = ("group", "count", "of", "times as likely", "low", "high")
TICKS = (0.125, 0.25, 0.5, 1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class RelativeRow:
    """One group: how many of how many, and its relative rate; None where there are too few to say.

    `mark` names the list of those counted, where there is one.
    """

    group: str
    events: int
    population: int
    rate: RelativeRate | None
    mark: str = ""


def disproportion_chart(rows: Sequence[RelativeRow], baseline: str, event: str) -> Chart:
    """A dot and a range for each group, with a line at 1, where it would be as likely as `baseline`."""
    title = findings.of_disproportion([(row.group, row.rate) for row in rows], baseline, event)
    drawn = [
        {"group": row.group, "value": row.rate.value, "low": row.rate.low, "high": row.rate.high,
         "label": f"{row.rate.value:.1f} times", "mark": row.mark}
        for row in rows if row.rate is not None
    ]  # fmt: skip
    few = [{"group": row.group, "value": 1, "label": "too few to say", "mark": row.mark}
           for row in rows if row.rate is None]  # fmt: skip
    ends = [end for row in rows if row.rate is not None for end in (row.rate.low, row.rate.high)]
    low, high = min([0.5, *ends]), max([2.0, *ends])
    across = {
        "type": "quantitative", "scale": {"type": "log", "base": 2, "domain": [low / 1.15, high * 1.6], "nice": False},
        "axis": {"title": f"times as likely as {baseline}", "values": [tick for tick in TICKS if low <= tick <= high],
                 "format": "~g"},
    }  # fmt: skip
    down = {"field": "group", "type": "nominal", "sort": [row.group for row in rows], "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values([{"value": 1}]), "mark": {"type": "rule", "color": QUIET, "strokeDash": [5, 3]},
         "encoding": {"x": {**across, "field": "value"}}},
        {"data": values(drawn), "mark": {"type": "rule", "strokeWidth": 10, "color": BAND},
         "encoding": {"x": {**across, "field": "low"}, "x2": {"field": "high"}, "y": down}},
        {"data": values(drawn), "mark": {"type": "point", "filled": True, "size": 100, "color": DOT, "opacity": 1},
         "encoding": {"x": {**across, "field": "value"}, "y": down}},
        {"data": values([{**row, "value": row["high"]} for row in drawn]),
         "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 12, "color": INK},
         "encoding": {"x": {**across, "field": "value"}, "y": down, "text": {"field": "label"}}},
        {"data": values(few), "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 12, "color": QUIET},
         "encoding": {"x": {**across, "field": "value"}, "y": down, "text": {"field": "label"}}},
    ]  # fmt: skip
    summary = f"{title}. Dots are relative rates, bands their 95% ranges; the line marks equality."
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (row.group, row.events, row.population, *((None,) * 3 if row.rate is None else (round(x, 2) for x in row.rate)))
        for row in rows
    )
    spec = layered(layers, title=title, summary=summary, height={"step": 36})
    return Chart(title, summary, spec, COLUMNS, table, tuple(row.mark for row in rows))
