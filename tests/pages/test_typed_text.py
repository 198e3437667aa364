"""What is typed is kept, offered back, put back without scripts, and dropped once it is sent."""

import html
import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests import factories as make

from goldthread.apps.access.policy import NOBODY, Refused
from goldthread.apps.journal import queries as journal
from goldthread.apps.submissions import actions, queries
from goldthread.apps.submissions.models import TypedText

pytestmark = pytest.mark.django_db
FORM = "inspection-new"
NEW = "/inspections/new/"


def keep(client: Client, fields: Any, form: str = FORM, inspection: object = "") -> Any:
    text = fields if isinstance(fields, str) else json.dumps(fields)
    return client.post("/typed-text/", {"form": form, "inspection": inspection, "fields": text})


@pytest.fixture
def me() -> Any:
    return make.site_lead()


@pytest.fixture
def lead(me: Any) -> Client:
    return make.client_for(me)


def held(me: Any) -> Any:
    assert TypedText.objects.count() == 1
    kept = queries.typed_text(me, FORM)
    return kept and kept.fields


def test_what_is_typed_is_kept_for_its_writer_alone() -> None:
    me, other = make.actor("Ira Inspector"), make.actor("Otto Other")
    assert keep(make.client_for(me), {"title": "Half a thought"}).status_code == 204
    kept = queries.typed_text(me, FORM)
    assert kept is not None and kept.fields == {"title": "Half a thought"}
    assert queries.typed_text(other, FORM) is None
    assert queries.typed_text(NOBODY, FORM) is None


def test_keeping_again_replaces(me: Any, lead: Client) -> None:
    keep(lead, {"title": "Half"})
    keep(lead, {"title": "Half a thought"})
    assert held(me) == {"title": "Half a thought"}


def test_keys_tokens_and_passwords_are_never_kept(me: Any, lead: Client) -> None:
    keep(lead, {"title": "x", "csrfmiddlewaretoken": "t", "client_key": "k", "new_password": "p"})
    assert held(me) == {"title": "x"}


@pytest.mark.parametrize("fields", ["", "{", "[]", "null", '{"a": 1}', '{"a": {"b": "c"}}', "[" * 2000, "x" * 400_001])
def test_nonsense_is_refused_and_nothing_is_kept(lead: Client, fields: str) -> None:
    assert keep(lead, fields).status_code == 400
    assert not TypedText.objects.exists()


def test_a_form_must_be_named(lead: Client) -> None:
    assert keep(lead, {"a": "b"}, form="").status_code == 400
    assert keep(lead, {"a": "b"}, form="x" * 201).status_code == 400


def test_an_inspection_of_others_is_not_tied_to_it(lead: Client) -> None:
    theirs = make.inspection(lead=make.site_lead("Other Lead"))
    keep(lead, {"a": "b"}, inspection=theirs.pk)
    keep(lead, {"a": "b"}, form="second", inspection="no uuid")
    assert {one.inspection_id for one in TypedText.objects.all()} == {None}


def test_whoever_is_not_signed_in_keeps_nothing() -> None:
    assert keep(Client(), {"a": "b"}).status_code == 302
    with pytest.raises(Refused):
        actions.keep_typed_text(form=FORM, fields={"a": "b"}, inspection=None, by=NOBODY)
    assert not TypedText.objects.exists()


def test_keeping_is_not_an_act_in_the_journal(lead: Client) -> None:
    before = journal.entries("site").count()
    keep(lead, {"title": "Half a thought"})
    assert journal.entries("site").count() == before


def test_the_form_offers_what_was_typed_and_puts_it_back_without_scripts(lead: Client) -> None:
    keep(lead, {"title": "Half a thought", "kind": "mock", "call_day": "2 Nov"})
    offered = lead.get(NEW).content.decode()
    assert "that was not sent" in offered and "Half a thought" not in offered
    found = re.search(r'href="(\?restore=[^"]+)"', offered)
    assert found
    restored = lead.get(NEW + html.unescape(found[1])).content.decode()
    assert 'value="Half a thought"' in restored and 'value="2 Nov"' in restored
    assert re.search(r'value="mock"[^>]* checked', restored)
    assert "is back in the form" in restored


def test_nothing_is_offered_where_nothing_was_typed(lead: Client) -> None:
    assert "not sent" not in lead.get(NEW).content.decode()
    keep(lead, {"title": "", "kind": ""})
    assert "not sent" not in lead.get(NEW).content.decode()


def test_discarding_drops_it_and_leads_back(lead: Client) -> None:
    keep(lead, {"title": "Half a thought"})
    sent = {"typed_text_discard": "1", "typed_text_form": FORM, "typed_text_next": NEW}
    assert lead.post("/typed-text/", sent)["Location"] == NEW
    assert not TypedText.objects.exists()
    assert lead.post("/typed-text/", {**sent, "typed_text_next": "https://evil.example/"})["Location"] == "/home/"


def test_sending_the_form_drops_what_was_kept_and_an_error_does_not(lead: Client) -> None:
    keep(lead, {"title": "Half a thought"})
    sent = {
        "typed_text": FORM, "client_key": uuid4(), "title": "Wexcombe", "authority": "Wexcombe", "kind": "mock",
        "framework": "ilacs-2026", "call_day": "2/11/2026", "fieldwork_from": "9/11/2026", "fieldwork_to": "",
    }  # fmt: skip
    assert lead.post(NEW, sent).status_code == 422
    assert TypedText.objects.exists()
    assert lead.post(NEW, {**sent, "fieldwork_to": "20/11/2026"}).status_code == 302
    assert not TypedText.objects.exists()


def test_an_act_that_was_refused_with_a_message_keeps_the_text() -> None:
    me = make.administrator()
    client = make.client_for(me)
    keep(client, {"role": "lead"}, form="role")
    client.post(f"/people/{me.id}/roles/", {"role": "lead", "typed_text": "role"})
    assert TypedText.objects.exists()


def test_text_typed_on_an_older_version_is_put_back_with_that_version() -> None:
    """So that saving it shows both texts instead of writing over what somebody saved in between."""
    from django.template import Context, Template
    from django.test import RequestFactory

    me = make.actor("Ira Inspector")
    actions.keep_typed_text(form="note", fields={"statement": "mine", "version": "3"}, inspection=None, by=me)
    request = RequestFactory().get("/?restore=1")
    request.actor = me  # type: ignore[attr-defined]
    drawn = Template('<form {% autosave "note" %}>{% version 5 %}</form>').render(Context({"request": request}))
    assert 'name="version" value="3"' in drawn
    assert "data-restored" in drawn


def test_being_asked_keeps_the_session_and_gives_a_token_that_a_form_can_use() -> None:
    client = make.client_for(make.person())
    client.handler.enforce_csrf_checks = True
    told = client.get("/still-here/").json()
    token = told["token"]
    # A page left open by somebody else in this browser can tell that the session is not its own.
    assert f'data-who="{told["who"]}"' in client.get("/home/").content.decode()
    refused = client.post("/typed-text/", {"form": FORM, "fields": '{"a": "b"}'})
    assert refused.status_code == 403
    kept = client.post("/typed-text/", {"form": FORM, "fields": '{"a": "b"}'}, headers={"X-CSRFToken": token})
    assert kept.status_code == 204
    assert Client().get("/still-here/").status_code == 302
