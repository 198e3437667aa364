"""The header, who the children are, and their disabilities."""

import polars as pl

from goldthread.kernel import codes, return_codes
from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.declared import Words, of_pair, rule
from goldthread.kernel.rules.cin.shared import (
    CHARACTERISTICS,
    CHILD_AND_CIN_PLAN,
    CHILD_AND_EPISODE,
    DETAILS,
    DISABILITIES,
    HEADER,
    IDENTIFIERS,
    are_given,
    blank,
    is_after_year,
    is_missing_or_no_code,
    is_outside_year,
    is_unborn,
    only_nfa,
    several,
)
from goldthread.kernel.rules.dates import birthday
from goldthread.kernel.rules.shapes import unknown_to

ETHNICITIES = tuple(code for code in codes.ETHNICITY.values() if code != "UNKNOWN")
"""The twenty of the census; UNKNOWN is one of Annex A's alone."""

GENDERS = ("0", "1", "2", "9")
"""GenderCurrent until 2023-24: not recorded or unborn, male, female, indeterminate (schema of 2023)."""

SEX_SINCE, GENDER_UNTIL = 2025, 2024
"""Sex, in letters, came in with the census of 2024-25 in place of GenderCurrent."""

MOST_WITHOUT_SEX = 0.02
FEWEST_DISABILITY_CODES = 8


def _expected_outside(context: Context) -> pl.Expr:
    """Before 1 March or after 31 December of the year in which the census ends: "March to December"."""
    year = context.year_end.year
    return pl.col("expected_person_birth_date").is_between(pl.date(year, 3, 1), pl.date(year, 12, 31)).not_()


def _without_sex(context: Context, column: str, unknown: str) -> pl.Expr:
    """The share of the born children without a recorded sex; one whose cell is blank has none recorded either."""
    born = is_unborn(context).not_()
    without = born & (pl.col(column).is_null() | (pl.col(column) == unknown))
    return without.sum() > MOST_WITHOUT_SEX * born.sum()


def _over_25(context: Context) -> pl.Expr:
    """Past the 25th birthday when the episode closed, or at the end of the year where it is open.

    "Over 25 years old" is read as older than 25 years to the day. It could also mean 26 or more; a query that asks a
    year early costs a look, one that asks a year late hides a child.
    """
    asked = pl.col("cin_closure_date").fill_null(pl.lit(context.year_end))
    return asked > birthday(25, born="person_birth_date")


def _asked_of_disability(context: Context) -> pl.Series:
    """The children who must have a disability recorded: born, and not referred for no further action alone."""
    return context.once(
        "cin children asked of disability",
        lambda: (
            context.table(IDENTIFIERS)
            .filter(are_given("la_child_id", "person_birth_date"))
            .filter(pl.col("la_child_id").is_in(only_nfa(context)).not_())
            .select(pl.col("la_child_id").unique().implode())
        ),
    )["la_child_id"]


def _wrong_disability(context: Context) -> pl.Expr:
    asked = pl.col("la_child_id").is_in(_asked_of_disability(context))
    return asked & pl.col("disability").is_in(return_codes.DISABILITY.values()).not_()


def _child_without_disability(context: Context) -> pl.Expr:
    """The child has no disability recorded, not even that there is none, or one that is no code."""
    rows = context.table(DISABILITIES).filter(pl.col("disability").is_not_null())
    of_children = pl.col("la_child_id").unique().implode()
    told = context.once("cin children with a disability told", lambda: rows.select(of_children))
    wrong = context.once(
        "cin children with a wrong disability", lambda: rows.filter(_wrong_disability(context)).select(of_children)
    )
    child = pl.col("la_child_id")
    missing = child.is_in(told["la_child_id"]).not_()
    return child.is_in(_asked_of_disability(context)) & (missing | child.is_in(wrong["la_child_id"]))


_DISABILITY: Words = {
    "says": "The child's disability is missing, or is no code of the census.",
    "mend": "Record each disability by its code, or NONE where there is none.",
}

_IDENTITY: tuple[Rule, ...] = (
    rule(
        "100", HEADER, "reference_date",
        says="The reference date of the header is not 31 March of the collection year.",
        mend="Set the reference date to 31 March in which the year ends, and check that it is the right year's census.",
        # One that is missing is as wrong as another day, and so is one that is no date.
        fails=lambda context: pl.col("reference_date").ne_missing(pl.lit(context.year_end)),
    ),
    rule(
        "8500", IDENTIFIERS, "la_child_id",
        says="The child has no number of the authority.",
        mend="Give the child's number in the case system.",
        fails=lambda _: pl.col("la_child_id").is_null(),
    ),
    rule(
        "8510", IDENTIFIERS, "la_child_id",
        says="More than one child has this number.",
        mend="Keep one record of each child; give every child a number of its own.",
        fails=lambda _: pl.col("la_child_id").is_not_null() & pl.col("la_child_id").is_duplicated(),
    ),
    rule(
        "1570", IDENTIFIERS, "la_child_id", guide=2025, since=2025,
        says="The child's number is longer than 20 characters.",
        mend="Give a number of at most 20 letters and digits.",
        fails=lambda _: pl.col("la_child_id").str.len_chars() > 20,
    ),
    rule(
        "1580", IDENTIFIERS, "la_child_id", guide=2025, since=2025,
        says="The child's number has characters other than letters and digits.",
        mend="Take spaces, dashes and other signs out of the number.",
        fails=lambda _: pl.col("la_child_id").str.contains(r"[^A-Za-z0-9]"),
    ),
    rule(
        "8590", IDENTIFIERS, "la_child_id", across=(DETAILS,),
        says="The child has no episode of need.",
        mend="Add the episode, or take the child out of the census.",
        fails=unknown_to("la_child_id", DETAILS, "la_child_id"),
    ),
    rule(
        "4220", CHARACTERISTICS, "ethnicity",
        says="The ethnicity is missing, or is no code of the census.",
        mend="Give one of the census's codes; REFU or NOBT where it was refused or is not known yet.",
        fails=is_missing_or_no_code("ethnicity", ETHNICITIES),
    ),
)  # fmt: skip

_DATES: tuple[Rule, ...] = (
    rule(
        "8520", IDENTIFIERS, "person_birth_date",
        says="The child was born after the end of the census year.",
        mend="Check the date of birth; a child not born yet has an expected date of birth instead.",
        fails=is_after_year("person_birth_date"),
    ),
    rule(
        "8525Q", IDENTIFIERS, "person_birth_date", "expected_person_birth_date",
        says="The child has neither a date of birth nor an expected one, or has both.",
        mend="Give one of the two: the date of birth once the child is born.",
        fails=lambda context: (
            are_given("person_birth_date", "expected_person_birth_date")
            | (
                blank(context, IDENTIFIERS, "person_birth_date")
                & blank(context, IDENTIFIERS, "expected_person_birth_date")
            )
        ),
    ),
    rule(
        "8530Q", IDENTIFIERS, "expected_person_birth_date",
        says="The expected date of birth is not from March to December of the year in which the census ends.",
        mend="Check the expected date; give the date of birth if the child has been born.",
        fails=_expected_outside,
    ),
    rule(
        "8535Q", IDENTIFIERS, "person_death_date", "person_birth_date",
        says="The child died before being born.",
        mend="Check both dates against the record.",
        fails=lambda _: pl.col("person_death_date") < pl.col("person_birth_date"),
    ),
    rule(
        "8545Q", IDENTIFIERS, "person_death_date",
        says="The date of death is not in the census year.",
        mend="Check the date; a child who died in an earlier year is not in this census.",
        fails=is_outside_year("person_death_date"),
    ),
    *of_pair(
        "8775Q", CHILD_AND_EPISODE, ("person_birth_date",), ("cin_closure_date",),
        says="The person was over 25 years old when the episode closed, or at the end of the year.",
        mend="Check the date of birth, and whether the episode should have been closed.",
        breaks=_over_25,
    ),
    *of_pair(
        "8555Q", CHILD_AND_EPISODE, ("person_death_date",), ("cin_referral_date",),
        says="The child was referred after the date of death.",
        mend="Check the date of death and that of the referral.",
        breaks=lambda _: pl.col("cin_referral_date") > pl.col("person_death_date"),
    ),
    *of_pair(
        "8585Q", CHILD_AND_EPISODE, ("person_death_date",), ("reason_for_closure",),
        says="The episode was closed because the child died, and no date of death is given.",
        mend="Give the date of death, or mend the reason for closure.",
        breaks=lambda context: (
            (pl.col("reason_for_closure") == "RC2") & blank(context, IDENTIFIERS, "person_death_date", "row_left")
        ),
    ),
    *of_pair(
        "4008", CHILD_AND_CIN_PLAN, ("person_death_date",), ("cin_plan_start_date",),
        says="The child in need plan starts after the date of death.",
        mend="Check the date of death and the start of the plan.",
        breaks=lambda _: pl.col("cin_plan_start_date") > pl.col("person_death_date"),
    ),
    *of_pair(
        "4009Q", CHILD_AND_CIN_PLAN, ("person_death_date",), ("cin_plan_end_date",),
        says="The child in need plan ends after the date of death.",
        mend="Check the date of death; the plan ends on that day at the latest.",
        breaks=lambda _: pl.col("cin_plan_end_date") > pl.col("person_death_date"),
    ),
)  # fmt: skip

_SEX_SAYS = "The sex is missing, or is no code of the census."
_UNBORN_SAYS = "The child is not born yet, and the sex is not given as unknown."
_SHARE_SAYS = "Of more than 2% of the children who have been born no sex is recorded."

_SEX: tuple[Rule, ...] = (
    rule(
        "4180", IDENTIFIERS, "sex", guide=2025, since=SEX_SINCE, says=_SEX_SAYS,
        mend="Give M, F or U.",
        fails=is_missing_or_no_code("sex", return_codes.SEX.values()),
    ),
    rule(
        "4180", IDENTIFIERS, "gender_current", until=GENDER_UNTIL, says=_SEX_SAYS,
        mend="Give 1, 2, 0 or 9.",
        fails=is_missing_or_no_code("gender_current", GENDERS),
    ),
    rule(
        "8750", IDENTIFIERS, "sex", "person_birth_date", "expected_person_birth_date", guide=2025, since=SEX_SINCE,
        says=_UNBORN_SAYS,
        mend="Give U until the child is born.",
        fails=lambda context: is_unborn(context) & (pl.col("sex") != "U"),
    ),
    rule(
        "8750", IDENTIFIERS, "gender_current", "person_birth_date", "expected_person_birth_date", until=GENDER_UNTIL,
        says=_UNBORN_SAYS,
        mend="Give 0 until the child is born.",
        fails=lambda context: is_unborn(context) & (pl.col("gender_current") != "0"),
    ),
    rule(
        "2886Q", IDENTIFIERS, "sex", "expected_person_birth_date", guide=2025, since=SEX_SINCE, says=_SHARE_SAYS,
        mend="Look the children with U up and record their sex, or say why it is not known of so many.",
        of_list=lambda context: _without_sex(context, "sex", "U"),
    ),
    rule(
        "2886Q", IDENTIFIERS, "gender_current", "expected_person_birth_date", until=GENDER_UNTIL, says=_SHARE_SAYS,
        mend="Look the children with 0 up and record their sex, or say why it is not known of so many.",
        of_list=lambda context: _without_sex(context, "gender_current", "0"),
    ),
)  # fmt: skip

_DISABILITIES: tuple[Rule, ...] = (
    rule(
        "8540", CHARACTERISTICS, "la_child_id", across=(IDENTIFIERS, DETAILS, DISABILITIES),
        fails=_child_without_disability, **_DISABILITY,
    ),
    rule("8540", DISABILITIES, "disability", across=(IDENTIFIERS, DETAILS), fails=_wrong_disability, **_DISABILITY),
    rule(
        "8790", DISABILITIES, "disability",
        says="The child is said to have no disability, and one besides.",
        mend="Take NONE out, or the other codes.",
        fails=lambda _: (
            are_given("la_child_id", "disability")
            & (pl.col("disability") == "NONE").any().over("la_child_id")
            & (pl.col("disability") != "NONE").any().over("la_child_id")
        ),
    ),
    rule(
        "8794", DISABILITIES, "disability",
        says="The child has the same disability more than once.",
        mend="Keep one row for each disability.",
        fails=several(("la_child_id", "disability"), lambda _: pl.lit(True)),
    ),
    rule(
        "2887Q", DISABILITIES, "disability",
        says="Fewer than eight of the codes of disability are used in the whole return.",
        mend="Check that the case system writes every code, or say why so few are used.",
        # NONE is one of the codes; what is no code at all is not counted as one used.
        of_list=lambda _: (
            pl.col("disability").filter(pl.col("disability").is_in(return_codes.DISABILITY.values())).n_unique()
            < FEWEST_DISABILITY_CODES
        ),
    ),
    rule(
        "2888Q", DISABILITIES, "disability",
        says="No child of the whole return has more than one disability.",
        mend="Check that the case system writes all of a child's disabilities, or say why there is one each.",
        # A code that stands twice (rule 8794) is one disability.
        of_list=lambda _: (
            are_given("la_child_id", "disability").any()
            & (
                pl.struct("la_child_id", "disability").filter(are_given("la_child_id", "disability")).n_unique()
                == pl.col("la_child_id").filter(are_given("la_child_id", "disability")).n_unique()
            )
        ),
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_IDENTITY, *_DATES, *_SEX, *_DISABILITIES)
