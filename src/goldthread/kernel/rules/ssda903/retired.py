"""Rules of the Department's that ended with the return of 2023-24, for the returns up to then.

Placements in independent living (P2) went out with registered supported accommodation, and freeing orders (D1), which
could not be applied for after 30 December 2005, went from the list of legal statuses. What the codes of
`WITHOUT_WORDS` asked is in no source that we have: they are not declared, and who asks for one by name is told so.
"""

from datetime import date

import polars as pl

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.dates import age
from goldthread.kernel.rules.ssda903.children import blank, lacking
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.placed_adoption import decided_late, undecided
from goldthread.kernel.rules.ssda903.shared import EPISODES, SW

WITHOUT_WORDS = (
    "217t", "230", "SW03STG1", "SW11aSTG2", "SW14STG2", "SW15STG2", "SW16aSTG2", "SW16bSTG2", "SW16cSTG2",
)  # fmt: skip
"""Codes that ended with 2023-24, and of which only the code is known."""

LAST = 2024
"""The last collection year of these rules."""

INDEPENDENT_FROM = 15
"""The age from which a child may live independently."""

LAST_FREED = date(2005, 12, 31)
"""The end of the month in which freeing orders ended."""

_FREED = pl.col("ls") == "D1"

RULES: tuple[Rule, ...] = (
    rule(
        "370", EPISODES, "decom", "place", across=("cla_header",), until=LAST,
        says=f"The child is placed in independent living (P2) under the age of {INDEPENDENT_FROM}.",
        mend="Check the placement, and the date of birth.",
        fails=lambda _: (pl.col("place") == "P2") & (age("decom") < INDEPENDENT_FROM),
    ),
    rule(
        "445", EPISODES, "ls", "decom", until=LAST,
        says="An episode that began after December 2005 has the legal status of a freeing order (D1).",
        mend="Give the legal status of the day; a placement order is E1.",
        fails=lambda _: _FREED & (pl.col("decom") > LAST_FREED),
    ),
    rule(
        "451", EPISODES, "ls", "dec", until=LAST,
        says="The child is still freed for adoption (D1), though there have been no such orders since December 2005.",
        mend="Close the episode, or give the legal status of the day.",
        fails=lambda c: _FREED & blank(c, EPISODES, "dec"),
    ),
    *undecided(
        "555", "A freeing order was made, and no day of a decision to place the child is told.",
        "ls", _FREED, "freed", until=LAST,
    ),
    *decided_late(
        "556", "It was decided to place the child for adoption after the freeing order was made.",
        _FREED, "freed_from", "ls", until=LAST,
    ),
    rule(
        "SW01STG1", SW, "sw_id", "sw_decom", "sw_reason", guide=LAST, since=LAST, until=LAST,
        says="The number, the start or the reason of the social worker's episode is blank.",
        mend="Fill all three.",
        # Taken from its two successors of 2024-25, a and b, which ask for the same three under the same words.
        fails=lambda c: lacking(c, SW, "sw_id", "sw_decom", "sw_reason"),
    ),
)  # fmt: skip
