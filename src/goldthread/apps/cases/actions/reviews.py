"""Reviewing a child's file: beginning, saving as one types, signing off, giving back."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import Clash, require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases import asked, shelving
from goldthread.apps.cases.actions.answers import LONGEST_WHY, ClashedAnswer, Typed
from goldthread.apps.cases.actions.concerns import follow_answer
from goldthread.apps.cases.actions.second_readings import take_in
from goldthread.apps.cases.actions.shelving_reviews import shelve_review
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Answer, Case, CaseReview
from goldthread.apps.cases.practitioners_part import why_not_signed_off
from goldthread.apps.cases.required_parts import why_part_is_missing
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.instrument import (
    NOT_ASKED,
    OVERALL_PRACTICE,
    OVERALL_RECORD,
    URGENT,
    Instrument,
    check_answers,
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: which answers were stored with which versions, and which clashed and were left as they were."""

    review: CaseReview
    versions: dict[str, int]
    clashes: tuple[ClashedAnswer, ...]


@transaction.atomic
def start_review(*, case: Case, by: Actor) -> CaseReview:
    """Begin the review of a case that one was given, or go on with the one already begun.

    The second reader of a case begins without touching how far the first has come. Raises InConflict where a conflict
    of interest that was declared since keeps the reviewer from the file.
    """
    rows = Case.objects.select_for_update().select_related(
        "inspection", "draw", "draw__inspection", "second_reading"
    )  # fmt: skip
    case = rows.get(pk=case.pk)
    require(by, Permission.CASE_REVIEW_WRITE, case.target(changing=True))
    reviewer = case.allocated_to_id if by.programme else UUID(by.id)
    if reviewer is None:
        raise Refused("Nobody has been given this case yet.")
    live = CaseReview.objects.filter(case=case, reviewer_id=reviewer).exclude(status=lifecycle.CaseReview.SUPERSEDED)
    begun = live.select_related("inspection", "case", "case__draw").first()
    again = case.read_again is not None and case.read_again.reader_id == reviewer
    if begun is not None and (again or case.status != lifecycle.Case.ALLOCATED):
        return begun
    Interests().require_own(case, Person.objects.get(pk=reviewer))
    if again:
        if case.read_again is None or not case.read_again.waits:
            raise Refused("This second reading was called off.")
    else:
        _move_case(case, lifecycle.Case.IN_REVIEW)
    review = begun or CaseReview.objects.create(
        inspection_id=case.inspection_id, side=case.side, created_by_id=reviewer, case=case, reviewer_id=reviewer,
        instrument=asked.instrument_of(case),
    )  # fmt: skip
    journal(Events.CASE_REVIEW_STARTED, by=by, about=review, chain=case.inspection_id)
    return review


@transaction.atomic
def save_answers(*, review: CaseReview, answers: Mapping[str, Typed], by: Actor) -> Saved:
    """Save answers as they are typed, complete or not. Each has a version; one that clashes is left, the rest saved.

    An answer that is the same as what is stored is no change and cannot clash. An urgent concern with its words is
    before the lead at once. A review that was paused goes on by it, and its time counts again.
    Raises Refused for a question or value that the instrument does not have.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    instrument = asked.require_held(review.instrument)
    stored = {one.question: one for one in review.answers.all()}
    versions: dict[str, int] = {}
    clashes: list[ClashedAnswer] = []
    for question, typed in answers.items():
        typed, before = typed.tidy(), stored.get(question)
        _require_known(instrument, question, typed)
        if typed.said() == (_of(before).said() if before else Typed().said()):
            continue
        try:
            versions[question] = _write(review, question, before, typed)
        except Clash:
            if before is not None:
                clashes.append(ClashedAnswer(question, _of(before), typed, before.saved_at))
    if versions:
        _after_saving(review, versions, answers, by)
    return Saved(review, versions, tuple(clashes))


@transaction.atomic
def sign_off(*, review: CaseReview, version: int, by: Actor) -> CaseReview:
    """Close a case review: from here it is evidence on the shelf, and may only be given back and superseded.

    One of a case that is read twice goes on the shelf when both readings are in: until then the other reader could
    read it there.
    Raises Refused with every problem where an answer or a reason is missing, or a practitioner's correction is not
    weighed, or their part is required and neither given nor waived; InConflict where a conflict of interest was
    declared since, Clash where it was changed since it was read.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    lifecycle.require_move(lifecycle.CaseReview, review.status, lifecycle.CaseReview.SIGNED_OFF)
    require_version(review.version, version, theirs={"review": "as it is now"}, yours={"review": "as you read it"})
    Interests().require_own(review.case, review.reviewer)
    if waiting := why_not_signed_off(review) or why_part_is_missing(review):
        raise Refused(waiting)
    instrument = asked.require_held(review.instrument)
    given = asked.as_form(review.answers.all())
    if problems := check_answers(instrument, given, asked.child_group(review.case)):
        raise Refused(" ".join(dict.fromkeys(f"{_name(instrument, p.question_id)}: {p.says}" for p in problems)))
    _mark_not_asked(review, instrument, {id: one.value for id, one in given.items()})
    values = {id: one.value for id, one in asked.as_form(review.answers.all()).items()}
    if not review.held_back:
        review.evidence_item = shelve_review(review=review, by=by)
    review.status, review.signed_off_at, review.version = (
        lifecycle.CaseReview.SIGNED_OFF, timezone.now(), review.version + 1,
    )  # fmt: skip
    review.practice_grade, review.record_grade = values[OVERALL_PRACTICE], values[OVERALL_RECORD]
    review.save()
    if not review.second:
        _move_case(review.case, lifecycle.Case.REVIEWED)
    journal(
        Events.CASE_REVIEW_SIGNED_OFF, by=by, about=review, chain=review.inspection_id,
        item=review.evidence_item.mark if review.evidence_item else "", answers=len(values),
    )  # fmt: skip
    if review.held_back and review.case.read_again is not None:
        take_in(reading=review.case.read_again, by=by)
        review = _locked(review)
    return review


@transaction.atomic
def give_back(*, review: CaseReview, because: str, version: int, by: Actor) -> CaseReview:
    """Give a signed-off review back. It stays as it was signed, superseded; its copy is the reviewer's new draft.

    Its evidence item is superseded, so that whatever leans on it is marked *check again*. The new draft is returned.
    One that was laid beside a second reading is not given back: the new one would no longer be blind.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_GIVE_BACK, review.target())
    require_unchanged(review, version, about=review, chain=review.inspection_id)
    pair = review.case.read_again
    if pair is not None and (pair.compared or pair.settled):
        raise Refused("This review was laid beside a second reading. Settle where the two differ instead.")
    lifecycle.require_move(lifecycle.CaseReview, review.status, lifecycle.CaseReview.SUPERSEDED)
    because = because.strip()
    if not because:
        raise Refused("Say what the reviewer should look at again.")
    review.status, review.version = lifecycle.CaseReview.SUPERSEDED, review.version + 1
    review.save(update_fields=["status", "version"])
    if review.evidence_item is not None and review.evidence_item.current:
        evidence.supersede(item=review.evidence_item, new=None, by=by)
    if not review.second:
        _move_case(review.case, lifecycle.Case.IN_REVIEW)
    draft = _copy(review, because, by)
    journal(Events.CASE_REVIEW_GIVEN_BACK, by=by, about=review, chain=review.inspection_id)
    return draft


def _locked(review: CaseReview) -> CaseReview:
    rows = CaseReview.objects.select_for_update().select_related(
        "inspection", "case", "case__draw", "case__inspection", "reviewer", "evidence_item", "replaces__evidence_item",
        "case__second_reading",
    )  # fmt: skip
    return rows.get(pk=review.pk)


def _require_known(instrument: Instrument, question: str, typed: Typed) -> None:
    if len(typed.why) > LONGEST_WHY:
        raise Refused(f"That is too long: at most {LONGEST_WHY:,} letters fit.")
    if question in shelving.NOTES:
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


def _of(stored: Answer) -> Typed:
    """A stored answer, as it would have been typed."""
    return Typed(stored.value, stored.why, stored.version, dict(stored.more))


def _mark_not_asked(review: CaseReview, instrument: Instrument, values: Mapping[str, str]) -> None:
    """Write down which questions were not asked. What somebody wrote about one, before an answer took it out, stays."""
    now, stored = timezone.now(), {one.question: one for one in review.answers.all()}
    for id in asked.not_asked_of(review, instrument, values):
        found = stored.get(id)
        if found is None:
            Answer.objects.create(review=review, question=id, value=NOT_ASKED, version=1, saved_at=now)
        elif found.value != NOT_ASKED:
            found.value, found.version, found.saved_at = NOT_ASKED, found.version + 1, now
            found.save(update_fields=["value", "version", "saved_at"])


def _write(review: CaseReview, question: str, before: Answer | None, typed: Typed) -> int:
    now = timezone.now()
    if before is None:
        Answer.objects.create(
            review=review, question=question, value=typed.value, why=typed.why, more=dict(typed.more), version=1,
            saved_at=now,
        )  # fmt: skip
        return 1
    require_version(
        before.version, typed.version,
        theirs={"value": before.value, "why": before.why}, yours={"value": typed.value, "why": typed.why},
    )  # fmt: skip
    before.value, before.why, before.version, before.saved_at = typed.value, typed.why, before.version + 1, now
    before.more = dict(typed.more)
    before.save(update_fields=["value", "why", "more", "version", "saved_at"])
    return before.version


def _after_saving(review: CaseReview, versions: dict[str, int], answers: Mapping[str, Typed], by: Actor) -> None:
    review.version, review.saved_at = review.version + 1, timezone.now()
    if review.paused_at is not None:
        # Work that is done is no pause, whichever page, device or tab it came from.
        review.paused_at, review.active_at, review.pause_note = None, None, None
    review.save(update_fields=["version", "saved_at", "paused_at", "active_at", "pause_note"])
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
        # What was not asked may be asked now: that it was not is told anew when the draft is signed off.
        Answer(review=draft, question=a.question, value="" if a.value == NOT_ASKED else a.value, why=a.why,
               more=a.more, saved_at=a.saved_at)
        for a in review.answers.all() if a.value != NOT_ASKED or a.why or a.more
    )  # fmt: skip
    return draft
