"""Bringing several orders of the same things together into one."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)

K = 60
"""How little the very first places count more than the next. [Cormack, Clarke and Büttcher, SIGIR 2009: 60]"""


def fused(*orders: Sequence[Thing], k: int = K, weights: Sequence[float] = ()) -> list[Thing]:
    """By reciprocal rank: a thing's worth is the sum, over the orders that have it, of 1 / (k + its place there).

    Places count from 1. Things of equal worth stand as they were met: first order first. `weights` says how much each
    order counts; without it all count alike.
    """
    worth: dict[Thing, float] = {}
    for order, weight in zip(orders, weights or [1.0] * len(orders), strict=True):
        for place, thing in enumerate(dict.fromkeys(order), 1):
            worth[thing] = worth.get(thing, 0.0) - weight / (k + place)
    # Below nothing, so that the most comes first without turning what is equal round.
    return sorted(worth, key=worth.__getitem__)
