"""Whether a change that lasts is an improvement, a decline, or only a change."""

import random

import pytest
from tests.domain.test_control_charts import ROSE, series

from goldthread.domain.control_charts import (
    Direction,
    control_chart,
)
from goldthread.domain.control_verdicts import (
    Lasting,
    sustained,
)


def test_a_shift_the_right_way_that_holds_is_a_sustained_improvement() -> None:
    chart = control_chart(series(*ROSE), better=Direction.HIGH)
    found = sustained(chart, target=85)
    assert (found.what, found.since) == (Lasting.IMPROVEMENT, "2008")
    assert found.limits is not None
    assert found.limits.mean == pytest.approx(sum(ROSE[8:]) / 8)
    assert sustained(chart).what is Lasting.IMPROVEMENT


def test_a_target_still_out_of_reach_is_no_sustained_improvement() -> None:
    found = sustained(control_chart(series(*ROSE), better=Direction.HIGH), target=98)
    assert found.what is Lasting.NEITHER
    assert "out of reach" in found.why


def test_a_latest_point_that_has_left_the_new_limits_is_no_sustained_improvement() -> None:
    found = sustained(control_chart(series(*ROSE, 71), better=Direction.HIGH))
    assert found.what is Lasting.NEITHER
    assert "has left" in found.why


def test_six_points_are_not_sustained() -> None:
    found = sustained(control_chart(series(*ROSE[4:14]), better=Direction.HIGH))
    assert found.what is Lasting.NEITHER
    assert "No 7 points" in found.why


def test_the_same_shift_is_a_sustained_decline_where_low_is_better() -> None:
    chart = control_chart(series(*ROSE), better=Direction.LOW)
    assert sustained(chart, target=75).what is Lasting.DECLINE
    assert sustained(chart).what is Lasting.DECLINE
    still_met = sustained(chart, target=95)
    assert still_met.what is Lasting.NEITHER
    assert "meet the target" in still_met.why
    fell = control_chart(series(*(100 - value for value in ROSE)), better=Direction.HIGH)
    assert sustained(fell, target=20).what is Lasting.DECLINE
    assert sustained(fell, target=5).what is Lasting.NEITHER


def test_where_neither_way_is_better_nothing_is_sustained() -> None:
    assert sustained(control_chart(series(*ROSE))).what is Lasting.NEITHER


def test_improvement_and_decline_are_mirror_images() -> None:
    chance = random.Random(3)
    seen = set()
    for _ in range(300):
        step = chance.choice((-8, 0, 8))
        values = [chance.gauss(50 + (step if place > 10 else 0), 2) for place in range(22)]
        target = chance.uniform(35, 65)
        high = sustained(control_chart(series(*values), better=Direction.HIGH), target)
        mirrored = sustained(control_chart(series(*(-v for v in values)), better=Direction.LOW), -target)
        assert high.what is mirrored.what
        seen.add(high.what)
    assert seen == set(Lasting)
