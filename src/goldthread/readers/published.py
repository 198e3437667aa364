"""Files of published figures, as the sandbox's child reads them: which kinds there are, and the answer in bytes."""

from collections.abc import Callable, Mapping, Sequence

from goldthread.kernel.benchmark_bytes import Published, to_bytes
from goldthread.kernel.reading import Refused
from goldthread.readers.csv_guard import FETCH
from goldthread.readers.handed import Handed
from goldthread.readers.lait import read_lait_bytes, read_neighbours_bytes, read_outcomes_bytes

KINDS: Mapping[str, Callable[[bytes, str], Published]] = {
    "lait": read_lait_bytes,
    "neighbours": read_neighbours_bytes,
    "outcomes": read_outcomes_bytes,
}
"""What a published file may be, and what reads it."""
OF_FIGURES = ("lait", "neighbours")
"""What ours is compared with; the columns tell which of these a file is."""


NEITHER = (
    "This is neither a download of the Local Authority Interactive Tool nor a table of statistical neighbours: "
    "its columns are not those of either."
)


def answer(files: Sequence[Handed], kind: str) -> bytes:
    """The figures of the one file that was handed over; `any` leaves it to its columns what they are.

    Raises Refused where it is not of that kind.
    """
    if len(files) != 1 or kind not in {*KINDS, "any"}:
        raise Refused("Published figures come as one file.", "Choose the file itself, not a folder.", code="file")
    read = KINDS.get(kind, _any)
    return to_bytes(read(files[0].data, files[0].called))


def _any(data: bytes, name: str) -> Published:
    for kind in OF_FIGURES:
        try:
            return KINDS[kind](data, name)
        except Refused as refusal:
            if refusal.code != "columns":
                raise
    raise Refused(NEITHER, FETCH, code="columns")
