"""Rates of contacts, early help, referrals, need, enquiries and plans, and how long an assessment takes."""

import polars as pl

from goldthread.kernel.amount import Amount, How
from goldthread.kernel.context import Context, open_on
from goldthread.kernel.measure import Better, Test
from goldthread.kernel.record_measures.need import CIN_RELEASE, within_year

CHILDREN = "children aged 0 to 17 in the area (mid-year estimate)"
IN_YEAR = "in the 12 months up to the as-at date"
NO_SERIES = "No national series"
COUNTED = "Counts events, not children: a child may be in it more than once."


def everything(_: Context) -> pl.Expr:
    """Every row of the view."""
    return pl.lit(value=True)


def rate(
    code: str, title: str, asks: str, of: str, table: str, *fields: str, source: str, counted_on: str = "",
    cohort: Test = everything, settled: bool = True, cautions: tuple[str, ...] = (),
) -> Amount:  # fmt: skip
    """A rate for 10,000 children: which rows of which view are counted, of the year if they have a day to count by."""
    return Amount(
        code=code,
        title=title,
        asks=asks,
        of=of,
        over=CHILDREN,
        how=How.RATE,
        unit="per 10,000",
        better=Better.CONTEXT,
        table=table,
        fields=(*([counted_on] if counted_on else []), *fields),
        cohort=cohort,
        source=source,
        settled=settled,
        counted_on=counted_on,
        cautions=cautions,
    )


def _in_need(context: Context) -> pl.Expr:
    return open_on(context, "opened_on", "closed_on")


def _on_a_plan(context: Context) -> pl.Expr:
    return open_on(context, "started_on", "ended_on")


def _length(context: Context) -> pl.Expr:
    """Working days from start to authorisation; null where one is blank or they are the wrong way round."""
    started, authorised = pl.col("started_on"), pl.col("authorised_on")
    return pl.when(started <= authorised).then(context.working_days(started, authorised))


AMOUNTS: tuple[Amount, ...] = (
    rate(
        "FD-01", "Contacts", "How much comes to the front door?", f"contacts {IN_YEAR}", "all_contacts",
        counted_on="contacted_on", source=NO_SERIES, settled=False, cautions=(COUNTED,),
    ),
    rate(
        "FD-03", "Early help begun", "How often does early help begin?", f"times that early help began {IN_YEAR}",
        "all_early_help", counted_on="started_on", source=NO_SERIES, settled=False,
        cautions=("What counts as early help differs between authorities.",),
    ),
    rate(
        "FD-04", "Referrals", "How many referrals are there for the size of the area?", f"referrals {IN_YEAR}",
        "all_referrals", counted_on="referred_on", source=CIN_RELEASE, cautions=(COUNTED,),
    ),
    Amount(
        code="AS-04",
        title="Length of assessments",
        asks="How long does an assessment take, behind the limit?",
        of="working days from the start of an assessment to its authorisation",
        over=f"assessments authorised {IN_YEAR}",
        how=How.MEDIAN,
        unit="working days",
        better=Better.CONTEXT,
        table="all_assessments",
        fields=("started_on", "authorised_on"),
        happens_on="authorised_on",
        settings=("first_day_counts",),
        cohort=within_year("authorised_on"),
        value=_length,
        source=f"{NO_SERIES}; the middle and the tenths show the pace that a share in time hides",
        settled=False,
    ),
    rate(
        "CN-01", "Children in need", "How many children are in need for the size of the area?",
        "children in need on the as-at date", "all_need", "opened_on", "closed_on", cohort=_in_need, source=CIN_RELEASE,
        cautions=(
            "Children on a plan, in care and unborn are among them.",
            "A case without a primary need is not counted: nothing else tells it from a referral that ended there.",
        ),
    ),
    rate(
        "CP-01", "Section 47 enquiries", "How often is a child thought to be at risk of significant harm?",
        f"enquiries begun {IN_YEAR}", "all_enquiries", counted_on="strategy_on", source=CIN_RELEASE,
        cautions=(COUNTED,),
    ),
    rate(
        "CP-06", "Children on a protection plan", "How many children are on a plan for the size of the area?",
        "plans running on the as-at date", "all_plans", "started_on", "ended_on", cohort=_on_a_plan, source=CIN_RELEASE,
    ),
    rate(
        "CP-07", "Protection plans begun", "How often does a plan begin?", f"plans begun {IN_YEAR}", "all_plans",
        counted_on="started_on", source=CIN_RELEASE,
        cautions=("The national tool calls a low rate the better; here it is context.",),
    ),
)  # fmt: skip
