"""What somebody is told on a page of a submission whose kept lists are spoilt or gone from the disk."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import client_for
from tests.submissions_story import Story, assessments, data_folder, story

from goldthread.apps.submissions import worker
from goldthread.apps.submissions.models import Submission
from goldthread.web.doors import every_door
from goldthread.web.logs import NoContent

pytestmark = pytest.mark.django_db

READING = {
    "submission_children", "submission_issue_rows", "submission_issues_by_rule", "submission_returning",
    "submission_watch",
}  # fmt: skip
"""Pages that are known to read what is kept, so that the test cannot pass on pages that never look."""


@pytest.fixture
def wexcombe() -> Iterator[Story]:
    yield story()


def kept_files(submission: Submission) -> list[Path]:
    files = (data_folder() / "store" / str(submission.inspection_id) / str(submission.pk)).rglob("*")
    return [path for path in files if path.suffix in (".parquet", ".json")]


def spoil(path: Path) -> None:
    path.write_bytes(b"spoilt")


@pytest.mark.parametrize("harm", [spoil, Path.unlink], ids=["spoilt", "gone"])
def test_every_page_of_a_damaged_submission_says_what_to_do(
    wexcombe: Story, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    sent = wexcombe.read(assessments(late=3), by="lead")
    worker.read_all()
    lead = client_for(wexcombe["lead"])
    lead.raise_request_exception = False
    sound = {path: path.read_bytes() for path in kept_files(sent)}
    assert len(sound) > 3
    for path in sound:
        harm(path)
    caplog.handler.addFilter(NoContent())
    with caplog.at_level(logging.ERROR):
        told = told_by_page(lead, sent)
    for path, data in sound.items():
        path.write_bytes(data)  # other tests look at everything in the store
    broken = {name for name, (status, text) in told.items() if status >= 500}
    assert broken >= READING
    assert {name for name in broken if "cannot be read" not in told[name][1]} == set()
    assert {name for name in broken if "latest backup" not in told[name][1]} == set()
    assert "StoreDamaged" in caplog.text
    assert {status for name in READING for status, _ in told_by_page(lead, sent, {name}).values()} == {200}


def told_by_page(lead: Client, sent: Submission, only: set[str] | None = None) -> dict[str, tuple[int, str]]:
    """What each page that is about the submission alone answers."""
    about = {"inspection": sent.inspection_id, "submission": sent.pk}
    told = {}
    for door in every_door():
        parts = {piece.split(":")[-1] for piece in door.route.replace(">", "<").split("<")[1::2]}
        if parts == set(about) and door.reads and (only is None or door.name in only):
            answer = lead.get(reverse(door.name, kwargs=about))
            told[door.name] = (answer.status_code, answer.content.decode())
    return told
