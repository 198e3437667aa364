"""Rules of an episode against the child's other episodes: no gap, no overlap, and what changed is what is said."""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.in_order import first_of, same_as_before
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import (
    ADOPTED,
    FOR_ADOPTION,
    FOSTER,
    TEMPORARY,
    among,
    blank,
    earlier_place,
    held,
    no_code,
    recoded,
    short_break,
)
from goldthread.kernel.rules.ssda903.shared import EPISODES, episodes, episodes_last

GOES_ON = ("L", "P", "T", "B", "U")
"""Reasons for a new episode that say that care went on from an earlier one."""

_OF_PLACEMENT = ("place", "pl_post", "urn", "place_provider")


def _follows() -> pl.Expr:
    """Whether the child has an episode before this one; null where the start or the child is unknown."""
    return pl.col("first_of_child").not_()


def _followed() -> pl.Expr:
    """Whether the child has an episode after this one; null where the start or the child is unknown."""
    return pl.col("last_of_child").not_()


def _place_changed() -> pl.Expr:
    """Whether anything of the placement is another than before; what is blank on either side tells of no change."""
    return pl.any_horizontal((pl.col(name) != pl.col(f"before_{name}")).fill_null(False) for name in _OF_PLACEMENT)


def _place_same() -> pl.Expr:
    """Whether all of the placement is as before, blank where it was blank."""
    return pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"before_{name}")) for name in _OF_PLACEMENT)


def _only_status(_: Context) -> pl.Expr:
    same = (pl.col("ls") == pl.col("before_ls")).fill_null(False)
    return (pl.col("rne") == "L") & _follows() & (same | _place_changed())


def _only_place(_: Context) -> pl.Expr:
    other = (pl.col("ls") != pl.col("before_ls")).fill_null(False)
    return pl.col("rne").is_in(["P", "T"]) & _follows() & (other | _place_same())


def _both(_: Context) -> pl.Expr:
    same = (pl.col("ls") == pl.col("before_ls")).fill_null(False)
    return pl.col("rne").is_in(["B", "U"]) & _follows() & (same | _place_same())


def _continuation(_: Context) -> pl.Expr:
    """X1 without a next episode on the day of the end, or another reason with one."""
    next_day = pl.col("after_decom") == pl.col("dec")
    alone = ~_followed() | ~next_day
    return ((pl.col("rec") == "X1") & alone) | ((pl.col("rec") != "X1") & next_day)


def _first_ever(context: Context) -> pl.Expr:
    # An episode that began before the year may go on from one that ended before it, which no return of this year has.
    return pl.col("first_of_child") & (pl.col("decom") >= context.year_start) & (pl.col("rne") != "S")


def _adopted_before(context: Context) -> pl.LazyFrame:
    """The episodes of a child from an adoption on, where there are more than that one; those of this year alone."""
    adopted = among("rec", *ADOPTED)
    rows = episodes(context).filter(pl.col("child").is_not_null() & pl.col("decom").is_not_null())
    so_far = adopted.cast(pl.Int32).cum_sum() - adopted.cast(pl.Int32)
    after = so_far > first_of(so_far, ~same_as_before("child"))
    found = rows.filter(after | (adopted & _followed())).select(pl.lit(EPISODES).alias("table"), "row")
    if context.last is None or EPISODES not in context.last:
        return found
    then = episodes_last(context).filter(adopted).group_by("child").agg(adopted_on=pl.col("dec").max())
    since = rows.join(then, on="child").filter(pl.col("decom") >= pl.col("adopted_on"))
    return pl.concat([found, since.select(pl.lit(EPISODES).alias("table"), "row")])


def _temporary_first(context: Context) -> pl.Expr:
    """A temporary placement that does not open with P or B.

    The rule is about the start of a period of care, and asks for P or B, with which none starts. An episode that only
    goes on from the same temporary placement, its legal status changed (L), starts nothing and keeps the rule; so does
    one that began before the year with the one before it unknown.
    """
    goes_on = (pl.col("rne") == "L") & (
        (pl.col("earlier_place") == pl.col("place")).fill_null(False)
        | (pl.col("earlier_place").is_null() & (pl.col("decom") < context.year_start)).fill_null(False)
    )
    return pl.col("place").is_in(TEMPORARY) & no_code("rne", ("P", "B")) & goes_on.fill_null(False).not_()


def _unspaced(post: pl.Expr) -> pl.Expr:
    return post.str.replace_all(" ", "", literal=True)


def _around_temporary() -> pl.Expr:
    return among("place", *TEMPORARY) | among("after_place", *TEMPORARY)


def _where_settled(context: Context) -> tuple[pl.Expr, pl.Expr]:
    """Where among the episodes the nearest that is not temporary stands: itself or earlier, and itself or later."""
    settled = pl.when(~among("place", *TEMPORARY)).then(pl.int_range(pl.len(), dtype=pl.UInt32))
    before, after = settled.forward_fill(), settled.backward_fill()
    if "place" not in held(context):
        return before, after
    # Asked a dozen times over, and worked out once.
    known = context.once("903 settled", lambda: episodes(context).select(before.alias("before"), after.alias("after")))
    return pl.lit(known["before"]), pl.lit(known["after"])


def _returns(context: Context) -> pl.Expr:
    """The next placement that is not temporary is another than the one before, or the child is not said to move back.

    Several temporary placements in a row are passed over together. A code that another took the place of is the same.
    """
    before, after = _where_settled(context)
    whose = "period" if "period" in held(context) else "child"

    def back(name: str) -> pl.Expr:
        return pl.col(name).gather(after)

    def forth(name: str) -> pl.Expr:
        return pl.col(name).gather(before)

    # Episodes stand in order, so that the next settled one is the child's own where the period is.
    same_period = (back(whose) == pl.col(whose)) & (forth(whose) == pl.col(whose)) & _follows()
    other = (back("place") != forth("place")) & ~recoded(forth("place"), back("place"))
    post = _unspaced(pl.col("pl_post"))
    elsewhere = post.gather(after) != post.gather(before)
    not_back = back("rne").is_in(["P", "B"]).not_()
    wrong = pl.any_horizontal(each.fill_null(False) for each in (other, elsewhere, not_back))
    return pl.col("place").is_in(TEMPORARY) & same_period & wrong


def _other_need(_: Context) -> pl.Expr:
    """Another need than the first that is given in the period. A period's episodes stand together."""
    given = pl.when(pl.col("cin").is_not_null()).then("cin").backward_fill()
    return pl.col("period").is_not_null() & (pl.col("cin") != first_of(given, pl.col("first_of_period")))


def _reason_lacks(context: Context) -> pl.Expr:
    moved = pl.col("after_rne").is_in(["P", "T", "B", "U"]) & (pl.col("rec") == "X1")
    return moved & ~_around_temporary() & ~short_break(context) & pl.col("reason_place_change").is_null()


def _not_from_foster(_: Context) -> pl.Expr:
    # Current carers are those of A3 and A5; the placement before may be one for adoption, its order granted since.
    before = (*FOSTER, *FOR_ADOPTION)
    return pl.col("place").is_in(["A3", "A5"]) & (pl.col("rne") != "S") & no_code("earlier_place", before)


RULES = (
    rule(
        "142",
        EPISODES,
        "dec",
        "rec",
        says="A later episode of the child has begun, and this one has no end date or no reason for its end.",
        mend="Close the episode with the day on which the next began, and X1 where care went on.",
        fails=lambda context: _followed() & (blank(context, "dec") | pl.col("rec").is_null()),
    ),
    rule(
        "199",
        EPISODES,
        "child",
        says="The child was adopted from care, and has episodes after that.",
        mend="Check the reason for the end; a child who is adopted and comes into care again has a new number.",
        # Every episode from the adoption on is named, for together they break the rule.
        finds=_adopted_before,
    ),
    rule(
        "225",
        EPISODES,
        "reason_place_change",
        says="The child moved on to another placement, and the reason for the change is not given.",
        mend="Write on the episode that ended why the placement changed.",
        fails=_reason_lacks,
    ),
    rule(
        "226",
        EPISODES,
        "reason_place_change",
        "place",
        guide=2026,
        says="A reason for the change of placement is given, and the child only went to a temporary placement or came "
        "from one.",
        mend="Leave the reason blank.",
        fails=lambda _: pl.col("reason_place_change").is_not_null() & _around_temporary(),
    ),
    rule(
        "233",
        EPISODES,
        "reason_place_change",
        guide=2026,
        since=2026,
        says="The episode is open, and a reason for the change of placement is given.",
        mend="Leave the reason blank until the placement ends, or close the episode.",
        fails=lambda context: pl.col("reason_place_change").is_not_null() & blank(context, "dec"),
    ),
    rule(
        "336",
        EPISODES,
        "place",
        over=earlier_place,
        says="The child is placed for adoption with current carers, and the placement just before was with no carer.",
        mend="Check the placement type: A4 or A6 where the child moved to the adopters; or add the foster placement.",
        fails=_not_from_foster,
    ),
    rule(
        "357",
        EPISODES,
        "rne",
        says="It is the child's first episode, and its reason is not that care started.",
        mend="Add the episode that came before it; if there was none, write S.",
        fails=_first_ever,
    ),
    rule(
        "380",
        EPISODES,
        "place",
        "rne",
        over=earlier_place,
        says="A temporary placement opens with another reason than a move: care cannot start with one.",
        mend="Add the placement from which the child went to the temporary one, and write P or B.",
        fails=_temporary_first,
    ),
    rule(
        "383",
        EPISODES,
        "place",
        "rne",
        "pl_post",
        guide=2026,
        says="After the temporary placement the child did not go back to the placement before it.",
        mend="Check the placement type, postcode and reason of the next episode; a real move is not temporary.",
        fails=_returns,
    ),
    rule(
        "388",
        EPISODES,
        "rec",
        says="The reason for the end says that another episode follows at once and none does, or the reverse.",
        mend="Write X1 where the next episode starts on the day of the end, and there alone.",
        fails=_continuation,
    ),
    rule(
        "431",
        EPISODES,
        "rne",
        "decom",
        says="Care is said to start on the day on which the child's episode before ended.",
        mend="Write what changed that day instead of S, and X1 as the end of the episode before.",
        fails=lambda _: (pl.col("rne") == "S") & (pl.col("decom") == pl.col("before_dec")),
    ),
    rule(
        "432",
        EPISODES,
        "rne",
        says="The child left care at the end of the episode before, and this one does not open with the start of care.",
        mend="Write S, or X1 as the end of the episode before where care went on.",
        fails=lambda _: (pl.col("before_rec") != "X1") & (pl.col("rne") != "S"),
    ),
    rule(
        "433",
        EPISODES,
        "rne",
        "decom",
        says="The reason says that care went on, and the episode does not start on the day the one before ended.",
        mend="Check both dates; add an episode that was left out between, or write S where care started anew.",
        fails=lambda _: pl.col("rne").is_in(GOES_ON) & (pl.col("decom") != pl.col("before_dec")),
    ),
    rule(
        "434",
        EPISODES,
        "rne",
        "ls",
        "place",
        "pl_post",
        "urn",
        "place_provider",
        says="The legal status alone is said to have changed; it is as before, or something of the placement is not.",
        mend="Check what changed that day: L is for the status alone, P and T for the placement, B and U for both.",
        fails=_only_status,
    ),
    rule(
        "435",
        EPISODES,
        "ls",
        "place",
        "pl_post",
        "urn",
        "place_provider",
        says="The placement alone is said to have changed; all of it is as before, or the legal status is not.",
        mend="Check what changed that day: P and T are for the placement alone, L for the status, B and U for both.",
        fails=_only_place,
    ),
    rule(
        "436",
        EPISODES,
        "rne",
        "ls",
        "place",
        "pl_post",
        "urn",
        "place_provider",
        says="Status and placement are both said to have changed, and one of them is as before.",
        mend="Check what changed that day: B and U are for both, L for the status alone, P and T for the placement.",
        fails=_both,
    ),
    rule(
        "437",
        EPISODES,
        "rec",
        says="The child died or was found to be an adult at the end of the episode, and has further episodes.",
        mend="Check the reason for the end, or take out the episodes that follow.",
        fails=lambda _: pl.col("rec").is_in(["E2", "E15"]) & _followed(),
    ),
    rule(
        "501",
        EPISODES,
        "decom",
        "dec",
        says="The episode starts before the child's episode before it has ended.",
        mend="Check both dates: an episode ends on the day on which the next starts.",
        fails=lambda _: pl.col("decom") < pl.col("before_dec"),
    ),
    rule(
        "504",
        EPISODES,
        "cin",
        says="The category of need is another than at the start of this period of care.",
        mend="Write the need for which the child came into care, which does not change within one period.",
        fails=_other_need,
    ),
)
