"""The look at every sheet's bytes before the parser has them: how big the grid truly is, and what is not allowed.

A sheet's own word for its size is not to be trusted: two cells at the far corners of a sheet, or one row repeated a
million times, make a parser ask for more memory than there is. So the places of the cells themselves are read here.
"""

import html
import re
from dataclasses import dataclass, field

import polars as pl

from goldthread.kernel.reading import Refused
from goldthread.readers.guard import LISTS_ONLY, Container, Scan, sniff, walk

MOST_ROWS = 300_000
MOST_GRID = 20_000_000
MOST_CELLS = 5_000_000
MOST_COLUMNS = 16_384
MOST_SHEETS = 200
ORDINARY_COLUMNS = 200
"""Up to so many columns no sheet below 100,000 rows can pass the grid limit, so its rows need not be looked at."""

_SMALLEST_CELL = len("<c />")
"""No cell that is counted takes fewer bytes; a part that ends before so many cannot hold too many cells."""

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FAR_OR_WIDE = r'r\s*=\s*"([A-Za-z]{2,}(?:[0-9]{6,}|[0-9])|[A-Za-z]?[0-9]{6,})'
"""The place of a cell in a distant row, or the letters of one beyond Z. One look for both is cheaper."""

_FAR_DIGITS = 6
_ROW_OF_CELL = re.compile(rb'r\s*=\s*"[A-Za-z]*(\d{1,6})"')
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref\s*=\s*\"([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})\"")
_NO_VALUE = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v>\s*</(?:\w+:)?v>|<(?:\w+:)?v\s*/>)?\s*</(?:\w+:)?c>")


def _too_far(code: str) -> Refused:
    return Refused(
        "A sheet of this workbook is far bigger than a list can be: it has cells in very distant rows or columns.",
        LISTS_ONLY,
        code=code,
    )


def _wide_number(letters: bytes) -> int:
    """The number of a column, from its letters: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells made into one: from which row on (the first of a sheet is 1), and how many stand behind the first."""

    first_row: int
    behind: int


def _merged(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merged:
    wide = abs(_wide_number(right) - _wide_number(left)) + 1
    rows = sorted((int(top), int(bottom)))
    return Merged(rows[0], wide * (rows[1] - rows[0] + 1) - 1)


def _far_or_wide(piece: bytes) -> set[bytes]:
    """The places in a piece that are far or wide, each once. Polars' expressions look four times faster than `re`."""
    text = pl.Series([piece if piece.isascii() else piece.decode("latin-1").encode()]).cast(pl.String)
    return {place.rpartition('"')[2].encode() for place in set(text.str.extract_all(_FAR_OR_WIDE).to_list()[0])}


def refuse_definitions(piece: bytes) -> None:
    """Raises Refused where a part defines a document type or an entity: no workbook has one, and some attacks do."""
    # A single byte is looked for far quicker than two, and lists hardly ever hold this one.
    if b"!" in piece and b"<!" in piece and _DOCTYPE.search(piece):
        raise Refused(
            "This workbook holds instructions that no ordinary workbook has, so it was not opened.",
            LISTS_ONLY,
            code="definitions",
        )


@dataclass(slots=True)
class SheetScan:
    """What is seen of one xlsx sheet's bytes. Call it with each piece; it raises Refused once a limit is passed.

    The quick look reads far rows and wide columns only; a wide sheet gets a second, `exact` look at every cell's row.
    Cells need counting only in a part that is `big` enough to hold too many.
    """

    exact: bool = False
    big: bool = True
    rows: int = 0
    columns: int = 26
    cells: int = 0
    errors: int = 0
    without_value: int = 0
    merged: list[Merged] = field(default_factory=list)
    wide_seen: set[bytes] = field(default_factory=set)

    def __call__(self, piece: bytes) -> None:
        if b"'" in piece:
            piece = piece.replace(b"'", b'"')
        prefixed = b":" in piece
        if self.big:
            self.cells += piece.count(b"<c ") + (piece.count(b":c ") if prefixed else 0)
        self.rows += piece.count(b"<row") + (piece.count(b":row") if prefixed else 0)
        for place in _far_or_wide(piece):
            self._reach(place)
        if self.exact:
            self.rows = max(self.rows, *(int(row) for row in {b"0", *_ROW_OF_CELL.findall(piece)}))
        if b"#" in piece:
            # Every error is written with this mark, such as #REF!, and one byte is soon looked for.
            self.errors += piece.count(b't="e"')
        if b"</f>" in piece or (prefixed and b":f>" in piece):
            self.without_value += len(_NO_VALUE.findall(piece))
        if b"mergeCell " in piece:
            self.merged += [_merged(*found) for found in _MERGED.findall(piece)]
        self._weigh()

    def _reach(self, place: bytes) -> None:
        """Note that the sheet has a cell in that place, or a row of that number."""
        letters = place.rstrip(b"0123456789")
        row = place[len(letters) :]
        if len(row) >= _FAR_DIGITS:
            if len(row) > 9 or int(row) > MOST_ROWS:
                raise _too_far("far-row")
            self.rows = max(self.rows, int(row))
        if len(letters) < 2 or letters in self.wide_seen:
            return
        self.wide_seen.add(letters)
        number = _wide_number(letters) if len(letters) <= 4 else MOST_COLUMNS + 1
        if number > MOST_COLUMNS:
            raise _too_far("far-column")
        self.columns = max(self.columns, number)

    def _weigh(self) -> None:
        if self.cells > MOST_CELLS or self.rows > MOST_ROWS:
            raise _too_far("cells")
        if (self.exact or self.columns <= ORDINARY_COLUMNS) and self.rows * self.columns > MOST_GRID:
            raise _too_far("grid")


def _attribute(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\b" + name + rb"""\s*=\s*["']\s*(\d+)\s*["']""")


_ODS_TAG = re.compile(
    rb"<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>|<text:p\b|<table:table\b[^>]*>|</table:table>"
)
_ROWS_REPEATED = _attribute(rb"number-rows-repeated")
_ROWS_SPANNED, _COLUMNS_SPANNED = _attribute(rb"number-rows-spanned"), _attribute(rb"number-columns-spanned")
_SHEET_NAME = re.compile(rb"""\btable:name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COLUMNS_REPEATED = _attribute(rb"number-columns-repeated")


@dataclass(slots=True)
class OdsScan:
    """What is seen of an OpenDocument workbook's content. Empty rows may repeat to the end of a sheet; filled may not.

    The rows of a sheet count up to its last filled one, the cells of a row up to its last filled one.
    """

    rows: int = 0
    cells: int = 0
    widest: int = 0
    merged: dict[str, list[Merged]] = field(default_factory=dict)
    _sheet: str = ""
    _repeat: int = 1
    _at: int = 0
    _filled_to: int = 0
    _last: int = 0
    _started: bool = False

    def __call__(self, piece: bytes) -> None:
        for tag in _ODS_TAG.findall(piece):
            if tag.startswith(b"<text:p"):
                self._filled_to = self._at
            elif tag.startswith(b"<table:table-row"):
                self._end_row()
                self._repeat = self._number(_ROWS_REPEATED, tag)
                self._at = self._filled_to = 0
                self._started = True
            elif tag.startswith((b"<table:table-cell", b"<table:covered")):
                self._at += self._number(_COLUMNS_REPEATED, tag)
                if b"value" in tag:
                    self._filled_to = self._at
                if b"-spanned" in tag:
                    self._merge(tag)
            else:
                self._end_row()
                self._started = False
                self.rows = self._last = self.widest = 0
                named = _SHEET_NAME.search(tag)
                if named is not None:
                    self._sheet = html.unescape((named.group(1) or named.group(2) or b"").decode("utf-8", "replace"))

    def _merge(self, tag: bytes) -> None:
        down, across = self._number(_ROWS_SPANNED, tag), self._number(_COLUMNS_SPANNED, tag)
        if down * across > 1:
            first = self._last + 1
            self.merged.setdefault(self._sheet, []).append(Merged(first, down * across - 1))

    def _number(self, pattern: re.Pattern[bytes], tag: bytes) -> int:
        found = pattern.search(tag)
        if found is None:
            return 1
        return int(found.group(1)) if len(found.group(1)) <= 9 else 10**9

    def _end_row(self) -> None:
        if not self._started:
            return
        self._last += self._repeat
        if self._filled_to:
            self.rows = self._last
            self.widest = max(self.widest, self._filled_to)
            self.cells += self._repeat * self._filled_to
        self._started = False
        if self.rows > MOST_ROWS or self.widest > MOST_COLUMNS:
            raise _too_far("repeats")
        if self.rows * self.widest > MOST_GRID or self.cells > MOST_CELLS:
            raise _too_far("grid")


@dataclass(frozen=True, slots=True)
class Prescan:
    """What the look found: the kind of workbook, and what a parser would pass over in silence.

    `errors` counts cells that hold a spreadsheet error, `without_value` formulas saved without the value they give,
    and `merged` has the cells that were made into one, all by the name of the part, in an OpenDocument workbook (which
    has one part for all) `merged` by the name of the sheet; `from_1904` says whether its days count from 1904.
    """

    kind: str
    errors: dict[str, int] = field(default_factory=dict)
    without_value: dict[str, int] = field(default_factory=dict)
    merged: dict[str, list[Merged]] = field(default_factory=dict)
    from_1904: bool = False


_NO_SHEET = re.compile(
    r"(?:sharedStrings|styles|theme\d*|Content_Types\]|drawing\d+|app|core)\.xml$|\.(?:png|jpe?g|emf|wmf|bin|vml|rels)$"
)
"""Parts that are no sheet. A workbook may keep its sheets under any other name, so all others are looked at."""


def _refuse_sheet_count(container: Container, name: str, tag: bytes) -> bytes:
    content = container.whole(name)
    if content.count(tag) > MOST_SHEETS:
        raise Refused(
            f"This workbook has more than {MOST_SHEETS} sheets.",
            "Keep only the sheets of the lists, save it as .xlsx, and send that file.",
            code="sheets",
        )
    return content


@dataclass(slots=True)
class TextScan:
    """Workbook parts are UTF-8; another encoding would hide from these looks what the parser sees.

    Only the beginning of a part says what it is written in, so only the first piece is looked at.
    """

    begun: bool = False

    def __call__(self, piece: bytes) -> None:
        if self.begun:
            return
        self.begun = True
        declared = re.search(
            rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""", piece.removeprefix(b"\xef\xbb\xbf")[:200]
        )
        strange = declared is not None and declared.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii")
        if strange or piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in piece[:200]:
            raise Refused("This workbook is not written as workbooks are.", LISTS_ONLY, code="encoding")


def scan_workbook(container: Container) -> Prescan:
    """Inflate and look at every part. Raises Refused for what is not allowed, and tells what a parser would not."""
    kind = sniff(container)
    from_1904 = False
    if kind == "xlsx":
        content = _refuse_sheet_count(container, "xl/workbook.xml", b"<sheet ")
        from_1904 = re.search(rb"""date1904\s*=\s*["'](?:1|true)["']""", content) is not None
    errors: dict[str, int] = {}
    without: dict[str, int] = {}
    merged: dict[str, list[Merged]] = {}
    for name in container.parts:
        scans: list[Scan] = []
        if name.casefold().endswith((".xml", ".rels", ".vml")):
            scans += [TextScan(), refuse_definitions]
        if kind == "xlsx" and not _NO_SHEET.search(name):
            sheet = SheetScan(big=container.parts[name].file_size >= MOST_CELLS * _SMALLEST_CELL)
            walk(container, name, (*scans, sheet))
            if sheet.columns > ORDINARY_COLUMNS:
                walk(container, name, (SheetScan(exact=True),))
            errors[name], without[name], merged[name] = sheet.errors, sheet.without_value, sheet.merged
            continue
        if kind == "ods" and name == "content.xml":
            ods = OdsScan()
            scans.append(ods)
            merged = ods.merged
        walk(container, name, tuple(scans))
    return Prescan(kind, errors, without, merged, from_1904)
