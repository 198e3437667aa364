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
from goldthread.apps.submissions.queries import BREAKDOWN_TITLES, place_of


@dataclass(frozen=True, slots=True)
class AmountRead:
    """One amount as it is shown. `value`, `low` and `high` are null where too few are counted, or, of a rate, where
    nobody said how many children live in the area (`waits`). `children` is how many do, of a rate only."""

    code: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    waits: bool
    detail: Mapping[str, Any]
    children: int | None = None

    @property
    def service(self) -> str:
        """What it is about, in words."""
        return SERVICE_TITLES.get(service_of(self.code), "")

    @property
    def finding(self) -> str:
        """What it says, in one line."""
        if self.value is None:
            return self.title
        return f"{self.title}: {self.value:,.1f} {self.detail['unit']}"


def amounts(submission: Submission) -> list[AmountRead]:
    """Every amount that could be asked, in the order of a child's way through the services."""
    children = submission.inspection.children_in_area
    told = [_read(one, children) for one in submission.counts.get("amounts", [])]
    order = {service: place for place, service in enumerate(SERVICE_TITLES.values())}
    return sorted(told, key=lambda one: order.get(one.service, len(order)))


@dataclass(frozen=True, slots=True)
class Part:
    """An amount for one group; `share` is how much of all counted, in per cent, and told of a rate only."""

    group: str
    counted: int
    value: float | None
    low: float | None
    high: float | None
    share: float | None


def one(submission: Submission, code: str) -> AmountRead:
    """One amount. Raises Submission.DoesNotExist where it was not told."""
    found = next((each for each in amounts(submission) if each.code == code), None)
    if found is None:
        raise Submission.DoesNotExist
    return found


def parts(of: AmountRead) -> list[tuple[str, list[Part]]]:
    """The amount for each group, by what it is grouped by; without what nothing handed in tells of."""
    from goldthread.kernel.groups import NOT_KNOWN

    of_rate, whole = of.detail["how"] == "rate", of.detail["counted"]
    by: dict[str, list[Part]] = {}
    for held in of.detail.get("parts", []):
        share = 100 * held["counted"] / whole if of_rate and whole else None
        made = Part(held["group"], held["counted"], held["value"], held["low"], held["high"], share)
        by.setdefault(held["by"], []).append(made)
    told = {name: found for name, found in by.items() if {part.group for part in found} != {NOT_KNOWN}}
    return [
        (title, sorted(told[name], key=lambda part: place_of(part.group)))
        for name, title in BREAKDOWN_TITLES.items()
        if name in told
    ]


def _read(held: Mapping[str, Any], children: int | None) -> AmountRead:
    of_rate = held["how"] == "rate"
    waits = of_rate and children is None
    times = held["population"] / children if of_rate and children else 1.0
    value, low, high = (
        None if waits or held[name] is None else held[name] * times for name in ("value", "low", "high")
    )
    return AmountRead(held["code"], held["title"], value, low, high, waits, held, children if of_rate else None)
