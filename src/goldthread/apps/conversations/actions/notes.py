"""Writing down what was said, once it is agreed how: sealed, by whoever listened and nobody else."""

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.conversations.models import Conversation
from goldthread.apps.conversations.queries import OwnNotes
from goldthread.apps.conversations.rules import Wrong, locked, require_length
from goldthread.apps.conversations.sealed import notes_of, sealed_words
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.hearing import Tier
from goldthread.domain.hearing.their_words import passage_in

Status = lifecycle.Conversation
NOT_YET = "Record consent first: no note is written before whoever speaks has said what may be done with it."


@transaction.atomic
def write_notes(*, conversation: Conversation, notes: str, version: int, by: Actor) -> Conversation:
    """Save the notes. Raises Refused before consent is recorded, Clash where they were changed meanwhile."""
    require(by, Permission.CONVERSATION_WRITE, OwnNotes(conversation).target())
    conversation = locked(conversation)
    require_version(
        conversation.version, version, theirs={"notes": notes_of(conversation)}, yours={"notes": notes.strip()},
        about=conversation,
    )  # fmt: skip
    if not conversation.writable:
        raise Refused(NOT_YET if conversation.status == Status.PLANNED else "The notes are closed.")
    notes = require_length("notes", notes)
    if not notes:
        raise Wrong("notes", "Write what was said.")
    conversation.notes = sealed_words(conversation.inspection, conversation.purpose, {"notes": notes})
    conversation.noted_at, conversation.version = timezone.now(), conversation.version + 1
    conversation.save(update_fields=["notes", "noted_at", "version"])
    journal(Events.CONVERSATION_NOTED, by=by, about=conversation, chain=conversation.inspection_id)
    return conversation


@transaction.atomic
def finish(*, conversation: Conversation, version: int, by: Actor) -> Conversation:
    """Finish the notes: from here on the conversation counts as held and passages can go on the shelf.

    A quotation on the shelf that the notes no longer hold is superseded, so that what leans on it is marked.
    """
    require(by, Permission.CONVERSATION_WRITE, OwnNotes(conversation).target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    lifecycle.require_move(Status, conversation.status, Status.HELD)
    if not conversation.notes:
        raise Refused("Nothing is written yet. Write what was said, if only a line.")
    conversation.status, conversation.version = Status.HELD, conversation.version + 1
    conversation.save(update_fields=["status", "version"])
    notes = notes_of(conversation)
    for passage in conversation.passages.filter(tier=Tier.WORDS).select_related("evidence_item"):
        if passage.evidence_item.current and passage_in(notes, passage.evidence_item.summary) is None:
            evidence.supersede(item=passage.evidence_item, new=None, by=by)
    journal(Events.CONVERSATION_HELD, by=by, about=conversation, chain=conversation.inspection_id)
    return conversation


@transaction.atomic
def open_again(*, conversation: Conversation, version: int, by: Actor) -> Conversation:
    """Open finished notes again, to mend them."""
    require(by, Permission.CONVERSATION_WRITE, OwnNotes(conversation).target())
    conversation = locked(conversation)
    require_unchanged(conversation, version, about=conversation, chain=conversation.inspection_id)
    if conversation.status != Status.HELD:
        raise Refused("Only finished notes are opened again.")
    lifecycle.require_move(Status, conversation.status, Status.AGREED)
    conversation.status, conversation.version = Status.AGREED, conversation.version + 1
    conversation.save(update_fields=["status", "version"])
    journal(Events.CONVERSATION_OPENED, by=by, about=conversation, chain=conversation.inspection_id)
    return conversation


@transaction.atomic
def record_look(*, conversation: Conversation, by: Actor) -> None:
    """Write in the journal that somebody who did not listen reads the notes. Refused for “inspector only”."""
    require(by, Permission.CONVERSATION_NOTES, conversation.notes_target(changing=True))
    journal(Events.CONVERSATION_READ, by=by, about=conversation, chain=conversation.inspection_id)
