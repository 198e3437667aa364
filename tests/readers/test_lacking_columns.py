"""Files of the census with few columns: which module each is, and which rules are not run for want of a column."""

from datetime import date

import pytest

from goldthread.kernel.checked import Results, check_reading
from goldthread.kernel.reading import Reading, from_bytes, to_bytes
from goldthread.kernel.statutory import Beside
from goldthread.readers.handed import Handed
from goldthread.readers.return_files import recognise_file
from goldthread.readers.returns import read_files

IDENTIFIERS = "LAchildID,UPN,PersonBirthDate,ExpectedPersonBirthDate{0}\nA,,2015-01-01,{1}\nB,,,2025-06-01{1}\n"


def _read(heading: str, cell: str) -> Reading:
    text = IDENTIFIERS.format(heading, cell)
    return read_files([Handed("children.csv", text.encode())], year=2025)


def _check(reading: Reading) -> Results:
    return check_reading(reading, as_at=date(2025, 3, 31), beside=Beside(), only=frozenset({"4180", "8750"}))


def test_a_column_without_a_heading_is_lacking_and_its_rules_are_not_run() -> None:
    results = _check(_read("", ""))
    assert results.ran == ()
    assert "4180" not in results.issues["rule"]
    why = "It needs the column Sex of Child identifiers, which the file lacks."
    assert {each.why for each in results.not_run} == {why}


def test_a_column_with_a_heading_and_nothing_under_it_is_blank() -> None:
    results = _check(_read(",Sex", ","))
    assert results.issues.filter(rule="4180")["row"].to_list() == [2, 3]


def test_what_is_lacking_goes_from_the_child_process_with_the_reading() -> None:
    reading = _read("", "")
    assert "sex" in reading.sheets[0].lacking
    assert "upn" not in reading.sheets[0].lacking
    assert from_bytes(to_bytes(reading)).sheets == reading.sheets


def test_xml_lacks_no_column() -> None:
    xml = (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year></CollectionDetails></Header>"
        "<Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers></Child></Children></Message>"
    )
    reading = read_files([Handed("census.xml", xml.encode())])
    assert _check(reading).issues.filter(rule="4180")["row"].to_list() == [2]


@pytest.mark.parametrize(
    ("name", "headings", "module"),
    [
        ("CINdetails.csv", "LAchildID,CINdetailsID,DateOfInitialCPC", "cin_details"),
        ("Section47.csv", "LAchildID,CINdetailsID,DateOfInitialCPC", "cin_section_47"),
        ("folder/cindetails.CSV", "LAchildID,CINdetailsID", "cin_details"),
        ("Assessments.csv", "LAchildID,CINdetailsID", "cin_assessments"),
        ("ChildIdentifiers.csv", "LAchildID", "cin_child_identifiers"),
        ("whatever.csv", "LAchildID,Sex", "cin_child_identifiers"),
        ("CINdetails.csv", "LAchildID,CINdetailsID,AssessmentActualStartDate", "cin_assessments"),
    ],
)
def test_the_name_of_a_file_is_asked_only_where_its_headings_leave_it_open(
    name: str, headings: str, module: str
) -> None:
    cells = ",".join("1" for _ in headings.split(","))
    assert read_files([Handed(name, f"{headings}\n{cells}\n".encode())], year=2025).found == (module,)


def test_a_file_of_numbers_with_another_name_is_no_module() -> None:
    assert recognise_file(Handed("list.csv", b"LAchildID,CINdetailsID\n1,1\n")) is None
