"""An urgent concern that came up in a conversation, where no case of a sample is about that child."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Conversation, VoicedConcern
from goldthread.apps.conversations.rules import Wrong, id_of, require_length
from goldthread.apps.conversations.sealed import sealed_words
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key

MOST = 4000


@transaction.atomic
def raise_concern(*, conversation: Conversation, says: str, client_key: UUID, by: Actor) -> VoicedConcern:
    """Put an urgent concern before the lead at once, whatever the terms of the conversation: everybody is told so
    before they speak. The same key twice gives the same."""
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    if existing := VoicedConcern.objects.filter(inspection=conversation.inspection, client_key=client_key).first():
        return existing
    says = require_length("says", says, MOST)
    if not says:
        raise Wrong("says", "Say what the concern is.")
    make_key(inspection=conversation.inspection, by=by)
    made = VoicedConcern(
        inspection=conversation.inspection, side=Side.TEAM, conversation=conversation, client_key=client_key,
        created_by_id=id_of(by),
    )  # fmt: skip
    made.sealed = sealed_words(conversation.inspection, made.purpose, {"says": says})
    made.save()
    journal(Events.CONVERSATION_CONCERN, by=by, about=made, chain=conversation.inspection_id)
    return made


@transaction.atomic
def answer_concern(*, concern: VoicedConcern, done: str, version: int, by: Actor) -> VoicedConcern:
    """Say what is being done, and by whom. Raises Overtaken where it was answered meanwhile."""
    require(by, Permission.CONCERN_ACKNOWLEDGE, concern.target())
    rows = VoicedConcern.objects.select_for_update(of=("self",)).select_related("inspection", "conversation")
    concern = rows.get(pk=concern.pk)
    require_unchanged(concern, version, about=concern, chain=concern.inspection_id)
    require(by, Permission.CONCERN_ACKNOWLEDGE, concern.target(changing=True))
    done = require_length("done", done, MOST)
    if not done:
        raise Wrong("done", "Say what is being done, and by whom.")
    concern.done = sealed_words(concern.inspection, f"{concern.purpose}:done", {"done": done})
    concern.acknowledged_at, concern.acknowledged_by_id = timezone.now(), id_of(by)
    concern.version += 1
    concern.save()
    journal(Events.CONVERSATION_CONCERN_ANSWERED, by=by, about=concern, chain=concern.inspection_id)
    return concern
