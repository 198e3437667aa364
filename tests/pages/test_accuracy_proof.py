"""Files that prove the council's comments on the facts: taken in, refused in words, sent with the comment, seen."""

import re
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import documents_story
from tests.accuracy_story import AREA, given, later, send, write
from tests.accuracy_story import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story

from goldthread.apps.access.policy import Refused
from goldthread.apps.documents import queries as library
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
    with pytest.raises(Refused, match=r"“Log of visits\.txt” is still being read.*“Second\.txt” is still being read"):
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


def sent_from_page(told: Story, copy: CouncilCopy, role: str = "nominated-officer", **more: Any) -> Any:
    copy.refresh_from_db()
    typed = {"seen": queries.seen(queries.drafts(copy, told[role])), "version": copy.version, **more}
    return browser(told, role).post(at("council_copy", inspection=copy.inspection_id, copy=copy.pk), typed)


def test_whatever_keeps_comments_from_being_sent_is_told_at_once_in_the_words_of_the_page(wexcombe: Story) -> None:
    copy = given(wexcombe)
    new(wexcombe, copy, file(), damaged())
    new(wexcombe, copy, file("Another.", "Another.txt"), place="strengths.1")
    later(copy)
    told = sent_from_page(wexcombe, copy)
    assert told.status_code == 422
    summary = lxml.html.fromstring(told.content).xpath('//div[contains(@class, "govuk-error-summary")]')[0]
    says = " ".join(summary.text_content().split())
    for one in ("Log of visits.txt", "Broken.pdf", "Another.txt"):
        assert f"“{one}” is still being read" in says
    assert "Say why these comments come late" in says and "These are all our comments" in says
    first, second = queries.drafts(copy, wexcombe["nominated-officer"])
    assert all(queries.labels(copy)[one.place] in says for one in (first, second))
    assert not re.search(r"\bL\d", says), "the mark of the library is not a word of this page"
    worker.read_all()
    says = words(sent_from_page(wexcombe, copy, because="Found late.", sure="on"))
    assert "“Broken.pdf” cannot be sent." in says and "Another.txt” is" not in says
    says = words(sent_from_page(wexcombe, copy, role="director", because="Found late.", sure="on"))
    assert "“Broken.pdf” cannot be sent." in says and "Ask the nominated officer to send the comments" in says


def damaged() -> SimpleUploadedFile:
    return SimpleUploadedFile("Broken.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n" + b"\x00" * 200)


def test_a_damaged_file_is_told_as_being_read_and_then_with_its_outcome_before_sending(wexcombe: Story) -> None:
    copy = given(wexcombe)
    told = words(new(wexcombe, copy, damaged(), file()))
    assert "The files on it are sent, and are being read for safety." in told
    where = at("council_copy", inspection=copy.inspection_id, copy=copy.pk)

    def listed() -> Any:
        page = lxml.html.fromstring(browser(wexcombe, "nominated-officer").get(where).content)
        return page.xpath('//*[@id="to-send"]')[0]

    before = listed()
    says = " ".join(before.text_content().split())
    assert "“Broken.pdf” Sent, being read" in says and "“Log of visits.txt” Sent, being read" in says
    assert before.get("hx-trigger") == "every 3s", "the page looks again by itself while a file is read"
    worker.read_all()
    again = browser(wexcombe, "nominated-officer").get(where, headers={"hx-request": "true"}).content.decode()
    assert again.startswith("<ul") and "<script" not in again, "what is fetched is the list and nothing else"
    after = listed()
    says = " ".join(after.text_content().split())
    assert "“Broken.pdf” Cannot be sent" in says and Document.objects.get(label="Broken.pdf").refusal in says
    assert "“Log of visits.txt” Read, goes with the comment" in says and after.get("hx-trigger") is None


def test_what_came_in_as_proof_alone_goes_with_the_comment_and_what_was_there_before_stays(wexcombe: Story) -> None:
    copy, officer = given(wexcombe), wexcombe["nominated-officer"]
    documents_story.send(wexcombe, "Kept anyway.", "Own.txt", by="nominated-officer")
    new(wexcombe, copy, file(), file("Kept anyway.", "Own.txt"), file("Of both.", "Both.txt"))
    new(wexcombe, copy, file("Of both.", "Both.txt"), place="strengths.1")
    second, first = sorted(AccuracyComment.objects.all(), key=lambda one: one.proofs.count())
    worker.read_all()
    actions.drop_comment(comment=first, version=first.version, by=wexcombe["director"])
    assert states() == {"Log of visits.txt": "withdrawn", "Own.txt": "staged", "Both.txt": "staged"}
    waiting = [one.label for one in library.awaiting_submission(officer, copy.inspection)]
    assert sorted(waiting) == ["Both.txt", "Own.txt"]
    actions.take_proof_off(comment=second, proof=second.proofs.get().pk, by=officer)
    assert states()["Both.txt"] == "withdrawn", "the last comment that it was for has let it go"
    new(wexcombe, copy, file(), place=f"{AREA}.1")
    assert list(states().values()).count("staged") == 2, "the same file may be sent again"


def states() -> dict[str, str]:
    return {one.label: one.status for one in Document.objects.order_by("created_at")}
