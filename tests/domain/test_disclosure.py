import pytest

from goldthread.domain.disclosure import WITHHELD, is_small, part_shown, rate_shown, shown


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
