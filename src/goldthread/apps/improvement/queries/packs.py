"""What goes to a council's board each month, on one page; and the plan that is due 70 working days after the report.

Both are made of what the reader may see of the recommendations, their goals and the actions of audits: counts and the
words of the plan, nothing of a child. A pack is an authority’s: what was asked in another inspection, or between two,
stands in it as well, for a board that reads one of them is not to read that nothing is asked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison.own_series import of_authority
from goldthread.apps.fieldwork import phases
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.models import PlannedAction, Recommendation
from goldthread.apps.improvement.queries import as_at, planned
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme import queries as programme
from goldthread.apps.programme.models import AuditAction
from goldthread.apps.programme.queries.to_do import TURNS, Counts
from goldthread.apps.reports import queries as reports
from goldthread.domain import lifecycle
from goldthread.domain.improving import Verdict
from goldthread.domain.phase_days import days_left
from goldthread.domain.statement_of_action import PLANS, plan_due
from goldthread.kernel.working_days import bank_holidays

READ = Permission.PLAN_READ
"""What is asked of whoever reads a pack or a plan: of an elected member nothing else of the inspection is."""

Status = lifecycle.Recommendation
OPEN_ACTIONS = (lifecycle.AuditAction.OPEN, lifecycle.AuditAction.RETURNED, lifecycle.AuditAction.PROOF_GIVEN)
SOON = timedelta(days=31)
"""What is due so soon stands in the pack by itself, apart from what is past its day [J]."""

_GIVEN = (Status.OPEN, Status.REOPENED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that was done or found in the month: of a recommendation, of what the council planned (`kind` then says
    which turn of it), or of an action of audits."""

    at: datetime
    of: Recommendation | PlannedAction | AuditAction
    says: str
    kind: str = ""
    of_audits: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Recommendations, what the council planned for them, and actions of audits, of which something is said by their
    day: the soonest first in each."""

    rows: tuple["queries.Opened", ...]
    actions: tuple[AuditAction, ...]
    will_do: tuple[planned.Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The board pack of one month as it stood on `today`: the day it is made, or the last of a month that is over.

    `past` says that it is of such a month. `others` are the further inspections of the authority in which something of
    it was asked. `rows` are the recommendations that were given, those that are late, have slipped, are worse or wait
    to be closed first; `moved` is told the latest first. `overdue` is past its day and not accepted, and `late_said`
    says how many recommendations of it are said to be done; `soon` is open and due from `today` on within SOON.
    `actions_kept` says that there are more actions of audits than the reader may read."""

    month: date
    today: date
    others: tuple[Inspection, ...]
    states: Counter[str]
    late: int
    late_said: int
    verdicts: Counter[str]
    at_target: int
    goals: int
    rows: tuple["queries.Opened", ...]
    moved: tuple[Moved, ...]
    overdue: Due
    soon: Due
    actions: Counts
    will_do: planned.Counts
    past: bool = False
    actions_kept: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an authority after its report. `due` and `left` (in working days) are None where no day is known.

    Before the report is published `due` is the day that the timetable plans, and afterwards the one that is counted
    from publication; none where it is of a programme of the council's own (`of_programme`). `phase` is what the
    framework calls it and says of it, with nothing where it knows no such phase; `none_asked` says that a plan is asked
    for only where a priority action is named, and none is. `elsewhere` counts what is open of the authority in further
    inspections, which have plans of their own.
    """

    published: date | None
    due: date | None
    left: int | None
    rows: tuple[tuple["queries.Opened", tuple[planned.Planned, ...], tuple[str, ...]], ...]
    actions: Counts
    phase: tuple[str, str] = ("", "")
    none_asked: bool = False
    elsewhere: tuple[tuple[Inspection, int], ...] = ()
    of_programme: bool = False


def months(actor: Actor, inspection: Inspection) -> list[date]:
    """The months for which a pack can be made, the newest first: from that in which the first recommendation or action
    of the authority that the actor may see was given, to this one."""
    held = of_authority(actor, inspection, READ)
    given = queries.visible_to(actor, READ).filter(inspection__in=held).aggregate(first=Min("released_at"))["first"]
    acted = _actions(actor, held).aggregate(first=Min("created_at"))["first"]
    found = [timezone.localdate().replace(day=1)]
    first = min((timezone.localdate(one) for one in (given, acted) if one), default=found[0])
    while found[-1] > first:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def pack(actor: Actor, inspection: Inspection, month: date) -> Pack:
    """The board pack of a month: what moved in it, and how everything stands today; of a month that is over, how
    everything stood at its end, as far as what was done since is kept."""
    today = min(timezone.localdate(), last_of(month))
    past = today < timezone.localdate()
    until = as_at.end_of(today) if past else None
    everywhere = of_authority(actor, inspection, READ)
    held, actions = _given(actor, everywhere, until), _actions_then(actor, everywhere, until)
    written = _planned_then(actor, held, today, until)
    will_do = [one for one in written if one.action.status != lifecycle.PlannedAction.DROPPED]
    told = (*_moved(held, month), *_actions_moved([one.action for one in written], actions, month))
    goals = [goal for one in held for goal in one.goals]
    asked = {one.recommendation.inspection_id for one in held} | {one.inspection_id for one in actions}
    return Pack(
        month, today, tuple(one for one in everywhere if one.pk in asked and one.pk != inspection.pk),
        Counter(one.recommendation.status for one in held),
        sum(one.recommendation.late(today) for one in held),
        sum(one.recommendation.late(today) and one.recommendation.waits_to_be_accepted for one in held),
        Counter(goal.verdict for goal in goals),
        sum(goal.at_target for goal in goals),
        len(goals),
        tuple(sorted(held, key=lambda one: _place(one, inspection, today))),
        tuple(sorted(told, key=lambda one: one.at, reverse=True)),
        Due(
            tuple(one for one in held if one.recommendation.late(today)),
            tuple(one for one in actions if one.late(today)),
            tuple(one for one in will_do if one.late),
        ),
        Due(
            tuple(one for one in held if one.recommendation.live and _soon(one.recommendation.due, today)),
            tuple(one for one in actions if one.status in OPEN_ACTIONS and _soon(one.due, today)),
            tuple(one for one in will_do if one.action.stands and _soon(one.action.due, today)),
        ),
        programme.counted(actions, today), planned.counted([one.action for one in will_do], today), past,
        _more_actions(everywhere, len(actions), until),
    )  # fmt: skip


def _soon(due: date, today: date) -> bool:
    return today <= due <= today + SOON


def _place(one: "queries.Opened", inspection: Inspection, today: date) -> tuple[bool, bool, bool, str, int]:
    """What needs looking at stands first, what is closed last; of each, that of the inspection itself first."""
    row = one.recommendation
    elsewhere = row.inspection_id != inspection.pk
    return not _worrying(one, today), not row.live, elsewhere, row.inspection.title, row.number


def asked_elsewhere(actor: Actor, inspection: Inspection) -> list[tuple[Inspection, int]]:
    """The further inspections of the authority in which something is open that the actor may see, and how many."""
    others = [one for one in of_authority(actor, inspection, READ) if one.pk != inspection.pk]
    rows = queries.visible_to(actor, READ).filter(inspection__in=others, status__in=(Status.OPEN, Status.REOPENED))
    counts = Counter(rows.values_list("inspection_id", flat=True))
    return [(one, counts[one.pk]) for one in others if counts[one.pk]]


def last_of(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def action_plan(actor: Actor, inspection: Inspection) -> Plan:
    """The plan: every recommendation that was given, its goals, and what its owner said was done."""
    published, today = reports.published_on(inspection), timezone.localdate()
    # No report follows the council's own review programme, so no plan is due after one.
    report = not inspection.of_the_council
    laid = reports.phases_now(inspection) if report else []
    found = next((one for one in laid if one.phase.slug in PLANS), None)
    asked_for = [one for one in phases.plan_of(inspection).phases if one.slug in PLANS] if report else []
    none_asked = published is not None and bool(asked_for) and found is None
    counted = report and published is not None and not none_asked
    due = found.ends if found else plan_due(published, bank_holidays()) if counted and published else None
    return Plan(
        published, due, days_left(today, due, bank_holidays()) if due else None,
        tuple(
            (one, tuple(planned.of_recommendation(actor, one.recommendation, READ)), tuple(_done(one)))
            for one in _given(actor, [inspection])
        ),
        programme.counted(_actions(actor, [inspection])), (found.phase.title, found.phase.says) if found else ("", ""),
        none_asked, tuple(asked_elsewhere(actor, inspection)), inspection.of_the_council,
    )  # fmt: skip


def _given(
    actor: Actor, held: Sequence[Inspection], until: datetime | None = None
) -> list["queries.Opened"]:  # fmt: skip
    rows = queries.visible_to(actor, READ).filter(inspection__in=held).exclude(released_at=None)
    then = [queries.with_goals(row) if until is None else as_at.recommendation_at(row, until) for row in rows]
    return [one for one in then if one is not None and one.recommendation.status in _GIVEN]


def _actions_then(actor: Actor, held: Sequence[Inspection], until: datetime | None) -> list[AuditAction]:
    rows = _actions(actor, held)
    if until is None:
        return list(rows)
    return [one for one in (as_at.action_at(row, until) for row in rows) if one is not None]


def _planned_then(
    actor: Actor, held: Sequence["queries.Opened"], today: date, until: datetime | None
) -> list[planned.Planned]:  # fmt: skip
    """What the council planned for these recommendations, as it stands or stood, what was dropped among it."""
    of = {one.recommendation.pk: one.recommendation for one in held}
    rows: Iterable[PlannedAction] = (
        planned.actions_visible_to(actor, READ).filter(recommendation__in=list(of)).prefetch_related("turns__by")
    )
    if until is not None:
        then = (planned.action_at(row, of[row.recommendation_id], until) for row in rows)
        rows = [one for one in then if one is not None]
    return [planned.with_words(one, today) for one in rows]


def _more_actions(held: Sequence[Inspection], read: int, until: datetime | None) -> bool:
    """Whether there are more actions of audits than were read, which are somebody else's to read."""
    rows = AuditAction.objects.filter(inspection__in=held)
    return read < (rows.filter(created_at__lte=until) if until else rows).count()


def _worrying(one: "queries.Opened", today: date) -> bool:
    row = one.recommendation
    worse = any(goal.verdict == Verdict.WORSE or (goal.last is not None and goal.last.slipped) for goal in one.goals)
    return row.late(today) or row.status == Status.REOPENED or worse or row.waits_to_be_accepted


def _in(month: date, day: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _moved(held: Iterable["queries.Opened"], month: date) -> Iterable[Moved]:
    for one in held:
        row = one.recommendation
        for turn, words, _ in queries.turns_of(row):
            day = timezone.localdate(turn.at)
            if _in(month, day):
                yield Moved(turn.at, row, f"{_who(turn)} {words}")
        for goal in one.goals:
            for later in goal.later:
                at = later.pool.readings[-1].at
                if _in(month, timezone.localdate(at)):
                    found = f"{later.pool.sampled.met:,} of {later.pool.sampled.of:,} on {later.pool.day:%-d %B %Y}"
                    yield Moved(at, row, f"{later.change.verdict}, {found}: {goal.goal.title}")


def _actions_moved(
    will_do: Iterable[PlannedAction], of_audits: Iterable[AuditAction], month: date
) -> Iterable[Moved]:  # fmt: skip
    """What was done in a month of what the council planned, and of the actions of audits: by whom, never in words."""
    for action in will_do:
        for turn in action.turns.all():
            if _in(month, timezone.localdate(turn.at)):
                yield Moved(turn.at, action, f"{_who(turn)} {planned.turned(turn)}", turn.kind)
    for one in of_audits:
        for each in one.turns.all():
            if _in(month, timezone.localdate(each.at)):
                yield Moved(each.at, one, f"{_who(each)} {TURNS.get(each.kind, each.kind)}", of_audits=True)


def _who(turn: Any) -> str:
    return str(turn.by.name) if turn.by else "Goldthread"


def _done(one: "queries.Opened") -> Iterable[str]:
    for turn, _, says in queries.turns_of(one.recommendation):
        if turn.kind == lifecycle.OwnersWord.DONE and says:
            yield f"{timezone.localdate(turn.at):%-d %B %Y}: {says}"


def _actions(actor: Actor, held: Sequence[Inspection]) -> QuerySet[AuditAction]:
    return programme.actions_visible_to(actor).filter(inspection__in=held).prefetch_related("turns__by")
