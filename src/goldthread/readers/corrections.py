"""Corrections read from a CSV file, row by row, and put in force while values are read."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from goldthread.kernel.corrections import NONE, Corrections

COLUMNS = ("field", "value", "code")
MOST_ROWS = 50_000

_in_force: ContextVar[Corrections] = ContextVar("corrections", default=NONE)


class Unusable(Exception):
    """A file of corrections that cannot be used. The message says which row and how to mend it."""


@contextmanager
def in_force(corrections: Corrections) -> Iterator[None]:
    """Within this, every matcher asks the corrections first."""
    before = _in_force.set(corrections)
    try:
        yield
    finally:
        _in_force.reset(before)


def corrected(code_list: str, form: str) -> str | None:
    """The code that the corrections in force give to a plain form; None where they say nothing."""
    return _in_force.get().get((code_list, form))


def correction(field_name: str, value: str, code: str) -> tuple[tuple[str, str], str]:
    """One correction, checked. Raises Unusable, in one sentence, on a field, value or code that there is not."""
    from goldthread.readers.code_fields import UnknownField, field
    from goldthread.readers.code_matching import LISTS
    from goldthread.readers.spelling import mended, plain

    try:
        name = field(field_name)
    except UnknownField as error:
        raise Unusable(str(error)) from error
    form = plain(mended(value))
    if not form:
        raise Unusable("the value has no letter or digit to know it by; write the value as the file has it.")
    known = {plain(held): held for held in LISTS[name].values()}
    if plain(code) not in known:
        raise Unusable(f"{name} has no code “{code}”; its codes are {', '.join(list(known.values())[:12])}"
                       f"{', …' if len(known) > 12 else ''}.")  # fmt: skip
    return (name, form), known[plain(code)]


def parse(data: bytes) -> Corrections:
    """The corrections of a CSV file with the columns field, value and code. Raises Unusable, naming the row."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        return _parse(lines)
    except csv.Error as error:
        raise Unusable(f"row {lines.line_num} is not CSV; save the file as CSV again.") from error


def _parse(lines: Iterator[list[str]]) -> Corrections:
    heading = [name.strip().casefold() for name in next(lines, [])]
    lacking = [name for name in COLUMNS if name not in heading]
    if lacking:
        raise Unusable(f"row 1 lacks the heading {' and '.join(lacking)}; the first row must be field,value,code.")
    places = [heading.index(name) for name in COLUMNS]
    made: dict[tuple[str, str], str] = {}
    rows: dict[tuple[str, str], int] = {}
    for row, cells in enumerate(lines, start=2):
        if row > MOST_ROWS + 1:
            raise Unusable(f"there are more than {MOST_ROWS:,} rows; keep only those that are needed.")
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) <= max(places):
            raise Unusable(f"row {row} has too few cells; it needs a field, a value and a code.")
        try:
            key, code = correction(*(cells[place].strip() for place in places))
        except Unusable as error:
            raise Unusable(f"row {row}: {error}") from error
        if made.get(key, code) != code:
            raise Unusable(f"row {row} says {code} for what row {rows[key]} says is {made[key]}; keep one of them.")
        made[key] = code
        rows.setdefault(key, row)
    return made
