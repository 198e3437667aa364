"""Whole-list checks of an inspection: from the practice record where there is one, else an honest word."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.cases_story import AS_AT, Story, frame, story
from tests.factories import client_for
from tests.pages.test_cases import at, text

from goldthread.apps.cases import queries
from goldthread.apps.submissions import holdings
from goldthread.apps.submissions.models import Submission
from goldthread.kernel.forms.practice import PRACTICE_TABLES

PRACTICE = {table.name: table for table in PRACTICE_TABLES}
pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def hand_in(story: Story, form: str, frames: dict[str, pl.DataFrame], **more: Any) -> Submission:
    row = Submission.objects.create(
        form=form, inspection=story.inspection, side="authority", label=f"{form}.zip", sha256="cd" * 32, size=1,
        created_by=story.person("uploader"),
    )  # fmt: skip
    row.store_key = holdings.keep_frames(row, "tables", frames)
    for name, value in {"status": "read", "hand_over": "submitted", "as_at": AS_AT, **more}.items():
        setattr(row, name, value)
    handed = Submission.objects.get(pk=story.submission.pk)  # type: ignore[union-attr]
    row.released_at, row.handed_over_at = handed.released_at, handed.handed_over_at
    row.save()
    return row


def practice(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    numbered = [{"row": number, **row} for number, row in enumerate(rows, 2)]
    return pl.DataFrame(numbered, schema=PRACTICE[name].schema())


def decisions(*days: tuple[str, date]) -> dict[str, pl.DataFrame]:
    return {"practice_decisions": practice("practice_decisions", [{"child": c, "decided_on": d} for c, d in days])}


def test_without_a_practice_record_nothing_is_counted_and_each_check_says_why(wexcombe: Story) -> None:
    found = queries.whole_lists(wexcombe.inspection, wexcombe["lead"])
    assert [one.code for one in found.checks] == ["W01", "W02", "W03"]
    assert found.practice is None
    assert found.rows == ()
    for one in found.checks:
        assert (one.due, one.not_done, one.done, one.teams) == (None, None, None, ())
        assert "practice record" in one.cannot
    page = text(client_for(wexcombe.person("lead")).get(at("whole_lists", wexcombe)))
    assert "No practice record was handed in" in page
    assert "From them alone it cannot be told" in page


def test_every_open_child_is_held_against_the_decisions_that_were_handed_in(wexcombe: Story) -> None:
    lately, long_ago = date(2026, 9, 1), date(2026, 1, 5)
    hand_in(wexcombe, "practice", decisions(("C-0000001", lately), ("C-0000002", lately), ("C-0000003", long_ago)))
    found = queries.whole_lists(wexcombe.inspection, wexcombe["lead"])
    told = {one.code: one for one in found.checks}
    # The sixty of the frame, and the child in care for short breaks, whom a sample leaves out.
    assert (told["W01"].due, told["W01"].not_done, told["W01"].done) == (61, 59, 2)
    assert told["W01"].cannot == ""
    assert told["W01"].instrument == "management-decisions-1"
    assert told["W02"].instrument == "strategy-meetings-1"
    assert told["W02"].due is None
    assert sum(count for _, count in told["W01"].teams) == 59
    assert found.rows is not None
    by_child = {one.child: one.last for one in found.rows}
    assert len(by_child) == 59
    assert by_child["C-0000003"] == long_ago
    assert "C-0000001" not in by_child
    assert found.as_at == AS_AT


def test_enquiries_are_held_against_strategy_discussions_and_their_minutes(wexcombe: Story) -> None:
    began = date(2026, 8, 3)
    held = {
        name: holdings.fetch_frame(wexcombe.submission, "tables", wexcombe.submission.store_key, name)  # type: ignore[union-attr]
        for name in ("children_in_need", "protection_plans", "children_in_care")
    }
    enquiries = [{"child": f"C-000000{n}", "strategy_on": began, "gender": "F", "ethnicity": "WBRI"} for n in (1, 2, 3)]
    hand_in(wexcombe, "annex_a", {**held, "section_47": frame("section_47", enquiries)})
    told = [
        {"child": "C-0000001", "held_on": began, "minuted_on": date(2026, 8, 5)},
        {"child": "C-0000002", "held_on": began},
    ]
    hand_in(wexcombe, "practice", {"practice_discussions": practice("practice_discussions", told)})
    found = {one.code: one for one in queries.whole_lists(wexcombe.inspection, wexcombe["lead"]).checks}
    assert (found["W02"].due, found["W02"].not_done) == (2, 1)
    assert (found["W03"].due, found["W03"].not_done) == (3, 1)
    assert found["W01"].due is None


def test_who_sees_only_their_own_rows_sees_counts_and_nobody(wexcombe: Story) -> None:
    hand_in(wexcombe, "practice", decisions(("C-0000001", date(2026, 9, 1))))
    lead = text(client_for(wexcombe.person("lead")).get(at("whole_lists", wexcombe) + "?check=W01"))
    assert "60 of 61 due; recorded for 1." in lead
    assert "C-0000002" in lead
    inspector = text(client_for(wexcombe.person("inspector")).get(at("whole_lists", wexcombe)))
    assert "60 of 61 due" in inspector
    assert "C-00000" not in inspector
    assert queries.whole_lists(wexcombe.inspection, wexcombe["inspector"]).rows is None
    assert client_for(wexcombe.person("nominated-officer")).get(at("whole_lists", wexcombe)).status_code in (403, 404)


def test_a_practice_record_that_was_withdrawn_or_not_read_does_not_count(wexcombe: Story) -> None:
    hand_in(wexcombe, "practice", decisions(("C-0000001", date(2026, 9, 1))), hand_over="withdrawn")
    hand_in(wexcombe, "practice", decisions(("C-0000001", date(2026, 9, 1))), status="received")
    assert queries.whole_lists(wexcombe.inspection, wexcombe["lead"]).practice is None
