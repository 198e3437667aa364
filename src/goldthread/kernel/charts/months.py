"""What comes in month by month: columns, what they come to in a year for each 10,000 children, and others' rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goldthread.kernel.amount import PER
from goldthread.kernel.charts.base import BAND, DOT, GRID, INK, SHADES, SIGNAL, Cell, Chart, Spec, layered, values
from goldthread.kernel.tally import WITHHELD, Tally

YEAR = 12
RATE = f"a year per {PER:,}"
HIDDEN_PARTS = "parts withheld"
"""What the rest of a column is called whose sum may be shown, and not all that it is made of."""

FEW = 10
"""Fewer a month than this are told to a tenth, or the number beside a line would stand off its height."""

A_ROW = 3
"""Keys of a legend in a row: more would be cut at the edge of a picture of half a page."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What is published of somebody else: events in a year for each 10,000 children aged 0 to 17, and its period."""

    name: str
    rate: float
    period: str


@dataclass(frozen=True, slots=True)
class PerTenThousand:
    """How many children aged 0 to 17 live in the area, by whom, and the rates of others to hold beside its own."""

    children: int
    source: str
    markers: tuple[Marker, ...] = ()

    def rate(self, a_month: float) -> float:
        """What so many in every month come to in a year, for each 10,000 children."""
        return a_month * YEAR * PER / self.children

    def a_month(self, rate: float) -> float:
        """How many in a month would come to a yearly rate here."""
        return rate * self.children / (YEAR * PER)


def monthly_columns(
    of: Tally, says: str, *, cut: Sequence[str] = (), beside: PerTenThousand | None = None, most: str = ""
) -> Chart:
    """A column for each month, from nought, divided by `second`; months in `cut` are not whole and say so.

    `beside` adds a scale of yearly rates at the right and a line for each published one. With `most` (“most often made
    by”) the finding names the largest part. Of a month with a part that is withheld the rest is one part without a
    name, where its sum may be shown; else it is drawn as far as its other parts, and the table says so.
    """
    title = _of_months(of, says, cut, beside, most)
    rows, tops = _columns(of, cut)
    note = " * The month is not whole in the lists." if cut else ""
    about = f"{_counted(of)}.{note}{_about(beside)}"
    summary = f"{title}. {about}"
    layers = _layers(of, rows, tops, beside)
    spec = layered(layers, title=title, summary=summary, about=about, height=240)
    columns = ("month", "what", "count", *((RATE,) if beside else ()))
    marks = [of.mark(month, part) for month in of.first for part in of.second]
    table = _table(of, cut, beside)
    return Chart(title, summary, spec, columns, table, (*marks, *[""] * (len(table) - len(marks))))


def _columns(of: Tally, cut: Sequence[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    tops: list[dict[str, Any]] = []
    for month in of.first:
        before, total = 0, of.total(month)
        for part in of.second:
            count = of.at(month, part)
            if count:
                rows.append({"month": month, "part": part, "from": before, "to": before + count,
                             "mark": of.link(month, part)})  # fmt: skip
                before += count
        if total is not None and total > before:
            rows.append({"month": month, "part": HIDDEN_PARTS, "from": before, "to": total, "mark": ""})
            before = total
        label = WITHHELD if total is None else f"{total:,}"
        tops.append({"month": month, "to": before, "label": f"{label}*" if month in cut else label})
    return rows, tops


def _layers(
    of: Tally, rows: list[dict[str, Any]], tops: list[dict[str, Any]], beside: PerTenThousand | None
) -> list[Spec]:
    across = {"field": "month", "type": "nominal", "sort": list(of.first),
              "axis": {"title": None, "labelAngle": 0, "ticks": False, "labelOverlap": True}}  # fmt: skip
    up: Spec = {"type": "quantitative", "axis": {"title": None, "tickMinStep": 1, "format": ",~d"}}
    shades = dict(zip(of.second, (BAND, DOT, *SHADES[2:]), strict=False)) | {HIDDEN_PARTS: GRID}
    parts = [part for part in shades if any(row["part"] == part for row in rows)]
    key = {"orient": "top", "columns": A_ROW} if len(of.second) > 1 else None
    return [
        {"data": values(rows), "mark": {"type": "bar", "stroke": "white"},
         "encoding": {"x": across, "y": {**up, "field": "from"}, "y2": {"field": "to"},
                      "color": {"field": "part", "type": "nominal", "legend": key,
                                "scale": {"domain": parts, "range": [shades[part] for part in parts]}}}},
        *(_marker_layers(beside, up) if beside and beside.markers else []),
        {"data": values(tops), "mark": {"type": "text", "dy": -7, "fontSize": 12, "color": INK},
         "encoding": {"x": across, "y": {**up, "field": "to"}, "text": {"field": "label"}}},
    ]  # fmt: skip


_DASHES = ([8, 4], [2, 3], [10, 3, 2, 3], [1, 1])


def _marker_layers(beside: PerTenThousand, up: Spec) -> list[Spec]:
    """A dashed line across at the height that a published rate would have here; the key tells whose, and both."""
    held = [{"name": _at_height(beside, one), "to": beside.a_month(one.rate)} for one in beside.markers]
    names = [one["name"] for one in held]
    dash = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": list(_DASHES[: len(names)])},
            "legend": {"orient": "bottom", "columns": 1, "labelLimit": 400, "symbolType": "stroke", "symbolSize": 500,
                       "symbolStrokeColor": SIGNAL, "symbolStrokeWidth": 2.5}}  # fmt: skip
    return [
        {"data": values(held), "mark": {"type": "rule", "color": color, "strokeWidth": width},
         "encoding": {"y": {**up, "field": "to"}, "strokeDash": dash}}
        for color, width in (("white", 5), (SIGNAL, 2.5))
    ]  # fmt: skip


def _at_height(beside: PerTenThousand, one: Marker) -> str:
    """Whose line it is: how many a month it stands at, as the axis counts, and the published rate that this comes from.

    Without the first a reader who looks across to the axis would find another number there than beside the name.
    """
    monthly = beside.a_month(one.rate)
    return f"{one.name}: {monthly:,.{0 if monthly >= FEW else 1}f} a month here would be {one.rate:,.0f} {RATE}"


def _table(of: Tally, cut: Sequence[str], beside: PerTenThousand | None) -> tuple[tuple[Cell, ...], ...]:
    """Every count; and with `beside` what it comes to in a year, of whole months only, and what is published."""

    def cells(month: str, part: str) -> tuple[Cell, ...]:
        count = of.at(month, part)
        if beside is None:
            return (month, part, of.shown(month, part))
        rate = None if month in cut else WITHHELD if count is None else round(beside.rate(count), 1)
        return (month, part, of.shown(month, part), rate)

    counted = [cells(month, part) for month in of.first for part in of.second]
    if beside is None:
        return tuple(counted)
    sums = _whole(of, cut)
    own = [("A month on average", "All", round(_mean(sums), 1), round(beside.rate(_mean(sums)), 1))] if sums else []
    return (*counted, *own, *((one.name, f"published, {one.period}", None, one.rate) for one in beside.markers))


def _whole(of: Tally, cut: Sequence[str]) -> Mapping[str, int]:
    """The sums of the whole months; none of them where there are fewer than two, or one may not be shown."""
    sums = {month: of.total(month) for month in of.first if month not in cut}
    told = {month: count for month, count in sums.items() if count is not None}
    return told if len(told) == len(sums) >= 2 else {}


def _mean(sums: Mapping[str, int]) -> float:
    return sum(sums.values()) / len(sums)


def _of_months(of: Tally, says: str, cut: Sequence[str], beside: PerTenThousand | None, most: str) -> str:
    """The mean of the whole months, in a year beside what is published, or with the last of them; the largest part."""
    if of.sum() == 0:
        return f"No {says} are in the list"
    sums = _whole(of, cut)
    if not sums:
        return f"{says.capitalize()} by month"
    mean, last = _mean(sums), list(sums)[-1]
    found = f"{says.capitalize()}: {mean:,.0f} a month on average"
    if beside is None:
        return f"{found}; {sums[last]:,} in {last}{_largest(of, most)}"
    others = ", ".join(f"{one.name} {one.rate:,.0f}" for one in beside.markers)
    rate = f"{beside.rate(mean):,.0f} {RATE} children"
    return f"{found}, {rate}{f' ({others})' if others else ''}{_largest(of, most)}"


def _largest(of: Tally, most: str) -> str:
    parts = {part: of.sum(second=part) for part in of.second}
    total = of.sum()
    if not most or not total or None in parts.values():
        return ""
    first = max(of.second, key=lambda part: parts[part] or 0)
    return f"; {most} {first[0].lower()}{first[1:]}, {100 * (parts[first] or 0) / total:.0f}%"


def _counted(of: Tally) -> str:
    sums = [of.total(month) for month in of.first]
    return of.says() if None in sums else f"n = {sum(count or 0 for count in sums):,}"


def _about(beside: PerTenThousand | None) -> str:
    if beside is None:
        return ""
    who = f" {beside.children:,} children ({beside.source})."
    if not beside.markers:
        return f"{who} No rate of others is published."
    periods = ", ".join(dict.fromkeys(one.period for one in beside.markers))
    return f"{who} Dashed: what rates of others, published for {periods}, would come to here in a month."
