"""Pages of actions and of learning: from a case to accepted proof, on both sides; what was learned, and shared."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cases_story import Story
from tests.pages.test_cases import at, browser, text
from tests.programme_story import action, drawn, programme

from goldthread.apps.cases.models import Case
from goldthread.apps.journal.models import Entry
from goldthread.apps.programme.models import AuditAction, Learning

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return programme()


def form(held: Story, **more: Any) -> dict[str, Any]:
    return {
        "says": "Ring the school.", "owner": str(held.person("inspector").pk), "due": "01/03/2030",
        "client_key": str(uuid4()), **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"says": ""}, "Fill in “What is to be done”"), ({"due": "soon"}, "must be a real date"),
        ({"due": "01/01/2020"}, "is over"),
        ({"due": "01/01/2199"}, "more than five years away"),
        ({"owner": "nobody"}, "Choose one of the answers offered"),
        ({"owner": ""}, "Choose an answer for “Who does it”"),
    ],
)  # fmt: skip
def test_a_form_filled_in_wrongly_comes_back_with_what_was_typed(
    wexcombe: Story, more: dict[str, Any], says: str
) -> None:  # fmt: skip
    answer = browser(wexcombe, "lead").post(at("audit_action_new", wexcombe), form(wexcombe, **more))
    assert answer.status_code == 422 and says in text(answer)
    assert more.get("says", "Ring the school.") in answer.content.decode()
    assert not AuditAction.objects.exists()


def test_an_action_from_a_case_is_done_and_accepted(wexcombe: Story) -> None:
    done = drawn(wexcombe)
    case = Case.objects.filter(draw=done.draw, allocated_to=wexcombe.person("inspector"))[0]
    mine, lead = browser(wexcombe, "inspector"), browser(wexcombe, "lead")
    new = f"{at('audit_action_new', wexcombe)}?case={case.pk}"
    assert new in mine.get(at("case", wexcombe, case=case.pk)).content.decode()
    assert f"Case {case.number} of draw 1" in text(mine.get(new))
    sent = form(wexcombe, case=str(case.pk), owner=str(wexcombe.person("improvement-lead").pk))
    assert "is given to" in text(mine.post(at("audit_action_new", wexcombe), sent, follow=True))
    held = AuditAction.objects.get()
    one = at("audit_action", wexcombe, action=held.pk)
    theirs = browser(wexcombe, "improvement-lead")
    assert "Do what an audit asks of you" in text(theirs.get("/home/"))
    shown = theirs.get(one)
    assert "Ring the school." in text(shown) and at("case", wexcombe, case=case.pk) not in shown.content.decode()
    assert browser(wexcombe, "uploader").get(one).status_code == 404
    prove = at("audit_action_prove", wexcombe, action=held.pk)
    assert theirs.post(prove, {"says": "", "version": 1}).status_code == 422
    assert "waits for its proof" in text(theirs.post(prove, {"says": "Rung.", "version": 1}, follow=True))
    assert "Read the proof of an action" in text(lead.get("/home/"))
    settle = at("audit_action_settle", wexcombe, action=held.pk)
    assert lead.post(settle, {"to": "returned", "because": "", "version": 2}).status_code == 422
    assert lead.post(settle, {"because": "", "version": 2}).status_code == 422
    assert lead.post(settle, {"to": "accepted", "because": "", "version": 1}).status_code == 409
    assert "Accepted" in text(lead.post(settle, {"to": "accepted", "because": "", "version": 2}, follow=True))
    assert theirs.get(settle).status_code == 403
    assert "nothing to do here" in text(theirs.get(prove))


def test_a_stale_change_clashes_with_both_texts(wexcombe: Story) -> None:
    held = action(wexcombe)
    lead, address = browser(wexcombe, "lead"), at("audit_action_change", wexcombe, action=held.pk)
    assert lead.post(address, form(wexcombe, says="Ring twice.", version=1)).status_code == 302
    clash = lead.post(address, form(wexcombe, says="Ring once.", version=1))
    assert clash.status_code == 409 and "Ring twice." in text(clash) and "Ring once." in text(clash)


def test_the_list_is_filtered_searched_and_taken_out(wexcombe: Story) -> None:
    late, _ = action(wexcombe, says="=Ring the zebra."), action(wexcombe, says="Write.", to="inspector-2")
    AuditAction.objects.filter(pk=late.pk).update(due=timezone.localdate() - timedelta(days=1))
    lead, address = browser(wexcombe, "lead"), at("audit_actions", wexcombe)
    assert "2 to be done, 0 with proof to be read, 0 accepted; 1 overdue" in text(lead.get(address))
    for query in ("?status=late", "?words=zebra", "?words=action+1"):
        told = text(lead.get(address + query))
        assert "zebra" in told and "Write." not in told, query
    assert "No action is like that" in text(lead.get(f"{address}?status=accepted"))
    assert "zebra" in text(browser(wexcombe, "inspector").get(f"{address}?whose=mine"))
    answer = lead.post(at("audit_actions_file", wexcombe), {"format": "csv", "status": "late"})
    assert 'filename="synthetic-actions-late-20' in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Number", "Action 1"] and rows[1][1] == "'=Ring the zebra."
    assert Entry.objects.filter(event="export.made").count() == 1


def test_a_long_list_has_pages(wexcombe: Story) -> None:
    for number in range(26):
        action(wexcombe, says=f"Thing {number}.")
    assert "page=2" in browser(wexcombe, "lead").get(at("audit_actions", wexcombe)).content.decode()


def test_learning_is_written_down_and_marked_as_shared(wexcombe: Story) -> None:
    drawn(wexcombe)
    lead = browser(wexcombe, "lead")
    assert "Nothing is written down yet" in text(lead.get(at("learning", wexcombe)))
    new = at("learning_new", wexcombe)
    assert lead.post(new, {"says": "", "theme": "Voice"}).status_code == 422
    sent = {"says": "Ask the child first.", "round_": "", "theme": "Voice", "client_key": str(uuid4())}
    assert "Not shared yet" in text(lead.post(new, sent, follow=True))
    held = Learning.objects.get()
    share = at("learning_share", wexcombe, learning=held.pk)
    assert lead.post(share, {"with_whom": "", "day": "01/02/2026"}).status_code == 422
    assert lead.post(share, {"with_whom": "North", "day": "01/02/2099"}).status_code == 422
    done = lead.post(share, {"with_whom": "North", "how": "Practice hour", "day": "01/02/2026"}, follow=True)
    assert "Shared with North on 1 February 2026: Practice hour" in text(done)
    change = at("learning_change", wexcombe, learning=held.pk)
    assert lead.post(change, {**sent, "says": "Ask twice.", "version": 1}).status_code == 302
    assert lead.post(change, {**sent, "says": "Ask once.", "version": 1}).status_code == 409
    auditor = browser(wexcombe, "inspector")
    assert "Ask twice." in text(auditor.get(at("learning", wexcombe)))
    assert auditor.get(new).status_code == 403
    assert browser(wexcombe, "director").get(at("learning", wexcombe)).status_code == 404


def test_nobody_is_offered_to_accept_what_they_proved(wexcombe: Story) -> None:
    lead, drawn_round = browser(wexcombe, "lead"), drawn(wexcombe)
    sent = form(wexcombe, round=str(drawn_round.pk), owner=str(wexcombe.person("inspector").pk))
    lead.post(at("audit_action_new", wexcombe), sent)
    held = AuditAction.objects.get()
    lead.post(at("audit_action_prove", wexcombe, action=held.pk), {"says": "Rung.", "version": 1})
    settle = at("audit_action_settle", wexcombe, action=held.pk)
    assert 'value="accepted"' not in lead.get(settle).content.decode()
    assert 'value="returned"' in lead.get(settle).content.decode()
    assert 'value="accepted"' in browser(wexcombe, "quality-assurance").get(settle).content.decode()
    refused = lead.post(settle, {"to": "accepted", "because": "", "version": 2})
    assert refused.status_code == 422 and "Somebody else must accept it" in text(refused)
    assert AuditAction.objects.get().status == "proof-given"
