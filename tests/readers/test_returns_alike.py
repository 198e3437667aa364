"""One return, written as CSV files and as XML, is the same return, row for row; and it can be written back."""

import io
import zipfile
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.made_returns import HEADINGS_903, HEADINGS_CIN, csv_files, make_903, make_cin, xml_903, xml_cin

from goldthread.cli.convert import as_handed_in
from goldthread.engines.sandbox import Asked, read_safely
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading, from_bytes, to_bytes
from goldthread.kernel.table import Kind
from goldthread.readers import read, read_bytes, read_files, xml_events
from goldthread.readers.handed import Handed

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def handed(files: dict[str, bytes]) -> tuple[Handed, ...]:
    return tuple(Handed(name, data) for name, data in files.items())


def assert_alike(one: Reading, other: Reading, *, leave_out: tuple[str, ...] = ()) -> None:
    assert (one.form, one.year) == (other.form, other.year)
    for name, table in FORMS[one.form].by_name().items():
        wanted = [column for column in table.schema() if column not in leave_out]
        assert_frame_equal(one.tables[name].select(wanted), other.tables[name].select(wanted))
        assert one.tables[name].schema == {column: kind() for column, kind in table.schema().items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ssda903_as_csv_and_as_xml_is_the_same_return(seed: int) -> None:
    made = make_903(60, seed)
    as_csv = read_files(handed(csv_files(HEADINGS_903, made)))
    as_xml = read_bytes(xml_903(made))
    assert_alike(as_csv, as_xml, leave_out=("uasc",))
    assert as_csv.year == 2026
    assert as_csv.rows == sum(len(rows) for rows in made.values())
    assert as_csv.unread.is_empty()
    assert as_xml.unread.is_empty()
    assert as_xml.notes.is_empty()
    assert as_csv.tables["cla_previous_permanence"]["date_perm"].unique().to_list() == ["zz/zz/2014"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_census_as_csv_and_as_xml_is_the_same_census(seed: int) -> None:
    made = make_cin(60, seed)
    as_csv = read_files(handed(csv_files(HEADINGS_CIN, made)))
    as_xml = read_bytes(xml_cin(made))
    assert_alike(as_csv, as_xml)
    assert as_csv.year == 2026
    assert as_csv.rows == sum(len(rows) for rows in made.values())
    assert as_xml.unread.is_empty()
    assert as_xml.notes.is_empty()
    assert as_xml.tables["cin_header"]["reference_date"].to_list() == [date(2026, 3, 31)]


def test_xml_in_many_pieces_is_what_it_is_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xml_cin(make_cin(50))
    whole = read_bytes(data)
    for piece in (1, 700, 5_000):
        monkeypatch.setattr(xml_events, "PIECE", piece)
        assert_alike(whole, read_bytes(data))


def test_every_value_of_the_xml_is_the_one_that_another_parser_finds() -> None:
    """The leaves of the document, counted by the standard library, are the filled cells of the tables."""
    from xml.etree import ElementTree

    data = xml_cin(make_cin(80, 5))
    reading = read_bytes(data)
    for element, table, column in (
        ("CPPreviewDate", "cin_reviews", "cpp_review_date"),
        ("InitialCPCtarget", "cin_section_47", "initial_cpc_target"),
        ("PrimaryNeedCode", "cin_details", "primary_need_code"),
        ("Disability", "cin_disabilities", "disability"),
        ("UPN", "cin_child_identifiers", "upn"),
    ):
        wanted = [found.text for found in ElementTree.fromstring(data).iter(element)]
        assert reading.tables[table].get_column(column).cast(pl.String).to_list() == wanted
    factors = [found.text for found in ElementTree.fromstring(data).iter("AssessmentFactors")]
    held = reading.tables["cin_assessments"].get_column("assessment_factors").drop_nulls()
    assert [code for cell in held for code in cell.split(",")] == factors


def test_a_reading_of_a_return_crosses_from_the_child_whole(tmp_path) -> None:
    made = csv_files(HEADINGS_903, make_903(30))
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".DS_Store").write_bytes(b"\x00\x01")
    (tmp_path / "last year").mkdir()
    here, there = read(tmp_path, year=2026), read_safely(tmp_path, asked=Asked("ssda903", 2026))
    assert_alike(here, there)
    assert here.sheets == there.sheets
    assert_frame_equal(here.notes, there.notes)
    again = from_bytes(to_bytes(here))
    assert (again.form, again.year, again.found, again.missing) == ("ssda903", 2026, here.found, here.missing)


def test_a_zip_stands_for_the_files_in_it() -> None:
    made = csv_files(HEADINGS_CIN, make_cin(20))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made.items():
            archive.writestr(f"census/{name}", data)
        archive.writestr("__MACOSX/census/._Reviews.csv", b"\x00\x05\x16\x07")
    assert_alike(read_bytes(held.getvalue()), read_files(handed(made)))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp", "Cf")), max_size=6)
DAYS = st.dates(date(1950, 1, 1), date(2040, 1, 1))


def _values(kind: Kind, name: str) -> st.SearchStrategy[object]:
    if kind is Kind.DATE:
        return DAYS
    if kind is Kind.COUNT:
        return st.integers(-3, 10**6)
    if kind is Kind.NUMBER:
        return st.integers(0, 9999).map(lambda tenths: tenths / 10)
    if kind is Kind.PART_DATE:
        return DAYS.map(lambda day: f"{day:%d/%m/%Y}") | st.sampled_from(["zz/zz/2014", "zz/03/2011"])
    if kind is Kind.CODES:
        return st.lists(st.sampled_from(["1A", "2B", "20"]), min_size=1, max_size=3).map(",".join)
    if kind is Kind.FLAG:
        return st.sampled_from(["0", "1", "X"])
    made = WORDS.filter(lambda word: word.strip() == word and word and not word.replace(".0", "").isdigit())
    return made if kind is Kind.TEXT else made.map(str.upper).filter(lambda word: word == word.upper())


def _row(name: str) -> st.SearchStrategy[dict[str, object]]:
    columns = TABLES_OF_ALL_FORMS[name].columns
    return st.fixed_dictionaries(
        {column.name: st.none() | _values(column.kind, column.name) for column in columns}
        | {columns[0].name: st.from_regex(r"[A-Z][0-9]{1,5}", fullmatch=True)}
    )


RETURN_TABLES = [
    table.name for form in ("ssda903", "cin") for table in FORMS[form].tables if table.name != "cin_header"
]


@QUICK
@given(data=st.data(), name=st.sampled_from(RETURN_TABLES))
def test_a_table_written_as_csv_and_read_again_is_the_same(data: st.DataObject, name: str) -> None:
    rows = data.draw(st.lists(_row(name), min_size=1, max_size=6))
    table = TABLES_OF_ALL_FORMS[name]
    meant = pl.DataFrame([{"row": at + 2, **row} for at, row in enumerate(rows)], schema=table.schema(), orient="row")
    written = as_handed_in(meant, table)
    # A formula may stand behind letters that a spreadsheet passes over.
    if table.schema() and any(isinstance(value, str) and set("=+-@＝＋－＠'") & set(value) for value in _cells(meant)):
        return  # made safe for a spreadsheet on the way out, and so no longer the same
    reading = read_bytes(written.write_csv().encode())
    assert reading.found == (name,)
    assert reading.unread.is_empty()
    assert_frame_equal(reading.tables[name], meant)


def _cells(frame: pl.DataFrame) -> list[object]:
    return [value for row in frame.rows() for value in row if value]
