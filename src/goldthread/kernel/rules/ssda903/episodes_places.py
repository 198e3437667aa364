"""Rules of where a placement lies: postcodes, and the authority, location and distance worked out from them."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Severity
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import (
    FOR_ADOPTION,
    FOSTER,
    among,
    held,
    same_authority,
    short_break,
    was_uasc,
)
from goldthread.kernel.rules.ssda903.places import own_authority
from goldthread.kernel.rules.ssda903.shared import EPISODES, SHORT_BREAKS

FARTHEST = 999.9
"""The greatest distance that the return can hold, in miles; it also stands for one that is greater."""

VERY_FAR = 350
_POSTCODE = r"^([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|GIR ?0AA)$"
_AUTHORITY = r"^([EWSNLM][0-9]{8}|[0-9]{3}|NIR|SCO|WAL|NUK|CON)$"
"""An authority by its ONS code or the Department's number, or what stands for one outside of England."""

_LOOKED_UP = (("home_post", "home_la"), ("pl_post", "pl_la"))
_LOOK = "Check the postcodes of the home and of the placement."


def _not_valid_distance(context: Context) -> pl.Expr:
    out = (pl.col("pl_distance") < 0) | (pl.col("pl_distance") > FARTHEST)
    bad = out.fill_null(False) | context.not_understood(EPISODES, "pl_distance") | _not_found(context)
    return bad & ~short_break(context) & ~was_uasc(context)


def _not_found(context: Context) -> pl.Expr:
    """No distance, because a postcode that was written is not in the directory.

    The official text asks to check that a valid postcode was entered: where none was, there is no distance to be wrong,
    and 392a tells of it.
    """
    if "home_la" not in held(context):
        return pl.lit(False)
    strange = [pl.col(post).is_not_null() & pl.col(of).is_null() for post, of in _LOOKED_UP]
    return pl.col("pl_distance").is_null() & pl.any_horizontal(strange)


def _same_postcode(_: Context) -> pl.Expr:
    # As they were read, postcodes are in capitals and hold no other space than a plain one.
    home, place = (pl.col(name).str.replace_all(" ", "", literal=True) for name in ("home_post", "pl_post"))
    return (home == place) & (pl.col("place") != "P1")


def _distance_of_break(context: Context) -> pl.Expr:
    """A postcode, from which the distance is worked out, or a distance that was handed in without any."""
    of = ("home_post", "pl_post", *(["pl_distance"] if "pl_distance" in held(context) else []))
    return pl.col("ls").is_in(SHORT_BREAKS) & pl.any_horizontal(pl.col(name).is_not_null() for name in of)


def _authority_disagrees(context: Context) -> pl.Expr:
    """In, and another authority; or out, and the own one: in both the code and the authority disagree."""
    own = same_authority(pl.col("pl_la"), own_authority(context))
    return pl.col("pl_location").is_in(["IN", "OUT"]) & ((pl.col("pl_location") == "IN") != own)


def _own_elsewhere(context: Context) -> pl.Expr:
    # The authority's own carers and adopters may live anywhere: they are its provision wherever their home is.
    family = among("place", *FOSTER, *FOR_ADOPTION)
    away = ~same_authority(pl.col("pl_la"), own_authority(context))
    return (pl.col("place_provider") == "PR1") & away & ~family & ~short_break(context)


RULES = (
    rule(
        "164",
        EPISODES,
        "pl_distance",
        says="The distance from home to placement is no number from 0 to 999.9 miles.",
        mend=_LOOK,
        fails=_not_valid_distance,
    ),
    rule(
        "169",
        EPISODES,
        "pl_la",
        says="The authority in which the placement lies is not known, or is none.",
        mend="Check the postcode of the placement.",
        fails=lambda context: (
            (pl.col("pl_la").is_null() | ~pl.col("pl_la").str.contains(_AUTHORITY)) & ~short_break(context)
        ),
    ),
    rule(
        "179",
        EPISODES,
        "pl_location",
        says="It is not known whether the placement lies in the authority or out of it.",
        mend="Check the postcode of the placement.",
        fails=lambda context: ~among("pl_location", "IN", "OUT") & ~short_break(context),
    ),
    rule(
        "214",
        EPISODES,
        "pl_post",
        "urn",
        says="A postcode of the placement or a provider's number is given for short breaks, of which none is asked.",
        mend="Leave both blank.",
        fails=lambda _: pl.col("ls").is_in(SHORT_BREAKS) & pl.any_horizontal(pl.col("pl_post", "urn").is_not_null()),
    ),
    rule(
        "392a",
        EPISODES,
        "pl_distance",
        says="The child is looked after, and there is no distance from home to placement.",
        mend=_LOOK,
        fails=lambda context: (
            pl.col("pl_distance").is_null()
            & context.not_understood(EPISODES, "pl_distance").not_()
            & ~short_break(context)
            & ~was_uasc(context)
        ),
    ),
    rule(
        "392b",
        EPISODES,
        "home_post",
        "pl_post",
        says="The child is looked after, and the postcode of the home or of the placement is missing.",
        mend="Write both postcodes whole.",
        fails=lambda context: (
            pl.any_horizontal(pl.col("home_post", "pl_post").is_null()) & ~short_break(context) & ~was_uasc(context)
        ),
    ),
    rule(
        "392c",
        EPISODES,
        "home_post",
        "pl_post",
        says="What is written as a postcode is not in the form of one.",
        mend="Write the whole postcode, such as AB1 2CD.",
        fails=lambda _: pl.any_horizontal(
            pl.col(name).str.contains(_POSTCODE).not_().fill_null(False) for name in ("home_post", "pl_post")
        ),
    ),
    rule(
        "392d",
        EPISODES,
        "home_post",
        "pl_post",
        "place",
        severity=Severity.QUERY,
        says="Home and placement have the same postcode, and the child is not placed with parents.",
        mend="Check both postcodes and the placement type.",
        fails=_same_postcode,
    ),
    rule(
        "398",
        EPISODES,
        "ls",
        "home_post",
        "pl_post",
        says="A postcode or a distance is given for short breaks, of which no distance is asked.",
        mend="Leave both postcodes and the distance blank.",
        fails=_distance_of_break,
    ),
    rule(
        "406",
        EPISODES,
        "pl_distance",
        says="The child is or was an unaccompanied asylum seeker, and there is a distance from home.",
        mend="Leave the postcode of the home blank; or check whether the child sought asylum.",
        fails=lambda context: pl.col("pl_distance").is_not_null() & was_uasc(context, must_know=True),
    ),
    rule(
        "411",
        EPISODES,
        "pl_location",
        says="Whether the placement lies in the authority or out of it disagrees with the authority that it lies in.",
        mend="Check the location and the authority of the placement.",
        fails=_authority_disagrees,
    ),
    rule(
        "420",
        EPISODES,
        "pl_la",
        says="The authority of the placement is given for short breaks, of which none is asked.",
        mend="Leave the postcode of the placement blank.",
        fails=lambda _: pl.col("ls").is_in(SHORT_BREAKS) & pl.col("pl_la").is_not_null(),
    ),
    rule(
        "454",
        EPISODES,
        "pl_distance",
        guide=2026,
        since=2026,
        severity=Severity.QUERY,
        says="The placement is more than 350 miles from home.",
        mend=_LOOK,
        fails=lambda context: (
            (pl.col("pl_distance") > VERY_FAR)
            & (pl.col("pl_distance") != FARTHEST)
            & ~short_break(context)
            & ~was_uasc(context)
        ),
    ),
    rule(
        "1015",
        EPISODES,
        "pl_la",
        says="The placement is the authority's own provision, and lies in another authority.",
        mend="Check the provider and the postcode of the placement.",
        fails=_own_elsewhere,
    ),
)
