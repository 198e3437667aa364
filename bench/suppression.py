"""Prove that no small count of a published table can be worked out: random tables, linked pairs, pairs over time.

`python bench/suppression.py --tables 10000 --linked 1000 --pairs 500`; fewer of each for a quick look.
"""

import argparse
import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

from tests.domain.random_tables import attacked, random_table  # noqa: E402

from goldthread.domain.disclosure import (  # noqa: E402
    DFE_LA,
    CrossTable,
    Outcome,
    Release,
    against_released,
    suppress,
    suppress_linked,
)


def tables(count: int, seed: int) -> bool:
    """Random tables of one, two and three dimensions, a third of each."""
    chance, sound = random.Random(seed), True
    everything: list[float] = []
    for dimensions in (1, 2, 3):
        small, narrow, unsafe, extra, started = 0, 0, 0, [], time.monotonic()
        for _ in range(count // 3):
            table = random_table(chance, dimensions)
            safe = suppress(table, DFE_LA)
            if not safe.safe:
                unsafe += 1
                continue
            small += len(safe.primary)
            narrow += sum(high - low < DFE_LA.width for low, high in attacked(table, safe).values())
            if safe.primary:
                extra.append(len(safe.secondary) / len(safe.primary))
        everything += extra
        sound &= narrow == 0
        print(
            f"{dimensions} dimensions: {count // 3:,} tables, {small:,} small figures, {narrow} narrowed below "
            f"{DFE_LA.width}, {unsafe:,} told to combine, median extra {statistics.median(extra):.2f} for each, "
            f"{time.monotonic() - started:.0f} s"
        )
    print(f"all: median extra {statistics.median(everything):.2f} for each small figure")
    return sound


def linked(count: int, seed: int) -> bool:
    """A table and the same for a part of its children: no small figure of either, or of the rest, may be found."""
    chance, found, unsafe = random.Random(seed), 0, 0
    for _ in range(count):
        whole = random_table(chance, chance.choice((1, 2)))
        part = CrossTable(whole.dimensions, {key: chance.randint(0, count) for key, count in whole.counts.items()})
        one, other = suppress_linked(whole, part, DFE_LA)
        if not one.safe:
            unsafe += 1
            continue
        for key, value in whole.values().items():
            small = 1 <= value - part.values()[key] <= DFE_LA.floor
            found += small and "c" not in (one.cells[key], other.cells[key])
        for table, safe in ((whole, one), (part, other)):
            found += sum(high - low < DFE_LA.width for low, high in attacked(table, safe).values())
    print(f"linked: {count:,} pairs, {found} small figures found, {unsafe:,} told to combine")
    return found == 0


def over_time(count: int, seed: int) -> bool:
    """A table and the same a month later: a figure that moved by 1 to 7 may not be published unrounded."""
    chance, through = random.Random(seed), 0
    outcomes = dict.fromkeys(Outcome, 0)
    for _ in range(count):
        first = random_table(chance, 2)
        moved = {key: max(0, value + chance.choice((0, 0, 0, -9, 12, 1, -3))) for key, value in first.counts.items()}
        second = CrossTable(first.dimensions, moved)
        names = tuple(dimension.name for dimension in first.dimensions)
        profile = chance.choice(("dfe-la", "strict"))
        old = Release("March", "Invented", "a", date(2025, 3, 31), names, first.values(), profile)
        new = Release("April", "Invented", "b", date(2025, 4, 30), names, second.values(), "dfe-la")
        ruling = against_released(new, [old])
        outcomes[ruling.outcome] += 1
        close = any(1 <= abs(value - first.values()[key]) <= 7 for key, value in second.values().items())
        through += close and ruling.outcome is Outcome.ALLOWED
    print(
        f"over time: {count:,} pairs, {through} let through, {', '.join(f'{o.value} {n}' for o, n in outcomes.items())}"
    )
    return through == 0


def main() -> int:
    """Run all three proofs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--linked", type=int, default=1_000)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()
    sound = [tables(args.tables, args.seed), linked(args.linked, args.seed + 1), over_time(args.pairs, args.seed + 2)]
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
