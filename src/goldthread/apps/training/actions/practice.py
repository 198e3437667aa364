"""Reviewing a practice case: beginning, saving as one types, signing off, reflecting on the model answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import Clash, require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import asked
from goldthread.apps.cases.actions import ClashedAnswer, Typed
from goldthread.apps.cases.actions.answers import LONGEST_WHY
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.training.answering import (
    Held,
    answers_of,
    given_of,
    has_seen,
    instrument_of,
    left_out,
    reflection_of,
    sealed,
    sealed_reflection,
)
from goldthread.apps.training.models import PracticeAnswer, PracticeReview, Training
from goldthread.domain import lifecycle
from goldthread.domain.instrument import NOT_ASKED, NOTES, Instrument, check_answers
from goldthread.domain.practice_cases import load

Status = lifecycle.PracticeReview
LONGEST_REFLECTION = 4_000


@dataclass(frozen=True, slots=True)
class SavedPractice:
    """What a save did: which answers were stored, and which clashed and were left as they were."""

    review: PracticeReview
    versions: dict[str, int]
    clashes: tuple[ClashedAnswer, ...]


@transaction.atomic
def begin(*, training: Training, case: str, by: Actor, again: bool = False) -> PracticeReview:
    """Begin a practice case, or go on with the attempt that is open. With `again` another attempt follows one that is
    signed off; the earlier stays. Without it a case that was signed off gives that attempt.

    Raises Refused for a case that the training does not have, and for somebody who stood aside.
    """
    training = Training.objects.select_for_update().select_related("inspection").get(pk=training.pk)
    require(by, Permission.PRACTICE_WRITE, training.target(changing=True))
    if case not in training.cases:
        raise Refused("This training has no such case.", hidden=True)
    me = UUID(by.id)
    if training.aside.filter(person_id=me).exists():
        raise Refused("You stood aside in this training, so you review none of its cases.")
    last = training.reviews.filter(case=case, reviewer_id=me).order_by("-attempt").first()
    if last is not None and (last.draft or not again):
        return last
    review = PracticeReview.objects.create(
        inspection=training.inspection, side=Side.TEAM, created_by_id=me, training=training, case=case,
        instrument=load(case).instrument, reviewer_id=me, attempt=last.attempt + 1 if last else 1,
        seen_before=has_seen(me, case),
    )  # fmt: skip
    journal(Events.PRACTICE_STARTED, by=by, about=review, chain=training.inspection_id, attempt=review.attempt)
    return review


@transaction.atomic
def save_answers(*, review: PracticeReview, answers: Mapping[str, Typed], by: Actor) -> SavedPractice:
    """Save answers as they are typed, complete or not. Each has a version; one that clashes is left, the rest saved.

    Raises Refused for a question or value that the instrument does not have.
    """
    review = _locked(review)
    require(by, Permission.PRACTICE_WRITE, review.target(changing=True))
    instrument, stored = instrument_of(review), answers_of(review)
    versions: dict[str, int] = {}
    clashes: list[ClashedAnswer] = []
    for question, typed in answers.items():
        typed, before = typed.tidy(), stored.get(question)
        _require_known(instrument, question, typed)
        if typed.said() == (before.typed().said() if before else Typed().said()):
            continue
        try:
            versions[question] = _write(review, question, before, typed)
        except Clash:
            if before is not None:
                clashes.append(ClashedAnswer(question, before.typed(), typed, before.saved_at))
    if versions:
        review.version, review.saved_at = review.version + 1, timezone.now()
        review.save(update_fields=["version", "saved_at"])
        journal(
            Events.PRACTICE_SAVED, by=by, about=review, chain=review.inspection_id, questions=sorted(versions)
        )  # fmt: skip
    return SavedPractice(review, versions, tuple(clashes))


@transaction.atomic
def sign_off(*, review: PracticeReview, version: int, by: Actor) -> PracticeReview:
    """Sign an attempt off: from here its reviewer sees the model answers, and it is never changed.

    Raises Refused with every problem where an answer or a reason is missing, Clash where it was changed since it was
    read. Nothing goes on the evidence shelf, and no urgent concern is raised.
    """
    review = _locked(review)
    require(by, Permission.PRACTICE_WRITE, review.target(changing=True))
    lifecycle.require_move(Status, review.status, Status.SIGNED_OFF)
    require_version(review.version, version, theirs={"review": "as it is now"}, yours={"review": "as you read it"})
    instrument, held = instrument_of(review), answers_of(review)
    if problems := check_answers(instrument, given_of(held), review.practice_case.group):
        names = {one.id: one.text for one in instrument.all_questions}
        raise Refused(" ".join(dict.fromkeys(f"{names.get(p.question_id, p.question_id)}: {p.says}" for p in problems)))
    now = timezone.now()
    for id in left_out(review, held):
        review.answers.update_or_create(question=id, defaults={"value": NOT_ASKED, "saved_at": now})
    # Asked again: the model answers may have been seen in another training meanwhile.
    review.seen_before = review.seen_before or has_seen(review.reviewer_id, review.case)
    review.status, review.signed_off_at, review.version = Status.SIGNED_OFF, now, review.version + 1
    review.save(update_fields=["status", "signed_off_at", "version", "seen_before"])
    journal(
        Events.PRACTICE_SIGNED_OFF, by=by, about=review, chain=review.inspection_id, attempt=review.attempt,
        answers=len(held),
    )  # fmt: skip
    return review


@transaction.atomic
def reflect(*, review: PracticeReview, says: str, version: int, by: Actor) -> PracticeReview:
    """Write down what one would do otherwise. It is sealed, and nobody but its reviewer reads it.

    Raises Refused before the case is signed off, Clash where it was written elsewhere meanwhile.
    """
    review = _locked(review)
    require(by, Permission.PRACTICE_WRITE, review.target())
    if not review.signed_off:
        raise Refused("Sign the case off first: a reflection is on the model answers.")
    says = says.strip().replace("\r\n", "\n")
    if len(says) > LONGEST_REFLECTION:
        raise Refused(f"That is too long: at most {LONGEST_REFLECTION:,} letters fit.")
    before = reflection_of(review)
    if says == before:
        return review
    require_version(review.reflection_version, version, theirs={"says": before}, yours={"says": says}, about=review)
    review.reflection, review.reflection_version = sealed_reflection(review, says), review.reflection_version + 1
    review.save(update_fields=["reflection", "reflection_version"])
    journal(Events.PRACTICE_REFLECTED, by=by, about=review, chain=review.inspection_id)
    return review


def _locked(review: PracticeReview) -> PracticeReview:
    rows = PracticeReview.objects.select_for_update(of=("self",)).select_related("inspection", "training", "reviewer")
    return rows.get(pk=review.pk)


def _require_known(instrument: Instrument, question: str, typed: Typed) -> None:
    if len(typed.why) > LONGEST_WHY:
        raise Refused(f"That is too long: at most {LONGEST_WHY:,} letters fit.")
    if question in NOTES:
        if typed.value or typed.more:
            raise Refused("This note has no answer to choose.")
        return
    try:
        found = instrument.question(question)
    except KeyError:
        raise Refused("This question is not part of the instrument.") from None
    if typed.value and typed.value not in found.answers:
        raise Refused("That is not an answer to this question.")
    asked.require_more(found, typed.more)


def _write(review: PracticeReview, question: str, before: Held | None, typed: Typed) -> int:
    now, words = timezone.now(), sealed(review, question, typed)
    if before is None:
        PracticeAnswer.objects.create(review=review, question=question, value=typed.value, words=words, saved_at=now)
        return 1
    row = before.row
    require_version(
        row.version, typed.version, theirs={"value": before.value, "why": before.why},
        yours={"value": typed.value, "why": typed.why},
    )  # fmt: skip
    row.value, row.words, row.version, row.saved_at = typed.value, words, row.version + 1, now
    row.save(update_fields=["value", "words", "version", "saved_at"])
    return row.version
