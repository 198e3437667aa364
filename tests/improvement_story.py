"""An inspection with a hand-in whose measures are known, and a recommendation with a goal on one of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.improvement.queries import you_said
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.kernel.measures import MEASURES
from tests.cases_story import AS_AT, Story, story, submission

MEASURE = next(one for one in MEASURES if one.better.value == "high")
DUE = date(2030, 3, 1)


def measured(made: Story, met: int, of: int, *, days: int = 0, version: str = "1") -> Submission:
    """A hand-in so many days after the first, which the measure of the goal says is `met` of `of`."""
    held = made.submission if days == 0 else submission(made, as_at=AS_AT + timedelta(days=days))
    assert held is not None
    detail: dict[str, Any] = {
        "title": MEASURE.title, "definition": "so many ÷ so many", "version": version, "unit": "%", "better": "high",
        "display": "full",
    }  # fmt: skip
    MeasureValue.objects.create(submission=held, code=MEASURE.code, numerator=met, denominator=of, detail=detail)
    return held


def recommended(made: Story, **changed: Any) -> Recommendation:
    """A recommendation that nobody but the team sees yet."""
    fields: dict[str, Any] = {
        "says": "See every child in time.", "owner": made.person("improvement-lead"), "due": DUE,
        "client_key": uuid4(), **changed,
    }  # fmt: skip
    return actions.recommend(inspection=made.inspection, by=made["lead"], **fields)


def with_goal(made: Story, *, target: int = 80) -> Recommendation:
    """The same with a goal on the measure."""
    held = recommended(made)
    actions.set_goal(
        held=held, measure=f"measure:{MEASURE.code}", target=target, client_key=uuid4(), by=made["lead"]
    )  # fmt: skip
    return moved(made, held, "open")


def moved(made: Story, held: Recommendation, to: str, because: str = "") -> Recommendation:
    """What becomes of it."""
    held.refresh_from_db()
    return actions.settle(held=held, to=to, because=because, version=held.version, by=made["lead"])


def read_again(made: Story) -> tuple[int, list[Recommendation]]:
    """Read every goal."""
    return actions.read_goals(inspection=made.inspection, by=made["lead"])


def beside(made: Story, title: str, *roles: str) -> Story:
    """Another inspection of the same authority, in which the same people have some of the roles that they have here."""
    other = story()
    Inspection.objects.filter(pk=other.inspection.pk).update(
        authority=made.inspection.authority, synthetic=made.inspection.synthetic, title=title
    )
    other.inspection.refresh_from_db()
    for role in roles:
        other.people[role] = made.person(role)
        Membership.objects.create(
            inspection=other.inspection, person=other.people[role], role=role,
            valid_from=timezone.now() - timedelta(days=1),
        )  # fmt: skip
    return other


def promised(made: Story, held: Recommendation) -> None:
    """The council says yes to what families are to be promised, where it is a promise and it was not asked yet."""
    held.refresh_from_db()
    row = you_said.you_said_of(held)
    if row is None or row.councils_yes != "not-asked" or not you_said.is_promise(held) or you_said.why_not_shown(held):
        return
    row = actions.ask_council(held=held, version=held.version, by=made["lead"])
    held.refresh_from_db()
    owner = made["improvement-lead"]
    actions.answer_for_council(row=row, to="yes", because="", version=held.version, by=owner)
    held.refresh_from_db()
