"""Labels that several pictures share: months, bands, ages and sexes, and the states of the duties with a time limit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import polars as pl

from goldthread.domain.calendar import add_months
from goldthread.domain.disclosure import Merging
from goldthread.kernel.charts import STATES, Chart, Patch, distance_bands, monthly_columns, state_bars, tartan_rug
from goldthread.kernel.context import Context
from goldthread.kernel.groups import (
    AGE_BANDS,
    DISABILITIES,
    ETHNICITY_GROUPS,
    NOT_KNOWN,
    OLDEST_BAND,
    age_band,
    ethnicity_group,
    gender,
)
from goldthread.kernel.measure import Better, Measure, states
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.picture import Shown, Tables

AGES = (*(name for _, name in AGE_BANDS), OLDEST_BAND, NOT_KNOWN)
SEXES = ("Female", "Male", "Neither", NOT_KNOWN)
ETHNICITIES = (*ETHNICITY_GROUPS, NOT_KNOWN)
DISABLED = DISABILITIES["Y"]
ABILITIES = (DISABLED, DISABILITIES["N"], NOT_KNOWN)
ANY, IN_ORDER = Merging(), Merging(in_order=True)
"""Any categories may be taken together; only neighbours may."""

BY_AGE_AND_SEX = {"first": IN_ORDER, "second": Merging((("Neither", NOT_KNOWN),))}
"""What may be taken together in a pyramid: ages beside each other; its two sides stay."""

BY_GROUP = {"first": ANY, "second": Merging(((DISABILITIES["N"], NOT_KNOWN),))}
"""What may be taken together in bars of ethnic groups divided by disability: those who are disabled stay apart."""

LISTS_REACH_BACK = 6
"""Months for which lists 1 to 8 hold what began."""

OVERDUE, CURRENT = "overdue", "in time"

_BY_CODE = {measure.code: measure for measure in MEASURES}


def labelled(frame: pl.LazyFrame, table: str, first: pl.Expr, second: pl.Expr | None = None) -> pl.LazyFrame:
    """The rows of a list with their categories; a row whose category is null is not in the picture."""
    said = [first.alias("first"), *([second.alias("second")] if second is not None else [])]
    return frame.with_columns(pl.lit(table).alias("table"), *said).filter(
        pl.all_horizontal(pl.col(name).is_not_null() for name in ("first", *(["second"] if second is not None else [])))
    )


def by_age_and_sex(frame: pl.LazyFrame, table: str, context: Context) -> pl.LazyFrame:
    """The rows of a list by band of age and sex."""
    return labelled(frame, table, age_band(context), gender())


def by_ethnicity_and_disability(frame: pl.LazyFrame, table: str) -> pl.LazyFrame:
    """The rows of a list by ethnic group and whether the child is disabled."""
    able = pl.col("disability").replace_strict(DISABILITIES, default=NOT_KNOWN)
    return labelled(frame, table, ethnicity_group(), able)


def draw_groups(shown: Shown, says: str) -> Chart:
    """A bar for each ethnic group, divided by disability: beside the pyramid, who the children are."""
    of = shown.of
    sizes, disabled, total = {name: of.sum(first=name) for name in of.first}, of.sum(second=DISABLED), of.sum()
    title = f"{says.capitalize()} by ethnic group and disability"
    if total and disabled is not None and of.whole:
        largest = max(of.first, key=lambda name: sizes[name] or 0)
        share, told = 100 * (sizes[largest] or 0) / total, 100 * disabled / total
        title = f"The largest ethnic group of {says}: {largest}, {share:.0f}%; disabled: {told:.0f}% ({disabled:,})"
    return distance_bands(of, says, outside=DISABLED, name="ethnic group", side="disability", title=title)


def only_held(shown: Shown) -> Shown:
    """The same without categories that nobody is in, so that a cohort's own ages fill the picture."""
    held = [one for one in shown.of.first if shown.of.sum(first=one) != 0]
    return replace(shown, of=shown.of.showing(held))


def months(context: Context, back: int) -> tuple[str, ...]:
    """The names of the months that a list which reaches back so many months has rows of."""
    first = add_months(context.as_at, -back) + timedelta(days=1)
    named, day = [], first.replace(day=1)
    while day <= context.as_at:
        named.append(f"{day:%b %Y}")
        day = add_months(day, 1)
    return tuple(named)


def cut_months(context: Context, back: int) -> tuple[str, ...]:
    """Months of which the list holds a part only: the first and the last, unless it begins or ends with them."""
    first, last = add_months(context.as_at, -back) + timedelta(days=1), context.as_at
    cut = [f"{first:%b %Y}"] if first.day != 1 else []
    return (*cut, *([f"{last:%b %Y}"] if (last + timedelta(days=1)).day != 1 else []))


def draw_months(shown: Shown, says: str, *, most: str = "") -> Chart:
    """Columns of the months that the list reaches back, and what they come to in a year beside what is published."""
    named, cut = months(shown.context, LISTS_REACH_BACK), cut_months(shown.context, LISTS_REACH_BACK)
    return monthly_columns(shown.of.showing(named), says, cut=cut, beside=shown.beside, most=most)


def month_of(column: str, context: Context, back: int) -> pl.Expr:
    """The month of a date as a label; null outside the months of the list."""
    label = pl.col(column).dt.strftime("%b %Y")
    return pl.when((pl.col(column) <= context.as_at) & label.is_in(list(months(context, back)))).then(label)


def in_bands(number: pl.Expr, bands: Sequence[tuple[int, str]], over: str) -> pl.Expr:
    """The band of a number: the first whose upper end it does not pass, else `over`; null below nought."""
    label: pl.Expr = pl.lit(over)
    for upper, name in reversed(bands):
        label = pl.when(number <= upper).then(pl.lit(name)).otherwise(label)
    return pl.when(number.is_null() | (number < 0)).then(None).otherwise(label)


def duties(
    wanted: Sequence[tuple[str, str]], tables: Tables, context: Context, *, open_ones: Iterable[str] = ()
) -> pl.LazyFrame:
    """For each measure of a time limit the rows in its cohort, with the duty, its state and the team.

    `wanted` are code and duty. Where a code is in `open_ones`, its rows are still open: those over the limit are late,
    the others not yet due.
    """
    chosen = [_BY_CODE[code] for code, _ in wanted if _BY_CODE[code].table in tables]
    found = states(tables, chosen, context)
    names, held = dict(wanted), []
    for measure in chosen:
        frame = found[measure.code]
        team = pl.col("team") if "team" in frame.columns else pl.lit(NOT_KNOWN)
        children = tables[measure.table].select("row", "child")
        labels = frame.lazy().select(
            pl.lit(measure.table).alias("table"), "row", pl.lit(names[measure.code]).alias("duty"),
            pl.col("state").replace_strict(_words(measure, is_open=measure.code in open_ones)).alias("state"),
            team.alias("team"),
        )  # fmt: skip
        held.append(labels.join(children, on="row", how="left"))
    nobody = dict.fromkeys(("table", "duty", "state", "team", "child"), pl.String) | {"row": pl.Int64}
    return pl.concat(held, how="diagonal") if held else pl.LazyFrame(schema=nobody)


def _words(measure: Measure, *, is_open: bool) -> dict[str, str]:
    done, late, soon, unknown = STATES
    good, bad = ("yes", "no") if measure.better is Better.HIGH else ("no", "yes")
    return {good: soon if is_open else done, bad: late, "not_due": soon, "not_known": unknown}


def state_rows(
    wanted: Sequence[tuple[str, str]], tables: Tables, context: Context, *, open_ones: Iterable[str] = ()
) -> pl.LazyFrame:
    """Rows by duty and state, for `state_bars`."""
    return duties(wanted, tables, context, open_ones=open_ones).with_columns(
        pl.col("duty").alias("first"), pl.col("state").alias("second")
    )


def draw_states(shown: Shown, *, about: str = "") -> Chart:
    """The states of the duties that anybody is in; `about` says what is counted otherwise than beside it."""
    return state_bars(only_held(shown).of, about=about)


def rug_rows(
    wanted: Sequence[tuple[str, str]], tables: Tables, context: Context, *, open_ones: Iterable[str] = ()
) -> pl.LazyFrame:
    """Rows by team, duty and whether it is overdue, for `draw_rug`; what is not due or not known is left out."""
    done, late, _, _ = STATES
    state = pl.col("state").replace_strict({done: CURRENT, late: OVERDUE}, default=None)
    return (
        duties(wanted, tables, context, open_ones=open_ones)
        .with_columns(pl.col("team").alias("first"), pl.concat_str("duty", pl.lit(": "), state).alias("second"))
        .filter(pl.col("second").is_not_null())
        .sort("first")
    )


def rug_columns(wanted: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The categories of `rug_rows` across."""
    named = dict.fromkeys(duty for _, duty in wanted)
    return tuple(f"{duty}: {state}" for duty in named for state in (OVERDUE, CURRENT))


def draw_rug(shown: Shown) -> Chart:
    """Teams by duty, each cell with how many are overdue."""
    of, patches = shown.of, []
    named = list(dict.fromkeys(column.rpartition(":")[0] for column in of.second))
    for team in of.first:
        for duty in named:
            late, current = of.at(team, f"{duty}: {OVERDUE}"), of.at(team, f"{duty}: {CURRENT}")
            due = None if late is None or current is None else late + current
            patches.append(Patch(team, duty, due, late, of.mark(team, f"{duty}: {OVERDUE}")))
    return tartan_rug(patches)
