"""Rules across lists: a child on a plan or in care is also in need, and statuses agree with the lists they name."""

import polars as pl

from goldthread.kernel.context import Context, age_on, open_on
from goldthread.kernel.rule import Finds, Rule, Severity


def _rows(frame: pl.LazyFrame, table: str) -> pl.LazyFrame:
    return frame.select(pl.lit(table).alias("table"), "row")


def _absent_from(table: str, other: str) -> Finds:
    """Rows of one list whose child stands nowhere in another."""
    return lambda context: _rows(
        context.tables[table]
        .filter(pl.col("child").is_not_null())
        .join(context.tables[other].filter(pl.col("child").is_not_null()), on="child", how="anti"),
        table,
    )


def _open_children(context: Context, table: str, start: str, end: str) -> pl.LazyFrame:
    return context.tables[table].filter(pl.col("child").is_not_null() & open_on(context, start, end)).select("child")


def _status_unlike_list(context: Context, status: str, running: pl.LazyFrame, lower: tuple[str, ...]) -> pl.LazyFrame:
    """Rows of list 6 that claim a status the other list does not bear out, or a lower one than it shows."""
    need = context.tables["children_in_need"].filter(pl.col("child").is_not_null())
    claimed = need.filter(pl.col("status") == status).join(running, on="child", how="anti")
    unclaimed = need.filter(pl.col("status").is_in(lower)).join(running, on="child", how="semi")
    return pl.concat([_rows(claimed, "children_in_need"), _rows(unclaimed, "children_in_need")])


def _plan_status(context: Context) -> pl.LazyFrame:
    running = _open_children(context, "protection_plans", "started_on", "ended_on")
    return _status_unlike_list(context, "PLAN", running, ("NEED", "ASSESSMENT", "CLOSED"))


def _care_status(context: Context) -> pl.LazyFrame:
    running = _open_children(context, "children_in_care", "started_on", "ceased_on")
    return _status_unlike_list(context, "CARE", running, ("PLAN", "NEED", "ASSESSMENT", "CLOSED"))


def _assessment_status(context: Context) -> pl.LazyFrame:
    running = _open_children(context, "assessments", "started_on", "authorised_on")
    return _status_unlike_list(context, "ASSESSMENT", running, ())


def _open_assessment_alone(context: Context) -> pl.LazyFrame:
    open_now = context.tables["assessments"].filter(pl.col("authorised_on").is_null() & pl.col("child").is_not_null())
    return _rows(open_now.join(context.tables["children_in_need"], on="child", how="anti"), "assessments")


def _enquiry_without_assessment(context: Context) -> pl.LazyFrame:
    """Enquiries begun long enough ago for an assessment to have started within the period of list 4."""
    return _rows(
        context.tables["section_47"]
        .filter(pl.col("child").is_not_null())
        .join(context.tables["assessments"], on="child", how="anti"),
        "section_47",
    )


def _left_care_unsupported(context: Context) -> pl.LazyFrame:
    """Left care at 16 or older, in the period, other than by death, adoption or another authority's care."""
    ended_well = pl.col("ceased_reason").is_in(["E2", "E3", "E11", "E12"])
    left = context.tables["children_in_care"].filter(
        (pl.col("ceased_on") <= context.day)
        & (age_on(context.as_at) >= 16)
        & (pl.col("born_on").dt.offset_by("16y") <= pl.col("ceased_on"))
        & ended_well.fill_null(False).not_()
        & pl.col("child").is_not_null()
    )
    return _rows(left.join(context.tables["care_leavers"], on="child", how="anti"), "children_in_care")


def _order_without_list_10(context: Context) -> pl.LazyFrame:
    ordered = context.tables["children_in_care"].filter(
        (pl.col("legal_status") == "E1") & pl.col("ceased_on").is_null() & pl.col("child").is_not_null()
    )
    return _rows(ordered.join(context.tables["adoptions"], on="child", how="anti"), "children_in_care")


def _placed_without_date(context: Context) -> pl.LazyFrame:
    dated = context.tables["adoptions"].filter(pl.col("placed_on").is_not_null()).select("child")
    placed = context.tables["children_in_care"].filter(
        pl.col("placement_type").is_in(["A3", "A4", "A5", "A6"]) & pl.col("child").is_not_null()
    )
    return _rows(placed.join(dated, on="child", how="anti"), "children_in_care")


def _open_without_referral(context: Context) -> pl.LazyFrame:
    opened = context.tables["children_in_need"].filter(
        pl.col("closed_on").is_null()
        & (pl.col("started_on") > context.before(context.setting("period_months")))
        & (pl.col("started_on") <= context.day)
        & pl.col("child").is_not_null()
    )
    referred = context.tables["referrals"].select("child", "referred_on")
    return _rows(
        opened.join(referred, left_on=["child", "started_on"], right_on=["child", "referred_on"], how="anti"),
        "children_in_need",
    )


def _both_open(context: Context) -> pl.LazyFrame:
    plans = context.tables["protection_plans"].filter(
        open_on(context, "started_on", "ended_on") & pl.col("child").is_not_null()
    )
    running = _open_children(context, "children_in_care", "started_on", "ceased_on")
    return _rows(plans.join(running, on="child", how="semi"), "protection_plans")


RULES: tuple[Rule, ...] = (
    Rule(
        code="L606",
        says="The status is open assessment, and list 4 has no open assessment of the child.",
        mend="Give the first status that applies in the printed order, from the lists as they are.",
        table="children_in_need",
        fields=("child", "status"),
        across=("assessments",),
        finds=_assessment_status,
    ),
    Rule(
        code="L702",
        says="The child was on a plan in the period, and does not stand in the list of children in need.",
        mend="Add the child to list 6: every child with a plan is a child in need.",
        table="protection_plans",
        fields=("child",),
        across=("children_in_need",),
        finds=_absent_from("protection_plans", "children_in_need"),
    ),
    Rule(
        code="L803",
        says="The child was in care in the period, and does not stand in the list of children in need.",
        mend="Add the child to list 6: every child in care is a child in need.",
        table="children_in_care",
        fields=("child",),
        across=("children_in_need",),
        finds=_absent_from("children_in_care", "children_in_need"),
    ),
    Rule(
        code="L820",
        says="The child has a placement order, and does not stand in the list of adoptions.",
        mend="Add the child to list 10, or mend the legal status.",
        table="children_in_care",
        fields=("child", "legal_status"),
        across=("adoptions",),
        severity=Severity.QUERY,
        finds=_order_without_list_10,
    ),
    Rule(
        code="L821",
        says="The child is placed for adoption, and list 10 has no date of that.",
        mend="Give the date placed for adoption in list 10, or mend the placement type.",
        table="children_in_care",
        fields=("child", "placement_type"),
        across=("adoptions",),
        finds=_placed_without_date,
    ),
    Rule(
        code="X01",
        says="The open case of need started in the period, and the child has no referral on that day.",
        mend="Check the start of the episode against the referral; add the referral if it was left out.",
        table="children_in_need",
        fields=("started_on", "child"),
        across=("referrals",),
        severity=Severity.QUERY,
        settings=("period_months",),
        finds=_open_without_referral,
    ),
    Rule(
        code="X02",
        says="The child has an open assessment, and does not stand in the list of children in need.",
        mend="Add the child to list 6, with the status open assessment if no other applies.",
        table="assessments",
        fields=("child", "authorised_on"),
        across=("children_in_need",),
        severity=Severity.QUERY,
        finds=_open_assessment_alone,
    ),
    Rule(
        code="X03",
        says="There was an enquiry, and the list of assessments has none for the child.",
        mend="Check whether the assessment was left out, or ended before the period.",
        table="section_47",
        fields=("child",),
        across=("assessments",),
        severity=Severity.QUERY,
        finds=_enquiry_without_assessment,
    ),
    Rule(
        code="X04",
        says="The child is on a plan and in care at once.",
        mend="Nothing to mend if both are right; ask whether the plan is still needed.",
        table="protection_plans",
        fields=("child", "ended_on"),
        across=("children_in_care",),
        severity=Severity.NOTE,
        finds=_both_open,
    ),
    Rule(
        code="X05",
        says="The young person left care at 16 or older, and does not stand in the list of care leavers.",
        mend="Add the young person to list 9, unless no support is owed.",
        table="children_in_care",
        fields=("child", "ceased_on"),
        across=("care_leavers",),
        severity=Severity.QUERY,
        finds=_left_care_unsupported,
    ),
    Rule(
        code="X06",
        says="The status is protection plan and list 7 has no open plan; or it has one, and the status is lower.",
        mend="Make the status and list 7 agree on the day of the extract.",
        table="children_in_need",
        fields=("child", "status"),
        across=("protection_plans",),
        finds=_plan_status,
    ),
    Rule(
        code="X07",
        says="The status is looked after and list 8 has no open period; or it has one, and the status is lower.",
        mend="Make the status and list 8 agree on the day of the extract.",
        table="children_in_need",
        fields=("child", "status"),
        across=("children_in_care",),
        finds=_care_status,
    ),
)
