"""Pages: whom the team should hear and whom it has heard, and the guides to conversations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.conversations import actions, queries
from goldthread.apps.inspections import queries as inspections
from goldthread.domain.hearing import AGES, GROUPS
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import sent_version
from goldthread.web.presenters import areas
from goldthread.web.presenters import voices as presenter
from goldthread.web.voice_acts import act, sent
from goldthread.web.voice_forms import TargetForm, WantedForm


def _home(inspection: Any) -> Any:
    return lambda _: ("hearing", {"inspection": inspection.pk})


def hearing(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Whom the team wants to hear and whom it has heard, however they are counted."""
    actor = request.actor  # type: ignore[attr-defined]
    shorts = areas.shorts(inspection)
    found = queries.coverage(actor, inspection)
    context = {
        "inspection": inspection, "found": found, "formats": FORMATS,
        "rows": [(row, shorts.get(row.target.area, "")) for row in found.rows],
        "counts": presenter.counts(found, shorts), "may_plan": queries.may_plan(actor, inspection),
        "may_write": queries.may_write(actor, inspection),
        "concerns": [(one, queries.concern_words(one)) for one in queries.open_concerns(actor, inspection)],
        "late": sum(one.status == "open" for one in queries.promises(actor, inspection, status="late")),
    }  # fmt: skip
    return render(request, "voices/hearing.html", context)


def hearing_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The plan and its coverage as a file, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    actor = request.actor  # type: ignore[attr-defined]
    table = presenter.coverage_table(inspection, queries.coverage(actor, inspection), by=actor.name)
    actions.record_export(inspection=inspection, what="plan of whom to hear", form=form, rows=len(table.rows), by=actor)
    return attachment(export(table, form), FORMATS[form][1], file_name("whom-to-hear", form, of=inspection))


def target_new(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Say how many of a group the team should hear."""
    form = TargetForm(sent(request), inspection=inspection)

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("group", "age", "team", "area", "wanted", "client_key")}
        return actions.set_target(inspection=inspection, by=request.actor, **held)  # type: ignore[attr-defined]

    says = "It stands in the plan."
    if done := act(request, form, do, says=lambda _: says, to=_home(inspection)):
        return done
    context = {"inspection": inspection, "form": form}
    return render(request, "voices/target_new.html", context, status=422 if form.errors else 200)


def target(request: HttpRequest, target: Any) -> HttpResponse:
    """Change how many, or take it out of the plan."""
    inspection = target.inspection
    form = WantedForm(sent(request), initial={"wanted": target.wanted})

    def do() -> Any:
        held = {name: form.cleaned_data[name] for name in ("wanted", "version")}
        return actions.change_target(target=target, by=request.actor, **held)  # type: ignore[attr-defined]

    if done := act(request, form, do, says=lambda _: "The number is changed.", to=_home(inspection)):
        return done
    context = {
        "inspection": inspection, "target": target, "form": form,
        "area": areas.shorts(inspection).get(target.area, ""), "closed": target.closed_because(),
    }  # fmt: skip
    return render(request, "voices/target.html", context, status=422 if form.errors else 200)


def target_out(request: HttpRequest, target: Any) -> HttpResponse:
    """Take a target out of the plan."""
    inspection = target.inspection
    if request.method == "POST":
        actions.take_out_target(target=target, version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]
        return redirect("hearing", inspection=inspection.pk)
    context = {"inspection": inspection, "target": target, "closed": target.closed_because()}
    return render(request, "voices/target_out.html", context)


def guides(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The guides, by whom they are for."""
    rows = [(one, GROUPS[one.group], ", ".join(AGES[age] for age in one.ages)) for one in queries.guides_of(inspection)]
    return render(request, "voices/guides.html", {"inspection": inspection, "rows": rows})


def guide(request: HttpRequest, guide: Any) -> HttpResponse:
    """One guide, to be read or printed."""
    return render(request, "voices/guide.html", {"inspection": guide.inspection, "guide": guide.guide})


_AT = "inspections/<uuid:inspection>/voices/"
_TARGET = _AT + "targets/<uuid:target>/"
_READ, _PLAN = Permission.CONVERSATION_READ, Permission.CONVERSATION_PLAN

DOORS: list[URLPattern] = [
    door(_AT, hearing, "hearing", needs=_READ, about=inspections.get),
    door(_AT + "file/", hearing_file, "hearing_file", needs=_READ, to_change=_READ, about=inspections.get,
         reads=False, step_up=True, file=True),
    door(_AT + "targets/new/", target_new, "hearing_target_new", needs=_PLAN, to_change=_PLAN, about=inspections.get),
    door(_TARGET, target, "hearing_target", needs=_PLAN, to_change=_PLAN, about=queries.target),
    door(_TARGET + "out/", target_out, "hearing_target_out", needs=_PLAN, to_change=_PLAN, about=queries.target),
    door(_AT + "guides/", guides, "conversation_guides", needs=_READ, about=inspections.get),
    door(_AT + "guides/<slug:guide>/", guide, "conversation_guide", needs=_READ, about=presenter.guide_in),
]  # fmt: skip
