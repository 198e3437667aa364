"""Tables in, results out: the one way into the kernel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import polars as pl

from goldthread.kernel.context import Context, Earlier
from goldthread.kernel.doubt import DOUBLED, touched
from goldthread.kernel.event_dates import EVENT_DATES, last_day_of_work
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.in_common import APART, apart
from goldthread.kernel.measure import Measure, MeasureResult, result, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.reading import Reading
from goldthread.kernel.reading_issues import CELLS_NOT_UNDERSTOOD, COLUMN_LACKING, issues_of_reading
from goldthread.kernel.rule import Rule, Told, can_run, check, in_order, no_issues
from goldthread.kernel.rules import PLACEHOLDERS_OF, RULES_OF, STATUTORY
from goldthread.kernel.settings import with_settings
from goldthread.kernel.statutory import Beside, check_statutory
from goldthread.kernel.tables import TABLES

_STATUTORY = frozenset(STATUTORY)

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
    measures: tuple[MeasureResult, ...]
    as_at: date
    settings: Mapping[str, int]
    not_run: tuple[NotRun, ...] = field(default=())
    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    apart: str = ""
    ran: tuple[str, ...] = ()


def run(
    tables: Mapping[str, pl.DataFrame | pl.LazyFrame],
    *,
    as_at: date,
    settings: Mapping[str, int] | None = None,
    rules: Sequence[Rule] = RULES_OF["annex_a"],
    measures: Sequence[Measure] = MEASURES,
    also: pl.DataFrame | None = None,
    earlier: Earlier | None = None,
) -> Results:
    """Check the lists of Annex A and work out their measures, as at one day.

    `tables` holds the lists that the submission has, under their canonical names: leave out a list that is not in the
    file, for an empty one says that there were no children. `also` are issues known already, as `issues_of_reading`
    makes them; they join the others. `earlier` is the submission before this one, for the rules that compare. Raises
    KeyError on a table that is not canonical, and ValueError on a setting that does not exist or an earlier submission
    that is not earlier.
    """
    _check_asked(tables, earlier, as_at)
    lazy = {name: frame.lazy() for name, frame in tables.items()}
    limits = with_settings(settings)
    strange = "" if earlier is None else apart(lazy, earlier, limits)
    context = Context(as_at=as_at, tables=lazy, settings=limits, earlier=None if strange else earlier)
    issues = _together(_told_once(check(lazy, rules, context)), also)
    of_measures = states(lazy, measures, context)
    warned = _warnings(measures, of_measures, touched(issues))
    return Results(
        issues=issues,
        counts=count(issues),
        measures=tuple(
            result(measure, of_measures.get(measure.code), context, *warned.get(measure.code, ((), ())))
            for measure in measures
        ),
        as_at=as_at,
        settings=context.settings,
        not_run=_not_run(rules, context, WITHOUT_EARLIER if not strange else APART),
        apart=strange,
        rows={one.code: _behind(one, of_measures[one.code]) for one in measures if one.code in of_measures},
    )


def _check_asked(tables: Mapping[str, object], earlier: Earlier | None, as_at: date) -> None:
    """Raises KeyError on a table that is not canonical, ValueError on an earlier submission that is not earlier."""
    for name in (*tables, *(earlier.tables if earlier else ())):
        TABLES[name]
    if earlier is not None and earlier.as_at >= as_at:
        raise ValueError("the earlier submission must describe an earlier day")


def _behind(measure: Measure, rows: pl.DataFrame) -> pl.DataFrame:
    """Each row of a cohort by its list, as a measure of the record tells it."""
    return rows.select(pl.lit(measure.table).alias("source"), pl.col("row").alias("source_row"), "state")


def run_reading(
    reading: Reading,
    *,
    as_at: date,
    settings: Mapping[str, int] | None = None,
    earlier: Earlier | None = None,
    measures: Sequence[Measure] = MEASURES,
) -> Results:
    """Check and measure what a reader made of a file, what it could not read or had to leave out among the issues.

    Who only checks asks no `measures`. Raises ValueError on a reading of another form than Annex A.
    """
    if reading.form != "annex_a":
        raise ValueError(f"these rules and measures are those of Annex A, not of {reading.form}")
    found = {name: reading.tables[name] for name in reading.found}
    return run(
        found, as_at=as_at, settings=settings, also=issues_of_reading(reading), earlier=earlier, measures=measures
    )


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
        return run_reading(reading, as_at=as_at, settings=settings, earlier=earlier, measures=())
    rules = [rule for rule in RULES_OF[reading.form] if only is None or rule.code in only]
    statutory = [rule for rule in rules if rule in _STATUTORY]
    rules = [rule for rule in rules if rule not in _STATUTORY]
    tables = {name: reading.tables[name].lazy() for name in reading.found if reading.tables[name].height}
    context = Context(
        as_at, tables, settings=with_settings(settings), year=reading.year, known=known, earlier=earlier
    )  # fmt: skip
    found = _told_once(check(tables, rules, context), PLACEHOLDERS_OF.get(reading.form, ""))
    none = Told(no_issues(), (), ())
    of_department = none if beside is None else check_statutory(reading, statutory, as_at, beside)
    issues = in_order(pl.concat([_together(found, issues_of_reading(reading)), of_department.issues]))
    not_run = tuple(NotRun(code, why) for code, why in of_department.stopped)
    return Results(
        issues=issues, counts=count(issues), measures=(), as_at=as_at, settings=context.settings,
        not_run=(*_not_run(rules, context), *not_run), ran=of_department.ran,
    )  # fmt: skip


def as_earlier(reading: Reading, as_at: date) -> Earlier:
    """What a reader made of an earlier file, to compare with."""
    return Earlier(as_at, {name: reading.tables[name].lazy() for name in reading.found})


def count(issues: pl.DataFrame) -> pl.DataFrame:
    """The number of issues by list, rule and severity: columns list, table, rule, severity, says, issues."""
    # Only cells not understood say different things under one code: each says what was expected in its column.
    says = pl.when(pl.col("says").n_unique() == 1).then(pl.col("says").first()).otherwise(pl.lit(SEVERAL))
    return (
        issues.group_by("list", "table", "rule", "severity")
        .agg(says.alias("says"), pl.len().cast(pl.Int64).alias("issues"))
        .sort("list", "rule")
    )


def guess_as_at(tables: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> date | None:
    """The day that the lists describe, from their event dates (`last_day_of_work`); None where they hold none at all.

    A submission does not say when it was cut. A caller who knows the day of the extract should say it.
    """
    of_lists = [
        pl.concat(frame.lazy().select(pl.col(column).alias("on")) for column in columns)
        .drop_nulls()
        .group_by("on")
        .agg(pl.len().alias("events"))
        for name, frame in tables.items()
        if (columns := EVENT_DATES[name])
    ]
    if not of_lists:
        return None
    of_day = (pl.col("events").sum(), pl.len().alias("lists"))
    return last_day_of_work(pl.concat(of_lists).group_by("on").agg(of_day).collect())


PLACEHOLDER = PLACEHOLDERS_OF["annex_a"]
"""The code of a date that stands for none, in Annex A."""


def _told_once(found: pl.DataFrame, placeholder: str = PLACEHOLDER) -> pl.DataFrame:
    """The issues without those that rest on a date which stands for none: the rules took it for a day."""
    stand_ins = found.filter((pl.col("rule") == placeholder) & pl.col("row").is_not_null())
    if stand_ins.is_empty():
        return found
    numbered = found.with_row_index("number")
    others = numbered.filter(pl.col("rule") != placeholder)
    cells = others.select("number", "table", "row", pl.col("fields").str.split("; ")).explode("fields")
    doubtful = cells.join(stand_ins, on=["table", "row", "fields"], how="semi")
    return numbered.join(doubtful, on="number", how="anti").drop("number")


def _together(found: pl.DataFrame, also: pl.DataFrame | None) -> pl.DataFrame:
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


def _warnings(
    measures: Sequence[Measure], rows: Mapping[str, pl.DataFrame], doubtful: pl.DataFrame
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What is wrong with the rows that each measure used, in a sentence, and the codes of the rules that say so."""
    asked = [measure for measure in measures if measure.code in rows]
    if not asked or doubtful.is_empty():
        return {}
    name, table = pl.lit("").alias("measure"), pl.lit("").alias("table")
    used = pl.concat(
        rows[each.code].select(name + pl.lit(each.code), table + pl.lit(each.table), "row") for each in asked
    )
    looks_at = [
        (each.code, TABLES[each.table].column(column).says) for each in asked for column in dict.fromkeys(each.fields)
    ]
    headings = pl.DataFrame(looks_at, schema={"measure": pl.String, "fields": pl.String}, orient="row")
    near = doubtful.join(used, on=["table", "row"])
    found = pl.concat(
        [
            near.join(headings, on=["measure", "fields"], how="semi"),
            near.filter(pl.col("rule").is_in(DOUBLED)),
        ]
    ).unique(["measure", "row", "rule"])
    broken = dict(found.group_by("measure").agg(pl.col("row").n_unique()).iter_rows())
    by_rule: dict[str, list[tuple[str, int]]] = {}
    for code, rule, number in found.group_by("measure", "rule").len().sort("measure", "rule").iter_rows():
        by_rule.setdefault(code, []).append((rule, number))
    return {
        code: ((_broken(broken[code], rows[code].height, counted),), tuple(rule for rule, _ in counted))
        for code, counted in by_rule.items()
    }


def _broken(broken: int, used: int, counted: Sequence[tuple[str, int]]) -> str:
    by_rule = ", ".join(f"{rule} {number:,}" for rule, number in counted)
    part = 100 * broken / used
    per_cent = "under 1%" if part < 1 else f"{part:.0f}%"
    return f"{broken:,} of the {used:,} rows used ({per_cent}) break a rule about the same columns: {by_rule}."


def _not_run(rules: Sequence[Rule], context: Context, alone: str = WITHOUT_EARLIER) -> tuple[NotRun, ...]:
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
