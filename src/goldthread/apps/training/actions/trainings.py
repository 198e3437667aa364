"""Opening a training, saying when a reviewer is calibrated, standing aside."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.drafting import known
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.training.models import Training
from goldthread.domain import lifecycle
from goldthread.domain.calibration import FEWEST_CASES, Level
from goldthread.domain.practice_cases import slugs

AUTHORITY = "Hollowmere (invented)"
"""The authority of every training inspection. There is none of that name."""

DAYS = 30
"""How long a training inspection lasts on paper; nothing ends by itself."""


@transaction.atomic
def open_training_inspection(*, client_key: UUID, by: Actor) -> Training:
    """Set up a training inspection of an invented authority, and open its training. Whoever does leads it.

    The same key twice gives the same training.
    """
    require(by, Permission.INSPECTION_CREATE, Target())
    today = timezone.localdate()
    made = inspections.create(
        title=f"Training, {today:%-d %B %Y}", authority=AUTHORITY, framework=known.offered_frameworks()[-1],
        kind=Kind.TRAINING, call_day=today, fieldwork_from=today, fieldwork_to=today + timedelta(days=DAYS),
        client_key=client_key, synthetic=True, by=by,
    )  # fmt: skip
    return open_training(inspection=made, client_key=client_key, by=by)


@transaction.atomic
def open_training(*, inspection: Inspection, client_key: UUID, by: Actor) -> Training:
    """Open a training of an inspection's team with every practice case. One that was open is closed, and stays.

    It starts with the level of the one before. The same key twice gives the same training.
    """
    require(by, Permission.TRAINING_OPEN, inspection.target(Side.TEAM))
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    rows = Training.objects.select_for_update().filter(inspection=inspection)
    if existing := rows.filter(client_key=client_key).first():
        return existing
    before = rows.order_by("-number").first()
    if before is not None and before.open:
        lifecycle.require_move(lifecycle.Training, before.status, lifecycle.Training.CLOSED)
        before.status, before.version = lifecycle.Training.CLOSED, before.version + 1
        before.save(update_fields=["status", "version"])
        journal(Events.TRAINING_CLOSED, by=by, about=before, chain=inspection.pk)
    submissions.make_key(inspection=inspection, by=by)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    level = {name: getattr(before, name) for name in LEVEL} if before is not None else {}
    training = Training.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, cases=list(slugs()), client_key=client_key,
        created_by_id=None if by.programme else by.id, **level,
    )  # fmt: skip
    journal(Events.TRAINING_OPENED, by=by, about=training, chain=inspection.pk, cases=len(training.cases))
    return training


LEVEL = ("level_per_cent", "level_cases", "level_urgent", "first_sight")


@transaction.atomic
def set_level(*, training: Training, level: Level, first_sight: bool, version: int, by: Actor) -> Training:
    """Say when a reviewer counts as calibrated. Raises Refused for a level that nobody could reach or fail."""
    training = Training.objects.select_for_update().select_related("inspection").get(pk=training.pk)
    require(by, Permission.TRAINING_OPEN, training.target(changing=True))
    require_unchanged(training, version, about=training, chain=training.inspection_id)
    if not 1 <= level.per_cent <= 100:
        raise Refused("Give a share from 1 to 100 per cent.")
    if not FEWEST_CASES <= level.cases <= len(training.cases):
        raise Refused(f"Give from {FEWEST_CASES} to {len(training.cases)} cases: this training has no more.")
    told = (level.per_cent, level.cases, level.urgent, first_sight)
    changed = [name for name, value in zip(LEVEL, told, strict=True) if getattr(training, name) != value]
    for name, value in zip(LEVEL, told, strict=True):
        setattr(training, name, value)
    training.version += 1
    training.save(update_fields=[*LEVEL, "version"])
    journal(Events.TRAINING_LEVEL_SET, by=by, about=training, chain=training.inspection_id, fields=changed)
    return training


@transaction.atomic
def stand_aside(*, training: Training, by: Actor) -> Training:
    """Review none of the cases, and so see every answer as it is signed off. It is never taken back.

    Raises Refused for somebody who has signed one off: they are part of the comparison.
    """
    training = Training.objects.select_for_update().select_related("inspection").get(pk=training.pk)
    require(by, Permission.TRAINING_OPEN, training.target(changing=True))
    if training.aside.filter(person_id=by.id).exists():
        return training
    if training.reviews.filter(reviewer_id=UUID(by.id), status=lifecycle.PracticeReview.SIGNED_OFF).exists():
        raise Refused("You have signed a practice case off, so you take part. Review the others to see their answers.")
    training.aside.create(person_id=by.id)
    journal(Events.TRAINING_STOOD_ASIDE, by=by, about=training, chain=training.inspection_id)
    return training


@transaction.atomic
def record_export(*, training: Training, form: str, rows: int, by: Actor) -> None:
    """Write down that the figures of a training leave as a file."""
    require(by, Permission.TRAINING_READ, training.target())
    what = f"calibration of training {training.number}"
    journal(Events.EXPORTED, by=by, about=training.inspection, chain=training.inspection_id, what=what, form=form,
            rows=rows)  # fmt: skip
