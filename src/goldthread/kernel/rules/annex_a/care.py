"""Rules on children in care (list 8)."""

import polars as pl

from goldthread.kernel.codes import LA_SPECIALS
from goldthread.kernel.context import Context, after
from goldthread.kernel.rule import Rule, Severity

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of short breaks, which no count of children in care includes."""

REGULATIONS = (
    "Care Planning, Placement and Case Review (England) Regulations 2010, as made (check against current text)"
)


def _missing_unlike_offer(_: Context) -> pl.Expr:
    missing = pl.col("missing_in_year")
    return ((missing > 0) & pl.col("interview_offered").is_null()) | (
        (missing == 0) & pl.col("interview_offered").is_in(["Y", "N"])
    )


NO_PROVIDER = ("T0", "T1", "T2", "T3", "T4", "Z1")
"""Placement types that need no provider: temporary ones, and others."""

AGENCIES = ("PR4", "PR5")
"""Providers of fostering that must be registered as agencies: private and voluntary."""

COUNCIL = r"\b(county|city|borough|council|metropolitan|mbc|bc|london|royal|of|the|la|local authority)\b|[^a-z]"
"""What an authority's name may have or lack without being another's."""


def _wrong_provider(_: Context) -> pl.Expr:
    with_parents = pl.col("placement_type") == "P1"
    missing = pl.col("provider").is_null() & pl.col("placement_type").is_in(NO_PROVIDER).not_()
    return missing | (with_parents != (pl.col("provider") == "PR0")).fill_null(False)


def _no_urn(_: Context) -> pl.Expr:
    home = pl.col("placement_type").is_in(["K1", "K2"])
    agency = pl.col("placement_type").str.starts_with("U") & pl.col("provider").is_in(AGENCIES)
    return (home | agency.fill_null(False)) & pl.col("urn").is_null()


def _in_or_out_unlike_authority(_: Context) -> pl.Expr:
    """The authority itself is the one that most placements inside are in; where none is, only abroad can be told."""
    inside, outside = pl.col("in_or_out") == "IN", pl.col("in_or_out") == "OUT"
    codes = LA_SPECIALS.values()
    abroad = pl.col("placement_authority").is_in(["NIR", "WAL", "SCO", "NUK"])
    named = pl.col("placement_authority").is_in(codes).not_()
    name = pl.when(named).then(pl.col("placement_authority").str.to_lowercase().str.replace_all(COUNCIL, ""))
    of_inside = name.filter(inside & named)
    own = of_inside.mode().sort().first()
    sure = (of_inside == own).sum() * 2 > of_inside.len()
    other = named & sure & ((inside & (name != own)) | (outside & (name == own)))
    return (abroad & inside).fill_null(False) | other.fill_null(False)


def _no_permanence(context: Context) -> pl.Expr:
    due = after("started_on", context.setting("permanence_months")) < context.day
    return due & pl.col("ceased_on").is_null() & pl.col("permanence_plan").is_null()


RULES: tuple[Rule, ...] = (
    Rule(
        code="L801",
        says="The child has a date of leaving care and no reason, or a reason and no date.",
        mend="Give both when care ends, and neither while it lasts.",
        table="children_in_care",
        fields=("ceased_on", "ceased_reason"),
        fails=lambda _: pl.col("ceased_on").is_null() != pl.col("ceased_reason").is_null(),
    ),
    Rule(
        code="L802",
        says="Care ended before it started.",
        mend="Check both dates; both are of the latest period of care.",
        table="children_in_care",
        fields=("started_on", "ceased_on"),
        fails=lambda _: pl.col("ceased_on") < pl.col("started_on"),
    ),
    Rule(
        code="L804",
        says="The current legal status began before the child came into care.",
        mend="Check both dates; the legal status is that of this period of care.",
        table="children_in_care",
        fields=("legal_status_on", "started_on"),
        fails=lambda _: pl.col("legal_status_on") < pl.col("started_on"),
    ),
    Rule(
        code="L805",
        says="The latest placement began before the child came into care.",
        mend="Check both dates; the placement is the latest of this period of care.",
        table="children_in_care",
        fields=("placement_on", "started_on"),
        fails=lambda _: pl.col("placement_on") < pl.col("started_on"),
    ),
    Rule(
        code="L806",
        says="The legal status is that of short breaks, which are not counted as children in care.",
        mend="Take the row out, or mend the legal status.",
        table="children_in_care",
        fields=("legal_status",),
        severity=Severity.QUERY,
        fails=lambda _: pl.col("legal_status").is_in(SHORT_BREAKS),
    ),
    Rule(
        code="L807",
        says="Only a child placed with parents has parents as the provider, and always has; or no provider is given.",
        mend="Make the placement type (P1) and the provider (PR0) agree; name the provider unless it is temporary.",
        table="children_in_care",
        fields=("placement_type", "provider"),
        source="SSDA903 validation, rule 550, in our own words",
        fails=_wrong_provider,
    ),
    Rule(
        code="L808",
        says="The child is in a children's or secure home, or with an agency's foster carer, and there is no URN.",
        mend="Look up the unique reference number of the home or agency with Ofsted.",
        table="children_in_care",
        fields=("urn", "placement_type", "provider"),
        severity=Severity.QUERY,
        fails=_no_urn,
    ),
    Rule(
        code="L809",
        says="The placement is said to be inside the authority and lies in another, or outside and lies in it.",
        mend="Make the placement's location agree with its authority; write your own authority the same throughout.",
        table="children_in_care",
        fields=("in_or_out", "placement_authority"),
        fails=_in_or_out_unlike_authority,
    ),
    Rule(
        code="L811",
        says="The child went missing and no offer of a return interview is recorded; or the reverse.",
        mend="Say whether an interview was offered after the last episode; leave it blank if there was none.",
        table="children_in_care",
        fields=("missing_in_year", "interview_offered"),
        fails=_missing_unlike_offer,
    ),
    Rule(
        code="L812",
        says="A return interview was accepted or declined that was not offered.",
        mend="Mend one of the two cells.",
        table="children_in_care",
        fields=("interview_offered", "interview_accepted"),
        fails=lambda _: (
            pl.col("interview_accepted").is_not_null()
            & (pl.col("interview_offered").is_null() | (pl.col("interview_offered") == "N"))
        ),
    ),
    Rule(
        code="L817",
        says="The child has been in care for months, and has no plan for permanence.",
        mend="Give the main plan; if none is made yet, it is overdue.",
        table="children_in_care",
        fields=("permanence_plan", "started_on"),
        severity=Severity.QUERY,
        settings=("permanence_months",),
        source=REGULATIONS,
        fails=_no_permanence,
    ),
    Rule(
        code="L818",
        says="The child came unaccompanied, and the need is other than absent parenting (N8).",
        mend="Check the category of need and the flag.",
        table="children_in_care",
        fields=("unaccompanied", "need"),
        severity=Severity.QUERY,
        fails=lambda _: (pl.col("unaccompanied") == "Y") & (pl.col("need") != "N8"),
    ),
    Rule(
        code="L819",
        says="This is said to be a second period of care within 12 months, and it began more than 12 months ago.",
        mend="Check the flag and the start of this period.",
        table="children_in_care",
        fields=("second_period", "started_on"),
        severity=Severity.QUERY,
        fails=lambda context: (pl.col("second_period") == "Y") & (pl.col("started_on") < context.before(12)),
    ),
    Rule(
        code="L822",
        says="The latest review or contact by the reviewing officer is dated before the child came into care.",
        mend="Give dates of this period of care only.",
        table="children_in_care",
        fields=("latest_review_on", "iro_contact_on", "started_on"),
        severity=Severity.QUERY,
        fails=lambda _: (
            (pl.col("latest_review_on") < pl.col("started_on")) | (pl.col("iro_contact_on") < pl.col("started_on"))
        ),
    ),
)
