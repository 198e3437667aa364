"""The record in, results out: what the measures of the record say of what was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import polars as pl

from goldthread.domain.calendar import add_months
from goldthread.kernel.amount import Amount, AmountResult, Told, amounts
from goldthread.kernel.amounts import LIST_AMOUNTS, RECORD_AMOUNTS
from goldthread.kernel.context import Context
from goldthread.kernel.doubt import Cells, Doubts
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.forms import FORMS
from goldthread.kernel.localities import by_postcode, near
from goldthread.kernel.measure import Measure, MeasureResult, result, states
from goldthread.kernel.reading import Reading
from goldthread.kernel.record import MAPPINGS, record_of
from goldthread.kernel.record.mapping import Fill, How
from goldthread.kernel.record.tables import RECORD
from goldthread.kernel.record.years import with_earlier_years
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.record_measures.moves import in_care
from goldthread.kernel.record_monthly import Series, happened, happened_amounts, stood
from goldthread.kernel.settings import with_settings
from goldthread.kernel.timeliness import WORK, Paces, paces
from goldthread.kernel.views import VIEWS
from goldthread.kernel.views.distance import NO_PLACEMENT, WHERE_KNOWN

LATEST = "The lists hold the latest placement, review or check only, and this needs all of them."
GOOD = ("GIVEN", "FOUND")
NOT_FOUND = ("HOME_NOT_FOUND", "PLACEMENT_NOT_FOUND")
LOAD_ALL = (
    "Not one was found: if only a part of the ONS Postcode Directory is loaded, ask whoever runs this installation to "
    "load the whole, and have the file read again; postcodes that were invented or altered lie nowhere."
)
"""What to do where the postcodes of a file and those of the directory have nothing in common."""


Asks = TypeVar("Asks", Measure, Amount)

DISTANCES: dict[str, type[pl.DataType]] = {
    "source": pl.String,
    "source_row": pl.Int64,
    "miles": pl.Float64,
    "in_or_out": pl.String,
    "where_known": pl.String,
    "far": pl.Boolean,
    "counts": pl.Boolean,
}
"""How far a child lives from home: in miles, in the authority or out of it, and how that is known or why it is not;
whether that is further than the setting, by the miles before they are rounded; and whether measures count the child,
who is not in short breaks."""


class Further(NamedTuple):
    """The amounts asked of a list of Annex A, and those asked of the record because no list answers them."""

    of_lists: Sequence[Amount]
    of_record: Sequence[Amount]


class NotMeasured(NamedTuple):
    """A measure that could not be asked of what was handed in, and why."""

    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordResults:
    """What the measures say, those that could not be asked, the day, the settings, and how far back the events go.

    `rows` has for each measure the rows of its cohort: source (a table of the form), source_row, state; and for each
    amount those that it rests on, with the number that each gives. `distances`
    has for each child in care the row that says so, and how far from home it lives (DISTANCES); no postcode. `months`
    are those of the last year that the record tells of one by one.
    """

    measures: tuple[MeasureResult, ...]
    not_measured: tuple[NotMeasured, ...]
    as_at: date
    settings: Mapping[str, int]
    known_from: date | None
    timeliness: tuple[Paces, ...] = ()
    rows: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    amounts: tuple[AmountResult, ...] = ()
    distances: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=DISTANCES))
    months: Series = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the record is asked: the limits changed, the directory of postcodes, whose children these are.

    `localities` are those that the user named, by district or ward; without them a locality is a district.
    `population` is how many children aged 0 to 17 live in the area: without it there are no rates. `only` is the code
    of the one thing that is wanted; without `months` nothing is told by the month, which costs as much as the rest, and
    without `paces` nothing of work with a limit.
    """

    settings: Mapping[str, int] | None = None
    postcodes: pl.LazyFrame | None = None
    localities: pl.LazyFrame | None = None
    authority: str = ""
    population: int | None = None
    measures: Sequence[Measure] = RECORD_MEASURES
    only: str = ""
    months: bool = True
    paces: bool = True

    def chosen(self, declared: Sequence[Asks]) -> tuple[Asks, ...]:
        """Those of the measures or amounts that are wanted."""
        return tuple(one for one in declared if self.only in ("", one.code))

    def context(self, as_at: date) -> Context:
        """What the measures may know on that day."""
        limits = with_settings(self.settings)
        return Context(as_at=as_at, settings=limits, postcodes=self.postcodes, authority=self.authority)


def measure_reading(
    reading: Reading, *, as_at: date, earlier: Sequence[Reading] = (), asked: Asked | None = None,
    issues: pl.DataFrame | None = None,
) -> RecordResults:  # fmt: skip
    """Measure what a reader made of any form, by the record; `earlier` are the returns of the years before.

    `issues` are those of the reading: a measure is warned of the rules that its columns break. Raises ValueError where
    an earlier return is of another form, or not of an earlier year.
    """
    asked, whole = asked or Asked(), with_earlier_years(reading, earlier)
    fills = [fill for fill in MAPPINGS[whole.form].fills if fill.source in whole.found]
    known_from = _known_from(reading, earlier, as_at)
    can, cannot = _sorted_out(asked.chosen(asked.measures), fills)
    record = _collected(record_of(whole))
    context = _placed(asked.context(as_at), record, asked.localities)
    work = [
        each for each in WORK if asked.paces and not VIEWS[each.table].asks(each.asks) - {fill.into for fill in fills}
    ]
    further, cannot_further = _sorted_out(asked.chosen(RECORD_AMOUNTS), fills)
    of_lists = asked.chosen(_of_lists(whole))
    frames = _views(record, [*_tables(can), *_tables(further), *(one.table for one in work)], context)
    rows = _states(frames, can, context)
    results = _results(can, (frames, rows), fills, context, _Ground(whole, earlier, known_from, issues))
    amounts_asked = Further(of_lists, [one for one in further if one.code not in {each.code for each in of_lists}])
    told = _amounts(whole, frames, amounts_asked, context, population=asked.population, known_from=known_from)
    lacking = [each for each in cannot_further if each.code not in told.rows]
    return RecordResults(
        measures=results,
        not_measured=(*cannot, *lacking, *(NotMeasured(code, why) for code, why in told.why_not.items())),
        amounts=told.amounts,
        as_at=as_at,
        settings=context.settings,
        known_from=known_from,
        timeliness=paces(work, frames, context),
        rows={one.code: _behind(frames[one.table], rows[one.code]) for one in can} | told.rows,
        distances=_distances(frames, context),
        months=_months(whole, record, (can, rows), amounts_asked, frames, context, known_from) if asked.months else {},
    )


class _Ground(NamedTuple):
    """What a measure's warnings are told from: what was handed in, the years before, since when, and its issues."""

    reading: Reading
    earlier: Sequence[Reading]
    known_from: date | None
    issues: pl.DataFrame | None


def _results(
    can: Sequence[Measure], made: tuple[Mapping[str, pl.DataFrame], Mapping[str, pl.DataFrame]], fills: Sequence[Fill],
    context: Context, ground: _Ground,
) -> tuple[MeasureResult, ...]:  # fmt: skip
    """Each measure with all that is to be said of it; `made` are the views, and each cohort's rows."""
    frames, rows = made
    doubts = None if ground.issues is None else Doubts(ground.issues, ground.reading)
    advice, results = _advice(ground.reading, ground.earlier), []
    for measure in can:
        said = _short_history(measure, context.as_at, ground.known_from, advice)
        said += _not_understood(measure, fills, ground.reading)
        said += _where(measure, frames[measure.table], rows[measure.code])
        warned, by = ((), ()) if doubts is None else doubts.about(_rests_on(measure, fills))
        results.append(result(measure, rows[measure.code], context, [*said, *warned], by))
    return tuple(results)


def _placed(context: Context, record: Mapping[str, pl.LazyFrame], named: pl.LazyFrame | None) -> Context:
    """The context with no more of the directory than the record names, and with the localities of its homes."""
    if context.postcodes is None:
        return context
    homes = record["ssd_address"].select(postcode="addr_address_postcode")
    few = near(context.postcodes, homes, record["ssd_cla_placement"].select(postcode="clap_cla_placement_postcode"))
    told = homes.drop_nulls().limit(1).collect(engine=IN_MEMORY).height > 0
    return replace(
        context, postcodes=few, localities=by_postcode(few, named).collect(engine=IN_MEMORY).lazy() if told else None
    )


def _advice(reading: Reading, earlier: Sequence[Reading]) -> str:
    """What would lengthen a short history: of a yearly return that came alone, that of the year before."""
    return " Add the return of the year before." if FORMS[reading.form].yearly and not earlier else ""


def _tables(asked: Sequence[Measure | Amount]) -> list[str]:
    return [one.table for one in asked]


def _states(frames: Mapping[str, pl.DataFrame], can: Sequence[Measure], context: Context) -> dict[str, pl.DataFrame]:
    """The rows of each measure's cohort, from the views that were worked out."""
    lazy = {name: frame.lazy() for name, frame in frames.items()}
    return states(lazy, can, replace(context, tables=lazy))


def _months(
    reading: Reading, record: Mapping[str, pl.LazyFrame], asked: tuple[Sequence[Measure], Mapping[str, pl.DataFrame]],
    further: Further, frames: Mapping[str, pl.DataFrame], context: Context, known_from: date | None,
) -> Series:  # fmt: skip
    """The record by the month. The lists of Annex A hold what stands as it is now, and tell of no day before."""
    (measures, rows), (of_lists, amounts) = asked, further
    held = {**frames, **{each.table: reading.tables[each.table] for each in of_lists}}
    told = happened(measures, rows, frames, context, known_from)
    told |= happened_amounts([*amounts, *of_lists], held, context, known_from)
    if reading.form != "annex_a":
        told |= stood(measures, amounts, lambda names, then: _views(record, names, then), context, known_from)
    return told


def _of_lists(reading: Reading) -> list[Amount]:
    return [each for each in LIST_AMOUNTS if each.table in reading.found]


def _amounts(
    reading: Reading, frames: Mapping[str, pl.DataFrame], further: Further, context: Context, *,
    population: int | None, known_from: date | None,
) -> Told:  # fmt: skip
    """Rates, medians and averages. What a list of Annex A answers is asked of the list, and not again of the record."""
    of_lists = further.of_lists
    declared = [*further.of_record, *of_lists]
    held = {**frames, **{each.table: reading.tables[each.table] for each in of_lists}}
    months = 12 if known_from is None else next((m for m in (12, 6) if known_from <= _first_day(context, m)), 0)
    told = amounts(held, declared, context, population=population, months=months)
    tables = {each.code: each.table for each in declared}
    lists = {each.code for each in of_lists}
    behind = {
        code: rows.select(pl.lit(tables[code]).alias("source"), pl.col("row").alias("source_row"), "state", "number")
        if code in lists
        else _behind(frames[tables[code]], rows)
        for code, rows in told.rows.items()
    }
    return told._replace(rows=behind)


def _first_day(context: Context, months: int) -> date:
    """The first day of the months up to the as-at date; a return begins on the day after the same day of the month."""
    return add_months(context.as_at, -months) + timedelta(days=1)


def _behind(view: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Each row of a cohort by the row of the file that it was made of."""
    number = [name for name in rows.columns if name == "number"]
    return view.join(rows, on="row", maintain_order="left").select("source", "source_row", "state", *number)


def _distances(frames: Mapping[str, pl.DataFrame], context: Context) -> pl.DataFrame:
    """Of every child in care, where what was handed in tells of placements at all."""
    if "in_care" not in frames:
        return pl.DataFrame(schema=DISTANCES)
    known = frames["in_care"].filter(pl.col("where_known").is_not_null()).with_columns(
        far=pl.col("miles") > context.setting("far_miles"), counts=in_care(context)
    )  # fmt: skip
    return known.select(pl.col(name).cast(dtype) for name, dtype in DISTANCES.items())


def _views(record: Mapping[str, pl.LazyFrame], asked: Sequence[str], context: Context) -> dict[str, pl.DataFrame]:
    """The views that are asked, each worked out once."""
    names = list(dict.fromkeys(asked))
    made = pl.collect_all([VIEWS[name].make(record, context) for name in names], engine=IN_MEMORY)
    return dict(zip(names, made, strict=True))


def _collected(record: Mapping[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """The record, made once: views that stand on one table of it would each make that table again."""
    return dict(zip(record, (frame.lazy() for frame in pl.collect_all(record.values(), engine=IN_MEMORY)), strict=True))


def _known_from(reading: Reading, earlier: Sequence[Reading], as_at: date) -> date | None:
    """The first day of which everything was handed in; None where the form holds whole histories."""
    if reading.form == "annex_a":
        return add_months(as_at, -6)
    years = [each.year for each in (reading, *earlier) if each.year is not None]
    return date(min(years) - 1, 4, 1) if years else None


def _sorted_out(measures: Sequence[Asks], fills: Sequence[Fill]) -> tuple[tuple[Asks, ...], tuple[NotMeasured, ...]]:
    """The measures that the tables handed in can answer, and why the others cannot be asked."""
    there = {fill.into for fill in fills}
    latest = {fill.into for fill in fills if any(take.how is How.LATEST for take in fill.takes.values())}
    can, cannot = [], []
    for measure in measures:
        view = VIEWS[measure.table]
        needs = view.asks(measure.fields)
        lacking = sorted(RECORD[name].title for name in needs - there)
        if lacking:
            cannot.append(NotMeasured(measure.code, f"It needs {', '.join(lacking)}: not in what was handed in."))
        elif needs & latest and view.history & set(measure.fields):
            cannot.append(NotMeasured(measure.code, LATEST))
        else:
            can.append(measure)
    return tuple(can), tuple(cannot)


def _short_history(measure: Measure, as_at: date, known_from: date | None, advice: str) -> list[str]:
    """That a measure looks back further than what is known; with advice only where more can be handed in with it."""
    since = add_months(as_at, -measure.looks_back)
    if known_from is None or measure.looks_back == 0 or (known_from - since).days <= 1:
        return []
    return [
        f"It looks back {measure.looks_back} months, to {since.isoformat()}, and what was handed in is whole from "
        f"{known_from.isoformat()} only: what happened before is not seen.{advice}"
    ]


def _rests_on(measure: Measure, fills: Sequence[Fill]) -> Cells:
    """The columns of the form that the measure's tables are made of."""
    needs = VIEWS[measure.table].asks(measure.fields)
    return frozenset(
        (fill.source, name)
        for fill in fills
        if fill.into in needs
        for take in fill.takes.values()
        for name in take.reads
    )


def _not_understood(measure: Measure, fills: Sequence[Fill], reading: Reading) -> list[str]:
    """Cells that the measure's tables rest on and that were not understood: they count as blank."""
    if reading.unread.is_empty():
        return []
    cells = _rests_on(measure, fills)
    counts = reading.unread.group_by("table", "column", "heading").len().sort("table", "heading").iter_rows()
    told = [(heading, number) for table, column, heading, number in counts if (table, column) in cells]
    if not told:
        return []
    total = sum(number for _, number in told)
    by_heading = ", ".join(f"{heading} {number:,}" for heading, number in told)
    return [f"{total:,} cells that this rests on were not understood and count as blank: {by_heading}."]


def _where(measure: Measure, view: pl.DataFrame, rows: pl.DataFrame) -> list[str]:
    """Of a measure of distance: how many children have none, and why, and how many have one of an old postcode.

    Whether a placement is outside is asked of the postcodes only where the form does not say it of any child.
    """
    if "where_known" not in measure.fields and ("in_or_out" not in measure.fields or _said(view, rows)):
        return []
    used = view.join(rows, on="row", how="semi").group_by("where_known").len().sort("where_known")
    told = [
        (NO_PLACEMENT if how is None else WHERE_KNOWN[how], number) for how, number in used.iter_rows()
        if how not in GOOD
    ]  # fmt: skip
    said = "; ".join(f"{says} {number:,}" for says, number in told)
    nowhere = not used.is_empty() and used["where_known"].is_in(NOT_FOUND).all()
    return [f"Of the {rows.height:,}: {said}.{f' {LOAD_ALL}' if nowhere else ''}"] if told else []


def _said(view: pl.DataFrame, rows: pl.DataFrame) -> bool:
    """Whether it is known of any child in the rows that they live inside or outside the authority."""
    return bool(view.join(rows, on="row", how="semi")["in_or_out"].is_not_null().any())
