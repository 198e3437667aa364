"""Child protection plans and their reviews."""

import polars as pl

from goldthread.kernel import codes
from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.declared import Words, at, of_pair, rule
from goldthread.kernel.rules.cin.shared import (
    CHILD,
    CHILD_AND_PROTECTION,
    DETAILS,
    EPISODE,
    PROTECTION,
    REVIEWS,
    SECTION_47,
    beside_episode,
    blank,
    is_missing_or_after_year,
    is_missing_or_no_code,
    is_outside_year,
    overlapping,
    several,
    with_known,
)

CATEGORIES = codes.ABUSE.values()


def _conferences(context: Context) -> pl.LazyFrame:
    """The initial conferences: of the enquiries and, where a child came from elsewhere, of the episodes; once each."""
    columns = [*EPISODE, "date_of_initial_cpc"]
    both = [context.table(table).select(columns) for table in (SECTION_47, DETAILS)]
    return pl.concat(both).filter(pl.col("date_of_initial_cpc").is_not_null()).unique()


def _in_year(context: Context, column: str) -> pl.Expr:
    return pl.col(column).is_between(pl.lit(context.year_start), pl.lit(context.year_end))


def _more_plans_than_conferences(context: Context) -> pl.Expr:
    """Plans that started in the census year against conferences held in it, of which a child has one a day."""
    held: int = context.once(
        "cin conferences in the year",
        lambda: (
            _conferences(context)
            .filter(_in_year(context, "date_of_initial_cpc"))
            .select("la_child_id", "date_of_initial_cpc")
            .unique()
            .select(pl.len())
        ),
    ).item()
    return _in_year(context, "cpp_start_date").sum() > held


def _without_conference(context: Context) -> pl.LazyFrame:
    """The plans that started in the census year, and not on the day of an initial conference of their episode.

    A plan without any conference in its episode is one of them: a plan is made at a conference. The year is asked
    because an earlier conference is not in this census.
    """
    started = context.table(PROTECTION).filter(
        _in_year(context, "cpp_start_date") & pl.all_horizontal(pl.col(name).is_not_null() for name in EPISODE)
    )
    conferences = _conferences(context).rename({"date_of_initial_cpc": "cpp_start_date"})
    return started.join(conferences, on=[*EPISODE, "cpp_start_date"], how="anti")


def _overlapping(context: Context) -> pl.LazyFrame:
    return overlapping(with_known(context, PROTECTION, "cpp_end_date"), CHILD, "cpp_start_date", pl.col("cpp_end_date"))


def _early_reviews(context: Context) -> pl.LazyFrame:
    """The reviews on or before the day on which their plan started, beside the plan, as `row` and `row_right`.

    A review belongs to its plan by the plan's number (CPPID). Where files have none, it may be of any plan of its
    episode, and is too early where it is not after the start of any of them; then it is told beside the first.
    """
    plans, reviews = (_with_plan_number(context.table(table)) for table in (PROTECTION, REVIEWS))
    day = reviews.select(*EPISODE, "cpp_id", "cpp_review_date", row_right=pl.col("row"))
    start = plans.select(*EPISODE, "cpp_id", "cpp_start_date", "row").filter(pl.col("cpp_start_date").is_not_null())
    numbered = day.join(start, on=[*EPISODE, "cpp_id"], how="inner")
    first = start.sort("cpp_start_date", "row").unique(EPISODE, keep="first", maintain_order=True).drop("cpp_id")
    by_episode = day.join(numbered, on="row_right", how="anti").filter(
        pl.col("cpp_id").is_null() | pl.lit(not _has_numbers(plans))
    )
    others = by_episode.join(first, on=list(EPISODE), how="inner")
    columns = ["row", "row_right", "cpp_start_date", "cpp_review_date"]
    both = pl.concat([numbered.select(columns), others.select(columns)])
    return both.filter(pl.col("cpp_review_date") <= pl.col("cpp_start_date"))


def _with_plan_number(rows: pl.LazyFrame) -> pl.LazyFrame:
    """With the number of the plan, blank where the file has no such column."""
    if "cpp_id" in rows.collect_schema().names():
        return rows
    return rows.with_columns(pl.lit(None, pl.String).alias("cpp_id"))


def _has_numbers(plans: pl.LazyFrame) -> bool:
    return bool(plans.select(pl.col("cpp_id").is_not_null().any()).collect(engine=IN_MEMORY).item())


_EARLY: Words = {
    "says": "The plan was reviewed on the day on which it started, or before.",
    "mend": "Check both dates; the initial conference is no review.",
}

_PLANS: tuple[Rule, ...] = (
    *of_pair(
        "1105", beside_episode(PROTECTION), ("cin_referral_date",), ("cpp_start_date",),
        says="The child protection plan starts before the child was referred.",
        mend="Check both dates; a plan of an earlier referral belongs to that episode.",
        breaks=lambda _: pl.col("cpp_start_date") < pl.col("cin_referral_date"),
    ),
    rule(
        "2883", PROTECTION, "cpp_start_date", across=(SECTION_47, DETAILS),
        says="More child protection plans started in the census year than initial conferences were held.",
        mend="Look for plans without a conference (rule 2885), and for conferences that were not recorded.",
        of_list=_more_plans_than_conferences,
    ),
    rule(
        "2885", PROTECTION, "cpp_start_date", across=(SECTION_47, DETAILS),
        says="The child protection plan starts on a day on which no initial conference of its episode was held.",
        mend="Check the start of the plan and the day of the conference; both are the same day.",
        finds=at(PROTECTION, _without_conference),
    ),
    rule(
        "8720", PROTECTION, "cpp_start_date",
        says="The start of the child protection plan is missing, or lies after the end of the census year.",
        mend="Give the day on which the plan started; leave next year's plans out.",
        fails=is_missing_or_after_year(PROTECTION, "cpp_start_date"),
    ),
    rule(
        "8730", PROTECTION, "number_of_previous_cpp",
        says="The number of earlier child protection plans is missing.",
        mend="Give how many plans the child had before; 0 where this is the first.",
        fails=lambda context: blank(context, PROTECTION, "number_of_previous_cpp"),
    ),
    rule(
        "8840", PROTECTION, "cpp_start_date", "cpp_end_date",
        says="The child protection plan starts and ends on the same day.",
        mend="Check both dates against the record.",
        fails=lambda _: pl.col("cpp_end_date") == pl.col("cpp_start_date"),
    ),
    rule(
        "8905", PROTECTION, "initial_category_of_abuse",
        says="The initial category of abuse is missing, or is no code of the census.",
        mend="Give NEG, PHY, SAB, EMO or MUL.",
        fails=is_missing_or_no_code("initial_category_of_abuse", CATEGORIES),
    ),
    rule(
        "8910", PROTECTION, "latest_category_of_abuse",
        says="The latest category of abuse is missing, or is no code of the census.",
        mend="Give NEG, PHY, SAB, EMO or MUL; that of the start where it has not changed.",
        fails=is_missing_or_no_code("latest_category_of_abuse", CATEGORIES),
    ),
    *of_pair(
        "8915", CHILD_AND_PROTECTION, ("person_death_date",), ("cpp_start_date",),
        says="The child protection plan starts after the date of death.",
        mend="Check the date of death and the start of the plan.",
        breaks=lambda _: pl.col("cpp_start_date") > pl.col("person_death_date"),
    ),
    *of_pair(
        "8920", CHILD_AND_PROTECTION, ("person_death_date",), ("cpp_end_date",),
        says="The child protection plan ends after the date of death.",
        mend="Check the date of death; the plan ends on that day at the latest.",
        breaks=lambda _: pl.col("cpp_end_date") > pl.col("person_death_date"),
    ),
    rule(
        "8925", PROTECTION, "cpp_start_date", "cpp_end_date",
        says="The child protection plan ends before it starts.",
        mend="Check both dates against the record.",
        fails=lambda _: pl.col("cpp_end_date") < pl.col("cpp_start_date"),
    ),
    rule(
        "8930", PROTECTION, "cpp_end_date",
        says="The child protection plan ends outside the census year.",
        mend="Leave out plans of earlier years; leave the end blank where it lies after the year.",
        fails=is_outside_year("cpp_end_date"),
    ),
    rule(
        "8935", PROTECTION, "cpp_end_date",
        says="The child has more than one child protection plan that has not ended.",
        mend="Give the day on which the earlier plan ended.",
        fails=several(CHILD, lambda context: blank(context, PROTECTION, "cpp_end_date")),
    ),
    rule(
        "8940", PROTECTION, "cpp_start_date", "cpp_end_date",
        says="Child protection plans of the child overlap.",
        mend="Mend the dates, so that one plan ends before the next starts.",
        finds=at(PROTECTION, _overlapping),
    ),
)  # fmt: skip

_REVIEWS: tuple[Rule, ...] = (
    rule(
        "8841", PROTECTION, "cpp_start_date", across=(REVIEWS,),
        finds=at(PROTECTION, _early_reviews),
        **_EARLY,
    ),
    rule(
        "8841", REVIEWS, "cpp_review_date", across=(PROTECTION,),
        finds=at(REVIEWS, _early_reviews, "row_right"),
        **_EARLY,
    ),
    rule(
        "8842Q", REVIEWS, "cpp_review_date",
        says="The review has no date.",
        mend="Give the day of the review, or take the empty record out.",
        # A review is nothing but its date in XML: one that was not understood is a review without a date.
        fails=lambda _: pl.col("cpp_review_date").is_null(),
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_PLANS, *_REVIEWS)
