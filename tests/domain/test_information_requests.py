"""When something asked for is due, and what of it may be there already."""

from datetime import date, timedelta

import pytest

from goldthread.domain.information_requests import Named, due_day, matches, telling_words

CALL = date(2026, 5, 18)
"""A Monday; the bank holiday of Monday 25 May lies in the week after."""
HOLIDAYS = {date(2026, 5, 25)}


def naive(call: date, offset: int) -> date:
    day = call
    while offset:
        day += timedelta(days=1)
        offset -= day.weekday() < 5 and day not in HOLIDAYS
    return day


@pytest.mark.parametrize("offset", range(12))
def test_the_due_day_is_counted_in_working_days_from_the_call(offset: int) -> None:
    long_before = CALL - timedelta(days=30)
    assert due_day(CALL, offset, long_before, HOLIDAYS) == naive(CALL, offset)


def test_what_is_asked_for_late_is_due_on_the_next_working_day() -> None:
    assert due_day(CALL, 1, date(2026, 5, 22), HOLIDAYS) == date(2026, 5, 26)
    assert due_day(CALL, 1, date(2026, 5, 19), HOLIDAYS) == date(2026, 5, 20)


def test_words_that_tell_something_are_kept_without_plurals() -> None:
    assert telling_words("The latest Strategies for children’s missing-person reports, by team") == (
        "strategy", "missing-person", "team",
    )  # fmt: skip
    assert telling_words("") == telling_words("of the a ; <>") == ()


def test_what_shares_two_words_or_is_named_whole_is_shown_with_the_words() -> None:
    there = [
        Named("Adoption panel minutes", "one"), Named("Referrals", "two"), Named("Fostering panel", "three"),
        Named("Minutes of the adoption panel, May", "four"), Named("children's services report", "five"),
    ]  # fmt: skip
    found = matches("Minutes of the adoption panel; referrals to it", there)
    assert [(one.thing.says, set(one.words)) for one in found] == [
        ("one", {"adoption", "panel", "minute"}), ("four", {"minute", "adoption", "panel"}), ("two", {"referral"}),
    ]  # fmt: skip
    assert matches("Nothing like it", there) == matches("", there) == []
    assert matches("Children who need help", [Named("Children in need", "of one word"), Named("Early help", "x")]) == []
    assert len(matches("referrals", [Named("Referrals", str(n)) for n in range(9)])) == 5
