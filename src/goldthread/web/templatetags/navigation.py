"""What the header and the ways through the site show, for whoever is asking."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Actor, Grant, Target, decide
from goldthread.apps.access.roles import ROLES
from goldthread.apps.inspections import queries as inspections
from goldthread.web.doors import every_door
from goldthread.web.versions import VERSION

register = template.Library()

WAYS = (
    ("Run", (
        ("inspection_overview", "Overview"), ("members", "Team"), ("timetable", "Timetable"),
        ("fieldwork", "Fieldwork"), ("meetings", "Meetings"), ("requests", "Requests"), ("training", "Training"),
        ("inspection_journal", "Journal"),
    )),
    ("Read", (("submissions", "Data"), ("draws", "Sample"), ("cases", "Cases"), ("programme", "Programme"))),
    ("Gather", (("documents", "Documents"), ("hearing", "Voices"), ("surveys", "Surveys"), ("shelf", "Evidence"))),
    ("Judge", (
        ("findings", "Findings"), ("judgements", "Judgements"), ("report", "Report"), ("improvement", "Improvement"),
    )),
)  # fmt: skip
"""What is done in an inspection, and the ways to it: route and words. A new place joins those of the same doing."""

WAYS_OF_TRAINING = ("inspection_overview", "training", "members", "inspection_journal")
"""The ways through a training inspection: it has no data, no sample and no report."""


_NOT_FOR_EVERYBODY = (
    ("may_manage_accounts", Permission.ACCOUNT_MANAGE), ("may_load_figures", Permission("benchmark.load")),
)  # fmt: skip
"""What the ways across the site ask of whoever is signed in, beyond that."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The actor's roles and conflict in an inspection, asked for once for the whole row of ways."""

    grants: tuple[Grant, ...]
    conflict: str | None

    def grants_of(self, actor: Actor) -> tuple[Grant, ...]:
        return self.grants

    def conflict_of(self, actor: Actor) -> str | None:
        return self.conflict


@register.inclusion_tag("components/ways.html", takes_context=True)
def ways(context: template.Context, inspection: Any) -> dict[str, Any]:
    """The ways through one inspection that this person may go, with the one they are on."""
    request = context.get("request")
    actor = getattr(request, "actor", NOBODY)
    held = _Held(inspection.grants_of(actor), inspection.conflict_of(actor))
    # Asked as for a row of their own: the page itself shows no more than their reach.
    target, now = Target(within=held, owners=frozenset({actor.id})), timezone.now()
    needs = _needs()

    def open_to(route: str) -> bool:
        if inspection.for_training and route not in WAYS_OF_TRAINING:
            return False
        return route in needs and decide(actor, needs[route], target, now).allowed

    groups = [
        (does, [_way(route, words, inspection) for route, words in ways if open_to(route)]) for does, ways in WAYS
    ]
    here = _here([way for _, ways in groups for way in ways], getattr(request, "path", ""))
    shown = [(does, [{**way, "here": way is here} for way in ways]) for does, ways in groups if ways]
    return {"groups": shown, "here": here, "inspection": inspection}


@cache
def _needs() -> dict[str, Permission]:
    return {one.name: one.needs for one in every_door()}


def _way(route: str, words: str, inspection: Any) -> dict[str, str]:
    return {"route": route, "words": words, "address": reverse(route, args=[inspection.pk])}


def _here(ways: list[dict[str, str]], path: str) -> dict[str, str] | None:
    """The way that a page lies on or beneath; the overview is above all of them and so beneath none."""
    beneath = [way for way in ways if path == way["address"] or way["route"] != "inspection_overview"]
    on = [way for way in beneath if path.startswith(way["address"])]
    return max(on, key=lambda way: len(way["address"]), default=None)


@register.simple_tag(takes_context=True)
def roles_here(context: template.Context) -> str:
    """The titles of the actor's roles: in this inspection where the page is of one, else across the site."""
    actor, inspection = context.get("actor") or NOBODY, context.get("inspection")
    if inspection is not None and hasattr(inspection, "grants_of"):
        return ", ".join(inspections.role_titles(inspection, actor))
    now = timezone.now()
    return ", ".join(ROLES[one.role].title for one in actor.site_grants if one.role in ROLES and one.holds_at(now))


@register.simple_tag
def address_of(route: str) -> str:
    """The address of a page, or nothing while no page answers to the name."""
    return _address(route, get_urlconf(), get_script_prefix())


@cache
def _address(route: str, urlconf: str | None, prefix: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


@register.simple_tag
def drawn_once(name: str) -> SafeString:
    """A part of every page that is the same for everybody: drawn once while the programme runs."""
    return _drawn(name, get_urlconf(), get_script_prefix())


@register.simple_tag(takes_context=True)
def places(context: template.Context) -> SafeString:
    """The ways across the site: the same for all who may go to the same places."""
    actor, now = context.get("actor") or NOBODY, timezone.now()
    open_to = tuple((name, decide(actor, permission, Target(), now).allowed) for name, permission in _NOT_FOR_EVERYBODY)
    return _drawn("layouts/_places.html", get_urlconf(), get_script_prefix(), open_to)


@cache
def _drawn(name: str, urlconf: str | None, prefix: str, also: tuple[tuple[str, bool], ...] = ()) -> SafeString:
    return mark_safe(render_to_string(name, {"version_of_goldthread": VERSION, **dict(also)}))  # noqa: S308 - drawn by a template


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str, thing: Any = None) -> bool:
    """Whether the actor may, asked of the same policy as the door."""
    target = thing.target() if thing is not None else Target()
    return decide(context.get("actor") or NOBODY, Permission(permission), target, timezone.now()).allowed
