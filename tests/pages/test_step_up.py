"""What takes data out, crosses the wall, gives access or opens the vault is asked of somebody who is there now."""

import re
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from tests import factories as make
from tests.cases_story import REAL_ID, Story, story
from tests.pages.test_account import LIMITS, code_now, events, with_second_factor
from tests.pages.test_cases import at, browser, text

from goldthread.apps.access import actions
from goldthread.apps.access.models import Person
from goldthread.web.doors import every_door

pytestmark = pytest.mark.django_db

STEPPED_UP = {
    # exports
    "draw_export", "submission_issues_export", "submission_difference_export", "report_pdf", "report_word",
    "report_odt",
    "submission_mends_copy", "submission_issues_over_time",
    "submission_picture_file", "submission_behind_export", "submission_chart_file", "submission_record_chart_file",
    # through the wall, and out of the house
    "submission_hand_over", "draw_release", "report_publish", "message_release", "practitioner_show",
    "documents_submit", "document_original", "documents_export",
    # access given, also by what stands for it: a link, a second factor taken away or set up, a conflict waived
    "members", "conflict_waive", "person_new", "person_give_role", "person_reopen", "person_password_link",
    "person_remove_second_factor", "second_factor",
    # children's cases onto a device, and the key that opens them there
    "offline", "offline_open",
    # codes that are good for an answer
    "survey_letters_print",
    # what was answered in surveys, and how it changed
    "survey_file", "survey_change_file",
    # who a child is
    "case_who", "draw_who", "referral_back_who",
    # Of the check of facts: the draft report through the wall, and what is said of it as a file.
    "edition_publish", "report_notice", "report_council_copy", "council_copy_file", "accuracy_file",
    "report_embargo", "pre_copy_file",
    # What goes out as a file: of the record, of comparisons and series, of earlier grades.
    "past_grades_file", "submission_compare_export", "submission_compare_file", "submission_completeness_file",
    "submission_issues_rule_file",
    "submission_measure_rows_export", "submission_record_export", "submission_returning_file",
    "submission_watch_file",
    # Of agreement between readers: reviewers by name.
    "moderation_file", "moderation_picture", "roll_up_file", "roll_up_picture", "calibration_file",
    # Of fieldwork: who is where, by name.
    "fieldwork_calendar", "requests_file", "meetings_file",
    # Of whom the team heard, what it watched, and what was promised.
    "hearing_file", "conversations_file", "observations_file", "promises_file",
    # Of an audit programme: what is asked of whom; and grades, by who is who in two places.
    "audit_actions_file", "programme_bring", "improvement_file", "board_pack_file",
    "action_plan_file",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def wexcombe() -> Story:
    return story()


def grow_old(client: Client, seconds: int = 301) -> Client:
    """A browser whose owner gave the password that long ago."""
    session = client.session
    session["proved_at"] = time.time() - seconds
    session.save()
    return client


def again(page: Any, password: str = make.PASSWORD, code: str = "") -> dict[str, Any]:
    """What the form of the page that asks would send: all that it holds, and a password."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    sent: dict[str, Any] = {}
    for name, value in hidden:
        sent.setdefault(name, []).append(value)
    return {**sent, "step-up-password": password, **({"step-up-code": code} if code else {})}


def test_every_door_that_needs_it_says_so() -> None:
    assert {one.name for one in every_door() if one.step_up} == STEPPED_UP


def test_an_export_from_an_old_sign_in_asks_first_and_then_goes_on_with_what_was_sent(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    lead, address = grow_old(browser(wexcombe, "lead")), at("draw_export", wexcombe, draw=draw.pk)
    asked = lead.post(address, {"form": "csv"})
    assert asked.status_code == 403
    assert "Confirm that it is you" in text(asked)
    assert "export.made" not in events_of(wexcombe)
    thanked = lead.post(address, again(asked))
    assert thanked.status_code == 200 and "Your file is ready" in text(thanked)
    assert "export.made" not in events_of(wexcombe), "it has not left yet"
    assert "access.identity-confirmed" in events()
    given = lead.post(address, {name: value for name, value in again(thanked).items() if name != "step-up-password"})
    assert given.status_code == 200 and given["Content-Type"].startswith("text/csv")
    assert "export.made" in events_of(wexcombe)
    assert lead.post(address, {"form": "json"}).status_code == 200, "asked again within five minutes"


def test_after_a_file_there_is_a_way_back_to_where_it_was_asked_for_and_to_nowhere_else(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    address = at("draw_export", wexcombe, draw=draw.pk)
    came = at("draw", wexcombe, draw=draw.pk) + "?page=2"
    for told, back in (
        (f"http://testserver{came}", came), ("https://evil.example/a", ""), ("http://testserver//evil.example/a", ""),
    ):  # fmt: skip
        lead = grow_old(browser(wexcombe, "lead"))
        asked = lead.post(address, {"form": "csv"}, headers={"referer": told})
        thanked = lead.post(address, again(asked), headers={"referer": f"http://testserver{address}"}).content.decode()
        assert ("Back to where you were" in thanked) is bool(back)
        assert "evil.example" not in thanked and (not back or f'href="{back}"' in thanked)
        assert 'name="step-up-from"' not in thanked and 'name="form" value="csv"' in thanked


def test_every_door_that_gives_a_file_and_asks_first_says_that_it_is_a_file() -> None:
    named = {one.name for one in every_door() if one.step_up and one.to_change and one.name.endswith(FILES)}
    assert {one.name for one in every_door() if one.file} == named


FILES = ("_file", "_export", "_picture", "_calendar", "_original", "_mends_copy", "_issues_over_time")


def events_of(told: Story) -> list[str]:
    from goldthread.apps.journal import queries as journal

    return [entry.event for entry in journal.entries(told.inspection.pk)]


@pytest.fixture(autouse=True)
def _everybody_has_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The people of a story are made without one, which takes time."""
    made = Story.person

    def person(self: Story, role: str) -> Person:
        who = made(self, role)
        if not who.has_usable_password() or not who.password.startswith("argon2"):
            who.set_password(make.PASSWORD)
            who.save()
        return who

    monkeypatch.setattr(Story, "person", person)


def test_a_fresh_sign_in_is_not_asked(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    lead = grow_old(browser(wexcombe, "lead"), 290)
    assert lead.post(at("draw_export", wexcombe, draw=draw.pk), {"form": "csv"}).status_code == 200


def test_a_clock_that_was_wrong_does_not_make_an_old_sign_in_fresh(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    lead = grow_old(browser(wexcombe, "lead"), -3600)
    assert lead.post(at("draw_export", wexcombe, draw=draw.pk), {"form": "csv"}).status_code == 403


def test_a_wrong_password_is_told_counted_and_loses_nothing(wexcombe: Story) -> None:
    case = wexcombe.case()
    mine, address = grow_old(browser(wexcombe, "inspector")), at("case_who", wexcombe, case=case.pk)
    assert mine.get(address).status_code == 200, "the form itself asks for nothing"
    asked = mine.post(address, {"reason": "case-review"})
    wrong = mine.post(address, again(asked, "not it at all"))
    assert wrong.status_code == 422
    assert "This is not your password" in text(wrong)
    assert 'name="reason" value="case-review"' in wrong.content.decode()
    assert "not it at all" not in wrong.content.decode()
    assert "access.confirmation-failed" in events()
    assert "vault.looked" not in events_of(wexcombe)
    right = mine.post(address, again(wrong))
    assert f"{REAL_ID}-{case.pseudonym}" in text(right)
    assert "vault.looked" in events_of(wexcombe)


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
def test_guessing_here_is_slowed_down_as_at_signing_in(wexcombe: Story) -> None:
    draw = wexcombe.draw()
    lead, address = grow_old(browser(wexcombe, "lead")), at("draw_export", wexcombe, draw=draw.pk)
    asked = lead.post(address, {"form": "csv"})
    for _ in range(5):
        assert lead.post(address, again(asked, "wrong wrong wrong")).status_code == 422
    late = lead.post(address, again(asked))
    assert late.status_code == 429
    assert "Wait a minute" in text(late)
    # and one count is kept for both ways in
    told = Client().post("/sign-in/", {"email": wexcombe.person("lead").email, "password": make.PASSWORD})
    assert told.status_code == 429


def test_who_may_not_is_refused_before_a_password_is_asked_for(wexcombe: Story) -> None:
    case = wexcombe.case()
    analyst = grow_old(browser(wexcombe, "analyst"))
    assert analyst.post(at("case_who", wexcombe, case=case.pk), {"reason": "case-review"}).status_code == 404
    stranger = grow_old(make.client_for(make.person("Sam Stranger")))
    assert stranger.post("/people/new/", {"name": "A", "email": "a@example.org"}).status_code == 403
    assert "access.identity-confirmed" not in events()


def test_every_value_that_was_sent_is_sent_on(wexcombe: Story) -> None:
    admin = grow_old(make.client_for(make.administrator()))
    asked = admin.post("/people/new/", {"name": "Zoë “Z” O'Neil", "email": "zoe@example.org", "many": ["1", "2"]})
    page = asked.content.decode()
    assert page.count('name="many"') == 2
    assert "Zoë “Z” O&#x27;Neil" in page
    assert 'name="csrfmiddlewaretoken"' in page and page.count('name="csrfmiddlewaretoken"') == 2  # and signing out
    answer = admin.post(
        "/people/new/", {"name": "Zoë “Z” O'Neil", "email": "zoe@example.org", "step-up-password": make.PASSWORD}
    )
    assert answer.status_code == 302
    assert Person.objects.get(email="zoe@example.org").name == "Zoë “Z” O'Neil"


def test_the_page_behind_is_never_given_the_password() -> None:
    admin = grow_old(make.client_for(make.administrator()))
    sent = {"name": "", "email": "x@example.org", "step-up-password": make.PASSWORD}
    for _ in ("asked for", "sent without being asked for"):
        answer = admin.post("/people/new/", sent)
        assert answer.status_code == 422
        assert dict(answer.wsgi_request.POST) == {"name": [""], "email": ["x@example.org"]}


def test_a_file_that_is_only_fetched_is_asked_for_on_a_page_of_its_own() -> None:
    client = grow_old(make.client_for(make.person("Ira Inspector")))
    page = client.get("/account/confirm/?next=/account/")
    assert page.status_code == 200
    assert 'name="next" value="/account/"' in page.content.decode()
    wrong = client.post("/account/confirm/", {"next": "/account/", "step-up-password": "no no no no no"})
    assert wrong.status_code == 422
    done = client.post("/account/confirm/", {"next": "/account/", "step-up-password": make.PASSWORD})
    assert 'href="/account/"' in done.content.decode() and "Go on to what you asked for" in text(done)
    assert time.time() - client.session["proved_at"] < 60
    elsewhere = client.get("/account/confirm/?next=https://evil.example/")
    assert "evil.example" not in elsewhere.content.decode()


@override_settings(LOCAL_MODE=False)
def test_where_the_account_has_a_second_factor_its_code_is_asked_for_too() -> None:
    person, codes = with_second_factor()
    client = grow_old(make.client_for(person))
    asked = client.get("/account/confirm/?next=/account/")
    assert "step-up-code" in asked.content.decode()
    sent = {"next": "/account/", "step-up-password": make.PASSWORD}
    assert client.post("/account/confirm/", sent).status_code == 422
    assert client.post("/account/confirm/", {**sent, "step-up-code": codes[0][::-1] + "0"}).status_code == 422
    assert client.post("/account/confirm/", {**sent, "step-up-code": code_now()}).status_code == 200
    grow_old(client)
    assert client.post("/account/confirm/", {**sent, "step-up-code": codes[1]}).status_code == 200
    grow_old(client)
    assert client.post("/account/confirm/", {**sent, "step-up-code": codes[1]}).status_code == 422, "good once"


def test_in_single_user_mode_the_password_is_enough() -> None:
    person, _ = with_second_factor()
    client = grow_old(make.client_for(person))
    assert "step-up-code" not in client.get("/account/confirm/").content.decode()
    assert client.post("/account/confirm/", {"step-up-password": make.PASSWORD}).status_code == 200


def test_confirming_gives_the_session_a_new_id() -> None:
    client = grow_old(make.client_for(make.person("Ira Inspector")))
    before = client.session.session_key
    client.post("/account/confirm/", {"step-up-password": make.PASSWORD})
    assert client.session.session_key != before
    assert client.get("/home/").status_code == 200


def test_somebody_elses_password_confirms_nothing() -> None:
    make.person("Otto Other", password="violet-harbour-ninety-two")
    client = grow_old(make.client_for(make.person("Ira Inspector")))
    answer = client.post("/account/confirm/", {"step-up-password": "violet-harbour-ninety-two"})
    assert answer.status_code == 422
    actions.close_person(person=make.person("Ira Inspector"), by=make.administrator())
    assert client.get("/account/confirm/").status_code == 302
