"""The Department's checks that the files of one upload fit each other: EPI, the INT checks and NoE."""

from collections.abc import Callable
from typing import Any

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Finds, Rule, Severity
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import (
    AD1,
    EPISODES,
    HEADER,
    MISSING,
    OC2,
    OC3,
    PLACED,
    PREV_PERM,
    REVIEWS,
    UASC,
    children_where,
    has_episodes,
)  # fmt: skip
from goldthread.kernel.rules.ssda903.words import TITLES, plain_sex

_NOT_IN_HEADER = {
    "INT01": AD1, "INT02": PLACED, "INT03": EPISODES, "INT04": MISSING, "INT05": OC2, "INT06": OC3,
    "INT07": PREV_PERM, "INT08": REVIEWS, "INT09": UASC,
}  # fmt: skip
_OTHER_DOB = {
    "INT11": AD1, "INT12": PLACED, "INT13": MISSING, "INT14": OC2, "INT15": OC3, "INT16": PREV_PERM,
    "INT17": REVIEWS, "INT18": UASC,
}  # fmt: skip
_ONCE = {"INT31": AD1, "INT32": HEADER, "INT33": OC2, "INT34": OC3, "INT35": PREV_PERM, "INT36": UASC}


def _unknown(context: Context) -> pl.Expr:
    return pl.col("child").is_in(context.held(HEADER, "child")).not_()


def _repeated(_: Context) -> pl.Expr:
    return pl.col("child").is_not_null() & pl.col("child").is_duplicated()


def _pairs(table: str, column: str, plain: Callable[[pl.Expr], pl.Expr]) -> Finds:
    """Each row of a table beside the header of its child, where both give the column and do not agree."""

    def made(context: Context) -> pl.LazyFrame:
        of_header = context.table(HEADER).select("child", pl.col("row").alias("header_row"), plain(pl.col(column)))
        rows = context.table(table).select("child", "row", plain(pl.col(column)).alias("here"))
        met = rows.join(of_header, on="child")
        return met.filter(pl.col("here") != pl.col(column)).select("row", "header_row")

    return lambda context: context.once(f"903 {column} of {table}", lambda: made(context)).lazy()


def _differs(code: str, table: str, column: str, plain: Callable[[pl.Expr], pl.Expr]) -> tuple[Rule, ...]:
    """The rule at the rows of the table, and at those of the header: together they break it."""
    pairs = _pairs(table, column, plain)
    words = "birth date" if column == "dob" else "sex"
    more: dict[str, Any] = {
        "says": f"The {words} in {TITLES[table]} is not the one in the header.",
        "mend": "Find out which of the two is right, and write it in both files.",
    }
    here: Finds = lambda context: pairs(context).select(pl.lit(table).alias("table"), "row")  # noqa: E731
    there: Finds = lambda context: pairs(context).select(  # noqa: E731
        pl.lit(HEADER).alias("table"), pl.col("header_row").alias("row")
    )
    return (
        rule(code, table, column, across=(HEADER,), finds=here, **more),
        rule(code, HEADER, column, across=(table,), finds=there, **more),
    )


def _not_last_year(context: Context) -> pl.Expr:
    before = children_where(context, "last year", context.table_last_year(EPISODES), pl.lit(True))
    return (pl.col("decom") < context.year_start) & pl.col("child").is_in(before).not_()


def _no_episodes(context: Context) -> pl.Expr:
    return pl.col("child").is_not_null() & has_episodes(context).not_()


_ABSENT: Fails = _unknown

RULES: tuple[Rule, ...] = (
    rule(
        "EPI", HEADER, "child", across=(EPISODES,), over=None, severity=Severity.QUERY, fails=_no_episodes,
        says="The child has a header and no episode, so that little of it can be checked.",
        mend="Add the child's episodes, or take the header out where the child belongs to no part of the return.",
    ),
    *(
        rule(
            code, table, "child", across=(HEADER,), over=None, fails=_ABSENT,
            says=f"The child in {TITLES[table]} has no header.",
            mend="Add the child's header, or mend the number.",
        )
        for code, table in _NOT_IN_HEADER.items()
    ),
    *(each for code, table in _OTHER_DOB.items() for each in _differs(code, table, "dob", lambda day: day)),
    *_differs("INT21", UASC, "sex", plain_sex),
    *(
        rule(
            code, table, "child", over=None, fails=_repeated,
            says=f"The child stands more than once in {TITLES[table]}, which has one row for each child.",
            mend="Keep the row that is right, and look for the join in the extract that doubled it.",
        )
        for code, table in _ONCE.items()
    ),
    rule(
        "NoE", EPISODES, "decom", last=(EPISODES,), severity=Severity.QUERY, fails=_not_last_year,
        says="Care began before this year, and last year's return has no episode of the child.",
        mend="Check the start date and the number of the child; the number must be the same every year.",
    ),
)  # fmt: skip
