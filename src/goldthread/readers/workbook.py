"""A workbook's sheets as frames of text, one at a time, once the guard has let the file through.

fastexcel writes every cell as text: a true date as `2024-01-12 00:00:00`, a number as its shortest digits, true and
false as words, a spreadsheet error as nothing. What the last would lose is counted by the prescan and told.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import fastexcel
import polars as pl

from goldthread.kernel.reading import Refused
from goldthread.readers.guard import SAVE_AFRESH, Container, open_container
from goldthread.readers.prescan import Merged, Prescan, scan_workbook


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, its cells (row 1 of the sheet is row 0 here), and what got lost.

    Where the lists came as files of text, each file is a sheet, and `kind` is the word for it in what is told.
    """

    name: str
    hidden: bool
    cells: pl.DataFrame
    errors: int = 0
    without_value: int = 0
    kind: str = "sheet"
    merged: tuple[Merged, ...] = ()
    cut_in: int | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that passed the guard. `from_1904` says that its bare day numbers count from 1904."""

    reader: Any
    parts: dict[str, str]
    prescan: Prescan

    @property
    def from_1904(self) -> bool:
        """Whether bare day numbers in it stand for other days than elsewhere."""
        return self.prescan.from_1904

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet that holds cells, in the workbook's order. Raises Refused where one cannot be read."""
        for name in self.reader.sheet_names:
            part = self.parts.get(name, "")
            if "chartsheets/" in part or "dialogsheets/" in part:
                continue
            sheet = _guarded(
                lambda name=name: self.reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            )
            cells = _guarded(sheet.to_polars)
            cells.columns = [str(at) for at in range(cells.width)]
            errors, without = self.prescan.errors.get(part, 0), self.prescan.without_value.get(part, 0)
            merged = self.prescan.merged.get(part or name, [])
            yield Sheet(name, sheet.visible != "visible", cells, errors, without, merged=tuple(merged))


def _guarded(act: Any) -> Any:
    """The parser's answer. Raises Refused where it gives up, by an error of its own or by a panic in its depths."""
    try:
        return act()
    except fastexcel.FastExcelError:
        raise _damaged() from None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise _damaged() from None
        raise


def _damaged() -> Refused:
    return Refused("This workbook is damaged in parts, so it cannot be read.", SAVE_AFRESH, code="damaged")


_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_NAMED = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _attributes(tag: str) -> dict[str, str]:
    return {name.split(":")[-1]: html.unescape(one or other) for name, one, other in _NAMED.findall(tag)}


def _sheet_parts(container: Container) -> dict[str, str]:
    """Which part holds each sheet, by the sheet's name; empty where the workbook does not say it in the usual place."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in container.parts:
        return {}
    targets = {}
    for tag in _RELATION.findall(container.whole(relations).decode("utf-8", "replace")):
        named = _attributes(tag)
        target = named.get("Target", "")
        targets[named.get("Id", "")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    parts = {}
    for tag in _SHEET.findall(container.whole("xl/workbook.xml").decode("utf-8", "replace")):
        named = _attributes(tag)
        parts[named.get("name", "")] = targets.get(named.get("id", ""), "")
    return parts


def open_workbook(data: bytes) -> Workbook:
    """The workbook in these bytes, guarded. Raises Refused, saying how to mend it, where it cannot be used."""
    container = open_container(data)
    prescan = scan_workbook(container)
    parts = _sheet_parts(container) if prescan.kind == "xlsx" else {}
    return Workbook(_guarded(lambda: fastexcel.read_excel(data)), parts, prescan)
