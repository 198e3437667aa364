"""Asking at every door as everybody: which addresses there are, who comes to them, and what they are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldthread.web.doors import Door
from tests.factories import sign_in
from tests.world import Place, Thing, World

ACTORS = (
    "nobody", "lead", "inspector", "inspector-2", "quality-assurance", "analyst", "disclosure-checker",
    "records-officer", "nominated-officer", "uploader", "uploader-2", "director", "improvement-lead", "member",
    "administrator", "ended", "conflicted", "closed", "no-role", "no-second-factor",
)  # fmt: skip
"""Everybody who comes to a door. “nobody” is a respondent, a public reader or anybody else without an account."""

WORDS = {
    200: "page", 201: "done", 204: "done", 302: "sent on", 400: "no sense", 403: "refused", 404: "absent",
    405: "not answered", 409: "too late", 422: "form again", 500: "ERROR",
}  # fmt: skip
LET_IN = {"page", "file", "done", "sent on", "too late", "form again", "no sense"}
"""Answers that only somebody gets whom the door let in."""

DAY = 24 * 3600

CHANGING = ("POST", "PUT", "PATCH", "DELETE")


class CannotFill(Exception):
    """A door's address has a part for which the world holds nothing. The message names the door."""


@dataclass(frozen=True)
class Address:
    """One address behind a door: in which inspection (own, other, site), and about what in which state."""

    door: Door
    place: str
    state: str
    path: str


@dataclass(frozen=True)
class Told:
    """What somebody was told at an address, and how many statements wrote to the database meanwhile."""

    word: str
    status: int
    changed: int
    answer: HttpResponse


def parts_of(door: Door) -> set[str]:
    """The names of the parts of a door's address."""
    return {piece.split(":")[-1] for piece in door.route.replace(">", "<").split("<")[1::2]}


def addresses(world: World, door: Door) -> list[Address]:
    """Every address of a door in this world; of the other inspection one, since no state of a thing there can matter
    to somebody without a role in it. Raises CannotFill."""
    wanted = parts_of(door)
    if "inspection" not in wanted:
        return _filled(door, "site", [*world.site, *world.own.things, *world.other.things], wanted, {})
    return [*_of_place(door, world.own), _of_place(door, world.other)[0]]


def _of_place(door: Door, place: Place) -> list[Address]:
    return _filled(door, place.name, place.things, parts_of(door), {"inspection": place.inspection.pk})


def _filled(door: Door, place: str, things: list[Thing], wanted: set[str], given: dict[str, Any]) -> list[Address]:
    missing = wanted - set(given)
    if not missing:
        return [Address(door, place, "", reverse(door.name, kwargs=given))]
    fitting = _fitting(things, missing)
    if not fitting:
        raise CannotFill(f"{door.name} ({door.route}): nothing in the world has {', '.join(sorted(missing))}")
    found: dict[str, Address] = {}
    for thing in fitting:
        path = reverse(door.name, kwargs={**given, **{name: thing.parts[name] for name in missing}})
        found.setdefault(path, Address(door, place, thing.state, path))
    return list(found.values())


def _fitting(things: list[Thing], missing: set[str]) -> list[Thing]:
    """Things that have all the parts; of these, those that are about least besides."""
    able = [thing for thing in things if missing <= set(thing.parts)]
    fewest = min((len(thing.parts) for thing in able), default=0)
    return [thing for thing in able if len(thing.parts) == fewest]


def mixed(world: World, door: Door) -> Iterator[Address]:
    """Addresses that name the own inspection but a thing of the other one: nobody may find anything there."""
    wanted = parts_of(door) - {"inspection"}
    named = {name for name in wanted if f"uuid:{name}" in door.route or f"int:{name}" in door.route}
    if "inspection" not in parts_of(door) or not named:
        return
    given = {"inspection": world.own.inspection.pk}
    for strange in named:
        own, other = _fitting(world.own.things, wanted), _fitting(world.other.things, wanted)
        parts = {name: own[0].parts[name] for name in wanted} | {strange: other[0].parts[strange]}
        yield Address(door, "mixed", strange, reverse(door.name, kwargs={**given, **parts}))


class Browser(Client):
    """A browser that keeps what it is told and nothing of how the page was made: tens of thousands of answers with
    their templates and contexts beneath them are gigabytes, and each search for dead objects walks through them."""

    def request(self, **request: Any) -> Any:
        """Ask; a page that breaks is an answer of 500, as it would be outside."""
        answer = self.handler(self._base_environ(**request))
        del answer.wsgi_request
        if answer.cookies:
            self.cookies.update(answer.cookies)
        return answer


class Asker:
    """Everybody's browser."""

    def __init__(self, world: World) -> None:
        self._clients = {name: self._client(world, name) for name in ACTORS}
        self._cookies = {name: client.cookies.output(header="") for name, client in self._clients.items()}

    def _client(self, world: World, name: str) -> Client:
        client = Browser()
        if name != "nobody":
            sign_in(client, world.people[name], second_factor=name != "no-second-factor")
        return client

    def ask(self, name: str, method: str, path: str, data: dict[str, Any] | None = None) -> Told:
        """Send a request and take back whatever it changed."""
        client = self._clients[name]
        writes = _Writes()
        mark = transaction.savepoint()
        try:
            with _installation(name), connection.execute_wrapper(writes):
                answer = client.generic(method, path) if data is None else client.post(path, data)
        finally:
            transaction.savepoint_rollback(mark)
            # Whoever was signed out by this request is signed in again, as in the database.
            client.cookies = SimpleCookie(self._cookies[name])
        return Told(_word(answer, path), answer.status_code, writes.count, answer)


@contextmanager
def _installation(name: str) -> Iterator[None]:
    """The settings that this actor meets, without telling everything that listens for a change of settings: at each of
    tens of thousands of requests that took a twentieth of the whole."""
    # Everybody gave their password today; what is asked of a screen left open has tests of its own. And only where more
    # than one person works does an installation ask for a second factor.
    before = settings._wrapped
    held = UserSettingsHolder(before)
    held.STEP_UP_SECONDS = held.SESSION_IDLE_SECONDS = held.SESSION_SEEN_EVERY_SECONDS = DAY
    held.LOCAL_MODE = name != "no-second-factor"
    settings._wrapped = held
    try:
        yield
    finally:
        settings._wrapped = before


class _Writes:
    """Counts the statements that write anything but the session of the browser itself."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += sql.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")) and not any(
            table in sql for table in ("django_session", "access_opensession")
        )
        return execute(sql, params, many, context)


def _word(answer: HttpResponse, path: str) -> str:
    word = WORDS.get(answer.status_code, str(answer.status_code))
    if word == "sent on" and answer.headers["Location"] == f"{reverse('sign_in')}?next={path}":
        return "sign in"
    if word == "page" and not answer.headers.get("Content-Type", "").startswith("text/html"):
        return "file"
    return word
