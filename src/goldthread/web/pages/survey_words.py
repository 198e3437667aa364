"""Pages: what people wrote in a survey, read for a child who may not be safe first, then by the team."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.surveys import actions, queries
from goldthread.domain.hearing import TIERS, Tier
from goldthread.web.doors import door
from goldthread.web.presenters import surveys as presenter
from goldthread.web.survey_forms import SettleForm, ShelveWordsForm, WordsFilterForm
from goldthread.web.voice_acts import act, sent

A_PAGE = 25


def survey_words(request: HttpRequest, survey: Any) -> HttpResponse:
    """What was written: for whoever reads it first everything, for the team what was released."""
    actor = request.actor  # type: ignore[attr-defined]
    form = WordsFilterForm(request.GET or None)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    page = Paginator(queries.words_list(actor, survey, status=status), A_PAGE).get_page(request.GET.get("page"))
    triage = queries.may_triage(actor, survey.inspection)
    often = queries.times_said(survey, page) if triage else {}
    context = {
        "inspection": survey.inspection, "survey": survey, "form": form, "page_obj": page, "sent": bool(status),
        "rows": [presenter.words_row(one) | {"often": often.get(one.pk, 0)} for one in page], "triage": triage,
        "may_run": queries.may_run(actor, survey.inspection),
    }  # fmt: skip
    return render(request, "surveys/words.html", context)


def _one(words: Any) -> tuple[str, dict[str, Any]]:
    return "survey_words", {"inspection": words.survey.inspection_id, "survey": words.survey_id}


def survey_words_one(request: HttpRequest, words: Any) -> HttpResponse:
    """What one person wrote, and what becomes of it."""
    form = SettleForm(sent(request), words=words)
    key = f"survey-words-{words.pk}"

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("to", "done", "version")}
        return actions.settle_words(words=words, by=request.actor, **held)  # type: ignore[attr-defined]

    inspection = words.inspection
    if done := act(request, form, do, says=lambda _: "It is settled.", key=key, inspection=inspection, to=_one):
        return done
    form.offer_again()
    context = {
        "inspection": inspection, "survey": words.survey, "form": form, "key": key, "final": words.status == "concern",
        "done": queries.done_of(words), **presenter.words_row(words),
    }  # fmt: skip
    return render(request, "surveys/words_one.html", context, status=422 if form.errors else 200)


def survey_words_shelve(request: HttpRequest, words: Any) -> HttpResponse:
    """Put something of what was released on the shelf, as whoever wrote it allowed."""
    inspection = words.inspection
    form = ShelveWordsForm(sent(request), inspection=inspection)
    key = f"survey-shelve-{words.pk}"

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("text", "areas", "client_key")}
        return actions.shelve_words(words=words, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "It stands on the evidence shelf and can be cited."
    if done := act(request, form, do, says=lambda _: says, key=key, inspection=inspection, to=lambda _: _one(words)):
        return done
    context = {
        "inspection": inspection, "survey": words.survey, "form": form, "key": key,
        "too_late": words.status != "released", "terms": TIERS[Tier(words.tier)], **presenter.words_row(words),
    }  # fmt: skip
    return render(request, "surveys/words_shelve.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/surveys/<uuid:survey>/words/"
_TRIAGE = Permission.SURVEY_TRIAGE

DOORS: list[URLPattern] = [
    door(_AT, survey_words, "survey_words", needs=Permission.SURVEY_READ, about=queries.survey),
    door(_AT + "<int:words>/", survey_words_one, "survey_words_one", needs=_TRIAGE, to_change=_TRIAGE,
         about=queries.one_words),
    door(_AT + "<int:words>/shelve/", survey_words_shelve, "survey_words_shelve", needs=Permission.SURVEY_RUN,
         to_change=Permission.SURVEY_RUN, about=queries.one_words),
]  # fmt: skip
