"""Everything that is measured of a submission, in one shape: shares of its lists, shares of the record, and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from goldthread.apps.submissions import queries, record
from goldthread.apps.submissions.amounts import AmountRead, amounts
from goldthread.apps.submissions.measure_areas import SERVICE_TITLES
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import MeasureRead


class Of(StrEnum):
    """What was asked."""

    LISTS = "lists"
    RECORD = "record"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Ours:
    """One thing that was measured. `value`, `low` and `high` are null where too few are counted, or a rate waits.

    `whole` is the denominator of a share and the children of a rate, null of a median or an average. `shown` has the
    value with its unit, `counts` how many it rests on, in words.
    """

    code: str
    title: str
    service: str
    of: Of
    unit: str
    better: str
    value: float | None
    low: float | None
    high: float | None
    counted: int
    whole: int | None
    shown: str
    counts: str
    waits: bool
    detail: Mapping[str, Any]

    @property
    def of_record(self) -> bool:
        """Whether the record was asked, and not a list."""
        return self.of is not Of.LISTS

    @property
    def likely(self) -> str:
        """The likely range, in words."""
        if self.low is None or self.high is None:
            return ""
        return f"{self.low:,.1f} to {self.high:,.1f}"

    @property
    def better_says(self) -> str:
        """Which way is better, in words."""
        words = {"high": "Higher is better", "low": "Lower is better"}
        return words.get(self.better, "For context: neither high nor low is good in itself")

    @property
    def may_leave(self) -> bool:
        """Whether the value may leave the house: nothing small can be told from it."""
        from goldthread.domain.disclosure import WITHHELD, rate_shown, shown

        if self.of is Of.AMOUNT:
            return shown(self.counted) != WITHHELD
        return rate_shown(self.counted, self.whole or 0) != WITHHELD


def all_of(submission: Submission) -> Iterator[Ours]:
    """Everything that could be worked out, in the order of a child's way through the services."""
    from goldthread.kernel.declared import declared

    found = [
        *(_share(one, Of.LISTS) for one in queries.measures(submission) if one.known),
        *(_share(one, Of.RECORD) for one in record.measures(submission) if one.known),
        *(_amount(one) for one in amounts(submission) if one.detail["counted"] or one.waits),
    ]
    services = {title: place for place, title in enumerate(SERVICE_TITLES.values())}
    order = {code: place for place, code in enumerate(declared())}
    areas: dict[str, int] = {}
    for code in order:
        areas.setdefault(code.split("-")[0], len(areas))

    def place(one: Ours) -> tuple[int, int, int]:
        return services.get(one.service, 99), areas.get(one.code.split("-")[0], 99), order.get(one.code, 999)

    return iter(sorted(found, key=place))


def one_of(submission: Submission, code: str) -> Ours | None:
    """One of them; None where it was not worked out."""
    return next((one for one in all_of(submission) if one.code == code), None)


def _share(one: MeasureRead, of: Of) -> Ours:
    held = one.share.value
    better = str(one.detail.get("better", "context"))
    return Ours(
        one.code, one.title, one.service, of, "%", better, held.value, held.low, held.high, held.numerator,
        held.denominator, one.share.shown, one.share.counts, False, one.detail,
    )  # fmt: skip


def _amount(one: AmountRead) -> Ours:
    held = one.detail
    children = one.children
    counts = f"{held['counted']:,} counted" + (f", {children:,} children" if children else "")
    unit = str(held["unit"])
    shown = f"{one.value:,.1f} {unit}" if one.value is not None else ""
    return Ours(
        one.code, one.title, one.service, Of.AMOUNT, unit, str(held["better"]), one.value, one.low, one.high,
        int(held["counted"]), children, shown, counts, one.waits, held,
    )  # fmt: skip
