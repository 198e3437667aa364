"""Consent: on which terms somebody speaks, recorded before a word is written; and what it may become."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.conversations.actions.withdrawing import wipe_passages
from goldthread.apps.conversations.models import Conversation
from goldthread.apps.conversations.rules import Wrong, locked, take_back_days
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.hearing import ADULTS, AGREED, NOT_HELD, TIERS, NotAgreed, Tier, narrower, require_consent

Status = lifecycle.Conversation


@transaction.atomic
def agree(
    *, conversation: Conversation, tier: str, adult: str, agreed: str, withdraw_until: date, version: int, by: Actor
) -> Conversation:
    """Record consent: what may be done with what is said, whether a trusted adult was there, who agreed, until when it
    may be taken back. From here on notes can be written.

    Raises Wrong where the parts do not go together, Overtaken where the conversation was changed meanwhile.
    """
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    lifecycle.require_move(Status, conversation.status, Status.AGREED)
    if conversation.status != Status.PLANNED:
        raise Refused("Consent is recorded already.")
    for field, value, known in (("tier", tier, TIERS), ("adult", adult, ADULTS), ("agreed", agreed, AGREED)):
        if value not in known:
            raise Wrong(field, "Choose one of the answers.")
    try:
        require_consent(group=conversation.group, age=conversation.age, adult=adult, agreed=agreed)
    except NotAgreed as wrong:
        raise Wrong(wrong.field, str(wrong)) from None
    first, last = take_back_days(conversation)
    if not first <= withdraw_until <= last:
        raise Wrong("withdraw_until", f"Choose a day from {first:%-d %B %Y} to {last:%-d %B %Y}.")
    conversation.tier, conversation.adult, conversation.agreed = tier, adult, agreed
    conversation.withdraw_until, conversation.agreed_at = withdraw_until, timezone.now()
    _move(conversation, Status.AGREED)
    conversation.save()
    journal(Events.CONVERSATION_AGREED, by=by, about=conversation, chain=conversation.inspection_id, tier=tier)
    return conversation


@transaction.atomic
def narrow(*, conversation: Conversation, tier: str, version: int, by: Actor) -> Conversation:
    """Record that less may be done with what was said. What is on the shelf and goes beyond it is wiped there.

    Never the other way: whoever speaks is asked again, in a conversation of its own.
    """
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    if conversation.status not in (Status.AGREED, Status.HELD):
        raise Refused("There is nothing to narrow: consent is not recorded, or the conversation was taken back.")
    if tier not in TIERS or not narrower(conversation.tier, tier):
        raise Wrong("tier", "Only less may be done than was agreed. To do more, ask again in a new conversation.")
    conversation.tier, conversation.version = tier, conversation.version + 1
    conversation.save(update_fields=["tier", "version"])
    beyond = [one for one in conversation.passages.all() if tier == Tier.INSPECTOR or one.tier == Tier.WORDS]
    wipe_passages(beyond, because="Whoever said it asked that less be done with it.", by=by)
    journal(
        Events.CONVERSATION_NARROWED, by=by, about=conversation, chain=conversation.inspection_id, tier=tier,
        wiped=len(beyond),
    )  # fmt: skip
    return conversation


@transaction.atomic
def not_held(*, conversation: Conversation, because: str, version: int, by: Actor) -> Conversation:
    """Note that it was not held, and why. Refused once a word was written: that is finished, or taken back."""
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    lifecycle.require_move(Status, conversation.status, Status.NOT_HELD)
    if because not in NOT_HELD:
        raise Wrong("because", "Choose why it was not held.")
    if conversation.notes:
        raise Refused("Notes were written, so it was held. Finish them, or have the conversation taken back.")
    conversation.ended_because, conversation.ended_at = because, timezone.now()
    _move(conversation, Status.NOT_HELD)
    conversation.save()
    journal(Events.CONVERSATION_NOT_HELD, by=by, about=conversation, chain=conversation.inspection_id, because=because)
    return conversation


@transaction.atomic
def plan_again(*, conversation: Conversation, version: int, by: Actor) -> Conversation:
    """Plan one again that was not held. Consent is asked anew."""
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    lifecycle.require_move(Status, conversation.status, Status.PLANNED)
    conversation.ended_because, conversation.ended_at = "", None
    conversation.tier, conversation.adult, conversation.agreed = "", "", ""
    conversation.agreed_at, conversation.withdraw_until = None, None
    _move(conversation, Status.PLANNED)
    conversation.save()
    journal(Events.CONVERSATION_AGAIN, by=by, about=conversation, chain=conversation.inspection_id)
    return conversation


def _move(conversation: Conversation, to: Status) -> None:
    conversation.status, conversation.version = to, conversation.version + 1
