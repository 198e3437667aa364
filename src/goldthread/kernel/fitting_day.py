"""Whether the year and the as-at date of what was handed in fit what it holds: refused, doubted, or neither.

A wrong year's return or a day typed wrongly gives measures of nothing, and they look like those of a quiet authority.
So a year or day that cannot be meant is refused, and one that is odd is told wherever the numbers stand. The day on
which all this is asked is given: there is no clock in the kernel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldthread.domain.calendar import add_months
from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.event_dates import PLACEHOLDERS, last_day_of_work
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS, Form
from goldthread.kernel.reading import Reading
from goldthread.kernel.refusal import Refused
from goldthread.kernel.return_year import words, year_by_dates, year_from
from goldthread.kernel.settings import with_settings
from goldthread.kernel.table import Kind, Privacy

CHECK_FILE = "Check that it is the right file, and how the years of its dates are written; mend that and send it again."
CHECK_DAY = "Give the day that the data describes, or leave it out: the data then tells it."
MANY = 100
"""From as many dates on, the outermost hundredth at either end is left out when they are told of as a range."""
FEW = 20
"""With fewer dates, nothing is made of how long ago the last of them is or how many lie ahead."""

_AHEAD = "The latest date in it, {}, was taken for its day, and has not come: say which day the data describes."


@dataclass(frozen=True, slots=True)
class Asked:
    """The day on which it is asked, the as-at date, whether somebody gave that, and the limits that were changed."""

    today: date
    as_at: date
    given: bool
    settings: Mapping[str, int] | None = None


def check_year(reading: Reading, today: date) -> None:
    """Raises Refused where a return is of a year that had no such return, or that has not begun."""
    form, year = FORMS[reading.form], reading.year
    if not form.yearly or year is None:
        return
    read = f"This {form.title} was read as that of {words(year)}, by {year_from(reading)}"
    if year < form.since:
        raise Refused(f"{read}. There was no such return before {words(form.since)}.", CHECK_FILE, code="no-such-year")
    if _first(year) > today:
        raise Refused(f"{read}. That year begins on {say(_first(year))}, which has not come.", CHECK_FILE,
                      code="future-year")  # fmt: skip


def check_day(reading: Reading, asked: Asked) -> tuple[str, ...]:
    """What is odd about the as-at date, each in one sentence. Raises Refused where it cannot be meant."""
    _check_year_of(reading, asked)
    days = _days(reading)
    dated = int(days["events"].sum())
    limits = with_settings(asked.settings)
    if asked.given:
        _check_before(days, dated, asked, limits)
    else:
        _check_guessed(reading, days, dated, asked)
    said = [*_of_year(reading, asked)]
    if dated >= FEW:
        said += _after(days, dated, asked, limits)
        # A return tells of one year, and its last day is told above.
        said += [] if FORMS[reading.form].yearly else _quiet(days, asked, limits)
    return tuple(said)


def say(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"


def _first(year: int) -> date:
    return date(year - 1, 4, 1)


def _last(year: int) -> date:
    return date(year, 3, 31)


def _days(reading: Reading) -> pl.DataFrame:
    """Every day on which what was handed in says that something was: how many dates fall on it, and in how many tables.

    Birth dates are none of them, nor are dates that systems write where none is known.
    """
    parts = []
    for name in reading.found:
        columns = [
            column.name
            for column in TABLES_OF_ALL_FORMS[name].columns
            if column.kind is Kind.DATE and column.privacy is not Privacy.IDENTIFIER
        ]
        if columns:
            on = reading.tables[name].lazy().select(pl.concat_list(columns).alias("on")).explode("on")
            parts.append(on.select(pl.lit(name).alias("table"), "on"))
    if not parts:
        return pl.DataFrame(schema={"on": pl.Date, "events": pl.UInt32, "lists": pl.UInt32})
    of_day = (pl.len().alias("events"), pl.col("table").n_unique().alias("lists"))
    told = pl.concat(parts).drop_nulls("on").filter(pl.col("on").is_in(sorted(PLACEHOLDERS)).not_())
    return told.group_by("on").agg(of_day).sort("on").collect(engine=IN_MEMORY)


def _range(days: pl.DataFrame, dated: int) -> str:
    """From when to when the dates go, in words; of many, without the hundredth at either end, which are slips."""
    share = days["events"].cum_sum() / dated
    kept = days.filter((share > 0.01) & (share - days["events"] / dated < 0.99)) if dated >= MANY else days
    first, last = kept["on"].min(), kept["on"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        return "it holds no dates"
    most = "nearly all of them lie" if dated >= MANY else "they lie"
    return f"{most} from {say(first)} to {say(last)}"


def _count(days: pl.DataFrame, test: pl.Expr) -> int:
    return int(days.filter(test)["events"].sum())


def _check_year_of(reading: Reading, asked: Asked) -> None:
    """Raises Refused where the day is none of the year of the return, nor of the year after it."""
    form, year = FORMS[reading.form], reading.year
    if asked.given and asked.as_at > asked.today:
        raise Refused(f"The day given, {say(asked.as_at)}, has not come.", CHECK_DAY, code="future-day")
    if form.yearly and year is not None and not _first(year) <= asked.as_at <= _last(year + 1):
        raise Refused(
            f"The day given, {say(asked.as_at)}, does not fit a return of {words(year)}, which tells of {_span(year)}. "
            f"The year was read from {year_from(reading)}.",
            CHECK_DAY, code="day-of-other-year",
        )  # fmt: skip
    if not form.yearly and asked.as_at.year < form.since:
        how = "The day given is" if asked.given else "The latest events are of"
        raise Refused(
            f"{how} {say(asked.as_at)}: nothing that is handed in as {form.title} is from before {form.since}.",
            CHECK_DAY if asked.given else CHECK_FILE, code="day-too-early",
        )  # fmt: skip


def _span(year: int) -> str:
    return f"{say(_first(year))} to {say(_last(year))}"


def _check_before(days: pl.DataFrame, dated: int, asked: Asked, limits: Mapping[str, int]) -> None:
    """Raises Refused where nothing, or nearly nothing, lies before the day, or all of it long before."""
    if not dated:
        return
    held = _count(days, pl.col("on") <= asked.as_at)
    if held == 0 or 100 * held < limits["day_holds_per_cent"] * dated:
        few = "none" if held == 0 else f"only {held:,}"
        raise Refused(
            f"The day given is {say(asked.as_at)}. Of the {dated:,} date{'s' * (dated != 1)} in what was handed in, "
            f"{few} lies on or before it: {_range(days, dated)}.",
            CHECK_DAY, code="day-before-all",
        )  # fmt: skip
    last = last_day_of_work(days)
    if dated >= FEW and last is not None and last < add_months(asked.as_at, -limits["day_quiet_months"]):
        raise Refused(
            f"The day given is {say(asked.as_at)}, and the last events in what was handed in are of {say(last)}, more "
            f"than {limits['day_quiet_months']} months before it: {_range(days, dated)}.",
            CHECK_DAY, code="day-after-all",
        )  # fmt: skip


def _check_guessed(reading: Reading, days: pl.DataFrame, dated: int, asked: Asked) -> None:
    """Raises Refused where what tells the day lies mostly in the future."""
    if reading.year is None and dated and 2 * _count(days, pl.col("on") > asked.today) > dated:
        raise Refused(f"Most of the {dated:,} dates in what was handed in have not come: {_range(days, dated)}.",
                      CHECK_FILE, code="future-dates")  # fmt: skip


def _of_year(reading: Reading, asked: Asked) -> list[str]:
    """What is odd about the year of a return, or about a day that the data told."""
    form, year = FORMS[reading.form], reading.year
    if not form.yearly or year is None:
        ahead = not asked.given and asked.as_at > asked.today
        return [
            f"The latest date in it, {say(asked.as_at)}, was taken for its day, and has not come. Say the day."
        ] * ahead
    said = [*_of_known_years(form, year)]
    by_dates = year_by_dates(reading)
    if by_dates is not None and by_dates != year:
        said.append(f"It says that it is of {words(year)}, and most of its dates are of {words(by_dates)}.")
    if asked.as_at > _last(year):
        said.append(
            f"The as-at date is {say(asked.as_at)}, and the return of {words(year)} tells of nothing after "
            f"{say(_last(year))}: whatever was open then counts as still open."
        )
    elif asked.as_at > asked.today:
        said.append(
            f"The return is of {words(year)}, a year that is not over: what is measured as at {say(asked.as_at)} "
            "counts what is open today as still open then."
        )
    return said


def _of_known_years(form: Form, year: int) -> list[str]:
    if form.known is None or form.known[0] <= year <= form.known[1]:
        return []
    first, last = (words(each) for each in form.known)
    return [
        f"The return is of {words(year)}, and the columns and codes known here are those of {first} to {last}: what "
        "the return of another year asks may be read wrongly."
    ]


def _after(days: pl.DataFrame, dated: int, asked: Asked, limits: Mapping[str, int]) -> list[str]:
    """That a share of what was handed in lies after the day, and so was not yet there on it."""
    later = _count(days, pl.col("on") > asked.as_at)
    if 100 * later <= limits["day_leaves_per_cent"] * dated:
        return []
    return [
        f"{later:,} of the {dated:,} dates in it ({100 * later / dated:.0f}%) lie after the as-at date, "
        f"{say(asked.as_at)}: {_range(days, dated)}. Check that the day is the right one."
    ]


def _quiet(days: pl.DataFrame, asked: Asked, limits: Mapping[str, int]) -> list[str]:
    """That the last events lie long before the day: the lists were cut then, or are not whole."""
    last = last_day_of_work(days)
    if last is None or (asked.as_at - last).days <= limits["day_quiet_days"]:
        return []
    return [
        f"The last events in it are of {say(last)}, {(asked.as_at - last).days:,} days before the as-at date, "
        f"{say(asked.as_at)}: either the day is wrong or what was handed in is not whole."
    ]
