"""Answers made offline come home: each is merged, or both texts are kept and their reviewer chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.actions import Typed, save_answers, start_review
from goldthread.apps.cases.models import Answer, Case, CaseReview
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.offline.models import KeptAnswer, OfflinePack, PackedCase
from goldthread.apps.offline.packable import live_review
from goldthread.apps.offline.sealing_answers import Sent, Unreadable, opened, sealed_typed, unsealed_typed
from goldthread.apps.submissions import sealing

MERGED, CLASH, REFUSED, UNREADABLE = "merged", "clash", "refused", "unreadable"
"""What became of an answer that came home."""

GONE = "The review was given back, signed off or begun anew since the pack was taken."
ENDED = "This pack has ended, and its key with it. What still rests on the device cannot be read any more."


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one answer, and which version the stored one now has."""

    case: str
    question: str
    outcome: str
    version: int
    says: str = ""


@transaction.atomic
def bring_home(*, pack: OfflinePack, answers: Sequence[Sent], by: Actor) -> list[Came]:
    """Take in what a device sends, question by question. Sending twice takes in once.

    An answer that was changed here meanwhile clashes: both texts are kept. One whose review is closed is kept too, with
    why. Also after the leave was withdrawn and after the time is over: nothing that was written is lost by either.
    """
    pack = OfflinePack.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=pack.pk)
    require(by, Permission.CASE_REVIEW_WRITE, pack.target())
    if pack.ended and answers:
        raise Refused(ENDED)
    pack.heard_at = timezone.now()
    pack.save(update_fields=["heard_at"])
    if not answers:
        return []
    packed = {str(one.case_id): one for one in pack.packed.select_related("case", "case__draw", "case__inspection")}
    key = sealing.unseal(pack.inspection, bytes(pack.key or b""), purpose=pack.purpose)
    came = [_one(pack, packed.get(sent.case), sent, key, by) for sent in answers]
    pack.returned += sum(one.outcome != UNREADABLE for one in came)
    pack.save(update_fields=["returned"])
    outcomes = [one.outcome for one in came]
    journal(
        Events.OFFLINE_RETURNED, by=by, about=pack, chain=pack.inspection_id,
merged=outcomes.count(MERGED), clash=outcomes.count(CLASH), refused=outcomes.count(REFUSED),
        unreadable=outcomes.count(UNREADABLE),
    )  # fmt: skip
    return came


@transaction.atomic
def settle(*, kept: KeptAnswer, keep: str, version: int, by: Actor) -> KeptAnswer:
    """Choose between an answer made offline (`mine`) and what stands in the review (`stands`). Both stay to be read.

    Raises Refused where the review is closed and the answer made offline cannot be put in, Overtaken where what stands
    was changed since the page was opened.
    """
    kept = KeptAnswer.objects.select_for_update(of=("self",)).select_related(
        "inspection", "pack", "case", "case__draw", "review"
    ).get(pk=kept.pk)  # fmt: skip
    require(by, Permission.CASE_REVIEW_WRITE, kept.target(changing=True))
    if keep not in ("mine", "stands"):
        raise Refused("Choose which of the two answers is to count.")
    review = live_review(kept.case, by)
    stored = Answer.objects.filter(review=review, question=kept.question).first() if review else None
    stood = Typed(stored.value, stored.why, stored.version, dict(stored.more)) if stored else Typed()
    if keep == "mine":
        require_unchanged(_Standing(stood.version), version, about=review or kept, chain=kept.inspection_id)
        typed = unsealed_typed(kept.inspection, kept.typed, kept.purpose)
        review = review or start_review(case=kept.case, by=by)
        save_answers(
            review=review, answers={kept.question: Typed(typed.value, typed.why, stood.version, typed.more)}, by=by
        )
    kept.stood = sealed_typed(kept.inspection, stood, f"{kept.purpose} stood")
    kept.chosen, kept.settled_at, kept.version = keep, timezone.now(), kept.version + 1
    kept.save(update_fields=["stood", "chosen", "settled_at", "version"])
    journal(Events.OFFLINE_SETTLED, by=by, about=kept, chain=kept.inspection_id, question=kept.question, kept=keep)
    return kept


@dataclass(frozen=True, slots=True)
class _Standing:
    """The version of what stands in a review; 0 where nothing does."""

    version: int


def _one(pack: OfflinePack, packed: PackedCase | None, sent: Sent, key: bytes, by: Actor) -> Came:
    try:
        typed = opened(pack.pk, key, sent)
    except Unreadable:
        typed = None
    if packed is None or typed is None:
        return Came(sent.case, sent.question, UNREADABLE, sent.version)
    review = live_review(packed.case, by)
    if packed.review_id is not None and (review is None or review.pk != packed.review_id):
        return _keep(pack, packed.case, review, sent, typed, REFUSED, GONE)
    try:
        # A save of its own: what one refusal undoes, a review that was begun for it among it, is that answer's alone.
        with transaction.atomic():
            begun = review or start_review(case=packed.case, by=by)
            saved = save_answers(review=begun, answers={sent.question: typed}, by=by)
    except Refused as refusal:
        return _keep(pack, packed.case, review, sent, typed, REFUSED, refusal.reason)
    if saved.clashes:
        return _keep(pack, packed.case, begun, sent, typed, CLASH, "")
    return Came(sent.case, sent.question, MERGED, saved.versions.get(sent.question, _version(begun, sent.question)))


def _version(review: CaseReview, question: str) -> int:
    found = Answer.objects.filter(review=review, question=question).values_list("version", flat=True).first()
    return found or 0


def _keep(
    pack: OfflinePack, case: Case, review: CaseReview | None, sent: Sent, typed: Typed, why: str, says: str
) -> Came:
    """Keep an answer beside the review. A later text from the same device takes the place of its own earlier one."""
    rows = KeptAnswer.objects.filter(pack=pack, case=case, question=sent.question)
    for settled in rows.exclude(settled_at=None):
        if unsealed_typed(pack.inspection, settled.typed, settled.purpose).said() == typed.tidy().said():
            return Came(sent.case, sent.question, why, sent.version, says)  # sent again, and settled meanwhile
    kept = rows.filter(settled_at=None).first()
    made = kept or KeptAnswer(
        id=uuid4(), inspection=pack.inspection, side=pack.side, created_by_id=pack.created_by_id, pack=pack, case=case,
        question=sent.question,
    )  # fmt: skip
    made.review, made.typed_at, made.why, made.says = review, sent.at, why, says[:500]
    made.typed = sealed_typed(pack.inspection, typed.tidy(), made.purpose)
    made.version += kept is not None
    made.save(force_insert=kept is None)
    return Came(sent.case, sent.question, why, sent.version, says)
