"""Setting goals, reading what was found of them, and making ready the three that councils are most often given."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.improvement.actions.recommendations import (
    add_turn,
    enter,
    fresh,
    recommend,
    require_day,
    require_short,
)
from goldthread.apps.improvement.models import Goal, Reading, Recommendation
from goldthread.apps.improvement.queries import told_of
from goldthread.apps.improvement.queries.sources import Found, found_of, measured
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import improving, lifecycle

Status = lifecycle.Recommendation
THREE: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = (
    (
        "management-decisions",
        "Record every management decision on the child’s own file, with its reason, in the time that the council sets.",
        (("check:W01", 95),),
    ),
    (
        "strategy-meetings",
        "Record every strategy meeting on the child’s own file, with a minute of what was decided and who does it.",
        (("check:W03", 100), ("check:W02", 95)),
    ),
    (
        "families-feedback",
        "Ask families what the help was like for them, record what they say, and use it.",
        (("question:case-review-short-1#family-feedback", 80),),
    ),
)
"""Series, words, and goals with their targets in per cent [J]: each can be changed once it is made."""


@transaction.atomic
def set_goal(
    *, held: Recommendation, measure: str, target: int, client_key: UUID, by: Actor, due: date | None = None
) -> Goal:  # fmt: skip
    """Set by what it is told whether a recommendation made a difference; what is found of it now is its baseline.

    The same key twice gives the same goal. Raises Refused for a measure that is not known here, or that is a goal of
    this recommendation already, for a target outside 0 to 100, and for a day that is over or too far off.
    """
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_RUN, held.inspection.target(side=Side.TEAM))
    if existing := held.goals.filter(client_key=client_key).first():
        return existing
    if held.status in (Status.CLOSED, Status.WITHDRAWN):
        raise Refused("This recommendation is over. Reopen it, or take it up again, first.")
    known = measured(held.inspection, by, measure)
    if known is None:
        raise Refused("No measure, check or question is called so here. Choose one from the list.")
    if any(one.measured == measure for one in held.live_goals):
        raise Refused("This recommendation has a goal on that measure already. Choose another.")
    if not 0 <= target <= 100:
        raise Refused("A target is a whole number from 0 to 100.")
    if due is not None:
        require_day(due, "by which the target is to be reached")
    goal = Goal.objects.create(
        recommendation=held, measured=measure, title=known.title, better=known.better, target=target, due=due,
        client_key=client_key, made_by_id=None if by.programme else by.id,
    )  # fmt: skip
    _read(goal, found_of(measure, held.inspection, by))
    held.version += 1
    held.save(update_fields=["version"])
    add_turn(held, "goal", "", by=by)
    journal(Events.GOAL_SET, by=by, about=held, chain=held.inspection_id, side=Side.TEAM, target=target)
    return goal


@transaction.atomic
def withdraw_goal(*, held: Recommendation, goal: int, because: str, version: int, by: Actor) -> Goal:
    """Take a goal away, saying why. What was found of it stays; the same can be set again, with a baseline of then.

    Raises Refused without a reason, for a goal that is not of this recommendation or is taken away already, and where
    the recommendation is over.
    """
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_RUN, held.inspection.target(side=Side.TEAM))
    require_unchanged(held, version, about=held, chain=held.inspection_id)
    if held.status in (Status.CLOSED, Status.WITHDRAWN):
        raise Refused("This recommendation is over. Reopen it, or take it up again, first.")
    found = next((one for one in held.live_goals if one.pk == goal), None)
    if found is None:
        raise Refused("That goal is taken away already. Choose one that stands.")
    if not because.strip():
        raise Refused("Say why the goal is taken away: whoever reads the recommendation reads it.")
    require_short(because)
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    held.version += 1
    held.save(update_fields=["version"])
    says = f"{found.title}, target {found.target}%. {because.strip()}"
    add_turn(held, "goal-withdrawn", says, by=by)
    journal(Events.GOAL_WITHDRAWN, by=by, about=held, chain=held.inspection_id, side=Side.TEAM, target=found.target)
    return found


@transaction.atomic
def read_goals(*, inspection: Inspection, by: Actor) -> tuple[int, list[Recommendation]]:
    """Read of every goal what was found since it was read last: how many readings, and what was reopened by them.

    A closed recommendation whose goal has slipped is reopened by the programme. Read twice, nothing is read twice.
    """
    require(by, Permission.IMPROVEMENT_RUN, inspection.target(side=Side.TEAM))
    # Two who press at once would both see the same hand-in as new.
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    found: dict[str, list[Found]] = {}
    count, reopened = 0, []
    rows = Recommendation.objects.filter(inspection=inspection).exclude(status=Status.WITHDRAWN)
    for held in map(fresh, rows):
        fallen, read = False, 0
        for goal in held.live_goals:
            if goal.measured not in found:
                found[goal.measured] = found_of(goal.measured, inspection, by)
            read += _read(goal, found[goal.measured])
            fallen |= held.status == Status.CLOSED and any(one.slipped for one in told_of(goal).later)
        count += read
        if read:
            journal(Events.GOALS_READ, by=by, about=held, chain=inspection.pk, side=Side.TEAM, readings=read)
        if fallen:
            enter(held, Status.REOPENED, kind="slipped", by=PROGRAMME)
            journal(Events.RECOMMENDATION_SLIPPED, by=PROGRAMME, about=held, chain=inspection.pk, side=Side.TEAM)
            reopened.append(held)
    return count, reopened


def _read(goal: Goal, found: list[Found]) -> int:
    """Note what is newer than what was read last; a goal without a baseline takes the newest for it.

    A baseline of few files takes in earlier draws, and then the next ones, until there are ten.
    """
    held = list(goal.readings.all())
    baseline = [one.sampled for one in held if one.of_baseline]
    if held:
        new = [one for one in found if one.day > held[-1].day]
    else:
        new = found[len(found) - improving.newest_pool([one.sampled for one in found]) :]
    for one in new:
        before, apart = improving.together(baseline) if baseline else None, len(held) > len(baseline)
        of_baseline = before is None or (not apart and before.few and before.joins(one.sampled))
        held.append(
            Reading.objects.create(
                goal=goal, source=one.source, day=one.day, met=one.met, of=one.of, listed=one.listed,
                definition=one.definition, of_baseline=of_baseline,
            )
        )  # fmt: skip
        baseline += [one.sampled] if of_baseline else []
    return len(new)


@transaction.atomic
def make_ready(*, inspection: Inspection, owner: Person, due: date, by: Actor) -> list[Recommendation]:
    """Make the three recommendations that are kept ready, each with its goals; pressed twice, there are three."""
    require(by, Permission.IMPROVEMENT_RUN, inspection.target(side=Side.TEAM))
    made = []
    for series, says, goals in THREE:
        held = recommend(
            inspection=inspection, says=says, owner=owner, due=due, client_key=uuid5(inspection.pk, series), by=by,
            series=series,
        )  # fmt: skip
        for measure, target in goals:
            if held.status == Status.DRAFT and not held.goals.filter(measured=measure).exists():
                set_goal(held=held, measure=measure, target=target, client_key=uuid5(held.pk, measure), by=by, due=due)
        made.append(held)
    return made
