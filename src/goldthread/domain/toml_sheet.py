"""Reading a TOML file that people write by hand, so that every refusal names the file, the line and the mending.

`tomllib` knows lines only while it parses; what is wrong in meaning is found later. So the lines of tables and keys
are noted from the text first, and a `Sheet` (one table of the file) hands out its values by kind and remembers
which were asked for: what nobody asked for is an unknown key.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
Place = tuple[str | int, ...]

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""How a slug is written: small letters and figures, joined by single hyphens."""

_HEADING = re.compile(r"^\s*(\[\[|\[)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*([A-Za-z0-9_-]+|"[^"]*"|'[^']*')\s*=""")
_LONG = re.compile(r'"""|' + "'''")


class SheetError(ValueError):
    """A file cannot be used. The message names the file, the line, and how to mend it.

    `place` is where in the data it is wrong, `says` the message without file and line, and `plain` the same for
    somebody who sees a form and not the file.
    """

    def __init__(self, message: str, *, line: int = 0, place: Place = (), says: str = "", plain: str = "") -> None:
        super().__init__(message)
        self.line, self.place, self.says = line, place, says or message
        self.plain = plain or self.says


class Sheet:
    """One table of a TOML file: its values, and the line of each."""

    def __init__(self, file: str, values: Mapping[str, Any], lines: Mapping[Place, int], place: Place = ()) -> None:
        self._file, self._values, self._lines, self._place = file, values, lines, place
        self._asked: set[str] = set()

    @classmethod
    def read(cls, path: Path) -> "Sheet":
        """The whole file. Raises SheetError when it cannot be read, or is not TOML."""
        try:
            return cls.of_text(path.name, path.read_text("utf-8"))
        except OSError as error:
            raise SheetError(f"{path.name}: the file cannot be opened ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise SheetError(f"{path.name}: the file is not text in UTF-8; save it as UTF-8.") from error

    @classmethod
    def of_text(cls, file: str, text: str) -> "Sheet":
        """The text of a file. Raises SheetError when it is not TOML."""
        try:
            return cls(file, tomllib.loads(text), _lines_of(text))
        except (ValueError, RecursionError) as error:
            # Not every slip is TOML's own: a number of thousands of figures, or brackets in thousands of brackets.
            told = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            found = re.fullmatch(r"(?s)(.*) \(at (?:line (\d+), column \d+|end of document)\)", told)
            line = int((found and found[2]) or text.count("\n") + 1)
            says = f"this is not TOML: {found[1] if found else told}. Compare the lines above."
            raise SheetError(f"{file}, line {line}: {says}", line=line, says=says) from error

    @classmethod
    def of(cls, file: str, values: Mapping[str, Any]) -> "Sheet":
        """Values that came from elsewhere than TOML: a refusal names the place among them and no line."""
        return cls(file, values, {})

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def fail(self, key: str | None, says: str) -> NoReturn:
        """Refuse the file at a key of this table, at its heading, or at what it stands in where it has no line."""
        raise self.error(key, says)

    def error(self, key: str | None, says: str, plain: str = "") -> SheetError:
        """What is wrong at a key, to be raised or told among others."""
        told = (*self._place, key) if key else self._place
        if not self._lines:
            within = [f"{one + 1}" if isinstance(one, int) else one for one in self._place]
            where = ", ".join([self._file, " ".join(within)]) if within else self._file
            return SheetError(f"{where}: {says}", place=told, says=says, plain=plain)
        places: list[Place] = [(*self._place, key), (*self._place, key, 0)] if key else []
        places += [self._place[:depth] for depth in range(len(self._place), 0, -1)]
        line = self._lines.get(next((p for p in places if p in self._lines), ()), 1)
        return SheetError(f"{self._file}, line {line}: {says}", line=line, place=told, says=says, plain=plain)

    def text(self, key: str) -> str:
        """Words that must be there."""
        value = self._value(key, str, "words in quotation marks")
        if not value.strip():
            self.fail(key, f"“{key}” is empty; write the words between the quotation marks.")
        return " ".join(value.split())

    def text_or(self, key: str, otherwise: str = "") -> str:
        """Words that may be left out."""
        return self.text(key) if key in self else self._ask(key, otherwise)

    def may_have(self, key: str) -> None:
        """Note a key that may be left out, so that a refusal can offer it."""
        self._asked.add(key)

    def slug(self, key: str = "slug") -> str:
        """A short name for use in addresses and commands."""
        value = self.text(key)
        if not SLUG.fullmatch(value):
            self.fail(key, f"“{value}” is not a slug; use small letters, figures and single hyphens.")
        return value

    def one_of(self, key: str, words: Iterable[str]) -> str:
        """One word out of a list."""
        value, known = self.text(key), tuple(words)
        if value not in known:
            self.fail(key, f"“{value}” is not a known {key}; use one of {', '.join(known)}.")
        return value

    def some_of(self, key: str, words: Iterable[str]) -> tuple[str, ...]:
        """Words out of a list, each at most once."""
        values, known = self._value(key, list, "a list in square brackets"), tuple(words)
        for value in values:
            if value not in known:
                self.fail(key, f"“{value}” in “{key}” is not known; use {', '.join(known)}.")
        if len(set(values)) < len(values):
            self.fail(key, f"“{key}” names something twice; leave one.")
        return tuple(values)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words of any kind, each at most once."""
        values = self._value(key, list, "a list in square brackets")
        if not all(isinstance(value, str) and value.strip() for value in values):
            self.fail(key, f"“{key}” must be words in quotation marks, within square brackets.")
        if len(set(values)) < len(values):
            self.fail(key, f"“{key}” names something twice; leave one.")
        return tuple(values)

    def day(self, key: str) -> date:
        """A date, written 2013-11-01 without quotation marks."""
        value = self._value(key, date, "a date, written 2013-11-01 without quotation marks")
        if type(value) is not date:
            self.fail(key, f"“{key}” has a time of day; write the date alone, like 2013-11-01.")
        return value

    def day_or_none(self, key: str) -> date | None:
        """A date that may be left out."""
        return self.day(key) if key in self else self._ask(key, None)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates that may be left out."""
        values = self._value(key, list, "a list of dates in square brackets") if key in self else self._ask(key, [])
        if not all(type(value) is date for value in values):
            self.fail(key, f"“{key}” must be dates, written 2013-11-01, within square brackets.")
        return tuple(values)

    def flag(self, key: str, otherwise: bool | None = None) -> bool:
        """True or false; may be left out when there is an `otherwise`."""
        if otherwise is not None and key not in self:
            return self._ask(key, otherwise)
        return bool(self._value(key, bool, "true or false, without quotation marks"))

    def count(self, key: str, least: int = 0) -> int:
        """A whole number, not below `least`."""
        value = self._value(key, int, "a whole number")
        if isinstance(value, bool) or value < least:
            self.fail(key, f"“{key}” must be a whole number, {least} or more.")
        return int(value)

    def numbers(self, key: str, most: int) -> tuple[int, ...]:
        """A list of whole numbers from 1 to `most`, each at most once."""
        values = self._value(key, list, "a list of whole numbers in square brackets")
        if not all(type(value) is int and 1 <= value <= most for value in values):
            self.fail(key, f"“{key}” must be whole numbers from 1 to {most}, within square brackets.")
        if len(set(values)) < len(values):
            self.fail(key, f"“{key}” names something twice; leave one.")
        return tuple(values)

    def percentage(self, key: str) -> int:
        """A whole percentage, from 1 to 100."""
        value = self.count(key, least=1)
        if value > 100:
            self.fail(key, f"“{key}” is a percentage; write a whole number from 1 to 100.")
        return value

    def words_by_key(self, key: str) -> dict[str, str]:
        """A table of keys and words, in the order of the file."""
        table = self.table(key)
        return {name: table.text(name) for name in table.names()}

    def table(self, key: str) -> "Sheet":
        """A table within this one."""
        value = self._value(key, dict, f"a table, under a heading that ends in {key}]")
        return Sheet(self._file, value, self._lines, (*self._place, key))

    def tables(self, key: str, least: int = 1) -> list["Sheet"]:
        """The tables under repeated [[…]] headings, in the order of the file."""
        if key not in self and not least:
            return self._ask(key, [])
        values = self._value(key, list, f"one or more tables, each under a heading that ends in {key}]]")
        if len(values) < least or not all(isinstance(value, dict) for value in values):
            self.fail(key, f"“{key}” must be tables, each under its own heading that ends in {key}]].")
        return [Sheet(self._file, value, self._lines, (*self._place, key, n)) for n, value in enumerate(values)]

    def names(self) -> tuple[str, ...]:
        """The keys of this table, in the order of the file."""
        return tuple(self._values)

    def done(self) -> None:
        """Refuse what nobody asked for: a key that is not known is most often a slip of the pen."""
        for key in self._values:
            if key not in self._asked:
                self.fail(key, f"“{key}” is not known here; use {', '.join(sorted(self._asked))}, or take it out.")

    def _ask(self, key: str, value: T) -> T:
        self._asked.add(key)
        return value

    def _value(self, key: str, kind: type, says: str) -> Any:
        self._asked.add(key)
        if key not in self._values:
            self.fail(None, f"“{key}” is missing; add {key} = {says}.")
        value = self._values[key]
        if not isinstance(value, kind):
            self.fail(key, f"“{key}” must be {says}.")
        return value


def unique(sheets: Iterable[tuple[Sheet, str]], key: str) -> None:
    """Refuse the second of two tables that carry the same name under `key`."""
    seen: set[str] = set()
    for sheet, value in sheets:
        if value in seen:
            sheet.fail(key, f"“{value}” is already used above as a {key}; give this one another.")
        seen.add(value)


def stamped(text: str, **values: str | int) -> str:
    """The same text with other values of these keys of the whole file, a line each; comments and all else stay.

    What is not there yet is written at the top. Meant for names and numbers, whose values stand on one line.
    """
    lines, places = text.splitlines(), _lines_of(text)
    first = []
    for key, told in values.items():
        line = f"{key} = {json.dumps(told, ensure_ascii=False)}"
        if at := places.get((key,)):
            lines[at - 1] = line
        else:
            first.append(line)
    return "\n".join([*first, *lines]) + "\n"


def _lines_of(text: str) -> dict[Place, int]:
    """The line of every table and key of a TOML text, by its place in the data."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    here: Place = ()
    within = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not within:
            if heading := _HEADING.match(line):
                here = _place_of(heading[2], counts, many=heading[1] == "[[")
                lines.setdefault(here, number)
            elif key := _KEY.match(line):
                lines.setdefault((*here, key[1].strip("\"'")), number)
        for mark in _LONG.findall(line):
            within = "" if within == mark else within or mark
    return lines


def _place_of(heading: str, counts: dict[Place, int], many: bool) -> Place:
    """Where the data of a heading stands; a repeated heading counts up."""
    place: Place = ()
    keys = [key.strip().strip("\"'") for key in heading.split(".")]
    for depth, key in enumerate(keys, 1):
        place = (*place, key)
        if many and depth == len(keys):
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place = (*place, counts[place] - 1)
    return place
