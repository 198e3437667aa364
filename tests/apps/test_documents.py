"""Documents crossing the wall: received once, read, submitted by the officer, searched, cited, found again."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from tests import documents_story as make
from tests.documents_story import POLICY, Story, send, submitted
from tests.submissions_story import Held

from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.documents import actions, holdings, queries, worker
from goldthread.apps.documents.actions import reading
from goldthread.apps.documents.models import Document, DocumentText, Passage
from goldthread.apps.documents.queries import Choice
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.models import Entry
from goldthread.apps.requests import actions as requests
from goldthread.apps.submissions.models import InspectionKey
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.domain.anchoring import Place, find
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Story:
    return make.story()


def found(told: Story, role: str, words: str, **more: str) -> list[tuple[str, int]]:
    result = queries.search(told[role], told.inspection, Choice(words=words, **more))
    assert len(result.hits) == result.pages or result.pages > 20
    return [(hit.document.title, hit.page) for hit in result.hits]


def test_the_team_sees_a_document_when_it_is_submitted_and_not_before(told: Story) -> None:
    row = send(told, POLICY)
    assert (row.reading, row.pages, row.mark, row.title) == ("read", 1, "L1", "Supervision policy")
    for role in ("lead", "inspector", "uploader-2", "improvement-lead", "disclosure-checker"):
        assert not queries.visible_to(told[role]).exists(), role
        assert found(told, role, "supervision") == [], role
    assert queries.visible_to(told["director"]).count() == 1
    with pytest.raises(Refused):
        actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=told["uploader"])
    actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=told["nominated-officer"])
    assert found(told, "inspector", "supervision") != [] and found(told, "disclosure-checker", "supervision") == []
    assert Entry.objects.filter(event="document.submitted").count() == 1


def test_the_same_bytes_are_told_and_not_kept_twice(told: Story) -> None:
    first = send(told, POLICY)
    with Held(POLICY.encode()) as upload:
        again = actions.receive(
            inspection=told.inspection, upload=upload, label="other name.txt", about=actions.About(),
            client_key=uuid4(), by=told["uploader-2"],
        )  # fmt: skip
    assert (again.again, again.document.pk, Document.objects.count()) == (True, first.pk, 1)
    assert queries.known_hashes(told["uploader"], told.inspection, [first.sha256, "0" * 64]) == {first.sha256}
    assert queries.known_hashes(told["uploader-2"], told.inspection, [first.sha256]) == set()
    actions.withdraw(document=first, because="", version=make.fresh(first).version, by=told["uploader"])
    assert send(told, POLICY).pk != first.pk


def test_nothing_of_a_document_lies_in_clear_on_the_disk_or_in_the_database(told: Story) -> None:
    row = submitted(told, f"{POLICY}{make.SECRET}")
    actions.note(document=row, says=f"{make.SECRET} noted", page=0, client_key=uuid4(), by=told["inspector"])
    assert found(told, "inspector", make.SECRET) == [("Supervision policy", 1)]
    folder = Path(settings.DATA) / "documents" / str(told.inspection.pk)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files and not any(make.SECRET.encode() in path.read_bytes() for path in files)
    with connection.cursor() as asking:
        for table in connection.introspection.table_names():
            if table.startswith("documents_"):
                asking.execute(f"SELECT * FROM {table}")
                assert make.SECRET.encode() not in repr(asking.fetchall()).encode(), table
    assert holdings.whole_file(row).decode().endswith(make.SECRET)


def test_where_the_key_is_gone_nothing_can_be_searched_or_read(told: Story) -> None:
    row = submitted(told)
    assert found(told, "lead", "supervision")
    InspectionKey.objects.all().delete()
    with pytest.raises(CannotUnseal):
        queries.search(told["lead"], told.inspection, Choice(words="supervision"))
    with pytest.raises(CannotUnseal):
        holdings.pages_of(row)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.pdf", b"", "empty"), ("named.pdf", b"words", "named as"), ("all.zip", b"PK\x03\x04", "packed"),
        ("macros.docm", b"x", "macros"), ("old.xls", b"x", ".xlsx"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_at_the_desk_and_leaves_nothing(told: Story, name: str, data: bytes, says: str) -> None:
    with pytest.raises(Refused) as caught:
        send(told, data, name)
    assert says in caught.value.reason and not Document.objects.exists()


def test_a_file_that_cannot_be_opened_is_refused_with_a_way_to_mend_it(told: Story) -> None:
    row = send(told, b"%PDF-1.7 hardly begun", "cut.pdf")
    assert (row.reading, row.ready) == ("refused", False)
    assert "damaged" in row.refusal and row.mend
    with pytest.raises(Refused):
        actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=told["nominated-officer"])
    assert make.fresh(row).status == "staged"
    assert holdings.sweep(now=2**40) >= 1


def test_too_large_too_many_and_a_training_inspection_are_refused(told: Story, settings: object) -> None:
    with Held(b"x", too_large=True) as upload, pytest.raises(Refused, match="larger than 100 MB"):
        actions.receive(
            inspection=told.inspection, upload=upload, label="a.txt", about=actions.About(), client_key=uuid4(),
            by=told["uploader"],
        )  # fmt: skip
    settings.DOCUMENT_MOST_FILES = 1  # type: ignore[attr-defined]
    send(told, POLICY)
    with pytest.raises(Refused, match="as many as are taken"):
        send(told, "another")
    settings.DOCUMENT_MOST_FILES, settings.DOCUMENT_MOST_BYTES = 9, 10  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="GB"):
        send(told, "another")
    told.inspection.kind = "training"
    with pytest.raises(Refused, match="training inspection"):
        send(told, "another")


def test_what_was_changed_meanwhile_is_not_submitted_unseen(told: Story) -> None:
    row = send(told, POLICY)
    actions.describe(
        document=row, title="Renamed", about=actions.About("plan", date(2026, 1, 1), date(2026, 3, 31)),
        version=row.version, by=told["uploader"],
    )  # fmt: skip
    with pytest.raises(Overtaken):
        actions.submit(inspection=told.inspection, documents=[(row, row.version)], by=told["nominated-officer"])
    fresh = make.fresh(row)
    assert (fresh.title, fresh.kind, fresh.about_to) == ("Renamed", "plan", date(2026, 3, 31))
    with pytest.raises(Refused):
        actions.submit(inspection=told.inspection, documents=[], by=told["nominated-officer"])
    actions.submit(inspection=told.inspection, documents=[(fresh, fresh.version)], by=told["nominated-officer"])
    with pytest.raises(Refused):
        now = make.fresh(row)
        actions.describe(document=now, title="x", about=actions.About(), version=now.version, by=told["uploader"])
    with pytest.raises(IllegalMove):
        now = make.fresh(row)
        actions.submit(inspection=told.inspection, documents=[(now, now.version)], by=told["nominated-officer"])


def cited(told: Story, row: Document, words: str) -> Passage:
    page = next(n for n, one in enumerate(holdings.pages_of(row), 1) if find(words, one.text))
    span = find(words, holdings.pages_of(row)[page - 1].text)
    assert span is not None
    return actions.shelve_passage(
        document=row, place=Place(page, *span), why="It says how often.", areas=[], client_key=uuid4(),
        by=told["inspector"],
    )  # fmt: skip


def test_a_passage_stands_on_the_shelf_with_its_words_and_its_place(told: Story) -> None:
    row = submitted(told)
    passage = cited(told, row, "supervision once a month")
    item = passage.evidence_item
    assert (item.kind, item.source_hash, item.areas) == ("document", row.sha256, ["help-and-protection"])
    assert item.title == "Supervision policy, part 1" and "“supervision once a month”" in item.summary
    assert holdings.pages_of(row)[0].text[passage.start : passage.end] == "supervision once a month"
    assert [one.words for one in queries.passages(told["lead"], row)] == ["supervision once a month"]
    assert queries.passages(told["nominated-officer"], row) == []
    same = actions.shelve_passage(
        document=row, place=Place(1, 0, 9), why="", areas=[], client_key=passage.client_key, by=told["inspector"]
    )
    assert same.pk == passage.pk
    for place in (Place(9, 0, 5), Place(1, 5, 5), Place(1, 0, 1)):
        with pytest.raises(Refused):
            actions.shelve_passage(
                document=row, place=place, why="", areas=[], client_key=uuid4(), by=told["inspector"]
            )
    with pytest.raises(Refused):
        actions.shelve_passage(
            document=row, place=Place(1, 0, 9), why="", areas=[], client_key=uuid4(), by=told["nominated-officer"]
        )


def test_a_new_version_takes_passages_along_or_says_that_it_could_not(told: Story) -> None:
    old = submitted(told)
    stays, goes = cited(told, old, "why each decision was made"), cited(told, old, "supervision once a month")
    new = send(told, "A new foreword.\n" + POLICY.replace("once a month", "twice a month"), replaces=old)
    assert (new.number, new.edition, new.mark) == (old.number, 2, "L1, version 2")
    assert found(told, "lead", "twice") == []
    with pytest.raises(Refused):
        send(told, "A third, of the first", replaces=old)
    actions.submit(inspection=told.inspection, documents=[(new, new.version)], by=told["nominated-officer"])
    assert make.fresh(old).status == "superseded"
    stays.evidence_item.refresh_from_db()
    goes.evidence_item.refresh_from_db()
    assert (stays.evidence_item.status, stays.evidence_item.source_hash) == ("current", new.sha256)
    assert goes.evidence_item.status == "superseded" and goes.evidence_item.replaced_by is None
    moved = Passage.objects.get(document=new)
    text = holdings.pages_of(new)[moved.page - 1].text
    assert (moved.status, text[moved.start : moved.end]) == ("current", "why each decision was made")
    assert moved.created_by_id == stays.created_by_id
    assert sorted(Passage.objects.filter(document=old).values_list("status", flat=True)) == ["lost", "moved"]
    assert found(told, "lead", "twice") and found(told, "lead", '"once a month"') == []
    with pytest.raises(Refused):
        cited(told, make.fresh(old), "why each decision was made")


def test_taken_back_it_is_off_the_shelf_and_out_of_every_search(told: Story) -> None:
    row = submitted(told)
    passage = cited(told, row, "once a month")
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(document=row, because=" ", version=row.version, by=told["nominated-officer"])
    with pytest.raises(Refused):
        actions.withdraw(document=row, because="Wrong file", version=row.version, by=told["uploader"])
    actions.withdraw(document=row, because="Wrong file", version=row.version, by=told["nominated-officer"])
    passage.evidence_item.refresh_from_db()
    assert passage.evidence_item.status == "withdrawn"
    assert found(told, "lead", "supervision") == []
    with pytest.raises(Refused):
        actions.note(document=make.fresh(row), says="x", page=0, client_key=uuid4(), by=told["inspector"])


def test_filters_narrow_the_list_and_the_search_alike(told: Story) -> None:
    asked = requests.ask(
        inspection=told.inspection, client_key=uuid4(), by=told["lead"], title="Policies", says="", why="",
        due=date(2030, 3, 1), owner=told.person("uploader"),
    )  # fmt: skip
    row = submitted(
        told, POLICY, about=actions.About("policy", date(2025, 4, 1), date(2026, 3, 31), ("care-leavers",), asked)
    )
    other = submitted(told, "Minutes about supervision.", "Minutes.txt", about=actions.About("minutes"))
    actions.tag(document=row, tag=" Key  ", by=told["inspector"])
    actions.mark_read(document=row, read=True, by=told["inspector"])

    def listed(role: str = "inspector", **more: str) -> list[str]:
        rows = list(queries.library(told[role], told.inspection, Choice(**more)))
        assert sorted({title for title, _ in found(told, role, "supervision", **more)}) == sorted(
            {one.title for one in rows}
        )
        return [one.title for one in rows]

    both = [row.title, other.title]
    assert listed() == both and listed(kind="minutes") == [other.title] and listed(area="care-leavers") == [row.title]
    assert listed(year="2025") == [row.title] and listed(year="2026") == [row.title] and listed(year="2027") == []
    assert listed(asked=str(asked.pk)) == [row.title] and listed(asked="nonsense") == []
    assert listed(marked="me") == [row.title] and listed(marked="not-me") == [other.title]
    assert listed(marked="nobody") == [other.title] and listed("lead", marked="me") == []
    assert listed(tag="key") == [row.title]
    assert queries.of_request(told["lead"], asked) == [row]
    assert queries.queue(told["lead"], told.inspection)["care-leavers"] == (1, 0, 1)
    assert queries.years(told["lead"], told.inspection) == ["2026", "2025"]


def test_the_teams_work_is_its_own(told: Story) -> None:
    row = submitted(told)
    inspector, officer = told["inspector"], told["nominated-officer"]
    actions.note(document=row, says="Ask about this.", page=1, client_key=uuid4(), by=inspector)
    actions.tag(document=row, tag="ask", by=inspector)
    assert [one.says for one in queries.notes(told["lead"], row)] == ["Ask about this."]
    assert queries.notes(officer, row) == [] and queries.tags(officer, row) == []
    for act in (
        lambda: actions.tag(document=row, tag="x", by=officer),
        lambda: actions.mark_read(document=row, read=True, by=officer),
        lambda: actions.note(document=row, says="x", page=0, client_key=uuid4(), by=told["quality-assurance"]),
        lambda: actions.note(document=row, says="x", page=7, client_key=uuid4(), by=inspector),
        lambda: actions.note(document=row, says=" ", page=0, client_key=uuid4(), by=inspector),
        lambda: actions.tag(document=row, tag="long " * 12, by=inspector),
    ):
        with pytest.raises(Refused):
            act()
    actions.untag(document=row, tag="ask", by=inspector)
    assert queries.tags(inspector, row) == []
    actions.mark_read(document=row, read=True, by=inspector)
    actions.mark_read(document=row, read=False, by=inspector)
    assert queries.unread_by(inspector, told.inspection) == 1
    assert actions.take_out(document=row, by=inspector).decode() == POLICY
    assert Entry.objects.filter(event=Events.EXPORTED.code, about_kind="document").count() == 1


def test_reading_that_was_cut_short_is_tried_again_and_refused_in_the_end(told: Story) -> None:
    row = send(told, POLICY, read=False)
    for _ in range(reading.MOST_ATTEMPTS):
        claimed = reading.claim_next(by=PROGRAMME)
        assert claimed is not None
        reading.give_back(document=claimed, by=PROGRAMME)
    assert make.fresh(row).reading == "refused" and "three times" in make.fresh(row).refusal
    assert worker.read_all() == 0 and not DocumentText.objects.exists()
