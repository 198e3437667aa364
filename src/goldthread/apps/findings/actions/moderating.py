"""Writing down the meetings that moderate judgements: who was there, and what was decided of each judgement."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.findings.models import Discussed, Judgement, ModerationMeeting
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.meetings.queries import in_the_team


@transaction.atomic
def record_moderation(
    *, inspection: Inspection, day: date, attended: Sequence[Person], client_key: UUID, by: Actor
) -> ModerationMeeting:
    """Write down that a moderation meeting was held. The same key twice gives the same meeting.

    Raises Refused for a day before the call or to come, and where fewer than two of the team were there.
    """
    require(by, Permission.JUDGEMENT_MODERATE, inspection.target(side=Side.TEAM))
    if existing := ModerationMeeting.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if not inspection.call_day <= day <= timezone.localdate():
        raise Refused("Choose a day from the day of the call to today.")
    team = {one.pk for one in in_the_team(inspection)}
    if outside := [one.name for one in attended if one.pk not in team]:
        raise Refused(f"{outside[0]} is not in the team of this inspection.")
    if len(attended) < 2:
        raise Refused("Say who was there: nobody moderates alone.")
    made = ModerationMeeting.objects.create(
        inspection=inspection, side=Side.TEAM, day=day, client_key=client_key,
        attended=[str(one.pk) for one in attended], created_by_id=None if by.programme else UUID(by.id),
    )  # fmt: skip
    journal(
        Events.MODERATION_RECORDED, by=by, about=made, chain=inspection.pk, side=made.side, attended=len(attended)
    )  # fmt: skip
    return made


@transaction.atomic
def decide_of(
    *, meeting: ModerationMeeting, area: str, decided: str, by: Actor, version: int | None = None
) -> Discussed:
    """Write down what a meeting decided of the judgement of an area, as that judgement now stands.

    Said again for the same judgement it replaces what was said. `version` is the meeting's.
    """
    rows = ModerationMeeting.objects.select_for_update(of=("self",)).select_related("inspection")
    meeting = rows.get(pk=meeting.pk)
    require(by, Permission.JUDGEMENT_MODERATE, meeting.target())
    require_unchanged(meeting, version, about=meeting, chain=meeting.inspection_id)
    judgement = Judgement.objects.filter(inspection_id=meeting.inspection_id, area=area).first()
    if judgement is None:
        raise Refused("Nobody has proposed a judgement of this area yet, so there was none to discuss.")
    if not decided.strip():
        raise Refused("Write what was decided.")
    made, _ = Discussed.objects.update_or_create(
        meeting=meeting, judgement=judgement,
        defaults={"decided": decided.strip(), "of_version": judgement.version, "of_grade": judgement.grade},
    )  # fmt: skip
    meeting.version += 1
    meeting.save(update_fields=["version"])
    journal(
        Events.MODERATION_DECIDED, by=by, about=meeting, chain=meeting.inspection_id, side=meeting.side, area=area,
        of_version=judgement.version,
    )  # fmt: skip
    return made
