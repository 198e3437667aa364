"""A version of local rules tried on a return before it is in force: what it would find. Nothing of it is kept.

The files are read again, in memory alone, as for suggested mends: what a rule may ask lies in the vault otherwise.
Nothing is written, and no other side is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from goldthread.apps.access.policy import Actor
from goldthread.apps.submissions import local_rules, queries
from goldthread.apps.submissions.issues import Issue, Issues
from goldthread.apps.submissions.local_rules import OF_FORMS, Declared
from goldthread.apps.submissions.models import LocalRules, Submission
from goldthread.apps.submissions.reading import day_of, parse
from goldthread.domain import lifecycle

MOST_SHOWN = 200
"""So many rows are shown; how many there are is told besides."""


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A rule that was tried: how many issues it would make, or why it could not be run."""

    code: str
    says: str
    severity: str
    table: str
    issues: int
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a version finds in a return: its rules for that form, how many issues, and the first rows."""

    submission: Submission
    rules: tuple[TriedRule, ...] = ()
    issues: int = 0
    rows: tuple[Issue, ...] = ()
    why_not: str = ""


def can_be_tried_on(actor: Actor, rules: LocalRules) -> QuerySet[Submission]:
    """The returns of the rules' own side that they can be tried on, the latest first."""
    rows = queries.visible_to(actor).filter(
        inspection_id=rules.inspection_id, side=rules.side, form__in=OF_FORMS, status=lifecycle.Submission.READ
    )
    return rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN).order_by("-created_at")


def tried(rules: LocalRules, submission: Submission) -> Tried:
    """What the version finds in the return. Raises StoreDamaged where the files cannot be read back."""
    from goldthread.kernel.reading import Refused

    try:
        handed = parse(submission, _silently)
        as_at = day_of(submission, handed.reading).as_at
    except Refused as refusal:
        return Tried(submission, why_not=f"{refusal.reason} {refusal.mend}")
    found = local_rules.find(rules, handed, as_at)
    if found is None:
        return Tried(submission, why_not="Local rules are made for SSDA903 and the CIN census.")
    tables = queries.tables_of(submission)
    kept = local_rules.issue_rows(submission, found, handed.reading, tables)
    rows = Issues(kept.select(tuple(Issue.__dataclass_fields__)))
    declared = [one for one in local_rules.declared(rules) if one.form_name == submission.form]
    counts = {one["rule"]: one["issues"] for one in found.told["rules"]}
    why = {one["rule"]: one["why"] for one in found.told["not_run"]}
    return Tried(
        submission, tuple(_told(declared, counts, found.told["ran"], why)), len(rows), tuple(rows[:MOST_SHOWN])
    )


def _told(
    declared: list[Declared], counts: dict[str, int], ran: dict[str, str], why: dict[str, str]
) -> Iterator[TriedRule]:
    for one in declared:
        reason = why.get(one.code, "" if one.code in ran else "It is not made for the year of this return.")
        yield TriedRule(one.code, one.says, one.severity, one.table, counts.get(one.code, 0), reason)


def _silently(submission: Submission, per_cent: int, says: str) -> None:
    """A trial tells nobody how far it has come: it writes nothing."""
