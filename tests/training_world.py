"""Training in the world: two trainings, attempts in each state, and words in all that anybody can write in them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.cases.actions import Typed
from goldthread.apps.training import actions
from goldthread.apps.training.models import PracticeReview, Training
from goldthread.domain import instruments
from goldthread.domain.instrument import NOTES
from goldthread.domain.practice_cases import load

if TYPE_CHECKING:
    from tests.world import Place


def training(place: Place) -> None:
    """The lead takes part, so that even they see no answer before their own; the inspector has one of each state."""
    closed = actions.open_training(inspection=place.inspection, client_key=uuid4(), by=place["lead"])
    _signed(place, closed, "practice-4", "inspector", "practice-of-inspector")
    held = actions.open_training(inspection=place.inspection, client_key=uuid4(), by=place["lead"])
    mine = _signed(place, held, "practice-5", "inspector", "practice-of-inspector")
    says = place.say("own:inspector", "a reflection on a practice case")
    actions.reflect(review=mine, says=says, version=0, by=place["inspector"])
    others = _signed(place, held, "practice-5", "inspector-2", "practice-of-inspector-2")
    draft = _begun(place, held, "practice-6", "inspector", "own:inspector")
    for state, one in (("closed", closed), ("open", held)):
        place.note("training", state, training=one.pk)
    for state, slug in (("signed off", "practice-5"), ("begun", "practice-6"), ("not begun", "practice-1")):
        place.note("practice case", state, training=held.pk, practice=slug)
    for state, attempt in (("signed, mine", mine), ("signed, another's", others), ("draft, mine", draft)):
        place.note("attempt", state, attempt=attempt.pk)


def _begun(place: Place, held: Training, slug: str, role: str, klass: str) -> PracticeReview:
    review = actions.begin(training=held, case=slug, by=place[role])
    case = load(slug)
    given = {
        one.id: Typed(case.answers[one.id].value, place.say(klass, f"reason of a practice answer of {role}"))
        for one in instruments.load(case.instrument).all_questions
    }
    given |= {name: Typed(why=place.say(klass, f"note on a practice case of {role}")) for name in NOTES}
    return actions.save_answers(review=review, answers=given, by=place[role]).review


def _signed(place: Place, held: Training, slug: str, role: str, klass: str) -> PracticeReview:
    review = _begun(place, held, slug, role, klass)
    return actions.sign_off(review=review, version=review.version, by=place[role])
