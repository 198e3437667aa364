"""Pages: questions about the data, put to the authority about an issue, answered, closed or asked again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils.text import Truncator

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.inspections import queries as inspection_queries
from goldthread.apps.submissions import actions, corrections, data_queries, local_rules, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm, KeyForm

A_PAGE = 20
LONGEST = 2000
SEEN_BY = "Do not name a child. The council reads this, and so does everybody of the team."
READ_BY = "Do not name a child. The team reads this, and it stays beside the rule for as long as the data is kept."


@dataclass(frozen=True)
class Asking:
    """A submission about which somebody asks, as the door sees it: what they write is the team's, and their own."""

    submission: Any
    actor: Actor

    @property
    def inspection(self) -> Any:
        """Whose submission it is."""
        return self.submission.inspection

    def target(self) -> Target:
        """The question that will be."""
        return data_queries.asked_here(self.inspection, self.actor)


def find_asking(actor: Actor, inspection: UUID, submission: UUID) -> Asking:
    """A submission that the actor may see. Raises Submission.DoesNotExist."""
    return Asking(queries.get(actor, inspection, submission), actor)


class AskForm(KeyForm, GovukForm):
    """Asking about an issue."""

    about = forms.ChoiceField(label="Which issue")
    row = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    question = forms.CharField(
        label="What do you want to know?", max_length=LONGEST, help_text=SEEN_BY,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, asked: Any, broken: Any, **more: Any) -> None:
        """Offer the issues that the submission has."""
        super().__init__(asked, **more)
        choices = [
            (f"{one.rule}:{one.list or ''}", f"{one.rule}, {one.place}: {Truncator(one.says).chars(70)}")
            for one in broken
        ]
        self.fields["about"].choices = [("", "Choose an issue"), *choices]  # type: ignore[attr-defined]

    def place(self) -> tuple[str, int | None]:
        """The rule and the list that were chosen."""
        rule, _, number = self.cleaned_data["about"].partition(":")
        return rule, int(number) if number else None


class ReplyForm(KeyForm, GovukForm):
    """Answering."""

    says = forms.CharField(
        label="Your answer", max_length=LONGEST, help_text=READ_BY, widget=forms.Textarea(attrs={"rows": 6})
    )


class CloseForm(KeyForm, GovukForm):
    """Closing a question."""

    because = forms.CharField(
        required=False, label="Anything to add", max_length=LONGEST, help_text=SEEN_BY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class AgainForm(KeyForm, GovukForm):
    """Asking again."""

    because = forms.CharField(
        label="What is still open?", max_length=LONGEST, help_text=SEEN_BY, widget=forms.Textarea(attrs={"rows": 4})
    )


class FilterForm(GovukForm):
    """Which questions are shown."""

    status = forms.ChoiceField(required=False, label="State")
    whose = forms.ChoiceField(required=False, label="Whose", choices=[("", "Everybody's"), ("mine", "Those I asked")])
    words = forms.CharField(required=False, max_length=100, label="Search")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the states."""
        super().__init__(*args, **kwargs)
        choices = [("", "Every state"), *((str(one), says) for one, says in data_queries.STATUSES.items())]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]


def questions(request: HttpRequest, part: Any) -> HttpResponse:
    """What was asked about the data of an inspection, the newest first."""
    actor, inspection = part.actor, part.inspection
    form = FilterForm(request.GET or None)
    form.is_valid()
    held = getattr(form, "cleaned_data", {})
    found = data_queries.asked(
        actor, inspection, status=held.get("status") or "", mine=held.get("whose") == "mine",
        words=held.get("words") or "",
    )  # fmt: skip
    context = {
        "inspection": inspection,
        "form": form,
        "page_obj": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "sent": any(held.values()),
        "statuses": data_queries.STATUSES,
        "of_team": "authority" not in inspection_queries.sides_of(inspection, actor),
    }
    return render(request, "questions/list.html", context)


def ask(request: HttpRequest, asking: Any) -> HttpResponse:
    """Put an issue to the council."""
    actor, row = asking.actor, asking.submission
    value = _value(actor, row, request.GET.get("value", ""))
    own = queries.rules_broken(row, local=True) if local_rules.may_see(actor, row) else []
    form = AskForm(request.POST or None, [*queries.rules_broken(row), *own], initial=_begun(request, value))
    key = f"question-{row.pk.hex}" + (f"-{value.key}" if value else "")
    if request.method == "POST" and form.is_valid():
        rule, number = form.place()
        held = form.cleaned_data
        try:
            query = actions.ask(
                submission=row, rule=rule, list=number, row=held["row"], question=held["question"],
                client_key=held["client_key"], by=actor,
            )  # fmt: skip
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error("about", refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{row.inspection_id}", by=actor)
            messages.success(request, f"{query.mark} is asked. The council's nominated officer sees it now.")
            return redirect("question", inspection=row.inspection_id, question=query.pk)
    of_row = str(form["row"].value() or "")
    context = {
        "inspection": row.inspection, "submission": row, "form": form, "key": key, "may_ask": bool(row.readable),
        "value": value, "value_list": corrections.title(value.field).lower() if value else "",
        "of_row": of_row if of_row.isascii() and of_row.isdigit() else "",
    }  # fmt: skip
    return render(request, "questions/ask.html", context, status=422 if form.errors else 200)


def _value(actor: Actor, row: Any, key: str) -> Any:
    """The unclear value that a question begins with, for who may read rows."""
    return corrections.value_of(row, key) if row.of_lists and queries.may_read_rows(actor, row) else None


def _begun(request: HttpRequest, value: Any) -> dict[str, str]:
    if value is None:
        return {"about": request.GET.get("about", ""), "row": request.GET.get("row", "")}
    rule, number = value.issue
    return {"about": f"{rule}:{number}", "question": value.question}


def question(request: HttpRequest, query: Any) -> HttpResponse:
    """One question, and everything that was said."""
    actor = request.actor  # type: ignore[attr-defined]
    settles = data_queries.may_settle(actor, query)
    context = {
        **_about(query, actor),
        "may_answer": data_queries.may_answer(actor, query),
        "may_close": settles and query.status != "closed",
        "may_ask_again": settles and query.status != "asked",
        "turns": [(one, data_queries.TURNS.get(one.kind, one.kind)) for one in query.turns.all()],
    }
    return render(request, "questions/question.html", context)


def _about(query: Any, actor: Actor) -> dict[str, Any]:
    seen = queries.visible_to(actor).filter(pk=query.submission_id).exists()
    return {
        "inspection": query.inspection, "query": query, "statuses": data_queries.STATUSES, "seen": seen,
        "row_seen": data_queries.sees_row(actor, query),
    }  # fmt: skip


def reply(request: HttpRequest, query: Any) -> HttpResponse:
    """Answer for the council."""
    return _act(request, query, ReplyForm, "says", actions.answer, "is answered. The team reads it now.")


def close(request: HttpRequest, query: Any) -> HttpResponse:
    """Close a question."""
    return _act(request, query, CloseForm, "because", actions.close, "is closed. What was said stays beside the rule.")


def again(request: HttpRequest, query: Any) -> HttpResponse:
    """Ask again, with what is still open."""
    return _act(request, query, AgainForm, "because", actions.reopen, "is asked again.")


_WORDS: dict[Any, tuple[str, str]] = {
    actions.answer: ("answer", "Answer the question"),
    actions.close: ("close", "Close the question"),
    actions.reopen: ("again", "Ask again"),
}


def _act(request: HttpRequest, query: Any, kind: Any, name: str, action: Any, done: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = kind(request.POST or None)
    slug, words = _WORDS[action]
    key = f"question-{slug}-{query.pk.hex}"
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        field = "says" if action is actions.answer else "because"
        try:
            action(query=query, version=held["version"], by=actor, **{field: held[name]})
        except Refused as refusal:
            if refusal.hidden:
                raise
            form.add_error(name, refusal.reason)
        else:
            forget_typed_text(form=f"{key}@{query.inspection_id}", by=actor)
            messages.success(request, f"{query.mark} {done}")
            return redirect("question", inspection=query.inspection_id, question=query.pk)
    context = {
        **_about(query, actor), "form": form, "key": key, "words": words, "field": form[name],
        "too_late": not form.is_bound and not data_queries.can_become(query, slug),
        "turns": [(one, data_queries.TURNS.get(one.kind, one.kind)) for one in query.turns.all()],
    }  # fmt: skip
    return render(request, "questions/act.html", context, status=422 if form.errors else 200)


_ASK_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/issues/ask/"
_ALL = "inspections/<uuid:inspection>/data/questions/"
_ONE = _ALL + "<uuid:question>/"
_READ, _ASK, _ANSWER = Permission.DATA_QUERY_READ, Permission.DATA_QUERY_ASK, Permission.DATA_QUERY_ANSWER

DOORS: list[URLPattern] = [
    door(_ASK_AT, ask, "question_ask", needs=_ASK, to_change=_ASK, about=find_asking),
    door(_ALL, questions, "questions", needs=_READ, about=inspection_queries.own_part),
    door(_ONE, question, "question", needs=_READ, about=data_queries.get),
    door(_ONE + "answer/", reply, "question_answer", needs=_ANSWER, to_change=_ANSWER, about=data_queries.get),
    door(_ONE + "close/", close, "question_close", needs=_ASK, to_change=_ASK, about=data_queries.get),
    door(_ONE + "again/", again, "question_again", needs=_ASK, to_change=_ASK, about=data_queries.get),
]
