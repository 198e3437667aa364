"""Who may open which door: every door, everybody, both inspections, every method.

`matrix.csv` beside this file says what each is told, for people to read: one line for a door, a method, a place and
the state of a thing, one column for each actor. Where it should change, write it anew and read the difference:

    GOLDEN_WRITE=1 python -m pytest tests/pages/test_matrix.py

What must hold whatever the file says is asserted beside it.
"""

import csv
import html
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.asking import ACTORS, LET_IN, Address, Asker, CannotFill, Told, addresses, mixed, parts_of
from tests.canaries import Canary
from tests.crawling import texts
from tests.world import World

from goldthread.apps.access.permissions import Permission
from goldthread.web.doors import Door, every_door

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).with_name("matrix.csv")
HEADINGS = ("door", "method", "place", "state")
KEPT_OUT = ("ended", "conflicted", "closed", "no-role", "administrator")
"""Actors who are let in at no door of any inspection."""
TEAM_ONLY = ("fieldwork/", "meetings/", "cases/", "concerns/", "shelf/", "findings/", "judgements/", "report/",
             "capacity/", "moderation-meetings/", "programme/", "voices/", "surveys/")  # fmt: skip
"""What follows the inspection in the addresses of the team's own work."""
COUNCIL = ("nominated-officer", "uploader", "uploader-2", "director", "improvement-lead", "member")
LOOKS = ("draw_who", "case_who", "referral_back_who")
"""Doors behind which an identity is shown, once the look is in the journal."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
"""New at each asking, and nobody's word."""
_FIRST_WORDS = re.compile(r"</h1>\s*<p class=\"govuk-body\">([^<]+)</p>")
"""What a page says beneath its heading: of a refusal, its reason."""
UNANSWERED = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@dataclass(frozen=True)
class Answer:
    """What one actor was told at one address by one method."""

    address: Address
    method: str
    actor: str
    told: Told

    @property
    def let_in(self) -> bool:
        return self.told.word in LET_IN

    def __str__(self) -> str:
        at = self.address
        return f"{at.door.name} {self.method} of {at.place} {at.state!r} as {self.actor}: {self.told.word}"


@pytest.fixture(scope="module")
def doors(world: World) -> dict[Door, list[Address]]:
    found = {}
    for door in every_door():
        try:
            found[door] = addresses(world, door)
        except CannotFill:
            continue
    return found


@pytest.fixture(scope="module")
def answers(world: World, asker: Asker, doors: dict[Door, list[Address]]) -> list[Answer]:
    """Everybody at every address by every method that the door answers (HEAD apart, which is GET without a body)."""
    return [
        Answer(address, method, actor, asker.ask(actor, method, address.path))
        for door, found in doors.items()
        for address in found
        for method in door.methods
        if method != "HEAD"
        for actor in ACTORS
    ]


@pytest.fixture(scope="module")
def strays(world: World, asker: Asker) -> list[Answer]:
    """Everybody at addresses that name the own inspection and a thing of the other one."""
    return [
        Answer(address, method, actor, asker.ask(actor, method, address.path))
        for door in every_door()
        for address in mixed(world, door)
        for method in door.methods
        if method != "HEAD"
        for actor in ("lead", "inspector", "quality-assurance", "nominated-officer", "uploader")
    ]


def listed(answers: Iterable[Answer]) -> list[str]:
    return [str(one) for one in answers]


def in_inspections(answers: Iterable[Answer]) -> Iterator[Answer]:
    return (one for one in answers if "inspection" in parts_of(one.address.door))


def test_every_door_can_be_tried(world: World) -> None:
    """A new door whose address has a part that the world does not know must be given one in `tests/world.py`."""
    blank = []
    for door in every_door():
        try:
            assert addresses(world, door)
        except CannotFill as reason:
            blank.append(str(reason))
    assert blank == []


def test_everybody_is_told_what_the_matrix_says(answers: list[Answer]) -> None:
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    for one in answers:
        key = (one.address.door.name, one.method, one.address.place, one.address.state)
        lines.setdefault(key, {})[one.actor] = one.told.word
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*HEADINGS, *ACTORS))
    writer.writerows((*key, *(told[actor] for actor in ACTORS)) for key, told in sorted(lines.items()))
    if os.environ.get("GOLDEN_WRITE"):
        GOLDEN.write_text(out.getvalue())
    kept, now = GOLDEN.read_text().splitlines(), out.getvalue().splitlines()
    gone, new = sorted(set(kept) - set(now)), sorted(set(now) - set(kept))
    assert (gone, new) == ([], []), "the matrix has changed; GOLDEN_WRITE=1 writes it anew, for you to read"
    assert len(kept) > 250


def test_no_door_breaks(answers: list[Answer], strays: list[Answer]) -> None:
    assert listed(one for one in (*answers, *strays) if one.told.status >= 500) == []
    assert len(answers) > 5000


def test_nobody_is_let_in_to_an_inspection_that_is_not_theirs(answers: list[Answer]) -> None:
    foreign = [one for one in in_inspections(answers) if one.address.place == "other"]
    assert len(foreign) > 1500
    assert listed(one for one in foreign if one.told.word not in ("absent", "sign in", "sent on")) == []
    # Somebody without a second factor is sent to set one up, whatever they ask for.
    sent_on = [one for one in foreign if one.told.word == "sent on"]
    assert {one.actor for one in sent_on} == {"no-second-factor"}
    assert {one.told.answer.headers["Location"] for one in sent_on} == {reverse("second_factor")}


def test_a_thing_of_another_inspection_is_not_found_through_ones_own(strays: list[Answer]) -> None:
    assert len(strays) > 150
    assert listed(one for one in strays if one.told.word not in ("absent", "refused")) == []


def test_what_is_hidden_looks_as_if_it_were_not_there(world: World, asker: Asker, answers: list[Answer]) -> None:
    """The page for what somebody may not see is letter for letter the page for what there is not."""
    nowhere = reverse("inspection_overview", kwargs={"inspection": uuid4()})
    told = {actor: _plain(asker.ask(actor, "GET", nowhere)) for actor in ("lead", "nominated-officer", "no-role")}
    hidden = [one for one in answers if one.told.word == "absent" and one.actor in told and one.method == "GET"]
    assert len(hidden) > 100
    assert listed(one for one in hidden if _plain(one.told) != told[one.actor]) == []


def _plain(told: Told) -> str:
    return re.sub(r' data-session-left="\d+"|/sign-in/\?next=\S+', "", _TOKEN.sub("", told.answer.content.decode()))


def test_those_who_are_kept_out_are_let_in_nowhere(answers: list[Answer]) -> None:
    kept_out = [one for one in in_inspections(answers) if one.actor in (*KEPT_OUT, "nobody")]
    assert len(kept_out) > 2000
    assert listed(one for one in kept_out if one.let_in) == []


def test_without_a_second_factor_one_only_reaches_ones_own_account(answers: list[Answer]) -> None:
    own = {Permission.PUBLIC, Permission.OWN_ACCOUNT}
    asked = [one for one in answers if one.actor == "no-second-factor"]
    inner = [one for one in asked if one.address.door.permission(one.method) not in own]
    assert len(inner) > 150
    factor = reverse("second_factor")
    assert listed(one for one in inner if one.told.answer.headers.get("Location") != factor) == []


def test_somebody_not_signed_in_reaches_public_doors_only(answers: list[Answer]) -> None:
    asked = [one for one in answers if one.actor == "nobody"]
    public = [one for one in asked if one.address.door.permission(one.method) is Permission.PUBLIC]
    inner = [one for one in asked if one.address.door.permission(one.method) is not Permission.PUBLIC]
    assert len(public) > 15
    assert listed(one for one in inner if one.told.word != "sign in") == []
    named = {one.address.door.route.split("/")[0] for one in public}
    # Offline: the empty page and the script that a device keeps, the same for everybody, without a word of anybody's.
    known = {
        *("", "accessibility", "choose-password", "help", "offline", "privacy", "reports", "sign-in", "sign-out"),
        "survey",  # answered without an account: what is asked, and nothing of what anybody answered
    }
    assert named <= known, "a new public door: is it meant for everybody in the world?"


def test_the_council_is_never_let_in_to_the_teams_work(answers: list[Answer]) -> None:
    within = "inspections/<uuid:inspection>/"
    team_only = [
        one
        for one in answers
        if one.actor in COUNCIL and one.address.door.route.removeprefix(within).startswith(TEAM_ONLY)
        if one.address.door.route.startswith(within)
    ]
    assert len(team_only) > 500
    assert listed(one for one in team_only if one.let_in) == []


def test_the_team_is_not_let_in_to_what_the_council_has_not_handed_over(answers: list[Answer]) -> None:
    team = ("lead", "inspector", "quality-assurance", "analyst", "disclosure-checker", "records-officer")
    staged = [one for one in answers if one.address.state.startswith("staged") and one.actor in team]
    assert len(staged) > 100
    assert listed(one for one in staged if one.let_in) == []


def test_the_council_is_not_let_in_to_a_draw_that_was_not_released(answers: list[Answer]) -> None:
    hidden = [one for one in answers if one.actor in COUNCIL and one.address.door.name.startswith("draw")]
    hidden = [one for one in hidden if one.address.state in ("live", "superseded")]
    assert len(hidden) > 50
    assert listed(one for one in hidden if one.let_in) == []


def test_an_inspector_works_on_no_review_but_their_own(answers: list[Answer]) -> None:
    another = [one for one in answers if one.actor == "inspector" and one.address.state.endswith("another's")]
    changing = [one for one in another if one.address.door.permission(one.method) is Permission.CASE_REVIEW_WRITE]
    looking = [one for one in another if one.address.door.permission(one.method) is Permission.VAULT_READ]
    assert len(changing) > 2
    assert listed(one for one in (*changing, *looking) if one.let_in) == []


def test_whoever_is_refused_changes_nothing_and_is_told_why(answers: list[Answer], strays: list[Answer]) -> None:
    refused = [one for one in (*answers, *strays) if one.told.word in ("refused", "absent", "sign in")]
    inner = [one for one in refused if one.address.door.permission(one.method) is not Permission.PUBLIC]
    assert len(inner) > 4000
    assert listed(one for one in inner if one.told.changed) == []
    bare = [one for one in inner if one.told.word == "refused" and not _reason(one.told)]
    assert listed(bare) == []


def _reason(told: Told) -> str:
    answer: Any = told.answer
    if answer.headers["Content-Type"] == "application/json":
        return str(json.loads(answer.content)["says"])
    told_first = _FIRST_WORDS.search(answer.content.decode())
    return html.unescape(told_first[1]).strip() if told_first else ""


def test_looking_changes_nothing(answers: list[Answer]) -> None:
    """A page may be opened twice, fetched early or opened by a machine: nothing may come of it."""
    looking = [one for one in answers if one.method == "GET"]
    assert len(looking) > 3000
    inner = [one for one in looking if one.address.door.permission("GET") is not Permission.PUBLIC]
    assert listed(one for one in inner if one.told.changed) == []


def test_nobody_is_shown_what_is_not_for_them(world: World, answers: list[Answer], strays: list[Answer]) -> None:
    """The canaries of `tests.canaries` in every answer and its headers, down to the parts of files: refusals and forms
    that came back among them, for this is everybody at every address, whether a link led there or they guessed it."""
    leaks = []
    held: dict[str, set[Canary]] = {}  # most answers are one of few refusals, letter for letter
    for one in (*answers, *strays):
        told = list(texts(one.told.answer))
        held.update({text: world.canaries.found_in(text) for text in told if text not in held})
        found = {canary for text in told for canary in held[text] if not canary.may_be_seen_by(one.actor)}
        if one.address.door.name in LOOKS and one.let_in and one.told.changed:
            found = {canary for canary in found if canary.klass != "vault"}
        leaks += [f"{one} shows {canary.klass}: {canary.what} of {canary.place}" for canary in found]
    assert leaks == []


def test_every_other_method_is_not_answered(asker: Asker, doors: dict[Door, list[Address]]) -> None:
    wrong = []
    for door, found in doors.items():
        for method in UNANSWERED:
            for actor in ("nobody", "lead"):
                if method not in door.methods:
                    told = asker.ask(actor, method, found[0].path)
                    if told.status != 405 or told.changed or told.answer.headers["Allow"] != ", ".join(door.methods):
                        wrong.append(f"{door.name} {method} as {actor}: {told.word}")
    assert wrong == []


def test_head_is_get_without_a_body(asker: Asker, answers: list[Answer]) -> None:
    got = {one.address.path: one.told.status for one in answers if one.method == "GET" and one.actor == "director"}
    wrong = []
    for path, status in got.items():
        told = asker.ask("director", "HEAD", path)
        if (told.status, told.answer.content) != (status, b""):
            wrong.append(path)
    assert wrong == []
