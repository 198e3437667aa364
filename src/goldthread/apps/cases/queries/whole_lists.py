"""Checks of a whole list: everybody who is due, held against the practice record, where one was handed in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.drawing import day_of, why_not_drawable
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import queries as submissions
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle
from goldthread.domain.instrument import Instrument, ListCheck

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: of how many due it was not done, by team; or why it cannot be told. `instrument` reads a sample."""

    code: str
    says: str
    instrument: str
    title: str
    due: int | None
    not_done: int | None
    teams: tuple[tuple[str, int], ...]
    cannot: str

    @property
    def done(self) -> int | None:
        """How many of those due it was done for."""
        return None if self.due is None or self.not_done is None else self.due - self.not_done


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """One child, or enquiry, for whom it was not done, under the pseudonym."""

    code: str
    child: str
    team: str
    since: date | None
    last: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class WholeLists:
    """Every check that an instrument names, and who is to be looked at; `rows` is None where the actor may not see it.

    `lists` and `practice` are the submissions that were held against each other; None where there is none.
    """

    lists: Submission | None
    practice: Submission | None
    as_at: date | None
    checks: tuple[Checked, ...]
    rows: tuple[ToLookAt, ...] | None


def whole_lists(inspection: Inspection, actor: Actor) -> WholeLists:
    """The whole-list checks of an inspection, on the newest lists and the newest practice record that it has."""
    lists, practice = whole_list_sources(inspection, actor)
    counts: dict[str, tuple[int, int]] = {}
    work: list[ToLookAt] = []
    if lists is not None and practice is not None:
        counts, work = _run(lists, practice)
    # Where two instruments name a check, the shorter is the one that reads a sample of it.
    naming = sorted(map(known.instrument, known.current_instruments()), key=lambda each: -len(each.questions))
    first = {check.code: _checked(each, check, counts, work) for each in naming for check in each.checks}
    return WholeLists(
        lists, practice, day_of(lists) if lists else None, tuple(first[code] for code in sorted(first)),
        tuple(one for one in work if one.code in first) if _may_see(actor, lists, practice) else None,
    )  # fmt: skip


def whole_list_sources(inspection: Inspection, actor: Actor) -> tuple[Submission | None, Submission | None]:
    """The lists and the practice record on which the checks are run; None for what is not there or not to be seen."""
    rows = submissions.handed_in(actor, inspection).filter(status=lifecycle.Submission.READ)
    held = list(rows.exclude(hand_over=lifecycle.HandOver.WITHDRAWN))
    lists = next((one for one in held if one.form == "annex_a" and not why_not_drawable(one)), None)
    return lists, next((one for one in held if one.form == "practice"), None)


def _may_see(actor: Actor, *held: Submission | None) -> bool:
    return all(
        one is None or policy.decide(actor, Permission.LISTS_READ, one.target(), timezone.now()).allowed for one in held
    )


def _run(lists: Submission, practice: Submission) -> tuple[dict[str, tuple[int, int]], list[ToLookAt]]:
    from goldthread.kernel.context import Context
    from goldthread.kernel.record import MAPPINGS
    from goldthread.kernel.record.engine import make_record
    from goldthread.kernel.whole_list import check_whole_lists

    record = make_record(MAPPINGS["annex_a"], _lazy(lists))
    found = check_whole_lists(record, _lazy(practice), Context(day_of(lists)))
    counts = {row["check"]: (row["due"], row["not_done"]) for row in found.counts.to_dicts()}
    return counts, [_to_look_at(row) for row in found.work.to_dicts()]


def _lazy(submission: Submission) -> dict[str, pl.LazyFrame]:
    return {name: frame.lazy() for name, frame in submissions.tables_of(submission).items()}


def _to_look_at(row: dict[str, Any]) -> ToLookAt:
    return ToLookAt(row["check"], row["child"] or "", row["team"] or "No team", row["since"], row["last"], row["days"])


def _checked(
    instrument: Instrument, check: ListCheck, counts: dict[str, tuple[int, int]], work: list[ToLookAt]
) -> Checked:  # fmt: skip
    due, not_done = counts.get(check.code, (None, None))
    teams = Counter(one.team for one in work if one.code == check.code)
    cannot = check.cannot if due is None else ""
    return Checked(
        check.code, check.says, instrument.slug, instrument.title, due, not_done, tuple(teams.most_common()), cannot
    )  # fmt: skip
