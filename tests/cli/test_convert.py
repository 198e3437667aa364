"""`goldthread convert`: the tables and what was told of them; `check` and `measure` claim nothing of a return."""

from pathlib import Path

import polars as pl
import pytest
from tests.cli.submissions import ran, workbook
from tests.made_returns import HEADINGS_903, csv_files, make_903, make_cin, xml_cin

from goldthread.kernel.forms import FORMS
from goldthread.readers import read

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "return"
    made.mkdir()
    for name, data in csv_files(HEADINGS_903, make_903(25)).items():
        (made / name).write_bytes(data)
    return made


def test_the_csv_of_a_return_can_be_read_again(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    told = ran(capsys, "convert", folder, "--out", tmp_path / "out", "--format", "csv", "--as", "ssda903")
    assert "SSDA903 return (children looked after), 2025-26" in told.out
    written = {path.name for path in (tmp_path / "out").iterdir()}
    first, again = read(folder), read(tmp_path / "out")
    assert written == {f"{name}.csv" for name in first.found} | {"unread.csv", "notes.csv"}
    assert all(first.tables[name].equals(again.tables[name]) for name in first.found)


def test_parquet_has_the_tables_as_they_were_read(tmp_path: Path, capsys: Capture) -> None:
    census = tmp_path / "census.xml"
    census.write_bytes(xml_cin(make_cin(10)).replace(b"<PersonBirthDate>", b"<PersonBirthDate>about ", 1))
    ran(capsys, "convert", census, "--out", tmp_path / "out", "--year", "2026")
    reading = read(census)
    for name in reading.found:
        assert pl.read_parquet(tmp_path / "out" / f"{name}.parquet").equals(reading.tables[name])
    unread = pl.read_csv(tmp_path / "out" / "unread.csv")
    assert unread.select("table", "row", "heading").rows() == [("cin_child_identifiers", 2, "PersonBirthDate")]
    assert unread["written"][0].startswith("about ")


def test_the_tables_of_the_dataset_are_converted_and_can_be_read_again(tmp_path: Path, capsys: Capture) -> None:
    sent = tmp_path / "dataset"
    sent.mkdir()
    placements = "clap_cla_placement_id,clap_person_id,clap_cla_placement_start_date,clap_cla_placement_distance"
    (sent / "one.csv").write_text(f"{placements}\nP1,7,05/01/2026,12.5\n")
    (sent / "two.csv").write_text("pers_person_id,pers_dob\n7,2012-05-01\n")
    for how in ("csv", "parquet"):
        ran(capsys, "convert", sent, "--out", tmp_path / how, "--format", how, "--as", "ssd")
    first, again = read(sent), read(tmp_path / "csv")
    assert first.found == again.found == ("ssd_person", "ssd_cla_placement")
    assert all(first.tables[name].equals(again.tables[name]) for name in first.found)
    written = pl.read_parquet(tmp_path / "parquet" / "ssd_cla_placement.parquet")
    assert written["clap_cla_placement_distance"].to_list() == [12.5]


def test_the_lists_of_annex_a_are_converted_too(tmp_path: Path, capsys: Capture) -> None:
    ran(capsys, "convert", workbook(), "--out", tmp_path / "out")
    assert {path.stem for path in (tmp_path / "out").glob("*.parquet")} <= set(FORMS["annex_a"].by_name())
    assert (tmp_path / "out" / "contacts.parquet").exists()


def test_a_cell_that_a_spreadsheet_would_run_is_made_safe(tmp_path: Path, capsys: Capture) -> None:
    sent = tmp_path / "missing.csv"
    sent.write_text("CHILD,DOB,MISSING,MIS_START,MIS_END\n=1+1,,M,01/05/2025,\n7,,@M,=soon,\n")
    ran(capsys, "convert", sent, "--out", tmp_path / "out", "--format", "csv")
    assert "\n'=1+1,,M,01/05/2025,\n7,,'@M,," in (tmp_path / "out" / "cla_missing.csv").read_text()
    assert "'=soon" in (tmp_path / "out" / "unread.csv").read_text()


def test_a_command_of_lists_alone_says_what_can_be_done_with_a_return(folder: Path, capsys: Capture) -> None:
    told = ran(capsys, "sample", folder, "--n", "2", "--seed", "7")
    assert told.code == 2
    assert told.out == ""
    assert "was read as SSDA903 return" in told.err
    assert "goldthread check checks it" in told.err


def test_what_cannot_be_converted_is_refused_in_one_sentence(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("x")
    for path, out, said in (
        (tmp_path / "none", tmp_path / "out", "cannot be opened"),
        (folder, tmp_path / "file" / "out", "cannot be written to"),
        (workbook(), tmp_path / "out", "not SSDA903 return"),
    ):
        told = ran(capsys, "convert", path, "--out", out, "--as", "ssda903")
        assert told.code == 2
        assert said in told.err
        assert told.out == ""


def test_tables_that_stand_in_the_folder_are_written_over_only_when_told(
    folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "out"
    ran(capsys, "convert", folder, "--out", out, "--format", "csv")
    (out / "notes.csv").write_text("mine")
    told = ran(capsys, "convert", folder, "--out", out, "--format", "csv")
    assert (told.code, told.out) == (2, "")
    assert "cla_header.csv" in told.err and "--force" in told.err
    assert (out / "notes.csv").read_text() == "mine"
    assert ran(capsys, "convert", folder, "--out", out, "--format", "csv", "--force").code == 0
    assert (out / "notes.csv").read_text() != "mine"


def test_a_file_of_json_is_no_table_though_its_words_are_those_of_one(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "readme.txt").write_text("made on a Monday")
    (tmp_path / "truth.json").write_text('{"CHILD": 1, "DECOM": 2, "RNE": 3, "LS": 4, "CIN": 5,\n"PLACE": 6}\n')
    told = ran(capsys, "convert", tmp_path, "--out", tmp_path / "out")
    assert (told.code, told.out) == (2, "")
    assert "truth.json is JSON, not a table" in told.err
    assert not (tmp_path / "out").exists()


def test_the_csv_of_annex_a_can_be_read_again(tmp_path: Path, capsys: Capture) -> None:
    ran(capsys, "convert", workbook(), "--out", tmp_path / "out", "--format", "csv")
    first, again = read(workbook()), read(tmp_path / "out")
    assert again.form == "annex_a"
    assert again.row_counts == first.row_counts


def test_what_a_value_was_said_to_mean_is_asked_first(tmp_path: Path, capsys: Capture) -> None:
    lists, said = tmp_path / "lists", tmp_path / "said.csv"
    lists.mkdir()
    headings = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source"
    (lists / "contacts.csv").write_text(f"{headings}\nC1,a) Male,martian,01/02/2015,10,03/03/2025,Police\n")
    said.write_text("field,value,code\nethnicity,martian,OOTH\n")
    for words, unread in (((), 1), (("--corrections", said), 0)):
        out = tmp_path / f"out-{unread}"
        assert ran(capsys, "convert", lists, "--out", out, *words).code == 0
        assert pl.read_csv(out / "unread.csv").filter(pl.col("written") == "martian").height == unread
    assert pl.read_parquet(tmp_path / "out-0" / "contacts.parquet")["ethnicity"].to_list() == ["OOTH"]
    refused = ran(capsys, "convert", lists, "--out", tmp_path / "no", "--corrections", tmp_path / "none.csv")
    assert (refused.code, (tmp_path / "no").exists()) == (2, False)
