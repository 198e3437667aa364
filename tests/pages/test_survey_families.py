"""Pages of feedback from drawn children's families: one press, letters, and what a case shows of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text
from tests.pages.test_surveys import of
from tests.surveys_story import codes, say

from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys import queries
from goldthread.apps.surveys.models import Code, Invitations, Survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def test_the_lead_asks_every_family_in_one_press_and_the_case_says_no_more_than_that(wexcombe: Story) -> None:
    draw, lead = wexcombe.draw(), browser(wexcombe, "lead")
    place = at("draw_families", wexcombe, draw=draw.pk)
    assert "Feedback from families" in text(lead.get(at("draw", wexcombe, draw=draw.pk)))
    page = text(lead.get(place))
    assert "Ask every drawn child’s family" in page and page.count("Write to them") == 12
    first, second = queries.drawn_cases(draw)[:2]
    day = f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}"
    sent = {"closes": day, "client_key": uuid4(), f"out-{first.pk}": "unsafe"}
    bad = lead.post(place, {**sent, "closes": "31/02/2027"})
    assert bad.status_code == 422 and "real date" in text(bad) and not Survey.objects.exists()
    wrong = lead.post(place, {**sent, f"out-{second.pk}": "because"})
    assert wrong.status_code == 422 and not Survey.objects.exists()
    page = text(lead.post(place, sent, follow=True))
    assert "11 families are asked. Next: print the letters." in page and "12 drawn, 11 written to, 1 left out" in page
    assert "Left out: It is not safe to write to them" in page and "letter not printed yet" in page
    again = text(lead.post(place, {**sent, "client_key": uuid4()}, follow=True))
    assert "Nobody more is written to" in again and "are asked" not in again
    assert Entry.objects.filter(event="survey.families-asked").count() == 1
    assert Code.objects.count() == 11 and Survey.objects.count() == 1
    survey, made = Survey.objects.get(), Invitations.objects.get()
    letters = lead.post(of(wexcombe, "survey_letters_print", survey, invitations=made.pk)).content.decode()
    assert all(code in letters for code in codes(made)) and second.pseudonym not in letters
    say(survey, code=codes(made)[0], plan="yes")
    for case, says in ((second, "letter printed"), (first, "Left out: It is not safe")):
        page = text(lead.get(at("case", wexcombe, case=case.pk)))
        assert says in page and (case == first or "Whether the code was used is not known here" in page)


def test_nobody_but_who_runs_surveys_sees_the_families_of_a_draw(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    place = at("draw_families", wexcombe, draw=draw.pk)
    for role, sees in (("analyst", True), ("inspector", False), ("quality-assurance", False), ("uploader", False)):
        assert (browser(wexcombe, role).get(place).status_code == 200) is sees, role
    assert browser(wexcombe, "inspector").post(place, {}).status_code in (403, 404)
    assert "Feedback from families" not in text(
        browser(wexcombe, "quality-assurance").get(at("draw", wexcombe, draw=draw.pk))
    )
