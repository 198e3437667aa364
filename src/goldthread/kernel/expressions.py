"""The small language in which an authority says what a row of a return must not be: parsed here, and never run as code.

    DEC < DECOM
    LS in ('C1', 'C2') and PLACE is blank
    days(DECOM, DEC) > 365 or not (RNE = 'S')
    DOB > 2008-03-31 and age(DOB, DECOM) >= 18

Names are headings of one table. Text stands in quotation marks, dates as 2026-03-31, `year_start` and `year_end` are
the first and last day of the return's year. What is blank makes a comparison neither true nor false, and such a row
breaks no rule: absence is asked by `is blank`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.table import Column, Kind, Table

MOST_SIGNS = 2_000
MOST_DEEP = 30
"""How long an expression may be, and how deep its brackets: more is no rule that a person could check."""

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<number>-?\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign><=|>=|!=|<>|=|<|>|\(|\)|,))"
)
_COMPARED = ("=", "!=", "<>", "<", "<=", ">", ">=")


class NotSaid(ValueError):
    """An expression that cannot be understood. Its text says where and why, in words for whoever wrote it."""


class Type:
    """What a part of an expression is: words used in refusals."""

    TEXT, DATE, NUMBER, TRUTH = "text", "a date", "a number", "a condition"


Made = Callable[[Context], pl.Expr]


class Part(NamedTuple):
    """A part of an expression: what it is, and how it is asked of a table."""

    type: str
    made: Made
    says: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression over one table: its text, the columns that it names, and the test of a row."""

    text: str
    columns: tuple[str, ...]
    fails: Made


def parse(text: str, table: Table) -> Expression:
    """The expression over that table. Raises NotSaid, saying what is wrong and what could be written instead."""
    parser = _Parser(_tokens(text), table)
    whole = parser.either()
    if parser.rest:
        raise NotSaid(f"“{parser.rest[0].text}” stands where the expression should end or go on with and, or")
    if whole.type != Type.TRUTH:
        raise NotSaid(f"it is {whole.type} and no condition; compare it, as in DEC < DECOM")
    return Expression(text, tuple(dict.fromkeys(parser.named)), whole.made)


class _Token(NamedTuple):
    kind: str
    text: str


def _tokens(text: str) -> list[_Token]:
    if len(text) > MOST_SIGNS:
        raise NotSaid(f"it is longer than {MOST_SIGNS:,} signs; make several rules of it")
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            near = text[at:end].strip()[:12]
            raise NotSaid(f"“{near}” cannot be understood; text stands in quotation marks, dates as 2026-03-31")
        found.append(_Token(match.lastgroup or "", match.group(match.lastgroup or 0)))
        at = match.end()
    return found


class _Parser:
    """Goes through the signs once, from what binds least (or) to what binds most (a name)."""

    def __init__(self, tokens: list[_Token], table: Table) -> None:
        self.rest, self.table, self.named, self._deep = tokens, table, list[str](), 0
        self._columns = {column.says.casefold(): column for column in table.columns}

    def either(self) -> Part:
        """Conditions joined by `or`."""
        return self._joined(self._both, "or", lambda left, right: lambda c: left(c) | right(c))

    def _both(self) -> Part:
        return self._joined(self._negated, "and", lambda left, right: lambda c: left(c) & right(c))

    def _joined(self, inner: Callable[[], Part], word: str, join: Callable[[Made, Made], Made]) -> Part:
        left = inner()
        while self._takes(word):
            right = inner()
            for one in (left, right):
                if one.type != Type.TRUTH:
                    raise NotSaid(f"beside “{word}” stands {one.type} and no condition; compare it with something")
            left = Part(Type.TRUTH, join(left.made, right.made))
        return left

    def _negated(self) -> Part:
        if not self._takes("not"):
            return self._compared()
        with_in = self._deeper(self._negated)
        if with_in.type != Type.TRUTH:
            raise NotSaid(f"behind “not” stands {with_in.type} and no condition")
        return Part(Type.TRUTH, lambda c: ~with_in.made(c))

    def _compared(self) -> Part:
        left = self._value()
        if self._takes("is"):
            return self._blank(left)
        if self._takes("not"):
            self._must("in")
            among = self._among(left)
            return Part(Type.TRUTH, lambda c: ~among.made(c))
        if self._takes("in"):
            return self._among(left)
        if not self.rest or self.rest[0].text not in _COMPARED:
            return left
        sign = self.rest.pop(0).text
        right = self._value()
        _must_match(left, right)
        return Part(Type.TRUTH, _comparison(left.made, sign, right.made))

    def _blank(self, left: Part) -> Part:
        filled = self._takes("not")
        self._must("blank")
        if left.type == Type.TRUTH:
            raise NotSaid("“is blank” goes with a column and not with a condition")
        return Part(Type.TRUTH, lambda c: left.made(c).is_not_null() if filled else left.made(c).is_null())

    def _among(self, left: Part) -> Part:
        self._must("(")
        values = [self._value()]
        while self._takes(","):
            values.append(self._value())
        self._must(")")
        for one in values:
            _must_match(left, one)
        return Part(Type.TRUTH, lambda c: pl.any_horizontal(left.made(c) == one.made(c) for one in values))

    def _value(self) -> Part:
        if not self.rest:
            raise NotSaid("it breaks off; something is missing at its end")
        kind, text = self.rest.pop(0)
        if text == "(":
            inner = self._deeper(self.either)
            self._must(")")
            return inner
        if kind == "date":
            return _constant(Type.DATE, _date(text))
        if kind == "number":
            return _constant(Type.NUMBER, float(text))
        if kind == "text":
            return _constant(Type.TEXT, text[1:-1])
        if kind != "name" or text.casefold() in ("and", "or", "in", "is", "blank", "not"):
            raise NotSaid(f"“{text}” stands where a column or a value should")
        return self._named(text)

    def _named(self, text: str) -> Part:
        if text.casefold() in _FUNCTIONS and self._takes("("):
            return self._called(text.casefold())
        if text.casefold() == "year_start":
            return Part(Type.DATE, lambda c: pl.lit(c.year_start), text)
        if text.casefold() == "year_end":
            return Part(Type.DATE, lambda c: pl.lit(date(c.collection_year, 3, 31)), text)
        column = self._columns.get(text.casefold())
        if column is None:
            raise NotSaid(
                f"{self.table.title} has no column {text}; it has {', '.join(c.says for c in self.table.columns)}"
            )
        self.named.append(column.name)
        name = column.name
        return Part(_type_of(column), lambda _: pl.col(name), column.says)

    def _called(self, name: str) -> Part:
        wanted, gives, make = _FUNCTIONS[name]
        given = [self._value()]
        while self._takes(","):
            given.append(self._value())
        self._must(")")
        if [one.type for one in given] != list(wanted):
            raise NotSaid(f"{name}() wants {' and '.join(wanted)}, as in {_EXAMPLES[name]}")
        return Part(gives, lambda c: make([one.made(c) for one in given]))

    def _takes(self, word: str) -> bool:
        if self.rest and self.rest[0].kind in ("name", "sign") and self.rest[0].text.casefold() == word:
            self.rest.pop(0)
            return True
        return False

    def _must(self, word: str) -> None:
        if not self._takes(word):
            there = f"“{self.rest[0].text}” stands there" if self.rest else "it breaks off there"
            raise NotSaid(f"“{word}” is missing: {there}")

    def _deeper(self, inner: Callable[[], Part]) -> Part:
        self._deep += 1
        if self._deep > MOST_DEEP:
            raise NotSaid("its brackets stand too deep in each other; make several rules of it")
        made = inner()
        self._deep -= 1
        return made


def _constant(type_: str, value: date | float | str) -> Part:
    return Part(type_, lambda _: pl.lit(value), f"“{value}”")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotSaid(f"{text} is no day of any month") from None


def _type_of(column: Column) -> str:
    if column.kind is Kind.DATE:
        return Type.DATE
    return Type.NUMBER if column.kind in (Kind.COUNT, Kind.NUMBER) else Type.TEXT


def _must_match(left: Part, right: Part) -> None:
    if Type.TRUTH in (left.type, right.type):
        raise NotSaid("a condition cannot be compared; join conditions by and, or")
    if left.type == right.type:
        return
    how = {Type.TEXT: "as 'C1'", Type.DATE: "as 2026-03-31", Type.NUMBER: "as 12"}[left.type]
    raise NotSaid(
        f"{left.says or 'what stands first'} holds {left.type}, and is compared with {right.type}; write {how}"
    )


def _comparison(left: Made, sign: str, right: Made) -> Made:
    match sign:
        case "=":
            return lambda c: left(c) == right(c)
        case "!=" | "<>":
            return lambda c: left(c) != right(c)
        case "<":
            return lambda c: left(c) < right(c)
        case "<=":
            return lambda c: left(c) <= right(c)
        case ">":
            return lambda c: left(c) > right(c)
        case _:
            return lambda c: left(c) >= right(c)


def _days(given: Sequence[pl.Expr]) -> pl.Expr:
    return (given[1] - given[0]).dt.total_days().cast(pl.Float64)


def _age(given: Sequence[pl.Expr]) -> pl.Expr:
    born, on = given
    before = (on.dt.month() < born.dt.month()) | ((on.dt.month() == born.dt.month()) & (on.dt.day() < born.dt.day()))
    return (on.dt.year().cast(pl.Int64) - born.dt.year().cast(pl.Int64) - before.cast(pl.Int64)).cast(pl.Float64)


def _length(given: Sequence[pl.Expr]) -> pl.Expr:
    return given[0].str.len_chars().cast(pl.Float64)


_Function = tuple[tuple[str, ...], str, Callable[[Sequence[pl.Expr]], pl.Expr]]
_FUNCTIONS: dict[str, _Function] = {
    "days": ((Type.DATE, Type.DATE), Type.NUMBER, _days),
    "age": ((Type.DATE, Type.DATE), Type.NUMBER, _age),
    "length": ((Type.TEXT,), Type.NUMBER, _length),
}
_EXAMPLES = {"days": "days(DECOM, DEC)", "age": "age(DOB, DECOM)", "length": "length(UPN)"}
"""What can be worked out of columns: days from the first to the second, completed years of age, signs of a text."""
