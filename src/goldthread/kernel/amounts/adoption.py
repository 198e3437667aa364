"""How long a child waits for an adoptive family, on average: the days of the adoption scorecards."""

from collections.abc import Callable, Mapping

import polars as pl

from goldthread.kernel.amount import Amount, How
from goldthread.kernel.context import Context
from goldthread.kernel.measure import Better

ADOPTED = "children adopted in the three years up to the as-at date"
THREE_YEARS = (
    "The scorecards average three years: what is handed in seldom goes back that far, and gives fewer children."
)
NOT_KNOWN = "A child whose days are blank or the wrong way round is counted as not known."

Days = Mapping[str, str]
"""The name that a list or a view gives each day."""

_LIST: Days = {
    "entered": "entered_care_on", "moved_in": "placed_on", "fostered": "early_placement_on", "finished": "adopted_on",
    "ordered": "placement_order_on", "matched": "matched_on", "decided": "decided_on",
}  # fmt: skip
_VIEW: Days = {
    "entered": "entered_on", "moved_in": "moved_in_on", "fostered": "fostered_on", "finished": "finished_on",
    "ordered": "ordered_on", "matched": "matched_on", "decided": "decided_on",
}  # fmt: skip


def _between(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """The days from one to the other; null where they are the wrong way round."""
    return pl.when(first <= second).then((second - first).dt.total_days())


def _adopted(days: Days) -> Callable[[Context], pl.Expr]:
    finished = pl.col(days["finished"])
    return lambda context: (finished > context.before(36)) & (finished <= context.day)


def _to_match(days: Days) -> pl.Expr:
    """Days from the placement order to the match; none where the child was matched before it."""
    ordered, matched = pl.col(days["ordered"]), pl.col(days["matched"])
    return pl.when(matched.is_not_null()).then(pl.max_horizontal((matched - ordered).dt.total_days(), pl.lit(0)))


def _amount(
    code: str, title: str, of: str, table: str, days: Days, used: tuple[str, ...], value: pl.Expr, *,
    asks: str = "How long do children wait for an adoptive family?", ordered: bool = False, source: str,
    cautions: tuple[str, ...] = (),
) -> Amount:  # fmt: skip
    adopted = _adopted(days)
    with_order = pl.col(days["ordered"]).is_not_null() if ordered else pl.lit(True)
    return Amount(
        code=code,
        title=title,
        asks=asks,
        of=of,
        over=f"{ADOPTED}{', with a placement order' if ordered else ''}",
        how=How.AVERAGE,
        unit="days",
        better=Better.LOW,
        table=table,
        fields=tuple(days[name] for name in used),
        happens_on=days["finished"],
        cohort=lambda context: adopted(context) & with_order,
        value=lambda _: value,
        source=source,
        settled=True,
        cautions=(*cautions, THREE_YEARS, NOT_KNOWN),
    )


def _all(table: str, days: Days, stopped: pl.Expr, *more: str) -> tuple[Amount, ...]:
    entered, moved_in = pl.col(days["entered"]), pl.col(days["moved_in"])
    return (
        _amount(
            "AD-02", "From coming into care to moving in with adopters", "days from coming into care to moving in",
            table, days, ("entered", "moved_in", "finished"), _between(entered, moved_in),
            source="Adoption scorecard A1",
            cautions=("The quarterly returns use AD-03 in its place from 2021/22.",),
        ),
        _amount(
            "AD-03", "The same, stopped when foster carers who adopt took the child in",
            "days from coming into care to moving in with those who adopt, as foster carers or as adopters",
            table, {**days, **{name: name for name in more}}, ("entered", "moved_in", "fostered", "finished", *more),
            _between(entered, stopped), source="Adoption scorecard A10",
        ),
        _amount(
            "AD-04", "From the placement order to the match", "days from the placement order to the match",
            table, days, ("ordered", "matched", "finished"), _to_match(days), ordered=True,
            source="Adoption scorecard A2, by the LG Inform definition",
            cautions=("A child matched before the order waited no days.",),
        ),
        _amount(
            "AD-07", "From the decision to the match", "days from the decision for adoption to the match",
            table, days, ("decided", "matched", "finished"), _between(pl.col(days["decided"]), pl.col(days["matched"])),
            source="DfE, Children looked after, which tells it in months",
        ),
    )  # fmt: skip


_STOPPED = pl.coalesce(pl.col(_VIEW["fostered"]), pl.when(pl.col("by_carer").fill_null("N") != "Y").then("moved_in_on"))

OF_LISTS: tuple[Amount, ...] = _all("adoptions", _LIST, pl.coalesce(_LIST["fostered"], _LIST["moved_in"]))
OF_RECORD: tuple[Amount, ...] = _all("adoption_paths", _VIEW, _STOPPED, "by_carer")
