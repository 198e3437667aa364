"""Recommendations in the demonstration: the three that are kept ready, given to the council, and read again
since; and what earlier inspections told it to improve."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import actions as comparison
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.inspections.models import Inspection
from goldthread.config import demonstration_data as data
from goldthread.domain import lifecycle
from goldthread.domain.calendar import add_months

OWNER = "improvement@demo.example"
DONE = "Every team asks at the first review and at closing; the form for it went live in the case system in spring."

PAST_THEMES = (
    (88, "oversight"),
    (88, "plans"),
    (88, "strategy"),
    (42, "oversight"),
    (42, "recording"),
    (42, "missing"),
)
"""How many months ago an earlier inspection raised what."""


def past_themes(inspection: Inspection, lead: Actor) -> None:
    """What two earlier inspections of the invented authority told it to improve."""
    for number, (months_ago, theme) in enumerate(PAST_THEMES):
        comparison.note_theme(
            inspection=inspection, on=add_months(inspection.call_day, -months_ago), theme=theme,
            source="Invented report of that inspection, page 2", client_key=data.key(f"past theme {number}"), by=lead,
        )  # fmt: skip


def recommendations(
    inspection: Inspection, people: Mapping[str, Person], actors: Mapping[str, Actor]
) -> list[Recommendation]:
    """The three, each given to the council; its owner says that the last is done."""
    lead = actors["lead@demo.example"]
    due = timezone.localdate() + timedelta(days=240)
    held = actions.make_ready(inspection=inspection, owner=people[OWNER], due=due, by=lead)
    for one in held:
        one.refresh_from_db()
        given = actions.settle(
            held=one, to=lifecycle.Recommendation.OPEN, because="", version=one.version, by=lead
        )  # fmt: skip
    actions.say_done(held=given, says=DONE, version=given.version, by=actors[OWNER])
    return held


def read_again(inspection: Inspection, lead: Actor) -> None:
    """What was found since."""
    actions.read_goals(inspection=inspection, by=lead)
