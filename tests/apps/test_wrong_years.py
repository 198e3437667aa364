"""A wrong year's return and a wrong day: refused on the web in plain words, or told above the numbers."""

from datetime import date

import pytest
from tests.form_story import of_903, send
from tests.submissions_story import Story, assessments, story

from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def a_century_before(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data.replace(b"/20", b"/19") for name, data in files.items()}


def refused(row: Submission) -> str:
    assert row.status == "refused"
    assert row.mend and not row.store_key
    return row.refusal


def test_a_return_of_a_year_that_had_none_is_refused(wexcombe: Story) -> None:
    says = refused(send(wexcombe, a_century_before(of_903(20))))
    assert "was read as that of 1925-26" in says and "DEC in Episodes" in says
    before = refused(send(wexcombe, of_903(20), a_century_before(of_903(20))))
    assert before.startswith("The return of the year before: ")


def test_a_day_of_another_year_is_refused_and_the_dates_are_told(wexcombe: Story) -> None:
    says = refused(send(wexcombe, of_903(20), as_at=date(2006, 3, 31)))
    assert "31 March 2006" in says and "1 April 2025 to 31 March 2026" in says
    says = refused(wexcombe.read(assessments(), as_at=date(2016, 9, 30)))
    assert "30 September 2016" in says and "none lies on or before it" in says


def test_an_odd_day_is_told_with_the_submission(wexcombe: Story) -> None:
    row = send(wexcombe, of_903(20), as_at=date(2026, 6, 30))
    assert row.status == "read"
    assert "tells of nothing after 31 March 2026" in row.lists["doubts"][0]
    assert send(wexcombe, of_903(20)).lists["doubts"] == []
