"""Making a recommendation, changing it, saying that it is done, and saying what becomes of it.

It is the team's until it is given to the council; what is written of it after that crosses the wall as it is written.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.findings.models import Finding
from goldthread.apps.improvement.models import Recommendation, RecommendationTurn
from goldthread.apps.improvement.queries import (
    possible_findings,
    possible_owners,
    possible_themes,
    says_of,
    told_of,
    words_of,
)
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key
from goldthread.apps.surveys.models import Theme
from goldthread.domain import lifecycle

LONGEST = 2000
LATEST_DUE_DAYS = 5 * 365
"""How far off it may be due: further than from one inspection to the next, and no slip of the pen."""

Status = lifecycle.Recommendation
OwnersWord = lifecycle.OwnersWord
EVENTS: dict[Status, Event] = {
    Status.OPEN: Events.RECOMMENDATION_GIVEN,
    Status.CLOSED: Events.RECOMMENDATION_CLOSED,
    Status.REOPENED: Events.RECOMMENDATION_REOPENED,
    Status.WITHDRAWN: Events.RECOMMENDATION_WITHDRAWN,
    Status.DRAFT: Events.RECOMMENDATION_AGAIN,
}


@transaction.atomic
def recommend(
    *, inspection: Inspection, says: str, owner: Person, due: date, client_key: UUID, by: Actor,
    finding: Finding | None = None, theme: Theme | None = None, series: str = "",
) -> Recommendation:  # fmt: skip
    """Ask a council to better something. The same key, or the same series, twice gives the same recommendation.

    Raises Refused without words, for an owner who takes no part for the council, a day that is over or too far off,
    a finding that is not agreed or asks for nothing, or a theme of which too few texts were read.
    """
    require(by, Permission.IMPROVEMENT_RUN, inspection.target(side=Side.TEAM))
    make_key(inspection=inspection, by=by)
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    here = Recommendation.objects.filter(inspection=inspection)
    existing = here.filter(client_key=client_key).first() or (here.filter(series=series).first() if series else None)
    if existing:
        return existing
    _require_sound(inspection, says, owner, due)
    if due < timezone.localdate():
        raise Refused("The day by which it is due is over. Choose today or a later day.")
    if finding is not None and finding not in possible_findings(inspection, by):
        raise Refused("Choose an agreed finding that is an area for improvement or a priority action.")
    if theme is not None and theme not in [one.theme for one in possible_themes(inspection, by)]:
        raise Refused("Choose a theme of a closed survey, of which ten texts or more were read.")
    made = Recommendation(
        inspection=inspection, side=Side.TEAM, client_key=client_key, created_by_id=_id(by), finding=finding,
        theme=theme,
        number=(here.aggregate(last=Max("number"))["last"] or 0) + 1, owner=owner, due=due, series=series,
    )  # fmt: skip
    made.sealed = sealed_words(inspection, {"says": says.strip()}, made.purpose) or b""
    made.save()
    add_turn(made, "made", "", by=by)
    journal(Events.RECOMMENDED, by=by, about=made, chain=inspection.pk, side=Side.TEAM, owner=owner.name, due=str(due))
    return made


@transaction.atomic
def change(*, held: Recommendation, says: str, owner: Person, due: date, version: int, by: Actor) -> Recommendation:
    """Change what is asked for, of whom or by when. Raises Clash where it was changed meanwhile.

    Other words keep the earlier ones in what was said. Where an owner said that it is done, other words or another
    owner ask anew: it was said of something else, or by somebody else.
    """
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_RUN, held.inspection.target(side=Side.TEAM))
    was, asked_before, owner_before = held.due, says_of(held), held.owner
    require_version(
        held.version, version, theirs=words_of(asked_before, owner_before, was),
        yours=words_of(says.strip(), owner, due), about=held,
    )  # fmt: skip
    if held.status in (Status.CLOSED, Status.WITHDRAWN):
        raise Refused("This recommendation is over. Reopen it, or take it up again, first.")
    _require_sound(held.inspection, says, owner, due)
    held.sealed = sealed_words(held.inspection, {"says": says.strip()}, held.purpose) or b""
    held.owner, held.due, held.version = owner, due, held.version + 1
    anew = says.strip() != asked_before or owner != owner_before
    if anew and held.owners_word == OwnersWord.DONE:
        lifecycle.require_move(OwnersWord, held.owners_word, OwnersWord.AT_WORK)
        held.owners_word = OwnersWord.AT_WORK
    held.save()
    told = [
        f"Due {due:%-d %B %Y}, before {was:%-d %B %Y}" if due != was else "",
        f"Owner {owner.name}, before {owner_before.name}" if owner != owner_before else "",
        f"It said before: {asked_before}" if says.strip() != asked_before else "",
    ]
    add_turn(held, "changed", "\n".join(one for one in told if one), by=by)
    journal(Events.RECOMMENDATION_CHANGED, by=by, about=held, chain=held.inspection_id, side=Side.TEAM)
    return held


@transaction.atomic
def say_done(*, held: Recommendation, says: str, version: int, by: Actor) -> Recommendation:
    """Say for the council that it is done. It closes nothing: what is found later does."""
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_SAY, held.target())
    require_unchanged(held, version, about=held, chain=held.inspection_id)
    if not says.strip():
        raise Refused("Write what was done, and where that can be seen.")
    require_short(says)
    if not held.live:
        raise Refused("This recommendation is not open.")
    lifecycle.require_move(OwnersWord, held.owners_word, OwnersWord.DONE)
    held.owners_word, held.version = OwnersWord.DONE, held.version + 1
    held.save(update_fields=["owners_word", "version"])
    add_turn(held, "done", says, by=by)
    side = Side.AUTHORITY if sides_of(held.inspection, by) == {Side.AUTHORITY} else Side.TEAM
    journal(Events.RECOMMENDATION_SAID_DONE, by=by, about=held, chain=held.inspection_id, side=side)
    return held


@transaction.atomic
def settle(*, held: Recommendation, to: str, because: str, version: int, by: Actor) -> Recommendation:
    """Give it to the council, close it, reopen it, withdraw it or take it up again.

    Closing it needs a reason unless what was found last shows every goal improved or surely at its target.
    """
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_RUN, held.inspection.target(side=Side.TEAM))
    require_unchanged(held, version, about=held, chain=held.inspection_id)
    require_short(because)
    try:
        status = Status(to)
    except ValueError:
        raise Refused("Choose what becomes of it.") from None
    move = lifecycle.require_move(Status, held.status, status)
    if not because.strip():
        if move.needs_reason:
            raise Refused("Say why: the council reads it.")
        if status is Status.CLOSED and not _shown(held):
            raise Refused(
                "What was found does not show by itself that it is better. Say why it is closed all the same."
            )
    enter(held, status, kind=str(status), because=because, by=by)
    journal(EVENTS[status], by=by, about=held, chain=held.inspection_id, side=Side.TEAM)
    return held


@transaction.atomic
def enter(held: Recommendation, status: Status, *, kind: str, because: str = "", by: Actor) -> None:
    """Write a new status, with what comes of it: the council has it, its goals are held to what was found at closing,
    or its owner is asked again."""
    held.status, held.version = status, held.version + 1
    if status is Status.OPEN and held.released_at is None:
        held.released_at = timezone.now()
    if status is Status.REOPENED and held.owners_word == OwnersWord.DONE:
        held.owners_word = OwnersWord.AT_WORK
    held.save()
    for goal in held.live_goals if status is Status.CLOSED else ():
        goal.closed_on = goal.readings.last()
        goal.save(update_fields=["closed_on"])
    add_turn(held, kind, because, by=by)


@transaction.atomic
def record_plan_export(*, part: OwnPart, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the plan out of the house."""
    require(by, Permission.PLAN_READ, part.target())
    of_council = sides_of(part.inspection, by) == {Side.AUTHORITY}
    journal(
        Events.EXPORTED, by=by, about=part.inspection, chain=part.inspection.pk, what="recommendations", form=form,
        rows=rows, side=Side.AUTHORITY if of_council else Side.TEAM,
    )  # fmt: skip


def fresh(held: Recommendation) -> Recommendation:
    """The row as it is now, locked until the transaction ends."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("inspection", "owner")
    return rows.get(pk=held.pk)


@transaction.atomic
def add_turn(held: Recommendation, kind: str, says: str, *, by: Actor) -> None:
    """Note what was done or said, under seal."""
    RecommendationTurn.objects.create(
        recommendation=held, kind=kind, by_id=_id(by),
        sealed=sealed_words(held.inspection, {"says": says.strip()}, held.purpose),
    )  # fmt: skip


def _shown(held: Recommendation) -> bool:
    goals = [told_of(one) for one in held.live_goals]
    return bool(goals) and all(one.shown for one in goals)


def _require_sound(inspection: Inspection, says: str, owner: Person, due: date) -> None:
    if not says.strip():
        raise Refused("Say what is to be better.")
    require_short(says)
    if owner not in possible_owners(inspection):
        raise Refused(f"{owner.name} takes no part for the council here, so they cannot own a recommendation.")
    latest = timezone.localdate() + timedelta(days=LATEST_DUE_DAYS)
    if due > latest:
        raise Refused(f"{due:%-d %B %Y} is more than five years away. Choose a day until {latest:%-d %B %Y}.")


def require_day(due: date, what: str) -> None:
    """Raise Refused for a day that is over or too far off; `what` says of which day it is."""
    today = timezone.localdate()
    if due < today:
        raise Refused(f"The day {what} is over. Choose today or a later day.")
    latest = today + timedelta(days=LATEST_DUE_DAYS)
    if due > latest:
        raise Refused(f"{due:%-d %B %Y} is more than five years away. Choose a day until {latest:%-d %B %Y}.")


def require_short(says: str) -> None:
    """Raise Refused for more than fits."""
    if len(says) > LONGEST:
        raise Refused(f"Say it in at most {LONGEST:,} letters.")


def _id(by: Actor) -> str | None:
    return None if by.programme else by.id
