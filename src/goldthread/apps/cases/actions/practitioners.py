"""The practitioner's part: shown to them, written by them, sent once, weighed by the reviewer, all before it counts.

What the practitioner writes is the council's until it is sent. What the team writes to them crosses the wall as it is
written, and whoever writes it is told so.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import Clash, require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import asked
from goldthread.apps.cases.actions.answers import LONGEST_WHY, ClashedAnswer, Typed
from goldthread.apps.cases.models import CaseReview, PractitionersPart, PractitionersWord
from goldthread.apps.cases.practitioners_part import (
    ACCEPTED,
    DECLINED,
    MOST_DAYS,
    WHOLE,
    Word,
    answers_shown,
    practitioners,
    purpose_of,
    sealed_answers,
    words_of,
)
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.calendar import add_working_days
from goldthread.domain.instrument import check_answers
from goldthread.kernel.working_days import bank_holidays

Status = lifecycle.PractitionersPart


@transaction.atomic
def show_to_practitioner(
    *, review: CaseReview, to: Person, working_days: int, client_key: UUID, version: int, by: Actor
) -> PractitionersPart:
    """Let one named practitioner of the council read a finished review and say what they have to say, until a day.

    While it is out nothing of the review is changed. The same key twice gives the same part. Raises Refused where the
    review is not finished, is a second reading, or the person may not be shown it.
    """
    review = _locked_review(review)
    require(by, Permission.PRACTITIONER_RELEASE, review.target())
    made = PractitionersPart.objects.filter(inspection_id=review.inspection_id, client_key=client_key).first()
    if made is not None:
        return made
    require_unchanged(review, version, about=review, chain=review.inspection_id)
    _check_can_be_shown(review, to, working_days)
    now = timezone.now()
    key = uuid4()
    part = PractitionersPart.objects.create(
        id=key, shown=sealed_answers(review, key), inspection_id=review.inspection_id, side=Side.TEAM,
        released_at=now, client_key=client_key, review=review,
        created_by_id=None if by.programme else by.id, practitioner=to, working_days=working_days,
        due=add_working_days(timezone.localdate(now), working_days, bank_holidays()),
    )  # fmt: skip
    review.version += 1
    review.save(update_fields=["version"])
    journal(
        Events.PRACTITIONER_SHOWN, by=by, about=review, chain=review.inspection_id, to=to.name,
        due=part.due.isoformat(),
    )  # fmt: skip
    return part


def _check_can_be_shown(review: CaseReview, to: Person, working_days: int) -> None:
    if review.second:
        raise Refused("This is a second reading. Practitioners are shown the first one alone.")
    if closed := review.closed_because():
        raise Refused(closed)
    if not review.draft:
        raise Refused("Only a review that is not signed off can still be added to.")
    if review.practitioners_parts.filter(status=Status.SENT).exists():
        raise Refused("A practitioner has answered already. Accept or decline what they corrected first.")
    instrument = asked.require_held(review.instrument)
    given = asked.as_form(review.answers.all())
    if problems := check_answers(instrument, given, asked.child_group(review.case)):
        raise Refused(
            f"The review is not finished: {len(problems)} answer{'s' if len(problems) > 1 else ''} or reasons are "
            "missing. A practitioner is shown what would be signed off."
        )
    if not 1 <= working_days <= MOST_DAYS:
        raise Refused(f"Give from 1 to {MOST_DAYS} working days.")
    if all(one.pk != to.pk for one in practitioners(review.inspection)):
        raise Refused(f"{to.name} has no role on the council's side in which they could be shown a review.")


@transaction.atomic
def save_part(
    *, part: PractitionersPart, said: Mapping[str, Typed], by: Actor
) -> tuple[dict[str, int], tuple[ClashedAnswer, ...]]:
    """Save what a practitioner types, question by question: the versions stored, and what clashed and was left.

    Of each: `value` another answer that they propose, `why` what the file did not show, `more["correct"]` why the
    answer should be another. Raises Refused for a question or an answer that the review does not have.
    """
    part = _locked(part)
    require(by, Permission.PRACTITIONER_TAKE_PART, part.target(changing=True))
    instrument = asked.require_held(part.review.instrument)
    open_to = {id: instrument.question(id).answers for id in answers_shown(part)} | {WHOLE: ()}
    held = words_of(part)
    versions: dict[str, int] = {}
    clashes: list[ClashedAnswer] = []
    for question, one in said.items():
        typed = one.tidy()
        _require_fits(question, typed, open_to)
        before = held.get(question)
        if typed.said() == (_typed(before).said() if before else Typed().said()):
            continue
        try:
            versions[question] = _write(part, question, before, typed)
        except Clash:
            if before is not None:
                clashes.append(ClashedAnswer(question, _typed(before), typed, before.row.saved_at))
    if versions:
        part.version, part.saved_at = part.version + 1, timezone.now()
        part.save(update_fields=["version", "saved_at"])
        journal(
            Events.PRACTITIONER_SAVED, by=by, about=part, chain=part.inspection_id, side=Side.AUTHORITY,
            questions=sorted(versions),
        )  # fmt: skip
    return versions, tuple(clashes)


def _require_fits(question: str, typed: Typed, open_to: Mapping[str, tuple[str, ...]]) -> None:
    if question not in open_to:
        raise Refused("This question is not part of what you were shown.")
    if typed.value and typed.value not in open_to[question]:
        raise Refused("That is not an answer to this question.")
    if set(typed.more) - {"correct"} or (question == WHOLE and typed.more):
        raise Refused("Nothing of that sort is asked here.")
    if max(len(typed.why), len(typed.more.get("correct", ""))) > LONGEST_WHY:
        raise Refused(f"That is too long: at most {LONGEST_WHY:,} letters fit.")


def _typed(word: Word) -> Typed:
    """Stored words, as they would have been typed."""
    return Typed(word.row.proposed, word.said, word.row.version, {"correct": word.correct} if word.correct else {})


def _write(part: PractitionersPart, question: str, before: Word | None, typed: Typed) -> int:
    words = {"said": typed.why, "correct": typed.more.get("correct", "")}
    held = sealed_words(part.inspection, words, purpose_of(part, question))
    now = timezone.now()
    if before is None:
        PractitionersWord.objects.create(part=part, question=question, words=held, proposed=typed.value, saved_at=now)
        return 1
    row = before.row
    require_version(
        row.version, typed.version, theirs={"why": before.said, "correct": before.correct},
        yours={"why": typed.why, "correct": words["correct"]},
    )  # fmt: skip
    row.words, row.proposed, row.version, row.saved_at = held, typed.value, row.version + 1, now
    row.save(update_fields=["words", "proposed", "version", "saved_at"])
    return row.version


@transaction.atomic
def send_part(*, part: PractitionersPart, version: int, by: Actor) -> PractitionersPart:
    """Send a practitioner's part to the team, once. Nothing to add is an answer too.

    Raises Refused with what is missing where an answer is proposed without saying why.
    """
    part = _locked(part)
    require(by, Permission.PRACTITIONER_TAKE_PART, part.target())
    require_unchanged(part, version, about=part, chain=part.inspection_id)
    require(by, Permission.PRACTITIONER_TAKE_PART, part.target(changing=True))
    lifecycle.require_move(Status, part.status, Status.SENT)
    held = words_of(part)
    instrument = asked.require_held(part.review.instrument)
    bare = [instrument.question(id).text for id, one in held.items() if one.row.proposed and not one.correct]
    if bare:
        raise Refused("Say why another answer is right: " + " ".join(bare))
    part.status, part.sent_at, part.version = Status.SENT, timezone.now(), part.version + 1
    corrections = sum(one.corrects for one in held.values())
    if not corrections:
        lifecycle.require_move(Status, part.status, Status.WEIGHED)
        part.status = Status.WEIGHED
    part.save(update_fields=["status", "sent_at", "version"])
    journal(
        Events.PRACTITIONER_SENT, by=by, about=part, chain=part.inspection_id, side=Side.AUTHORITY,
        corrections=corrections, late=timezone.localdate() > part.due,
    )  # fmt: skip
    return part


@transaction.atomic
def take_back_from_practitioner(*, part: PractitionersPart, because: str, version: int, by: Actor) -> PractitionersPart:
    """Take a review back before the practitioner has answered, with a reason that they read."""
    part = _locked(part)
    require(by, Permission.PRACTITIONER_RELEASE, part.review.target())
    require_unchanged(part, version, about=part, chain=part.inspection_id)
    lifecycle.require_move(Status, part.status, Status.TAKEN_BACK)
    because = " ".join(because.split())
    if not because:
        raise Refused("Say why it is taken back: the practitioner reads it.")
    return _end(part, Status.TAKEN_BACK, because, by)


@transaction.atomic
def go_on_without_practitioner(*, part: PractitionersPart, version: int, by: Actor) -> PractitionersPart:
    """Go on with a review whose practitioner has not answered, once the due day is over."""
    part = _locked(part)
    require(by, Permission.CASE_REVIEW_WRITE, part.review.target())
    require_unchanged(part, version, about=part, chain=part.inspection_id)
    lifecycle.require_move(Status, part.status, Status.GONE_ON)
    if not part.overdue():
        raise Refused(f"{part.practitioner.name} has until the end of {part.due:%-d %B %Y}.")
    return _end(part, Status.GONE_ON, "", by)


def _end(part: PractitionersPart, to: Status, because: str, by: Actor) -> PractitionersPart:
    event = Events.PRACTITIONER_TAKEN_BACK if to is Status.TAKEN_BACK else Events.PRACTITIONER_GONE_ON
    part.status, part.ended_because, part.version = to, because[:300], part.version + 1
    part.save(update_fields=["status", "ended_because", "version"])
    journal(event, by=by, about=part, chain=part.inspection_id, practitioner=part.practitioner.name)
    return part


@transaction.atomic
def weigh_correction(
    *, part: PractitionersPart, question: str, accept: bool, because: str, version: int, by: Actor
) -> PractitionersPart:
    """Accept a correction, which changes the answer and keeps the original beside it, or decline it with a reason.

    The practitioner reads either. A correction of words alone changes no answer: the reviewer mends the reason.
    """
    part = _locked(part)
    require(by, Permission.CASE_REVIEW_WRITE, part.review.target(changing=True))
    word = words_of(part).get(question)
    if word is None or not word.corrects:
        raise Refused("The practitioner corrected nothing here.")
    require_unchanged(word.row, version, about=part, chain=part.inspection_id)
    lifecycle.require_move(Status, part.status, Status.WEIGHED)
    if word.row.decision:
        raise Refused(f"This correction was {word.row.decision} already.")
    because = because.strip()
    if not accept and not because:
        raise Refused("Say why the answer stays as it is: the practitioner reads it.")
    row = word.row
    if accept and row.proposed:
        row.original = _correct_answer(part.review, question, row.proposed)
    row.decision, row.decided_at, row.version = ACCEPTED if accept else DECLINED, timezone.now(), row.version + 1
    row.decided_by_id = None if by.programme else by.id
    row.because = sealed_words(part.inspection, {"because": because}, f"because of {purpose_of(part, question)}")
    row.save()
    still_open = sum(one.open for one in words_of(part).values())
    if not still_open:
        part.status = Status.WEIGHED
    part.version += 1
    part.save(update_fields=["status", "version"])
    journal(
        Events.CORRECTION_ACCEPTED if accept else Events.CORRECTION_DECLINED, by=by, about=part,
        chain=part.inspection_id, question=question, still_open=still_open,
    )  # fmt: skip
    return part


def _correct_answer(review: CaseReview, question: str, proposed: str) -> str:
    """Put the proposed answer in place; what was answered before."""
    answer = review.answers.get(question=question)
    before = answer.value
    answer.value, answer.version, answer.saved_at = proposed, answer.version + 1, timezone.now()
    answer.save(update_fields=["value", "version", "saved_at"])
    review.version, review.saved_at = review.version + 1, timezone.now()
    review.save(update_fields=["version", "saved_at"])
    return before


def _locked(part: PractitionersPart) -> PractitionersPart:
    rows = PractitionersPart.objects.select_for_update(of=("self",)).select_related(
        "inspection", "practitioner", "review__inspection", "review__reviewer", "review__case__draw",
        "review__case__inspection", "review__case__second_reading",
    )  # fmt: skip
    return rows.get(pk=part.pk)


def _locked_review(review: CaseReview) -> CaseReview:
    rows = CaseReview.objects.select_for_update(of=("self",)).select_related(
        "inspection", "case__draw", "case__inspection", "case__second_reading", "reviewer"
    )
    return rows.get(pk=review.pk)
