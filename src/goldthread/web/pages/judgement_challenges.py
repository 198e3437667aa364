"""Pages: quality assurance challenges a judgement, is answered, and closes the challenge."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.findings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.lifecycle import Challenge
from goldthread.web.checks import decided, or_error
from goldthread.web.doors import door
from goldthread.web.judgement_forms import ChallengeAnswerForm, ChallengeCloseForm, ChallengeForm
from goldthread.web.pages.judgement_record import OfJudgement, find, look
from goldthread.web.presenters import areas


def challenge(request: HttpRequest, held: Any) -> HttpResponse:
    """Put a challenge to a judgement."""
    inspection, key = held.inspection, f"judgement-challenge-{held.area}"
    form = ChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("question", "against", "client_key", "version")}
        if or_error(form, "question", actions.challenge, judgement=held, by=request.actor, **words) is not None:  # type: ignore[attr-defined]
            forget_typed_text(form=f"{key}@{inspection.pk}", by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "The challenge is put. The judgement is not agreed before it is answered.")
            return redirect(look(held))
    context = {**_about(held), "form": form, "key": key, "closed": held.closed_because()}
    return render(request, "judgements/challenge.html", context, status=422 if form.errors else 200)


def answer(request: HttpRequest, asked: Any) -> HttpResponse:
    """Answer a challenge."""
    form = ChallengeAnswerForm(request.POST or None)

    def act(*, note: str, version: int, by: Actor) -> Any:
        return actions.answer_challenge(challenge=asked.row, answer=note, version=version, by=by)

    return _settled(request, asked, form, act, ("answer", "Answer it", "The challenge is answered."))


def close(request: HttpRequest, asked: Any) -> HttpResponse:
    """Close a challenge, or ask it again."""
    form = ChallengeCloseForm(request.POST or None, answered=asked.row.status == Challenge.ANSWERED)
    again = request.POST.get("decision") == "again"

    def act(*, note: str, version: int, by: Actor) -> Any:
        return actions.close_challenge(challenge=asked.row, again=again, closing=note, version=version, by=by)

    says = "The challenge is open again." if again else "The challenge is closed."
    return _settled(request, asked, form, act, ("close", "Record it", says))


def _settled(
    request: HttpRequest, asked: Any, form: Any, act: Callable[..., Any], words: tuple[str, str, str]
) -> HttpResponse:
    """The page on which something is said to a challenge; `words`: the act, its button, what is told after."""
    row, held = asked.row, asked.row.judgement
    name, button, says = words
    key = f"challenge-{name}-{row.pk}"
    if request.method == "POST" and form.is_valid() and decided(request, form, act, says=says):
        forget_typed_text(form=f"{key}@{held.inspection_id}", by=request.actor)  # type: ignore[attr-defined]
        return redirect(asked.look)
    context = {**_about(held), "form": form, "key": key, "row": row, "button": button}
    return render(request, "judgements/challenge_settle.html", context, status=422 if form.errors else 200)


def _about(held: Any) -> dict[str, Any]:
    framework = areas.framework_of(held.inspection)
    return {
        "inspection": held.inspection, "held": held, "title": areas.titles(held.inspection)[held.area],
        "grade": framework.grade(held.grade).title,
    }  # fmt: skip


def _challenge(actor: Actor, inspection: UUID, area: str, challenge: int) -> OfJudgement:
    return OfJudgement(queries.challenge_to(actor, inspection, area, challenge))


_ONE = "inspections/<uuid:inspection>/judgements/<slug:area>/"
_CHALLENGE = _ONE + "challenges/<int:challenge>/"
_ASSURE, _ANSWER = Permission.JUDGEMENT_ASSURE, Permission.JUDGEMENT_PROPOSE
DOORS = [
    door(_ONE + "challenge/", challenge, "judgement_challenge", needs=_ASSURE, to_change=_ASSURE, about=find),
    door(_CHALLENGE + "answer/", answer, "challenge_answer", needs=_ANSWER, to_change=_ANSWER, about=_challenge),
    door(_CHALLENGE + "close/", close, "challenge_close", needs=_ASSURE, to_change=_ASSURE, about=_challenge),
]  # fmt: skip
