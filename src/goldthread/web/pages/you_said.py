"""Pages: you said, this changed. Written by the team; read by everybody who has a survey's address, without an account.

Whoever answers on the public page has no account and no session; nothing of them is kept here.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Refused
from goldthread.apps.improvement import actions
from goldthread.apps.improvement import queries as improvement
from goldthread.apps.improvement.queries import you_said as queries
from goldthread.domain import lifecycle, surveys
from goldthread.web.doors import door
from goldthread.web.improvement_forms import CouncilsYesForm, YouSaidForm, YouSaidMoveForm
from goldthread.web.pages.answering import Link, by_link, spoken
from goldthread.web.presenters import you_said as presenter
from goldthread.web.voice_acts import act, sent

Status = lifecycle.YouSaid
MARK_LASTS = 180 * 24 * 60 * 60
"""For how many seconds a browser keeps the mark that it has answered. [J]"""
DONE = {
    "write": "It is kept. Nobody outside the team reads it yet.",
    Status.SHOWN: "Everybody who has the address can read it now.",
    Status.TAKEN_BACK: "It is taken back. Nobody reads it any more.",
    "ask": "The council is asked, and reads these words. You read its answer here.",
}


def you_said_write(request: HttpRequest, held: Any) -> HttpResponse:
    """Write what families are told of a recommendation, show it to them, or take it back."""
    row, do = queries.you_said_of(held), request.POST.get("do", "write")
    theme = held.theme
    first, languages = presenter.first(row), presenter.others(theme.survey) if theme else []
    moves = do in (Status.SHOWN, Status.TAKEN_BACK, "ask")
    writes: Any = YouSaidForm(None if moves else sent(request), initial=first, languages=languages)
    mover = YouSaidMoveForm(sent(request) if moves else None)
    form = mover if moves else writes
    key, move_key = f"you-said-{held.pk.hex}", f"you-said-shown-{held.pk.hex}"

    def do_it() -> Any:
        version, by = form.cleaned_data["version"], request.actor  # type: ignore[attr-defined]
        if do == "ask":
            return actions.ask_council(held=held, version=version, by=by)
        if moves:
            return actions.move_you_said(held=held, to=do, version=version, by=by, note=form.cleaned_data["note"])
        words = {name: form.cleaned_data[name] for name in ("said", "changed")}
        return actions.write_you_said(held=held, version=version, by=by, in_languages=writes.in_languages(), **words)

    def to(_: Any) -> tuple[str, dict[str, Any]]:
        return "you_said_write", {"inspection": held.inspection_id, "recommendation": held.pk}

    if done := act(request, form, do_it, says=lambda _: DONE.get(do, DONE["write"]), key=move_key if moves else key,
                   inspection=held.inspection, to=to):  # fmt: skip
        return done
    link = reverse("you_said", args=[theme.survey.link]) if theme else ""
    context = {
        "inspection": held.inspection, "held": held, "row": row, "key": key, "move_key": move_key,
        "problem": mover if moves else None,
        "form": writes, "mover": mover, "theme": theme,
        "address": request.build_absolute_uri(link) if link else "", "link": link,
        "outcome": queries.OUTCOMES[queries.outcome_of(held)], "agreed": queries.agreed(row) if row else None,
        "fewest": surveys.FEWEST, "why_not": queries.why_not_shown(held), "bursts": queries.bursts(row) if row else [],
        "promise": queries.is_promise(held),
        "told": [(one, row.in_languages[one.code]) for one in languages if one.code in row.in_languages] if row else [],
    }  # fmt: skip
    return render(request, "improvement/you_said.html", context, status=422 if form.errors else 200)


def you_said_yes(request: HttpRequest, row: Any) -> HttpResponse:
    """Say for the council whether it promises what families are to be told."""
    held, offered = row.recommendation, queries.councils_answers(row)
    form = CouncilsYesForm(sent(request), offered=offered)
    key = f"you-said-yes-{row.pk.hex}"

    def do_it() -> Any:
        told = form.cleaned_data
        return actions.answer_for_council(
            row=row, to=told["to"], because=told["because"], version=told["version"],
            by=request.actor,  # type: ignore[attr-defined]
        )  # fmt: skip

    def to(_: Any) -> tuple[str, dict[str, Any]]:
        return "recommendation", {"inspection": row.inspection_id, "recommendation": held.pk}

    says = "What you said for the council is kept. The team reads it."
    if done := act(request, form, do_it, says=lambda _: says, key=key, inspection=row.inspection, to=to):
        return done
    form.offer_again()
    languages = presenter.others(held.theme.survey) if held.theme else []
    context = {
        "inspection": row.inspection, "held": held, "row": row, "form": form, "key": key,
        "says": improvement.says_of(held), "too_late": not form.is_bound and not offered,
        "told": [(one, row.in_languages[one.code]) for one in languages if one.code in row.in_languages],
    }  # fmt: skip
    return render(request, "improvement/you_said_yes.html", context, status=422 if form.errors else 200)


@csrf_exempt
def you_said(request: HttpRequest, link: Link) -> HttpResponse:
    """What is told to everybody who has a survey's address; and the one question, whether they agree.

    A browser that answered keeps a mark, the same for everybody: whoever has it is not asked again and not counted.
    """
    shown = queries.shown_beside(link.survey)
    codes = surveys.languages_of(link.survey.template)
    told = request.POST if request.method == "POST" else request.GET
    asked = told.get("language", "")
    page = presenter.Page(link.survey, surveys.language(asked if asked in codes else spoken(request, codes)))
    about = request.POST.get("about", "")
    chosen = next((one for one in shown if str(one.pk) == about), None)
    if chosen is not None:
        page.about, page.already = chosen, queries.mark_of(chosen) in request.COOKIES
        page.problem = "" if page.already else _agree(chosen, request.POST)
    elif about:
        page.problem = "gone"
    context = page.context(shown, codes, request.COOKIES)
    answer = render(request, "improvement/you_said_public.html", context, status=422 if page.problem else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(answer, ("Accept-Language",))
    if page.kept and chosen is not None:
        answer.set_cookie(
            queries.mark_of(chosen), "1", max_age=MARK_LASTS, path=reverse("you_said", args=[link.survey.link]),
            secure=request.is_secure(), httponly=True, samesite="Strict",
        )  # fmt: skip
    return answer


def _agree(chosen: Any, sent: Any) -> str:
    """Keep an answer; the word of what is wrong with it, empty where it is kept."""
    number, given = queries.number_of(chosen, sent.get("number", "")), sent.get("answer", "")
    if number is None:
        return "error_page"
    if given not in queries.ANSWERS:
        return "error_choose"
    try:
        actions.agree(about=chosen, number=number, answer=given, by=NOBODY)
    except Refused:
        # Taken back since this page looked.
        return "gone"
    return ""


_RUN, _SAY = Permission.IMPROVEMENT_RUN, Permission.IMPROVEMENT_SAY

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/improvement/<uuid:recommendation>/you-said/", you_said_write, "you_said_write",
        needs=_RUN, to_change=_RUN, about=improvement.recommendation,
    ),
    door(
        "inspections/<uuid:inspection>/improvement/promises/<uuid:promised>/", you_said_yes, "you_said_yes", needs=_SAY,
        to_change=_SAY, about=queries.told_to_families,
    ),
    door("survey/<str:link>/changed/", you_said, "you_said", needs=Permission.PUBLIC, to_change=Permission.PUBLIC,
         about=by_link),
]  # fmt: skip
