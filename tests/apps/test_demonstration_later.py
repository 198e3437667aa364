"""The calendar of the demonstration's two inspections: in order, whatever day it is made on."""

import inspect
from datetime import date, timedelta

import pytest

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.roles import ROLES, Side
from goldthread.config import demonstration_later as later
from goldthread.config import demonstration_later_report as report
from goldthread.config import demonstration_later_story as story
from goldthread.config import demonstration_story
from goldthread.config.demonstration_later import DECLINES_FROM, EARLIEST, PUBLISHED_AFTER, YEARS, Calendar
from goldthread.domain import frameworks
from goldthread.domain.accuracy_check import days_allowed, last_day
from goldthread.domain.calendar import add_months
from goldthread.kernel.working_days import bank_holidays


def test_every_day_of_the_story_is_in_order_whenever_it_is_told() -> None:
    for number in range(1100):
        today = date(2026, 10, 20) + timedelta(days=number)
        days = Calendar.up_to(today)
        assert days.first.weekday() == days.second.weekday() == 0
        assert days.first_lists < days.first < days.first + PUBLISHED_AFTER < days.second_lists < days.second
        assert days.second + PUBLISHED_AFTER < today
        # The lists before each inspection end with the month before its call, five years apart.
        assert add_months(days.first_lists + timedelta(days=1), 12 * YEARS) == days.second_lists + timedelta(days=1)
        assert (days.first.replace(day=1), days.second.replace(day=1)) == (
            days.first_lists + timedelta(days=1), days.second_lists + timedelta(days=1),
        )  # fmt: skip
        assert days.tellable
        assert 0 < DECLINES_FROM <= 12 * YEARS


def test_a_clock_too_early_for_the_earliest_lists_is_told() -> None:
    assert not Calendar.up_to(date(2025, 6, 1)).tellable
    assert Calendar.up_to(date(2025, 6, 1)).first_lists < EARLIEST


def test_the_report_comes_about_in_the_order_of_a_real_one() -> None:
    fieldwork_ends = inspect.signature(later._inspection).parameters["days"].default
    assert later.READ < later.SEEN_BETWEEN[1] < later.FOUND < report.PROPOSED < fieldwork_ends
    days = [
        fieldwork_ends, report.MODERATED, report.AGREED, report.COMPOSED, report.SENT, *report.READ_FIRST, report.COPY,
        report.COMMENTED, report.ANSWERED, report.REWRITTEN, *report.READ_AGAIN, report.ANSWERS_GIVEN, report.PUBLISHED,
    ]  # fmt: skip
    assert days == sorted(set(days))
    # Both calls lie on a Monday, and nobody works on a Saturday or a Sunday.
    assert all(one % 7 < 5 for one in (later.READ, later.FOUND, report.PROPOSED, *days))
    for framework in ("sif-2013", "ilacs-2026"):
        allowed, _ = days_allowed(frameworks.load(framework).timetables[0].phases)
        for number in range(0, 1100, 7):
            call = date(2026, 9, 7) + timedelta(days=number)
            # The council sends its comments while it may.
            until = last_day(call + timedelta(days=report.COPY), allowed, bank_holidays())
            assert call + timedelta(days=report.COMMENTED) <= until < call + timedelta(days=report.PUBLISHED)


@pytest.mark.parametrize(
    ("told", "checked"), [(story.THEN, story.CHECKED_THEN), (story.NOW, story.CHECKED_NOW)], ids=["then", "now"]
)
def test_what_the_council_would_have_otherwise_stands_in_one_finding_and_leaves_its_statement_as_it_was(
    told: tuple[story.Found, ...], checked: story.Checked
) -> None:
    assert sum(checked.before in one.explanation for one in told) == 1
    assert not any(checked.before in one.statement for one in told)
    assert checked.after != checked.before


def test_whoever_reads_a_board_pack_of_the_one_authority_reads_those_of_the_other() -> None:
    readers = {
        (one.email, one.role) for one in demonstration_story.PLAYERS
        if one.role and ROLES[one.role].side is Side.AUTHORITY and Permission.PLAN_READ in ROLES[one.role].may
    }  # fmt: skip
    assert ("member@demo.example", "member") in readers
    assert readers <= set(story.TEAM)
