"""Pages: the journey of the child of a case, for whoever reviews the file; opened by a button, and in the journal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.cases import actions, queries
from goldthread.apps.submissions import children, pictures
from goldthread.web.doors import door


def case_journey(request: HttpRequest, rows: Any) -> HttpResponse:
    """One child's way from contact to leaving care, after the look was written in the journal."""
    actor, case = request.actor, rows.case  # type: ignore[attr-defined]
    if request.method == "POST":
        actions.open_case_journey(rows=rows, by=actor)
        return redirect("case_journey", inspection=case.inspection_id, case=case.pk)
    context: dict[str, Any] = {"inspection": rows.inspection, "case": case, "child": rows.child}
    if context["child"] is None or not queries.journey_opened_lately(rows, actor):
        return render(request, "cases/journey_open.html", context)
    told, gaps = queries.case_journey(rows)
    context |= {
        "journey": told, "gaps": [(gap, None) for gap in gaps], "events": [(event, None) for event in told.events],
        "picture": pictures.of_journey(told, gaps), "lists": len({event.table for event in told.events}),
        "untold": children.untold(told),
    }  # fmt: skip
    return render(request, "cases/journey.html", context)


def beside(actor: Any, case: Any) -> dict[str, Any]:
    """The journey as it stands beside the questions of a review: nothing of it until it was opened by a press.

    `offered` says that the actor may open it; `told` is None until they have, and again half an hour later; `gone`
    says that the lists name the child no more.
    """
    if not queries.may_open_journey(actor, case):
        return {"offered": False}
    rows = queries.CaseRows(case)
    if not queries.journey_opened_lately(rows, actor):
        return {"offered": True}
    if rows.child is None:
        return {"offered": True, "gone": True}
    told, gaps = queries.case_journey(rows)
    return {
        "offered": True, "told": told, "gaps": gaps, "untold": children.untold(told),
        "lists": len({event.table for event in told.events}),
    }  # fmt: skip


_ROWS = Permission.LISTS_READ

DOORS: list[URLPattern] = [
    door(
        "inspections/<uuid:inspection>/cases/<uuid:case>/journey/", case_journey, "case_journey",
        needs=_ROWS, to_change=_ROWS, about=queries.case_rows,
    ),
]  # fmt: skip
