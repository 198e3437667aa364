"""A submission that crosses the wall: handed over, withdrawn, seen by the other side."""

import pytest
from tests.apps.test_submissions import events
from tests.submissions_story import Story, assessments, canaries, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions, queries, worker
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


# Crossing the wall


def test_the_team_sees_a_submission_only_after_the_hand_over(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    for role in ("lead", "inspector", "analyst", "quality-assurance"):
        assert not queries.visible_to(wexcombe[role]).exists()
    assert queries.latest(wexcombe.inspection, wexcombe["lead"]) is None
    actions.hand_over(submission=row, version=row.version, by=wexcombe["nominated-officer"])
    for role in ("lead", "inspector", "analyst", "quality-assurance"):
        assert queries.latest(wexcombe.inspection, wexcombe[role]) == row


def test_an_uploader_sees_their_own_and_not_the_other_uploaders(wexcombe: Story) -> None:
    row = wexcombe.send()
    assert [one.pk for one in queries.visible_to(wexcombe["uploader"])] == [row.pk]
    assert not queries.visible_to(wexcombe["uploader-2"]).exists()
    assert queries.visible_to(wexcombe["nominated-officer"]).exists()
    assert not queries.visible_to(story(title="Elsewhere")["nominated-officer"]).exists()


def test_the_hand_over_puts_each_measure_on_the_shelf_with_all_that_it_must_carry(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessments(count=12, late=3))
    item = EvidenceItem.objects.get(detail__measure="AS-01")
    assert item.title == "75.0% of assessments were finished within 45 working days (9 of 12)"
    assert (item.side, item.kind, item.areas) == ("team", "data", ["help-and-protection"])
    assert item.source_hash == row.sha256
    assert (str(item.about_from), str(item.about_to)) == ("2026-03-30", "2026-09-30")
    assert (item.detail["numerator"], item.detail["denominator"], item.detail["as_at"]) == (9, 12, "2026-09-30")
    assert "÷" in item.summary
    assert MeasureValue.objects.get(submission=row, code="AS-01", breakdown="").evidence_item == item
    assert not EvidenceItem.objects.filter(detail__measure="CLA-04").exists()
    assert "submission.handed-over" in events(wexcombe)


def test_fewer_than_ten_are_shelved_as_counts_only(wexcombe: Story) -> None:
    wexcombe.handed_over(assessments(count=7, late=1))
    item = EvidenceItem.objects.get(detail__measure="AS-01")
    assert item.title == "6 of 7 assessments were finished within 45 working days"
    assert "%" not in item.title


def test_what_the_team_itself_uploads_is_shelved_when_it_is_read(wexcombe: Story) -> None:
    wexcombe.read(assessments(), by="analyst")
    assert EvidenceItem.objects.filter(detail__measure="AS-01").exists()


def test_a_later_submission_takes_the_place_of_the_earlier_on_the_shelf(wexcombe: Story) -> None:
    wexcombe.handed_over(assessments(count=12, late=3))
    wexcombe.handed_over(assessments(count=14, late=3))
    old, new = EvidenceItem.objects.filter(detail__measure="AS-01").order_by("number")
    assert (old.status, old.replaced_by, new.status) == ("superseded", new, "current")


@pytest.mark.parametrize("role", ["uploader", "director", "lead", "analyst"])
def test_only_the_nominated_officer_hands_over(wexcombe: Story, role: str) -> None:
    row = wexcombe.read(assessments())
    with pytest.raises(Refused):
        actions.hand_over(submission=row, version=row.version, by=wexcombe[role])
    row.refresh_from_db()
    assert row.hand_over == "staged"


def test_what_was_not_read_or_is_stale_or_crossed_before_is_not_handed_over(wexcombe: Story) -> None:
    officer = wexcombe["nominated-officer"]
    unread = wexcombe.send()
    with pytest.raises(Refused, match="has been read"):
        actions.hand_over(submission=unread, version=unread.version, by=officer)
    row = wexcombe.read(assessments())
    with pytest.raises(Clash):
        actions.hand_over(submission=row, version=row.version - 1, by=officer)
    row = actions.hand_over(submission=row, version=row.version, by=officer)
    with pytest.raises(IllegalMove):
        actions.hand_over(submission=row, version=row.version, by=officer)


def test_withdrawing_after_the_hand_over_needs_a_reason_and_takes_the_shelf_items_with_it(wexcombe: Story) -> None:
    officer = wexcombe["nominated-officer"]
    row = wexcombe.handed_over(assessments())
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(submission=row, because=" ", version=row.version, by=officer)
    row = actions.withdraw(submission=row, because="The wrong month.", version=row.version, by=officer)
    assert row.hand_over == "withdrawn"
    assert queries.latest(wexcombe.inspection, wexcombe["lead"]) is None
    item = EvidenceItem.objects.get(detail__measure="AS-01")
    assert item.status == "withdrawn"
    assert "The wrong month." in item.withdrawn_because
    assert "submission.withdrawn" in events(wexcombe)
    with pytest.raises(Refused):
        actions.withdraw(submission=row, because="Again.", version=row.version, by=officer)


def test_withdrawing_before_the_hand_over_needs_no_reason_and_the_worker_leaves_it(wexcombe: Story) -> None:
    row = wexcombe.send()
    actions.withdraw(submission=row, because="", version=row.version, by=wexcombe["nominated-officer"])
    assert worker.read_next() is None
    assert not queries.visible_to(wexcombe["lead"]).exists()


def test_the_journal_names_no_file_and_no_child(wexcombe: Story) -> None:
    wexcombe.handed_over(canaries(), label="ZQCANARY list.xlsx")
    written = "".join(str(list(Entry.objects.filter(chain=str(wexcombe.inspection.pk)).values())))
    assert "ZQ" not in written
    assert "C-" not in written
