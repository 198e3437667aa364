"""Suggested mends of a return that was handed in: counted for all who read rows, taken by whose children they are."""

import csv
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import client_for
from tests.form_story import of_903, send
from tests.submissions_story import Story, assessments, story

from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions, mends, queries
from goldthread.apps.submissions.models import Submission
from goldthread.kernel.mends import log, no_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def page(name: str, row: Submission) -> str:
    return reverse(name, args=[row.inspection_id, row.pk])


def untidy() -> dict[str, bytes]:
    """A return whose codes of sex are in small letters, with one row of another file twice."""
    files = of_903(12)
    top, *below = files["header.csv"].decode().splitlines()
    at = top.split(",").index("SEX")
    small = [
        ",".join(cell.lower() if place == at else cell for place, cell in enumerate(one.split(","))) for one in below
    ]
    again = files["missing.csv"].decode().splitlines()
    return files | {
        "header.csv": "\n".join([top, *small, ""]).encode(),
        "missing.csv": "\n".join([*again, again[-1], ""]).encode(),
    }


def opened(answer: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    ) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_they_are_counted_by_column_and_no_cell_is_shown(wexcombe: Story) -> None:
    row = send(wexcombe, untidy())
    found = {one.mend.code: one for one in mends.suggestions(row).mends}
    assert found["case"].changes == 12
    assert [(one.table, one.heading, one.first_row) for one in found["case"].places] == [("Header", "SEX", 2)]
    assert found["same-rows"].changes == 1
    shown = client_for(wexcombe["uploader"]).get(page("submission_mends", row)).content.decode()
    assert "Codes and postcodes are written in capitals: 12" in shown
    assert of_903(12)["header.csv"].decode().splitlines()[1].split(",")[0] not in shown
    assert (
        page("submission_mends", row)
        in client_for(wexcombe["uploader"]).get(page("submission_issues", row)).content.decode()
    )


def test_a_copy_holds_what_was_chosen_and_a_log_and_what_was_handed_in_stays(wexcombe: Story) -> None:
    files = untidy()
    row = send(wexcombe, files)
    before = (row.sha256, len(queries.issues(row)))
    client = client_for(wexcombe["uploader"])
    held = opened(client.post(page("submission_mends_copy", row), {"mend": ["case"]}))
    assert set(held) == {f"corrected/{name}" for name in files} | {"mends-log.csv"}
    assert held["corrected/header.csv"] == of_903(12)["header.csv"].replace(b"\r\n", b"\n")
    assert held["corrected/missing.csv"] == files["missing.csv"]
    log = list(csv.DictReader(io.StringIO(held["mends-log.csv"].decode("utf-8-sig"))))
    assert {one["mend"] for one in log} == {"case"} and len(log) == 12
    told = Entry.objects.get(event="export.made").detail
    assert (told["rows"], told["form"]) == (12, "zip") and "case" in told["what"]
    row.refresh_from_db()
    assert (row.sha256, len(queries.issues(row))) == before
    # Handed in anew with every mend, nothing more is suggested.
    held = opened(client.post(page("submission_mends_copy", row), {"mend": ["case", "same-rows"]}))
    again = send(wexcombe, {name.removeprefix("corrected/"): data for name, data in held.items() if "/" in name})
    assert mends.suggestions(again) == mends.Suggestions()
    assert "nothing to mend" in client.get(page("submission_mends", again)).content.decode()


def test_it_does_not_cross_the_wall_and_is_not_taken_in_vain(wexcombe: Story) -> None:
    row = send(wexcombe, untidy())
    actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    for role in ("analyst", "lead"):
        client: Client = client_for(wexcombe[role])
        shown = client.get(page("submission_mends", row))
        assert shown.status_code == 200 and page("submission_mends_copy", row) not in shown.content.decode()
        assert client.post(page("submission_mends_copy", row), {"mend": ["case"]}).status_code == 403
    own = client_for(wexcombe["nominated-officer"])
    assert "at least one" in own.post(page("submission_mends_copy", row), {}).content.decode()
    assert "no mend" in own.post(page("submission_mends_copy", row), {"mend": ["guess"]}).content.decode()
    assert "change nothing" in own.post(page("submission_mends_copy", row), {"mend": ["postcodes"]}).content.decode()
    assert not Entry.objects.filter(event="export.made").exists()


def test_lists_say_why_nothing_is_suggested_and_xml_is_mended_as_files_are(wexcombe: Story) -> None:
    from tests.made_returns import make_903, xml_903

    client = client_for(wexcombe["uploader"])
    lists = wexcombe.read(assessments())
    assert "Mends are suggested for SSDA903" in client.get(page("submission_mends", lists)).content.decode()
    small = xml_903(make_903(3)).replace(b"<SEX>M<", b"<SEX>m<").replace(b"<SEX>F<", b"<SEX>f<")
    xml = send(wexcombe, {"return.xml": small})
    found = {one.mend.code: one for one in mends.suggestions(xml).mends}
    assert found["case"].changes == 3
    shown = client.get(page("submission_mends", xml)).content.decode()
    assert found["case"].mend.says in shown


def test_the_log_of_a_copy_is_known_where_it_is_handed_in_beside_it(wexcombe: Story) -> None:
    row = send(wexcombe, {**of_903(12), "mends-log.csv": log(no_changes()), "remarks.csv": b"a,b\r\n1,2\r\n"})
    stray = [one for one in queries.issues(row) if one.rule == "W02"]
    assert len(stray) == 1 and stray[0].row is None
    told = [one["says"] for one in row.lists["sheets"] if one["table"] is None]
    assert sorted(told)[-1] == "The log of a corrected copy; nothing in it is part of the return." and len(told) == 2
