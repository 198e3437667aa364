"""The hand-ins of one authority as a sequence: one for each month, and what each counts of its own month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.submissions import holdings, queries
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Counted:
    """One month of one measure: how many of how many."""

    period: str
    numerator: int
    denominator: int


def sequence(actor: Actor, submission: Submission) -> list[Submission]:
    """What was handed in of this authority up to a submission, one for each month, the earliest first.

    Only what is of the submission's own form (a yearly return between two lists tells nothing of the months since), may
    be seen by the actor, was read and was not withdrawn. Of two of one month the later day counts, and of one day the
    later reading; in its own month the submission itself.
    """
    if submission.as_at is None:
        return []
    rows = queries.handed_in(actor, submission.inspection).filter(
        status=lifecycle.Submission.READ, form=submission.form, as_at__lte=submission.as_at
    )
    months: dict[str, Submission] = {}
    for one in sorted(rows, key=lambda one: (one.as_at, one.created_at, one.pk == submission.pk)):
        if one.as_at is not None and (one.hand_over != lifecycle.HandOver.WITHDRAWN or one.pk == submission.pk):
            months[f"{one.as_at:%Y-%m}"] = one
    months[f"{submission.as_at:%Y-%m}"] = submission
    return [months[month] for month in sorted(months)]


def by_hand_in(hand_ins: Sequence[Submission]) -> dict[str, list[Counted]]:
    """Every measure month by month: what happened since the hand-in before, and what stood on the day of each."""
    from goldthread.kernel.monthly import HAPPENS_ON

    found: dict[str, list[Counted]] = {}
    stands = MeasureValue.objects.filter(submission__in=[one.pk for one in hand_ins], breakdown="")
    held: dict[UUID, list[tuple[str, int, int]]] = {}
    for pk, code, numerator, denominator in stands.order_by("pk").values_list(
        "submission_id", "code", "numerator", "denominator"
    ):
        if code not in HAPPENS_ON:
            held.setdefault(pk, []).append((code, numerator, denominator))
    before: date | None = None
    for one in hand_ins:
        if one.as_at is None:
            continue
        for code, numerator, denominator in (
            *held.get(one.pk, ()),
            *_happened(one.pk, one.store_key, one.as_at, before),
        ):
            found.setdefault(code, []).append(Counted(f"{one.as_at:%Y-%m}", numerator, denominator))
        before = one.as_at
    return found


def within(submission: Submission) -> dict[str, list[Counted]]:
    """The measures of what happens, for each whole month that one submission's lists cover."""
    if submission.as_at is None or not submission.store_key:
        return {}
    return {code: list(counted) for code, counted in _within(submission.pk, submission.store_key, submission.as_at)}


def across(hand_ins: Sequence[Submission]) -> dict[str, list[Counted]]:
    """The measures of what happens, for each whole month that the lists of any hand-in cover, the later one telling."""
    found: dict[str, dict[str, Counted]] = {}
    for one in hand_ins:
        for code, counted in within(one).items():
            found.setdefault(code, {}).update({each.period: each for each in counted})
    return {code: [months[month] for month in sorted(months)] for code, months in found.items()}


# What was handed in never changes, so what it counts is worked out once in a process. Only counts are held, no rows.
@lru_cache(maxsize=1_000)
def _happened(pk: UUID, key: str, as_at: date, before: date | None) -> tuple[tuple[str, int, int], ...]:
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.monthly import HAPPENS_ON, month

    measures = [measure for measure in MEASURES if measure.code in HAPPENS_ON]
    tables = tables_of(pk, {measure.table for measure in measures})
    told = month(tables, as_at=as_at, before=before, measures=measures)
    return tuple((one.code, one.numerator, one.denominator) for one in told.measures)


@lru_cache(maxsize=200)
def _within(pk: UUID, key: str, as_at: date) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.monthly import HAPPENS_ON, months_within

    measures = [measure for measure in MEASURES if measure.code in HAPPENS_ON]
    tables = tables_of(pk, {measure.table for measure in measures})
    told = months_within(tables, as_at=as_at, measures=measures)
    return tuple(
        (code, tuple(Counted(month, one.numerator, one.denominator) for month, one in months.items()))
        for code, months in told.items()
    )


def tables_of(pk: UUID, wanted: set[str]) -> Mapping[str, pl.DataFrame]:
    """Some tables of a submission under pseudonyms, those that it has."""
    submission = Submission.objects.select_related("inspection").get(pk=pk)
    held = set(holdings.frame_names(submission, "tables", submission.store_key)) if submission.store_key else set()
    return {
        name: holdings.fetch_frame(submission, "tables", submission.store_key, name) for name in sorted(wanted & held)
    }
