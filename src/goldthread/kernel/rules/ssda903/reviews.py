"""The Department's rules of the file Reviews."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.return_codes import REVIEW
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.dates import birthday
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import EPISODES, HEADER, REVIEWS, SHORT_BREAKS, children_where
from goldthread.kernel.rules.ssda903.words import given

_TOO_YOUNG = "PN0"
_TAKING_PART = tuple(code for code in REVIEW.values() if code != _TOO_YOUNG)
_OLD_ENOUGH = 4


def _on_short_breaks(context: Context) -> pl.Expr:
    """Whether the row's child has any episode of short breaks in the year."""
    rows = context.table(EPISODES)
    return pl.col("child").is_in(children_where(context, "short breaks", rows, pl.col("ls").is_in(SHORT_BREAKS)))


def _short_break(context: Context) -> pl.Expr:
    filled = context.table(HEADER).filter(given("mother")).select("child")
    reviewed = context.table(REVIEWS).filter(given("review", "review_code")).select("child")
    told = context.once(
        "903 mother or reviewed", lambda: pl.concat([filled, reviewed]).select(pl.col("child").unique().implode())
    )
    return pl.col("ls").is_in(SHORT_BREAKS) & pl.col("child").is_in(told["child"])


_SAYS = "The child has short breaks (V3, V4), and whether she is a mother or a review is filled."
_MEND = (
    "Take those out, or mend the legal status. Of a girl who was looked after otherwise as well rule 393 asks whether "
    "she is a mother: leave it, and tell the Department."
)

RULES: tuple[Rule, ...] = (
    rule(
        "166", REVIEWS, "review", fails=lambda _: pl.col("review").is_null(),
        says="The day of the review is blank, or is no date.", mend="Write the day as dd/mm/yyyy.",
    ),
    rule(
        "167", REVIEWS, "review_code",
        fails=lambda _: pl.col("review_code").is_in(REVIEW.values()).fill_null(False).not_(),
        says="How the child took part is blank, or none of the codes.", mend="Write one of PN0 to PN7.",
    ),
    rule(
        "399", HEADER, "mother", across=(EPISODES, REVIEWS), over=None,
        fails=lambda context: _on_short_breaks(context) & given("mother"), says=_SAYS, mend=_MEND,
    ),
    rule(
        "399", REVIEWS, "review", "review_code", across=(EPISODES, HEADER),
        fails=lambda context: _on_short_breaks(context) & given("review", "review_code"), says=_SAYS, mend=_MEND,
    ),
    rule(
        "399", EPISODES, "ls", across=(HEADER, REVIEWS), over=None, fails=_short_break, says=_SAYS, mend=_MEND,
    ),
    rule(
        "440", REVIEWS, "dob", "review", "review_code",
        fails=lambda _: (pl.col("review_code") == _TOO_YOUNG) & (birthday(_OLD_ENOUGH) <= pl.col("review")),
        says="The code is for a child under four, and the child was four or more on the day of the review.",
        mend="Write how the child took part, or mend the birth date or the day of the review.",
    ),
    rule(
        "441", REVIEWS, "dob", "review", "review_code",
        fails=lambda _: pl.col("review_code").is_in(_TAKING_PART) & (birthday(_OLD_ENOUGH) > pl.col("review")),
        says="The code is for a child of four or more, and the child was under four on the day of the review.",
        mend="Write PN0, or mend the birth date or the day of the review.",
    ),
)  # fmt: skip
