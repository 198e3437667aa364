"""Putting something of a conversation on the evidence shelf, at its tier only."""

import textwrap
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Conversation, SaidPassage
from goldthread.apps.conversations.queries import OwnNotes
from goldthread.apps.conversations.rules import Wrong, id_of, locked, require_areas, require_length
from goldthread.apps.conversations.sealed import hash_of, notes_of
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceKind
from goldthread.domain.hearing import TIERS, Tier, narrower
from goldthread.domain.hearing.their_words import Passage as Stretch
from goldthread.domain.hearing.their_words import passage_in, shared_run

MOST = 2000


@transaction.atomic
def shelve_passage(
    *, conversation: Conversation, tier: str, text: str, areas: Sequence[str], client_key: UUID, by: Actor
) -> SaidPassage:
    """Put a quotation (tier “words”) or a paraphrase (“idea”) on the shelf. The same key twice gives the same.

    A quotation must stand in the notes. A paraphrase must share no run of words with them: of somebody who said “use
    the idea, not the words” no words may go. Raises Wrong for both; Refused for “inspector only”, always.
    """
    require(by, Permission.CONVERSATION_WRITE, OwnNotes(conversation).target())
    conversation = locked(conversation)
    if existing := SaidPassage.objects.filter(inspection_id=conversation.inspection_id, client_key=client_key).first():
        return existing
    if conversation.tier == Tier.INSPECTOR:
        raise Refused("This conversation is for the inspector only: nothing of it goes on the shelf.")
    if not conversation.heard:
        raise Refused("Finish the notes first.")
    if tier not in (Tier.WORDS, Tier.IDEA) or (tier != conversation.tier and not narrower(conversation.tier, tier)):
        raise Wrong("tier", f"They said “{TIERS[Tier(conversation.tier)]}”. Put it in your own words.")
    slugs, text = require_areas(conversation.inspection, areas), require_length("text", text, MOST)
    if not text:
        raise Wrong("text", "Write what is to stand on the shelf.")
    place = _place(notes_of(conversation), text, tier, conversation.inspection.words_alike)
    text = notes_of(conversation)[place.start : place.end] if place else text
    item = evidence.shelve(
        inspection=conversation.inspection, kind=EvidenceKind.CONVERSATION, by=by,
        areas=[one for one in slugs.split("|") if one],
        title=f"{conversation.whom}: {_shown(text, tier)}", summary=text,
        source_hash=hash_of(conversation.notes), about_from=conversation.day, about_to=conversation.day,
        detail={"terms": TIERS[Tier(tier)]},
    )  # fmt: skip
    return SaidPassage.objects.create(
        inspection=conversation.inspection, side=Side.TEAM, conversation=conversation, tier=tier, evidence_item=item,
        start=place.start if place else None, end=place.end if place else None, client_key=client_key,
        created_by_id=id_of(by),
    )  # fmt: skip


def _place(notes: str, text: str, tier: str, most: int) -> Stretch | None:
    """Where a quotation stands in the notes; None for the idea. Raises Wrong for a text that is not what it says."""
    if tier == Tier.WORDS:
        place = passage_in(notes, text)
        if place is None:
            raise Wrong("text", "These words do not stand in the notes like this. Copy them word by word.")
        return place
    if run := shared_run(notes, text, most):
        raise Wrong(
            "text",
            f"“{run}” stands in the notes. The idea may be used, not the words: say it in your own, with "
            f"at most {most} words in a row alike.",
        )
    return None


def _shown(text: str, tier: str) -> str:
    """The first words, as a list of the shelf shows them."""
    first = textwrap.shorten(text, 90, placeholder=" …")
    return f"“{first}”" if tier == Tier.WORDS else first
