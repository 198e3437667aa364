"""Pages: what changed between two submissions of an inspection, by list and field, down to the row."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import actions, differences, queries
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm
from goldthread.web.presenters import differences as presenter

A_PAGE = 50


class DetailForm(GovukForm):
    """Which differences are shown."""

    list = forms.ChoiceField(required=False, label="List")
    kind = forms.ChoiceField(required=False, label="What changed")
    field = forms.ChoiceField(required=False, label="Column")
    words = forms.CharField(required=False, max_length=100, label="Pseudonym")

    def __init__(self, asked: Any, pair: Any) -> None:
        """Offer the lists and columns in which something changed."""
        super().__init__(asked)
        changed = [one for one in pair.found.lists if one.came or one.left or one.added or one.removed or one.fields]
        fields = sorted({field for one in changed for field, _ in one.fields})
        self._offer("list", "Every list", [(str(one.number), f"{one.number}. {one.title}") for one in changed])
        self._offer("kind", "Everything", [*differences.kinds().items()])
        self._offer("field", "Every column", [(field, field) for field in fields])

    def _offer(self, name: str, everything: str, choices: Any) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What to ask; what is not understood is not asked."""
        self.is_valid()
        held = getattr(self, "cleaned_data", {})
        number = held.get("list")
        words = {name: held.get(name) or "" for name in ("kind", "field", "words")}
        return {"list": int(number) if number else None, **words}

    def narrows(self) -> tuple[str, ...]:
        """The filter for a file's name; a pseudonym that was typed stays out of it."""
        wanted = self.wanted()
        number = f"list-{wanted['list']}" if wanted["list"] else ""
        return number, wanted["kind"], wanted["field"], "search" if wanted["words"] else ""

    def says(self) -> str:
        """The filter in words."""
        wanted = self.wanted()
        parts = [f"list {wanted['list']}"] if wanted["list"] else []
        parts += [differences.kinds()[wanted["kind"]].lower()] if wanted["kind"] else []
        parts += [f"column “{wanted['field']}”"] if wanted["field"] else []
        parts += [f"with “{wanted['words']}”"] if wanted["words"] else []
        return ", ".join(parts) if parts else "All of them"


def choose(request: HttpRequest, row: Any) -> HttpResponse:
    """What this submission can be held against."""
    actor = request.actor  # type: ignore[attr-defined]
    others = differences.others(actor, row) if row.readable else []
    context = {
        "inspection": row.inspection, "submission": row, "others": others, "form_title": queries.form_title(row),
    }  # fmt: skip
    return render(request, "submissions/differences.html", context)


def difference(request: HttpRequest, pair: Any) -> HttpResponse:
    """What changed between the two, list by list."""
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "inspection": pair.inspection,
        "pair": pair,
        "finding": presenter.finding(pair),
        "explained": presenter.explained(pair),
        "groups": presenter.groups(pair),
        "warnings": presenter.warnings(pair),
        "may_rows": all(queries.may_read_rows(actor, one) for one in pair.in_order),
    }
    return render(request, "submissions/difference.html", context)


def rows(request: HttpRequest, pair: Any) -> HttpResponse:
    """The rows that are new or gone and the cells that changed, filtered and paged."""
    form = DetailForm(request.GET or None, pair)
    found = differences.details(pair, **form.wanted())
    context = {
        "inspection": pair.inspection,
        "pair": pair,
        "form": form,
        "page_obj": Paginator(found, A_PAGE).get_page(request.GET.get("page")),  # type: ignore[arg-type]
        "sent": [(name, value) for name, value in request.GET.items() if name != "page" and value],
        "formats": [(form, words) for form, (words, _) in FORMATS.items()],
    }
    return render(request, "submissions/difference_rows.html", context)


def take_out(request: HttpRequest, pair: Any) -> HttpResponse:
    """The differences as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    filters = DetailForm(request.POST, pair)
    found = list(differences.details(pair, **filters.wanted()))
    actions.record_export(submission=pair.asked, what="differences", rows=len(found), form=form, by=actor)
    table = presenter.table(pair, found, by=actor.name, at=timezone.localtime(), asked=filters.says())
    called = f"differences-{pair.then.sha256[:8]}-{pair.now.sha256[:8]}"
    name = file_name(called, form, of=pair.asked.inspection, narrowed=filters.narrows())
    return attachment(export(table, form), FORMATS[form][1], name)


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/differences/"
_PAIR = _AT + "<uuid:other>/"
_READ, _ROWS = Permission.SUBMISSION_READ, Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_AT, choose, "submission_differences", needs=_READ, about=queries.get),
    door(_PAIR, difference, "submission_difference", needs=_READ, about=differences.get),
    door(_PAIR + "rows/", rows, "submission_difference_rows", needs=_ROWS, about=differences.get_rows),
    door(
        _PAIR + "export/", take_out, "submission_difference_export",
        needs=_ROWS, to_change=_ROWS, about=differences.get_rows, reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
