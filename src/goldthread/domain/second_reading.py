"""Which files are read a second time, and by whom: the share, the seed and the order that follows from them.

A file stands in the order by a keyed hash of its number, so that the same seed picks the same files again, and a
greater share picks those and more.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from goldthread.domain.sampling.ranking import rank

ALGORITHM = "second-reading-1"
USUAL_SHARE = 20
"""Per cent of a sample that is read twice unless the lead says otherwise: our own choice. Twenty to thirty files read
twice are the least that says much of agreement, so a small sample needs a greater share."""


def how_many(files: int, share: int) -> int:
    """How many files a share in per cent makes, rounded up. Raises ValueError outside 1 to 100."""
    if not 1 <= share <= 100:
        raise ValueError("a share lies from 1 to 100 per cent")
    return ceil(files * share / 100)


def order(numbers: Iterable[int], seed: str) -> list[int]:
    """Files by their numbers, in the order in which a seed picks them."""
    return sorted(numbers, key=lambda number: rank(seed, "second reading", str(number), ALGORITHM))


def readers_in_turn(
    files: Sequence[int], able: Mapping[int, Sequence[str]], load: Mapping[str, int]
) -> dict[int, str]:  # fmt: skip
    """Who reads each file: of those able, always whoever has fewest, then by name. Files that nobody can read fall out.

    `load` is how many second readings each has already.
    """
    has, found = dict(load), {}
    for number in files:
        people = sorted(able.get(number, ()))
        if people:
            reader = min(people, key=lambda one: has.get(one, 0))
            found[number] = reader
            has[reader] = has.get(reader, 0) + 1
    return found
