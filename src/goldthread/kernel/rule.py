"""What a validation rule is, and `check()`.

A rule says what is wrong with a row, and how to put it right. It belongs to the form of its table (`kernel/forms`).
There is no official set of rules for Annex A: ours are drawn from the guidance to its columns and from practice
timescales, and must not be shown as Ofsted's or the Department's.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import polars as pl

from goldthread.kernel.context import LOOKED_UP, Context, NotThere
from goldthread.kernel.engine import IN_MEMORY, workers
from goldthread.kernel.event_dates import CHILD_LISTS
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.issues import ISSUES_SCHEMA as ISSUES_SCHEMA
from goldthread.kernel.issues import PLACES, Broken
from goldthread.kernel.issues import in_order as in_order
from goldthread.kernel.issues import no_issues as no_issues
from goldthread.kernel.placed import Placed, placed_of


class Severity(StrEnum):
    """How grave an issue is: against the guidance or itself; plausible but to be looked at; only a note.

    A note is of practice, or of how the file was read.
    """

    ERROR = "error"
    QUERY = "query"
    NOTE = "note"


NEEDS = {"providers": "the list of registered providers", "postcodes": "a directory of postcodes"}
"""What a rule may need besides tables, in words."""

Fails = Callable[[Context], pl.Expr]
Finds = Callable[[Context], pl.LazyFrame]
_Test = tuple[int, Fails]
"""A test of a rule, and the place of the rule among those that are run."""

_Pass = Callable[[], Broken]
_PLACES = pl.Schema(PLACES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One rule for one table of one form. A rule for many tables is declared once and stands here once for each.

    Exactly one of four is given. `fails`: an expression over the list, true where a row breaks the rule; null never
    reports, so a rule about absence says `is_null()`. `of_list`: one true or false for the list as a whole, such as a
    share of its rows. `finds`: a frame of `table` and `row`, for a rule across lists. `compares`: the same with
    `earlier_row`, for a rule that holds this submission against the one before; it is not run without one. A rule that
    is `anywhere` looks through whatever lists of children there are, and its `fields` are the same in each.

    No rule is run when its own table was not handed in, or one in `across`, which an expression may ask through
    `Context.once`. One with `since` or `until` is in force for the returns of these collection years alone, and not
    run where the year is not known. One that is `beside` asks which children other forms know, and is not run where
    no other form was handed in.

    `last` are the tables that the return of the year before must have, and `needs` what else must be there, by the
    names of NEEDS. `over` gives the frame that `fails` is asked of, where that is more than the table itself: its rows
    with what many rules share. Whatever such a frame or test asks for and is not there (`NotThere`, or a column that
    the file lacks) makes the rule one that is not run.
    """

    code: str
    says: str
    mend: str
    table: str
    fields: tuple[str, ...]
    severity: Severity = Severity.ERROR
    across: tuple[str, ...] = ()
    anywhere: bool = False
    since: int | None = None
    until: int | None = None
    beside: bool = False
    last: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    over: Finds | None = None
    settings: tuple[str, ...] = ()
    source: str = "Column guidance, Annex A, August 2019"
    fails: Fails | None = None
    of_list: Fails | None = None
    finds: Finds | None = None
    compares: Finds | None = None

    def __post_init__(self) -> None:
        if sum(test is not None for test in (self.fails, self.of_list, self.finds, self.compares)) != 1:
            raise ValueError(f"rule {self.code} must give either fails, of_list, finds or compares")
        for name in self.fields:
            TABLES_OF_ALL_FORMS[self.table].column(name)
        if (self.over is not None and self.fails is None) or not set(self.needs) <= set(NEEDS):
            raise ValueError(f"rule {self.code} asks over a frame without an expression, or needs what nobody gives")
        for name in (*self.across, *self.last):
            if TABLES_OF_ALL_FORMS[name].form != self.form:
                raise ValueError(f"rule {self.code} of {self.form} looks into {name}, which is of another form")

    @property
    def form(self) -> str:
        """The form that the rule is about: that of its table."""
        return TABLES_OF_ALL_FORMS[self.table].form

    @property
    def of_years(self) -> bool:
        """Whether the rule is in force for some collection years alone."""
        return self.since is not None or self.until is not None

    @property
    def headings(self) -> str:
        """The headings that the rule looks at, as the guidance writes them."""
        table = TABLES_OF_ALL_FORMS[self.table]
        return "; ".join(table.column(name).says for name in self.fields)


def can_run(rule: Rule, tables: Mapping[str, object], earlier: Mapping[str, object] | None = None) -> bool:
    """Whether the submission has every list that the rule needs, and so has the earlier one where the rule compares."""
    if rule.compares is not None and earlier is None:
        return False
    both = {name for name in tables if rule.compares is None or (earlier is not None and name in earlier)}
    if rule.anywhere:
        return any(name in both for name in CHILD_LISTS)
    return rule.table in both and all(name in both for name in rule.across)


def in_force(rule: Rule, year: int | None) -> bool:
    """Whether the rule is one of that collection year; one of some years alone is not, where the year is not known."""
    if not rule.of_years:
        return True
    return year is not None and (rule.since or year) <= year <= (rule.until or year)


def check(tables: Mapping[str, pl.LazyFrame], rules: Iterable[Rule], context: Context) -> pl.DataFrame:
    """Every issue in the tables: one row for each rule and row (ISSUES_SCHEMA), by list, row, and rule.

    All expression rules of a list run in one pass over it. A row that a rule across lists names twice is told once.
    """
    return check_and_tell(tables, rules, context).issues


class Told(NamedTuple):
    """What a check found, which rules something stopped, with why, and which were run."""

    issues: pl.DataFrame
    stopped: tuple[tuple[str, str], ...]
    ran: tuple[str, ...]


class ToldPlaces(NamedTuple):
    """The same with the issues as numbers."""

    placed: Placed
    stopped: tuple[tuple[str, str], ...]
    ran: tuple[str, ...]


def check_and_tell(tables: Mapping[str, pl.LazyFrame], rules: Iterable[Rule], context: Context) -> Told:
    """As `check`, with the rules that could not be run for want of something that only shows when they are asked."""
    told = check_and_place(tables, rules, context)
    return Told(told.placed.laid_out(), told.stopped, told.ran)


def check_and_place(tables: Mapping[str, pl.LazyFrame], rules: Iterable[Rule], context: Context) -> ToldPlaces:
    """As `check_and_tell`, with the issues as numbers."""
    earlier = None if context.earlier is None else context.earlier.tables
    runnable = [
        rule
        for rule in rules
        if can_run(rule, tables, earlier)
        and in_force(rule, context.year)
        and not (rule.beside and context.known is None)
    ]
    stopped: list[tuple[str, str]] = []
    # The data frames leave Python free: while one table's answers are worked out, the next one's are being asked.
    passes = [workers().submit(found) for found in _passes(tables, runnable, context, stopped)]
    broken = [each.result() for each in passes]
    return ToldPlaces(placed_of(runnable, broken), tuple(dict.fromkeys(stopped)), _ran(runnable, stopped))


def _passes(
    tables: Mapping[str, pl.LazyFrame], rules: Sequence[Rule], context: Context, stopped: list[tuple[str, str]]
) -> Iterator[_Pass]:
    """The passes over the tables that find where rules are broken; what stops a rule is added to `stopped`."""
    for (name, over), asked in _by_frame(rules).items():
        yield from _of_rows(over or partial(_itself, tables[name]), asked, context, stopped)
    of_lists = _by_table((place, rule, rule.of_list) for place, rule in enumerate(rules))
    for name, tests in of_lists.items():
        yield from _of_list(tables[name], tests, rules, context, stopped)
    for place, rule in enumerate(rules):
        finds = rule.finds or rule.compares
        if finds is not None:
            yield from _of_finds(rule, finds, place, context, stopped)


def _ran(rules: Sequence[Rule], stopped: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The codes of the rules of which at least one declaration was asked, in order."""
    asked, halted = Counter(rule.code for rule in rules), Counter(code for code, _ in stopped)
    return tuple(code for code in asked if asked[code] > halted[code])


def _itself(frame: pl.LazyFrame, _: Context) -> pl.LazyFrame:
    """The table alone, for rules that ask over no more than that."""
    return frame


_Asked = list[tuple[int, Rule]]


def _by_frame(rules: Sequence[Rule]) -> dict[tuple[str, Finds | None], _Asked]:
    """The rules with an expression by the frame that it is asked of, each with its place among all."""
    by_frame: dict[tuple[str, Finds | None], _Asked] = {}
    for place, rule in enumerate(rules):
        if rule.fails is not None:
            by_frame.setdefault((rule.table, rule.over), []).append((place, rule))
    return by_frame


def _of_rows(over: Finds, asked: _Asked, context: Context, stopped: list[tuple[str, str]]) -> list[_Pass]:
    """The pass that finds the rows of a list at which it breaks a rule; none where no rule of it can be asked."""
    try:
        frame = over(context)
        held = frozenset(frame.collect_schema().names())
    except _WANTING as wanting:
        stopped += [(rule.code, why(wanting, rule)) for _, rule in asked]
        return []
    answers: list[pl.Expr] = []
    for place, rule in asked:
        try:
            answer = rule.fails(context) if rule.fails is not None else pl.lit(None, pl.Boolean)
        except _WANTING as wanting:
            stopped.append((rule.code, why(wanting, rule)))
        else:
            # Null is no yes, and no row is taken for it.
            answers.append(answer.alias(str(place)))
    answers = _answerable(frame, held, answers, {str(place): rule for place, rule in asked}, stopped)
    if not answers:
        return []
    return [partial(_rows_told, frame.select("row", *answers))]


def _rows_told(asked: pl.LazyFrame) -> Broken:
    """The rows at which each answer says yes. Few rows break any rule, and the answers are never laid out at length."""
    told = asked.collect(engine=IN_MEMORY)
    rows = told["row"].cast(pl.Int64)
    return Broken(rows=[(int(answer.name), rows.filter(answer)) for answer in told.iter_columns() if _any(answer)])


def _list_told(asked: pl.LazyFrame) -> Broken:
    """The list as a whole, for each answer that says yes."""
    whole = pl.Series([None], dtype=pl.Int64)
    return Broken(
        rows=[(int(answer.name), whole) for answer in asked.collect(engine=IN_MEMORY).iter_columns() if _any(answer)]
    )


def _any(answer: pl.Series) -> bool:
    return answer.dtype == pl.Boolean and answer.any()


def _places_told(places: pl.LazyFrame) -> Broken:
    return Broken(frames=[places.collect(engine=IN_MEMORY)])


def _answerable(
    frame: pl.LazyFrame,
    held: frozenset[str],
    answers: list[pl.Expr],
    rules: Mapping[str, Rule],
    stopped: list[tuple[str, str]],
) -> list[pl.Expr]:
    """The answers that the columns held allow; only one that names another is planned beforehand."""
    allowed = []
    for answer in answers:
        # Of several columns named together the roots say nothing.
        if held.issuperset(answer.meta.root_names()) and not answer.meta.has_multiple_outputs():
            allowed.append(answer)
            continue
        try:
            frame.select(answer).collect_schema()
        except _WANTING as wanting:
            rule = rules[answer.meta.output_name()]
            stopped.append((rule.code, why(wanting, rule)))
        else:
            allowed.append(answer)
    return allowed


def _of_finds(rule: Rule, finds: Finds, place: int, context: Context, stopped: list[tuple[str, str]]) -> list[_Pass]:
    try:
        found = _found(finds(context))
    except _WANTING as wanting:
        stopped.append((rule.code, why(wanting, rule)))
        return []
    return [partial(_places_told, found.with_columns(pl.lit(place, pl.Int64).alias("which")).cast(_PLACES))]


_WANTING = (NotThere, pl.exceptions.ColumnNotFoundError)
_OF_NEIGHBOUR = re.compile("^(before|after|was)_")
_NO_COLUMN = re.compile(r'unable to find column "(\w+)"')


def why(wanting: Exception, rule: Rule) -> str:
    """Why a rule was stopped, in a sentence."""
    if isinstance(wanting, NotThere):
        return str(wanting)
    match = _NO_COLUMN.search(str(wanting))
    lacking = _OF_NEIGHBOUR.sub("", match.group(1)) if match else ""
    if lacking in LOOKED_UP:
        return f"It needs {NEEDS['postcodes']}, which was not handed in."
    for name in (rule.table, *rule.across, *rule.last):
        table = TABLES_OF_ALL_FORMS[name]
        for column in table.columns:
            if column.name == lacking:
                return f"It needs the column {column.says} of {table.title}, which the file lacks."
    if lacking.endswith("_of_child") or lacking.startswith("period"):
        return "It needs the order of a child's rows, which the columns of the file do not tell."
    return f"It needs a column that the file lacks ({lacking})."


def _of_list(
    frame: pl.LazyFrame,
    tests: Sequence[_Test],
    rules: Sequence[Rule],
    context: Context,
    stopped: list[tuple[str, str]],
) -> list[_Pass]:
    """The pass that finds the rules which a list breaks as a whole; none where none of them can be asked."""
    schema = frame.collect_schema()
    bare, held = schema.to_frame().lazy(), frozenset(schema.names())
    answers: list[pl.Expr] = []
    for place, test in tests:
        try:
            answers.append(test(context).fill_null(False).alias(str(place)))
        except _WANTING as wanting:
            stopped.append((rules[place].code, why(wanting, rules[place])))
    answers = _answerable(bare, held, answers, {str(place): rules[place] for place, _ in tests}, stopped)
    if not answers:
        return []
    return [partial(_list_told, frame.select(answers))]


def _by_table(rules: Iterable[tuple[int, Rule, Fails | None]]) -> dict[str, list[_Test]]:
    """Rules that have such a test, by their list, so that each list is passed once; and their places among all."""
    by_table: dict[str, list[_Test]] = {}
    for place, rule, test in rules:
        if test is not None:
            by_table.setdefault(rule.table, []).append((place, test))
    return by_table


def _found(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The places that a rule across lists or submissions names, those without any left out."""
    if "earlier_row" not in rows.collect_schema().names():
        rows = rows.with_columns(pl.lit(None, dtype=pl.Int64).alias("earlier_row"))
    return rows.select("table", "row", "earlier_row").filter(
        pl.col("row").is_not_null() | pl.col("earlier_row").is_not_null()
    )
