"""A file's name, the type it was sent under and its content must agree."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from goldthread.kernel.refusal import Refused
from goldthread.readers.naming import check_name, is_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture
def excel(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(tmp_path / "lists") as book:
        book.add_worksheet().write(0, 0, "List 1")
    return tmp_path / "lists"


@pytest.fixture(params=["mimetype first", "mimetype packed"])
def open_document(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "sheet"
    with zipfile.ZipFile(path, "w") as held:
        if request.param == "mimetype first":
            held.writestr("mimetype", ODS)
        held.writestr("content.xml", "<x/>", zipfile.ZIP_DEFLATED)
        held.writestr("META-INF/manifest.xml", "<x/>", zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize("name", ["lists.xlsx", "LISTS.XLSX", "lists", "Annex A. v2.xlsx", " lists.xlsx "])
def test_a_name_that_fits_is_taken(excel: Path, name: str) -> None:
    check_name(name, excel)
    check_name(name, excel, XLSX)


@pytest.mark.parametrize("name", ["a.xlsm", "a.XLSM", "a.xlsb", "a.xls", "a.xltx", "a.xltm", "a.xlam", "a.xlt"])
def test_kinds_that_are_not_opened_are_known_by_name_whatever_they_hold(excel: Path, name: str) -> None:
    with pytest.raises(Refused) as told:
        check_name(name, excel)
    assert name[1:].lower() in told.value.reason
    assert "save it as an Excel workbook (.xlsx)" in told.value.mend
    assert told.value.code == "name"


@pytest.mark.parametrize("name", ["a.ods", "a.csv", "a.pdf", "a.xml", "a.docx", "a.zip", "a.exe"])
def test_a_workbook_under_another_name_is_refused(excel: Path, name: str) -> None:
    with pytest.raises(Refused, match=f"as if it were {name[1:]}, but holds an Excel workbook") as told:
        check_name(name, excel)
    assert ".xlsx" in told.value.mend


def test_the_other_way_round_too(open_document: Path) -> None:
    check_name("lists.ods", open_document, ODS)
    with pytest.raises(Refused, match="but holds an OpenDocument spreadsheet"):
        check_name("lists.xlsx", open_document)


def test_a_folder_is_not_asked(tmp_path: Path) -> None:
    check_name("lists.xlsm", tmp_path)


def test_what_people_write_is_not_repeated(excel: Path) -> None:
    with pytest.raises(Refused) as told:
        check_name("lists.Robin Smith", excel)
    assert "Robin" not in told.value.reason + told.value.mend


@pytest.mark.parametrize("declared", ["", "application/octet-stream", "application/zip", XLSX, f"{XLSX}; charset=x"])
def test_a_declared_type_that_fits_or_says_nothing_is_taken(excel: Path, declared: str) -> None:
    check_name("lists.xlsx", excel, declared)


@pytest.mark.parametrize(
    "declared", [ODS, "text/html", "image/png", "application/vnd.ms-excel.sheet.macroEnabled.12", "application/pdf"]
)
def test_a_declared_type_that_does_not_fit_is_refused(excel: Path, declared: str) -> None:
    with pytest.raises(Refused, match="sent as something else"):
        check_name("lists.xlsx", excel, declared)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_left_to_the_guard(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "lists"
    path.write_bytes(data)
    check_name("lists.xlsx", path)
    check_name("lists.csv", path, "text/csv")


def test_a_list_as_text_under_a_workbooks_name_is_refused_and_under_its_own_is_not(tmp_path: Path) -> None:
    for name in ("lists.xlsx", "lists.ods"):
        (tmp_path / name).write_text("Child Unique ID,Gender\n1,a) Male\n")
        with pytest.raises(Refused, match="is a text file"):
            check_name(name, tmp_path / name)
    (tmp_path / "lists.csv").write_text("Child Unique ID,Gender\n1,a) Male\n")
    check_name("lists.csv", tmp_path / "lists.csv")


def test_a_workbook_is_known_by_the_names_of_its_parts(excel: Path, open_document: Path, tmp_path: Path) -> None:
    assert is_workbook(excel)
    assert is_workbook(open_document)
    with zipfile.ZipFile(tmp_path / "return.zip", "w") as held:
        held.writestr("episodes.csv", "CHILD,DECOM\n")
    assert not is_workbook(tmp_path / "return.zip")
    (tmp_path / "return.xml").write_text("<Message></Message>")
    assert not is_workbook(tmp_path / "return.xml")
