"""Pages for everybody: the register of published reports and each report, without any thread."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.drafting import known
from goldthread.apps.reports import queries
from goldthread.apps.reports.document import press_summary
from goldthread.web.doors import door
from goldthread.web.files import DRAWN, attachment, picture_of
from goldthread.web.presenters.published import listed
from goldthread.web.presenters.you_said import links_of

A_PAGE = 25


def register(request: HttpRequest) -> HttpResponse:
    """Every published report, newest first, with a search."""
    words = request.GET.get("q", "").strip()
    found = queries.published()
    for word in words.split():
        found = found.filter(authority__icontains=word) | found.filter(title__icontains=word)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"one": listed(held), "framework": known.framework(held.framework).title} for held in page]
    return render(request, "published/register.html", {"page": page, "rows": rows, "words": words})


def published_report(request: HttpRequest, slug: str) -> HttpResponse:
    """One published report as a page."""
    held = queries.publication(slug)
    corrects, editions = queries.corrects_in_public(held.report), queries.editions_published(held)
    own = {told for told, _ in editions}
    context = {
        "held": held, "document": queries.published_document(held), "synthetic": held.synthetic,
        "editions": editions, "notices": queries.corrections(held),
        "dropped": queries.dropped_numbers(held),
        "corrected_by": queries.corrected_by(held), "corrects": corrects,
        "earlier": [one for one in queries.editions_published(corrects) if one[0] not in own] if corrects else [],
        "imprint": queries.imprint(held.report, held.published_at), "told_back": links_of(held.report.inspection_id),
    }  # fmt: skip
    return render(request, "published/report.html", context)


def published_press(request: HttpRequest, slug: str) -> HttpResponse:
    """The press summary of a published report: its grades and points in its own words, on one short page."""
    held = queries.publication(slug)
    document = queries.published_document(held)
    context = {
        "held": held, "document": document, "press": press_summary(document), "synthetic": held.synthetic,
        "notices": queries.corrections(held),
    }  # fmt: skip
    return render(request, "published/press.html", context)


def published_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The published PDF: the very bytes that were published."""
    held = queries.publication(slug)
    return attachment(bytes(held.pdf), DRAWN["pdf"][1], f"{held.slug}.pdf")


def published_word(request: HttpRequest, slug: str) -> HttpResponse:
    """The published Word file."""
    held = queries.publication(slug)
    return attachment(bytes(held.word), DRAWN["docx"][1], f"{held.slug}.docx")


def published_odt(request: HttpRequest, slug: str) -> HttpResponse:
    """The published OpenDocument file; there is none of what was published before there were any."""
    held = queries.publication(slug)
    if not held.odt:
        raise Http404
    return attachment(bytes(held.odt), DRAWN["odt"][1], f"{held.slug}.odt")


def published_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The published report for machines, with the digests of its files."""
    held = queries.publication(slug)
    told: dict[str, Any] = {
        **held.content, "published": held.published_at.isoformat(), "sha256": held.sha256,
        "version": held.report.number, "imprint": queries.imprint(held.report, held.published_at),
        "editions": [
            {"name": document.name, "language": document.language, "address": _address(request, held.slug, one)}
            for one, document in queries.editions_published(held)
        ],
        **_corrections(held),
        "corrected_by": _report_address(request, queries.corrected_by(held)),
        "corrects": _report_address(request, queries.corrects_in_public(held.report)),
    }  # fmt: skip
    return JsonResponse(told)


def _corrections(held: Any) -> dict[str, Any]:
    """The notices on a published report as data, and the numbers of those that were dropped before a later one."""
    return {
        "corrections": [
            {
                "number": one.number, "where": one.label, "says": one.wrong, "right": one.right, "why": one.why,
                "published": one.public_from.isoformat() if one.public_from else "",
            }
            for one in queries.corrections(held)
        ],
        "corrections_dropped": queries.dropped_numbers(held),
    }  # fmt: skip


def _address(request: HttpRequest, slug: str, edition: str) -> str:
    return request.build_absolute_uri(reverse("published_edition_file", args=[slug, edition, "json"]))


def _report_address(request: HttpRequest, other: Any) -> str | None:
    """The stable address of another version's data; None where there is no other."""
    return request.build_absolute_uri(reverse("published_json", args=[other.slug])) if other is not None else None


def published_edition(request: HttpRequest, slug: str, told: str) -> HttpResponse:
    """One edition of a published report: for children and young people, in easy read, or translated."""
    held = queries.edition_published(slug, told)
    document = queries.document_of_edition(held)
    context = {
        "held": held, "document": document, "synthetic": document.synthetic,
        "corrected": queries.corrected_since(held), "follows_not": queries.follows_not(held),
        "notices": queries.corrections(held.publication),
    }  # fmt: skip
    return render(request, "published/edition.html", context)


def published_edition_file(request: HttpRequest, slug: str, told: str, ending: str) -> HttpResponse:
    """A published edition as a file or as data: the very bytes that were published, with their digests."""
    held = queries.edition_published(slug, told)
    drawn = {"pdf": held.pdf, "docx": held.word, "odt": held.odt}.get(ending)
    if drawn:
        return attachment(bytes(drawn), DRAWN[ending][1], f"{slug}-{told}.{ending}")
    if ending != "json":
        raise Http404
    full = held.publication
    data = {
        **held.content, "published": held.public_from.isoformat(), "sha256": held.sha256,
        "full_report": _report_address(request, full), "corrected_since": queries.corrected_since(held),
        **_corrections(full), "corrected_by": _report_address(request, queries.corrected_by(full)),
    }  # fmt: skip
    return JsonResponse(data)


def published_figure(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """The chart of one section of a published report."""
    return picture_of(
        queries.figure(queries.published_document(queries.publication(slug)), section, narrow="narrow" in request.GET)
    )


DOORS = [
    door("reports/", register, "register", needs=Permission.PUBLIC),
    door("reports/<slug:slug>/", published_report, "published_report", needs=Permission.PUBLIC),
    door(
        "reports/<slug:slug>/figures/<slug:section>.svg", published_figure, "published_figure", needs=Permission.PUBLIC
    ),
    door("reports/<slug:slug>/editions/<slug:told>/", published_edition, "published_edition", needs=Permission.PUBLIC),
    door(
        "reports/<slug:slug>/editions/<slug:told>/report.<slug:ending>",
        published_edition_file,
        "published_edition_file",
        needs=Permission.PUBLIC,
    ),
    door("reports/<slug:slug>/press/", published_press, "published_press", needs=Permission.PUBLIC),
    door("reports/<slug:slug>/report.pdf", published_pdf, "published_pdf", needs=Permission.PUBLIC),
    door("reports/<slug:slug>/report.docx", published_word, "published_word", needs=Permission.PUBLIC),
    door("reports/<slug:slug>/report.odt", published_odt, "published_odt", needs=Permission.PUBLIC),
    door("reports/<slug:slug>/report.json", published_json, "published_json", needs=Permission.PUBLIC),
]
