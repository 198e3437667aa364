"""Holding the embargo of a report back when what it says is no longer held, or was accepted as wrong.

At its moment a report is public by itself, so what happens to its ground before that must be able to stop it.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.reports import queries
from goldthread.apps.reports.models import AccuracyComment, Publication, Sentence


@transaction.atomic
def no_longer_agreed(*, thing: Finding | Judgement, by: Actor, **_: Any) -> None:
    """Hold every version under embargo that says what the team no longer holds: a judgement, since each stands in the
    table of grades, or a finding on which a sentence rests."""
    for one in _embargoed(thing.inspection_id):
        if isinstance(thing, Judgement):
            _hold(one, "A judgement that it gives was opened again.", by)
        elif Sentence.objects.filter(section__report=one.report_id, finding=thing.pk).exists():
            _hold(one, "A finding on which it rests is no longer agreed.", by)


@transaction.atomic
def hold_for_accepted(*, comment: AccuracyComment, by: Actor) -> None:
    """Hold every version under embargo that still says what the council's accepted comment is about."""
    for one in _embargoed(comment.inspection_id):
        if any(held.pk == comment.pk for held in queries.not_in_it(one)):
            _hold(
                one, f"Comment {comment.number} of the council is accepted, and its change is not in this version.", by
            )


def _embargoed(inspection: UUID) -> list[Publication]:
    """The versions under embargo, locked: whether the moment has come is asked once nobody can move it."""
    keys = [one.pk for one in queries.embargoed(inspection)]
    rows = Publication.objects.select_for_update(of=("self",)).select_related("report__inspection")
    return [one for one in rows.defer("pdf", "word", "odt").filter(pk__in=keys) if queries.under_embargo(one)]


def _hold(held: Publication, because: str, by: Actor) -> None:
    if held.held_at is not None and because in held.held_because:
        return
    held.held_at = held.held_at or timezone.now()
    held.held_because, held.version = f"{held.held_because} {because}".strip()[:300], held.version + 1
    held.save(update_fields=["held_at", "held_because", "version"])
    journal(
        Events.EMBARGO_HELD, by=by, about=held.report, chain=held.report.inspection_id, side=Side.TEAM, because=because
    )
