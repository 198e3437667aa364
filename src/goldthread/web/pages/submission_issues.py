"""Pages: the issues of a submission, by list and rule, down to the row, and out as a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.text import Truncator

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import accepting, actions, children, data_queries, local_rules, mending, queries
from goldthread.apps.submissions import issues as issue_queries
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm
from goldthread.web.presenters import submissions as presenter

A_PAGE, A_NOTE = 50, 300
"""How many rows stand on a page, and on a work list, which is printed and handed to whoever mends it."""

SORTS = [
    ("list", "List and row"), ("rule", "Rule"), ("severity", "Severity"), ("row", "Row in the sheet"),
    ("worker", "Team and worker"),
]  # fmt: skip


class FilterForm(GovukForm):
    """Which issues are shown."""

    list = forms.ChoiceField(required=False, label="List")
    rule = forms.ChoiceField(required=False, label="Rule")
    severity = forms.ChoiceField(required=False, label="Severity")
    words = forms.CharField(required=False, max_length=100, label="Search")
    sort = forms.ChoiceField(required=False, choices=SORTS, label="Sort by")

    def __init__(self, asked: Any, broken: Sequence[Any]) -> None:
        """Offer the lists, rules and severities that this submission has issues in."""
        super().__init__(asked)
        lists = dict.fromkeys((one.list, one.list_title) for one in broken if one.list is not None)
        rules = {one.rule: f"{one.rule}: {Truncator(one.says).chars(70)}" for one in broken}
        severities = {one.severity: one.severity_words for one in broken}
        of_lists = all(one.numbered for one in broken if one.list is not None)
        self.fields["list"].label = "List" if of_lists else "Table"
        self._offer(
            "list",
            "Every list" if of_lists else "Every table",
            [(str(number), f"{number}. {title}") for number, title in lists],
        )
        self._offer("rule", "Every rule", sorted(rules.items()))
        self._offer("severity", "Every severity", list(severities.items()))

    def chosen(self) -> dict[str, str]:
        """What was asked and understood, as it was sent."""
        self.is_valid()
        held = getattr(self, "cleaned_data", {})
        return {name: str(held.get(name) or "") for name in self.fields}

    def _offer(self, name: str, everything: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What to ask of the issues; what is not understood is not asked."""
        held = self.chosen()
        names = ("rule", "severity", "words", "team", "worker")
        number = held.get("list")
        return {
            "list": int(number) if number else None,
            **{name: held.get(name, "") for name in names if name in held or name not in ("team", "worker")},
            "sort": held.get("sort") or "list",
        }

    def narrows(self) -> tuple[str, ...]:
        """The filter for a file's name: no worker's name, and nothing that was typed."""
        wanted = self.wanted()
        return (
            f"list-{wanted['list']}" if wanted["list"] else "", wanted["rule"], wanted["severity"],
            wanted.get("team", ""), "one-worker" if wanted.get("worker") else "", "search" if wanted["words"] else "",
        )  # fmt: skip

    def says(self) -> str:
        """The filter in words."""
        wanted = self.wanted()
        kind = str(self.fields["list"].label).lower()
        parts = [f"{kind} {wanted['list']}"] if wanted["list"] else []
        parts += [f"rule {wanted['rule']}"] if wanted["rule"] else []
        parts += [f"severity {queries.SEVERITIES[wanted['severity']].lower()}"] if wanted["severity"] else []
        parts += [f"{name} {wanted[name]}" for name in ("team", "worker") if wanted.get(name)]
        parts += [f"with “{wanted['words']}”"] if wanted["words"] else []
        return ", ".join(parts) if parts else "All of them"


class RowsForm(FilterForm):
    """Which rows are shown: also those of one team or worker, for those who may see rows."""

    team = forms.ChoiceField(required=False, label="Team")
    worker = forms.ChoiceField(required=False, label="Worker")
    field_order = ("list", "rule", "severity", "team", "worker", "words", "sort")

    def __init__(self, asked: Any, row: Any, *, local: bool = False) -> None:
        """Offer the teams and workers whose rows have issues, too. `local` is of what local rules found."""
        super().__init__(asked, queries.rules_broken(row, local=local))
        teams, workers = issue_queries.staff(row, local=local)
        self._offer("team", "Every team", [(name, name) for name in teams])
        self._offer("worker", "Every worker", [(name, name) for name in workers])


def issues(request: HttpRequest, row: Any) -> HttpResponse:
    """How many rows break which rule, list by list."""
    actor = request.actor  # type: ignore[attr-defined]
    broken = queries.rules_broken(row)
    beside = data_queries.beside_rules(actor, row)
    by_list: dict[tuple[int | None, str], list[Any]] = {}
    for one in broken:
        by_list.setdefault((one.list, one.list_title), []).append((one, beside.get((one.rule, one.list), [])))
    severities = [
        (queries.SEVERITIES[name], row.counts.get("severities", {}).get(name, 0), name) for name in queries.SEVERITIES
    ]
    context = {
        "inspection": row.inspection,
        "submission": row,
        "by_list": [
            (number, title, rules, sum(one.issues for one, _ in rules)) for (number, title), rules in by_list.items()
        ],
        "may_ask": data_queries.may_ask(actor, row),
        "since": mending.mended(row, actor),
        "accepted": accepting.accepted(row) if row.readable else 0,
        "severities": severities,
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
        "local": _of_local_rules(actor, row),
    }
    return render(request, "submissions/issues.html", context)


def _of_local_rules(actor: Any, row: Any) -> dict[str, Any] | None:
    """What local rules found, apart from all else; None for the other side, and of what they are not made for."""
    if not (row.readable and row.form in local_rules.OF_FORMS and local_rules.may_see(actor, row)):
        return None
    told = row.counts.get("local")
    return {
        "told": told,
        "title": local_rules.called(row.inspection, row.side),
        "rules": queries.rules_broken(row, local=True),
        "now": local_rules.in_force(row.inspection, row.side),
        "since": mending.mended(row, actor, local=True),
        "accepted": accepting.accepted(row, local=True) if told else 0,
    }


def _asks_local(actor: Any, row: Any, asked: Any) -> bool:
    """Whether the rows of local rules are asked for, by somebody who may see them."""
    return asked.get("local") == "1" and local_rules.may_see(actor, row)


def rows(request: HttpRequest, row: Any) -> HttpResponse:
    """The rows that break rules, filtered, sorted and paged."""
    actor = request.actor  # type: ignore[attr-defined]
    local = _asks_local(actor, row, request.GET)
    form = RowsForm(request.GET or None, row, local=local)
    wanted = form.wanted()
    work_list = wanted["worker"] or wanted["team"]
    found = queries.issues(row, **wanted, local=local)
    paginator: Any = Paginator(found, A_NOTE if work_list else A_PAGE)  # type: ignore[arg-type]
    page = paginator.get_page(request.GET.get("page"))
    beside = data_queries.beside_rules(actor, row)
    if local:  # the other side may have a rule of the same code, which is another
        beside = {at: [one for one in asked if one.submission.side == row.side] for at, asked in beside.items()}
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form": form,
        "work_list": work_list,
        "to_mend": accepting.to_mend(row, found) if work_list else None,
        "page_obj": page,
        "issues": [
            (one, _of_row(one, row, beside.get((one.rule, one.list), [])), place, accepted)
            for one, place, accepted in zip(page, _places(row, page), accepting.of_issues(row, page), strict=True)
        ],
        "may_accept": accepting.may_accept(actor, row),
        "may_ask": data_queries.may_ask(actor, row),
        "local": local_rules.called(row.inspection, row.side) if local else "",
        "back": request.GET.urlencode(),
        "sent": [(name, value) for name, value in request.GET.items() if name != "page" and value],
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "submissions/issue_rows.html", context)


def _places(row: Any, issues: Any) -> list[children.Place | None]:
    """Where each issue leads: the row that it is about, where that row is kept."""
    places = [children.Place(one.table, one.row) if one.table and one.row else None for one in issues]
    held = children.places_held(row, [place for place in places if place is not None])
    return [place if place in held else None for place in places]


def _of_row(issue: Any, row: Any, beside: Sequence[Any]) -> list[Any]:
    """What was asked about the issue: about its rule, or about this very row of this submission."""
    return [one for one in beside if one.row is None or (one.row, one.submission_id) == (issue.row, row.pk)]


def take_out(request: HttpRequest, row: Any) -> HttpResponse:
    """The issues as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    local = _asks_local(actor, row, request.POST)
    filters = RowsForm(request.POST, row, local=local)
    found = list(queries.issues(row, **filters.wanted(), local=local))
    what = "issues of local rules" if local else "issues"
    actions.record_export(submission=row, what=what, rows=len(found), form=form, by=actor)
    asked = f"{local_rules.called(row.inspection, row.side)}: {filters.says()}" if local else filters.says()
    table = presenter.issue_table(row, found, by=actor.name, at=timezone.localtime(), asked=asked)
    name = file_name(
        f"{'local-' if local else ''}issues-{row.sha256[:12]}", form, of=row.inspection, narrowed=filters.narrows()
    )
    return attachment(export(table, form), FORMATS[form][1], name)


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/issues/"
_READ, _ROWS = Permission.SUBMISSION_READ, Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_AT, issues, "submission_issues", needs=_READ, about=queries.get),
    door(_AT + "rows/", rows, "submission_issue_rows", needs=_ROWS, about=queries.get),
    door(
        _AT + "export/", take_out, "submission_issues_export",
        needs=_ROWS, to_change=_ROWS, about=queries.get, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
