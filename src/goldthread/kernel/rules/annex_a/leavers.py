"""Rules on care leavers (list 9)."""

import polars as pl

from goldthread.kernel.context import Context, open_on
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.annex_a.general import blank

ABOUT = ("accommodation", "suitability", "activity")


def _category_unlike_age(context: Context) -> pl.Expr:
    child = pl.col("eligibility").is_in(["RELEVANT", "ELIGIBLE"]) & (context.age() >= 18)
    return child | ((pl.col("eligibility") == "FORMER") & (context.age() < 18))


def _category_unlike_care(context: Context) -> pl.LazyFrame:
    """Eligible children are in care, and the others have left it."""
    known = context.tables["care_leavers"].filter(pl.col("child").is_not_null())
    care = context.tables["children_in_care"]
    running = care.filter(open_on(context, "started_on", "ceased_on")).select("child")
    absent = known.filter(pl.col("eligibility") == "ELIGIBLE").join(care, on="child", how="anti")
    still = known.filter(pl.col("eligibility").is_in(["RELEVANT", "FORMER"])).join(running, on="child", how="semi")
    return pl.concat(part.select(pl.lit("care_leavers").alias("table"), "row") for part in (absent, still))


RULES: tuple[Rule, ...] = (
    Rule(
        code="L901",
        says="The authority is in touch, and the home, its suitability or the activity is blank.",
        mend="Fill the three from the latest contact.",
        table="care_leavers",
        fields=("in_touch", *ABOUT),
        fails=lambda _: (pl.col("in_touch") == "YES") & pl.any_horizontal(pl.col(name).is_null() for name in ABOUT),
    ),
    Rule(
        code="L902",
        says="The authority is not in touch, or the young person died or returned home, and all three are filled.",
        mend="Leave home, suitability and activity blank unless the authority is in touch.",
        table="care_leavers",
        fields=("in_touch", *ABOUT),
        severity=Severity.QUERY,
        fails=lambda _: (
            pl.col("in_touch").is_in(["NO", "DIED", "RHOM"])
            & pl.all_horizontal(pl.col(name).is_not_null() for name in ABOUT)
        ),
    ),
    Rule(
        code="L903",
        says="No fixed abode, bed and breakfast, or custody is called suitable.",
        mend="Check the kind of home, and the judgement made of it.",
        table="care_leavers",
        fields=("accommodation", "suitability"),
        severity=Severity.QUERY,
        fails=lambda _: pl.col("accommodation").is_in(["S", "W", "X"]) & (pl.col("suitability") == "SUITABLE"),
    ),
    Rule(
        code="L904",
        says="The category does not fit the age: relevant and eligible are under 18, former relevant are not.",
        mend="Change the category on the 18th birthday; check the date of birth.",
        table="care_leavers",
        fields=("eligibility", "born_on", "age"),
        fails=_category_unlike_age,
    ),
    Rule(
        code="L905",
        says="The authority is in touch, and the latest contact is longer ago than the limit.",
        mend="Record the contact if there was one; if there was none, it is overdue.",
        table="care_leavers",
        fields=("in_touch", "contacted_on"),
        severity=Severity.NOTE,
        settings=("contact_days",),
        source="Care Leavers (England) Regulations 2010 (check against current text)",
        fails=lambda context: (
            (pl.col("in_touch") == "YES")
            & (pl.col("contacted_on") < context.day - pl.duration(days=context.setting("contact_days")))
        ),
    ),
    Rule(
        code="L906",
        says="The pathway plan was last reviewed longer ago than the limit.",
        mend="Record the review if there was one; if there was none, it is overdue.",
        table="care_leavers",
        fields=("pathway_plan_on",),
        severity=Severity.NOTE,
        settings=("pathway_months",),
        source="Care Leavers (England) Regulations 2010 (check against current text)",
        fails=lambda context: pl.col("pathway_plan_on") < context.before(context.setting("pathway_months")),
    ),
    Rule(
        code="L907",
        says="No personal adviser is named.",
        mend="Name the adviser; if there is none, appoint one.",
        table="care_leavers",
        fields=("adviser",),
        severity=Severity.QUERY,
        fails=blank("adviser"),
    ),
    Rule(
        code="L908",
        says="An eligible child does not stand in list 8; or one relevant or former relevant is still in care there.",
        mend="Make the category and list 8 agree: eligible while in care, relevant or former relevant after it.",
        table="care_leavers",
        fields=("eligibility", "child"),
        across=("children_in_care",),
        severity=Severity.QUERY,
        finds=_category_unlike_care,
    ),
)
