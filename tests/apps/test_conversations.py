"""Conversations: consent before notes, sealed notes, passages at their tier, and taking everything back."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.voices_story import MEANT, NOTES, WORDS, agreed, finished, last_day, noted, planned, shelved

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.conversations import actions, queries
from goldthread.apps.conversations.models import Conversation, SaidPassage, VoicedConcern
from goldthread.apps.conversations.rules import Wrong
from goldthread.apps.conversations.sealed import code_of, tidy_code
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.findings import actions as findings
from goldthread.apps.findings import queries as finding_queries
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.models import InspectionKey, TypedText
from goldthread.apps.submissions.sealing import CannotUnseal
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def wexcombe() -> Story:
    return story()


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def everything_stored(*models: Any) -> str:
    rows = [row for model in models for row in model.objects.values()]
    return str([{name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()} for row in rows])


def test_no_note_is_written_before_consent(wexcombe: Story) -> None:
    one = planned(wexcombe)
    with pytest.raises(Refused, match="Record consent first"):
        actions.write_notes(conversation=one, notes=NOTES, version=one.version, by=wexcombe["inspector"])
    with pytest.raises(IllegalMove):
        actions.finish(conversation=one, version=one.version, by=wexcombe["inspector"])
    assert fresh(one).notes is None


@pytest.mark.parametrize(("more", "field"), [
    ({"tier": "everything"}, "tier"), ({"adult": ""}, "adult"), ({"agreed": "nobody"}, "agreed"),
    ({"withdraw_until": TODAY - timedelta(days=1)}, "withdraw_until"),
    ({"withdraw_until": date(2030, 1, 1)}, "withdraw_until"),
])  # fmt: skip
def test_consent_that_is_none_is_refused_at_the_field(wexcombe: Story, more: dict[str, Any], field: str) -> None:
    one = planned(wexcombe)
    given = {"tier": "words", "adult": "grown-up", "agreed": "themselves", "withdraw_until": last_day(wexcombe), **more}
    with pytest.raises(Wrong) as wrong:
        actions.agree(conversation=one, version=one.version, by=wexcombe["inspector"], **given)
    assert wrong.value.field == field


@pytest.mark.parametrize(("more", "field"), [
    ({"group": "pilots"}, "group"), ({"age": ""}, "age"), ({"group": "police", "age": "18-25"}, "age"),
    ({"people": 0}, "people"), ({"people": 61}, "people"), ({"day": date(2020, 1, 1)}, "day"),
    ({"areas": ["no-area"]}, "areas"), ({"how": "pigeon"}, "group"),
])  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_at_the_field(wexcombe: Story, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Wrong) as wrong:
        planned(wexcombe, **more)
    assert wrong.value.field == field


def test_an_inspector_plans_their_own_and_the_lead_anybodys(wexcombe: Story) -> None:
    with pytest.raises(Wrong, match="Plan your own"):
        planned(wexcombe, "inspector", holder=wexcombe.person("lead"))
    one = planned(wexcombe, "lead", holder=wexcombe.person("inspector"))
    actions.change_plan(
        conversation=one, group="police", age="", day=TODAY, how="video", people=2, version=1,
        holder=wexcombe.person("lead"), by=wexcombe["lead"],
    )  # fmt: skip
    with pytest.raises(Refused):
        planned(wexcombe, "analyst", holder=wexcombe.person("inspector"))
    with pytest.raises(Wrong, match="holds no conversations"):
        planned(wexcombe, "lead", holder=wexcombe.person("analyst"))


def test_the_same_key_makes_one(wexcombe: Story) -> None:
    key = uuid4()
    assert planned(wexcombe, client_key=key) == planned(wexcombe, client_key=key)
    one = finished(wexcombe)
    assert shelved(wexcombe, one, client_key=key) == shelved(wexcombe, one, client_key=key)
    assert (Conversation.objects.count(), SaidPassage.objects.count()) == (2, 1)


def test_notes_are_sealed_and_the_journal_holds_none_of_them(wexcombe: Story) -> None:
    one = finished(wexcombe, tier="idea")
    assert queries.readable_notes(one) == NOTES
    assert WORDS not in everything_stored(Conversation, EvidenceItem, Entry)
    InspectionKey.objects.all().delete()
    with pytest.raises(CannotUnseal):
        queries.readable_notes(one)


def test_two_who_write_are_shown_both_texts(wexcombe: Story) -> None:
    one = noted(wexcombe)
    with pytest.raises(Clash) as clash:
        actions.write_notes(conversation=one, notes="Else", version=one.version - 1, by=wexcombe["inspector"])
    assert (clash.value.theirs["notes"], clash.value.yours["notes"]) == (NOTES, "Else")
    with pytest.raises(Wrong, match="Write what was said"):
        actions.write_notes(conversation=one, notes="  ", version=one.version, by=wexcombe["inspector"])
    with pytest.raises(Wrong, match="too long"):
        actions.write_notes(conversation=one, notes="x" * 20_001, version=one.version, by=wexcombe["inspector"])


def test_only_whoever_listened_writes_and_only_they_read_what_is_for_the_inspector_alone(wexcombe: Story) -> None:
    one = finished(wexcombe, tier="inspector")
    for role in ("lead", "quality-assurance", "analyst", "nominated-officer"):
        assert not queries.may(wexcombe[role], "conversation.notes", queries.Notes(one)), role
        with pytest.raises(Refused):
            actions.record_look(conversation=one, by=wexcombe[role])
    shared = finished(wexcombe, tier="idea")
    for role in ("lead", "quality-assurance"):
        actions.record_look(conversation=shared, by=wexcombe[role])
        with pytest.raises(Refused):
            actions.write_notes(conversation=shared, notes="Mine", version=shared.version, by=wexcombe[role])
    assert Entry.objects.filter(event="conversation.read").count() == 2


def test_words_go_on_the_shelf_as_they_stand_in_the_notes(wexcombe: Story) -> None:
    one = finished(wexcombe)
    passage = shelved(wexcombe, one, text=WORDS.upper())
    item = passage.evidence_item
    assert (item.kind, item.summary, item.areas) == (EvidenceKind.CONVERSATION, WORDS, ["care-leavers"])
    assert NOTES[passage.start : passage.end] == WORDS and item.detail == {"terms": "Use my words"}
    with pytest.raises(Wrong, match="do not stand in the notes"):
        shelved(wexcombe, one, text="I told four people")
    assert shelved(wexcombe, one, text=MEANT, tier="idea").evidence_item.detail == {
        "terms": "Use the idea, not the words"
    }


def test_of_the_idea_no_words_go(wexcombe: Story) -> None:
    one = finished(wexcombe, tier="idea")
    with pytest.raises(Wrong, match="They said “Use the idea, not the words”"):
        shelved(wexcombe, one, tier="words")
    for text in (WORDS, f"A young person: {WORDS}", "She told three people and nobody came back to tell me"):
        with pytest.raises(Wrong, match="stands in the notes") as wrong:
            shelved(wexcombe, one, text=text, tier="idea")
        assert wrong.value.field == "text"
    assert shelved(wexcombe, one, text=MEANT, tier="idea").evidence_item.summary == MEANT
    assert WORDS not in everything_stored(EvidenceItem, SaidPassage)


@pytest.mark.parametrize("tier", ["words", "idea", "inspector"])
def test_what_is_for_the_inspector_never_reaches_the_shelf(wexcombe: Story, tier: str) -> None:
    one = finished(wexcombe, tier="inspector")
    with pytest.raises(Refused, match="for the inspector only"):
        shelved(wexcombe, one, text=MEANT, tier=tier)
    with pytest.raises(Refused, match="Finish the notes first"):
        shelved(wexcombe, noted(wexcombe), text=MEANT, tier="idea")
    assert not EvidenceItem.objects.exists()


def cited(held: Story, item: EvidenceItem) -> Any:
    finding = findings.write_finding(
        inspection=held.inspection, area="care-leavers", kind="strength", statement="Worries are not answered.",
        confidence="middle", criteria=(), explanation="", client_key=uuid4(), by=held["inspector"],
    )  # fmt: skip
    findings.cite(finding=finding, item=item, stance="for", why="Told so.", by=held["inspector"])
    return finding


def test_taking_it_back_wipes_notes_shelf_and_what_was_being_typed(wexcombe: Story) -> None:
    one = finished(wexcombe)
    item = shelved(wexcombe, one).evidence_item
    finding = cited(wexcombe, item)
    form = f"voices-notes-{one.pk.hex}@{wexcombe.inspection.pk}"
    keep = {"form": form, "fields": {"notes": WORDS}, "inspection": wexcombe.inspection, "by": wexcombe["inspector"]}
    actions.keep_typing(**keep)
    assert not finding_queries.standing_of(finding).to_check
    code = queries.slip_of(one)
    found = queries.by_code(wexcombe["inspector"], wexcombe.inspection, f" {code.replace('-', ' ').lower()} ")
    assert found == one
    gone = actions.withdraw(conversation=one, because="slip", version=one.version, by=wexcombe["inspector"])
    assert (gone.status, gone.notes, queries.readable_notes(gone), queries.slip_of(gone)) == ("withdrawn", None, "", "")
    item.refresh_from_db()
    assert (item.status, item.summary, item.detail, item.source_hash) == ("withdrawn", "", {}, "")
    assert finding_queries.standing_of(finding).to_check
    assert not TypedText.objects.exists()
    assert WORDS not in everything_stored(Conversation, EvidenceItem, SaidPassage, TypedText, Entry)
    with pytest.raises(Refused, match="taken back"):
        actions.keep_typing(**keep)
    assert queries.by_code(wexcombe["inspector"], wexcombe.inspection, code) is None
    entry = Entry.objects.get(event="conversation.withdrawn")
    assert entry.detail["wiped"] == 1
    with pytest.raises((IllegalMove, Refused)):
        actions.withdraw(conversation=gone, because="slip", version=gone.version, by=wexcombe["lead"])


def test_after_the_day_only_the_lead_takes_back(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    one = finished(wexcombe)
    after = last_day(wexcombe) + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: after)
    with pytest.raises(Refused, match="Ask the lead inspector"):
        actions.withdraw(conversation=one, because="asked", version=one.version, by=wexcombe["inspector"])
    with pytest.raises(Wrong, match="how it was taken back"):
        actions.withdraw(conversation=one, because="whim", version=one.version, by=wexcombe["lead"])
    with pytest.raises(Overtaken):
        actions.withdraw(conversation=one, because="asked", version=one.version - 1, by=wexcombe["lead"])
    actions.withdraw(conversation=one, because="asked", version=one.version, by=wexcombe["lead"])


def test_less_may_be_asked_and_what_goes_beyond_is_wiped(wexcombe: Story) -> None:
    one = finished(wexcombe)
    words, idea = shelved(wexcombe, one), shelved(wexcombe, one, text=MEANT, tier="idea")
    with pytest.raises(Wrong, match="Only less"):
        actions.narrow(conversation=one, tier="words", version=one.version, by=wexcombe["inspector"])
    one = actions.narrow(conversation=one, tier="idea", version=one.version, by=wexcombe["inspector"])
    assert (fresh(words.evidence_item).summary, fresh(idea.evidence_item).summary) == ("", MEANT)
    actions.narrow(conversation=one, tier="inspector", version=one.version, by=wexcombe["inspector"])
    assert fresh(idea.evidence_item).status == "withdrawn" and fresh(one).notes


def test_a_quotation_that_the_mended_notes_do_not_hold_is_superseded(wexcombe: Story) -> None:
    one = finished(wexcombe)
    item, idea = shelved(wexcombe, one).evidence_item, shelved(wexcombe, one, text=MEANT, tier="idea").evidence_item
    by = wexcombe["inspector"]
    one = actions.open_again(conversation=one, version=one.version, by=by)
    one = actions.write_notes(conversation=one, notes="I had misheard her.", version=one.version, by=by)
    actions.finish(conversation=one, version=one.version, by=by)
    assert (fresh(item).status, fresh(idea).status) == ("superseded", "current")


def test_one_that_is_not_held_can_be_planned_again_and_asks_consent_anew(wexcombe: Story) -> None:
    one, by = agreed(wexcombe), wexcombe["inspector"]
    with pytest.raises(Wrong, match="why it was not held"):
        actions.not_held(conversation=one, because="", version=one.version, by=by)
    one = actions.not_held(conversation=one, because="did-not-want", version=one.version, by=by)
    one = actions.plan_again(conversation=one, version=one.version, by=by)
    assert (one.status, one.tier, one.withdraw_until) == ("planned", "", None)
    written = noted(wexcombe)
    with pytest.raises(Refused, match="Notes were written"):
        actions.not_held(conversation=written, because="not-needed", version=written.version, by=by)


def test_codes_are_each_their_own_and_read_out_forgivingly(wexcombe: Story) -> None:
    codes = {code_of(agreed(wexcombe)) for _ in range(20)}
    assert len(codes) == 20 and all(tidy_code(one) == one for one in codes)
    assert tidy_code(" oil2 3456") == "0112-3456"
    assert not any(one in everything_stored(Conversation, Entry) for one in codes)


def test_an_urgent_concern_reaches_the_lead_whatever_was_agreed(wexcombe: Story) -> None:
    one = agreed(wexcombe, tier="inspector")
    concern = actions.raise_concern(
        conversation=one, says=WORDS, client_key=uuid4(), by=wexcombe["inspector"]
    )  # fmt: skip
    assert [c.pk for c in queries.open_concerns(wexcombe["lead"])] == [concern.pk]
    assert queries.concern_words(concern)["says"] == WORDS
    assert WORDS not in everything_stored(VoicedConcern, Entry)
    for role in ("analyst", "nominated-officer"):
        assert queries.open_concerns(wexcombe[role]) == []
    with pytest.raises(Refused):
        actions.answer_concern(concern=concern, done="Rang.", version=1, by=wexcombe["inspector"])
    answered = actions.answer_concern(concern=concern, done="Rang the named officer.", version=1, by=wexcombe["lead"])
    assert queries.concern_words(answered)["done"] == "Rang the named officer." and not answered.open
    actions.withdraw(conversation=one, because="asked", version=one.version, by=wexcombe["lead"])
    assert queries.concern_words(fresh(concern))["says"] == WORDS


def target(held: Story, wanted: int = 3, **more: Any) -> Any:
    given = {"group": "care-leavers", "wanted": wanted, "client_key": uuid4(), "by": held["lead"], **more}
    return actions.set_target(inspection=held.inspection, **given)


def test_coverage_counts_people_and_a_plain_count_agrees(wexcombe: Story) -> None:
    target(wexcombe, age="18-25")
    target(wexcombe, team="leaving CARE", wanted=9)
    target(wexcombe, group="children", age="8-11", area="looked-after")
    finished(wexcombe, people=2)
    finished(wexcombe, age="12-17", people=3)
    finished(wexcombe, group="children", age="8-11", areas=["looked-after", "leadership"], team="North")
    agreed(wexcombe, people=4)
    gone = finished(wexcombe, people=7)
    actions.withdraw(conversation=gone, because="slip", version=gone.version, by=wexcombe["lead"])
    found = queries.coverage(wexcombe["lead"], wexcombe.inspection)
    told = {(row.target.group, row.target.age, row.target.team): (row.heard, row.to_come) for row in found.rows}
    assert told == {
        ("children", "8-11", ""): (1, 0), ("care-leavers", "18-25", ""): (2, 4),
        ("care-leavers", "", "leaving CARE"): (5, 4),
    }  # fmt: skip
    naive: dict[str, Counter[str]] = {name: Counter() for name in ("group", "age", "team", "area")}
    for one in Conversation.objects.filter(status="held"):
        for _ in range(one.people):
            for name in ("group", "age", "team"):
                naive[name][getattr(one, name)] += 1
            naive["area"].update(one.areas)
    for name, rows in (("group", found.groups), ("age", found.ages), ("team", found.teams), ("area", found.areas)):
        assert {key: count for key, count in rows if count} == dict(naive[name])
    assert (found.people, found.conversations, found.met) == (6, 3, 0)


def test_targets_are_the_leads_and_each_stands_once(wexcombe: Story) -> None:
    one = target(wexcombe)
    with pytest.raises(Wrong, match="very people"):
        target(wexcombe)
    with pytest.raises(Refused):
        target(wexcombe, by=wexcombe["inspector"], group="police")
    for more, field in (({"wanted": 0}, "wanted"), ({"area": "x"}, "area"), ({"age": "4-7"}, "age")):
        with pytest.raises(Wrong) as wrong:
            target(wexcombe, **more)
        assert wrong.value.field in (field, "areas")
    with pytest.raises(Overtaken):
        actions.change_target(target=one, wanted=5, version=9, by=wexcombe["lead"])
    one = actions.change_target(target=one, wanted=5, version=1, by=wexcombe["lead"])
    actions.take_out_target(target=one, version=2, by=wexcombe["lead"])
    assert not queries.coverage(wexcombe["lead"], wexcombe.inspection).rows
    target(wexcombe)
