"""Pages of the library: searching it, what is still to be read, a document page by page, and passages for the shelf."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.documents import actions, queries
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.apps.requests import queries as requests
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain import search_terms
from goldthread.domain.anchoring import Place, find
from goldthread.domain.document_kinds import KINDS
from goldthread.domain.search_words import PLACES
from goldthread.web.document_forms import CiteForm, NoteForm
from goldthread.web.doors import door
from goldthread.web.presenters import areas
from goldthread.web.presenters import documents as presenter
from goldthread.web.presenters import passages as shown

A_PAGE = 20
FIELDS = ("words", "by", "place", "kind", "area", "year", "asked", "marked", "tag", "status")
_HOW = ("by", "place")
"""Of these, what says nothing where no words are sought."""
NOT_NAMED = "No area named"


def choice_of(request: HttpRequest, part: Any) -> queries.Choice:
    """What is asked for. Words are posted, and stand in an address sealed alone: they may be a child's name."""
    if request.method == "GET":
        back = queries.brought_back(part.actor, part.inspection, request.GET.get("search", ""))
        if back is not None:
            return back
    sent = request.POST if request.method == "POST" else request.GET
    held = {name: sent.get(name, "").strip()[:300] for name in FIELDS}
    return queries.Choice(**{**held, "words": held["words"] if request.method == "POST" else ""})


def documents(request: HttpRequest, part: Any) -> HttpResponse:
    """The library: searched and filtered, page by page; only what the reader may see is searched and counted."""
    inspection, choice = part.inspection, choice_of(request, part)
    if request.method == "POST" and choice.words:
        # What was found stands behind an address of its own, so that the way back leads to it.
        turned = shown.number_of(request.POST.get("page", ""), 100_000)
        search = {"search": queries.carried(part.actor, inspection, choice)}
        asked = search | ({"page": str(turned)} if turned > 1 else {})
        return redirect(f"{reverse('documents', args=[inspection.pk])}?{urlencode(asked)}")
    if request.method == "POST" and not choice.words:
        # How words are sought says nothing where there are none.
        kept = {name: getattr(choice, name) for name in FIELDS if name not in _HOW and getattr(choice, name)}
        where = reverse("documents", args=[inspection.pk])
        return redirect(f"{where}?{urlencode(kept)}" if kept else where)
    context = _offered(part, choice)
    number = shown.number_of(request.GET.get("page", ""), 100_000)
    if choice.words and queries.still_opening(inspection):
        context["opening"] = True
    elif choice.words:
        result = queries.search(part.actor, inspection, choice, number=number)
        context |= {
            "result": result, "hits": _with_images(result), "page_obj": shown.paged(result.pages, number, A_PAGE),
            "sent": [(name, getattr(choice, name)) for name in FIELDS],
            "search": request.GET.get("search", ""), "number_of_page": number,
        }  # fmt: skip
    else:
        context |= _listed(part.actor, inspection, choice, number, team=context["team"])
    return render(request, "documents/library.html", context)


def _listed(actor: Actor, inspection: Any, choice: queries.Choice, number: int, *, team: bool) -> dict[str, Any]:
    """A page of the documents that fit where no words are sought."""
    page = Paginator(queries.library(actor, inspection, choice), A_PAGE).get_page(number)
    read = queries.read_by(actor, page.object_list) if team else set()
    alike = queries.near_copies(actor, list(page))
    return {
        "page_obj": page, "most_megabytes": presenter.limits()["megabytes"],
        "sent": [(name, getattr(choice, name)) for name in FIELDS if getattr(choice, name)],
        "rows": [
            {"document": one, "kind": KINDS.get(one.kind, ""), "state": presenter.state(one), "read": one.pk in read,
             "pictures": presenter.pictures(one), "alike": alike.get(one.pk, [])}
            for one in page
        ],
    }  # fmt: skip


def _with_images(result: queries.Result) -> list[tuple[queries.Hit, bool]]:
    """Each hit with whether its text was read from an image."""
    seen = queries.from_images((hit.document.pk, hit.page) for hit in result.hits)
    return [(hit, (hit.document.pk, hit.page) in seen) for hit in result.hits]


def _offered(part: Any, choice: queries.Choice) -> dict[str, Any]:
    """What the form of the library offers to whoever asks."""
    actor, inspection = part.actor, part.inspection
    team = "team" in inspection_queries.sides_of(inspection, actor)
    asked = requests.of_inspection(actor, inspection)
    return {
        "inspection": inspection, "asked": choice, "team": team, "kinds": list(KINDS.items()),
        "areas": [*areas.choices(inspection), (queries.NO_AREA, NOT_NAMED)], "places": list(PLACES.items()),
        "years": [(one, one) for one in queries.years(actor, inspection)],
        "requests": [(str(one.pk), f"{one.mark}: {one.title}") for one in asked],
        "marks": list(queries.MARKED.items()) if team else [],
        "tags": [(one, one) for one in queries.all_tags(inspection)] if team else [],
        "statuses": list(queries.STATUSES.items()) if not team else [],
        "may_upload": queries.may_upload(actor, inspection),
        "filtered": any(getattr(choice, name) for name in FIELDS if name not in _HOW),
        "ways": list(queries.WAYS.items()) if queries.meaning_at_hand() else [],
        "terms": search_terms.in_use(),
        "works": queries.may_work(actor, inspection), "may_submit": queries.may_submit(actor, inspection),
        "ready": 0 if team else len(queries.awaiting_submission(actor, inspection)),
    }  # fmt: skip


def queue(request: HttpRequest, desk: Any) -> HttpResponse:
    """What is still to be read: by area, how many documents, how many nobody has read, how many one has not."""
    actor, inspection = desk.actor, desk.inspection
    held = queries.queue(actor, inspection)
    rows = [(slug, title, *held.get(slug, (0, 0, 0))) for slug, title in areas.choices(inspection)]
    context = {
        "inspection": inspection,
        "any": bool(held),
        "rows": rows + ([(queries.NO_AREA, NOT_NAMED, *held[""])] if "" in held else []),
        "left": queries.unread_by(actor, inspection),
    }
    return render(request, "documents/queue.html", context)


def read(request: HttpRequest, row: Any) -> HttpResponse:
    """The text of a document, one page at a time, with what is sought marked and what was cited beside it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    _open(row)
    sent = request.POST if request.method == "POST" else request.GET
    number = shown.number_of(sent.get("page", ""), row.pages)
    page = queries.page_of(row, number)
    search = sent.get("search", "")
    back = queries.brought_back(actor, row.inspection, search)
    # A hit is a plain link: what was sought stands in it sealed, and browsers go back and forth over it freely.
    words = sent.get("words", "").strip()[:300] if request.method == "POST" else back.words if back else ""
    near = shown.around(page.text if page else "", sent.get("near", ""))
    marked = near or (queries.marked_page(row, number, words) if words else ())
    works = queries.may_work(actor, row.inspection) and row.status == "submitted"
    context = {
        "inspection": row.inspection, "document": row, "number": number, "page": page, "words": words,
        "search": search if back else "", "of": shown.number_of(sent.get("of", ""), 100_000),
        "near": bool(near),
        "pieces": shown.parted(marked or ((page.text, False),), page.unsure) if page else (),
        "doubts": [page.text[start:end] for start, end in page.unsure] if page else [],
        "found": any(found for _, found in marked), "seen": presenter.page_seen(row, number, page),
        "picture": row.drawable and queries.has_picture(row, number),
        "page_obj": shown.paged(row.pages, number, 1), "works": works,
        "passages": [one for one in queries.passages(actor, row) if one.page == number],
        "notes": [one for one in queries.notes(actor, row) if one.page == number],
        "read": bool(queries.read_by(actor, [row])), "last": number == row.pages,
    }  # fmt: skip
    return render(request, "documents/read.html", context)


def _open(row: Any) -> None:
    if row.withdrawn:
        raise Refused("This document was taken back, so it is not read any more.")
    if not row.ready or not (row.text_read or row.drawable):
        raise Refused("There is no text of this document to read. Download the original file instead.")


def cite(request: HttpRequest, row: Any) -> HttpResponse:
    """Put a passage of a page on the shelf: its words typed or pasted, or two sentences chosen as first and last."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    _open(row)
    number = shown.number_of(request.GET.get("page", ""), row.pages)
    page = queries.page_of(row, number)
    text = page.text if page else ""
    typed = shown.chosen(text, request.GET.get("from", ""), request.GET.get("to", ""))
    typed = typed or shown.between(text, request.GET.get("start", ""), request.GET.get("end", ""))
    picked = shown.picked(text, typed, shown.begins_at(text, request.GET.get("from", ""), request.GET.get("start", "")))
    form = CiteForm(
        request.POST or None, areas=areas.choices(row.inspection), initial={"quotation": typed, "areas": row.areas}
    )
    key = f"cite-passage-{row.pk.hex}-{number}"
    if request.method == "POST" and form.is_valid():
        near = shown.begins_at(text, request.GET.get("from", ""), request.GET.get("start", ""))
        made = _shelve(row, Place(number, near, near), text, form, actor)
        if made is not None:
            forget_typed_text(form=f"{key}@{row.inspection_id}", by=actor)
            messages.success(request, f"{made.evidence_item.mark} is on the evidence shelf. Cite it in a finding now.")
            return redirect("shelf_item", inspection=row.inspection_id, item=made.evidence_item_id)
    context = {
        "inspection": row.inspection, "document": row, "number": number, "form": form, "key": key,
        "seen": presenter.page_seen(row, number, page),
        "sentences": shown.sentences(text), "typed": typed, "first": picked[0], "last": picked[1],
    }  # fmt: skip
    return render(request, "documents/cite.html", context, status=422 if form.errors else 200)


def _shelve(row: Any, chosen: Place, text: str, form: CiteForm, actor: Actor) -> Any:
    """Where the same words stand several times on the page, those nearest to what was chosen are meant."""
    held, number = form.cleaned_data, chosen.page
    span = find(held["quotation"], text, near=chosen.start)
    if span is None:
        unit = row.unit
        form.add_error(
            "quotation",
            f"These words do not stand on {unit} {number}. Copy them from the {unit} as they are written there",
        )
        return None
    try:
        return actions.shelve_passage(
            document=row, place=Place(number, *span), why=held["why"], areas=held["areas"],
            client_key=held["client_key"], by=actor,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.hidden:
            raise
        form.add_error("quotation", refusal.reason)
        return None


def mark(request: HttpRequest, row: Any) -> HttpResponse:
    """Say that one has read it, or has not after all."""
    done = request.POST.get("read", "yes") == "yes"
    actions.mark_read(document=row, read=done, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, f"{row.mark} is marked as {'read' if done else 'not read'}.")
    return redirect("document", inspection=row.inspection_id, document=row.pk)


def note(request: HttpRequest, row: Any) -> HttpResponse:
    """Write a note on a document."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = NoteForm(request.POST or None, initial={"page": request.GET.get("page", "")})
    key = f"document-note-{row.pk.hex}"
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.note(
                document=row, says=held["says"], page=held["page"] or 0, client_key=held["client_key"], by=actor
            )
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("page", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{row.inspection_id}", by=actor)
            messages.success(request, "The note is kept.")
            return redirect("document", inspection=row.inspection_id, document=row.pk)
    context = {"inspection": row.inspection, "document": row, "form": form, "key": key}
    return render(request, "documents/note.html", context, status=422 if form.errors else 200)


def tags(request: HttpRequest, row: Any) -> HttpResponse:
    """Put a tag on a document, or take one off."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        if off := request.POST.get("off", ""):
            actions.untag(document=row, tag=off, by=actor)
        else:
            actions.tag(document=row, tag=request.POST.get("tag", ""), by=actor)
    except Refused as refusal:
        if refusal.hidden:
            raise
        messages.error(request, refusal.reason)
    return redirect(reverse("document", args=[row.inspection_id, row.pk]) + "#tags")


_ALL = "inspections/<uuid:inspection>/documents/"
_ONE = _ALL + "<uuid:document>/"
_READ, _WORK = Permission.DOCUMENT_READ, Permission.DOCUMENT_WORK


class TeamsCopy:
    """A document as the team works with it: the team's own part is what is changed."""

    def __init__(self, document: Any, actor: Actor) -> None:
        self.document, self.inspection = document, document.inspection
        self.desk = queries.team_desk(actor, document.inspection_id)

    def target(self, *, changing: bool = False) -> Any:
        """The team's part of the inspection."""
        return self.desk.target(changing=changing)


def _copy(actor: Actor, inspection: Any, document: Any) -> TeamsCopy:
    return TeamsCopy(queries.get(actor, inspection, document), actor)


def _with_document(page: Any) -> Any:
    """The page, called with the document itself."""

    def called(request: HttpRequest, copy: TeamsCopy) -> HttpResponse:
        answer: HttpResponse = page(request, copy.document)
        return answer

    return called


DOORS: list[URLPattern] = [
    door(_ALL, documents, "documents", needs=_READ, to_change=_READ, about=inspection_queries.own_part),
    door(_ALL + "to-read/", queue, "documents_queue", needs=_WORK, about=queries.team_desk),
    door(_ONE + "read/", read, "document_read", needs=_READ, to_change=_READ, about=queries.get),
    door(_ONE + "cite/", _with_document(cite), "document_cite", needs=_WORK, to_change=_WORK, about=_copy),
    door(
        _ONE + "mark/", _with_document(mark), "document_mark", needs=_WORK, to_change=_WORK, about=_copy, reads=False
    ),
    door(_ONE + "note/", _with_document(note), "document_note", needs=_WORK, to_change=_WORK, about=_copy),
    door(
        _ONE + "tags/", _with_document(tags), "document_tags", needs=_WORK, to_change=_WORK, about=_copy, reads=False
    ),
]  # fmt: skip
