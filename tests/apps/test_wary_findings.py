"""Findings that say more than their figures, and findings that rest on how things were."""

from datetime import date
from typing import Any

import pytest
from tests.findings_story import Story, story

from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def warned(finding: Finding) -> dict[str, str]:
    return {one.code: one.says for one in queries.standing_of(finding).warnings}


def on_data(wexcombe: Story, statement: str, **detail: Any) -> Finding:
    finding = wexcombe.finding(statement=statement)
    item = wexcombe.item("data", detail={"unit": "%", **detail})
    actions.cite(finding=finding, item=item, stance="for", why="It shows so.", by=wexcombe["inspector"])
    return finding


@pytest.mark.parametrize(
    ("statement", "low", "high", "wary"),
    [
        ("Most assessments are done in time.", 38.2, 61.4, True),
        ("Most assessments are done in time.", 55.0, 71.0, False),
        ("Few assessments are late.", 4.0, 19.0, False),
        ("Few assessments are late.", 25.0, 42.0, True),
        ("Assessments are done in time.", 38.2, 61.4, False),
    ],
)
def test_a_word_for_a_share_needs_a_figure_that_makes_sure_of_it(
    wexcombe: Story, statement: str, low: float, high: float, wary: bool
) -> None:
    said = warned(on_data(wexcombe, statement, low=low, high=high))
    assert ("words" in said) is wary
    if wary:
        assert f"{low:.0f}% to {high:.0f}%" in said["words"]


def test_what_is_no_share_says_nothing_of_a_word(wexcombe: Story) -> None:
    assert "words" not in warned(on_data(wexcombe, "Most wait long.", low=20.0, high=40.0, unit="days"))
    assert "words" not in warned(on_data(wexcombe, "Most wait long.", low=None, high=None))


def test_a_figure_against_a_finding_does_not_bear_out_its_words(wexcombe: Story) -> None:
    finding = on_data(wexcombe, "Most assessments are done in time.", low=38.0, high=61.0)
    against = wexcombe.item("data", detail={"unit": "%", "low": 80.0, "high": 90.0})
    actions.cite(finding=finding, item=against, stance="against", why="Elsewhere.", by=wexcombe["inspector"])
    assert "words" in warned(finding)


@pytest.mark.parametrize(
    ("ends", "old"),
    [
        ([date(2025, 11, 1)], True),
        ([date(2025, 11, 2)], False),
        ([date(2024, 3, 31), date(2026, 9, 30)], False),
        ([date(2024, 3, 31), None], False),
        ([None], False),
    ],
)
def test_evidence_is_old_where_all_of_it_ends_a_year_before_the_call(
    wexcombe: Story, ends: list[date | None], old: bool
) -> None:
    finding = wexcombe.finding()
    for end in ends:
        item = wexcombe.item("case-review", about_to=end)
        actions.cite(finding=finding, item=item, stance="for", why="It shows so.", by=wexcombe["inspector"])
    assert ("old" in warned(finding)) is old


def test_a_call_on_a_leap_day_asks_for_the_year_since_28_february(wexcombe: Story) -> None:
    wexcombe.inspection.call_day = date(2028, 2, 29)
    wexcombe.inspection.save()
    finding = wexcombe.finding()
    item = wexcombe.item("case-review", about_to=date(2027, 2, 28))
    actions.cite(finding=finding, item=item, stance="for", why="It shows so.", by=wexcombe["inspector"])
    assert "old" not in warned(finding)


def test_the_board_finds_such_findings(wexcombe: Story) -> None:
    surer = on_data(wexcombe, "Most assessments are done in time.", low=38.0, high=61.0)
    on_data(wexcombe, "Assessments are done in time.", low=38.0, high=61.0)
    found = queries.findings(wexcombe.inspection, wexcombe["lead"], warning="words")
    assert [one.finding for one in found] == [surer]
