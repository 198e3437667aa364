"""Rules on who a child is, across every list of children: one number, one spelling of it, one birth date."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.event_dates import CHILD_LISTS, EVENT_DATES
from goldthread.kernel.rule import Finds, Rule, Severity
from goldthread.kernel.tables import TABLES

NOT_STATED: dict[str, tuple[str, ...]] = {"gender": ("U",), "ethnicity": ("REFU", "NOBT", "UNKNOWN")}
"""Codes that say nothing, and so cannot disagree with another list."""

ROWS_OF_A_LIST = 1 << 40
"""More rows than a list can have: a list's number and a row in it are kept as one number, whose least is the first."""

BY_NUMBER = {TABLES[name].number: name for name in CHILD_LISTS}


def _everyone(context: Context, *columns: str) -> pl.LazyFrame:
    """The rows of every list of children with those columns, one below the other."""
    return pl.concat(
        context.tables[table].select(pl.lit(table).alias("table"), "row", *columns)
        for table in CHILD_LISTS
        if table in context.tables
    )


def _odd_ones_out(rows: pl.LazyFrame, key: str, value: str) -> pl.LazyFrame:
    """The rows whose value is not the commonest of their key; every row of the key where none is the commonest."""
    known = rows.filter(pl.col(key).is_not_null() & pl.col(value).is_not_null())
    odd = _uncommon(known.group_by(key, value).agg(pl.len().alias("times")), key)
    return known.join(odd, on=[key, value], how="semi").select("table", "row")


def _uncommon(counts: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Of the values of each key that has several, with their `times`: those that are not alone the commonest."""
    # Nearly every key has one value, and is passed over before anything is compared.
    several = counts.filter(pl.col(key).is_duplicated())
    most = pl.col("times") == pl.col("times").max().over(key)
    return several.filter(~most | (most.sum().over(key) > 1))


def _people(context: Context) -> pl.LazyFrame:
    """One row for each child of the lists, made once for all rules: they would else each put every row to its child.

    `times` is how many rows name the child, `differs` whether any two of them tell another birth date, gender or
    ethnicity; the rest is of the child's rows with a birth date together, `place` that of the first.
    """
    return context.once("annex a people", lambda: _by_child(context)).lazy()


def _by_child(context: Context) -> pl.LazyFrame:
    rows = pl.concat(_events(context, table) for table in CHILD_LISTS if table in context.tables)
    born = pl.col("born_on").is_not_null()
    several = [pl.col(name).min() != pl.col(name).max() for name in ("born_on", *(f"told_{of}" for of in NOT_STATED))]
    return (
        rows.filter(pl.col("child").is_not_null())
        .with_columns(
            *(_told(column).alias(f"told_{column}") for column in NOT_STATED),
            *(pl.when(born).then(name) for name in ("gender", "ethnicity", "events", "first", "last", "place")),
        )
        .group_by("child")
        .agg(
            pl.len().alias("times"),
            pl.col("born_on", "gender", "ethnicity").drop_nulls().first(),
            pl.col("events").sum(),
            pl.col("first").min(),
            pl.col("last").max(),
            pl.col("place").min(),
            pl.any_horizontal(each.fill_null(False) for each in several).alias("differs"),
        )
    )


def _told(column: str) -> pl.Expr:
    """A number for what a column says of the child, null where that is nothing."""
    return pl.when(pl.col(column).is_in(NOT_STATED[column]).not_()).then(pl.col(column).hash())


def _of_different(context: Context) -> pl.LazyFrame:
    """The rows of the children of whom they tell different things."""

    def made() -> pl.LazyFrame:
        children = _people(context).filter("differs").select("child")
        return _everyone(context, "child", "born_on", *NOT_STATED).join(children, on="child", how="semi")

    return context.once("annex a rows that differ", made).lazy()


def _written_two_ways(context: Context) -> pl.LazyFrame:
    plain = pl.col("child").str.strip_chars().str.to_lowercase().str.replace(r"\.0+$", "").str.strip_chars_start("0")
    odd = _uncommon(_people(context).select("child", "times", plain.alias("plain")), "plain")
    return _everyone(context, "child").join(odd, on="child", how="semi").select("table", "row")


def _disagree(column: str) -> Finds:
    silent = NOT_STATED.get(column, ())
    return lambda context: _odd_ones_out(
        _of_different(context).filter(pl.col(column).is_in(silent).not_()) if silent else _of_different(context),
        "child",
        column,
    )


def _alike(context: Context) -> pl.LazyFrame:
    """The first row of each child who shares birth date, gender, ethnicity and every event of every list with another.

    One day alone is chance in a large authority, so the events must fall on two days at least. Twins are alike too.
    """
    same = ["born_on", "gender", "ethnicity", "events", "first", "last"]
    people = _people(context).filter(pl.col("born_on").is_not_null() & (pl.col("first") < pl.col("last")))
    alike = people.filter(pl.struct(same).is_duplicated())
    table = (pl.col("place") // ROWS_OF_A_LIST).replace_strict(BY_NUMBER, return_dtype=pl.String)
    return alike.select(table.alias("table"), row=pl.col("place") % ROWS_OF_A_LIST)


def _events(context: Context, table: str) -> pl.LazyFrame:
    """The rows of a list with their event dates as one number, which is the same for the same dates in one list."""
    dates = [pl.col(column) for column in EVENT_DATES[table]]
    marked = pl.struct(pl.lit(TABLES[table].number).alias("number"), *dates).hash()
    return context.tables[table].select(
        (pl.lit(TABLES[table].number * ROWS_OF_A_LIST) + pl.col("row").cast(pl.Int64)).alias("place"),
        "child",
        "born_on",
        "gender",
        "ethnicity",
        # Kept small, so that a sum over a child's rows cannot overflow.
        (marked % (1 << 48)).cast(pl.Int64).alias("events"),
        pl.min_horizontal(dates).alias("first"),
        pl.max_horizontal(dates).alias("last"),
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="G02",
        says="The child's unique ID is written in another way elsewhere in the lists (zeros, '.0', case or spaces).",
        mend="Write the ID the same in every list, as text, so that the child's rows join.",
        table="contacts",
        fields=("child",),
        anywhere=True,
        severity=Severity.QUERY,
        finds=_written_two_ways,
    ),
    Rule(
        code="G03",
        says="The child has another date of birth elsewhere in the lists.",
        mend="Find the right date in the record, and mend it at the source, so that every list agrees.",
        table="contacts",
        fields=("child", "born_on"),
        anywhere=True,
        finds=_disagree("born_on"),
    ),
    *(
        Rule(
            code="G04",
            says="The child's gender or ethnicity differs from that elsewhere in the lists.",
            mend="Ask the worker which is right; the child's own wish decides where gender is in doubt.",
            table="contacts",
            fields=("child", column),
            anywhere=True,
            severity=Severity.QUERY,
            finds=_disagree(column),
        )
        for column in NOT_STATED
    ),
    Rule(
        code="G05",
        says="Another child has the same birth date, gender, ethnicity and event dates: one person may have two IDs.",
        mend="Compare the two records; merge them if they are one person. Twins may rightly be alike.",
        table="contacts",
        fields=("child", "born_on"),
        anywhere=True,
        severity=Severity.QUERY,
        source="Practice of data teams; not in the guidance",
        finds=_alike,
    ),
)
