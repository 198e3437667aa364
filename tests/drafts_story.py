"""Somebody who writes own instruments and frameworks, and their browser, for the tests of drafts."""

import re
from typing import Any

import lxml.html
from django.test import Client

from goldthread.apps.access import actions as access
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.drafting import queries
from goldthread.apps.drafting.models import Draft
from goldthread.domain.instrument import Instrument
from tests import factories

CHECK = "two-minute-check-1"


def quality() -> Actor:
    """A quality-assurance manager across the site."""
    who = factories.person("Quinn Quality")
    access.grant_site_role(person=who, role="quality-assurance", by=PROGRAMME)
    return factories.actor(who)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", lxml.html.fromstring(answer.content).text_content())


def filled(page: Any, path: str = "", **fill: Any) -> dict[str, Any]:
    """What the form of a page would send, with some of it filled in otherwise."""
    forms = [one for one in lxml.html.fromstring(page.content).forms if one.method == "POST"]
    form = next(
        one for one in forms if "sign-out" not in (one.get("action") or "") and (one.get("action") or "") == path
    )
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return {**sent, **fill}


def at_form(client: Client, path: str, **fill: Any) -> Any:
    """Open a page, fill its form in and send it."""
    page = client.get(path)
    assert page.status_code == 200, path
    return client.post(path, filled(page, **fill))


def begun(client: Client, **more: Any) -> Draft:
    answer = at_form(
        client, "/drafts/new/",
        **{"kind": "instrument", "how": "copy", "copy_of": f"instrument:{CHECK}", "title": "Our check", **more},
    )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    return Draft.objects.latest("created_at")


def held(draft: Draft) -> Instrument:
    found = queries.read(Draft.objects.get(pk=draft.pk))[0]
    assert isinstance(found, Instrument)
    return found


def of(draft: Draft, *parts: str) -> str:
    return "/".join([f"/drafts/{draft.pk}", *parts]) + "/"
