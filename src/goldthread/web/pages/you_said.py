"""Pages: you said, this changed. Written by the team; read by everybody who has a survey's address, without an account.

Whoever answers on the public page has no account and no session; nothing of them is kept.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.views.decorators.csrf import csrf_exempt

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Refused
from goldthread.apps.improvement import actions
from goldthread.apps.improvement import queries as improvement
from goldthread.apps.improvement.queries import you_said as queries
from goldthread.domain import lifecycle, surveys
from goldthread.web.doors import door
from goldthread.web.improvement_forms import YouSaidForm
from goldthread.web.pages.answering import Link, by_link
from goldthread.web.voice_acts import act, sent

Status = lifecycle.YouSaid
DONE = {
    "write": "It is kept. Nobody outside the team reads it yet.",
    Status.SHOWN: "Everybody who has the address can read it now.",
    Status.TAKEN_BACK: "It is taken back. Nobody reads it any more.",
}


def you_said_write(request: HttpRequest, held: Any) -> HttpResponse:
    """Write what families are told of a recommendation, show it to them, or take it back."""
    row, do = queries.you_said_of(held), request.POST.get("do", "write")
    first = {"said": row.said, "changed": row.changed} if row else {}
    form = YouSaidForm(sent(request), initial=first)
    moves = do in (Status.SHOWN, Status.TAKEN_BACK)
    if moves:
        # Nothing is typed where it is shown or taken back.
        form.fields.pop("said"), form.fields.pop("changed")
    key = f"you-said-{held.pk.hex}"

    def do_it() -> Any:
        version, by = form.cleaned_data["version"], request.actor  # type: ignore[attr-defined]
        if moves:
            return actions.move_you_said(held=held, to=do, version=version, by=by)
        words = {name: form.cleaned_data[name] for name in ("said", "changed")}
        return actions.write_you_said(held=held, version=version, by=by, **words)

    def to(_: Any) -> tuple[str, dict[str, Any]]:
        return "you_said_write", {"inspection": held.inspection_id, "recommendation": held.pk}

    if done := act(request, form, do_it, says=lambda _: DONE.get(do, DONE["write"]), key=key,
                   inspection=held.inspection, to=to):  # fmt: skip
        return done
    problem = form if moves else None
    theme = held.theme
    link = reverse("you_said", args=[theme.survey.link]) if theme else ""
    context = {
        "inspection": held.inspection, "held": held, "row": row, "key": key, "problem": problem,
        "form": YouSaidForm(None, initial=first) if moves else form, "theme": theme,
        "address": request.build_absolute_uri(link) if link else "", "link": link,
        "outcome": queries.OUTCOMES[queries.outcome_of(held)], "agreed": queries.agreed(row) if row else None,
        "fewest": surveys.FEWEST,
    }  # fmt: skip
    return render(request, "improvement/you_said.html", context, status=422 if form.errors else 200)


@csrf_exempt
def you_said(request: HttpRequest, link: Link) -> HttpResponse:
    """What is told to everybody who has a survey's address; and the one question, whether they agree."""
    survey, about, problem = link.survey, request.POST.get("about", ""), ""
    shown = queries.shown_beside(survey)
    chosen = next((one for one in shown if str(one.pk) == about), None)
    kept = False
    if chosen is not None:
        number = queries.number_of(chosen, request.POST.get("number", ""))
        try:
            if number is None:
                raise Refused("This page can no longer be read. Please answer again.")
            actions.agree(about=chosen, number=number, answer=request.POST.get("answer", ""), by=NOBODY)
            kept = True
        except Refused as refusal:
            problem = refusal.reason
    elif about:
        problem = "This is not shown any more, so your answer was not kept."
    english = surveys.language("en")
    context = {
        "survey": survey, "title": "You said, this changed", "problem": problem, "found": chosen, "kept": kept,
        "rows": [
            {"one": one, "share": queries.share_in_words(one), "outcome": queries.OUTCOMES.get(one.outcome, ""),
             "agreed": queries.agreed(one), "number": queries.fresh_number(one), "mine": str(one.pk) == about}
            for one in shown
        ],
        "answers": list(queries.ANSWERS.items()), "words": english.said(easy=True), "fewest": surveys.FEWEST,
    }  # fmt: skip
    answer = render(request, "improvement/you_said_public.html", context, status=422 if problem else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


_RUN = Permission.IMPROVEMENT_RUN

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/improvement/<uuid:recommendation>/you-said/", you_said_write, "you_said_write",
        needs=_RUN, to_change=_RUN, about=improvement.recommendation,
    ),
    door("survey/<str:link>/changed/", you_said, "you_said", needs=Permission.PUBLIC, to_change=Permission.PUBLIC,
         about=by_link),
]  # fmt: skip
