"""The attacker: what somebody who sees a table can work out of the figures that it hides.

Independent of the suppression on purpose: it is given the figures shown, the sums that hold, and the least that a
hidden figure can be, and never the hidden figures themselves. Where each hidden figure stands in two sums at most,
as in every table of one or two dimensions, the sums are a network, and what could be sent through it gives the exact
bounds. Elsewhere (three dimensions, linked tables) every sum bounds its hidden parts, and so does every combination
of sums that elimination gives, again and again until nothing moves: integer bound propagation; and every flat table
inside is attacked by itself, exactly, and what all of that leaves is propagated once more.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor

from goldthread.domain.disclosure.network import Network, network_of
from goldthread.domain.disclosure.tables import Key, Sum

BOUNDLESS = 10**9
"""Stands for “any number”: nobody could tell how large a hidden figure is."""

MOST_ROUNDS = 200

Bounds = dict[Key, tuple[int, int]]
Row = tuple[dict[Key, int], int]
"""One equation: the hidden figures with their factors, and what they come to."""


class Impossible(ValueError):
    """The figures shown contradict each other: the table was put together wrongly."""


def feasible(shown: Mapping[Key, int], least: Mapping[Key, int], sums: Sequence[Sum], *, enough: int = 0) -> Bounds:
    """For every hidden figure, the least and the most that it could be.

    `least` names the hidden figures, each with the least that everybody knows it to be. With `enough`, the search for
    an exact bound of a flat table stops once that much lies between the two. Raises Impossible where nothing fits.
    """
    rows = equations(shown, least, sums)
    network = network_of(rows, least)
    if network is not None:
        return _exact(network, least, enough)
    every = [*rows, *eliminate(rows)]
    bounds = propagate(every, {key: (low, BOUNDLESS) for key, low in least.items()})
    # Exact to the end in every flat table, however much lies between: the least may come from one and the most from
    # another, and what each leaves wide by itself they leave narrow together.
    for slice_of in slices(sums):
        for key, (low, high) in _of_slice(shown, least, slice_of).items():
            bounds[key] = (max(bounds[key][0], low), min(bounds[key][1], high))
    return propagate(every, bounds)


def slices(sums: Sequence[Sum]) -> list[list[Sum]]:
    """The flat tables inside a table of more dimensions: the sums in which one place never changes."""
    flat: dict[tuple[int, str | None], list[Sum]] = {}
    for line in sums:
        for at, value in enumerate(line.total):
            if all(part[at] == value for part in line.parts):
                flat.setdefault((at, value), []).append(line)
    return list(flat.values())


def _of_slice(shown: Mapping[Key, int], least: Mapping[Key, int], sums: Sequence[Sum]) -> Bounds:
    """The exact bounds within one flat table."""
    rows = equations(shown, least, sums)
    held = {key: least[key] for factors, _ in rows for key in factors}
    network = network_of(rows, held)
    if network is None:
        return {}
    return _exact(network, held, 0)


def equations(shown: Mapping[Key, int], least: Mapping[Key, int], sums: Sequence[Sum]) -> list[Row]:
    """What the sums say of the hidden figures. Raises Impossible where figures shown do not add up."""
    rows: list[Row] = []
    for total, parts in sums:
        if not all(key in shown or key in least for key in (total, *parts)):
            continue
        factors = {key: 1 for key in parts if key in least}
        rest = -sum(shown[key] for key in parts if key not in least)
        if total in least:
            factors[total] = -1
        else:
            rest += shown[total]
        if factors:
            rows.append((factors, rest))
        elif rest:
            raise Impossible("a total is not the sum of its parts")
    return rows


def propagate(rows: Sequence[Row], bounds: Bounds) -> Bounds:
    """The bounds that follow from each equation by itself, until none can be drawn closer, or `MOST_ROUNDS` times."""
    bounds = dict(bounds)
    for _ in range(MOST_ROUNDS):
        moved = [_draw_closer(factors, rest, bounds) for factors, rest in rows]
        if not any(moved):
            break
    return bounds


def _draw_closer(factors: Mapping[Key, int], rest: int, bounds: Bounds) -> bool:
    lows = {key: factor * bounds[key][0 if factor > 0 else 1] for key, factor in factors.items()}
    highs = {key: factor * bounds[key][1 if factor > 0 else 0] for key, factor in factors.items()}
    least, most, moved = sum(lows.values()), sum(highs.values()), False
    for key, factor in factors.items():
        low, high = bounds[key]
        at_least, at_most = rest - (most - highs[key]), rest - (least - lows[key])
        if factor < 0:
            at_least, at_most = at_most, at_least
        new = max(low, ceil(at_least / factor)), min(high, floor(at_most / factor))
        if new[0] > new[1]:
            raise Impossible("no whole numbers fit these sums")
        if new != (low, high):
            bounds[key], moved = new, True
            # The sums above were made with the old bounds, which are wider: still true, and used up next time round.
    return moved


def eliminate(rows: Sequence[Row]) -> list[Row]:
    """The equations solved against each other: a figure that they pin down stands alone in one of them."""
    left = [(dict(factors), rest) for factors, rest in rows]
    solved: list[Row] = []
    while left:
        factors, rest = left.pop()
        if not factors:
            if rest:
                raise Impossible("two sums contradict each other")
            continue
        pivot = min(factors, key=lambda key: (abs(factors[key]), str(key)))
        left = [_without(pivot, (factors, rest), row) for row in left]
        solved = [_without(pivot, (factors, rest), row) for row in solved]
        solved.append((factors, rest))
    return solved


def _without(pivot: Key, by: Row, row: Row) -> Row:
    factor = row[0].get(pivot, 0)
    if not factor:
        return row
    of_pivot = by[0][pivot]
    if factor % of_pivot == 0:
        keep, take = 1, factor // of_pivot
    else:
        keep, take = of_pivot, factor
    mixed = {key: keep * value for key, value in row[0].items()}
    for key, value in by[0].items():
        mixed[key] = mixed.get(key, 0) - take * value
    return {key: value for key, value in mixed.items() if value}, keep * row[1] - take * by[1]


def _exact(network: Network, least: Mapping[Key, int], enough: int) -> Bounds:
    if not network.fill():
        raise Impossible("no whole numbers fit these sums")
    exact: Bounds = {}
    for key in least:
        down, up = network.play(key, enough)
        exact[key] = (down, min(up, BOUNDLESS))
    return exact
