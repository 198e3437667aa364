"""Section 47 enquiries and the initial child protection conferences that came of them."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.activity import NOT_REQUIRED
from goldthread.kernel.rules.cin.declared import Words, at, of_pair, rule
from goldthread.kernel.rules.cin.shared import (
    DETAILS,
    EPISODE,
    SECTION_47,
    beside_episode,
    blank,
    is_outside_year,
    is_weekend,
    overlapping,
    several,
    with_known,
    working_days_before_end,
)

LONGEST = 15
"""Working days within which the conference is to be held."""


def _waived() -> pl.Expr:
    """It was said that no conference is required; a blank flag does not say so."""
    return (pl.col("icpc_not_required") == NOT_REQUIRED).fill_null(False)


def _open(context: Context) -> pl.Expr:
    """Neither a conference held nor said not to be required."""
    return blank(context, SECTION_47, "date_of_initial_cpc") & _waived().not_()


def _overlapping(context: Context) -> pl.LazyFrame:
    """An enquiry goes on until its conference; one that needed none is not known to have gone on after its start."""
    end = pl.coalesce("date_of_initial_cpc", pl.when(_waived()).then(pl.col("s47_actual_start_date")))
    rows = with_known(context, SECTION_47, "date_of_initial_cpc")
    return overlapping(rows, EPISODE, "s47_actual_start_date", end)


def _episodes_of_overlapping(context: Context) -> pl.LazyFrame:
    enquiries = context.table(SECTION_47).join(_overlapping(context), on="row", how="semi")
    return context.table(DETAILS).join(enquiries, on=list(EPISODE), how="semi")


def _too_long(context: Context) -> pl.Expr:
    return _open(context) & (pl.col("s47_actual_start_date") < working_days_before_end(context, LONGEST))


def _started_in_another_year(context: Context) -> pl.Expr:
    """A conference after 31 March has not been held "by the end of the census year" either."""
    held = (pl.col("date_of_initial_cpc") <= context.year_end).fill_null(False)
    unknown = context.not_understood(SECTION_47, "date_of_initial_cpc")
    return (held | unknown).not_() & _waived().not_() & is_outside_year("s47_actual_start_date")(context)


_TWO_AT_ONCE: Words = {
    "says": "A section 47 enquiry of the episode starts while another is going on.",
    "mend": "Mend the dates, or take out the enquiry that was recorded twice.",
}

RULES: tuple[Rule, ...] = (
    # The rule is filed under section 47, so that the day of a conference in the episode itself is not asked.
    *of_pair(
        "1104", beside_episode(SECTION_47), ("cin_referral_date",), ("date_of_initial_cpc",),
        says="The initial conference was held before the child was referred.",
        mend="Check both dates; the conference of an earlier referral belongs to that episode.",
        breaks=lambda _: pl.col("date_of_initial_cpc_right") < pl.col("cin_referral_date"),
    ),
    *of_pair(
        "2884", beside_episode(SECTION_47), ("date_of_initial_cpc",), ("date_of_initial_cpc",),
        says="The same initial conference stands in the episode and in its section 47 enquiry.",
        mend="Keep it in the enquiry; the episode has one only where the child came from another authority.",
        breaks=lambda _: pl.col("date_of_initial_cpc") == pl.col("date_of_initial_cpc_right"),
    ),
    *of_pair(
        "2889", beside_episode(SECTION_47), ("cin_referral_date",), ("s47_actual_start_date",),
        says="The section 47 enquiry starts before the child was referred.",
        mend="Check both dates; an enquiry of an earlier referral belongs to that episode.",
        breaks=lambda _: pl.col("s47_actual_start_date") < pl.col("cin_referral_date"),
    ),
    rule(
        "8615", SECTION_47, "s47_actual_start_date", "date_of_initial_cpc",
        says="The start of the section 47 enquiry is missing, or lies after its conference.",
        mend="Give the day on which the enquiry started.",
        fails=lambda context: (
            blank(context, SECTION_47, "s47_actual_start_date")
            | (pl.col("s47_actual_start_date") > pl.col("date_of_initial_cpc"))
        ),
    ),
    rule(
        "8675Q", SECTION_47, "date_of_initial_cpc", "s47_actual_start_date", "icpc_not_required",
        says="The enquiry started more than 15 working days before the end of the census year, and there is no "
        "conference, nor is one said not to be required.",
        mend="Give the day of the conference, say that none was required, or say why it takes so long.",
        fails=_too_long,
    ),
    rule(
        "8715", SECTION_47, "date_of_initial_cpc",
        says="The initial conference was held outside the census year.",
        mend="Leave out conferences of earlier years; leave the date blank where it lies after the year.",
        fails=is_outside_year("date_of_initial_cpc"),
    ),
    rule(
        "8740", SECTION_47, "s47_actual_start_date", "date_of_initial_cpc", "icpc_not_required",
        says="The enquiry led to no conference by the end of the census year, and did not start in it.",
        mend="Give the day of the conference, say that none was required, or mend the start.",
        fails=_started_in_another_year,
    ),
    rule(
        "8839", SECTION_47, "date_of_initial_cpc", "icpc_not_required",
        says="The episode has more than one enquiry without a conference, none of which is said to need none.",
        mend="Give the day of the conference of each, or say that none was required.",
        fails=several(EPISODE, _open),
    ),
    rule(
        "8870Q", SECTION_47, "initial_cpc_target",
        says="The target date of the initial conference is a Saturday or a Sunday.",
        mend="Check how the case system counts the working days to the target.",
        fails=is_weekend("initial_cpc_target"),
    ),
    rule(
        "8875", SECTION_47, "date_of_initial_cpc",
        says="The initial conference was held on a Saturday or a Sunday.",
        mend="Check the date of the conference.",
        fails=is_weekend("date_of_initial_cpc"),
    ),
    rule("8890", SECTION_47, "s47_actual_start_date", finds=at(SECTION_47, _overlapping), **_TWO_AT_ONCE),
    rule(
        "8890", DETAILS, "cin_details_id", across=(SECTION_47,),
        finds=at(DETAILS, _episodes_of_overlapping),
        **_TWO_AT_ONCE,
    ),
)  # fmt: skip
