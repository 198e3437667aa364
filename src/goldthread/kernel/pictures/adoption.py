"""Pictures of adoption (lists 10 and 11). Annex A has no list of foster carers."""

import polars as pl

from goldthread.kernel.charts import Chart, Limit, count_bars, ecdf
from goldthread.kernel.context import Context
from goldthread.kernel.picture import Picture, Service, Shown, Tables
from goldthread.kernel.pictures.labels import IN_ORDER, labelled

CHILD_STAGES = (
    "Decided, no placement order",
    "Placement order, not matched",
    "Matched, not placed",
    "Placed, not adopted",
    "Adopted",
    "Decision turned back",
)
ADOPTER_STAGES = ("Enquired", "In stage 1", "In stage 2", "Approved", "Matched or placed", "Adopted", "Left")
WITHIN, BEYOND = "Within the threshold", "Longer than the threshold"


def _reached(steps: tuple[tuple[str, str], ...], start: str, context: Context) -> pl.Expr:
    """The words of the last of the steps whose day has come; the first given wins."""
    label: pl.Expr = pl.lit(start)
    for column, words in reversed(steps):
        label = pl.when(pl.col(column) <= context.day).then(pl.lit(words)).otherwise(label)
    return label


def _children(tables: Tables, context: Context) -> pl.LazyFrame:
    steps = (
        ("reversed_on", CHILD_STAGES[5]), ("adopted_on", CHILD_STAGES[4]), ("placed_on", CHILD_STAGES[3]),
        ("matched_on", CHILD_STAGES[2]), ("placement_order_on", CHILD_STAGES[1]),
    )  # fmt: skip
    decided = tables["adoptions"].filter(pl.col("decided_on") <= context.day)
    return labelled(decided, "adoptions", _reached(steps, CHILD_STAGES[0], context))


def _waits(tables: Tables, context: Context) -> pl.LazyFrame:
    took = (pl.col("placed_on") - pl.col("entered_care_on")).dt.total_days().alias("number")
    placed = tables["adoptions"].filter(pl.col("placed_on") <= context.day).with_columns(took)
    limit = context.setting("adoption_days")
    label = pl.when(pl.col("number") > limit).then(pl.lit(BEYOND)).when(pl.col("number") >= 0).then(pl.lit(WITHIN))
    return labelled(placed, "adoptions", label)


def _draw_waits(shown: Shown) -> Chart:
    days = shown.context.setting("adoption_days")
    limit = Limit(days, f"threshold: {days} days", shown.of.mark(BEYOND))
    return ecdf(shown.rows["number"].to_list(), "waits to move in with adopters", limit, unit="days")


def _adopters(tables: Tables, context: Context) -> pl.LazyFrame:
    steps = (
        ("left_on", ADOPTER_STAGES[6]), ("adopted_on", ADOPTER_STAGES[5]), ("placed_on", ADOPTER_STAGES[4]),
        ("matched_on", ADOPTER_STAGES[4]), ("approved_on", ADOPTER_STAGES[3]),
        ("stage_2_started_on", ADOPTER_STAGES[2]), ("stage_1_started_on", ADOPTER_STAGES[1]),
    )  # fmt: skip
    return labelled(tables["adopters"], "adopters", _reached(steps, ADOPTER_STAGES[0], context))


PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="adoption-stages", service=Service.ADOPTION, asks="Where do children stand on their way to adoption?",
        needs=("adoptions",), first=CHILD_STAGES, rows=_children, merges={"first": IN_ORDER},
        draw=lambda shown: count_bars(shown.of, "children with a decision for adoption", name="stage"),
    ),
    Picture(
        slug="adoption-waits", service=Service.ADOPTION, asks="How long do children wait?", needs=("adoptions",),
        first=(WITHIN, BEYOND), rows=_waits, draw=_draw_waits, personal=True,
    ),
    Picture(
        slug="adopters", service=Service.ADOPTION, asks="Where do adopters stand on their way?", needs=("adopters",),
        first=ADOPTER_STAGES, rows=_adopters, merges={"first": IN_ORDER},
        draw=lambda shown: count_bars(shown.of, "adopters", name="stage"),
    ),
)  # fmt: skip
