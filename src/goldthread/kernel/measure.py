"""What a measure is, and what it says of one submission.

A measure asks one question of one list. Every row of the list is in one of five states: outside the measure, done,
not done, not known, or not yet due. The first is not counted; not yet due is counted apart; not known is counted
apart and, where the national definition keeps it in the denominator, there too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

import polars as pl

from goldthread.domain.intervals import wilson
from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.groups import ASKED, BREAKDOWNS, breakdowns
from goldthread.kernel.settings import DEFAULTS

Test = Callable[[Context], pl.Expr]


class Better(StrEnum):
    """Which way is better; many counts only give context."""

    HIGH = "high"
    LOW = "low"
    CONTEXT = "context"


class State(StrEnum):
    """What a row in the cohort counts as."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    NOT_DUE = "not_due"


class Display(StrEnum):
    """How much of a result may be shown: nothing, counts, counts with their range, or everything."""

    NONE = "none"
    COUNTS = "counts"
    COUNTS_AND_RANGE = "counts-and-range"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """What every figure carries of its definition: the question, the words with the settings used, and their source.

    `settled` is false where the definition or its threshold was not confirmed in a published source.
    """

    code: str
    title: str
    asks: str
    unit: str
    better: Better
    definition: str
    version: str
    source: str
    settled: bool
    cautions: tuple[str, ...]
    breaks: tuple[str, ...]


class Definable(Protocol):
    """A declaration of something that is measured: a share, or an amount."""

    def definition(self, settings: Mapping[str, int]) -> str:
        """The definition in one line, with the settings that it was worked out with."""


def defined(declared: Definable, settings: Mapping[str, int]) -> dict[str, Any]:
    """The words that a figure carries (Defined), from its declaration."""
    carried = (one.name for one in fields(Defined))
    return {name: getattr(declared, name) for name in carried if name != "definition"} | {
        "definition": declared.definition(settings)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure: the question, the definition in words, and the same as expressions over its list.

    In the words, `{name}` stands for the value of a setting. `cohort` says which rows are in the measure at all;
    of those, `not_due` and `unknown` are taken out in that order, and `hits` is the numerator. `unknown_stays` keeps
    rows not known in the denominator. `essential` columns must hold something in the cohort, or nothing is worked out.
    `settled` is false where the definition or its threshold was not confirmed in a published source. `table` is a list
    of Annex A or a view of the record; `looks_back` is how many months of history the answer needs.
    """

    code: str
    title: str
    asks: str
    numerator: str
    denominator: str
    better: Better
    table: str
    fields: tuple[str, ...]
    cohort: Test
    hits: Test
    source: str
    settled: bool
    not_due: Test | None = None
    unknown: Test | None = None
    unknown_stays: bool = False
    essential: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    unit: str = "%"
    version: str = "1"
    looks_back: int = 0

    def __post_init__(self) -> None:
        for name in (*self.fields, *self.essential):
            ASKED[self.table].column(name)

    def definition(self, settings: Mapping[str, int]) -> str:
        """The definition in one line, with the settings that it was worked out with."""
        return f"{self.numerator.format(**settings)} ÷ {self.denominator.format(**settings)}"


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator and denominator with what may be said of them; value, low and high are percentages, unrounded."""

    numerator: int
    denominator: int
    value: float | None
    low: float | None
    high: float | None
    display: Display
    not_known: int
    not_due: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The measure for one group of children."""

    by: str
    group: str
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureResult(Defined):
    """What a measure says of one submission on one day.

    `low` and `high` bound the range that chance alone could explain (95%, Wilson); they are not a sampling error,
    because everyone was counted. `warnings` say, in plain sentences without any child's data, what is wrong with the
    rows used, and `warned_by` by which rules. Below 10 in the denominator there is no percentage; below 30 nothing
    should be called high or low.
    """

    numerator: int
    denominator: int
    value: float | None
    low: float | None
    high: float | None
    display: Display
    not_known: int
    not_due: int
    as_at: date
    warnings: tuple[str, ...]
    settings: Mapping[str, int]
    breakdowns: tuple[Breakdown, ...] = field(default=())
    warned_by: tuple[str, ...] = ()

    @property
    def one_is(self) -> float | None:
        """By how many percentage points one child more or less would move the value."""
        return 100 / self.denominator if self.denominator else None


def share(counts: Mapping[str, int], *, unknown_stays: bool, few: int, some: int) -> Share:
    """A share from the number of rows in each state. `few` and `some` are the settings of the display rule."""
    yes, unknown = counts.get(State.YES, 0), counts.get(State.NOT_KNOWN, 0)
    whole = yes + counts.get(State.NO, 0) + (unknown if unknown_stays else 0)
    if whole == 0:
        display = Display.NONE
    elif whole < few:
        display = Display.COUNTS
    else:
        display = Display.COUNTS_AND_RANGE if whole < some else Display.FULL
    shown = display in (Display.COUNTS_AND_RANGE, Display.FULL)
    bounds = wilson(yes, whole) if shown else None
    return Share(
        numerator=yes,
        denominator=whole,
        value=100 * yes / whole if shown else None,
        low=100 * bounds.low if bounds else None,
        high=100 * bounds.high if bounds else None,
        display=display,
        not_known=unknown,
        not_due=counts.get(State.NOT_DUE, 0),
    )


def state(measure: Measure, context: Context) -> pl.Expr:
    """The state of each row of the measure's list; null outside the cohort. A test that gives null is not met."""

    def met(test: Test) -> pl.Expr:
        return test(context).fill_null(False)

    answer: pl.Expr = pl.when(met(measure.hits)).then(pl.lit(State.YES.value)).otherwise(pl.lit(State.NO.value))
    if measure.unknown is not None:
        answer = pl.when(met(measure.unknown)).then(pl.lit(State.NOT_KNOWN.value)).otherwise(answer)
    if measure.not_due is not None:
        answer = pl.when(met(measure.not_due)).then(pl.lit(State.NOT_DUE.value)).otherwise(answer)
    return pl.when(met(measure.cohort)).then(answer).otherwise(pl.lit(None, dtype=pl.String))


def states(
    tables: Mapping[str, pl.LazyFrame], measures: Sequence[Measure], context: Context
) -> dict[str, pl.DataFrame]:
    """For each measure whose list is there, by code: the rows in its cohort, with state, essentials and breakdowns.

    One pass over each list, however many measures it has.
    """
    by_table: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.table in tables:
            by_table.setdefault(measure.table, []).append(measure)
    passes = [_one_pass(tables[name], name, of_table, context) for name, of_table in by_table.items()]
    answers: dict[str, pl.DataFrame] = {}
    for of_table, frame in zip(by_table.values(), pl.collect_all(passes, engine=IN_MEMORY), strict=True):
        groups = [name for name in BREAKDOWNS if name in frame.columns]
        for measure in of_table:
            essential = [f"held {name}" for name in measure.essential]
            answers[measure.code] = frame.select(
                "row", pl.col(measure.code).alias("state"), *essential, *groups
            ).filter(pl.col("state").is_not_null())
    return answers


def _one_pass(frame: pl.LazyFrame, table: str, measures: Iterable[Measure], context: Context) -> pl.LazyFrame:
    measures = list(measures)
    essential = sorted({name for measure in measures for name in measure.essential})
    return frame.select(
        "row",
        *breakdowns(table, context),
        *(pl.col(name).is_not_null().alias(f"held {name}") for name in essential),
        *(state(measure, context).alias(measure.code) for measure in measures),
    )


def result(
    measure: Measure, rows: pl.DataFrame | None, context: Context, warnings: Sequence[str] = (),
    warned_by: Sequence[str] = (),
) -> MeasureResult:  # fmt: skip
    """The result of a measure from the rows of its cohort; `rows` is None where the submission lacks the list."""
    few, some = context.setting("few"), context.setting("some")
    lacking = _lacking(measure, rows)
    counts = _counts(rows) if rows is not None and not lacking else {}
    whole = share(counts, unknown_stays=measure.unknown_stays, few=few, some=some)
    parts = _parts(measure, rows, few, some) if rows is not None and not lacking else ()
    said = [
        *lacking,
        *([] if lacking else _about_unknown(measure, whole, context)),
        *warnings,
        *_changed(measure, context),
    ]
    if whole.display is Display.COUNTS:
        said.append(f"Fewer than {few} in the denominator: counts only, no percentage.")
    return MeasureResult(
        **defined(measure, context.settings),
        **{name: getattr(whole, name) for name in Share.__slots__},
        as_at=context.as_at,
        warnings=tuple(said),
        settings={name: context.setting(name) for name in measure.settings},
        breakdowns=parts,
        warned_by=tuple(warned_by),
    )


def _counts(rows: pl.DataFrame) -> dict[str, int]:
    return dict(rows.group_by("state").len().iter_rows())


def _parts(measure: Measure, rows: pl.DataFrame, few: int, some: int) -> tuple[Breakdown, ...]:
    asked = [name for name in BREAKDOWNS if name in rows.columns]
    # All breakdowns are counted in one pass: a pass of its own for each cost more than everything else about a measure.
    counted = rows.unpivot(asked, index="state", variable_name="by", value_name="group").group_by(
        "by", "group", "state"
    )
    groups: dict[tuple[str, str], dict[str, int]] = {}
    for by, group, of_state, number in counted.len().sort("group").iter_rows():
        groups.setdefault((by, group), {})[of_state] = number
    return tuple(
        Breakdown(by, group, share(counts, unknown_stays=measure.unknown_stays, few=few, some=some))
        for name in asked
        for (by, group), counts in groups.items()
        if by == name
    )


def _lacking(measure: Measure, rows: pl.DataFrame | None) -> list[str]:
    """Why the measure cannot be worked out at all, if so."""
    table = ASKED[measure.table]
    if rows is None and table.form == "view":
        return ["What was handed in has nothing to work this out from."]
    if rows is None:
        return [f"List {table.number} ({table.title}) is not in the file, so this cannot be worked out."]
    # What a view holds was worked out here: that it is not known need not be for want of anything in the file.
    empty = "is not known for any row used" if table.form == "view" else "is empty in every row used"
    return [
        f"“{table.column(name).says}” {empty}, so this cannot be worked out."
        for name in measure.essential
        if rows.height and not rows[f"held {name}"].any()
    ]


def _changed(measure: Measure, context: Context) -> list[str]:
    """What was set otherwise than usual: the title of a measure speaks of the usual limits."""
    return [
        f"Worked out with {name} = {context.setting(name)} instead of {DEFAULTS[name]}: not as published."
        for name in measure.settings
        if context.setting(name) != DEFAULTS[name]
    ]


def _about_unknown(measure: Measure, whole: Share, context: Context) -> list[str]:
    asked = whole.denominator + (0 if measure.unknown_stays else whole.not_known)
    if not whole.not_known or whole.not_known * 100 <= context.setting("missing_warns") * asked:
        return []
    where = "they stay in the denominator" if measure.unknown_stays else "they are left out"
    return [f"{whole.not_known:,} of {asked:,} ({100 * whole.not_known / asked:.0f}%) are not known; {where}."]
