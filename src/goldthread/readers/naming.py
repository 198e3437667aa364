"""Whether a file's name, the type it was sent under and its content agree. No parser is needed for that.

What a file is called says nothing about whether it is safe; the guard looks at that. But a name that its content gives
the lie to is a mistake or a trick, and whoever sent the file should know before anybody opens it by its name.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from goldthread.kernel.refusal import Refused
from goldthread.readers.guard import SAVE_AS_XLSX

_HEAD, _TAIL = 4_096, 131_072
_REFUSED: Mapping[str, str] = {
    ".xlsm": "a workbook with macros (.xlsm)",
    ".xltm": "a template with macros (.xltm)",
    ".xlam": "an add-in (.xlam)",
    ".xlsb": "a binary workbook (.xlsb)",
    ".xls": "a workbook in the old Excel form (.xls)",
    ".xlt": "a template in the old Excel form (.xlt)",
    ".xltx": "a template (.xltx)",
}
_WORKBOOKS: Mapping[str, str] = {".xlsx": "an Excel workbook", ".ods": "an OpenDocument spreadsheet"}
_TYPES: Mapping[str, str] = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
# What browsers say of a workbook where the machine knows no better: nothing, bytes, a zip file, or Excel's oldest name.
_SAYS_NOTHING = (
    "", "application/octet-stream", "application/zip", "application/x-zip-compressed", "application/vnd.ms-excel",
    "binary/octet-stream", "application/x-download", "application/download", "application/force-download",
)  # fmt: skip


def check_name(name: str, path: Path | str, declared: str = "") -> None:
    """Raise Refused where a file is named or declared as one thing and is another, or as a kind that is not opened.

    A name without an ending says nothing, and so do a few declared types; then the content alone counts. A folder is
    not asked: each file in it is known by its content.
    """
    if Path(path).is_dir():
        return
    ending = Path(name.strip().lower()).suffix
    if ending in _REFUSED:
        raise Refused(f"This file is named as {_REFUSED[ending]}, which is not opened.", SAVE_AS_XLSX, code="name")
    holds = _workbook_in(path)
    if not holds and ending in _WORKBOOKS and _is_table_of_text(path):
        raise Refused(
            f"This file is named as {_WORKBOOKS[ending]}, and is a text file, such as a CSV.",
            "Give it a name that ends in .csv, or save the lists as an Excel workbook (.xlsx), and send that file.",
            code="name",
        )
    if holds and ending and ending != holds:
        raise Refused(
            f"This file is named {_ending_in_words(ending)}, but holds {_WORKBOOKS[holds]}.",
            f"Check that it is the right file, give it a name that ends in {holds}, and send it again.",
            code="name",
        )
    said = declared.partition(";")[0].strip().lower()
    if holds and said not in (*_SAYS_NOTHING, _TYPES[holds]):
        raise Refused(
            f"This file was sent as something else than {_WORKBOOKS[holds]}, which it holds.",
            "Open it, save it afresh as .xlsx, and send the new file.",
            code="name",
        )


def is_workbook(path: Path | str) -> bool:
    """Whether the bytes are those of a workbook, going by the names of its parts alone."""
    return bool(_workbook_in(path))


def _ending_in_words(ending: str) -> str:
    """The ending itself where it is one of a known few letters; what else people write is not repeated."""
    plain = ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 6
    return f"as if it were {ending}" if plain else "with an ending that is not known"


def _is_table_of_text(path: Path | str) -> bool:
    """Whether the bytes are text in lines with separators: a list as CSV is read, but not under a workbook's name."""
    with Path(path).open("rb") as held:
        head = held.read(_HEAD)
    line = head.split(b"\n", 1)[0]
    return (
        b"\x00" not in head and not head.lstrip().startswith(b"<") and any(mark in line for mark in (b",", b";", b"\t"))
    )


def _workbook_in(path: Path | str) -> str:
    """The ending that fits the workbook in these bytes; empty where they are none. Only names of parts are looked for:
    they stand in clear at the end of the container."""
    with Path(path).open("rb") as held:
        head = held.read(_HEAD)
        held.seek(0, os.SEEK_END)
        held.seek(max(0, held.tell() - _TAIL))
        tail = held.read(_TAIL)
    if not head.startswith(b"PK"):
        return ""
    if b"[Content_Types].xml" in tail and b"xl/" in tail:
        return ".xlsx"
    return ".ods" if b"opendocument.spreadsheet" in head or b"META-INF/manifest.xml" in tail else ""
