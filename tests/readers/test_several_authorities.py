"""Rows of several authorities in one file are told, however their column of authorities is headed and written."""

import pytest
from tests.readers.books import list_rows, xlsx

from goldthread.kernel.reading_issues import issues_of_reading
from goldthread.kernel.tables import TABLES
from goldthread.readers import read_bytes
from goldthread.readers.handed import Handed
from goldthread.readers.returns import read_files


@pytest.mark.parametrize(
    ("heading", "first", "second", "told"),
    [
        ("LA", "Leeds", "Kent", True),
        ("Local Authority", "383", "886", True),
        ("LA Code", "Leeds", "886", True),
        ("Authority", "Leeds", "383 - LEEDS CITY COUNCIL", False),
        ("LA", "Leeds", "Leeds", False),
        ("LA", "Leeds", "", False),
        ("Team Manager", "Leeds", "Kent", False),
    ],
)
def test_a_return_with_rows_of_several_authorities_is_told(heading: str, first: str, second: str, told: bool) -> None:
    text = (
        f"{heading},CHILD,DOB,REVIEW,REVIEW_CODE\n"
        f"{first},A1,01/01/2015,01/06/2025,PN1\n{second},A2,01/01/2016,01/07/2025,PN1\n"
    )
    reading = read_files([Handed("reviews.csv", text.encode())], year=2026)
    assert reading.tables["cla_reviews"]["child"].to_list() == ["A1", "A2"]
    assert set(issues_of_reading(reading)["rule"]) == {"W15" if told else "W05"}


def test_each_list_that_has_such_a_column_is_told() -> None:
    sheets = {}
    for name in ("contacts", "referrals"):
        rows = list_rows(TABLES[name], 2)
        extra = ["LA name", "Leeds", "Kent" if name == "contacts" else "Leeds"]
        sheets[f"List_{TABLES[name].number}"] = [
            rows[0],
            *([*row, cell] for row, cell in zip(rows[1:], extra, strict=True)),
        ]
    issues = issues_of_reading(read_bytes(xlsx(sheets)))
    assert issues.filter(rule="W15")["list"].to_list() == [1]
    assert issues.filter(rule="W05")["list"].to_list() == [3]
