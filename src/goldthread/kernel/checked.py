"""What the rules say of a submission: the results, and the check of a reading of any form.

Only the rules of the form are fetched here: measures are another module's, and cost as much to load as many checks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from goldthread.kernel.coded import as_it_is, coder
from goldthread.kernel.context import Context, Earlier
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.placed import Placed, both, placed
from goldthread.kernel.reading import Reading
from goldthread.kernel.reading_issues import (
    CELLS_NOT_UNDERSTOOD,
    CELLS_OF_OTHER_FORM,
    COLUMN_LACKING,
    OF_FILES,
    issues_of_reading,
)
from goldthread.kernel.rule import Rule, can_run, check, in_order, no_issues
from goldthread.kernel.rules import PLACEHOLDERS_OF, house_rules_of, statutory_rules_of
from goldthread.kernel.settings import with_settings
from goldthread.kernel.statutory import Beside, place_statutory
from goldthread.kernel.tables import TABLES

if TYPE_CHECKING:
    from goldthread.kernel.measure import MeasureResult

SEVERAL = "Cells of several columns were not understood; each row says what was expected."
"""What a count says where its issues say different things."""

WITHOUT_EARLIER = "There was no earlier submission to compare with."
"""Why the rules across submissions were not run."""

WITHOUT_OTHERS = "No other form of the authority was there to ask which children it knows."
"""Why the rules that ask other forms were not run."""

WITHOUT_YEAR = "The codes differ from year to year, and the year of the return cannot be told."
"""Why the rules of some years alone were not run."""


class NotRun(NamedTuple):
    """A rule that could not be run on this submission, and why."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What the rules and measures say of one submission on one day.

    `issues` has one row per issue (ISSUES_SCHEMA), `counts` the number by list, rule and severity. `not_run` names
    the rules that need a list which the submission lacks. `settings` holds every limit that was used. `rows` has for
    each measure the rows of its cohort: source (a list), source_row, state. `apart` says why an earlier submission was
    given and not compared with; empty where it was, or where there is none. `ran` are the codes of the Department's
    rules of a return that were run.
    """

    issues: pl.DataFrame
    counts: pl.DataFrame
    measures: "tuple[MeasureResult, ...]"
    as_at: date
    settings: Mapping[str, int]
    not_run: tuple[NotRun, ...] = field(default=())
    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    apart: str = ""
    ran: tuple[str, ...] = ()


def check_reading(
    reading: Reading,
    *,
    as_at: date,
    settings: Mapping[str, int] | None = None,
    earlier: Earlier | None = None,
    known: frozenset[str] | None = None,
    beside: Beside | None = None,
    only: frozenset[str] | None = None,
) -> Results:
    """Check what a reader made of any form, what it could not read or had to leave out among the issues.

    `known` are the children whom other forms know, for the practice record. `beside` is what the Department's rules of
    the returns look things up in: with it they are run, without it they are not. `only` are the codes of the rules to
    run, of any set. To the house's own rules a table of a return or an extract that has no rows is one that was not
    handed in: case systems write every file, whether or not they fill it. The Department's rules take it as it is.
    """
    if reading.form == "annex_a":
        from goldthread.kernel.run import run_reading

        return run_reading(reading, as_at=as_at, settings=settings, earlier=earlier, measures=())
    found = find(reading, as_at=as_at, settings=settings, earlier=earlier, known=known, beside=beside, only=only)
    issues = found.placed.laid_out()
    return Results(
        issues=issues, counts=count(issues), measures=(), as_at=as_at, settings=found.settings,
        not_run=found.not_run, ran=found.ran,
    )  # fmt: skip


class Found(NamedTuple):
    """What the check of a reading found, its issues as numbers; the rest as in Results."""

    placed: Placed
    ran: tuple[str, ...]
    not_run: tuple[NotRun, ...]
    settings: Mapping[str, int]


def find(
    reading: Reading,
    *,
    as_at: date,
    settings: Mapping[str, int] | None = None,
    earlier: Earlier | None = None,
    known: frozenset[str] | None = None,
    beside: Beside | None = None,
    only: frozenset[str] | None = None,
) -> Found:
    """As `check_reading`, of any form but Annex A."""
    rules = [rule for rule in house_rules_of(reading.form) if only is None or rule.code in only]
    statutory = [rule for rule in statutory_rules_of(reading.form) if only is None or rule.code in only]
    coded = coder() if statutory else as_it_is
    held = {name: reading.tables[name] for name in reading.found if reading.tables[name].height}
    tables = {name: coded(name, rows).lazy() for name, rows in held.items()}
    context = Context(
        as_at, tables, settings=with_settings(settings), year=reading.year, known=known, earlier=earlier
    )  # fmt: skip
    told = told_once(check(tables, rules, context), PLACEHOLDERS_OF.get(reading.form, ""))
    of_house = placed(together(told, issues_of_reading(reading)))
    if beside is None:
        return Found(of_house, (), not_run(rules, context), context.settings)
    of_department = place_statutory(reading, statutory, as_at, beside, coded=coded)
    stopped = tuple(NotRun(code, why) for code, why in of_department.stopped)
    return Found(
        both(of_house, of_department.placed), of_department.ran, (*not_run(rules, context), *stopped), context.settings
    )


def count(issues: pl.DataFrame) -> pl.DataFrame:
    """The number of issues by list, rule and severity: columns list, table, rule, severity, says, issues."""
    # Only cells not understood, or in another form, say different things under one code: what is wrong in each.
    of_form = (
        pl.col("rule")
        .first()
        .replace_strict(
            {code: OF_FILES[code].says for code in CELLS_OF_OTHER_FORM}, default=SEVERAL, return_dtype=pl.String
        )
    )
    says = pl.when(pl.col("says").n_unique() == 1).then(pl.col("says").first()).otherwise(of_form)
    return (
        issues.group_by("list", "table", "rule", "severity")
        .agg(says.alias("says"), pl.len().cast(pl.Int64).alias("issues"))
        .sort("list", "rule")
    )


PLACEHOLDER = PLACEHOLDERS_OF["annex_a"]
"""The code of a date that stands for none, in Annex A."""


def told_once(found: pl.DataFrame, placeholder: str = PLACEHOLDER) -> pl.DataFrame:
    """The issues without those that rest on a date which stands for none: the rules took it for a day."""
    stand_ins = found.filter((pl.col("rule") == placeholder) & pl.col("row").is_not_null())
    if stand_ins.is_empty():
        return found
    numbered = found.with_row_index("number")
    others = numbered.filter(pl.col("rule") != placeholder)
    cells = others.select("number", "table", "row", pl.col("fields").str.split("; ")).explode("fields")
    doubtful = cells.join(stand_ins, on=["table", "row", "fields"], how="semi")
    return numbered.join(doubtful, on="number", how="anti").drop("number")


def together(found: pl.DataFrame, also: pl.DataFrame | None) -> pl.DataFrame:
    """All issues in order. An issue that rests on a cell not understood is left out: the rules took it for blank.

    So is one that rests on a column which the file lacks: that is told once, and not again at every row.
    """
    if also is None or also.is_empty():
        return found
    numbered = found.with_row_index("number")
    cells = numbered.select("number", "table", "row", pl.col("fields").str.split("; ")).explode("fields")
    of_cells = also.filter(pl.col("rule").is_in(CELLS_NOT_UNDERSTOOD))
    lacking = also.filter(pl.col("rule") == COLUMN_LACKING)
    for known, by in ((of_cells, ["table", "row", "fields"]), (lacking, ["table", "fields"])):
        numbered = numbered.join(cells.join(known, on=by, how="semi"), on="number", how="anti")
    return in_order(pl.concat([no_issues(), numbered.drop("number"), also]))


def not_run(rules: Sequence[Rule], context: Context, alone: str = WITHOUT_EARLIER) -> tuple[NotRun, ...]:
    """Rules that could not be run, each once with why. One within a table that is missing needs no word.

    `alone` is why there is no earlier submission to compare with.
    """
    said = dict.fromkeys(NotRun(rule.code, why) for rule in rules if (why := _why_not(rule, context, alone)))
    return tuple(said)


def _why_not(rule: Rule, context: Context, alone: str) -> str | None:
    """Why the rule was not run, where that needs a word."""
    tables = context.tables
    if rule.compares is not None and context.earlier is None:
        return alone
    if rule.form == "annex_a":
        if rule.finds is None or rule.anywhere or can_run(rule, tables):
            return None
        lacking = [name for name in (rule.table, *rule.across) if name not in tables]
        titles = " and ".join(f"list {TABLES[name].number} ({TABLES[name].title})" for name in lacking)
        return f"It needs {titles}, which the file lacks."
    if rule.table not in tables:
        return None
    if rule.beside and context.known is None:
        return WITHOUT_OTHERS
    if rule.of_years and context.year is None:
        return WITHOUT_YEAR
    lacking = [name for name in rule.across if name not in tables]
    titles = " and ".join(f"{TABLES_OF_ALL_FORMS[name].title} ({name})" for name in lacking)
    return f"It needs {titles}, of which nothing was handed in." if lacking else None
