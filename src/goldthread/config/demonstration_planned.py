"""What the invented councils say that they will do about their recommendations, and how it stands with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import PlannedAction, Recommendation
from goldthread.config import demonstration_data as data

DONE, ACCEPTED, RETURNED, UNDER_WAY = "said-done", "accepted", "returned", "under-way"
WRITTEN, SAID, SETTLED, MOVED = 21, 90, 104, 110
"""How many days after it was given Thornmere's council wrote its actions, said that they were done, and moved a day;
and when the inspectors answered."""
LATE_BY = 12
"""How many days ago the day is over of the one action of Thornmere that is late."""


@dataclass(frozen=True, slots=True)
class Will:
    """One action: what, by whom, in how many days, how it stands, and the proof or the reason."""

    says: str
    whom: str
    days: int
    stands: str = ""
    proof: str = ""


WRENFORDSHIRE: tuple[tuple[Will, ...], ...] = (
    (
        Will("Give every file a page for management decisions, with the reason as a field that must be filled in.",
             "Head of case systems", 45, UNDER_WAY),
        Will("Show each team manager, with three of their own files, what a decision with its reason looks like.",
             "Principal social worker", 20, DONE, "All eleven managers, list of 12 names signed; folder 7, sheet 2."),
    ),
    (
        Will("Write the minute of a strategy meeting in the meeting, on the child’s own file.",
             "Head of the front door", 30, ACCEPTED, "The form is in use; ten minutes of this week shown."),
        Will("Have a manager of another team read ten minutes each month, and tell the board what they found.",
             "Quality manager", 60, RETURNED, "The first ten were read."),
        Will("Agree with police and health who writes which part, and by when.", "Head of safeguarding", 75),
    ),
    (
        Will("Ask each family at the first review and at closing what the help was like.",
             "Heads of the family help teams", 40, ACCEPTED, "The form went live; 60 answers in the first month."),
        Will("Tell the families’ forum each quarter what was said and what is done with it.", "Participation manager",
             90),
    ),
)  # fmt: skip
THORNMERE: tuple[tuple[Will, ...], ...] = (
    (
        Will("Look each Monday at every assessment that is over 30 days old.", "Heads of the assessment teams", 90,
             ACCEPTED, "Lists of ten Mondays, each with what was decided."),
        Will("Tell a family in the first visit, and in writing, by when they will hear.", "Principal social worker",
             120, ACCEPTED, "The letter is in the case system; 40 of 40 files of the last month have it."),
    ),
    (
        Will("Hold two more slots for first conferences each week.", "Head of conferences", 100, ACCEPTED,
             "The calendar of the last two months."),
        Will("Have a second chair for conferences, so that none waits for one person.", "Head of safeguarding", 150),
    ),
)  # fmt: skip
RETURNED_BECAUSE = "Ten were read, but nothing was told to the board yet. Show what the board was told."
MOVED_BECAUSE = "The post was advertised three times and nobody was found. It is advertised again."


def planned_now(held: Iterable[Recommendation], owner: Actor, lead: Actor, *, longer: int = 0) -> None:
    """What Wrenfordshire will do about its three recommendations, in their order, all of it of today; each has `longer`
    days more than the table says."""
    today = timezone.localdate()
    for place, (row, wills) in enumerate(zip(held, WRENFORDSHIRE, strict=True)):
        for number, will in enumerate(wills):
            made = written(row, will, today + timedelta(days=longer), f"planned {place}.{number}", owner)
            if will.stands:
                made = said(made, will, owner)
            settled(made, will, lead)


def written(row: Recommendation, will: Will, on: date, key: str, by: Actor) -> PlannedAction:
    """What a council writes on a day."""
    return actions.plan_action(
        held=row, says=will.says, whom=will.whom, due=on + timedelta(days=will.days), client_key=data.key(key), by=by
    )


def said(made: PlannedAction, will: Will, by: Actor) -> PlannedAction:
    """That it is under way, or done with its proof."""
    to = UNDER_WAY if will.stands == UNDER_WAY else DONE
    return actions.move_planned(action=made, to=to, says=will.proof, version=made.version, by=by)


def settled(made: PlannedAction, will: Will, by: Actor) -> None:
    """What the inspectors say of it, where they said something."""
    if will.stands in (ACCEPTED, RETURNED):
        because = RETURNED_BECAUSE if will.stands == RETURNED else ""
        actions.settle_planned(action=made, to=will.stands, because=because, version=made.version, by=by)
