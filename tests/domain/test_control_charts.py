"""XmR charts: the fixtures of four published series, the four rules each met and just missed, and what lasts."""

import random
from itertools import pairwise

import pytest

from goldthread.domain.control_charts import (
    ControlChartError,
    Direction,
    Limits,
    Point,
    Rebasing,
    Signal,
    control_chart,
    limits_of,
    signals,
)
from goldthread.domain.control_verdicts import (
    ASSURANCE_SAYS,
    VARIATION_SAYS,
    Assurance,
    Lasting,
    Variation,
    assurance,
    assurance_says,
    streak,
    sustained,
    too_few,
    variation,
)

# Derbyshire, 2016 to 2025, as published: assessments in 45 working days, care leavers in education, employment or
# training, three or more placements, conferences in 15 working days.
ASSESSMENTS = (74.5, 70.8, 76.7, 80.1, 86.5, 92.2, 90.5, 90.0, 90.6, 92.8)
LEAVERS = (45.0, 53.0, 46.0, 46.0, 48.0, 57.0, 55.0, 54.0, 66.0, 61.0)
PLACEMENTS = (9.0, 6.0, 9.0, 8.0, 11.0, 9.0, 12.0, 12.0, 9.0, 12.0)
CONFERENCES = (60.4, 59.9, 57.7, 86.2, 81.4, 84.2, 88.5, 84.1, 80.8, 75.7)


STEADY = (74.0, 76.0, 73.0, 77.0, 75.0, 74.0, 78.0, 73.0, 76.0, 75.0)

ROSE = (70, 71, 69, 70, 72, 68, 70, 71, 85, 86, 84, 85, 87, 86, 85, 86)


def series(*values: float) -> list[Point]:
    return [Point(f"{2000 + place}", value) for place, value in enumerate(values)]


def kinds(values: tuple[float, ...], limits: Limits) -> list[set[Signal]]:
    return [{mark.signal for mark in marks} for marks in signals(values, limits)]


FLAT = Limits(mean=50, moving_range=1, lower=40, upper=60, near_lower=43, near_upper=57, points=20)


@pytest.mark.parametrize(
    ("values", "mean", "lower", "upper", "places"),
    [
        (ASSESSMENTS, 84.47, 75.57, 93.37, 2),
        (LEAVERS, 53.1, 39.5, 66.7, 1),
        (PLACEMENTS, 9.7, 3.5, 15.9, 1),
        (CONFERENCES, 75.9, 59.4, 92.4, 1),
    ],
)
def test_the_limits_of_published_series(
    values: tuple[float, ...], mean: float, lower: float, upper: float, places: int
) -> None:
    limits = limits_of(values)
    assert (round(limits.mean, places), round(limits.lower, places), round(limits.upper, places)) == (
        mean,
        lower,
        upper,
    )
    assert limits.label == "trial limits"


def test_screening_wide_moving_ranges_draws_the_limits_closer_and_is_off_unless_asked_for() -> None:
    screened = limits_of(CONFERENCES, screen=True)
    assert round(screened.moving_range, 2) == 3.42
    assert (round(screened.lower, 1), round(screened.upper, 1)) == (66.8, 85.0)
    plain = control_chart(series(*CONFERENCES))
    assert not plain.screened
    assert round(plain.latest.limits.lower, 1) == 59.4
    closer = control_chart(series(*CONFERENCES), screen=True)
    assert sum(bool(marks) for marks in closer.marks) > sum(bool(marks) for marks in plain.marks)


def test_assessments_rose_from_below_the_limits_and_leavers_show_no_signal() -> None:
    rose = control_chart(series(*ASSESSMENTS), better=Direction.HIGH)
    outside = [
        point.value
        for point, marks in zip(rose.points, rose.marks, strict=True)
        if any(mark.signal is Signal.OUTSIDE and not mark.up for mark in marks)
    ]
    assert outside == [74.5, 70.8]
    leavers = control_chart(series(*LEAVERS), better=Direction.HIGH)
    assert not any(leavers.marks)
    assert variation(leavers) is Variation.CHANCE


def test_limits_agree_with_a_second_computation() -> None:
    chance = random.Random(5)
    for _ in range(200):
        values = [chance.uniform(0, 100) for _ in range(chance.randint(5, 40))]
        limits = limits_of(values)
        total = 0.0
        for place in range(1, len(values)):
            total += max(values[place], values[place - 1]) - min(values[place], values[place - 1])
        mean, width = sum(values) / len(values), total / (len(values) - 1)
        assert limits.lower == pytest.approx(mean - 2.66 * width)
        assert limits.near_upper == pytest.approx(mean + 1.773 * width)
        assert limits.near_upper - limits.mean == pytest.approx((limits.upper - limits.mean) * 2 / 3, rel=1e-3)


def test_a_point_on_the_limit_is_inside_and_beyond_it_outside() -> None:
    found = kinds((50, 60, 60.1, 50, 40, 39.9, 50), FLAT)
    assert [Signal.OUTSIDE in at for at in found] == [False, False, True, False, False, True, False]


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    seven = kinds((49, 51, 52, 51, 52, 51, 52, 51, 49), FLAT)
    assert [Signal.SHIFT in at for at in seven] == [False, *[True] * 7, False]
    six = kinds((49, 51, 52, 51, 52, 51, 52, 49, 51), FLAT)
    assert not any(Signal.SHIFT in at for at in six)
    broken = kinds((51, 52, 51, 50, 51, 52, 51, 52), FLAT)
    assert not any(Signal.SHIFT in at for at in broken), "a point on the mean breaks the run"


def test_seven_rising_are_a_trend_and_six_are_not() -> None:
    assert [Signal.TREND in at for at in kinds((50, 47, 48, 49, 50, 51, 52, 53, 52), FLAT)] == [
        False,
        *[True] * 7,
        False,
    ]
    assert not any(Signal.TREND in at for at in kinds((50, 48, 49, 50, 51, 52, 53, 53, 52), FLAT))
    falling = signals((53, 52, 51, 50, 49, 48, 47), FLAT)
    assert all(any(mark.signal is Signal.TREND and not mark.up for mark in marks) for marks in falling)


def test_two_of_three_beyond_the_near_limit_on_one_side() -> None:
    assert [Signal.NEAR_LIMIT in at for at in kinds((50, 58, 50, 58, 50), FLAT)] == [False, True, False, True, False]
    assert not any(Signal.NEAR_LIMIT in at for at in kinds((58, 50, 50, 58, 50), FLAT))
    assert not any(Signal.NEAR_LIMIT in at for at in kinds((58, 42, 50, 50, 50), FLAT)), "one on each side"


def test_signals_agree_with_a_second_computation() -> None:
    chance = random.Random(11)
    for _ in range(300):
        values = tuple(chance.gauss(50, 6) for _ in range(chance.randint(5, 30)))
        for place, marks in enumerate(signals(values, FLAT)):
            naive = set()
            for up in (True, False):
                sign = 1 if up else -1
                if sign * values[place] > sign * (60 if up else 40):
                    naive.add((Signal.OUTSIDE, up))
                for start in range(max(0, place - 6), min(place, len(values) - 7) + 1):
                    window = values[start : start + 7]
                    if all(sign * value > sign * 50 for value in window):
                        naive.add((Signal.SHIFT, up))
                    if all(sign * after > sign * before for before, after in pairwise(window)):
                        naive.add((Signal.TREND, up))
                near = 57 if up else 43
                for start in range(max(0, place - 2), min(place, len(values) - 3) + 1):
                    beyond = [sign * value > sign * near for value in values[start : start + 3]]
                    if sum(beyond) >= 2 and beyond[place - start]:
                        naive.add((Signal.NEAR_LIMIT, up))
            assert {(mark.signal, mark.up) for mark in marks} == naive


def test_limits_of_percentages_stay_within_nought_and_a_hundred() -> None:
    limits = limits_of((99, 80, 99, 85, 99, 90), percent=True)
    assert limits.upper == 100
    assert limits.near_upper <= 100
    assert limits_of((99, 80, 99, 85, 99, 90)).upper > 100
    assert limits_of((1, 20, 1, 15, 1, 10), percent=True).lower == 0


def test_eleven_points_give_trial_limits_and_twelve_firm_ones() -> None:
    assert limits_of([float(value) for value in range(11)]).label == "trial limits"
    assert limits_of([float(value) for value in range(12)]).label == "limits"


def test_rebasing_breaks_the_limits_and_keeps_its_reason() -> None:
    values = (60, 61, 59, 60, 62, 80, 81, 79, 82, 80)
    chart = control_chart(series(*values), rebasings=[Rebasing("2005", " New front door ")])
    before, after = chart.stretches
    assert (before.reason, after.reason, after.start) == ("", "New front door", 5)
    assert before.limits.mean == pytest.approx(60.4)
    assert after.limits.mean == pytest.approx(80.4)
    assert not any(chart.marks), "each stretch is within its own limits"
    assert any(control_chart(series(*values)).marks)


@pytest.mark.parametrize(
    ("points", "rebasings", "percent", "says"),
    [
        (series(1, 2, 3, 4), (), False, "needs 5 points"),
        ([Point("a", 1.0)] * 6, (), False, "appears twice"),
        (series(1, 2, 3, 4, float("nan")), (), False, "not a number"),
        (series(1, 2, 3, 4, 101), (), True, "not a percentage"),
        (series(*range(10)), [Rebasing("2005", " ")], False, "no reason"),
        (series(*range(10)), [Rebasing("1999", "Why not")], False, "no period 1999"),
        (series(*range(10)), [Rebasing("2000", "Why not")], False, "already drawn"),
        (series(*range(10)), [Rebasing("2007", "Too late")], False, "there are 3 points"),
    ],
)
def test_what_cannot_be_charted_is_refused_in_plain_words(
    points: list[Point], rebasings: list[Rebasing], percent: bool, says: str
) -> None:
    with pytest.raises(ControlChartError, match=says):
        control_chart(points, rebasings=rebasings, percent=percent)


def test_limits_of_too_few_values_are_refused() -> None:
    with pytest.raises(ControlChartError, match="needs 5 points"):
        limits_of((1, 2, 3, 4))


@pytest.mark.parametrize(
    ("target", "better", "says"),
    [
        (60, Direction.HIGH, Assurance.MEETS),
        (90, Direction.HIGH, Assurance.MISSES),
        (75, Direction.HIGH, Assurance.EITHER),
        (90, Direction.LOW, Assurance.MEETS),
        (60, Direction.LOW, Assurance.MISSES),
        (75, Direction.LOW, Assurance.EITHER),
        (None, Direction.NEITHER, Assurance.NONE),
    ],
)
def test_a_target_beyond_the_limits_is_safe_or_lost(target: float | None, better: Direction, says: Assurance) -> None:
    chart = control_chart(series(*STEADY), better=better)
    assert not any(chart.marks)
    assert assurance(chart, target) is says
    assert assurance_says(chart, target) == ASSURANCE_SAYS[says]
    assert ASSURANCE_SAYS[says].endswith(".")


FELL = (92.4, 92.7, 90.6, 92.0, 90.6, 93.7, 90.7, 92.6, 90.9, 90.4, 90.1, 87.6, 83.5, 81.7, 73.6, 67.1, 67.3, 70.2)
"""Eighteen months of assessments in time that fall away: within the limits at first, below them for the last four."""


def monthly(*values: float) -> list[Point]:
    return [Point(f"{2025 + (4 + at) // 12}-{(4 + at) % 12 + 1:02}", value) for at, value in enumerate(values)]


def test_limits_of_a_series_that_is_changing_foretell_nothing_of_the_target() -> None:
    chart = control_chart(monthly(*FELL), better=Direction.HIGH)
    limits = chart.latest.limits
    assert limits.lower < 85 < limits.upper, "by the limits alone it would be met one time and missed another"
    assert assurance(chart, 85) is Assurance.CHANGING
    assert assurance_says(chart, 85) == (
        "The series is changing, so its limits foretell nothing of the target: it was missed in each of the last 6 "
        "months."
    )
    assert streak(chart, 85).short == "Missed for 6 months"
    rising = control_chart(monthly(*reversed(FELL)), better=Direction.HIGH)
    assert assurance(rising, 92.5) is Assurance.CHANGING
    assert (streak(rising, 92.5).says, streak(rising, 92.5).met) == ("missed in the latest month", False)
    assert streak(rising, 85).short == "Met for 12 months"
    low = control_chart(monthly(*FELL), better=Direction.LOW)
    assert streak(low, 85).short == "Met for 6 months"


def test_a_lasting_change_without_new_limits_leaves_the_target_untold_and_new_limits_tell_it_again() -> None:
    values = (*ROSE[:-1], 78.1)  # the latest point signals nothing by itself
    chart = control_chart(series(*ROSE, 78.1, 84, 85), better=Direction.HIGH)
    assert sustained(chart).what is Lasting.IMPROVEMENT and not chart.marks[-3] and len(values) == len(ROSE)
    assert assurance(chart, 80) is Assurance.CHANGING
    anew = control_chart(series(*ROSE), better=Direction.HIGH, rebasings=[Rebasing("2008", "A new team")])
    assert assurance(anew, 80) is Assurance.MEETS


def test_points_in_a_row_are_months_only_where_they_follow_one_another() -> None:
    months = ("2025-04", "2025-10", "2026-01", "2026-02", "2026-04")
    apart = [Point(period, value) for period, value in zip(months, (90, 80, 80, 70, 60), strict=True)]
    chart = control_chart(apart, better=Direction.HIGH)
    assert streak(chart, 85).says == "missed in each of the last 4 months with a figure"
    assert streak(chart, 85).short == "Missed 4 times in a row"
    assert streak(chart, 95).says == "missed in each of the last 5 months with a figure"
    named = control_chart(series(90, 80, 80, 70, 60), better=Direction.LOW)
    assert streak(named, 85).says == "met in each of the last 4 points"
    assert streak(named, 65).says == "met in the latest point"
    with pytest.raises(ValueError, match="which way is better"):
        streak(control_chart(apart), 85)


def test_why_a_change_is_not_lasting_says_what_the_latest_points_do() -> None:
    found = sustained(control_chart(monthly(*FELL), better=Direction.HIGH), 85)
    assert (found.what, found.since) == (Lasting.NEITHER, "2025-05")
    assert found.why == (
        "The latest 4 points lie below the lower limit, which is worse. That it was better from 2025-05 is over."
    )
    higher = sustained(control_chart(series(*ROSE, 99, 99), better=Direction.HIGH))
    assert higher.why == (
        "It has been better since 2008, and has left the limits of those months as well: the latest 2 points lie above "
        "the upper limit, which is better."
    )
    few = sustained(control_chart(series(50, 55, 49, 51, 55, 50, 49, 55, 50, 70), better=Direction.LOW))
    assert few.why == (
        "No 7 points in a row lie on one side of the mean; the latest point lies above the upper limit, which is worse."
    )


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            (50, 51, 50, 51, 50, 49, 50, 51, 50, 51, 50, 51, 53.4, 53.4),
            "two of the latest three points lie near the upper",
        ),
        ((60, 40, 60, 40, 60, 40, 50, 51, 52, 53, 54, 55, 56), "the latest 8 points rise, each above the one before"),
    ],
)
def test_each_sign_of_the_latest_points_has_words(values: tuple[float, ...], says: str) -> None:
    assert says in sustained(control_chart(series(*values), better=Direction.LOW)).why


def test_most_points_too_small_are_more_than_half() -> None:
    assert [too_few(small, 10) for small in (0, 5, 6, 10)] == [False, False, True, True]


def test_a_target_needs_a_better_way() -> None:
    with pytest.raises(ValueError, match="which way is better"):
        assurance(control_chart(series(*ASSESSMENTS)), 80)


@pytest.mark.parametrize(
    ("better", "says"),
    [
        (Direction.HIGH, Variation.IMPROVING),
        (Direction.LOW, Variation.CONCERNING),
        (Direction.NEITHER, Variation.CHANGED_UP),
    ],
)
def test_the_latest_point_says_improving_or_concerning(better: Direction, says: Variation) -> None:
    assert variation(control_chart(series(*ASSESSMENTS), better=better)) is says
    assert VARIATION_SAYS[says].endswith(".")


def test_a_fall_where_neither_way_is_better_is_only_a_fall() -> None:
    assert variation(control_chart(series(*reversed(ASSESSMENTS)))) is Variation.CHANGED_DOWN
