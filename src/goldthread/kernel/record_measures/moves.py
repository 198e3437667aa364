"""Placements, moves, carers and distance, of children in care on the as-at date."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.measure import Better, Measure
from goldthread.kernel.measures.care import CLA_RELEASE, FOSTER, IN_CARE
from goldthread.kernel.views.stays import SHORT_BREAKS

COUNTING = (
    "Short breaks, temporary placements (hospital, holiday, a week or less) and placements of less than a day are not "
    "counted, coming back from a temporary placement to the same home is no new placement, and neither is adoption by "
    "the child's own foster carer."
)
MOVES = "Counts placements, not moves: a move is one fewer."
HALF_KNOWN = "Where what was handed in does not go back far enough to tell, the child counts as not known."
UNKNOWN_STAYS = "Where the distance is not known the child stays in the denominator, as nationally."
STRAIGHT = "In a straight line between postcodes, from a directory that you load; the national figure is made so too."


def in_care(_: Context) -> pl.Expr:
    """Without short breaks: the view itself has only children who are in care on the as-at date."""
    return pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False).not_()


def _far(context: Context) -> pl.Expr:
    return pl.col("miles") > context.setting("far_miles")


def _long_enough(context: Context) -> pl.Expr:
    """In care for the time that stability asks for, or so long that what was handed in does not show the start."""
    since = context.before(context.setting("stable_care_months"))
    young = (pl.col("age") >= context.setting("stable_under")).fill_null(False).not_()
    return in_care(context) & young & (pl.col("started_on").is_null() | (pl.col("started_on") <= since))


def _two_years(context: Context) -> pl.Expr:
    """In care for two years, or so long that what was handed in does not show the start."""
    return in_care(context) & (pl.col("started_on").is_null() | (pl.col("started_on") <= context.before(24)))


def _stability_unknown(context: Context) -> pl.Expr:
    """Whether the start of care or of the carer lies before what was handed in, and could be on either side."""
    care_since = context.before(context.setting("stable_care_months"))
    carer_since = context.before(12 * context.setting("stable_years"))
    care = pl.col("started_on").is_null() & (pl.col("seen_from") > care_since)
    carer = pl.col("carer_on").is_null() & (pl.col("carer_from") > carer_since)
    return care | carer | pl.col("carer_from").is_null()


MEASURES: tuple[Measure, ...] = (
    Measure(
        code="CLA-04",
        title="Three or more placements in a year",
        asks="Do children in care move too often?",
        numerator="those with {many_placements} or more placements in the last 12 months",
        denominator=IN_CARE,
        better=Better.LOW,
        table="in_care",
        fields=("placements_in_year", "legal_status"),
        settings=("many_placements", "temporary_counts"),
        cohort=in_care,
        hits=lambda context: pl.col("placements_in_year") >= context.setting("many_placements"),
        source=CLA_RELEASE,
        settled=True,
        looks_back=12,
        cautions=(MOVES, COUNTING),
    ),
    Measure(
        code="CLA-04M",
        title="Three or more moves in a year",
        asks="Do children in care move too often?",
        numerator="those who moved {many_placements} times or more in the last 12 months",
        denominator=IN_CARE,
        better=Better.LOW,
        table="in_care",
        fields=("moves_in_year", "legal_status"),
        settings=("many_placements", "temporary_counts"),
        cohort=in_care,
        hits=lambda context: pl.col("moves_in_year") >= context.setting("many_placements"),
        source="Reports of inspections have counted moves; the national series counts placements",
        settled=False,
        looks_back=12,
        cautions=(
            "Counts moves, from one placement to the next of the same period of care: coming into care is none.",
            "Not to be set beside the published figure, which counts placements.",
            COUNTING,
        ),
    ),
    Measure(
        code="CLA-05",
        title="Three or more placements in two years",
        asks="Do children who stay in care keep moving?",
        numerator="those with {many_placements} or more placements in the last 24 months",
        denominator="children in care at the end of the as-at date, for 24 months or longer, without short breaks",
        better=Better.LOW,
        table="in_care",
        fields=("placements_in_two_years", "started_on", "seen_from", "legal_status"),
        settings=("many_placements", "temporary_counts"),
        cohort=_two_years,
        unknown=lambda context: pl.col("started_on").is_null() & (pl.col("seen_from") > context.before(24)),
        hits=lambda context: pl.col("placements_in_two_years") >= context.setting("many_placements"),
        source="DfE, Children looked after in England including adoptions: stability measures",
        settled=True,
        looks_back=24,
        cautions=(MOVES, COUNTING, HALF_KNOWN),
        breaks=("Published from 2021 on.",),
    ),
    Measure(
        code="CLA-06",
        title="Long-term stability",
        asks="Do children who stay in care live with the same carer?",
        numerator="those who have lived with the same carer for {stable_years} years or longer",
        denominator=(
            "children in care at the end of the as-at date, for {stable_care_months} months or longer, younger than "
            "{stable_under}, without short breaks"
        ),
        better=Better.HIGH,
        table="in_care",
        fields=("carer_on", "carer_from", "started_on", "seen_from", "age", "legal_status"),
        settings=("stable_years", "stable_care_months", "stable_under", "temporary_counts"),
        cohort=_long_enough,
        unknown=_stability_unknown,
        hits=lambda context: pl.col("carer_from") <= context.before(12 * context.setting("stable_years")),
        source=CLA_RELEASE,
        settled=True,
        looks_back=30,
        cautions=(
            "The same carer: a change of placement with the same carer does not break it.",
            "An adoptive placement is taken together with the placement before it, as nationally.",
            HALF_KNOWN,
        ),
        breaks=("Earlier texts say the same placement, those of 2025 the same carer.",),
    ),
    Measure(
        code="CLA-07",
        title="More than 20 miles from home and outside the authority",
        asks="How many children in care live far from home?",
        numerator="those who live more than {far_miles} miles from home and outside the authority",
        denominator=IN_CARE,
        better=Better.LOW,
        table="in_care",
        fields=("miles", "in_or_out", "where_known", "legal_status"),
        essential=("miles",),
        settings=("far_miles",),
        cohort=in_care,
        unknown=lambda context: (
            (pl.col("miles").is_null() & (pl.col("in_or_out") != "IN").fill_null(True))
            | (_far(context) & pl.col("in_or_out").is_null())
        ),
        unknown_stays=True,
        hits=lambda context: _far(context) & (pl.col("in_or_out") == "OUT"),
        source=CLA_RELEASE,
        settled=True,
        cautions=(UNKNOWN_STAYS, STRAIGHT, "CLA-08 asks for the distance alone, and gives a higher figure."),
    ),
    Measure(
        code="CLA-08",
        title="More than 20 miles from home",
        asks="How many children in care live far from home?",
        numerator="those who live more than {far_miles} miles from home, within the authority or outside",
        denominator=IN_CARE,
        better=Better.LOW,
        table="in_care",
        fields=("miles", "where_known", "legal_status"),
        essential=("miles",),
        settings=("far_miles",),
        cohort=in_care,
        unknown=lambda _: pl.col("miles").is_null(),
        unknown_stays=True,
        hits=_far,
        source="DfE, National Framework outcomes and enablers dashboard",
        settled=True,
        cautions=(UNKNOWN_STAYS, STRAIGHT, "CLA-07 asks for outside the authority as well, and gives a lower figure."),
    ),
    Measure(
        code="CLA-09",
        title="Placed outside the authority",
        asks="How many children in care live outside the authority?",
        numerator="those whose placement is outside",
        denominator=IN_CARE,
        better=Better.LOW,
        table="in_care",
        fields=("in_or_out", "legal_status"),
        essential=("in_or_out",),
        cohort=in_care,
        unknown=lambda _: pl.col("in_or_out").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("in_or_out") == "OUT",
        source=CLA_RELEASE,
        settled=True,
        cautions=(
            "Where the form does not say, the placement's postcode does, and the authority is the one you name or the "
            "one in which most homes lie.",
            "Outside may be nearer than inside: read with the distance from home.",
        ),
    ),
)


def _lives_in(
    code: str, title: str, asks: str, says: str, places: tuple[str, ...], better: Better, **also: object
) -> Measure:
    given: dict[str, object] = {
        "source": CLA_RELEASE,
        "settled": True,
        **also,
    }
    return Measure(
        code=code,
        title=title,
        asks=asks,
        numerator=f"those in {says}",
        denominator=IN_CARE,
        better=better,
        table="in_care",
        fields=("placement_type", "legal_status"),
        essential=("placement_type",),
        cohort=in_care,
        unknown=lambda _: pl.col("placement_type").is_null(),
        unknown_stays=True,
        hits=lambda _: pl.col("placement_type").is_in(places),
        **given,  # type: ignore[arg-type]
    )


LIVING: tuple[Measure, ...] = (
    _lives_in(
        "CLA-10", "Living with foster carers", "How many children in care live in a family?", "a foster placement",
        FOSTER, Better.HIGH,
    ),
    _lives_in(
        "CLA-11", "Living in children's homes or secure homes", "How many children in care live in a home?",
        "a children's home or a secure children's home", ("K1", "K2"), Better.LOW,
    ),
    _lives_in(
        "CLA-12", "Living in supported or independent accommodation", "How many live without a carer in the house?",
        "semi-independent, supported or independent accommodation", ("H5", "K3", "P2"), Better.CONTEXT,
        breaks=("The codes changed from 2023-24: H5 and P2 became K3.",),
    ),
    _lives_in(
        "CLA-13", "Living in other placements", "How many live in placements that no other code describes?",
        "other placements", ("Z1", "Z11", "Z12", "Z13", "Z14"), Better.LOW,
        cautions=("Unregulated placements are unlawful under 16, and supported accommodation must be registered: check "
                  "both against the law in force.",),
        breaks=("From 2025-26 four codes stand in the place of Z1.",), settled=False,
    ),
)  # fmt: skip

PROVIDED = Measure(
    code="FO-02",
    title="Living in the authority's own provision",
    asks="How many children in care live in what the authority itself provides?",
    numerator="those whose placement the authority itself provides",
    denominator=IN_CARE,
    better=Better.CONTEXT,
    table="in_care",
    fields=("provider", "legal_status"),
    essential=("provider",),
    cohort=in_care,
    unknown=lambda _: pl.col("provider").is_null(),
    unknown_stays=True,
    hits=lambda _: pl.col("provider") == "PR1",
    source="DfE, Children looked after in England including adoptions",
    settled=True,
)
