"""Pages: which rules matter most, how the columns are filled, and whose rows are to be mended."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import children, data_queries, local_rules, pictures, queries
from goldthread.apps.submissions import issues as issue_queries
from goldthread.apps.submissions.children import Place
from goldthread.web.doors import door
from goldthread.web.pages.pictures import PICTURE_FORMS, picture_file
from goldthread.web.pages.submission_issues import FilterForm
from goldthread.web.presenters import completeness as matrix

A_PAGE = 50


class WeightForm(FilterForm):
    """Which issues are weighed: those of one list or severity."""

    def __init__(self, asked: Any, broken: Any) -> None:
        """Offer the lists and severities only."""
        super().__init__(asked, broken)
        for name in ("rule", "words", "sort"):
            del self.fields[name]


def by_rule(request: HttpRequest, row: Any) -> HttpResponse:
    """The rules by how many issues they make, with the chart of them."""
    form = WeightForm(request.GET or None, queries.rules_broken(row))
    found = _weights(row, form)
    actor = request.actor  # type: ignore[attr-defined]
    beside: dict[str, list[Any]] = {}
    for (rule, _), asked_about in data_queries.beside_rules(actor, row).items():
        beside.setdefault(rule, []).extend(asked_about)
    asked = urlencode({name: value for name, value in form.chosen().items() if value})
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form": form,
        "asked": asked,
        "sent": asked,
        "weights": [(one, beside.get(one.rule, [])) for one in found],
        "mendable": sum(1 for one in found if not one.asks),
        "asking": sum(1 for one in found if one.asks),
        "first": next((one.rule for one in found if not one.asks), ""),
        "chart": pictures.pareto(found) if found else None,
        "local": _of_local_rules(actor, row, form),
        "files": [(form_of, words) for form_of, (words, _) in PICTURE_FORMS.items()],
    }
    return render(request, "submissions/issues_by_rule.html", context)


def _of_local_rules(actor: Any, row: Any, form: WeightForm) -> dict[str, Any] | None:
    """Local rules by how many issues they make, weighed by themselves; None for the other side, or without any."""
    if "local" not in row.counts or not local_rules.may_see(actor, row):
        return None
    wanted = form.wanted()
    found = issue_queries.weights(row, list=wanted["list"], severity=wanted["severity"], local=True)
    return {"title": local_rules.called(row.inspection, row.side), "weights": found}


def by_rule_chart(request: HttpRequest, row: Any) -> HttpResponse:
    """The same as a picture."""
    found = _weights(row, WeightForm(request.GET or None, queries.rules_broken(row)))
    if not found:
        raise Http404
    answer = HttpResponse(pictures.to_svg(pictures.pareto(found)), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def by_rule_file(request: HttpRequest, row: Any) -> HttpResponse:
    """The chart of the rules, or its numbers, as a file; of the same list and severity as the page that asked."""
    found = _weights(row, WeightForm(request.GET or None, queries.rules_broken(row))) if row.readable else []
    if not found:
        raise Refused("No rule is broken, or the submission was not read, so there is no chart to take.")
    return picture_file(request, row, pictures.pareto(found), what="issues by rule", called="issues-by-rule")


def _weights(row: Any, form: WeightForm) -> list[Any]:
    wanted = form.wanted()
    return issue_queries.weights(row, list=wanted["list"], severity=wanted["severity"])


def completeness(request: HttpRequest, row: Any) -> HttpResponse:
    """How the columns of the lists are filled: a matrix of fields and lists, or one list in full."""
    found = issue_queries.completeness(row)
    numbers = sorted({one.list for one in found or []})
    asked = request.GET.get("list", "")
    number = int(asked) if asked in {str(one) for one in numbers} else None
    titles = {one.number: one.title for one in queries.lists(row)} if row.readable else {}
    context = {
        "inspection": row.inspection,
        "submission": row,
        "kept": found is not None,
        "lists": matrix.LISTS,
        "numbers": [(one, titles[one]) for one in numbers],
        "number": number,
        "title": titles.get(number) if number else "",
        "finding": matrix.finding(found or []),
        "worst": matrix.worst(found or [], titles, of_lists=row.of_lists),
        "matrix": matrix.matrix(found or []) if number is None and row.of_lists else [],
        "tables": [] if row.of_lists else matrix.tables(found or [], titles),
        "columns": [one for one in found or [] if one.list == number],
        "drawn": pictures.whole(pictures.completeness(found)) if found and number is None else None,
        "forms": [(form, words) for form, (words, _) in PICTURE_FORMS.items()],
    }
    return render(request, "submissions/completeness.html", context)


def completeness_file(request: HttpRequest, row: Any) -> HttpResponse:
    """The matrix as a picture, or its numbers, as a file."""
    found = issue_queries.completeness(row) if row.readable else None
    if not found:
        raise Refused("How the columns are filled was not counted, so there is no picture to take.")
    return picture_file(request, row, pictures.completeness(found), what="completeness", called="completeness")


def by_team(request: HttpRequest, row: Any) -> HttpResponse:
    """How many issues the rows of each team have, or of each worker, each leading to the work list.

    The rows of a return name neither, and are counted by child.
    """
    if row.readable and not row.of_lists:
        return _by_child(request, row)
    workers = request.GET.get("by") == "worker"
    sort = request.GET.get("sort", "")
    sort = sort if sort in issue_queries.SORTS_OF_STAFF else "error"
    base = reverse("submission_issue_rows", args=[row.inspection_id, row.pk])
    counted = [
        (
            one,
            f"{base}?{urlencode({'team': one.team, **({'worker': one.worker} if workers else {}), 'sort': 'worker'})}",
        )
        for one in issue_queries.by_staff(row, workers=workers, sort=sort)
    ]
    context = {
        "inspection": row.inspection,
        "submission": row,
        "workers": workers,
        "sort": sort,
        "sorts": list(issue_queries.SORTS_OF_STAFF.items()),
        "sorted_by": issue_queries.SORTS_OF_STAFF[sort].lower(),
        "everybody": issue_queries.of_everybody(row),
        "page_obj": Paginator(counted, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "submissions/issues_by_team.html", context)


def _by_child(request: HttpRequest, row: Any) -> HttpResponse:
    """The same of a form whose rows name no team: whose record has to be opened, child by child."""
    local = None
    if "local" in row.counts and local_rules.may_see(request.actor, row):  # type: ignore[attr-defined]
        found = issue_queries.by_child(row, local=True)
        title = local_rules.called(row.inspection, row.side)
        local = {"title": title, "rows": _placed(row, found[:A_PAGE]), "left_out": max(len(found) - A_PAGE, 0)}
    page = Paginator(issue_queries.by_child(row), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": row.inspection, "submission": row, "page_obj": page, "rows": _placed(row, page), "local": local,
    }  # fmt: skip
    return render(request, "submissions/issues_by_child.html", context)


def _placed(row: Any, found: Iterable[Any]) -> list[tuple[Any, Place | None]]:
    """Each child's counts with the row that leads to it, where that row is kept."""
    rows = list(found)
    places = [Place(one.table, one.row) for one in rows]
    held = children.places_held(row, places)
    return [(one, place if place in held else None) for one, place in zip(rows, places, strict=True)]


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/issues/"
_READ, _ROWS = Permission.SUBMISSION_READ, Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_AT + "by-rule/", by_rule, "submission_issues_by_rule", needs=_READ, about=queries.get),
    door(_AT + "by-rule/chart.svg", by_rule_chart, "submission_issues_chart", needs=_READ, about=queries.get),
    door(
        _AT + "by-rule/file/", by_rule_file, "submission_issues_rule_file",
        needs=_READ, to_change=_READ, about=queries.get, reads=False, step_up=True, file=True,
    ),
    door(_AT + "completeness/", completeness, "submission_completeness", needs=_READ, about=queries.get),
    door(
        _AT + "completeness/file/", completeness_file, "submission_completeness_file",
        needs=_READ, to_change=_READ, about=queries.get, reads=False, step_up=True, file=True,
    ),
    door(_AT + "by-team/", by_team, "submission_issues_by_team", needs=_ROWS, about=queries.get),
]  # fmt: skip
