"""Files shared out: as evenly as the bars allow, never to whoever is barred, the same every time."""

import random
from itertools import product

import pytest

from goldthread.domain.sharing_out import share_out


def least_squares(able: dict[int, list[str]], load: dict[str, int]) -> int:
    """The naive computation: every way of sharing out, and the least sum of squares of the loads."""
    best = None
    for chosen in product(*(names for names in able.values() if names)):
        held = dict(load)
        for name in chosen:
            held[name] += 1
        total = sum(count * count for count in held.values())
        best = total if best is None else min(best, total)
    return best or 0


@pytest.mark.parametrize("seed", range(60))
def test_no_way_of_sharing_out_is_more_even(seed: int) -> None:
    dice = random.Random(seed)
    people = ["Ana", "Ben", "Cas", "Dee"][: dice.randint(2, 4)]
    able = {file: [one for one in people if dice.random() < 0.55] for file in range(1, dice.randint(3, 7))}
    load = {one: dice.randint(0, 3) for one in people}
    shared = share_out(able, people, load)
    assert all(name in able[file] for file, name in shared.to.items())
    assert shared.nobody == tuple(file for file, names in able.items() if not names)
    assert set(shared.to) | set(shared.nobody) == set(able)
    held = {one: load[one] + list(shared.to.values()).count(one) for one in people}
    assert sum(count * count for count in held.values()) == least_squares(able, load)
    assert share_out(able, people, load) == shared


def test_a_file_is_passed_on_where_that_evens_the_loads() -> None:
    """Ana could have all; Ben may have the first alone: whoever comes first must not keep it from him."""
    shared = share_out({1: ["Ana", "Ben"], 2: ["Ana"], 3: ["Ana"]}, ["Ana", "Ben"])
    assert shared.to == {1: "Ben", 2: "Ana", 3: "Ana"}


def test_the_order_of_what_is_given_changes_nothing() -> None:
    able = {number: ["Ben", "Ana", "Cas"] for number in range(1, 8)}
    turned = {number: ["Cas", "Ana", "Ben"] for number in range(7, 0, -1)}
    assert share_out(able, ["Ana", "Ben", "Cas"]) == share_out(turned, ["Ana", "Ben", "Cas"])


def test_nobody_is_given_what_only_strangers_may_have() -> None:
    shared = share_out({1: ["Zoe"], 2: []}, ["Ana"])
    assert (dict(shared.to), shared.nobody) == ({}, (1, 2))
