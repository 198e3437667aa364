"""Taking the figures of agreement out of the house: the journal says so first."""

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.queries import OwnPart
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def record_agreement_export(*, part: OwnPart, what: str, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes figures of agreement out of the house, of everybody or of their own."""
    require(by, Permission.MODERATION_READ, part.target())
    inspection = part.inspection
    journal(Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what=what, form=form, rows=rows)
