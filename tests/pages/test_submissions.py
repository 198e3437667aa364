"""The pages of child-level data, as people on both sides of the wall meet them."""

import io
import re
import zipfile
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import client_for
from tests.submissions_story import Story, assessments, data_folder, story

from goldthread.apps.submissions import worker
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def page(story: Story, name: str, submission: Submission | None = None, *more: Any) -> str:
    parts = [story.inspection.pk] + ([submission.pk, *more] if submission else [])
    return reverse(name, args=parts)


def browser(story: Story, role: str) -> Client:
    return client_for(story[role])


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(
    client: Client, story: Story, data: bytes, name: str = "lists.xlsx", declared: str = XLSX, **more: Any
) -> Any:
    form = {"file": SimpleUploadedFile(name, data, declared), "as_at": "30/09/2026", "client_key": str(uuid4())}
    form |= {"day_meant": "on", **more}  # a year from now the day would be questioned
    headers = form.pop("headers", {})
    return client.post(page(story, "submissions"), form, headers=headers)


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # joins what may not be broken, too


def test_a_lead_reads_what_waits_on_the_other_side_and_what_is_theirs_to_upload(wexcombe: Story) -> None:
    lead, uploader = browser(wexcombe, "lead"), browser(wexcombe, "uploader")
    empty = text(lead.get(page(wexcombe, "submissions")))
    assert "The council has handed nothing over yet." in empty and "Upload the first below" not in empty
    assert "ask whether “Hand it over” was pressed" in empty
    assert "Upload what reached the team in another way" in empty
    assert "How to get it out of your system" not in empty
    upload(uploader, wexcombe, assessments())
    worker.read_all()
    assert "handed nothing over yet" in text(lead.get(page(wexcombe, "submissions")))
    assert "Not handed over yet" in text(uploader.get(page(wexcombe, "submissions")))
    upload(lead, wexcombe, assessments(late=3))
    told = text(lead.get(page(wexcombe, "submissions")))
    assert "The team's own" in told.replace("&#x27;", "'") and "What the council has handed over" in told


# Uploading


def test_an_upload_is_received_with_a_receipt_and_read_live(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    assert "Upload data" in text(client.get(page(wexcombe, "submissions")))
    answer = upload(client, wexcombe, assessments())
    row = Submission.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == page(wexcombe, "submission", row)
    waiting = client.get(answer["Location"])
    assert row.sha256 in waiting.content.decode()
    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert "Look again" in text(waiting)
    piece = client.get(page(wexcombe, "submission_progress", row))
    assert "waiting for its turn" in text(piece)
    assert "HX-Refresh" not in piece
    assert "<html" not in piece.content.decode()
    worker.read_all()
    done = client.get(page(wexcombe, "submission_progress", row))
    assert done["HX-Refresh"] == "true"
    assert "hx-trigger" not in done.content.decode()
    shown = text(client.get(page(wexcombe, "submission", row)))
    assert "4. Assessments 12" in shown
    assert "Not in the file" in shown
    assert row.sha256 in text(client.get(page(wexcombe, "submission_receipt", row)))


def test_the_script_is_told_where_to_go(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    answer = upload(client, wexcombe, assessments(), headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 201
    assert answer.json() == {"address": page(wexcombe, "submission", Submission.objects.get())}
    assert "received and safe" in text(client.get(answer.json()["address"]))


def test_a_double_click_makes_one_submission(wexcombe: Story) -> None:
    client, key, data = browser(wexcombe, "uploader"), str(uuid4()), assessments()
    first = upload(client, wexcombe, data, client_key=key)
    second = upload(client, wexcombe, data, client_key=key)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_another_file_after_going_back_is_asked_for_once_more_and_then_taken(wexcombe: Story) -> None:
    client, key = browser(wexcombe, "uploader"), str(uuid4())
    upload(client, wexcombe, assessments(count=11), client_key=key)
    again = upload(client, wexcombe, assessments(count=12), client_key=key)
    assert again.status_code == 422
    assert "Choose this file once more" in text(again)
    assert str(again.context["fresh_key"]) != key
    upload(client, wexcombe, assessments(count=12), client_key=str(again.context["fresh_key"]))
    assert Submission.objects.count() == 2


def test_no_file_and_an_empty_file_and_a_wrong_day_are_said_at_their_field(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    nothing = client.post(page(wexcombe, "submissions"), {"as_at": "31/02/2026"})
    assert nothing.status_code == 422
    assert "Choose a file" in text(nothing)
    assert "must be a real date" in text(nothing)
    empty = upload(client, wexcombe, b"")
    assert empty.status_code == 422
    assert "The file is empty" in text(empty)
    assert Submission.objects.count() == 0


def test_a_day_that_has_not_come_is_refused_and_nothing_is_received(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    answer = upload(client, wexcombe, assessments(), as_at="01/01/2090")
    assert answer.status_code == 422
    assert "must be today or before it" in text(answer)
    assert not Submission.objects.exists()


def test_a_huge_file_is_refused_and_nothing_of_it_is_kept(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOAD_CAP_BYTES", 1024)
    answer = upload(browser(wexcombe, "uploader"), wexcombe, b"x" * 70_000)
    assert answer.status_code == 422
    assert "The file is larger than" in text(answer)
    assert Submission.objects.count() == 0
    assert not (data_folder() / "blobs" / str(wexcombe.inspection.pk)).exists()


def _zip(name: str, held: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, held)
    return out.getvalue()


@pytest.mark.parametrize("data", [
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 8192, b"PK\x03\x04 cut short",
    _zip("xl/workbook.xml", b"\0" * 9_000_000),
    _zip("../../etc/passwd", b"x"), b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", assessments()[:-2000],
], ids=["password or old", "broken", "bomb", "escape", "xml", "cut"])  # fmt: skip
def test_a_hostile_or_broken_file_is_refused_in_plain_english(wexcombe: Story, data: bytes) -> None:
    client = browser(wexcombe, "uploader")
    address = upload(client, wexcombe, data)["Location"]
    worker.read_all()
    row = Submission.objects.get()
    shown = text(client.get(address))
    assert row.status == "refused"
    assert row.refusal in client.get(address).context["submission"].refusal
    assert "Refused" in shown
    assert "Upload again" in shown
    assert not (data_folder() / "store" / str(wexcombe.inspection.pk) / str(row.pk)).exists()
    for name in ("submission_issues", "submission_issue_rows", "submission_measures", "submission_hand_over"):
        answer = client_for(wexcombe["nominated-officer"]).get(page(wexcombe, name, row))
        assert answer.status_code == 200, name


@pytest.mark.parametrize(
    ("name", "declared", "says"),
    [
        ("lists.xlsm", XLSX, "save it as an Excel workbook (.xlsx)"),
        ("lists.xlsb", "application/octet-stream", "save it as an Excel workbook (.xlsx)"),
        ("lists.xls", "application/vnd.ms-excel", "save it as an Excel workbook (.xlsx)"),
        ("lists.csv", "text/csv", "holds an Excel workbook"),
        ("lists.xlsx", "application/pdf", "sent as something else"),
    ],
)
def test_name_declared_type_and_content_must_agree(wexcombe: Story, name: str, declared: str, says: str) -> None:
    answer = upload(browser(wexcombe, "uploader"), wexcombe, assessments(), name, declared)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not Submission.objects.exists(), "nothing of it is kept"
    assert not list((data_folder() / "blobs" / str(wexcombe.inspection.pk)).glob("*"))


def test_a_file_name_is_shown_as_text_and_never_obeyed(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    upload(client, wexcombe, assessments(), name="<script>alert(1)</script>.xlsx")
    shown = client.get(page(wexcombe, "submissions")).content.decode()
    assert "<script>alert" not in shown


# The wall


def test_the_team_and_the_other_uploader_do_not_see_what_is_staged(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    names = ["submission", "submission_progress", "submission_receipt", "submission_issues", "submission_issue_rows",
             "submission_measures", "submission_chart"]  # fmt: skip
    for role in ("lead", "inspector", "analyst", "uploader-2"):
        client = browser(wexcombe, role)
        assert row.sha256[:12] not in client.get(page(wexcombe, "submissions")).content.decode()
        assert "lists.xlsx" not in client.get(page(wexcombe, "submissions")).content.decode()
        for name in names:
            assert client.get(page(wexcombe, name, row)).status_code == 404, (role, name)
    for role in ("uploader", "nominated-officer", "director"):
        for name in names:
            assert browser(wexcombe, role).get(page(wexcombe, name, row)).status_code == 200, (role, name)


def test_outsiders_find_nothing_at_all(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments())
    stranger = browser(story(title="Elsewhere"), "lead")
    for name in ("submission", "submission_issues", "submission_measures", "submission_hand_over"):
        assert stranger.get(page(wexcombe, name, row)).status_code == 404
    assert stranger.get(page(wexcombe, "submissions")).status_code == 404
    assert stranger.post(page(wexcombe, "submission_issues_export", row), {"format": "csv"}).status_code == 404
    assert Client().get(page(wexcombe, "submission", row)).status_code == 302
    elsewhere = story(title="Third")
    assert browser(elsewhere, "lead").get(page(elsewhere, "submission", row)).status_code == 404


def test_the_hand_over_says_what_crosses_and_the_team_sees_it_afterwards(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    officer = browser(wexcombe, "nominated-officer")
    asked = text(officer.get(page(wexcombe, "submission_hand_over", row)))
    for words in ("4. Assessments: 12 rows", "lists.xlsx", "evidence shelf", "What does not cross", "dates of birth"):
        assert words in asked
    done = officer.post(page(wexcombe, "submission_hand_over", row), {"version": row.version}, follow=True)
    assert "The team sees it now" in text(done)
    assert browser(wexcombe, "inspector").get(page(wexcombe, "submission", row)).status_code == 200
    again = officer.post(page(wexcombe, "submission_hand_over", row), {"version": row.version})
    assert again.status_code == 409


@pytest.mark.parametrize("role", ["uploader", "director"])
def test_others_of_the_council_are_not_offered_the_hand_over_and_may_not_do_it(wexcombe: Story, role: str) -> None:
    row = wexcombe.read(assessments())
    client = browser(wexcombe, role)
    assert "Hand it over" not in text(client.get(page(wexcombe, "submission", row)))
    assert client.post(page(wexcombe, "submission_hand_over", row), {"version": row.version}).status_code == 403
    assert Submission.objects.get(pk=row.pk).hand_over == "staged"


def test_withdrawing_after_the_hand_over_asks_why(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments())
    officer = browser(wexcombe, "nominated-officer")
    address = page(wexcombe, "submission_withdraw", row)
    assert "on the record" in text(officer.get(address))
    without = officer.post(address, {"version": row.version, "because": ""})
    assert without.status_code == 422
    assert "Say why" in text(without)
    done = officer.post(address, {"version": row.version, "because": "The wrong month."}, follow=True)
    assert "The wrong month." in text(done)
    assert browser(wexcombe, "lead").post(address, {"version": 1, "because": "x"}).status_code == 403


def test_of_hand_ins_with_equal_days_each_link_says_which_it_is(wexcombe: Story) -> None:
    for label, as_at in (("April.xlsx", date(2026, 4, 30)), ("October.xlsx", date(2025, 10, 31))):
        wexcombe.handed_over(label=label, as_at=as_at)
    shown = browser(wexcombe, "lead").get(page(wexcombe, "submissions")).content.decode()
    links = re.findall(r'<th scope="row"[^>]*><a class="govuk-link" href="[^"]+">(.+?)</a>', shown)
    told = [re.sub("<[^>]+>", "", link) for link in links]
    assert [one.split(", received on")[0] for one in told] == [
        "October.xlsx, as at 31 October 2025", "April.xlsx, as at 30 April 2026",
    ]  # fmt: skip
    assert [link.split("<")[0] for link in links] == ["October.xlsx", "April.xlsx"], "the file can be seen"


def test_a_day_that_can_hardly_be_meant_is_questioned_before_anything_is_received(wexcombe: Story) -> None:
    client = browser(wexcombe, "uploader")
    asked = upload(client, wexcombe, assessments(count=12), as_at="30/09/2016", day_meant="")
    assert asked.status_code == 422 and Submission.objects.count() == 0
    assert "30 September 2016, is more than 13 months ago" in text(asked)
    assert "Yes, the data describes that day" in text(asked)
    other = upload(client, wexcombe, assessments(count=12), name="Lists March 2026.xlsx", day_meant="")
    assert "speaks of March 2026" in text(other) and Submission.objects.count() == 0
    assert "Yes, the data describes" not in text(client.get(page(wexcombe, "submissions")))
    meant = upload(client, wexcombe, assessments(count=12), name="Lists March 2026.xlsx")
    assert meant.status_code == 302 and Submission.objects.get().as_at == date(2026, 9, 30)
