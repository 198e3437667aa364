"""Reading a submission of any form: from sealed bytes to tables under pseudonyms, issues and measures.

Run by the worker, never by a page. The clear bytes are in memory only; whatever fails, nothing is half-stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import Error as DatabaseError
from django.utils import timezone

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.submissions import (
    actions,
    beside,
    corrections,
    earlier,
    holdings,
    local_rules,
    measuring,
    packing,
    reading_frames,
    sealing,
)
from goldthread.apps.submissions.actions.reading import ClaimLost, Finished
from goldthread.apps.submissions.local_rules import LocalFound
from goldthread.apps.submissions.measuring import Handed
from goldthread.apps.submissions.models import Identity, Submission
from goldthread.apps.submissions.pseudonymise import Pseudonymised, pseudonymise
from goldthread.apps.submissions.reading_frames import issue_rows

if TYPE_CHECKING:
    import polars as pl

    from goldthread.engines.sandbox import Limits
    from goldthread.kernel.checked import Results
    from goldthread.kernel.reading import Reading, Refused
    from goldthread.kernel.record_run import RecordResults

logger = logging.getLogger("goldthread.submissions")

MOST_BYTES = 300_000_000
"""How many bytes a file may have that is no workbook, once unpacked."""

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
            handed = parse(submission, _step)
            day = day_of(submission, handed.reading)
        except Refused as refusal:
            return actions.refuse(
                submission=submission, refusal=refusal.reason, mend=refusal.mend, code=refusal.code, by=PROGRAMME
            )
        finished = _work_out(submission, handed, day)
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


Step = Callable[[Submission, int, str], None]
"""Who is told how far reading has come: the submission, per cent, and what is done now."""


def parse(submission: Submission, step: Step) -> Handed:
    """What was handed in, read in clear. Raises kernel Refused where it cannot be used."""
    from goldthread.engines.sandbox import Asked, read_safely
    from goldthread.kernel.fitting_day import check_year
    from goldthread.kernel.reading import Refused

    said = corrections.in_force(submission)
    with holdings.clear_file(submission) as path:
        step(submission, 15, "Opened; reading what was handed in")
        reading = read_safely(path, limits=_limits(path), corrections=said)
    if not reading.found:
        raise Refused(NO_LISTS, NO_LISTS_MEND, code="no-lists")
    check_year(reading, timezone.localdate())
    if not holdings.has_year_before(submission):
        return Handed(reading)
    _check_yearly(reading)
    with holdings.clear_file(submission, packing.BEFORE) as path:
        step(submission, 30, "Reading the return of the year before")
        try:
            before = read_safely(path, limits=_limits(path), asked=Asked(form=reading.form), corrections=said)
            check_year(before, timezone.localdate())
        except Refused as refusal:
            raise Refused(f"The return of the year before: {refusal.reason}", refusal.mend, code=refusal.code) from None
    _check_years(reading, before)
    return Handed(reading, before)


def _limits(path: str) -> Limits:
    """What the child that reads may use. The files of a return are many times as long as a packed workbook of lists."""
    from goldthread.engines.sandbox import DEFAULT, limits_for
    from goldthread.readers.naming import is_workbook

    return DEFAULT if is_workbook(path) else limits_for(MOST_BYTES)


def _check_yearly(reading: Reading) -> None:
    from goldthread.kernel.forms import FORMS

    form = FORMS[reading.form]
    if not form.yearly:
        raise _wrong_year(f"{form.title}: it is not made for a year, so there is none of the year before.")


def _check_years(reading: Reading, before: Reading) -> None:
    if reading.year is None or before.year is None:
        raise _wrong_year("It cannot be told of which years the two returns are: they hold no dates that say so.")
    if before.year >= reading.year:
        raise _wrong_year(
            f"The return of the year before is of the year that ended in March {before.year}, and the return itself "
            f"of the year that ended in March {reading.year}."
        )


def _wrong_year(reason: str) -> Refused:
    from goldthread.kernel.reading import Refused

    return Refused(reason, "Choose the files of each year once more, or leave the year before out.", code="other-year")


@dataclass(frozen=True, slots=True)
class Day:
    """The day that is described, whether anything told it, and what is odd about it."""

    as_at: date
    told: bool
    doubts: tuple[str, ...]


def day_of(submission: Submission, reading: Reading) -> Day:
    """The day as somebody gave it or as the data tells it. Raises Refused where it cannot be meant."""
    from goldthread.kernel.fitting_day import Asked, check_day

    today = timezone.localdate()
    told = submission.as_at or _day(reading)
    as_at = told or today
    return Day(as_at, told is not None, check_day(reading, Asked(today, as_at, given=submission.as_at is not None)))


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """Everything that was worked out of what was read, before it is stored."""

    handed: Handed
    hidden: Pseudonymised
    checked: Results
    record: RecordResults
    as_at: date
    local: LocalFound | None = None


def _work_out(submission: Submission, handed: Handed, day: Day) -> Finished:
    from goldthread.kernel.checked import check_reading
    from goldthread.kernel.run import run_reading

    reading = handed.reading
    of = "lists" if reading.form == "annex_a" else "tables"
    _step(submission, 45, f"{len(reading.found)} {of} read; taking identities out of {reading.rows:,} rows")
    as_at = day.as_at
    hidden = pseudonymise(
        handed.found, key=sealing.key_of(submission.inspection), known=_known(submission), as_at=as_at,
        also=[handed.found_before],
    )  # fmt: skip
    _step(submission, 60, "Identities taken out; checking what was read")
    held = None
    if reading.form == "annex_a":
        held, then = earlier.of(submission, as_at, handed.found, hidden.names)
        checked = run_reading(reading, as_at=as_at, earlier=then)
    else:
        known = beside.known(submission, hidden.names) if reading.form == "practice" else None
        checked = check_reading(reading, as_at=as_at, known=known, beside=measuring.beside_of(handed))
    _step(submission, 75, "Checked; working out measures")
    record = measuring.ask_the_record(handed, as_at, checked.issues)
    _step(submission, 90, "Storing what was read")
    local = local_rules.run(submission, handed, as_at)
    made = _store(submission, _WorkedOut(handed, hidden, checked, record, as_at, local))
    strange = checked.apart or measuring.years_apart(handed, checked.settings)
    told = {"no_day": not day.told, "doubts": day.doubts, "apart": strange}
    return replace(made, earlier=None if checked.apart else held, lists={**made.lists, **told})


def _day(reading: Reading) -> date | None:
    """The day that is described: the last of a return's year, or the latest event."""
    from goldthread.kernel.record.event_dates import guess_day
    from goldthread.kernel.run import guess_as_at

    if reading.year is not None:
        return date(reading.year, 3, 31)
    if reading.form == "annex_a":
        return guess_as_at({name: reading.tables[name] for name in reading.found})
    return guess_day(reading)


def _known(submission: Submission) -> dict[str, str]:
    rows = Identity.objects.filter(inspection=submission.inspection)
    return dict(rows.values_list("fingerprint", "pseudonym").iterator())


def _store(submission: Submission, made: _WorkedOut) -> Finished:
    from goldthread.kernel.quality import completeness

    reading, hidden, checked = made.handed.reading, made.hidden, made.checked
    frames: dict[str, pl.DataFrame] = {
        "issues": issue_rows(checked.issues, reading, hidden.tables, sealing.key_of(submission.inspection)),
        # Before the vault empties columns: how they were filled is no secret, and could not be told afterwards.
        "completeness": completeness(made.handed.found, reading.unread),
        "unread": reading_frames.without_written(reading.unread),
        "notes": reading_frames.without_written(reading.notes),
        measuring.ROWS: measuring.rows_behind(made.handed, hidden.names, checked, made.record),
    }
    if made.local is not None:
        frames["local"] = local_rules.issue_rows(submission, made.local, reading, hidden.tables)
    tables = measuring.with_distances(hidden.tables, made.record)
    return Finished(
        form=reading.form,
        year=reading.year,
        as_at=made.as_at,
        as_at_guessed=submission.as_at is None,
        store_key=holdings.keep_frames(submission, "tables", tables),
        issues_key=holdings.keep_frames(submission, "issues", frames),
        vault_key=holdings.keep_frames(submission, "vault", {"vault": reading_frames.vault_frame(hidden)}),
        lists=reading_frames.lists(reading),
        counts=reading_frames.counts(checked.issues, checked.counts, list(checked.not_run), len(set(checked.ran)))
        | measuring.told(made.record)
        | ({} if made.local is None else {"local": made.local.told}),
        pseudonyms=hidden.given,
        measures=[*measuring.of_lists(checked), *measuring.of_record(made.record)],
    )  # fmt: skip
