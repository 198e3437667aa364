"""Issues of one hand-in after another: a line for each severity."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.kernel.charts.base import Chart, Spec, layered, values

SEVERITIES = ("errors", "queries", "notes")
_LOOKS = {"errors": "#b35900", "queries": "#1d3557", "notes": "#7a8288"}
_SHAPES = {"errors": "circle", "queries": "square", "notes": "triangle-up"}


@dataclass(frozen=True, slots=True)
class HandInRow:
    """One hand-in: when it was handed in, in words that tell it from the others, and how many issues it has.

    `children` is how many it tells of, where that is known.
    """

    title: str
    errors: int
    queries: int
    notes: int
    children: int | None = None

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many of each severity, in the order of SEVERITIES."""
        return (self.errors, self.queries, self.notes)


def issue_counts_finding(rows: Sequence[HandInRow], *, of_all: bool = True) -> str:
    """What the chart says, as a sentence: how many errors the first hand-in had and how many the last.

    Where the two tell of different numbers of children, fewer errors are no improvement by themselves: the sentence
    says both numbers and the rate of each, and leaves the judgement to the reader.

    Unless they are `of_all` rules, it says that only those run on every hand-in are counted.
    """
    said = _finding(rows)
    return said if of_all else f"{said}, by the rules that were run on every hand-in"


def _finding(rows: Sequence[HandInRow]) -> str:
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{last.errors:,} error{'s' * (last.errors != 1)} in the only hand-in so far"
    if first.children and last.children and first.children != last.children:
        rates = [f"{100 * one.errors / one.children:.1f}" for one in (first, last) if one.children]
        return (
            f"{rates[0]} errors per 100 children at first ({first.errors:,} of {first.children:,}) and {rates[1]} now "
            f"({last.errors:,} of {last.children:,})"
        )
    if first.errors == last.errors:
        return f"As many errors as at first, over {len(rows)} hand-ins: {last.errors:,}"
    way = "fewer" if last.errors < first.errors else "more"
    return f"{abs(last.errors - first.errors):,} {way} errors than at first: from {first.errors:,} to {last.errors:,}"


def issue_counts_chart(rows: Sequence[HandInRow], *, of_all: bool = True) -> Chart:
    """A line for each severity over the hand-ins, the earliest first, of all rules or of those run on every one.

    Raises IndexError without any.
    """
    drawn = [
        {"hand-in": row.title, "severity": severity, "issues": count}
        for row in rows
        for severity, count in zip(SEVERITIES, row.counts, strict=True)
    ]
    across = {"field": "hand-in", "type": "ordinal", "sort": [row.title for row in rows], "title": None,
              "axis": {"labelAngle": -40 if len(rows) > 4 else 0}}  # fmt: skip
    up = {"field": "issues", "type": "quantitative", "scale": {"zero": True},
          "axis": {"title": "issues", "tickMinStep": 1, "format": ",d"}}  # fmt: skip
    colour = {"field": "severity", "type": "nominal", "legend": {"orient": "top"},
              "scale": {"domain": list(SEVERITIES), "range": list(_LOOKS.values())}}  # fmt: skip
    shape = {"field": "severity", "type": "nominal", "legend": {"orient": "top"},
             "scale": {"domain": list(SEVERITIES), "range": list(_SHAPES.values())}}  # fmt: skip
    layers: list[Spec] = [
        {"data": values(drawn), "mark": {"type": "line", "strokeWidth": 2.5},
         "encoding": {"x": across, "y": up, "color": colour}},
        {"data": values(drawn), "mark": {"type": "point", "filled": True, "size": 90},
         "encoding": {"x": across, "y": up, "color": colour, "shape": shape}},
    ]  # fmt: skip
    title = issue_counts_finding(rows, of_all=of_all)
    summary = f"{title}. A line for each severity over {len(rows)} hand-in{'s' * (len(rows) != 1)}."
    spec = layered(layers, title=title, summary=summary)
    return Chart(title, summary, spec, ("hand-in", *SEVERITIES), tuple((row.title, *row.counts) for row in rows))
