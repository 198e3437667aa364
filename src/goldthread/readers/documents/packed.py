"""Documents packed in a zip, taken out one by one: what is wrong with one keeps no other back.

A zip can lie about how much it holds and where that would be put. Nothing is written to a disk, no name is followed,
and a zip within a zip is not opened.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from goldthread.kernel.refusal import Refused
from goldthread.readers.documents.kinds import ending_of
from goldthread.readers.handed import is_meant

MEGABYTE = 1024 * 1024
MOST_TOLD, MOST_DIRECTORY = 5_000, 2 * MEGABYTE
"""A directory of more entries, or of more bytes, is not read at all."""

MOST_WHOLE = 400 * MEGABYTE
"""What the documents of one zip may be together, unpacked."""

RATIO, RATIO_FROM = 250, MEGABYTE
"""A document that would unpack to so many times its packed size, and to a megabyte at least, is a bomb."""

_CHUNK = 256 * 1024
_PACKED = frozenset({"zip", "7z", "rar", "gz", "tar"})
_PACK_AGAIN = "Pack the documents afresh, without a password, or choose them together without packing them."
_PASSWORD = (
    "It is protected with a password, so it cannot be taken out.",
    "Pack it again without the password. Please do not send the password.",
)
_NOT_SOUND = (
    "It is not packed as a document should be, and could be unsafe to open.",
    "Send this document by itself, without packing it.",
)
_OFFICE = (frozenset({"[Content_Types].xml"}), frozenset({"mimetype", "META-INF/manifest.xml"}))
"""What every workbook, letter or set of slides of today has among its parts: such a file is itself a zip."""
_MISNAMED = (
    "This file is named as a zip file, but is itself a document: a workbook, a letter or slides.",
    "Open it with the program that made it, save it under its own kind (.docx, .xlsx, .odt), and send that file.",
)
_BOMB = (
    "It would unpack to far more than a document should hold, so it was not opened.",
    "Send this document by itself, saved as PDF without what is not needed.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a zip: the name that it was packed under, and its bytes in memory, or why it was not taken out.

    Whoever is given it closes `held`.
    """

    name: str
    held: IO[bytes] | None = None
    refused: Refused | None = None


def taken_out(path: Path | str, *, cap: int, most: int) -> Iterator[Entry]:
    """Each document of the zip at a path, in its order: at most `most`, none larger than `cap` bytes.

    Raises Refused where it is no sound zip, has more entries than are looked at, or holds no document.
    """
    with Path(path).open("rb") as packed:
        _small_enough(packed, most)
        try:
            archive = zipfile.ZipFile(packed)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
            raise _damaged() from None
        with closing(archive):
            names = {one.filename for one in archive.infolist()}
            if any(parts <= names for parts in _OFFICE):
                raise Refused(*_MISNAMED, code="mislabelled")
            meant = [one for one in archive.infolist() if not one.is_dir() and _meant(one.filename)]
            if not meant:
                raise Refused("There is no document in this zip file.", "Put the documents into it.", code="empty")
            yield from _each(archive, meant[:most], cap)
    if left := meant[most:]:
        says = f"A zip file may hold {most} documents, and this one holds {len(meant):,}."
        name = _told(left[0].filename) if len(left) == 1 else f"The last {len(left):,} documents of the zip file"
        yield Entry(name, refused=Refused(says, "Pack them into several zip files.", code="too-many"))


def _meant(name: str) -> bool:
    """What leads out of the zip was put there on purpose, and is told of."""
    return name.startswith("..") or is_meant(name)


def _small_enough(packed: IO[bytes], most: int) -> None:
    """The record at the end says how long the list of entries is; that is asked before the list is read."""
    end = packed.seek(0, os.SEEK_END)
    start = packed.seek(max(0, end - 65_557))
    tail = packed.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise _damaged()
    parts, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    # The list lies before its record: what it really takes is no more than lies there, whatever the record says.
    if parts > MOST_TOLD or min(size, start + at) > MOST_DIRECTORY:
        raise Refused(
            f"This zip file lists more than {MOST_TOLD:,} files, so it was not opened.",
            f"Pack at most {most} documents into one zip file.",
            code="too-many",
        )


def _damaged() -> Refused:
    return Refused("This zip file is damaged or was cut short.", _PACK_AGAIN, code="damaged")


def _each(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], cap: int) -> Iterator[Entry]:
    whole = 0
    for part in parts:
        name = _told(part.filename)
        try:
            _sound(part, cap)
            whole += part.file_size
            if whole > MOST_WHOLE:
                most = MOST_WHOLE // MEGABYTE
                raise Refused(
                    f"With it the documents of this zip file would unpack to more than {most} MB.",
                    "Pack them into several zip files.", code="total",
                )  # fmt: skip
            held = _inflated(archive, part)
        except Refused as refused:
            yield Entry(name, refused=refused)
        else:
            yield Entry(name, held)


def _told(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[:160] or "A document without a name"


def _sound(part: zipfile.ZipInfo, cap: int) -> None:
    """What the list says of one entry. Raises Refused."""
    name = part.orig_filename
    if "\x00" in name or "\\" in name or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        raise Refused(
            "Its name leads out of the zip file, as no document's should.",
            "Send this document by itself, or pack it again from its folder.",
            code="name",
        )
    if stat.S_ISLNK(part.external_attr >> 16):
        raise Refused("It is a link to another file, not a document.", "Pack the document itself.", code="link")
    if part.flag_bits & 0x41:
        raise Refused(*_PASSWORD, code="password")
    if ending_of(name) in _PACKED:
        raise Refused(
            "It is packed itself, and what is packed twice is not opened.",
            "Take the documents out of it, and pack them into the first.",
            code="zip-in-zip",
        )
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(*_NOT_SOUND, code="packing")
    if part.file_size > RATIO_FROM and part.file_size > RATIO * max(part.compress_size, 1):
        raise Refused(*_BOMB, code="ratio")
    if part.file_size > cap:
        raise Refused(f"It is larger than {cap // MEGABYTE} MB.", "Divide it, and send the parts.", code="file")


def _inflated(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> IO[bytes]:
    """The bytes of one entry, held in the kernel's memory. No more than the list says is ever unpacked."""
    held = os.fdopen(os.memfd_create("document", os.MFD_CLOEXEC), "w+b")
    try:
        with archive.open(part) as packed:
            while chunk := packed.read(_CHUNK):
                held.write(chunk)
        held.flush()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        held.close()
        raise Refused(
            "It is damaged within the zip file, or is not as long as the zip file says.",
            "Check that the document opens, and send it by itself.",
            code="damaged",
        ) from None
    return held
