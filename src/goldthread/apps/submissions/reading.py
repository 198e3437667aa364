"""Reading a submission: from sealed bytes to tables under pseudonyms, issues and measures.

Run by the worker, never by a page. The clear bytes are in memory only; whatever fails, nothing is half-stored.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError
from django.utils import timezone

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.submissions import actions, corrections, earlier, holdings, sealing
from goldthread.apps.submissions.actions.reading import ClaimLost, Finished, Measured
from goldthread.apps.submissions.models import Identity, Submission
from goldthread.apps.submissions.pseudonymise import Pseudonymised, identifying, pseudonymise

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.measure import MeasureResult, Share
    from goldthread.kernel.reading import Reading
    from goldthread.kernel.run import Results

logger = logging.getLogger("goldthread.submissions")

WITHHELD = "withheld"
"""What stands in the place of a cell that was not understood and might tell who somebody is."""

GROUP_LENGTH = 80
"""How much of a group's name is kept."""

NO_LISTS = "None of the sheets in this workbook is one of the Annex A lists."
NO_LISTS_MEND = (
    "Keep the headings of the official template in each sheet, then upload the workbook again. "
    "The names and the order of the sheets do not matter."
)


def read_submission(submission: Submission) -> Submission:
    """Read a submission that was claimed. Never raises for what the file or the disk may do; the row tells."""
    from goldthread.kernel.reading import Refused

    kept = False
    try:
        try:
            reading = _parse(submission)
            if not reading.found:
                raise Refused(NO_LISTS, NO_LISTS_MEND, code="no-lists")
        except Refused as refusal:
            return actions.refuse(
                submission=submission, refusal=refusal.reason, mend=refusal.mend, code=refusal.code, by=PROGRAMME
            )
        finished = _work_out(submission, reading)
        row = actions.finish(submission=submission, finished=finished, by=PROGRAMME)
        kept = True
        return row
    except ClaimLost:
        kept = True  # whoever reads it now keeps its frames in the same place
        return Submission.objects.get(pk=submission.pk)
    except Exception as error:
        # The kind of the error only: its words may hold a cell of the file.
        logger.warning("reading submission %s failed: %s", submission.pk, type(error).__name__)
        return _try_again(submission)
    finally:
        if not kept:
            holdings.discard_frames(submission)


def _try_again(submission: Submission) -> Submission:
    try:
        return actions.give_back(submission=submission, by=PROGRAMME)
    except (ClaimLost, DatabaseError):
        return Submission.objects.get(pk=submission.pk)  # its claim grows stale and is taken up again


def _step(submission: Submission, per_cent: int, says: str) -> None:
    actions.progress(submission=submission, per_cent=per_cent, step=says, by=PROGRAMME)


def _parse(submission: Submission) -> Reading:
    from goldthread.engines.sandbox import Asked, read_safely

    with holdings.clear_file(submission) as path:
        _step(submission, 15, "Opened; reading the lists")
        return read_safely(path, asked=Asked(form="annex_a"), corrections=corrections.in_force(submission))


def _work_out(submission: Submission, reading: Reading) -> Finished:
    from goldthread.kernel.run import guess_as_at, run_reading

    _step(submission, 50, f"{len(reading.found)} lists read; checking {reading.rows:,} rows")
    found = {name: reading.tables[name] for name in reading.found}
    as_at = submission.as_at or guess_as_at(found) or timezone.localdate()
    known = dict(
        Identity.objects.filter(inspection=submission.inspection).values_list("fingerprint", "pseudonym").iterator()
    )
    hidden = pseudonymise(found, key=sealing.key_of(submission.inspection), known=known, as_at=as_at)
    _step(submission, 65, "Identities taken out; checking rules and working out measures")
    held, then = earlier.of(submission, as_at, found, hidden.names)
    results = run_reading(reading, as_at=as_at, earlier=then)
    _step(submission, 90, "Storing what was read")
    return replace(_store(submission, reading, results, hidden, as_at), earlier=held)


def _store(submission: Submission, reading: Reading, results: Results, hidden: Pseudonymised, as_at: date) -> Finished:
    from goldthread.kernel.quality import completeness

    frames = {
        "issues": issue_rows(results.issues, reading, hidden.tables),
        # Before the vault empties columns: how they were filled is no secret, and could not be told afterwards.
        "completeness": completeness({name: reading.tables[name] for name in reading.found}, reading.unread),
        "unread": _without_written(reading.unread),
        "notes": _without_written(reading.notes),
    }
    return Finished(
        as_at=as_at,
        as_at_guessed=submission.as_at is None,
        store_key=holdings.keep_frames(submission, "tables", hidden.tables),
        issues_key=holdings.keep_frames(submission, "issues", frames),
        vault_key=holdings.keep_frames(submission, "vault", {"vault": _vault_frame(hidden)}),
        lists=_lists(reading),
        counts=_counts(results),
        pseudonyms=hidden.given,
        measures=[one for result in results.measures for one in _measured(result)],
    )


def issue_rows(issues: pl.DataFrame, reading: Reading, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The issues with what a person needs to mend them: how, whose row by pseudonym, team and worker, and what was
    written there."""
    import polars as pl

    from goldthread.kernel.quality import with_mends, with_staff
    from goldthread.kernel.rule import in_order
    from goldthread.kernel.tables import TABLES

    people = [
        frame.select(pl.lit(name).alias("table"), "row", pl.col(who).alias("child"))
        for name, frame in tables.items()
        for who in ("child", "adopter")
        if who in frame.columns
    ]
    owners = pl.concat(people) if people else pl.DataFrame(
        schema={"table": pl.String, "row": pl.Int64, "child": pl.String}
    )  # fmt: skip
    says = {f"{name}.{column.name}": column.says for name, table in TABLES.items() for column in table.columns}
    heading = pl.format("{}.{}", "table", "column").replace_strict(says, default=pl.col("heading")).alias("fields")
    cells = (
        _without_written(reading.unread)
        .select("table", "row", heading, pl.lit("cell").alias("is"), "written")
        .unique(["table", "row", "fields"], keep="first")
    )
    understood = "The cell was not understood."
    with_cell = pl.when(pl.col("says").str.starts_with(understood)).then(pl.lit("cell")).alias("is")
    return in_order(
        with_staff(with_mends(issues), tables)
        .with_columns(with_cell)
        .join(owners.unique(["table", "row"], keep="first"), on=["table", "row"], how="left")
        .join(cells, on=["table", "row", "fields", "is"], how="left")
        .drop("is")
    )


def _without_written(cells: pl.DataFrame) -> pl.DataFrame:
    """The same, where nothing is repeated that might tell who somebody is."""
    import polars as pl

    columns = cells.select("table", "column").unique().rows()
    hide = [f"{table}.{column}" for table, column in columns if not _showable(table, column)]
    key = pl.format("{}.{}", pl.col("table").fill_null("None"), pl.col("column").fill_null("None"))
    hidden = pl.col("written").is_not_null() & key.is_in(hide)
    return cells.with_columns(pl.when(hidden).then(pl.lit(WITHHELD)).otherwise(pl.col("written")).alias("written"))


def _showable(table: str | None, column: str | None) -> bool:
    return table is not None and column is not None and not identifying(table, column)


def _vault_frame(hidden: Pseudonymised) -> pl.DataFrame:
    import polars as pl

    rows = [
        (name, column, value)
        for name, entry in hidden.vault.items()
        for column, values in entry.items()
        for value in values
    ]
    schema = {"pseudonym": pl.String, "column": pl.String, "value": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _lists(reading: Reading) -> dict[str, Any]:
    return {
        "found": list(reading.found),
        "missing": list(reading.missing),
        "rows": {name: reading.tables[name].height for name in reading.found},
        "sheets": [
            {"table": sheet.table, "rows": sheet.rows, "hidden": sheet.hidden, "says": sheet.says}
            for sheet in reading.sheets
        ],
        "unread": reading.unread.height,
        "notes": [
            {"kind": note["kind"], "list": note["list"], "cells": note["cells"], "says": note["says"]}
            for note in reading.notes.group_by("kind", "list", "says", maintain_order=True)
            .agg(_sum_cells())
            .head(200)
            .iter_rows(named=True)
        ],
    }


def _sum_cells() -> pl.Expr:
    import polars as pl

    return pl.col("cells").sum()


def _counts(results: Results) -> dict[str, Any]:
    by_rule = list(results.counts.iter_rows(named=True))
    severities: dict[str, int] = {}
    for row in by_rule:
        severities[row["severity"]] = severities.get(row["severity"], 0) + row["issues"]
    return {
        "total": results.issues.height,
        "severities": severities,
        "rules": by_rule,
        "not_run": [{"rule": rule, "why": why} for rule, why in results.not_run],
    }


def _measured(result: MeasureResult) -> Iterator[Measured]:
    from goldthread.kernel.measures import MEASURES
    from goldthread.kernel.tables import TABLES

    table = next((measure.table for measure in MEASURES if measure.code == result.code), "")
    detail = {
        "title": result.title, "asks": result.asks, "definition": result.definition, "version": result.version,
        "source": result.source, "settled": result.settled, "unit": result.unit, "better": result.better.value,
        "display": result.display.value, "not_known": result.not_known, "not_due": result.not_due,
        "warnings": list(result.warnings), "warned_by": list(result.warned_by),
        "cautions": list(result.cautions), "breaks": list(result.breaks),
        "settings": dict(result.settings), "table": table, "list": TABLES[table].number if table else None,
        "list_title": TABLES[table].title if table else "",
    }  # fmt: skip
    yield Measured(result.code, result.numerator, result.denominator, result.value, result.low, result.high, detail)
    seen: set[tuple[str, str]] = set()
    for part in result.breakdowns:
        yield _group(result.code, part.by, _short(part.by, part.group, seen), part.share)


def _short(by: str, group: str, seen: set[tuple[str, str]]) -> str:
    """A group's name as far as it fits: the names of teams are free text, and two long ones may begin alike."""
    name, number = group[:GROUP_LENGTH], 1
    while (by, name) in seen:
        number += 1
        name = f"{group[: GROUP_LENGTH - 6]} ({number})"
    seen.add((by, name))
    return name


def _group(code: str, by: str, group: str, share: Share) -> Measured:
    detail = {"display": share.display.value, "not_known": share.not_known, "not_due": share.not_due}
    return Measured(
        code, share.numerator, share.denominator, share.value, share.low, share.high, detail, breakdown=by, group=group
    )
