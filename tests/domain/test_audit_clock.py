"""When an audit is due and how it stands, and how many were done in time."""

from datetime import date, timedelta

import pytest

from goldthread.domain.audit_clock import Audit, Standing, standing, timeliness
from goldthread.domain.intervals import wilson

FRIDAY = date(2026, 11, 27)
HOLIDAYS = {date(2026, 12, 25), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [
        (FRIDAY, FRIDAY, Standing.IN_TIME),
        (FRIDAY, FRIDAY + timedelta(days=1), Standing.LATE),
        (FRIDAY - timedelta(days=1), None, Standing.OVERDUE),
        (FRIDAY, None, Standing.SOON),
        (date(2026, 12, 4), None, Standing.SOON),
        (date(2026, 12, 7), None, Standing.NOT_YET),
    ],
)
def test_how_an_audit_stands(due: date, done: date | None, expected: Standing) -> None:
    assert standing(Audit(due, done), FRIDAY, 5, HOLIDAYS) is expected


def test_holidays_are_no_working_days() -> None:
    assert standing(Audit(date(2026, 12, 30)), date(2026, 12, 24), 2, HOLIDAYS) is Standing.SOON
    assert standing(Audit(date(2026, 12, 30)), date(2026, 12, 24), 2, set()) is Standing.NOT_YET


def test_what_is_not_due_yet_counts_neither_for_nor_against_the_time() -> None:
    held = [Standing.IN_TIME] * 6 + [Standing.LATE] * 2 + [Standing.OVERDUE] + [Standing.SOON, Standing.NOT_YET]
    told = timeliness(held)
    assert (told.all, told.done, told.judged, told.not_yet) == (11, 8, 9, 2)
    assert told.interval == wilson(6, 9)
    assert timeliness([]).interval is None
