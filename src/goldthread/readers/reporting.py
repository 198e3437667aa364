"""A return read and checked where it was read, so that only the report of it leaves: the answer of a child process.

The tables of a large return would else be written down, handed over and read again by a process that has to load
everything a second time. What the child tells is in two parts: a line of JSON (`kernel.checked_return.Outcome`), and
behind it the issues as text, in pieces. A column that could break what checks it breaks the child alone.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from goldthread.kernel.checked_return import Piece, Wanted, outcome_of
from goldthread.readers import read_files
from goldthread.readers.handed import Handed


def answer(files: list[Handed], asked: Mapping[str, str], most: int) -> Iterator[Piece]:
    """What is told of the files: the outcome, and the issues in pieces. Raises Refused before any of it.

    The list of files is emptied once they were read, so that their bytes need not be held beside the tables.
    """
    year = int(asked["year"]) if "year" in asked else None
    reading = read_files(files, form=asked["form"], year=year, most=most, parted=True)
    files.clear()
    outcome, pieces = outcome_of(reading, _wanted(asked))
    told = json.dumps(outcome.told()).encode()
    return _behind(len(told).to_bytes(8, "big") + told, pieces)


def _behind(first: bytes, pieces: Iterator[Piece]) -> Iterator[Piece]:
    yield lambda file: file.write(first)
    yield from pieces


def _wanted(asked: Mapping[str, str]) -> Wanted:
    limits = dict(one.split(":") for one in asked["settings"].split(",")) if "settings" in asked else {}
    return Wanted(
        today=date.fromisoformat(asked["today"]),
        written=asked["report"],
        as_at=date.fromisoformat(asked["as_at"]) if "as_at" in asked else None,
        settings={name: int(value) for name, value in limits.items()},
        only=frozenset(asked["only"].split(",")) if "only" in asked else None,
    )
