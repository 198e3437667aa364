"""Drawing a round, closing it, calling it off, and seeing a reminder."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.queries import entries
from goldthread.apps.programme.models import ProgrammeRule, Round, SeenReminder
from goldthread.apps.programme.proposing import OPEN, Proposal, propose, seed_again
from goldthread.apps.programme.queries.due import due_of
from goldthread.domain import lifecycle
from goldthread.domain.calendar import add_months, add_working_days
from goldthread.domain.sharing_out import ALGORITHM
from goldthread.kernel.working_days import bank_holidays

Status = lifecycle.Round
MOVES: dict[Status, Event] = {
    Status.CLOSED: Events.ROUND_CLOSED,
    Status.CALLED_OFF: Events.ROUND_CALLED_OFF,
    Status.DRAWN: Events.ROUND_REOPENED,
    Status.PLANNED: Events.ROUND_REOPENED,
}
LONGEST_REASON = 300
LOOK_LASTS = timedelta(minutes=30)
"""For how long looking again at the same is the same look."""
OTHERWISE = (
    "What the round would draw, or who would be given what, has changed since you looked. Nothing is drawn yet: look "
    "at it as it is now."
)


class Otherwise(Refused):
    """A round would be drawn or given out otherwise than its drawer saw."""


def _plan(inspection: Inspection, month: date, by: Actor) -> Round:
    """Plan a round with a seed of its own, made now. A month has one round: where there is one, nothing is made."""
    if existing := Round.objects.filter(inspection=inspection, month=month).first():
        return existing
    last = Round.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = Round.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, month=month, seed=uuid4().hex[:12],
        created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.ROUND_PLANNED, by=by, about=made, chain=inspection.pk, seed=made.seed)
    return made


def plan_next(inspection: Inspection, by: Actor, first: date) -> Round:
    """Plan the round after the last one; the first where there is none. For the actions of this app alone."""
    last = Round.objects.filter(inspection=inspection).aggregate(last=Max("month"))["last"]
    return _plan(inspection, add_months(last, 1) if last else first, by)


@transaction.atomic
def look_ahead(*, round_: Round, told: Proposal, by: Actor) -> None:
    """Journal that somebody was shown which children a round would draw, once while they look at the same.

    A seed could be judged by whom it picks, so whoever has seen that stands in the journal before the press.
    """
    require(by, Permission.PROGRAMME_RUN, round_.target())
    since = timezone.now() - LOOK_LASTS
    lately = entries(round_.inspection_id, by_id=str(by.id)).filter(
        event=Events.ROUND_LOOKED_AHEAD.code, about_id=str(round_.pk), at__gte=since, detail__seen=told.seen
    )
    if not lately.exists():
        journal(
            Events.ROUND_LOOKED_AHEAD, by=by, about=round_, chain=round_.inspection_id, files=len(told.files),
            seen=told.seen,
        )  # fmt: skip


@transaction.atomic
def draw_round(*, round_: Round, seen: str, version: int, by: Actor) -> Round:
    """Draw the round's files and give them out, exactly as was seen; then plan the month after.

    Raises Refused where it cannot be drawn, Otherwise where it would draw or give out otherwise than was seen.
    """
    round_ = _locked(round_)
    require(by, Permission.PROGRAMME_RUN, round_.target())
    require_unchanged(round_, version, about=round_, chain=round_.inspection_id)
    lifecycle.require_move(Status, round_.status, Status.DRAWN)
    today = timezone.localdate()
    if today < round_.month:
        raise Refused(f"The round of {round_.month:%B %Y} can be drawn from {round_.month:%-d %B %Y} on.")
    rule = ProgrammeRule.objects.select_for_update().select_related("inspection").get(inspection=round_.inspection)
    told = propose(round_, rule, by)
    if seen != told.seen:
        raise Otherwise(OTHERWISE)
    draw = _drawn(round_, rule, told, by)
    round_.status, round_.draw, round_.version = Status.DRAWN, draw, round_.version + 1
    round_.drawn_on, round_.due = today, add_working_days(today, rule.days, bank_holidays())
    round_.rule, round_.rested, round_.algorithm = words_of_rule(rule), told.rested, ALGORITHM
    round_.unplaced = [[one.case.number, one.why] for one in told.unplaced]
    round_.save()
    journal(
        Events.ROUND_DRAWN, by=by, about=round_, chain=round_.inspection_id, draw=draw.number, seed=round_.seed,
        files=len(told.files), unplaced=len(told.unplaced), rested=told.rested, algorithm=ALGORITHM,
        given={person.name: new for person, _, new in told.loads if new},
    )  # fmt: skip
    plan_next(round_.inspection, by, round_.month)
    return round_


def _drawn(round_: Round, rule: ProgrammeRule, told: Proposal, by: Actor) -> Draw:
    plan = told.plan
    draw = cases.make_draw(
        inspection=round_.inspection, submission=told.submission, purpose=str(round_), population=plan.population,
        strata_by=plan.strata_by, size=plan.size, seed=plan.seed, instrument=rule.instrument, client_key=round_.pk,
        by=by, minimum_per_stratum=plan.minimum_per_stratum, design=plan.design, more=plan.more,
    )  # fmt: skip
    made = {one.pseudonym: one for one in Case.objects.filter(draw=draw, reserve=False)}
    for person, _, new in told.loads:
        if new:
            mine = [made[one.case.pseudonym] for one in told.files if one.to == person]
            cases.allocate(cases=mine, to=person, by=by)
    if rule.share and len(told.second_readers) > 1:
        cases.give_second_readings(
            draw=draw, share=rule.share, seed=seed_again(plan.seed), readers=told.second_readers, version=0, by=by
        )
    return draw


def words_of_rule(rule: ProgrammeRule) -> dict[str, object]:
    """The rule as a round keeps it."""
    return {
        "instrument": rule.instrument, "size": rule.size, "design": rule.design, "population": rule.population,
        "strata_by": rule.strata_by, "minimum_per_stratum": rule.minimum_per_stratum, "days": rule.days,
        "soon": rule.soon, "share": rule.share, "rest": rule.rest, "version": rule.version,
    }  # fmt: skip


@transaction.atomic
def move_round(*, round_: Round, to: str, because: str, version: int, by: Actor) -> Round:
    """Close a round, open it again, call it off, or plan it after all. A round with open files closes with a reason."""
    round_ = _locked(round_)
    require(by, Permission.PROGRAMME_RUN, round_.target())
    require_unchanged(round_, version, about=round_, chain=round_.inspection_id)
    try:
        status = Status(to)
    except ValueError:
        raise Refused("Choose what becomes of the round.") from None
    if status is Status.DRAWN and round_.planned:
        raise Refused("A planned round is drawn from its own page, where you see what it draws.")
    move = lifecycle.require_move(Status, round_.status, status)
    because = " ".join(because.split())
    if move.needs_reason and not because:
        raise Refused("Say why.")
    if len(because) > LONGEST_REASON:
        raise Refused(f"Say why in at most {LONGEST_REASON} letters.")
    waiting = open_cases(round_) if status is Status.CLOSED else 0
    if waiting and not because:
        raise Refused(f"{waiting} of its files {'is' if waiting == 1 else 'are'} not audited yet. Say why it closes.")
    was, round_.status, round_.because, round_.version = round_.status, status, because, round_.version + 1
    round_.save(update_fields=["status", "because", "version"])
    journal(MOVES[status], by=by, about=round_, chain=round_.inspection_id, was=was, open=waiting)
    if status is Status.CALLED_OFF:
        plan_next(round_.inspection, by, round_.month)
    return round_


def open_cases(round_: Round) -> int:
    """How many files of a round are not audited yet, given out or not."""
    if round_.draw is None:
        return 0
    return round_.draw.cases.filter(reserve=False, status__in=(*OPEN, lifecycle.Case.DRAWN)).count()


@transaction.atomic
def see_reminder(*, inspection: Inspection, by: Actor) -> SeenReminder:
    """Say that one has seen what is due of one's own. Once a day is enough: saying so again is saying so."""
    require(
        by, Permission.CASE_REVIEW_WRITE,
        Target(within=inspection, side=Side.TEAM, owners=frozenset({by.id})),
    )  # fmt: skip
    today = timezone.localdate()
    if existing := SeenReminder.objects.filter(inspection=inspection, person_id=by.id, day=today).first():
        return existing
    soon, overdue = due_of(inspection, by.id, today)
    made = SeenReminder.objects.create(
        inspection=inspection, side=Side.TEAM, person_id=by.id, created_by_id=by.id, day=today, soon=soon,
        overdue=overdue,
    )  # fmt: skip
    journal(Events.REMINDER_SEEN, by=by, about=made, chain=inspection.pk, soon=soon, overdue=overdue)
    return made


def _locked(round_: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("inspection", "draw").get(pk=round_.pk)
