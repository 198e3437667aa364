"""What an evidence item carries, as rows of words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from goldthread.apps.findings import queries as findings
from goldthread.apps.submissions.measure_words import apart_from_codes, one_decimal
from goldthread.apps.submissions.queries import measure_source


def facts(item: Any) -> list[tuple[str, str]]:
    """What its source noted about an item, in the order in which people ask. Never an id, never a child's value."""
    held = item.detail
    rows: list[tuple[str, str]] = []
    if held.get("denominator") is not None and held.get("numerator") is not None:
        rows.append(("Counted", f"{held['numerator']:,} of {held['denominator']:,}"))
    if interval := interval_words(held.get("low"), held.get("high")):
        rows.append(("Range that chance alone could explain", interval))
    if held.get("as_at"):
        rows.append(("As at", _day(str(held["as_at"]))))
    if held.get("terms"):
        rows.append(("Terms of whoever spoke", str(held["terms"])))
    told = [("Definition", held.get("definition", "")), ("Source of the definition", held.get("source", ""))]
    told += [("Warning", one) for one in held.get("warnings", [])]
    # What the summary says already is not said twice.
    return rows + [(title, str(words)) for title, words in told if words and str(words) not in item.summary]


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"


def interval_words(low: float | None, high: float | None) -> str:
    """A 95% interval in words; empty where there is none."""
    return "" if low is None or high is None else f"{one_decimal(low)} to {one_decimal(high)}"


def origins(found: Iterable[Any]) -> dict[Any, str]:
    """The list and day of each item that is a measure's figure, by the item: it tells two of one measure apart."""
    return {value.evidence_item_id: measure_source(value) for value in findings.measures_of(found)}


def measure_row(value: Any) -> dict[str, Any]:
    """A measured value beside a judgement: its sentence, source and day, its counts and its interval.

    `warnings` are pairs: what is said, and the codes of rules that it counts, where it does.
    """
    codes = value.detail.get("warned_by", [])
    return {
        "item": value.evidence_item,
        "value": "" if value.value is None else one_decimal(value.value),
        "counted": f"{value.numerator:,} of {value.denominator:,}",
        "interval": interval_words(value.low, value.high),
        "code": value.code,
        "source": measure_source(value),
        "warnings": [apart_from_codes(one, codes) for one in value.detail.get("warnings", [])],
    }
