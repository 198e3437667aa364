"""How long a review takes, pausing it, and handing it over. Time is counted for its reviewer, and told to the lead in
totals alone: who pauses for how long is nobody else's."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.actions.allocation import require_reviewer
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Case, CaseReview, HandOver
from goldthread.apps.cases.reading_twice import reads_blind
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.time_on_a_review import MOST_MINUTES_SAID, seconds_between

LONGEST_NOTE = 2_000


@transaction.atomic
def count_time(*, review: CaseReview, by: Actor, now: datetime | None = None) -> CaseReview:
    """Note that the page of a review is open and in use: the time since the last such note counts, up to a limit.

    No journal entry is made: it would say minute by minute where somebody was. A review that is paused, or closed,
    counts nothing.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    if review.paused_at is not None:
        return review
    now = now or timezone.now()
    review.seconds_spent += seconds_between(review.active_at, now)
    review.active_at = now
    review.save(update_fields=["seconds_spent", "active_at"])
    return review


@transaction.atomic
def say_time(*, review: CaseReview, minutes: int, by: Actor) -> CaseReview:
    """Say how many minutes nothing could count: a file read on paper, a page without scripts. What is said takes the
    place of what was said before. Raises Refused for less than nothing or more than `MOST_MINUTES_SAID`."""
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    if not 0 <= minutes <= MOST_MINUTES_SAID:
        raise Refused(f"Write how many minutes, from 0 to {MOST_MINUTES_SAID:,}.")
    if review.minutes_said != minutes:
        review.minutes_said = minutes
        review.save(update_fields=["minutes_said"])
        journal(Events.CASE_REVIEW_TIME_SAID, by=by, about=review, chain=review.inspection_id)
    return review


@transaction.atomic
def pause_review(*, review: CaseReview, note: str, by: Actor) -> CaseReview:
    """Lay a review aside for a while, with a note to oneself about where to go on. Counting stops."""
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    _require_short(note)
    review.paused_at, review.active_at = timezone.now(), None
    review.pause_note = sealed_words(review.inspection, {"note": note.strip()}, f"pause of review {review.pk}")
    review.save(update_fields=["paused_at", "active_at", "pause_note"])
    journal(Events.CASE_REVIEW_PAUSED, by=by, about=review, chain=review.inspection_id)
    return review


@transaction.atomic
def resume_review(*, review: CaseReview, by: Actor) -> CaseReview:
    """Go on with a review that was paused. What was noted goes with the pause."""
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_WRITE, review.target(changing=True))
    review.paused_at, review.active_at, review.pause_note = None, None, None
    review.save(update_fields=["paused_at", "active_at", "pause_note"])
    return review


@transaction.atomic
def hand_over_review(*, review: CaseReview, to: Person, note: str, version: int, by: Actor) -> CaseReview:
    """Give a review that is being written, and its case, to another reviewer: the answers go with it as they stand.

    Raises Refused where the other has a conflict of interest, reads the file a second time, has begun a review of it,
    or where this is a second reading, which is blind.
    """
    review = _locked(review)
    require(by, Permission.CASE_REVIEW_HAND_OVER, review.target())
    require_unchanged(review, version, about=review, chain=review.inspection_id)
    case = Case.objects.select_for_update(of=("self",)).select_related("inspection", "draw__submission").get(
        pk=review.case_id
    )  # fmt: skip
    _require_can_take(review, case, to)
    _require_short(note)
    if not note.strip():
        raise Refused("Write what the next reviewer should know.")
    frm = review.reviewer
    purpose = f"hand-over of review {review.pk}"
    HandOver.objects.create(
        review=review, frm=frm, to=to, by_id=None if by.programme else by.id,
        note=sealed_words(review.inspection, {"note": note.strip()}, purpose) or b"",
    )  # fmt: skip
    review.reviewer, review.version, review.paused_at = to, review.version + 1, None
    review.active_at, review.pause_note = None, None
    review.save(update_fields=["reviewer", "version", "paused_at", "active_at", "pause_note"])
    case.allocated_to, case.allocated_at, case.version = to, timezone.now(), case.version + 1
    case.save(update_fields=["allocated_to", "allocated_at", "version"])
    journal(Events.CASE_REVIEW_HANDED_OVER, by=by, about=review, chain=review.inspection_id, frm=frm.name, to=to.name)
    return review


def _require_can_take(review: CaseReview, case: Case, to: Person) -> None:
    if not review.draft:
        raise Refused("Only a review that is being written can be handed over.")
    if review.second:
        raise Refused("A second reading is blind, so it is not handed over: give it to another reader instead.")
    if case.status != lifecycle.Case.IN_REVIEW or case.allocated_to_id != review.reviewer_id or not case.draw.live:
        raise Refused("Nobody is at work on this case any more, so its review is not handed over.")
    if to.pk == review.reviewer_id:
        raise Refused(f"{to.name} has this review already.")
    require_reviewer(review.inspection, to)
    Interests().require_none(case, to)
    pair = case.read_again
    if pair is not None and pair.reader_id == to.pk:
        raise Refused(f"{to.name} reads this case a second time, so somebody else must take the first reading on.")
    if pair is not None and pair.waits and not reads_blind(review.inspection, to):
        raise Refused(f"This file is read twice, and {to.name} can read the other reading. Choose somebody else.")
    if CaseReview.objects.filter(case=case, reviewer=to).exists():
        raise Refused(f"{to.name} has begun a review of this case already. Choose somebody else.")


def _require_short(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise Refused(f"That is too long: at most {LONGEST_NOTE:,} letters fit.")


def _locked(review: CaseReview) -> CaseReview:
    rows = CaseReview.objects.select_for_update(of=("self",)).select_related(
        "inspection", "case__draw", "case__inspection", "case__second_reading", "reviewer"
    )
    return rows.get(pk=review.pk)
