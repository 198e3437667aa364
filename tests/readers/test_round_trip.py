"""Whatever is written, in whatever form, is read back as what was meant: written at random, by Hypothesis."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.books import ods, xlsx

from goldthread.kernel.reading import from_bytes, make_reading, to_bytes
from goldthread.kernel.table import Column, Kind, Table
from goldthread.kernel.tables import TABLES
from goldthread.readers import read_bytes
from goldthread.readers.cells import read_age, read_date
from goldthread.readers.code_matching import matcher

DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
FORMS_OF_DAY = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d/%m/%Y 00:00",
    "%Y-%m-%dT%H:%M:%S",
)
NAMES = st.text("ABCDEFGHabcdefgh0123456789 -/", min_size=1, max_size=12).map(str.strip).filter(
    lambda text: text.strip("-. /") and text.lower() not in ("na",) and not text.isdigit()
)  # fmt: skip
IDS = st.one_of(NAMES, st.integers(1000, 10**9).map(str), st.integers(1, 999).map(lambda number: f"{number:06d}"))
"""No number is another's with its zeros lost: what those are read as is tested where IDs are joined."""

ALSO_WORDS = {("case_status", "plan"), ("ethnicity", "both")}
"""In small letters these are words that could mean other codes of their list, and are left to the user."""

SPACES = st.sampled_from(["", " ", "\u00a0", "  "])


@st.composite
def spaced(draw: st.DrawFn, written: str) -> str:
    return draw(SPACES) + written + draw(SPACES)


@st.composite
def code_and_form(draw: st.DrawFn, column: Column) -> tuple[str, str]:
    codes = column.codes
    code = draw(st.sampled_from(codes.codes))
    small = code.code if (codes.name, code.code.lower()) in ALSO_WORDS else code.code.lower()
    forms = [code.code, small, code.label, code.label.upper(), code.label.replace("’", "'"),
             f"{code.code} - {code.label}", f"{code.label} ({code.code})"]  # fmt: skip
    if code.letter:
        forms += [f"{code.letter}) {code.label}", f"{code.letter}) {code.code}"]
    return code.code, draw(st.sampled_from(forms).flatmap(spaced))


@st.composite
def cell(draw: st.DrawFn, column: Column) -> tuple[Any, Any]:
    """What is meant, and one way to write it."""
    if not column.must_fill and draw(st.booleans()):
        return None, draw(st.sampled_from([None, "", "-", "N/A", "\u00a0", "None"]))
    if column.kind is Kind.DATE:
        day = draw(DAYS)
        return day, draw(st.one_of(st.just(day), st.sampled_from(FORMS_OF_DAY).map(day.strftime).flatmap(spaced)))
    if column.kind is Kind.COUNT:
        number = draw(st.integers(0, 30))
        return number, draw(st.sampled_from([number, str(number), f"{number}.0", f" {number}"]))
    if column.codes is not None:
        return draw(code_and_form(column))
    if column.kind is Kind.POSTCODE:
        return "ZZ1 1AA", draw(st.sampled_from(["ZZ1 1AA", "zz1 1aa", "ZZ11AA"]))
    text = draw(IDS if column.name in ("child", "adopter", "family", "urn") else NAMES)
    return text, draw(spaced(text))


@st.composite
def sheet(draw: st.DrawFn, table: Table) -> tuple[list[list[Any]], list[list[Any]]]:
    """What is meant, row by row, and a sheet that says it: columns in any order, rows of nothing between."""
    order = draw(st.permutations(table.columns))
    meant, rows = [], [["a title"]] * draw(st.integers(0, 3)) + [[column.says for column in order]]
    for _ in range(draw(st.integers(1, 3))):
        pairs = {column.name: draw(cell(column)) for column in table.columns}
        if draw(st.booleans()):
            rows.append([None] * len(order))
        meant.append([pairs[column.name][0] for column in table.columns])
        rows.append([pairs[column.name][1] for column in order])
    return meant, rows


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_rows_in_random_forms_are_read_as_what_was_meant(data):
    chosen = data.draw(st.lists(st.sampled_from(list(TABLES)), min_size=1, max_size=3, unique=True))
    meant, sheets = {}, {}
    for name in chosen:
        meant[name], sheets[f"S{len(sheets)}"] = data.draw(sheet(TABLES[name]))
    reading = read_bytes(data.draw(st.sampled_from([xlsx, ods]))(sheets))
    assert set(reading.found) == set(chosen)
    assert reading.unread.rows() == []
    for name, rows in meant.items():
        assert [list(row) for row in reading.tables[name].drop("row").rows()] == rows


def test_every_code_is_read_in_small_letters_but_for_words_that_could_mean_another():
    lists = {column.codes.name: column.codes for table in TABLES.values() for column in table.columns if column.codes}
    left = {
        (name, code.code.lower())
        for name, codes in lists.items()
        for code in codes.codes
        if matcher(name).read(code.code.lower()).value != code.code
    }
    assert left == ALSO_WORDS
    assert all(matcher(name).read(word).value is None for name, word in left)


@given(day=st.dates(date(1900, 1, 3), date(2098, 12, 31)), form=st.sampled_from(FORMS_OF_DAY))
def test_every_day_is_read_back_from_every_form(day, form):
    assert read_date(day.strftime(form)).value == day


@given(day=st.dates(date(1928, 1, 1), date(2098, 12, 31)))
def test_every_day_is_read_back_from_its_day_number(day):
    assert read_date(str((day - date(1899, 12, 30)).days)).value == day


@given(years=st.integers(0, 30), months=st.integers(0, 11))
def test_ages_in_years_and_months_are_completed_years(years, months):
    assert read_age(f"{years} years {months} months").value == years


@settings(max_examples=300, deadline=None)
@given(
    written=st.text(max_size=40),
    name=st.sampled_from([table.columns[1].codes.name for table in TABLES.values() if table.columns[1].codes]),
)
def test_no_text_breaks_the_matching_and_only_codes_come_out(written, name):
    value = matcher(name).read(written).value
    assert value is None or value in matcher(name).code_list.values()


@settings(max_examples=30, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 10**6), st.one_of(st.none(), st.text(max_size=8)), st.one_of(st.none(), DAYS)),
        max_size=5,
    )
)
def test_a_reading_becomes_bytes_and_back(rows):
    schema = TABLES["contacts"].schema()
    held = pl.DataFrame(rows, schema={"row": pl.Int64, "child": pl.String, "born_on": pl.Date}, orient="row")
    frame = held.select(
        pl.col(name) if name in held.columns else pl.lit(None, dtype=dtype()).alias(name)
        for name, dtype in schema.items()
    )
    reading = from_bytes(to_bytes(make_reading({"contacts": frame})))
    assert reading.found == ("contacts",)
    assert reading.tables["contacts"].equals(frame)
    assert reading.tables["adopters"].is_empty()
