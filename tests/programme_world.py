"""An audit programme in the world of tests: a round, an action and something learned in each state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.programme import actions, queries
from goldthread.apps.programme.models import Round

if TYPE_CHECKING:
    from tests.world import Place

OURS, THEIRS = "draft-of-inspector", "action-of-council"


def programme(place: Place) -> None:
    """A rule by which two files are drawn, rounds in each state, and what came of them."""
    lead, here = place["lead"], place.inspection
    actions.set_rule(
        inspection=here, version=0, by=lead, instrument="case-review-short-1", first_month=date(2026, 1, 1), size=2,
        design="simple", population="open-cases", strata_by=[], minimum_per_stratum=None, days=10, soon=5, share=0,
        rest=0, because=place.say("team", "why a rule is so"),
    )  # fmt: skip
    actions.note_auditor(
        inspection=here, person=place.person("inspector"), takes_part=True, version=0, by=lead,
        teams=[place.say("conflict", "an own team of an auditor")],
    )  # fmt: skip
    place.note("auditor", "takes part", auditor=place.person("inspector").pk)
    for state in ("drawn", "closed", "called-off"):
        round_ = _round(place)
        if state != "called-off":
            round_ = _drawn(place, round_)
        if state != "drawn":
            because = place.say("team", "what becomes of a round")
            actions.move_round(round_=round_, to=state, because=because, version=round_.version, by=lead)
        place.note("round", state, round_=round_.pk)
    place.note("round", "planned", round_=_round(place).pk)
    _actions(place)
    _learning(place)
    _statement(place)
    actions.see_reminder(inspection=here, by=place["inspector"])


def _statement(place: Place) -> None:
    """How it stands, told to the council."""
    told = queries.foreseen(place.inspection, place["lead"], timezone.localdate())
    actions.tell_council(inspection=place.inspection, seen=queries.name_of(told), client_key=uuid4(), by=place["lead"])


def _round(place: Place) -> Round:
    found = queries.next_planned(place.inspection)
    if found is None:
        raise LookupError("no round is planned")
    return found


def _drawn(place: Place, round_: Round) -> Round:
    rule = queries.rule_of(place.inspection)
    if rule is None:
        raise LookupError("there is no rule")
    told = queries.propose(round_, rule, place["lead"])
    return actions.draw_round(round_=round_, seen=told.seen, version=round_.version, by=place["lead"])


def _actions(place: Place) -> None:
    for state in ("open", "proof-given", "returned", "accepted", "withdrawn", "the council's"):
        klass, owner = (THEIRS, "improvement-lead") if state == "the council's" else (OURS, "inspector")
        held = actions.give_action(
            inspection=place.inspection, says=place.say(klass, "what is to be done"), owner=place.person(owner),
            due=date(2030, 3, 1), client_key=uuid4(), by=place["lead"],
        )  # fmt: skip
        if state in ("proof-given", "returned", "accepted"):
            held = actions.prove_action(
                action=held, says=place.say(klass, "proof of an action"), item=None, version=held.version,
                by=place["inspector"],
            )  # fmt: skip
        if state in ("returned", "accepted", "withdrawn"):
            because = place.say(klass, "why an action moved on")
            held = actions.settle_action(
                action=held, to=state, because=because, version=held.version, by=place["lead"]
            )  # fmt: skip
        place.note("audit action", state, action=held.pk)


def _learning(place: Place) -> None:
    held = actions.write_learning(
        inspection=place.inspection, says=place.say("team", "what was learned"), round_=None,
        theme=place.say("team", "theme"), client_key=uuid4(), by=place["lead"],
    )  # fmt: skip
    actions.mark_shared(
        learning=held, with_whom=place.say("team", "with whom it was shared"), how=place.say("team", "how"),
        day=timezone.localdate(), client_key=uuid4(), by=place["lead"],
    )  # fmt: skip
    place.note("learning", "written", learning=held.pk)
