"""The sandbox's child: reads what it was handed open, within limits it puts on itself, and answers in bytes.

Run by `engines.sandbox` as `python -I -m goldthread.readers`, the file as standard input and the limits as arguments,
after them what was asked for: `form=cin`, `year=2026`, `most=100000000` (bytes of one file), `mends=dates,case` for
what these mends change in a return's files (`kernel.mends`), `report=csv` for what the Department's rules say of a
return (`readers.reporting`), or `published=lait` for published figures. A folder of
files stands open under the number that `folder=3` says, and a file of corrections under that of `corrections=4`.
Nothing here may import a parser before the limits are set. The answer on standard output is a reading
(`kernel.reading.to_bytes`) or a refusal; anything else, or death, is for the parent to explain.
"""

import ctypes
import gc
import io
import os
import resource
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from goldthread.kernel.engine import IN_MEMORY, start_workers

if TYPE_CHECKING:
    from goldthread.kernel.checked_return import Piece
    from goldthread.readers.handed import Handed

REFUSED = b"goldthread-refused-1\n"
_PR_SET_NO_NEW_PRIVS = 38
THREADS = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OMP_NUM_THREADS")
"""What the libraries ask, as they are loaded, for how many threads they may start."""


def _limit(kind: int, value: int) -> None:
    """Set a limit for good. A limit already lower stays as it is."""
    _, hard = resource.getrlimit(kind)
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (allowed, allowed))


def set_limits(memory: int, seconds: int, files: int) -> None:
    """Memory in bytes of address space, processor seconds, open files; no file written, no core, no new rights."""
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, files)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _no_more_processes() -> None:
    """No process or thread may be started from here on. It binds every user but root."""
    _limit(resource.RLIMIT_NPROC, 0)


ONE_THREAD = dict.fromkeys(THREADS, "1")
"""What is set for the libraries. Of two threads the one looks for work while the other has it: a twentieth of a check,
for the questions are small, and what is written in Python goes on beside the one anyway."""


def warm(pl: Any) -> None:
    """Use each engine of Polars once, since each starts its thread when it is first used: a thread that may not be
    started any more is waited for without end. Root may always start one, so only other users ever met this."""
    asked = pl.DataFrame({"warm": ["x"]}).lazy().select(pl.col("warm").str.len_bytes())
    asked.collect()
    asked.collect(engine=IN_MEMORY)
    pl.read_csv(b"warm\nx\n", has_header=False, infer_schema=False)
    held = io.BytesIO()
    pl.DataFrame({"warm": ["x"]}).write_parquet(held)
    pl.read_parquet(io.BytesIO(held.getvalue()))
    pl.scan_parquet(io.BytesIO(held.getvalue())).select(pl.len()).collect()


def _answer(data: bytes) -> None:
    with os.fdopen(1, "wb", closefd=False) as out:
        out.write(data)


def _answer_in_pieces(pieces: "Iterable[bytes | Piece]") -> None:
    """Answer a piece at a time, each as soon as it is made. The whole need not be held."""
    for piece in pieces:
        if isinstance(piece, bytes):
            _answer(piece)
            continue
        with os.fdopen(1, "wb", closefd=False) as out:
            piece(out)


def _handed_over(descriptor: str) -> bytes:
    with os.fdopen(int(descriptor), "rb") as held:
        return held.read()


def _refusal(reason: str, mend: str, code: str) -> bytes:
    import json

    return REFUSED + json.dumps({"reason": reason, "mend": mend, "code": code}).encode()


def _year(asked: dict[str, str]) -> int | None:
    return int(asked["year"]) if "year" in asked else None


def _told(held: "list[Handed]", asked: dict[str, str], most: int) -> "Iterable[bytes | Piece]":
    """The answer about files that were handed over, by what was asked for, in pieces. Raises Refused."""
    if "report" in asked:
        from goldthread.readers import reporting

        return reporting.answer(held, asked, most)
    return (_told_at_once(held, asked, most),)


def _told_at_once(held: "list[Handed]", asked: dict[str, str], most: int) -> bytes:
    if "published" in asked:
        from goldthread.readers import published

        return published.answer(held, asked["published"])
    if "mends" in asked:
        from goldthread.readers import mending

        codes = asked["mends"].split(",")
        return mending.answer(held, asked.get("form"), _year(asked), codes, most, copy="copy" in asked)
    from goldthread.kernel.corrections import from_bytes
    from goldthread.kernel.reading import to_bytes
    from goldthread.readers import read_files

    said = from_bytes(_handed_over(asked["corrections"])) if "corrections" in asked else None
    return to_bytes(read_files(held, form=asked.get("form"), year=_year(asked), most=most, corrections=said))


def main(arguments: list[str]) -> int:
    """Read standard input and answer. The arguments are the limits (bytes, seconds, files) and what was asked for."""
    memory, seconds, files = (int(argument) for argument in arguments[:3])
    asked = dict(argument.split("=", 1) for argument in arguments[3:])
    set_limits(memory, seconds, files)
    os.environ.update(ONE_THREAD)
    # What is loaded stays: to look through it for what may go, again and again while it grows, is a tenth of loading.
    gc.disable()
    # The parsers and their threads are started while they still may be, and before a byte of the file is looked at.
    import polars as pl

    from goldthread.kernel import corrections  # noqa: F401 - fetched before processes and files are closed to us
    from goldthread.kernel.reading import Refused
    from goldthread.readers import modules_for
    from goldthread.readers.handed import MOST_BYTES, read_opened

    for module in modules_for(asked):
        import_module(module)
    gc.freeze()
    gc.enable()
    warm(pl)
    if "report" in asked:
        start_workers()
    _no_more_processes()
    try:
        most = int(asked.get("most", MOST_BYTES))
        # No name is kept for what was handed over: it is let go as soon as it has been read.
        _answer_in_pieces(_told([*read_opened(int(asked.get("folder", 0)), most)], asked, most))
    except Refused as refused:
        _answer(_refusal(refused.reason, refused.mend, refused.code))
    except MemoryError:
        os._exit(137)
    except BaseException:  # whatever a parser raises, its words may hold cells of the file
        os._exit(134)
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
