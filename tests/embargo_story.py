"""A report under embargo, and who may read it before its moment: for the tests of both."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.apps.reports import actions
from goldthread.apps.reports.models import PrePublicationCopy, Publication, Report
from tests.accuracy_story import approved
from tests.factories import client_for
from tests.findings_story import Story

SECOND = timedelta(seconds=1)
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the clock of whoever asks."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def a_moment(days: int = 3) -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(days=days)


def soon() -> datetime:
    """A moment so near that nobody is signed out before it."""
    return timezone.now().replace(microsecond=0) + timedelta(minutes=3)


def embargoed(told: Story, report: Report | None = None, **more: Any) -> Publication:
    words = {"because": "Agreed with the council.", "public_from": soon(), "by": told["lead"], **more}
    return actions.publish(report=report or approved(told), **words)


def given(told: Story, held: Publication, role: str = "director", **more: Any) -> PrePublicationCopy:
    words = {"email": told.person(role).email, "client_key": uuid4(), "by": told["lead"], **more}
    return actions.give_pre_copy(publication=held, **words)


def move(told: Story, held: Publication, to: datetime, **more: Any) -> Publication:
    words = {"because": "The council asked for a day more.", "by": told["lead"], **more}
    return actions.move_embargo(publication=held, to=to, **words)


def lift(told: Story, held: Publication, **more: Any) -> Publication:
    words = {"because": "It was told in a newspaper.", "by": told["lead"], **more}
    return actions.lift_embargo(publication=held, **words)


def browser(told: Story, role: str) -> Client:
    return client_for(told.person(role))
