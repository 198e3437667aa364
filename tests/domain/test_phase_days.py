"""Phases as days: worked out, moved, what follows, and the periods they fall in."""

from datetime import date, timedelta

import pytest

from goldthread.domain.frameworks import load
from goldthread.domain.phase_days import (
    Dates,
    Laid,
    Period,
    PeriodKind,
    PhaseError,
    days_left,
    lay,
    overlapping,
    plan_for,
    require_days,
    shifted,
)

HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)}
DATES = Dates(date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 26))
PLAN = plan_for(load("sif-2013").timetables, DATES, HOLIDAYS)


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def naive(day: date, n: int) -> date:
    """The nth working day after a day, or before it where n is negative, a day at a time."""
    step = timedelta(days=1 if n > 0 else -1)
    while n:
        day += step
        n -= (1 if step.days > 0 else -1) * working(day)
    return day


def by_slug(moved: dict[str, tuple[date, date]] | None = None) -> dict[str, Laid]:
    return {one.phase.slug: one for one in lay(PLAN, DATES, HOLIDAYS, moved)}


def test_what_follows_fieldwork_is_counted_from_its_last_day() -> None:
    laid = by_slug()
    last = PLAN.fieldwork[-1].end
    for slug in ("moderation", "accuracy", "publication", "authority-publishes", "statement-of-action"):
        phase = laid[slug].phase
        assert laid[slug].counted == (
            naive(DATES.fieldwork_to, phase.start - last), naive(DATES.fieldwork_to, phase.end - last),
        )  # fmt: skip
        assert not laid[slug].moved
    received = laid["publication"].ends
    assert laid["authority-publishes"].ends == naive(received, 30)
    assert laid["statement-of-action"].ends == naive(received, 70)


def test_a_moved_phase_has_its_days_and_keeps_what_was_worked_out() -> None:
    days = (date(2027, 1, 4), date(2027, 1, 15))
    moved = by_slug({"accuracy": days, "no-such-phase": days})["accuracy"]
    assert (moved.starts, moved.ends) == days and moved.moved and moved.counted == by_slug()["accuracy"].counted


@pytest.mark.parametrize("by", [-7, -1, 0, 1, 5, 23])
def test_what_follows_moves_by_as_many_working_days(by: int) -> None:
    laid = by_slug()
    new = shifted(list(laid.values()), "moderation", naive(laid["moderation"].ends, by), HOLIDAYS)
    if not by:
        assert new == {}
        return
    assert list(new) == ["accuracy", "publication", "authority-publishes", "statement-of-action"]
    for slug, days in new.items():
        assert days == (naive(laid[slug].starts, by), naive(laid[slug].ends, by))


def test_fieldwork_is_not_moved_by_what_comes_before_it() -> None:
    laid = list(by_slug().values())
    assert not {"week-1", "week-4"} & set(shifted(laid, "call", date(2026, 11, 4), HOLIDAYS))


@pytest.mark.parametrize(
    ("slug", "starts", "ends", "says"),
    [
        ("accuracy", date(2027, 2, 2), date(2027, 2, 1), "end on or after"),
        ("call", date(2026, 10, 30), date(2026, 11, 2), "before the day of the call"),
        ("accuracy", date(2027, 2, 6), date(2027, 2, 8), "Saturday 6 February 2027 is no working day"),
        ("accuracy", date(2026, 12, 24), date(2026, 12, 25), "no working day"),
        ("week-2", date(2026, 11, 9), date(2026, 11, 30), "must lie within fieldwork"),
    ],
)
def test_days_that_a_phase_cannot_have_are_refused(slug: str, starts: date, ends: date, says: str) -> None:
    with pytest.raises(PhaseError, match=says):
        require_days(by_slug()[slug], starts, ends, DATES, HOLIDAYS)


def test_days_that_it_can_have_are_not() -> None:
    require_days(by_slug()["week-2"], date(2026, 11, 9), date(2026, 11, 26), DATES, HOLIDAYS)


def test_periods_that_share_a_day_are_told_the_earliest_first() -> None:
    def period(first: date, last: date) -> Period:
        return Period(PeriodKind.SCHOOL_HOLIDAY, "", first, last)

    start, end = date(2026, 12, 14), date(2026, 12, 21)
    inside, on_edge = period(date(2026, 12, 21), date(2027, 1, 2)), period(date(2026, 12, 1), start)
    outside = period(date(2026, 12, 22), date(2026, 12, 31))
    assert overlapping(start, end, [inside, outside, on_edge]) == [on_edge, inside]


@pytest.mark.parametrize("ends", [date(2026, 12, 22) + timedelta(days=n) for n in range(16)])
def test_days_left_agree_with_counting_them(ends: date) -> None:
    today = date(2026, 12, 29)
    later, sooner = max(today, ends), min(today, ends)
    counted = sum(working(sooner + timedelta(days=n)) for n in range(1, (later - sooner).days + 1))
    assert days_left(today, ends, HOLIDAYS) == (counted if ends >= today else -counted)
