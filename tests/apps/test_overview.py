"""The overview of an inspection: what is whose, what is over, and a kind of visit that grades nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.accuracy_story import answer, approved, give_answers, send, write
from tests.accuracy_story import given as council_copy
from tests.accuracy_story import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports.models import CouncilCopy

pytestmark = pytest.mark.django_db


def overview(told: Story, role: str) -> str:
    where = reverse("inspection_overview", args=[told.inspection.pk])
    return " ".join(client_for(told.person(role)).get(where).content.decode().split())


def at(told: Story, status: str) -> None:
    Inspection.objects.filter(pk=told.inspection.pk).update(status=status)
    told.inspection.refresh_from_db()


def test_a_visit_that_grades_nothing_misses_no_judgement() -> None:
    graded, visit = story("sif-2013"), story("focused-visit")
    page = overview(visit, "lead")
    assert "The Focused visit gives no grades, so no area is judged" in page
    assert "Working grade" not in page and "Not judged" not in page and "a judgement" not in page
    page = overview(graded, "lead")
    assert "Working grade" in page and "Not judged" in page and "a judgement" in page and "no grades" not in page


def test_what_was_never_gathered_is_not_to_do_once_the_facts_are_checked(wexcombe: Story) -> None:
    at(wexcombe, "fieldwork")
    for role in ("lead", "nominated-officer"):
        assert "None was brought in" not in overview(wexcombe, role) and "To do" in overview(wexcombe, role)
    at(wexcombe, "accuracy")
    page = overview(wexcombe, "lead")
    assert "None was brought in" in page and "None was drawn" in page and "None, without a sample" in page
    page = overview(wexcombe, "nominated-officer")
    assert "None was brought in" in page and "To do" not in page


def test_the_officer_finds_the_check_of_facts_on_the_path_and_the_team_does_not(wexcombe: Story) -> None:
    step = "Check the facts of the draft report"
    assert step not in overview(wexcombe, "nominated-officer")
    copy = council_copy(wexcombe, approved(wexcombe))
    page = overview(wexcombe, "nominated-officer")
    assert step in page and f"To do by {copy.until:%-d %B %Y}" in page
    assert step not in overview(wexcombe, "lead")
    write(wexcombe, copy)
    (comment,) = send(wexcombe, copy)
    assert "Sent, not answered yet" in overview(wexcombe, "nominated-officer")
    answer(wexcombe, comment, verdict="not-accepted")
    give_answers(wexcombe, copy)
    assert "Answered" in overview(wexcombe, "nominated-officer")


def test_a_check_of_facts_whose_days_are_over_says_so(wexcombe: Story) -> None:
    copy = council_copy(wexcombe, approved(wexcombe))
    yesterday = timezone.localdate() - timedelta(days=1)
    CouncilCopy.objects.filter(pk=copy.pk).update(until=yesterday)
    assert f"Closed on {yesterday:%-d %B %Y}" in overview(wexcombe, "nominated-officer")
