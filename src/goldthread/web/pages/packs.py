"""Pages: the board pack of a month on one page, and the plan of action due after the report."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.drafting import known
from goldthread.apps.improvement.actions import record_plan_export
from goldthread.apps.improvement.queries import packs
from goldthread.apps.improvement.rendering import board as drawn
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.rendering.kept import FORMS
from goldthread.web.doors import door
from goldthread.web.files import DRAWN, attachment, file_name
from goldthread.web.presenters import packs as presenter
from goldthread.web.presenters.task import may


def _asked(part: Any, asked: str) -> tuple[date | None, list[date]]:
    """The month that was asked for, this one where none was; None where no pack can be made of it."""
    offered = packs.months(part.actor, part.inspection)
    return next((one for one in offered if f"{one:%Y-%m}" == asked), None if asked else offered[0]), offered


def _no_pack(asked: str, offered: list[date]) -> str:
    """Why no pack can be made of a month, and what can be done about it."""
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return "Choose a month from the list."
    when = "that month is still to come" if month > offered[0] else f"nothing is known before {offered[-1]:%B %Y}"
    return f"There is no board pack of {month:%B %Y}: {when}. Choose a month from the list."


def _reader(part: Any) -> dict[str, bool]:
    """Whether the reader may open the recommendations themselves, to which these pages lead back, and whether they may
    read what the team calls the inspection."""
    may_read = partial(may, part.actor, inspection=part.inspection)
    return {"reads": may_read(Permission.IMPROVEMENT_READ), "titled": may_read(Permission.INSPECTION_READ)}


def board_pack(request: HttpRequest, part: Any) -> HttpResponse:
    """What goes to the board: states, goals, what moved in the month, what is due; on one page when it is printed."""
    asked = request.GET.get("month", "")
    month, offered = _asked(part, asked)
    held, reader = packs.pack(part.actor, part.inspection, month) if month else None, _reader(part)
    shown = presenter.board(part.inspection, held, titled=reader["titled"]) if held else None
    context = {
        "inspection": part.inspection, "pack": shown,
        "month": month, "months": offered, "problem": "" if held else _no_pack(asked, offered), **reader,
    }  # fmt: skip
    return render(request, "improvement/board_pack.html", context, status=200 if held else 422)


def board_pack_file(request: HttpRequest, part: Any) -> HttpResponse:
    """The pack as a PDF of one page, the journal saying so first."""
    asked = request.POST.get("month", "")
    month, offered = _asked(part, asked)
    if month is None:
        raise Refused(_no_pack(asked, offered))
    held = packs.pack(part.actor, part.inspection, month)
    record_plan_export(part=part, form="pdf", rows=len(held.rows), by=part.actor)
    shown = presenter.board(part.inspection, held, titled=_reader(part)["titled"])
    name = file_name("board-pack", "pdf", of=part.inspection, narrowed=[f"{month:%Y-%m}"])
    return attachment(drawn.as_pdf(shown), DRAWN["pdf"][1], name)


def _plan(part: Any) -> tuple[Any, Document]:
    plan = packs.action_plan(part.actor, part.inspection)
    title = known.framework(part.inspection.framework).title
    return plan, presenter.plan_document(part.inspection, plan, title, titled=_reader(part)["titled"])


def action_plan(request: HttpRequest, part: Any) -> HttpResponse:
    """The plan of action: by when it is due, what is asked, of whom, with which goals, and what was done."""
    plan, document = _plan(part)
    context = {"inspection": part.inspection, "plan": plan, "document": document, "files": DRAWN, **_reader(part)}
    return render(request, "improvement/action_plan.html", context)


def action_plan_file(request: HttpRequest, part: Any) -> HttpResponse:
    """The plan as a file of one of the forms that a report is drawn in, the journal saying so first."""
    plan, document = _plan(part)
    form = request.POST.get("format", "docx")
    if form not in DRAWN:
        raise Refused("Choose a PDF, a Word or an OpenDocument file.")
    record_plan_export(part=part, form=form, rows=len(plan.rows), by=part.actor)
    name = file_name("plan-of-action", form, of=part.inspection)
    return attachment(FORMS[form](document, draft=False), DRAWN[form][1], name)


_ALL = "inspections/<uuid:inspection>/improvement/"
_READ, _PART = Permission.PLAN_READ, inspections.own_part
DOORS: list[URLPattern] = [
    door(_ALL + "board-pack/", board_pack, "board_pack", needs=_READ, about=_PART),
    door(
        _ALL + "board-pack/file/", board_pack_file, "board_pack_file", needs=_READ, to_change=_READ, about=_PART,
        reads=False, step_up=True, file=True,
    ),
    door(_ALL + "plan/", action_plan, "action_plan", needs=_READ, about=_PART),
    door(
        _ALL + "plan/file/", action_plan_file, "action_plan_file", needs=_READ, to_change=_READ, about=_PART,
        reads=False, step_up=True, file=True,
    ),
]  # fmt: skip
