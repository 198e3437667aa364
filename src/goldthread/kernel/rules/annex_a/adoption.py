"""Rules on children's way to adoption (list 10) and on adopters (list 11)."""

from collections.abc import Sequence

import polars as pl

from goldthread.kernel.context import Context, after
from goldthread.kernel.rule import Fails, Rule, Severity

CHILD_STEPS = ("entered_care_on", "decided_on", "matched_on", "placed_on", "adopted_on")
ADOPTER_STEPS = (
    "enquired_on",
    "stage_1_started_on",
    "stage_1_ended_on",
    "stage_2_started_on",
    "stage_2_ended_on",
    "matched_on",
    "placed_on",
    "adopted_on",
)


def _out_of_order(steps: Sequence[str]) -> Fails:
    """True where any step is dated before an earlier one; a step left out is passed over."""
    pairs = [(early, late) for place, early in enumerate(steps) for late in steps[place + 1 :]]
    return lambda _: pl.any_horizontal((pl.col(late) < pl.col(early)).fill_null(False) for early, late in pairs)


TWO_STAGES = ("stage_1_started_on", "stage_1_ended_on", "stage_2_started_on", "stage_2_ended_on")
ONE_STAGE = ("applied_on", "approved_on")


def _any_filled(columns: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(column).is_not_null() for column in columns)


def _family_unknown(context: Context) -> pl.LazyFrame:
    known = context.tables["adopters"].filter(pl.col("family").is_not_null())
    named = context.tables["adoptions"].filter(pl.col("family").is_not_null())
    return named.join(known, on="family", how="anti").select(pl.lit("adoptions").alias("table"), "row")


def _waited_long(context: Context) -> pl.Expr:
    return (pl.col("placed_on") - pl.col("entered_care_on")).dt.total_days() > context.setting("adoption_days")


def _too_many_adults(context: Context) -> pl.Expr:
    adults = pl.col("adopter").n_unique().over("family")
    return pl.col("family").is_not_null() & (adults > context.setting("most_adopters"))


def _partners_differ(_: Context) -> pl.Expr:
    placed = pl.col("children_placed").fill_null(0)
    return pl.col("family").is_not_null() & (placed.min().over("family") != placed.max().over("family"))


def _stages_long(context: Context) -> pl.Expr:
    """A stage ends when it is said to, or with what came after it; one that is running lasts until the as-at date."""
    first = pl.coalesce("stage_1_ended_on", "stage_2_started_on", "left_on", context.day)
    second = pl.coalesce("stage_2_ended_on", "matched_on", "left_on", context.day)
    return (after("stage_1_started_on", context.setting("stage_1_months")) < first).fill_null(False) | (
        after("stage_2_started_on", context.setting("stage_2_months")) < second
    ).fill_null(False)


RULES: tuple[Rule, ...] = (
    Rule(
        code="L1001",
        says="The steps to adoption are out of order: entry to care, decision, match, placement, order.",
        mend="Check each date; only the placement order may stand elsewhere.",
        table="adoptions",
        fields=CHILD_STEPS,
        fails=_out_of_order(CHILD_STEPS),
    ),
    Rule(
        code="L1002",
        says="A decision against adoption has no reason, or there is a reason without a decision.",
        mend="Give both when the plan changes, and neither while it stands.",
        table="adoptions",
        fields=("reversed_on", "reversal_reason"),
        fails=lambda _: pl.col("reversed_on").is_null() != pl.col("reversal_reason").is_null(),
    ),
    Rule(
        code="L1003",
        says="The child was adopted, and yet there is a decision against adoption.",
        mend="Take out the date that is not of this decision.",
        table="adoptions",
        fields=("reversed_on", "adopted_on"),
        fails=lambda _: pl.col("reversed_on").is_not_null() & pl.col("adopted_on").is_not_null(),
    ),
    Rule(
        code="L1004",
        says="The child was placed for adoption without a decision that adoption is right.",
        mend="Give the date of the agency's decision.",
        table="adoptions",
        fields=("decided_on", "placed_on"),
        fails=lambda _: pl.col("placed_on").is_not_null() & pl.col("decided_on").is_null(),
    ),
    Rule(
        code="L1005",
        says="The child is matched, and no family is named (which is right between agencies only).",
        mend="Give the family identifier, the same as in list 11.",
        table="adoptions",
        fields=("family", "matched_on"),
        severity=Severity.QUERY,
        fails=lambda _: pl.col("matched_on").is_not_null() & pl.col("family").is_null(),
    ),
    Rule(
        code="L1006",
        says="The family does not stand in the list of adopters (which is right between agencies only).",
        mend="Write the family identifier as in list 11, or leave it blank for another agency's family.",
        table="adoptions",
        fields=("family",),
        across=("adopters",),
        severity=Severity.QUERY,
        finds=_family_unknown,
    ),
    Rule(
        code="L1007",
        says="Fostering for adoption began after the child was placed for adoption.",
        mend="Check both dates; fostering for adoption comes first.",
        table="adoptions",
        fields=("early_placement_on", "placed_on"),
        fails=lambda _: pl.col("early_placement_on") > pl.col("placed_on"),
    ),
    Rule(
        code="L1008",
        says="The child waited longer than the limit from entry to care to the placement for adoption.",
        mend="Nothing to mend in the data if the dates are right; ask what the child waited for.",
        table="adoptions",
        fields=("entered_care_on", "placed_on"),
        severity=Severity.NOTE,
        settings=("adoption_days",),
        source="DfE, adoption scorecards, indicator A1 (check against current guidance)",
        fails=_waited_long,
    ),
    Rule(
        code="L1101",
        says="The adopter's steps are out of order: enquiry, stage 1, stage 2, match, placement, order.",
        mend="Check each date.",
        table="adopters",
        fields=ADOPTER_STEPS,
        fails=_out_of_order(ADOPTER_STEPS),
    ),
    Rule(
        code="L1102",
        says="The dates of the two stages and those of the old single application are both filled.",
        mend="Fill the stages; the application's dates are for those who applied before July 2013.",
        table="adopters",
        fields=(*TWO_STAGES, *ONE_STAGE),
        severity=Severity.QUERY,
        fails=lambda _: _any_filled(TWO_STAGES) & _any_filled(ONE_STAGE),
    ),
    Rule(
        code="L1103",
        says="The adopter left the process and no reason is given, or a reason is given without a date.",
        mend="Give both, or neither.",
        table="adopters",
        fields=("left_on", "left_reason"),
        fails=lambda _: pl.col("left_on").is_null() != pl.col("left_reason").is_null(),
    ),
    Rule(
        code="L1104",
        says="More adults than the limit have the same family identifier.",
        mend="Give each household an identifier of its own.",
        table="adopters",
        fields=("family", "adopter"),
        severity=Severity.QUERY,
        settings=("most_adopters",),
        fails=_too_many_adults,
    ),
    Rule(
        code="L1105",
        says="There is a number of children placed and no date of placing, or a date and no number.",
        mend="Give both once children are placed.",
        table="adopters",
        fields=("children_placed", "placed_on"),
        fails=lambda _: (pl.col("children_placed").fill_null(0) > 0) != pl.col("placed_on").is_not_null(),
    ),
    Rule(
        code="L1106",
        says="The adults of one family have different numbers of children placed.",
        mend="Give each adult of the family the same number.",
        table="adopters",
        fields=("children_placed", "family"),
        fails=_partners_differ,
    ),
    Rule(
        code="L1107",
        says="Stage 1 or stage 2 lasted longer than the limit, or is running and past it.",
        mend="Nothing to mend in the data if the dates are right; ask what held the stage up.",
        table="adopters",
        fields=TWO_STAGES,
        severity=Severity.NOTE,
        settings=("stage_1_months", "stage_2_months"),
        source="Statutory guidance on adoption, 2013 (check against current guidance)",
        fails=_stages_long,
    ),
    Rule(
        code="L1108",
        says="The adopter left the process and yet adopted.",
        mend="Take out the date that is wrong; an adoption is not a leaving.",
        table="adopters",
        fields=("left_on", "adopted_on"),
        fails=lambda _: pl.col("left_on").is_not_null() & pl.col("adopted_on").is_not_null(),
    ),
)
