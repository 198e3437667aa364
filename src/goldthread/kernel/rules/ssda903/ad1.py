"""The Department's rules of AD1: children adopted in the year, the decision, the match and the adopters."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.return_codes import ADOPTERS_LEGAL_STATUS, ADOPTERS_SEX
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.ssda903.children import (
    ADOPTED,
    FOR_ADOPTION,
    beside_episodes,
    fact,
    filled,
    in_year,
    lacking,
    of_children,
    together,
)
from goldthread.kernel.rules.ssda903.decisions import apart_from_best_interest, given_up
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import AD1, EPISODES, PLACED, children_where

ITEMS = ("date_int", "date_match", "foster_care", "nb_adoptr", "sex_adoptr", "ls_adoptr")
COUPLES = ("MM", "FF", "MF")
SAME_SEX = ("MM", "FF")

BY_CARER = ("A2", "A3", "A5")
BY_OTHERS = ("A1", "A4", "A6")
"""Placements for adoption with the child's own foster carer, and with others; A1 and A2 are of older lists."""

_DECIDED, _MATCHED = pl.col("date_int"), pl.col("date_match")
_SEX, _STATUS = pl.col("sex_adoptr"), pl.col("ls_adoptr")
_ADOPTION = pl.col("rec").is_in(ADOPTED)
_DATES = "Check both dates against the record: day and month may have changed places, or the year be wrong."
_ADOPTERS = "Check the adopters' sex and legal status against the record, and mend the one that is wrong."


def _status(code: str, says: str, status: str, fails: pl.Expr) -> Rule:
    """A rule of the adopters' sex by their legal status. A blank says nothing: rule 151 tells of it."""
    return rule(
        code, AD1, "ls_adoptr", "sex_adoptr", says=says, mend=_ADOPTERS, fails=lambda _: (status == _STATUS) & fails
    )


_ITEMS = (
    rule(
        "112", AD1, "date_int",
        says="The day of the decision that adoption is best for the child is no date.",
        mend="Write the day as 31/01/2025.",
        fails=lambda c: c.not_understood(AD1, "date_int"),
    ),
    rule(
        "113", AD1, "date_match",
        says="The day on which child and adopters were matched is no date.",
        mend="Write the day as 31/01/2025.",
        fails=lambda c: c.not_understood(AD1, "date_match"),
    ),
    rule(
        "114", AD1, "foster_care",
        says="Whether the child was adopted by the own foster carer is neither 0 nor 1.",
        mend="Write 1 where it was, and 0 where it was not.",
        fails=lambda _: pl.col("foster_care").is_in(("0", "1")).not_(),
    ),
    rule(
        "151", AD1, *ITEMS,
        says="Only some of the six items of the adoption are told.",
        mend="Tell all six, or leave all blank where the child was not adopted in the year.",
        fails=lambda c: filled(*ITEMS) & lacking(c, AD1, *ITEMS),
    ),
    rule(
        "175", AD1, "nb_adoptr",
        says="The number of adopters is neither 1 nor 2.",
        mend="Write 1 or 2.",
        fails=lambda _: pl.col("nb_adoptr").is_in(("1", "2")).not_(),
    ),
    rule(
        "176", AD1, "sex_adoptr",
        says="The sex of the adopters is told by a code that is none of the list.",
        mend="Give one of M1, F1, MM, FF and MF.",
        fails=lambda _: _SEX.is_in(ADOPTERS_SEX.values()).not_(),
    ),
    rule(
        "177", AD1, "ls_adoptr",
        says="The legal status of the adopters is told by a code that is none of the list.",
        mend="Give one of L0, L11, L12, L2, L3 and L4.",
        fails=lambda _: _STATUS.is_in(ADOPTERS_LEGAL_STATUS.values()).not_(),
    ),
    rule(
        "333", AD1, "date_int", "date_match",
        says="Child and adopters were matched before it was decided that adoption is best for the child.",
        mend=_DATES,
        fails=lambda _: _DECIDED > _MATCHED,
    ),
    rule(
        "511", AD1, "nb_adoptr", "sex_adoptr",
        says="There are two adopters, and their sex is told as that of one.",
        mend="Give MM, FF or MF, or mend the number of adopters.",
        fails=lambda _: (pl.col("nb_adoptr") == "2") & _SEX.is_in(COUPLES).not_(),
    ),
    _status("514", "The legal status is that of a single adopter, and the sex that of a couple.",
            "L0", _SEX.is_in(COUPLES)),
    _status("517", "An unmarried couple of different sex (L3) is not told as MF.",
            "L3", _SEX != "MF"),
    _status("518", "An unmarried couple of the same sex (L4) is told neither as MM nor as FF.",
            "L4", _SEX.is_in(SAME_SEX).not_()),
    _status("519", "A couple in civil partnership (L2) is not told as MM, FF or MF.",
            "L2", _SEX.is_in(COUPLES).not_()),
    _status("520", "A married couple of different sex (L11) is not told as MF.",
            "L11", _SEX != "MF"),
    _status("524", "A married couple of the same sex (L12) is told neither as MM nor as FF.",
            "L12", _SEX.is_in(SAME_SEX).not_()),
)  # fmt: skip


def _beside_ad1(context: Context, column: str, days: str) -> pl.LazyFrame:
    """Episodes of children of whom AD1 gives days, with these: one, but where the child's row is doubled."""
    ad1 = context.table(AD1).filter(pl.col("child").is_not_null(), pl.col(column).is_not_null())
    told = ad1.group_by("child").agg(pl.col(column).alias(days))
    return context.table(EPISODES).join(told, on="child", how="inner", maintain_order="left")


def _with_decision(context: Context) -> pl.LazyFrame:
    return _beside_ad1(context, "date_int", "decided")


def _with_match(context: Context) -> pl.LazyFrame:
    return _beside_ad1(context, "date_match", "matched")


def _against_episodes(code: str, says: str, day: str, of_ad1: Fails, field: str, of_episode: Fails) -> tuple[Rule, ...]:
    """A rule of a date of AD1 and a date of an episode, told at both."""
    over = _with_decision if day == "date_int" else _with_match
    return (
        rule(code, AD1, day, across=(EPISODES,), over=beside_episodes(AD1), says=says, mend=_DATES, fails=of_ad1),
        rule(code, EPISODES, field, across=(AD1,), over=over, says=says, mend=_DATES, fails=of_episode),
    )


_DATES_OF_CARE = (
    # The episode that ended with the adoption is asked, for the rule looks at REC: where only the legal status changed
    # since the child was placed, an earlier episode may hold the day, and a match between the two is not told.
    *_against_episodes(
        "331", "Child and adopters were matched after the child was placed with them.", "date_match",
        lambda c: fact(c, "adopted_from") < _MATCHED,
        "decom", lambda _: _ADOPTION & (pl.col("matched").list.max() > pl.col("decom")),
    ),
    rule(
        "334", AD1, "date_int", across=(EPISODES,), over=beside_episodes(AD1),
        says="It was decided that adoption is best before the child's latest period of care began.",
        mend=_DATES,
        # Only a period whose start (RNE S) the file holds has a known first day.
        fails=lambda c: fact(c, "latest_start") > _DECIDED,
    ),
    rule(
        "335", AD1, "foster_care", across=(EPISODES,), over=beside_episodes(AD1),
        says="Whether the own foster carer adopted the child goes against the child's last placement.",
        mend="Mend the flag, or the placement: A3 and A5 are with the own carer, A4 and A6 with others.",
        fails=lambda c: ((pl.col("foster_care") == "0") & fact(c, "last_place").is_in(BY_CARER))
        | ((pl.col("foster_care") == "1") & fact(c, "last_place").is_in(BY_OTHERS)),
    ),
    *_against_episodes(
        "521", "It was decided that adoption is best after the child was placed for adoption.", "date_int",
        lambda c: fact(c, "placed_from") < _DECIDED,
        "decom", lambda _: pl.col("place").is_in(FOR_ADOPTION) & (pl.col("decided").list.max() > pl.col("decom")),
    ),
)  # fmt: skip


def _adopted_in_year(context: Context) -> pl.Expr:
    return _ADOPTION & in_year(context, "dec")


def _complete(context: Context) -> pl.Series:
    return children_where(context, "with all of AD1", context.table(AD1), lacking(context, AD1, *ITEMS).not_())


def _adopted(context: Context) -> pl.Expr:
    return pl.col("child").is_in(
        children_where(context, "adopted in the year", context.table(EPISODES), _adopted_in_year(context))
    )


_ADOPTED = (
    rule(
        "582", AD1, "date_match", across=(EPISODES,), over=beside_episodes(AD1), severity=Severity.QUERY,
        says="Child and adopters were matched on the day of the adoption itself.",
        mend="Check the day of the match; it nearly always comes months before the order.",
        fails=lambda c: fact(c, "adopted_on") == _MATCHED,
    ),
    rule(
        "582", EPISODES, "dec", across=(AD1,), over=_with_match, severity=Severity.QUERY,
        says="Child and adopters were matched on the day of the adoption itself.",
        mend="Check the day of the match; it nearly always comes months before the order.",
        fails=lambda _: _ADOPTION & pl.col("matched").list.contains(pl.col("dec")),
    ),
    *together(
        "601",
        (EPISODES, ("rec",), lambda c: _adopted_in_year(c) & pl.col("child").is_in(_complete(c)).not_()),
        (AD1, ITEMS, lambda c: lacking(c, AD1, *ITEMS) & _adopted(c)),
        says="By its episodes the child was adopted in the year, and the items of the adoption are not all told.",
        mend="Fill the row of AD1, or mend the reason for which the episode ended.",
    ),
    rule(
        "602", AD1, "child", across=(EPISODES,),
        says="The items of an adoption are told, and no episode of the child ended with one in the year.",
        mend="Mend the reason and the day on which the last episode ended, or take the row of AD1 out.",
        fails=lambda c: filled(*ITEMS) & _adopted(c).not_(),
    ),
)  # fmt: skip


_DECISIONS = (
    *together(
        "523",
        (AD1, ("date_int",), lambda c: pl.col("date_int").is_not_null() & apart_from_best_interest(c)),
        (PLACED, ("date_placed",), lambda c: pl.col("date_placed").is_not_null() & apart_from_best_interest(c)),
        says="The day of the decision to place the child for adoption is not the day of the decision told in AD1.",
        mend="Check the day of the decision against the record; both places tell of the same one.",
    ),
    *together(
        "525",
        (AD1, ITEMS, lambda c: filled(*ITEMS) & given_up(c)),
        (PLACED, ("date_placed_ceased",), lambda c: pl.col("date_placed_ceased").is_not_null() & given_up(c)
            & of_children(c, AD1, *ITEMS)),
        says="The decision to place the child for adoption was reversed, and the child is told of as adopted.",
        mend="Take the reversal out, or add the new decision; or leave the items of the adoption blank.",
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_ITEMS, *_DATES_OF_CARE, *_ADOPTED, *_DECISIONS)
