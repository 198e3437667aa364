"""Every address is a door: it says what it needs, and none opens without being asked."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, path
from tests import factories as make

from goldthread.apps.access.permissions import Permission
from goldthread.web import doors
from goldthread.web.doors import Door, UndeclaredAddress, door

pytestmark = pytest.mark.django_db


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Inside.")


class Undeclared:
    urlpatterns = [path("bare/", bare), door("kept/", bare, "kept", needs=Permission.PUBLIC)]


def test_an_undeclared_address_is_named_and_refuses_the_start() -> None:
    with override_settings(ROOT_URLCONF=Undeclared), pytest.raises(UndeclaredAddress, match="bare/"):
        doors.require_all_declared()


def test_an_undeclared_address_is_not_served_even_where_the_check_was_skipped(client: Client) -> None:
    from goldthread.web.middleware import Doors

    request = RequestFactory().get("/bare/")
    lock = Doors(lambda _: HttpResponse("Inside."))
    from django.http import Http404

    with pytest.raises(Http404):
        lock.process_view(request, bare, (), {})
    lock.process_view(request, Undeclared.urlpatterns[1].callback, (), {})


def address_of(one: Door) -> str:
    filled = re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), one.route)
    filled = re.sub(r"<int:\w+>", "1", filled)
    return "/" + re.sub(r"<(?:slug|str):\w+>|<\w+>", "some-thing", filled)


EVERY = [pytest.param(one, id=one.name) for one in doors.every_door()]


@pytest.mark.parametrize("one", EVERY)
def test_nobody_comes_in_without_signing_in(one: Door) -> None:
    client = Client()
    for method, permission in (("GET", one.permission("GET")), ("POST", one.permission("POST"))):
        if method not in one.methods or permission is Permission.PUBLIC:
            continue
        answer = client.generic(method, address_of(one))
        assert answer.status_code == 302, (method, one.route)
        assert answer["Location"].startswith("/sign-in/"), (method, one.route)


@pytest.mark.parametrize("one", EVERY)
def test_what_is_only_read_cannot_be_posted_to_and_the_other_way_round(one: Door) -> None:
    client = Client()
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - set(one.methods):
        answer = client.generic(method, address_of(one))
        assert answer.status_code == 405, (method, one.route)
        assert set(answer["Allow"].split(", ")) == set(one.methods)


@pytest.mark.parametrize("one", [p for p in EVERY if "<uuid:inspection>" in p.values[0].route])
def test_an_inspection_is_hidden_from_whoever_has_no_role_in_it(one: Door) -> None:
    held = make.inspection()
    stranger = make.client_for(make.administrator())
    for address in (address_of(one), _in_inspection(one, held)):
        for method in set(one.methods) & {"GET", "POST"}:
            answer = stranger.generic(method, address)
            assert answer.status_code == 404, (method, one.route)
            assert held.title not in answer.content.decode()


def _in_inspection(one: Door, held: Any) -> str:
    return address_of(Door(one.name, one.route.replace("<uuid:inspection>", str(held.pk)), one.needs))


@pytest.mark.parametrize("one", EVERY)
def test_every_door_asks_for_what_a_role_or_everybody_may(one: Door) -> None:
    assert one.needs in Permission
    assert one.methods, "a door that answers nothing"
    writes = one.to_change is not None
    assert writes or one.reads


def test_a_refusal_that_may_be_told_says_why() -> None:
    answer = make.client_for(make.person()).get("/people/")
    assert answer.status_code == 403
    assert "Your role does not let you add, change and close accounts" in answer.content.decode()


def test_a_role_that_ended_is_told_and_shows_nothing() -> None:
    held = make.inspection()
    gone = make.member(held, "inspector", ended=True)
    answer = make.client_for(gone).get(f"/inspections/{held.pk}/")
    assert answer.status_code == 403
    assert "has ended" in answer.content.decode() and held.title not in answer.content.decode()


def test_a_door_is_a_pattern_that_knows_its_declaration() -> None:
    made = door("a/", bare, "a", needs=Permission.OWN_ACCOUNT, to_change=Permission.ACCOUNT_MANAGE)
    assert isinstance(made, URLPattern)
    held: Door = made.callback.door  # type: ignore[attr-defined]
    assert held.permission("GET") is Permission.OWN_ACCOUNT
    assert held.permission("POST") is Permission.ACCOUNT_MANAGE
    assert held.methods == ("GET", "HEAD", "POST")


def test_every_answer_carries_the_safe_headers() -> None:
    for answer in (Client().get("/"), Client().get("/nothing-here/"), make.client_for(make.person()).get("/home/")):
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        # With no-referrer a browser would send our own forms without an origin, and they would all be refused.
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_form_posted_from_our_own_page_is_taken_and_from_elsewhere_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    sent = {"email": "a@example.org", "password": "x", "csrfmiddlewaretoken": token[1]}
    assert client.post("/sign-in/", sent, headers={"Origin": "http://testserver"}).status_code == 422
    assert client.post("/sign-in/", sent, headers={"Origin": "https://evil.example"}).status_code == 403
