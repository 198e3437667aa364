"""Demonstration: the team in training. Three inspectors have read practice cases, a fourth has begun, the lead stands
aside and sees where they part. All of it is invented."""

from uuid import uuid4

from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.training import actions
from goldthread.apps.training.actions import Typed
from goldthread.apps.training.models import Training
from goldthread.config.demonstration_readings import HARSHER, KINDER
from goldthread.domain import instruments
from goldthread.domain.practice_case import PracticeCase

READERS = (
    ("inspector2@demo.example", 6, 7, KINDER), ("inspector3@demo.example", 6, 5, HARSHER),
    ("inspector@demo.example", 4, 4, KINDER),
)  # fmt: skip
"""Who, how many cases they have signed off, how seldom they differ from the model, and which way they lean."""

BEGINS = "inspector4@demo.example"
OVERLOOKS = ("inspector@demo.example", "practice-3")
"""Who takes the mother's word for it."""

SEEN_SO = (
    "That is how I read paragraph {n}.", "Paragraph {n} decides it for me.",
    "I gave weight to paragraph {n}; the rest of the file says nothing against it.",
)  # fmt: skip
OTHERWISE = "Paragraph {n} may be read either way; what was done since made me choose this."
REFLECTION = "I took attendance at meetings for change. Next time I look first at what is different for the child."


def training(inspection: Inspection, actors: dict[str, Actor]) -> Training:
    """Open the training, let the lead stand aside, and the inspectors read."""
    lead = actors["lead@demo.example"]
    held = actions.open_training(inspection=inspection, client_key=uuid4(), by=lead)
    actions.stand_aside(training=held, by=lead)
    for number, (email, count, seldom, leaning) in enumerate(READERS):
        for place, case in enumerate(held.practice_cases()[:count]):
            answers = _answers(case, number + place, seldom, leaning)
            if (email, case.slug) == OVERLOOKS:
                answers["urgent-concern"] = Typed("no")
            review = actions.begin(training=held, case=case.slug, by=actors[email])
            review = actions.save_answers(review=review, answers=answers, by=actors[email]).review
            review = actions.sign_off(review=review, version=review.version, by=actors[email])
            if place == 1:
                actions.reflect(review=review, says=REFLECTION, version=0, by=actors[email])
    actions.begin(training=held, case=held.cases[3], by=actors[BEGINS])
    return held


def _answers(case: PracticeCase, turn: int, seldom: int, leaning: dict[str, str]) -> dict[str, Typed]:
    """The model's answers, every so manyth of them a step kinder or harsher."""
    found = {}
    for place, question in enumerate(instruments.load(case.instrument).all_questions):
        model = case.answers[question.id]
        moved = leaning.get(model.value, model.value) if (place + turn) % seldom == 0 else model.value
        value = moved if moved in question.answers and question.kind != "flag" else model.value
        says = OTHERWISE if value != model.value else SEEN_SO[(place + turn) % len(SEEN_SO)]
        bare = value == "no" and question.kind == "flag"
        found[question.id] = Typed(value, "" if bare else says.format(n=model.see[0]))
    return found
