"""Files of published figures, read in the sandbox: a public table may be as broken or as hostile as any other file."""

from pathlib import Path

from goldthread.engines.sandbox import Asked, Limits, made_safely
from goldthread.kernel.benchmark_bytes import Published, from_bytes
from goldthread.kernel.refusal import Refused

FEWER = "Take fewer years or fewer measures into the download, and load that."
LIMITS = Limits(memory_bytes=2_500_000_000, cpu_seconds=60, wall_seconds=90.0)
"""More than for a workbook: a whole download has a quarter of a million rows."""

_SAYS = {
    "memory": "This file needs more memory than a table of published figures should.",
    "time": "This file took too long to read.",
    "answer": "This file holds more than can be read in one go.",
    "file": "This file is bigger than a table of published figures should be.",
    "crash": "This file could not be opened safely.",
}


def read_published(path: Path | str, kind: str = "any", *, limits: Limits = LIMITS) -> Published:
    """The figures (`lait`), neighbours (`neighbours`) or Ofsted's outcomes (`outcomes`) in a file.

    Where none is asked for its columns tell whether it holds figures or neighbours.

    Raises Refused, in plain English, for everything the file may do, OSError only where it cannot be opened.
    """
    try:
        return made_safely(path, from_bytes, limits=limits, asked=Asked(published=kind))
    except Refused as refusal:
        if refusal.code not in _SAYS:
            raise
        raise Refused(_SAYS[refusal.code], FEWER, code=refusal.code) from None
