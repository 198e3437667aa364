"""Pages: conversations from their planning to consent, and what may become of them besides being held."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.conversations import actions, queries
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections import queries as inspections
from goldthread.domain.hearing import HOW, TIER_MEANS, TIER_PROMISES, Tier
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, sent_version
from goldthread.web.presenters import areas
from goldthread.web.presenters import voices as presenter
from goldthread.web.voice_acts import act, sent
from goldthread.web.voice_forms import (
    CodeForm,
    ConsentForm,
    ConversationFilterForm,
    NarrowForm,
    NotHeldForm,
    PlanForm,
    WithdrawForm,
)

A_PAGE = 25
TAKEN_BACK_FOR = timedelta(days=14)
"""For how long after fieldwork a page proposes that somebody may take back what they said. Can be changed. [J]"""

NO_SUCH_CODE = "No conversation has this code, or it was taken back already. Ask them to read it again."


def _found(request: HttpRequest, inspection: Any) -> tuple[ConversationFilterForm, Any, bool]:
    form = ConversationFilterForm((request.POST or request.GET) or None, inspection=inspection)
    held = form.cleaned_data if form.is_valid() else {}
    names = ("group", "status", "area", "words")
    rows = queries.conversations(
        request.actor, inspection, mine=held.get("whose") == "mine",  # type: ignore[attr-defined]
        **{name: held.get(name) or "" for name in names},
    )  # fmt: skip
    return form, rows, any(held.get(name) for name in (*names, "whose"))


def conversations_list(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Every conversation of the inspection, the latest day first."""
    form, found, narrowed = _found(request, inspection)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "form": form, "sent": narrowed, "page_obj": page,
        "rows": [(one, queries.STATES[one.status]) for one in page], "formats": FORMATS,
        "may_write": queries.may_write(request.actor, inspection),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "voices/conversations.html", context)


def conversations_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The list as it is filtered, as a file, the journal saying so first. No notes: what stands on the shelf."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    _, found, _ = _found(request, inspection)
    actor = request.actor  # type: ignore[attr-defined]
    held = found.prefetch_related("passages__evidence_item")
    table = presenter.conversations_table(inspection, held, by=actor.name)
    actions.record_export(inspection=inspection, what="conversations", form=form, rows=len(table.rows), by=actor)
    return attachment(export(table, form), FORMATS[form][1], file_name("conversations", form, of=inspection))


def _one(conversation: Any) -> tuple[str, dict[str, Any]]:
    return "conversation", {"inspection": conversation.inspection_id, "conversation": conversation.pk}


def conversation_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Plan a conversation."""
    actor, inspection = request.actor, part.inspection  # type: ignore[attr-defined]
    form = PlanForm(
        sent(request), inspection=inspection,
        initial={"day": timezone.localdate(), "people": 1, "holder": actor.id, "how": "in-person"},
    )  # fmt: skip

    def do() -> Any:
        key = form.cleaned_data["client_key"]
        return actions.plan(inspection=inspection, client_key=key, by=actor, **form.values())

    def to(one: Any) -> tuple[str, dict[str, Any]]:
        route, parts = _one(one)
        return ("conversation_consent" if queries.may_write(actor, one) else route), parts

    if done := act(request, form, do, says=lambda one: f"{one.mark} is planned. Next: consent.", to=to):
        return done
    context = {"inspection": inspection, "form": form}
    return render(request, "voices/conversation_new.html", context, status=422 if form.errors else 200)


def conversation_change(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Change what is planned."""
    inspection = conversation.inspection
    names = ("group", "age", "team", "areas", "day", "how", "people")
    initial = {name: getattr(conversation, name) for name in names}
    initial |= {"holder": str(conversation.holder_id), "task": str(conversation.task_id or "")}
    form = PlanForm(sent(request), inspection=inspection, initial=initial)

    def do() -> Any:
        version = form.cleaned_data["version"]
        return actions.change_plan(
            conversation=conversation, version=version, by=request.actor, **form.values()  # type: ignore[attr-defined]
        )  # fmt: skip

    if done := act(request, form, do, says=lambda one: f"{one.mark} is changed.", to=_one):
        return done
    context = {
        "inspection": inspection, "conversation": conversation, "form": form,
        "too_late": not form.is_bound and conversation.status != "planned",
    }  # fmt: skip
    return render(request, "voices/conversation_change.html", context, status=422 if form.errors else 200)


def conversation_page(request: HttpRequest, conversation: Any) -> HttpResponse:
    """One conversation: who, on which terms, how far it has come, and what of it stands on the shelf."""
    actor, inspection = request.actor, conversation.inspection  # type: ignore[attr-defined]
    own = actor.id == str(conversation.holder_id)
    writes, status = queries.may_write(actor, conversation), conversation.status
    shorts = areas.shorts(inspection)
    there = status in ("agreed", "held")
    context = {
        "inspection": inspection, "conversation": conversation, "state": queries.STATES[status], "how": HOW,
        "how_words": HOW[conversation.how], "areas": [shorts.get(slug, slug) for slug in conversation.areas],
        "terms": presenter.terms(conversation), "ended": queries.ENDINGS.get(conversation.ended_because, ""),
        "tier_means": TIER_MEANS[Tier(conversation.tier)] if conversation.tier else "",
        "passages": queries.passages_of(conversation), "own": own, "writes": writes, "there": there,
        "over": conversation.withdraw_until is not None and timezone.localdate() > conversation.withdraw_until,
        "noted": conversation.noted_at is not None, "may_narrow": writes and there and conversation.tier != "inspector",
        "may_shelve": own and writes and status == "held" and conversation.tier != "inspector",
        "may_read": not own and conversation.noted_at is not None
        and queries.may(actor, Permission.CONVERSATION_NOTES, queries.Notes(conversation)),
        "guide": queries.guide_of(inspection, conversation.group, conversation.age),
        "concerns": [
            (one, queries.concern_words(one))
            for one in queries.open_concerns(actor, inspection, conversation=conversation)
        ],
    }  # fmt: skip
    return render(request, "voices/conversation.html", context)


def conversation_consent(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Record on which terms somebody speaks."""
    inspection = conversation.inspection
    proposed = max(inspection.fieldwork_to, timezone.localdate()) + TAKEN_BACK_FOR
    form = ConsentForm(sent(request), conversation=conversation, initial={"withdraw_until": proposed})

    def do() -> Any:
        held = {
            name: form.cleaned_data[name] for name in ("tier", "adult", "agreed", "withdraw_until", "version")
        }  # fmt: skip
        return actions.agree(conversation=conversation, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "Consent is recorded. Hand over the slip; notes can be written now."
    if done := act(request, form, do, says=lambda _: says, to=_one):
        return done
    context = {
        "inspection": inspection, "conversation": conversation, "form": form,
        "too_late": not form.is_bound and conversation.status != "planned",
    }  # fmt: skip
    return render(request, "voices/consent.html", context, status=422 if form.errors else 200)


def conversation_narrow(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Record that less may be done with it."""
    inspection = conversation.inspection
    too_late = conversation.status not in ("agreed", "held") or conversation.tier == "inspector"
    form = NarrowForm(sent(request), tier=conversation.tier or "words")

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("tier", "version")}
        return actions.narrow(conversation=conversation, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "Recorded. What went beyond it is wiped from the shelf."
    if done := act(request, form, do, says=lambda _: says, to=_one):
        return done
    context = {
        "inspection": inspection, "conversation": conversation, "form": form, "terms": presenter.terms(conversation),
        "too_late": not form.is_bound and too_late,
    }  # fmt: skip
    return render(request, "voices/narrow.html", context, status=422 if form.errors else 200)


def conversation_not_held(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Note that it was not held."""
    form = NotHeldForm(sent(request))

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("because", "version")}
        return actions.not_held(conversation=conversation, by=request.actor, **held)  # type: ignore[attr-defined]

    if done := act(request, form, do, says=lambda one: f"{one.mark} is noted as not held.", to=_one):
        return done
    context = {
        "inspection": conversation.inspection, "conversation": conversation, "form": form,
        "too_late": not form.is_bound and (conversation.status not in ("planned", "agreed") or conversation.noted_at),
    }  # fmt: skip
    return render(request, "voices/not_held.html", context, status=422 if form.errors else 200)


def conversation_again(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Plan one again that was not held."""
    if request.method == "POST":
        actions.plan_again(
            conversation=conversation, version=sent_version(request), by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, f"{conversation.mark} is planned again.")
        return redirect("conversation", inspection=conversation.inspection_id, conversation=conversation.pk)
    context = {
        "inspection": conversation.inspection, "conversation": conversation, "form": GovukForm(),
        "too_late": conversation.status != "not-held",
    }  # fmt: skip
    return render(request, "voices/again.html", context)


def conversation_slip(request: HttpRequest, conversation: Any) -> HttpResponse:
    """The slip for whoever spoke: its code, until when, and how to take it back."""
    context = {
        "inspection": conversation.inspection, "conversation": conversation, "code": queries.slip_of(conversation),
        "terms": presenter.terms(conversation),
        "promised": TIER_PROMISES[Tier(conversation.tier)] if conversation.tier else "",
    }  # fmt: skip
    return render(request, "voices/slip.html", context)


def conversation_by_code(request: HttpRequest, part: Any) -> HttpResponse:
    """Find a conversation by the code that somebody reads out from their slip."""
    actor, inspection, form = request.actor, part.inspection, CodeForm(sent(request))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        found = queries.by_code(actor, inspection, form.cleaned_data["code"])
        if found is not None and queries.may_write(actor, found):
            where = reverse("conversation_withdraw", args=[inspection.pk, found.pk])
            return redirect(f"{where}?how=slip")
        form.add_error("code", NO_SUCH_CODE if found is None else _for_somebody_else(found))
    context = {"inspection": inspection, "form": form}
    return render(request, "voices/by_code.html", context, status=422 if form.errors else 200)


def _for_somebody_else(found: Any) -> str:
    """Who takes a conversation back, told to a colleague to whom its code was read out."""
    return (
        f"It is {found.mark}, with {found.holder.name}. Give the code to them or to the lead inspector today: "
        "either can take it back. Tell whoever reads it to you that you pass it on."
    )


def conversation_withdraw(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Take a conversation back: first everything that goes and every finding that leans on it, then the act."""
    actor = request.actor  # type: ignore[attr-defined]
    form = WithdrawForm(sent(request), initial={"because": "slip" if request.GET.get("how") == "slip" else ""})

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("because", "version")}
        return actions.withdraw(conversation=conversation, by=actor, **held)

    says = (
        "Taken back: the notes are wiped, and nothing of them stands on the shelf. Findings that leaned on it say so."
    )
    if done := act(request, form, do, says=lambda _: says, to=_one):
        return done
    passages = queries.passages_of(conversation)
    leaning = {one.pk: one for each in passages for one in findings.leaning_on(each.evidence_item, actor)}
    context = {
        "inspection": conversation.inspection, "conversation": conversation, "form": form, "passages": passages,
        "leaning": list(leaning.values()), "over": conversation.withdraw_until
        and timezone.localdate() > conversation.withdraw_until,
        "too_late": not form.is_bound and conversation.status not in ("agreed", "held"),
        "may_narrow": conversation.tier not in ("", "inspector"),
    }  # fmt: skip
    return render(request, "voices/withdraw.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/voices/conversations/"
_ONE = _AT + "<uuid:conversation>/"
_READ, _WRITE = Permission.CONVERSATION_READ, Permission.CONVERSATION_WRITE
_OF = queries.conversation

DOORS: list[URLPattern] = [
    door(_AT, conversations_list, "conversations", needs=_READ, about=inspections.get),
    door(_AT + "file/", conversations_file, "conversations_file", needs=_READ, to_change=_READ,
         about=inspections.get, reads=False, step_up=True, file=True),
    door(_AT + "new/", conversation_new, "conversation_new", needs=_WRITE, to_change=_WRITE,
         about=inspections.own_part),
    door(_AT + "by-code/", conversation_by_code, "conversation_by_code", needs=_WRITE, to_change=_WRITE,
         about=inspections.own_part),
    door(_ONE, conversation_page, "conversation", needs=_READ, about=_OF),
    door(_ONE + "change/", conversation_change, "conversation_change", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "consent/", conversation_consent, "conversation_consent", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "less/", conversation_narrow, "conversation_narrow", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "not-held/", conversation_not_held, "conversation_not_held", needs=_WRITE, to_change=_WRITE,
         about=_OF),
    door(_ONE + "again/", conversation_again, "conversation_again", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "slip/", conversation_slip, "conversation_slip", needs=_WRITE, about=_OF),
    door(_ONE + "take-back/", conversation_withdraw, "conversation_withdraw", needs=_WRITE, to_change=_WRITE,
         about=_OF),
]  # fmt: skip
