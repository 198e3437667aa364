"""Reading data queries: what was asked about the data, what was answered, what stands beside a rule or measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.actions.asking import asked_here
from goldthread.apps.submissions.corrections import Value
from goldthread.apps.submissions.models import DataQuery, Submission
from goldthread.domain import lifecycle

OWN = ("created_by", "assigned_to")
"""What makes a question somebody's own: they asked it, or they uploaded what it is about."""

TURNS: Mapping[str, str] = {
    "question": "asked", "answer": "answered", "again": "asked again", "closed": "closed the question",
}  # fmt: skip
"""What somebody did who said something, in words."""

STATUSES: Mapping[str, str] = {
    lifecycle.DataQuery.ASKED: "Not answered yet",
    lifecycle.DataQuery.ANSWERED: "Answered",
    lifecycle.DataQuery.CLOSED: "Closed",
}

__all__ = [
    "STATUSES", "TURNS", "answered_to", "asked", "asked_here", "asked_of_values", "beside_measure", "beside_rules",
    "can_become", "get", "may_answer", "may_ask", "may_settle", "sees_row", "visible_to", "waiting_for",
]  # fmt: skip

Place = tuple[str, int | None]
"""A rule in a list; None where it is about the file as a whole."""


def visible_to(actor: Actor) -> QuerySet[DataQuery]:
    """Questions that an actor may see, the newest first."""
    rows = DataQuery.objects.select_related("inspection", "submission", "submission__inspection", "created_by")
    rows = rows.prefetch_related("turns__by")
    return visible(rows, actor, Permission.DATA_QUERY_READ, own=OWN).order_by("-number")


def get(actor: Actor, inspection: UUID, question: UUID) -> DataQuery:
    """One question of an inspection. Raises DataQuery.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=question)


def asked(
    actor: Actor, inspection: Inspection, *, status: str = "", mine: bool = False, words: str = ""
) -> QuerySet[DataQuery]:
    """The questions of an inspection: in one state, the actor's own, or with every word in what was said."""
    rows = visible_to(actor).filter(inspection=inspection)
    if status:
        rows = rows.filter(status=status)
    if mine:
        rows = rows.filter(created_by_id=UUID(actor.id))
    for word in words.split():
        rows = rows.filter(Q(turns__says__icontains=word) | Q(rule__iexact=word) | Q(says__icontains=word)).distinct()
    return rows


def beside_rules(actor: Actor, submission: Submission) -> dict[Place, list[DataQuery]]:
    """What was asked about each rule in each list: of this submission, then of others of the inspection."""
    found: dict[Place, list[DataQuery]] = {}
    rows = visible_to(actor).filter(inspection_id=submission.inspection_id)
    for one in sorted(rows, key=lambda one: (one.submission_id != submission.pk, -one.number)):
        found.setdefault((one.rule, one.list), []).append(one)
    return found


def beside_measure(actor: Actor, submission: Submission, rules: Iterable[str], number: int | None) -> list[DataQuery]:
    """What was asked about the rules that warn of a measure, in the list that it is worked out from."""
    beside = beside_rules(actor, submission)
    return [one for rule in rules for one in beside.get((rule, number), [])]


def asked_of_values(actor: Actor, submission: Submission, values: Iterable[Value]) -> dict[str, list[DataQuery]]:
    """What was asked about unclear values of a submission, by what names a value in a form.

    A question is about a value where it is about the issue and quotes the value as it is written.
    """
    beside = beside_rules(actor, submission)
    found: dict[str, list[DataQuery]] = {}
    for one in values:
        quoted = f"“{one.written}”"
        rows = [query for query in beside.get(one.issue, []) if any(quoted in turn.says for turn in query.turns.all())]
        if rows:
            found[one.key] = rows
    return found


def may_ask(actor: Actor, submission: Submission) -> bool:
    """Whether a page should offer to ask about a submission."""
    if submission.closed_because() or not submission.readable:
        return False
    target = asked_here(submission.inspection, actor)
    return policy.decide(actor, Permission.DATA_QUERY_ASK, target, timezone.now()).allowed


def may_answer(actor: Actor, query: DataQuery) -> bool:
    """Whether a page should offer to answer a question."""
    return query.status == lifecycle.DataQuery.ASKED and _may(actor, Permission.DATA_QUERY_ANSWER, query)


def may_settle(actor: Actor, query: DataQuery) -> bool:
    """Whether a page should offer to close a question, or to ask it again."""
    return _may(actor, Permission.DATA_QUERY_ASK, query)


def _may(actor: Actor, permission: Permission, query: DataQuery) -> bool:
    return policy.decide(actor, permission, query.target(), timezone.now()).allowed


def can_become(query: DataQuery, act: str) -> bool:
    """Whether a question stands so that it can be answered, closed or asked again."""
    to = {
        "answer": lifecycle.DataQuery.ANSWERED,
        "close": lifecycle.DataQuery.CLOSED,
        "again": lifecycle.DataQuery.ASKED,
    }
    return lifecycle.can_move(lifecycle.DataQuery, query.status, to[act])


def sees_row(actor: Actor, query: DataQuery) -> bool:
    """Whether somebody may know which row a question is about: who may read the rows of the submission."""
    return query.row is not None and queries.may_read_rows(actor, query.submission)


def waiting_for(actor: Actor, inspection: Inspection) -> int:
    """How many questions wait for an answer that the actor may give."""
    rows = visible(DataQuery.objects.filter(inspection=inspection), actor, Permission.DATA_QUERY_ANSWER, own=OWN)
    return rows.filter(status=lifecycle.DataQuery.ASKED).count()


def answered_to(actor: Actor, inspection: Inspection) -> int:
    """How many of the actor's own questions were answered and are not closed yet."""
    return asked(actor, inspection, status=lifecycle.DataQuery.ANSWERED, mine=True).count()
