"""Figures that are no share: how many for every 10,000 children, how long in the middle, how much on average.

An amount asks one question of one list or view, as a measure does (`kernel.measure`). A rate needs to be told how many
children live in the area; a median or an average is of a number that each row gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from goldthread.domain.intervals import Interval, mean_limits, median_ranks, rate
from goldthread.kernel.context import Context
from goldthread.kernel.groups import ASKED
from goldthread.kernel.measure import Better, Display, Test

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
    rate that counts such things: where half a year is held, that is counted and doubled. In the words `{name}` is the
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
    settings: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    version: str = "1"

    def __post_init__(self) -> None:
        if (self.how is How.RATE) is not (self.value is None):
            raise ValueError(f"{self.code}: a rate counts rows, and every other amount takes a value of each")
        if self.counted_on and self.how is not How.RATE:
            raise ValueError(f"{self.code}: only a rate counts by the year")
        for name in (*self.fields, *([self.counted_on] if self.counted_on else [])):
            ASKED[self.table].column(name)

    def definition(self, settings: Mapping[str, int]) -> str:
        """The definition in one line, with the settings that it was worked out with."""
        says = f"{self.of} × {PER:,} ÷ {self.over}"
        if self.how is not How.RATE:
            says = f"{self.how.value} of {self.of}: {self.over}"
        return says.format(**settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountResult:
    """What an amount says on one day.

    `counted` is how many rows it rests on, `not_known` how many gave no number. `population` is of a rate only, and
    `tenth` and `ninetieth` (the values below which a tenth and nine tenths lie) of the others. `low` and `high` bound
    what chance alone could explain (95%). With fewer rows than the display rule asks there is no value.
    """

    code: str
    title: str
    asks: str
    how: How
    unit: str
    better: Better
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
    definition: str
    version: str
    source: str
    settled: bool
    cautions: tuple[str, ...]
    breaks: tuple[str, ...]
    warnings: tuple[str, ...]
    settings: Mapping[str, int]


def amounts(
    frames: Mapping[str, pl.DataFrame], declared: Sequence[Amount], context: Context, *, population: int | None,
    months: int = YEAR,
) -> tuple[tuple[AmountResult, ...], dict[str, str]]:  # fmt: skip
    """The amounts that can be told, and by code why the others cannot. `months` of the last year are held whole.

    `population` is how many children aged 0 to 17 live in the area. Raises ValueError where it is not above nought.
    """
    if population is not None and population < 1:
        raise ValueError("a population is above nought")
    told, why_not = [], {}
    for amount in declared:
        if amount.how is How.RATE and population is None:
            why_not[amount.code] = NO_POPULATION
        elif amount.counted_on and months < HALF:
            why_not[amount.code] = SHORT
        else:
            told.append(_result(amount, frames[amount.table], context, population, months))
    return tuple(told), why_not


def _result(amount: Amount, frame: pl.DataFrame, context: Context, population: int | None, months: int) -> AmountResult:
    rows = frame.filter(amount.cohort(context).fill_null(value=False))
    half = bool(amount.counted_on) and months < YEAR
    if amount.value is None:
        found = _rate(_of_year(amount, rows, context, half=half), population or 0, 2 if half else 1, context)
    else:
        values = rows.select(value=amount.value(context).cast(pl.Float64)).to_series()
        found = _of_values(amount.how, values, context)
    return AmountResult(
        **{name: getattr(amount, name) for name in _CARRIED},
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
        definition=amount.definition(context.settings),
        warnings=_warnings(amount, found, context, half=half),
        settings={name: context.setting(name) for name in amount.settings},
    )


_CARRIED = ("code", "title", "asks", "how", "unit", "better", "version", "source", "settled", "cautions", "breaks")
"""What a result says of its amount, as the amount says it."""


def _of_year(amount: Amount, rows: pl.DataFrame, context: Context, *, half: bool) -> int:
    """How many rows are counted: all, or those whose day falls within the year or half of it."""
    if not amount.counted_on:
        return rows.height
    since = context.before(HALF if half else YEAR)
    return rows.filter(pl.col(amount.counted_on).is_between(since, context.day, closed="right")).height


def _warnings(amount: Amount, found: "_Found", context: Context, *, half: bool) -> tuple[str, ...]:
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
class _Found:
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


def _rate(events: int, population: int, times: int, context: Context) -> _Found:
    display = _display(events, context)
    if display in (Display.NONE, Display.COUNTS):
        return _Found(events, display)
    limits = rate(events, population, PER)
    value = events * PER * times / population
    return _Found(events, display, value, Interval(limits.low * times, limits.high * times))


def _of_values(how: How, values: pl.Series, context: Context) -> _Found:
    known = values.drop_nulls().sort()
    counted, blank = known.len(), values.null_count()
    display = _display(counted, context)
    if display in (Display.NONE, Display.COUNTS):
        return _Found(counted, display, not_known=blank)
    listed: list[float] = known.to_list()
    if how is How.MEDIAN:
        value = (listed[(counted - 1) // 2] + listed[counted // 2]) / 2
        low, high = median_ranks(counted) if counted >= LEAST_FOR_A_RANGE else (0, 0)
        limits = Interval(listed[low - 1], listed[high - 1]) if low else None
    else:
        value = sum(listed) / counted
        limits = mean_limits(listed) if counted >= LEAST_FOR_A_RANGE else None
    return _Found(counted, display, value, limits, blank, _below(listed, 10), _below(listed, 90))


def _below(listed: Sequence[float], per_cent: int) -> float:
    """The smallest value that at least so many per cent of the values do not exceed."""
    return listed[-(-len(listed) * per_cent // 100) - 1]
