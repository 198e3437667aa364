"""Pages: the check of facts, as the council reads and comments, the lead gives, and somebody outside answers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.documents import queries as documents
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.rendering import kept
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import Place, place_of
from goldthread.web.accuracy_forms import AnswerForm, CommentForm, FilterForm, SendForm
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import DRAWN, attachment, file_name
from goldthread.web.presenters import accuracy as presenter
from goldthread.web.proofs import take_in

A_PAGE = 25
ANSWER = ("verdict", "reasons", "changed", "unchanged", "version")
CHOOSE, SHOW = "choose", "show"
"""What turns the form of a comment to another paragraph: nothing is kept by it, and nothing that was typed is lost."""
BEING_READ = (
    "The files on it are sent, and are being read for safety. What comes of that stands at the end of this page, under "
    "“Send your comments”."
)
CHOSEN_AGAIN = "The files that you had chosen do not come along. Choose them again before you keep the draft."


def _found(request: HttpRequest, part: Any) -> tuple[FilterForm, Any, bool]:
    sent = request.POST if request.method == "POST" else request.GET
    form = FilterForm(sent or None)
    held = form.cleaned_data if form.is_valid() else {}
    rows = queries.comments(
        part.inspection, part.actor, status=held.get("status") or "", kind=held.get("kind") or "",
        exceptional=held.get("exceptional") == "yes",
    )  # fmt: skip
    return form, rows, any(held.get(name) for name in ("status", "kind", "exceptional"))


def accuracy(request: HttpRequest, part: Any) -> HttpResponse:
    """The council's copies, and every comment on the facts that the reader may read."""
    actor, inspection, today = part.actor, part.inspection, timezone.localdate()
    form, found, narrowed = _found(request, part)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    copies = [
        (one, queries.COPY_STATES[one.status], queries.left(one, today), one.in_time(today))
        for one in queries.copies(inspection, actor)
    ]
    context = {
        "inspection": inspection, "form": form, "sent": narrowed, "page_obj": page, "copies": copies,
        "rows": presenter.rows(page, actor), "counted": queries.counted(queries.comments(inspection, actor), actor),
        "of_team": presenter.of_team(actor, inspection), "formats": FORMATS,
    }  # fmt: skip
    return render(request, "accuracy/list.html", context)


def comments_file(request: HttpRequest, part: Any) -> HttpResponse:
    """The comments as a file, as they are filtered, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    asked, found, _ = _found(request, part)
    table = presenter.table(part.inspection, found, part.actor, at=timezone.localtime(), asked=asked.says())
    actions.record_comments_export(part=part, form=form, rows=len(table.rows), by=part.actor)
    name = file_name("comments-on-facts", form, of=part.inspection, narrowed=asked.narrows())
    return attachment(export(table, form), FORMATS[form][1], name)


def council_copy(request: HttpRequest, copy: Any) -> HttpResponse:
    """A copy with the reader's mark: to read and to comment on, then what it was answered and what changed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    # Whatever was sent, nothing at all too, is a sending that is answered in words.
    form, drafts = SendForm(request.POST if request.method == "POST" else None), queries.drafts(copy, actor)
    if request.method == "POST" and _may_be_sent(form, copy, drafts, actor):
        try:
            sent = actions.send_comments(
                copy=copy, seen=request.POST.get("seen", ""), because=form.cleaned_data["because"],
                version=form.cleaned_data["version"], by=actor,
            )  # fmt: skip
        except actions.NoteNeeded as needed:
            form.add_error("because", needed.reason)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(None, refusal.reason)
        else:
            says = f"{len(sent)} comment{'s' * (len(sent) != 1)}" if sent else "That you have no comment"
            messages.success(request, f"{says} went to the inspecting team.")
            return redirect("accuracy", inspection=copy.inspection_id)
    if request.headers.get("HX-Request") == "true":
        return render(request, "accuracy/_to_send.html", {
            "inspection": copy.inspection, "drafts": presenter.to_send(drafts, actor),
            "being_read": presenter.being_read(drafts),
        })  # fmt: skip
    context = {**_of_copy(copy, actor), "form": form, "drafts": presenter.to_send(drafts, actor)}
    context["seen"], context["being_read"] = queries.seen(drafts), presenter.being_read(drafts)
    return render(request, "accuracy/copy.html", context, status=422 if form.errors else 200)


def _may_be_sent(form: SendForm, copy: Any, drafts: list[Any], actor: Actor) -> bool:
    """Whether nothing is in the way of sending. What is, of the form and of the files, is said together."""
    form.is_valid()
    if note := queries.note_missing(copy, drafts, form.cleaned_data.get("because", "")):
        form.add_error("because", note)
    for says in queries.hindrances(copy, drafts, actor):
        form.add_error(None, says)
    return form.is_valid()


def _of_copy(copy: Any, actor: Actor) -> dict[str, Any]:
    inspection, today = copy.inspection, timezone.localdate()
    readable = queries.readable(copy, actor, today)
    mine = [one for one in queries.comments(inspection, actor) if one.copy_id == copy.pk]
    document, after = queries.document_of(copy), queries.next_document_of(copy)
    may = queries.may(actor, Permission.ACCURACY_COMMENT, copy)
    comments = may and copy.live and not queries.is_published(copy)
    late = today > copy.until or copy.sent_at is not None
    return {
        "charts": sum(part.figure is not None for part in document.parts),
        "inspection": inspection, "copy": copy, "state": queries.COPY_STATES[copy.status], "readable": readable,
        "closed": "" if copy.in_time(today) else queries.closed_because(copy), "late": late,
        "left": queries.left(copy, today), "mark": presenter.mark(actor, inspection, today), "files": DRAWN,
        "of_team": presenter.of_team(actor, inspection), "comments": presenter.rows(mine, actor),
        "sections": presenter.sections(document, mine) if readable else [], "document": document if readable else None,
        "changes": presenter.differences(document, after) if after else [], "may_comment": comments,
        "may_send": comments and (not copy.sent_at or any(one.draft for one in mine)),
    }  # fmt: skip


def council_copy_file(request: HttpRequest, copy: Any) -> HttpResponse:
    """A copy as a file with its reader's mark on every page, the journal saying so first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = request.POST.get("format", "")
    if form not in DRAWN:
        raise Refused("Choose a PDF, a Word or an OpenDocument file.")
    actions.record_copy_file(copy=copy, form=form, by=actor)
    mark = presenter.mark(actor, copy.inspection, timezone.localdate())
    held = kept.marked(queries.document_of(copy), form, mark, imprint=queries.imprint(copy.report))
    return attachment(held, DRAWN[form][1], file_name(f"copy-{copy.number}-not-for-publication", form,
                                                      of=copy.inspection))  # fmt: skip


def _comment_form(request: HttpRequest, copy: Any, kept: Any = None, **more: Any) -> CommentForm:
    """The form of a comment; with `kept` it asks nothing of what was typed, and shows it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    places = [(str(place), label) for place, label in queries.labels(copy).items()]
    proofs = documents.from_council(actor, copy.inspection, status=lifecycle.Document.SUBMITTED)
    offered: dict[str, Any] = {
        "places": places,
        "proofs": proofs,
        "uploads": documents.may_upload(actor, copy.inspection),
    }
    if kept is not None:
        return CommentForm(None, initial=kept.dict(), **offered)
    return CommentForm(request.POST or None, request.FILES or None, **offered, **more)


def _paragraph(copy: Any, actor: Actor, written: str) -> Any:
    """The words of a paragraph of a copy, for whoever may still read them."""
    if not queries.readable(copy, actor, timezone.localdate()):
        return None
    place = place_of(written)
    return next((one for one in queries.texts(queries.document_of(copy)) if one.place == place and one.words), None)


def comment_new(request: HttpRequest, copy: Any) -> HttpResponse:
    """Draft a comment on one paragraph of a copy."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked, act = request.POST.get("place") or request.GET.get("place", ""), request.POST.get("act", "")
    turns = act in (CHOOSE, SHOW)
    form = _comment_form(request, copy, initial={"place": asked})
    # A paragraph that was chosen stands with its words; it is not chosen again beside words that would stay another's.
    where = queries.labels(copy).get(place_of(asked) or Place("", 0)) if act != CHOOSE else None
    key = f"accuracy-{copy.pk.hex}"
    if turns:
        form = _comment_form(request, copy, kept=request.POST)
        if request.FILES:
            messages.error(request, CHOSEN_AGAIN)
    if request.method == "POST" and not turns and form.is_valid():
        try:
            made = actions.write_comment(
                copy=copy, place=form.cleaned_data["place"], client_key=form.cleaned_data["client_key"], by=actor,
                **form.values(),
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("says", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{copy.inspection_id}", by=actor)
            messages.success(request, "Your comment is kept as a draft. The team sees it once you send your comments.")
            return _with_files(request, made, form)
    context = {
        "inspection": copy.inspection, "copy": copy, "form": form, "key": key, "comment": None,
        "paragraph": _paragraph(copy, actor, asked) if where else None, "where": where, "asked": asked,
        "readable": queries.readable(copy, actor, timezone.localdate()),
        "mark": presenter.mark(actor, copy.inspection, timezone.localdate()),
    }  # fmt: skip
    return render(request, "accuracy/comment_form.html", context, status=422 if form.errors else 200)


def _with_files(request: HttpRequest, comment: Any, form: CommentForm) -> HttpResponse:
    """Take the files of a kept comment in, and lead on: back to the comment where one was refused."""
    if take_in(request, comment, form.cleaned_data.get("evidence") or [], form.cleaned_data["client_key"]):
        if presenter.being_read([comment]):
            messages.info(request, BEING_READ)
        return redirect("council_copy", inspection=comment.inspection_id, copy=comment.copy_id)
    return redirect("accuracy_comment_change", inspection=comment.inspection_id, comment=comment.pk)


def comment_change(request: HttpRequest, comment: Any) -> HttpResponse:
    """Change a draft of a comment, or drop it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    copy, drops = comment.copy, request.POST.get("act") == "drop"
    off = request.POST.get("off", "")
    first = {**queries.words_of(comment), "kind": comment.kind, "place": str(comment.place),
             "document": str(comment.document_id or "")}  # fmt: skip
    form = _comment_form(request, copy, initial=first)
    key = f"accuracy-change-{comment.pk.hex}"
    form.fields["place"].disabled = True
    if request.method == "POST" and (drops or form.is_valid()):
        form.is_valid()
        try:
            if drops:
                actions.drop_comment(comment=comment, version=form.cleaned_data["version"], by=actor)
            else:
                actions.change_comment(comment=comment, version=form.cleaned_data["version"], by=actor, **form.values())
            if off:
                # What was typed is kept first, so that a press beside a file loses none of it.
                actions.take_proof_off(comment=comment, proof=int(off) if off.isdecimal() else 0, by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(None if drops or off else "says", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{copy.inspection_id}", by=actor)
            messages.success(request, "The draft is dropped." if drops else "The draft is changed.")
            if not drops:
                return _with_files(request, comment, form)
            return redirect("council_copy", inspection=copy.inspection_id, copy=copy.pk)
    context = {
        "inspection": copy.inspection, "copy": copy, "form": form, "key": key, "comment": comment,
        "closed": comment.closed_because(), "proofs": presenter.files(comment),
        "paragraph": _paragraph(copy, actor, str(comment.place)),
        "mark": presenter.mark(actor, copy.inspection, timezone.localdate()),
    }  # fmt: skip
    return render(request, "accuracy/comment_form.html", context, status=422 if form.errors else 200)


def comment_page(request: HttpRequest, comment: Any) -> HttpResponse:
    """One comment with its answer; and for whoever may answer it, the form to do so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    copy, answer = comment.copy, queries.answer_to(comment, actor)
    labels = queries.labels(copy)
    form = AnswerForm(
        request.POST or None, places=[(str(place), label) for place, label in labels.items()],
        initial={"verdict": answer.verdict, "reasons": queries.reasons_of(answer), "changed": answer.changed,
                 "unchanged": queries.unchanged_because(answer)} if answer else {},
    )  # fmt: skip
    key = f"accuracy-answer-{comment.pk.hex}"
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_comment(
                comment=comment, by=actor,
                **{name: form.cleaned_data[name] for name in ANSWER},
            )  # fmt: skip
        except actions.ChangeNeeded as needed:
            form.add_error("changed", needed.reason)
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("reasons", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{comment.inspection_id}", by=actor)
            messages.success(request, f"{comment.mark} is answered. The council reads it when the answers are given.")
            return redirect("accuracy", inspection=comment.inspection_id)
    context = {
        **presenter.rows([comment], actor)[0], "inspection": comment.inspection, "copy": copy, "form": form, "key": key,
        "proofs": presenter.files(comment), "words": queries.words_of(comment),
        "reasons": queries.reasons_of(answer) if answer else "",
        "unchanged": queries.unchanged_because(answer) if answer else "",
        "of_team": presenter.of_team(actor, comment.inspection),
        "paragraph": _paragraph(copy, actor, str(comment.place)),
        "mark": presenter.mark(actor, comment.inspection, timezone.localdate()),
        **_answering(comment, answer, actor, labels),
    }  # fmt: skip
    return render(request, "accuracy/comment.html", context, status=422 if form.errors else 200)


def _answering(comment: Any, answer: Any, actor: Actor, labels: Any) -> dict[str, Any]:
    """Whether the reader may answer, why not, and where what changed stands."""
    may = queries.may(actor, Permission.ACCURACY_ANSWER, comment) and not comment.draft
    settled = (answer.closed_because() if answer else "") or ("" if comment.copy.live else "The copy was taken back.")
    place = place_of(answer.changed) if answer else None
    return {
        "answered_by": queries.answerer_says(answer) if answer else "",
        "passed_it": may and queries.passed_it(comment, actor.id),
        "may_answer": may and not settled, "not_outside": queries.not_outside(comment.inspection, actor) if may else "",
        "changed": labels.get(place, "") if place else "", "changed_at": presenter.anchor(place) if place else "",
    }  # fmt: skip


_ALL = "inspections/<uuid:inspection>/accuracy/"
_COPY, _ONE = _ALL + "<uuid:copy>/", _ALL + "comments/<uuid:comment>/"
_READ, _COMMENT, _ANSWER = Permission.ACCURACY_READ, Permission.ACCURACY_COMMENT, Permission.ACCURACY_ANSWER
_PART = inspections.own_part

DOORS: list[URLPattern] = [
    door(_ALL, accuracy, "accuracy", needs=_READ, about=_PART),
    door(
        _ALL + "file/", comments_file, "accuracy_file", needs=_READ, to_change=_READ, about=_PART, reads=False,
        step_up=True, file=True,
    ),
    door(_COPY, council_copy, "council_copy", needs=_READ, to_change=_COMMENT, about=queries.copy),
    door(
        _COPY + "file/", council_copy_file, "council_copy_file", needs=_READ, to_change=_READ, about=queries.copy,
        reads=False, step_up=True, file=True,
    ),
    door(
        _COPY + "comment/", comment_new, "accuracy_comment_new", needs=_COMMENT, to_change=_COMMENT, about=queries.copy,
    ),
    door(
        _ONE + "change/", comment_change, "accuracy_comment_change", needs=_COMMENT, to_change=_COMMENT,
        about=queries.comment,
    ),
    door(_ONE, comment_page, "accuracy_comment", needs=_READ, to_change=_ANSWER, about=queries.comment),
]  # fmt: skip
