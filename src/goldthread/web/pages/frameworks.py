"""Pages: the inspection frameworks, and a calculator that shows which rules bite."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.apps.access.permissions import Permission
from goldthread.domain.framework import CHECK_NOTE, OVERALL, Framework
from goldthread.domain.frameworks import load, slugs
from goldthread.domain.grading import GradingError, weigh
from goldthread.web.doors import door
from goldthread.web.presenters import areas, ground


def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework that Goldthread knows, newest first."""
    held = [load(slug) for slug in reversed(slugs())]
    return render(request, "frameworks/list.html", {"known": held})


def framework(request: HttpRequest, framework: str) -> HttpResponse:
    """One framework: areas, criteria, grades, rules with their source, timetable, requests."""
    held = _known(framework)
    context = {
        "framework": held,
        "note": CHECK_NOTE,
        "rules": [_rule_words(held, one) for one in held.rules],
        "parents": {area.slug: held.area(area.parent).short for area in held.areas if area.parent},
    }
    return render(request, "frameworks/framework.html", context)


def calculator(request: HttpRequest, framework: str) -> HttpResponse:
    """Try grades and see which rules bite. It never proposes one."""
    held = _known(framework)
    tried = {area.slug: request.GET[area.slug] for area in held.areas if request.GET.get(area.slug)}
    error, said = "", None
    if tried:
        try:
            said = ground.verdict_words(held, weigh(held, tried))
        except GradingError as refusal:
            error = str(refusal)
    context = {
        "framework": held, "error": error, "said": said,
        "rows": [{"area": area, "chosen": tried.get(area.slug, "")} for area in held.areas],
    }  # fmt: skip
    return render(request, "frameworks/calculator.html", context, status=422 if error else 200)


def _known(slug: str) -> Framework:
    if slug not in slugs():
        raise Http404
    return load(slug)


def _rule_words(held: Framework, rule: Any) -> dict[str, Any]:
    limited = "Overall" if rule.limits == OVERALL else held.area(rule.limits).short
    leaves = areas.grade_titles(held, rule.to)
    return {"rule": rule, "limits": limited, "leaves": leaves, "always": rule.strength == "always"}


DOORS = [
    door("frameworks/", frameworks, "frameworks", needs=Permission.FRAMEWORK_READ),
    door("frameworks/<slug:framework>/", framework, "framework", needs=Permission.FRAMEWORK_READ),
    door("frameworks/<slug:framework>/calculator/", calculator, "calculator", needs=Permission.FRAMEWORK_READ),
]
