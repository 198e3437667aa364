"""Opening the journey of the child of a case: the journal says so before anything is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events

if TYPE_CHECKING:
    from goldthread.apps.cases.queries.journeys import CaseRows


@transaction.atomic
def open_case_journey(*, rows: CaseRows, by: Actor) -> None:
    """Write in the journal that somebody opens the journey of a case's child. An inspector may of the files they were
    given."""
    require(by, Permission.LISTS_READ, rows.target())
    journal(Events.JOURNEY_OPENED, by=by, about=rows.case, chain=rows.case.inspection_id, side=rows.case.side)
