"""What is odd about the day stands above the numbers, and above what crosses to the team."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories import client_for
from tests.form_story import of_903, send
from tests.submissions_story import story

pytestmark = pytest.mark.django_db


def test_an_odd_day_heads_the_submission_and_the_hand_over() -> None:
    wexcombe = story()
    row = send(wexcombe, of_903(20), as_at=date(2026, 6, 30))
    client = client_for(wexcombe.person("nominated-officer"))
    for name, after in (("submission", "app-cards"), ("submission_hand_over", "What crosses to the team")):
        page = client.get(reverse(name, args=[wexcombe.inspection.pk, row.pk])).content.decode()
        assert "govuk-warning-text" in page
        assert page.index("tells of nothing after 31 March 2026") < page.index(after)
