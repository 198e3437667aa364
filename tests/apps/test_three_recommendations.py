"""The three that Derbyshire was given, from day one: check or question, baseline, re-audit, chart, and slipping.

Management decisions and strategy meetings are told by checks of everybody on the lists beside a practice record;
feedback from families by a question of the instrument, whose draws `test_improvement` follows.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.apps.test_whole_lists import decisions, hand_in, practice
from tests.cases_story import AS_AT, Story, frame, story
from tests.improvement_story import moved, read_again

from goldthread.apps.improvement import actions, queries
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.submissions import holdings
from goldthread.web.presenters import goal_chart

pytestmark = pytest.mark.django_db

CHILDREN, ENQUIRIES = 61, 12


@pytest.fixture
def wexcombe() -> Story:
    return story()


def kept(made: Story) -> dict[str, Any]:
    """The lists of the story as they were handed in."""
    first = made.submission
    assert first is not None
    names = ("children_in_need", "protection_plans", "children_in_care")
    return {name: holdings.fetch_frame(first, "tables", first.store_key, name) for name in names}


def audited(made: Story, *, after: int, decided: int, held: int, minuted: int) -> None:
    """Lists and practice record of a later day: so many children with a decision, so many of twelve enquiries with a
    strategy discussion, and with a minute of it."""
    day = AS_AT + timedelta(days=after)
    began = day - timedelta(days=30)
    enquired = [
        {"child": f"C-{number:07d}", "strategy_on": began, "gender": "F", "ethnicity": "WBRI"}
        for number in range(1, ENQUIRIES + 1)
    ]
    hand_in(made, "annex_a", {**kept(made), "section_47": frame("section_47", enquired)}, as_at=day)
    met = [
        {"child": f"C-{number:07d}", "held_on": began}
        | ({"minuted_on": began + timedelta(days=2)} if number <= minuted else {})
        for number in range(1, held + 1)
    ]
    decided_on = [(f"C-{number:07d}", day - timedelta(days=10)) for number in range(1, decided + 1)]
    hand_in(
        made, "practice", {**decisions(*decided_on), "practice_discussions": practice("practice_discussions", met)},
        as_at=day,
    )  # fmt: skip


def goal(made: Story, series: str, measured: str) -> queries.Told:
    held = Recommendation.objects.get(series=series)
    opened = queries.with_goals(queries.recommendation(made["lead"], made.inspection.pk, held.pk))
    return next(one for one in opened.goals if one.goal.measured == measured)


def counts(told: queries.Told) -> tuple[int, int]:
    assert told.last is not None
    return told.last.pool.sampled.met, told.last.pool.sampled.of


def test_decisions_and_strategy_meetings_are_followed_from_a_baseline_to_a_slip(wexcombe: Story) -> None:
    audited(wexcombe, after=1, decided=20, held=6, minuted=6)
    due = date(2030, 3, 1)
    actions.make_ready(
        inspection=wexcombe.inspection, owner=wexcombe.person("improvement-lead"), due=due, by=wexcombe["lead"]
    )  # fmt: skip
    first = goal(wexcombe, "management-decisions", "check:W01")
    assert first.baseline is not None and (first.baseline.sampled.met, first.baseline.sampled.of) == (20, CHILDREN)
    for month, decided in enumerate((22, 40, 58, 60), 1):
        audited(wexcombe, after=30 * month, decided=decided, held=6 + month, minuted=5 + month)
        read_again(wexcombe)
    found = goal(wexcombe, "management-decisions", "check:W01")
    assert (counts(found), found.verdict, str(found.last.reach)) == ((60, CHILDREN), "improved", "surely reached")  # type: ignore[union-attr]
    chart = goal_chart.of_goal(found)
    assert "<svg" in chart["picture"].svg and chart["says"]
    meetings = goal(wexcombe, "strategy-meetings", "check:W03")
    assert (counts(meetings), str(meetings.last.reach)) == ((10, ENQUIRIES), "surely not reached")  # type: ignore[union-attr]
    minutes = goal(wexcombe, "strategy-meetings", "check:W02")
    assert counts(minutes) == (9, 10) and "picture" in goal_chart.of_goal(minutes)
    held = moved(wexcombe, Recommendation.objects.get(series="management-decisions"), "open")
    held = moved(wexcombe, held, "closed")
    audited(wexcombe, after=180, decided=30, held=12, minuted=12)
    assert read_again(wexcombe)[1] == [held]
    held.refresh_from_db()
    assert held.status == "reopened" and goal(wexcombe, "management-decisions", "check:W01").verdict == "improved"


def test_lists_of_another_inspection_are_the_next_re_audit_of_a_check(wexcombe: Story) -> None:
    from tests.improvement_story import beside

    audited(wexcombe, after=1, decided=20, held=6, minuted=6)
    actions.make_ready(
        inspection=wexcombe.inspection, owner=wexcombe.person("improvement-lead"), due=date(2030, 3, 1),
        by=wexcombe["lead"],
    )  # fmt: skip
    audited(beside(wexcombe, "Another", "lead"), after=90, decided=55, held=12, minuted=12)
    assert read_again(wexcombe)[0] == 3
    found = goal(wexcombe, "management-decisions", "check:W01")
    assert (counts(found), found.verdict) == ((55, CHILDREN), "improved")


def test_a_goal_on_a_check_of_everybody_says_what_is_counted_and_not_who_is_to_be_looked_at() -> None:
    told = queries.counted_as(
        "Section 47 enquiry whose strategy discussion has no recorded minute. Limits: minute_days 5"
    )
    assert told == "Section 47 enquiry whose strategy discussion has a recorded minute. Limits: minute: 5 days"
    assert queries.counted_as("so many ÷ so many (version 1)") == "so many ÷ so many (version 1)"
