"""Pages: a report's versions, the team's copy with its threads, checking and publishing."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target, decide
from goldthread.apps.findings import queries as findings
from goldthread.apps.reports import actions, queries
from goldthread.domain import lifecycle
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.pages import report_checks
from goldthread.web.presenters import accuracy, areas, ground
from goldthread.web.report_forms import ComposeForm


def report(request: HttpRequest, work: Any) -> HttpResponse:
    """Every version of an inspection's report, and composing the next."""
    inspection = work.inspection
    actor: Actor = request.actor  # type: ignore[attr-defined]
    versions: list[Any] = list(queries.versions(inspection, actor))
    waiting = {one.report_id: queries.standing(one) for one in queries.embargoed(inspection.pk)}
    for one in versions:
        one.under = waiting.get(one.pk, "")
    form = ComposeForm(request.POST or None, versions=versions, initial={"title": _title(inspection, versions)})
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.compose(
                inspection=inspection,
                title=form.cleaned_data["title"],
                client_key=form.cleaned_data["client_key"],
                based_on=form.earlier(),
                by=actor,
            )
        except Refused as refusal:
            error = refusal.reason
        else:
            messages.success(request, f"Version {made.number} is made from {_source(form.earlier())}.")
            return redirect("report_version", inspection=inspection.pk, report=made.pk)
    agreed = findings.for_report(inspection, actor)
    context = {
        "inspection": inspection,
        "form": form,
        "error": error,
        "versions": versions,
        "reads_facts": queries.may_read(actor, inspection),
        "agreed": len(agreed),
        "judged": len(findings.agreed_judgements(inspection, actor)),
        "may_write": _may(actor, Permission.REPORT_WRITE, work),
    }
    return render(request, "reports/list.html", context, status=422 if error or form.errors else 200)


def _title(inspection: Any, versions: list[Any]) -> str:
    """What the next version is called unless told otherwise: as the newest is, or else as the inspection is."""
    return str(max(versions, key=lambda one: one.number).title if versions else inspection.title)


def _source(earlier: Any) -> str:
    return "what the team has agreed" if earlier is None else f"what version {earlier.number} says"


def version(request: HttpRequest, report: Any) -> HttpResponse:
    """The team's copy: every sentence leads to what it rests on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    doubts = {line.pk: held for line, held in queries.doubts_in(report)}
    loose = {line.pk for line in queries.loose(report)}
    shaky = {line.pk for line in queries.check_again(report)}
    context = {
        "inspection": report.inspection,
        "report": report,
        "parts": _parts(report, doubts, loose, shaky),
        "doubts": len(doubts),
        "blocking": sum(any(one.blocks for one in held) for held in doubts.values()),
        "of_title": queries.doubts_in_title(report),
        "checks": queries.checks(report, actor),
        "loose": len(loose),
        "unborne": queries.unborne(report),
        "unjudged": queries.unjudged(report),
        "shaky": len(shaky),
        "not_kept": queries.not_kept(report) if not report.closed_because() else [],
        "elsewhere": queries.still_elsewhere(report) if not getattr(report, "publication", None) else [],
        "style": queries.style_of(report),
        "unanswered": len(queries.unanswered(report)),
        "held_back": queries.held_back(report),
        "publication": (held := getattr(report, "publication", None)),
        "embargo": queries.from_when(held),
        "under": queries.standing(held),
        "open": not report.closed_because(),
        **_offered(actor, report),
    }
    return render(request, "reports/version.html", context)


def _offered(actor: Actor, report: Any) -> dict[str, Any]:
    """What the reader may do with a version now."""
    may = partial(_may, actor, thing=report)
    waits, approved = lifecycle.Report.SUBMITTED, lifecycle.Report.APPROVED
    own = actor.id in (str(report.submitted_by_id), str(report.created_by_id))
    checked = report.status == waits and queries.checks(report, actor).own is not None
    return {
        "own": own,
        "may_write": may(Permission.REPORT_WRITE),
        "may_submit": may(Permission.REPORT_SUBMIT) and lifecycle.can_move(lifecycle.Report, report.status, waits),
        "may_take_back": may(Permission.REPORT_SUBMIT) and report.status == waits,
        "may_check": may(Permission.REPORT_CHECK)
        and report.status in report_checks.CHECKABLE
        and not own
        and not checked,
        "may_publish": (publishes := may(Permission.REPORT_PUBLISH)) and report.status == approved,
        "publishes": publishes,
        **_councils(actor, report),
    }


def _parts(report: Any, doubts: dict[int, Any], loose: set[int], shaky: set[int]) -> list[dict[str, Any]]:
    """The sections as the team's copy shows them: sentences with their marks, and the tables and charts."""
    shown = {part.slug: part for part in queries.document(report).parts}
    return [
        {
            "section": one,
            "paragraphs": _paragraphs(one, doubts, loose, shaky),
            "grid": queries.grades(report.inspection) if one.kind == "judgements" else None,
            "figure": shown[one.slug].figure if one.slug in shown else None,
            "numbers": shown[one.slug].grid if one.slug in shown else None,
        }
        for one in queries.sections(report)
    ]


def _councils(actor: Actor, report: Any) -> dict[str, Any]:
    """The copy of a version that the council has, and whether the reader gives it one or may do something with it."""
    held = queries.copy_of(report)
    gives = held is not None or report.status == lifecycle.Report.APPROVED
    return {"council_copy": held, "may_give": gives and _may(actor, Permission.ACCURACY_RELEASE, report)}


def section(request: HttpRequest, part: Any) -> HttpResponse:
    """Change the sentences of a section; each keeps its thread."""
    section, report = part.row, part.report
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lines, error = list(section.sentences.all()), ""
    style = {line.pk: said for _, line, said in queries.style_of(report)}
    for line in lines:
        line.style = style.get(line.pk, [])
    if request.method == "POST":
        lines = _sent_lines(request)
        try:
            actions.change_section(section=section, lines=lines, version=sent_version(request), by=actor)
        except Refused as refusal:
            if refusal.hidden:
                raise
            error = refusal.reason
        else:
            messages.success(request, f"“{section.title}” is saved.")
            return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    context = {
        "inspection": report.inspection,
        "report": report,
        "section": section,
        "lines": lines,
        "error": error,
        "findings": [one.row for one in findings.for_report(report.inspection, actor)],
        "spare": range(3),
        "closed": report.closed_because(),
        "said": accuracy.said(report, actor, section.slug),
    }
    return render(request, "reports/section.html", context, status=422 if error else 200)


def thread(request: HttpRequest, part: Any) -> HttpResponse:
    """What one sentence rests on, down to the evidence."""
    line, report = part.row, part.report
    told = queries.thread(line, request.actor)  # type: ignore[attr-defined]
    standing = told.get("standing")
    rules = ground.rules(areas.framework_of(report.inspection), standing) if standing else {}
    context = {"inspection": report.inspection, "report": report, "line": line, "rules": rules, **told}
    partial = request.headers.get("HX-Request") == "true"
    template = "reports/_thread.html" if partial else "reports/thread.html"
    return render(request, template, {**context, "partial": partial})


def _paragraphs(section: Any, doubts: dict[int, Any], loose: set[int], shaky: set[int]) -> list[dict[str, Any]]:
    """Each paragraph: its sentences with their marks, and every doubt of one with the sentence's place in it."""
    found: dict[int, list[dict[str, Any]]] = {}
    for line in section.sentences.all():
        found.setdefault(line.paragraph, []).append(
            {"line": line, "loose": line.pk in loose, "shaky": line.pk in shaky}
        )
    return [
        {
            "lines": lines,
            "doubts": [
                (place, doubt) for place, one in enumerate(lines, 1) for doubt in doubts.get(one["line"].pk, [])
            ],
        }
        for lines in found.values()
    ]


def _sent_lines(request: HttpRequest) -> list[dict[str, Any]]:
    texts = request.POST.getlist("text")
    paragraphs = request.POST.getlist("paragraph")
    tops = request.POST.getlist("rests_on")
    lines = []
    for number, text in enumerate(texts):
        kind, _, pk = (tops[number] if number < len(tops) else "").partition(":")
        paragraph = paragraphs[number] if number < len(paragraphs) else ""
        lines.append(
            {
                "text": text,
                "paragraph": int(paragraph) if paragraph.isdigit() else number + 1,
                "finding_id": _uuid(pk) if kind == "finding" else None,
                "judgement_id": _uuid(pk) if kind == "judgement" else None,
            }
        )
    return sorted(lines, key=lambda line: line["paragraph"])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()  # belongs to nothing, so the action refuses it in plain English


def _may(actor: Actor, permission: Permission, thing: Any) -> bool:
    return decide(actor, permission, thing.target(), timezone.now()).allowed


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a version, asked about as the version is."""

    row: Any
    report: Any

    def target(self) -> Target:
        """The version's own."""
        asked: Target = self.report.target()
        return asked


def _section(actor: Actor, inspection: UUID, report: UUID, section: str) -> Any:
    found = queries.section(queries.get(actor, inspection, report), section)
    return _Part(found, found.report)


def _sentence(actor: Actor, inspection: UUID, report: UUID, sentence: int) -> Any:
    found = queries.sentence(queries.get(actor, inspection, report), sentence)
    return _Part(found, found.section.report)


_AT = "inspections/<uuid:inspection>/report/"
_ONE = _AT + "<uuid:report>/"
_READ, _WRITE = Permission.REPORT_READ, Permission.REPORT_WRITE
DOORS = [
    door(_AT, report, "report", needs=_READ, to_change=_WRITE, about=findings.team_work),
    door(_ONE, version, "report_version", needs=_READ, about=queries.get),
    door(_ONE + "sections/<slug:section>/", section, "report_section", needs=_WRITE, to_change=_WRITE, about=_section),
    door(_ONE + "sentences/<int:sentence>/", thread, "report_thread", needs=Permission.EVIDENCE_READ, about=_sentence),
    *report_checks.DOORS,
]
