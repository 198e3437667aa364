"""Carrying a submission from received to read: each step is written down, and nothing is half-stored."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions.shelving import shelve_measures
from goldthread.apps.submissions.models import Identity, MeasureValue, Submission
from goldthread.domain import lifecycle

MOST_ATTEMPTS = 3
STALE = timedelta(minutes=5)
TRIED = "This file could not be read; it was tried three times."
TRIED_MEND = "Save the file again under a new name and upload that. If it fails again, tell the administrator."


class ClaimLost(Exception):
    """Somebody else has taken over reading this submission, or it was withdrawn meanwhile."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure, or one group of its breakdowns, ready to be stored."""

    code: str
    numerator: int
    denominator: int
    value: float | None
    low: float | None
    high: float | None
    detail: Mapping[str, Any]
    breakdown: str = ""
    group: str = ""
    of_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Everything that reading a submission gave, for one transaction to store."""

    form: str
    year: int | None
    as_at: date
    as_at_guessed: bool
    store_key: str
    issues_key: str
    vault_key: str
    lists: Mapping[str, Any]
    counts: Mapping[str, Any]
    pseudonyms: Mapping[str, str] = field(default_factory=dict)
    measures: Sequence[Measured] = ()
    earlier: Submission | None = None


@transaction.atomic
def claim_next(*, by: Actor) -> Submission | None:
    """The next submission to read, claimed; None where there is none.

    A claim older than five minutes was cut short and is claimed again; after three attempts the file is refused.
    """
    while True:
        now = timezone.now()
        stale = Q(status=lifecycle.Submission.READING, claimed_at__lt=now - STALE)
        found = (
            Submission.objects.select_for_update()
            .filter(Q(status=lifecycle.Submission.RECEIVED) | stale)
            .exclude(hand_over=lifecycle.HandOver.WITHDRAWN)
            .order_by("created_at")
            .first()
        )
        if found is None:
            return None
        if found.attempts < MOST_ATTEMPTS:
            break
        _end(found, by=by, refusal=TRIED, mend=TRIED_MEND)
    require(by, Permission.SUBMISSION_UPLOAD, found.target())
    if found.status == lifecycle.Submission.READING:
        lifecycle.require_move(lifecycle.Submission, found.status, lifecycle.Submission.RECEIVED)
        found.status = lifecycle.Submission.RECEIVED
    lifecycle.require_move(lifecycle.Submission, found.status, lifecycle.Submission.READING)
    found.status, found.claimed_at, found.claimed_by = lifecycle.Submission.READING, now, _me()
    found.attempts += 1
    found.progress, found.step = 5, "Its turn to be read has come"
    found.save(update_fields=["status", "claimed_at", "claimed_by", "attempts", "progress", "step"])
    return found


@transaction.atomic
def progress(*, submission: Submission, per_cent: int, step: str, by: Actor) -> None:
    """Write down how far reading has come. Raises ClaimLost where it is somebody else's by now."""
    require(by, Permission.SUBMISSION_UPLOAD, submission.target())
    _mine(submission)
    Submission.objects.filter(pk=submission.pk).update(progress=per_cent, step=step, claimed_at=timezone.now())


@transaction.atomic
def finish(*, submission: Submission, finished: Finished, by: Actor) -> Submission:
    """Store all that was read, at once; what the team itself uploaded goes on the shelf with it. Raises ClaimLost."""
    row = _mine(submission)
    require(by, Permission.SUBMISSION_UPLOAD, row.target())
    lifecycle.require_move(lifecycle.Submission, row.status, lifecycle.Submission.READ)
    _store_pseudonyms(row, finished.pseudonyms)
    MeasureValue.objects.bulk_create(
        [
            MeasureValue(
                submission=row, code=one.code, breakdown=one.breakdown, group=one.group, numerator=one.numerator,
                denominator=one.denominator, value=one.value, low=one.low, high=one.high, detail=dict(one.detail),
                of_record=one.of_record,
            )
            for one in finished.measures
        ],
        batch_size=500,
    )  # fmt: skip
    for name in (
        "form", "year", "as_at", "as_at_guessed", "store_key", "issues_key", "vault_key", "lists", "counts", "earlier",
    ):  # fmt: skip
        setattr(row, name, getattr(finished, name))
    row.status, row.progress, row.step = lifecycle.Submission.READ, 100, "Read"
    row.read_at, row.version = timezone.now(), row.version + 1
    row.save()
    journal(
        Events.SUBMISSION_READ, by=by, about=row, chain=row.inspection_id, side=row.side,
        rows=sum(row.lists.get("rows", {}).values()), issues=row.counts.get("total", 0),
    )  # fmt: skip
    if row.side == Side.TEAM and row.hand_over == lifecycle.HandOver.SUBMITTED:
        shelve_measures(submission=row, by=by)
    return row


@transaction.atomic
def refuse(*, submission: Submission, refusal: str, mend: str, by: Actor, code: str = "") -> Submission:
    """Refuse a file in plain English: what is wrong with it, and how to mend it. Raises ClaimLost."""
    row = _mine(submission)
    require(by, Permission.SUBMISSION_UPLOAD, row.target())
    _end(row, by=by, refusal=refusal, mend=mend, code=code)
    return row


@transaction.atomic
def give_back(*, submission: Submission, by: Actor) -> Submission:
    """Reading was cut short: put the file back in the queue, or refuse it after the third time. Raises ClaimLost."""
    row = _mine(submission)
    require(by, Permission.SUBMISSION_UPLOAD, row.target())
    if row.attempts >= MOST_ATTEMPTS:
        _end(row, by=by, refusal=TRIED, mend=TRIED_MEND)
        return row
    lifecycle.require_move(lifecycle.Submission, row.status, lifecycle.Submission.RECEIVED)
    row.status, row.claimed_at, row.claimed_by = lifecycle.Submission.RECEIVED, None, ""
    row.progress, row.step = 5, "Reading was cut short; it will be tried again"
    row.save(update_fields=["status", "claimed_at", "claimed_by", "progress", "step"])
    return row


@transaction.atomic
def free_dead_claims(*, by: Actor) -> int:
    """Put back what a reader of this machine had claimed when it died, so that nobody waits five minutes for it."""
    freed = 0
    for row in Submission.objects.select_for_update().filter(status=lifecycle.Submission.READING):
        host, _, pid = row.claimed_by.partition(":")
        if host == socket.gethostname() and pid.isdigit() and not Path(f"/proc/{pid}").exists():
            give_back(submission=row, by=by)
            freed += 1
    return freed


def _me() -> str:
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def _mine(submission: Submission) -> Submission:
    row = Submission.objects.select_for_update().select_related("inspection").get(pk=submission.pk)
    mine = row.status == lifecycle.Submission.READING and row.attempts == submission.attempts
    if not mine or row.hand_over == lifecycle.HandOver.WITHDRAWN:
        raise ClaimLost
    return row


def _end(row: Submission, *, by: Actor, refusal: str, mend: str, code: str = "") -> None:
    lifecycle.require_move(lifecycle.Submission, row.status, lifecycle.Submission.REFUSED)
    row.status, row.refusal, row.mend = lifecycle.Submission.REFUSED, refusal, mend
    row.progress, row.step, row.version = 100, "Refused", row.version + 1
    row.save(update_fields=["status", "refusal", "mend", "progress", "step", "version"])
    journal(
        Events.SUBMISSION_REFUSED, by=by, about=row, chain=row.inspection_id, side=row.side, code=code or "unreadable"
    )


def _store_pseudonyms(row: Submission, given: Mapping[str, str]) -> None:
    Identity.objects.bulk_create(
        [
            Identity(inspection_id=row.inspection_id, pseudonym=name, fingerprint=mark)
            for mark, name in sorted(given.items())
        ],
        batch_size=2000,
    )


__all__ = [
    "ClaimLost", "Finished", "Measured", "claim_next", "finish", "free_dead_claims", "give_back", "progress", "refuse",
]  # fmt: skip
