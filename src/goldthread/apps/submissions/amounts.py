"""The rates, medians and averages of a submission, as they were worked out when it was read.

A rate is held as the number of events in a year; how many children live in the area is the inspection's to say, and
may be said or changed later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.apps.submissions.measure_areas import SERVICE_TITLES, service_of
from goldthread.apps.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class AmountRead:
    """One amount as it is shown. `value`, `low` and `high` are null where too few are counted, or, of a rate, where
    nobody said how many children live in the area (`waits`)."""

    code: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    waits: bool
    detail: Mapping[str, Any]

    @property
    def service(self) -> str:
        """What it is about, in words."""
        return SERVICE_TITLES.get(service_of(self.code), "")


def amounts(submission: Submission) -> list[AmountRead]:
    """Every amount that could be asked, in the order of a child's way through the services."""
    children = submission.inspection.children_in_area
    told = [_read(one, children) for one in submission.counts.get("amounts", [])]
    order = {service: place for place, service in enumerate(SERVICE_TITLES.values())}
    return sorted(told, key=lambda one: order.get(one.service, len(order)))


def _read(held: Mapping[str, Any], children: int | None) -> AmountRead:
    of_rate = held["how"] == "rate"
    waits = of_rate and children is None
    times = held["population"] / children if of_rate and children else 1.0
    value, low, high = (
        None if waits or held[name] is None else held[name] * times for name in ("value", "low", "high")
    )
    return AmountRead(held["code"], held["title"], value, low, high, waits, held)
