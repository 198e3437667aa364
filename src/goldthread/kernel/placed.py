"""The issues of a check as one number each: the table, the row, and the words it is told in. Few words are said often.

Laid out as text (`issues.ISSUES_SCHEMA`) an issue takes a hundred bytes, and half a million are slow to sort. As
numbers they take eight each, stand in order by being sorted as such, and are laid out some at a time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from goldthread.kernel.forms import FORMS
from goldthread.kernel.issues import ISSUES_SCHEMA, Broken

if TYPE_CHECKING:
    from goldthread.kernel.rule import Rule

WORDS: dict[str, type[pl.DataType]] = {name: of for name, of in ISSUES_SCHEMA.items() if not name.endswith("row")}
"""What issues have in common: everything but where they are."""

_ORDER = ("rule", "fields")


@dataclass(frozen=True)
class Placed:
    """Issues in the order of `issues.in_order`, each once.

    A number is `((list + 1) * beyond + row + 1) * len(words) + word`; where there is no list or no row, nothing is
    added for it. `words` (WORDS) stand in the order of rule and fields, and `word` is a place among them. `beyond` is a
    number that no row reaches. `earlier` are the rows of an earlier submission, None where no issue has one.
    """

    numbers: pl.Series
    words: pl.DataFrame
    beyond: int
    earlier: pl.Series | None = None

    @property
    def height(self) -> int:
        """How many issues there are."""
        return len(self.numbers)

    @cached_property
    def used(self) -> pl.DataFrame:
        """The words that any issue is told in."""
        return self.words if self.words.is_empty() else self.words[(self.numbers % self.words.height).unique()]

    def slice(self, at: int, length: int) -> "Placed":
        """So many of the issues from a place on."""
        earlier = None if self.earlier is None else self.earlier.slice(at, length)
        return Placed(self.numbers.slice(at, length), self.words, self.beyond, earlier)

    def of_rules(self, codes: Iterable[str]) -> "Placed":
        """The issues of these rules alone."""
        if self.words.is_empty():
            return self
        wanted = self.words["rule"].is_in(list(codes))[self.numbers % self.words.height]
        earlier = None if self.earlier is None else self.earlier.filter(wanted)
        return Placed(self.numbers.filter(wanted), self.words, self.beyond, earlier)

    def at(self) -> pl.DataFrame:
        """Where each issue is: `word`, its place among the words, and `row`, None where it is about a whole list."""
        number, many = pl.col("number"), max(self.words.height, 1)
        row = number // many % self.beyond - 1
        return pl.DataFrame({"number": self.numbers}).select(
            (number % many).alias("word"), pl.when(row >= 0).then(row).alias("row")
        )

    def laid_out(self) -> pl.DataFrame:
        """The issues in ISSUES_SCHEMA."""
        if not self.height:
            return pl.DataFrame(schema=ISSUES_SCHEMA)
        at = self.at()
        nowhere = pl.Series([None], dtype=pl.Int64).new_from_index(0, self.height)
        earlier = nowhere if self.earlier is None else self.earlier
        issues = self.words[at["word"]].with_columns(row=at["row"], earlier_row=earlier)
        return issues.select(*ISSUES_SCHEMA)


class _Part(NamedTuple):
    """Rows of one table at which the rule of that place is broken."""

    which: int
    table: str
    rows: pl.Series
    earlier: pl.Series | None = None


def placed_of(rules: "Sequence[Rule]", broken: Sequence[Broken]) -> Placed:
    """The issues of every rule; a place that a rule names twice is told once."""
    parts = [part for of in broken for part in _parts(rules, of)]
    if not parts:
        return nothing_placed()
    numbers = {name: number for form in FORMS.values() for name, number in form.numbers().items()}
    # Of rules alike in code and fields the first comes first.
    ranked = sorted({(rules[one.which].code, rules[one.which].headings, one.which, one.table) for one in parts})
    rank = {(which, table): at for at, (_, _, which, table) in enumerate(ranked)}
    said = [(rules[which], table) for _, _, which, table in ranked]
    words = pl.DataFrame(
        [(one.code, one.severity.value, numbers[table], table, one.headings, one.says) for one, table in said],
        schema=WORDS, orient="row",
    )  # fmt: skip
    rows = pl.concat([one.rows for one in parts])
    beyond = int(rows.max() or 0) + 2  # type: ignore[arg-type]
    bases = [(numbers[one.table] + 1) * beyond * len(ranked) + rank[one.which, one.table] for one in parts]
    times = pl.DataFrame({"base": bases, "times": [len(one.rows) for one in parts]})
    base = times.select(pl.col("base").repeat_by("times").explode(empty_as_null=False)).to_series()
    each = pl.DataFrame({"row": rows, "base": base})
    found = each.select((pl.col("row") + 1).fill_null(0) * len(ranked) + pl.col("base")).to_series()
    return _in_order(found, words, beyond, _earlier(parts), once=True)


def _parts(rules: "Sequence[Rule]", broken: Broken) -> Iterator[_Part]:
    yield from (_Part(place, rules[place].table, rows) for place, rows in broken.rows)
    for frame in broken.frames:
        # A rule nearly always names rows of one table: to part them costs more than to see that.
        if frame.height and all((frame[name] == frame[name][0]).all() for name in ("which", "table")):
            yield _part(frame, frame["which"][0], frame["table"][0])
            continue
        for (which, table), part in frame.partition_by("which", "table", as_dict=True).items():
            yield _part(part, int(which), str(table))


def _part(frame: pl.DataFrame, which: int, table: str) -> _Part:
    earlier = frame["earlier_row"]
    return _Part(which, table, frame["row"], None if earlier.null_count() == len(earlier) else earlier)


def _earlier(parts: Sequence[_Part]) -> pl.Series | None:
    if all(one.earlier is None for one in parts):
        return None
    nothing = pl.Series([None], dtype=pl.Int64)
    return pl.concat(
        [nothing.new_from_index(0, len(one.rows)) if one.earlier is None else one.earlier for one in parts]
    )


def _in_order(
    numbers: pl.Series, words: pl.DataFrame, beyond: int, earlier: pl.Series | None, *, once: bool = False
) -> Placed:
    """Issues put in order, and with `once` those that are told twice told once."""
    if earlier is None:
        ordered = numbers.sort()
        if once:
            ordered = ordered.filter(ordered.ne_missing(ordered.shift(1)))
        return Placed(ordered, words, beyond)
    # An earlier row counts before which of several rules alike it is.
    alike = words.select(pl.struct(_ORDER).rle_id()).to_series()
    held = pl.DataFrame({"number": numbers, "earlier": earlier}).with_columns(
        place=pl.col("number") // words.height, alike=alike[numbers % words.height]
    )
    held = held.sort("place", "alike", "earlier", "number", nulls_last=False, maintain_order=True)
    if once:
        held = held.filter(pl.struct("number", "earlier").rle_id().diff().fill_null(1) > 0)
    return Placed(held["number"], words, beyond, held["earlier"])


def nothing_placed() -> Placed:
    """No issues."""
    return Placed(pl.Series([], dtype=pl.Int64), pl.DataFrame(schema=WORDS), 1)


def placed(issues: pl.DataFrame) -> Placed:
    """Issues that were laid out, as numbers."""
    if issues.is_empty():
        return nothing_placed()
    words = issues.select(*WORDS).unique(maintain_order=True).sort(*_ORDER, maintain_order=True)
    word = issues.select(*WORDS).join(
        words.with_row_index("word"), on=list(WORDS), how="left", nulls_equal=True, maintain_order="left"
    )
    beyond = int(issues["row"].max() or 0) + 2  # type: ignore[arg-type]
    lists, rows = (issues[name].fill_null(-1) + 1 for name in ("list", "row"))
    earlier = None if issues["earlier_row"].null_count() == issues.height else issues["earlier_row"]
    return _in_order((lists * beyond + rows) * words.height + word["word"].cast(pl.Int64), words, beyond, earlier)


def both(one: Placed, other: Placed) -> Placed:
    """The issues of two checks in one order."""
    if not one.height or not other.height:
        return one if one.height else other
    beyond = max(one.beyond, other.beyond)
    words = pl.concat([one.words, other.words])
    order = words.with_row_index("was").sort(*_ORDER, "was")
    rank = order.with_row_index("is").sort("was")["is"].cast(pl.Int64)
    parts = ((one, rank.head(one.words.height)), (other, rank.tail(other.words.height)))
    numbers = pl.concat([_renumbered(each, ranks, beyond, words.height) for each, ranks in parts])
    earlier = None
    if one.earlier is not None or other.earlier is not None:
        nothing = pl.Series([None], dtype=pl.Int64)
        earlier = pl.concat(
            [nothing.new_from_index(0, of.height) if of.earlier is None else of.earlier for of in (one, other)]
        )
    return _in_order(numbers, order.select(*WORDS), beyond, earlier)


def _renumbered(of: Placed, ranks: pl.Series, beyond: int, many: int) -> pl.Series:
    place, word = of.numbers // of.words.height, of.numbers % of.words.height
    return (place // of.beyond * beyond + place % of.beyond) * many + ranks[word]
