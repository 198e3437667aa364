"""What is written down when results of a survey leave as a file."""

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.surveys.models import Survey
from goldthread.apps.surveys.queries.waves import has_results


@transaction.atomic
def record_export(*, survey: Survey, what: str, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes results of a survey out of the house.

    Raises Refused while none are shown: a file gives nothing that the page does not.
    """
    require(by, Permission.SURVEY_READ, survey.target())
    if not has_results(survey):
        raise Refused("No results are shown yet: the survey is open, or fewer than ten people answered.")
    journal(
        Events.EXPORTED, by=by, about=survey, chain=survey.inspection_id, what=what, form=form, rows=rows,
        side=Side.TEAM,
    )  # fmt: skip
