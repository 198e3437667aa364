"""One's own sessions: seeing them, ending them, opening a locked page again, and the terms that come before all."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from tests import factories as make
from tests.pages.test_account import LIMITS, code_now, events, sign_in, with_second_factor
from tests.pages.test_cases import text

from goldthread.apps.access import actions, terms
from goldthread.apps.access.models import OpenSession, Person
from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.web import devices

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def signed_in(email: str, said: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": said})
    assert sign_in(client, email).status_code == 302
    return client


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
         "Chrome on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Safari/604.1",
         "Safari on an iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
         "Safari on a Mac"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "A browser that is not known here"),
        ("", "A browser that is not known here"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(said: str, words: str) -> None:
    assert devices.in_words(said) == words
    assert len(words) <= 60


def test_the_account_page_lists_my_sessions_and_marks_this_one() -> None:
    make.person("Ira Inspector")
    make.person("Otto Other")
    here = signed_in("ira.inspector@example.org")
    signed_in("ira.inspector@example.org", "Mozilla/5.0 (iPhone) Safari/604.1")
    signed_in("otto.other@example.org", "Mozilla/5.0 (Linux; Android 15) Chrome/140.0")
    page = text(here.get("/account/"))
    assert "Firefox on Windows This one" in page
    assert "Safari on an iPhone" in page
    assert "Android" not in page
    assert FIREFOX not in str(list(OpenSession.objects.values()))


def test_a_session_that_its_owner_ends_is_over_at_the_next_request() -> None:
    person = make.person("Ira Inspector")
    here, there = signed_in("ira.inspector@example.org"), signed_in("ira.inspector@example.org")
    other = OpenSession.objects.get(pk=there.session["open_session"])
    assert there.get("/home/").status_code == 200
    assert "is ended" in text(here.post(f"/account/sessions/{other.pk}/end/", follow=True))
    assert there.get("/home/")["Location"].startswith("/sign-in/")
    assert here.get("/home/").status_code == 200
    assert events()[0] == "access.session-ended"
    # ended twice is ended once
    here.post(f"/account/sessions/{other.pk}/end/")
    assert events().count("access.session-ended") == 1
    assert person.open_sessions.filter(ended_at=None).count() == 1


def test_all_others_are_ended_at_once() -> None:
    make.person("Ira Inspector")
    here, *others = (signed_in("ira.inspector@example.org") for _ in range(3))
    assert "Your 2 other sessions are ended" in text(here.post("/account/sessions/end-others/", follow=True))
    assert [one.get("/home/").status_code for one in others] == [302, 302]
    assert here.get("/home/").status_code == 200
    assert "You had no other session open" in text(here.post("/account/sessions/end-others/", follow=True))


def test_nobody_ends_the_session_of_another() -> None:
    owner, stranger = make.person("Ira Inspector"), make.person("Otto Other")
    there = signed_in("ira.inspector@example.org")
    held = OpenSession.objects.get(person=owner)
    assert make.client_for(stranger).post(f"/account/sessions/{held.pk}/end/").status_code == 404
    with pytest.raises(Refused):
        actions.end_session(session=held, by=make.actor(stranger))
    assert there.get("/home/").status_code == 200


@pytest.mark.parametrize("how", ["end", "close", "password", "factor"])
def test_what_ends_every_session_ends_those_that_are_listed(how: str) -> None:
    person, admin = make.person("Ira Inspector"), make.administrator()
    there = signed_in("ira.inspector@example.org")
    session = there.session
    session["began_at"] = time.time() + 60  # the row alone must do it
    session.save()
    if how == "end":
        actions.end_sessions(person=person, by=admin)
    elif how == "close":
        actions.close_person(person=person, by=admin)
        actions.reopen_person(person=person, by=admin)
    elif how == "password":
        actions.choose_password(person=person, password="violet-harbour-ninety-two", by=make.actor(person))
    else:
        actions.remove_second_factor(person=person, by=admin)
    assert there.get("/home/")["Location"].startswith("/sign-in/")
    assert not OpenSession.objects.filter(person=person, ended_at=None).exists()


def test_a_session_that_names_none_which_is_open_is_no_session() -> None:
    make.person("Ira Inspector")
    for planted in (None, "", "nonsense", "00000000-0000-0000-0000-000000000000"):
        client = signed_in("ira.inspector@example.org")
        session = client.session
        session["open_session"] = planted
        session.save()
        assert client.get("/home/").status_code == 302, planted


def test_signing_out_ends_the_row_and_is_told_once() -> None:
    person = make.person("Ira Inspector")
    client = signed_in("ira.inspector@example.org")
    client.post("/sign-out/")
    assert OpenSession.objects.get(person=person).ended_at
    assert events()[:2] == ["access.signed-out", "access.signed-in"]


def test_use_is_noted_now_and_then_and_what_ran_out_is_not_listed() -> None:
    person = make.person("Ira Inspector")
    client = signed_in("ira.inspector@example.org")
    first = OpenSession.objects.get(person=person).seen_at
    client.get("/home/")
    assert OpenSession.objects.get(person=person).seen_at == first
    session = client.session
    session["seen_at"] = time.time() - 31
    session.save()
    client.get("/home/")
    assert OpenSession.objects.get(person=person).seen_at > first
    OpenSession.objects.create(
        person=person, device="Opera on Linux", began_at=first, seen_at=first.replace(year=first.year - 1)
    )
    assert "Opera" not in text(client.get("/account/"))


def test_sessions_are_forgotten_after_a_month() -> None:
    person = make.person("Ira Inspector")
    signed_in("ira.inspector@example.org")
    old = OpenSession.objects.get(person=person)
    OpenSession.objects.filter(pk=old.pk).update(began_at=old.began_at.replace(year=old.began_at.year - 1))
    signed_in("ira.inspector@example.org")
    assert not OpenSession.objects.filter(pk=old.pk).exists()


# A page that locked itself


def unlock(client: Client, person: Person, password: str = make.PASSWORD, code: str = "") -> Any:
    return client.post("/sign-in/again/", {"who": person.pk, "password": password, "code": code})


def test_a_locked_page_is_opened_again_in_place() -> None:
    person = make.person("Ira Inspector")
    client = Client(enforce_csrf_checks=True)
    token = client.get("/sign-in/again/").json()["token"]
    sent = {"who": str(person.pk), "password": make.PASSWORD}
    assert client.post("/sign-in/again/", sent).status_code == 403
    told = client.post("/sign-in/again/", sent, headers={"X-CSRFToken": token}).json()
    assert told["who"] == str(person.pk)
    assert 12 * 3600 - 60 < told["left"] <= 12 * 3600
    kept = client.post("/typed-text/", {"form": "a", "fields": '{"a": "b"}'}, headers={"X-CSRFToken": told["token"]})
    assert kept.status_code == 204, "what stands in the page can be saved"
    assert events()[0] == "access.signed-in"


def test_a_wrong_password_opens_nothing_and_is_recorded() -> None:
    person = make.person("Ira Inspector")
    client = Client()
    answer = unlock(client, person, "wrong wrong wrong")
    assert (answer.status_code, answer.json()["says"]) == (422, "This is not your password")
    assert events()[0] == "access.sign-in-failed"
    assert client.get("/home/").status_code == 302


def test_an_unknown_owner_is_told_the_same() -> None:
    for who in ("", "nonsense", "00000000-0000-0000-0000-000000000000"):
        answer = Client().post("/sign-in/again/", {"who": who, "password": "wrong wrong wrong"})
        assert (answer.status_code, answer.json()) == (422, {"says": "This is not your password", "code": False})


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
def test_guessing_at_a_locked_page_is_slowed_down() -> None:
    person = make.person("Ira Inspector")
    for _ in range(5):
        assert unlock(Client(), person, "wrong wrong wrong").status_code == 422
    assert unlock(Client(), person).status_code == 429


def test_the_code_of_a_second_factor_is_asked_for_after_the_password() -> None:
    person, _ = with_second_factor()
    client = Client()
    first = unlock(client, person)
    assert (first.status_code, first.json()["code"]) == (422, True)
    assert client.get("/home/").status_code == 302
    assert unlock(client, person, code="000000" if code_now() != "000000" else "111111").status_code == 422
    assert unlock(client, person, code=code_now()).status_code == 200
    assert client.session["second_factor_at"]


def test_a_closed_account_is_not_opened() -> None:
    person = make.person("Ira Inspector")
    actions.close_person(person=person, by=PROGRAMME)
    assert unlock(Client(), person).status_code == 422


def test_whoever_is_signed_in_here_is_not_thrown_out_by_somebody_elses_page() -> None:
    client = make.client_for(make.person("Otto Other"))
    answer = unlock(client, make.person("Ira Inspector"))
    assert answer.status_code == 409
    assert "Somebody else" in answer.json()["says"]
    assert client.get("/home/").status_code == 200


def test_where_the_session_still_lives_the_password_is_asked_for_all_the_same() -> None:
    person = make.person("Ira Inspector")
    client = make.client_for(person)
    assert unlock(client, person, "wrong wrong wrong").status_code == 422
    assert unlock(client, person).status_code == 200
    assert person.open_sessions.count() == 1


def test_a_page_knows_when_to_lock_itself() -> None:
    page = make.client_for(make.person("Ira Inspector")).get("/account/").content.decode()
    assert 'data-idle-seconds="1770"' in page, "before the server ends the session, however exactly it knows"
    assert 'data-unlock="/sign-in/again/"' in page
    assert "data-idle-seconds" not in Client().get("/sign-in/").content.decode()


# Terms of use


def newcomer() -> Person:
    return actions.add_person(email="nia@example.org", name="Nia New", password=make.PASSWORD, by=PROGRAMME)


def test_nothing_opens_before_the_terms_are_accepted_once() -> None:
    person = newcomer()
    client = make.client_for(person)
    for address in ("/home/", "/frameworks/", "/components/", "/people/"):
        assert client.get(address)["Location"].startswith("/account/terms/?next="), address
    assert client.get("/account/").status_code == 200
    assert "I accept these terms" in text(client.get("/account/terms/?next=/frameworks/"))
    answer = client.post("/account/terms/", {"terms": terms.VERSION, "next": "/frameworks/"})
    assert answer["Location"] == "/frameworks/"
    assert events()[0] == "access.terms-accepted"
    assert client.get("/home/").status_code == 200
    assert "You have accepted these terms" in text(client.get("/account/terms/"))


def test_terms_that_changed_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = make.client_for(make.person("Ira Inspector"))
    assert client.get("/home/").status_code == 200
    monkeypatch.setattr(terms, "VERSION", terms.VERSION + 1)
    assert client.get("/home/")["Location"].startswith("/account/terms/")
    stale = client.post("/account/terms/", {"terms": terms.VERSION - 1})
    assert stale.status_code == 403
    assert "were changed since" in text(stale)
    assert client.post("/account/terms/", {"terms": terms.VERSION})["Location"] == "/home/"


def test_nobody_accepts_for_another_and_nobody_is_led_elsewhere() -> None:
    person = newcomer()
    with pytest.raises(Refused):
        actions.accept_terms(person=person, version=terms.VERSION, by=make.administrator())
    client = make.client_for(person)
    answer = client.post("/account/terms/", {"terms": terms.VERSION, "next": "https://evil.example/"})
    assert answer["Location"] == "/home/"
