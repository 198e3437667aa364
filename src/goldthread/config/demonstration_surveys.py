"""Demonstration: surveys of families, open and with letters, and of staff, closed with its results. All invented."""

import random
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.surveys import actions, queries
from goldthread.apps.surveys.models import Survey
from goldthread.config import demonstration_data as data

LEAD = "lead@demo.example"
FAMILIES = (
    ("She rings before she comes now. That is the biggest change.", "words", "released"),
    ("Third worker since Easter. I tell it all again each time.", "idea", "released"),
    ("My son is scared when his dad comes to the door at night.", "words", ""),
    ("Send the plan in Polish, please.", "words", ""),
)
"""What families wrote, what may be done with it, and what became of it (empty: nobody has read it yet)."""
INVITED = (("Families with a protection plan", 24, 9), ("Families with a child in need plan", 30, 13))
STAFF = 38


def surveys(inspection: Inspection, actors: Mapping[str, Actor]) -> None:
    """Two surveys: what is answered, is answered as from outside."""
    dice, lead = random.Random(data.key("surveys").int), actors[LEAD]  # noqa: S311 - invented people, no secret
    _families(_opened(inspection, "families", lead), dice, lead)
    staff = _opened(inspection, "staff", lead)
    for _ in range(STAFF):
        _said(staff, dice, {})
    staff = actions.close_survey(survey=staff, version=staff.version, by=lead)
    actions.shelve_result(survey=staff, question="supervision", areas=[], client_key=data.key("survey-result"), by=lead)


def _opened(inspection: Inspection, template: str, lead: Actor) -> Survey:
    return actions.open_survey(
        inspection=inspection, template=template, closes=timezone.localdate() + timedelta(days=14), by_link=True,
        client_key=data.key(f"survey-{template}"), by=lead,
    )  # fmt: skip


def _families(survey: Survey, dice: random.Random, lead: Actor) -> None:
    for number, (group, size, back) in enumerate(INVITED):
        made = actions.invite(
            survey=survey, group=group, size=size, client_key=data.key(f"survey-letters-{number}"), by=lead
        )
        for code in queries.letters_of(made)[:back]:
            _said(survey, dice, {}, code=code)
    for text, tier, to in FAMILIES:
        before = set(queries.words_list(lead, survey).values_list("pk", flat=True))
        _said(survey, dice, {"change": text}, tier=tier)
        if to:
            words = queries.words_list(lead, survey).exclude(pk__in=before).get()
            actions.settle_words(words=words, to=to, done="", version=words.version, by=lead)


def _said(survey: Survey, dice: random.Random, answers: dict[str, str], *, tier: str = "", code: str = "") -> None:
    chosen: dict[str, str | list[str]] = {
        one.id: dice.choice(list(one.options)) for one in survey.asked.questions if one.kind in ("one", "scale")
    }
    actions.answer(
        survey=survey, number=dice.getrandbits(62), answers={**chosen, **answers}, tier=tier, language="en", easy=False,
        code=code,
    )  # fmt: skip
