"""A rule that asks for a column which the file has no heading for is not run, be it one that only some years have."""

from datetime import date

from goldthread.kernel.reading import Reading, from_bytes, to_bytes
from goldthread.kernel.run import Results, check_reading
from goldthread.readers.handed import Handed
from goldthread.readers.returns import read_files

IDENTIFIERS = "LAchildID,UPN,PersonBirthDate,ExpectedPersonBirthDate{0}\nA,,2015-01-01,{1}\nB,,,2025-06-01{1}\n"


def _read(heading: str, cell: str) -> Reading:
    text = IDENTIFIERS.format(heading, cell)
    return read_files([Handed("children.csv", text.encode())], year=2025)


def _check(reading: Reading) -> Results:
    return check_reading(reading, as_at=date(2025, 3, 31), only=frozenset({"4180", "8750"}))


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
