"""Documents downloaded together: what the filters leave, only what may be seen, with an index, and in the journal."""

import hashlib
import io
import zipfile
from typing import Any

import polars as pl
import pytest
from django.test import override_settings
from tests import documents_story as make
from tests.documents_story import POLICY, Story, send, submitted
from tests.pages.test_documents import at, browser, words

from goldthread.apps.documents import actions
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Story:
    return make.story()


def taken(answer: Any) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The files of a bundle by name, and its index by column."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    return held, pl.read_excel(held.pop("Index.xlsx"), sheet_name="Documents").to_dicts()


def test_the_team_takes_what_the_filters_leave_with_an_index(told: Story) -> None:
    submitted(told)
    submitted(told, "=cmd|' /C calc'!A0 Minutes.", "=Minutes.txt", about=actions.About("minutes"))
    send(told, "Staged.", "Staged.txt")
    inspector = browser(told, "inspector")
    answer = inspector.post(at(told, "documents_export"), {})
    held, index = taken(answer)
    assert answer["Content-Disposition"].endswith('.zip"') and "L1" not in answer["Content-Disposition"]
    assert sorted(held) == ["L1-version-1.txt", "L2-version-1.txt"] and held["L1-version-1.txt"] == POLICY.encode()
    assert [(one["Mark"], one["File in this zip"], one["Kind"]) for one in index] == [
        ("L1", "L1-version-1.txt", "Policy or procedure"), ("L2", "L2-version-1.txt", "Minutes of a meeting"),
    ]  # fmt: skip
    assert all(hashlib.sha256(held[one["File in this zip"]]).hexdigest() == one["Receipt (SHA-256)"] for one in index)
    entry = Entry.objects.get(event="export.made")
    assert (entry.detail["what"], entry.detail["rows"]) == ("documents with an index", 2)
    only, _ = taken(inspector.post(at(told, "documents_export"), {"kind": "minutes"}))
    assert list(only) == ["L2-version-1.txt"]


def test_each_takes_only_what_they_may_see(told: Story) -> None:
    row = send(told, POLICY)
    assert sorted(taken(browser(told, "uploader").post(at(told, "documents_export"), {}))[0]) == ["L1-version-1.txt"]
    for role in ("inspector", "uploader-2"):
        answer = browser(told, role).post(at(told, "documents_export"), {})
        assert answer.status_code == 403 and "nothing to download" in words(answer), role
    actions.withdraw(document=row, because="", version=row.version, by=told["uploader"])
    again = browser(told, "uploader").post(at(told, "documents_export"), {"status": "withdrawn"})
    assert again.status_code == 403
    assert browser(told, "inspector").get(at(told, "documents_export")).status_code == 405


@override_settings(UPLOAD_CAP_BYTES=1024 * 1024)
def test_more_than_may_be_taken_at_once_is_refused_with_what_to_do(told: Story) -> None:
    for number in range(2):
        submitted(told, f"{number}" + "x" * 700_000, f"{number}.txt")
    answer = browser(told, "inspector").post(at(told, "documents_export"), {})
    assert answer.status_code == 403 and "Narrow the list down" in words(answer)
    assert not Entry.objects.filter(event="export.made").exists()


def test_the_library_offers_it_with_its_filters(told: Story) -> None:
    submitted(told)
    inspector = browser(told, "inspector")
    page = inspector.get(at(told, "documents") + "?kind=policy").content.decode()
    assert at(told, "documents_export") in page and '<input type="hidden" name="kind" value="policy">' in page
    assert at(told, "documents_export") not in inspector.get(at(told, "documents") + "?kind=plan").content.decode()
