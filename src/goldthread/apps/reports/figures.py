"""The numbers behind an area's agreed findings, as a chart and a table that may leave the house.

Only measures that an agreed finding cites, for it or against it, only where neither the count nor the rest is small,
always with the counts, the likely range and the day they tell of.
"""

from typing import Any

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports.document import Bar, Figure, Grid
from goldthread.domain.disclosure import WITHHELD, rate_shown
from goldthread.kernel.measures import MEASURES

MOST_IN_A_TITLE = 3
HEADINGS = ("Measure", "Count", "Share", "Likely range", "As at")


def of_area(inspection: Inspection, area: str, title: str) -> tuple[Figure, Grid] | None:
    """The chart and table of one area; None where no agreed finding of it cites a number that may be shown.

    `title` is the area's name in the report: every table says which area it is of, for a reader who hears only that.
    """
    rows, bars = [], []
    for value in _cited(inspection, area):
        share = rate_shown(value.numerator, value.denominator)
        if share == WITHHELD or value.value is None or value.low is None or value.high is None:
            continue
        name = _title(value)
        day = value.submission.as_at
        rows.append((
            name, f"{value.numerator:,} of {value.denominator:,}", share, f"{value.low:.1f}% to {value.high:.1f}%",
            f"{day.day} {day:%B %Y}" if day else "",
        ))  # fmt: skip
        bars.append(Bar(name, round(value.value, 1), round(value.low, 1), round(value.high, 1)))
    if not bars:
        return None
    return _figure(bars), Grid(f"{title}: the numbers behind the findings", HEADINGS, tuple(rows))


def held_back(inspection: Inspection, area: str) -> list[str]:
    """The measures that an area's agreed findings cite and its table leaves out, since their counts are small."""
    return [
        _title(value)
        for value in _cited(inspection, area)
        if rate_shown(value.numerator, value.denominator) == WITHHELD
    ]


def _title(value: Any) -> str:
    return next((measure.title for measure in MEASURES if measure.code == value.code), value.code)


def _cited(inspection: Inspection, area: str) -> list[Any]:
    """The figures on the shelf that agreed findings of an area cite, for them or against them."""
    cited = [
        citation.item
        for one in findings.for_report(inspection, PROGRAMME)
        if one.area == area
        for standing in [findings.standing_of(one.row)]
        for citation in (*standing.supports, *standing.contradicts)
        if citation.item.current
    ]
    return sorted(findings.measures_of(cited), key=lambda one: one.code)


def _figure(bars: list[Bar]) -> Figure:
    told = "; ".join(f"{bar.title}: {bar.value:.1f}%" for bar in bars[:MOST_IN_A_TITLE])
    rest = len(bars) - MOST_IN_A_TITLE
    title = f"{told}; and {rest} more" if rest > 0 else told
    says = "; ".join(f"{bar.title} {bar.value:.1f}%, likely between {bar.low:.1f}% and {bar.high:.1f}%" for bar in bars)
    return Figure(title, f"{says}. The table below has every number.", tuple(bars))
