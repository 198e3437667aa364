"""Figures that are no share: how many for every 10,000 children, how long in the middle, how much on average.

An amount asks one question of one list or view, as a measure does (`kernel.measure`). A rate needs to be told how many
children live in the area; a median or an average is of a number that each row gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import polars as pl

from goldthread.domain.intervals import Interval, mean_limits, median_ranks, rate
from goldthread.kernel.context import Context
from goldthread.kernel.groups import ASKED, BREAKDOWNS, breakdowns
from goldthread.kernel.measure import Better, Defined, Display, State, Test, defined

YEAR, HALF = 12, 6
"""Months. What happened is told for a year, and may be counted over half of one."""

PER = 10_000
"""For how many children a rate is told, as the national releases do."""

LEAST_FOR_A_RANGE = 6
"""With fewer values the lowest and the highest do not hold the median with 95% certainty."""

NO_POPULATION = "It needs to be told how many children aged 0 to 17 live in the area, by the mid-year estimate."
SHORT = "It counts what happened over a year, and what was handed in is whole for less than six months."


class How(StrEnum):
    """What is made of the rows."""

    RATE = "rate"
    MEDIAN = "median"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount: the question, the definition in words, and the same as expressions over its list or view.

    `cohort` says which rows are in it. `value` is the number that each row gives; a rate has none and counts rows. A
    row whose value is null is not known, and is counted apart. `counted_on` is the day of what happened in a year, of a
    rate that counts such things: where half a year is held, that is counted and doubled. `happens_on` is that day of
    the others, of which nothing is doubled; what stands on the as-at date has neither. In the words `{name}` is the
    value of a setting.
    """

    code: str
    title: str
    asks: str
    of: str
    over: str
    how: How
    unit: str
    better: Better
    table: str
    fields: tuple[str, ...]
    cohort: Test
    source: str
    settled: bool
    value: Test | None = None
    counted_on: str = ""
    happens_on: str = ""
    settings: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    version: str = "1"

    def __post_init__(self) -> None:
        if (self.how is How.RATE) is not (self.value is None):
            raise ValueError(f"{self.code}: a rate counts rows, and every other amount takes a value of each")
        if self.counted_on and self.how is not How.RATE:
            raise ValueError(f"{self.code}: only a rate counts by the year")
        for name in (*self.fields, *([self.day] if self.day else [])):
            ASKED[self.table].column(name)

    @property
    def day(self) -> str:
        """The column with the day of what is counted; empty where it stands on the as-at date."""
        return self.counted_on or self.happens_on

    def definition(self, settings: Mapping[str, int]) -> str:
        """The definition in one line, with the settings that it was worked out with."""
        says = f"{self.of} × {PER:,} ÷ {self.over}"
        if self.how is not How.RATE:
            says = f"{self.how.value} of {self.of}: {self.over}"
        return says.format(**settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountPart:
    """An amount for one group of children: a median or an average of them, and of a rate only how many are counted.

    How many children of a group live in the area is not known, so that there is no rate of a group.
    """

    by: str
    group: str
    counted: int
    not_known: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountResult(Defined):
    """What an amount says on one day.

    `counted` is how many rows it rests on, `not_known` how many gave no number. `population` is of a rate only, and
    `tenth` and `ninetieth` (the values below which a tenth and nine tenths lie) of the others. `low` and `high` bound
    what chance alone could explain (95%). With fewer rows than the display rule asks there is no value.
    """

    how: How
    value: float | None
    low: float | None
    high: float | None
    display: Display
    counted: int
    not_known: int
    population: int | None
    tenth: float | None
    ninetieth: float | None
    as_at: date
    warnings: tuple[str, ...]
    settings: Mapping[str, int]
    parts: tuple[AmountPart, ...] = ()


class Told(NamedTuple):
    """The amounts that can be told, why the others cannot, and the rows behind each: row, state, number; by code."""

    amounts: tuple[AmountResult, ...]
    why_not: dict[str, str]
    rows: dict[str, pl.DataFrame]


def amounts(
    frames: Mapping[str, pl.DataFrame], declared: Sequence[Amount], context: Context, *, population: int | None,
    months: int = YEAR,
) -> Told:  # fmt: skip
    """The amounts that can be told, and by code why the others cannot. `months` of the last year are held whole.

    `population` is how many children aged 0 to 17 live in the area. Raises ValueError where it is not above nought.
    """
    if population is not None and population < 1:
        raise ValueError("a population is above nought")
    told = Told((), {}, {})
    for amount in declared:
        if amount.how is How.RATE and population is None:
            told.why_not[amount.code] = NO_POPULATION
        elif amount.counted_on and months < HALF:
            told.why_not[amount.code] = SHORT
        else:
            half = bool(amount.counted_on) and months < YEAR
            rows = rows_of(amount, frames[amount.table], context, HALF if half else YEAR)
            made = _result(amount, rows, context, population, half=half)
            told = told._replace(amounts=(*told.amounts, made))
            told.rows[amount.code] = rows.select("row", "state", "number")
    return told


def rows_of(amount: Amount, frame: pl.DataFrame, context: Context, months: int = YEAR) -> pl.DataFrame:
    """The rows that an amount rests on: row, state (counted, or not known), number, day, and the groups of each.

    A rate gives no number, and of what happens over a year those of its last `months` are there.
    """
    cohort = amount.cohort(context).fill_null(value=False)
    if amount.counted_on:
        cohort &= pl.col(amount.counted_on).is_between(context.before(months), context.day, closed="right")
    number = pl.lit(None, dtype=pl.Float64) if amount.value is None else amount.value(context).cast(pl.Float64)
    known = pl.lit(value=True) if amount.value is None else number.is_not_null()
    day = pl.col(amount.day) if amount.day else pl.lit(None, dtype=pl.Date)
    held = frame.filter(cohort.fill_null(value=False))
    return held.select(
        "row",
        pl.when(known).then(pl.lit(State.YES.value)).otherwise(pl.lit(State.NOT_KNOWN.value)).alias("state"),
        number.alias("number"),
        day.alias("day"),
        *breakdowns(amount.table, context),
    )


def _result(
    amount: Amount, rows: pl.DataFrame, context: Context, population: int | None, *, half: bool
) -> AmountResult:
    found = found_of(amount, rows, context, population, times=2 if half else 1)
    return AmountResult(
        **defined(amount, context.settings),
        how=amount.how,
        value=found.value,
        low=found.limits.low if found.limits else None,
        high=found.limits.high if found.limits else None,
        display=found.display,
        counted=found.counted,
        not_known=found.not_known,
        population=population if amount.how is How.RATE else None,
        tenth=found.tenth,
        ninetieth=found.ninetieth,
        as_at=context.as_at,
        warnings=_warnings(amount, found, context, half=half),
        settings={name: context.setting(name) for name in amount.settings},
        parts=_parts(amount, rows, context),
    )


def _parts(amount: Amount, rows: pl.DataFrame, context: Context) -> tuple[AmountPart, ...]:
    """The amount for each group of each breakdown that its table has."""
    made = []
    for by in (name for name in BREAKDOWNS if name in rows.columns):
        for (group,), held in sorted(rows.partition_by(by, as_dict=True).items(), key=lambda each: str(each[0][0])):
            found = found_of(amount, held, context, None)
            limits = found.limits
            made.append(
                AmountPart(
                    by=by, group=str(group), counted=found.counted, not_known=found.not_known, value=found.value,
                    low=limits.low if limits else None, high=limits.high if limits else None,
                )
            )  # fmt: skip
    return tuple(made)


def found_of(
    amount: Amount, rows: pl.DataFrame, context: Context, population: int | None, *, times: int = 1
) -> "Found":
    """What an amount is of these rows; a rate without a population is a count only."""
    if amount.how is not How.RATE:
        return _of_values(amount.how, rows["number"], context)
    return _rate(rows.height, population, times, context)


def _warnings(amount: Amount, found: "Found", context: Context, *, half: bool) -> tuple[str, ...]:
    said = ["Counted over the last six months, which is what was handed in, and doubled to a year."] if half else []
    if found.not_known:
        whole = found.counted + found.not_known
        part = 100 * found.not_known / whole
        per_cent = "under 1%" if part < 1 else f"{part:.0f}%"
        said.append(f"{found.not_known:,} of {whole:,} ({per_cent}) gave no number.")
    if found.display is Display.COUNTS:
        said.append(f"Fewer than {context.setting('few')} are counted: no {amount.how.value} is given.")
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Found:
    """What is made of some rows: a rate, a median or an average, as far as the display rule lets it be told."""

    counted: int
    display: Display
    value: float | None = None
    limits: Interval | None = None
    not_known: int = 0
    tenth: float | None = None
    ninetieth: float | None = None


def _display(counted: int, context: Context) -> Display:
    if counted == 0:
        return Display.NONE
    if counted < context.setting("few"):
        return Display.COUNTS
    return Display.COUNTS_AND_RANGE if counted < context.setting("some") else Display.FULL


def _rate(events: int, population: int | None, times: int, context: Context) -> Found:
    display = _display(events, context)
    if population is None or display in (Display.NONE, Display.COUNTS):
        return Found(events, display)
    limits = rate(events, population, PER)
    value = events * PER * times / population
    return Found(events, display, value, Interval(limits.low * times, limits.high * times))


def _of_values(how: How, values: pl.Series, context: Context) -> Found:
    known = values.drop_nulls().sort()
    counted, blank = known.len(), values.null_count()
    display = _display(counted, context)
    if display in (Display.NONE, Display.COUNTS):
        return Found(counted, display, not_known=blank)
    listed: list[float] = known.to_list()
    if how is How.MEDIAN:
        value = (listed[(counted - 1) // 2] + listed[counted // 2]) / 2
        low, high = median_ranks(counted) if counted >= LEAST_FOR_A_RANGE else (0, 0)
        limits = Interval(listed[low - 1], listed[high - 1]) if low else None
    else:
        value = sum(listed) / counted
        limits = mean_limits(listed) if counted >= LEAST_FOR_A_RANGE else None
    return Found(counted, display, value, limits, blank, _below(listed, 10), _below(listed, 90))


def _below(listed: Sequence[float], per_cent: int) -> float:
    """The smallest value that at least so many per cent of the values do not exceed."""
    return listed[-(-len(listed) * per_cent // 100) - 1]
