"""People, inspections and roles for tests, made through the actions that the pages use."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.test import Client

from goldthread.apps.access import actions as access
from goldthread.apps.access import terms
from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection

PASSWORD = "copper-lantern-meadow-27"
_numbers = count(1)


def person(name: str = "", email: str = "", password: str | None = PASSWORD) -> Person:
    """An account. The same name twice gives the same account."""
    name = name or f"Person {next(_numbers)}"
    address = email or name.lower().replace(" ", ".") + "@example.org"
    who = access.add_person(email=address, name=name, password=password, by=PROGRAMME)
    if who.terms_accepted < terms.VERSION and who.is_active:
        access.accept_terms(person=who, version=terms.VERSION, by=actor_for(who, second_factor=True))
    return who


def actor(who: Person | str, *, second_factor: bool = True) -> Actor:
    """Whoever that is, as pages and actions know them."""
    return actor_for(person(who) if isinstance(who, str) else who, second_factor=second_factor)


def site_lead(name: str = "Lena Lead") -> Actor:
    """Somebody who may set inspections up."""
    who = person(name)
    access.grant_site_role(person=who, role="lead", by=PROGRAMME)
    return actor(who)


def administrator(name: str = "Ada Administrator") -> Actor:
    """Somebody who keeps the accounts."""
    who = person(name)
    access.grant_site_role(person=who, role="administrator", by=PROGRAMME)
    return actor(who)


def inspection(*, lead: Actor | None = None, **changed: Any) -> Inspection:
    """An inspection of an invented authority, with its lead."""
    details: dict[str, Any] = {
        "title": "Wexcombe, autumn 2026", "authority": "Wexcombe", "framework": "ilacs-2026", "kind": "inspection",
        "call_day": date(2026, 11, 2), "fieldwork_from": date(2026, 11, 9), "fieldwork_to": date(2026, 11, 20),
        "synthetic": True,
    }  # fmt: skip
    return inspections.create(**{**details, **changed}, client_key=uuid4(), by=lead or site_lead())


def member(within: Inspection, role: str, name: str = "", *, ended: bool = False) -> Actor:
    """Somebody with a role in the inspection. Named after the role where no name is given."""
    who = person(name or f"{role.replace('-', ' ').title()} of {within.authority}")
    until = datetime.now(UTC) + (timedelta(seconds=-1) if ended else timedelta(days=90))
    inspections.add_member(inspection=within, person=who, role=role, by=PROGRAMME, valid_to=until)
    return actor(who)


def client_for(who: Actor | Person, *, second_factor: bool = True) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    sign_in(client, who, second_factor=second_factor)
    return client


def sign_in(client: Client, who: Actor | Person, *, second_factor: bool = True) -> None:
    """Sign somebody in, in a browser that is there."""
    account = who if isinstance(who, Person) else Person.objects.get(pk=who.id)
    client.force_login(account, backend="goldthread.web.sign_in.Accounts")
    held = access.begin_session(person=account, device="A browser in a test", by=PROGRAMME)
    session = client.session
    session["open_session"] = str(held.pk)
    session["began_at"] = session["seen_at"] = session["proved_at"] = datetime.now(UTC).timestamp() + 1
    if second_factor:
        session["second_factor_at"] = session["began_at"]
    session.save()
