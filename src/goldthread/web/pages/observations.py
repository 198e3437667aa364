"""Pages: practice that inspectors watched."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Refused
from goldthread.apps.conversations import actions, queries
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections import queries as inspections
from goldthread.web.doors import door
from goldthread.web.exports import FORMATS, export
from goldthread.web.files import attachment, file_name
from goldthread.web.forms import GovukForm, sent_version
from goldthread.web.presenters import areas
from goldthread.web.presenters import voices as presenter
from goldthread.web.voice_acts import act, sent
from goldthread.web.voice_forms import ObservationFilterForm, ObservationForm

A_PAGE = 25
NEW = "voices-observation-new"


def _found(request: HttpRequest, inspection: Any) -> tuple[ObservationFilterForm, list[Any], bool]:
    form = ObservationFilterForm((request.POST or request.GET) or None, inspection=inspection)
    held = form.cleaned_data if form.is_valid() else {}
    asked = {name: held.get(name) or "" for name in ("kind", "status", "area", "words")}
    rows = queries.observations(request.actor, inspection, **asked)  # type: ignore[attr-defined]
    return form, rows, any(asked.values())


def observations_list(request: HttpRequest, inspection: Any) -> HttpResponse:
    """Every observation, the latest day first."""
    form, found, narrowed = _found(request, inspection)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "inspection": inspection, "form": form, "sent": narrowed, "page_obj": page, "formats": FORMATS,
        "rows": [(one, queries.OBSERVATION_STATES[one.status], queries.said_of(one)) for one in page],
        "may_write": queries.may_write(request.actor, inspection),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "voices/observations.html", context)


def observations_file(request: HttpRequest, inspection: Any) -> HttpResponse:
    """The list as a file, as it is filtered, the journal saying so first."""
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Refused("Choose an Excel workbook or a CSV file.")
    _, found, _ = _found(request, inspection)
    actor = request.actor  # type: ignore[attr-defined]
    table = presenter.observations_table(inspection, found, by=actor.name)
    actions.record_export(inspection=inspection, what="observations", form=form, rows=len(table.rows), by=actor)
    return attachment(export(table, form), FORMATS[form][1], file_name("observations", form, of=inspection))


def _one(observation: Any) -> tuple[str, dict[str, Any]]:
    return "observation", {"inspection": observation.inspection_id, "observation": observation.pk}


def observation_new(request: HttpRequest, part: Any) -> HttpResponse:
    """Write down practice that was watched."""
    inspection = part.inspection
    form = ObservationForm(sent(request), inspection=inspection, initial={"day": timezone.localdate()})

    def do() -> Any:
        key = form.cleaned_data["client_key"]
        return actions.observe(inspection=inspection, client_key=key, by=request.actor, **form.values())  # type: ignore[attr-defined]

    def says(one: Any) -> str:
        return f"{one.mark} is written down. Put it on the shelf when it is whole."

    if done := act(request, form, do, says=says, key=NEW, inspection=inspection, to=_one):
        return done
    context = {"inspection": inspection, "form": form, "key": NEW}
    return render(request, "voices/observation_new.html", context, status=422 if form.errors else 200)


def _about(request: HttpRequest, observation: Any) -> dict[str, Any]:
    shorts = areas.shorts(observation.inspection)
    return {
        "inspection": observation.inspection, "observation": observation, **queries.said_of(observation),
        "state": queries.OBSERVATION_STATES[observation.status],
        "areas": [shorts.get(slug, slug) for slug in observation.areas],
        "writes": queries.may_write(request.actor, observation),  # type: ignore[attr-defined]
    }  # fmt: skip


def observation_page(request: HttpRequest, observation: Any) -> HttpResponse:
    """One observation."""
    return render(request, "voices/observation.html", _about(request, observation))


def observation_change(request: HttpRequest, observation: Any) -> HttpResponse:
    """Change a draft."""
    inspection, key = observation.inspection, f"voices-observation-{observation.pk.hex}"
    initial = {name: getattr(observation, name) for name in ("day", "kind", "team", "areas")}
    form = ObservationForm(
        sent(request), inspection=inspection, initial={**initial, **queries.said_of(observation)}
    )  # fmt: skip

    def do() -> Any:
        version = form.cleaned_data["version"]
        return actions.change_observation(
            observation=observation, version=version, by=request.actor, **form.values()  # type: ignore[attr-defined]
        )  # fmt: skip

    if done := act(
        request, form, do, says=lambda one: f"{one.mark} is changed.", key=key, inspection=inspection, to=_one
    ):
        return done
    context = {
        "inspection": inspection, "observation": observation, "form": form, "key": key,
        "too_late": not form.is_bound and not observation.draft,
    }  # fmt: skip
    return render(request, "voices/observation_change.html", context, status=422 if form.errors else 200)


def observation_shelve(request: HttpRequest, observation: Any) -> HttpResponse:
    """Put it on the shelf: first exactly what the shelf will say."""
    if request.method == "POST":
        done = actions.shelve_observation(
            observation=observation, version=sent_version(request), by=request.actor  # type: ignore[attr-defined]
        )  # fmt: skip
        mark = done.evidence_item.mark if done.evidence_item else ""
        messages.success(request, f"{done.mark} is {mark} on the evidence shelf.")
        return redirect("observation", inspection=observation.inspection_id, observation=observation.pk)
    context = {**_about(request, observation), "form": GovukForm(), "too_late": not observation.draft}
    return render(request, "voices/observation_shelve.html", context)


def observation_open(request: HttpRequest, observation: Any) -> HttpResponse:
    """Open it again, after saying what leans on it."""
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        actions.reopen(observation=observation, version=sent_version(request), by=actor)
        messages.success(request, f"{observation.mark} is open again. Findings that lean on its item say so.")
        return redirect("observation", inspection=observation.inspection_id, observation=observation.pk)
    item = observation.evidence_item
    context = {
        **_about(request, observation), "form": GovukForm(), "too_late": observation.draft,
        "leaning": findings.leaning_on(item, actor) if item else [],
    }  # fmt: skip
    return render(request, "voices/observation_open.html", context)


_AT = "inspections/<uuid:inspection>/voices/observations/"
_ONE = _AT + "<uuid:observation>/"
_READ, _WRITE = Permission.CONVERSATION_READ, Permission.CONVERSATION_WRITE
_OF = queries.observation

DOORS: list[URLPattern] = [
    door(_AT, observations_list, "observations", needs=_READ, about=inspections.get),
    door(_AT + "file/", observations_file, "observations_file", needs=_READ, to_change=_READ,
         about=inspections.get, reads=False, step_up=True, file=True),
    door(_AT + "new/", observation_new, "observation_new", needs=_WRITE, to_change=_WRITE, about=inspections.own_part),
    door(_ONE, observation_page, "observation", needs=_READ, about=_OF),
    door(_ONE + "change/", observation_change, "observation_change", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "shelve/", observation_shelve, "observation_shelve", needs=_WRITE, to_change=_WRITE, about=_OF),
    door(_ONE + "open/", observation_open, "observation_open", needs=_WRITE, to_change=_WRITE, about=_OF),
]  # fmt: skip
