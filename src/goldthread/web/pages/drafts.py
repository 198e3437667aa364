"""Pages: own instruments and frameworks. Drafts and versions, beginning one, its text, publishing and withdrawing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.drafting import actions, queries, starting
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.instrument import Instrument
from goldthread.domain.instruments.drafts import without_dangling
from goldthread.web.doors import door
from goldthread.web.draft_forms import BecauseForm, PublishForm, StartForm, TextForm, read_upload
from goldthread.web.files import attachment
from goldthread.web.forms import sent_key, sent_version
from goldthread.web.presenters import drafts as shown
from goldthread.web.presenters import framework_drafts, review_sheet

A_PAGE = 25


def drafts(request: HttpRequest) -> HttpResponse:
    """Every draft that is being written, and every published version."""
    words, kind, state = (request.GET.get(name, "").strip()[:100] for name in ("q", "kind", "state"))
    kind = kind if kind in dict(queries.KINDS) else ""
    state = state if state in dict(queries.STATES) else ""
    written = queries.drafts(request.actor, kind=kind, words=words, state=state)  # type: ignore[attr-defined]
    versions = queries.versions(kind=kind, words=words, state=state)
    context = {
        "drafts": Paginator(written, A_PAGE).get_page(request.GET.get("drafts")),
        "page_obj": Paginator(versions, A_PAGE).get_page(request.GET.get("page")),
        "words": words, "kind": kind, "kinds": queries.KINDS, "state": state, "states": queries.STATES,
        "sent": bool(words or kind or state), "of_drafts": state in ("", "writing", "dropped"),
        "of_versions": state in ("", "offered", "withdrawn"),
    }  # fmt: skip
    return render(request, "drafts/list.html", context)


def draft_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    data, unread = _with_file(request) if request.method == "POST" else (None, "")
    form = StartForm(data, copies=_copies(), initial=_asked(request))
    if unread:
        form.add_error("file", unread)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        how = held["how"]
        try:
            draft = actions.start(
                kind=held["kind"], title=held["title"], series=held["series"], client_key=held["client_key"],
                copy_of=held["copy_of"].partition(":")[2] if how == "copy" else "",
                text=held["text"] if how == "text" else "", by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("text" if how == "text" and "short name" not in refusal.reason else "series", refusal.reason)
        else:
            _forget(request, "draft-new")
            messages.success(request, f"“{draft.title}” is begun. Nobody can choose it until it is published.")
            return redirect("draft", draft=draft.pk)
    return render(request, "drafts/new.html", {"form": form}, status=422 if form.errors else 200)


def _copies() -> list[tuple[str, str]]:
    return [(f"{kind}:{slug}", f"{words}: {title}") for kind, words in queries.KINDS
            for slug, title in queries.copies(kind)]  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, str]:
    kind, slug = request.GET.get("kind", "instrument"), request.GET.get("copy_of", "")
    return {"kind": kind, "how": "copy", "copy_of": f"{kind}:{slug}" if slug else ""}


def _with_file(request: HttpRequest) -> tuple[Any, str]:
    """What was sent, the text of a file in its box, where it can be mended; and why the file cannot be read."""
    data = request.POST.copy()
    sent = request.FILES.get("file")
    if sent is None:
        return data, ""
    try:
        data["text"] = read_upload(sent, starting.LONGEST_TEXT)
    except ValidationError as error:
        return data, error.messages[0]
    return data, ""


def draft(request: HttpRequest, draft: Any) -> HttpResponse:
    """One draft, part by part, with everything that stands between it and its use."""
    if (done := queries.published(draft)) is not None:
        return redirect(done.kind, done.slug)
    if not draft.writing:
        return render(request, "drafts/dropped.html", {"draft": draft})
    found, wrong = queries.read(draft)
    context = {
        "draft": draft, "held": found, "problems": shown.problems(draft, wrong), "earlier": queries.earlier(draft),
    }  # fmt: skip
    if isinstance(found, Instrument):
        return render(request, "drafts/instrument.html", {**context, "parts": shown.outline(found, wrong)})
    return render(request, "drafts/framework.html", {**context, "lists": framework_drafts.lists(found)})


def text(request: HttpRequest, draft: Any) -> HttpResponse:
    """The whole draft as the text of its file, for who prefers that."""
    form = TextForm(request.POST or None, initial={"text": draft.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_text(
                draft=draft, text=form.cleaned_data["text"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("text", refusal.reason)
        else:
            _forget(request, f"draft-text-{draft.pk.hex}")
            messages.success(request, "The text is saved.")
            return redirect("draft", draft=draft.pk)
    context = {"draft": draft, "form": form, "key": f"draft-text-{draft.pk.hex}"}
    return render(request, "drafts/text.html", context, status=422 if form.errors else 200)


def preview(request: HttpRequest, draft: Any) -> HttpResponse:
    """An instrument as the reviewer will see it."""
    found, wrong = queries.read(draft)
    if not isinstance(found, Instrument):
        return redirect("draft", draft=draft.pk)
    context = {
        "draft": draft, "instrument": found, "wrong": wrong,
        "groups": review_sheet.preview(without_dangling(found)),
    }  # fmt: skip
    return render(request, "drafts/preview.html", context)


def changes(request: HttpRequest, draft: Any) -> HttpResponse:
    """What the draft changes, compared with the version before."""
    return render(
        request, "drafts/changes.html", {"draft": draft, "own": draft, "told": queries.changed(draft), "whole": ""}
    )


def history(request: HttpRequest, draft: Any) -> HttpResponse:
    """Every change of a draft, newest first, and the ways to take the last one back."""
    page = Paginator(range(queries.changes_of(draft)), A_PAGE).get_page(request.GET.get("page"))
    steps = queries.history(draft, page.start_index() - 1 if page.paginator.count else 0, A_PAGE)
    return render(request, "drafts/history.html", {"draft": draft, "page_obj": page, "steps": steps})


def take_back(request: HttpRequest, draft: Any) -> HttpResponse:
    """Take the last change of a draft back; it can be put back."""
    actions.take_back(draft=draft, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The last change is taken back. It can be put back until something else is changed.")
    return redirect("draft_history", draft=draft.pk)


def put_back(request: HttpRequest, draft: Any) -> HttpResponse:
    """Put back the change that was just taken back."""
    actions.put_back(draft=draft, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, "The change is put back.")
    return redirect("draft_history", draft=draft.pk)


def file(request: HttpRequest, draft: Any) -> HttpResponse:
    """The draft as a file, comments and all."""
    return attachment(draft.text.encode(), "application/toml; charset=utf-8", f"{draft.slug}.toml")


def publish(request: HttpRequest, draft: Any) -> HttpResponse:
    """Publish a draft as the next version."""
    form = PublishForm(request.POST or None)
    key = f"draft-publish-{draft.pk.hex}"
    _, wrong = queries.read(draft)
    if request.method == "POST" and form.is_valid():
        try:
            own = actions.publish(
                draft=draft, note=form.cleaned_data["note"], version=form.cleaned_data["version"],
                by=request.actor,  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(None, refusal.reason)
        else:
            _forget(request, key)
            messages.success(request, f"“{own.title}” is published. From now on it can be chosen.")
            return redirect(own.kind, own.slug)
    context = {
        "draft": draft, "form": form, "key": key, "problems": shown.problems(draft, wrong),
        "told": queries.changed(draft),
    }  # fmt: skip
    return render(request, "drafts/publish.html", context, status=422 if form.errors else 200)


def drop(request: HttpRequest, draft: Any) -> HttpResponse:
    """Drop a draft, once asked whether it is meant."""
    if request.method == "POST":
        actions.drop(draft=draft, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, f"The draft of “{draft.title}” is dropped.")
        return redirect("drafts")
    return render(request, "drafts/drop.html", {"draft": draft})


def version_next(request: HttpRequest, own: Any) -> HttpResponse:
    """Begin the next version of something own."""
    draft = actions.start_next(of=own, client_key=sent_key(request), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, f"Version {draft.number} is being written. Version {own.number} stays as it is.")
    return redirect("draft", draft=draft.pk)


def version_withdraw(request: HttpRequest, own: Any) -> HttpResponse:
    """Withdraw a version from being offered."""
    return _turn(request, own, actions.withdraw, "Withdraw it", "is withdrawn. What was begun on it goes on.")


def version_offer(request: HttpRequest, own: Any) -> HttpResponse:
    """Offer a withdrawn version again."""
    return _turn(request, own, actions.offer_again, "Offer it again", "can be chosen again.")


def _turn(request: HttpRequest, own: Any, act: Any, words: str, done: str) -> HttpResponse:
    form, key = BecauseForm(request.POST or None), f"own-version-{own.pk.hex}"
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        act(own=own, because=held["because"], version=held["version"], by=request.actor)  # type: ignore[attr-defined]
        _forget(request, key)
        messages.success(request, f"“{own.title}” {done}")
        return redirect(own.kind, own.slug)
    context = {"own": own, "form": form, "key": key, "words": words, "out": act is actions.withdraw}
    return render(request, "drafts/turn.html", context, status=422 if form.errors else 200)


def _forget(request: HttpRequest, key: str) -> None:
    forget_typed_text(form=key, by=request.actor)  # type: ignore[attr-defined]


_ONE, _OWN = "drafts/<uuid:draft>/", "drafts/versions/<uuid:own>/"
MAY = Permission.DRAFT_WRITE

DOORS: list[URLPattern] = [
    door("drafts/", drafts, "drafts", needs=MAY),
    door("drafts/new/", draft_new, "draft_new", needs=MAY, to_change=MAY),
    door(_ONE, draft, "draft", needs=MAY, about=queries.draft),
    door(_ONE + "text/", text, "draft_text", needs=MAY, to_change=MAY, about=queries.writing),
    door(_ONE + "preview/", preview, "draft_preview", needs=MAY, about=queries.writing),
    door(_ONE + "changes/", changes, "draft_changes", needs=MAY, about=queries.writing),
    door(_ONE + "history/", history, "draft_history", needs=MAY, about=queries.writing),
    door(_ONE + "take-back/", take_back, "draft_take_back", needs=MAY, to_change=MAY, about=queries.writing,
         reads=False),
    door(_ONE + "put-back/", put_back, "draft_put_back", needs=MAY, to_change=MAY, about=queries.writing, reads=False),
    door(_ONE + "file/", file, "draft_file", needs=MAY, about=queries.writing),
    door(_ONE + "publish/", publish, "draft_publish", needs=MAY, to_change=MAY, about=queries.writing),
    door(_ONE + "drop/", drop, "draft_drop", needs=MAY, to_change=MAY, about=queries.writing),
    door(_OWN + "next/", version_next, "own_version_next", needs=MAY, to_change=MAY, about=queries.version,
         reads=False),
    door(_OWN + "withdraw/", version_withdraw, "own_version_withdraw", needs=MAY, to_change=MAY,
         about=queries.version),
    door(_OWN + "offer/", version_offer, "own_version_offer", needs=MAY, to_change=MAY, about=queries.version),
]  # fmt: skip
