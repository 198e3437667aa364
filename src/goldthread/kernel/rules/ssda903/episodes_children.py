"""Rules of what the header or another module says of a child, given how the child was looked after."""

from datetime import timedelta

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import last_of
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903.children import in_year
from goldthread.kernel.rules.ssda903.declared import FIRST_YEAR, rule
from goldthread.kernel.rules.ssda903.episodes_shared import (
    FOSTER,
    WITH_FORMER_CARER,
    blank,
    held,
    looked_after,
    short_break,
)
from goldthread.kernel.rules.ssda903.shared import (
    AD1,
    EPISODES,
    HEADER,
    MISSING,
    OC2,
    OC3,
    PLACED,
    PREV_PERM,
    REVIEWS,
    SW,
    UASC,
    children_where,
    episodes,
    has_episodes,
)

FEMALE_AS_LETTER = 2025
"""From which collection year sex is a letter: F; before it was 2."""

OTHER_MODULES = (REVIEWS, UASC, OC2, AD1, PLACED, PREV_PERM, MISSING)
"""The modules besides the header and OC3 of which a care leaver without an episode in the year has none.

So have social worker episodes, which came in with 2023-24.
"""


def female(context: Context) -> pl.Expr:
    """Whether the header says that the child is female, as that year's code has it."""
    return pl.col("sex") == ("F" if context.collection_year >= FEMALE_AS_LETTER else "2")


def _left(context: Context) -> pl.Expr:
    """The episode, not of short breaks, is one with which care ended within the year."""
    return in_year(context, "dec") & (pl.col("rec") != "X1") & ~short_break(context)


def _mother_blank(context: Context) -> pl.Expr:
    return female(context) & pl.col("mother").is_null()


def _not_known_for_long(context: Context) -> pl.Expr:
    """UN4, and looked after on 31 March for more than a week: since before 24 March.

    A child who left care in the year was not looked after on 31 March, so that the official text is not about it. The
    period of care counts, not its last episode: each of its episodes that began so early is named.
    """
    begun = pl.col("decom") < context.year_end - timedelta(days=7)
    still = pl.lit(True)
    if "dec" in held(context):
        still = blank(context, "dec") | (pl.col("dec") > context.year_end)
        whose = "first_of_period" if "period" in held(context) else "first_of_child"
        still = last_of(still, pl.col(whose).fill_null(True))
    return (pl.col("upn") == "UN4") & pl.col("first_of_child").is_not_null() & still & begun


def _after_leaving(context: Context) -> pl.Expr:
    return pl.col("last_of_child") & (pl.col("rec") != "X1") & (pl.col("mc_dob") > pl.col("dec"))


def _child_born_late(context: Context) -> pl.Expr:
    left = children_where(context, "625", episodes(context), _after_leaving(context))
    return (pl.col("mc_dob") > context.year_end) | pl.col("child").is_in(left)


def _without_foster(context: Context) -> pl.Expr:
    """SGO to the former foster carer, and no episode of the child this year is in foster care.

    The official text says that the episode data of the year must show the child with the carer, so that each of the
    child's episodes counts and not only the one that ended.
    """
    ended, foster = pl.col("rec").is_in(WITH_FORMER_CARER), pl.col("place").is_in(FOSTER)
    if "place" not in held(context):
        # Asked as it is, it says itself what it lacks.
        return ended & foster
    with_any = children_where(context, "in foster care", episodes(context), foster)
    shown = pl.when(pl.col("child").is_null()).then(foster).otherwise(pl.col("child").is_in(with_any))
    return ended & pl.col("place").is_not_null() & ~shown


def _of_leaver(table: str, since: int = FIRST_YEAR) -> Rule:
    return rule(
        "1012",
        table,
        "child",
        across=(EPISODES, OC3),
        since=since,
        says="The child is a care leaver without an episode this year, and the module has data.",
        mend="Take the child's rows out of this module, or add the missing episodes.",
        fails=lambda context: (
            pl.col("child").is_in(children_where(context, "of oc3", context.table(OC3), pl.lit(True)))
            & ~has_episodes(context)
        ),
    )


RULES = (
    rule(
        "210",
        HEADER,
        "upn",
        across=(EPISODES,),
        says="The pupil number is said to be unknown because care began lately (UN4), and that is over a week ago.",
        mend="Write the child's number, or another reason why there is none.",
        fails=lambda context: pl.col("child").is_in(
            children_where(context, "210", episodes(context), _not_known_for_long(context))
        ),
    ),
    rule(
        "210",
        EPISODES,
        "decom",
        across=(HEADER,),
        says="The pupil number is said to be unknown because care began lately (UN4), and that is over a week ago.",
        mend="Write the child's number, or another reason why there is none.",
        fails=_not_known_for_long,
    ),
    rule(
        "393",
        HEADER,
        "mother",
        across=(EPISODES,),
        guide=2025,
        says="The child is female and looked after, and it is not said whether she is a mother.",
        mend="Write 1 if she is, else 0.",
        fails=lambda context: _mother_blank(context) & looked_after(context),
    ),
    rule(
        "442",
        HEADER,
        "upn",
        across=(EPISODES,),
        says="The child is looked after, and the pupil number is blank.",
        mend="Write the number, or the code of why there is none.",
        fails=lambda context: pl.col("upn").is_null() & looked_after(context),
    ),
    rule(
        "607",
        HEADER,
        "mother",
        "sex",
        across=(EPISODES,),
        guide=2025,
        says="The child is female and left care in the year, and it is not said whether she is a mother.",
        mend="Write 1 if she is, else 0.",
        fails=lambda context: (
            _mother_blank(context)
            & pl.col("child").is_in(children_where(context, "607", episodes(context), _left(context)))
        ),
    ),
    rule(
        "607",
        EPISODES,
        "dec",
        "rec",
        "ls",
        across=(HEADER,),
        guide=2025,
        says="The child is female and left care in the year, and it is not said whether she is a mother.",
        mend="Write in the header 1 if she is, else 0.",
        fails=lambda context: _mother_blank(context) & _left(context),
    ),
    rule(
        "625",
        HEADER,
        "mc_dob",
        across=(EPISODES,),
        says="The mother's first child was born after the end of the year, or after she had left care.",
        mend="Check the child's date of birth and the end of the last episode.",
        fails=_child_born_late,
    ),
    rule(
        "625",
        EPISODES,
        "dec",
        across=(HEADER,),
        says="The mother's first child was born after she had left care.",
        mend="Check the child's date of birth and the end of the last episode.",
        fails=_after_leaving,
    ),
    rule(
        "516",
        EPISODES,
        "rec",
        "place",
        says="Care ended by special guardianship of the former foster carers, and no episode of the year is with any.",
        mend="Check the reason for the end, or the placement types.",
        fails=_without_foster,
    ),
    *(_of_leaver(table) for table in OTHER_MODULES),
    _of_leaver(SW, since=2024),
)
