"""A survey told quickly: opened, answered by many, closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.surveys import actions
from goldthread.apps.surveys.models import Code, Invitations, Survey, by_chance
from goldthread.apps.surveys.sealed import codes_of
from tests.cases_story import Story

WROTE = "Come when you say you will come, and ring when you cannot"


def opened(held: Story, template: str = "families", **more: Any) -> Survey:
    """An open survey that may be answered by its link."""
    given: dict[str, Any] = {"by_link": True, "closes": timezone.localdate() + timedelta(days=7), **more}
    return actions.open_survey(
        inspection=held.inspection, template=template, client_key=uuid4(), by=held["lead"], **given
    )


def invited(held: Story, survey: Survey, size: int = 12, group: str = "Families with a plan") -> Invitations:
    """Letters to a group."""
    return actions.invite(survey=survey, group=group, size=size, client_key=uuid4(), by=held["lead"])


def codes(made: Invitations) -> list[str]:
    """The codes of letters."""
    return list(codes_of(made))


def say(
    survey: Survey, *, code: str = "", tier: str = "", number: int = 0, address: str = "", **answers: Any
) -> int:  # fmt: skip
    """Send one answer; names with hyphens are written with underscores."""
    number = number or by_chance()
    actions.answer(
        survey=survey, number=number, answers={name.replace("_", "-"): value for name, value in answers.items()},
        tier=tier, language="en", easy=False, code=code, address=address,
    )  # fmt: skip
    return number


def closed(held: Story, survey: Survey) -> Survey:
    """The survey, closed."""
    survey.refresh_from_db()
    return actions.close_survey(survey=survey, version=survey.version, by=held["lead"])


def spent() -> int:
    """How many codes were used."""
    return Code.objects.filter(spent=True).count()
