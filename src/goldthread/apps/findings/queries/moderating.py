"""Challenges to judgements, and the meetings that moderate them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.findings.models import Challenge, Discussed, Dissent, Judgement, ModerationMeeting
from goldthread.apps.findings.queries.judgements import judgement, judgements
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle


def challenges_of(judgement: Judgement) -> list[Challenge]:
    """Every challenge to a judgement, those that wait first, each in the order of asking."""
    order = {lifecycle.Challenge.OPEN: 0, lifecycle.Challenge.ANSWERED: 1, lifecycle.Challenge.CLOSED: 2}
    rows = judgement.challenges.select_related("raised_by", "answered_by", "closed_by")
    return sorted(rows, key=lambda one: order[lifecycle.Challenge(one.status)])


def open_challenges(inspection: Inspection, resting: Iterable[UUID] = ()) -> list[str]:
    """The areas, by slug, of challenges that wait for an answer: to agreed judgements, and to those `resting` names."""
    told = Q(judgement__status=lifecycle.Judgement.AGREED) | Q(judgement__in=list(resting))
    rows = Challenge.objects.filter(told, judgement__inspection=inspection, status=lifecycle.Challenge.OPEN)
    return list(rows.order_by("judgement__area", "pk").values_list("judgement__area", flat=True))


@dataclass(frozen=True, slots=True)
class Disputed:
    """A judgement of which somebody holds something against, with how many of each: what waits, and who dissents.

    `open`: the challenges that wait for an answer; `answered`: those that quality assurance has to close; `dissents`:
    how many see it otherwise.
    """

    judgement: Judgement
    open: tuple[Challenge, ...]
    answered: int
    dissents: int


def disputed(inspection: Inspection, actor: Actor) -> list[Disputed]:
    """Judgements with a challenge that is not closed or a dissent that stands, in the framework's order.

    None of those that the actor may not see.
    """
    held = judgements(inspection, actor)
    challenges = list(Challenge.objects.filter(judgement__in=held).exclude(status=lifecycle.Challenge.CLOSED))
    dissents = list(Dissent.objects.filter(judgement__in=held, taken_back_at=None))
    rows = [_disputed(one, challenges, dissents) for one in held]
    return [one for one in rows if one.open or one.answered or one.dissents]


def _disputed(one: Judgement, challenges: Iterable[Challenge], dissents: Iterable[Dissent]) -> Disputed:
    of = [each for each in challenges if each.judgement_id == one.pk]
    waiting = tuple(each for each in of if each.status == lifecycle.Challenge.OPEN)
    return Disputed(one, waiting, len(of) - len(waiting), sum(each.judgement_id == one.pk for each in dissents))


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
