"""Pages: an inspection's journal, and the proof that it is whole."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, reaches
from goldthread.apps.access.roles import Reach
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.journal import queries
from goldthread.apps.journal.events import EVENTS
from goldthread.web.doors import door

A_PAGE = 50


def inspection_journal(request: HttpRequest, own: Any) -> HttpResponse:
    """The journal as far as this person may read it, newest first."""
    inspection = own.inspection
    found = _readable(request.actor, inspection)  # type: ignore[attr-defined]
    event, words = request.GET.get("event", ""), request.GET.get("q", "").strip()
    if event in EVENTS:
        found = found.filter(event=event)
    for word in words.split():
        found = found.filter(by_name__icontains=word) | found.filter(about_label__icontains=word)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection,
        "page": page,
        "rows": [(entry, queries.sentence(entry)) for entry in page],
        # Accounts and sign-ins have a journal of their own, so their events never stand in this one.
        "events": sorted(((one.code, one.title) for one in EVENTS.values() if not _of_the_site(one.code)), key=_title),
        "event": event,
        "words": words,
        "proof": queries.verify(inspection.pk),
        "kept": request.GET.get("head", "").strip(),
        "against": queries.verify(inspection.pk, expected_head=request.GET["head"].strip())
        if request.GET.get("head", "").strip()
        else None,
    }
    return render(request, "journal/inspection.html", context)


def _of_the_site(code: str) -> bool:
    return code.startswith("access.")


def _title(choice: tuple[str, str]) -> str:
    return choice[1].removeprefix("A ").removeprefix("An ").lower()


def site_journal(request: HttpRequest) -> HttpResponse:
    """What happened to accounts and sign-ins, for the administrator."""
    page = Paginator(queries.entries("site"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(entry, queries.sentence(entry)) for entry in page],
        "proof": queries.verify("site"),
    }
    return render(request, "journal/site.html", context)


def _readable(actor: Actor, inspection: Any) -> Any:
    held = reaches(inspection.grants_of(actor), Permission.JOURNAL_READ, timezone.now())
    kinds = {reach for _, reach in held}
    if Reach.ALL in kinds:
        return queries.entries(inspection.pk)
    if Reach.SIDE in kinds:
        side = next(side for side, reach in held if reach is Reach.SIDE)
        return queries.entries(inspection.pk, side=side)
    return queries.entries(inspection.pk, by_id=actor.id)


DOORS = [
    door(
        "inspections/<uuid:inspection>/journal/",
        inspection_journal,
        "inspection_journal",
        needs=Permission.JOURNAL_READ,
        about=inspections.own_part,
    ),
    door("journal/", site_journal, "site_journal", needs=Permission.ACCOUNT_MANAGE),
]
