"""The Department's rules of the file Missing: the times that a child in care was missing, or away without leave.

The period of care and the placement from which a child went missing are those of the last episode that began on the
day or before: on the day of a move it is the new placement.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import before, first_of, last_of, latest_so_far, same_as_before
from goldthread.kernel.return_codes import MISSING_TYPE
from goldthread.kernel.rule import Fails, Finds, Rule
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import EPISODES, GOES_ON, MISSING, episodes

_TYPES = MISSING_TYPE.values()
_FAR = pl.date(9999, 12, 31)
_OTHER_REASON = "E8"


def _blank(context: Context, column: str) -> pl.Expr:
    """Nothing is written; something not understood is for the rule on that."""
    return pl.col(column).is_null() & context.not_understood(MISSING, column).not_()


def _in_order(context: Context) -> pl.LazyFrame:
    """The rows with what came before and after of the same child: `ends_before`, the latest end of earlier rows, and
    `next_start`. Rows without a child or a start stand alone."""
    order = ["mis_start", "mis_end", "row"]
    rows = context.table(MISSING).sort("child", *order, nulls_last=True)
    dated = pl.col("child").is_not_null() & pl.col("mis_start").is_not_null()
    end = pl.when(context.not_understood(MISSING, "mis_end")).then(pl.col("mis_start")).otherwise(
        pl.col("mis_end").fill_null(_FAR)
    )  # fmt: skip
    placed = (
        rows.filter(dated)
        .with_columns(end.alias("until"))
        .with_columns(
            ends_before=before(latest_so_far(pl.col("until"), ~same_as_before("child"))),
            next_start=pl.when(pl.col("child") == pl.col("child").shift(-1)).then(pl.col("mis_start").shift(-1)),
        )
    )
    return pl.concat([placed, rows.filter(~dated)], how="diagonal")


def _ordered(context: Context) -> pl.LazyFrame:
    return context.once("903 missing in order", lambda: _in_order(context)).lazy()


def _overlaps(_: Context) -> pl.Expr:
    # A time that begins on the day that the one before ended does not overlap it.
    return (pl.col("mis_start") < pl.col("ends_before")) | (pl.col("until") > pl.col("next_start"))


def _beside_episodes(context: Context) -> pl.LazyFrame:
    """The rows beside the episode from which the child went missing, and its period of care and placement."""
    return context.once("903 missing beside episodes", lambda: _from_where(context)).lazy()


def _from_where(context: Context) -> pl.LazyFrame:
    # A change of legal status alone (L) leaves the child in the same placement.
    same = (pl.col("rne") == "L").fill_null(False) & pl.col("first_of_period").not_()
    # Of the children who were missing alone: the others' episodes are not laid out anew.
    asked = pl.col("child").is_in(context.held(MISSING, "child"))
    known = episodes(context).filter(pl.col("period").is_not_null(), asked)
    # They stand in order, so that a child's episodes, and those of a period and of a placement, are runs of rows.
    of_child = ~same_as_before("child")
    stays = known.with_columns(
        first_of_child=of_child,
        placement_end=last_of(pl.col("dec"), ~same),
        last_row=last_of(pl.col("row"), pl.col("period").ne_missing(pl.col("period").shift(1))),
        first_row=first_of(pl.col("row"), of_child),
        care_began=first_of(pl.col("decom"), of_child),
    )
    of = ["period_end", "period_rec", "placement_end", "last_row", "row", "decom", "child"]
    there = stays.select(pl.col(name).alias(f"of_{name}") if name == "row" else pl.col(name) for name in of)
    first = stays.filter(pl.col("first_of_child")).select("child", "first_row", "care_began")
    rows = context.table(MISSING).filter(pl.col("child").is_not_null() & pl.col("mis_start").is_not_null())
    unread = context.not_understood(MISSING, "mis_end").alias("end_unread")
    met = rows.with_columns(unread).sort("mis_start").join_asof(
        there.sort("decom"), left_on="mis_start", right_on="decom", by="child", check_sortedness=False
    )  # fmt: skip
    return met.join(first, on="child", how="left")


_OPEN = pl.col("mis_end").is_null() & pl.col("end_unread").not_()
_LEFT = pl.col("period_end").is_not_null() & (pl.col("period_rec") != GOES_ON)
_ALIKE: dict[str, tuple[pl.Expr, str]] = {
    "575": (_OPEN & pl.col("placement_end").is_not_null() & (pl.col("mis_start") <= pl.col("placement_end")), "of_row"),
    "577": (_OPEN & _LEFT & (pl.col("mis_start") <= pl.col("period_end")), "last_row"),
    "578": (_LEFT & (pl.col("mis_start") > pl.col("period_end")), "last_row"),
    "580": (
        _LEFT & (pl.col("period_rec") != _OTHER_REASON) & (pl.col("mis_start") <= pl.col("period_end"))
        & (_OPEN | (pl.col("mis_end") >= pl.col("period_end"))),
        "last_row",
    ),
    "581": (pl.col("mis_start") < pl.col("care_began"), "first_row"),
}  # fmt: skip
"""What breaks a rule beside the episodes, and which of the episodes' rows is part of it."""


def _at_both(code: str, here: tuple[str, ...], there: tuple[str, ...], says: str, mend: str) -> tuple[Rule, ...]:
    """A rule across the two files, at the row of Missing and at that of the episode."""
    condition, row = _ALIKE[code]
    finds: Finds = lambda context: (  # noqa: E731
        _beside_episodes(context).filter(condition).select(pl.lit(EPISODES).alias("table"), pl.col(row).alias("row"))
    )
    fails: Fails = lambda _: condition  # noqa: E731
    return (
        rule(code, MISSING, *here, across=(EPISODES,), over=_beside_episodes, fails=fails, says=says, mend=mend),
        rule(code, EPISODES, *there, across=(MISSING,), finds=finds, says=says, mend=mend),
    )


def _not_carried(context: Context) -> pl.LazyFrame:
    """The child's first row this year beside the open row of last year; no row where the child has none this year."""
    # An end that could not be read is an end.
    was_open = pl.col("mis_end").is_null() & ~context.not_understood_last(MISSING, "mis_end")
    before = context.table_last_year(MISSING).filter(was_open & pl.col("mis_start").is_not_null())
    still = before.select("child", "mis_start", pl.col("row").alias("earlier_row"))
    now = context.table(MISSING)
    lost = still.join(now.select("child", "mis_start"), on=["child", "mis_start"], how="anti")
    first = now.sort("mis_start", "row", nulls_last=True).unique("child", keep="first", maintain_order=True)
    return lost.join(first.select("child", "row"), on="child", how="left").select(
        pl.lit(MISSING).alias("table"), "row", "earlier_row"
    )


_DATE = "Write the day as dd/mm/yyyy."
_CHECK = "Check both dates against the record, and mend the one that is wrong."

RULES: tuple[Rule, ...] = (
    rule(
        "564", MISSING, "missing", "mis_start",
        fails=lambda context: pl.col("missing").is_in(_TYPES) & _blank(context, "mis_start"),
        says="The child was missing or away, and the day on which that began is blank.", mend=_DATE,
    ),
    rule(
        "565", MISSING, "missing", "mis_start",
        fails=lambda _: pl.col("missing").is_null() & pl.col("mis_start").is_not_null(),
        says="There is a day on which it began, and not whether the child was missing or away.", mend="Write M or A.",
    ),
    rule(
        "566", MISSING, "missing", "mis_end",
        fails=lambda _: pl.col("missing").is_null() & pl.col("mis_end").is_not_null(),
        says="There is a day on which it ended, and not whether the child was missing or away.", mend="Write M or A.",
    ),
    rule(
        "567", MISSING, "mis_start", "mis_end", fails=lambda _: pl.col("mis_end") < pl.col("mis_start"),
        says="It ended before it began.", mend=_CHECK,
    ),
    rule(
        "570", MISSING, "mis_start", fails=lambda context: pl.col("mis_start") > context.year_end,
        says="It began after the end of the year.", mend="Mend the date; what began later is for next year's return.",
    ),
    rule(
        "571", MISSING, "mis_end",
        fails=lambda context: (pl.col("mis_end") < context.year_start) | (pl.col("mis_end") > context.year_end),
        says="It ended before the year began, or after it ended.",
        mend="Mend the date; leave it blank where the child is still missing, and take out what ended before the year.",
    ),
    rule(
        "574", MISSING, "mis_start", "mis_end", over=_ordered, fails=_overlaps,
        says="Two times that the child was missing or away overlap, or one began while another was still open.",
        mend="Give the first its end, or make one row of them.",
    ),
    *_at_both(
        "575", ("mis_end",), ("dec",), "The placement from which the child went missing has ended, and this has not.",
        "Write the day on which the child was found, or on which the placement ended.",
    ),
    rule(
        "576", MISSING, "child", last=(MISSING,), finds=_not_carried,
        says="The child was still missing or away at the end of last year, and no row of this year says so.",
        mend="Carry the row over with the day on which it began, and give it its end.",
    ),
    *_at_both(
        "577", ("mis_end",), ("dec",), "The child has left care, and the time missing or away has no end.",
        "Write the day on which it ended: that of leaving care at the latest.",
    ),
    *_at_both("578", ("mis_start",), ("dec",), "It began after the child had left care.", _CHECK),
    *_at_both(
        "580", ("mis_end",), ("rec",), "The child was missing or away when care ceased, and the reason is not E8.",
        "Write E8, or mend the day on which the child was found.",
    ),
    *_at_both("581", ("mis_start",), ("decom",), "It began before the child was looked after.", _CHECK),
    rule(
        "586", MISSING, "mis_start", fails=lambda _: pl.col("mis_start") < pl.col("dob"),
        says="It began before the child was born.", mend=_CHECK,
    ),
    rule(
        "1004", MISSING, "mis_start", fails=lambda context: context.not_understood(MISSING, "mis_start"),
        says="The day on which it began is no date.", mend=_DATE,
    ),
    rule(
        "1005", MISSING, "mis_end", fails=lambda context: context.not_understood(MISSING, "mis_end"),
        says="The day on which it ended is no date.", mend=_DATE,
    ),
    rule(
        "1006", MISSING, "missing", fails=lambda _: pl.col("missing").is_in(_TYPES).not_(),
        says="The type is none of the codes.", mend="Write M (missing) or A (away without leave).",
    ),
)  # fmt: skip
