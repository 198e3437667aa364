import pytest

from goldthread.domain.disclosure import (
    WITHHELD,
    answer_shown,
    average_shown,
    is_small,
    part_shown,
    rate_shown,
    rounded,
    shown,
)


@pytest.mark.parametrize(("count", "says"), [(0, "0"), (1, "1 to 5"), (5, "1 to 5"), (6, "6"), (1234, "1,234")])
def test_counts_of_one_to_five_do_not_leave(count: int, says: str) -> None:
    assert shown(count) == says


def test_the_floor_can_be_raised() -> None:
    assert shown(9, floor=9) == "1 to 9"
    assert not is_small(10, floor=9)


@pytest.mark.parametrize(
    ("numerator", "denominator", "says"),
    [
        (0, 40, "0.0%"),
        (3, 40, WITHHELD),
        (37, 40, WITHHELD),
        (40, 40, "100.0%"),
        (10, 16, "62.5%"),
        (7, 9, WITHHELD),
        (1, 0 + 1, WITHHELD),
        (17, 160, "10.6%"),
        (13, 80, "16.3%"),
    ],
)
def test_a_rate_is_withheld_when_it_or_the_rest_would_tell_of_a_few(
    numerator: int, denominator: int, says: str
) -> None:
    assert rate_shown(numerator, denominator) == says


def test_no_shown_rate_lets_a_small_count_be_worked_out() -> None:
    for denominator in range(61):
        for numerator in range(denominator + 1):
            if rate_shown(numerator, denominator) != WITHHELD:
                assert not is_small(numerator)
                assert not is_small(denominator - numerator)


def test_a_part_is_withheld_when_subtraction_from_its_total_would_tell_the_rest() -> None:
    assert part_shown(38, 40) == WITHHELD
    assert part_shown(3, 40) == "1 to 5"
    assert part_shown(40, 40) == "40"
    assert part_shown(20, 40) == "20"


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        shown(-1)
    with pytest.raises(ValueError, match="nothing and all"):
        rate_shown(5, 4)
    with pytest.raises(ValueError, match="nothing and all"):
        part_shown(5, 4)


@pytest.mark.parametrize(("children", "says"), [(9, "c"), (10, "12.3"), (400, "12.3")])
def test_an_average_of_fewer_than_ten_does_not_leave(children: int, says: str) -> None:
    assert average_shown(12.25, children) == says


@pytest.mark.parametrize(
    ("numerator", "denominator", "says"),
    [
        (5, 9, "c"), (0, 10, "few"), (10, 10, "almost all"), (19, 19, "almost all"), (20, 20, "100%"),
        (0, 20, "0%"), (1, 400, "k"), (13, 80, "16%"), (1, 8 * 25, "1%"),
    ],
)  # fmt: skip
def test_the_answers_of_a_survey(numerator: int, denominator: int, says: str) -> None:
    assert answer_shown(numerator, denominator) == says


def test_more_answers_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing and all"):
        answer_shown(11, 10)


@pytest.mark.parametrize(
    ("count", "base", "says"), [(2, 5, "k"), (3, 5, 5), (7, 5, 5), (8, 5, 10), (0, 5, 0), (7, 1, 7)]
)
def test_rounding_goes_half_up_and_nought_is_told_from_what_rounds_to_it(count: int, base: int, says: object) -> None:
    assert rounded(count, base) == says
