"""Suppression: no small count of a random table can be worked out, by the house's attacker or by a second one.

`just prove-suppression` does the same with 10,000 tables, 1,000 linked pairs and 500 pairs repeated over time.
"""

import random
import statistics
from itertools import product

import pytest
from tests.domain.random_tables import attacked, by_propagation, by_trying_all, random_table

from goldthread.domain.disclosure import (
    DFE_LA,
    PROFILES,
    STRICT,
    SURVEY,
    SYMBOLS,
    TEAM,
    CrossTable,
    Dimension,
    Merging,
    TableError,
    coarser,
    suppress,
    suppress_linked,
)
from goldthread.domain.disclosure.attacker import Impossible, eliminate, feasible
from goldthread.domain.disclosure.tables import Key, Sum

TEAMS = Dimension("team", ("North", "South", "East"))
SEXES = Dimension("sex", ("girls", "boys"))


def row(*counts: int) -> CrossTable:
    names = tuple("abcdefgh"[: len(counts)])
    return CrossTable((Dimension("place", names),), {(name,): count for name, count in zip(names, counts, strict=True)})


def inside(table: CrossTable, *counts: int) -> dict[Key, int]:
    return dict(zip(table.cells(), counts, strict=True))


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((10, 20, 30), (10, 20, 30, 60)),
        ((0, 20, 30), (0, 20, 30, 50)),
        ((3, 20, 30), ("c", "c", 30, 53)),
        ((1, 2, 30, 40), ("c", "c", "c", 40, 73)),
        ((3, 4, 30), ("c", "c", 30, 37)),
        ((2, 0, 0), ("c", 0, 0, "c")),
        ((6, 20), (6, 20, 26)),
    ],
)
def test_one_row(counts: tuple[int, ...], says: tuple[int | str, ...]) -> None:
    assert tuple(suppress(row(*counts), DFE_LA).cells.values()) == says


def test_a_lone_small_count_in_a_two_way_table_takes_three_others_with_it() -> None:
    table = CrossTable((TEAMS, SEXES), {})
    table = CrossTable(table.dimensions, inside(table, 3, 40, 22, 31, 18, 25))
    safe = suppress(table, DFE_LA)
    assert safe.primary == {("North", "girls")}
    assert len(safe.secondary) == 3
    assert safe.cells[None, None] == 139
    assert ("East", "girls") in safe.secondary, "the smallest in the column"


def test_nought_and_totals_are_never_hidden_to_cover_a_row_while_others_will_do() -> None:
    safe = suppress(row(3, 0, 50, 60), DFE_LA)
    assert safe.cells["b",] == 0
    assert safe.cells[None,] == 113


@pytest.mark.parametrize(("dimensions", "tables", "seed"), [(1, 300, 1), (2, 150, 2), (3, 15, 3)])
def test_no_small_count_of_a_random_table_can_be_worked_out(dimensions: int, tables: int, seed: int) -> None:
    chance = random.Random(seed)
    extra: list[float] = []
    for _ in range(tables):
        table = random_table(chance, dimensions)
        safe = suppress(table, DFE_LA)
        small = {key for key, value in table.values().items() if 1 <= value <= 5}
        assert safe.primary == small
        if not safe.safe:
            assert safe.cells == {}
            assert safe.combine
            continue
        values = table.values()
        for key, value in safe.cells.items():
            assert value == "c" if key in safe.primary | safe.secondary else value == values[key]
        for key, (low, high) in attacked(table, safe).items():
            assert low <= values[key] <= high
            assert high - low >= 5, (table, key)
        if small:
            extra.append(len(safe.secondary) / len(small))
    assert statistics.median(extra) <= (1 if dimensions < 3 else 2)


def test_the_attackers_bounds_are_those_of_trying_every_table() -> None:
    chance = random.Random(12)
    compared = 0
    while compared < 12:
        table = random_table(chance, 2)
        if max(table.counts.values()) > 9 or len(table.counts) > 9:
            continue
        safe = suppress(table, DFE_LA)
        hidden = safe.primary | safe.secondary
        if not safe.safe or not 3 < len(hidden) < 7 or any(None in key for key in hidden):
            continue
        compared += 1
        assert attacked(table, safe) == by_trying_all(table, safe, most=40)


def test_propagation_never_claims_more_than_the_exact_bounds() -> None:
    chance = random.Random(6)
    for _ in range(60):
        table = random_table(chance, 2)
        safe = suppress(table, DFE_LA)
        if safe.safe:
            exact, outer = attacked(table, safe), by_propagation(table, safe)
            assert all(outer[key][0] <= low and high <= outer[key][1] for key, (low, high) in exact.items())


def test_hiding_the_small_counts_only_would_give_most_of_them_away() -> None:
    "The attacker must be able to win: against small counts hidden alone it does, again and again."
    chance = random.Random(9)
    small, found = 0, 0
    for _ in range(200):
        table = random_table(chance, 2)
        values = table.values()
        least = {key: 1 for key, value in values.items() if 1 <= value <= 5}
        shown = {key: value for key, value in values.items() if key not in least}
        bounds = feasible(shown, least, table.sums())
        small += len(least)
        found += sum(low == high for low, high in bounds.values())
    assert found / small > 0.3


def test_the_attacker_sees_through_two_blocks_joined_by_one_cell() -> None:
    "Every line has two hidden cells, yet one of them follows from whole rows and columns: no line by itself tells."
    dims = (Dimension("r", tuple("pqrs")), Dimension("c", tuple("wxyz")))
    grid = {
        "p": (9, 8, 20, 30), "q": (7, 9, 3, 25), "r": (21, 33, 9, 8), "s": (27, 20, 9, 7),
    }  # fmt: skip
    table = CrossTable(dims, {(r, c): n for r, line in grid.items() for c, n in zip("wxyz", line, strict=True)})
    hidden = [("p", "w"), ("p", "x"), ("q", "w"), ("q", "x"), ("q", "y")]
    hidden += [("r", "y"), ("r", "z"), ("s", "y"), ("s", "z")]
    values = table.values()
    shown = {key: value for key, value in values.items() if key not in hidden}
    least = dict.fromkeys(hidden, 1)
    assert feasible(shown, least, table.sums())["q", "y"] == (3, 3)
    assert any(set(factors) == {("q", "y")} for factors, _ in eliminate(_rows(shown, least, table)))


def _rows(shown: dict[Key, int], least: dict[Key, int], table: CrossTable) -> list[tuple[dict[Key, int], int]]:
    from goldthread.domain.disclosure.attacker import equations

    return equations(shown, least, table.sums())


def test_figures_that_contradict_each_other_are_impossible() -> None:
    sums = (Sum((None,), (("a",), ("b",))),)
    with pytest.raises(Impossible, match="not the sum"):
        feasible({(None,): 5, ("a",): 1, ("b",): 1}, {}, sums)
    with pytest.raises(Impossible, match="no whole numbers"):
        feasible({(None,): 1}, {("a",): 1, ("b",): 1}, sums)
    with pytest.raises(Impossible, match="contradict"):
        eliminate([({("a",): 1}, 3), ({("a",): 1}, 4)])


def test_a_hidden_figure_in_no_sum_could_be_anything() -> None:
    assert feasible({}, {("a",): 1}, ())["a",] == (1, 10**9)


def test_linked_tables_do_not_give_away_the_rest() -> None:
    whole, part = row(40, 50, 60), row(37, 20, 25)
    all_shown, girls_shown = suppress_linked(whole, part, DFE_LA)
    assert suppress(whole, DFE_LA).secondary == frozenset(), "by itself the table has nothing to hide"
    assert all_shown.safe and girls_shown.safe
    assert "c" in (all_shown.cells["a",], girls_shown.cells["a",]), "40 - 37 would tell of three boys"
    strict = suppress_linked(whole, part, STRICT)
    assert strict[0].cells["a",] == 40


@pytest.mark.parametrize(("dimensions", "pairs"), [(1, 60), (2, 10)])
def test_linked_random_tables_keep_the_rest_hidden(dimensions: int, pairs: int) -> None:
    chance = random.Random(21)
    seen = 0
    for _ in range(pairs):
        whole = random_table(chance, dimensions)
        part = CrossTable(whole.dimensions, {key: chance.randint(0, count) for key, count in whole.counts.items()})
        one, other = suppress_linked(whole, part, DFE_LA)
        assert one.safe is other.safe
        if not one.safe:
            continue
        seen += 1
        for key, value in whole.values().items():
            rest = value - part.values()[key]
            if 1 <= rest <= 5:
                assert "c" in (one.cells[key], other.cells[key]), key
    assert seen > pairs / 5


def test_linked_tables_must_belong_together() -> None:
    with pytest.raises(ValueError, match="same categories"):
        suppress_linked(row(1, 2), row(1, 2, 3), DFE_LA)
    with pytest.raises(ValueError, match="more than the whole"):
        suppress_linked(row(1, 2), row(3, 0), DFE_LA)


def test_linked_tables_that_cannot_be_made_safe_say_so_together() -> None:
    dims = (Dimension("d", ("a", "b")),)
    whole, part = CrossTable(dims, {("a",): 8, ("b",): 0}), CrossTable(dims, {("a",): 3, ("b",): 0})
    one, other = suppress_linked(whole, part, DFE_LA)
    assert one.safe == other.safe
    assert (one.cells == {}) is not one.safe


def test_categories_that_are_too_fine_are_named_and_taken_together_are_safe() -> None:
    ages = Dimension("age", ("0 to 4", "5 to 9", "10 to 15"))
    table = CrossTable((TEAMS, ages), {})
    table = CrossTable(table.dimensions, inside(table, 0, 62, 2, 52, 0, 21, 0, 21, 4))
    safe = suppress(table, DFE_LA)
    assert not safe.safe
    assert safe.combine[-1].safe
    coarser = table
    for advice in safe.combine:
        coarser = coarser.combined(advice.dimension, advice.categories)
    again = suppress(coarser, DFE_LA)
    assert again.safe
    assert sum(coarser.counts.values()) == sum(table.counts.values())


def test_strict_rounds_and_a_total_is_the_sum_of_what_is_shown() -> None:
    assert tuple(suppress(row(7, 8, 12, 13, 0), STRICT).cells.values()) == ("c", 10, 10, 15, "c", 35)
    assert tuple(suppress(row(7, 3), STRICT).cells.values()) == ("c", "c", "c")
    chance = random.Random(4)
    for _ in range(100):
        table = random_table(chance, 2)
        safe = suppress(table, STRICT)
        for total, parts in table.sums():
            shown = [value for part in parts if isinstance(value := safe.cells[part], int)]
            assert safe.cells[total] == (sum(shown) if shown else "c")
        for key in table.cells():
            value, true = safe.cells[key], table.counts[key]
            assert value == "c" if true <= 7 else (isinstance(value, int) and abs(value - true) <= 2)


def test_the_survey_profile_hides_groups_below_ten() -> None:
    assert tuple(suppress(row(9, 30, 40), SURVEY).cells.values()) == ("c", "c", 40, 79)


def test_the_team_profile_shows_true_counts() -> None:
    assert tuple(suppress(row(1, 2, 3), TEAM).cells.values()) == (1, 2, 3, 6)
    assert "must not leave" in TEAM.says


def test_a_national_table_is_rounded_to_ten() -> None:
    assert tuple(suppress(row(14, 15, 26), DFE_LA, national=True).cells.values()) == (10, 20, 30, 60)


def test_symbols_stay_where_they_were_and_count_as_nothing() -> None:
    table = CrossTable((TEAMS,), {("North",): 40, ("South",): 50}, marked={("East",): "z"})
    assert tuple(suppress(table, DFE_LA).cells.values()) == (40, 50, "z", 90)
    assert tuple(suppress(table, STRICT).cells.values()) == (40, 50, "z", 90)
    assert set(SYMBOLS) == {"c", "z", ":", "k"}


def test_a_row_of_one_home_tells_of_it() -> None:
    table = CrossTable((TEAMS,), {("North",): 40, ("South",): 50, ("East",): 60}, units={("North",): 1})
    assert suppress(table, DFE_LA).cells["North",] == "c"
    assert suppress(table, STRICT).cells["North",] == "c"
    assert suppress(table, TEAM).cells["North",] == 40


def test_combining_keeps_every_count_symbol_and_unit() -> None:
    table = CrossTable(
        (TEAMS,), {("North",): 4, ("South",): 5}, marked={("East",): ":"}, units={("North",): 1, ("South",): 2}
    )
    both = table.combined("team", ("North", "South"))
    assert both.counts["North and South",] == 9
    assert both.units["North and South",] == 3
    assert both.marked == {("East",): ":"}
    assert table.combined("team", ("South", "East")).marked == {}


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: CrossTable((), {}), "one, two or three"),
        (lambda: CrossTable((Dimension("d", ("a", "a")),), {}), "each once"),
        (lambda: row(-1, 2), "negative"),
        (lambda: CrossTable((TEAMS,), {("West",): 1}), "no cell West"),
    ],
)
def test_what_is_no_table_is_refused(make: object, says: str) -> None:
    with pytest.raises(TableError, match=says):
        make()  # type: ignore[operator]


def test_every_profile_says_what_it_does() -> None:
    assert list(PROFILES) == ["dfe-la", "strict", "survey", "team"]
    assert all(profile.says.endswith(".") for profile in PROFILES.values())


def test_what_each_flat_table_leaves_wide_two_of_them_may_leave_narrow_together() -> None:
    """The least of a figure from one slice and the most from another: found by the proof of 10,000 tables."""
    dims = tuple(Dimension(name, (f"{name}1", f"{name}2", f"{name}3")) for name in "xyz")
    told = (0, 1, 1, 2, 0, 6, 0, 6, 9, 1, 15, 4, 0, 1, 7, 1, 13, 0, 0, 2, 2, 0, 0, 1, 2, 1, 0)
    table = CrossTable(dims, dict(zip(product(*(one.categories for one in dims)), told, strict=True)))
    safe = suppress(table, DFE_LA)
    assert not safe.safe or all(high - low >= DFE_LA.width for low, high in attacked(table, safe).values())
    if not safe.safe:
        assert safe.combine, "a table that cannot be made safe says which categories to take together"


# Which categories may be taken together


def test_categories_are_taken_together_only_within_their_family_and_in_order() -> None:
    bands = Dimension("band", ("a", "b", "c", "d"), Merging((("a", "b"), ("c", "d"))))
    assert bands.pairs({"a": 9, "b": 1, "c": 1, "d": 9}) == [("a", "b"), ("c", "d")]
    ages = Dimension("age", ("1", "2", "3", "4"), Merging(in_order=True))
    assert ages.pairs({"1": 1, "2": 9, "3": 9, "4": 1}) == [("1", "2"), ("2", "3"), ("3", "4")]
    any_two = Dimension("team", ("1", "2", "3", "4"))
    assert ("1", "4") in any_two.pairs({"1": 1, "2": 9, "3": 9, "4": 1})
    assert Dimension("team", ("1", "2"), None).pairs({"1": 1, "2": 1}) == []
    three = any_two.combined(("1", "2")).combined(("1 and 2", "3"))
    assert three.categories == ("1 and 2 and 3", "4") and three.made_of("1 and 2 and 3") == ("1", "2", "3")
    assert not bands.combined(("a", "b")).pairs({"a and b": 1, "c": 9, "d": 9}).count(("a and b", "c"))


def test_a_table_is_made_coarser_step_by_step_until_no_two_may_be_taken_together() -> None:
    table = CrossTable((Dimension("what", ("a", "b", "c"), Merging((("a", "b"),))),), {("a",): 2, ("b",): 3, ("c",): 9})
    found = coarser(table, DFE_LA)
    assert found is not None
    best, together = found
    assert best.categories == ("a", "b") and together.counts == {("a and b",): 5, ("c",): 9}
    assert coarser(together, DFE_LA) is None
