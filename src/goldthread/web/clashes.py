"""What two people wrote in the same form, in the form's own words, for the page on which one of them chooses."""

from typing import Any

from django import forms
from django.utils import timezone

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Actor
from goldthread.apps.findings import queries as findings
from goldthread.apps.journal import queries as journal
from goldthread.web.forms import GovukForm
from goldthread.web.presenters import areas

LEFT_OUT = ("version", "csrfmiddlewaretoken", "client_key", "typed_text")


def compared(clash: Clash, inspection: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """The fields that differ, each with its label, both texts and what could be chosen; the labels of the others."""
    declared = _form_of(tuple(clash.yours))
    differing, same = [], []
    for name, yours in clash.yours.items():
        theirs = clash.theirs.get(name, "")
        label = _label(name, declared)
        if theirs == yours:
            same.append(label)
            continue
        choices = _choices(name, declared, inspection)
        differing.append({
            "name": name, "label": label, "theirs": _words(theirs, choices), "yours": _words(yours, choices),
            "choices": choices if name != "criteria" else [],
        })  # fmt: skip
    return differing, same


def last_change(clash: Clash, actor: Actor) -> tuple[str, bool]:
    """Who changed it last and when, from the journal, and whether that was the actor, in another window.

    Nothing is said where the thing is not known there.
    """
    entry = journal.latest_about(clash.about) if clash.about is not None else None
    if entry is None:
        return "", False
    own = actor.signed_in and entry.by_id == actor.id
    who = "You" if own else entry.by_name
    return f"{who} changed it on {timezone.localtime(entry.at):%-d %B %Y at %H:%M}.", own


def _form_of(names: tuple[str, ...]) -> dict[str, forms.Field]:
    """The fields of the form that asks for these names and for fewest others; none where no form does."""
    able = [kind.base_fields for kind in _kinds(GovukForm) if set(names) <= set(kind.base_fields)]
    return min(able, key=len, default={})


def _kinds(of: type[GovukForm]) -> list[type[GovukForm]]:
    return [kind for one in of.__subclasses__() for kind in (one, *_kinds(one))]


def _label(name: str, declared: dict[str, forms.Field]) -> str:
    label = declared[name].label if name in declared else None
    return str(label or name.replace("_", " ").replace("-", " ").capitalize())


def _choices(name: str, declared: dict[str, forms.Field], inspection: Any) -> list[tuple[str, str]]:
    """What may be chosen, with its words. Some choices are the framework's, so the declared field has none."""
    static = list(getattr(declared.get(name), "choices", None) or [])
    if static or name not in declared or inspection is None:
        return static
    framework = areas.framework_of(inspection)
    return {
        "area": areas.choices(inspection),
        "grade": [(one.slug, one.title) for one in framework.grades],
        "criteria": [(one.id, one.text) for area in framework.areas for one in area.criteria],
        **{kind: findings.choices()[kind] for kind in ("kind", "confidence")},
    }.get(name, [])


def _words(value: str, choices: list[tuple[str, str]]) -> str:
    titles = dict(choices)
    return "\n".join(titles.get(one, one) for one in value.split(",")) if titles else value
