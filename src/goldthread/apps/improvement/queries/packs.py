"""What goes to a council's board each month, on one page; and the plan that is due 70 working days after the report.

Both are made of what the reader may see of the recommendations, their goals and the actions of audits: counts and the
words of the plan, nothing of a child.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.fieldwork import phases
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.queries import as_at
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme import queries as programme
from goldthread.apps.programme.models import AuditAction
from goldthread.apps.programme.queries.to_do import Counts
from goldthread.apps.reports import queries as reports
from goldthread.domain import lifecycle
from goldthread.domain.improving import Reach, Verdict
from goldthread.domain.phase_days import days_left
from goldthread.domain.statement_of_action import PLANS, plan_due
from goldthread.kernel.working_days import bank_holidays

Status = lifecycle.Recommendation
OPEN_ACTIONS = (lifecycle.AuditAction.OPEN, lifecycle.AuditAction.RETURNED, lifecycle.AuditAction.PROOF_GIVEN)
SOON = timedelta(days=31)
"""What is due so soon stands in the pack by itself [J]."""

_GIVEN = (Status.OPEN, Status.REOPENED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that was done or found of a recommendation in the month."""

    at: datetime
    mark: str
    says: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The board pack of one month as it stood on `today`: the day it is made, or the last of a month that is over.

    `past` says that it is of such a month. `rows` are the recommendations that were given, those that
    are late, have slipped, are worse or wait to be closed first; `moved` is told the latest first; `soon` and
    `actions_soon` are what is open and due within SOON, or past its day."""

    month: date
    today: date
    states: Counter[str]
    late: int
    verdicts: Counter[str]
    at_target: int
    goals: int
    rows: tuple["queries.Opened", ...]
    moved: tuple[Moved, ...]
    soon: tuple["queries.Opened", ...]
    actions_soon: tuple[AuditAction, ...]
    actions: Counts
    past: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an authority after its report. `due` and `left` (in working days) are None where no day is known.

    Before the report is published `due` is the day that the timetable plans, and afterwards the one that is counted
    from publication. `phase` is what the framework calls it and says of it, with nothing where it knows no such phase;
    `none_asked` says that a plan is asked for only where a priority action is named, and none is.
    """

    published: date | None
    due: date | None
    left: int | None
    rows: tuple[tuple["queries.Opened", tuple[str, ...]], ...]
    actions: Counts
    phase: tuple[str, str] = ("", "")
    none_asked: bool = False


def months(today: date) -> list[date]:
    """The months for which a pack is made: this one and the two before, the newest first."""
    found = [today.replace(day=1)]
    for _ in range(2):
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def pack(actor: Actor, inspection: Inspection, month: date) -> Pack:
    """The board pack of a month: what moved in it, and how everything stands today; of a month that is over, how
    everything stood at its end, as far as what was done since is kept."""
    today = min(timezone.localdate(), last_of(month))
    past = today < timezone.localdate()
    until = as_at.end_of(today) if past else None
    held, actions = _given(actor, inspection, until), _actions_then(actor, inspection, until)
    goals = [goal for one in held for goal in one.goals]
    return Pack(
        month, today,
        Counter(one.recommendation.status for one in held),
        sum(one.recommendation.late(today) for one in held),
        Counter(goal.verdict for goal in goals),
        sum(goal.last is not None and goal.last.reach is Reach.SURELY for goal in goals),
        len(goals),
        tuple(sorted(held, key=lambda one: (not _worrying(one, today), one.recommendation.number))),
        tuple(sorted(_moved(held, month), key=lambda one: one.at, reverse=True)),
        tuple(one for one in held if one.recommendation.live and one.recommendation.due <= today + SOON),
        tuple(one for one in actions if one.due <= today + SOON and one.status in OPEN_ACTIONS),
        programme.counted(actions, today), past,
    )  # fmt: skip


def last_of(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def action_plan(actor: Actor, inspection: Inspection) -> Plan:
    """The plan: every recommendation that was given, its goals, and what its owner said was done."""
    published, today = reports.published_on(inspection), timezone.localdate()
    found = next((one for one in reports.phases_now(inspection) if one.phase.slug in PLANS), None)
    asked_for = [one for one in phases.plan_of(inspection).phases if one.slug in PLANS]
    none_asked = published is not None and bool(asked_for) and found is None
    due = found.ends if found else plan_due(published, bank_holidays()) if published and not none_asked else None
    return Plan(
        published, due, days_left(today, due, bank_holidays()) if due else None,
        tuple((one, tuple(_done(one))) for one in _given(actor, inspection)),
        programme.counted(_actions(actor, inspection)), (found.phase.title, found.phase.says) if found else ("", ""),
        none_asked,
    )  # fmt: skip


def _given(actor: Actor, inspection: Inspection, until: datetime | None = None) -> list["queries.Opened"]:
    if until is None:
        held = queries.plan(actor, inspection)
    else:
        rows = queries.visible_to(actor).filter(inspection=inspection)
        held = [one for one in (as_at.recommendation_at(row, until) for row in rows) if one is not None]
    return [one for one in held if one.recommendation.status in _GIVEN]


def _actions_then(actor: Actor, inspection: Inspection, until: datetime | None) -> list[AuditAction]:
    rows = _actions(actor, inspection)
    if until is None:
        return list(rows)
    return [one for one in (as_at.action_at(row, until) for row in rows.prefetch_related("turns")) if one is not None]


def _worrying(one: "queries.Opened", today: date) -> bool:
    row = one.recommendation
    worse = any(goal.verdict == Verdict.WORSE or (goal.last is not None and goal.last.slipped) for goal in one.goals)
    done = row.live and row.owners_word == lifecycle.OwnersWord.DONE
    return row.late(today) or row.status == Status.REOPENED or worse or done


def _in(month: date, day: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _moved(held: Iterable["queries.Opened"], month: date) -> Iterable[Moved]:
    for one in held:
        row = one.recommendation
        for turn, words, _ in queries.turns_of(row):
            day = timezone.localdate(turn.at)
            if _in(month, day):
                yield Moved(turn.at, row.mark, f"{turn.by.name if turn.by else 'The programme'} {words}")
        for goal in one.goals:
            for later in goal.later:
                at = later.pool.readings[-1].at
                if _in(month, timezone.localdate(at)):
                    found = f"{later.pool.sampled.met:,} of {later.pool.sampled.of:,} on {later.pool.day:%-d %B %Y}"
                    yield Moved(at, row.mark, f"{later.change.verdict}, {found}: {goal.goal.title}")


def _done(one: "queries.Opened") -> Iterable[str]:
    for turn, _, says in queries.turns_of(one.recommendation):
        if turn.kind == lifecycle.OwnersWord.DONE and says:
            yield f"{timezone.localdate(turn.at):%-d %B %Y}: {says}"


def _actions(actor: Actor, inspection: Inspection) -> QuerySet[AuditAction]:
    return programme.actions_visible_to(actor).filter(inspection=inspection)
