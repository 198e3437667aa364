"""A report under embargo in the world of tests, of which the director has a copy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.reports import actions
from goldthread.apps.reports.models import Report
from tests.two_checkers import at_its_time, passed

if TYPE_CHECKING:
    from tests.world import Place


def embargo(place: Place, report: Report) -> None:
    """The next version of a published report, which says the same under another title, public in thirty days."""
    lead, title = place["lead"], place.canaries.plant("under-embargo", "title of a report under embargo", place.name)
    later = actions.compose(
        inspection=place.inspection, title=title, client_key=uuid4(), based_on=report, by=lead
    )  # fmt: skip
    later = passed(place, actions.submit(report=later, by=lead), place.say("draft-report", "note of a checker"))
    moment = timezone.now().replace(microsecond=0) + timedelta(days=30)
    with at_its_time(place.inspection):
        held = actions.publish(report=later, because="A story told in one day.", public_from=moment, by=lead)
    copy = actions.give_pre_copy(
        publication=held, email=place.person("director").email, client_key=uuid4(), by=lead
    )  # fmt: skip
    place.note("embargo", "lies ahead", embargo=held.pk)
    place.note("pre-publication copy", "out", early=copy.pk)
