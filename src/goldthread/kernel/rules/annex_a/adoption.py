"""Rules on children's way to adoption (list 10) and on adopters (list 11)."""

from collections.abc import Sequence

import polars as pl

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
        code="L1007",
        says="Fostering for adoption began after the child was placed for adoption.",
        mend="Check both dates; fostering for adoption comes first.",
        table="adoptions",
        fields=("early_placement_on", "placed_on"),
        fails=lambda _: pl.col("early_placement_on") > pl.col("placed_on"),
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
        code="L1103",
        says="The adopter left the process and no reason is given, or a reason is given without a date.",
        mend="Give both, or neither.",
        table="adopters",
        fields=("left_on", "left_reason"),
        fails=lambda _: pl.col("left_on").is_null() != pl.col("left_reason").is_null(),
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
        code="L1108",
        says="The adopter left the process and yet adopted.",
        mend="Take out the date that is wrong; an adoption is not a leaving.",
        table="adopters",
        fields=("left_on", "adopted_on"),
        fails=lambda _: pl.col("left_on").is_not_null() & pl.col("adopted_on").is_not_null(),
    ),
)
