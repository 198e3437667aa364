"""Which comparisons and series stand on the evidence shelf, and who may put one there."""

from __future__ import annotations

from enum import StrEnum

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.submissions.models import Submission


class What(StrEnum):
    """What an item shows of a measure besides its value: the word under which its detail keeps the measure's code."""

    COMPARISON = "comparison"
    SERIES = "series"


def may_shelve(actor: Actor, submission: Submission) -> bool:
    """Whether a page should offer to put what it shows on the shelf: to whoever writes findings from it."""
    return policy.decide(actor, Permission.FINDING_WRITE, submission.target(changing=True), timezone.now()).allowed


def standing(submission: Submission, what: What, code: str) -> EvidenceItem | None:
    """The current item that shows this of the measure, from the same form and not from a later day; the newest."""
    rows = EvidenceItem.objects.filter(
        inspection=submission.inspection, kind=EvidenceKind.DATA, status="current", **{f"detail__{what}": code},
        detail__form=submission.form,
    ).order_by("-number")  # fmt: skip
    day = submission.as_at
    return next((one for one in rows if day is None or one.about_to is None or one.about_to <= day), None)
