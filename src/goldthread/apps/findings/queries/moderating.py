"""Challenges to judgements, and the meetings that moderate them."""

from uuid import UUID

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.findings.models import Challenge, Discussed, Judgement, ModerationMeeting
from goldthread.apps.findings.queries.judgements import judgement
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle


def challenges_of(judgement: Judgement) -> list[Challenge]:
    """Every challenge to a judgement, those that wait first, each in the order of asking."""
    order = {lifecycle.Challenge.OPEN: 0, lifecycle.Challenge.ANSWERED: 1, lifecycle.Challenge.CLOSED: 2}
    rows = judgement.challenges.select_related("raised_by", "answered_by", "closed_by")
    return sorted(rows, key=lambda one: order[lifecycle.Challenge(one.status)])


def challenge_to(actor: Actor, inspection: UUID, area: str, challenge: int) -> Challenge:
    """One challenge. Raises DoesNotExist where the actor may not see it."""
    rows = Challenge.objects.select_related("judgement__inspection", "raised_by", "answered_by")
    return rows.get(judgement=judgement(actor, inspection, area), pk=challenge)


def moderation_meetings(actor: Actor, inspection: Inspection) -> list[ModerationMeeting]:
    """The moderation meetings of an inspection, the latest first."""
    rows = ModerationMeeting.objects.select_related("inspection", "created_by").filter(inspection=inspection)
    return list(visible(rows, actor, Permission.JUDGEMENT_READ))


def moderation_meeting(actor: Actor, inspection: UUID, moderation: UUID) -> ModerationMeeting:
    """One moderation meeting. Raises ModerationMeeting.DoesNotExist where the actor may not see it."""
    rows = ModerationMeeting.objects.select_related("inspection", "created_by")
    return visible(rows, actor, Permission.JUDGEMENT_READ).get(inspection_id=inspection, pk=moderation)


def discussed_in(meeting: ModerationMeeting) -> list[Discussed]:
    """The judgements that a meeting discussed."""
    return list(meeting.discussed.select_related("judgement"))


def discussions_of(judgement: Judgement) -> list[Discussed]:
    """The meetings that discussed a judgement, the latest first."""
    return list(judgement.discussed.select_related("meeting").order_by("-meeting__day", "-pk"))


def at_moderation(meeting: ModerationMeeting) -> list[Person]:
    """Who was at a meeting, by name; also those who have left the team since."""
    return list(Person.objects.filter(pk__in=meeting.attended).order_by("name"))
