"""The published template, filled in, and a sample of the old form go in whole, where they lie beside the repository."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.readers.books import canonical, list_rows, unzipped, xlsx

from goldthread.engines.sandbox import read_safely
from goldthread.kernel.tables import TABLES
from goldthread.readers import read, read_bytes

HELD = Path(__file__).resolve().parents[2] / "../shared/data/annex_a"
TEMPLATE = HELD / "official_template_2019.xlsx"
SAMPLE = HELD / "sample_list9_old_form.xlsx"
SHEETS = [f"List_{number}" for number in range(1, 12)]


def template_headings() -> dict[int, list[str]]:
    """The headings of each list of the template, read from its own sheets without our reader."""
    import fastexcel

    book = fastexcel.read_excel(TEMPLATE)
    found = {}
    for number, name in enumerate(SHEETS, start=1):
        cells = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        found[number] = [cell for cell in cells.row(1) if cell]
    return found


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the published template is not here")
def test_the_template_is_eleven_lists_with_its_few_example_rows():
    reading = read_safely(TEMPLATE)
    assert reading.missing == ()
    assert {sheet.name for sheet in reading.sheets if sheet.table} == set(SHEETS)
    assert {name: count for name, count in reading.row_counts.items() if count} == {"contacts": 1, "early_help": 10}
    assert reading.unread.select("table", "row", "column").rows() == [("early_help", 10, "born_on")]
    assert set(reading.notes["kind"]) <= {"sheet_ignored", "form_of_list", "hidden_sheet", "blank_form"}


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the published template is not here")
def test_the_template_filled_with_rows_goes_in_without_loss():
    count = 40
    sheets = {}
    for number, headings in template_headings().items():
        table = next(table for table in TABLES.values() if table.number == number)
        columns = [column for column in table.columns if len(headings) == len(table.columns) or not column.newer]
        assert len(columns) == len(headings)
        filled = list_rows(table, count)
        keep = [table.columns.index(column) for column in columns]
        sheets[f"List_{number}"] = [filled[0], headings, *([row[at] for at in keep] for row in filled[2:])]
    reading = read_bytes(xlsx(sheets))
    assert reading.missing == ()
    assert reading.unread.is_empty()
    for name, table in TABLES.items():
        for column in table.columns:
            wanted = [None if column.newer else canonical(column, at) for at in range(count)]
            assert reading.tables[name][column.name].to_list() == wanted, (name, column.name)


@pytest.mark.skipif(not TEMPLATE.exists(), reason="the published template is not here")
def test_rows_written_into_the_template_s_own_sheet_are_read():
    parts = unzipped(TEMPLATE.read_bytes())
    made = 0
    for name, data in parts.items():
        if name.startswith("xl/worksheets/sheet") and b"<sheetData" in data and b"</sheetData>" in data:
            row = '<row r="9"><c r="A9" t="inlineStr"><is><t>made up 1</t></is></c></row>'
            if b'r="9"' not in data:
                parts[name] = data.replace(b"</sheetData>", row.encode() + b"</sheetData>")
                made += 1
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    reading = read_bytes(held.getvalue())
    assert made > 0
    for name in reading.found:
        key = TABLES[name].columns[0].name
        assert name == "early_help" or reading.tables[name][key].to_list()[-1:] == ["made up 1"], name


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of the old form is not here")
def test_the_sample_of_the_old_form_goes_in_with_every_cell_read_or_told():
    import fastexcel

    reading = read(SAMPLE)
    assert reading.missing == ()
    told = reading.notes.filter(reading.notes["kind"] == "form_of_list")["says"].to_list()
    assert told == ["This sheet has the older form of list 9."]
    book = fastexcel.read_excel(SAMPLE)
    for sheet in reading.sheets:
        if sheet.table is None:
            continue
        cells = book.load_sheet(sheet.name, header_row=None, skip_rows=0, dtypes="string").to_polars()
        below = cells.slice(sheet.heading_row)
        filled = below.filter(~below.select(p.is_null() for p in below).fold(lambda a, b: a & b))
        assert sheet.rows == filled.height, sheet.name
    lost = sum(frame.null_count().sum_horizontal()[0] for frame in reading.tables.values())
    assert lost > 0
    assert reading.unread.height == 7
