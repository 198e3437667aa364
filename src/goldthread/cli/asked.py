"""Everything that is measured, asked of whatever was handed in: shares of lists and of the record, and amounts."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from goldthread.cli import measure_amounts, measure_record, submission
from goldthread.cli.output import Cell, Table
from goldthread.cli.reference import postcodes
from goldthread.cli.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldthread.kernel.amount import AmountResult
    from goldthread.kernel.measure import MeasureResult
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.record_run import RecordResults
    from goldthread.kernel.timeliness import Paces


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be shown: the heading, what JSON says of the file, the settings, the measures, and why not others."""

    heading: str
    about: dict[str, object]
    settings: Mapping[str, int]
    measures: tuple["MeasureResult", ...]
    amounts: tuple["AmountResult", ...]
    why_not: Mapping[str, str]
    as_at: date
    timeliness: tuple["Paces", ...]
    also: list[Table]
    rows: Callable[[str], "Iterable[tuple[Cell, ...]]"]
    lists: frozenset[str] = frozenset()

    def of_record(self, code: str) -> bool:
        """Whether something was asked of the record, and not of a list."""
        return code not in self.lists


def ask(args: argparse.Namespace, reading: "Reading", limits: dict[str, int], authority: str) -> Told:
    """Everything that is measured, asked of what was read.

    `authority` is whose children these are, as the directory of postcodes writes it. Raises Refused.
    """
    of = _of_lists if reading.form == "annex_a" else _of_record
    return of(args, reading, limits, authority)


def _of_lists(args: argparse.Namespace, reading: "Reading", limits: dict[str, int], authority: str) -> Told:
    """The measures of the lists, and those of the record that no list answers."""
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.record_measures import RECORD_MEASURES
    from goldthread.kernel.record_run import Asked, measure_reading
    from goldthread.kernel.run import run_reading

    if args.history:
        raise Refused("--history is for returns that are made every year, not for lists.")
    read = submission.of_lists(args.file, reading, args.as_at, limits=limits)
    results = run_reading(reading, as_at=read.as_at, settings=limits)
    codes = {measure.code for measure in MEASURES}
    questions = Asked(
        settings=limits,
        postcodes=postcodes(args.data),
        authority=authority,
        population=measure_amounts.population(args),
        measures=[measure for measure in RECORD_MEASURES if measure.code not in codes],
        only=args.measure or "",
        months=False,
    )
    more = measure_reading(reading, as_at=read.as_at, asked=questions, issues=results.issues)
    why_not = {entry.code: entry.why for entry in more.not_measured}
    return Told(
        heading=read.heading(),
        about=read.about(),
        settings=results.settings,
        measures=(*results.measures, *more.measures),
        amounts=more.amounts,
        why_not=why_not,
        as_at=read.as_at,
        timeliness=more.timeliness,
        also=measure_amounts.without_population(more.not_measured) if args.measure is None else [],
        rows=_rows_of_lists(reading, read.as_at, limits, more),
        lists=frozenset(entry.code for entry in results.measures),
    )


def _of_record(args: argparse.Namespace, reading: "Reading", limits: dict[str, int], authority: str) -> Told:
    told = measure_record.measured(args, reading, limits, authority)
    results = told.results
    why_not = {entry.code: entry.why for entry in results.not_measured}
    also = measure_record.not_measured(results) if args.measure is None else []
    return Told(
        told.heading(),
        told.about(),
        results.settings,
        results.measures,
        results.amounts,
        why_not,
        told.as_at,
        results.timeliness,
        also,
        lambda code: results.rows[code].iter_rows(),
    )


def _rows_of_lists(
    reading: "Reading", as_at: date, limits: dict[str, int], more: "RecordResults"
) -> Callable[[str], "Iterable[tuple[Cell, ...]]"]:
    """The rows behind one measure: of its list, or of the record where no list answers it."""
    from goldthread.kernel.context import Context
    from goldthread.kernel.measure import states
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.settings import with_settings

    def behind(code: str) -> "Iterable[tuple[Cell, ...]]":
        measure = next((each for each in MEASURES if each.code == code), None)
        if measure is None:
            return more.rows[code].iter_rows()
        lazy = {name: reading.tables[name].lazy() for name in reading.found}
        found = states(lazy, [measure], Context(as_at=as_at, tables=lazy, settings=with_settings(limits)))
        rows = found[code].select("row", "state").iter_rows() if code in found else ()
        return ((measure.table, row, state) for row, state in rows)

    return behind
