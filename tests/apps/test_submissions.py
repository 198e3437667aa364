"""Submissions: received and kept, read by the worker, handed over, withdrawn; refused in plain English."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.submissions_story import AS_AT, Held, Story, assessments, canaries, data_folder, story, workbook

from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions, holdings, queries, reading, worker
from goldthread.apps.submissions.actions.reading import ClaimLost
from goldthread.apps.submissions.measure_areas import areas_of, service_of
from goldthread.apps.submissions.measure_words import WORDS, finding, per_cent
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.domain.frameworks import load, slugs
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.settings import DEFAULTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def events(story: Story) -> list[str]:
    return list(Entry.objects.filter(chain=str(story.inspection.pk)).values_list("event", flat=True))


# Receiving


def test_a_file_is_kept_before_it_is_acknowledged_and_its_receipt_is_of_the_bytes_as_sent(wexcombe: Story) -> None:
    import hashlib

    data = assessments()
    row = wexcombe.send(data, label="C:\\lists\\September\u202e 2026.xlsx")
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert (row.size, row.status, row.hand_over, row.side) == (len(data), "received", "staged", "authority")
    assert row.label == "September 2026.xlsx"
    assert events(wexcombe) == ["submission.received"]
    with holdings.clear_file(row) as path:
        assert Path(path).read_bytes() == data


@pytest.mark.parametrize(("role", "side", "crossed"), [
    ("uploader", "authority", False), ("nominated-officer", "authority", False), ("analyst", "team", True),
    ("lead", "team", True),
])  # fmt: skip
def test_a_file_stands_on_the_side_of_whoever_sent_it(wexcombe: Story, role: str, side: str, crossed: bool) -> None:
    row = wexcombe.send(by=role)
    assert (row.side, row.released_at is not None) == (side, crossed)


@pytest.mark.parametrize("role", ["inspector", "quality-assurance", "director", "member", "records-officer"])
def test_who_may_not_upload_is_refused(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        wexcombe.send(by=role)
    assert Submission.objects.count() == 0


def test_the_same_form_sent_twice_is_one_submission(wexcombe: Story) -> None:
    key, data = uuid4(), assessments()
    assert wexcombe.send(data, client_key=key).pk == wexcombe.send(data, client_key=key).pk
    assert Submission.objects.count() == 1
    assert events(wexcombe) == ["submission.received"]


def test_another_file_under_an_old_key_is_not_taken_for_the_first(wexcombe: Story) -> None:
    key = uuid4()
    wexcombe.send(assessments(count=11), client_key=key)
    with pytest.raises(Refused, match="Another file"):
        wexcombe.send(assessments(count=12), client_key=key)
    assert Submission.objects.count() == 1


def test_somebody_elses_key_gives_away_nothing(wexcombe: Story) -> None:
    key = uuid4()
    wexcombe.send(client_key=key)
    with pytest.raises(Refused):
        wexcombe.send(client_key=key, by="uploader-2")


@pytest.mark.parametrize(("data", "too_large", "words"), [(b"", False, "empty"), (b"x", True, "larger than")])
def test_empty_and_huge_files_are_refused_and_nothing_is_kept(
    wexcombe: Story, data: bytes, too_large: bool, words: str
) -> None:
    with Held(data, too_large=too_large) as upload, pytest.raises(Refused, match=words):
        actions.receive(
            inspection=wexcombe.inspection, upload=upload, label="x", client_key=uuid4(), by=wexcombe["uploader"]
        )
    assert Submission.objects.count() == 0
    assert not (data_folder() / "blobs" / str(wexcombe.inspection.pk)).exists()


# Reading


def test_reading_gives_tables_issues_and_measures(wexcombe: Story) -> None:
    row = wexcombe.read(assessments(count=12, late=3))
    assert (row.status, row.progress, row.as_at, row.as_at_guessed) == ("read", 100, AS_AT, False)
    assert row.lists["found"] == ["assessments"]
    assert len(row.lists["missing"]) == 10
    whole, parts = queries.measure(row, "AS-01")
    assert (
        whole.finding.replace("\N{NO-BREAK SPACE}", " ")
        == "75.0% of assessments were finished within 45 working days (9 of 12)"
    )
    assert whole.share.likely.replace("\N{NO-BREAK SPACE}", " ").startswith("likely between 46.8% and 91.")
    assert {part.title for part in parts} == {"Gender", "Age", "Ethnicity", "Disability", "Team"}
    assert queries.table(row, "assessments").height == 12
    assert set(queries.tables_of(row)) == {"assessments"}
    assert {one.code for one in queries.measures(row)} == {measure.code for measure in MEASURES}


def _of_lists(row: Submission) -> Any:
    return MeasureValue.objects.filter(submission=row, breakdown="", of_record=False)


def test_measures_are_those_of_the_kernel_on_the_clear_tables(wexcombe: Story, tmp_path: Path) -> None:
    from goldthread.kernel.run import run_reading
    from goldthread.readers import read_bytes
    from goldthread.synthetic.authority import AuthoritySpec, make
    from goldthread.synthetic.workbook import write

    path = tmp_path / "small.xlsx"
    write(make(AuthoritySpec(size=0.01)), path)
    row = wexcombe.read(path.read_bytes())
    expected = run_reading(read_bytes(path.read_bytes()), as_at=AS_AT)
    stored = {(v.code, v.numerator, v.denominator) for v in _of_lists(row)}
    assert stored == {(m.code, m.numerator, m.denominator) for m in expected.measures}
    assert row.counts["total"] == expected.issues.height == len(queries.issues(row))
    tables = queries.tables_of(row)
    assert {name: frame.height for name, frame in tables.items()} == row.lists["rows"]


def test_the_measures_of_the_stored_tables_are_the_same_though_births_are_gone(wexcombe: Story, tmp_path: Path) -> None:
    from goldthread.kernel.run import run
    from goldthread.synthetic.authority import AuthoritySpec, make
    from goldthread.synthetic.workbook import write

    path = tmp_path / "small.xlsx"
    write(make(AuthoritySpec(size=0.01, defects=False)), path)
    row = wexcombe.read(path.read_bytes())
    again = run(queries.tables_of(row), as_at=AS_AT)
    stored = {v.code: (v.numerator, v.denominator) for v in _of_lists(row)}
    assert {m.code: (m.numerator, m.denominator) for m in again.measures} == stored


def test_the_day_is_taken_from_the_lists_where_nobody_said_it(wexcombe: Story) -> None:
    row = wexcombe.read(assessments(), as_at=None)
    assert row.as_at is not None
    assert (row.as_at.isoformat(), row.as_at_guessed) == ("2026-08-28", True)


def test_issues_can_be_filtered_searched_and_sorted(wexcombe: Story) -> None:
    row = wexcombe.read(canaries())
    everything = list(queries.issues(row))
    assert len(everything) == row.counts["total"] > 3
    assert {one.list for one in queries.issues(row, list=8)} == {8}
    assert {one.severity for one in queries.issues(row, severity="error")} == {"error"}
    unclear = list(queries.issues(row, words="not understood gender"))
    assert [(one.written, one.row) for one in unclear] == [("Purple", 3)]
    by_row = [one.row for one in queries.issues(row, sort="row")]
    told = [row for row in by_row if row is not None]
    assert by_row == [*(None for _ in range(len(by_row) - len(told))), *sorted(told)]
    assert sum(one.issues for one in queries.rules_broken(row)) == len(everything)
    assert all(one.mend for one in everything)


def test_a_cell_that_might_tell_who_somebody_is_is_not_repeated(wexcombe: Story) -> None:
    row = wexcombe.read(canaries())
    birth = [one for one in queries.issues(row) if one.fields == "Date of Birth" and one.written]
    assert [one.written for one in birth] == ["withheld"]


def password_protected() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 4096 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096


@pytest.mark.parametrize("data", [
    b"not a workbook at all", b"PK\x03\x04 broken", password_protected(), workbook({"Menu": [["Soup", "Bread"]]}),
], ids=["text", "broken", "password", "no lists"])  # fmt: skip
def test_what_cannot_be_read_is_refused_in_plain_english_and_nothing_is_half_stored(
    wexcombe: Story, data: bytes
) -> None:
    row = wexcombe.read(data)
    assert row.status == "refused"
    assert row.refusal.endswith(".")
    assert row.mend.endswith(".")
    assert "Traceback" not in row.refusal + row.mend
    assert (row.store_key, row.issues_key, row.vault_key) == ("", "", "")
    assert MeasureValue.objects.count() == 0
    assert not (data_folder() / "store" / str(wexcombe.inspection.pk) / str(row.pk)).exists()
    assert events(wexcombe) == ["submission.received", "submission.refused"]
    assert list(queries.issues(row)) == []
    assert queries.tables_of(row) == {}


def test_a_failure_on_the_way_leaves_nothing_and_is_tried_three_times(wexcombe: Story, monkeypatch: Any) -> None:
    row = wexcombe.send(assessments())
    monkeypatch.setattr(actions, "finish", _fails)
    for attempt in (1, 2):
        worker.read_next()
        row.refresh_from_db()
        assert (row.status, row.attempts) == ("received", attempt)
        assert not (data_folder() / "store" / str(wexcombe.inspection.pk) / str(row.pk)).exists()
    worker.read_next()
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("refused", 3)
    assert "three times" in row.refusal
    assert MeasureValue.objects.count() == 0


def _fails(**_: Any) -> None:
    raise RuntimeError("planted by a test")


def test_what_fails_half_way_through_storing_is_rolled_back_whole(wexcombe: Story, monkeypatch: Any) -> None:
    from goldthread.apps.submissions.actions import reading as reading_actions

    row = wexcombe.send(assessments(), by="analyst")
    monkeypatch.setattr(reading_actions, "shelve_measures", _fails)
    worker.read_next()
    row.refresh_from_db()
    assert row.status == "received"
    assert MeasureValue.objects.count() == EvidenceItem.objects.count() == 0
    assert "submission.read" not in events(wexcombe)


def test_a_reader_that_died_is_replaced_after_five_minutes_and_its_late_answer_is_not_taken(wexcombe: Story) -> None:
    wexcombe.send(assessments())
    first = actions.claim_next(by=PROGRAMME)
    assert first is not None
    assert actions.claim_next(by=PROGRAMME) is None
    Submission.objects.filter(pk=first.pk).update(claimed_at=timezone.now() - timedelta(minutes=6))
    second = actions.claim_next(by=PROGRAMME)
    assert second is not None
    assert second.pk == first.pk
    with pytest.raises(ClaimLost):
        actions.progress(submission=first, per_cent=50, step="late", by=PROGRAMME)
    assert reading.read_submission(second).status == "read"
    assert reading.read_submission(first).status == "read"
    assert MeasureValue.objects.filter(breakdown="").count() == len(MEASURES)
    assert len(queries.issues(Submission.objects.get(pk=first.pk))) >= 0


def test_the_claim_of_a_dead_process_of_this_machine_is_freed_at_once(wexcombe: Story) -> None:
    wexcombe.send(assessments())
    claimed = actions.claim_next(by=PROGRAMME)
    assert claimed is not None
    assert actions.free_dead_claims(by=PROGRAMME) == 0
    host = claimed.claimed_by.partition(":")[0]
    Submission.objects.filter(pk=claimed.pk).update(claimed_by=f"{host}:999999999")
    assert actions.free_dead_claims(by=PROGRAMME) == 1
    assert Submission.objects.get(pk=claimed.pk).status == "received"


def test_the_sweeper_takes_what_belongs_to_nobody_and_nothing_else(wexcombe: Story) -> None:
    row = wexcombe.read(assessments())
    orphan = data_folder() / "store" / str(wexcombe.inspection.pk) / str(uuid4())
    orphan.mkdir(parents=True)
    (orphan / "left.parquet").write_bytes(b"x")
    stray = data_folder() / "blobs" / str(wexcombe.inspection.pk) / "ab" / ("ab" + "0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    holdings.sweep()
    assert not orphan.exists()
    assert stray.exists()
    holdings.sweep(now=timezone.now().timestamp() + 7200)
    assert not stray.exists()
    assert queries.table(row, "assessments").height == 12
    with holdings.clear_file(row) as path:
        assert Path(path).stat().st_size == row.size


# Words


def test_every_measure_has_its_words_and_every_framework_its_areas() -> None:
    assert set(WORDS) == {measure.code for measure in MEASURES}
    frameworks = {slug: load(slug) for slug in slugs()}
    for slug, framework in frameworks.items():
        known = {area.slug for area in framework.areas}
        for measure in MEASURES:
            assert service_of(measure.code)
            areas = areas_of(slug, measure.code)
            # A council's audits and a visit on one subject judge what they judge; an inspection judges every service.
            assert areas or not slug.startswith(("sif", "ilacs"))
            assert set(areas) <= known
    assert areas_of("sif-2013", "AD-01") == ("adoption",)
    assert areas_of("ilacs-2018", "CL-01") == areas_of("ilacs-2026", "AD-01") == ("children-in-care",)
    assert areas_of("own-audit", "CP-01") == ()


def test_the_settings_a_sentence_needs_are_those_its_measure_used() -> None:
    for measure in MEASURES:
        used = {name: DEFAULTS[name] for name in measure.settings}
        says = finding(measure.code, measure.title, numerator=3, denominator=40, has_value=True, settings=used)
        assert "{" not in says
        assert len(says) <= 200
        assert says.startswith("7.5% of ")


def test_a_share_is_rounded_half_up_and_none_of_none_has_none() -> None:
    assert per_cent(1, 8) == "12.5%"
    assert per_cent(1, 2000) == "0.1%"
    with pytest.raises(ZeroDivisionError):
        per_cent(0, 0)
    assert "cannot be worked out" in finding(
        "AS-01", "Assessments", numerator=0, denominator=0, has_value=False, settings={}
    )
