"""Flows made safe: no small flow is shown or found, whatever comes in goes out, and a second opinion tries as well."""

import random
from collections import Counter
from itertools import product

import pytest

from goldthread.domain.disclosure import DFE_LA, SafeFlows, TableError, flow_table, suppress_flows
from goldthread.domain.disclosure.attacker import eliminate, equations, feasible, propagate
from goldthread.domain.disclosure.flows import WHOLE, Way

LEAST_WIDE = DFE_LA.width
MOST = 10**6
"""More than anything here: a range that reaches further has no end."""


def gone(counts: dict[Way, int]) -> list[tuple[Way, str | None]]:
    """Every way gone so many times, each time by another child."""
    return [(way, f"{way}{number}") for way, count in counts.items() for number in range(count)]


def random_ways(chance: random.Random) -> dict[Way, int]:
    """Moves between kinds, or a tree of steps, with many small flows."""
    mean = chance.choice((4, 15, 40))
    if chance.random() < 0.5:
        names = "abcdef"[: chance.randint(2, 6)]
        pairs = [(one, other) for one in names for other in names if chance.random() < 0.6]
        return {way: 1 + int(chance.expovariate(1 / mean)) for way in pairs}
    ends = [("start", "on", f"end {number}") for number in range(chance.randint(1, 5))]
    ways: list[Way] = [("start", "out"), *ends, *((*end, f"{last}") for end in ends[:1] for last in "xy")]
    kept = [way for way in ways if way != ends[0]]
    return {way: 1 + int(chance.expovariate(1 / mean)) for way in kept}


def shown_of(safe: SafeFlows) -> dict[tuple[str | None, ...], int]:
    return {key: cell for key, cell in safe.cells.items() if isinstance(cell, int)}


def least_of(safe: SafeFlows) -> dict[tuple[str | None, ...], int]:
    return {key: 1 for key, cell in safe.cells.items() if cell == "c"}


@pytest.mark.parametrize("seed", range(400))
def test_no_flow_that_is_hidden_can_be_found(seed: int) -> None:
    table = flow_table(gone(random_ways(random.Random(seed))))
    safe = suppress_flows(table, DFE_LA)
    if safe is None:
        return
    values = safe.table.values()
    for key, cell in safe.cells.items():
        assert cell == "c" or (cell == values[key] and not 1 <= values[key] <= DFE_LA.floor)
    shown, least, sums = shown_of(safe), least_of(safe), safe.table.sums()
    exact = feasible(shown, least, sums)
    rows = equations(shown, least, sums)
    looser = propagate([*rows, *eliminate(rows)], dict.fromkeys(least, (1, 10**9)))
    for key, (low, high) in exact.items():
        assert low <= values[key] <= high and high - low >= LEAST_WIDE
        # The second opinion, which solves the sums against each other, finds no more than the exact one.
        assert looser[key][0] <= low and looser[key][1] >= min(high, MOST)
    assert any(isinstance(safe.cells[flow], int) for flow in safe.table.flows)


@pytest.mark.parametrize("seed", range(400, 440))
def test_trying_every_number_finds_the_same_ranges(seed: int) -> None:
    """Hidden flows are few here, so that every set of numbers that fits what is shown can be tried."""
    chance = random.Random(seed)
    counts: dict[Way, int] = {(one, other): chance.randint(1, 14) for one in "ab" for other in "xyz"}
    safe = suppress_flows(flow_table(gone(counts)), DFE_LA)
    if safe is None:
        return
    flows, most = [key for key in safe.table.flows if safe.cells[key] == "c"], 90
    shown = shown_of(safe)
    found: dict[tuple[str | None, ...], set[int]] = {}
    if len(flows) > 4 or any(cell == "c" for key, cell in safe.cells.items() if None in key):
        return
    for numbers in product(range(1, min(most, 29)), repeat=len(flows)) if len(flows) < 4 else _squares(flows, safe):
        trial = {**shown, **dict(zip(flows, numbers, strict=True))}
        if all(trial[total] == sum(trial[part] for part in parts) for total, parts in safe.table.sums()):
            for key, number in zip(flows, numbers, strict=True):
                found.setdefault(key, set()).add(number)
    for key in flows:
        assert max(found[key]) - min(found[key]) >= LEAST_WIDE


def _squares(flows: list[tuple[str | None, ...]], safe: SafeFlows) -> list[tuple[int, ...]]:
    """Four hidden flows between two pairs of boxes: one number tells the others."""
    rest = {}
    for total, parts in safe.table.sums():
        hidden = tuple(part for part in parts if safe.cells[part] == "c")
        if hidden:
            whole = safe.cells[total]
            assert isinstance(whole, int)
            rest[hidden] = whole - sum(cell for part in parts if isinstance(cell := safe.cells[part], int))
    tried = []
    for first in range(1, 29):
        known = {flows[0]: first}
        for _ in flows:
            for hidden, left in rest.items():
                unknown = [key for key in hidden if key not in known]
                if len(unknown) == 1:
                    known[unknown[0]] = left - sum(known[key] for key in hidden if key in known)
        if len(known) == len(flows) and min(known.values()) >= 1:
            tried.append(tuple(known[key] for key in flows))
    return tried


def test_a_box_that_gives_a_small_flow_away_is_covered_by_another_flow() -> None:
    counts: dict[Way, int] = {
        ("Contact", "No referral"): 30, ("Contact", "Referral", "Care"): 3, ("Contact", "Referral", "Plan"): 9,
        ("Contact", "Referral", "Nothing"): 20,
    }  # fmt: skip
    safe = suppress_flows(flow_table(gone(counts)), DFE_LA)
    assert safe is not None
    # Of 32 referrals 20 are shown: 12 went to care or a plan, and nobody can tell which.
    assert safe.cells["1", "Referral", None] == 32 and safe.cells["1", "Referral", "Nothing"] == 20
    assert {key for key, cell in safe.cells.items() if cell == "c"} == {
        ("1", "Referral", "Care"), ("1", "Referral", "Plan"), ("2", "Care", None), ("2", "Plan", None),
    }  # fmt: skip
    assert safe.primary == {("1", "Referral", "Care"), ("2", "Care", None)}


def test_many_moves_of_few_children_are_small() -> None:
    moves: list[tuple[Way, str | None]] = [(("Foster care", "Children's home"), "A")] * 12
    moves += gone({("Foster care", "Foster care"): 20, ("Children's home", "Foster care"): 15,
                   ("Children's home", "Children's home"): 18, ("With parents", "Foster care"): 17})  # fmt: skip
    safe = suppress_flows(flow_table(moves), DFE_LA)
    assert safe is not None and safe.cells["0", "Foster care", "Children's home"] == "c"
    assert safe.cells[WHOLE] == 82


def test_boxes_are_taken_together_where_nothing_else_is_safe() -> None:
    counts: dict[Way, int] = {
        ("start", "out"): 1, ("start", "on", "care"): 3, ("start", "on", "plan"): 4, ("start", "on", "help", "x"): 2,
        ("start", "on", "help", "y"): 4,
    }  # fmt: skip
    safe = suppress_flows(flow_table(gone(counts)), DFE_LA)
    assert safe is not None and safe.together == ("care + plan",)
    assert safe.cells["1", "on", "care + plan"] == 7


def test_where_all_is_small_nothing_is_shown() -> None:
    assert suppress_flows(flow_table(gone({("a", "b"): 2, ("a", "c"): 1})), DFE_LA) is None


def test_what_comes_into_a_box_must_go_out_of_it() -> None:
    with pytest.raises(TableError, match="go out of it"):
        flow_table(gone({("a", "b"): 2, ("a", "b", "c"): 1}))
    with pytest.raises(TableError, match="one box to another"):
        flow_table(gone({("a",): 2}))


def test_the_figures_are_counted_way_by_way() -> None:
    table = flow_table([(("a", "b"), "X"), (("a", "b"), "X"), (("a", "c"), "Y"), (("a", "c"), None)])
    assert table.ways == {("a", "b"): Counter({"X": 2}), ("a", "c"): Counter({"Y": 1, "": 1})}
    assert table.values() == {("0", "a", "b"): 2, ("0", "a", "c"): 2, ("0", "a", None): 4, ("1", "b", None): 2,
                              ("1", "c", None): 2, WHOLE: 4}  # fmt: skip
    assert table.children()["0", "a", "b"] == 1
    assert table.combined(1, ("b", "c")).values()["0", "a", "b + c"] == 4
