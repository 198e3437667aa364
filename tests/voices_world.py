"""Voices in the world: a target, conversations in each state and on each of the terms, observations and promises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.conversations import actions
from goldthread.apps.conversations.models import Conversation

if TYPE_CHECKING:
    from tests.world import Place

BY = "inspector"
AREA = "care-leavers"


def voices(place: Place) -> None:
    """Everything is the inspector's, who listens; the lead sets the target."""
    target = actions.set_target(
        inspection=place.inspection, group="children", age="8-11", team=place.say("team", "team of a target"),
        area=AREA, wanted=4, client_key=uuid4(), by=place["lead"],
    )  # fmt: skip
    place.note("hearing target", "set", target=target.pk)
    _planned(place, "planned, mine")
    _gone(place)
    _agreed(place)
    for tier, klass in (("words", "said-to-inspector"), ("idea", "said-to-inspector"), ("inspector", "own:inspector")):
        _held(place, tier, klass)
    _taken_back(place)
    _observed(place)
    _promised(place)


def _planned(place: Place, state: str) -> Conversation:
    one = actions.plan(
        inspection=place.inspection, group="care-leavers", age="18-25", team=place.say("team", "team of those heard"),
        areas=[AREA], day=place.inspection.call_day, how="in-person", people=1, holder=place.person(BY),
        client_key=uuid4(), by=place[BY],
    )  # fmt: skip
    place.note("conversation", state, conversation=one.pk)
    return one


def _consent(place: Place, one: Conversation, tier: str) -> Conversation:
    until = max(place.inspection.fieldwork_to, timezone.localdate()) + timedelta(days=14)
    return actions.agree(
        conversation=one, tier=tier, adult="grown-up", agreed="themselves", withdraw_until=until, version=one.version,
        by=place[BY],
    )  # fmt: skip


def _noted(place: Place, state: str, tier: str, klass: str) -> tuple[Conversation, str]:
    said = place.say(klass, "what was said")
    one = _consent(place, _planned(place, state), tier)
    return actions.write_notes(conversation=one, notes=said, version=one.version, by=place[BY]), said


def _gone(place: Place) -> None:
    one = _planned(place, "not held, mine")
    actions.not_held(conversation=one, because="not-reached", version=one.version, by=place[BY])


def _agreed(place: Place) -> None:
    one, _ = _noted(place, "agreed, mine", "words", "said-to-inspector")
    fields: dict[str, str | list[str]] = {"notes": place.say("own:inspector", "half a note")}
    form = f"voices-notes-{one.pk.hex}@{place.inspection.pk}"
    actions.keep_typing(form=form, fields=fields, inspection=place.inspection, by=place[BY])
    for state in ("open", "answered"):
        says = place.say("said-to-inspector", "urgent concern of a conversation")
        concern = actions.raise_concern(conversation=one, says=says, client_key=uuid4(), by=place[BY])
        place.note("voiced concern", state, voiced=concern.pk)
        if state == "answered":
            done = place.say("said-to-inspector", "what is done about a concern")
            actions.answer_concern(concern=concern, done=done, version=1, by=place["lead"])


def _held(place: Place, tier: str, klass: str) -> None:
    one, _ = _noted(place, f"held, {tier}, mine", tier, klass)
    one = actions.finish(conversation=one, version=one.version, by=place[BY])
    if tier != "inspector":
        # On the shelf the whole team reads it.
        _shelved(place, one, "idea", place.say("team", "idea of a conversation"))


def _shelved(place: Place, one: Conversation, tier: str, text: str) -> Any:
    return actions.shelve_passage(
        conversation=one, tier=tier, text=text, areas=[AREA], client_key=uuid4(), by=place[BY]
    )


def _taken_back(place: Place) -> None:
    """Nobody is shown a word of it again, whoever they are."""
    one, said = _noted(place, "taken back, mine", "words", "vault")
    one = actions.finish(conversation=one, version=one.version, by=place[BY])
    _shelved(place, one, "words", said)
    actions.withdraw(conversation=one, because="slip", version=one.version, by=place[BY])


def _observed(place: Place) -> None:
    for state in ("draft", "on the shelf"):
        said = {
            name: place.say("team", f"what an observation says: {name}") for name in ("seen", "well", "better", "gist")
        }
        one = actions.observe(
            inspection=place.inspection, day=place.inspection.call_day, kind="panel",
            team=place.say("team", "team of an observation"), areas=[AREA], said=said, client_key=uuid4(), by=place[BY],
        )  # fmt: skip
        if state != "draft":
            actions.shelve_observation(observation=one, version=one.version, by=place[BY])
        place.note("observation", state, observation=one.pk)


def _promised(place: Place) -> None:
    council = actions.record_care_council(
        inspection=place.inspection, day=date(2026, 9, 1), name=place.say("team", "name of a meeting of children"),
        people=6, says=place.say("team", "what children said"), client_key=uuid4(), by=place[BY],
    )  # fmt: skip
    place.note("care council", "written", council=council.pk)
    for state in ("open", "kept"):
        promise = actions.promise(
            council=council, says=place.say("team", "a promise"), by_whom=place.say("team", "who promised"),
            due=date(2026, 9, 30), client_key=uuid4(), by=place[BY],
        )  # fmt: skip
        if state == "kept":
            outcome = place.say("team", "what became of a promise")
            actions.settle_promise(promise=promise, to="kept", outcome=outcome, version=1, by=place[BY])
        place.note("promise", state, promise=promise.pk)
    place.note("guide", "", guide="police")
