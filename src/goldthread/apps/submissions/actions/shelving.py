"""Putting a submission's measures on the team's evidence shelf, each with all that a number must carry."""

from datetime import date
from typing import Any

from django.db import transaction

from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.submissions.measure_areas import areas_of
from goldthread.apps.submissions.measure_words import finding_of, one_decimal
from goldthread.apps.submissions.models import MeasureValue, Submission

EVENTS_OF_A_PERIOD = frozenset({"contacts", "early_help", "referrals", "assessments", "section_47"})
"""Lists of what happened in a period; the others tell how things stood on the as-at date."""


@transaction.atomic
def shelve_measures(*, submission: Submission, by: Actor) -> int:
    """One evidence item for each measure that could be worked out; how many. The action that crosses asks leave.

    Where the same measure of an earlier submission stands on the shelf, the new item takes its place, and whatever
    leans on the old one is marked *check again*.
    """
    values = list(MeasureValue.objects.filter(submission=submission, breakdown="", denominator__gt=0).order_by("pk"))
    earlier = _earlier_items(submission)
    for value in values:
        value.evidence_item = evidence.shelve(
            inspection=submission.inspection, kind=EvidenceKind.DATA, title=title_of(value), by=by,
            summary=_summary(value), areas=areas_of(submission.inspection.framework, value.code),
            detail=_detail(value, submission), source_hash=submission.sha256, about_from=_from(value, submission),
            about_to=submission.as_at, replaces=earlier.get(value.code),
        )  # fmt: skip
    MeasureValue.objects.bulk_update(values, ["evidence_item"], batch_size=200)
    return len(values)


@transaction.atomic
def withdraw_items(*, submission: Submission, because: str) -> int:
    """Withdraw every item that rests on a submission which the authority took back; how many.

    A comparison or a series names all that it rests on under `rests_on` in its detail.
    """
    of_data = EvidenceItem.objects.filter(inspection=submission.inspection, kind=EvidenceKind.DATA, status="current")
    own = set(of_data.filter(measure_values__submission=submission).values_list("pk", flat=True))
    items = [one for one in of_data if one.pk in own or str(submission.pk) in one.detail.get("rests_on", [])]
    for item in items:
        evidence.withdraw(item=item, because=because[:300], by=PROGRAMME)
    return len(items)


def title_of(value: MeasureValue) -> str:
    """The measure's finding in one sentence."""
    return finding_of(value)


def _earlier_items(submission: Submission) -> dict[str, EvidenceItem]:
    """The current item of each measure from an earlier day and the same form, by the measure's code.

    A return and a list tell of one thing in two ways: neither takes the other's place.
    """
    before = (
        MeasureValue.objects.filter(
            submission__inspection=submission.inspection,
            submission__form=submission.form,
            breakdown="",
            evidence_item__status="current",
            submission__as_at__lte=submission.as_at or date.max,
        )
        .exclude(submission=submission)
        .select_related("evidence_item")
        .order_by("submission__as_at", "evidence_item__number")
    )
    return {value.code: value.evidence_item for value in before if value.evidence_item is not None}


def _summary(value: MeasureValue) -> str:
    lines = [f"Definition: {value.detail.get('definition', '')}."]
    if value.low is not None and value.high is not None:
        lines.append(f"The true rate is likely between {one_decimal(value.low)} and {one_decimal(value.high)}.")
    lines += [f"Warning: {warning}" for warning in value.detail.get("warnings", [])]
    lines += [str(caution) for caution in value.detail.get("cautions", [])]
    return "\n".join(lines)


def _detail(value: MeasureValue, submission: Submission) -> dict[str, Any]:
    return {
        "measure": value.code, "numerator": value.numerator, "denominator": value.denominator, "value": value.value,
        "low": value.low, "high": value.high, "as_at": submission.as_at.isoformat() if submission.as_at else None,
        "submission": str(submission.pk), **value.detail,
    }  # fmt: skip


def _from(value: MeasureValue, submission: Submission) -> date | None:
    """The first day that the item speaks of: the lists of events reach back six months."""
    if submission.as_at is None:
        return None
    if value.of_record:
        return months_before(submission.as_at, int(value.detail.get("looks_back", 0)))
    if value.detail.get("table") not in EVENTS_OF_A_PERIOD:
        return submission.as_at
    return months_before(submission.as_at, int(value.detail.get("period_months", 6)))


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    for of_month in range(day.day, 27, -1):
        try:
            return date(year, month + 1, of_month)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
