"""The readers: files in, tables out. The register says which there are; a file is known by its content.

This module is light on purpose: the sandbox's child imports it before its limits are set, so the readers themselves,
and the libraries they parse with, are imported only when a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.kernel.corrections import Corrections
    from goldthread.kernel.reading import Reading
    from goldthread.readers.handed import Handed


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: its name, what it reads, and its module.

    A reader of one file at a time has `suits(data)` and `read_bytes(data)`. With `many`, it reads the files of a folder
    together, one of them or more, and has `suits_files(files)` and `read_files(files, year=...)`. One that `parts` can
    leave codes as numbers of their values (`read_files(..., parted=True)`).
    """

    name: str
    says: str
    module: str
    many: bool = False
    parts: bool = False

    def suits(self, files: Sequence[Handed]) -> bool:
        """Whether the files are for this reader, by their content. May raise Refused where no reader could."""
        module = import_module(self.module)
        check: Callable[[Any], bool] = module.suits_files if self.many else module.suits
        return check(files) if self.many else len(files) == 1 and check(files[0].data)

    def read(self, files: Sequence[Handed], year: int | None, *, parted: bool = False) -> Reading:
        """The reading of the files; a reader that can leave codes `parted` does so. Refused where they are no use."""
        module = import_module(self.module)
        if self.many:
            together: Callable[..., Reading] = module.read_files
            return together(files, year=year, parted=True) if parted and self.parts else together(files, year=year)
        read: Callable[[bytes], Reading] = module.read_bytes
        return read(files[0].data)


READERS: tuple[Reader, ...] = (
    Reader(
        "returns",
        "SSDA903 and CIN census, as CSV or XML; Standard Safeguarding Dataset and practice record, as CSV or Parquet",
        "goldthread.readers.returns",
        many=True,
        parts=True,
    ),
    Reader(
        "annex_a_files",
        "Annex A child-level lists, as CSV files in a folder or zip",
        "goldthread.readers.annex_a_files",
        many=True,
    ),
    Reader("annex_a", "Annex A child-level lists, as an .xlsx or .ods workbook", "goldthread.readers.annex_a"),
)


_OF_FILES = ("ssda903", "cin", "ssd", "practice")
"""The forms that one reader alone reads: that of the returns."""


def modules_for(asked: Mapping[str, str]) -> tuple[str, ...]:
    """The modules to fetch before a file is looked at, by what was asked for (`form`, `published`, `mends`, `report`).

    Where the form is said, it is its reader's alone: another is fetched only where the files turn out to be its own.
    """
    published = ("goldthread.readers.published",) if "published" in asked else ()
    mending = ("goldthread.readers.mending",) if "mends" in asked else ()
    alone = asked.get("form") in _OF_FILES
    reporting: tuple[str, ...] = ()
    if "report" in asked:
        rules = f"goldthread.kernel.rules.{asked['form']}"
        reporting = ("goldthread.readers.reporting", rules, "goldthread.kernel.rules.returns")
    return (
        *published,
        *mending,
        *reporting,
        *(reader.module for reader in READERS if reader.name == "returns" or not alone),
    )


def read_files(
    files: Sequence[Handed],
    *,
    form: str | None = None,
    year: int | None = None,
    most: int | None = None,
    corrections: Corrections | None = None,
    parted: bool = False,
) -> Reading:
    """The reading of files handed in together, by the first reader they suit. Raises Refused, in plain English.

    A zip alone stands for the files in it. With `form`, files that turn out to be of another are refused; `year` is
    the collection year they are taken to be of. `most` is the size in bytes beyond which a packed file is refused.
    Where a value of a code list was corrected before, the corrections are asked first. Tables hold text, days and
    numbers; the codes of large files stay `parted` into their values where that is asked.
    """
    from goldthread.readers.corrections import in_force
    from goldthread.readers.handed import MOST_BYTES, unpack
    from goldthread.readers.returns import RETURNS, refuse_strangers

    files = unpack(tuple(files), most or MOST_BYTES)
    for reader in READERS:
        if len(files) != 1 and not reader.many:
            continue
        if form in RETURNS and not reader.many and not files[0].data.startswith(b"PK"):
            continue
        if reader.suits(files):
            with in_force(corrections or {}):
                return _of_form(reader.read(files, year, parted=parted), form)
    raise refuse_strangers(files, form)


def _of_form(reading: Reading, form: str | None) -> Reading:
    from goldthread.kernel.forms import FORMS
    from goldthread.kernel.reading import Refused

    if form is not None and reading.form != form:
        raise Refused(
            f"This is another return than was asked for: {FORMS[reading.form].title}, not {FORMS[form].title}.",
            "Check that it is the right file, and send the one that is meant.",
            code="other-return",
        )
    return reading


def read_bytes(
    data: bytes, *, form: str | None = None, year: int | None = None, corrections: Corrections | None = None
) -> Reading:
    """The reading of one file's bytes, as `read_files`."""
    from goldthread.readers.handed import Handed

    return read_files((Handed("", data),), form=form, year=year, corrections=corrections)


def read(
    path: Path | str, *, form: str | None = None, year: int | None = None, corrections: Corrections | None = None
) -> Reading:
    """The reading of a file, a folder of files or a zip of them, as `read_files`. OSError where it cannot be opened.

    It parses in this process: for files from outside, `engines.sandbox.read_safely` does the same in a child process.
    """
    from goldthread.readers.handed import read_path

    return read_files(read_path(path), form=form, year=year, corrections=corrections)
