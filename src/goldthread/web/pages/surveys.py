"""Pages: surveys as the team runs them, their results, and putting these on the shelf."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.surveys import actions, queries
from goldthread.domain import surveys as domain
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS
from goldthread.web.presenters import surveys as presenter
from goldthread.web.presenters.you_said import link_of
from goldthread.web.survey_forms import LANGUAGE, LettersForm, ReopenForm, ShelveForm, SurveyForm, paper_form
from goldthread.web.voice_acts import act, sent

OPEN_FOR = timedelta(days=21)
"""For how long the page proposes that a survey is open. [J]"""


def surveys_list(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Every survey of the inspection, and what is still to be read."""
    actor = request.actor  # type: ignore[attr-defined]
    held = list(queries.surveys_of(actor, inspection))
    triage = queries.may_triage(actor, inspection)
    context = {
        "inspection": inspection, "may_run": queries.may_run(actor, inspection),
        "rows": [
            (one, queries.STATES[one.status], queries.waiting(one) if triage else queries.NOTHING_WAITS)
            for one in held
        ],
    }  # fmt: skip
    return render(request, "surveys/list.html", context)


def _one(survey: Any) -> tuple[str, dict[str, Any]]:
    return "survey", {"inspection": survey.inspection_id, "survey": survey.pk}


def survey_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Open a survey."""
    form = SurveyForm(sent(request), initial={"closes": timezone.localdate() + OPEN_FOR, "by_link": True})

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("template", "closes", "by_link", "client_key")}
        return actions.open_survey(inspection=inspection, by=request.actor, **held)  # type: ignore[attr-defined]

    if done := act(request, form, do, says=lambda one: f"{one.mark} is open. Next: letters.", to=_one):
        return done
    context = {
        "inspection": inspection,
        "form": form,
        "templates": [(domain.WHO[slug], domain.load(slug)) for slug in domain.slugs()],
    }
    return render(request, "surveys/new.html", context, status=422 if form.errors else 200)


def survey_page(request: HttpRequest, survey: Any) -> HttpResponse:
    """One survey: how it is answered, who did not answer, and its results once it is closed."""
    actor, inspection = request.actor, survey.inspection  # type: ignore[attr-defined]
    count = queries.counted(survey)
    triage = queries.may_triage(actor, inspection)
    context = {
        "inspection": inspection, "survey": survey, "state": queries.STATES[survey.status],
        "address": request.build_absolute_uri(reverse("survey_answer", args=[survey.link])),
        "ways": presenter.ways(count), "total": count.total, "few": count.total < domain.FEWEST,
        "fewest": domain.FEWEST, **presenter.responses(queries.responses(survey)),
        "letters": queries.invitations(survey),
        "results": presenter.results(survey, queries.results(survey, count), queries.shelved_of(survey)),
        "breakdowns": presenter.breakdowns(queries.breakdowns(survey, count)), "by": presenter.broken_down_by(survey),
        "bursts": queries.bursts(count), "hurried": queries.hurried(survey), "together": queries.TOGETHER,
        "often": queries.often_said(survey) if triage else 0,
        "languages": presenter.languages(survey), "answerable": queries.answerable(survey),
        "may_run": queries.may_run(actor, inspection), "triage": triage,
        "waiting": queries.waiting(survey) if triage else queries.NOTHING_WAITS,
        "waves": queries.waves_before(actor, survey), "formats": FORMATS,
        "told": link_of(survey, domain.language("en")),
    }  # fmt: skip
    return render(request, "surveys/survey.html", context)


def survey_move(request: HttpRequest, survey: Any) -> HttpResponse:
    """Close a survey, or open it again."""
    closing = request.POST.get("to", "closed" if survey.status == "open" else "open") == "closed"
    form = ReopenForm(sent(request), initial={"closes": timezone.localdate() + OPEN_FOR})
    if closing:
        form.fields.pop("closes")

    def do() -> Any:
        held = {"survey": survey, "version": form.cleaned_data["version"], "by": request.actor}  # type: ignore[attr-defined]
        if closing:
            return actions.close_survey(**held)
        return actions.reopen_survey(closes=form.cleaned_data["closes"], **held)

    unread = queries.waiting(survey)
    says = "It is closed. Its results are shown." if closing else "It is open again."
    if closing and unread.many:
        says += f" Still to be read of what was written in it: {unread.many}."
    if done := act(request, form, do, says=lambda _: says, to=_one):
        return done
    triage = queries.may_triage(request.actor, survey.inspection)  # type: ignore[attr-defined]
    context = {
        "inspection": survey.inspection, "survey": survey, "form": form, "closing": closing, "unread": unread,
        "triage": triage,
    }  # fmt: skip
    return render(request, "surveys/move.html", context, status=422 if form.errors else 200)


def survey_letters(request: HttpRequest, survey: Any) -> HttpResponse:
    """Make letters with a code each."""
    form = LettersForm(sent(request))

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("group", "size", "client_key")}
        return actions.invite(survey=survey, by=request.actor, **held)  # type: ignore[attr-defined]

    def to(made: Any) -> tuple[str, dict[str, Any]]:
        parts = {"inspection": made.inspection_id, "survey": survey.pk, "invitations": made.pk}
        return "survey_letters_print", parts

    if done := act(
        request,
        form,
        do,
        says=lambda one: f"{one.size} letters are made." if one.size > 1 else "One letter is made.",
        to=to,
    ):
        return done
    context = {
        "inspection": survey.inspection, "survey": survey, "form": form, "answerable": queries.answerable(survey),
        "too_late": not form.is_bound and survey.status != "open",
    }  # fmt: skip
    return render(request, "surveys/letters.html", context, status=422 if form.errors else 200)


def survey_letters_print(request: HttpRequest, invitations: Any) -> HttpResponse:
    """The letters of a group: first that they hold codes, then, once the journal has it, the letters."""
    survey = invitations.survey
    shown = request.method == "POST"
    if shown:
        actions.record_letters(invitations=invitations, by=request.actor)  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("survey_answer", args=[survey.link]))
    context = {
        "inspection": survey.inspection, "survey": survey, "invitations": invitations, "address": address,
        "codes": queries.letters_of(invitations) if shown else [], "square": presenter.square(address) if shown else "",
        "parts": presenter.letter(survey), "answerable": queries.answerable(survey),
    }  # fmt: skip
    return render(request, "surveys/letters_print.html", context)


def survey_paper(request: HttpRequest, survey: Any) -> HttpResponse:
    """The survey on paper, in a language, in usual words or in easy read."""
    code = request.GET.get("language", "en")
    code = code if code in domain.languages_of(survey.template) else "en"
    language, asked = domain.language(code), domain.load(survey.template, code)
    easy, large = request.GET.get("form") == "easy", request.GET.get("print") == "large"
    words = language.said(easy=easy, to=survey.template)
    context = {
        "inspection": survey.inspection, "survey": survey, "asked": asked,
        "questions": presenter.on_paper(asked, language, easy=easy),
        "language": language, "words": words, "easy": easy, "large": large,
        "languages": presenter.languages(survey), "most": domain.MOST_LETTERS, "until": language.day(survey.closes),
        "tiers": [words[tier] for tier in ("words", "idea", "inspector")],
        "until_says": words["until"].format(day=language.day(survey.closes)),
        "answerable": queries.answerable(survey),
    }  # fmt: skip
    return render(request, "surveys/paper.html", context)


def survey_typed(request: HttpRequest, survey: Any) -> HttpResponse:
    """Type in a form that came on paper."""
    form = paper_form(survey.asked)(sent(request))
    key = f"survey-paper-{survey.pk.hex}"

    def do() -> Any:
        told = form.cleaned_data
        held = {"tier": form.tier(), "client_key": told["client_key"], "language": told[LANGUAGE] or "en"}
        return actions.type_in(survey=survey, answers=form.answers(), by=request.actor, **held)  # type: ignore[attr-defined]

    says = "The paper form is kept. Destroy the paper as your rules say."
    if done := act(request, form, do, says=lambda _: says, key=key, inspection=survey.inspection, to=_one):
        return done
    context = {
        "inspection": survey.inspection, "survey": survey, "form": form, "key": key,
        "too_late": not form.is_bound and survey.status != "open",
    }  # fmt: skip
    return render(request, "surveys/typed.html", context, status=422 if form.errors else 200)


def survey_shelve(request: HttpRequest, asked: Any) -> HttpResponse:
    """Put the result of one question on the shelf."""
    survey, result = asked.survey, asked.result
    form = ShelveForm(sent(request), inspection=survey.inspection)

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("areas", "client_key")}
        actor = request.actor  # type: ignore[attr-defined]
        return actions.shelve_result(survey=survey, question=result.question.id, by=actor, **held)

    says = "It stands on the evidence shelf and can be cited."
    if done := act(request, form, do, says=lambda _: says, to=lambda _: _one(survey)):
        return done
    context = {
        "inspection": survey.inspection, "survey": survey, "result": result, "form": form,
        "summary": queries.summary_of(result) if result.shown else "",
    }  # fmt: skip
    return render(request, "surveys/shelve.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/surveys/"
_ONE = _AT + "<uuid:survey>/"
_READ, _RUN = Permission.SURVEY_READ, Permission.SURVEY_RUN

DOORS: list[URLPattern] = [
    door(_AT, surveys_list, "surveys", needs=_READ, about=inspections.get),
    door(_AT + "new/", survey_new, "survey_new", needs=_RUN, to_change=_RUN, about=inspections.get),
    door(_ONE, survey_page, "survey", needs=_READ, about=queries.survey),
    door(_ONE + "move/", survey_move, "survey_move", needs=_RUN, to_change=_RUN, about=queries.survey),
    door(_ONE + "letters/", survey_letters, "survey_letters", needs=_RUN, to_change=_RUN, about=queries.survey),
    door(_ONE + "letters/<uuid:invitations>/", survey_letters_print, "survey_letters_print", needs=_RUN,
         to_change=_RUN, about=queries.one_invitations, step_up=True),
    door(_ONE + "paper/", survey_paper, "survey_paper", needs=_READ, about=queries.survey),
    door(_ONE + "typed/", survey_typed, "survey_typed", needs=_RUN, to_change=_RUN, about=queries.survey),
    door(_ONE + "results/<slug:topic>/", survey_shelve, "survey_shelve", needs=_RUN, to_change=_RUN,
         about=queries.asked_result),
]  # fmt: skip
