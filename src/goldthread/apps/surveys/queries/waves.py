"""The same survey asked of one authority before: what was answered then beside what is answered now.

Only results that are shown anyhow are laid beside each other: of closed surveys, at ten or more. The answers of two
surveys are two sets of people, of whom nobody knows who is in both; nothing is subtracted but what both pages show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from goldthread.apps.access.policy import Actor
from goldthread.apps.surveys.models import Status, Survey
from goldthread.apps.surveys.queries.results import Result, Share, counted, results
from goldthread.apps.surveys.queries.running import readable
from goldthread.domain.disclosure.changes import ChangeShown, change_shown
from goldthread.domain.surveys import FEWEST, Question


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer before and now. `change` is None where either share is withheld or put in words."""

    before: Share
    now: Share
    change: ChangeShown | None

    @property
    def text(self) -> str:
        """The answer."""
        return self.now.text


@dataclass(frozen=True, slots=True)
class Changed:
    """One question in both surveys. `answers` is empty where fewer than ten answered it in either."""

    question: Question
    before: Result
    now: Result
    answers: tuple[ChangedAnswer, ...]

    @property
    def clear(self) -> list[ChangedAnswer]:
        """The answers whose change is more than chance explains, the largest first."""
        held = [one for one in self.answers if one.change is not None and one.change.clear]
        return sorted(held, key=lambda one: -abs(one.change.points if one.change else 0))


def has_results(survey: Survey) -> bool:
    """Whether results of a survey are shown."""
    return survey.status == Status.CLOSED and survey.answers.count() >= FEWEST


def waves_before(actor: Actor, survey: Survey) -> list[Survey]:
    """Earlier surveys that asked the same of the same authority and whose results the actor may see, the latest first.

    They may be of another inspection that the actor is in.
    """
    rows = readable(actor).filter(
        template=survey.template, status=Status.CLOSED, inspection__authority=survey.inspection.authority,
        created_at__lt=survey.created_at,
    )  # fmt: skip
    rows = rows.annotate(came=Count("answers")).filter(came__gte=FEWEST)
    return list(rows.order_by("-created_at"))


def wave(actor: Actor, survey: Survey, which: UUID | None) -> Survey | None:
    """The earlier survey that was chosen, else the latest; None where there is none.

    Raises Survey.DoesNotExist for one that does not lie before this, or that the actor may not know of.
    """
    held = waves_before(actor, survey)
    if which is None:
        return held[0] if held else None
    found = next((one for one in held if one.pk == which), None)
    if found is None:
        raise Survey.DoesNotExist
    return found


def changes(before: Survey, now: Survey) -> list[Changed]:
    """Every question with answers to choose from, in both surveys; none where either shows no results."""
    if not (has_results(before) and has_results(now)):
        return []
    earlier = {one.question.id: one for one in results(before, counted(before))}
    return [
        Changed(one.question, earlier[one.question.id], one, _answers(earlier[one.question.id], one))
        for one in results(now, counted(now))
        if one.question.id in earlier
    ]


def looked_at(held: Sequence[Changed]) -> int:
    """How many changes were looked at: of these, one in twenty stands out by chance alone."""
    return sum(answer.change is not None for one in held for answer in one.answers)


def _answers(before: Result, now: Result) -> tuple[ChangedAnswer, ...]:
    if not (before.shown and now.shown):
        return ()
    return tuple(
        ChangedAnswer(then, later, change_shown(then.shown, before.of, later.shown, now.of))
        for then, later in zip(before.shares, now.shares, strict=True)
    )
