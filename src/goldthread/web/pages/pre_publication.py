"""Pages: a report under embargo, as the one person of the authority who was given a copy reads it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.rendering import kept
from goldthread.domain.embargo import in_words, not_before
from goldthread.web.doors import door
from goldthread.web.files import DRAWN, attachment, file_name
from goldthread.web.presenters import accuracy as presenter


def _mark(copy: Any, actor: Actor) -> str:
    terms = not_before(copy.publication.published_at)
    return presenter.mark(actor, copy.inspection, timezone.localdate(), terms)


def pre_copy(request: HttpRequest, copy: Any) -> HttpResponse:
    """A pre-publication copy: its terms; and its text, once the journal has it that the reader opened it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    document = None
    if request.method == "POST":
        try:
            document = actions.open_pre_copy(copy=copy, by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            messages.error(request, refusal.reason)
            return redirect("pre_copy", inspection=copy.inspection_id, early=copy.pk)
    public = copy.live and not queries.under_embargo(copy.publication)
    context = {
        "inspection": copy.inspection, "copy": copy, "document": document, "files": DRAWN,
        "ended": queries.ended_because(copy), "moment": in_words(copy.publication.published_at),
        "terms": not_before(copy.publication.published_at), "mark": _mark(copy, actor),
        "address": copy.publication.slug if public else "",
        "charts": sum(part.figure is not None for part in document.parts) if document else 0,
    }  # fmt: skip
    return render(request, "accuracy/pre_copy.html", context)


def pre_copy_file(request: HttpRequest, copy: Any) -> HttpResponse:
    """A pre-publication copy as a file with its reader's mark on every page, the journal saying so first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = request.POST.get("format", "")
    if form not in DRAWN:
        raise Refused("Choose a PDF, a Word or an OpenDocument file.")
    document = actions.open_pre_copy(copy=copy, form=form, by=actor)
    held = kept.marked(document, form, _mark(copy, actor), imprint=queries.imprint(copy.publication.report))
    return attachment(held, DRAWN[form][1], file_name("pre-publication-under-embargo", form, of=copy.inspection))


_ONE = "inspections/<uuid:inspection>/pre-publication/<uuid:early>/"
_READ = Permission.ACCURACY_READ
DOORS: list[URLPattern] = [
    door(_ONE, pre_copy, "pre_copy", needs=_READ, to_change=_READ, about=queries.pre_copy),
    door(_ONE + "file/", pre_copy_file, "pre_copy_file", needs=_READ, to_change=_READ, about=queries.pre_copy,
         reads=False, step_up=True, file=True),
]  # fmt: skip
