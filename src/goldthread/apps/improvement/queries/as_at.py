"""Recommendations and actions as they stood at the end of a day that is over, told from what was done by then.

States, days and words come from the turns that are kept of each; nothing is written. An owner is named as of today.
"""

import copy
import re
from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from goldthread.apps.improvement import queries
from goldthread.apps.improvement.models import Goal, Recommendation
from goldthread.apps.improvement.queries.states import owners_word
from goldthread.apps.programme.models import AuditAction
from goldthread.domain import lifecycle
from goldthread.domain.lifecycle import OwnersWord

Status = lifecycle.Recommendation

ENTERED: Mapping[str, str] = {
    "made": Status.DRAFT, "open": Status.OPEN, "closed": Status.CLOSED, "reopened": Status.REOPENED,
    "slipped": Status.REOPENED, "withdrawn": Status.WITHDRAWN, "draft": Status.DRAFT,
}  # fmt: skip
"""The state that a turn of a recommendation brought it into."""

ACTION_ENTERED: Mapping[str, str] = {
    "given": lifecycle.AuditAction.OPEN, "proof": lifecycle.AuditAction.PROOF_GIVEN,
    "accepted": lifecycle.AuditAction.ACCEPTED, "returned": lifecycle.AuditAction.RETURNED,
    "withdrawn": lifecycle.AuditAction.WITHDRAWN, "open": lifecycle.AuditAction.OPEN,
}  # fmt: skip
"""The state that a turn of an action of audits brought it into."""

_DUE_BEFORE = re.compile(r"\ADue [^\n]*, before (\d{1,2} \w+ \d{4})(?:\n|\Z)")
_SAID_BEFORE = re.compile(r"(?:\A|\n)It said before: (.*)\Z", re.DOTALL)
_ASKED_ANEW = re.compile(r"(?:\A|\n)(?:Owner |It said before: )")


def end_of(day: date) -> datetime:
    """The last moment of a day, in the house's own time zone."""
    return timezone.make_aware(datetime.combine(day, time.max))


def recommendation_at(held: Recommendation, until: datetime) -> "queries.Opened | None":
    """A recommendation as it stood at a moment; None where it was not made by then."""
    turns = queries.turns_of(held)
    if held.created_at > until:
        return None
    row, says = copy.copy(held), queries.says_of(held)
    row.status, row.owners_word = Status.DRAFT, OwnersWord.AT_WORK
    for turn, _, words in turns:
        if turn.at > until:
            continue
        row.status = ENTERED.get(turn.kind, row.status)
        if turn.kind == OwnersWord.DONE:
            row.owners_word = OwnersWord.DONE
        elif ENTERED.get(turn.kind) == Status.REOPENED or (turn.kind == "changed" and _ASKED_ANEW.search(words)):
            row.owners_word = OwnersWord.AT_WORK
    # What was changed later is put back, the latest change first.
    for turn, _, words in reversed(turns):
        if turn.at > until and turn.kind == "changed":
            if found := _DUE_BEFORE.search(words):
                row.due = datetime.strptime(found[1], "%d %B %Y").date()  # noqa: DTZ007 - a day has no time zone
            if was := _SAID_BEFORE.search(words):
                says = was[1]
    if row.released_at and row.released_at > until:
        row.released_at = None
    goals = tuple(queries.told_of(one, until) for one in held.goals.all() if _stood(one, until))
    word = owners_word(row, [turn for turn, _, _ in turns if turn.at <= until])
    return queries.Opened(row, says, goals, word)


def _stood(goal: Goal, until: datetime) -> bool:
    return goal.made_at <= until and (goal.withdrawn_at is None or goal.withdrawn_at > until)


def action_at(action: AuditAction, until: datetime) -> AuditAction | None:
    """An action of audits as it stood at a moment; None where it was not given by then. Its day is that of today."""
    if action.created_at > until:
        return None
    row = copy.copy(action)
    row.status = lifecycle.AuditAction.OPEN
    for turn in action.turns.all():
        if turn.at <= until:
            row.status = ACTION_ENTERED.get(turn.kind, row.status)
    return row
