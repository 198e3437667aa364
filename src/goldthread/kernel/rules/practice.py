"""The rules of the practice record. They are ours, as its format is. Codes begin with R."""

import polars as pl

from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.shapes import (
    blank,
    columns_of,
    copy_of_earlier,
    ends_before_start,
    lies_ahead,
    neither_yes_nor_no,
    placeholder,
    same_but_different,
    tables_of,
)
from goldthread.kernel.table import Kind

OURS = "Our own format: docs/practice-record.md"

_SAYS_BLANK: tuple[tuple[str, str, str, str], ...] = (
    ("R02", "practice_decisions", "role", "The decision is nobody's: no role is given of who made it."),
    ("R03", "practice_decisions", "decision", "It is not said what was decided."),
    ("R04", "practice_decisions", "reason_recorded", "It is not said whether the reason was recorded."),
    ("R05", "practice_discussions", "agencies", "The discussion was among nobody: no agency is named."),
    ("R06", "practice_wishes", "how", "It is not said how the child's wishes and feelings were learned."),
)


def _nobody_known(column: str) -> Fails:
    return lambda context: pl.col(column).is_in(sorted(context.known or ())).not_()


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            code="R01",
            says="The cell is blank, and without it the row belongs to no child or no day.",
            mend="Give the child's number as the lists have it, and the day.",
            table=table.name,
            fields=(column.name,),
            source=OURS,
            fails=blank(column.name),
        )
        for table, column in columns_of("practice")
        if column.must_fill
    ),
    *(
        Rule(
            code=code,
            says=says,
            mend="Fill the cell, or leave the row out if there is nothing to tell.",
            table=table,
            fields=(column,),
            severity=Severity.QUERY if code == "R06" else Severity.ERROR,
            source=OURS,
            fails=blank(column),
        )
        for code, table, column, says in _SAYS_BLANK
    ),
    *(
        Rule(
            code="R10",
            says="The cell says neither yes nor no.",
            mend="Write Y or N.",
            table=table.name,
            fields=(column.name,),
            source=OURS,
            fails=neither_yes_nor_no(column.name),
        )
        for table, column in columns_of("practice", Kind.FLAG)
    ),
    *(
        Rule(
            code="R11",
            says="No form that was handed in besides knows this child.",
            mend="Write the child's number as the lists have it; add the child to them if it is lacking there.",
            table=table.name,
            fields=("child",),
            beside=True,
            source=OURS,
            fails=_nobody_known("child"),
        )
        for table in tables_of("practice")
    ),
    Rule(
        code="R12",
        says="The minute is dated before the discussion.",
        mend="Check both dates.",
        table="practice_discussions",
        fields=("minuted_on", "held_on"),
        source=OURS,
        fails=ends_before_start("held_on", "minuted_on"),
    ),
    Rule(
        code="R13",
        says="The family answered before it was asked.",
        mend="Check both dates.",
        table="practice_feedback",
        fields=("given_on", "sought_on"),
        source=OURS,
        fails=ends_before_start("sought_on", "given_on"),
    ),
    Rule(
        code="R14",
        says="It is said who answered, and not when; or when, and not who.",
        mend="Give both, or leave both blank where nobody answered.",
        table="practice_feedback",
        fields=("given_on", "given_by"),
        severity=Severity.QUERY,
        source=OURS,
        fails=lambda _: pl.col("given_on").is_null() != pl.col("given_by").is_null(),
    ),
    *(
        Rule(
            code="R15",
            says="The row is a copy of an earlier row of the file, cell for cell.",
            mend="Take the copy out.",
            table=table.name,
            fields=table.key,
            source=OURS,
            fails=copy_of_earlier(table),
        )
        for table in tables_of("practice")
    ),
    *(
        Rule(
            code="R16",
            says="Two rows tell of the same child and day (and decision), and differ: perhaps one thing twice.",
            mend="Check whether two things happened that day; if not, keep one row.",
            table=table.name,
            fields=table.key,
            severity=Severity.QUERY,
            source=OURS,
            fails=same_but_different(table, *table.key),
        )
        for table in tables_of("practice")
    ),
    *(
        Rule(
            code="R17",
            says="The date lies after the day of the extract; the record tells of what was done.",
            mend="Check the year and the order of day and month.",
            table=table.name,
            fields=(column.name,),
            source=OURS,
            fails=lies_ahead(column.name),
        )
        for table, column in columns_of("practice", Kind.DATE)
    ),
    *(
        Rule(
            code="R18",
            says="The date is one that systems write where none is known, such as 1 January 1900.",
            mend="Leave the cell blank where no date is known, or give the right one.",
            table=table.name,
            fields=(column.name,),
            severity=Severity.QUERY,
            source="Practice of data teams",
            fails=placeholder(column.name),
        )
        for table, column in columns_of("practice", Kind.DATE)
    ),
)
