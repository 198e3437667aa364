"""What the rules of the CIN census share: the year, modules joined to their episode, what overlaps, what is open.

**The census year** runs from 1 April to 31 March, the reference date of the census. It is taken from the year of the
return (`Context.year`), which the header says or the user: a wrong reference date in the header is rule 100's to tell,
and does not move every other rule with it.

**A module belongs to an episode of need** by `LAchildID` and `CINdetailsID` together, for the numbers of episodes may
begin anew with each child. A row that lacks either belongs to none, and no rule joins it to another.

**A child has one plan at a time**, whichever episode it hangs on, so that plans are compared within the child;
assessments and section 47 enquiries within one episode, as the Department's words say of those that are open.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from goldthread.domain.calendar import add_working_days
from goldthread.kernel.context import Context
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.rule import Fails

HEADER = "cin_header"
IDENTIFIERS = "cin_child_identifiers"
CHARACTERISTICS = "cin_child_characteristics"
DISABILITIES = "cin_disabilities"
DETAILS = "cin_details"
ASSESSMENTS = "cin_assessments"
CIN_PLANS = "cin_plan_dates"
SECTION_47 = "cin_section_47"
PROTECTION = "cin_protection_plans"
REVIEWS = "cin_reviews"

CHILD = ("la_child_id",)
EPISODE = ("la_child_id", "cin_details_id")
"""What a module is joined to its episode of need by."""

NFA, FURTHER = "1", "0"
"""ReferralNFA of a referral that led to no further action, and of one that did."""

_FAR = pl.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tables whose rows belong together: every row of the one beside those of the other with the same keys."""

    left: str
    right: str
    on: tuple[str, ...]

    def rows(self, context: Context) -> pl.LazyFrame:
        """The rows of both; what both may have, and is no key, ends in `_right` for the right one. Kept for all rules.

        The rows themselves are `row_left` and `row_right`; `row` is that of the left table.

        The names are those that the tables should have, so that a column which one file lacks is not taken for that
        of the other.
        """

        def joined() -> pl.LazyFrame:
            both = TABLES_OF_ALL_FORMS[self.left].schema().keys() - set(self.on)
            right = context.table(self.right)
            names = {name: f"{name}_right" for name in right.collect_schema().names() if name in both}
            left = context.table(self.left).with_columns(row_left=pl.col("row"))
            return left.join(right.rename(names), on=list(self.on), how="inner")

        return context.once(f"cin {self.left} beside {self.right}", joined).lazy()

    def rows_of_right(self, context: Context) -> pl.LazyFrame:
        """The same, where `row` is the row of the right table."""
        return self.rows(context).with_columns(row=pl.col("row_right"))


CHILD_AND_EPISODE = Pair(IDENTIFIERS, DETAILS, CHILD)
CHILD_AND_CIN_PLAN = Pair(IDENTIFIERS, CIN_PLANS, CHILD)
CHILD_AND_PROTECTION = Pair(IDENTIFIERS, PROTECTION, CHILD)
BOTH_PLANS = Pair(CIN_PLANS, PROTECTION, CHILD)
CIN_PLAN_AND_REVIEW = Pair(CIN_PLANS, REVIEWS, CHILD)


@cache
def beside_episode(table: str) -> Pair:
    """An episode of need beside the rows of one of its modules."""
    return Pair(DETAILS, table, EPISODE)


def is_outside_year(column: str) -> Fails:
    """The date lies before 1 April or after 31 March of the census year; both days are in it."""
    return lambda context: pl.col(column).is_between(pl.lit(context.year_start), pl.lit(context.year_end)).not_()


def is_after_year(column: str) -> Fails:
    """The date lies after 31 March of the census year."""
    return lambda context: pl.col(column) > context.year_end


def blank(context: Context, table: str, column: str, row: str = "row") -> pl.Expr:
    """Whether nothing is written in a column of dates or numbers. What was written and not understood is no blank:

    it is an issue of its own, and tells neither that something is missing nor that something goes on. `row` is the
    column that holds the table's row, as in `Context.not_understood`.
    """
    return pl.col(column).is_null() & context.not_understood(table, column, row).not_()


def is_missing_or_after_year(table: str, column: str) -> Fails:
    """There is no date, or it lies after 31 March of the census year. What began in an earlier year is in place."""
    return lambda context: blank(context, table, column) | (pl.col(column) > context.year_end)


def working_days_before_end(context: Context, days: int) -> pl.Expr:
    """The day that lies so many working days before the end of the census year.

    It is counted back from 31 March, whether or not that is a working day itself: the working day before it is the
    first. What began earlier than this day began more than so many working days before the end of the year.
    """
    return pl.lit(add_working_days(context.year_end, -days, context.holidays))


def is_no_code(column: str, codes: Sequence[str]) -> Fails:
    """Something is written, and it is none of the codes."""
    return lambda _: pl.col(column).is_in(codes).not_()


def is_missing_or_no_code(column: str, codes: Sequence[str]) -> Fails:
    """Nothing is written, or none of the codes."""
    return lambda _: pl.col(column).is_null() | pl.col(column).is_in(codes).not_()


def is_weekend(column: str) -> Fails:
    """The date is a Saturday or a Sunday."""
    return lambda _: pl.col(column).dt.weekday() >= 6


def are_given(*columns: str) -> pl.Expr:
    """Every one of the columns holds something."""
    return pl.all_horizontal(pl.col(column).is_not_null() for column in columns)


def several(of: Sequence[str], condition: Callable[[Context], pl.Expr]) -> Fails:
    """The row meets a condition, and so does another row of the same child or episode."""

    def meets(context: Context) -> pl.Expr:
        one = are_given(*of) & condition(context).fill_null(False)
        return one & (one.sum().over(of) > 1)

    return meets


def with_known(context: Context, table: str, column: str) -> pl.LazyFrame:
    """The rows of a table but those of which a date was not understood: what ends on no known day overlaps nothing."""
    return context.table(table).filter(context.not_understood(table, column).not_())


def overlapping(rows: pl.LazyFrame, of: Sequence[str], start: str, end: pl.Expr) -> pl.LazyFrame:
    """The rows that run at the same time as another of the same child or episode, as `row`: both of two are told.

    `end` is when it ended, null while it runs. One that begins on the day on which another ends does not overlap it: a
    plan may follow on a plan the same day. Two that begin on the same day always do. Rows without a start, or of no
    child or episode, touch no other.
    """
    given = rows.filter(are_given(*of, start)).select(*of, "row", begins=start, ends=end.fill_null(_FAR))
    # Most stand alone, and to put all in order by their texts would cost more than to leave those out.
    known = given.filter(pl.struct(of).is_duplicated())
    in_order = known.sort(*of, "begins", "ends", "row").with_columns(last_end=pl.col("ends").cum_max().over(of))
    follows, goes_on = (pl.all_horizontal(pl.col(name) == pl.col(name).shift(by) for name in of) for by in (1, -1))
    begins, after = pl.col("begins"), pl.col("begins").shift(-1)
    with_earlier = follows & ((begins < pl.col("last_end").shift(1)) | (begins == begins.shift(1)))
    with_later = goes_on & ((after < pl.col("ends")) | (after == begins))
    return in_order.filter(with_earlier.fill_null(False) | with_later.fill_null(False)).select("row")


def is_unborn(context: Context) -> pl.Expr:
    """The child had not been born when the census was made: there is an expected date of birth, and no date of birth.

    Of a child with both dates, which rule 8525Q tells, the birth is what is known; so it is where the date of birth was
    written and not understood.
    """
    return blank(context, IDENTIFIERS, "person_birth_date") & pl.col("expected_person_birth_date").is_not_null()


def only_nfa(context: Context) -> pl.Series:
    """The children all of whose referrals led to no further action, as one list for `is_in`.

    The census asks only a few facts of them. A child without any episode of need is not one of them (rule 8590).
    """
    flagged = (pl.col("referral_nfa") == NFA).fill_null(False)
    return context.once(
        "cin children with no further action alone",
        lambda: (
            context.table(DETAILS)
            .filter(pl.col("la_child_id").is_not_null())
            .group_by("la_child_id")
            .agg(flagged.all().alias("all"))
            .filter("all")
            .select(pl.col("la_child_id").implode())
        ),
    )["la_child_id"]


TELLS_APART = (
    *EPISODE,
    "assessment_actual_start_date",
    "assessment_internal_review_date",
    "assessment_authorisation_date",
)
"""What the rows of one assessment have in common where there is a row for each of its factors."""


def assessments(context: Context) -> pl.LazyFrame:
    """Assessments as they are handed in, each row with `assessment`, the first row of its own, and all its `factors`.

    XML gives one row for each assessment with its factors in one cell; CSV files may have a row for each factor. Rows
    are taken for one assessment where all their dates are the same, each holds one factor, and no row of the child
    holds several, which would show that the file has one row for each assessment.
    """
    return context.once("cin assessments", lambda: _assessments(context.table(ASSESSMENTS))).lazy()


def _assessments(rows: pl.LazyFrame) -> pl.LazyFrame:
    held = rows.collect_schema().names()
    if not {"la_child_id", "assessment_factors"} <= set(held):
        return rows.with_columns(assessment=pl.col("row"))
    factors = pl.col("assessment_factors")
    number = factors.str.count_matches(",", literal=True) + 1
    one_each = (number == 1) & (number.max().over("la_child_id") == 1) & pl.col("la_child_id").is_not_null()
    of = [name for name in TELLS_APART if name in held]
    told = rows.with_columns(one_each=one_each.fill_null(False)).with_columns(
        several=pl.col("one_each") & pl.struct(*of, "one_each").is_duplicated()
    )
    apart = told.filter(pl.col("several").not_()).with_columns(
        assessment=pl.col("row"), factors=factors.replace("", None).str.split(",")
    )
    parted = told.filter("several").with_columns(
        assessment=pl.col("row").min().over(of), factors=factors.str.join(",").over(of).str.split(",")
    )
    return pl.concat([apart, parted]).drop("one_each", "several")


def has_factor(code: str) -> pl.Expr:
    """The row's cell holds the factor, alone or among others."""
    return pl.col("assessment_factors").str.split(",").list.contains(code)
