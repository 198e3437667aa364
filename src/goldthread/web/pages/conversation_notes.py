"""Pages: the notes of a conversation, what of them goes on the shelf, and an urgent concern that comes up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.conversations import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.domain.hearing import TIER_MEANS, Tier
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, sent_version
from goldthread.web.presenters import voices as presenter
from goldthread.web.voice_acts import act, sent
from goldthread.web.voice_forms import AnswerConcernForm, ConcernForm, NotesForm, PassageForm

_NEXT = "Passages of it can go on the shelf."


def _one(conversation: Any) -> tuple[str, dict[str, Any]]:
    return "conversation", {"inspection": conversation.inspection_id, "conversation": conversation.pk}


def _key(what: str, thing: Any) -> str:
    return f"voices-{what}-{thing.pk.hex}"


def conversation_notes(request: HttpRequest, own: Any) -> HttpResponse:
    """Write down what was said, with the guide beside it."""
    conversation, inspection = own.conversation, own.inspection
    key, form = (
        _key("notes", conversation),
        NotesForm(sent(request), initial={"notes": queries.readable_notes(conversation)}),
    )

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("notes", "version")}
        return actions.write_notes(conversation=conversation, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "The notes are saved. Finish them once they are whole."
    if done := act(request, form, do, says=lambda _: says, key=key, inspection=inspection, to=_one):
        return done
    context = {
        "inspection": inspection, "conversation": conversation, "form": form, "key": key,
        "terms": presenter.terms(conversation),
        "guide": queries.guide_of(inspection, conversation.group, conversation.age),
        "tier_means": TIER_MEANS[Tier(conversation.tier)] if conversation.tier else "",
        "too_late": not form.is_bound and not conversation.writable,
    }  # fmt: skip
    return render(request, "voices/notes.html", context, status=422 if form.errors else 200)


def conversation_read(request: HttpRequest, notes: Any) -> HttpResponse:
    """The notes for somebody of the team who did not listen, once the journal has it that they looked."""
    conversation, words = notes.conversation, None
    if request.method == "POST":
        actions.record_look(conversation=conversation, by=request.actor)  # type: ignore[attr-defined]
        words = queries.readable_notes(conversation)
    context = {
        "inspection": notes.inspection, "conversation": conversation, "words": words,
        "terms": presenter.terms(conversation), "nothing": conversation.noted_at is None, "form": GovukForm(),
    }  # fmt: skip
    return render(request, "voices/read.html", context)


def conversation_finish(request: HttpRequest, own: Any) -> HttpResponse:
    """Finish the notes."""
    closed = own.conversation.tier == Tier.INSPECTOR
    then = "It is for the inspector only: nothing of it goes on the shelf." if closed else _NEXT
    return _move(request, own, actions.finish, "finish", "agreed", f"is held. {then}")


def conversation_open(request: HttpRequest, own: Any) -> HttpResponse:
    """Open finished notes again."""
    return _move(request, own, actions.open_again, "open", "held", "is open again. Finish it when it is mended.")


def _move(request: HttpRequest, own: Any, do: Any, how: str, wants: str, says: str) -> HttpResponse:
    conversation = own.conversation
    if request.method == "POST":
        do(conversation=conversation, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, f"{conversation.mark} {says}")
        return redirect("conversation", inspection=own.inspection.pk, conversation=conversation.pk)
    nothing = how == "finish" and conversation.noted_at is None
    context = {
        "inspection": own.inspection, "conversation": conversation, "form": GovukForm(), "how": how,
        "words": "" if nothing else queries.readable_notes(conversation), "nothing": nothing,
        "too_late": conversation.status != wants,
        "quoted": [one for one in queries.passages_of(conversation) if one.evidence_item.current],
    }  # fmt: skip
    return render(request, f"voices/{how}.html", context)


def passage_new(request: HttpRequest, own: Any) -> HttpResponse:
    """Put something of the conversation on the shelf, at its tier."""
    conversation, inspection = own.conversation, own.inspection
    key = _key("passage", conversation)
    form = PassageForm(
        sent(request), conversation=conversation, initial={"areas": conversation.areas, "tier": conversation.tier}
    )

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("tier", "text", "areas", "client_key")}
        return actions.shelve_passage(conversation=conversation, by=request.actor, **held)  # type: ignore[attr-defined]

    def says(passage: Any) -> str:
        return f"It is {passage.evidence_item.mark} on the evidence shelf."

    if done := act(request, form, do, says=says, key=key, inspection=inspection, to=lambda one: _one(one.conversation)):
        return done
    closed = conversation.tier == Tier.INSPECTOR or not conversation.heard
    context = {
        "inspection": inspection, "conversation": conversation, "form": form, "key": key, "run": inspection.words_alike,
        "words": queries.readable_notes(conversation), "terms": presenter.terms(conversation),
        "tier_means": TIER_MEANS[Tier(conversation.tier)] if conversation.tier else "",
        "too_late": not form.is_bound and closed,
    }  # fmt: skip
    return render(request, "voices/passage.html", context, status=422 if form.errors else 200)


def conversation_concern(request: HttpRequest, conversation: Any) -> HttpResponse:
    """A child may be unsafe: on the case, which tells the council; or, of a child of no case, before the lead."""
    actor, inspection = request.actor, conversation.inspection  # type: ignore[attr-defined]
    key, form = _key("concern", conversation), ConcernForm(sent(request))

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("says", "client_key")}
        return actions.raise_concern(conversation=conversation, by=actor, **held)

    says = "The concern is before the lead inspector. Speak to them now, and call the council's named person."
    if done := act(
        request, form, do, says=lambda _: says, key=key, inspection=inspection, to=lambda _: _one(conversation)
    ):
        return done
    context = {
        "inspection": inspection, "conversation": conversation, "form": form, "key": key,
        "cases": queries.cases_to_choose(actor, inspection),
    }  # fmt: skip
    return render(request, "voices/concern.html", context, status=422 if form.errors else 200)


def concern_to_case(request: HttpRequest, part: Any) -> HttpResponse:
    """Lead on to the form that refers a child back, of the case that was chosen."""
    asked = request.GET.get("case", "")
    found = next((one for one in queries.cases_to_choose(part.actor, part.inspection) if str(one.pk) == asked), None)
    if found is None:
        raise Refused("Choose the case that the child is of.")
    return redirect("case_concern", inspection=part.inspection.pk, case=found.pk)


def concern_answer(request: HttpRequest, concern: Any) -> HttpResponse:
    """Say what is being done about a concern."""
    inspection, key, form = concern.inspection, _key("answer", concern), AnswerConcernForm(sent(request))

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("done", "version")}
        return actions.answer_concern(concern=concern, by=request.actor, **held)  # type: ignore[attr-defined]

    def to(_: Any) -> tuple[str, dict[str, Any]]:
        return "hearing", {"inspection": inspection.pk}

    says = "What is being done is recorded."
    if done := act(request, form, do, says=lambda _: says, key=key, inspection=inspection, to=to):
        return done
    context = {
        "inspection": inspection, "concern": concern, "form": form, "key": key, **queries.concern_words(concern),
        "too_late": not form.is_bound and not concern.open,
    }  # fmt: skip
    return render(request, "voices/concern_answer.html", context, status=422 if form.errors else 200)


_VOICES = "inspections/<uuid:inspection>/voices/"
_ONE = _VOICES + "conversations/<uuid:conversation>/"
_WRITE, _NOTES = Permission.CONVERSATION_WRITE, Permission.CONVERSATION_NOTES
_ANSWER = Permission.CONCERN_ACKNOWLEDGE
_OWN = queries.own_notes

DOORS: list[URLPattern] = [
    door(_ONE + "notes/", conversation_notes, "conversation_notes", needs=_WRITE, to_change=_WRITE, about=_OWN),
    door(_ONE + "read/", conversation_read, "conversation_read", needs=_NOTES, to_change=_NOTES, about=queries.notes),
    door(_ONE + "finish/", conversation_finish, "conversation_finish", needs=_WRITE, to_change=_WRITE, about=_OWN),
    door(_ONE + "open/", conversation_open, "conversation_open", needs=_WRITE, to_change=_WRITE, about=_OWN),
    door(_ONE + "passage/", passage_new, "conversation_passage", needs=_WRITE, to_change=_WRITE, about=_OWN),
    door(_ONE + "concern/", conversation_concern, "conversation_concern", needs=_WRITE, to_change=_WRITE,
         about=queries.conversation),
    door(_VOICES + "concerns/to-case/", concern_to_case, "voiced_concern_to_case", needs=Permission.CASE_READ,
         about=inspections.own_part),
    door(_VOICES + "concerns/<uuid:voiced>/", concern_answer, "voiced_concern", needs=_ANSWER, to_change=_ANSWER,
         about=presenter.voiced),
]  # fmt: skip
