"""The record month by month, from one hand-in of any form: what happened in each month, and what stood at its end.

A return holds a year with the day of everything in it, so a year's return is twelve months. Only whole months are told
that the record is whole for; where the answer looks further back, so must the record. What stood at the end of a month
is told only of what has a beginning and an end in the record: whatever a form holds as it is now only, such as a last
visit or a category, is not known of an earlier month.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from goldthread.domain.calendar import add_months
from goldthread.kernel.amount import Amount, How, rows_of
from goldthread.kernel.amounts import RECORD_AMOUNTS
from goldthread.kernel.context import Context
from goldthread.kernel.measure import Measure, State, states
from goldthread.kernel.monthly import whole_months

YEAR = 12

HAPPENS_ON: Mapping[str, str] = {
    "FD-02": "contacted_on",
    "FD-05": "referred_on",
    "FD-06": "referred_on",
    "AS-01": "authorised_on",
    "AS-02": "authorised_on",
    "AS-05": "authorised_on",
    "CP-02": "conference_on",
    "CP-03": "strategy_on",
    "CP-04": "conference_on",
    "CP-05": "strategy_on",
    "CP-08": "started_on",
    "CP-09": "started_on",
    "CP-11": "ended_on",
    "CLA-15": "reviewed_on",
    "CLA-20": "started_on",
    "CLA-21": "ceased_on",
    "AD-01": "ceased_on",
    "MI-02": "returned_on",
    "MI-03": "returned_on",
    "AD-08": "adopted_on",
    "AD-10": "decided_on",
}
"""The measures of the record that count what happens, by the day of their view on which it does."""

FOLLOWS: frozenset[str] = frozenset({"EH-01", "EH-02", "EH-03", "EH-04", "EH-05", "EH-06"})
"""The measures that follow people for months after something ended: they belong to no month."""

STOOD: frozenset[str] = frozenset(
    {"CLA-01", "CLA-03", "CLA-09", "CLA-10", "CLA-11", "CLA-12", "CLA-13", "CN-01", "CP-06", "CP-10", "FO-02"}
)
"""What stands on a day and rests on beginnings and ends alone, so that a record tells of earlier days too."""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One month: of a share how many of how many; of an amount how many, and of a median or average its value.

    `denominator` is null of an amount.
    """

    period: str
    numerator: int
    denominator: int | None = None
    value: float | None = None


Series = Mapping[str, tuple[MonthCount, ...]]
"""By code, the months in order of time."""

Remake = Callable[[Sequence[str], Context], Mapping[str, pl.DataFrame]]
"""Makes some views of the record anew for another day."""


def months_known(context: Context, known_from: date | None, looks_back: int = 0) -> list[str]:
    """The whole months of the last year that the record is whole for, and for as long before as the answer needs."""
    further = max(0, looks_back - YEAR)
    return [
        month
        for month in whole_months(context.as_at, YEAR)
        if known_from is None or add_months(date.fromisoformat(f"{month}-01"), -further) >= known_from
    ]


def happened(
    measures: Iterable[Measure], rows: Mapping[str, pl.DataFrame], views: Mapping[str, pl.DataFrame], context: Context,
    known_from: date | None,
) -> dict[str, tuple[MonthCount, ...]]:  # fmt: skip
    """The measures of what happens, by the month in which it did. `rows` are those of each cohort, with their state."""
    told = {}
    for measure in measures:
        months = months_known(context, known_from, measure.looks_back)
        if measure.code in HAPPENS_ON and months:
            day = views[measure.table].select("row", _month(HAPPENS_ON[measure.code]))
            counted: dict[str, dict[str, int]] = {month: {} for month in months}
            found = rows[measure.code].join(day, on="row").group_by("month", "state").len()
            for month, state, number in found.iter_rows():
                if month in counted:
                    counted[month][State(state)] = number
            told[measure.code] = tuple(_share(measure, month, held) for month, held in counted.items())
    return told


def happened_amounts(
    amounts: Iterable[Amount], frames: Mapping[str, pl.DataFrame], context: Context, known_from: date | None
) -> dict[str, tuple[MonthCount, ...]]:
    """The amounts of what happens, by the month in which it did: how many, or the middle or average of each month."""
    told = {}
    for amount in amounts:
        months = months_known(context, known_from)
        if amount.day and months:
            rows = rows_of(amount, frames[amount.table], context).with_columns(_month("day"))
            by_month = {str(key[0]): part for key, part in rows.partition_by("month", as_dict=True).items()}
            told[amount.code] = tuple(_amount(amount, month, by_month.get(month)) for month in months)
    return told


def stood(
    measures: Sequence[Measure], amounts: Sequence[Amount], remake: Remake, context: Context, known_from: date | None
) -> dict[str, tuple[MonthCount, ...]]:
    """What stood at the end of each whole month, asked as if that were the day."""
    shares = [each for each in measures if each.code in STOOD]
    others = [each for each in amounts if each.code in STOOD]
    tables = list(dict.fromkeys([*(each.table for each in shares), *(each.table for each in others)]))
    told: dict[str, list[MonthCount]] = {code: [] for code in (*(s.code for s in shares), *(a.code for a in others))}
    for month in months_known(context, known_from) if tables else []:
        end = date.fromordinal(add_months(date.fromisoformat(f"{month}-01"), 1).toordinal() - 1)
        then = replace(context, as_at=end)
        frames = remake(tables, then)
        rows = states({name: frame.lazy() for name, frame in frames.items()}, shares, then)
        for measure in shares:
            counts = dict(rows[measure.code].group_by("state").len().iter_rows())
            told[measure.code].append(_share(measure, month, counts))
        for amount in others:
            told[amount.code].append(_amount(amount, month, rows_of(amount, frames[amount.table], then)))
    return {code: tuple(held) for code, held in told.items() if held}


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.strftime("%Y-%m").alias("month")


def _share(measure: Measure, month: str, counts: Mapping[str, int]) -> MonthCount:
    yes, unknown = counts.get(State.YES, 0), counts.get(State.NOT_KNOWN, 0)
    return MonthCount(month, yes, yes + counts.get(State.NO, 0) + (unknown if measure.unknown_stays else 0))


def _amount(amount: Amount, month: str, rows: pl.DataFrame | None) -> MonthCount:
    if rows is None or amount.how is How.RATE:
        return MonthCount(month, 0 if rows is None else rows.height)
    known = rows["number"].drop_nulls()
    middle = known.median() if amount.how is How.MEDIAN else known.mean()
    return MonthCount(month, known.len(), value=float(middle) if isinstance(middle, int | float) else None)


def joined(hand_ins: Iterable[tuple[date, Series, Iterable[tuple[str, MonthCount]]]]) -> dict[str, list[MonthCount]]:
    """Several hand-ins as one series for each code, in order of time: a month is as the first told that covers it.

    Each is its day, the months that it tells of, and what stood on its day.
    """
    found: dict[str, dict[str, MonthCount]] = {}
    for _, months, standing in sorted(hand_ins, key=lambda each: each[0]):
        for code, held in months.items():
            for month in held:
                found.setdefault(code, {}).setdefault(month.period, month)
        for code, month in standing:
            if code not in HAPPENS_ON and code not in FOLLOWS:
                found.setdefault(code, {}).setdefault(month.period, month)
    return {code: [held[period] for period in sorted(held)] for code, held in found.items()}


def standing(
    as_at: date, measures: Iterable[tuple[str, int, int]], amounts: Iterable[tuple[str, int, float | None]]
) -> list[tuple[str, MonthCount]]:
    """What was said of a day, as its month: of measures code, numerator and denominator; of amounts count and value."""
    period = f"{as_at:%Y-%m}"
    stands = {amount.code for amount in RECORD_AMOUNTS if not amount.day}
    told = [(code, MonthCount(period, top, whole)) for code, top, whole in measures]
    return told + [
        (code, MonthCount(period, counted, None, value)) for code, counted, value in amounts if code in stands
    ]
