"""Pictures of child protection (lists 5, 6 and 7)."""

import polars as pl

from goldthread.domain.disclosure import Merging
from goldthread.domain.intervals import relative_rate
from goldthread.kernel.charts import (
    STATES,
    Chart,
    RelativeRow,
    banded_bars,
    count_bars,
    disproportion_chart,
    drift_bars,
    pyramid,
    whole_bars,
)
from goldthread.kernel.codes import ABUSE
from goldthread.kernel.context import Context, open_on
from goldthread.kernel.groups import ETHNICITY_GROUPS, ethnicity_group
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

DAYS = ((10, "0 to 10"), (15, "11 to 15"), (20, "16 to 20"))
OVER_20 = "21 or more"
LATE = ("16 to 20", OVER_20)
LASTED = (0, 12, 15, 18, 24)
LASTED_WORDS = ("All open plans", *(f"{months} months or more" for months in LASTED[1:]))
DUTIES = (("CP-02", "Conferences"), ("CP-12", "Reviews"), ("CP-13", "Visits"))
TEAM_DUTIES = DUTIES[1:]
BASELINE = "White"
ON_A_PLAN, NOT_ON_ONE = "On a plan", "Not on a plan"
FEWEST = 10
"""With fewer children in a group no relative rate is worked out."""

HELD, NOT_NEEDED, NOT_YET = "Conference held", "No conference needed", "No conference so far"
TO_A_PLAN, INTO_CARE = "Open case to plan", "Plan to care"
STEPS = ((91, "Up to 3 months"), (182, "3 to 6 months"), (365, "6 to 12 months"), (730, "1 to 2 years"))
AFTER_YEARS = "Over 2 years"
LONG = (STEPS[3][1], AFTER_YEARS)


def _enquiries(tables: Tables, context: Context) -> pl.LazyFrame:
    """Section 47 enquiries by the month of their strategy discussion, and what became of them."""
    held = pl.col("conference_on") <= context.day
    what = pl.when(held).then(pl.lit(HELD)).when(pl.col("conference_unnecessary") == "Y").then(pl.lit(NOT_NEEDED))
    month = month_of("strategy_on", context, LISTS_REACH_BACK)
    return labelled(tables["section_47"], "section_47", month, what.otherwise(pl.lit(NOT_YET))).sort("strategy_on")


def _steps(tables: Tables, context: Context) -> pl.LazyFrame:
    """Who came from an open case to a plan, and from a plan into care, by how long after its latest beginning before.

    Days; those who took neither step, or took it after the day of the lists, are not in it.
    """
    found = []
    for words, before, after in (
        (TO_A_PLAN, "children_in_need", "protection_plans"),
        (INTO_CARE, "protection_plans", "children_in_care"),
    ):
        begun = tables[before].select("child", pl.col("started_on").alias("begun_on")).drop_nulls()
        reached = tables[after].filter(pl.col("started_on") <= context.day).select("row", "child", "started_on")
        joined = reached.drop_nulls().join(begun, on="child").filter(pl.col("begun_on") <= pl.col("started_on"))
        took = joined.group_by("row", "child").agg((pl.col("started_on") - pl.col("begun_on")).dt.total_days().min())
        number = pl.col("started_on").alias("number")
        found.append(
            labelled(took.with_columns(number), after, pl.lit(words), in_bands(pl.col("number"), STEPS, AFTER_YEARS))
            .select("table", "row", "child", "first", "second", "number").sort("row")
        )  # fmt: skip
    return pl.concat(found)


def _conferences(tables: Tables, context: Context) -> pl.LazyFrame:
    took = context.working_days(pl.col("strategy_on"), pl.col("conference_on")).alias("number")
    held = tables["section_47"].filter(pl.col("conference_on") <= context.day).with_columns(took)
    return labelled(held, "section_47", in_bands(pl.col("number"), DAYS, OVER_20))


def _open_plans(tables: Tables, context: Context) -> pl.LazyFrame:
    return tables["protection_plans"].filter(open_on(context, "started_on", "ended_on"))


def _drift(tables: Tables, context: Context) -> pl.LazyFrame:
    """A plan stands once for each length that it has reached."""
    plans = _open_plans(tables, context).with_columns(
        (context.day - pl.col("started_on")).dt.total_days().alias("number")
    )
    reached = [
        plans.filter(pl.col("started_on") <= context.before(months)).with_columns(pl.lit(words).alias("first"))
        for months, words in zip(LASTED, LASTED_WORDS, strict=True)
    ]
    return pl.concat(reached).with_columns(pl.lit("protection_plans").alias("table"))


def _categories(tables: Tables, context: Context) -> pl.LazyFrame:
    words = {code.code: code.label for code in ABUSE.codes}
    category = pl.col("latest_category").replace_strict(words, default="Not known")
    return labelled(_open_plans(tables, context), "protection_plans", category)


def _by_ethnicity(tables: Tables, context: Context) -> pl.LazyFrame:
    is_open = (pl.col("closed_on").is_null() | (pl.col("closed_on") > context.day)) & (pl.col("status") != "CLOSED")
    held = tables["children_in_need"].filter(is_open)
    planned = pl.when(pl.col("status") == "PLAN").then(pl.lit(ON_A_PLAN)).otherwise(pl.lit(NOT_ON_ONE))
    known = ethnicity_group().replace_strict({name: name for name in ETHNICITY_GROUPS}, default=None)
    return labelled(held, "children_in_need", known, planned)


def _draw_by_ethnicity(shown: Shown) -> Chart | None:
    """Each group beside the baseline; one that is too small has no rate, and where counts are withheld none has."""
    of = shown.of
    if of.sum() is None:
        return None
    base = (of.at(BASELINE, ON_A_PLAN), of.sum(first=BASELINE))
    rows = []
    for group in of.first:
        events, population = of.at(group, ON_A_PLAN) or 0, of.sum(first=group) or 0
        if group == BASELINE:
            continue
        able = population >= FEWEST and events and base[0] and base[1]
        rate = relative_rate(events, population, base[0] or 0, base[1] or 0) if able else None
        rows.append(RelativeRow(group, events, population, rate, of.link(group, ON_A_PLAN)))
    return disproportion_chart(rows, f"{BASELINE} children", "to be on a plan")


PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="protection-states", service=Service.PROTECTION, asks="What is done in time, late, and not yet due?",
        needs=("protection_plans",), first=tuple(duty for _, duty in DUTIES), second=STATES,
        rows=lambda tables, context: state_rows(DUTIES, tables, context), draw=draw_states,
    ),
    Picture(
        slug="enquiries", service=Service.PROTECTION, needs=("section_47",),
        asks="How many section 47 enquiries are begun, and do they lead to a conference?",
        rows=_enquiries, second=(HELD, NOT_NEEDED, NOT_YET),
        draw=lambda shown: draw_months(shown, "section 47 enquiries"), rate="CP-01",
        merges={"second": Merging(((NOT_NEEDED, NOT_YET),))},
    ),
    Picture(
        slug="conference-days", service=Service.PROTECTION, asks="Are first conferences held in time?",
        needs=("section_47",), first=(*(name for _, name in DAYS), OVER_20), rows=_conferences,
        draw=lambda shown: banded_bars(shown.of, "first conferences", shown.of.those(LATE), unit="working days"),
        merges={"first": Merging((tuple(name for _, name in DAYS[:2]), LATE), in_order=True)},
    ),
    Picture(
        slug="plan-drift", service=Service.PROTECTION, asks="Do plans drift?", needs=("protection_plans",),
        first=LASTED_WORDS, rows=_drift, nested=True,
        draw=lambda shown: drift_bars(shown.of, "open plans", LASTED),
    ),
    Picture(
        slug="steps-up", service=Service.PROTECTION, needs=("children_in_need", "protection_plans", "children_in_care"),
        asks="How long is it from an open case to a plan, and from a plan into care?",
        first=(TO_A_PLAN, INTO_CARE), second=(*(words for _, words in STEPS), AFTER_YEARS), rows=_steps, on_paper=False,
        merges={"second": Merging((tuple(words for _, words in STEPS[:3]), LONG), in_order=True)},
        draw=lambda shown: whole_bars(
            shown.of, "steps up", "took over a year", names=("step", "time"), told=shown.of.those(LONG)
        ),
    ),
    Picture(
        slug="protection-teams", service=Service.PROTECTION, asks="Which team is behind with visits and reviews?",
        needs=("protection_plans",), second=rug_columns(TEAM_DUTIES),
        rows=lambda tables, context: rug_rows(TEAM_DUTIES, tables, context), draw=draw_rug,
    ),
    Picture(
        # On paper the headline measures say the same.
        slug="plan-categories", service=Service.PROTECTION, asks="From what are children protected?",
        needs=("protection_plans",), on_paper=False, rows=_categories,
        first=(*(code.label for code in ABUSE.codes), "Not known"), merges={"first": ANY},
        draw=lambda shown: count_bars(shown.of, "open plans", name="category"),
    ),
    Picture(
        slug="children-on-plans", service=Service.PROTECTION, asks="Who are the children on plans?",
        needs=("protection_plans",), first=AGES, second=SEXES,
        rows=lambda tables, context: by_age_and_sex(_open_plans(tables, context), "protection_plans", context),
        draw=lambda shown: pyramid(only_held(shown).of, "children on plans"), merges=BY_AGE_AND_SEX,
    ),
    Picture(
        slug="plan-groups", service=Service.PROTECTION, asks="Of which groups are the children on plans?",
        needs=("protection_plans",), first=ETHNICITIES, second=ABILITIES, on_paper=False,
        rows=lambda tables, context: by_ethnicity_and_disability(_open_plans(tables, context), "protection_plans"),
        draw=lambda shown: draw_groups(only_held(shown), "children on plans"), merges=BY_GROUP,
    ),
    Picture(
        slug="plans-by-ethnicity", service=Service.PROTECTION, asks="Are some groups treated differently?",
        needs=("children_in_need",), first=tuple(ETHNICITY_GROUPS), second=(ON_A_PLAN, NOT_ON_ONE),
        rows=_by_ethnicity, draw=_draw_by_ethnicity,
        merges={"first": Merging((tuple(name for name in ETHNICITY_GROUPS if name != BASELINE),))},
    ),
)  # fmt: skip
