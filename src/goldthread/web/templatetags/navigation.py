"""What the header and the ways through the site show, for whoever is asking."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Actor, Grant, Target, decide
from goldthread.apps.access.roles import ROLES
from goldthread.apps.inspections import queries as inspections
from goldthread.web.doors import every_door

register = template.Library()

# Route and words, in the order of an inspection.
WAYS = (
    ("inspection_overview", "Overview"), ("submissions", "Data"), ("documents", "Documents"),
    ("draws", "Sample"), ("cases", "Cases"),
    ("shelf", "Evidence"), ("findings", "Findings"), ("judgements", "Judgements"), ("report", "Report"),
    ("members", "Team"), ("training", "Training"), ("timetable", "Timetable"), ("requests", "Requests"),
    ("hearing", "Voices"),
    ("fieldwork", "Fieldwork"), ("meetings", "Meetings"), ("programme", "Programme"), ("inspection_journal", "Journal"),
)  # fmt: skip


WAYS_OF_TRAINING = ("inspection_overview", "training", "members", "inspection_journal")
"""The ways through a training inspection: it has no data, no sample and no report."""


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
    needs = {one.name: one.needs for one in every_door()}
    shown = []
    for route, words in WAYS:
        if inspection.for_training and route not in WAYS_OF_TRAINING:
            continue
        if route not in needs or not decide(actor, needs[route], target, now).allowed:
            continue
        try:
            shown.append({"route": route, "words": words, "address": reverse(route, args=[inspection.pk])})
        except NoReverseMatch:
            continue
    path = getattr(request, "path", "")
    beneath = [way for way in shown if path == way["address"] or way["route"] != "inspection_overview"]
    here = max((way for way in beneath if path.startswith(way["address"])), key=_length, default=None)
    return {"ways": [{**way, "here": way is here} for way in shown], "inspection": inspection}


def _length(way: dict[str, str]) -> int:
    return len(way["address"])


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
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def may(context: template.Context, permission: str, thing: Any = None) -> bool:
    """Whether the actor may, asked of the same policy as the door."""
    target = thing.target() if thing is not None else Target()
    return decide(context.get("actor") or NOBODY, Permission(permission), target, timezone.now()).allowed
