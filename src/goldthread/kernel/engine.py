"""Which engine of Polars works out what the kernel asks."""

from typing import Final, Literal

IN_MEMORY: Final[Literal["in-memory"]] = "in-memory"
"""The engine that works on whole columns. What is handed in fits into memory, and stands there when it is asked.

Polars would else divide every question into a stream of pieces, which pays for files that are larger than memory; for
the hundreds of small questions that a check asks it costs half as much again, and for the smallest three times as much.
"""

STREAMING: Final[Literal["streaming"]] = "streaming"
"""The engine that takes a file piece by piece: for the few rows wanted of a large one on disk, such as a directory."""
