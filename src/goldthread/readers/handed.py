"""What was handed in: one file, the files of a folder, or those packed in a zip, each with its name and its bytes.

Nothing is unpacked to disk, no link is followed, and a zip within a zip is not opened.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goldthread.kernel.reading import Refused
from goldthread.readers.guard import Container, open_container, sniff

PARQUET = b"PAR1"
MOST_FILES = 200
MOST_BYTES = 100_000_000
MOST_BYTES_TOGETHER = 300_000_000

_NOT_MEANT = ("__MACOSX/", ".", "~$", "Thumbs.db", "desktop.ini")
PACK_AGAIN = "Pack the files of the return into a new zip, without a password, or send them as they are."


@dataclass(frozen=True, slots=True)
class Handed:
    """One file: the name it had, which is only ever told and never opened, and its bytes."""

    name: str
    data: bytes

    @property
    def called(self) -> str:
        """Its name, short and plain enough to be told."""
        name = "".join(letter for letter in self.name if letter.isprintable()) or "the file"
        return name if len(name) <= 60 else f"{name[:57]}..."


def _too_big() -> Refused:
    return Refused(
        "A file of this return is bigger than can be read safely.",
        "Check that it is the right file and holds one authority and one year; keep only those rows, and send it.",
        code="file",
    )


def _too_much() -> Refused:
    return Refused(
        "These files are together bigger than can be read safely.",
        "Keep only the files of the return of one year, and send those.",
        code="folder",
    )


def _too_many() -> Refused:
    return Refused(
        f"There are more than {MOST_FILES} files here; a return has about a dozen.",
        "Put the files of the return alone into a folder, and send that.",
        code="too-many-files",
    )


def is_meant(name: str) -> bool:
    """Whether a file was handed in on purpose: systems leave files of their own in folders and zips."""
    return not name.startswith(_NOT_MEANT) and not name.rpartition("/")[2].startswith(_NOT_MEANT)


def _read_open(descriptor: int, most: int) -> bytes:
    """The bytes of an open file. Raises Refused where there are too many."""
    with os.fdopen(descriptor, "rb") as held:
        data = held.read(most + 1)
    if len(data) > most:
        raise _too_big()
    return data


def read_folder(folder: int, most: int = MOST_BYTES) -> tuple[Handed, ...]:
    """The files of an open folder, by name; folders within it, links and devices are passed over."""
    files: list[Handed] = []
    left = 3 * most
    names = sorted(entry.name for entry in os.scandir(folder) if is_meant(entry.name))
    if len(names) > MOST_FILES:
        raise _too_many()
    for name in names:
        with suppress(OSError):
            opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                os.close(opened)
                continue
            data = _read_open(opened, most)
            left -= len(data)
            if left < 0:
                raise _too_much()
            files.append(Handed(name, data))
    return tuple(files)


def read_path(path: Path | str, most: int = MOST_BYTES) -> tuple[Handed, ...]:
    """The file of that name, or the files of that folder. Raises OSError where it cannot be opened."""
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    return read_opened(opened, most, Path(path).name)


def read_opened(opened: int, most: int = MOST_BYTES, name: str = "") -> tuple[Handed, ...]:
    """The file, or the files of the folder, that stands open; it is closed afterwards."""
    if not stat.S_ISDIR(os.fstat(opened).st_mode):
        return (Handed(name, _read_open(opened, most)),)
    try:
        return read_folder(opened, most)
    finally:
        os.close(opened)


def _members(container: Container, most: int) -> Iterator[Handed]:
    together = 0
    for name in container.parts:
        if name.endswith("/") or not is_meant(name):
            continue
        pieces: list[bytes] = []
        size = 0
        for chunk in container.chunks(name):
            size += len(chunk)
            if size > most:
                raise _too_big()
            pieces.append(chunk)
        together += size
        if together > 3 * most:
            raise _too_much()
        yield Handed(name, b"".join(pieces))


def _zip(data: bytes) -> Container | None:
    """The container in these bytes where it is a plain zip; None where it is a workbook or some other document."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        container = open_container(data)
        sniff(container)
    except Refused as refused:
        if refused.code != "zip":
            return None
        return container
    return None


def unpack(files: tuple[Handed, ...], most: int = MOST_BYTES) -> tuple[Handed, ...]:
    """The files, those of a zip in place of the zip where it is the only one. Raises Refused where it is not sound.

    A zip that holds nothing but workbooks or pictures is left packed, for the reader of workbooks to refuse.
    """
    if len(files) != 1:
        return files
    container = _zip(files[0].data)
    if container is None:
        return files
    if sum(is_meant(name) and not name.endswith("/") for name in container.parts) > MOST_FILES:
        raise _too_many()
    try:
        held = tuple(_members(container, most))
    except Refused as refused:
        if refused.code in ("file", "folder"):
            raise
        raise Refused(
            "This zip file is damaged, or is not built as it should be.", PACK_AGAIN, code=refused.code
        ) from None
    if any(one.data.startswith(b"PK\x03\x04") and _zip(one.data) is not None for one in held):
        raise Refused("There is a zip file within this zip file.", PACK_AGAIN, code="zip-in-zip")
    return held if any(_is_text(one.data) or one.data.startswith(PARQUET) for one in held) else files


def _is_text(data: bytes) -> bool:
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or (bool(data) and b"\x00" not in data[:4096])
