"""Recommendations in the world of tests: one in each state, with a goal, and each side's words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.comparison import actions as comparison
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.surveys.models import Theme
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    from tests.world import Place

OURS, THEIRS = "team", "recommendation"
GIVEN = ("open", "closed", "reopened", "withdrawn")


def improvement(place: Place) -> None:
    """One that only the team sees, one of each state that the council was given; and a theme of the past."""
    for state in ("draft", *GIVEN):
        _recommendation(place, state)
    _told_back(place)
    noted = comparison.note_theme(
        inspection=place.inspection, on=date(2023, 9, 4), theme="oversight",
        source=place.say("set-up", "source of a past theme"), client_key=uuid4(), by=place["analyst"],
    )  # fmt: skip
    texts = ("statement", "sustained", "learning", "recurrence", "reasons")
    actions.judge_capacity(
        inspection=place.inspection, texts={one: place.say(OURS, f"{one} of capacity to improve") for one in texts},
        confidence="middle", version=0, by=place["lead"],
    )  # fmt: skip
    place.note("past theme", "noted", past_theme=noted.pk)
    place.note("area of the watch", "protection", watched="protection")


def _told_back(place: Place) -> None:
    """A recommendation that answers a theme of a survey, and what families are told of it at the survey's address."""
    theme = Theme.objects.filter(survey__inspection=place.inspection, survey__status=lifecycle.Survey.CLOSED).get()
    held = actions.recommend(
        inspection=place.inspection, says=place.say(THEIRS, "what is to be better for families"), theme=theme,
        owner=place.person("improvement-lead"), due=date(2030, 3, 1), client_key=uuid4(), by=place["lead"],
    )  # fmt: skip
    actions.set_goal(held=held, measure="check:W03", target=90, client_key=uuid4(), by=place["lead"])
    held.refresh_from_db()
    held = actions.settle(held=held, to="open", because="", version=held.version, by=place["lead"])
    actions.write_you_said(
        held=held, said=place.say("public", "what families said and everybody reads"),
        # An age is marked, so that whoever shows it has to say why it may stand.
        changed=f"{place.say('public', 'what changed and everybody reads')}, for everybody aged 15.",
        version=held.version, by=place["lead"],
    )  # fmt: skip
    held.refresh_from_db()
    asked = actions.ask_council(held=held, version=held.version, by=place["lead"])
    held.refresh_from_db()
    owner = place["improvement-lead"]
    actions.answer_for_council(row=asked, to="yes", because="", version=held.version, by=owner)
    held.refresh_from_db()
    note = place.say(OURS, "why what is marked may stand")
    row = actions.move_you_said(held=held, to="shown", version=held.version, by=place["lead"], note=note)
    assert row.may_stand == note
    _asked_promise(place, theme)


def _asked_promise(place: Place, theme: Theme) -> None:
    """A promise to families about which the council is asked, and has not answered yet."""
    held = actions.recommend(
        inspection=place.inspection, says=place.say(THEIRS, "what is to be better and is only promised"), theme=theme,
        owner=place.person("improvement-lead"), due=date(2030, 3, 1), client_key=uuid4(), by=place["lead"],
    )  # fmt: skip
    held = actions.settle(held=held, to="open", because="", version=held.version, by=place["lead"])
    actions.write_you_said(
        held=held, said=place.say(THEIRS, "what families said, as the council is asked"),
        changed=place.say(THEIRS, "what the council is asked to promise"), version=held.version, by=place["lead"],
    )  # fmt: skip
    held.refresh_from_db()
    row = actions.ask_council(held=held, version=held.version, by=place["lead"])
    place.note("promise to families", "asked", promised=row.pk)


def _recommendation(place: Place, state: str) -> None:
    lead, klass = place["lead"], THEIRS if state in GIVEN else OURS
    owner = place.person("improvement-lead" if state in GIVEN else "director")
    held = actions.recommend(
        inspection=place.inspection, says=place.say(klass, "what is to be better"), owner=owner, due=date(2030, 3, 1),
        client_key=uuid4(), by=lead,
    )  # fmt: skip
    if state in GIVEN:
        actions.set_goal(held=held, measure="check:W03", target=90, client_key=uuid4(), by=lead)
        held.refresh_from_db()
    for to in ("open", "closed", "reopened") if state == "reopened" else ("open", state) if state in GIVEN[1:] else ():
        because = place.say(klass, "why a recommendation moved on")
        held = actions.settle(held=held, to=to, because=because, version=held.version, by=lead)
    if state == "open":
        held = actions.settle(held=held, to="open", because="", version=held.version, by=lead)
        actions.write_you_said(
            held=held, said=place.say(OURS, "what families said, for them"),
            changed=place.say(OURS, "what changed, for families"), version=held.version, by=lead,
            in_languages={
                "cy": (place.say(OURS, "what families said, in Welsh"), place.say(OURS, "what changed, in Welsh"))
            },
        )  # fmt: skip
        held.refresh_from_db()
    if state == "reopened":
        held = actions.say_done(
            held=held, says=place.say(klass, "what was done"), version=held.version, by=place["improvement-lead"]
        )  # fmt: skip
    place.note("recommendation", state, recommendation=held.pk)
    if state == "open":
        for stands in ("planned", "said-done", "accepted"):
            _planned(place, held, stands)


def _planned(place: Place, held: Recommendation, state: str) -> None:
    """What the council will do about a recommendation, with what either side says of it."""
    owner, lead = place["improvement-lead"], place["lead"]
    made = actions.plan_action(
        held=held, says=place.say(THEIRS, f"what the council will do, {state}"),
        whom=place.say(THEIRS, f"by whom, {state}"), due=date(2030, 2, 1), client_key=uuid4(), by=owner,
    )  # fmt: skip
    made = actions.move_day(
        action=made, due=date(2030, 2, 15), because=place.say(THEIRS, f"why the day was moved, {state}"),
        version=made.version, by=owner,
    )  # fmt: skip
    if state != "planned":
        made = actions.move_planned(
            action=made, to="said-done", says=place.say(THEIRS, f"where it can be seen, {state}"),
            version=made.version, by=owner,
        )  # fmt: skip
    if state == "accepted":
        because = place.say(THEIRS, "why it is accepted as done")
        made = actions.settle_planned(action=made, to="accepted", because=because, version=made.version, by=lead)
    place.note("planned action", state, planned=made.pk)
