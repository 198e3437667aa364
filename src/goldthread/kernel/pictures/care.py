"""Pictures of children in care (list 8, and the episodes of the SSDA903 return where they are there)."""

import polars as pl

from goldthread.domain.disclosure import FLOOR, Merging, Way
from goldthread.domain.intervals import wilson
from goldthread.kernel.charts import (
    STATES,
    Chart,
    Flow,
    count_bars,
    distance_bands,
    pyramid,
    safe_sankey,
    sankey,
)
from goldthread.kernel.context import Context, open_on
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
    labelled,
    month_of,
    only_held,
    rug_columns,
    rug_rows,
    state_rows,
)
from goldthread.kernel.settings import DEFAULTS

DUTIES = (
    ("CLA-14", "Reviews"),
    ("CLA-16", "Visits"),
    ("CLA-17", "Permanence plan"),
    ("HE-02", "Health"),
    ("HE-03", "Dentist"),
)
HOMES: dict[str, tuple[str, ...]] = {
    "Foster care with relatives or friends": ("U1", "U2", "U3"),
    "Foster care": ("U4", "U5", "U6"),
    "Placed for adoption": ("A3", "A4", "A5", "A6"),
    "With parents": ("P1",),
    "Children's homes": ("K1", "K2", "R1"),
    "Supported or independent living": ("H5", "K3", "P2", "P3"),
    "Other homes": ("R2", "R3", "R5", "S1", "Z1", "T0", "T1", "T2", "T3", "T4", "Z11", "Z12", "Z13", "Z14"),
}
"""Kinds of home, as people speak of them, and the codes of the return that each holds."""

UNKNOWN_HOME = "Not known"
INSIDE, OUTSIDE, UNKNOWN_SIDE = "Inside the authority", "Outside the authority", "Not known"
NOT_SAID_WHERE, ELSEWHERE = "Outside, not said where", f"Other authorities, {FLOOR} children or fewer in each"
_LAST = {INSIDE: 0, ELSEWHERE: 2, NOT_SAID_WHERE: 3, UNKNOWN_SIDE: 4}
_BEYOND = {"NIR": "Northern Ireland", "WAL": "Wales", "SCO": "Scotland", "NUK": "Outside the UK",
           "CON": "Confidential placement"}  # fmt: skip
"""What stands in place of an authority's name."""

FAR = DEFAULTS["far_miles"]
NEAR_HOME, FAR_FROM_HOME = f"Up to {FAR} miles", f"Over {FAR} miles"
NO_HOME, NO_PLACE, NO_DIRECTORY = (
    f"Not known: {why}" for why in ("postcode of home", "postcode of placement", "no directory is loaded")
)  # fmt: skip
WHY_UNKNOWN = (NO_HOME, NO_PLACE, NO_DIRECTORY)
"""Why a distance is not known, in short: what keeps it from being found, by the names of `views.distance`."""

WITH_PLACES = ("cla_episodes", "ssd_cla_episodes")
"""Tables beside whose rows stands how far from home a child lives, as it was worked out when the file was read."""

COUNTS = ("1 placement", "2 placements", "3 placements", "4 placements", "5 or more", "Not known")
FEWEST = 10
"""Of fewer children there are counts and no percentage."""

MANY = COUNTS[2:5]
_KINDS = {code: name for name, codes in HOMES.items() for code in codes}
_MOVE = "→"


def _in_care(tables: Tables, context: Context) -> pl.LazyFrame:
    short = pl.col("legal_status").is_in(["V3", "V4"]).fill_null(False)
    return tables["children_in_care"].filter(open_on(context, "started_on", "ceased_on") & ~short)


def _starts(tables: Tables, context: Context) -> pl.LazyFrame:
    """Who came into care, by month; short breaks are not counted, as nowhere on this page."""
    short = pl.col("legal_status").is_in(["V3", "V4"]).fill_null(False)
    month = month_of("started_on", context, LISTS_REACH_BACK)
    return labelled(tables["children_in_care"].filter(~short), "children_in_care", month).sort("started_on")


def _homes(tables: Tables, context: Context) -> pl.LazyFrame:
    kind = pl.col("placement_type").replace_strict(_KINDS, default=UNKNOWN_HOME)
    side = pl.col("in_or_out").replace_strict({"IN": INSIDE, "OUT": OUTSIDE}, default=UNKNOWN_SIDE)
    return labelled(_in_care(tables, context), "children_in_care", kind, side)


def _draw_homes(shown: Shown) -> Chart:
    held = only_held(shown).of
    return distance_bands(held, "children in care", outside=OUTSIDE, name="home")


def _distances(tables: Tables, context: Context) -> pl.LazyFrame:
    """Every child in care by how far from home they live, and whether inside the authority; none is left out.

    A submission that was read before distances were kept with it has no rows.
    """
    name = next(name for name in WITH_PLACES if name in tables)
    held = tables[name]
    if not {"home_far", "home_counts", "home_in_or_out"} <= set(held.collect_schema().names()):
        return labelled(held.clear(), name, pl.lit(NO_HOME), pl.lit(UNKNOWN_SIDE))
    far, how = pl.col("home_far"), pl.col("home_where_known")
    why = pl.when(how.str.starts_with("PLACEMENT")).then(pl.lit(NO_PLACE)).otherwise(pl.lit(NO_HOME))
    unknown = pl.when(how == "NOT_LOADED").then(pl.lit(NO_DIRECTORY)).otherwise(why)
    near = pl.when(far.not_()).then(pl.lit(NEAR_HOME)).otherwise(unknown)
    band = pl.when(far).then(pl.lit(FAR_FROM_HOME)).otherwise(near)
    side = pl.col("home_in_or_out").replace_strict({"IN": INSIDE, "OUT": OUTSIDE}, default=UNKNOWN_SIDE)
    return labelled(held.filter(pl.col("home_counts")), name, band, side)


def _draw_distances(shown: Shown) -> Chart:
    """The finding is that of the measure CLA-07: far away and outside, of all, with whoever is not known among them."""
    of, title, about = only_held(shown).of, "How far from home children in care live", ""
    total, away = of.sum(), of.at(FAR_FROM_HOME, OUTSIDE)
    unknown = sum(of.sum(first=why) or 0 for why in of.those(WHY_UNKNOWN))
    if total and unknown == total:
        title = f"Of none of the {total:,} children in care is it known how far from home they live"
    elif total and away is not None:
        share = (
            f"{100 * away / total:.0f}% of children in care"
            if total >= FEWEST
            else f"{away:,} of {total:,} children in care"
        )
        counts = f": {away:,} of {total:,}" if total >= FEWEST else ""
        title = f"{share} live over {FAR} miles from home and outside the authority{counts}"
        if total >= FEWEST:
            likely = wilson(away, total)
            about = f"Likely between {100 * likely.low:.0f} and {100 * likely.high:.0f}%. "
        if unknown:
            title = f"{title}; not known: {unknown:,}"
    return distance_bands(of, "children in care", outside=OUTSIDE, name="distance from home", title=title, about=about)


def _areas(tables: Tables, context: Context) -> pl.LazyFrame:
    """In which authority each child lives: inside, by name where enough live there to be named, else among the others.

    By name and not by number, and nobody is named who could be withheld: an order would tell what is withheld.
    """
    where = pl.col("placement_authority").replace(_BEYOND)
    outside = pl.coalesce(where, pl.lit(NOT_SAID_WHERE))
    side = pl.col("in_or_out").fill_null("")
    area = pl.when(side == "IN").then(pl.lit(INSIDE)).when(side == "OUT").then(outside).otherwise(pl.lit(UNKNOWN_SIDE))
    held = _in_care(tables, context).with_columns(area.alias("area"))
    few = (pl.len().over("area") <= FLOOR) & ~pl.col("area").is_in([INSIDE, NOT_SAID_WHERE, UNKNOWN_SIDE])
    named = pl.when(few).then(pl.lit(ELSEWHERE)).otherwise(pl.col("area"))
    place = pl.col("first").replace_strict(_LAST, default=1)
    return labelled(held, "children_in_care", named).sort(place, "first", "row")


def _draw_areas(shown: Shown) -> Chart:
    of, title = shown.of, "In which authorities children in care live"
    outside = {name: of.at(name) or 0 for name in of.first if name not in (INSIDE, UNKNOWN_SIDE)}
    total, away = of.sum(), sum(outside.values())
    if of.whole and total:
        title = f"{away:,} of {total:,} children in care live outside the authority"
        named = {name: count for name, count in outside.items() if name not in (ELSEWHERE, NOT_SAID_WHERE)}
        if named:
            most = max(named, key=lambda name: named[name])
            title = f"{title}; the most of them in one: {most} ({named[most]:,})"
    return count_bars(of, "children in care", name="authority", title=title)


def _placements(tables: Tables, context: Context) -> pl.LazyFrame:
    count = pl.col("placements_in_year")
    label = pl.when(count.is_null()).then(pl.lit(COUNTS[-1])).when(count >= 5).then(pl.lit(COUNTS[4]))
    label = label.when(count <= 1).then(pl.lit(COUNTS[0]))
    for number in (2, 3):
        label = label.when(count == number).then(pl.lit(COUNTS[number - 1]))
    return labelled(_in_care(tables, context), "children_in_care", label.otherwise(pl.lit(COUNTS[3])))


def _moves(tables: Tables, context: Context) -> pl.LazyFrame:
    """A row for each change of home within the year before the day of the lists: from which kind to which."""
    kind = pl.col("place").replace_strict(_KINDS, default=UNKNOWN_HOME).alias("kind")
    lived = (
        tables["cla_episodes"]
        .drop_nulls(["child", "decom"])
        .sort("child", "decom")
        .with_columns(kind, *(pl.col(name).shift().over("child").alias(f"{name} before") for name in ("place", "dec")))
        .with_columns(pl.col("kind").shift().over("child").alias("kind before"))
    )
    # Only a change of home is a move; a new legal status in the same one is an episode too.
    home = (pl.col("rne").is_in(["P", "B", "T", "U"])) & (pl.col("dec before") == pl.col("decom"))
    since = (pl.col("decom") > context.before(12)) & (pl.col("decom") <= context.day)
    way = pl.concat_str("kind before", "kind", separator=_MOVE)
    return labelled(lived.filter(home & since), "cla_episodes", way).sort("first", "child", "decom")


def _way(said: str) -> Way:
    return tuple(said.split(_MOVE))


def _draw_moves(shown: Shown) -> Chart:
    if shown.flows is not None:
        return safe_sankey(shown.flows, "moves", stages=("From", "To"))
    flows = []
    for said in shown.of.first:
        start, end = _way(said)
        flows.append(Flow(0, start, end, shown.of.at(said) or 0, shown.of.mark(said)))
    return sankey(flows, "moves", stages=("From", "To"))


PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="care-starts", service=Service.CARE, asks="How many children come into care?",
        needs=("children_in_care",), rows=_starts,
        draw=lambda shown: draw_months(shown, "children who came into care"), rate="CLA-02",
    ),
    Picture(
        slug="care-states", service=Service.CARE, asks="What is done in time, late, and not yet due?",
        needs=("children_in_care",), first=tuple(duty for _, duty in DUTIES), second=STATES,
        rows=lambda tables, context: state_rows(DUTIES, tables, context), draw=draw_states,
    ),
    Picture(
        slug="care-teams", service=Service.CARE, asks="Which team is behind with what?",
        needs=("children_in_care",), second=rug_columns(DUTIES),
        rows=lambda tables, context: rug_rows(DUTIES, tables, context), draw=draw_rug,
    ),
    Picture(
        slug="homes", service=Service.CARE, asks="Where do children live?", needs=("children_in_care",),
        first=(*HOMES, UNKNOWN_HOME), second=(INSIDE, OUTSIDE, UNKNOWN_SIDE), rows=_homes, draw=_draw_homes,
        merges={"first": ANY},
    ),
    Picture(
        slug="distances", service=Service.CARE, asks="How far from home do children live?", needs=(),
        one_of=WITH_PLACES, first=(NEAR_HOME, FAR_FROM_HOME, *WHY_UNKNOWN),
        second=(INSIDE, OUTSIDE, UNKNOWN_SIDE), rows=_distances, draw=_draw_distances,
        merges={"first": Merging((WHY_UNKNOWN,)), "second": Merging(((INSIDE, UNKNOWN_SIDE),))},
    ),
    Picture(
        slug="areas", service=Service.CARE, asks="In which authorities do children live?",
        needs=("children_in_care",), rows=_areas, draw=_draw_areas, on_paper=False,
    ),
    Picture(
        slug="placements", service=Service.CARE, asks="Do children move too often?", needs=("children_in_care",),
        first=COUNTS, rows=_placements, merges={"first": Merging((COUNTS[:2], MANY), in_order=True)},
        draw=lambda shown: count_bars(
            shown.of, "children in care", warns=shown.of.those(MANY), name="placements in a year"
        ),
    ),
    Picture(
        slug="moves", service=Service.CARE, asks="From which kind of home to which do children move?",
        needs=("cla_episodes",), rows=_moves, draw=_draw_moves, way=_way,
    ),
    Picture(
        slug="children-in-care", service=Service.CARE, asks="Who are the children in care?",
        needs=("children_in_care",), first=AGES, second=SEXES,
        rows=lambda tables, context: by_age_and_sex(_in_care(tables, context), "children_in_care", context),
        draw=lambda shown: pyramid(only_held(shown).of, "children in care"), merges=BY_AGE_AND_SEX,
    ),
    Picture(
        slug="care-groups", service=Service.CARE, asks="Of which groups are the children in care?",
        needs=("children_in_care",), first=ETHNICITIES, second=ABILITIES, on_paper=False,
        rows=lambda tables, context: by_ethnicity_and_disability(_in_care(tables, context), "children_in_care"),
        draw=lambda shown: draw_groups(only_held(shown), "children in care"), merges=BY_GROUP,
    ),
)  # fmt: skip
