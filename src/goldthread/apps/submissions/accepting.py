"""Queries that were accepted with a reason, found again in later hand-ins for as long as the cells are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.issues import Issue, Issues, frame_of
from goldthread.apps.submissions.models import Acceptance, Submission

Key = tuple[str, str, str, str]
"""Rule, table, child and the hash of the cells."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An acceptance as a page shows it: why, by whom in which role, when, and whether in an earlier hand-in."""

    pk: UUID
    reason: str
    role: str
    at: datetime
    before: bool


def key_of(issue: Issue) -> Key | None:
    """By what an acceptance of an issue is found again; None where it cannot be accepted."""
    if issue.severity != "query" or not (issue.row and issue.table and issue.child and issue.cells):
        return None
    return (issue.rule, issue.table, issue.child, issue.cells)


def in_force(submission: Submission) -> QuerySet[Acceptance]:
    """The acceptances of the submission's side in its inspection that were not taken back."""
    rows = Acceptance.objects.filter(inspection_id=submission.inspection_id, side=submission.side)
    return rows.filter(taken_back_at=None).select_related("inspection")


def of_issues(submission: Submission, issues: Iterable[Issue]) -> list[Accepted | None]:
    """For each issue its acceptance, where there is one; for those who may read the rows."""
    keys = [key_of(one) for one in issues]
    wanted = {key[2] for key in keys if key}
    rows = in_force(submission).filter(child__in=wanted) if wanted else []
    found = {(one.rule, one.table, one.child, one.cells): one for one in rows}
    told = {key: shown(one, submission) for key, one in found.items() if key in set(keys)}
    return [told.get(key) if key else None for key in keys]


def shown(one: Acceptance, submission: Submission) -> Accepted:
    """An acceptance with its reason."""
    reason = sealing.unseal(submission.inspection, bytes(one.sealed), purpose=one.purpose).decode()
    return Accepted(one.pk, reason, one.role, one.created_at, one.submission_id != submission.pk)


def accepted(submission: Submission, *, local: bool = False) -> int:
    """How many queries of a submission, or of local rules, are accepted: they are counted apart from those open."""
    import polars as pl

    keys = list(in_force(submission).values_list("rule", "table", "child", "cells"))
    if not keys:
        return 0
    columns = ["rule", "table", "child", "cells"]
    held = pl.DataFrame(keys, schema=dict.fromkeys(columns, pl.String), orient="row")
    frame = frame_of(submission, local=local).filter(pl.col("severity") == "query", pl.col("row").is_not_null())
    return frame.join(held, on=columns, how="semi").height


@dataclass(frozen=True, slots=True)
class ToMend:
    """A work list in numbers: errors, queries still open, queries that were accepted, notes, and rows."""

    errors: int
    queries: int
    accepted: int
    notes: int
    rows: int


def to_mend(submission: Submission, issues: Issues) -> ToMend:
    """What is to be done of these issues; a query that was accepted needs nothing more."""
    keys = set(in_force(submission).values_list("rule", "table", "child", "cells"))
    every = list(issues)
    kinds = Counter(one.severity for one in every)
    accepted = sum(key_of(one) in keys for one in every) if keys else 0
    rows = len({(one.table, one.row) for one in every if one.row})
    return ToMend(kinds["error"], kinds["query"] - accepted, accepted, kinds["note"], rows)


def issue_at(submission: Submission, rule: str, table: str, row: int) -> Issue | None:
    """The issue of one rule at one row; None where there is none."""
    import polars as pl

    for local in (False, True):
        frame = frame_of(submission, local=local)
        frame = frame.filter(pl.col("rule") == rule, pl.col("table") == table, pl.col("row") == row)
        if frame.height:
            return Issue(**frame.row(0, named=True))
    return None


def may_accept(actor: Actor, submission: Submission) -> bool:
    """Whether somebody may accept queries of a submission: who uploads for the side that handed it in."""
    if submission.closed_because() or not submission.readable:
        return False
    target = submission.target(changing=True)
    allowed = policy.decide(actor, Permission.SUBMISSION_UPLOAD, target, timezone.now()).allowed
    return allowed and submission.side in sides_of(submission.inspection, actor)
