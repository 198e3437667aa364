"""Assessments and the factors that they found.

Several factors of one assessment stand in one cell, parted by commas, or on a row each (`shared.assessments`); the
rules on factors hold of the assessment, however its factors are written.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.activity import AFTER_ASSESSMENT
from goldthread.kernel.rules.cin.declared import Words, at, of_pair, rule
from goldthread.kernel.rules.cin.shared import (
    ASSESSMENTS,
    DETAILS,
    EPISODE,
    are_given,
    assessments,
    beside_episode,
    blank,
    has_factor,
    is_outside_year,
    overlapping,
    working_days_before_end,
)

NO_FACTORS = "21"
"""The factor that says that there are none."""

LONGEST = 45
"""Working days within which an assessment is to be finished."""


def _unfinished(context: Context) -> pl.Expr:
    return blank(context, ASSESSMENTS, "assessment_authorisation_date")


def _own() -> pl.Expr:
    """The row stands for its assessment: the first of those that tell of it."""
    return pl.col("row") == pl.col("assessment")


def _several_open(context: Context) -> pl.Expr:
    """Not authorised, with another of the episode that is not; one without a start date is open all the same."""
    is_open = are_given(*EPISODE) & _unfinished(context)
    return is_open & ((is_open & _own()).sum().over(EPISODE) > 1)


def _overlapping(context: Context) -> pl.LazyFrame:
    """The assessments of an episode that run at the same time, by all of their rows."""
    rows = assessments(context)
    end = pl.col("assessment_authorisation_date")
    known = context.not_understood(ASSESSMENTS, "assessment_authorisation_date").not_()
    first = overlapping(rows.filter(_own() & known), EPISODE, "assessment_actual_start_date", end)
    return rows.join(first.rename({"row": "assessment"}), on="assessment", how="semi")


def _only_factor_none(context: Context) -> pl.LazyFrame:
    """Each episode with one assessment, which is finished and found no factors, and was not closed as one after it.

    An episode that is still open has no reason for closure to be wrong.
    """
    return context.once("cin assessments without factors alone", lambda: _of_no_factors(context)).lazy()


def _of_no_factors(context: Context) -> pl.LazyFrame:
    rows = assessments(context).select(pl.col("row").alias("row_right"), "assessment", "factors", *EPISODE)
    none = pl.col("factors").list.contains(NO_FACTORS)
    # Few assessments found none: the others are looked at only where one of their episode did.
    some = rows.join(rows.filter(none).select(EPISODE).unique(), on=list(EPISODE), how="semi")
    alone = (pl.col("assessment") == pl.col("assessment").first()).all().over(EPISODE)
    used = some.filter(alone & none).select("row_right")
    other = pl.col("reason_for_closure").is_in(AFTER_ASSESSMENT).not_()
    pairs = beside_episode(ASSESSMENTS).rows(context)
    finished = pairs.filter(other & pl.col("assessment_authorisation_date").is_not_null())
    return finished.join(used, on="row_right", how="semi").select("row", "row_right")


_ONE_FACTOR: Words = {
    "says": "The only assessment of the episode found no factors, and the episode was not closed after assessment.",
    "mend": "Mend the reason for closure (RC8, RC9) or the factors.",
}
_OLD = "Give the codes of the year instead: {0}B for harm by another child, {0}C for harm by an adult."

_DATES: tuple[Rule, ...] = (
    *of_pair(
        "1103", beside_episode(ASSESSMENTS), ("cin_referral_date",), ("assessment_actual_start_date",),
        says="The assessment starts before the child was referred.",
        mend="Check both dates; an assessment of an earlier referral belongs to that episode.",
        breaks=lambda _: pl.col("assessment_actual_start_date") < pl.col("cin_referral_date"),
    ),
    rule(
        "8608", ASSESSMENTS, "assessment_actual_start_date", "assessment_authorisation_date",
        says="The assessment starts after it was authorised.",
        mend="Check both dates against the record.",
        fails=lambda _: pl.col("assessment_actual_start_date") > pl.col("assessment_authorisation_date"),
    ),
    rule(
        "8670Q", ASSESSMENTS, "assessment_actual_start_date", "assessment_authorisation_date",
        says="The assessment started more than 45 working days before the end of the census year and is not finished.",
        mend="Give the day on which it was authorised, or say why it takes so long.",
        fails=lambda context: (
            _unfinished(context) & (pl.col("assessment_actual_start_date") < working_days_before_end(context, LONGEST))
        ),
    ),
    rule(
        "8696", ASSESSMENTS, "assessment_authorisation_date",
        says="The assessment was authorised outside the census year.",
        mend="Leave out assessments of earlier years; leave the date blank where it lies after the year.",
        fails=is_outside_year("assessment_authorisation_date"),
    ),
    rule(
        "8736", ASSESSMENTS, "assessment_actual_start_date", "assessment_authorisation_date",
        says="The assessment is not finished, and did not start in the census year.",
        mend="Give the day on which it was authorised, or mend the start.",
        fails=lambda context: _unfinished(context) & is_outside_year("assessment_actual_start_date")(context),
    ),
    rule(
        "8863Q", ASSESSMENTS, "assessment_actual_start_date", "assessment_authorisation_date",
        says="An assessment of the episode starts while another is going on.",
        mend="Mend the dates, or take out the assessment that was recorded twice.",
        finds=at(ASSESSMENTS, _overlapping),
    ),
    rule(
        "8896", ASSESSMENTS, "assessment_authorisation_date", over=assessments,
        says="The episode has more than one assessment that is not finished.",
        mend="Give the day on which each was authorised, or take out the one recorded twice.",
        fails=_several_open,
    ),
)  # fmt: skip

_FACTORS: tuple[Rule, ...] = (
    rule(
        "8614", ASSESSMENTS, "assessment_factors", "assessment_authorisation_date",
        says="Factors are given for an assessment that is not finished.",
        mend="Give the day on which it was authorised, or leave the factors until then.",
        fails=lambda context: pl.col("assessment_factors").is_not_null() & _unfinished(context),
    ),
    rule(
        "8869", ASSESSMENTS, "assessment_factors", over=assessments,
        says="The assessment found no factors (21), and others besides.",
        mend="Take 21 out, or the other factors.",
        fails=lambda _: (
            pl.col("factors").list.contains(NO_FACTORS) & (pl.col("factors").list.n_unique() > 1)
        ),
    ),
    rule(
        "8873Q", ASSESSMENTS, "assessment_factors", across=(DETAILS,),
        finds=at(ASSESSMENTS, _only_factor_none, "row_right"),
        **_ONE_FACTOR,
    ),
    rule(
        "8873Q", DETAILS, "reason_for_closure", across=(ASSESSMENTS,),
        finds=at(DETAILS, _only_factor_none),
        **_ONE_FACTOR,
    ),
    rule(
        "8897Q", ASSESSMENTS, "assessment_factors", "assessment_authorisation_date",
        says="The assessment was finished in the census year, and no factors are given.",
        mend="Give the factors that it found; 21 where there were none.",
        # The rule asks for the census year besides; one finished outside of it is rule 8696's.
        fails=lambda context: (
            pl.col("assessment_factors").is_null()
            & is_outside_year("assessment_authorisation_date")(context).not_()
        ),
    ),
    rule(
        "8898", ASSESSMENTS, "assessment_factors", over=assessments,
        says="The assessment has the same factor more than once.",
        mend="Give each factor once.",
        fails=lambda _: pl.col("factors").list.len() > pl.col("factors").list.n_unique(),
    ),
    rule(
        "8945Q", ASSESSMENTS, "assessment_factors", guide=2025, since=2025,
        says="The assessment has factor 18A, which is no longer used.",
        mend=_OLD.format(18),
        fails=lambda _: has_factor("18A"),
    ),
    rule(
        "8950Q", ASSESSMENTS, "assessment_factors", guide=2025, since=2025,
        says="The assessment has factor 19A, which is no longer used.",
        mend=_OLD.format(19),
        fails=lambda _: has_factor("19A"),
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_DATES, *_FACTORS)
