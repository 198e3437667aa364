"""The grades of one authority in Ofsted's published table of outcomes, as they would be written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from goldthread.apps.access.policy import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldthread.domain.benchmarks import Authority
    from goldthread.kernel.benchmarks import Outcomes

OVERALL = "Overall effectiveness"
ILACS_SINCE = date(2018, 1, 1)
"""Inspections under ILACS began in January 2018; what is older was judged under the framework before it."""
_WRITTEN = {"requires improvement to be good": "requires improvement"}
_NONE = {"", "-", "n/a", "not judged", "null"}


@dataclass(frozen=True, slots=True)
class Given:
    """One grade that an inspection gave."""

    on: date
    framework: str
    area: str
    grade: str
    source: str


def given(found: Outcomes, authority: Authority, called: str) -> list[Given]:
    """The grades of an authority's inspection in the table, the overall one first; a judgement without one is left out.

    `called` is what the file is called. Raises Refused where the authority is not in the table, the day of its
    inspection is not understood, or a grade is none that there is.
    """
    rows = found.of(authority.gss, authority.name)
    if rows.is_empty():
        raise Refused(f"The table has no row for {authority.name}. Check that it is the whole table, and its newest.")
    if rows["inspected_on"].null_count():
        raise Refused(f"The inspection date of {authority.name} is not understood. Write it as 2024-06-10.")
    published = rows["published_on"][0]
    said = f", published {published.day} {published:%B %Y}" if published is not None else ""
    return list(
        _made(
            [(OVERALL, rows["overall"][0]), *rows.select("judgement", "grade").iter_rows()],
            on=rows["inspected_on"][0],
            source=f"Ofsted's table of outcomes, {called}{said}",
        )
    )


def _made(judged: Iterable[tuple[str, str]], *, on: date, source: str) -> Iterable[Given]:
    from goldthread.kernel.charts.records import GRADES

    for area, written in judged:
        grade = " ".join((written or "").casefold().split())
        grade = _WRITTEN.get(grade, grade)
        if grade in _NONE:
            continue
        if grade not in GRADES:
            raise Refused(f"“{written[:40]}”, under “{area[:80]}”, is no grade. Mend that cell, or leave it blank.")
        yield Given(on, "ILACS" if on >= ILACS_SINCE else "SIF", area[:120], grade, source)
