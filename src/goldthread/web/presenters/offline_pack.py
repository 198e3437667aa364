"""An offline pack as its pages show it, and as a device is given it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.templatetags.static import static
from django.urls import reverse

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.queries.reviews import NOTES
from goldthread.apps.drafting import known
from goldthread.apps.offline import queries
from goldthread.domain.instrument import Instrument
from goldthread.web.presenters import review_sheet

STYLES = ("govuk.css", "app.css", "cases.css")
SCRIPTS = ("offline-store.js", "offline-questions.js", "offline-sheet.js")
"""What the page needs that works without a connection."""


AT_HOME = "The lead inspector sees it once it is sent home, and not before."
"""Beside an urgent concern: on its own page it is told as soon as it is saved."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer made offline beside the one that stands, in words, for its reviewer to choose."""

    kept: Any
    question: str
    mine: str
    mine_words: tuple[str, ...]
    stands: str
    stands_words: tuple[str, ...]
    version: int


def assets() -> list[str]:
    """The addresses that a device keeps in its cache: nothing in them is about anybody."""
    return [reverse("offline_shell"), *(static(one) for one in (*STYLES, *SCRIPTS, "icon.svg"))]


def state(pack: Any) -> str:
    """How a pack stands, as its device is told: out, over, withdrawn or ended."""
    if pack.ended or pack.withdrawn:
        return str(pack.status)
    return "over" if pack.over() else "out"


def plain(pack: Any) -> dict[str, Any]:
    """What a device holds of a pack in clear: its number and addresses, whose it is, when it is over."""
    at = [pack.inspection_id, pack.pk]
    return {
        "id": str(pack.pk), "number": pack.number, "who": str(pack.created_by_id),
        "over_at": int(pack.over_at.timestamp() * 1000), "home": reverse("offline_home", args=at),
        "page": reverse("offline_pack", args=at),
    }  # fmt: skip


def contents(actor: Actor, pack: Any) -> list[dict[str, Any]]:
    """The cases of a pack with their questions and what is answered so far, to be sealed on the device."""
    return [_case(actor, one) for one in pack.packed.select_related(
        "case__draw__submission", "case__inspection", "case__second_reading", "review__inspection", "review__case__draw"
    )]  # fmt: skip


def _case(actor: Actor, packed: Any) -> dict[str, Any]:
    case, review = packed.case, packed.review
    instrument = cases.require_held(review.instrument if review else cases.instrument_of(case))
    facts = cases.facts(case, actor, (name for one in instrument.questions for name in one.facts))
    sheet = review_sheet.sheet_of(
        instrument, known.framework(case.inspection.framework), cases.answers_of(review) if review else {},
        cases.child_group(case), None, typed={}, clashes=(), facts=facts,
    )  # fmt: skip
    return {
        "id": str(case.pk), "title": f"Case {case.number}", "pseudonym": case.pseudonym, "part": case.stratum,
        "instrument": instrument.title, "says": instrument.says,
        "grades": [list(one) for one in sheet.grades], "groups": [_group(one) for one in sheet.groups],
    }  # fmt: skip


def _group(group: review_sheet.Group) -> dict[str, Any]:
    return {
        "slug": group.slug, "title": group.title, "says": group.says,
        "items": [_item(one) for one in group.items if one.left is None or not one.left.child],
    }  # fmt: skip


def _item(item: review_sheet.Item) -> dict[str, Any]:
    return {
        "question": item.question, "number": item.number, "text": item.text, "help": item.help,
        "guidance": item.guidance, "hangs_on": item.hangs_on, "only_if": list(item.only_if),
        "options": [[one.value, one.label] for one in item.options], "why_label": item.why_label,
        "why_hint": AT_HOME if item.kind == "flag" else item.why_hint, "more_says": item.more_says,
        "facts": [[one.says, _said(one.value), one.source] for one in item.facts],
        "more": [{"name": one.name, "label": one.label, "options": [[o.value, o.label] for o in one.options]}
                 for one in item.more],
        "value": item.value, "why": item.why, "version": item.version,
        "beside": {one.name: one.value for one in item.more if one.value},
    }  # fmt: skip


def _said(value: Any) -> str:
    return f"{value:%-d %B %Y}" if isinstance(value, date) else str(value)


def choices(actor: Actor, pack: Any) -> list[Choice]:
    """What of a pack waits for a choice, and what was chosen, each in words."""
    words = review_sheet.answer_words(known.framework(pack.inspection.framework))
    return [_choice(one, words) for one in queries.answers_kept(actor, pack)]


def _choice(laid: Any, words: Any) -> Choice:
    case = laid.kept.case
    slug = laid.kept.review.instrument if laid.kept.review else cases.instrument_of(case)
    found = cases.held(slug)
    return Choice(
        laid.kept, _text(found, laid.kept.question), words.get(laid.mine.value, laid.mine.value), _lines(laid.mine),
        words.get(laid.stands.value, laid.stands.value), _lines(laid.stands), laid.stands.version,
    )  # fmt: skip


def _text(instrument: Instrument | None, question: str) -> str:
    if question in NOTES:
        return NOTES[question][0]
    every = instrument.all_questions if instrument else ()
    return next((one.text for one in every if one.id == question), question)


def _lines(typed: Typed) -> tuple[str, ...]:
    besides: Iterable[str] = (
        f"{review_sheet.MORE_WORDS.get(name, name)}: {value}" for name, value in typed.more.items() if value
    )
    return tuple(one for one in (typed.why, *besides) if one)
