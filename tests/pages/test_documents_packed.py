"""Uploading a zip of documents: each has an outcome of its own."""

import json

import pytest
from tests import documents_story as make
from tests.documents_story import POLICY, Story
from tests.pages.test_documents import at, browser, upload, words

from goldthread.apps.documents.models import Document
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Story:
    return make.story()


def test_each_document_of_a_zip_has_an_outcome_and_a_receipt(told: Story) -> None:
    data = make.zipped(
        {"minutes/May.txt": POLICY, "June.docx": "named as Word", "inner.zip": "x", "again/May.txt": POLICY}
    )
    answer = upload(told, ("all.zip", data))
    page = words(answer)
    assert answer.status_code == 200 and "1 received, 1 here already, 2 not kept" in page
    assert "all.zip: minutes/May.txt: L1: sent. It is being read now" in page
    assert "all.zip: June.docx: not kept. This file is named as Word document" in page
    assert "all.zip: inner.zip: not kept. It is packed itself" in page
    assert "all.zip: again/May.txt: It is the same, byte for byte, as L1" in page
    row = Document.objects.get()
    assert (row.title, row.label, row.kind, row.areas) == ("May", "May.txt", "policy", ["leadership"])
    assert Entry.objects.filter(event="document.received").count() == 1


def test_a_zip_of_sound_documents_leads_back_to_the_list(told: Story) -> None:
    answer = upload(told, ("all.zip", make.zipped({"a.txt": "one", "b.txt": "two"})))
    assert answer.status_code == 302 and Document.objects.count() == 2
    bad = upload(told, ("all.zip", b"PK\x03\x04 cut short"))
    assert bad.status_code == 422 and "This zip file is damaged" in words(bad)
    assert upload(told, ("all.zip", b"")).status_code == 422


def test_the_pages_script_is_told_of_each_document(told: Story) -> None:
    got = json.loads(upload(told, ("a.zip", make.zipped({"a.txt": "x", "b.pdf": "y"})), script=True).content)
    assert [(one["name"], one["state"]) for one in got["outcomes"]] == [
        ("a.zip: a.txt", "received"), ("a.zip: b.pdf", "refused")
    ]  # fmt: skip


def test_a_zip_is_no_new_version(told: Story) -> None:
    row = make.send(told, POLICY)
    from uuid import uuid4

    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"file": SimpleUploadedFile("a.zip", make.zipped({"a.txt": "x"})), "client_key": str(uuid4())}
    answer = browser(told, "uploader").post(at(told, "document_replace", document=row.pk), sent)
    assert answer.status_code == 422 and "This is a packed file." in words(answer)
