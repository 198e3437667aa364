"""The Standard Safeguarding Dataset and the practice record: known by their headings, read alike as CSV and Parquet."""

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading, Refused, from_bytes, to_bytes
from goldthread.kernel.table import Kind, Privacy
from goldthread.kernel.whole_list import CHECKS
from goldthread.readers import columnar, read_files
from goldthread.readers.handed import Handed
from goldthread.synthetic.cuts.practice_record import COLUMNS as PRACTICE_WRITTEN
from goldthread.synthetic.cuts.ssd_columns import COLUMNS as SSD_WRITTEN
from goldthread.synthetic.cuts.ssd_columns import DATES, FRACTIONS, NUMBERS

SPECIFICATION = Path(__file__).resolve().parents[2] / "../shared/specs/ssd_columns.csv"
DEPLOYED = {"pers_upn", "pers_single_unique_id", "clar_cla_person_id"}
PERSONS = "pers_person_id,pers_sex,pers_ethnicity,pers_dob\n7,F,WBRI,2012-05-01\n8.0,m,wbri,01/06/2013\n"
PLACEMENTS = "clap_cla_placement_id,clap_person_id,clap_cla_placement_start_date,clap_cla_placement_distance\n"
DECISIONS = "child,decided_on,decision,reason_recorded,role\n7,2026-01-05,Close the case,Y,Team manager\n"
FEEDBACK = "child,sought_on,given_on,given_by\n7,05/01/2026,31/02/2026,Mother\n"


def together(**files: str | bytes) -> Reading:
    return read_files([Handed(name, data.encode() if isinstance(data, str) else data) for name, data in files.items()])


def parquet(frame: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    frame.write_parquet(held)
    return held.getvalue()


def test_the_dataset_has_the_tables_and_columns_of_its_specification() -> None:
    if not SPECIFICATION.exists():
        pytest.skip("the specification's list of columns is not here")
    with SPECIFICATION.open(newline="") as file:
        listed = [(row["table"], row["column"], row["type_in_spec"].lower()) for row in csv.DictReader(file)]
    ours = [(table.name, column.name) for table in FORMS["ssd"].tables for column in table.columns]
    assert len(listed) == 359
    assert {name for _, name in ours if name in DEPLOYED} == DEPLOYED
    assert sorted((table, column) for table, column, _ in listed) == sorted(
        (table, column) for table, column in ours if column not in DEPLOYED
    )
    kinds = {column.name: column.kind for table in FORMS["ssd"].tables for column in table.columns}
    assert {column for _, column, kind in listed if kind == "datetime"} == {
        name for name, kind in kinds.items() if kind is Kind.DATE
    }


def test_the_columns_stand_in_the_order_of_the_specification() -> None:
    if not SPECIFICATION.exists():
        pytest.skip("the specification's list of columns is not here")
    with SPECIFICATION.open(newline="") as file:
        listed: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            listed.setdefault(row["table"], []).append(row["column"])
    for table in FORMS["ssd"].tables:
        assert [column.name for column in table.columns if column.name not in DEPLOYED] == listed[table.name]


def test_the_generator_writes_columns_that_the_forms_have() -> None:
    tables = FORMS["ssd"].by_name()
    for name, columns in SSD_WRITTEN.items():
        assert set(columns) <= {column.name for column in tables[name].columns}
    kinds = {column.name: column.kind for table in tables.values() for column in table.columns}
    assert {kinds[name] for name in DATES} == {Kind.DATE}
    assert {kinds[name] for name in NUMBERS} == {Kind.COUNT}
    assert {kinds[name] for name in FRACTIONS} == {Kind.NUMBER}
    practice = [tuple(column.name for column in table.columns) for table in FORMS["practice"].tables]
    assert practice == list(PRACTICE_WRITTEN.values())


def test_who_a_row_is_about_is_an_identifier_and_where_she_lives_is_sealed() -> None:
    privacy = {column.name: column.privacy for table in FORMS["ssd"].tables for column in table.columns}
    numbers = {name: told for name, told in privacy.items() if name.endswith("_person_id")}
    assert len(numbers) == 38
    assert set(numbers.values()) == {Privacy.IDENTIFIER}
    for name in ("pers_forename", "pers_surname", "pers_dob", "link_identifier_value", "send_upn", "fami_family_id"):
        assert privacy[name] is Privacy.IDENTIFIER
    for name in ("addr_address_json", "addr_address_postcode", "clap_cla_placement_postcode", "clap_cla_placement_urn"):
        assert privacy[name] is Privacy.SEALED
    for name in ("prof_professional_name", "cine_referral_worker_id", "clea_care_leaver_personal_advisor"):
        assert privacy[name] is Privacy.STAFF
    for table in FORMS["practice"].tables:
        assert table.column("child").privacy is Privacy.IDENTIFIER


def test_tables_are_known_by_their_headings_and_told_what_they_lack() -> None:
    reading = together(one=PERSONS, two=PLACEMENTS + "P1,7,2026-01-05,12.5\nP2,8,05/02/2026,far\n")
    assert (reading.form, reading.year) == ("ssd", None)
    assert reading.found == ("ssd_person", "ssd_cla_placement")
    persons, placements = reading.tables["ssd_person"], reading.tables["ssd_cla_placement"]
    assert persons["pers_person_id"].to_list() == ["7", "8"]
    assert persons["pers_sex"].to_list() == ["F", "M"]
    assert persons["pers_dob"].to_list() == [date(2012, 5, 1), date(2013, 6, 1)]
    assert placements["clap_cla_placement_start_date"].to_list() == [date(2026, 1, 5), date(2026, 2, 5)]
    assert placements["clap_cla_placement_distance"].to_list() == [12.5, None]
    assert reading.unread.select("table", "row", "written").rows() == [("ssd_cla_placement", 3, "far")]
    lacking = reading.notes.filter(pl.col("kind") == "missing_column")
    assert "pers_gender" in lacking["heading"].to_list()
    assert "pers_upn" not in lacking["heading"].to_list()


def test_the_practice_record_is_read_with_what_was_not_understood() -> None:
    reading = together(decisions=DECISIONS, feedback=FEEDBACK)
    assert reading.form == "practice"
    assert reading.missing == ("practice_discussions", "practice_wishes")
    assert reading.tables["practice_decisions"].drop("row").rows() == [
        ("7", date(2026, 1, 5), "Close the case", "Y", "Team manager")
    ]
    assert reading.unread.select("column", "written").rows() == [("given_on", "31/02/2026")]


@pytest.mark.parametrize("name", list(FORMS["ssd"].by_name()) + list(FORMS["practice"].by_name()))
def test_every_table_is_known_by_its_own_headings_alone(name: str) -> None:
    table = TABLES_OF_ALL_FORMS[name]
    headings = ",".join(column.says for column in table.columns if not column.newer)
    assert together(file=headings + "\n").found == (name,)
    assert together(file=headings.upper() + ",something_local\n").found == (name,)


def test_parquet_is_read_as_the_same_table_as_csv() -> None:
    columns = list(FORMS["ssd"].by_name()["ssd_cla_placement"].schema())[1:]
    frame = pl.DataFrame({name: [None, None] for name in columns}, schema=dict.fromkeys(columns, pl.String))
    frame = frame.with_columns(
        clap_cla_placement_id=pl.Series(["P1", "P2"]),
        clap_person_id=pl.Series([7, 8], dtype=pl.Int64),
        clap_cla_placement_start_date=pl.Series([date(2026, 1, 5), date(2026, 2, 5)]),
        clap_cla_placement_end_date=pl.Series([date(2026, 3, 5), None]).cast(pl.Datetime),
        clap_cla_placement_distance=pl.Series([12.5, 3.0]),
    )
    as_csv = together(file=frame.with_columns(pl.col("clap_cla_placement_end_date").dt.date()).write_csv())
    as_parquet = together(file=parquet(frame))
    assert_frame_equal(as_csv.tables["ssd_cla_placement"], as_parquet.tables["ssd_cla_placement"])
    assert as_parquet.unread.is_empty()
    assert as_parquet.notes.is_empty()
    assert as_parquet.tables["ssd_cla_placement"]["row"].to_list() == [2, 3]
    again = from_bytes(to_bytes(as_parquet))
    assert_frame_equal(again.tables["ssd_cla_placement"], as_parquet.tables["ssd_cla_placement"])


def refused(**files: str | bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        together(**files)
    assert caught.value.reason.endswith(".")
    assert caught.value.mend.endswith(".")
    return caught.value


def test_parquet_that_cannot_be_used_is_refused_by_name() -> None:
    data = parquet(pl.read_csv(io.StringIO(PERSONS), infer_schema=False))
    assert refused(persons=data[: len(data) // 2]).code == "parquet"
    listed = pl.DataFrame({"pers_person_id": ["7"], "pers_sex": [["F", "M"]]})
    assert refused(persons=parquet(listed)).code == "nested"


def test_a_few_bytes_that_stand_for_too_many_rows_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "MOST_ROWS", 1_000)
    data = parquet(pl.DataFrame({"pers_person_id": ["7"] * 1_001, "pers_sex": ["F"] * 1_001}))
    assert len(data) < 2_000
    assert refused(persons=data).code == "rows"


def test_a_dataset_and_a_practice_record_in_one_folder_are_not_mixed() -> None:
    told = refused(persons=PERSONS, decisions=DECISIONS)
    assert told.code == "two-returns"
    assert "Standard Safeguarding Dataset (persons)" in told.reason


def test_a_file_of_the_folder_that_is_no_table_of_the_dataset_is_told() -> None:
    reading = together(persons=PERSONS, other="a,b\n1,2\n", more=parquet(pl.DataFrame({"a": [1]})))
    said = reading.notes.filter(pl.col("kind") == "file_ignored").select("sheet", "says").rows()
    assert said == [
        ("other", "This file is not one of the dataset's; it was not read."),
        ("more", "This file is a Parquet file of some other table; it was not read."),
    ]


def test_the_page_on_the_practice_record_names_every_column_and_check() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "practice-record.md").read_text()
    for one in FORMS["practice"].tables:
        part = page.split(f"## {one.title}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")] == [
            column.name for column in one.columns
        ]
    for check in CHECKS:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {check.code} ")]
        assert all(f"`{name}`" in row for name in check.settings)
