"""Pages: the children of a submission under their pseudonyms, one row of a list, and one child's journey.

A journey is opened by a button, and the opening is in the journal before anything is shown; for half an hour after,
the page may be gone back to. No address holds a pseudonym: a child is addressed by a list and a row.
"""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.submissions import actions, children, local_rules, pictures, queries
from goldthread.apps.submissions import issues as issue_queries
from goldthread.apps.submissions.children import Place
from goldthread.web.doors import door
from goldthread.web.forms import GovukForm

A_PAGE = 50


class FindForm(GovukForm):
    """Which child is looked for. It is posted, so that the pseudonym stands in no address."""

    pseudonym = forms.CharField(
        max_length=16, label="Pseudonym of a child", help_text="For example C-7K2M9QX",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


def all_children(request: HttpRequest, row: Any) -> HttpResponse:
    """Every child that the lists name, of one list where asked; and the way to one by the pseudonym."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = children.find(row, form.cleaned_data["pseudonym"])
        if found is not None:
            return redirect("submission_row", row.inspection_id, row.pk, found.first)
        form.add_error("pseudonym", "No list of this submission names a child by this pseudonym. Check how it is typed")
    lists = (
        [one for one in queries.lists(row) if one.rows and children.names_children(one.table)] if row.readable else []
    )
    chosen = next((one.table for one in lists if one.table == request.GET.get("list")), "")
    context = {
        "inspection": row.inspection,
        "submission": row,
        "form": form,
        "form_title": queries.form_title(row),
        "lists": lists,
        "chosen": chosen,
        "page_obj": Paginator(children.everybody(row, chosen), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "submissions/children.html", context, status=422 if form.errors else 200)


def row(request: HttpRequest, row: Any) -> HttpResponse:
    """One row of a list, without what lies in the vault, and what is wrong with it."""
    told = children.row(row, row.asked)
    child = children.child_at(row, row.asked) if told.child else None
    at = row.asked
    local = "local" in row.counts and local_rules.may_see(request.actor, row)  # type: ignore[attr-defined]
    context = {
        "inspection": row.inspection, "submission": row, "told": told, "child": child,
        "issues": issue_queries.of_row(row, at.table, at.row),
        "local": issue_queries.of_row(row, at.table, at.row, local=True) if local else [],
        "local_title": local_rules.called(row.inspection, row.side) if local else "",
    }  # fmt: skip
    return render(request, "submissions/row.html", context)


def journey(request: HttpRequest, row: Any) -> HttpResponse:
    """One child's way from contact to leaving care, after the look was written in the journal."""
    actor, child = request.actor, children.child_at(row, row.asked)  # type: ignore[attr-defined]
    if request.method == "POST":
        if not row.of_lists:
            raise Refused("A journey is made of the Annex A lists, and this submission is another form.")
        actions.open_journey(submission=row, place=str(child.first), by=actor)
        return redirect("submission_journey", row.inspection_id, row.pk, child.first)
    context: dict[str, Any] = {"inspection": row.inspection, "submission": row, "child": child}
    context["form_title"] = queries.form_title(row)
    if not row.of_lists or not children.opened_lately(row, child, actor):
        return render(request, "submissions/journey_open.html", context)
    told, gaps = children.journey(row, child)
    picture = pictures.of_journey(told, gaps)
    quiet = children.untold(told)
    sources = [(event, Place(event.table, event.row)) for event in told.events]
    context |= {
        "journey": told, "gaps": [(gap, _place(gap)) for gap in gaps], "events": sources, "picture": picture,
        "lists": len({event.table for event in told.events}), "untold": quiet,
        "earlier": children.in_earlier(actor, row, child, quiet),
    }  # fmt: skip
    return render(request, "submissions/journey.html", context)


def _place(gap: Any) -> Place | None:
    return Place(gap.table, gap.row) if gap.row is not None else None


def _find(actor: Any, inspection: Any, submission: Any, place: str) -> Any:
    row = queries.get(actor, inspection, submission)
    row.asked = Place.read(place)  # type: ignore[attr-defined]
    return row


_AT = "inspections/<uuid:inspection>/data/<uuid:submission>/"
_ROWS = Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(_AT + "children/", all_children, "submission_children", needs=_ROWS, to_change=_ROWS, about=queries.get),
    door(_AT + "rows/<slug:place>/", row, "submission_row", needs=_ROWS, about=_find),
    door(_AT + "rows/<slug:place>/journey/", journey, "submission_journey", needs=_ROWS, to_change=_ROWS, about=_find),
]
