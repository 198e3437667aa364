"""What goes to a council's board each month, on one page; and the plan that is due 70 working days after the report.

Both are made of what the reader may see of the recommendations, their goals and the actions of audits: counts and the
words of the plan, nothing of a child.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, QuerySet
from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.improvement import queries
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme import queries as programme
from goldthread.apps.programme.models import AuditAction
from goldthread.apps.programme.queries.to_do import Counts
from goldthread.apps.reports import queries as reports
from goldthread.domain import lifecycle
from goldthread.domain.improving import Reach, Verdict
from goldthread.domain.phase_days import days_left
from goldthread.domain.statement_of_action import plan_due
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
    """The board pack of one month as it stands on a day. `rows` are the recommendations that were given, those that
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


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an authority after its report. `due` and `left` (in working days) are None before it is published."""

    published: date | None
    due: date | None
    left: int | None
    rows: tuple[tuple["queries.Opened", tuple[str, ...]], ...]
    actions: Counts


def months(today: date) -> list[date]:
    """The months for which a pack is made: this one and the two before, the newest first."""
    found = [today.replace(day=1)]
    for _ in range(2):
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def pack(actor: Actor, inspection: Inspection, month: date) -> Pack:
    """The board pack of a month: what moved in it, and how everything stands today."""
    today, held = timezone.localdate(), _given(actor, inspection)
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
        tuple(_actions(actor, inspection).filter(due__lte=today + SOON).filter(status__in=OPEN_ACTIONS)),
        programme.counted(_actions(actor, inspection)),
    )  # fmt: skip


def action_plan(actor: Actor, inspection: Inspection) -> Plan:
    """The plan: every recommendation that was given, its goals, and what its owner said was done."""
    first = reports.published_of([inspection]).aggregate(first=Min("published_at"))["first"]
    published = timezone.localdate(first) if first else None
    due = plan_due(published, bank_holidays()) if published else None
    today = timezone.localdate()
    return Plan(
        published, due, days_left(today, due, bank_holidays()) if due else None,
        tuple((one, tuple(_done(one))) for one in _given(actor, inspection)),
        programme.counted(_actions(actor, inspection)),
    )  # fmt: skip


def _given(actor: Actor, inspection: Inspection) -> list["queries.Opened"]:
    return [one for one in queries.plan(actor, inspection) if one.recommendation.status in _GIVEN]


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
