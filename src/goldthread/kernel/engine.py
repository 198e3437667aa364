"""Which engine of Polars works out what the kernel asks, and the threads that wait for it."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final, Literal

IN_MEMORY: Final[Literal["in-memory"]] = "in-memory"
"""The engine that works on whole columns. What is handed in fits into memory, and stands there when it is asked.

Polars would else divide every question into a stream of pieces, which pays for files that are larger than memory; for
the hundreds of small questions that a check asks it costs half as much again, and for the smallest three times as much.
"""

STREAMING: Final[Literal["streaming"]] = "streaming"
"""The engine that takes a file piece by piece: for the few rows wanted of a large one on disk, such as a directory."""


WORKERS: Final = 2
"""So many passes over tables at the most are worked out at once, while the next are being asked."""

_pool: list[ThreadPoolExecutor] = []


def workers() -> ThreadPoolExecutor:
    """The threads that wait for what Polars works out, which leaves Python free; all checks of a process share them."""
    if not _pool:
        _pool.append(ThreadPoolExecutor(max_workers=_so_many(), thread_name_prefix="passes"))
    return _pool[0]


def _so_many() -> int:
    """No more than Polars can work on at once."""
    import polars as pl

    return min(WORKERS, pl.thread_pool_size())


def start_workers() -> None:
    """Start those threads now: a process that may start none later must do so before."""
    met = Barrier(_so_many() + 1)
    for _ in range(_so_many()):
        workers().submit(met.wait)
    met.wait()


# A process that another has made by copying itself has none of its threads.
os.register_at_fork(after_in_child=_pool.clear)
