"""What is somebody's to do today, gathered from small functions: one for each kind of work.

A function is given the actor and their inspections and yields tasks. Add one to `SOURCES` and the home page has it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.offline import queries as offline_queries
from goldthread.apps.programme import queries as programme_queries
from goldthread.apps.referred_back import queries as referred_back
from goldthread.apps.reports import queries as reports
from goldthread.apps.training import queries as training_queries
from goldthread.domain import lifecycle
from goldthread.web.presenters import (
    accuracy,
    documents,
    improvement,
    keeping_in_touch,
    next_steps,
    programme,
    surveys,
    timetable,
    urgent,
    voices,
)
from goldthread.web.presenters.published import listed
from goldthread.web.presenters.task import Task, address


@dataclass(frozen=True, slots=True)
class Mine:
    """One of my inspections: my roles in it, what comes next, and what of it is published.

    `address` is empty where my roles let me see its published results and, where `plan` says so, its board pack and
    plan of action, and nothing else.
    """

    inspection: Any
    roles: str
    address: str
    following: Any
    published: list[Any]
    plan: bool = False

    @property
    def called(self) -> str:
        """What it is called for whoever may not read its title: the authority, what it is, and its days."""
        one = self.inspection
        days = f"{one.fieldwork_from:%-d %B %Y} to {one.fieldwork_to:%-d %B %Y}"
        return f"{one.authority}: {one.get_kind_display().lower()}, {days}"


def my_inspections(actor: Actor) -> list[Mine]:
    """The inspections that somebody takes part in, the latest first."""
    today = timezone.localdate()
    readable = {one.pk for one in inspections.visible_to(actor)}
    planned = {one.pk for one in inspections.visible_to(actor, Permission.PLAN_READ)}
    belonging = inspections.belonging_to(actor)
    published: dict[Any, list[Any]] = {}
    for one in reports.published_of(belonging):
        published.setdefault(one.report.inspection_id, []).append(listed(one))
    return [
        Mine(
            one, ", ".join(inspections.role_titles(one, actor)),
            reverse("inspection_overview", args=[one.pk]) if one.pk in readable else "",
            timetable.next_stretch(one, today) if one.pk in readable and not one.for_training else None,
            published.get(one.pk, []), one.pk in planned,
        )
        for one in belonging
    ]  # fmt: skip


def tasks(actor: Actor) -> list[Task]:
    """Everything to do, what is due first at the top."""
    mine = [one for one in inspections.visible_to(actor) if not one.for_training]
    found = [task for source in SOURCES for task in source(actor, mine)]
    # Sorting keeps the order of the sources among what is due on the same day, or on none.
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))


def _cases(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Files given to me that are still to be reviewed, a task for each inspection."""
    held: dict[Any, list[Any]] = {}
    for case in cases.mine(actor):
        held.setdefault(case.inspection, []).append(case)
    for inspection, rows in held.items():
        begun = sum(case.status == lifecycle.Case.IN_REVIEW for case in rows)
        says = f"{inspection.title}. {begun} begun" if begun else inspection.title
        where = address("cases", inspection.pk) + "?whose=mine"
        days = programme_queries.due_days(rows)
        due = min(days.get(case.pk, inspection.fieldwork_to) for case in rows)
        yield Task("Review your cases", says, where, len(rows), due)


def _given_back(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Reviews that were given back to me, with a reason, and that I have not signed off again."""
    rows = cases.reviews_visible_to(actor).filter(reviewer_id=UUID(actor.id), status=lifecycle.CaseReview.DRAFT)
    for review in rows.exclude(given_back_because=""):
        says = f"Case {review.case.number}, {review.inspection.title}: {review.given_back_because}"
        yield Task("A review was given back to you", says, address("case", review.inspection_id, review.case_id))


def _again(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Files that are mine to read a second time, a task for each inspection."""
    held: dict[Any, list[Any]] = {}
    for one in cases.to_read_again(actor):
        held.setdefault(one.inspection, []).append(one.case)
    for inspection, rows in held.items():
        days = programme_queries.due_days(rows)
        due = min(days.get(case.pk, inspection.fieldwork_to) for case in rows)
        yield Task("Read files a second time", inspection.title, address("cases", inspection.pk), len(rows), due)


def _differing(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Second readings whose differences I may settle, a task for each inspection."""
    held: dict[Any, int] = {}
    for one in cases.to_settle(actor):
        held[one.inspection] = held.get(one.inspection, 0) + 1
    for inspection, count in held.items():
        yield Task("Settle where two readings differ", inspection.title, address("moderation", inspection.pk), count)


def _referred_back(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Children referred back: for the council to answer by the time asked for, for the team to say if that will do."""
    for one in referred_back.waiting_for(actor):
        says = f"{one.mark}, {one.inspection.title}. {one.serious}. Asked for by {_at(one.respond_by)}"
        where = address("referral_back", one.inspection_id, one.pk)
        yield Task("Answer for a child referred back to you", says, where, due=timezone.localdate(one.respond_by))
    for one in referred_back.to_settle(actor):
        says = f"{one.mark}, {one.inspection.title}"
        where = address("referral_back", one.inspection_id, one.pk)
        yield Task("Read what the council did for a child", says, where, due=timezone.localdate(one.respond_by))


def _parts(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Reviews shown to a practitioner: for them to answer, for the reviewer to weigh or to go on without."""
    for one in cases.parts_waiting_for(actor):
        says = f"Case {one.review.case.number}, {one.inspection.title}"
        yield Task(
            "Add to a review and correct it before it counts", says, address("my_part", one.inspection_id, one.pk),
            due=one.due,
        )  # fmt: skip
    for title, rows in (
        ("Weigh what a practitioner corrected", cases.answered_parts(actor)),
        ("A practitioner has not answered in time", cases.overdue_parts(actor)),
    ):
        for one in rows:
            says = f"Case {one.review.case.number}, {one.inspection.title}. {one.practitioner.name}"
            yield Task(title, says, address("practitioners_part", one.inspection_id, one.pk))


def _at(when: datetime) -> str:
    return f"{timezone.localtime(when):%H:%M on %-d %B}"


def _practice(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Practice cases that are still to be reviewed, a task for each training."""
    for training, left in training_queries.to_review(actor):
        where = address("training", training.inspection_id)
        yield Task("Review practice cases", f"Training, {training.inspection.title}", where, left)


def _offline(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Answers made offline that met another answer, a task for each pack."""
    held: dict[Any, int] = {}
    for one in offline_queries.open_kept(actor):
        held[one.pack] = held.get(one.pack, 0) + 1
    for pack, count in held.items():
        where = address("offline_pack", pack.inspection_id, pack.pk)
        yield Task("Choose between answers made offline", pack.inspection.title, where, count)


Source = Callable[[Actor, list[Any]], Iterator[Task]]
SOURCES: tuple[Source, ...] = (
    urgent.in_files, voices.to_answer, surveys.to_read, _referred_back, _parts, _given_back, _cases, _again, _differing,
    _practice, voices.to_hold, _offline,
    improvement.to_do, programme.due, programme.to_do, programme.drawing, programme.news, next_steps.standing,
    next_steps.of_the_authority, keeping_in_touch.asked_for, keeping_in_touch.answered, keeping_in_touch.late,
    keeping_in_touch.told, keeping_in_touch.looks, keeping_in_touch.drafts,
    documents.to_submit, next_steps.asked, next_steps.conflicts, next_steps.sampling, next_steps.writing,
    next_steps.agreeing, next_steps.judging, next_steps.challenged,
    accuracy.to_comment, accuracy.to_read_early, accuracy.held_back, accuracy.to_settle, next_steps.reporting,
    next_steps.reviews,
)  # fmt: skip
"""In the order of an inspection."""
