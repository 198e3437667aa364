"""Measures of children on the way to adoption (list 10)."""

import polars as pl

from goldthread.kernel.context import Context, after
from goldthread.kernel.measure import Better, Measure

TWELVE_MONTHS = "The list covers about twelve months, and children who still wait; published figures cover a year."


def _adopted(context: Context) -> pl.Expr:
    return pl.col("adopted_on") <= context.day


def _turned_back(context: Context) -> pl.Expr:
    return pl.col("reversed_on") <= context.day


def _order_of_dates_unusable(first: str, second: str) -> pl.Expr:
    lacking = pl.col(first).is_null() | pl.col(second).is_null()
    return lacking | (pl.col(second) < pl.col(first))


def _on_the_way(context: Context) -> pl.Expr:
    """Adopted, or decided upon and still waiting; not turned back from adoption."""
    decided = pl.col("decided_on") <= context.day
    return (_adopted(context).fill_null(False) | decided.fill_null(False)) & _turned_back(context).fill_null(
        False
    ).not_()


def _waited_less(context: Context) -> pl.Expr:
    """Whether the child moved in, or has waited until now, less than the limit after coming into care."""
    until = pl.min_horizontal(pl.col("placed_on"), context.day)
    return until < after("entered_care_on", context.setting("adoption_wait_months"))


def _wait_unusable(context: Context) -> pl.Expr:
    entered, placed = pl.col("entered_care_on"), pl.col("placed_on")
    adopted_unplaced = _adopted(context).fill_null(False) & placed.is_null()
    return entered.is_null() | (entered > context.day) | (placed < entered).fill_null(False) | adopted_unplaced


MEASURES: tuple[Measure, ...] = (
    Measure(
        code="AD-05",
        title="Children who waited less than 14 months to move in with their adoptive family",
        asks="How long do children wait for an adoptive family?",
        numerator="those who moved in, or have waited, less than {adoption_wait_months} months since entering care",
        denominator="children adopted, or with a decision for adoption and still waiting, on the as-at date",
        better=Better.HIGH,
        table="adoptions",
        fields=("entered_care_on", "placed_on", "adopted_on", "decided_on", "reversed_on"),
        essential=("entered_care_on",),
        settings=("adoption_wait_months",),
        cohort=_on_the_way,
        unknown=_wait_unusable,
        hits=_waited_less,
        source="Adoption scorecard A3, title only; the scorecard averages three years",
        settled=False,
        cautions=(
            "Children who still wait count as within the limit until they pass it.",
            "Where a foster carer adopted, the day placed for adoption may be long after the child moved in.",
            TWELVE_MONTHS,
        ),
    ),
    Measure(
        code="AD-08",
        title="Children placed within 12 months of the decision for adoption",
        asks="Are adopted children placed soon after the decision?",
        numerator="those placed for adoption no more than {adoption_placed_months} months after the decision",
        denominator="children in the list who were adopted on or before the as-at date",
        better=Better.HIGH,
        table="adoptions",
        fields=("decided_on", "placed_on", "adopted_on"),
        essential=("decided_on", "placed_on"),
        settings=("adoption_placed_months",),
        cohort=_adopted,
        unknown=lambda _: _order_of_dates_unusable("decided_on", "placed_on"),
        hits=lambda context: pl.col("placed_on") <= after("decided_on", context.setting("adoption_placed_months")),
        source="DfE, Children looked after in England including adoptions",
        settled=True,
        cautions=(
            "Only children who were adopted are counted: those who wait longest are not in it yet.",
            TWELVE_MONTHS,
        ),
    ),
    Measure(
        code="AD-10",
        title="Plans changed away from adoption",
        asks="How often is a decision for adoption turned back?",
        numerator="children for whom it was decided on or before the as-at date that they should no longer be placed",
        denominator="children in the list with a decision for adoption on or before the as-at date",
        better=Better.CONTEXT,
        table="adoptions",
        fields=("decided_on", "reversed_on"),
        cohort=lambda context: pl.col("decided_on") <= context.day,
        hits=_turned_back,
        source="Annex A, list 10; no national series of this share",
        settled=False,
        cautions=("Read it with the reasons: a court's refusal and a change in the child are different things.",),
    ),
)
