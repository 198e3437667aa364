"""Signing in, the second factor, sessions that end, and passwords."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from tests import factories as make

from goldthread.apps.access import actions
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Refused
from goldthread.apps.journal import queries as journal

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = "The e-mail address or the password is not right"
LIMITS = {"login": "30/m/ip", "login_failed": "5/m/ip,5/m/key", "reauthenticate": "10/m/user"}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def code_now(secret: str = SECRET, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client: Client, email: str, password: str = make.PASSWORD, following: str = "") -> Any:
    return client.post("/sign-in/", {"email": email, "password": password, "next": following})


def with_second_factor(name: str = "Fay Factor") -> tuple[Person, list[str]]:
    person = make.person(name)
    codes = actions.set_second_factor(person=person, secret=SECRET, by=make.actor(person))
    return person, codes


def events() -> list[str]:
    return [entry.event for entry in journal.entries("site")]


def test_signing_in_leads_to_my_work_and_is_in_the_journal(client: Client) -> None:
    person = make.person("Ira Inspector")
    answer = sign_in(client, "IRA.inspector@example.org")
    assert answer.status_code == 302 and answer["Location"] == "/home/"
    assert events()[0] == "access.signed-in"
    assert client.get("/home/").status_code == 200
    assert client.session["began_at"] > 0
    assert str(person.pk) == client.session["_auth_user_id"]


def test_signing_in_makes_a_new_session_id(client: Client) -> None:
    make.person("Ira Inspector")
    session = client.session
    session["planted"] = True
    session.save()
    before = client.session.session_key
    sign_in(client, "ira.inspector@example.org")
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: Client) -> None:
    make.person("Ira Inspector")
    known = sign_in(client, "ira.inspector@example.org", "wrong wrong wrong")
    unknown = sign_in(client, "nobody@example.org", "wrong wrong wrong")
    assert known.status_code == unknown.status_code == 422
    bare = [re.sub(r"value=\"[^\"]*\"", "", answer.content.decode()) for answer in (known, unknown)]
    assert WRONG in bare[0]
    assert bare[0] == bare[1]
    assert events()[0] == "access.sign-in-failed"


def test_a_closed_account_is_told_the_same(client: Client) -> None:
    person = make.person("Cora Closed")
    actions.close_person(person=person, by=PROGRAMME)
    answer = sign_in(client, "cora.closed@example.org")
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
def test_too_many_wrong_passwords_are_slowed_down_even_for_the_right_one(client: Client) -> None:
    make.person("Ira Inspector")
    for _ in range(5):
        assert sign_in(client, "ira.inspector@example.org", "wrong wrong wrong").status_code == 422
    answer = sign_in(client, "ira.inspector@example.org")
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()


def test_nobody_is_led_to_another_site(client: Client) -> None:
    make.person("Ira Inspector")
    assert sign_in(client, "ira.inspector@example.org", following="https://evil.example/")["Location"] == "/home/"


def test_a_page_asked_for_before_signing_in_is_where_one_is_led(client: Client) -> None:
    make.person("Ira Inspector")
    asked = client.get("/account/")
    assert asked["Location"].startswith("/sign-in/?next=")
    assert sign_in(client, "ira.inspector@example.org", following="/account/")["Location"] == "/account/"


def test_the_second_factor_is_asked_for_and_nothing_is_open_before_it(client: Client) -> None:
    with_second_factor()
    answer = sign_in(client, "fay.factor@example.org")
    assert answer["Location"] == "/sign-in/code/"
    assert client.get("/home/")["Location"].startswith("/sign-in/")
    answer = client.post("/sign-in/code/", {"code": code_now()})
    assert answer["Location"] == "/home/"
    assert client.session["second_factor_at"]


def test_a_code_typed_with_a_blank_is_taken(client: Client) -> None:
    with_second_factor()
    sign_in(client, "fay.factor@example.org")
    code = code_now()
    assert client.post("/sign-in/code/", {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/home/"


def test_a_wrong_code_is_refused_and_recorded(client: Client) -> None:
    with_second_factor()
    sign_in(client, "fay.factor@example.org")
    answer = client.post("/sign-in/code/", {"code": "000000" if code_now() != "000000" else "111111"})
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    assert events()[0] == "access.sign-in-failed"


def test_a_code_is_good_once() -> None:
    with_second_factor()
    code = code_now()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "fay.factor@example.org")
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    assert second.post("/sign-in/code/", {"code": code}).status_code == 422


def test_a_recovery_code_is_good_once() -> None:
    _, codes = with_second_factor()
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, "fay.factor@example.org")
    assert first.post("/sign-in/code/", {"code": codes[0]})["Location"] == "/home/"
    assert second.post("/sign-in/code/", {"code": codes[0]}).status_code == 422


def test_the_second_step_must_follow_within_ten_minutes(client: Client) -> None:
    with_second_factor()
    sign_in(client, "fay.factor@example.org")
    session = client.session
    session["second_factor_challenge"] = {**session["second_factor_challenge"], "at": time.time() - 601}
    session.save()
    assert client.post("/sign-in/code/", {"code": code_now()})["Location"] == "/sign-in/"


def test_the_code_page_without_a_password_leads_to_signing_in(client: Client) -> None:
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


@override_settings(LOCAL_MODE=False)
def test_without_a_second_factor_nothing_opens_but_setting_one_up(client: Client) -> None:
    make.person("Ira Inspector")
    sign_in(client, "ira.inspector@example.org")
    for address in ("/home/", "/frameworks/", "/components/"):
        assert client.get(address)["Location"] == "/account/second-factor/", address
    page = client.get("/account/second-factor/")
    assert page.status_code == 200
    picture = client.get("/account/second-factor/picture.svg")
    assert picture["Content-Type"] == "image/svg+xml" and b"<svg" in picture.content
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/account/second-factor/", {"code": code_now(secret)})
    assert answer["Location"] == "/account/recovery-codes/"
    assert client.get("/home/").status_code == 200
    assert "access.second-factor-set" in events()


def test_recovery_codes_are_shown_once() -> None:
    client = make.client_for(make.person("Ira Inspector"))
    client.get("/account/second-factor/")
    client.post("/account/second-factor/", {"code": code_now(client.session["mfa.totp.secret"])})
    shown = client.get("/account/recovery-codes/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", shown)) == 10
    again = client.get("/account/recovery-codes/").content.decode()
    assert "shown already" in again
    assert not re.findall(r"<li>\d{8}</li>", again)


def test_a_second_factor_that_is_there_cannot_be_replaced_by_who_holds_the_session() -> None:
    person, _ = with_second_factor()
    client = make.client_for(person)
    assert client.get("/account/second-factor/picture.svg").status_code == 410
    with pytest.raises(Refused):
        actions.set_second_factor(person=person, secret=SECRET, by=make.actor(person))


def test_the_secret_of_a_second_factor_is_sealed_in_the_database() -> None:
    from allauth.mfa.models import Authenticator

    person, _ = with_second_factor()
    held = str(Authenticator.objects.get(user=person, type="totp").data)
    assert SECRET not in held


def test_a_session_ends_after_thirty_idle_minutes() -> None:
    client = make.client_for(make.person())
    assert client.get("/home/").status_code == 200
    session = client.session
    session["seen_at"] = time.time() - 31 * 60
    session.save()
    assert client.get("/home/")["Location"].startswith("/sign-in/")


def test_a_session_ends_after_twelve_hours_however_busy() -> None:
    client = make.client_for(make.person())
    session = client.session
    session["began_at"], session["seen_at"] = time.time() - 12 * 3600 - 5, time.time()
    session.save()
    assert client.get("/home/")["Location"].startswith("/sign-in/")


def test_a_session_ends_when_the_account_is_closed_or_its_access_changed() -> None:
    person = make.person("Ira Inspector")
    client = make.client_for(person)
    session = client.session
    session["began_at"] = time.time() - 60
    session.save()
    actions.close_person(person=person, by=PROGRAMME)
    assert client.get("/home/")["Location"].startswith("/sign-in/")
    actions.reopen_person(person=person, by=PROGRAMME)
    assert client.get("/home/")["Location"].startswith("/sign-in/")


def test_ending_all_my_sessions_ends_the_others_too() -> None:
    person = make.person("Ira Inspector")
    here, there = make.client_for(person), make.client_for(person)
    for client in (here, there):
        session = client.session
        session["began_at"] = time.time() - 60
        session.save()
    answer = here.post("/account/end-sessions/")
    assert answer["Location"].startswith("/sign-in/")
    assert there.get("/home/")["Location"].startswith("/sign-in/")
    assert "access.sessions-ended" in events()


def test_signing_out_forgets_and_tells_the_browser_to() -> None:
    client = make.client_for(make.person())
    answer = client.post("/sign-out/")
    assert '"cookies"' in answer["Clear-Site-Data"]
    assert "access.signed-out" in events()
    assert client.get("/home/")["Location"].startswith("/sign-in/")
    assert client.get("/sign-out/").status_code == 405


def test_a_password_that_was_given_must_be_changed_first() -> None:
    person = make.person("Nia New")
    Person.objects.filter(pk=person.pk).update(must_change_password=True)
    client = make.client_for(person)
    assert client.get("/home/")["Location"] == "/account/password/"
    assert client.get("/frameworks/")["Location"] == "/account/password/"
    sent = {"old_password": make.PASSWORD, "new_password": "violet-harbour-ninety-two"}
    assert client.post("/account/password/", sent)["Location"] == "/home/"
    assert client.get("/home/").status_code == 200


def test_changing_the_password_ends_every_other_session() -> None:
    person = make.person("Ira Inspector")
    here, there = make.client_for(person), make.client_for(person)
    session = there.session
    session["began_at"] = time.time() - 60
    session.save()
    sent = {"old_password": make.PASSWORD, "new_password": "violet-harbour-ninety-two"}
    assert here.post("/account/password/", sent)["Location"] == "/home/"
    assert here.get("/home/").status_code == 200
    assert there.get("/home/")["Location"].startswith("/sign-in/")
    assert "access.password-changed" in events()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("not it at all", "violet-harbour-ninety-two", "not your password now"),
        (make.PASSWORD, "short", "at least 12 characters"),
        (make.PASSWORD, "safeguarding1", "mostly the word"),
        (make.PASSWORD, "ira inspector", "too similar"),
    ],
)
def test_a_bad_change_of_password_says_why_and_changes_nothing(old: str, new: str, says: str) -> None:
    person = make.person("Ira Inspector")
    answer = make.client_for(person).post("/account/password/", {"old_password": old, "new_password": new})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Person.objects.get(pk=person.pk).check_password(make.PASSWORD)


def link(person: Person) -> str:
    token = actions.make_password_link(person=person, by=PROGRAMME)
    return f"/choose-password/{person.pk}/{token}/"


def test_a_link_to_choose_a_password_is_good_once(client: Client) -> None:
    person = make.person("Nia New", password=None)
    address = link(person)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"new_password": "violet-harbour-ninety-two"})
    assert answer["Location"] == "/sign-in/"
    assert sign_in(client, "nia.new@example.org", "violet-harbour-ninety-two")["Location"] == "/home/"
    gone = Client().get(address)
    assert gone.status_code == 410
    assert "no longer good" in gone.content.decode()
    assert Client().post(address, {"new_password": "another-password-33"}).status_code == 410


def test_a_link_runs_out_after_two_days(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    person = make.person("Nia New", password=None)
    address = link(person)
    later = timezone.now().replace(tzinfo=None) + timedelta(hours=49)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert client.get(address).status_code == 410


def test_a_link_for_one_is_not_good_for_another(client: Client) -> None:
    address = link(make.person("Nia New"))
    other = make.person("Otto Other")
    assert client.get(re.sub(r"[0-9a-f-]{36}", str(other.pk), address, count=1)).status_code == 410


def test_the_account_page_says_in_single_user_mode_that_the_second_factor_may_be_skipped() -> None:
    page = make.client_for(make.person()).get("/account/").content.decode()
    assert "Single-user mode" in page
    with override_settings(LOCAL_MODE=False):
        assert "Single-user mode" not in make.client_for(make.person()).get("/account/").content.decode()
