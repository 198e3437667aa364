"""Taking back what was said: the notes and whatever stands on the shelf are wiped, in one recorded act."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Conversation, SaidPassage
from goldthread.apps.conversations.queries import may_plan
from goldthread.apps.conversations.rules import Wrong, locked
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.models import TypedText
from goldthread.domain import lifecycle
from goldthread.domain.hearing import WITHDRAWN_BY

Status = lifecycle.Conversation


@transaction.atomic
def withdraw(*, conversation: Conversation, because: str, version: int, by: Actor) -> Conversation:
    """Take a conversation back for whoever spoke. Its notes, and what anybody was typing of them, are wiped; its items
    are withdrawn from the shelf without their words, so that findings show *check again*.

    Until the day that was agreed anybody may who holds it; after that the lead inspector alone. An urgent concern that
    came of it stays: a child's safety is not taken back.
    """
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    lifecycle.require_move(Status, conversation.status, Status.WITHDRAWN)
    if because not in WITHDRAWN_BY:
        raise Wrong("because", "Choose how it was taken back.")
    until = conversation.withdraw_until
    if until is not None and timezone.localdate() > until and not may_plan(by, conversation.inspection):
        raise Refused(f"It could be taken back until {until:%-d %B %Y}. Ask the lead inspector, who still may.")
    passages = list(conversation.passages.select_related("evidence_item"))
    wipe_passages(passages, because="Whoever said it took it back.", by=by)
    TypedText.objects.filter(inspection=conversation.inspection, form__contains=conversation.pk.hex).delete()
    conversation.notes, conversation.noted_at = None, None
    conversation.ended_because, conversation.ended_at = because, timezone.now()
    conversation.status, conversation.version = Status.WITHDRAWN, conversation.version + 1
    conversation.save()
    journal(
        Events.CONVERSATION_WITHDRAWN, by=by, about=conversation, chain=conversation.inspection_id, because=because,
        wiped=len(passages), side=Side.TEAM,
    )  # fmt: skip
    return conversation


def wipe_passages(passages: Iterable[SaidPassage], *, because: str, by: Actor) -> None:
    """Take the words of passages off the shelf. Called by an action that has asked leave."""
    for passage in passages:
        evidence.wipe(item=passage.evidence_item, because=because, by=by)
        SaidPassage.objects.filter(pk=passage.pk).update(start=None, end=None)
