"""Pages of the council's documents on its side: uploading, describing, submitting, taking back; and each one's page."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.documents import actions, queries
from goldthread.apps.requests import queries as requests
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.document_kinds import KINDS
from goldthread.web.document_forms import DescribeForm, UploadForm, VersionForm, WithdrawForm
from goldthread.web.doors import door
from goldthread.web.files import attachment
from goldthread.web.presenters import areas
from goldthread.web.presenters import documents as presenter

A_PAGE = 25


def _offered(actor: Actor, inspection: Any) -> dict[str, Any]:
    asked = requests.of_inspection(actor, inspection).exclude(status="withdrawn")
    return {"areas": areas.choices(inspection), "requests": {str(one.pk): one for one in asked}}


def upload(request: HttpRequest, desk: Any) -> HttpResponse:
    """What the council has uploaded, and the form to upload more."""
    actor, inspection = desk.actor, desk.inspection
    form = UploadForm(request.POST or None, request.FILES or None, **_offered(actor, inspection))
    outcomes: list[presenter.Outcome] = []
    asks = _by_script(request) and request.POST.get("check") == "1"
    if asks:
        # The page's script asks before it sends a file, so that what is wrong of all of them is told once.
        form.errors.pop("file", None)
        if not form.errors:
            return JsonResponse({}, status=201)
    elif request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        too_much = len(sent) > 1 and any(one.too_large for one in sent)
        outcomes = [outcome for one in sent for outcome in _receive(one, form, desk, too_much)]
        if _by_script(request):
            return JsonResponse({"outcomes": [{"name": one.name} | one.told() for one in outcomes]}, status=201)
        if all(one.state != "refused" for one in outcomes):
            return _taken_in(request, inspection, outcomes)
    elif request.method == "POST" and _by_script(request):
        says = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"outcomes": [{"state": "refused", "says": says, "address": ""}]}, status=201)
    page = Paginator(queries.from_council(actor, inspection), A_PAGE).get_page(request.GET.get("page"))
    again = bool(form.errors and request.FILES)
    alike = queries.near_copies(actor, list(page))
    context = {
        "inspection": inspection, "form": form, "fresh_key": uuid4(), "outcomes": outcomes, "page_obj": page,
        "counted": presenter.counted(outcomes), "choose_again": again,
        "rows": [(one, presenter.state(one), alike.get(one.pk, [])) for one in page], "limits": presenter.limits(),
        "ready": len(queries.awaiting_submission(actor, inspection)),
        "may_submit": queries.may_submit(actor, inspection), "waiting": any(one.waiting for one in page),
    }  # fmt: skip
    refused = form.errors or (outcomes and all(one.state == "refused" for one in outcomes))
    return render(request, "documents/upload.html", context, status=422 if refused else 200)


def _taken_in(request: HttpRequest, inspection: Any, outcomes: list[presenter.Outcome]) -> HttpResponse:
    """To the document, or to the list of them, with what became of each."""
    new = sum(one.state == "received" for one in outcomes)
    if len(outcomes) == 1:
        messages.success(request, outcomes[0].says)
        return redirect(outcomes[0].address or reverse("documents_upload", args=[inspection.pk]))
    messages.success(
        request,
        f"{new} of {len(outcomes)} files are received and safe. They are being read now. If one turns out to be "
        "damaged, the list of files says so.",
    )
    for one in outcomes:
        if one.state == "again":
            messages.info(request, f"{one.name}: {one.says}")
    return redirect("documents_upload", inspection=inspection.pk)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _receive(sent: Any, form: UploadForm, desk: Any, too_much: bool) -> list[presenter.Outcome]:
    """One of the files, or each document of a zip: what became of it does not keep the others from being taken in.

    `too_much` says that the files of this sending are together more than one sending may hold.
    """
    if too_much and sent.too_large:
        most = presenter.limits()["megabytes"]
        says = f"The files chosen are together larger than {most} MB. Send this one by itself."
        return [presenter.Outcome(sent.name, "refused", says)]
    if sent.name.strip().lower().endswith(".zip"):
        return _unpack(sent, form, desk)
    try:
        received = actions.receive(
            inspection=desk.inspection, upload=sent, label=sent.name, about=form.about(),
            client_key=form.cleaned_data["client_key"], by=desk.actor,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.hidden:
            raise
        return [presenter.Outcome(sent.name, "refused", refusal.reason)]
    return [presenter.outcome(sent.name, received, desk.actor)]


def _unpack(sent: Any, form: UploadForm, desk: Any) -> list[presenter.Outcome]:
    """Each document of a zip; where the zip itself goes wrong half-way, what was taken in before stays."""
    outcomes: list[presenter.Outcome] = []
    try:
        for one in actions.receive_packed(
            inspection=desk.inspection, upload=sent, about=form.about(), client_key=form.cleaned_data["client_key"],
            by=desk.actor,
        ):  # fmt: skip
            outcomes.append(presenter.taken_out(sent.name, one, desk.actor))
    except Refused as refusal:
        if refusal.hidden:
            raise
        outcomes.append(presenter.Outcome(sent.name, "refused", refusal.reason))
    return outcomes


def have(request: HttpRequest, desk: Any) -> HttpResponse:
    """Which of these bytes are here already, and what came of reading these documents: asked by the page's script.

    What is here already is not sent twice; of what was sent the script tells how reading it went.
    """
    asked = [one for one in request.POST.getlist("sha256") if len(one) == 64]
    found = queries.of_bytes(desk.actor, desk.inspection, asked)
    sent = queries.with_ids(desk.actor, desk.inspection, request.POST.getlist("document"))
    return JsonResponse(
        {
            "have": {one.sha256: presenter.not_sent(one) for one in found},
            "read": {str(one.pk): presenter.once_read(one) for one in sent if not one.waiting},
        }
    )


def document(request: HttpRequest, row: Any) -> HttpResponse:
    """One document: what it is, how it stands, who has read it, what was noted and cited of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    works = queries.may_work(actor, row.inspection) and not row.withdrawn
    others = queries.earlier_and_later(actor, row)
    shorts = areas.shorts(row.inspection)
    context = {
        "inspection": row.inspection, "document": row, "state": presenter.state(row), "kind": KINDS.get(row.kind, ""),
        "areas": [shorts.get(slug, slug) for slug in row.areas], "pointed": presenter.pointed(row),
        "pictures": presenter.pictures(row), "others": others,
        "alike": presenter.alike(actor, row),
        "newer": next((one for one in others if one.edition > row.edition and one.status == "submitted"), None),
        "asked_seen": row.asked and requests.visible_to(actor).filter(pk=row.asked_id).exists(),
        "may_read": row.ready and (row.text_read or row.drawable) and not row.withdrawn,
        "may_keep": row.ready and not row.withdrawn, "may_describe": row.staged and _may_upload(actor, row),
        "may_replace": not row.withdrawn and row.status != "superseded" and _may_upload(actor, row),
        "may_redact": row.ready and not row.withdrawn and row.status != "superseded" and _may_upload(actor, row),
        "redacted": queries.was_redacted(row), "held_back_by": queries.held_back_by(actor, row),
        "may_withdraw": _may_withdraw(actor, row), "works": works,
        "may_submit": row.staged and row.ready and queries.may_submit(actor, row.inspection),
        "team": queries.may_see_work(actor, row), "notes": queries.notes(actor, row), "tags": queries.tags(actor, row),
        "passages": queries.passages(actor, row), "read": bool(queries.read_by(actor, [row])),
    }  # fmt: skip
    context["readers"] = queries.readers(row) if context["team"] else []
    answer = render(request, "documents/document.html", context)
    if request.headers.get("HX-Request") and not row.waiting:
        # What asked was the note that it is being read: what came of it changes the whole page.
        answer["HX-Refresh"] = "true"
    return answer


def _may_upload(actor: Actor, row: Any) -> bool:
    return queries.may(actor, Permission.DOCUMENT_UPLOAD, row)


def _may_withdraw(actor: Actor, row: Any) -> bool:
    permission = Permission.DOCUMENT_UPLOAD if row.staged else Permission.DOCUMENT_SUBMIT
    return not row.withdrawn and queries.may(actor, permission, row)


def describe(request: HttpRequest, row: Any) -> HttpResponse:
    """Say what a document is, what time and areas it speaks of, and which request it answers."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    initial = {
        "title": row.title, "kind": row.kind, "about_from": row.about_from, "about_to": row.about_to,
        "areas": row.areas, "asked": str(row.asked_id or ""),
    }  # fmt: skip
    form = DescribeForm(request.POST or None, initial=initial, **_offered(actor, row.inspection))
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.describe(
                document=row, title=held["title"], about=form.about(), version=held["version"], by=actor
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("title", refusal.reason)
        else:
            messages.success(request, f"{row.mark} is described.")
            return redirect("document", inspection=row.inspection_id, document=row.pk)
    context = {"inspection": row.inspection, "document": row, "form": form}
    return render(request, "documents/describe.html", context, status=422 if form.errors else 200)


def replace(request: HttpRequest, row: Any) -> HttpResponse:
    """Upload a new version of a document. The team keeps the old one until the new one is submitted."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"][0]
        try:
            received = actions.receive(
                inspection=row.inspection, upload=sent, label=sent.name, about=actions.About(row.kind), replaces=row,
                client_key=form.cleaned_data["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("file", refusal.reason)
        else:
            told = presenter.outcome(sent.name, received, actor)
            messages.success(request, told.says)
            at = received.document.pk if told.address else row.pk
            return redirect("document", inspection=row.inspection_id, document=at)
    context = {"inspection": row.inspection, "document": row, "form": form, "fresh_key": uuid4()}
    return render(request, "documents/replace.html", context, status=422 if form.errors else 200)


def submit(request: HttpRequest, desk: Any) -> HttpResponse:
    """Submit documents to the team, after seeing exactly which and what they hold that may have been overlooked."""
    actor, inspection = desk.actor, desk.inspection
    waiting = queries.awaiting_submission(actor, inspection)
    chosen = _ticked(request)
    # Nothing is ticked by itself: a colleague may have left it waiting on purpose.
    every = request.method != "POST" and request.GET.get("all") == "1"
    error = ""
    if request.method == "POST":
        # What was submitted or taken back meanwhile is among those that were chosen, so that the action says so.
        known = queries.from_council(actor, inspection)
        picked = [(one, chosen[str(one.pk)]) for one in known if str(one.pk) in chosen]
        try:
            done = actions.submit(inspection=inspection, documents=picked, by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        except Clash:
            error = "A document was changed while this page was open. Look at what crosses once more, then submit."
            waiting = queries.awaiting_submission(actor, inspection)
        else:
            count = f"{len(done)} document{'s are' if len(done) != 1 else ' is'}"
            messages.success(request, f"{count} submitted. The team sees {'them' if len(done) != 1 else 'it'} now.")
            return redirect("documents_upload", inspection=inspection.pk)
    alike = queries.near_copies(actor, waiting)
    context = {
        "inspection": inspection, "error": error, "every": every,
        "rows": [
            {"document": one, "kind": KINDS.get(one.kind, ""), "pointed": presenter.pointed(one),
             "pictures": presenter.pictures(one), "alike": alike.get(one.pk, []),
             "ticked": every or str(one.pk) in chosen}
            for one in waiting
        ],
    }  # fmt: skip
    return render(request, "documents/submit.html", context, status=422 if error else 200)


def _ticked(request: HttpRequest) -> dict[str, int]:
    """The documents that are ticked by key, each with the version that was shown.

    Both travel in one field, and what is left unticked in none: a whole library is submitted in one sending.
    """
    parts = [one.partition("@") for one in request.POST.getlist("documents")]
    return {pk: int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0 for pk, _, sent in parts}


def withdraw(request: HttpRequest, row: Any) -> HttpResponse:
    """Take a document back; once the team has it, with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            actions.withdraw(document=row, because=held["because"], version=held["version"], by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("because", refusal.reason)
        else:
            key = f"document-withdraw-{row.pk.hex}@{row.inspection_id}"
            forget_typed_text(form=key, by=actor)
            messages.success(request, f"{row.mark} is taken back.")
            return redirect("document", inspection=row.inspection_id, document=row.pk)
    context = {"inspection": row.inspection, "document": row, "form": form}
    return render(request, "documents/withdraw.html", context, status=422 if form.errors else 200)


def original(request: HttpRequest, row: Any) -> HttpResponse:
    """The file as it was sent, only ever as a download; the journal says so first."""
    if row.withdrawn:
        raise Refused("This document was taken back, so its file is not given out any more.")
    data = actions.take_out(document=row, by=request.actor)  # type: ignore[attr-defined]
    marked = "synthetic-" if row.inspection.synthetic else ""
    name = f"{marked}document-{row.number}-version-{row.edition}.{row.ending}"
    answer = attachment(data, "application/octet-stream", name)
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


_ALL = "inspections/<uuid:inspection>/documents/"
_ONE = _ALL + "<uuid:document>/"
_READ, _UPLOAD, _SUBMIT = Permission.DOCUMENT_READ, Permission.DOCUMENT_UPLOAD, Permission.DOCUMENT_SUBMIT

DOORS: list[URLPattern] = [
    door(_ALL + "upload/", upload, "documents_upload", needs=_UPLOAD, to_change=_UPLOAD, about=queries.desk),
    door(_ALL + "have/", have, "documents_have", needs=_UPLOAD, to_change=_UPLOAD, about=queries.desk, reads=False),
    door(
        _ALL + "submit/", submit, "documents_submit", needs=_SUBMIT, to_change=_SUBMIT, about=queries.desk,
        step_up=True,
    ),
    door(_ONE, document, "document", needs=_READ, about=queries.get),
    door(_ONE + "describe/", describe, "document_describe", needs=_UPLOAD, to_change=_UPLOAD, about=queries.get),
    door(_ONE + "replace/", replace, "document_replace", needs=_UPLOAD, to_change=_UPLOAD, about=queries.get),
    door(_ONE + "withdraw/", withdraw, "document_withdraw", needs=_UPLOAD, to_change=_UPLOAD, about=queries.get),
    door(
        _ONE + "original/", original, "document_original", needs=_READ, to_change=_READ, about=queries.get,
        reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
