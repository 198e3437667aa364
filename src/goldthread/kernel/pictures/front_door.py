"""Pictures of the front door and early help, and of assessment and children in need (lists 1 to 4 and 6)."""

from itertools import pairwise

import polars as pl

from goldthread.domain.disclosure import Merging, Way
from goldthread.kernel.charts import (
    Chart,
    Flow,
    Limit,
    banded_bars,
    ecdf,
    pyramid,
    safe_sankey,
    sankey,
    whole_bars,
)
from goldthread.kernel.context import Context
from goldthread.kernel.picture import Picture, Service, Shown, Tables
from goldthread.kernel.pictures.labels import (
    ABILITIES,
    AGES,
    ANY,
    BY_AGE_AND_SEX,
    BY_GROUP,
    ETHNICITIES,
    LISTS_REACH_BACK,
    SEXES,
    by_age_and_sex,
    by_ethnicity_and_disability,
    draw_groups,
    draw_months,
    draw_rug,
    draw_states,
    in_bands,
    labelled,
    month_of,
    only_held,
    rug_columns,
    rug_rows,
    state_rows,
)

TOP_ORGANISATIONS = 6
OTHERS = "All others"
LED_TO_WORK, NO_ACTION, NOT_SAID = "Led to work", "No further action", "Not said"
BACK, NOT_BACK = "Referred since", "Not referred since"

DAYS = ((10, "0 to 10"), (20, "11 to 20"), (30, "21 to 30"), (40, "31 to 40"), (45, "41 to 45"))
OVER_45 = "46 or more"
ASSESSMENT_DUTIES = (
    ("AS-01", "Assessments"),
    ("AS-03", "Assessments"),
    ("CN-02", "Visits to children in need"),
)
OPEN_ONES = ("AS-03",)
LATE_WITH_OPEN = (
    "Assessments still open and already past the limit count as late here; the share in time and how long they took "
    "are of finished ones only."
)
"""Why more assessments are late here than in the measure and the pictures beside it."""


SOURCES: dict[str, tuple[str, ...]] = {
    "Police": ("6",),
    "Schools": ("2A", "2B"),
    "Health": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "Councils": ("4", "5A", "5B", "5C", "5D"),
    "Family, people": ("1A", "1B", "1C", "1D"),
    "Other, anonymous": ("7", "8", "9"),
}
"""Who makes contacts, as people speak of them, and the codes of the source that each holds; housing is councils'."""

UNKNOWN_SOURCE = "Not known"
_SOURCE_OF = {code: name for name, codes in SOURCES.items() for code in codes}


def _contacts(tables: Tables, context: Context) -> pl.LazyFrame:
    source = pl.col("source").replace_strict(_SOURCE_OF, default=UNKNOWN_SOURCE)
    month = month_of("contacted_on", context, LISTS_REACH_BACK)
    return labelled(tables["contacts"], "contacts", month, source).sort("contacted_on")


def _referrals(tables: Tables, context: Context) -> pl.LazyFrame:
    what = pl.col("no_further_action").replace_strict({"Y": NO_ACTION, "N": LED_TO_WORK}, default=NOT_SAID)
    return labelled(tables["referrals"], "referrals", month_of("referred_on", context, LISTS_REACH_BACK), what).sort(
        "referred_on"
    )


STEPS = ("Contact", "Referral", "Assessment", "Furthest since")
_ON = "→"


def _pathway(tables: Tables, context: Context) -> pl.LazyFrame:
    """One row for each child who made contact in the period, and how far the lists follow it from there."""
    first = tables["contacts"].drop_nulls("child").sort("contacted_on").unique("child", keep="first")
    held = first.select("row", "child", pl.lit("contacts").alias("table"), "contacted_on")
    for name, column, after in (
        ("referrals", "referred_on", "contacted_on"),
        ("assessments", "started_on", "referred_on"),
    ):
        later = tables[name].select("child", pl.col(column)).drop_nulls()
        joined = held.select("child", after).join(later, on="child").filter(pl.col(column) >= pl.col(after))
        held = held.join(joined.group_by("child").agg(pl.col(column).min()), on="child", how="left")
    order = (
        ("children_in_care", "started_on", "Care"),
        ("protection_plans", "started_on", "Protection plan"),
        ("section_47", "strategy_on", "Section 47 enquiry"),
    )
    end: pl.Expr = pl.lit("No further step")
    for name, column, says in reversed(order):
        if name not in tables:
            continue
        reached = tables[name].select("child", pl.col(column).alias(says)).drop_nulls().group_by("child").agg(
            pl.col(says).max()
        )  # fmt: skip
        held = held.join(reached, on="child", how="left")
        end = pl.when(pl.col(says) >= pl.col("contacted_on")).then(pl.lit(says)).otherwise(end)
    first_step = pl.when(pl.col("referred_on").is_not_null()).then(pl.lit("Referral")).otherwise(pl.lit("No referral"))
    second_step = (
        pl.when(pl.col("started_on").is_not_null()).then(pl.lit("Assessment")).otherwise(pl.lit("No assessment"))
    )
    way = pl.when(pl.col("referred_on").is_null()).then(first_step).when(pl.col("started_on").is_null()).then(
        pl.concat_str(first_step, second_step, separator=_ON)
    ).otherwise(pl.concat_str(first_step, second_step, end, separator=_ON))  # fmt: skip
    return held.with_columns(way.alias("first")).sort("first", "row")


def _way(said: str) -> Way:
    return ("Contact", *said.split(_ON))


def _draw_pathway(shown: Shown) -> Chart:
    if shown.flows is not None:
        return safe_sankey(shown.flows, "children with a contact", stages=STEPS)
    flows: dict[tuple[int, str, str], int] = {}
    for said in shown.of.first:
        for stage, (start, end) in enumerate(pairwise(_way(said))):
            flows[stage, start, end] = flows.get((stage, start, end), 0) + (shown.of.at(said) or 0)
    marks = {_way(said)[-1]: shown.of.mark(said) for said in shown.of.first}
    drawn = [Flow(*place, count, marks.get(place[2], "")) for place, count in flows.items()]
    return sankey(drawn, "children with a contact", stages=STEPS)


def _early_help(tables: Tables, context: Context) -> pl.LazyFrame:
    """Early help by lead organisation, and whether a referral of the child came after it began."""
    begun = tables["early_help"].filter(pl.col("started_on") <= context.day)
    most = begun.group_by("organisation").len().sort("len", "organisation", descending=[True, False])
    top = most.head(TOP_ORGANISATIONS).select("organisation", pl.lit(True).alias("top"))
    referred = tables["referrals"].select("child", "referred_on").drop_nulls()
    after = begun.select("row", "child", "started_on").join(referred, on="child")
    again = after.filter(pl.col("referred_on") > pl.col("started_on")).select("row", pl.lit(True).alias("back"))
    held = begun.join(top, on="organisation", how="left").join(again.unique("row"), on="row", how="left")
    who = pl.when(pl.col("top")).then(pl.col("organisation")).otherwise(pl.lit(OTHERS))
    back = pl.when(pl.col("back")).then(pl.lit(BACK)).otherwise(pl.lit(NOT_BACK))
    return labelled(held, "early_help", who, back).sort(pl.col("first") == OTHERS, "first", "row")


def _assessed(tables: Tables, context: Context) -> pl.LazyFrame:
    took = context.working_days(pl.col("started_on"), pl.col("authorised_on")).alias("number")
    ended = tables["assessments"].filter(pl.col("authorised_on") <= context.day).with_columns(took)
    return labelled(ended, "assessments", in_bands(pl.col("number"), DAYS, OVER_45))


def _draw_assessed(shown: Shown) -> Chart:
    return banded_bars(shown.of, "assessments", (OVER_45,), unit="working days")


WITHIN, BEYOND = "Within the limit", "Longer than the limit"


def _waits(tables: Tables, context: Context) -> pl.LazyFrame:
    limit = context.setting("assessment_days")
    return _assessed(tables, context).with_columns(
        pl.when(pl.col("number") > limit).then(pl.lit(BEYOND)).otherwise(pl.lit(WITHIN)).alias("first")
    )


def _draw_waits(shown: Shown) -> Chart:
    days = shown.context.setting("assessment_days")
    limit = Limit(days, f"limit: {days} working days", shown.of.mark(BEYOND))
    return ecdf(shown.rows["number"].to_list(), "assessments", limit, unit="working days")


def _in_need(tables: Tables, context: Context) -> pl.LazyFrame:
    is_open = pl.col("closed_on").is_null() | (pl.col("closed_on") > context.day)
    return tables["children_in_need"].filter(is_open & (pl.col("status") != "CLOSED").fill_null(True))


PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="contacts", service=Service.FRONT_DOOR, asks="How much is coming in?", needs=("contacts",),
        rows=_contacts, second=(*SOURCES, UNKNOWN_SOURCE), rate="FD-01", merges={"second": ANY},
        draw=lambda shown: draw_months(shown, "contacts", most="most often made by"),
    ),
    Picture(
        slug="referrals", service=Service.FRONT_DOOR, asks="How many referrals come in, and do they lead to work?",
        needs=("referrals",), rows=_referrals, second=(LED_TO_WORK, NO_ACTION, NOT_SAID),
        draw=lambda shown: draw_months(shown, "referrals"), rate="FD-04",
        merges={"second": Merging(((NO_ACTION, NOT_SAID),))},
    ),
    Picture(
        slug="pathways", service=Service.FRONT_DOOR, asks="What becomes of children after a contact?",
        needs=("contacts", "referrals", "assessments"), rows=_pathway, draw=_draw_pathway, way=_way,
    ),
    Picture(
        slug="early-help", service=Service.FRONT_DOOR, asks="Do children whom early help supported come back?",
        needs=("early_help", "referrals"), rows=_early_help, second=(NOT_BACK, BACK), merges={"first": ANY},
        draw=lambda shown: whole_bars(shown.of, "early help assessments", BACK, names=("organisation", "what")),
    ),
    Picture(
        slug="assessment-states", service=Service.ASSESSMENT, asks="What is done in time, late, and not yet due?",
        needs=("assessments",), first=tuple(dict.fromkeys(duty for _, duty in ASSESSMENT_DUTIES)),
        second=("Done in time", "Late", "Not yet due", "Not known"),
        rows=lambda tables, context: state_rows(ASSESSMENT_DUTIES, tables, context, open_ones=OPEN_ONES),
        draw=lambda shown: draw_states(shown, about=LATE_WITH_OPEN),
    ),
    Picture(
        slug="assessment-days", service=Service.ASSESSMENT, asks="Are assessments timely?", needs=("assessments",),
        first=(*(name for _, name in DAYS), OVER_45), rows=_assessed, draw=_draw_assessed,
        merges={"first": Merging((tuple(name for _, name in DAYS),), in_order=True)},
    ),
    Picture(
        slug="assessment-waits", service=Service.ASSESSMENT, asks="How long have families waited?",
        needs=("assessments",), first=(WITHIN, BEYOND), rows=_waits, draw=_draw_waits, personal=True,
    ),
    Picture(
        slug="assessment-teams", service=Service.ASSESSMENT, asks="Which team is behind with what?",
        needs=("assessments",), second=rug_columns(ASSESSMENT_DUTIES),
        rows=lambda tables, context: rug_rows(ASSESSMENT_DUTIES, tables, context, open_ones=OPEN_ONES),
        draw=draw_rug,
    ),
    Picture(
        slug="children-in-need", service=Service.ASSESSMENT, asks="Who are the children in need?",
        needs=("children_in_need",), first=AGES, second=SEXES,
        rows=lambda tables, context: by_age_and_sex(_in_need(tables, context), "children_in_need", context),
        draw=lambda shown: pyramid(only_held(shown).of, "open cases"), merges=BY_AGE_AND_SEX,
    ),
    Picture(
        slug="need-groups", service=Service.ASSESSMENT, asks="Of which groups are the children in need?",
        needs=("children_in_need",), first=ETHNICITIES, second=ABILITIES, on_paper=False,
        rows=lambda tables, context: by_ethnicity_and_disability(_in_need(tables, context), "children_in_need"),
        draw=lambda shown: draw_groups(only_held(shown), "open cases"), merges=BY_GROUP,
    ),
)  # fmt: skip
