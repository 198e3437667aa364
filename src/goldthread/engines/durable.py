"""Files written so that they are there after the power fails: whole under their own name, or not at all.

A file is written under a temporary name in the same folder, flushed to the disk, renamed, and then the folder is
flushed; only after that may anyone be told that it is kept.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from goldthread.kernel.reading import Refused

LEFTOVER = ".part-"
"""What the names of files not yet whole begin with. One found after a restart belongs to nobody."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class StoreDamaged(Exception):
    """What lies in the store is not what was put there, or is gone. It must be restored from a backup."""


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last: without it a renamed file may be gone after the power fails."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def no_room() -> Refused:
    """The refusal when the disk is full: nothing of the file was kept."""
    return Refused(
        "There is no room left to keep this file, so nothing of it was kept.",
        "Tell the person who looks after this service that its disk is full, and send the file again later.",
        code="disk-full",
    )


@contextmanager
def part_file(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A temporary file in the folder, gone again at the end unless it was renamed. Raises Refused on a full disk."""
    path = folder / f"{LEFTOVER}{secrets.token_hex(12)}"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as held:
            yield path, held
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise no_room() from None
        raise
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def settle(part: Path, held: BinaryIO, name: Path) -> None:
    """Flush the temporary file, give it its name, and flush its folder. After this it is kept."""
    held.flush()
    os.fsync(held.fileno())
    part.rename(name)
    flush_folder(name.parent)


def make_folder(folder: Path) -> Path:
    """The folder, made with its parents if it is not there, its own name flushed. Only the owner may look into it."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        flush_folder(folder.parent)
    return folder


def sweep_leftovers(folder: Path) -> int:
    """Remove what an interrupted write left behind, and say how many. Call it when nothing is being written."""
    count = 0
    for path in sorted(folder.glob(f"{LEFTOVER}*")):
        path.unlink(missing_ok=True)
        count += 1
    if count:
        flush_folder(folder)
    return count
