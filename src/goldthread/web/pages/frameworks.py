"""Pages: the inspection frameworks, two of them side by side, and a calculator that shows which rules bite."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.drafting import known, queries
from goldthread.domain import crosswalks
from goldthread.domain.framework import CHECK_NOTE, OVERALL, Framework
from goldthread.domain.frameworks.writing import as_toml
from goldthread.domain.grading import GradingError, past_results, weigh
from goldthread.domain.shares import Share
from goldthread.web.doors import door
from goldthread.web.files import attachment
from goldthread.web.presenters import areas, ground
from goldthread.web.presenters.drafts import own_part


def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework that Goldthread knows, newest first, the council's own before those that come with it."""
    offered = known.offered_frameworks()
    own = {row.slug for row in queries.versions(kind="framework")}
    context = {
        "known": [(known.framework(slug), slug in own) for slug in reversed(offered)],
        "others": [known.framework(slug) for slug in known.all_frameworks() if slug not in offered],
        "may_write": queries.may_write(request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "frameworks/list.html", context)


def framework(request: HttpRequest, framework: str) -> HttpResponse:
    """One framework: areas, criteria, grades, rules with their source, timetable, requests."""
    held = _known(framework)
    context = {
        "framework": held,
        "note": CHECK_NOTE,
        "rules": [_rule_words(held, one) for one in held.rules],
        "parents": {area.slug: held.area(area.parent).short for area in held.areas if area.parent},
        "newer": known.framework_superseded_by(held.slug),
        **own_part(request, "framework", held.slug),
    }
    return render(request, "frameworks/framework.html", context)


def framework_file(request: HttpRequest, framework: str) -> HttpResponse:
    """One framework as the file that the command line reads: an own one as it was written, comments and all."""
    held = _known(framework)
    own = queries.version_of("framework", held.slug)
    text = own.text if own else as_toml(held)
    return attachment(text.encode(), "application/toml; charset=utf-8", f"{held.slug}.toml")


def framework_changes(request: HttpRequest, framework: str) -> HttpResponse:
    """What changed in an own framework since the version before, part by part."""
    own = queries.version_of("framework", framework)
    if own is None:
        raise Http404
    return render(request, "drafts/changes.html", {"own": own, "told": queries.changed(own), "whole": "framework"})


def any_calculator(request: HttpRequest) -> HttpResponse:
    """Choose the framework whose grades to try; the newest that grades everything where none is chosen."""
    chosen = request.GET.get("framework", "")
    if chosen:
        return redirect("calculator", framework=_graded(chosen).slug)
    newest = next(one for one in _graded_ones() if one.precedents)
    return redirect("calculator", framework=newest.slug)


def calculator(request: HttpRequest, framework: str) -> HttpResponse:
    """Try grades and see which rules bite, and what published results of that shape led to. It never proposes one."""
    held = _graded(framework)
    tried = {area.slug: request.GET[area.slug] for area in held.areas if request.GET.get(area.slug)}
    typed = {area.slug: words for area in held.areas if (words := request.GET.get(f"share-{area.slug}", "").strip())}
    error, said, past = "", None, []
    try:
        shares = {area: _share(held, area, words) for area, words in typed.items()}
        past = [ground.past_words(held, one) for one in past_results(held, tried)]
        if tried or shares:
            said = ground.verdict_words(held, weigh(held, tried, shares))
    except GradingError as refusal:
        error = str(refusal)
    context = {
        "framework": held, "error": error, "said": said, "past": past, "others": _graded_ones(),
        "rows": [
            {
                "area": area, "chosen": tried.get(area.slug, ""), "share": typed.get(area.slug, ""),
                "least": held.least_share(area.slug),
            }
            for area in held.areas
        ],
    }  # fmt: skip
    return render(request, "frameworks/calculator.html", context, status=422 if error else 200)


def _share(held: Framework, area: str, words: str) -> Share:
    """A share of cases as it was typed. Raises GradingError, naming the area, for what is none."""
    try:
        return Share.written(words)
    except ValueError as refusal:
        raise GradingError(f"{held.area(area).short}: “{words[:40]}” is no share; {refusal}.") from refusal


def crosswalk(request: HttpRequest) -> HttpResponse:
    """Two frameworks side by side: which criteria correspond, and which have no counterpart."""
    held = crosswalks.load()
    sides = list(held.sides.values())
    ours = request.GET.get("from", "sif-2013")
    theirs = request.GET.get("to", "ilacs-2026")
    error, found = "", None
    try:
        found = crosswalks.between(held, ours, theirs)
    except crosswalks.CrosswalkError:
        error = "Choose two different frameworks out of the lists."
    context = {
        "crosswalk": held, "sides": sides, "found": found, "error": error, "ours": ours, "theirs": theirs,
        "note": CHECK_NOTE, "turned": f"{reverse('crosswalk')}?{urlencode({'from': theirs, 'to': ours})}",
    }  # fmt: skip
    return render(request, "frameworks/crosswalk.html", context, status=422 if error else 200)


def _graded_ones() -> list[Framework]:
    """The frameworks that grade, newest first."""
    return [held for slug in reversed(known.offered_frameworks()) if (held := known.framework(slug)).graded]


def _graded(slug: str) -> Framework:
    """A framework that grades. Raises Http404 for any other."""
    held = _known(slug)
    if not held.graded:
        raise Http404
    return held


def _known(slug: str) -> Framework:
    if not known.has_framework(slug):
        raise Http404
    return known.framework(slug)


def _rule_words(held: Framework, rule: Any) -> dict[str, Any]:
    limited = "Overall" if rule.limits == OVERALL else held.area(rule.limits).short
    leaves = areas.grade_titles(held, rule.to)
    return {"rule": rule, "limits": limited, "leaves": leaves, "always": rule.strength == "always"}


DOORS = [
    door("frameworks/", frameworks, "frameworks", needs=Permission.FRAMEWORK_READ),
    door("frameworks/crosswalk/", crosswalk, "crosswalk", needs=Permission.FRAMEWORK_READ),
    door("frameworks/calculator/", any_calculator, "any_calculator", needs=Permission.FRAMEWORK_READ),
    door("frameworks/<slug:framework>/", framework, "framework", needs=Permission.FRAMEWORK_READ),
    door("frameworks/<slug:framework>/file/", framework_file, "framework_file", needs=Permission.FRAMEWORK_READ),
    door(
        "frameworks/<slug:framework>/changes/", framework_changes, "framework_changes", needs=Permission.FRAMEWORK_READ
    ),
    door("frameworks/<slug:framework>/calculator/", calculator, "calculator", needs=Permission.FRAMEWORK_READ),
]  # fmt: skip
