"""Several files as one: what is sealed where more than one file was handed in together.

The package is a zip that we make ourselves, with nothing squeezed and no times, so that the same files in the same
order give the same bytes, and the same SHA-256. `parts` tell what is in it; each part's own SHA-256 is on the receipt.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NOW, BEFORE = "now", "before"
"""Whether a file is of the return that is handed in, or of the one of the year before."""

MOST_BESIDES = 1 << 16
"""How many bytes the package itself takes at most, besides those of its files."""

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


@contextmanager
def package(paths: Sequence[str], parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A path at which the package of these files can be read; held in memory only, and gone afterwards."""
    with _in_memory() as (held, path):
        with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as book:
            for source, part in zip(paths, parts, strict=True):
                with (
                    Path(source).open("rb") as clear,
                    book.open(zipfile.ZipInfo(_member(part["at"]), _NO_TIME), "w") as member,
                ):
                    while chunk := clear.read(_CHUNK):
                        member.write(chunk)
        held.flush()
        yield path


def part_of(path: str, name: str, when: str, at: int) -> dict[str, Any]:
    """What the row says of one file of a package: its name, its size, its SHA-256, and where it lies."""
    with Path(path).open("rb") as clear:
        digest = hashlib.file_digest(clear, "sha256").hexdigest()
    return {"name": name, "size": Path(path).stat().st_size, "sha256": digest, "when": when, "at": at}


@contextmanager
def unpacked(data: bytes, parts: Sequence[Mapping[str, Any]], when: str) -> Iterator[str]:
    """A path to the files of one return of a package: the one file as it was sent, or a zip of several."""
    wanted = [part for part in parts if part["when"] == when]
    with zipfile.ZipFile(io.BytesIO(data)) as book, _in_memory() as (held, path):
        if len(wanted) == 1:
            held.write(book.read(_member(wanted[0]["at"])))
        else:
            with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as again:
                for part, name in zip(wanted, _apart(wanted), strict=True):
                    again.writestr(zipfile.ZipInfo(name, _NO_TIME), book.read(_member(part["at"])))
        held.flush()
        yield path


def _member(at: int) -> str:
    return f"{at:03}"


def _apart(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of files, a number before those that are there twice."""
    names = [part["name"] for part in parts]
    return [f"{place} {name}" if names.count(name) > 1 else name for place, name in enumerate(names, 1)]


@contextmanager
def _in_memory() -> Iterator[tuple[Any, str]]:
    handle = os.memfd_create("package", os.MFD_CLOEXEC)
    with os.fdopen(handle, "w+b") as held:
        yield held, f"/proc/{os.getpid()}/fd/{handle}"
