"""What a council will do about a recommendation: its words, its days, and that only the inspectors accept it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests import documents_story
from tests.cases_story import Story, story
from tests.improvement_story import moved, recommended
from tests.submissions_story import Held

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.documents import actions as documents
from goldthread.apps.documents import queries as library
from goldthread.apps.documents.models import Document
from goldthread.apps.improvement import actions
from goldthread.apps.improvement.models import PlannedAction, PlannedTurn, Recommendation
from goldthread.apps.improvement.queries import packs, watch
from goldthread.apps.improvement.queries import planned as queries
from goldthread.apps.journal.models import Entry
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

LEAD = "improvement-lead"
WORDS, WHOM = "Every manager looks at what waits each Monday.", "Head of safeguarding"


@pytest.fixture
def wexcombe() -> Story:
    return story()


@pytest.fixture
def held(wexcombe: Story) -> Recommendation:
    return moved(wexcombe, recommended(wexcombe), "open")


def planned(made: Story, held: Recommendation, who: str = "improvement-lead", **changed: Any) -> PlannedAction:
    fields: dict[str, Any] = {
        "says": WORDS, "whom": WHOM, "due": timezone.localdate() + timedelta(days=30), "client_key": uuid4(), **changed,
    }  # fmt: skip
    return actions.plan_action(held=held, by=made[who], **fields)


def said(made: Story, action: PlannedAction, to: str, says: str = "", who: str = "improvement-lead") -> PlannedAction:
    action.refresh_from_db()
    return actions.move_planned(action=action, to=to, says=says, version=action.version, by=made[who])


def settled(made: Story, action: PlannedAction, to: str, because: str = "", who: str = "lead") -> PlannedAction:
    action.refresh_from_db()
    return actions.settle_planned(action=action, to=to, because=because, version=action.version, by=made[who])


def past(action: PlannedAction, days: int = 3) -> None:
    PlannedAction.objects.filter(pk=action.pk).update(due=timezone.localdate() - timedelta(days=days))


def test_the_council_writes_and_both_sides_read(wexcombe: Story, held: Recommendation) -> None:
    key = uuid4()
    made = planned(wexcombe, held, client_key=key)
    assert planned(wexcombe, held, client_key=key) == made and made.number == 1
    for who in ("lead", "quality-assurance", "inspector", "improvement-lead", "director", "nominated-officer"):
        told = queries.of_recommendation(wexcombe[who], held)
        assert [(one.says, one.whom, one.state) for one in told] == [(WORDS, WHOM, "Planned")], who
    assert WORDS.encode() not in bytes(made.sealed)
    assert not any(WORDS in str(one) or WHOM in str(one) for one in Entry.objects.values_list("detail", flat=True))


def test_whoever_owns_nothing_here_and_the_team_plan_nothing(wexcombe: Story, held: Recommendation) -> None:
    for who in ("lead", "quality-assurance", "inspector", "director", "nominated-officer"):
        with pytest.raises(Refused):
            planned(wexcombe, held, who)
    owned = moved(wexcombe, recommended(wexcombe, owner=wexcombe.person("director")), "open")
    assert planned(wexcombe, owned, "director").recommendation == owned


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"says": " "}, "Write what will be done"),
        ({"whom": " "}, "by whom"),
        ({"due": date(2020, 1, 1)}, "is over"),
        ({"due": date(2120, 1, 1)}, "five years"),
        ({"says": "x" * 2001}, "at most"),
        ({"whom": "x" * 161}, "at most"),
    ],
)
def test_what_cannot_be_a_plan_is_refused(
    wexcombe: Story, held: Recommendation, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        planned(wexcombe, held, **changed)
    assert not PlannedAction.objects.exists()


def test_nothing_is_planned_before_it_is_given_or_once_it_is_over(wexcombe: Story) -> None:
    draft = recommended(wexcombe)
    with pytest.raises(Refused):
        planned(wexcombe, draft)
    held = moved(wexcombe, draft, "open")
    made = planned(wexcombe, held)
    closed = moved(wexcombe, held, "closed", "Seen elsewhere.")
    with pytest.raises(Refused, match="not open"):
        planned(wexcombe, closed)
    with pytest.raises(Refused, match="not open"):
        said(wexcombe, made, "under-way")


def test_done_needs_proof_and_only_the_inspectors_accept_it(wexcombe: Story, held: Recommendation) -> None:
    made = said(wexcombe, planned(wexcombe, held), "under-way")
    with pytest.raises(Refused, match="where that can be seen"):
        said(wexcombe, made, "said-done", " ")
    made = said(wexcombe, made, "said-done", "Minutes of each Monday, folder 4.")
    assert queries.to_accept(wexcombe["lead"]) == [made] == queries.to_accept(wexcombe["quality-assurance"])
    assert queries.to_accept(wexcombe["improvement-lead"]) == [] == queries.to_do(wexcombe["improvement-lead"])
    for who in ("improvement-lead", "inspector", "director"):
        with pytest.raises(Refused):
            settled(wexcombe, made, "accepted", who=who)
    with pytest.raises(Refused, match="Say why"):
        settled(wexcombe, made, "returned")
    made = settled(wexcombe, made, "returned", "Two Mondays are missing.", "quality-assurance")
    assert queries.to_do(wexcombe["improvement-lead"]) == [made]
    made = said(wexcombe, made, "said-done", "All of them are there now.")
    made = settled(wexcombe, made, "accepted")
    held.refresh_from_db()
    assert (made.status, held.status, held.owners_word) == ("accepted", "open", "at-work")
    with pytest.raises(IllegalMove):
        said(wexcombe, made, "dropped", "Why not.")


def test_what_is_only_said_to_be_done_stays_past_its_day(wexcombe: Story, held: Recommendation) -> None:
    made, other = planned(wexcombe, held), planned(wexcombe, held)
    past(made)
    past(other)
    said(wexcombe, made, "said-done", "Minutes, folder 4.")
    first, second = queries.of_recommendation(wexcombe["lead"], held)
    assert first.late and second.late
    assert first.state == "Said to be done; waits to be accepted, and its day is past" and second.state == "Planned"
    month = timezone.localdate().replace(day=1)
    pack = packs.pack(wexcombe["lead"], wexcombe.inspection, month)
    assert (pack.will_do.all, pack.will_do.late, pack.will_do.late_said, pack.will_do.accepted) == (2, 2, 1, 0)
    assert [one.action for one in pack.overdue.will_do] == [made, other]
    settled(wexcombe, made, "accepted")
    said(wexcombe, other, "dropped", "Another way was found.")
    pack = packs.pack(wexcombe["lead"], wexcombe.inspection, month)
    assert (pack.will_do.all, pack.will_do.late, pack.overdue.will_do) == (1, 0, ())


def brought(made: Story, action: PlannedAction, upload: Any, label: str = "Minutes.txt", who: str = LEAD) -> Document:
    return actions.bring_proof(action=action, upload=upload, label=label, client_key=uuid4(), by=made[who])


def test_a_file_goes_to_the_team_with_the_words_and_not_before(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    with Held(b"Minutes of each Monday.") as upload:
        document = brought(wexcombe, made, upload)
    assert (document.status, document.reading, document.side) == ("staged", "read", "authority")
    for who in ("lead", "inspector", "quality-assurance", "analyst"):
        assert document not in library.visible_to(wexcombe[who])
    for who in ("improvement-lead", "nominated-officer", "director"):
        assert document in library.visible_to(wexcombe[who])
    assert document not in library.visible_to(wexcombe["uploader"])
    made = actions.move_planned(
        action=made, to="said-done", says="Folder 4.", version=made.version, by=wexcombe[LEAD], document=document
    )
    document.refresh_from_db()
    assert (document.status, str(document.submitted_by_id)) == ("submitted", wexcombe[LEAD].id)
    for who in ("lead", "inspector", "quality-assurance"):
        (*_, (turn, _, says, seen)) = queries.turns_of(made, wexcombe[who])
        assert (turn.document, says, seen) == (document, "Folder 4.", True)
    assert [one.event for one in Entry.objects.order_by("-number")[:2]] == [
        "planned-action.said-done", "document.submitted",
    ]  # fmt: skip
    assert "Minutes" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_damaged_file_is_refused_in_words_and_proves_nothing(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    damaged = documents_story.pdf("Minutes")[:200]
    with Held(damaged) as upload, pytest.raises(Refused, match="so it cannot be read"):
        brought(wexcombe, made, upload, "Minutes.pdf")
    assert [one.reading for one in Document.objects.all()] == ["refused"]
    assert queries.possible_proof(wexcombe[LEAD], wexcombe.inspection) == []
    for bad, label, why in (
        (b"", "Empty.txt", "is empty"),
        (b"MZ" * 40, "Tool.exe", "is a program"),
        (b"PK", "All.zip", "A zip"),
    ):
        with Held(bad) as upload, pytest.raises(Refused, match=why):
            brought(wexcombe, made, upload, label)
    made.refresh_from_db()
    assert made.status == "planned"


def test_nobody_shows_what_somebody_else_sent_nor_for_what_is_not_theirs(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    for who in ("lead", "uploader", "nominated-officer"):
        with Held(b"Mine.") as upload, pytest.raises(Refused):
            brought(wexcombe, made, upload, who=who)
    with Held(b"The officer's own.") as upload:
        officers = documents.receive(
            inspection=wexcombe.inspection, upload=upload, label="Own.txt", about=documents.About(), client_key=uuid4(),
            by=wexcombe["nominated-officer"],
        ).document  # fmt: skip
    with Held(b"The officer's own.") as upload:
        again = brought(wexcombe, made, upload)
    assert again == officers
    with pytest.raises(Refused, match="Ask the nominated officer to submit it"):
        actions.move_planned(action=made, to="said-done", says="So.", version=1, by=wexcombe[LEAD], document=again)
    officers.refresh_from_db()
    assert officers.status == "staged"
    documents.submit(
        inspection=wexcombe.inspection, documents=[(officers, officers.version)], by=wexcombe["nominated-officer"]
    )
    made = actions.move_planned(
        action=made, to="said-done", says="So.", version=1, by=wexcombe[LEAD], document=again
    )  # fmt: skip
    assert made.turns.get(kind="said-done").document == officers
    with Held(b"Late.") as upload, pytest.raises(Refused, match="stands otherwise"):
        brought(wexcombe, made, upload)


def test_a_day_is_moved_with_a_reason_and_the_earlier_one_is_kept(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    was, later = made.due, made.due + timedelta(days=40)

    def move(due: date, because: str, version: int) -> PlannedAction:
        return actions.move_day(
            action=made, due=due, because=because, version=version, by=wexcombe["improvement-lead"]
        )  # fmt: skip

    with pytest.raises(Refused, match="Say why"):
        move(later, " ", made.version)
    with pytest.raises(Refused, match="stands already"):
        move(was, "No reason.", made.version)
    changed = move(later, "The team is short of two managers.", made.version)
    assert changed.due == later
    with pytest.raises(Clash):
        move(later + timedelta(days=1), "Twice.", made.version)
    assert list(PlannedTurn.objects.filter(kind="new-day").values_list("was_due", flat=True)) == [was]
    row = packs.action_plan(wexcombe["lead"], wexcombe.inspection).rows[0]
    assert [one.action.due for one in row[1]] == [later]
    said(wexcombe, made, "said-done", "Minutes.")
    changed.refresh_from_db()
    with pytest.raises(Refused, match="only while"):
        move(was, "Later.", changed.version)


def test_a_pack_of_a_month_that_is_over_tells_the_day_and_state_of_then(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    was, before = made.due, timezone.now() - timedelta(days=60)
    Recommendation.objects.filter(pk=held.pk).update(released_at=before, created_at=before)
    held.turns.update(at=before)
    PlannedAction.objects.filter(pk=made.pk).update(created_at=before)
    made.turns.update(at=before)
    made.refresh_from_db()
    actions.move_day(
        action=made, due=was + timedelta(days=9), because="Later.", version=made.version,
        by=wexcombe["improvement-lead"],
    )  # fmt: skip
    said(wexcombe, made, "said-done", "Minutes.")
    row = PlannedAction.objects.prefetch_related("turns").get(pk=made.pk)
    then = queries.action_at(row, held, timezone.now() - timedelta(days=30))
    assert then is not None and (then.due, then.status) == (was, "planned")
    assert queries.action_at(row, held, before - timedelta(days=1)) is None
    now = queries.action_at(row, held, timezone.now())
    assert now is not None and (now.due, now.status) == (was + timedelta(days=9), "said-done")


def test_nobody_accepts_what_they_said_is_done(wexcombe: Story, held: Recommendation) -> None:
    made = said(wexcombe, planned(wexcombe, held), "said-done", "Minutes.")
    made.turns.filter(kind="said-done").update(by=wexcombe.person("lead"))
    with pytest.raises(Refused, match="Somebody else"):
        settled(wexcombe, made, "accepted")


def test_a_document_proves_only_what_is_done_and_must_be_with_the_team(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)
    assert queries.possible_proof(wexcombe["improvement-lead"], wexcombe.inspection) == []
    assert made.turns.get().document is None


def test_the_watch_tells_what_was_promised_and_is_past_its_day(wexcombe: Story, held: Recommendation) -> None:
    made = planned(wexcombe, held)

    def told() -> list[str]:
        areas = watch.watch(wexcombe["lead"], wexcombe.inspection).areas
        return [one.title for area in areas for one in area.watch.past_day if one.name.startswith("planned:")]

    assert told() == []
    past(made)
    assert [one.partition(":")[0] for one in told()] == ["1 action promised and past its day"]
    said(wexcombe, made, "said-done", "Minutes.")
    assert "(1 said to be done, not accepted yet)" in told()[0]
    settled(wexcombe, made, "accepted")
    assert told() == []
