"""Quality assurance asks of a judgement; the lead or who proposed it answers; quality assurance closes it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, decide
from goldthread.apps.findings.actions.judgements import put_back
from goldthread.apps.findings.models import Challenge, Judgement
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle

Status = lifecycle.Challenge
LONGEST = 600
AGAIN = "A challenge is asked again: "


@transaction.atomic
def challenge(
    *, judgement: Judgement, question: str, against: str, client_key: UUID, by: Actor, version: int | None = None
) -> Challenge:
    """Put a challenge to a proposed judgement: a question, and the evidence against its reasons.

    The same key twice is one challenge. `version` is that of the judgement which was read. Raises Overtaken where it
    has changed since, and Refused where it is agreed.
    """
    require(by, Permission.JUDGEMENT_ASSURE, judgement.target())
    judgement = Judgement.objects.select_for_update().select_related("inspection").get(pk=judgement.pk)
    if existing := judgement.challenges.filter(client_key=client_key).first():
        return existing
    require_unchanged(judgement, version, about=judgement, chain=judgement.inspection_id)
    require(by, Permission.JUDGEMENT_ASSURE, judgement.target(changing=True))
    question, against = question.strip(), against.strip()
    if not question:
        raise Refused("Write what you ask of the judgement.")
    if len(question) > LONGEST:
        raise Refused(f"A question has at most {LONGEST:,} letters, and this one has {len(question):,}.")
    if not against:
        raise Refused("Say which evidence speaks against the reasons: a challenge without any cannot be answered.")
    made = Challenge.objects.create(
        judgement=judgement, question=question, against=against, client_key=client_key, of_version=judgement.version,
        raised_by_id=None if by.programme else UUID(by.id),
    )  # fmt: skip
    _told(Events.JUDGEMENT_CHALLENGED, judgement, by)
    return made


@transaction.atomic
def answer_challenge(*, challenge: Challenge, answer: str, by: Actor, version: int | None = None) -> Challenge:
    """Answer a challenge: as the lead inspector, or as who proposed the judgement; never as who raised it."""
    held = _fresh(challenge)
    judgement = held.judgement
    require(by, Permission.JUDGEMENT_PROPOSE, judgement.target())
    require_unchanged(held, version, about=judgement, chain=judgement.inspection_id)
    leads = decide(by, Permission.JUDGEMENT_AGREE, judgement.target(), timezone.now()).allowed
    if not leads and by.id not in judgement.proposers:
        raise Refused("The lead inspector or who proposed the judgement answers a challenge to it.")
    if held.raised_by_id is not None and str(held.raised_by_id) == by.id:
        raise Refused("You raised this challenge yourself, so somebody else answers it.")
    lifecycle.require_move(Status, held.status, Status.ANSWERED)
    if not answer.strip():
        raise Refused("Write the answer.")
    held.answer, held.answered_at = answer.strip(), timezone.now()
    held.answered_by_id = None if by.programme else UUID(by.id)
    return _moved(held, Status.ANSWERED, ["answer", "answered_at", "answered_by"], Events.CHALLENGE_ANSWERED, by)


@transaction.atomic
def close_challenge(
    *, challenge: Challenge, closing: str, by: Actor, version: int | None = None, again: bool = False
) -> Challenge:
    """Close a challenge, saying what came of it; or, with `again`, ask it again, saying what the answer lacks.

    A judgement that was agreed on the answer is proposed again when the challenge is: what was agreed stays kept.
    """
    held = _fresh(challenge)
    judgement = held.judgement
    require(by, Permission.JUDGEMENT_ASSURE, judgement.target())
    require_unchanged(held, version, about=judgement, chain=judgement.inspection_id)
    to = Status.OPEN if again else Status.CLOSED
    lifecycle.require_move(Status, held.status, to)
    if not closing.strip():
        raise Refused("Say what the answer lacks." if again else "Say what came of the challenge.")
    held.closing = closing.strip()
    if again:
        locked = Judgement.objects.select_for_update().get(pk=judgement.pk)
        put_back(judgement=locked, because=AGAIN + held.closing, by=by)
        return _moved(held, to, ["closing"], Events.CHALLENGE_ASKED_AGAIN, by)
    held.closed_at, held.closed_by_id = timezone.now(), None if by.programme else UUID(by.id)
    return _moved(held, to, ["closing", "closed_at", "closed_by"], Events.CHALLENGE_CLOSED, by)


def _moved(held: Challenge, to: Status, changed: list[str], event: Event, by: Actor) -> Challenge:
    held.status, held.version = to, held.version + 1
    held.save(update_fields=[*changed, "status", "version"])
    _told(event, held.judgement, by)
    return held


def _fresh(challenge: Challenge) -> Challenge:
    rows = Challenge.objects.select_for_update(of=("self",)).select_related("judgement__inspection")
    return rows.get(pk=challenge.pk)


def _told(event: Event, judgement: Judgement, by: Actor) -> None:
    journal(event, by=by, about=judgement, chain=judgement.inspection_id, side=judgement.side)
