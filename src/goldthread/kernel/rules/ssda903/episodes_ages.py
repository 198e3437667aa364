"""Rules of how old the child was: when care or an episode began, and when it ended."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.dates import birthday
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import ADOPTED, GUARDIANSHIP, OwnTest, end, of_both
from goldthread.kernel.rules.ssda903.shared import EPISODES, HEADER

ADULT = 18
_MEND = "Check the date of birth, the dates of the episode and its codes."


def _too_young(code: str, place: str, years: int, says: str, **more: int) -> Rule:
    """No child is placed so before that birthday; the start of the episode counts."""
    return rule(
        code,
        EPISODES,
        "decom",
        "place",
        across=(HEADER,),
        says=says,
        mend="Check the date of birth, the start of the episode and the placement type.",
        fails=lambda _: (pl.col("place") == place) & (pl.col("decom") < birthday(years)),
        **more,
    )


def _left(code: str, reasons: tuple[str, ...], says: str, fails: OwnTest) -> Rule:
    """No child leaves care for such a reason at that age; the day of the end counts."""
    return rule(
        code,
        EPISODES,
        "rec",
        across=(HEADER,),
        says=says,
        mend=_MEND,
        fails=lambda context: pl.col("rec").is_in(reasons) & fails(context),
    )


def _before(years: int) -> OwnTest:
    return lambda _: pl.col("dec") < birthday(years)


def _from(years: int) -> OwnTest:
    return lambda _: pl.col("dec") >= birthday(years)


def _adult_in_care(context: Context) -> pl.Expr:
    """After the 18th birthday, and not on it, the child is in care otherwise than by section 20 in a children's home.

    An episode that is open lasts to 31 March.
    """
    return (end(context) > birthday(ADULT)) & ((pl.col("ls") != "V2") | (pl.col("place") != "K2"))


RULES = (
    *of_both(
        "302",
        ("decom",),
        ("dob",),
        says="The child's first episode starts before the child was born.",
        mend="Check the date of birth and the start of the episode.",
        fails=lambda _: pl.col("first_of_child") & (pl.col("decom") < pl.col("dob")),
    ),
    rule(
        "352",
        EPISODES,
        "decom",
        "rne",
        across=(HEADER,),
        says="Care started on or after the child's 18th birthday.",
        mend="Check the date of birth and the start of the episode.",
        fails=lambda _: (pl.col("rne") == "S") & (pl.col("decom") >= birthday(ADULT)),
    ),
    *of_both(
        "358",
        ("decom", "ls"),
        ("dob",),
        says="A child under ten has a legal status of youth justice.",
        mend="Check the date of birth, the start of the episode and the legal status.",
        fails=lambda _: pl.col("ls").is_in(["J1", "J2", "J3"]) & (pl.col("decom") < birthday(10)),
    ),
    rule(
        "359",
        EPISODES,
        "dec",
        "ls",
        "place",
        across=(HEADER,),
        says="The child is looked after past the 18th birthday, and not by section 20 in a children's home.",
        mend="Close the episode by the 18th birthday, or check the date of birth, legal status and placement.",
        fails=_adult_in_care,
    ),
    _too_young(
        "371",
        "H5",
        14,
        "A child under 14 is placed in semi-independent living.",
        # Until 2023-24 the rule was of H5, which K3 has taken the place of since; the age is from memory of that guide.
        until=2024,
    ),
    _too_young(
        "371",
        "K3",
        16,
        "A child under 16 is placed in supported accommodation.",
        guide=2025,
        since=2025,
    ),
    _too_young("372", "R5", 10, "A child under ten is placed in youth custody or prison."),
    _too_young("373", "S1", 4, "A child under four is placed in a residential school."),
    _too_young("374", "P3", 14, "A child under 14 is placed in residential employment."),
    *of_both(
        "234",
        ("reason_place_change",),
        ("dob",),
        guide=2026,
        since=2026,
        says="The placement of a child under ten is said to have changed because of custody.",
        mend="Check the date of birth and the reason for the change of placement.",
        # The reason stands on the episode that ended, so that the age on the day of its end counts.
        fails=lambda context: (pl.col("reason_place_change") == "CUSTOD") & (end(context) < birthday(10)),
    ),
    _left("386", ADOPTED, "The child left care by adoption, and was 18 by then.", _from(ADULT)),
    _left("387", ("E5", "E6"), "A child under 14 left care to live independently.", _before(14)),
    _left("389", ("E7",), "A child under 16 went over to the care of adult social services.", _before(16)),
    *of_both(
        "407",
        ("dec", "rec"),
        ("dob",),
        says="Care ended by special guardianship, and the child was 18 by then.",
        mend=_MEND,
        fails=lambda _: pl.col("rec").is_in(GUARDIANSHIP) & (pl.col("dec") >= birthday(ADULT)),
    ),
    rule(
        "460",
        EPISODES,
        "dec",
        "rec",
        across=(HEADER,),
        says="The child is said to have stayed with the carers on coming of age, and was not 18 yet.",
        mend=_MEND,
        fails=lambda _: (pl.col("rec") == "E17") & (pl.col("dec") < birthday(ADULT)),
    ),
)
