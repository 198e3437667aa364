"""The hand-ins of one authority as a sequence: one for each month, and what each counts of its own month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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

    from goldthread.kernel.record_monthly import MonthCount


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


def by_hand_in(hand_ins: Sequence[Submission]) -> dict[str, list[MonthCount]]:
    """Everything that is measured, by the month: what happened since the hand-in before, and what stood on each day."""
    found = _record_by_hand_in(hand_ins)
    return {**found, **_lists_by_hand_in([one for one in hand_ins if one.of_lists])}


def _lists_by_hand_in(hand_ins: Sequence[Submission]) -> dict[str, list[MonthCount]]:
    from goldthread.kernel.monthly import HAPPENS_ON
    from goldthread.kernel.record_monthly import MonthCount

    found: dict[str, list[MonthCount]] = {}
    held = _shares(hand_ins, of_record=False)
    before: date | None = None
    for one in hand_ins:
        if one.as_at is None:
            continue
        stands = [each for each in held.get(one.pk, ()) if each[0] not in HAPPENS_ON]
        for code, numerator, denominator in (*stands, *_happened(one.pk, one.store_key, one.as_at, before)):
            found.setdefault(code, []).append(MonthCount(f"{one.as_at:%Y-%m}", numerator, denominator))
        before = one.as_at
    return found


def _shares(hand_ins: Sequence[Submission], *, of_record: bool) -> dict[UUID, list[tuple[str, int, int]]]:
    """What the measures said of each hand-in: code, how many, of how many."""
    held: dict[UUID, list[tuple[str, int, int]]] = {}
    rows = MeasureValue.objects.filter(
        submission__in=[one.pk for one in hand_ins], breakdown="", of_record=of_record
    ).order_by("pk")
    for pk, code, numerator, denominator in rows.values_list("submission_id", "code", "numerator", "denominator"):
        held.setdefault(pk, []).append((code, numerator, denominator))
    return held


def _record_by_hand_in(hand_ins: Sequence[Submission]) -> dict[str, list[MonthCount]]:
    """The record's months, each as the first hand-in told it that covers the month; and what stood on each day."""
    from goldthread.kernel.record_monthly import joined, standing

    shares = _shares(hand_ins, of_record=True)
    return joined(
        (one.as_at, _months(one), standing(one.as_at, shares.get(one.pk, ()), _amounts(one)))
        for one in hand_ins
        if one.as_at is not None
    )


def _months(submission: Submission) -> dict[str, tuple[MonthCount, ...]]:
    """The months that one hand-in tells of, as they were worked out when it was read; none by earlier versions."""
    from goldthread.kernel.record_monthly import MonthCount

    held = submission.counts.get("months", {})
    return {code: tuple(MonthCount(*month) for month in months) for code, months in held.items()}


def _amounts(submission: Submission) -> Iterator[tuple[str, int, float | None]]:
    """The amounts of one hand-in: code, how many, and the middle or average of them."""
    for one in submission.counts.get("amounts", []):
        yield one["code"], one["counted"], None if one["how"] == "rate" else one["value"]


def within(submission: Submission) -> dict[str, list[MonthCount]]:
    """What is measured for each whole month that one submission covers by itself."""
    if submission.as_at is None or not submission.store_key:
        return {}
    found = {code: list(months) for code, months in _months(submission).items()}
    if submission.of_lists:
        lists = _within(submission.pk, submission.store_key, submission.as_at)
        found |= {code: list(counted) for code, counted in lists}
    return found


def across(hand_ins: Sequence[Submission]) -> dict[str, list[MonthCount]]:
    """What is measured for each whole month that the lists of any hand-in cover, the later one telling."""
    found: dict[str, dict[str, MonthCount]] = {}
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
def _within(pk: UUID, key: str, as_at: date) -> tuple[tuple[str, tuple[MonthCount, ...]], ...]:
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.monthly import HAPPENS_ON, months_within
    from goldthread.kernel.record_monthly import MonthCount

    measures = [measure for measure in MEASURES if measure.code in HAPPENS_ON]
    tables = tables_of(pk, {measure.table for measure in measures})
    told = months_within(tables, as_at=as_at, measures=measures)
    return tuple(
        (code, tuple(MonthCount(month, one.numerator, one.denominator) for month, one in months.items()))
        for code, months in told.items()
    )


def tables_of(pk: UUID, wanted: set[str]) -> Mapping[str, pl.DataFrame]:
    """Some tables of a submission under pseudonyms, those that it has."""
    submission = Submission.objects.select_related("inspection").get(pk=pk)
    held = set(holdings.frame_names(submission, "tables", submission.store_key)) if submission.store_key else set()
    return {
        name: holdings.fetch_frame(submission, "tables", submission.store_key, name) for name in sorted(wanted & held)
    }
