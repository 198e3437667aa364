"""Demonstration: an instrument of the council's own in two versions, and a framework of its own being written."""

from dataclasses import replace
from uuid import uuid4

from goldthread.apps.access.policy import Actor
from goldthread.apps.drafting import actions, queries
from goldthread.apps.drafting.models import Draft
from goldthread.domain.instrument import Condition, Instrument, Question, Section
from goldthread.domain.instruments import drafts as editing
from goldthread.domain.instruments.writing import as_toml

_ASKED = Question(
    "interpreter", "Was an interpreter offered where one was needed?", "Letters count too.", "practice", "voice",
    section="heard", scale="yes-no", facts=("ethnicity",),
)  # fmt: skip
_HOW = Question(
    "interpreter-used", "Did the interpreter make it possible to hear the child alone?", "In its words.", "practice",
    "voice", section="heard", scale="met", ask_if=(Condition("interpreter", ("yes",)),),
)  # fmt: skip


def own_instruments(by: Actor) -> None:
    """Write a monthly check, publish it, publish a second version, and begin an own audit programme."""
    first = actions.start(
        kind="instrument", title="Monthly file check", copy_of="two-minute-check-1", client_key=uuid4(), by=by
    )
    first = _put(first, editing.put_section(_held(first), Section("heard", "Being heard")), by)
    first = _put(first, editing.put_question(_held(first), _ASKED), by)
    published = actions.publish(
        draft=first, note="For the audits that team managers make each month.", version=first.version, by=by
    )
    second = actions.start_next(of=published, client_key=uuid4(), by=by)
    held = editing.put_question(_held(second), _HOW)
    worded = replace(
        held.question("manager-looked"), text="Has a manager looked at this child in the last three months?"
    )
    held = editing.put_question(held, worded, worded.id)
    second = _put(second, editing.move_question(held, "plan-now", up=True), by)
    actions.publish(
        draft=second, note="Asks what came of the interpreter, and names the three months.", version=second.version,
        by=by,
    )  # fmt: skip
    actions.start(
        kind="framework", title="Audit programme, Wexcombe", copy_of="own-audit", client_key=uuid4(), by=by
    )  # fmt: skip
    loose = actions.start(
        kind="instrument", title="Home visits, themed", copy_of="two-minute-check-1", client_key=uuid4(), by=by
    )
    waits = replace(_held(loose).question("know-child"), ask_if=(Condition("plan-now", ("red",)),))
    _put(loose, editing.put_question(_held(loose), waits, waits.id), by)


def _held(draft: Draft) -> Instrument:
    found, _ = queries.read(draft)
    if not isinstance(found, Instrument):
        raise TypeError(f"{draft.slug} is no instrument")
    return found


def _put(draft: Draft, held: Instrument, by: Actor) -> Draft:
    return actions.put_text(draft=draft, text=as_toml(held), version=draft.version, by=by)
