"""The Department's rules of previous permanence: a permanent home that a child had before it came into care."""

from datetime import date

import polars as pl

from goldthread.kernel.authorities import AUTHORITIES, ENDED
from goldthread.kernel.context import Context
from goldthread.kernel.return_codes import PREVIOUS_PERMANENCE
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903.children import (
    beside_episodes,
    fact,
    filled,
    in_year,
    short_break,
    together,
)
from goldthread.kernel.rules.ssda903.decisions import episodes_where
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import EPISODES, PREV_PERM, children_where

ITEMS = ("prev_perm", "la_perm", "date_perm")

ASKED_SINCE = date(2016, 4, 1)
"""Previous permanence is asked of children who started to be looked after from that day on."""

PLACES = (*AUTHORITIES, *ENDED, "WAL", "SCO", "NUK", "NIR", "999")
"""Authorities by the Department's codes, those that have ended too; other countries; not known."""

_OPTION, _WHERE, _WHEN = pl.col("prev_perm"), pl.col("la_perm"), pl.col("date_perm")
_PARTS = r"^(zz|\d{2})/(zz|\d{2})/(zzzz|\d{4})$"


def _when_at_earliest() -> pl.Expr:
    """The first day that the date may be, its unknown parts taken as the first; null where it is no date at all."""
    written = _WHEN.str.to_lowercase()
    first = written.str.replace("^zz", "01").str.replace("/zz/", "/01/", literal=True)
    day = first.str.replace("zzzz$", "0001").str.to_date("%d/%m/%Y", strict=False)
    return pl.when(written.str.contains(_PARTS)).then(day)


def _starts(context: Context) -> pl.Expr:
    """Whether an episode starts a period of care in the year; short breaks are not asked about."""
    return (pl.col("rne") == "S") & in_year(context, "decom") & ~short_break()


def _told(context: Context) -> pl.Expr:
    return pl.col("child").is_in(
        children_where(context, "with a previous home told", context.table(PREV_PERM), _OPTION.is_not_null())
    )


def _not_started_since(context: Context) -> pl.Expr:
    """Whether by the file the row's child did not start to be looked after since it is asked about.

    A start since is an episode with RNE S, or a first episode that begins since: whatever it goes on from, the file
    cannot say that care began before. Of an episode whose start is not known it cannot be said either.
    """
    began = (pl.col("rne") == "S") & (pl.col("decom") >= ASKED_SINCE)
    started = episodes_where(context, "started since 2016", began)
    unknown = episodes_where(context, "with a start not known", pl.col("decom").is_null())
    return started.not_() & unknown.not_() & (fact(context, "first_decom") < ASKED_SINCE).fill_null(True)


RULES: tuple[Rule, ...] = (
    *together(
        "630",
        (EPISODES, ("rne",), lambda c: _starts(c) & _told(c).not_()),
        (PREV_PERM, ("prev_perm",), lambda c: _OPTION.is_null() & _told(c).not_()
            & episodes_where(c, "starting in the year", _starts(c))),
        says="The child started to be looked after in the year, and nothing is told of a permanent home before.",
        mend="Add the child's row of previous permanence; Z1 where there was none.",
    ),
    rule(
        "631", PREV_PERM, "prev_perm",
        says="The permanent home before is told by a code that is none of the list.",
        mend="Give one of P1 to P4, or Z1 where there was none.",
        fails=lambda _: _OPTION.is_in(PREVIOUS_PERMANENCE.values()).not_(),
    ),
    rule(
        "632", PREV_PERM, "date_perm", across=(EPISODES,), over=beside_episodes(PREV_PERM),
        says="The day of the order is no date, or lies after the child started to be looked after.",
        mend="Write the day as 31/01/2014, unknown parts as zz, such as zz/zz/2014; it comes before the care.",
        # With parts unknown, the date counts as after the start only where it cannot be otherwise.
        fails=lambda c: _WHEN.is_not_null()
        & (_when_at_earliest().is_null() | (_when_at_earliest() > fact(c, "latest_start")).fill_null(False)),
    ),
    rule(
        "633", PREV_PERM, "la_perm",
        says="Where the order was made is told by a code that is none of the list.",
        mend="Give the authority's three digits, or WAL, SCO, NIR, NUK, or 999 where it is not known.",
        fails=lambda _: _WHERE.is_in(PLACES).not_(),
    ),
    rule(
        "634", PREV_PERM, *ITEMS, across=(EPISODES,), over=beside_episodes(PREV_PERM),
        says="A permanent home before is told of a child who has not started to be looked after since 1 April 2016.",
        mend="Take the row out, or mend the start of care.",
        fails=lambda c: pl.col("child").is_not_null() & filled(*ITEMS) & _not_started_since(c),
    ),
    rule(
        "635", PREV_PERM, *ITEMS,
        says="There was no permanent home before (Z1), yet the day or the place of an order is told.",
        mend="Leave both blank, or give the code of the home that there was.",
        fails=lambda _: (_OPTION == "Z1") & filled("la_perm", "date_perm"),
    ),
)  # fmt: skip
