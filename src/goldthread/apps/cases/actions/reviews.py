"""Reviewing a child's file: beginning, saving as one types, signing off, giving back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import Clash, require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases import shelving
from goldthread.apps.cases.actions.concerns import follow_answer
from goldthread.apps.cases.models import Answer, Case, CaseReview
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import frameworks, instruments, lifecycle
from goldthread.domain.instrument import URGENT, Instrument, check_answers

LONGEST_WHY = 20_000


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer as somebody typed it, and the version of the answer that they saw (0 where there was none)."""

    value: str = ""
    why: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ClashedAnswer:
    """An answer that was saved elsewhere since the form was opened: what is stored, and what was typed here."""

    question: str
    theirs: Typed
    yours: Typed
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: which answers were stored with which versions, and which clashed and were left as they were."""

    review: CaseReview
    versions: dict[str, int]
    clashes: tuple[ClashedAnswer, ...]


@transaction.atomic
def start_review(*, case: Case, by: Actor) -> CaseReview:
    """Begin the review of a case that one was given, or go on with the one already begun."""
    rows = Case.objects.select_for_update().select_related("inspection", "draw", "draw__inspection")
    case = rows.get(pk=case.pk)
    require(by, Permission.CASE_REVIEW_WRITE, case.target(changing=True))
    reviewer = case.allocated_to_id if by.programme else UUID(by.id)
    if reviewer is None:
        raise Refused("Nobody has been given this case yet.")
    live = CaseReview.objects.filter(case=case, reviewer_id=reviewer).exclude(status=lifecycle.CaseReview.SUPERSEDED)
    begun = live.select_related("inspection", "case", "case__draw").first()
    if begun is not None and case.status != lifecycle.Case.ALLOCATED:
        return begun
    lifecycle.require_move(lifecycle.Case, case.status, lifecycle.Case.IN_REVIEW)
    case.status, case.version = lifecycle.Case.IN_REVIEW, case.version + 1
    case.save(update_fields=["status", "version"])
    review = begun or CaseReview.objects.create(
        inspection_id=case.inspection_id, side=case.side, created_by_id=reviewer, case=case, reviewer_id=reviewer,
        instrument=case.draw.instrument,
    )  # fmt: skip
    journal(Events.CASE_REVIEW_STARTED, by=by, about=review, chain=case.inspection_id)
    return review


@transaction.atomic
def save_answers(*, review: CaseReview, answers: Mapping[str, Typed], by: Actor) -> Saved:
    """Save answers as they are typed, complete or not. Each has a version; one that clashes is left, the rest saved.

    An answer that is the same as what is stored is no change and cannot clash. An urgent concern with its words is
    before the lead at once. Raises Refused for a question or value that the instrument does not have.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    instrument = instruments.load(review.instrument)
    stored = {one.question: one for one in review.answers.all()}
    versions: dict[str, int] = {}
    clashes: list[ClashedAnswer] = []
    for question, typed in answers.items():
        typed = Typed(typed.value.strip(), typed.why.strip().replace("\r\n", "\n"), typed.version)
        _require_known(instrument, question, typed)
        before = stored.get(question)
        if (before.value, before.why) == (typed.value, typed.why) if before else not (typed.value or typed.why):
            continue
        try:
            versions[question] = _write(review, question, before, typed)
        except Clash:
            if before is not None:
                theirs = Typed(before.value, before.why, before.version)
                clashes.append(ClashedAnswer(question, theirs, typed, before.saved_at))
    if versions:
        _after_saving(review, versions, answers, by)
    return Saved(review, versions, tuple(clashes))


@transaction.atomic
def sign_off(*, review: CaseReview, version: int, by: Actor) -> CaseReview:
    """Close a case review: from here it is evidence on the shelf, and may only be given back and superseded.

    Raises Refused with every problem where an answer or a reason is missing, Clash where it was changed since it
    was read.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    lifecycle.require_move(lifecycle.CaseReview, review.status, lifecycle.CaseReview.SIGNED_OFF)
    require_version(review.version, version, theirs={"review": "as it is now"}, yours={"review": "as you read it"})
    instrument, answers = instruments.load(review.instrument), list(review.answers.all())
    given = shelving.as_form(answers)
    if problems := check_answers(instrument, given):
        raise Refused(" ".join(dict.fromkeys(f"{_name(instrument, p.question_id)}: {p.says}" for p in problems)))
    values = {id: one.value for id, one in given.items()}
    review.evidence_item = _shelve(review, instrument, values, shelving.content_hash(review, answers), by)
    review.status, review.signed_off_at, review.version = (
        lifecycle.CaseReview.SIGNED_OFF, timezone.now(), review.version + 1,
    )  # fmt: skip
    review.practice_grade, review.record_grade = values[shelving.OVERALL_PRACTICE], values[shelving.OVERALL_RECORD]
    review.save()
    _move_case(review.case, lifecycle.Case.REVIEWED)
    journal(
        Events.CASE_REVIEW_SIGNED_OFF, by=by, about=review, chain=review.inspection_id,
        item=review.evidence_item.mark, answers=len(values),
    )  # fmt: skip
    return review


@transaction.atomic
def give_back(*, review: CaseReview, because: str, version: int, by: Actor) -> CaseReview:
    """Give a signed-off review back. It stays as it was signed, superseded; its copy is the reviewer's new draft.

    Its evidence item is superseded, so that whatever leans on it is marked *check again*. The new draft is returned.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_GIVE_BACK, review.target())
    require_unchanged(review, version, about=review, chain=review.inspection_id)
    lifecycle.require_move(lifecycle.CaseReview, review.status, lifecycle.CaseReview.SUPERSEDED)
    because = because.strip()
    if not because:
        raise Refused("Say what the reviewer should look at again.")
    review.status, review.version = lifecycle.CaseReview.SUPERSEDED, review.version + 1
    review.save(update_fields=["status", "version"])
    if review.evidence_item is not None and review.evidence_item.current:
        evidence.supersede(item=review.evidence_item, new=None, by=by)
    _move_case(review.case, lifecycle.Case.IN_REVIEW)
    draft = _copy(review, because, by)
    journal(Events.CASE_REVIEW_GIVEN_BACK, by=by, about=review, chain=review.inspection_id)
    return draft


def _locked(review: CaseReview) -> CaseReview:
    rows = CaseReview.objects.select_for_update().select_related(
        "inspection", "case", "case__draw", "case__inspection", "reviewer", "evidence_item", "replaces__evidence_item"
    )
    return rows.get(pk=review.pk)


def _require_known(instrument: Instrument, question: str, typed: Typed) -> None:
    if len(typed.why) > LONGEST_WHY:
        raise Refused(f"That is too long: at most {LONGEST_WHY:,} letters fit.")
    if question in shelving.NOTES:
        if typed.value:
            raise Refused("This note has no answer to choose.")
        return
    try:
        allowed = instrument.question(question).answers
    except KeyError:
        raise Refused("This question is not part of the instrument.") from None
    if typed.value and typed.value not in allowed:
        raise Refused("That is not an answer to this question.")


def _write(review: CaseReview, question: str, before: Answer | None, typed: Typed) -> int:
    now = timezone.now()
    if before is None:
        Answer.objects.create(
            review=review, question=question, value=typed.value, why=typed.why, version=1, saved_at=now
        )
        return 1
    require_version(
        before.version, typed.version,
        theirs={"value": before.value, "why": before.why}, yours={"value": typed.value, "why": typed.why},
    )  # fmt: skip
    before.value, before.why, before.version, before.saved_at = typed.value, typed.why, before.version + 1, now
    before.save(update_fields=["value", "why", "version", "saved_at"])
    return before.version


def _after_saving(review: CaseReview, versions: dict[str, int], answers: Mapping[str, Typed], by: Actor) -> None:
    review.version, review.saved_at = review.version + 1, timezone.now()
    review.save(update_fields=["version", "saved_at"])
    journal(
        Events.CASE_REVIEW_SAVED, by=by, about=review, chain=review.inspection_id, questions=sorted(versions)
    )  # fmt: skip
    if URGENT in versions and answers[URGENT].value == "yes" and answers[URGENT].why.strip():
        follow_answer(review=review, says=answers[URGENT].why, by=by)


def _name(instrument: Instrument, question: str) -> str:
    place = [q.id for q in instrument.all_questions].index(question) if question in _ids(instrument) else -1
    return instrument.all_questions[place].text if place >= 0 else question


def _ids(instrument: Instrument) -> set[str]:
    return {question.id for question in instrument.all_questions}


def _shelve(
    review: CaseReview, instrument: Instrument, values: dict[str, str], source_hash: str, by: Actor
) -> EvidenceItem:
    framework = frameworks.load(review.inspection.framework)
    earlier = review.replaces.evidence_item if review.replaces else None
    return evidence.shelve(
        inspection=review.inspection, kind=EvidenceKind.CASE_REVIEW, by=by,
        title=f"Review of case {review.case.number} of draw {review.case.draw.number}",
        summary=shelving.summary(instrument, review, values),
        areas=shelving.areas(framework, instrument, review, values), themes=shelving.themes(instrument, values),
        detail=shelving.detail(review, values), source_hash=source_hash,
        # One that the lead withdrew meanwhile stays withdrawn.
        replaces=earlier if earlier is not None and earlier.status == "superseded" else None,
    )  # fmt: skip


def _move_case(case: Case, to: lifecycle.Case) -> None:
    lifecycle.require_move(lifecycle.Case, case.status, to)
    case.status, case.version = to, case.version + 1
    case.save(update_fields=["status", "version"])


def _copy(review: CaseReview, because: str, by: Actor) -> CaseReview:
    draft = CaseReview.objects.create(
        inspection_id=review.inspection_id, side=review.side, created_by_id=review.created_by_id, case=review.case,
        reviewer_id=review.reviewer_id, instrument=review.instrument, replaces=review, saved_at=review.saved_at,
        given_back_because=because[:500], given_back_by_id=None if by.programme else by.id,
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(review=draft, question=a.question, value=a.value, why=a.why, saved_at=a.saved_at)
        for a in review.answers.all()
    )
    return draft
