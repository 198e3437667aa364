"""The chart of a goal never gainsays its table: signals by where they lie, the target by the goal's own direction."""

import pytest
from tests.cases_story import Story, story
from tests.improvement_story import measured, read_again, with_goal

from goldthread.apps.improvement import queries
from goldthread.domain.control_charts import Direction, Point, control_chart
from goldthread.domain.control_verdicts import assurance_says
from goldthread.web.presenters import goal_chart, improvement

pytestmark = pytest.mark.django_db

FALLS = (940, 915, 926, 910, 922, 906, 885, 711, 679, 683)
"""Of a thousand, half year by half year: as found in an authority whose assessments slip."""


@pytest.fixture
def wexcombe() -> Story:
    return story()


def followed(made: Story) -> queries.Told:
    measured(made, FALLS[0], 1000)
    held = with_goal(made, target=75)
    for place, met in enumerate(FALLS[1:], 1):
        measured(made, met, 1000, days=182 * place)
        read_again(made)
    (told,) = queries.with_goals(queries.recommendation(made["lead"], made.inspection.pk, held.pk)).goals
    return told


def test_a_reading_that_the_table_calls_worse_is_called_better_by_no_chart(wexcombe: Story) -> None:
    told = followed(wexcombe)
    rows = improvement.goal(told)["rows"]
    assert {one["verdict"] for one in rows} == {"Worse", "No clear change"} and rows[4]["verdict"] == "Worse"
    chart = goal_chart.of_goal(told)
    drawn = chart["picture"]
    assert "better" not in drawn.title and "worse" not in drawn.title
    assert "signal: higher" in drawn.svg and "signal: lower" in drawn.svg
    assert "signal: better" not in drawn.svg and "signal: worse" not in drawn.svg
    assert (
        "lower of late than the series as a whole, by more than chance explains; higher is better here"
        in (chart["says"])
    )


def test_the_target_is_still_asked_of_the_limits_with_the_direction_of_the_goal(wexcombe: Story) -> None:
    told = followed(wexcombe)
    points = [Point(str(place), met / 10) for place, met in enumerate(FALLS)]
    assert (
        assurance_says(control_chart(points, better=Direction.HIGH, percent=True), 75.0)
        in (goal_chart.of_goal(told)["says"])
    )
    assert "missed in each of the last 3" in goal_chart.of_goal(told)["picture"].title
