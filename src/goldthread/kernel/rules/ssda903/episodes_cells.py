"""Rules of single cells of Episodes: dates that are none, codes that no list has, dates beyond what can be."""

from datetime import date

import polars as pl

from goldthread.kernel import codes, return_codes
from goldthread.kernel.context import Context
from goldthread.kernel.rule import Severity
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import (
    TEMPORARY,
    among,
    blank,
    no_code,
    placements,
    without_provider,
)
from goldthread.kernel.rules.ssda903.shared import EPISODES

FIRST_DAY = date(1991, 10, 14)
"""The day on which the Children Act 1989 came into force."""

PLACEMENT_ORDERS = date(2005, 12, 1)
"""From when there were placement orders: December 2005."""

CARER_SAME = date(2015, 4, 1)
"""From when the return has reasons for a new episode with the same carer."""

CEASED = tuple(code for code in return_codes.CEASED_903.values() if code not in ("E43", "E44"))
"""The reasons for an episode's end since 2018-19, when E45 to E48 took the place of E43 and E44."""


def _provider(context: Context) -> pl.Expr:
    """The code is none of the list, or there is a code where the placement takes none."""
    needless = among("place", *without_provider(context.collection_year))
    return no_code("place_provider", codes.PROVIDER.values()) | (pl.col("place_provider").is_not_null() & needless)


RULES = (
    rule(
        "141",
        EPISODES,
        "decom",
        says="The start of the episode is written as something that is no date.",
        mend="Write a day that exists, as day, month and year: 31/03/2026.",
        # A blank start is not told here, as no blank is by a rule about what is written.
        fails=lambda context: context.not_understood(EPISODES, "decom"),
    ),
    rule(
        "143",
        EPISODES,
        "rne",
        says="The reason for the new episode is none of the codes S, L, P, T, B and U.",
        mend="Write the code that says what changed when the episode began.",
        fails=lambda _: no_code("rne", return_codes.NEW_EPISODE.values()),
    ),
    rule(
        "144",
        EPISODES,
        "ls",
        says="The legal status is none of the return's codes.",
        mend="Write the code of the legal status under which the child was looked after.",
        fails=lambda _: no_code("ls", codes.LEGAL_STATUS.values()),
    ),
    rule(
        "145",
        EPISODES,
        "cin",
        says="The category of need is none of N1 to N8.",
        mend="Write the main need for which the child came into care.",
        fails=lambda _: no_code("cin", codes.NEED_IN_CARE.values()),
    ),
    rule(
        "146",
        EPISODES,
        "place",
        guide=2026,
        says="The placement type is none of the codes of this collection year.",
        mend="Write the code of this year's list: some codes ended and others took their place.",
        fails=lambda context: no_code("place", placements(context.collection_year)),
    ),
    rule(
        "147",
        EPISODES,
        "dec",
        says="The end of the episode is written as something that is no date.",
        mend="Write a day that exists, as day, month and year; leave it blank while the episode is open.",
        fails=lambda context: context.not_understood(EPISODES, "dec"),
    ),
    rule(
        "148",
        EPISODES,
        "dec",
        "rec",
        says="The episode has an end date without a reason for its end, or a reason without a date.",
        mend="Fill in the one that is missing, or take out both where the episode is open.",
        fails=lambda context: blank(context, "dec") != pl.col("rec").is_null(),
    ),
    rule(
        "149",
        EPISODES,
        "rec",
        says="The reason for the end of the episode is none of the return's codes.",
        mend="Write the code of why the episode ended, X1 where another follows at once.",
        fails=lambda _: no_code("rec", CEASED),
    ),
    rule(
        "178",
        EPISODES,
        "place_provider",
        guide=2026,
        says="The placement's provider is no code of the list, or is given for a placement that takes none.",
        mend="Write one of PR0 to PR5, and leave it blank for temporary and other placements.",
        fails=_provider,
    ),
    rule(
        "213",
        EPISODES,
        "place_provider",
        guide=2026,
        says="A provider is given for a temporary or other placement, of which none is asked.",
        mend="Leave the provider blank.",
        fails=lambda context: (
            pl.col("place_provider").is_not_null() & among("place", *without_provider(context.collection_year))
        ),
    ),
    rule(
        "1009",
        EPISODES,
        "reason_place_change",
        says="The reason for the change of placement is none of the return's codes.",
        mend="Write the code of why the placement ended.",
        fails=lambda _: no_code("reason_place_change", return_codes.PLACEMENT_CHANGE.values()),
    ),
    rule(
        "353",
        EPISODES,
        "decom",
        says="The episode starts before 14 October 1991.",
        mend="Check the start: no episode of the return can be older than the Children Act 1989.",
        fails=lambda _: pl.col("decom") < FIRST_DAY,
    ),
    rule(
        "354",
        EPISODES,
        "decom",
        says="The episode starts after the end of the collection year.",
        mend="Check the start; leave out what began after 31 March.",
        # The official text speaks of the end of the episode, which is 385's; this is the rule of its start.
        fails=lambda context: pl.col("decom") > context.year_end,
    ),
    rule(
        "355",
        EPISODES,
        "decom",
        "dec",
        severity=Severity.QUERY,
        says="The episode ends on the day on which it starts.",
        mend="Check both dates; join it with its neighbour where it was no episode of its own.",
        fails=lambda _: pl.col("decom") == pl.col("dec"),
    ),
    rule(
        "356",
        EPISODES,
        "decom",
        says="The episode ends before it starts.",
        mend="Check both dates: day and month may have changed places.",
        fails=lambda _: pl.col("dec") < pl.col("decom"),
    ),
    rule(
        "385",
        EPISODES,
        "dec",
        says="The episode ends after the end of the collection year.",
        mend="Check the end; an episode that went on beyond 31 March is open in this return.",
        fails=lambda context: pl.col("dec") > context.year_end,
    ),
    rule(
        "446",
        EPISODES,
        "ls",
        "decom",
        says="The episode has a placement order (E1) and starts before December 2005, when there were none.",
        mend="Check the start and the legal status.",
        fails=lambda _: (pl.col("ls") == "E1") & (pl.col("decom") < PLACEMENT_ORDERS),
    ),
    rule(
        "217",
        EPISODES,
        "place",
        "decom",
        "rne",
        says="The child is placed for adoption with the current carers, and the reason for the new episode says that "
        "the carers changed, or that nothing of the placement did.",
        mend="Write S, T or U; or A4 or A6 where the child moved to other people.",
        # The rule looks at the start because T and U, by which it can be kept, came in with 2015-16.
        fails=lambda _: (
            pl.col("place").is_in(["A3", "A5"]) & (pl.col("decom") >= CARER_SAME) & no_code("rne", ("S", "T", "U"))
        ),
    ),
    rule(
        "378",
        EPISODES,
        "place",
        "ls",
        says="The child is placed with parents and accommodated under section 20.",
        mend="Check the legal status: a child who lives with parents is looked after by an order, or not at all.",
        fails=lambda _: (pl.col("place") == "P1") & (pl.col("ls") == "V2"),
    ),
    rule(
        "382",
        EPISODES,
        "ls",
        "place",
        says="An episode of short breaks has a temporary placement.",
        mend="Write where the child has the short breaks.",
        fails=lambda _: pl.col("ls").is_in(["V3", "V4"]) & pl.col("place").is_in(TEMPORARY),
    ),
    rule(
        "384",
        EPISODES,
        "place",
        "ls",
        says="An episode of short breaks has a long-term foster placement.",
        mend="Check the placement type and the legal status.",
        fails=lambda _: pl.col("ls").is_in(["V3", "V4"]) & pl.col("place").is_in(["U1", "U4"]),
    ),
    rule(
        "408",
        EPISODES,
        "place",
        "ls",
        says="The child is placed for adoption with a placement order, and the legal status is another.",
        mend="Write the legal status E1, or A3 or A4 where the parents consented.",
        fails=lambda _: pl.col("place").is_in(["A5", "A6"]) & (pl.col("ls") != "E1"),
    ),
    rule(
        "381",
        EPISODES,
        "place",
        "rec",
        says="Care ended while the child was in a temporary placement.",
        mend="Close the temporary episode with X1 and add the last one, in which care ended.",
        fails=lambda _: pl.col("place").is_in(TEMPORARY) & (pl.col("rec") != "X1"),
    ),
    rule(
        "390",
        EPISODES,
        "place",
        "rec",
        says="The child left care by adoption from a placement that is none for adoption.",
        mend="Add the episode of the placement for adoption, or check the reason for the end.",
        fails=lambda _: pl.col("rec").is_in(["E11", "E12"]) & no_code("place", ("A3", "A4", "A5", "A6")),
    ),
)
