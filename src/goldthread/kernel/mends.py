"""The mends of a return's files: changes of how something is written, of which none says more of a child than was said.

A mend is suggested and previewed, and made only where somebody takes it: in a copy, each change in a log. What it does
to a cell stands in `readers.mends`, by its code. No mend fills a blank, chooses between two meanings, or asks what is
likely: a date of two digits for its year, a day number of a spreadsheet and an older code that has two successors are
left as they are.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

import polars as pl

from goldthread.kernel.refusal import Refused

CHANGES_SCHEMA: dict[str, type[pl.DataType]] = {
    "mend": pl.String,
    "file": pl.String,
    "table": pl.String,
    "row": pl.Int64,
    "heading": pl.String,
    "written": pl.String,
    "becomes": pl.String,
}
"""One row per change. `row` is the row of the file as people count it; `written` and `becomes` are cells of the file.

In XML it is the row of the table as issues have it, its headings counted as the first.

Where a whole row is left out, `heading` is blank, and so are `written` and `becomes`.
"""


@dataclass(frozen=True, slots=True)
class Mend:
    """One way of mending: its code, what it does, how the cell looks before and after, and what allows it."""

    code: str
    says: str
    before: str
    after: str
    source: str


READ_SO = "The same cell is read so by every check here; the return asks for this form."

MENDS: tuple[Mend, ...] = (
    Mend("spaces", "Spaces before and behind what a cell holds are taken away", "“␣WBRI␣”", "“WBRI”", READ_SO),
    Mend("point-zero", "Whole numbers and codes lose the “.0” that a spreadsheet put behind", "1.0", "1", READ_SO),
    Mend("true-false", "True and false become 1 and 0 where a column asks for these", "True", "1", READ_SO),
    Mend("case", "Codes and postcodes are written in capitals", "wbri", "WBRI", READ_SO),
    Mend("blanks", "Words for nothing in a column of dates or numbers are emptied", "N/A", "an empty cell", READ_SO),
    Mend(
        "dates", "Dates in another form are written in the return's: 31/01/2026 in SSDA903, 2026-01-31 in CIN",
        "31 Jan 2026", "31/01/2026",
        "SSDA903 guide: dates as dd/mm/yyyy; CIN census specification: dates as yyyy-mm-dd. Day first, never "
        "month first.",
    ),
    Mend(
        "postcodes", "Postcodes get one space before their last three characters", "M11AE", "M1 1AE",
        "Royal Mail's form of a postcode: the part behind the space has always three characters.",
    ),
    Mend(
        "older-codes", "A code of an earlier year becomes the one code that stands for it since", "sex 1", "sex M",
        "SSDA903 guide 2024-25: SEX told by M, F and U in place of 1 and 2. Placements H5 and P2 are left: whether one "
        "is K3 now depends on the provider.",
    ),
    Mend(
        "same-rows", "A row that stands in its file twice, alike in every cell, is kept once",
        "the same row twice", "one row",
        "A row is told once: a second says nothing that the first does not.",
    ),
)  # fmt: skip
"""Every mend, in the order in which they are made: a later one meets what an earlier one left."""

BY_CODE: Mapping[str, Mend] = {mend.code: mend for mend in MENDS}

_DATES_OF: Mapping[str, tuple[str, str]] = {
    "ssda903": ("31/01/2026", "dd/mm/yyyy"),
    "cin": ("2026-01-31", "yyyy-mm-dd"),
}
"""The form of dates of each return: the last day of January, and how its guide writes the form."""


def of_form(code: str, form: str) -> Mend:
    """A mend as it is of one return: what it writes into that return's copy, and not into the other's."""
    mend = BY_CODE[code]
    if code != "dates" or form not in _DATES_OF:
        return mend
    after, written = _DATES_OF[form]
    return replace(mend, says=f"Dates in another form are written in the return's, {written}", after=after)


NAMELESS = "the file"
"""What a single file is called where its name is not known."""

FORMS = ("ssda903", "cin")
"""The returns whose files can be mended."""


def chosen(codes: Iterable[str]) -> tuple[str, ...]:
    """These codes in the order in which mends are made. Raises Refused on one that there is not."""
    wanted = {code.strip().casefold() for code in codes if code.strip()}
    unknown = sorted(wanted - set(BY_CODE))
    if unknown:
        raise Refused(f"There is no mend “{unknown[0]}”.", f"Name some of {', '.join(BY_CODE)}.", code="mend")
    return tuple(code for code in BY_CODE if code in wanted)


@dataclass(frozen=True, slots=True)
class OddStructure:
    """One way in which the XML is built otherwise than its schema says: in which element, about which, and how often.

    `line` is the first line of the document where it is so; lines are those of the text from its first element on.
    """

    holder: str
    element: str
    says: str
    times: int
    line: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """What mends would change in the files of a return, or did: `changes` (CHANGES_SCHEMA), and the files themselves.

    `files` holds every file of the copy, mended or as it was; it is empty where no copy was asked for. `structure` is
    what of XML is built otherwise than its schema says: of the copy, or where none was asked for, as it was handed in.
    """

    form: str
    changes: pl.DataFrame = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)
    structure: tuple[OddStructure, ...] = ()

    def counts(self) -> pl.DataFrame:
        """How many changes each mend makes in each column: mend, file, table, heading, changes, first_row."""
        return (
            self.changes.group_by("mend", "file", "table", "heading", maintain_order=True)
            .agg(pl.len().cast(pl.Int64).alias("changes"), pl.col("row").min().alias("first_row"))
            .with_columns(pl.col("mend").cast(pl.Enum(list(BY_CODE))).to_physical().alias("place"))
            .sort("place", "file", "heading", maintain_order=True)
            .drop("place")
        )


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def log(changes: pl.DataFrame) -> bytes:
    """The changes as CSV that a spreadsheet opens: what it could take for a formula gets an apostrophe first."""
    guarded = [
        pl.when(
            pl.any_horizontal(pl.col(name).str.strip_chars_start(" ").str.starts_with(mark) for mark in _FORMULA_STARTS)
        )
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name, kind in CHANGES_SCHEMA.items()
        if kind == pl.String
    ]
    return (
        b"\xef\xbb\xbf"
        + changes.select(*guarded, "row").select(changes.columns).write_csv(line_terminator="\r\n").encode()
    )


def is_log(data: bytes) -> bool:
    """Whether a file is such a log: what a corrected copy is told by, and no part of a return."""
    head = data[:200].removeprefix(b"\xef\xbb\xbf").splitlines()
    return bool(head) and head[0] == ",".join(CHANGES_SCHEMA).encode()


_MAGIC = b"goldthread-mended-1\n"


def shown(cell: str | None) -> str:
    """A cell as people can see it: spaces around it as ␣, which nothing would show otherwise; nothing as a word."""
    if cell is None:
        return "an empty cell"
    inner = cell.strip()
    before, after = cell[: len(cell) - len(cell.lstrip())], cell[len(cell.rstrip()) :] if inner else ""
    return f"{'␣' * len(before)}{inner}{'␣' * len(after)}"


def no_changes() -> pl.DataFrame:
    """A frame of changes with no rows."""
    return pl.DataFrame(schema=CHANGES_SCHEMA)


def to_bytes(made: Suggested) -> bytes:
    """The suggestion as bytes: a mark, a line of JSON, the changes as Arrow IPC, and the files."""
    held = io.BytesIO()
    made.changes.write_ipc(held)
    parts = [held.getvalue(), *made.files.values()]
    heading = {
        "form": made.form,
        "names": list(made.files),
        "lengths": [len(part) for part in parts],
        "structure": [astuple(one) for one in made.structure],
    }
    return b"".join((_MAGIC, json.dumps(heading).encode(), b"\n", *parts))


def from_bytes(data: bytes) -> Suggested:
    """The suggestion that `to_bytes` wrote. Raises ValueError where the bytes are none, are cut short, or go on."""
    if not data.startswith(_MAGIC):
        raise ValueError("these bytes are no mended return")
    at = data.index(b"\n", len(_MAGIC))
    heading: dict[str, Any] = json.loads(data[len(_MAGIC) : at])
    parts, at = _parts(data, at + 1, heading["lengths"])
    if at != len(data) or len(parts) != 1 + len(heading["names"]):
        raise ValueError("the mended return is cut short, or goes on")
    changes = pl.read_ipc(io.BytesIO(parts[0]))
    if dict(changes.schema) != {name: kind() for name, kind in CHANGES_SCHEMA.items()}:
        raise ValueError("the changes have other columns than they should")
    files = dict(zip(heading["names"], parts[1:], strict=True))
    return Suggested(heading["form"], changes, files, tuple(OddStructure(*one) for one in heading["structure"]))


def _parts(data: bytes, at: int, lengths: Sequence[int]) -> tuple[list[bytes], int]:
    parts = []
    for length in lengths:
        parts.append(data[at : at + length])
        at += length
    return parts, at
