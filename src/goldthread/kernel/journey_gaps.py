"""Gaps on a child's way: what took too long, what is overdue, what drifts, and where a visit would have been told.

Each gap says in words between which days it lies, how long it is, and against which limit. The limits are the
settings of the rules and measures; most are to be checked against the guidance in force (`kernel/settings`).

Silence is a gap only where the lists would have shown a visit or a review: lists that hold the latest date alone say
nothing of the time before it, and such a stretch is no gap but untold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

import polars as pl

from goldthread.domain.calendar import add_months, add_working_days, working_days_between
from goldthread.kernel.journey import Event, Journey, covered
from goldthread.kernel.journey_events import TELL_OF_VISITS, Lane
from goldthread.kernel.measures.care import LONG_TERM_FOSTER
from goldthread.kernel.settings import DEFAULTS, SETTINGS
from goldthread.kernel.working_days import bank_holidays

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SILENT = 3
"""Spells of silence that are told, the longest first: more would hide the other gaps."""


class GapKind(StrEnum):
    """What kind of gap it is."""

    LATE = "Took too long"
    OVERDUE = "Overdue"
    DRIFT = "Drift"
    SILENCE = "Nothing recorded"


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that a question is asked of: in which lane it is drawn, from when to when, and what it is in words.

    What was late or is overdue counts from the day on which the limit ended. `table` and `row` say where the dates
    stand; silence has none, because it is between rows.
    """

    letter: str
    kind: GapKind
    lane: Lane
    start: date
    end: date
    says: str
    table: str = ""
    row: int | None = None

    @property
    def days(self) -> int:
        """How long it is in calendar days."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Untold:
    """A stretch of which the lists hold no date, and could hold none: what was done then is not known from them."""

    start: date
    end: date

    @property
    def says(self) -> str:
        """The stretch in words."""
        return f"{_day(self.start)} to {_day(self.end)}"


@dataclass(frozen=True, slots=True)
class _Span:
    """A step that has a time limit: from one date of a row to another of the same row."""

    table: str
    lane: Lane
    start: str
    end: str
    limit: str
    says: str
    kind: GapKind = GapKind.LATE
    unless: tuple[str, ...] = ()
    running: str = ""
    """The words while it has not ended; empty where a step without an end may be over all the same."""


@dataclass(frozen=True, slots=True)
class _Current:
    """Something that has to be done again and again while a row is open: the latest date must not be too old."""

    table: str
    lane: Lane
    latest: str
    start: str
    end: str
    limit: str
    says: str
    first: str = ""
    """The limit while it has never been done; the same where empty."""


SPANS: tuple[_Span, ...] = (
    _Span("assessments", Lane.ASSESSMENT, "started_on", "authorised_on", "assessment_days",
          "The assessment took", running="The assessment has been open for"),
    _Span("section_47", Lane.ENQUIRY, "strategy_on", "conference_on", "conference_days",
          "From the strategy discussion to the conference it took"),
    _Span("protection_plans", Lane.PROTECTION, "started_on", "ended_on", "long_plan_days",
          "The protection plan lasted", GapKind.DRIFT, running="The protection plan has lasted"),
    _Span("adoptions", Lane.ADOPTION, "entered_care_on", "placed_on", "adoption_days",
          "From coming into care to the placement for adoption it took", unless=("reversed_on",),
          running="Since coming into care, without a placement for adoption,"),
)  # fmt: skip

CURRENT: tuple[_Current, ...] = (
    _Current("protection_plans", Lane.PROTECTION, "last_visit_on", "started_on", "ended_on",
             "protection_visit_days", "protection visit"),
    _Current("protection_plans", Lane.PROTECTION, "latest_review_on", "started_on", "ended_on",
             "protection_review_months", "review conference", "first_protection_review_months"),
    _Current("children_in_care", Lane.CARE, "last_visit_on", "started_on", "ceased_on", "care_visit_days",
             "visit in care", "first_care_visit_days"),
    _Current("children_in_care", Lane.CARE, "latest_review_on", "started_on", "ceased_on", "care_review_months",
             "review in care", "first_care_review_days"),
    _Current("children_in_care", Lane.HEALTH, "health_on", "started_on", "ceased_on", "health_months",
             "health assessment"),
    _Current("children_in_care", Lane.HEALTH, "dental_on", "started_on", "ceased_on", "dental_months",
             "dental check"),
)  # fmt: skip

SERVICES = (Lane.EARLY_HELP, Lane.ASSESSMENT, Lane.NEED, Lane.PROTECTION, Lane.CARE)
"""The lanes that say which service has a child, the furthest on the child's way last."""

SHORT_BREAKS = ("V3", "V4")
_UNITS = {setting.name: setting.unit for setting in SETTINGS}


def gaps(
    journey: Journey, tables: Mapping[str, pl.DataFrame], child: str, settings: Mapping[str, int] = DEFAULTS
) -> tuple[Gap, ...]:
    """Every gap of one child's journey, by the day on which it begins, lettered from A."""
    found = [*_late(tables, child, journey.as_at, settings), *_overdue(tables, child, journey.as_at, settings)]
    found += _silences(journey, settings["silence_days"])
    found.sort(key=lambda gap: (gap["start"], gap["end"], gap["says"]))
    return tuple(Gap(_letter(place), **gap) for place, gap in enumerate(found))


def _letter(place: int) -> str:
    return LETTERS[place] if place < len(LETTERS) else f"{LETTERS[place // len(LETTERS) - 1]}{place % len(LETTERS)}"


def _rows(tables: Mapping[str, pl.DataFrame], table: str, child: str) -> list[dict[str, Any]]:
    return tables[table].filter(pl.col("child") == child).to_dicts() if table in tables else []


def _late(
    tables: Mapping[str, pl.DataFrame], child: str, as_at: date, settings: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for step in SPANS:
        for row in _rows(tables, step.table, child):
            start, end = row[step.start], row[step.end]
            if start is None or start > as_at or any(row[name] is not None for name in step.unless):
                continue
            ended = end is not None and end <= as_at
            if (end is not None and end < start) or (not ended and not step.running):
                continue
            last = end if ended else as_at
            took, unit, limit = _length(start, last, step.limit, settings), _UNITS[step.limit], settings[step.limit]
            if took <= limit:
                continue
            words = step.says if ended else step.running
            measured = "" if ended or words.endswith(("for", "lasted")) else " it has been"
            says = f"{words}{measured} {took:,} {unit}: {took - limit:,} more than {limit:,}."
            due = _due(start, step.limit, settings)
            yield {"kind": step.kind, "lane": step.lane, "start": due, "end": last, "says": says,
                   "table": step.table, "row": row["row"]}  # fmt: skip


def _length(start: date, end: date, setting: str, settings: Mapping[str, int]) -> int:
    if _UNITS[setting] == "working days":
        return working_days_between(start, end, bank_holidays()) + settings["first_day_counts"]
    return (end - start).days


def _overdue(
    tables: Mapping[str, pl.DataFrame], child: str, as_at: date, settings: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    for duty in CURRENT:
        for row in _rows(tables, duty.table, child):
            start, end, latest = row[duty.start], row[duty.end], row[duty.latest]
            closed = start is None or start > as_at or (end is not None and end <= as_at)
            if closed or row.get("legal_status") in SHORT_BREAKS or (latest is not None and latest > as_at):
                continue
            done = latest is not None and latest >= start
            since, name = (latest if done else start), _limit(duty, row, as_at, done=done)
            due = _due(since, name, settings)
            if due >= as_at:
                continue
            told = f"The last {duty.says} was on {_day(since)}" if done else f"No {duty.says} since {_day(since)}"
            says = (
                f"{told}; with {settings[name]} {_UNITS[name]} allowed, it was due by {_day(due)}, {_ago(due, as_at)}."
            )
            yield {"kind": GapKind.OVERDUE, "lane": duty.lane, "start": due, "end": as_at, "says": says,
                   "table": duty.table, "row": row["row"]}  # fmt: skip


def _limit(duty: _Current, row: Mapping[str, Any], as_at: date, *, done: bool) -> str:
    """The setting that applies: for the first time another one, for a young child or a settled placement too."""
    if not done and duty.first:
        return duty.first
    if duty.latest == "health_on" and row["age"] is not None and row["age"] < 5:
        return "young_health_months"
    placed = row.get("placement_on")
    lasting = row.get("placement_type") in LONG_TERM_FOSTER and placed is not None and add_months(placed, 12) <= as_at
    return "settled_care_visit_months" if duty.limit == "care_visit_days" and lasting else duty.limit


def _due(since: date, setting: str, settings: Mapping[str, int]) -> date:
    limit, unit = settings[setting], _UNITS[setting]
    if unit == "months":
        return add_months(since, limit)
    if unit == "days":
        return since + timedelta(days=limit)
    return add_working_days(since, limit - settings["first_day_counts"], bank_holidays())


def untold(journey: Journey, settings: Mapping[str, int] = DEFAULTS) -> tuple[Untold, ...]:
    """Long stretches without a date that the lists could not have told of, the longest few, in order of time."""
    found = [
        Untold(before, after)
        for before, after in _quiet(journey, settings["silence_days"])
        if not _would_tell(journey, before, after)
    ]
    longest = sorted(found, key=lambda one: one.start - one.end)[:SILENT]
    return tuple(sorted(longest, key=lambda one: one.start))


def _silences(journey: Journey, longest: int) -> list[dict[str, Any]]:
    """Stretches in which something was running, and the lists would show a visit or a review: the longest few."""
    found: list[dict[str, Any]] = []
    for before, after in _quiet(journey, longest):
        if not _would_tell(journey, before, after):
            continue
        until = "the day of the lists" if after == journey.as_at else _day(after)
        says = (
            f"The lists tell of no visit or review between {_day(before)} and {until}: {(after - before).days:,} days "
            "while the case was open."
        )
        found.append({"kind": GapKind.SILENCE, "lane": _lane(journey.sound, before, journey.as_at), "start": before,
                      "end": after, "says": says})  # fmt: skip
    found.sort(key=lambda gap: gap["start"] - gap["end"])
    return found[:SILENT]


def _quiet(journey: Journey, longest: int) -> Iterator[tuple[date, date]]:
    """Every stretch longer than the limit in which something was running and no list tells of a day."""
    for before, after in pairwise(sorted(_days_told(journey.sound, journey.as_at))):
        open_then = covered(journey.sound, before + timedelta(days=1), journey.as_at)
        if (after - before).days > longest and open_then:
            yield before, after


def _would_tell(journey: Journey, before: date, after: date) -> bool:
    """Whether a visit or a review within the stretch would stand in the lists.

    A list that was open then has to hold the latest of them, and none of those latest may lie after the stretch,
    for it would hide what came before it; nor may it be a date that cannot be true, which hides all.
    """
    running = [one for one in journey.sound if covered([one], before + timedelta(days=1), journey.as_at)]
    if not any(one.table in TELL_OF_VISITS for one in running):
        return False
    began: dict[tuple[str, int], date] = {}
    for one in journey.sound:
        if one.running or one.until is not None:
            began[one.table, one.row] = min(one.day, began.get((one.table, one.row), one.day))
    return not any(
        one.latest and (one.doubt or one.day >= after) and began.get((one.table, one.row), date.min) < after
        for one in journey.events
    )


def _days_told(events: Sequence[Event], as_at: date) -> set[date]:
    days = {event.day for event in events} | {event.until for event in events if event.until is not None}
    return days | {as_at} if any(event.running for event in events) else days


def _lane(events: Sequence[Event], day: date, as_at: date) -> Lane:
    """The lane of the service that had the child meanwhile, the furthest on the child's way."""
    running = {event.lane for event in events if covered([event], day + timedelta(days=1), as_at)}
    services = [lane for lane in SERVICES if lane in running]
    return services[-1] if services else max(running, key=list(Lane).index)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _ago(due: date, as_at: date) -> str:
    days = (as_at - due).days
    return f"{days:,} day{'' if days == 1 else 's'} before the day of the lists"
