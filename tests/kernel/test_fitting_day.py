"""Whether a year and an as-at date fit what was handed in."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import pytest

from goldthread.kernel.fitting_day import Asked, check_day, check_year
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading, Refused, make_reading

TODAY = date(2026, 11, 26)
SPRING = [date(2026, 4, 1) + timedelta(days=3 * number) for number in range(60)]


def dated(table: str, column: str, days: Sequence[date], *, year: int | None = None) -> Reading:
    schema = TABLES_OF_ALL_FORMS[table].schema()
    rows = pl.DataFrame({"row": range(2, len(days) + 2), column: days}, schema={"row": pl.Int64, column: pl.Date})
    frame = rows.select(
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
    return make_reading({table: frame}, form=TABLES_OF_ALL_FORMS[table].form, year=year)


def of_year(year: int) -> Reading:
    return dated("cla_episodes", "decom", [date(year - 1, 9, day) for day in range(1, 31)], year=year)


def given(day: date, **settings: int) -> Asked:
    return Asked(TODAY, day, given=True, settings=settings)


@pytest.mark.parametrize(("year", "said"), [(1927, "no such return before 1991-92"), (2028, "1 April 2027, which has")])
def test_a_year_that_no_return_can_be_of_is_refused_with_what_it_was_read_from(year: int, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        check_year(of_year(year), TODAY)
    assert "by most dates of DECOM in Episodes" in refused.value.reason
    assert "Check that it is the right file" in refused.value.mend


def test_years_that_returns_are_of_are_let_through() -> None:
    for year in (1992, 2017, 2026, 2027):
        check_year(of_year(year), TODAY)


def test_a_day_of_another_year_than_the_return_is_refused() -> None:
    with pytest.raises(
        Refused, match=r"31 March 2006, does not fit a return of 2025-26.*1 April 2025 to 31 March 2026"
    ):
        check_day(of_year(2026), given(date(2006, 3, 31)))
    assert check_day(of_year(2026), given(date(2026, 3, 31))) == ()
    assert check_day(of_year(2026), given(date(2025, 10, 31))) == ()


def test_a_day_after_the_year_and_a_year_that_is_not_over_are_told() -> None:
    (after,) = check_day(of_year(2026), given(date(2026, 6, 30)))
    assert "tells of nothing after 31 March 2026" in after
    (running,) = check_day(of_year(2027), Asked(TODAY, date(2027, 3, 31), given=False))
    assert "a year that is not over" in running


def test_a_return_outside_the_years_that_are_known_is_told() -> None:
    (said,) = check_day(of_year(2017), Asked(TODAY, date(2017, 3, 31), given=False))
    assert "those of 2020-21 to 2026-27" in said


def test_a_day_before_which_nothing_lies_is_refused_with_the_dates_that_there_are() -> None:
    lists = dated("contacts", "contacted_on", SPRING)
    with pytest.raises(Refused, match=r"Of the 60 dates .* none .* they lie from 1 April 2026 to 25 September 2026"):
        check_day(lists, given(date(2025, 9, 30)))
    with pytest.raises(Refused, match="only 2"):
        check_day(lists, given(date(2026, 4, 5)))
    assert check_day(lists, given(date(2026, 4, 5), day_holds_per_cent=0, day_leaves_per_cent=100)) == ()
    assert check_day(lists, given(date(2026, 9, 30))) == ()


def test_a_day_long_after_the_last_event_is_told_and_then_refused() -> None:
    lists = dated("contacts", "contacted_on", [day - timedelta(days=365) for day in SPRING])
    (said,) = check_day(lists, given(date(2026, 3, 31)))
    assert "187 days before the as-at date" in said
    with pytest.raises(Refused, match="more than 12 months before it"):
        check_day(lists, given(date(2026, 10, 31)))


def test_a_day_amid_the_dates_is_told() -> None:
    (said,) = check_day(dated("contacts", "contacted_on", SPRING), given(date(2026, 8, 31)))
    assert said.startswith("9 of the 60 dates in it (15%) lie after the as-at date, 31 August 2026")


def test_a_day_that_has_not_come_is_refused_and_where_the_data_tells_it_told() -> None:
    lists = dated("contacts", "contacted_on", [*SPRING, date(2062, 1, 1)])
    with pytest.raises(Refused, match="27 November 2026, has not come"):
        check_day(lists, given(TODAY + timedelta(days=1)))
    (said,) = check_day(lists, Asked(TODAY, date(2062, 1, 1), given=False))[:1]
    assert "1 January 2062, was taken for its day, and has not come" in said
    ahead = dated("contacts", "contacted_on", [day.replace(year=2126) for day in SPRING])
    with pytest.raises(Refused, match="Most of the 60 dates"):
        check_day(ahead, Asked(TODAY, date(2126, 9, 25), given=False))


def test_lists_of_another_century_are_refused() -> None:
    lists = dated("contacts", "contacted_on", [day.replace(year=1926) for day in SPRING])
    with pytest.raises(Refused, match="nothing that is handed in as Annex A child-level lists is from before 2010"):
        check_day(lists, Asked(TODAY, date(1926, 9, 25), given=False))


def test_birth_dates_and_dates_that_stand_for_none_tell_nothing_of_the_day() -> None:
    assert check_day(dated("contacts", "born_on", SPRING), given(date(2026, 3, 1))) == ()
    assert check_day(dated("contacts", "contacted_on", [date(1900, 1, 1)]), given(date(2026, 3, 1))) == ()
