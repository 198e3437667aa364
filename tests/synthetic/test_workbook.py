"""The workbook of an invented authority: the official shape to the letter, and read back without loss."""

import csv
import hashlib
import zipfile
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from goldthread.kernel.reading_issues import issues_of_reading
from goldthread.kernel.tables import TABLES
from goldthread.readers import annex_a
from goldthread.synthetic import workbook
from goldthread.synthetic.authority import Authority, AuthoritySpec, make
from goldthread.synthetic.printed_codes import PRINTED

SHARED = Path(__file__).resolve().parents[2] / "../shared"
TEMPLATE = SHARED / "data/annex_a/official_template_2019.xlsx"
CODES = SHARED / "specs/annexa_codes.csv"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make(AuthoritySpec(size=0.2))


@pytest.fixture(scope="module")
def tidy(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tidy") / "tidy.xlsx"
    workbook.write(authority, path)
    return path


def _cells(path: Path, sheet: str, rows: int) -> list[tuple[str | None, ...]]:
    frame = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, dtypes="string", n_rows=rows).to_polars()
    return frame.rows()


def test_the_sheets_and_headings_are_those_of_the_official_template(authority: Authority, tmp_path: Path):
    if not TEMPLATE.exists():
        pytest.skip("../shared/data is not beside the project")
    path = tmp_path / "old.xlsx"
    workbook.write(authority, path, list_9="old")
    for number in range(1, 12):
        official = _cells(TEMPLATE, f"List_{number}", 2)
        assert _cells(path, f"List_{number}", 2) == official


def test_codes_are_printed_as_the_official_template_prints_them():
    if not CODES.exists():
        pytest.skip("../shared/specs is not beside the project")
    with CODES.open(encoding="utf-8", newline="") as file:
        official = {row["code_2019"] for row in csv.DictReader(file)}
    # D2I's variant letter for one ethnicity; the list keeps the official one.
    assert official - set(PRINTED.values()) == {"t) NOBT"}


def test_the_newer_form_of_list_9_has_four_more_columns(tidy: Path):
    headings = _cells(tidy, "List_9", 2)[1]
    assert len(headings) == 17
    assert {"Allocated Personal Advisor", "Latest Date of Contact", "LA In Touch "} <= set(headings)


def test_it_says_everywhere_that_it_is_synthetic(tidy: Path):
    assert "SYNTHETIC" in str(_cells(tidy, "Front_Sheet", 5))
    with zipfile.ZipFile(tidy) as archive:
        assert b"SYNTHETIC" in archive.read("docProps/core.xml")
        assert b"Synthetic" in archive.read("docProps/custom.xml")


def test_dates_are_true_date_cells(tidy: Path):
    sheet = fastexcel.read_excel(tidy).load_sheet("List_3", header_row=1)
    assert sheet.to_polars()["Date of referral"].dtype in (pl.Date, pl.Datetime("ms"))


def test_reading_it_back_gives_the_canonical_frames(authority: Authority, tidy: Path):
    reading = annex_a.read(tidy)
    for name in TABLES:
        assert reading.tables[name].equals(authority.tables[name]), name
    unread = reading.unread.select("table", "row", "column", "written").sort("table", "row").rows()
    assert unread == sorted((*place, text) for place, text in authority.written.items())


def test_what_cannot_be_read_is_found_where_it_was_planted(authority: Authority, tidy: Path):
    told = issues_of_reading(annex_a.read(tidy)).drop_nulls("row")
    found = set(told.select("rule", "table", "row").iter_rows())
    planted = {
        (each.rule, each.table, each.row)
        for each in authority.truth
        if (each.table, each.row, each.column) in authority.written
    }
    assert {rule for rule, _, _ in planted} == {"G06", "G08", "G16", "G22"}
    assert found == planted


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_messy_workbook_says_the_same_to_a_patient_reader(seed: int, tmp_path: Path):
    authority = make(AuthoritySpec(size=0.05, seed=seed))
    path = tmp_path / "messy.xlsx"
    defects = workbook.write(authority, path, messy=True, list_9="old")
    reading = annex_a.read(path)
    for name, table in TABLES.items():
        older = ["row", *(column.name for column in table.columns if not column.newer or table.number != 9)]
        expected = authority.tables[name].select(older).drop("row")
        assert reading.tables[name].select(older).drop("row").equals(expected), name
    blank = {(each.table, each.row) for each in defects if each.rule == "G01"}
    assert blank
    for table, row in blank:
        assert reading.tables[table].filter(pl.col("row") == row)["child"].to_list() == [None]


def test_the_same_authority_makes_the_same_bytes(tmp_path: Path):
    digests = set()
    for name in ("one.xlsx", "two.xlsx"):
        workbook.write(make(AuthoritySpec(size=0.02)), tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_file_that_cannot_be_written_leaves_nothing_behind(authority: Authority, tmp_path: Path):
    with pytest.raises(OSError, match="No such file"):
        workbook.write(authority, tmp_path / "nowhere" / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
