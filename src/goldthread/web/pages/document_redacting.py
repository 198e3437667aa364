"""Pages on which passages are taken out of a document: chosen, looked at before it is done, and had made."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.documents import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.document_forms import RedactForm
from goldthread.web.doors import door
from goldthread.web.files import page_picture
from goldthread.web.presenters import passages as shown

STATES = {
    "chosen": ("Chosen, not made yet", "yellow"), "asked": ("Being made and verified", "blue"),
    "made": ("Made and verified", "green"), "refused": ("Not made", "red"),
}  # fmt: skip


def redact(request: HttpRequest, row: Any) -> HttpResponse:
    """Choose what is taken out of a document; nothing is done to it before somebody has seen what it would be."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    looks = request.POST.get("do") == "look"
    typed = {name: request.POST.get(name, "") for name in ("passages", "page_areas")}
    initial = typed if looks else _as_before(actor, row, request)
    form = RedactForm(None if looks else request.POST or None, drawable=row.drawable, initial=initial)
    key = f"document-redact-{row.pk.hex}"
    if form.is_bound and form.is_valid():
        held = form.cleaned_data
        try:
            made = actions.choose(
                document=row, passages=held["passages"], areas=held.get("page_areas", []),
                client_key=held["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("passages", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{row.inspection_id}", by=actor)
            return redirect("document_redaction", inspection=row.inspection_id, document=row.pk, redaction=made.pk)
    number = shown.number_of((request.POST or request.GET).get("page", ""), row.pages)
    context = {
        "inspection": row.inspection, "document": row, "form": form, "trouble": queries.why_not_redacted(row),
        "number": number, "key": key, "fresh_key": uuid4(),
        "before": [(one, *STATES[one.status]) for one in queries.redactions(row)],
    }  # fmt: skip
    return render(request, "documents/redact.html", context, status=422 if form.errors else 200)


def _as_before(actor: Actor, row: Any, request: HttpRequest) -> dict[str, str]:
    """What was chosen before, where somebody goes back to change it."""
    asked = request.GET.get("as", "")
    try:
        before = queries.get_redaction(actor, row.inspection_id, row.pk, UUID(asked)) if asked else None
    except ValueError:
        before = None
    if before is None:
        return {}
    held = queries.preview(before, 1)
    areas = [
        " ".join([f"{one.page}:", *(str(edge // 100) for edge in (one.left, one.top, one.right, one.bottom))])
        for one in held.areas
    ]
    return {"passages": "\n".join(says for says, _ in held.passages), "page_areas": "\n".join(areas)}


def redaction(request: HttpRequest, row: Any) -> HttpResponse:
    """What is taken out, page by page as it will look; posted, the version is made."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    _still_here(row.document)
    if request.method == "POST":
        actions.ask(redaction=row, by=actor)
        messages.success(request, "The version without these passages is being made and verified.")
        return redirect("document_redaction", inspection=row.inspection_id, document=row.document_id, redaction=row.pk)
    number = shown.number_of(request.GET.get("page", ""), row.document.pages)
    held = queries.preview(row, number)
    if "page" not in request.GET and held.pages:
        number = held.pages[0]
        held = queries.preview(row, number)
    page = queries.page_of(row.document, number)
    context = {
        "inspection": row.inspection, "document": row.document, "redaction": row, "preview": held, "number": number,
        "page_obj": shown.paged(row.document.pages, number, 1), "state": STATES[row.status],
        "pieces": shown.parted(((page.text, False),), held.spans) if page and not row.document.drawable else [],
    }  # fmt: skip
    return render(request, "documents/redaction.html", context)


def _still_here(document: Any) -> None:
    if document.withdrawn:
        raise Refused("This document was taken back, so it is not read any more.")


def ruler(request: HttpRequest, row: Any) -> HttpResponse:
    """A page with a ruler along it, for choosing areas."""
    _still_here(row)
    return page_picture(queries.ruled(row, shown.number_of(request.GET.get("page", ""), row.pages)))


def redaction_picture(request: HttpRequest, row: Any) -> HttpResponse:
    """A page as it will look without what is taken out, with a ruler along it."""
    _still_here(row.document)
    number = shown.number_of(request.GET.get("page", ""), row.document.pages)
    return page_picture(queries.ruled(row.document, number, row))


_ONE = "inspections/<uuid:inspection>/documents/<uuid:document>/"
_CHOSEN = _ONE + "redactions/<uuid:redaction>/"
_UPLOAD = Permission.DOCUMENT_UPLOAD

DOORS: list[URLPattern] = [
    door(_ONE + "redact/", redact, "document_redact", needs=_UPLOAD, to_change=_UPLOAD, about=queries.get),
    door(_ONE + "redact/ruler/", ruler, "document_ruler", needs=_UPLOAD, about=queries.get),
    door(
        _CHOSEN, redaction, "document_redaction", needs=_UPLOAD, to_change=_UPLOAD, about=queries.get_redaction,
    ),
    door(
        _CHOSEN + "picture/", redaction_picture, "document_redaction_picture", needs=_UPLOAD,
        about=queries.get_redaction,
    ),
]  # fmt: skip
