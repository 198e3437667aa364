"""When something could not be done: plain words, the right status, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from tests import factories as make

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import NOBODY
from goldthread.web.doors import clash_page
from goldthread.web.pages import errors

pytestmark = pytest.mark.django_db


def request_with(fields: dict[str, Any]) -> HttpRequest:
    from django.contrib.messages.storage.fallback import FallbackStorage

    request = RequestFactory().post("/somewhere/", fields)
    request.actor, request.session = NOBODY, {}  # type: ignore[attr-defined, assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def test_a_page_that_is_not_there_says_so_in_our_own_words(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "not for you to see" in answer.content.decode() and "Goldthread" in answer.content.decode()


def test_a_mistake_of_ours_gives_back_what_was_typed_but_no_password() -> None:
    sent = {
        "statement": "Long thought <b>",
        "old_password": "hush-hush",
        "code": "123456",
        "csrfmiddlewaretoken": "tok",
    }
    for page, status in ((errors.server_error, 500), (errors.csrf_failure, 403)):
        answer = page(request_with(sent))
        text = answer.content.decode()
        assert answer.status_code == status
        assert "Long thought &lt;b&gt;" in text
        assert "hush-hush" not in text and "123456" not in text and "tok" not in re.findall(r">([^<]*)<", text)


def test_a_real_exception_becomes_our_page_without_its_insides(monkeypatch: pytest.MonkeyPatch) -> None:
    from goldthread.web.presenters import today

    def broken(actor: object) -> list[Any]:
        raise RuntimeError("child 4711 of Wexcombe")

    client = make.client_for(make.person())
    client.raise_request_exception = False
    monkeypatch.setattr(today, "tasks", broken)
    answer = client.get("/home/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "4711" not in answer.content.decode() and "RuntimeError" not in answer.content.decode()


def test_a_request_that_makes_no_sense_is_told_so(client: Client) -> None:
    answer = errors.bad_request(request_with({}), Exception())
    assert answer.status_code == 400
    assert "made no sense" in answer.content.decode()


def test_a_refusal_without_a_reason_of_ours_is_still_a_page() -> None:
    answer = errors.forbidden(request_with({}), Exception())
    assert answer.status_code == 403
    assert "You may not do this." in answer.content.decode()


def clash(fields: dict[str, Any], theirs: dict[str, str], yours: dict[str, str]) -> str:
    answer = clash_page(request_with(fields), Clash(current_version=8, theirs=theirs, yours=yours))
    assert answer.status_code == 409
    return str(answer.content.decode())


def test_a_clash_shows_both_texts_and_offers_three_ways_on() -> None:
    text = clash(
        {
            "statement": "Mine & more",
            "area": "leaders",
            "version": "7",
            "csrfmiddlewaretoken": "tok",
            "client_key": "k",
        },
        {"statement": "Theirs", "area": "leaders"},
        {"statement": "Mine & more", "area": "leaders"},
    )
    assert "Theirs" in text and "Mine &amp; more" in text
    assert 'href="/somewhere/"' in text
    mine, edited = re.findall(r'<form method="post" action="/somewhere/".*?</form>', text, flags=re.DOTALL)
    for form in (mine, edited):
        assert re.findall(r'name="version" value="(\d+)"', form) == ["8"]
        assert 'name="area" value="leaders"' in form
        assert 'value="tok"' not in form and 'name="client_key"' not in form
    assert 'name="statement" value="Mine &amp; more"' in mine
    assert re.search(r'<textarea[^>]*name="statement"[^>]*>Mine &amp; more</textarea>', edited)


def test_a_clash_of_several_lines_keeps_every_line() -> None:
    text = clash({"text": ["one", "two"], "version": "1"}, {"text": "zero"}, {"text": "one two"})
    assert text.count('name="text"') == 4


def test_a_clash_in_which_both_wrote_the_same_says_so() -> None:
    assert "the same" in clash({"name": "A"}, {"name": "A"}, {"name": "A"})
