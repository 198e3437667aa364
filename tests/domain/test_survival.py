"""Kaplan-Meier curves against a textbook sample and a second computation."""

import random
from datetime import date, timedelta
from math import exp, log, prod, sqrt

import pytest

from goldthread.domain.survival import Wait, kaplan_meier, waits_until_return


def test_the_remission_times_of_the_textbooks() -> None:
    # 6-MP arm of Freireich et al. (1963), as in every textbook of survival analysis: S(6) 0.857, S(22) 0.538.
    events = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    censored = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    curve = kaplan_meier([*(Wait(d, True) for d in events), *(Wait(d, False) for d in censored)])
    assert [(s.day, s.at_risk, round(s.still, 3)) for s in curve.steps] == [
        (6, 21, 0.857), (7, 17, 0.807), (10, 15, 0.753), (13, 12, 0.690), (16, 11, 0.627),
        (22, 7, 0.538), (23, 6, 0.448),
    ]  # fmt: skip
    assert (curve.followed, curve.happened, curve.longest) == (21, 9, 35)
    first = curve.steps[0]
    assert (round(first.low, 3), round(first.high, 3)) == (0.620, 0.952)


def test_a_curve_agrees_with_a_second_computation() -> None:
    chance = random.Random(8)
    for _ in range(50):
        waits = [Wait(chance.randint(0, 40), chance.random() < 0.4) for _ in range(chance.randint(3, 80))]
        if not any(wait.happened for wait in waits):
            continue
        for step in kaplan_meier(waits).steps:
            terms = []
            for day in range(step.day + 1):
                risk = len([w for w in waits if w.days >= day])
                gone = len([w for w in waits if w.days == day and w.happened])
                if gone:
                    terms.append((risk, gone))
            still = prod(1 - gone / risk for risk, gone in terms)
            assert step.still == pytest.approx(still)
            if 0 < still < 1:
                se = sqrt(sum(gone / (risk * (risk - gone)) for risk, gone in terms)) / abs(log(still))
                bounds = sorted(still ** exp(sign * 1.959963984540054 * se) for sign in (1, -1))
                assert (step.low, step.high) == pytest.approx(bounds)
            assert 0 <= step.low <= step.still <= step.high <= 1


def test_without_censoring_the_curve_is_the_share_left() -> None:
    curve = kaplan_meier([Wait(day, True) for day in (1, 2, 3, 4)])
    assert [step.still for step in curve.steps] == pytest.approx([0.75, 0.5, 0.25, 0])
    assert curve.steps[-1].low == 0


def test_all_at_once() -> None:
    assert kaplan_meier([Wait(3, True)] * 2).steps[0].high == 1


def test_the_curve_is_asked_on_a_day() -> None:
    curve = kaplan_meier([Wait(10, True), Wait(20, False), Wait(30, True), Wait(40, False)])
    assert curve.at(5) is not None and curve.at(5).still == 1  # type: ignore[union-attr]
    back = curve.back_by(35)
    assert back is not None
    assert back[0] == pytest.approx(1 - 0.75 * 0.5)
    assert back[1] < back[0] < back[2]
    assert curve.at(41) is None
    assert curve.back_by(41) is None, "nobody was followed so long"


def test_what_cannot_be_followed_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody to follow"):
        kaplan_meier([])
    with pytest.raises(ValueError, match="less than no time"):
        kaplan_meier([Wait(-1, True)])


def test_waits_end_with_the_next_start_or_at_the_as_at_date() -> None:
    as_at, first = date(2025, 3, 31), date(2024, 4, 1)
    ends = {"a": [first, first + timedelta(200)], "b": [first], "c": [as_at + timedelta(1)], "d": [first]}
    starts = {"a": [first - timedelta(9), first + timedelta(100)], "b": [first], "d": [as_at + timedelta(5)]}
    rest = (as_at - first).days
    assert waits_until_return(ends, starts, as_at) == [
        Wait(100, True),
        Wait(rest - 200, False),
        Wait(rest, False),
        Wait(rest, False),
    ]
