"""What is somebody's to do today, gathered from small functions: one for each kind of work.

A function is given the actor and their inspections and yields tasks. Add one to `SOURCES` and the home page has it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target, decide
from goldthread.apps.cases import queries as cases
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions import queries as submissions
from goldthread.domain import lifecycle
from goldthread.web.presenters import timetable


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, where, how many, and by when where a day is set."""

    title: str
    says: str
    address: str
    count: int = 1
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Mine:
    """One of my inspections: my roles in it, its status, and what comes next."""

    inspection: Any
    roles: str
    address: str
    following: Any


def my_inspections(actor: Actor) -> list[Mine]:
    """The inspections that somebody takes part in, the latest first."""
    today = timezone.localdate()
    return [
        Mine(
            one, ", ".join(inspections.role_titles(one, actor)), reverse("inspection_overview", args=[one.pk]),
            timetable.next_stretch(one, today),
        )
        for one in inspections.visible_to(actor)
    ]  # fmt: skip


def tasks(actor: Actor) -> list[Task]:
    """Everything to do, what is due first at the top."""
    mine = list(inspections.visible_to(actor))
    found = [task for source in SOURCES for task in source(actor, mine)]
    # Sorting keeps the order of the sources among what is due on the same day, or on none.
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))


def address(route: str, *parts: Any) -> str:
    """The address of a page; of the home page while no page answers to the name."""
    try:
        return reverse(route, args=parts)
    except NoReverseMatch:
        return reverse("home")


def may(actor: Actor, permission: Permission, inspection: Any) -> bool:
    """Whether the actor may, in that inspection, as for a row of their own."""
    target = Target(within=inspection, owners=frozenset({actor.id}))
    return decide(actor, permission, target, timezone.now()).allowed


def _cases(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Files given to me that are still to be reviewed, a task for each inspection."""
    held: dict[Any, list[Any]] = {}
    for case in cases.mine(actor):
        held.setdefault(case.inspection, []).append(case)
    for inspection, rows in held.items():
        begun = sum(case.status == lifecycle.Case.IN_REVIEW for case in rows)
        says = f"{inspection.title}. {begun} begun" if begun else inspection.title
        yield Task(
            "Review your cases",
            says,
            address("cases", inspection.pk) + "?whose=mine",
            len(rows),
            inspection.fieldwork_to,
        )


def _given_back(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Reviews that were given back to me, with a reason, and that I have not signed off again."""
    rows = cases.reviews_visible_to(actor).filter(reviewer_id=UUID(actor.id), status=lifecycle.CaseReview.DRAFT)
    for review in rows.exclude(given_back_because=""):
        says = f"Case {review.case.number}, {review.inspection.title}: {review.given_back_because}"
        yield Task("A review was given back to you", says, address("case", review.inspection_id, review.case_id))


def _hand_over(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Data that was read and waits for the authority to hand it over."""
    for inspection in mine:
        if not may(actor, Permission.SUBMISSION_HAND_OVER, inspection):
            continue
        rows = submissions.handed_in(actor, inspection)
        count = rows.filter(status=lifecycle.Submission.READ, hand_over=lifecycle.HandOver.STAGED).count()
        if count:
            says = f"{inspection.title}. The team sees nothing of it until you do"
            yield Task("Hand data over", says, address("submissions", inspection.pk), count)
        elif not rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN).exists():
            yield Task("Bring in child-level data", inspection.title, address("submissions", inspection.pk))


def _unfounded(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """My findings that rest on nothing yet, and findings to look at again because evidence fell."""
    for inspection in mine:
        if not may(actor, Permission.FINDING_WRITE, inspection):
            continue
        for warning, title, owner in (
            ("no-evidence", "Give your findings evidence", actor.id),
            ("check-again", "Check findings again: evidence under them changed", ""),
        ):
            count = len(findings.findings(inspection, actor, warning=warning, owner=owner))
            if count:
                yield Task(title, inspection.title, address("findings", inspection.pk) + f"?warning={warning}", count)


def _checks(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Reports that wait for my check, and reports that came back or may be published."""
    for report in reports.awaiting_check(actor):
        yield Task(
            "Check the report", report.inspection.title, address("report_check", report.inspection_id, report.pk)
        )
    for inspection in mine:
        latest = (
            reports.versions(inspection, actor).first() if may(actor, Permission.REPORT_WRITE, inspection) else None
        )
        if latest is None:
            continue
        where = address("report_version", inspection.pk, latest.pk)
        if latest.status == lifecycle.Report.RETURNED:
            yield Task("The report came back from its check", inspection.title, where)
        elif latest.status == lifecycle.Report.APPROVED and may(actor, Permission.REPORT_PUBLISH, inspection):
            yield Task("Publish the approved report", inspection.title, where)


def _sampling(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Drawn files that nobody has been given yet."""
    for inspection in mine:
        if not may(actor, Permission.CASE_ALLOCATE, inspection):
            continue
        count = cases.cases_of_inspection(inspection, actor, status=lifecycle.Case.DRAWN).filter(reserve=False).count()
        if count:
            yield Task("Allocate drawn files", inspection.title, address("draws", inspection.pk), count)


def _concerns(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Urgent concerns about a child that nobody has answered: due on the day they were raised."""
    for concern in cases.open_concerns(actor):
        says = f"Case {concern.case.number}, {concern.inspection.title}"
        where = address("concern_acknowledge", concern.inspection_id, concern.pk)
        yield Task("Answer an urgent concern about a child", says, where, due=timezone.localdate(concern.created_at))


Source = Callable[[Actor, list[Any]], Iterator[Task]]
SOURCES: tuple[Source, ...] = (_concerns, _given_back, _cases, _hand_over, _sampling, _unfounded, _checks)
