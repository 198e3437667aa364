"""A return against the Department for Education's own rules: what each needs, and why those not run were not.

These rules take the file as it is. A table without rows was handed in and says that there were none; a column that the
file lacks is not there at all, so that a rule that asks for it is not run, and says so; a cell that was not understood
is null, its row known by `Context.not_understood`, as it is blank to the Department's own system.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldthread.kernel.coded import Coder, as_it_is, coder
from goldthread.kernel.context import Context, NotThere
from goldthread.kernel.reading import Reading
from goldthread.kernel.return_year import words
from goldthread.kernel.rule import NEEDS, Rule, Told, ToldPlaces, check_and_place, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the rules look things up in: last year's return, the list of providers, the postcodes; None where not given.

    `authority` is whose return it is, by its code in the directory of postcodes; blank: the one most homes lie in.
    """

    last: Reading | None = None
    providers: pl.LazyFrame | None = None
    postcodes: pl.LazyFrame | None = None
    authority: str = ""


def check_statutory(
    reading: Reading, rules: Sequence[Rule], as_at: date, beside: Beside, *, as_text: bool = False
) -> Told:
    """The issues of a return, which rules were run, and which were not, with why.

    Rules of other years are no rules of this return, and not told of. A code that is declared for several tables may
    have been run on one and stopped at another: it stands in both. Rules that ask how a child's number or a listed code
    is written, as an authority's own may, need the tables `as_text`; the Department's ask nothing of the kind.
    """
    told = place_statutory(reading, rules, as_at, beside, coded=as_it_is if as_text else coder())
    return Told(told.placed.laid_out(), told.stopped, told.ran)


def place_statutory(
    reading: Reading, rules: Sequence[Rule], as_at: date, beside: Beside, *, coded: Coder
) -> ToldPlaces:
    """As `check_statutory`, with the issues as numbers; the rules ask the tables as `coded` gives them."""
    context = statutory_context(reading, as_at, beside, coded)
    ready: list[Rule] = []
    stopped: list[tuple[str, str]] = []
    for rule in _of_year(rules, context.year, stopped):
        why = why_not(rule, context)
        if why is None:
            ready.append(rule)
        else:
            stopped.append((rule.code, why))
    told = check_and_place(context.tables, ready, context)
    return told._replace(stopped=tuple(dict.fromkeys((*stopped, *told.stopped))))


def _of_year(rules: Sequence[Rule], year: int | None, stopped: list[tuple[str, str]]) -> list[Rule]:
    """The rules of that year; where there are none at all, each is told of."""
    if year is None:
        return list(rules)
    of_year = [rule for rule in rules if in_force(rule, year)]
    if rules and not of_year:
        first = min(rule.since for rule in rules if rule.since is not None)
        last = max((rule.until or year) for rule in rules)
        held = f"from {words(first)} on" if year < first else f"up to {words(last)}"
        stopped += [(rule.code, f"The Department's rules are held for returns {held}.") for rule in rules]
    return of_year


def statutory_context(reading: Reading, as_at: date, beside: Beside, coded: Coder) -> Context:
    """The world of these rules, its tables as `coded` gives them."""
    return Context(
        as_at,
        _tables(reading, coded),
        year=reading.year,
        last=None if beside.last is None else _tables(beside.last, coded),
        providers=beside.providers,
        postcodes=beside.postcodes,
        authority=beside.authority,
        unread=reading.unread.select("table", "column", "row"),
        unread_last=None if beside.last is None else beside.last.unread.select("table", "column", "row"),
    )


def _tables(reading: Reading, coded: Coder) -> Mapping[str, pl.LazyFrame]:
    """The tables that were handed in, without the columns that their files lack."""
    lacking = {sheet.table: sheet.lacking for sheet in reading.sheets}
    return {name: coded(name, reading.tables[name]).drop(lacking.get(name, ())).lazy() for name in reading.found}


def why_not(rule: Rule, context: Context) -> str | None:
    """Why the rule is not run; None where nothing that it names is wanting."""
    try:
        context.collection_year  # noqa: B018 - it says why where there is none
        for name in (rule.table, *rule.across):
            context.table(name)
        for name in rule.last:
            context.table_last_year(name)
    except NotThere as wanting:
        return str(wanting)
    for need in rule.needs:
        if getattr(context, need) is None:
            return f"It needs {NEEDS[need]}, which was not handed in."
    return None
