"""Pages: the themes of what was written in a survey, and sorting texts into them, one by one."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.improvement import queries as improvement
from goldthread.apps.surveys import actions, queries
from goldthread.web.doors import door
from goldthread.web.presenters import surveys as presenter
from goldthread.web.presenters.improvement import verdicts
from goldthread.web.survey_forms import ShelveForm
from goldthread.web.survey_theme_forms import CodeForm, MergeForm, ThemeForm
from goldthread.web.voice_acts import act, sent

A_PAGE = 25
"""How many texts of a theme a page opens."""


def survey_themes(request: HttpRequest, survey: Any) -> HttpResponse:
    """The code book with the share of each theme, and how far the sorting has come; it is added to here."""
    form, inspection = ThemeForm(sent(request)), survey.inspection

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("name", "means", "client_key")}
        return actions.make_theme(survey=survey, by=request.actor, **held)  # type: ignore[attr-defined]

    if done := act(request, form, do, says=lambda one: f"{one.mark} is in the code book.", to=lambda _: _all(survey)):
        return done
    context = {
        "inspection": inspection, "survey": survey, "form": form, "sorting": queries.sorting(survey),
        "next": queries.next_text(survey), "may_run": queries.may_run(request.actor, inspection),  # type: ignore[attr-defined]
        **presenter.code_book(survey),
    }  # fmt: skip
    return render(request, "surveys/themes.html", context, status=422 if form.errors else 200)


def survey_theme(request: HttpRequest, theme: Any) -> HttpResponse:
    """One theme with its texts: renamed, merged or taken apart again, and put on the shelf."""
    actor, inspection = request.actor, theme.inspection  # type: ignore[attr-defined]
    do = request.POST.get("do", "")
    said = {"name": theme.name, "means": theme.means}
    rename = ThemeForm(sent(request) if do in ("", "rename") else None, initial=said)
    merge = MergeForm(sent(request) if do == "merge" else None, theme=theme)
    shelve = ShelveForm(sent(request) if do == "shelve" else None, inspection=inspection)
    part = ThemeForm(sent(request) if do == "part" else None)
    if do == "part":
        # Nothing is typed where a merging is taken back.
        part.fields.pop("name"), part.fields.pop("means")
    says = {
        "merge": "Its texts count for the other theme.", "part": "It stands by itself again.",
        "shelve": "It stands on the evidence shelf and can be cited.",
    }.get(do, "It is renamed.")  # fmt: skip
    form = {"merge": merge, "part": part, "shelve": shelve}.get(do, rename)
    if done := act(request, form, lambda: _do(theme, do, form, actor), says=lambda _: says, to=lambda _: _at(theme)):
        return done
    page = Paginator(queries.texts_of(theme), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "survey": theme.survey, "theme": theme, "rename": rename, "merge": merge,
        "shelve": shelve, "form": form, "may_run": queries.may_run(actor, inspection),
        "triage": queries.may_triage(actor, inspection),
        "answered": [(one, verdicts(one)) for one in improvement.answering(actor, theme)],
        "may_recommend": improvement.may_run(actor, inspection),
        **presenter.theme(theme), "page_obj": page, "texts": [presenter.words_row(one) for one in page],
    }  # fmt: skip
    return render(request, "surveys/theme.html", context, status=422 if form.errors else 200)


def _do(theme: Any, do: str, form: Any, by: Any) -> Any:
    told, version = form.cleaned_data, form.cleaned_data["version"]
    if do == "merge":
        return actions.merge_theme(theme=theme, into=UUID(told["into"]), version=version, by=by)
    if do == "part":
        return actions.part_theme(theme=theme, version=version, by=by)
    if do == "shelve":
        return actions.shelve_theme(theme=theme, areas=told["areas"], client_key=told["client_key"], by=by)
    return actions.rename_theme(theme=theme, name=told["name"], means=told["means"], version=version, by=by)


def survey_code(request: HttpRequest, words: Any) -> HttpResponse:
    """Sort one text into themes; then the next."""
    survey, inspection = words.survey, words.inspection
    form = CodeForm(sent(request), words=words)

    def do() -> Any:
        told = form.cleaned_data
        held = {"themes": [UUID(one) for one in told.get("themes", [])], "new": told["new"], "version": told["version"]}
        return actions.code_words(words=words, by=request.actor, **held)  # type: ignore[attr-defined]

    def to(_: Any) -> tuple[str, dict[str, Any]]:
        then = queries.next_text(survey)
        return ("survey_code", {**_all(survey)[1], "words": then.pk}) if then else _all(survey)

    if done := act(request, form, do, says=lambda _: "The text is sorted.", to=to):
        return done
    context = {
        "inspection": inspection, "survey": survey, "form": form, "sorting": queries.sorting(survey),
        "suggested": queries.suggested(words) if words.status == "released" else [],
        "too_late": words.status != "released", **presenter.words_row(words),
    }  # fmt: skip
    return render(request, "surveys/code.html", context, status=422 if form.errors else 200)


def _all(survey: Any) -> tuple[str, dict[str, Any]]:
    return "survey_themes", {"inspection": survey.inspection_id, "survey": survey.pk}


def _at(theme: Any) -> tuple[str, dict[str, Any]]:
    return "survey_theme", {**_all(theme.survey)[1], "theme": theme.pk}


_AT = "inspections/<uuid:inspection>/surveys/<uuid:survey>/"
_READ, _RUN = Permission.SURVEY_READ, Permission.SURVEY_RUN

DOORS: list[URLPattern] = [
    door(_AT + "themes/", survey_themes, "survey_themes", needs=_READ, to_change=_RUN, about=queries.survey),
    door(_AT + "themes/<uuid:theme>/", survey_theme, "survey_theme", needs=_READ, to_change=_RUN,
         about=queries.one_theme),
    door(_AT + "words/<int:words>/themes/", survey_code, "survey_code", needs=_RUN, to_change=_RUN,
         about=queries.one_words),
]  # fmt: skip
