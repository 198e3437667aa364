"""Putting the result of one question on the evidence shelf."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceKind
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.surveys.models import Shelved, Status, Survey
from goldthread.apps.surveys.queries.results import result_of, summary_of
from goldthread.apps.surveys.rules import id_of, locked, require_areas


@transaction.atomic
def shelve_result(*, survey: Survey, question: str, areas: Sequence[str], client_key: UUID, by: Actor) -> Shelved:
    """Put what was answered to one question on the shelf, as it may be shown. The same key twice gives the same.

    An earlier item of the same question is superseded. Raises Refused while the survey is open, since its numbers may
    still change, and where fewer than ten answered.
    """
    require(by, Permission.SURVEY_RUN, survey.target())
    survey = locked(survey)
    if existing := Shelved.objects.filter(inspection_id=survey.inspection_id, client_key=client_key).first():
        return existing
    if survey.status != Status.CLOSED:
        raise Refused("Close the survey first: while it is open its numbers may still change.")
    result = result_of(survey, question)
    if not result.shown:
        raise Refused("Fewer than ten answered this, so that nothing of it is shown.")
    require_areas(survey.inspection, areas)
    summary = summary_of(result)
    before = survey.shelved.filter(question=question, words=None, evidence_item__status="current").first()
    item = evidence.shelve(
        inspection=survey.inspection, kind=EvidenceKind.SURVEY, by=by, areas=areas, summary=summary,
        title=f"{survey.who}, survey {survey.mark}: {result.question.text}",
        source_hash=hashlib.sha256(summary.encode()).hexdigest(), about_from=result.first, about_to=result.last,
        replaces=before.evidence_item if before else None,
    )  # fmt: skip
    made = Shelved.objects.create(
        inspection=survey.inspection, side=Side.TEAM, survey=survey, question=question, evidence_item=item,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    journal(Events.SURVEY_SHELVED, by=by, about=survey, chain=survey.inspection_id, item=item.mark)
    return made
