"""A day that can hardly be meant is questioned by what the file is called and how long ago it was."""

from datetime import date

import pytest

from goldthread.domain.day_of_data import months_named, odd

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("Wrenfordshire Annex A October 2026 (synthetic).xlsx", ["2026-10"]),
        ("annexa_oct-2026.xlsx", ["2026-10"]),
        ("2026 Sept lists.ods", ["2026-09"]),
        ("lists 2026-10-31.xlsx", ["2026-10"]),
        ("lists_20261031.zip", ["2026-10"]),
        ("lists 31.10.2026.xlsx", ["2026-10"]),
        ("Annex A 1-4-2026 to 30-9-2026.xlsx", ["2026-04", "2026-09"]),
        ("SSDA903 2026.zip", []),
        ("lists 2026-13.xlsx", []),
        ("Report 20269931.xlsx", []),
        ("lists.xlsx", []),
    ],
)
def test_the_months_that_a_name_speaks_of(name: str, months: list[str]) -> None:
    assert sorted(f"{one:%Y-%m}" for one in months_named(name)) == months


@pytest.mark.parametrize(
    ("day", "name", "says"),
    [
        (date(2026, 10, 31), "Annex A October 2026.xlsx", ""),
        (date(2026, 11, 20), "Annex A October 2026.xlsx", ""),
        (date(2026, 4, 30), "Annex A October 2026.xlsx", "the name of the file speaks of October 2026"),
        (date(2016, 10, 31), "Annex A October 2026.xlsx", "the name of the file speaks of October 2026"),
        (date(2024, 3, 31), "Annex A March 2024.xlsx", ""),
        (date(2016, 10, 31), "lists.xlsx", "31 October 2016, is more than 13 months ago"),
        (date(2025, 10, 28), "lists.xlsx", ""),
        (date(2025, 10, 26), "lists.xlsx", "more than 13 months ago"),
        (date(2026, 9, 30), "1-4-2026 to 30-9-2026.xlsx", ""),
    ],
)
def test_a_day_is_questioned_where_the_name_or_the_calendar_speaks_against_it(day: date, name: str, says: str) -> None:
    told = odd(day, today=TODAY, names=[name])
    assert (says in told) if says else told == ""
