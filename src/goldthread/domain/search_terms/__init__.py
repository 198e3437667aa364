"""Other words of the field that a search of documents looks for as well, by a file that an installation may replace.

The file that ships lies beside this one. It is ours, from the words of the guidance of 2013 to 2026.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goldthread.domain.toml_sheet import Sheet, SheetError

OURS = Path(__file__).parent / "terms.toml"
MOST_GROUPS, MOST_WORDS = 500, 24
"""More groups than this in a file, or more ways in a group, are not taken."""


class TermsError(ValueError):
    """A file of terms cannot be used. The message names the file, the line, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The groups of a file, each a row of words or short forms.

    Those of `same` say one thing, and are looked for by words and by meaning; those of `near` belong together, and are
    looked for by meaning alone. `own` says that an installation wrote them.
    """

    same: tuple[tuple[str, ...], ...]
    near: tuple[tuple[str, ...], ...]
    own: bool = False


def read(path: Path) -> Terms:
    """The terms of a file. Raises TermsError, with the line, where it cannot be used."""
    try:
        sheet = Sheet.read(path)
        found = Terms(_groups(sheet, "same"), _groups(sheet, "near"), own=path != OURS)
        sheet.done()
        return found
    except SheetError as error:
        raise TermsError(str(error)) from error


def _groups(sheet: Sheet, name: str) -> tuple[tuple[str, ...], ...]:
    sheets = sheet.tables(name, least=0)
    if len(sheets) > MOST_GROUPS:
        sheet.fail(name, f"there are more than {MOST_GROUPS} groups; leave some out.")
    held = []
    for one in sheets:
        words = one.words("words")
        if not 2 <= len(words) <= MOST_WORDS:
            one.fail("words", f"a group has from 2 to {MOST_WORDS} ways to say it.")
        one.done()
        held.append(words)
    return tuple(held)


@cache
def ours() -> Terms:
    """The terms that ship."""
    return read(OURS)


_USED: list[Terms] = []


def use(path: Path | None) -> None:
    """Use the terms of a file from now on, or those that ship. Raises TermsError where it cannot be used."""
    _USED[:] = [read(path)] if path else []


def in_use() -> Terms:
    """The terms that this installation looks for."""
    return _USED[0] if _USED else ours()
