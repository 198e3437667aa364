"""How often two readers of the same files gave the same answer, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap

from goldthread.domain.intervals import Interval
from goldthread.kernel.charts.base import BAND, DOT, INK, LINE_LENGTH, QUIET, Cell, Chart, Spec, layered, values

COLUMNS = ("question", "same answer", "of", "in %", "low", "high")
LABEL_LENGTH = 66
_BREAK = "¶"  # a line feed would be lost on the way through the expressions of Vega


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """One question: in how many of how many files the two answers were the same, and the 95% interval of the share.

    `few` marks one that rests on too few files to be read without caution.
    """

    question: str
    agreed: int
    of: int
    interval: Interval | None
    few: bool

    @property
    def per_cent(self) -> float:
        """The share, in per cent."""
        return 100 * self.agreed / self.of


def agreement_finding(rows: Sequence[AgreedRow]) -> str:
    """What the chart says: how often two readers agree over all, and on what least."""
    held = [row for row in rows if row.of]
    if not held:
        return "No file has been read twice yet"
    agreed, of = sum(row.agreed for row in held), sum(row.of for row in held)
    told = f"Two readers gave the same answer {agreed:,} times in {of:,}"
    least = min(held, key=lambda row: row.per_cent)
    if least.agreed < least.of and len(held) > 1:
        told += f"; least often on “{least.question.rstrip('?')}”: {least.agreed} in {least.of}"
    return f"{told} (few files: read with caution)" if any(row.few for row in held) else told


def agreement_chart(rows: Sequence[AgreedRow]) -> Chart:
    """A dot for each question's share of files with the same answer, with its 95% interval as a band.

    Questions that nobody answered twice are in the table and not in the picture.
    """
    title = agreement_finding(rows)
    drawn = [
        {"question": _label(row.question), "value": row.per_cent, "low": 100 * row.interval.low,
         "high": 100 * row.interval.high, "label": f"{row.agreed} of {row.of}",
         "beside": 100 * (row.interval.low if row.interval.high > 0.84 else row.interval.high),
         "before": row.interval.high > 0.84}
        for row in rows if row.of and row.interval is not None
    ]  # fmt: skip
    summary = (
        f"{title}. Dots are the share of files in which both gave the same answer, bands the likely range of each, "
        "from 0 to 100%."
    )
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (row.question, row.agreed, row.of, *((round(row.per_cent, 1),) if row.of else (None,)), *_ends(row.interval))
        for row in rows
    )
    spec = layered(
        _layers(drawn), title=title, summary=summary, width=400, height={"step": 40},
        about="Dot: share of files with the same answer. Band: its 95% range.",
    )  # fmt: skip
    spec["padding"] = {**spec["padding"], "left": 40}
    # A finding that names a question is long: it begins above the labels, where there is room for it.
    spec["title"] = {**spec["title"], "frame": "bounds"}
    return Chart(title, summary, spec, COLUMNS, table)


def _ends(interval: Interval | None) -> tuple[Cell, Cell]:
    return (None, None) if interval is None else (round(100 * interval.low, 1), round(100 * interval.high, 1))


def _label(text: str) -> str:
    return _BREAK.join(wrap(shorten(text, LABEL_LENGTH, placeholder=" …"), LINE_LENGTH))


def _layers(drawn: list[dict[str, object]]) -> list[Spec]:
    axis = {"title": None, "values": [0, 25, 50, 75, 100], "labelExpr": "datum.value + '%'"}
    across = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
    down = {"field": "question", "type": "nominal", "sort": [row["question"] for row in drawn], "title": None,
            "axis": {"ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 420,
                     "labelExpr": f"split(datum.label, '{_BREAK}')"}}  # fmt: skip
    rows = values(drawn)
    return [
        {"data": values([{"value": 100}]), "mark": {"type": "rule", "color": QUIET, "strokeDash": [3, 3]},
         "encoding": {"x": {**across, "field": "value"}}},
        {"data": rows, "mark": {"type": "rule", "strokeWidth": 12, "color": BAND},
         "encoding": {"x": {**across, "field": "low"}, "x2": {"field": "high"}, "y": down}},
        {"data": rows, "mark": {"type": "point", "filled": True, "size": 90, "color": DOT, "opacity": 1},
         "encoding": {"x": {**across, "field": "value"}, "y": down}},
        {"data": rows, "mark": {"type": "text", "fontSize": 12, "color": INK,
                                "dx": {"expr": "datum.before ? -10 : 10"},
                                "align": {"expr": "datum.before ? 'right' : 'left'"}},
         "encoding": {"x": {**across, "field": "beside"}, "y": down, "text": {"field": "label"}}},
    ]  # fmt: skip
