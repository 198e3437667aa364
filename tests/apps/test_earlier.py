"""Which submission comes before another, and what the rules across submissions then find on the web."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests.factories import client_for
from tests.submissions_story import ASSESSMENT, Story, data_folder, story, workbook

from goldthread.apps.submissions import actions, differences, earlier, queries
from goldthread.apps.submissions.models import Submission

pytestmark = pytest.mark.django_db

THEN, NOW = date(2026, 6, 30), date(2026, 9, 30)


@pytest.fixture
def wexcombe() -> Story:
    return story()


def assessed(*rows: tuple[str, date, date | None], born: date = date(2015, 3, 1)) -> bytes:
    """Assessments: whose, when they started and when they were authorised."""
    lines: list[list[Any]] = [ASSESSMENT]
    for child, started, ended in rows:
        seen = "Y" if ended else ""
        lines.append([child, "F", "WBRI", born, 11, "N", started, seen, ended or "", seen, "Duty", "Ada"])
    return workbook({"List 4": lines})


def codes(row: Submission) -> list[str]:
    return sorted(one.rule for one in queries.issues(row) if one.rule.startswith("S"))


OPEN = [("A1", date(2026, 6, 10), None), ("B2", date(2026, 6, 12), None)]


def test_a_reading_is_held_against_the_latest_earlier_one_that_was_handed_over(wexcombe: Story) -> None:
    long_ago = wexcombe.handed_over(assessed(*OPEN), as_at=date(2026, 6, 20))
    before = wexcombe.handed_over(assessed(*OPEN), as_at=THEN)
    wexcombe.read(assessed(*OPEN), as_at=date(2026, 7, 31))  # staged
    row = wexcombe.read(assessed(("A1", date(2026, 6, 11), date(2026, 7, 20))), as_at=NOW)
    assert row.earlier_id == before.pk != long_ago.pk
    assert codes(row) == ["S01", "S02"]
    moved, gone = (next(one for one in queries.issues(row) if one.rule == code) for code in ("S01", "S02"))
    assert (moved.row, moved.earlier_row, moved.place) == (2, 2, "List 4, row 2")
    assert (gone.row, gone.earlier_row, gone.child, gone.place) == (None, 3, None, "Earlier list 4, row 3")
    assert [one["rule"] for one in row.counts["not_run"] if one["rule"] == "S01"] == []


def test_without_an_earlier_one_the_rules_say_that_they_did_not_run(wexcombe: Story) -> None:
    row = wexcombe.handed_over(assessed(*OPEN), as_at=NOW)
    assert row.earlier is None and codes(row) == []
    assert "S01" in [one["rule"] for one in row.counts["not_run"]]


def test_an_id_in_another_case_and_with_spaces_is_still_the_same_child(wexcombe: Story) -> None:
    wexcombe.handed_over(assessed(("ab 1", date(2026, 6, 10), None)), as_at=THEN)
    row = wexcombe.read(assessed(("AB1", date(2026, 6, 10), None)), as_at=NOW)
    assert row.earlier is not None and codes(row) == []


def test_a_birth_date_that_changed_is_found_though_the_vault_holds_both(wexcombe: Story) -> None:
    wexcombe.handed_over(assessed(*OPEN), as_at=THEN)
    row = wexcombe.read(assessed(*OPEN, born=date(2015, 3, 2)), as_at=NOW)
    found = [one for one in queries.issues(row) if one.rule == "S04"]
    assert len(found) == 2 and {one.fields.split("; ")[-1] for one in found} == {"Date of Birth"}
    assert not any("2015" in (one.written or "") for one in found)


def test_what_was_withdrawn_refused_or_is_of_the_same_day_is_not_looked_at(wexcombe: Story) -> None:
    gone = wexcombe.handed_over(assessed(*OPEN), as_at=THEN)
    actions.withdraw(submission=gone, because="Wrong.", version=gone.version, by=wexcombe["nominated-officer"])
    wexcombe.handed_over(assessed(*OPEN), as_at=NOW)
    row = wexcombe.read(assessed(*OPEN), as_at=NOW)
    assert row.earlier is None


def test_the_council_is_never_held_against_what_the_team_uploaded(wexcombe: Story) -> None:
    wexcombe.read(assessed(*OPEN), by="analyst", as_at=THEN)
    council = wexcombe.handed_over(assessed(*OPEN), as_at=NOW)
    assert council.earlier is None
    team = wexcombe.read(assessed(*OPEN), by="analyst", as_at=date(2026, 10, 31))
    assert team.earlier_id == council.pk


def test_another_inspection_is_never_looked_at(wexcombe: Story) -> None:
    elsewhere = story(title="Elsewhere")
    elsewhere.handed_over(assessed(*OPEN), as_at=THEN)
    assert wexcombe.read(assessed(*OPEN), as_at=NOW).earlier is None


def test_an_earlier_one_that_is_damaged_does_not_stand_in_the_way_of_a_new_one(
    wexcombe: Story, caplog: pytest.LogCaptureFixture
) -> None:
    then = wexcombe.handed_over(assessed(*OPEN), as_at=THEN)
    kept = (data_folder() / "store" / str(then.inspection_id) / str(then.pk)).rglob("*.parquet")
    sound = {path: path.read_bytes() for path in kept}
    for path in sound:
        path.write_bytes(b"spoilt")
    row = wexcombe.read(assessed(*OPEN), as_at=NOW)
    for path, data in sound.items():
        path.write_bytes(data)  # other tests look at everything in the store
    assert row.readable and row.earlier is None
    assert "S01" in [one["rule"] for one in row.counts["not_run"]]
    assert str(then.pk) in caplog.text and "A1" not in caplog.text


def test_births_told_in_two_ways_are_left_out(wexcombe: Story) -> None:
    lines = assessed(("A1", date(2026, 6, 10), None))
    held = wexcombe.handed_over(lines, as_at=THEN)
    births = earlier._births(held)
    assert births.columns == ["child", "born_on"] and births["born_on"].to_list() == [date(2015, 3, 1)]


def test_a_pair_is_in_the_order_of_its_days_whichever_was_asked_from(wexcombe: Story) -> None:
    then = wexcombe.handed_over(assessed(*OPEN), as_at=THEN)
    now = wexcombe.handed_over(assessed(OPEN[0]), as_at=NOW)
    analyst = wexcombe["analyst"]
    for asked, other in ((then, now), (now, then)):
        pair = differences.get(analyst, then.inspection_id, asked.pk, other.pk)
        assert (pair.then.pk, pair.now.pk, pair.found.left) == (then.pk, now.pk, 1)
    assert [one.pk for one in differences.others(analyst, now)] == [then.pk]
    with pytest.raises(Submission.DoesNotExist):
        differences.get(analyst, then.inspection_id, then.pk, then.pk)


def test_with_no_child_in_both_nothing_is_compared_and_the_pages_say_why(wexcombe: Story) -> None:
    many = [(f"OLD{number}", date(2026, 6, 10), None) for number in range(12)]
    then = wexcombe.handed_over(assessed(*many), as_at=THEN)
    now = wexcombe.handed_over(
        assessed(*((f"NEW{number}", *rest) for number, (_, *rest) in enumerate(many))), as_at=NOW
    )
    assert now.earlier is None and codes(now) == []
    client = client_for(wexcombe.person("analyst"))
    for name, others in (
        ("submission", []), ("submission_issues", []), ("submission_difference", [then.pk]),
    ):  # fmt: skip
        page = client.get(reverse(name, args=[now.inspection_id, now.pk, *others])).content.decode()
        assert "Of the 12 children who had an open case in the submission of 30 June 2026, none is in this one" in page
