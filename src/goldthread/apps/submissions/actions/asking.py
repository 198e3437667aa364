"""Data queries: an issue is put to the authority as a question, answered, closed, or asked again.

A question crosses the wall as it is asked, an answer as it is given: whoever sends it is told so beforehand.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import local_rules
from goldthread.apps.submissions.issues import Issue, RuleBroken, issues, rules_broken
from goldthread.apps.submissions.models import DataQuery, Submission, Turn
from goldthread.domain import lifecycle


def asked_here(inspection: Inspection, by: Actor) -> Target:
    """A question as the policy sees it before it is there: of the team's side, and the asker's own."""
    return Target(within=inspection, side=Side.TEAM, owners=frozenset({by.id}))


@transaction.atomic
def ask(
    *, submission: Submission, rule: str, list: int | None, row: int | None, question: str, client_key: UUID, by: Actor
) -> DataQuery:
    """Put an issue to the authority: a rule in one list, or one row's issue where the asker may read rows.

    The same key twice gives the same question. Raises Refused where there is no such issue.
    """
    require(by, Permission.DATA_QUERY_ASK, asked_here(submission.inspection, by))
    require(by, Permission.LISTS_READ if row is not None else Permission.SUBMISSION_READ, submission.target())
    if existing := DataQuery.objects.filter(inspection_id=submission.inspection_id, client_key=client_key).first():
        return existing
    if closed := submission.closed_because():
        raise Refused(closed)
    broken, local = _broken(submission, rule, list, by)
    found = _issue(submission, rule, list, row, local=local) if row is not None else None
    if not question.strip():
        raise Refused("Write what you want to know.")
    last = DataQuery.objects.filter(inspection_id=submission.inspection_id).aggregate(last=Max("number"))["last"] or 0
    query = DataQuery.objects.create(
        inspection=submission.inspection, side=Side.TEAM, released_at=timezone.now(), client_key=client_key,
        created_by_id=None if by.programme else by.id, submission=submission, number=last + 1, rule=rule,
        assigned_to_id=submission.created_by_id if submission.side == Side.AUTHORITY else None,
        severity=broken.severity, says=found.says if found else broken.says, list=list, list_title=broken.list_title,
        issues=1 if found else broken.issues, row=row, child=(found.child or "") if found else "",
    )  # fmt: skip
    _say(query, "question", question, by)
    journal(
        Events.DATA_QUERY_ASKED, by=by, about=query, chain=query.inspection_id, side=Side.TEAM, rule=rule, list=list,
        one_row=row is not None,
    )  # fmt: skip
    return query


def _broken(submission: Submission, rule: str, number: int | None, by: Actor) -> tuple[RuleBroken, bool]:
    """The rule that is asked about, and whether it is a local one: those are asked about by their own side alone."""
    for local in (False, True) if local_rules.may_see(by, submission) else (False,):
        found = [one for one in rules_broken(submission, local=local) if (one.rule, one.list) == (rule, number)]
        if found:
            return found[0], local
    raise Refused("Choose one of the rules that this submission breaks.")


def _issue(submission: Submission, rule: str, number: int | None, row: int, *, local: bool) -> Issue:
    found = [one for one in issues(submission, list=number, rule=rule, local=local) if one.row == row]
    if not found:
        raise Refused("This row does not break that rule. Open the issue again and ask from there.")
    return found[0]


@transaction.atomic
def answer(*, query: DataQuery, says: str, version: int, by: Actor) -> DataQuery:
    """Answer for the authority. The answer stays with the data, beside the rule that it is about."""
    query = _fresh(query)
    require(by, Permission.DATA_QUERY_ANSWER, query.target())
    require_unchanged(query, version, about=query, chain=query.inspection_id)
    if not says.strip():
        raise Refused("Write the answer.")
    return _move(query, lifecycle.DataQuery.ANSWERED, "answer", says, Events.DATA_QUERY_ANSWERED, by, Side.AUTHORITY)


@transaction.atomic
def close(*, query: DataQuery, because: str, version: int, by: Actor) -> DataQuery:
    """Close a question: with its answer, or, with a reason, without one."""
    query = _fresh(query)
    require(by, Permission.DATA_QUERY_ASK, query.target())
    require_unchanged(query, version, about=query, chain=query.inspection_id)
    return _move(query, lifecycle.DataQuery.CLOSED, "closed", because, Events.DATA_QUERY_CLOSED, by, Side.TEAM)


@transaction.atomic
def reopen(*, query: DataQuery, because: str, version: int, by: Actor) -> DataQuery:
    """Ask again, and say what is still open. What was said before stays."""
    query = _fresh(query)
    require(by, Permission.DATA_QUERY_ASK, query.target())
    require_unchanged(query, version, about=query, chain=query.inspection_id)
    return _move(query, lifecycle.DataQuery.ASKED, "again", because, Events.DATA_QUERY_REOPENED, by, Side.TEAM)


def _fresh(query: DataQuery) -> DataQuery:
    return DataQuery.objects.select_for_update(of=("self",)).select_related("inspection", "submission").get(pk=query.pk)


def _move(
    query: DataQuery, to: lifecycle.DataQuery, kind: str, says: str, event: Event, by: Actor, side: Side
) -> DataQuery:
    move = lifecycle.require_move(lifecycle.DataQuery, query.status, to)
    if move.needs_reason and not says.strip():
        raise Refused("Say why: the authority reads it, and it stays with the question.")
    was, query.status, query.version = query.status, to, query.version + 1
    query.save(update_fields=["status", "version"])
    _say(query, kind, says, by)
    journal(event, by=by, about=query, chain=query.inspection_id, side=side, rule=query.rule, was=str(was))
    return query


def _say(query: DataQuery, kind: str, says: str, by: Actor) -> None:
    Turn.objects.create(query=query, kind=kind, says=says.strip(), by_id=None if by.programme else by.id)


__all__ = ["answer", "ask", "asked_here", "close", "reopen"]
