"""Pages: the parts of an own framework while it is written. What it is for, and its lists entry by entry."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.policy import Refused
from goldthread.apps.drafting import actions, queries
from goldthread.domain.framework import Area, Framework
from goldthread.domain.frameworks import drafts as editing
from goldthread.domain.frameworks.writing import as_toml
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.framework_forms import FrameworkAboutForm
from goldthread.web.framework_lists import ListOf, lists_of
from goldthread.web.pages.draft_questions import back_to, kept, without_line
from goldthread.web.pages.drafts import MAY


class ListPart:
    """One list of a draft, as a door asks about it; and one of its entries, where the address names one."""

    def __init__(self, draft: Any, part: str, at: int | None) -> None:
        self.draft, self.at, self.of = draft, at, _held(draft)
        lists = lists_of(self.of)
        if part not in lists:
            raise ObjectDoesNotExist
        self.part: ListOf = lists[part]
        self.entries = editing.entries(self.of, part)

    def target(self) -> Any:
        """The draft's own."""
        return self.draft.target()

    def entry(self) -> Any:
        """The entry that the address names. Raises ObjectDoesNotExist where the list is shorter."""
        if self.at is None or self.at >= len(self.entries):
            raise ObjectDoesNotExist
        return self.entries[self.at]

    def named(self, key: str) -> Any:
        """The entry of that name, wherever it stands now; None where there is none."""
        return next((one for one in self.entries if key and self.part.key(one) == key), None)


def _held(draft: Any) -> Framework:
    found, _ = queries.read(draft)
    assert isinstance(found, Framework)
    return found


def _list(actor: Any, draft: Any, part: str) -> ListPart:
    return ListPart(queries.writing_framework(actor, draft), part, None)


def _entry(actor: Any, draft: Any, part: str, at: int) -> ListPart:
    return ListPart(queries.writing_framework(actor, draft), part, at)


def about(request: HttpRequest, draft: Any) -> HttpResponse:
    """What the framework is called and for."""
    held, key = _held(draft), f"draft-framework-about-{draft.pk.hex}"
    names = [name for name in FrameworkAboutForm.base_fields if name not in ("client_key", "version")]
    current = {name: getattr(held, name) for name in names}
    form = FrameworkAboutForm(request.POST or None, initial=current)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in names}
        told |= {name: " ".join(value.split()) for name, value in told.items() if isinstance(value, str)}
        if kept(request, draft, form, as_toml(replace(held, **told)), current, key, "What it is for is saved."):
            return redirect("draft", draft=draft.pk)
    context = {"draft": draft, "form": form, "key": key}
    return render(request, "drafts/about.html", context, status=422 if form.errors else 200)


def entry_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Add an entry to a list."""
    if not part.part.grows or len(part.entries) >= (part.part.most or len(part.entries) + 1):
        raise ObjectDoesNotExist
    return _form(request, part, None)


def entry(request: HttpRequest, part: Any) -> HttpResponse:
    """Change an entry of a list: the one that the form was opened on, wherever it stands by now."""
    before = part.named(request.POST.get("entry", "")) if request.method == "POST" else part.entry()
    return _form(request, part, before)


def _form(request: HttpRequest, part: ListPart, before: Any) -> HttpResponse:
    draft, of = part.draft, part.part
    current = _initial(of, before)
    form = of.form(request.POST or None, of=part.of, before=before, initial=current)
    key = f"draft-{of.slug}-{draft.pk.hex}-{'new' if part.at is None else part.at}"
    if request.method == "POST" and form.is_valid():
        made = form.made()  # type: ignore[attr-defined]
        if before is None:
            changed = [*part.entries, made]
        else:
            changed = [made if one is before else one for one in part.entries]
        whole = form.goes_with(editing.with_entries(part.of, of.slug, changed), made)
        text = as_toml(whole)
        if kept(request, draft, form, text, {**form.initial, **current}, key, f"“{of.shown(made)[0]}” is saved."):
            return back_to(draft, f"#l-{of.slug}")
    words = of.shown(before)[0] if before is not None else ""
    context = {"draft": draft, "form": form, "key": key, "part": of, "before": before, "words": words}
    return render(request, "drafts/entry.html", context, status=422 if form.errors else 200)


def _initial(of: ListOf, before: Any) -> dict[str, Any]:
    """What the form shows of an entry."""
    if before is None:
        return {"checked": True, "entry": ""}
    found = {name: getattr(before, name) for name in of.fields}
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
    if isinstance(before, Area):
        told |= {f"criterion-{one.id}": one.text for one in before.criteria}
    empty = ("at_least", "least_share", "area", "parent")
    return {**{name: value or ("" if value in (None, 0) and name in empty else value)
               for name, value in told.items()}, "entry": of.key(before)}  # fmt: skip


def entry_remove(request: HttpRequest, part: Any) -> HttpResponse:
    """Take an entry out, once asked whether it is meant."""
    of, mine = part.part, part.entry()
    refused = editing.why_it_stays(part.of, of.slug, mine)
    if not of.grows:
        raise ObjectDoesNotExist
    if request.method == "POST" and not refused:
        left = [one for one in part.entries if one is not mine]
        try:
            _turn(request, part, left)
        except Refused as refusal:
            if refusal.hidden:
                raise
            refused = without_line(refusal.reason)
        else:
            messages.success(request, f"“{of.shown(mine)[0]}” is taken out.")
            return back_to(part.draft, f"#l-{of.slug}")
    context = {
        "draft": part.draft, "words": of.shown(mine)[0], "questions": [], "what": of.one.partition(" ")[2], "hangs": [],
        "mark": f"l-{of.slug}", "refused": refused,
        "goes_too": [area.title for area in part.of.areas if area.roll_up] if of.slug == "ratings" else [],
    }  # fmt: skip
    return render(request, "drafts/remove.html", context, status=422 if refused and request.method == "POST" else 200)


def entry_move(request: HttpRequest, part: Any) -> HttpResponse:
    """Move an entry up or down in its list."""
    held = list(part.entries)
    mine = part.named(request.POST.get("entry", ""))
    if mine is not None:
        at = held.index(mine)
        to = at - 1 if request.POST.get("way") == "up" else at + 1
        if 0 <= to < len(held):
            held[at], held[to] = held[to], held[at]
    _turn(request, part, held)
    return back_to(part.draft, f"#l-{part.part.slug}")


def _turn(request: HttpRequest, part: ListPart, held: list[Any]) -> None:
    text = as_toml(editing.with_entries(part.of, part.part.slug, held))
    actions.turn(draft=part.draft, text=text, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]


_ONE = "drafts/<uuid:draft>/framework/"
_LIST, _AT = _ONE + "<slug:part>/", _ONE + "<slug:part>/<int:at>/"

DOORS: list[URLPattern] = [
    door(_ONE + "about/", about, "draft_framework_about", needs=MAY, to_change=MAY, about=queries.writing_framework),
    door(_LIST + "new/", entry_new, "draft_entry_new", needs=MAY, to_change=MAY, about=_list),
    door(_LIST + "move/", entry_move, "draft_entry_move", needs=MAY, to_change=MAY, about=_list, reads=False),
    door(_AT, entry, "draft_entry", needs=MAY, to_change=MAY, about=_entry),
    door(_AT + "remove/", entry_remove, "draft_entry_remove", needs=MAY, to_change=MAY, about=_entry),
]  # fmt: skip
