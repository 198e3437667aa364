"""A hand-in as plain rows of text, for a second reading of the Department's rules without frames.

The rules of `blind_*.py` were written from the official texts alone, before our declarations of them were looked at.
Each takes the hand-in and yields the rows that break it. Nothing here is fast, and nothing is shared with the kernel.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

Row = dict[str, str | None]
SHORT = ("V3", "V4")
LEFT = frozenset(
    [
        "E11",
        "E12",
        "E2",
        "E3",
        "E4A",
        "E4B",
        "E13",
        "E41",
        "E43",
        "E44",
        "E45",
        "E46",
        "E47",
        "E48",
        "E5",
        "E6",
        "E7",
        "E8",
        "E9",
        "E14",
        "E15",
        "E16",
        "E17",
    ]
)
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
ADOPTED = ("E11", "E12")


@dataclass
class HandIn:
    """A return and that of the year before (None: not handed in): for each table its rows, of text or None."""

    year: int
    tables: dict[str, list[Row]]
    last: dict[str, list[Row]] | None = None
    start: date = field(init=False)
    end: date = field(init=False)

    def __post_init__(self) -> None:
        self.start, self.end = date(self.year - 1, 4, 1), date(self.year, 3, 31)
        for tables in (self.tables, self.last or {}):
            for name, rows in tables.items():
                for number, row in enumerate(rows):
                    row["#"], row["table"] = str(number), name

    def of(self, table: str, child: str | None = None, *, last: bool = False) -> list[Row]:
        """The rows of a table, of one child where one is named."""
        rows = ((self.last or {}) if last else self.tables).get(table, [])
        return [row for row in rows if child is None or row.get(KEY[table[:3] == "cin"]) == child]

    def children(self, table: str) -> list[str]:
        """Every child of a table, once each."""
        return list(dict.fromkeys(row["CHILD"] for row in self.of(table) if row.get("CHILD")))

    def one(self, table: str, child: str | None, *, last: bool = False) -> Row | None:
        """The first row of a child."""
        rows = self.of(table, child, last=last) if child else []
        return rows[0] if rows else None

    def episodes(self, child: str | None, *, last: bool = False) -> list[Row]:
        """The episodes of a child that have a start, in order."""
        rows = [row for row in self.of("Episodes", child, last=last) if day(row, "DECOM")]
        return sorted(rows, key=lambda row: (day(row, "DECOM"), day(row, "DEC") or date.max, int(row["#"] or 0)))

    def pairs(self) -> Iterator[tuple[Row, Row]]:
        """Each episode of this year with the one after it of the same child."""
        for child in self.children("Episodes"):
            rows = self.episodes(child)
            yield from itertools.pairwise(rows)

    def born(self, child: str | None) -> date | None:
        """The birth date of the header."""
        row = self.one("Header", child)
        return day(row, "DOB") if row else None

    def uasc(self, child: str | None) -> bool:
        """Whether the child is said to seek asylum alone, this year or last."""
        return bool(self.one("UASC", child) or self.one("UASC", child, last=True))


KEY = {False: "CHILD", True: "LAchildID"}
Check = Callable[[HandIn], Iterable[Row]]


@dataclass(frozen=True)
class Blind:
    """A rule read a second time: `since` and `until` are collection years; `rows`: its rows are compared too."""

    code: str
    check: Check
    since: int
    until: int
    rows: bool


BLIND: list[Blind] = []


def blind(code: str, *, since: int = 2023, until: int = 2027, rows: bool = False) -> Callable[[Check], Check]:
    """Enter a naive rule; without `rows` only the children whom it finds are compared."""

    def enter(check: Check) -> Check:
        BLIND.append(Blind(code, check, since, until, rows))
        return check

    return enter


def day(row: Row | None, column: str) -> date | None:
    """A cell as a date; None where it holds none. The return writes 31/03/2025, the census 2025-03-31."""
    text = (row or {}).get(column)
    if not text:
        return None
    parts = text.split("/")[::-1] if "/" in text else text.split("-")
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, TypeError):
        return None


def birthday(born: date, years: int) -> date:
    """The day on which someone becomes that old: of 29 February 1 March in a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def age(born: date | None, on: date | None) -> int | None:
    """Completed years; None where either date is lacking."""
    if born is None or on is None:
        return None
    return on.year - born.year - (on < birthday(born, on.year - born.year))


def under(born: date | None, on: date | None, years: int) -> bool:
    """Whether someone is known to be younger than that; the unborn are."""
    years_old = age(born, on)
    return years_old is not None and years_old < years


def over(born: date | None, on: date | None, years: int) -> bool:
    """Whether someone is known to be that old."""
    years_old = age(born, on)
    return years_old is not None and years_old >= years


def given(row: Row | None, *columns: str) -> bool:
    """Whether any of the cells holds something."""
    return any((row or {}).get(column) for column in columns)


def whole(row: Row | None, *columns: str) -> bool:
    """Whether each of the cells holds something."""
    return all((row or {}).get(column) for column in columns)
