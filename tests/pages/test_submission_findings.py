"""Pages of what was found in a submission: its issues down to the row, and its measures."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.pages.test_submissions import browser, page, text, upload
from tests.submissions_story import CANARIES, Story, assessments, canaries, story

from goldthread.apps.journal.models import Entry
from goldthread.web.uploads import MemoryFileHandler

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


# Issues


def test_issues_go_from_list_and_rule_down_to_the_row_without_identities(wexcombe: Story) -> None:
    row = wexcombe.handed_over(canaries())
    client = browser(wexcombe, "analyst")
    summary = client.get(page(wexcombe, "submission_issues", row))
    assert "8. Children in care" in text(summary)
    rows = client.get(page(wexcombe, "submission_issue_rows", row), {"list": "8", "words": "not understood"})
    shown = text(rows)
    assert "List 8, row 3" in shown
    assert "“Purple”" in shown
    assert re.search(r"C-[0-9A-Z]{7}", shown)
    for answer in (summary, rows, client.get(page(wexcombe, "submission", row))):
        assert not any(canary in answer.content.decode() for canary in CANARIES)


def test_an_inspector_is_shown_how_many_rows_break_what_and_no_row(wexcombe: Story) -> None:
    row = wexcombe.handed_over(canaries())
    client = browser(wexcombe, "inspector")
    for name in ("submission", "submission_issues"):
        shown = client.get(page(wexcombe, name, row)).content.decode()
        assert page(wexcombe, "submission_issue_rows", row) not in shown
        assert page(wexcombe, "submission_issues_export", row) not in shown
        assert "8. Children in care" in shown
    assert client.get(page(wexcombe, "submission_issue_rows", row)).status_code == 403
    answer = client.post(page(wexcombe, "submission_issues_export", row), {"format": "csv"})
    assert answer.status_code == 403
    assert not re.search(r"C-[0-9A-Z]{7}", answer.content.decode())


def test_issues_are_paged_filtered_and_never_broken_by_a_strange_question(wexcombe: Story) -> None:
    row = wexcombe.read(assessments(count=120, late=60))
    client = browser(wexcombe, "uploader")
    address = page(wexcombe, "submission_issue_rows", row)
    first = client.get(address)
    assert f"{row.counts['total']} issues" in text(first)
    assert first.context["page_obj"].paginator.num_pages >= 2
    second = client.get(address, {"page": "2", "sort": "row"})
    assert second.context["page_obj"].number == 2
    assert min(one.row for one in second.context["page_obj"]) > 2
    for asked in ({"list": "99"}, {"rule": "'; DROP"}, {"page": "banana"}, {"words": "(["}, {"sort": "x"}):
        assert client.get(address, asked).status_code == 200
    assert "No row is like that" in text(client.get(address, {"words": "zebra crossing"}))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_issues_go_out_as_a_file_and_the_journal_says_so(wexcombe: Story, form: str) -> None:
    row = wexcombe.read(canaries())
    client = browser(wexcombe, "uploader")
    answer = client.post(page(wexcombe, "submission_issues_export", row), {"format": form, "list": "8"})
    assert answer.status_code == 200
    named = re.fullmatch(r'attachment; filename="(.+)-\d{4}-\d\d-\d\d-\d{6}\.(\w+)"', answer["Content-Disposition"])
    assert named and named.groups() == (f"synthetic-issues-{row.sha256[:12]}-list-8", form)
    if form == "csv":
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert lines[0][:3] == ["List", "Row in the sheet", "Pseudonym"]
        assert {line[0] for line in lines[1:]} == {"8"}
        told = answer.content.decode()
    else:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            told = "".join(book.read(name).decode() for name in book.namelist())
        assert "<f>" not in told
        assert row.sha256 in told
    assert not any(canary in told for canary in CANARIES)
    entry = Entry.objects.get(event="export.made")
    assert (entry.detail["what"], entry.detail["form"]) == ("issues", form)
    assert entry.detail["rows"] > 0


def test_an_export_needs_a_format_and_is_not_to_be_had_by_looking(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    client = browser(wexcombe, "uploader")
    address = page(wexcombe, "submission_issues_export", row)
    assert client.get(address).status_code == 405
    assert client.post(address, {"format": "exe"}).status_code == 403
    assert not Entry.objects.filter(event="export.made").exists()


# Measures


def test_measures_say_the_finding_the_counts_the_range_and_where_they_come_from(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12, late=3))
    client = browser(wexcombe, "inspector")
    shown = text(client.get(page(wexcombe, "submission_measures", row)))
    for words in (
        "75.0% of assessments were finished within 45 working days (9 of 12)", "9 of 12", "Likely between 46.8%",
        "What could not be worked out", "Definition, settings and source", row.sha256, "45 working days",
        "check against current statutory guidance",
    ):  # fmt: skip
        assert words in shown
    one = text(client.get(page(wexcombe, "submission_measure", row, "AS-01")))
    assert "By team" in one
    assert "Duty 9 of 12" in one
    assert client.get(page(wexcombe, "submission_measure", row, "XX-99")).status_code == 404


def test_fewer_than_ten_have_counts_and_no_percentage(wexcombe: Story) -> None:
    row = wexcombe.read(assessments(count=7, late=1))
    client = browser(wexcombe, "uploader")
    answer = client.get(page(wexcombe, "submission_measures", row))
    assert "6 of 7 assessments were finished" in text(answer)
    assert "Too few for a range" in text(answer)
    assert not answer.context["drawn"]
    assert client.get(page(wexcombe, "submission_chart", row)).status_code == 404


def test_the_chart_is_a_picture_without_style_or_script_and_has_words(wexcombe: Story) -> None:
    row = wexcombe.read(assessments(count=12, late=3))
    client = browser(wexcombe, "uploader")
    answer = client.get(page(wexcombe, "submission_chart", row))
    picture = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert picture.startswith("<svg")
    assert "75.0%" in picture
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=", picture)
    alt = client.get(page(wexcombe, "submission_measures", row)).context["chart_says"]
    assert "Assessments within 45 working days" in alt


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("csv", b"\xef\xbb\xbf")])
def test_the_chart_of_all_measures_goes_out_as_a_file_with_its_finding(
    wexcombe: Story, form: str, begins: bytes
) -> None:
    row = wexcombe.handed_over(assessments(count=40, late=12))
    client = browser(wexcombe, "inspector")
    assert page(wexcombe, "submission_chart_file", row) in client.get(
        page(wexcombe, "submission_measures", row)
    ).content.decode()  # fmt: skip
    answer = client.post(page(wexcombe, "submission_chart_file", row), {"format": form})
    assert answer.content.startswith(begins)
    assert Entry.objects.get(event="export.made").detail["what"] == "picture chart of the measures"
    if form == "csv":
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        told = {line[1]: line for line in lines[1:]}
        # 28 of 40, worked out by hand.
        assert told["Assessments within 45 working days"][2:4] == ["28 of 40", "70.0"]
    if form == "svg":
        assert "70.0%" in answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert client.get(page(wexcombe, "submission_chart_file", row)).status_code == 405
    assert client.post(page(wexcombe, "submission_chart_file", row), {"format": "exe"}).status_code == 403


def test_the_chart_of_all_measures_leaves_without_what_is_small(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=40, late=3))
    client = browser(wexcombe, "lead")
    sent = client.post(page(wexcombe, "submission_chart_file", row), {"format": "csv"}).content.decode()
    line = next(line for line in sent.splitlines() if "Assessments within 45 working days" in line)
    assert line.endswith("Assessments within 45 working days,c,c,c,c")
    picture = client.post(page(wexcombe, "submission_chart_file", row), {"format": "svg"}).content.decode()
    assert "92.5" not in picture and "Assessments within 45" not in picture
    few = wexcombe.handed_over(assessments(count=7, late=1))
    assert client.post(page(wexcombe, "submission_chart_file", few), {"format": "csv"}).status_code == 404


def test_the_file_of_somebody_not_signed_in_is_never_taken_in(wexcombe: Story, monkeypatch: Any) -> None:
    taken: list[int] = []
    receive = MemoryFileHandler.receive_data_chunk
    monkeypatch.setattr(
        MemoryFileHandler,
        "receive_data_chunk",
        lambda self, data, start: taken.append(len(data)) or receive(self, data, start),
    )
    for client in (Client(), Client(enforce_csrf_checks=True)):
        for address in (page(wexcombe, "submissions"), reverse("sign_in"), "/nowhere/"):
            answer = client.post(address, {"file": SimpleUploadedFile("big.xlsx", b"x" * 300_000), "email": "a"})
            assert answer.status_code in (200, 302, 403, 404)
    assert taken == []
    upload(browser(wexcombe, "uploader"), wexcombe, assessments())
    assert sum(taken) > 0
