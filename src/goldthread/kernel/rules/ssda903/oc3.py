"""The Department's rules of OC3, care leavers around their birthday, and of mothers, whom it asks about apart.

A row of OC3 "has been completed" where any of its three items is filled.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.return_codes import ACCOMMODATION_903, ACTIVITY_903
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.dates import age
from goldthread.kernel.rules.ssda903.ad1 import ITEMS as AD1_ITEMS
from goldthread.kernel.rules.ssda903.care_leavers import WEEKS_IN_CARE, with_birthday, with_care_in_youth
from goldthread.kernel.rules.ssda903.children import (
    beside_episodes,
    born,
    during_year,
    fact,
    filled,
    lacking,
    looked_after_in_year,
    of_children,
    short_break,
    together,
)
from goldthread.kernel.rules.ssda903.declared import FIRST_YEAR, rule
from goldthread.kernel.rules.ssda903.shared import (
    AD1,
    EPISODES,
    HEADER,
    OC3,
    UASC,
    children_where,
    continuous,
    has_episodes,
)

ITEMS = ("in_touch", "activ", "accom")

IN_TOUCH = ("YES", "NO", "DIED", "REFU", "NREQ", "RHOM")
ACTIVITIES = tuple(code for code in ACTIVITY_903.values() if code not in ("F3", "P3"))
"""F3 and P3 ended with the return of 2018."""

HOMES = tuple(code for code in ACCOMMODATION_903.values() if code not in ("S1", "X1"))
"""No home at all and custody are never suitable: S1 and X1 are not taken."""

GONE = ("DIED", "RHOM")
"""Of whom nothing more is asked: who died, and who went home for six months or more."""

WITH_FORMER_CARERS = ("Z1", "Z2")
FOYER = ("T1", "T2")

_TOUCH, _ACTIV, _ACCOM, _MOTHER = pl.col("in_touch"), pl.col("activ"), pl.col("accom"), pl.col("mother")
_TAKE_OUT = "Leave the care leaver's items blank, or mend the episodes if they are wrong."


def _unlisted(column: str, codes: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).is_in(codes).not_()


_ITEMS = (
    rule(
        "131", OC3, "in_touch",
        says="Whether the authority is in touch is told by a code that is none of the list.",
        mend="Give one of YES, NO, DIED, REFU, NREQ and RHOM.",
        fails=lambda _: _unlisted("in_touch", IN_TOUCH),
    ),
    rule(
        "132", OC3, "activ",
        says="The activity of the care leaver is told by a code that is none of the list.",
        mend="Give a code of the list of the year; 0 where it is not known.",
        fails=lambda _: _unlisted("activ", ACTIVITIES),
    ),
    rule(
        "133", OC3, "accom",
        says="The accommodation of the care leaver is told by a code that is none of the list.",
        mend="Give the letter with 1 for suitable or 2 for unsuitable; S and X take 2 alone; 0 where it is not known.",
        fails=lambda _: _unlisted("accom", HOMES),
    ),
    *together(
        "134",
        (OC3, ITEMS, lambda c: filled(*ITEMS) & of_children(c, AD1, *AD1_ITEMS)),
        (AD1, AD1_ITEMS, lambda c: filled(*AD1_ITEMS) & of_children(c, OC3, *ITEMS)),
        says="The child is told of as a care leaver, and as one adopted.",
        mend="Keep the one that holds, and leave the other blank.",
    ),
    rule(
        "153", OC3, *ITEMS,
        says="Only some of the three items of the care leaver are told.",
        mend="Tell all three, or none.",
        # Of those who died or went home rule 344 wants the other two left blank, so they may be blank here.
        fails=lambda c: filled(*ITEMS) & lacking(c, OC3, *ITEMS) & _TOUCH.is_in(GONE).fill_null(False).not_(),
    ),
    rule(
        "344", OC3, *ITEMS,
        says="The care leaver died or went home, yet an activity or accommodation is told.",
        mend="Leave both blank, or mend whether the authority is in touch.",
        fails=lambda _: _TOUCH.is_in(GONE) & filled("activ", "accom"),
    ),
    rule(
        "345", OC3, *ITEMS,
        says="The authority is in touch with the care leaver, yet the activity or the accommodation is not known.",
        mend="Find out, and give the code; or mend whether the authority is in touch.",
        fails=lambda _: (_TOUCH == "YES") & ((_ACTIV == "0") | (_ACCOM == "0")),
    ),
)  # fmt: skip

_AGES = (
    rule(
        "347", OC3, "accom", "dob", over=born(OC3), guide=2024, since=2024,
        says="The care leaver was not yet 18 on 31 March, and is told to live in a foyer.",
        mend="Check where the young person lives, and the date of birth.",
        # The reference's tool asks for a bare T, which is no code: the codes of a foyer are T1 and T2.
        fails=lambda c: (age(c.year_end) < 18) & _ACCOM.is_in(FOYER),
    ),
    rule(
        "348", OC3, "in_touch", last=(OC3,), guide=2026, since=2026,
        says="The care leaver was told to have died in last year's return.",
        mend="Take the row out, or have last year's return put right.",
        fails=lambda c: pl.col("child").is_in(_died_before(c)) & filled(*ITEMS),
    ),
    rule(
        "391", OC3, "dob", *ITEMS, over=born(OC3),
        says="At no time in the year was the young person from 17 to 21 years old.",
        mend="Mend the date of birth, or take the row out.",
        # Who turned 22 in the year had been 21 in it, unless the birthday was on 1 April.
        fails=lambda c: ((age(c.year_end) < 17) | (age(c.year_start) > 21)) & filled(*ITEMS),
    ),
    rule(
        "3001", OC3, "accom", "dob", over=born(OC3),
        says="The young person turned 17 in the year, and is told to live with former foster carers.",
        mend="Check the accommodation: with foster carers at 17 is a placement, and staying put begins at 18.",
        fails=lambda c: (age(c.year_end) == 17) & _ACCOM.is_in(WITH_FORMER_CARERS),
    ),
)  # fmt: skip


def _died_before(context: Context) -> pl.Series:
    return children_where(context, "dead last year", context.table_last_year(OC3), _TOUCH == "DIED")


def _died_in_care(context: Context) -> pl.Expr:
    """Of last year's episodes too where they are there: the rule can be asked without them."""
    died = pl.col("rec") == "E2"
    now = pl.col("child").is_in(children_where(context, "died in care", context.table(EPISODES), died))
    if context.last is None or EPISODES not in context.last:
        return now
    before = children_where(context, "died in care before", context.table_last_year(EPISODES), died)
    return now | pl.col("child").is_in(before)


def _in_last_year(context: Context) -> pl.Expr:
    rows = context.table_last_year(EPISODES)
    return pl.col("child").is_in(children_where(context, "with episodes last year", rows, pl.lit(True)))


def _open_last_year(context: Context) -> pl.Expr:
    """Whether the last of the episodes that the care leaver had last year had no end."""
    name = "903 children open last year"
    known = context.table_last_year(EPISODES).filter(
        pl.col("child").is_in(context.held(OC3, "child")), pl.col("decom").is_not_null()
    )

    def still_open() -> pl.LazyFrame:
        latest = known.sort("decom", "dec", nulls_last=True).group_by("child").agg(pl.col("dec", "row").last())
        unread = context.not_understood_last(EPISODES, "dec")
        return latest.filter(pl.col("dec").is_null() & ~unread).select(pl.col("child").implode())

    return pl.col("child").is_in(context.once(name, still_open)["child"])


_CARE = (
    rule(
        "187", OC3, *ITEMS, across=(EPISODES,),
        says="The child was looked after for the whole year, and is told of as a care leaver.",
        mend=_TAKE_OUT,
        fails=lambda c: continuous(c) & filled(*ITEMS),
    ),
    rule(
        "187", AD1, *AD1_ITEMS, across=(EPISODES,),
        says="The child was looked after for the whole year, and is told of as one adopted in it.",
        mend="Leave the items of adoption blank, or mend the episodes if they are wrong.",
        fails=lambda c: continuous(c) & filled(*AD1_ITEMS),
    ),
    rule(
        "1000", OC3, *ITEMS, across=(EPISODES,),
        says="An episode says that the child died in care, and the child is told of as a care leaver.",
        mend=_TAKE_OUT,
        fails=lambda c: filled(*ITEMS) & _died_in_care(c),
    ),
    rule(
        "1001", OC3, *ITEMS, "dob", across=(EPISODES,), last=(EPISODES,), over=with_care_in_youth,
        severity=Severity.QUERY,
        says=f"By the episodes of two years the child had under {WEEKS_IN_CARE} weeks of care since 14, or none at 16.",
        mend="Check care before last year; without it the young person is no care leaver of the return.",
        # Of a child without any episode rule 1002 tells.
        fails=lambda _: filled(*ITEMS)
        & ((pl.col("days_since_14") < 7 * WEEKS_IN_CARE) | pl.col("cared_for_at_16").not_()),
    ),
    rule(
        "1002", OC3, *ITEMS, across=(EPISODES,), last=(EPISODES,), severity=Severity.QUERY,
        says="The child is told of as a care leaver, and has no episode in this year's return or in last year's.",
        mend="Check care before last year; without any the young person is no care leaver of the return.",
        fails=lambda c: filled(*ITEMS) & has_episodes(c).not_() & _in_last_year(c).not_(),
    ),
    rule(
        "1007", OC3, *ITEMS, "dob", across=(EPISODES,), over=with_birthday,
        says="The child was still looked after on the seventeenth or eighteenth birthday in the year.",
        mend=_TAKE_OUT,
        fails=lambda _: filled(*ITEMS) & pl.col("cared_for_on_birthday"),
    ),
    rule(
        "1010", OC3, *ITEMS, across=(EPISODES,), last=(EPISODES,),
        says="An episode was open at the end of last year, and this year the child has none, but is a care leaver.",
        mend="Add the episode with the day on which it ended, or mend last year's return.",
        fails=lambda c: filled(*ITEMS) & has_episodes(c).not_() & _open_last_year(c),
    ),
    rule(
        "1011", OC3, *ITEMS, across=(EPISODES,), over=beside_episodes(OC3),
        says="The child's last episode ended because another authority took over the care.",
        mend="Leave the care leaver's items blank: the other authority tells of the young person.",
        fails=lambda c: filled(*ITEMS) & (fact(c, "last_rec") == "E3"),
    ),
    rule(
        "1016", OC3, *ITEMS, "dob", across=(EPISODES,), over=with_birthday, guide=2024, since=2024,
        says="The child left care in the year, after turning 17 or 18 in it.",
        mend=_TAKE_OUT,
        fails=lambda _: filled(*ITEMS) & pl.col("left_after_birthday"),
    ),
    *together(
        "1014",
        (OC3, ITEMS, lambda c: filled(*ITEMS) & of_children(c, UASC, "duc") & looked_after_in_year(c).not_()),
        (UASC, ("duc",), lambda c: pl.col("duc").is_not_null() & of_children(c, OC3, *ITEMS)
            & looked_after_in_year(c).not_()),
        across=(EPISODES,),
        says="The end of the status of UASC is told of a care leaver who was not looked after in the year.",
        mend="Take the row of UASC out.",
    ),
)  # fmt: skip


def _mother_wanting(context: Context) -> pl.Expr:
    """Whether the child was looked after in the year other than in short breaks, which rule 399 leaves out."""
    name = "looked after in the year but for short breaks"
    rows = context.table(EPISODES)
    return pl.col("child").is_in(children_where(context, name, rows, during_year(context) & ~short_break()))


def _mother(male: str, female: str, **years: int) -> Rule:
    """The rule of the mother's flag, by how the years write sex: the reference's tool stayed with 1 and 2."""
    sex = pl.col("sex")
    return rule(
        "165", HEADER, "mother", "sex", across=(EPISODES,), **years,
        says="Whether the child is a mother is told by no code, told of a male, or not told of a female in care.",
        mend="Write 1 for a mother and 0 for a girl who is none; leave it blank for a boy.",
        fails=lambda c: _MOTHER.is_in(("0", "1")).not_().fill_null(False)
        | ((sex == male) & _MOTHER.is_not_null()).fill_null(False)
        | ((sex == female) & _MOTHER.is_null() & _mother_wanting(c)).fill_null(False),
    )  # fmt: skip


_MOTHERS = (
    _mother("1", "2", since=FIRST_YEAR, until=2024, guide=2023),
    _mother("M", "F", since=2025, guide=2025),
    rule(
        "628", HEADER, "mother", across=(OC3, EPISODES),
        says="Motherhood is told of a care leaver who was not looked after in the year.",
        mend="Leave it blank.",
        fails=lambda c: _MOTHER.is_not_null() & of_children(c, OC3, *ITEMS) & looked_after_in_year(c).not_(),
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_ITEMS, *_AGES, *_CARE, *_MOTHERS)
