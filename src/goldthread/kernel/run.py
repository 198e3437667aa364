"""Tables in, results out: the one way into the kernel."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from goldthread.kernel.checked import WITHOUT_EARLIER, Results, count, not_run, together, told_once
from goldthread.kernel.context import Context, Earlier
from goldthread.kernel.doubt import DOUBLED, touched
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.event_dates import EVENT_DATES, last_day_of_work
from goldthread.kernel.in_common import APART, apart
from goldthread.kernel.measure import Measure, result, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.reading import Reading
from goldthread.kernel.reading_issues import issues_of_reading
from goldthread.kernel.rule import Rule, check
from goldthread.kernel.rules import house_rules_of
from goldthread.kernel.settings import with_settings
from goldthread.kernel.tables import TABLES


def run(
    tables: Mapping[str, pl.DataFrame | pl.LazyFrame],
    *,
    as_at: date,
    settings: Mapping[str, int] | None = None,
    rules: Sequence[Rule] = house_rules_of("annex_a"),
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
    issues = together(told_once(check(lazy, rules, context)), also)
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
        not_run=not_run(rules, context, WITHOUT_EARLIER if not strange else APART),
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


def as_earlier(reading: Reading, as_at: date) -> Earlier:
    """What a reader made of an earlier file, to compare with."""
    return Earlier(as_at, {name: reading.tables[name].lazy() for name in reading.found})


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
    return last_day_of_work(pl.concat(of_lists).group_by("on").agg(of_day).collect(engine=IN_MEMORY))


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
