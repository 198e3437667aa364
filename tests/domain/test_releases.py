"""The differencing register: what two releases, each safe, would tell together."""

from dataclasses import replace
from datetime import date

from goldthread.domain.disclosure import Outcome, Release, against_released
from goldthread.domain.disclosure.releases import overlaps

MARCH = Release(
    name="Children in care, March",
    subject="Invented Shire, children in care",
    dataset="aa",
    as_at=date(2025, 3, 31),
    dimensions=("sex",),
    counts={("girls",): 60, ("boys",): 80, (None,): 140},
    profile="dfe-la",
)
STRICT_MARCH = replace(MARCH, profile="strict")
NORTH = replace(MARCH, name="North", filters={"team": frozenset({"North"})})


def counted(release: Release, girls: int, boys: int, **changes: object) -> Release:
    counts = {("girls",): girls, ("boys",): boys, (None,): girls + boys}
    return replace(release, counts=counts, name="new", **changes)  # type: ignore[arg-type]


def test_the_same_table_again_is_allowed() -> None:
    assert against_released(MARCH, [MARCH]).outcome is Outcome.ALLOWED
    assert against_released(MARCH, []).reasons == ()


def test_a_difference_of_one_to_seven_beside_an_exact_table_is_refused() -> None:
    for gap in (1, 7):
        ruling = against_released(counted(NORTH, 60 - gap, 80), [MARCH])
        assert ruling.outcome is Outcome.REFUSED
        assert "girls would tell of 7 people or fewer" in ruling.reasons[0]
        assert "of another group" in ruling.reasons[0]


def test_nought_and_eight_are_no_small_difference() -> None:
    for gap in (0, 8):
        assert against_released(counted(NORTH, 60 - gap, 80), [MARCH]).outcome is Outcome.ALLOWED


def test_beside_a_strict_table_strict_is_enough() -> None:
    new = counted(NORTH, 57, 80)
    ruling = against_released(new, [STRICT_MARCH])
    assert ruling.outcome is Outcome.STRICT
    assert "Strict profile only" in ruling.reasons[0]
    assert against_released(replace(new, profile="strict"), [STRICT_MARCH]).outcome is Outcome.ALLOWED


def test_two_days_of_the_same_children_are_told_as_days() -> None:
    new = counted(STRICT_MARCH, 63, 80, dataset="bb", as_at=date(2025, 4, 30), profile="dfe-la")
    ruling = against_released(new, [STRICT_MARCH])
    assert ruling.outcome is Outcome.STRICT
    assert "of another day" in ruling.reasons[0]


def test_the_worst_ruling_stands() -> None:
    new = counted(NORTH, 57, 80)
    for released in ([STRICT_MARCH, MARCH], [MARCH, STRICT_MARCH]):
        ruling = against_released(new, released)
        assert ruling.outcome is Outcome.REFUSED
        assert len(ruling.reasons) == 2


def test_children_who_cannot_be_in_both_are_not_compared() -> None:
    south = counted(NORTH, 58, 79, filters={"team": frozenset({"South"})})
    assert not overlaps(NORTH, south)
    assert against_released(south, [NORTH]).outcome is Outcome.ALLOWED
    assert overlaps(NORTH, MARCH)
    assert not overlaps(replace(MARCH, subject="Elsewhere"), MARCH)


def test_figures_are_compared_by_what_they_count_however_the_tables_are_divided() -> None:
    by_age = replace(NORTH, dimensions=("age", "sex"), counts={("0", "girls"): 59, (None, None): 137}, name="By age")
    ruling = against_released(by_age, [MARCH])
    assert ruling.outcome is Outcome.REFUSED
    assert "the total would tell" in ruling.reasons[0]
    girls = replace(by_age, counts={("0", "girls"): 59, (None, "girls"): 58, (None, None): 99})
    assert "girls would tell" in against_released(girls, [MARCH]).reasons[0]
    other_sex = replace(by_age, dimensions=("age", "gender"), counts={(None, "girls"): 58, (None, None): 99})
    assert against_released(other_sex, [MARCH]).outcome is Outcome.ALLOWED


def test_hidden_figures_leave_room_for_the_difference() -> None:
    hidden = counted(MARCH, 3, 80)
    assert against_released(counted(NORTH, 2, 60), [hidden]).outcome is Outcome.STRICT
