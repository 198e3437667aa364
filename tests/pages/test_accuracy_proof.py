"""Files that prove the council's comments on the facts: taken in, refused in words, sent with the comment, seen."""

from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.accuracy_story import AREA, given, later, send, write
from tests.accuracy_story import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.access.policy import Refused
from goldthread.apps.documents import worker
from goldthread.apps.documents.models import Document
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import AccuracyComment, CouncilCopy

pytestmark = pytest.mark.django_db

SHOWN = "The log of visits says that all forty were seen in time."


def at(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts)


def words(told: Any) -> str:
    return " ".join(lxml.html.fromstring(told.content).text_content().split())


def browser(told: Story, role: str) -> Client:
    return client_for(told.person(role))


def file(text: str = SHOWN, name: str = "Log of visits.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/html")


def new(told: Story, copy: CouncilCopy, *files: Any, role: str = "nominated-officer", **more: Any) -> Any:
    sent = {
        "place": f"{AREA}.1", "kind": "fact", "says": "All were seen.", "proposes": "All.", "proof": "Line 4.",
        "act": "save", "client_key": str(uuid4()), "evidence": list(files), **more,
    }  # fmt: skip
    where = at("accuracy_comment_new", inspection=copy.inspection_id, copy=copy.pk)
    return browser(told, role).post(where, sent, follow=True)


def page_of(told: Story, role: str, comment: AccuracyComment) -> str:
    where = at("accuracy_comment", inspection=comment.inspection_id, comment=comment.pk)
    return words(browser(told, role).get(where))


def test_files_come_with_a_comment_go_with_it_and_are_seen_by_who_answers(wexcombe: Story) -> None:
    copy = given(wexcombe)
    assert new(wexcombe, copy, file(), file("A second one.", "Second.txt")).status_code == 200
    comment = AccuracyComment.objects.get()
    assert [one.document.status for one in queries.proofs_of(comment)] == ["staged", "staged"]
    assert not Document.objects.filter(released_at__isnull=False).exists(), "nothing crosses before the comment does"
    with pytest.raises(Refused, match="still being looked through"):
        send(wexcombe, copy)
    worker.read_all()
    (sent,) = send(wexcombe, copy)
    assert [one.document.status for one in queries.proofs_of(sent)] == ["submitted", "submitted"]
    told = page_of(wexcombe, "quality-assurance", sent)
    assert "Log of visits" in told and "Second" in told and "uploaded with this comment" in told
    assert "Late evidence" not in told
    document = queries.proofs_of(sent)[0].document
    where = at("document_original", inspection=copy.inspection_id, document=document.pk)
    assert where.removesuffix("original/") in browser(wexcombe, "quality-assurance").get(
        at("accuracy_comment", inspection=copy.inspection_id, comment=sent.pk)
    ).content.decode()  # fmt: skip
    got = browser(wexcombe, "quality-assurance").post(where)
    assert got.content.decode() == SHOWN and got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment") and got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    said = Entry.objects.get(event="council-copy.commented").detail
    assert said["files"] == 2 and "Log of visits" not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (SimpleUploadedFile("Empty.txt", b""), "This file is empty."),
        (SimpleUploadedFile("Tool.exe", b"MZ\x90\x00" * 20), "“Tool.exe” was not kept:"),
        (SimpleUploadedFile("All.zip", b"PK\x03\x04" + b"\x00" * 40), "A zip is not taken as proof."),
        (SimpleUploadedFile("Plan.pdf", b"no PDF at all"), "“Plan.pdf” was not kept:"),
    ],
)
def test_a_refused_file_is_told_in_words_and_costs_neither_the_comment_nor_the_other_files(
    wexcombe: Story, bad: SimpleUploadedFile, reason: str
) -> None:
    copy = given(wexcombe)
    bad.seek(0)
    told = new(wexcombe, copy, bad, file())
    assert reason in words(told)
    comment = AccuracyComment.objects.get()
    held = queries.words_of(comment)
    assert (held["says"], held["proposes"], held["proof"]) == ("All were seen.", "All.", "Line 4.")
    assert [one.document.label for one in queries.proofs_of(comment)] == ["Log of visits.txt"]
    assert told.redirect_chain[-1][0] == at(
        "accuracy_comment_change", inspection=copy.inspection_id, comment=comment.pk
    )
    assert "All were seen." in told.content.decode()


def test_a_file_that_is_too_large_and_one_too_many_are_refused(
    wexcombe: Story, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = given(wexcombe)
    settings.UPLOAD_CAP_BYTES = 1024 * 1024
    assert "larger than 1 MB" in words(new(wexcombe, copy, file("a" * 1_100_000)))
    settings.UPLOAD_CAP_BYTES = 64 * 1024 * 1024
    monkeypatch.setattr("goldthread.apps.reports.actions.accuracy_proof.MOST_PROOFS", 1)
    told = words(new(wexcombe, copy, file(), file("Another.", "Another.txt")))
    assert "A comment has at most 1 files" in told
    assert sorted(one.proofs.count() for one in AccuracyComment.objects.all()) == [0, 1]


def test_late_evidence_is_marked_so_for_both_sides(wexcombe: Story) -> None:
    copy = given(wexcombe)
    new(wexcombe, copy, file())
    worker.read_all()
    later(copy)
    (sent,) = send(wexcombe, copy, because="The log was found late.")
    (proof,) = queries.proofs_of(sent)
    assert proof.late and proof.exception == sent.exception != ""
    for role in ("nominated-officer", "director", "quality-assurance", "lead"):
        assert "Late evidence" in page_of(wexcombe, role, sent)


def test_a_file_is_taken_off_a_draft_without_losing_what_was_typed_and_not_off_a_sent_one(wexcombe: Story) -> None:
    copy = given(wexcombe)
    new(wexcombe, copy, file())
    comment = AccuracyComment.objects.get()
    (proof,) = queries.proofs_of(comment)
    where = at("accuracy_comment_change", inspection=copy.inspection_id, comment=comment.pk)
    typed = {"kind": "fact", "says": "Typed anew.", "proposes": "", "proof": "", "version": comment.version}
    told = browser(wexcombe, "nominated-officer").post(where, {**typed, "off": proof.pk})
    assert told.status_code == 302
    comment.refresh_from_db()
    assert queries.proofs_of(comment) == [] and queries.words_of(comment)["says"] == "Typed anew."
    send(wexcombe, copy)
    comment.refresh_from_db()
    with pytest.raises(Refused, match="no longer a draft"):
        actions.take_proof_off(comment=comment, proof=proof.pk, by=wexcombe["nominated-officer"])


def test_who_may_not_upload_is_told_who_does_and_cannot_send_files_of_others(wexcombe: Story) -> None:
    copy = given(wexcombe)
    where = at("accuracy_comment_new", inspection=copy.inspection_id, copy=copy.pk)
    page = browser(wexcombe, "director").get(where)
    assert "uploaded by your nominated officer" in words(page) and 'type="file"' not in page.content.decode()
    new(wexcombe, copy, file(), role="director")
    assert not Document.objects.exists(), "what is not offered is not taken"
    new(wexcombe, copy, file())
    worker.read_all()
    with pytest.raises(Refused, match="Ask the nominated officer to send"):
        send(wexcombe, copy, by="director")
    assert Document.objects.get().status == "staged"


def test_a_file_added_after_the_page_was_opened_must_be_seen_before_sending(wexcombe: Story) -> None:
    copy = given(wexcombe)
    write(wexcombe, copy)
    seen = queries.seen(queries.drafts(copy, wexcombe["nominated-officer"]))
    comment = AccuracyComment.objects.get()
    where = at("accuracy_comment_change", inspection=copy.inspection_id, comment=comment.pk)
    typed = {
        "kind": "fact",
        "says": "So.",
        "proposes": "",
        "proof": "",
        "version": comment.version,
        "evidence": [file()],
    }
    assert browser(wexcombe, "nominated-officer").post(where, typed).status_code == 302
    worker.read_all()
    with pytest.raises(Refused, match="written, changed or dropped meanwhile"):
        actions.send_comments(
            copy=copy, seen=seen, because="", version=copy.version, by=wexcombe["nominated-officer"]
        )  # fmt: skip


def test_files_chosen_before_the_paragraph_was_changed_are_said_to_be_chosen_again(wexcombe: Story) -> None:
    """A browser cannot be given back what was chosen in it; the words stay."""
    copy = given(wexcombe)
    told = new(wexcombe, copy, file(), act="choose")
    assert "The files that you had chosen do not come along." in words(told)
    assert "All were seen." in words(told)
    assert not AccuracyComment.objects.exists() and not Document.objects.exists()
    assert "files that you had chosen" not in words(new(wexcombe, copy, act="choose"))
