"""The Department's rules of decisions that a child should be placed for adoption, and of their reversal."""

from typing import Any

import polars as pl

from goldthread.kernel.codes import REVERSAL
from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.ssda903.children import (
    ADOPTED,
    FOR_ADOPTION,
    beside_episodes,
    blank,
    born,
    fact,
    filled,
    lacking,
    together,
)
from goldthread.kernel.rules.ssda903.decisions import (
    DAY,
    REVERSED,
    beside_last_year,
    decided,
    episodes_where,
    episodes_with_first,
    given_up,
    placed_with_first,
    stands,
)
from goldthread.kernel.rules.ssda903.declared import FIRST_YEAR, rule
from goldthread.kernel.rules.ssda903.shared import EPISODES, GOES_ON, PLACED, children_where

REVERSAL_ITEMS = ("date_placed_ceased", "reason_placed_ceased")

_REASON, _REC = pl.col("reason_placed_ceased"), pl.col("rec")
_FOR_ADOPTION, _ORDER = pl.col("place").is_in(FOR_ADOPTION), pl.col("ls") == "E1"
_FAR = pl.date(9999, 12, 31)
_DATES = "Check both dates against the record: day and month may have changed places, or the year be wrong."
_WRITE_DAY = "Write the day as 31/01/2025."


_OF_CHILD = (pl.col("child"), DAY.is_not_null())
"""What parts the decisions of one child from the rest: rows without a day stand apart."""


def _overlaps(context: Context) -> pl.Expr:
    """Whether a decision was made while an earlier one of the child stood, or stood when a later one was made."""
    unread = context.not_understood(PLACED, "date_placed_ceased")
    until = pl.when(unread).then(DAY).otherwise(REVERSED.fill_null(_FAR))
    # Of two on one day the one that was reversed first comes first: an open one is the last of them.
    order = [DAY, until, pl.col("row")]
    before = until.cum_max().shift(1).over(_OF_CHILD, order_by=order)
    after = DAY.shift(-1).over(_OF_CHILD, order_by=order)
    return pl.col("child").is_not_null() & ((before > DAY).fill_null(False) | (after < until).fill_null(False))


def _second_decision(context: Context) -> pl.Expr:
    """Whether a decision stands though a later one was made, or was made later than one that stands."""
    first_standing = DAY.filter(stands(context)).min().over("child")
    later = first_standing < DAY
    earlier = stands(context) & (DAY.max().over("child") > DAY)
    return pl.col("child").is_not_null() & (later.fill_null(False) | earlier.fill_null(False))


_ITEMS = (
    rule(
        "115", PLACED, "date_placed",
        says="The day of the decision to place the child for adoption is no date.",
        mend=_WRITE_DAY,
        fails=lambda c: c.not_understood(PLACED, "date_placed"),
    ),
    rule(
        "116", PLACED, "date_placed_ceased",
        says="The day on which the decision was reversed is no date.",
        mend=_WRITE_DAY,
        fails=lambda c: c.not_understood(PLACED, "date_placed_ceased"),
    ),
    rule(
        "119", PLACED, *REVERSAL_ITEMS,
        says="Of the reversal of the decision only the day or only the reason is told.",
        mend="Tell both, or leave both blank where the decision stands.",
        fails=lambda c: blank(c, PLACED, "date_placed_ceased") != _REASON.is_null(),
    ),
    rule(
        "120", PLACED, "reason_placed_ceased",
        says="The reason for the reversal is a code that is none of the list.",
        mend="Give one of RD1 to RD4.",
        fails=lambda _: _REASON.is_in(REVERSAL.values()).not_(),
    ),
    rule(
        "184", PLACED, "date_placed", "dob", over=born(PLACED),
        says="It was decided to place the child for adoption before the child was born.",
        mend=_DATES,
        fails=lambda _: pl.col("dob") > DAY,
    ),
    rule(
        "522", PLACED, "date_placed", "date_placed_ceased",
        says="The decision was reversed before it was made.",
        mend=_DATES,
        fails=lambda _: DAY > REVERSED,
    ),
    rule(
        "563", PLACED, "date_placed", *REVERSAL_ITEMS,
        says="A reversal is told, and not the day of the decision that was reversed.",
        mend="Give the day of the decision, or take the reversal out.",
        fails=lambda c: filled(*REVERSAL_ITEMS) & blank(c, PLACED, "date_placed"),
    ),
    rule(
        "579", PLACED, "date_placed", "date_placed_ceased",
        says="A decision was made while an earlier one about the child still stood.",
        mend="Give the day on which the earlier one was reversed, or keep only one of the two.",
        fails=_overlaps,
    ),
    rule(
        "583", PLACED, "date_placed", "date_placed_ceased", severity=Severity.QUERY,
        says="There are decisions of several days, and an earlier one was not reversed.",
        mend="Check that both are needed, and give the day on which the earlier one was reversed.",
        fails=_second_decision,
    ),
)  # fmt: skip

_AGAINST_CARE = (
    rule(
        "117", PLACED, "date_placed", "date_placed_ceased", across=(EPISODES,), over=beside_episodes(PLACED),
        says="The decision or its reversal lies after the collection year, or after the child left care.",
        mend=_DATES,
        # A child who came back has not left: the child's last episode says whether and when it did.
        fails=lambda c: (c.year_end < DAY).fill_null(False) | (c.year_end < REVERSED).fill_null(False)
        | (fact(c, "left_on") < DAY).fill_null(False) | (fact(c, "left_on") < REVERSED),
    ),
    rule(
        "118", PLACED, "date_placed_ceased", across=(EPISODES,), over=beside_episodes(PLACED),
        says="The decision was reversed before the collection year, or before the child was looked after.",
        mend="Check the day; a reversal of an earlier year stood in that year's return.",
        fails=lambda c: (c.year_start > REVERSED).fill_null(False) | (fact(c, "first_long") > REVERSED),
    ),
    rule(
        "1003", PLACED, "date_placed", across=(EPISODES,), over=beside_episodes(PLACED),
        says="It was decided to place the child for adoption before the child was looked after.",
        mend=_DATES,
        # Where the child's first episode in the file goes on from an earlier one, the start of care is not known.
        fails=lambda c: (fact(c, "first_rne") == "S") & (fact(c, "first_decom") > DAY),
    ),
)  # fmt: skip


def undecided(
    code: str, says: str, field: str, which: pl.Expr, name: str, until: int | None = None
) -> tuple[Rule, ...]:
    """A rule that what an episode tells needs a decision: told at the episodes, and at decisions without a day."""
    return together(
        code,
        (EPISODES, (field,), lambda c: which & decided(c).not_()),
        (PLACED, ("date_placed",), lambda c: blank(c, PLACED, "date_placed") & decided(c).not_()
            & episodes_where(c, name, which)),
        says=says, mend="Add the decision with its day, or mend the episode.", until=until,
    )  # fmt: skip


def decided_late(
    code: str, says: str, which: pl.Expr, known: str, field: str, until: int | None = None
) -> tuple[Rule, ...]:
    """A rule that the first decision comes no later than what an episode tells: told at both.

    Of several decisions about a child the first is asked: a later one belongs to what came of it.
    """
    of_decision: Fails = lambda c: DAY.is_not_null() & (pl.col("first_decided") > fact(c, known))  # noqa: E731
    of_episode: Fails = lambda _: which & (pl.col("first_decided") > pl.col("decom"))  # noqa: E731
    more: dict[str, Any] = {"says": says, "mend": _DATES, "until": until}
    return (
        rule(code, PLACED, "date_placed", across=(EPISODES,), over=placed_with_first, fails=of_decision, **more),
        rule(code, EPISODES, "decom", field, across=(PLACED,), over=episodes_with_first, fails=of_episode, **more),
    )


def _left_unadopted(placed: pl.Expr) -> pl.Expr:
    return placed & _REC.is_in((*ADOPTED, GOES_ON)).not_()


def _half_reversed(context: Context) -> pl.Expr:
    """Whether the row's child has no decision on file, or one whose reversal is not wholly told."""
    rows = context.table(PLACED)
    half = children_where(context, "with a reversal not told", rows, lacking(context, PLACED, *REVERSAL_ITEMS))
    return pl.col("child").is_in(half) | pl.col("child").is_in(context.held(PLACED, "child")).not_()


def _reversal(placed: pl.Expr, name: str, **years: Any) -> tuple[Rule, ...]:
    """Rule 557, by the legal statuses that show a decision: freeing orders (D1) went from the list in 2024-25."""
    left = _left_unadopted(placed)
    return together(
        "557",
        (EPISODES, ("place", "ls", "rec"), lambda c: left & _half_reversed(c)),
        (PLACED, REVERSAL_ITEMS, lambda c: lacking(c, PLACED, *REVERSAL_ITEMS) & episodes_where(c, name, left)),
        says="The child was to be placed for adoption and left care without, and no reversal of the decision is told.",
        mend="Give the day and the reason of the reversal, or mend the reason for which care ended.", **years,
    )  # fmt: skip


_AGAINST_EPISODES = (
    *undecided("551", "The child was placed for adoption, and no day of a decision to do so is told.",
                "place", _FOR_ADOPTION, "placed for adoption"),
    *decided_late("552", "It was decided to place the child for adoption after the child had been placed.",
                   _FOR_ADOPTION, "placed_from", "place"),
    *undecided("553", "A placement order was made, and no day of a decision to place the child is told.",
                "ls", _ORDER, "under a placement order"),
    *decided_late("554", "It was decided to place the child for adoption after the placement order was made.",
                   _ORDER, "order_from", "ls"),
    *_reversal(_FOR_ADOPTION | pl.col("ls").is_in(("D1", "E1")), "left unadopted, freed or not",
               since=FIRST_YEAR, until=2024),
    *_reversal(_FOR_ADOPTION | _ORDER, "left unadopted", since=2025, guide=2025),
    *together(
        "558",
        (PLACED, ("date_placed_ceased",), lambda c: REVERSED.is_not_null() & given_up(c)
            & episodes_where(c, "adopted", _REC.is_in(ADOPTED))),
        (EPISODES, ("rec",), lambda c: _REC.is_in(ADOPTED) & given_up(c)),
        says="The child was adopted, and the decision to place it is told to have been reversed.",
        mend="Leave the reversal blank, or mend the reason for which the episode ended.",
    ),
)  # fmt: skip


_AGAINST_LAST_YEAR = (
    rule(
        "559", PLACED, "date_placed", last=(PLACED,), over=beside_last_year,
        says="The decision is of an earlier year, and last year's return had none about the child.",
        mend="Check the day; if it holds, last year's return lacked the decision.",
        fails=lambda c: (c.year_start > DAY) & pl.col("last_standing").is_null(),
    ),
    rule(
        "560", PLACED, "date_placed", "date_placed_ceased", last=(PLACED,), over=beside_last_year,
        says="The decision stood last year and stands still, and its day is not the one told last year.",
        mend="Give the day that last year's return has, or have that return put right.",
        # Asked of the child's decisions together: one that goes on under its old day may have a new one beside it.
        fails=lambda c: stands(c) & (pl.col("last_standing").list.len() > 0)
        & pl.col("last_standing").list.contains(DAY).fill_null(False).any().over("child").not_(),
    ),
    rule(
        "561", PLACED, "date_placed", last=(PLACED,), over=beside_last_year,
        says="The decision has the day of one that last year's return told to have been reversed.",
        mend="Give the day of the new decision, or take the row out.",
        fails=lambda _: pl.col("last_reversed").list.contains(DAY),
    ),
    rule(
        "584", PLACED, "date_placed", last=(PLACED,), over=beside_last_year, severity=Severity.QUERY,
        says="The decision has another day than last year's, which was reversed.",
        mend="Check that there was a new decision, and that its day is right.",
        fails=lambda _: DAY.is_not_null() & (pl.col("last_standing").list.len() == 0)
        & (pl.col("last_reversed").list.len() > 0) & pl.col("last_reversed").list.contains(DAY).not_(),
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_ITEMS, *_AGAINST_CARE, *_AGAINST_EPISODES, *_AGAINST_LAST_YEAR)
