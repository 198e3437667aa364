"""Pages: searching the reasons of reviews, and putting tags on them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.cases import actions, queries
from goldthread.apps.drafting import known
from goldthread.apps.inspections import queries as inspections
from goldthread.domain.scales import GRADES
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm
from goldthread.web.presenters.review_sheet import answer_words, sheet

A_PAGE = 20


class SearchForm(GovukForm):
    """For what to look, and where."""

    words = forms.CharField(
        required=False, label="Words", max_length=100, help_text="As they stand, in capitals or not. Not kept anywhere."
    )
    tag = forms.ChoiceField(required=False, label="Tag")
    grade = forms.ChoiceField(required=False, label="Closing grade for practice")
    draw = forms.ChoiceField(required=False, label="Sample")
    team = forms.ChoiceField(required=False, label="Team", help_text="Of the sample that is chosen.")
    page = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Say so where nothing is looked for."""
        held = super().clean() or {}
        if not (held.get("words", "").strip() or held.get("tag")) and not self.errors:
            self.add_error("words", "Write words to look for, or choose a tag")
        return held


def case_search(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Search what reviewers wrote and practitioners sent. What is looked for is posted, and stands in no address."""
    actor = request.actor  # type: ignore[attr-defined]
    form, draws = _form(request, inspection)
    found, page = None, None
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        draw = next((one for one in draws if str(one.pk) == held["draw"]), None)
        found = queries.search(
            inspection, actor, words=held["words"], tag=held["tag"], grade=held["grade"], draw=draw,
            team=held["team"] if draw else "",
        )  # fmt: skip
        page = Paginator(found.hits, A_PAGE).get_page(held["page"] or 1)
    sent = [(name, request.POST.get(name, "")) for name in ("words", "tag", "grade", "draw", "team")]
    context = {
        "inspection": inspection, "form": form, "found": found, "page": page, "sent": sent,
        "rows": _rows(inspection, page) if page else [],
    }  # fmt: skip
    return render(request, "cases/search.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, inspection: Any) -> tuple[SearchForm, list[Any]]:
    actor = request.actor  # type: ignore[attr-defined]
    draws = [one for one in queries.draws(inspection, actor) if one.live]
    chosen = next((one for one in draws if str(one.pk) == request.POST.get("draw", "")), draws[-1] if draws else None)
    form = SearchForm(request.POST or None, initial={"draw": str(chosen.pk) if chosen else ""})
    words = answer_words(known.framework(inspection.framework))
    teams = sorted(set(queries.teams_of(chosen).values())) if chosen else []
    if request.POST.get("team", "") not in ("", *teams):
        teams.append(request.POST["team"])
    choices = {
        "tag": [("", "Any, or none"), *((one, one) for one in queries.tags_to_choose(inspection, actor))],
        "grade": [("", "Any"), *((one, words.get(one, one)) for one in GRADES)],
        "draw": [("", "Every sample"), *((str(one.pk), f"Draw {one.number}: {one.purpose[:60]}") for one in draws)],
        "team": [("", "Every team"), *((one, one) for one in teams)],
    }  # fmt: skip
    for name, held in choices.items():
        form.fields[name].choices = held  # type: ignore[attr-defined]
    return form, draws


def _rows(inspection: Any, page: Any) -> list[tuple[Any, str, str]]:
    """Each place with the words of its question and of its answer."""
    words = answer_words(known.framework(inspection.framework))
    texts: dict[str, dict[str, str]] = {}
    for hit in page:
        if hit.review.pk not in texts and queries.held(hit.review.instrument):
            texts[hit.review.pk] = {one.question: one.text for one in sheet(hit.review).items}
    return [
        (hit, texts.get(hit.review.pk, {}).get(hit.question, "The work as a whole"), words.get(hit.value, hit.value))
        for hit in page
    ]


class TagForm(GovukForm):
    """Which tags stand on a reason."""

    tags = forms.MultipleChoiceField(required=False, label="Tags", widget=forms.CheckboxSelectMultiple)
    another = forms.CharField(
        required=False, label="Another tag", max_length=60,
        help_text="A word or two that would do for other children too. Never a name.",
    )  # fmt: skip


def reason_tags(request: HttpRequest, held: Any) -> HttpResponse:
    """The tags on the reason of one answer: the instrument's themes and the team's own."""
    review, actor = held.review, request.actor  # type: ignore[attr-defined]
    now = list(queries.tags_of(review).get(held.question, ()))
    offered = queries.tags_to_choose(review.inspection, actor, queries.held(review.instrument))
    form = TagForm(request.POST if request.method == "POST" else None, initial={"tags": now})
    every = list(dict.fromkeys([*now, *offered, *request.POST.getlist("tags")]))
    form.fields["tags"].choices = [(one, one) for one in every]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            tags = actions.tag_reason(
                review=review, question=held.question, tags=[*told["tags"], told["another"]],
                seen=request.POST.getlist("seen"), by=actor,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("another", refusal.reason)
        else:
            messages.success(request, f"Tagged: {', '.join(tags)}." if tags else "No tag stands on this reason now.")
            return redirect(reverse("case_review", args=[review.inspection_id, review.pk]) + f"#q-{held.question}")
    item = next((one for one in sheet(review).items if one.question == held.question), None)
    context = {"inspection": review.inspection, "review": review, "case": review.case, "form": form, "item": item,
               "now": now}  # fmt: skip
    return render(request, "cases/tags.html", context, status=422 if form.errors else 200)


_AT = "inspections/<uuid:inspection>/cases/"
_READ, _TAG = Permission.CASE_REVIEW_READ, Permission.CASE_REVIEW_TAG
DOORS: list[URLPattern] = [
    door(_AT + "search/", case_search, "case_search", needs=_READ, to_change=_READ, about=inspections.get),
    door(
        _AT + "reviews/<uuid:review>/tags/<slug:question>/", reason_tags, "reason_tags", needs=_TAG, to_change=_TAG,
        about=queries.reason,
    ),
]  # fmt: skip
