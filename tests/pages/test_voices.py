"""Pages of whom the team hears: the walk of an inspector and a lead, what each may see, and wrong input."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text
from tests.voices_story import MEANT, NOTES, WORDS, agreed, finished, noted, planned, shelved

from goldthread.apps.conversations import actions, queries
from goldthread.apps.conversations.models import (
    CareCouncil,
    Conversation,
    HearingTarget,
    Observation,
    Promise,
    VoicedConcern,
)
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions.models import TypedText
from goldthread.domain import guides

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def plan(held: Story, **more: Any) -> dict[str, Any]:
    return {
        "group": "care-leavers", "age": "18-25", "team": "Leaving care", "areas": ["care-leavers"], "people": "1",
        "day": held.inspection.call_day.isoformat(), "how": "in-person", "holder": str(held.person("inspector").pk),
        "task": "", "client_key": uuid4(), **more,
    }  # fmt: skip


def consent(held: Story, one: Conversation, **more: Any) -> dict[str, Any]:
    until = (max(held.inspection.fieldwork_to, timezone.localdate()) + timedelta(days=9)).isoformat()
    return {
        "tier": "words", "adult": "grown-up", "agreed": "themselves", "withdraw_until": until, "version": one.version,
        **more,
    }  # fmt: skip


def of(held: Story, one: Conversation, name: str = "") -> str:
    return at(f"conversation{'_' * bool(name)}{name}", held, conversation=one.pk)


def test_a_conversation_from_its_plan_to_the_shelf_and_back(wexcombe: Story) -> None:
    ivo = browser(wexcombe, "inspector")
    told = text(ivo.post(at("conversation_new", wexcombe), plan(wexcombe), follow=True))
    one = Conversation.objects.get()
    assert "T1 is planned. Next: consent." in told and "Record consent" in told
    assert "Record consent first" in text(ivo.get(of(wexcombe, one, "notes")))
    refused = ivo.post(of(wexcombe, one, "notes"), {"notes": NOTES, "version": 1})
    assert refused.status_code == 422 and "Record consent first" in text(refused)
    assert WORDS in refused.content.decode(), "typed text is never lost"
    told = text(ivo.post(of(wexcombe, one, "consent"), consent(wexcombe, one), follow=True))
    assert "Hand over the slip" in told and "“Use my words”" in told
    one.refresh_from_db()
    slip = text(ivo.get(of(wexcombe, one, "slip")))
    assert queries.slip_of(one) in slip and "Childline" in slip
    saved = ivo.post(of(wexcombe, one, "notes"), {"notes": NOTES, "version": 2}, follow=True)
    assert "Finish the notes" in text(saved)
    clash = ivo.post(of(wexcombe, one, "notes"), {"notes": "Else", "version": 2})
    assert clash.status_code == 409 and "Else" in text(clash) and WORDS in text(clash)
    assert WORDS in text(ivo.get(of(wexcombe, one, "finish")))
    ivo.post(of(wexcombe, one, "finish"), {"version": 3})
    sent = {"tier": "words", "text": WORDS, "areas": ["care-leavers"], "client_key": uuid4()}
    assert "on the evidence shelf" in text(ivo.post(of(wexcombe, one, "passage"), sent, follow=True))
    item = EvidenceItem.objects.get()
    shown = text(ivo.get(at("shelf_item", wexcombe, item=item.pk)))
    assert WORDS in shown and "Conversation T1" in shown and "Use my words" in shown
    found = ivo.post(at("conversation_by_code", wexcombe), {"code": queries.slip_of(one).lower()}, follow=True)
    assert "Take conversation T1 back" in text(found) and item.mark in text(found)
    gone = ivo.post(of(wexcombe, one, "withdraw"), {"because": "slip", "version": 4}, follow=True)
    assert "the notes are wiped" in text(gone) and "Taken back" in text(gone)
    for page in (of(wexcombe, one), at("shelf_item", wexcombe, item=item.pk), at("shelf", wexcombe)):
        assert WORDS not in text(ivo.get(page)), page
    assert "Whoever said it took it back." in text(ivo.get(at("shelf_item", wexcombe, item=item.pk)))


@pytest.mark.parametrize(("change", "says"), [
    ({"age": ""}, "Choose an age for care leavers"), ({"people": "0"}, "from 1 to 60"),
    ({"day": "31/02/2026"}, "real date"),
    ({"day": "01/01/2020"}, "Choose a day from"), ({"group": ""}, "Whom"),
    ({"team": "x" * 81}, "80 characters or fewer"),
    ({"holder": str(uuid4())}, "Choose one of the answers offered"), ({"people": "six"}, "whole number"),
])  # fmt: skip
def test_a_plan_filled_in_wrongly_says_where(wexcombe: Story, change: dict[str, Any], says: str) -> None:
    answer = browser(wexcombe, "inspector").post(at("conversation_new", wexcombe), plan(wexcombe, **change))
    assert answer.status_code == 422 and says in text(answer)
    assert not Conversation.objects.exists()


def test_consent_that_does_not_go_together_says_where(wexcombe: Story) -> None:
    one = planned(wexcombe, group="children", age="4-7")
    ivo = browser(wexcombe, "inspector")
    for change, says in (
        ({"adult": "grown-up"}, "A child is offered a trusted adult"), ({"adult": "there"}, "For a child under 12"),
        ({"tier": ""}, "Choose an answer"), ({"withdraw_until": "01/01/2020"}, "Choose a day from"),
    ):  # fmt: skip
        sent = {**consent(wexcombe, one, agreed="with-adult" if "tier" in change else "themselves"), **change}
        answer = ivo.post(of(wexcombe, one, "consent"), sent)
        assert answer.status_code == 422, change
        assert says in text(answer) or "withdraw_until" in change, change


def test_the_idea_is_said_plainly_and_a_passage_of_the_words_refused(wexcombe: Story) -> None:
    one, ivo = finished(wexcombe, tier="idea"), browser(wexcombe, "inspector")
    page = text(ivo.get(of(wexcombe, one, "passage")))
    assert "use the idea, not the words" in page and "Their words, copied" not in page
    sent = {"tier": "idea", "text": f"Told: {WORDS}", "areas": [], "client_key": uuid4()}
    refused = ivo.post(of(wexcombe, one, "passage"), sent)
    assert refused.status_code == 422 and "stands in the notes" in text(refused)
    assert f"Told: {WORDS}" in refused.content.decode()
    assert ivo.post(of(wexcombe, one, "passage"), {**sent, "text": MEANT}).status_code == 302
    closed = finished(wexcombe, tier="inspector")
    assert "for the inspector only" in text(ivo.get(of(wexcombe, closed, "passage")))


def test_notes_are_read_by_others_only_as_agreed_and_once_the_journal_has_it(wexcombe: Story) -> None:
    shared, closed = finished(wexcombe, tier="idea"), finished(wexcombe, tier="inspector")
    for role in ("lead", "quality-assurance"):
        one = browser(wexcombe, role)
        assert WORDS not in text(one.get(of(wexcombe, shared))) and WORDS not in text(
            one.get(of(wexcombe, shared, "read"))
        )
        assert WORDS in text(one.post(of(wexcombe, shared, "read")))
        assert one.post(of(wexcombe, closed, "read")).status_code == 404
        assert "reads the notes" in text(one.get(of(wexcombe, closed)))
        for name in ("notes", "finish", "open", "passage"):
            assert one.get(of(wexcombe, shared, name)).status_code in (403, 404), name
    assert Entry.objects.filter(event="conversation.read").count() == 2
    analyst = browser(wexcombe, "analyst")
    assert analyst.get(of(wexcombe, shared)).status_code == 200
    assert analyst.post(of(wexcombe, shared, "read")).status_code in (403, 404)
    for role in ("nominated-officer", "director", "uploader", "disclosure-checker", "records-officer"):
        stranger = browser(wexcombe, role)
        for address in (of(wexcombe, shared), of(wexcombe, shared, "read"), at("hearing", wexcombe)):
            assert stranger.get(address).status_code in (403, 404), (role, address)


def test_what_is_typed_is_kept_under_seal_and_offered_again(wexcombe: Story) -> None:
    one, ivo = agreed(wexcombe), browser(wexcombe, "inspector")
    form = re.findall(r'data-autosave="([^"]+)"', ivo.get(of(wexcombe, one, "notes")).content.decode())[0]
    keep = {"form": form, "inspection": wexcombe.inspection.pk, "fields": json.dumps({"notes": WORDS, "version": "2"})}
    assert ivo.post("/typed-text/", keep).status_code == 204
    assert WORDS.encode() not in bytes(TypedText.objects.get().sealed)
    assert "was not sent" in text(ivo.get(of(wexcombe, one, "notes")))
    assert WORDS in ivo.get(of(wexcombe, one, "notes") + "?restore=1").content.decode()
    assert ivo.post("/typed-text/", {**keep, "inspection": ""}).status_code == 400
    assert browser(wexcombe, "nominated-officer").post("/typed-text/", keep).status_code in (400, 403, 404)
    ivo.post("/typed-text/", {"typed_text_discard": "1", "typed_text_form": form, "typed_text_next": "/"})
    assert not TypedText.objects.exists()
    ivo.post("/typed-text/", keep)
    ivo.post(of(wexcombe, one, "notes"), {"notes": NOTES, "version": 2})
    assert not TypedText.objects.exists()


def test_an_urgent_concern_leads_to_the_form_that_refers_a_child_back(wexcombe: Story) -> None:
    case, one = wexcombe.case(), agreed(wexcombe, tier="inspector")
    ivo, lead = browser(wexcombe, "inspector"), browser(wexcombe, "lead")
    assert case.pseudonym in text(ivo.get(of(wexcombe, one, "concern")))
    led = ivo.get(at("voiced_concern_to_case", wexcombe), {"case": case.pk})
    assert led.url == at("case_concern", wexcombe, case=case.pk)
    assert ivo.get(at("voiced_concern_to_case", wexcombe), {"case": uuid4()}).status_code == 403
    assert ivo.post(of(wexcombe, one, "concern"), {"says": " ", "client_key": uuid4()}).status_code == 422
    key = uuid4()
    for _ in range(2):
        ivo.post(of(wexcombe, one, "concern"), {"says": "A sister may not be safe.", "client_key": key})
    concern = VoicedConcern.objects.get()
    for page in (at("hearing", wexcombe), of(wexcombe, one)):
        assert "A sister may not be safe." in text(lead.get(page))
        assert "A sister may not be safe." not in text(browser(wexcombe, "analyst").get(page))
    assert "Answer an urgent concern" in text(lead.get("/home/"))
    answer = at("voiced_concern", wexcombe, voiced=concern.pk)
    assert lead.post(answer, {"done": "", "version": 1}).status_code == 422
    lead.post(answer, {"done": "Rang at 16:40.", "version": 1})
    assert "A sister" not in text(lead.get(at("hearing", wexcombe))) and "answered already" in text(lead.get(answer))


def test_the_plan_says_who_is_missing_and_leaves_as_a_file(wexcombe: Story) -> None:
    lead, new = browser(wexcombe, "lead"), at("hearing_target_new", wexcombe)
    assert "No target is set" in text(lead.get(at("hearing", wexcombe)))
    sent = {"group": "care-leavers", "age": "18-25", "team": "", "area": "", "wanted": "3", "client_key": uuid4()}
    assert "It stands in the plan" in text(lead.post(new, sent, follow=True))
    again = lead.post(new, {**sent, "client_key": uuid4()})
    assert again.status_code == 422 and "very people" in text(again)
    assert lead.post(new, {**sent, "age": "4-7", "client_key": uuid4()}).status_code == 422
    finished(wexcombe, people=2)
    page = text(lead.get(at("hearing", wexcombe)))
    assert "2 people heard in 1 conversation" in page and "0 of 1 targets reached" in page
    held = lead.post(at("hearing_file", wexcombe), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(held.content.decode("utf-8-sig"))))
    assert rows[1] == ["Target", "Care leavers, 18 to 25", "", "3", "2", "0", "1"]
    assert Entry.objects.filter(event__contains="export").exists()
    one = HearingTarget.objects.get()
    change, out = (at(name, wexcombe, target=one.pk) for name in ("hearing_target", "hearing_target_out"))
    assert "The number is changed" in text(lead.post(change, {"wanted": "2", "version": 1}, follow=True))
    assert lead.post(change, {"wanted": "5", "version": 1}).status_code == 409
    assert "1 of 1 targets reached" in text(lead.get(at("hearing", wexcombe)))
    lead.post(out, {"version": 2})
    assert "taken out of the plan" in text(lead.get(change)) and "taken out" in text(lead.get(out))
    assert browser(wexcombe, "inspector").get(new).status_code == 403


def test_every_guide_is_read_and_prints_under_the_framework(wexcombe: Story) -> None:
    ivo = browser(wexcombe, "inspector")
    for slug in guides.slugs():
        guide = guides.of_framework(slug, "sif-2013")
        page = ivo.get(at("conversation_guide", wexcombe, guide=slug)).content.decode()
        assert guide.title in page and "govuk-list--bullet" in page
    assert "safeguarding board" in text(ivo.get(at("conversation_guide", wexcombe, guide="managers")))
    assert ivo.get(at("conversation_guide", wexcombe, guide="pilots")).status_code == 404
    assert text(ivo.get(at("conversation_guides", wexcombe))).count("Questions") >= 1


def test_the_list_is_filtered_searched_and_leaves_with_no_notes(wexcombe: Story) -> None:
    one = finished(wexcombe)
    shelved(wexcombe, one)
    finished(wexcombe, tier="inspector", group="police", age="", team="")
    planned(wexcombe, "lead", holder=wexcombe.person("lead"), group="parents", age="")
    ivo, address = browser(wexcombe, "inspector"), at("conversations", wexcombe)
    for asked, marks in (
        ({}, "T3 T2 T1"), ({"group": "police"}, "T2"), ({"status": "planned"}, "T3"), ({"whose": "mine"}, "T2 T1"),
        ({"words": "leaving"}, "T3 T1"), ({"words": "t1"}, "T1"), ({"words": "zzz"}, ""),
        ({"area": "care-leavers", "group": "parents"}, "T3"), ({"group": "x"}, "T3 T2 T1"),
    ):  # fmt: skip
        page = ivo.get(address, asked).content.decode()
        assert re.findall(r">(T\d)</a>", page) == marks.split(), asked
    assert "No conversation is like that" in text(ivo.get(address, {"words": "zzz"}))
    held = ivo.post(at("conversations_file", wexcombe), {"format": "csv", "group": "care-leavers"})
    rows = list(csv.DictReader(io.StringIO(held.content.decode("utf-8-sig"))))
    assert [row["Conversation"] for row in rows] == ["T1"] and WORDS in rows[0]["On the shelf"]
    assert "drop-in" not in held.content.decode()
    assert ivo.post(at("conversations_file", wexcombe), {"format": "pdf"}).status_code == 403
    assert ivo.post(at("conversations_file", wexcombe), {"format": "xlsx"}).content[:2] == b"PK"


def test_less_not_held_and_again_by_their_pages(wexcombe: Story) -> None:
    ivo, one = browser(wexcombe, "inspector"), finished(wexcombe)
    item = shelved(wexcombe, one).evidence_item
    assert "Use my words" in text(ivo.get(of(wexcombe, one, "narrow")))
    assert ivo.post(of(wexcombe, one, "narrow"), {"tier": "words", "version": one.version}).status_code == 422
    told = ivo.post(of(wexcombe, one, "narrow"), {"tier": "inspector", "version": one.version}, follow=True)
    item.refresh_from_db()
    assert "wiped from the shelf" in text(told) and item.summary == ""
    other = planned(wexcombe)
    assert ivo.post(of(wexcombe, other, "not_held"), {"because": "", "version": 1}).status_code == 422
    assert "They did not want to" in text(
        ivo.post(of(wexcombe, other, "not_held"), {"because": "did-not-want", "version": 1}, follow=True)
    )
    assert "is planned again" in text(ivo.post(of(wexcombe, other, "again"), {"version": 2}, follow=True))
    assert "does not stand so" in text(ivo.get(of(wexcombe, other, "again")))
    changed = ivo.post(of(wexcombe, other, "change"), {**plan(wexcombe, team="East"), "version": 3}, follow=True)
    assert "is changed" in text(changed)
    assert "does not stand so" in text(ivo.get(of(wexcombe, one, "change")))
    opened = ivo.post(of(wexcombe, one, "open"), {"version": one.version + 1}, follow=True)
    assert "is open again" in text(opened)
    wrong = ivo.post(at("conversation_by_code", wexcombe), {"code": "0000-0000"})
    assert wrong.status_code == 422 and "No conversation has this code" in text(wrong)


def test_a_colleague_to_whom_a_code_is_read_out_is_told_who_takes_it_back(wexcombe: Story) -> None:
    one = agreed(wexcombe)
    answer = browser(wexcombe, "inspector-2").post(
        at("conversation_by_code", wexcombe), {"code": queries.slip_of(one)}, follow=True
    )
    assert answer.status_code == 422
    assert f"It is {one.mark}, with {one.holder.name}. Give the code to them or to the lead inspector" in text(answer)
    lead = browser(wexcombe, "lead").post(at("conversation_by_code", wexcombe), {"code": queries.slip_of(one)})
    assert lead.status_code == 302, "the lead can"


def test_an_observation_goes_on_the_shelf_as_its_gist_alone(wexcombe: Story) -> None:
    ivo = browser(wexcombe, "inspector")
    sent = {
        "day": timezone.localdate().isoformat(), "kind": "panel", "team": "Legal gateway", "areas": ["leadership"],
        "seen": "A secret of the panel", "well": "", "better": "", "gist": "", "client_key": uuid4(),
    }  # fmt: skip
    new = at("observation_new", wexcombe)
    for change, says in (({"seen": ""}, "Fill in"), ({"kind": ""}, "Choose"), ({"day": "01/01/2050"}, "Choose a day")):
        answer = ivo.post(new, {**sent, **change})
        assert answer.status_code == 422 and says in text(answer), change
    assert "O1 is written down" in text(ivo.post(new, sent, follow=True))
    one = Observation.objects.get()
    page, shelve, change, back = (
        at(f"observation{name}", wexcombe, observation=one.pk) for name in ("", "_shelve", "_change", "_open")
    )
    assert "Write first what the shelf is to say" in text(ivo.get(shelve))
    assert ivo.post(shelve, {"version": 1}).status_code == 403
    gist = "Panel saw drift and set days."
    assert "is changed" in text(ivo.post(change, {**sent, "gist": gist, "version": 1}, follow=True))
    assert ivo.post(change, {**sent, "gist": "Else", "version": 1}).status_code == 409
    assert gist in text(ivo.get(shelve))
    ivo.post(shelve, {"version": 2})
    item = EvidenceItem.objects.get()
    assert (item.kind, item.summary, item.title) == ("observation", gist, "Panel observed, Legal gateway")
    assert "A secret of the panel" not in text(ivo.get(at("shelf_item", wexcombe, item=item.pk)))
    assert "Observation O1" in text(ivo.get(at("shelf_item", wexcombe, item=item.pk)))
    assert "does not stand so" in text(ivo.get(change))
    assert "No finding leans on it" in text(ivo.get(back))
    ivo.post(back, {"version": 3})
    item.refresh_from_db()
    assert item.status == "superseded"
    ivo.post(shelve, {"version": 4})
    item.refresh_from_db()
    assert item.replaced_by is not None
    listed = at("observations", wexcombe)
    for asked, there in (
        ({"words": "secret"}, True),
        ({"words": "zzz"}, False),
        ({"kind": "visit"}, False),
        ({}, True),
    ):
        assert ("O1</a>" in ivo.get(listed, asked).content.decode()) is there, asked
    held = browser(wexcombe, "lead").post(at("observations_file", wexcombe), {"format": "csv"}).content.decode()
    assert gist in held and "A secret" not in held
    assert "A secret of the panel" in text(browser(wexcombe, "analyst").get(page))
    assert browser(wexcombe, "director").get(page).status_code in (403, 404)


def test_a_promise_to_children_in_care_is_overdue_until_somebody_says_what_happened(wexcombe: Story) -> None:
    ivo, new = browser(wexcombe, "inspector"), at("care_council_new", wexcombe)
    sent = {
        "day": "01/09/2026", "name": "Children in Care council", "people": "9", "says": "Contact is always late.",
        "client_key": uuid4(),
    }  # fmt: skip
    for change, says in (
        ({"people": "0"}, "from 1 to 200"),
        ({"says": ""}, "Fill in"),
        ({"day": "01/01/2050"}, "has come"),
    ):
        answer = ivo.post(new, {**sent, **change})
        assert answer.status_code == 422 and says in text(answer), change
    assert "Next, write down what was promised" in text(ivo.post(new, sent, follow=True))
    council = CareCouncil.objects.get()
    page, change, add = (
        at(name, wexcombe, council=council.pk) for name in ("care_council", "care_council_change", "promise_new")
    )
    told = {"says": "A family time worker", "by_whom": "Head of service", "due": "01/10/2026", "client_key": uuid4()}
    assert ivo.post(add, {**told, "due": "01/08/2026"}).status_code == 422
    ivo.post(add, told)
    promise = Promise.objects.get()
    councils, settle = at("care_councils", wexcombe), at("promise_settle", wexcombe, promise=promise.pk)
    assert "Overdue" in text(ivo.get(page)) and "1 overdue" in text(ivo.get(councils))
    assert "1 promise to children in care" in text(ivo.get(at("hearing", wexcombe)))
    assert "A family time worker" in text(ivo.get(councils, {"status": "late"}))
    assert "No promise is like that" in text(ivo.get(councils, {"status": "kept"}))
    assert ivo.post(settle, {"to": "kept", "outcome": "", "version": 1}).status_code == 422
    ivo.post(settle, {"to": "not-kept", "outcome": "Nobody was appointed.", "version": 1})
    assert ivo.post(settle, {"to": "kept", "outcome": "Else", "version": 1}).status_code == 409
    told_ = text(ivo.get(page))
    assert "Not kept" in told_ and "Nobody was appointed." in told_ and "Overdue" not in told_
    held = ivo.post(at("promises_file", wexcombe), {"format": "csv"}).content.decode()
    assert "A family time worker" in held and "Nobody was appointed." in held
    assert ivo.post(change, {**sent, "says": "Mended", "version": 1}).status_code == 302
    clash = ivo.post(change, {**sent, "says": "Second", "version": 1})
    assert clash.status_code == 409 and "Mended" in text(clash) and "Second" in text(clash)
    assert "Contact is always late" not in str(Entry.objects.values())
    assert browser(wexcombe, "nominated-officer").get(councils).status_code in (403, 404)


def test_what_is_still_to_be_held_stands_on_the_home_page(wexcombe: Story) -> None:
    noted(wexcombe)
    planned(wexcombe)
    assert "Hold conversations and finish their notes" in text(browser(wexcombe, "inspector").get("/home/"))
    assert "Hold conversations" not in text(browser(wexcombe, "lead").get("/home/"))


def test_emoji_right_to_left_and_control_characters_come_through(wexcombe: Story) -> None:
    one, ivo, said = agreed(wexcombe), browser(wexcombe, "inspector"), "قالت 🙂 <b>نعم</b> =1+1 \u202eabc"
    ivo.post(of(wexcombe, one, "notes"), {"notes": said, "version": one.version})
    one.refresh_from_db()
    assert queries.readable_notes(one) == said
    assert "&lt;b&gt;" in ivo.get(of(wexcombe, one, "finish")).content.decode()
    actions.finish(conversation=one, version=one.version, by=wexcombe["inspector"])
    one.refresh_from_db()
    shelved(wexcombe, one, text="قالت 🙂")
    assert "قالت" in text(ivo.get(at("shelf", wexcombe)))
    null = ivo.post(of(wexcombe, one, "passage"), {"tier": "words", "text": "a\0b", "client_key": uuid4()})
    assert null.status_code == 422
