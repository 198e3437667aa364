import random

import pytest

from goldthread.domain.shares import Share, chance_of_reaching


@pytest.mark.parametrize(
    ("of", "truly", "per_cent"), [(65, 95, 59), (65, 90, 10), (65, 97, 87), (40, 95, 68), (40, 90, 22), (40, 97, 88)]
)
def test_how_often_luck_reaches_the_bar_is_what_the_reference_says(of: int, truly: int, per_cent: int) -> None:
    assert round(100 * chance_of_reaching(of, 95, truly / 100)) == per_cent


@pytest.mark.parametrize(("of", "needed"), [(65, 62), (40, 38), (20, 19), (19, 19), (1, 1), (100, 95)])
def test_the_fewest_cases_that_make_95_in_100(of: int, needed: int) -> None:
    assert Share(0, of).needed(95) == needed
    assert Share(needed, of).reaches(95)
    assert not Share(needed - 1, of).reaches(95)


def test_the_chance_is_that_of_many_draws() -> None:
    dice = random.Random(7)
    draws = 20_000
    reached = sum(Share(sum(dice.random() < 0.93 for _ in range(40)), 40).reaches(95) for _ in range(draws))
    assert chance_of_reaching(40, 95, 0.93) == pytest.approx(reached / draws, abs=0.015)


def test_a_share_is_told_without_being_rounded_up_to_a_bar() -> None:
    assert Share(949_999, 1_000_000).told == "949999 of 1000000 cases (94.9%)"
    assert Share(62, 65).told == "62 of 65 cases (95.3%)"
    low, high = Share(62, 65).interval
    assert low < 0.95 < high


@pytest.mark.parametrize(("met", "of"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_is_refused(met: int, of: int) -> None:
    with pytest.raises(ValueError, match="a share is so many"):
        Share(met, of)


def test_a_chance_needs_cases_and_a_share() -> None:
    for of, truly in ((0, 0.5), (5, 1.5)):
        with pytest.raises(ValueError, match="the chance needs"):
            chance_of_reaching(of, 95, truly)
    assert chance_of_reaching(5, 95, 1) == 1
    assert chance_of_reaching(5, 95, 0) == 0
