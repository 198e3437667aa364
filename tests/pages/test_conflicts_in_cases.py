"""Pages: a conflict of interest that was declared after a file was given out."""

import pytest
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.inspections import actions as inspections

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def declare(held: Story, pseudonym: str) -> None:
    inspections.declare_conflict(
        inspection=held.inspection, person=held.person("inspector"), says="Close.", by=held["inspector"],
        interest="family", subject=pseudonym,
    )  # fmt: skip


def test_the_case_warns_its_holder_and_the_lead(wexcombe: Story) -> None:
    case = wexcombe.case()
    address = at("case", wexcombe, case=case.pk)
    assert "conflict of interest" not in text(browser(wexcombe, "lead").get(address))
    declare(wexcombe, case.pseudonym)
    for role in ("lead", "inspector"):
        assert f"which case {case.number} touches" in text(browser(wexcombe, role).get(address)), role
    begun = browser(wexcombe, "inspector").post(at("case_review_start", wexcombe, case=case.pk))
    assert begun.status_code == 403 and "give the file to somebody else" in text(begun)


def test_signing_off_is_refused_in_words_and_loses_nothing(wexcombe: Story) -> None:
    review = wexcombe.answered()
    declare(wexcombe, review.case.pseudonym)
    inspector = browser(wexcombe, "inspector")
    address = at("case_review_sign_off", wexcombe, review=review.pk)
    answer = inspector.post(address, {"version": review.version})
    assert answer.status_code == 422
    assert "Not signed off" in text(answer) and "What is written is kept" in text(answer)
    kept = text(inspector.get(at("case_review", wexcombe, review=review.pk)))
    assert all(one.why in kept for one in review.answers.exclude(why=""))
