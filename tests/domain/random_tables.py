"""Random tables for the proofs of suppression, and a second opinion on what can be worked out of one.

The second opinion shares nothing with the house's attacker: where a table is small it tries every table that fits.
"""

import random
from itertools import product

from goldthread.domain.disclosure import CrossTable, Dimension, SafeTable
from goldthread.domain.disclosure.attacker import Bounds, eliminate, equations, feasible, propagate
from goldthread.domain.disclosure.tables import Key


def random_table(chance: random.Random, dimensions: int) -> CrossTable:
    """Counts with many noughts and many small ones: two to six categories, two or three where there are three."""
    most = 6 if dimensions < 3 else 3
    dims = tuple(
        Dimension(f"dimension {at}", tuple(f"{at}{letter}" for letter in "abcdef"[: chance.randint(2, most)]))
        for at in range(dimensions)
    )
    mean = chance.choice((4, 15, 40, 120))
    counts = {
        key: 0 if chance.random() < 0.15 else int(chance.expovariate(1 / mean))
        for key in product(*(dimension.categories for dimension in dims))
    }
    return CrossTable(dims, counts)


def attacked(table: CrossTable, safe: SafeTable) -> Bounds:
    """What the house's attacker makes of what is shown."""
    shown = {key: value for key, value in safe.cells.items() if isinstance(value, int)}
    least = {key: 1 for key, value in safe.cells.items() if value == "c"}
    return feasible(shown, least, table.sums())


def by_propagation(table: CrossTable, safe: SafeTable) -> Bounds:
    """The same by bound propagation and elimination only, which never claims more than is true."""
    shown = {key: value for key, value in safe.cells.items() if isinstance(value, int)}
    least = {key: 1 for key, value in safe.cells.items() if value == "c"}
    rows = equations(shown, least, table.sums())
    return propagate([*rows, *eliminate(rows)], {key: (low, 10**9) for key, low in least.items()})


def by_trying_all(table: CrossTable, safe: SafeTable, most: int) -> dict[Key, tuple[int, int]]:
    """Every table of whole numbers up to `most` that fits what is shown, and the range of each hidden cell in them.

    For tables of which only cells inside are hidden, and few of them.
    """
    hidden = [key for key in table.cells() if safe.cells[key] == "c"]
    found: dict[Key, tuple[int, int]] = {}
    lines = []
    for total, parts in table.sums():
        if any(part in hidden for part in parts):
            rest = safe.cells[total]
            assert isinstance(rest, int)
            left = rest - sum(value for part in parts if isinstance(value := safe.cells[part], int))
            lines.append(([part for part in parts if part in hidden], left))

    def fits(chosen: dict[Key, int]) -> bool:
        for parts, left in lines:
            held = [chosen[part] for part in parts if part in chosen]
            missing = len(parts) - len(held)
            if sum(held) + missing > left or (not missing and sum(held) != left):
                return False
        return True

    def step(at: int, chosen: dict[Key, int]) -> None:
        if at == len(hidden):
            for key, value in chosen.items():
                low, high = found.get(key, (value, value))
                found[key] = min(low, value), max(high, value)
            return
        for value in range(1, most + 1):
            chosen[hidden[at]] = value
            if fits(chosen):
                step(at + 1, chosen)
        del chosen[hidden[at]]

    step(0, {})
    return found
