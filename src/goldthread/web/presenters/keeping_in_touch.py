"""Tasks of what goes between the team and the council: what is asked for, answered, late, and told."""

from collections.abc import Iterator
from typing import Any

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.meetings import queries as meetings
from goldthread.apps.requests import queries as requests
from goldthread.web.presenters.task import Task, address


def asked_for(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """What waits for an answer of the council's, the soonest due telling by when; what is late is said with it."""
    late = requests.late_for(actor, Permission.REQUEST_ANSWER)
    for inspection, held in requests.waiting_for(actor).items():
        over = len(late.get(inspection, ()))
        says = f"{inspection.title}. " + (f"{over} late" if over else "None late")
        where = address("requests", inspection.pk) + "?status=waiting"
        yield Task("Answer what the inspecting team asks for", says, where, len(held), held[0].due)


def answered(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Answers of the council that whoever may settle them has still to read."""
    for inspection, held in requests.answered_to(actor).items():
        where = address("requests", inspection.pk) + "?status=answered"
        yield Task("Read what the council answered", inspection.title, where, len(held))


def late(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """What the council has not answered in time, for whoever asked."""
    for inspection, held in requests.late_for(actor, Permission.REQUEST_ASK).items():
        says = f"{inspection.title}. The longest waits since {held[0].due:%-d %B %Y}"
        where = address("requests", inspection.pk) + "?status=late"
        yield Task("Follow up what the council has not answered in time", says, where, len(held))


def told(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """What the team told the council within the last two days, for those of the council who may read it."""
    for inspection, held in meetings.news(actor).items():
        where = address("council_messages", inspection.pk)
        says = f"{inspection.title}. {len(held)} message{'s' * (len(held) != 1)}"
        yield Task("Read what the inspecting team tells you", says, where)


def looks(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """What the team's meetings want the actor to look at, by the day of the first."""
    for inspection, held in meetings.my_looks(actor).items():
        where = address("meetings", inspection.pk)
        yield Task("Look at what the meeting asked of you", inspection.title, where, len(held), held[0].due)


def drafts(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """Messages to the council that are drafted and wait for whoever may release them."""
    for inspection, held in meetings.to_release(actor).items():
        where = address("council_messages", inspection.pk)
        yield Task("Release or discard messages to the council", inspection.title, where, len(held))
