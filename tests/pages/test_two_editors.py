"""Two people at one form, and one person who sends it twice: at every door that changes something.

Generated from the doors themselves: one that `tests/two_editors.py` does not sort makes this red, and an edit form
without a version cannot pass it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import lxml.html
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.asking import _Writes as Writes
from tests.asking import parts_of
from tests.data_world import A_LOCAL_RULE
from tests.factories import client_for
from tests.kernel.benchmark_file import neighbours_csv, outcomes_csv
from tests.makings import MAKING, WITHOUT_KEY, Making
from tests.no_edit import NO_EDIT
from tests.submissions_story import assessments
from tests.two_editors import EDITING, FIRST, SECOND, Editing
from tests.world import World

from goldthread.web.doors import Door, every_door

pytestmark = pytest.mark.django_db

DOORS = {one.name: one for one in every_door()}
WORKBOOK = assessments()
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES = ("neighbours.csv", neighbours_csv().encode(), "text/csv")
FILES = {
    "submissions": ("lists.xlsx", WORKBOOK, EXCEL), "benchmarks": FIGURES, "site_benchmarks": FIGURES,
    "documents_upload": ("policy.txt", b"A policy of visits.", "text/plain"),
    "document_replace": ("policy.txt", b"A policy of visits, changed.", "text/plain"),
    "local_rules": ("ours.toml", A_LOCAL_RULE.encode(), "application/toml"),
    "past_grades_from_table": ("outcomes.csv", outcomes_csv().encode(), "text/csv"),
}  # fmt: skip
"""What is handed in at the doors that take a file: its name, its bytes and its type."""
NOT_COUNTED = {"sessions.session", "inspections.typedtext"}


@pytest.fixture
def undone(world: World) -> Iterator[World]:
    """The world, in which whatever the test does is taken back."""
    mark = transaction.savepoint()
    yield world
    transaction.savepoint_rollback(mark)


def parts_for(world: World, door: Door, kind: str, state: str) -> dict[str, Any]:
    """The parts of a door's address: the thing asked for, in the own inspection or of the site."""
    wanted = parts_of(door)
    parts: dict[str, Any] = {"inspection": world.own.inspection.pk}
    for thing in [*world.own.things, *world.site]:
        if not kind or (thing.kind, thing.state) == (kind, state):
            parts = {**thing.parts, **parts}
    return {name: parts[name] for name in wanted}


def form_at(browser: Client, host: str, path: str) -> lxml.html.FormElement:
    """The form on a page that is sent to a path, as a browser sees it."""
    answer = browser.get(host)
    assert answer.status_code == 200, f"{host} answered {answer.status_code}"
    forms = lxml.html.fromstring(answer.content).forms
    found = [one for one in forms if one.method == "POST" and (one.get("action") or host) == path]
    assert found, f"{host} has no form that is sent to {path}"
    form: lxml.html.FormElement = found[-1]
    return form


def filled(form: lxml.html.FormElement, typed: str, fill: dict[str, Any]) -> dict[str, list[str]]:
    """What the browser would send: `typed` in the last box of each name, and for each that is to be filled in."""
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    for box in form.iter("textarea"):
        sent[box.name][-1] = typed
    for name, value in fill.items():
        sent[name] = value if isinstance(value, list) else [value or typed]
    return sent


def test_every_door_that_changes_something_is_sorted() -> None:
    changing = {one.name for one in every_door() if one.to_change}
    sorted_in = [*NO_EDIT, *MAKING, *EDITING]
    assert sorted(sorted_in) == sorted(set(sorted_in)), "a door is sorted twice"
    assert changing == set(sorted_in), "sort the door in tests/two_editors.py, with the reason"
    assert all(NO_EDIT.values())


@pytest.mark.parametrize("name", EDITING)
def test_whoever_comes_second_writes_over_nothing(undone: World, name: str) -> None:
    door, how = DOORS[name], EDITING[name]
    parts = parts_for(undone, door, how.kind, how.state)
    if how.before:
        how.before(undone.own, parts)
    path = reverse(name, kwargs=parts)
    first = _sent_by(undone, name, how, parts, FIRST)
    browser = client_for(undone.people[how.by])
    second = _sent_by(undone, name, how, parts, SECOND)
    going = reverse(how.first, kwargs=parts) if how.first else path
    if how.first:
        other = EDITING[how.first]
        first = _sent_by(undone, how.first, other, parts, FIRST)
        done = client_for(undone.people[other.by]).post(going, first)
    else:
        done = browser.post(going, first)
    assert done.status_code == 302, _words(done)

    writes = Writes()
    with connection.execute_wrapper(writes):
        clash = browser.post(path, second)
    words = _words(clash)
    assert (clash.status_code, writes.count) == (409, 0), words
    own = "You changed it on" in words
    assert (
        "You changed this in another window" if own else "Somebody else changed this while you had it open"
    ) in words
    if how.move:
        assert "What happened meanwhile" in words
    else:
        assert FIRST in words
    if any(SECOND in one for values in second.values() for one in values):
        assert SECOND in words
    _all_the_same(browser, clash, path, text=not how.move)


def _sent_by(world: World, name: str, how: Editing, parts: dict[str, Any], typed: str) -> dict[str, list[str]]:
    path = reverse(name, kwargs=parts)
    host = reverse(how.host, kwargs={n: parts[n] for n in parts_of(DOORS[how.host])}) if how.host else path
    fill = {**how.fill, **(how.given(world.own, typed) if how.given else {})}
    return filled(form_at(client_for(world.people[how.by]), host, path), typed, fill)


def _all_the_same(browser: Client, clash: HttpResponse, path: str, *, text: bool) -> None:
    """The page's own form carries everything on: a text is saved, a move is made or refused in plain English."""
    forms = [one for one in lxml.html.fromstring(clash.content).forms if one.get("action") == path]
    sent: dict[str, list[str]] = {}
    for name, value in forms[0].form_values():
        sent.setdefault(name, []).append(value)
    again = browser.post(path, sent)
    assert again.status_code in ((302,) if text else (302, 403, 409, 422)), _words(again)
    if not text and again.status_code == 409:
        assert "What happened meanwhile" not in _words(again), "the page gave the old version again"


def _words(answer: HttpResponse) -> str:
    return str(lxml.html.fromstring(answer.content).text_content()) if answer.content else str(answer.headers)


@pytest.mark.parametrize("name", MAKING)
def test_sending_a_form_twice_makes_one_thing(undone: World, name: str) -> None:
    door, how = DOORS[name], MAKING[name]
    parts = parts_for(undone, door, how.kind, how.state)
    if how.before:
        how.before(undone.own, parts)
    path = reverse(name, kwargs=parts)
    browser = client_for(undone.people[how.by])
    host = reverse(how.host, kwargs={n: parts[n] for n in parts_of(DOORS[how.host])}) if how.host else path
    sent = filled(
        form_at(browser, host, path), "Twice told.", {**how.fill, **(how.given(undone.own) if how.given else {})}
    )
    assert "client_key" in sent or name in WITHOUT_KEY, "give the form a client key, or say why it needs none"

    before = _counts()
    answers = [_post(browser, name, path, sent, how) for _ in range(2)]
    counts = _counts()
    assert [one.status_code for one in answers] == [302, 302], _words(answers[-1])
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    made = {table: count - before[table] for table, count in counts.items() if count != before[table]}
    assert made and counts == answers[0].counted, f"the second sending made something: {made}"


def _post(browser: Client, name: str, path: str, sent: dict[str, Any], how: Making) -> Any:
    held = dict(sent)
    if name in FILES:
        held["file"] = SimpleUploadedFile(*FILES[name])
    answer: Any = browser.post(path, held)
    answer.counted = _counts()
    return answer


def _counts() -> dict[str, int]:
    models = [one for one in apps.get_models() if one._meta.label_lower not in NOT_COUNTED]
    return {one._meta.label_lower: one._default_manager.count() for one in models}


@pytest.mark.parametrize(
    ("first_by", "says"),
    [("inspector", "You changed this in another window"), ("lead", "Somebody else changed this while you had it open")],
)
def test_a_clash_with_oneself_is_told_as_one(undone: World, first_by: str, says: str) -> None:
    how = EDITING["change_finding"]
    parts = parts_for(undone, DOORS["change_finding"], how.kind, how.state)
    path = reverse("change_finding", kwargs=parts)
    second = _sent_by(undone, "change_finding", how, parts, SECOND)
    first = replace(how, by=first_by)
    assert (
        client_for(undone.people[first_by])
        .post(path, _sent_by(undone, "change_finding", first, parts, FIRST))
        .status_code
        == 302
    )
    clash = client_for(undone.people[how.by]).post(path, second)
    assert (clash.status_code, says in _words(clash)) == (409, True)
