"""Episodes of need by themselves: the referral, the closure, and one episode beside another of the same child."""

from datetime import date

import polars as pl

from goldthread.domain.calendar import add_working_days
from goldthread.kernel import codes
from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.declared import at, of_pair, rule
from goldthread.kernel.rules.cin.shared import (
    CHILD,
    CHILD_AND_EPISODE,
    DETAILS,
    FURTHER,
    NFA,
    blank,
    is_missing_or_after_year,
    is_missing_or_no_code,
    is_no_code,
    is_outside_year,
    overlapping,
    several,
    with_known,
)

SOURCE_SINCE = date(2013, 4, 1)
"""The source of referral came in with the census of 2013-14: of earlier referrals it is not asked."""

LONGEST_BEFORE_BIRTH = 7 * 40
"""40 weeks, in days."""


def _open(context: Context) -> pl.Expr:
    """Not closed, and the referral did lead further. A blank flag says neither, and is rule 8568's."""
    return blank(context, DETAILS, "cin_closure_date") & (pl.col("referral_nfa") == FURTHER)


def _open_and_not_latest(context: Context) -> pl.Expr:
    """The open episode, and every episode of the child with a later referral.

    "The latest episode" is read as that with the latest referral of all the child's episodes: the words except only
    the open one from being a referral without further action.
    """
    referred, child = pl.col("cin_referral_date"), pl.col("la_child_id")
    is_open = _open(context).fill_null(False)
    first_open = referred.filter(is_open).min().over("la_child_id")
    superseded = is_open & (referred < referred.max().over("la_child_id"))
    return child.is_not_null() & (superseded | (referred > first_open))


def _overlapping(context: Context) -> pl.LazyFrame:
    """A referral without further action has no closure and runs for its own day alone."""
    of_a_day = pl.when((pl.col("referral_nfa") == NFA).fill_null(False)).then(pl.col("cin_referral_date"))
    end = pl.coalesce("cin_closure_date", of_a_day)
    return overlapping(with_known(context, DETAILS, "cin_closure_date"), CHILD, "cin_referral_date", end)


def _too_long_before_birth(_: Context) -> pl.Expr:
    """Either date is enough: "date of birth or expected date of birth"."""
    days = [
        (pl.col(birth) - pl.col("cin_referral_date")).dt.total_days() > LONGEST_BEFORE_BIRTH
        for birth in ("person_birth_date", "expected_person_birth_date")
    ]
    return days[0].fill_null(False) | days[1].fill_null(False)


def _nfa_of_an_earlier_year(context: Context) -> pl.Expr:
    """Referred before the working day before 1 April. A referral of that day may be decided in the new year."""
    day_before = add_working_days(context.year_start, -1, context.holidays)
    return (pl.col("referral_nfa") == NFA) & (pl.col("cin_referral_date") < day_before)


def _source_missing(context: Context) -> pl.Expr:
    asked = (pl.col("cin_referral_date") < SOURCE_SINCE).fill_null(False).not_()
    return asked & is_missing_or_no_code("referral_source", codes.SOURCE.values())(context)


_REFERRAL: tuple[Rule, ...] = (
    rule(
        "8568", DETAILS, "referral_nfa",
        says="It is not said whether the referral led to no further action.",
        mend="Give 1 (true) where it led to no further action, else 0 (false).",
        fails=is_missing_or_no_code("referral_nfa", (NFA, FURTHER)),
    ),
    rule(
        "8569Q", DETAILS, "referral_nfa", "cin_referral_date",
        says="The referral is of an earlier year, and flagged as one that led to no further action.",
        mend="Take such a referral out of this census, or mend its flag or date.",
        fails=_nfa_of_an_earlier_year,
    ),
    rule(
        "8600", DETAILS, "cin_referral_date",
        says="The date of referral is missing, or lies after the end of the census year.",
        mend="Give the date on which the child was referred; leave next year's referrals out.",
        fails=is_missing_or_after_year(DETAILS, "cin_referral_date"),
    ),
    *of_pair(
        "8606", CHILD_AND_EPISODE,
        ("person_birth_date", "expected_person_birth_date"), ("cin_referral_date",),
        says="The child was referred more than 40 weeks before the birth, or the expected birth.",
        mend="Check the date of birth and that of the referral.",
        breaks=_too_long_before_birth,
    ),
    rule(
        "8610", DETAILS, "primary_need_code", "referral_nfa",
        says="The referral led further, and the primary need is missing.",
        mend="Give the primary need; N0 where it was not stated.",
        fails=lambda _: (pl.col("referral_nfa") == FURTHER) & pl.col("primary_need_code").is_null(),
    ),
    rule(
        "8650", DETAILS, "primary_need_code",
        says="The primary need is no code of the census.",
        mend="Give one of N1 to N9, or N0.",
        fails=is_no_code("primary_need_code", codes.NEED.values()),
    ),
    rule(
        "8866", DETAILS, "referral_source", "cin_referral_date",
        says="The source of the referral is missing, or is no code of the census.",
        mend="Give the code of who referred the child; 10 where it is not known.",
        fails=_source_missing,
    ),
)  # fmt: skip

_CLOSURE: tuple[Rule, ...] = (
    rule(
        "8620", DETAILS, "cin_closure_date",
        says="The episode was closed outside the census year.",
        mend="Leave episodes closed in earlier years out; leave the date blank where it lies after the year.",
        fails=is_outside_year("cin_closure_date"),
    ),
    rule(
        "8630", DETAILS, "cin_referral_date", "cin_closure_date",
        says="The episode was closed before the child was referred.",
        mend="Check both dates against the record.",
        fails=lambda _: pl.col("cin_closure_date") < pl.col("cin_referral_date"),
    ),
    rule(
        "8640", DETAILS, "reason_for_closure",
        says="The reason for closure is no code of the census.",
        mend="Give one of RC1 to RC9.",
        fails=is_no_code("reason_for_closure", codes.CLOSURE.values()),
    ),
    rule(
        "8805", DETAILS, "cin_closure_date", "reason_for_closure",
        says="The episode is closed, and no reason is given.",
        mend="Give the reason for closure.",
        fails=lambda _: pl.col("cin_closure_date").is_not_null() & pl.col("reason_for_closure").is_null(),
    ),
    rule(
        "8810", DETAILS, "reason_for_closure", "cin_closure_date",
        says="There is a reason for closure, and no date.",
        mend="Give the date of closure, or take the reason out while the episode is open.",
        fails=lambda context: (
            pl.col("reason_for_closure").is_not_null() & blank(context, DETAILS, "cin_closure_date")
        ),
    ),
)  # fmt: skip

_SEVERAL: tuple[Rule, ...] = (
    rule(
        "8815", DETAILS, "cin_closure_date", "referral_nfa",
        says="The child has more than one open episode, and the referrals led further.",
        mend="Close those that ended, or join them into one.",
        fails=several(CHILD, _open),
    ),
    rule(
        "8816", DETAILS, "cin_referral_date", "referral_nfa",
        says="An episode of the child is open, and another has a later referral.",
        mend="Close the earlier episode, or mend the dates of referral.",
        fails=_open_and_not_latest,
    ),
    rule(
        "8820", DETAILS, "cin_referral_date", "cin_closure_date",
        says="Episodes of the child overlap.",
        mend="Mend the dates, so that an episode is closed before the next begins, or join them into one.",
        finds=at(DETAILS, _overlapping),
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_REFERRAL, *_CLOSURE, *_SEVERAL)
