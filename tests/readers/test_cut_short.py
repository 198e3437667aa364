"""A file of text that stops within a row was cut short on its way: it is read, and told under a code of its own."""

from datetime import date

import pytest

from goldthread.kernel.checked import check_reading
from goldthread.kernel.reading_issues import issues_of_reading
from goldthread.readers.annex_a_files import read_files as read_lists
from goldthread.readers.cut_short import cut_in_row
from goldthread.readers.handed import Handed
from goldthread.readers.returns import read_files

REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,01/01/2015,01/06/2025,PN1\nA2,01/01/2016,01/07/2025,PN1\n"
CONTACTS = (
    "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n"
    "SYN1,a) Male,a) WBRI,01/01/2015,10,01/03/2025,q) 6: Police\n"
    "SYN2,a) Male,a) WBRI,01/01/2015,10,02/03/2025,q) 6: Police\n"
)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a,b,c\n1,2,3\n4,5", 3),
        ("a,b,c\n1,2,3\nSYN00", 3),
        ("a;b;c\n1;2;3\n4;", 3),
        ('a,b,c\n"1, 2",2,3\n"4, 5",5', 3),
        ("a,b,c\n1,2,3\n4,5,6", None),
        ("a,b,c\n1,2,3\n4,5,6\n", None),
        ("a,b,c\n1,2\n4,5", None),
        ('a,b,c\n"1, 2",2,3\n"4, 5",5,6', None),
        ("a,b,c\n1,2,3\nGrand total,1", None),
        ("a,b,c\n1,2,3\nApplied filters: team is North", None),
        ("a\n1\n2", None),
        ("", None),
    ],
)
def test_a_last_row_without_its_last_cells_and_its_line_unended_is_a_cut(text: str, row: int | None) -> None:
    assert cut_in_row(text.encode()) == row


def test_a_return_cut_within_a_row_is_read_and_told_at_that_row() -> None:
    whole = read_files([Handed("reviews.csv", REVIEWS.encode())], year=2026)
    assert "W14" not in set(issues_of_reading(whole)["rule"])
    cut = read_files([Handed("reviews.csv", REVIEWS[:-20].encode())], year=2026)
    assert cut.tables["cla_reviews"].height == 2
    told = issues_of_reading(cut).filter(rule="W14")
    assert told.select("table", "row", "severity").rows() == [("cla_reviews", 3, "error")]
    assert "W14" in set(check_reading(cut, as_at=date(2026, 3, 31)).issues["rule"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_letters_and_line_ends_make_no_difference(encoding: str, line_end: str) -> None:
    for text, told in ((REVIEWS, set()), (REVIEWS[:-20], {"W14"})):
        data = text.replace("\n", line_end).encode(encoding)
        reading = read_files([Handed("reviews.csv", data)], year=2026)
        assert set(issues_of_reading(reading)["rule"]) & {"W14"} == told


def test_a_list_cut_within_a_row_is_told_at_that_row() -> None:
    assert "W14" not in set(issues_of_reading(read_lists([Handed("List_1.csv", CONTACTS.encode())]))["rule"])
    cut = read_lists([Handed("List_1.csv", CONTACTS[:-22].encode())])
    assert issues_of_reading(cut).filter(rule="W14").select("list", "row").rows() == [(1, 3)]
