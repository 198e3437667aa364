"""Rules that hold in every list: the child's number, ages, dates, counts, and cells that must be filled."""

import polars as pl

from goldthread.kernel.context import Context, age_on
from goldthread.kernel.event_dates import CHILD_LISTS, EVENT_DATES, PLACEHOLDERS
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.table import Kind
from goldthread.kernel.tables import TABLES

MAY_PRECEDE_BIRTH = frozenset(
    {"contacts", "early_help", "referrals", "assessments", "section_47", "children_in_need", "protection_plans"}
)
"""Lists in which an unborn child may stand, with the expected date of birth."""

TOLD_APART = frozenset(
    {
        ("early_help", "organisation"),
        ("protection_plans", "previous_plans"),
        ("children_in_care", "provider"),
        ("care_leavers", "adviser"),
    }
)
"""Columns that must be filled and whose blanks have a rule of their own: L202, L707, L807, L907."""

CASE_ENDS = {"children_in_need": "closed_on", "protection_plans": "ended_on", "children_in_care": "ceased_on"}
"""The column that ends a case, in the lists that hold one case a child."""


def blank(column: str) -> Fails:
    """A blank cell in a column that is not blank throughout."""
    # A column that is empty throughout is missing from the file: one note of the reader, not an issue on each row.
    return lambda _: pl.col(column).is_null() & pl.col(column).is_not_null().any()


def _placeholder(column: str) -> Fails:
    return lambda _: pl.col(column).is_in(sorted(PLACEHOLDERS))


def _in_the_future(column: str) -> Fails:
    return lambda context: pl.col(column) > context.day


def _before_birth(table: str, column: str) -> Fails:
    if table in MAY_PRECEDE_BIRTH:
        return lambda context: pl.col(column) < pl.col("born_on") - pl.duration(days=context.setting("unborn_days"))
    return lambda _: pl.col(column) < pl.col("born_on")


def _wrong_age(context: Context) -> pl.Expr:
    # The lists may have been cut some days before the as-at date, so a birthday in between is no error.
    lag = pl.duration(days=context.setting("extract_lag_days"))
    youngest = (context.day - lag).dt.year() - pl.col("born_on").dt.year() - _birthday_to_come(context.day - lag)
    born = (pl.col("born_on") <= context.day) & (pl.col("age") >= 0)
    return born & ((pl.col("age") > age_on(context.as_at)) | (pl.col("age") < youngest))


def _birthday_to_come(day: pl.Expr) -> pl.Expr:
    born = pl.col("born_on")
    later = (born.dt.month() > day.dt.month()) | ((born.dt.month() == day.dt.month()) & (born.dt.day() > day.dt.day()))
    return later.cast(pl.Int32)


def _unborn_wrong(context: Context) -> pl.Expr:
    lag = pl.duration(days=context.setting("extract_lag_days"))
    born_with_minus_one = (pl.col("age") == -1) & (pl.col("born_on") < context.day - lag)
    not_minus_one = (pl.col("born_on") > context.day) & (pl.col("age").is_null() | (pl.col("age") != -1))
    # Without a birth date, the age alone tells an unborn child from one whose date was left out.
    neither = pl.col("born_on").is_null() & pl.col("age").is_null()
    return born_with_minus_one | not_minus_one | neither


def _negative(table: str, column: str) -> Fails:
    least = 1 if (table, column) == ("children_in_care", "placements_in_year") else 0
    return lambda _: pl.col(column) < least


def _grown_up(table: str) -> Fails:
    """18 by the event, or before the case ended or the as-at date came; without a birth date, by age."""
    birthday = pl.col("born_on").dt.offset_by("18y")
    by_age = pl.col("born_on").is_null() & (pl.col("age") >= 18)
    if table in CASE_ENDS:
        end = pl.col(CASE_ENDS[table])
        return lambda context: (birthday < pl.min_horizontal(end, context.day)) | by_age
    return lambda _: (birthday <= pl.col(EVENT_DATES[table][0])) | by_age


def _copy(table: str) -> Fails:
    columns = [column.name for column in TABLES[table].columns]
    return lambda _: pl.struct(columns).is_first_distinct().not_()


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="G01",
            says="The row has no child's unique ID, so it can be joined to no other list.",
            mend="Give the person ID of your own system, the same in every list; look the child up if the row is real.",
            table=table,
            fields=("child",),
            fails=lambda _: pl.col("child").is_null(),
        )
        for table in CHILD_LISTS
    ),
    *(
        Rule(
            code="G09",
            says="The date is one that systems write where none is known, such as 1 January 1900.",
            mend="Leave the cell blank where no date is known, or give the right one.",
            table=name,
            fields=(column.name,),
            severity=Severity.QUERY,
            source="Practice of data teams; not in the guidance",
            fails=_placeholder(column.name),
        )
        for name, table in TABLES.items()
        for column in table.columns
        if column.kind is Kind.DATE
    ),
    *(
        Rule(
            code="G10",
            says="The date lies after the as-at date; the lists ask only for what has happened.",
            mend="Check the year and the order of day and month; leave the cell blank if the event is only planned.",
            table=table,
            fields=(column,),
            fails=_in_the_future(column),
        )
        for table, columns in EVENT_DATES.items()
        for column in columns
    ),
    *(
        Rule(
            code="G11",
            says="The event is dated before the child's birth (by more than a pregnancy, in lists 1 to 7).",
            mend="Check both dates; give the expected date of birth for a child not yet born.",
            table=table,
            fields=(column, "born_on"),
            settings=("unborn_days",) if table in MAY_PRECEDE_BIRTH else (),
            fails=_before_birth(table, column),
        )
        for table in CHILD_LISTS
        for column in EVENT_DATES[table]
    ),
    *(
        Rule(
            code="G12",
            says="The age is not the completed years between birth and the day the list was cut.",
            mend="Work the age out again from the date of birth on the day of the extract.",
            table=table,
            fields=("age", "born_on"),
            settings=("extract_lag_days",),
            fails=_wrong_age,
        )
        for table in CHILD_LISTS
    ),
    *(
        Rule(
            code="G13",
            says="A child not yet born should have age -1, and a born child not; without a date, an age is needed.",
            mend="Give -1 while the birth is to come, with the expected date if there is one, and full years after it.",
            table=table,
            fields=("age", "born_on"),
            settings=("extract_lag_days",),
            fails=_unborn_wrong,
        )
        for table in CHILD_LISTS
    ),
    *(
        Rule(
            code="G14",
            says="The person was 18 already at the event, or before the case ended.",
            mend="Check the date of birth; take the row out, or move it to the care leavers, if it is right.",
            table=table,
            fields=("born_on", "age"),
            severity=Severity.QUERY,
            fails=_grown_up(table),
        )
        for table in CHILD_LISTS
        if TABLES[table].number <= 8
    ),
    Rule(
        code="G14",
        says="The person is 25 or older, and stands in a list of children.",
        mend="Check the date of birth.",
        table="adoptions",
        fields=("born_on", "age"),
        severity=Severity.QUERY,
        fails=lambda context: context.age() >= 25,
    ),
    Rule(
        code="G15",
        says="A care leaver is younger than 16, or older than 25.",
        mend="Check the date of birth, and whether the young person still receives leaving-care services.",
        table="care_leavers",
        fields=("born_on", "age"),
        severity=Severity.QUERY,
        fails=lambda context: (context.age() < 16) | (context.age() > 25),
    ),
    *(
        Rule(
            code="G16",
            says="The count is lower than it can be: 0, or 1 for placements in the last 12 months.",
            mend="Count again; leave nothing negative, and count the present placement too.",
            table=name,
            fields=(column.name,),
            fails=_negative(name, column.name),
        )
        for name, table in TABLES.items()
        for column in table.columns
        if column.kind is Kind.COUNT and column.name != "age"
    ),
    *(
        Rule(
            code="G19",
            says="The row is a copy of an earlier row of the list, cell for cell.",
            mend="Delete the copy, and look for the join in the query that doubled it.",
            table=name,
            fields=table.key,
            fails=_copy(name),
        )
        for name, table in TABLES.items()
    ),
    *(
        Rule(
            code="G21",
            says="The cell is blank, and the guidance asks for it in every row.",
            mend="Fill the cell; where the guidance has a code for not known, give that.",
            table=name,
            fields=(column.name,),
            fails=blank(column.name),
        )
        for name, table in TABLES.items()
        for column in table.columns
        if column.must_fill and column.name != "child" and (name, column.name) not in TOLD_APART
    ),
)
