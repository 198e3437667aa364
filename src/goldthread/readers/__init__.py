"""The readers: files in, canonical tables out. The register says which there are; a file is known by its content.

This module is light on purpose: the sandbox's child imports it before its limits are set, so the readers themselves,
and the libraries they parse with, are imported only when a file is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.kernel.reading import Reading


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: its name, what it reads, and the module that has `suits(data)` and `read_bytes(data)`."""

    name: str
    says: str
    module: str

    def suits(self, data: bytes) -> bool:
        """Whether these bytes are for this reader, by their content. May raise Refused where no reader could."""
        check: Callable[[bytes], bool] = import_module(self.module).suits
        return check(data)

    def read_bytes(self, data: bytes) -> Reading:
        """The reading of these bytes. Raises Refused where they cannot be used."""
        read: Callable[[bytes], Reading] = import_module(self.module).read_bytes
        return read(data)


READERS: tuple[Reader, ...] = (
    Reader("annex_a", "Annex A child-level lists, as an .xlsx or .ods workbook", "goldthread.readers.annex_a"),
)


def read_bytes(data: bytes) -> Reading:
    """The reading of a file's bytes, by the first reader they suit. Raises Refused, in plain English, if none does."""
    from goldthread.kernel.reading import Refused

    for reader in READERS:
        if reader.suits(data):
            return reader.read_bytes(data)
    raise Refused("This file is not one that can be read here.", "Send the lists as an .xlsx workbook.", code="strange")


def read(path: Path | str) -> Reading:
    """The reading of a file. Raises Refused where it cannot be used, OSError where it cannot be opened.

    It parses in this process: for a file from outside, `engines.sandbox.read_safely` does the same in a child process.
    """
    return read_bytes(Path(path).read_bytes())
