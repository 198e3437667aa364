"""What a file must be before any parser sees it: a sound container of a kind that can be read safely.

The limits are those of the house's upload recipe. A spreadsheet is a zip file, and a zip file can lie: about how
big its parts are, about where they lie, about how often a name occurs. Each lie is looked for here, with the
standard library only, and every refusal says how to mend the file without repeating anything from it.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goldthread.kernel.refusal import Refused

SAVE_AS_XLSX = "Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and send that file."
SAVE_AFRESH = "Open it in Excel or LibreOffice, save it afresh as .xlsx, check that it opens, and send the new file."
LISTS_ONLY = "Copy the lists as plain values into a new workbook, save it as .xlsx, and send that file."

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class ContainerLimits:
    """How big a container and its parts may be. A real workbook of 33,000 rows inflates 14 to 1."""

    file_bytes: int = 100 * MEGABYTE
    parts: int = 4_000
    total_bytes: int = 400 * MEGABYTE
    part_bytes: int = 250 * MEGABYTE
    ratio: int = 250
    ratio_from_bytes: int = 1 * MEGABYTE
    directory_bytes: int = 4 * MEGABYTE


LIMITS = ContainerLimits()

_BY_FIRST_BYTES: tuple[tuple[bytes, str, str, str], ...] = (
    (b"%PDF", "pdf", "This is a PDF, not a workbook.", "Send the workbook that the PDF was made from, saved as .xlsx."),
    (b"\x89PNG", "picture", "This is a picture, not a workbook.", "Send the workbook itself, saved as .xlsx."),
    (b"\xff\xd8\xff", "picture", "This is a picture, not a workbook.", "Send the workbook itself, saved as .xlsx."),
    (b"GIF8", "picture", "This is a picture, not a workbook.", "Send the workbook itself, saved as .xlsx."),
    (b"\x1f\x8b", "packed", "This is a compressed file.", "Unpack it first and send the workbook inside."),
    (b"7z\xbc\xaf", "packed", "This is a compressed file.", "Unpack it first and send the workbook inside."),
    (b"Rar!", "packed", "This is a compressed file.", "Unpack it first and send the workbook inside."),
    (b"{\\rtf", "rtf", "This is a text document, not a workbook.", "Send the workbook itself, saved as .xlsx."),
)


def _password() -> Refused:
    return Refused(
        "This workbook is protected with a password, so it cannot be read.",
        "Save a copy without the password and send the copy. Please do not send the password.",
        code="password",
    )


def _damaged(code: str = "damaged") -> Refused:
    return Refused("This workbook is damaged or was cut short, so it cannot be read.", SAVE_AFRESH, code=code)


def _unsafe(code: str) -> Refused:
    return Refused(
        "This file is not built as a workbook should be, and could be unsafe to open.", LISTS_ONLY, code=code
    )


def _too_big(code: str) -> Refused:
    return Refused("This workbook is too big to be opened safely.", LISTS_ONLY, code=code)


def _refuse_ole(data: bytes) -> Refused:
    """An old binary workbook, or a new one wrapped with a password: both share one outer form."""
    head = data[: 4 * MEGABYTE]
    if any(name.encode("utf-16-le") in head for name in ("EncryptedPackage", "EncryptionInfo")):
        return _password()
    return Refused("This is a workbook in the old Excel form (.xls), which is not read.", SAVE_AS_XLSX, code="xls")


def _refuse_text(data: bytes) -> Refused:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<table", b"<meta")) or b"<html" in head:
        return Refused(
            "This is a web page that was given a workbook's name; some systems export their lists so.",
            SAVE_AS_XLSX,
            code="html",
        )
    if head.startswith(b"<"):
        return Refused(
            "This is an XML file, and its outermost element is that of no return: neither Message nor EXPSSDA903.",
            "Send the XML that your system writes for the CIN census or SSDA903; lists of Annex A go as a workbook "
            "(.xlsx).",
            code="xml",
        )
    return Refused(
        "This is a text file (such as .csv or .txt), and its first rows hold the headings of no return or list.",
        "If it is a file of a return or extract, check that it is the right one and put the form's own headings in its "
        "first row. If it holds lists of Annex A, send them as one workbook (.xlsx) with a sheet for each.",
        code="text",
    )


def _refuse_by_content(data: bytes) -> Refused:
    """Why bytes that are no zip container are refused, told by what they look like."""
    if not data.strip(b"\x00"):
        return Refused("This file is empty.", "Check that the workbook was saved, and send it again.", code="empty")
    for mark, code, reason, mend in _BY_FIRST_BYTES:
        if data.startswith(mark):
            return Refused(reason, mend, code=code)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _refuse_ole(data)
    if b"\x00" not in data[:4096]:
        return _refuse_text(data)
    return Refused("This file is not a workbook.", SAVE_AS_XLSX, code="strange")


def _check_end(data: bytes, limits: ContainerLimits) -> int:
    """How many parts the end record counts. It must stand at the end and point at a directory just before it.

    Parsers differ in what they make of a container with bytes before, between or after; so there may be none.
    """
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise _damaged("no-end")
    disk, disk_from, here, parts, size, offset, comment = struct.unpack("<4H2LH", data[at + 4 : at + 22])
    if 0xFFFF in (here, parts) or parts > limits.parts or size > limits.directory_bytes:
        raise _unsafe("too-many-parts")
    if disk or disk_from or here != parts or at + 22 + comment != len(data):
        raise _damaged("end")
    if data[at - 20 : at - 16] != b"PK\x06\x07" and offset + size != at:
        raise _damaged("directory")
    return int(parts)


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename
        if not name or "\x00" in name or "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
            raise _unsafe("name")
        if ".." in name.split("/"):
            raise _unsafe("name")
        if name.casefold() in seen:
            raise _unsafe("twice")
        seen.add(name.casefold())
        if (part.external_attr >> 16) & 0o170000 == 0o120000:
            raise _unsafe("link")
        if part.flag_bits & 0x1 or part.flag_bits & 0x40:
            raise _password()
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _unsafe("packing")


def _check_sizes(parts: list[zipfile.ZipInfo], limits: ContainerLimits) -> None:
    if len(parts) > limits.parts:
        raise _unsafe("too-many-parts")
    if sum(part.file_size for part in parts) > limits.total_bytes:
        raise _too_big("total")
    for part in parts:
        if part.file_size > limits.part_bytes:
            raise _too_big("part")
        if part.file_size > limits.ratio_from_bytes and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise _too_big("ratio")


def _start(data: bytes, part: zipfile.ZipInfo) -> int:
    """Where a part's packed bytes begin. Raises Refused where its own header is missing or names another part."""
    at = part.header_offset
    head = data[at : at + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise _damaged("header")
    name, extra = struct.unpack("<2H", head[26:30])
    if data[at + 30 : at + 30 + name] != part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437"):
        raise _unsafe("header-name")
    return int(at + 30 + name + extra)


def _check_places(data: bytes, parts: list[zipfile.ZipInfo], directory: int) -> None:
    """No two parts may share bytes: a part is read once and only once."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise _unsafe("overlap")
        end = _start(data, part) + part.compress_size
    if end > directory:
        raise _unsafe("overlap")


CHUNK = 1 << 19


@dataclass(frozen=True, slots=True)
class Container:
    """A zip container that passed every check but the inflating of its parts, which `chunks` does with a counter."""

    data: bytes
    parts: dict[str, zipfile.ZipInfo]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of a part, a megabyte at most at a time. Raises Refused where it is not what it said."""
        part = self.parts[name]
        start = _start(self.data, part)
        packed = memoryview(self.data)[start : start + part.compress_size]
        count, check = 0, 0
        for chunk in self._inflate(packed, part.compress_type):
            count += len(chunk)
            if count > part.file_size:
                raise _unsafe("longer-than-declared")
            check = zlib.crc32(chunk, check)
            yield chunk
        if count != part.file_size or check != part.CRC:
            raise _damaged("check-sum")

    @staticmethod
    def _inflate(packed: memoryview, method: int) -> Iterator[bytes]:
        if method == zipfile.ZIP_STORED:
            for at in range(0, len(packed), CHUNK):
                yield bytes(packed[at : at + CHUNK])
            return
        inflater = zlib.decompressobj(-15)
        feed: bytes | memoryview = packed
        try:
            while not inflater.eof:
                chunk = inflater.decompress(feed, CHUNK)
                feed = inflater.unconsumed_tail
                if not chunk:
                    break
                yield chunk
        except zlib.error:
            raise _damaged("inflate") from None

    def whole(self, name: str, most: int = 8 * MEGABYTE) -> bytes:
        """A small part in one piece. Raises Refused where it is bigger than such a part has reason to be."""
        if self.parts[name].file_size > most:
            raise _too_big("small-part")
        return b"".join(self.chunks(name))


def open_container(data: bytes, limits: ContainerLimits = LIMITS) -> Container:
    """The container in these bytes, checked. Raises Refused, with a way to mend it, for anything else."""
    if len(data) > limits.file_bytes:
        raise _too_big("file")
    if not data.startswith(b"PK\x03\x04"):
        raise _refuse_by_content(data)
    count = _check_end(data, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, directory = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        raise _damaged("zip") from None
    if len(parts) != count:
        raise _damaged("directory")
    _check_sizes(parts, limits)
    _check_names(parts)
    try:
        _check_places(data, parts, directory)
    except UnicodeError:
        raise _unsafe("name") from None
    return Container(data, {part.orig_filename: part for part in parts})


def sniff(container: Container) -> str:
    """What kind of workbook a container holds, by its content: 'xlsx' or 'ods'. Raises Refused for anything else."""
    names = {name.casefold() for name in container.parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused(
            "This workbook holds macros (.xlsm), and files with macros are not opened.", SAVE_AS_XLSX, code="macros"
        )
    for name, code, what in (
        ("xl/workbook.bin", "xlsb", "This is a binary workbook (.xlsb), which is not read."),
        ("word/document.xml", "document", "This is a Word document, not a workbook."),
        ("ppt/presentation.xml", "slides", "This is a set of slides, not a workbook."),
        ("index/document.iwa", "numbers", "This is an Apple Numbers file, which is not read."),
    ):
        if name in names:
            raise Refused(what, SAVE_AS_XLSX, code=code)
    if "mimetype" in container.parts:
        return _sniff_opendocument(container)
    if "xl/workbook.xml" in container.parts and "[Content_Types].xml" in container.parts:
        return _sniff_workbook(container)
    if any(name.startswith("xl/") for name in names):
        raise _damaged("no-workbook")
    raise Refused(
        "This is a zip file, not a workbook.", "Take the workbook out of it, and send the workbook alone.", code="zip"
    )


def _sniff_workbook(container: Container) -> str:
    if b"macroEnabled" in container.whole("[Content_Types].xml"):
        raise Refused(
            "This workbook is of the kind that holds macros (.xlsm), and such files are not opened.",
            SAVE_AS_XLSX,
            code="macros",
        )
    return "xlsx"


def _sniff_opendocument(container: Container) -> str:
    kind = container.whole("mimetype").strip()
    if kind not in (
        b"application/vnd.oasis.opendocument.spreadsheet",
        b"application/vnd.oasis.opendocument.spreadsheet-template",
    ):
        raise Refused("This is a document, not a workbook.", SAVE_AS_XLSX, code="document")
    manifest = "META-INF/manifest.xml"
    if manifest in container.parts and b"encryption-data" in container.whole(manifest):
        raise _password()
    if "content.xml" not in container.parts:
        raise _damaged("no-content")
    return "ods"


Scan = Callable[[bytes], None]
"""Looks at a piece of a part; pieces are cut before a tag, so that no tag is ever split between two."""


def walk(container: Container, name: str, scans: tuple[Scan, ...]) -> None:
    """Inflate a part to its end, showing each scan every piece of it. Raises Refused for what the scans refuse."""
    held = b""
    for chunk in container.chunks(name):
        if not scans:
            continue
        cut = chunk.rfind(b"<")
        if cut < 0 or not (held or cut):
            held += chunk
            if len(held) > 8 * MEGABYTE:
                raise _too_big("one-tag")
            continue
        # One copy of the piece, not one for joining and one for cutting.
        piece, held = b"".join((held, memoryview(chunk)[:cut])), chunk[cut:]
        for scan in scans:
            scan(piece)
    for scan in scans:
        scan(held)
