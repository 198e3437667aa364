"""Reading what people wrote: for a child who may not be safe first, then for the team, then for the shelf."""

import textwrap
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceKind
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import sealing
from goldthread.apps.surveys.actions.themes import refresh_shelf
from goldthread.apps.surveys.models import Shelved, Words, WordsStatus
from goldthread.apps.surveys.rules import Wrong, id_of, locked_words, require_areas, require_length
from goldthread.apps.surveys.sealed import words_of
from goldthread.domain import lifecycle
from goldthread.domain.hearing import TIERS, Tier
from goldthread.domain.hearing.their_words import shared_run


@transaction.atomic
def settle_words(*, words: Words, to: str, done: str, version: int, by: Actor) -> Words:
    """Say what becomes of what somebody wrote: the team reads it, it is kept back, or a child may not be safe.

    For a child who may not be safe `done` says what is done. What is no longer released is wiped from the shelf.
    """
    require(by, Permission.SURVEY_TRIAGE, words.target())
    words = locked_words(words)
    require_unchanged(words, version, about=words, chain=words.inspection_id)
    lifecycle.require_move(WordsStatus, words.status, to)
    done = require_length("done", done)
    if to == WordsStatus.CONCERN and not done:
        raise Wrong("done", "Say what is done, by whom and by when: a child may not be safe.")
    if to == WordsStatus.RELEASED and words.tier == Tier.INSPECTOR:
        raise Wrong("to", "Whoever wrote it asked that it is not used. Keep it back, or raise the concern.")
    for one in words.shelved.filter(evidence_item__status="current").select_related("evidence_item"):
        evidence.wipe(item=one.evidence_item, because="What was written in the survey is kept back.", by=by)
    if to == WordsStatus.CONCERN:
        words.done = sealing.seal(words.inspection, done.encode(), purpose=f"{words.purpose}:done")
    words.status, words.version = to, words.version + 1
    words.settled_by_id, words.settled_at = id_of(by), timezone.now()
    words.save()
    refresh_shelf(survey=words.survey, by=by)
    journal(Events.SURVEY_WORDS_SETTLED, by=by, about=words, chain=words.inspection_id, to=to, side=Side.TEAM)
    return words


@transaction.atomic
def shelve_words(*, words: Words, text: str, areas: Sequence[str], client_key: UUID, by: Actor) -> Shelved:
    """Put released words on the shelf: word by word where they may be used, else the idea in words of one's own.

    The same key twice gives the same. Raises Wrong for a quotation that does not stand there, or an idea that shares
    a run of words.
    """
    require(by, Permission.SURVEY_RUN, words.target())
    words = locked_words(words)
    survey, inspection = words.survey, words.inspection
    if existing := Shelved.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if words.status != WordsStatus.RELEASED:
        raise Refused("Only what was released to the team goes on the shelf.")
    require_areas(inspection, areas)
    text, said = require_length("text", text), words_of(words)
    if not text:
        raise Wrong("text", "Write what is to stand on the shelf.")
    if words.tier == Tier.WORDS and " ".join(text.split()) not in " ".join(said.split()):
        raise Wrong("text", "These words do not stand there like this. Copy them word by word.")
    if words.tier == Tier.IDEA and (run := shared_run(said, text, inspection.words_alike)):
        raise Wrong("text", f"“{run}” was written so. The idea may be used, not the words: say it in your own.")
    first = textwrap.shorten(text, 90, placeholder=" …")
    item = evidence.shelve(
        inspection=inspection, kind=EvidenceKind.SURVEY, by=by, areas=areas, summary=text,
        title=f"{survey.who}, survey {survey.mark}: {f'“{first}”' if words.tier == Tier.WORDS else first}",
        source_hash=words.alike, about_from=words.day, about_to=words.day, detail={"terms": TIERS[Tier(words.tier)]},
    )  # fmt: skip
    return Shelved.objects.create(
        inspection=inspection, side=Side.TEAM, survey=survey, question=words.question, words=words,
        evidence_item=item, client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
