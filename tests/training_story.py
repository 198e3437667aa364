"""An inspection whose team is in training, and answers to its practice cases, for the tests of training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from goldthread.apps.cases.actions import Typed
from goldthread.apps.training import actions
from goldthread.apps.training.models import PracticeReview, Training
from goldthread.domain import instruments
from goldthread.domain.practice_cases import load
from tests.submissions_story import Story as Submitted
from tests.submissions_story import story as submitted

SECRET = "T-SECRET-OF-A-REVIEWER"
"""Written into reasons; it must never reach the journal, or anybody who may not see the answer."""


def answers(case: str, reason: str = SECRET, **otherwise: str) -> dict[str, Typed]:
    """Every answer of a case as the model gives it, with a reason of one's own; some otherwise, by question."""
    held = load(case)
    changed = {name.replace("_", "-"): value for name, value in otherwise.items()}
    return {
        one.id: Typed(changed.get(one.id, held.answers[one.id].value), reason)
        for one in instruments.load(held.instrument).all_questions
    }  # fmt: skip


@dataclass
class Story(Submitted):
    """An inspection in which a training is open."""

    training: Training | None = None

    def begun(self, case: str = "practice-1", *, by: str = "inspector", **more: Any) -> PracticeReview:
        """A practice case that was begun."""
        assert self.training is not None
        return actions.begin(training=self.training, case=case, by=self[by], **more)

    def answered(
        self, case: str = "practice-1", *, by: str = "inspector", given: Mapping[str, Typed] | None = None,
        again: bool = False, **otherwise: str,
    ) -> PracticeReview:  # fmt: skip
        """One with every answer given: as the model, but for some."""
        review = self.begun(case, by=by, again=again)
        sent = given or answers(case, f"{SECRET} of {by}", **otherwise)
        return actions.save_answers(review=review, answers=sent, by=self[by]).review

    def signed(self, case: str = "practice-1", *, by: str = "inspector", **more: Any) -> PracticeReview:
        """One that was signed off."""
        review = self.answered(case, by=by, **more)
        return actions.sign_off(review=review, version=review.version, by=self[by])


def story() -> Story:
    """A fresh inspection whose lead opened a training."""
    made = Story(submitted().inspection)
    made.training = actions.open_training(inspection=made.inspection, client_key=uuid4(), by=made["lead"])
    return made
