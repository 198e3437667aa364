"""The Department's rules on unaccompanied asylum-seeking children: the flag of the header and the file UASC.

The flag says whether a child was one at some time in the year; DUC is the day on which that ended. Files as CSV have no
flag: there a child in the file UASC has it (`shared.header`).
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.dates import age, birthday
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import HEADER, UASC, header, header_last

YOUNGER_THAN = 10
"""Children seeking asylum alone who are younger at the end of the year are asked about.

The Department says only that such children are generally older; the age is ours.
"""

_ADULT = 18


def _one(rows: pl.LazyFrame, column: str, called: str) -> pl.LazyFrame:
    known = rows.filter(pl.col("child").is_not_null())
    return known.unique("child", keep="first", maintain_order=True).select("child", pl.col(column).alias(called))


def _both_years(context: Context, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of children with `uasc`, `duc`, and the same of last year (`uasc_last`, `duc_last`).

    All null for what is not known; a child who was not in last year's header has no `uasc_last`.
    """
    held = [name for name in ("uasc", "duc") if name in rows.collect_schema().names()]
    return (
        rows.drop(held)
        .join(_one(header(context), "uasc", "uasc"), on="child", how="left", maintain_order="left")
        .join(_one(header_last(context), "uasc", "uasc_last"), on="child", how="left", maintain_order="left")
        .join(_one(context.table(UASC), "duc", "duc"), on="child", how="left", maintain_order="left")
        .join(_one(context.table_last_year(UASC), "duc", "duc_last"), on="child", how="left", maintain_order="left")
    )


def _header_both(context: Context) -> pl.LazyFrame:
    return context.once("903 uasc of header", lambda: _both_years(context, context.table(HEADER))).lazy()


def _file_both(context: Context) -> pl.LazyFrame:
    return context.once("903 uasc of file", lambda: _both_years(context, context.table(UASC))).lazy()


def _file_with_flag(context: Context) -> pl.LazyFrame:
    of_header = _one(header(context), "uasc", "uasc")
    rows = context.table(UASC)
    return context.once(
        "903 uasc flag", lambda: rows.join(of_header, on="child", how="left", maintain_order="left")
    ).lazy()


def _header_with_end(context: Context) -> pl.LazyFrame:
    ends = _one(context.table(UASC), "duc", "duc")
    return context.once(
        "903 uasc end", lambda: header(context).join(ends, on="child", how="left", maintain_order="left")
    ).lazy()


def _no_longer(context: Context) -> pl.Expr:
    # It is supported where the status had ended before this year began, and no end in this year says otherwise.
    before = pl.lit(context.year_start)
    ended = (pl.col("duc_last") < before).fill_null(False) | (pl.col("duc") < before).fill_null(False)
    later = (pl.col("duc") >= before).fill_null(False)
    return (pl.col("uasc_last") == "1") & (pl.col("uasc") == "0") & (ended & ~later).not_()


def _still(context: Context) -> pl.Expr:
    # Whoever is one in this year cannot have ceased to be one before it, by either year's date.
    before = pl.lit(context.year_start)
    ended = (pl.col("duc_last") < before).fill_null(False) | (pl.col("duc") < before).fill_null(False)
    return (pl.col("uasc_last") == "1") & (pl.col("uasc") == "1") & ended


def _never(_: Context) -> pl.Expr:
    return (pl.col("uasc_last") == "0") & (pl.col("uasc") == "0") & pl.col("duc").is_not_null()


def _newly(_: Context) -> pl.Expr:
    return (pl.col("uasc_last") == "0") & (pl.col("uasc") == "1")


def _without_flag(_: Context) -> pl.Expr:
    return pl.col("duc").is_not_null() & (pl.col("uasc") != "1")


def _at_both(code: str, fails: Fails, says: str, mend: str) -> tuple[Rule, ...]:
    """A rule on the flag and the end of the status, at the header's row and at the file's."""
    two = ((HEADER, "uasc", UASC, _header_both), (UASC, "duc", HEADER, _file_both))
    return tuple(
        rule(code, table, field, across=(other,), last=(HEADER, UASC), over=over, fails=fails, says=says, mend=mend)
        for table, field, other, over in two
    )


_YEARS = "Look up when the status began and ended, and mend the year that is wrong."
_FLAG = "Set the flag, or take the date out."

RULES: tuple[Rule, ...] = (
    rule(
        "104", UASC, "duc", fails=lambda context: context.not_understood(UASC, "duc"),
        says="The day on which the status ended is no date.", mend="Write the day as dd/mm/yyyy, or leave it blank.",
    ),
    rule(
        "105", HEADER, "uasc", fails=lambda _: pl.col("uasc").is_in(("0", "1")).fill_null(False).not_(),
        says="Whether the child sought asylum alone is blank, or neither 0 nor 1.", mend="Write 1 or 0.",
    ),
    rule(
        "205A", HEADER, "child", "uasc", across=(UASC,), last=(HEADER, UASC), over=_header_both, fails=_no_longer,
        says="The child sought asylum alone last year and not this year, and no date says that it ended before.",
        mend=_YEARS,
    ),
    *_at_both(
        "205B", _still, "The child seeks asylum alone in both years, and a date says that it ended before this year.",
        _YEARS,
    ),
    *_at_both(
        "205C", _never, "There is a day on which the status ended, and the child had it in neither year.", _YEARS
    ),
    rule(
        "205D", HEADER, "uasc", "child", across=(UASC,), last=(HEADER, UASC), over=_header_both, fails=_newly,
        says="The child seeks asylum alone this year, and last year's return says that it did not.", mend=_YEARS,
    ),
    rule(
        "231", HEADER, "dob", "uasc", since=2025, guide=2025, severity=Severity.QUERY,
        fails=lambda context: (pl.col("uasc") == "1") & (age(context.year_end) < YOUNGER_THAN),
        says="The child is young for one who sought asylum alone.", mend="Check the birth date.",
    ),
    rule(
        "303", UASC, "duc", across=(HEADER,), over=_file_with_flag, fails=_without_flag,
        says="There is a day on which the status ended, and the header does not say that the child had it.",
        mend=_FLAG,
    ),
    rule(
        "303", HEADER, "uasc", across=(UASC,), over=_header_with_end, fails=_without_flag,
        says="There is a day on which the status ended, and the header does not say that the child had it.",
        mend=_FLAG,
    ),
    rule(
        "304", UASC, "duc", fails=lambda _: pl.col("duc") > birthday(_ADULT),
        says="The status ended after the 18th birthday.",
        mend="Mend the date: the status ends on that birthday at the latest.",
    ),
)  # fmt: skip
