"""Submissions of every form: sealed as one, read with the year before, and refused in plain English."""

import hashlib
import zipfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from django.utils import timezone
from tests import made_returns
from tests.form_story import a_year_before, of_903, send, zipped
from tests.submissions_story import Held, Story, assessments, data_folder, story

from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import (
    children,
    measuring,
    packing,
    queries,
    record,
)
from goldthread.apps.submissions.models import Identity, Submission
from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import Reading, make_reading
from goldthread.web.presenters.submissions import warnings

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


# Received


def test_several_files_are_one_submission_and_the_receipt_has_each(wexcombe: Story) -> None:
    files = of_903()
    row = send(wexcombe, files)
    assert (row.status, row.form, row.year) == ("read", "ssda903", 2026), row.refusal
    assert row.label == f"header.csv and {len(files) - 1} more files"
    assert {part["name"]: part["sha256"] for part in row.parts} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert (row.as_at, row.as_at_guessed) == (date(2026, 3, 31), True)
    assert row.lists["rows"]["cla_header"] == 40
    again = send(wexcombe, files)
    assert again.sha256 == row.sha256


def test_the_same_files_sent_twice_under_one_key_are_one_submission(wexcombe: Story) -> None:
    from uuid import uuid4

    key, files = uuid4(), of_903(5)
    assert send(wexcombe, files, client_key=key).pk == send(wexcombe, files, client_key=key).pk
    with pytest.raises(Refused, match="Another file"):
        send(wexcombe, of_903(6), client_key=key)


def test_a_package_gives_back_what_was_put_in() -> None:
    files = {"a.csv": b"one", "b.csv": b"two", "last.csv": b"before"}
    when = (packing.NOW, packing.NOW, packing.BEFORE)
    with ExitStack() as stack:
        paths = [stack.enter_context(Held(data)).memory_path() for data in files.values()]
        parts = [
            packing.part_of(path, name, which, at)
            for at, (path, name, which) in enumerate(zip(paths, files, when, strict=True))
        ]
        with packing.package(paths, parts) as path:
            data = Path(path).read_bytes()
        with packing.package(paths, parts) as path:
            assert Path(path).read_bytes() == data, "the same files give the same bytes"
    with packing.unpacked(data, parts, packing.NOW) as path, zipfile.ZipFile(path) as book:
        assert {name: book.read(name) for name in book.namelist()} == {"a.csv": b"one", "b.csv": b"two"}
    with packing.unpacked(data, parts, packing.BEFORE) as path:
        assert Path(path).read_bytes() == b"before"
    twice = [{**part, "name": "same.csv"} for part in parts]
    with packing.unpacked(data, twice, packing.NOW) as path, zipfile.ZipFile(path) as book:
        assert len(set(book.namelist())) == 2


@pytest.mark.parametrize("form", ["903 zip", "903 xml", "cin xml", "cin zip", "annex a zip"])
def test_one_file_of_each_form_is_known_by_its_content(wexcombe: Story, form: str) -> None:
    cin = made_returns.make_cin(30)
    data, name, expected = {
        "903 zip": (zipped(of_903()), "return.zip", "ssda903"),
        "903 xml": (made_returns.xml_903(made_returns.make_903(30)), "anything.txt", "ssda903"),
        "cin xml": (made_returns.xml_cin(cin), "x", "cin"),
        "cin zip": (zipped(made_returns.csv_files(made_returns.HEADINGS_CIN, cin)), "children.zip", "cin"),
        "annex a zip": (zipped({"one.csv": b"Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),"
                                b"Date of Contact,Contact Source\nA1,F,WBRI,01/02/2015,11,01/09/2026,1A\n"}),
                        "lists.zip", "annex_a"),
    }[form]  # fmt: skip
    row = wexcombe.read(data, label=name, as_at=None)
    assert (row.status, row.form) == ("read", expected), row.refusal
    assert row.parts == []
    assert row.counts["total"] == len(queries.issues(row))


def test_files_of_two_returns_are_refused_and_nothing_is_kept(wexcombe: Story) -> None:
    cin = made_returns.csv_files(made_returns.HEADINGS_CIN, made_returns.make_cin(3))
    row = send(wexcombe, of_903(3) | {f"cin-{name}": data for name, data in cin.items()})
    assert row.status == "refused"
    assert "two returns" in row.refusal
    assert Identity.objects.count() == 0
    assert not (data_folder() / "store" / str(wexcombe.inspection.pk) / str(row.pk)).exists()


def test_an_empty_file_among_several_is_refused_at_once(wexcombe: Story) -> None:
    with pytest.raises(Refused, match="One of the files is empty"):
        send(wexcombe, of_903(3) | {"empty.csv": b""})
    assert Submission.objects.count() == 0


def test_a_list_of_text_under_a_workbooks_name_stays_refused(wexcombe: Story) -> None:
    files = of_903(3)
    with pytest.raises(Refused, match="is a text file"):
        send(wexcombe, {"episodes.xlsx": files["episodes.csv"], "header.csv": files["header.csv"]})


# The year before


def test_the_year_before_is_read_with_it_and_told_apart(wexcombe: Story) -> None:
    now = of_903(60)
    alone, both = send(wexcombe, now), send(wexcombe, now, a_year_before(now))
    assert both.status == "read", both.refusal
    assert [part["when"] for part in both.parts].count("before") == len(now)
    assert both.counts["known_from"] == "2024-04-01"
    assert alone.counts["known_from"] == "2025-04-01"
    assert both.lists["rows"] == alone.lists["rows"], "rows of the year before are not those of the return"
    rows = [one for measure in record.measures(both) for one in record.behind(both, measure.code)]
    highest = queries.table(both, "cla_episodes")["row"].max()
    of_return = [one.place.row for one in rows if not one.before and one.place.table == "cla_episodes"]
    assert 0 < max(of_return) <= highest


def test_a_row_of_the_year_before_is_told_by_its_own_number_and_child() -> None:
    """Rows of the year before are numbered on from those of the return, which ends at row 3."""

    def of(*children: str) -> Reading:
        rows = {"row": range(2, 2 + len(children)), "child": children}
        schema = TABLES_OF_ALL_FORMS["cla_missing"].schema()
        frame = pl.DataFrame(rows, schema={"row": pl.Int64, "child": pl.String}).select(
            (pl.col(name) if name in rows else pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
        )
        return make_reading({"cla_missing": frame}, form="ssda903")

    handed = measuring.Handed(of("A", "B"), of("C", "A"))
    names = {("child", one): f"C-{one}" for one in "ABC"}
    told = pl.DataFrame({"source": "cla_missing", "source_row": [3, 5, 6], "state": ["yes", "no", "yes"]})
    found = measuring.rows_behind(handed, names, SimpleNamespace(rows={"MI-01": told}))  # type: ignore[arg-type]
    assert found.rows() == [
        ("MI-01", "cla_missing", 3, False, "C-B", "yes", None),
        ("MI-01", "cla_missing", 2, True, "C-C", "no", None),
        ("MI-01", "cla_missing", 3, True, "C-A", "yes", None),
    ]
    assert record.RowBehind("C-A", children.Place("cla_missing", 3), True, "yes").where == (
        "The year before: Missing, row 3"
    )


def test_two_returns_of_one_year_are_refused(wexcombe: Story) -> None:
    row = send(wexcombe, of_903(20), of_903(20, seed=2))
    assert row.status == "refused"
    assert "year that ended in March 2026" in row.refusal


def test_lists_have_no_year_before(wexcombe: Story) -> None:
    row = send(wexcombe, {"lists.xlsx": assessments()}, of_903(3))
    assert row.status == "refused"
    assert "not made for a year" in row.refusal


def test_what_is_wrong_with_the_year_before_is_said_of_it(wexcombe: Story) -> None:
    row = send(wexcombe, of_903(10), {"notes.csv": b"some,notes\n1,2\n"})
    assert row.status == "refused"
    assert row.refusal.startswith("The return of the year before: ")


def test_the_day_of_an_extract_is_its_latest_event_and_where_there_is_none_that_is_said(wexcombe: Story) -> None:
    head = "child,decided_on,decision,reason_recorded,role\n"
    row = send(wexcombe, {"d.csv": f"{head}A1,2026-01-05,go on,Y,manager\nA2,2026-02-06,go on,Y,manager\n".encode()})
    assert (row.form, row.as_at, row.as_at_guessed) == ("practice", date(2026, 2, 6), True)
    assert "latest events" in " ".join(warnings(row))
    row = send(wexcombe, {"d.csv": f"{head}A1,,go on,Y,manager\n".encode()})
    assert (row.status, row.as_at) == ("read", timezone.localdate())
    assert "no date in it tells" in " ".join(warnings(row))
