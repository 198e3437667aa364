"""Pages: a report's versions, the team's copy with its threads, checking and publishing."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target, decide
from goldthread.apps.findings import queries as findings
from goldthread.apps.reports import actions, queries
from goldthread.domain import lifecycle
from goldthread.domain.embargo import in_words
from goldthread.web.checks import decided, pressed
from goldthread.web.doors import door
from goldthread.web.forms import sent_version
from goldthread.web.presenters import accuracy, areas, ground
from goldthread.web.report_forms import CheckForm, ComposeForm

CHECKABLE = (lifecycle.Report.SUBMITTED, lifecycle.Report.APPROVED)


def report(request: HttpRequest, work: Any) -> HttpResponse:
    """Every version of an inspection's report, and composing the next."""
    inspection = work.inspection
    actor: Actor = request.actor  # type: ignore[attr-defined]
    versions = list(queries.versions(inspection, actor))
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
        "unjudged": queries.unjudged(report),
        "shaky": len(shaky),
        "style": queries.style_of(report),
        "unanswered": len(queries.unanswered(report)),
        "held_back": queries.held_back(report),
        "publication": (held := getattr(report, "publication", None)),
        "embargo": in_words(held.published_at) if held is not None and queries.under_embargo(held) else "",
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
        "may_check": may(Permission.REPORT_CHECK) and report.status in CHECKABLE and not own and not checked,
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


def submit(request: HttpRequest, report: Any) -> HttpResponse:
    """Send a version to be checked."""
    look = reverse("report_version", args=[report.inspection_id, report.pk])
    return pressed(
        request, partial(actions.submit, report=report), says="The report has gone to be checked.", look=look
    )


def look_through(request: HttpRequest, report: Any) -> HttpResponse:
    """Have a draft looked through for whom the lists know, before it goes to be checked."""
    marked = actions.look_through(report=report, by=request.actor)  # type: ignore[attr-defined]
    if marked:
        messages.info(
            request, f"{marked} sentence{'s hold' if marked > 1 else ' holds'} what the lists know somebody by, or "
            "what is like it. They are marked below; the page does not say whom it could be.",
        )  # fmt: skip
    else:
        messages.success(request, "No sentence holds a name, number, postcode or address of the lists.")
    return redirect("report_version", inspection=report.inspection_id, report=report.pk)


def take_back(request: HttpRequest, report: Any) -> HttpResponse:
    """Take a version back from its checkers."""
    look = reverse("report_version", args=[report.inspection_id, report.pk])
    return pressed(
        request, partial(actions.take_back, report=report), look=look,
        says="The report is a draft again. What its checkers had said of it counts no more.",
    )  # fmt: skip


def check(request: HttpRequest, report: Any) -> HttpResponse:
    """Pass a version or send it back."""
    if request.method != "POST" and report.status not in CHECKABLE:
        messages.info(request, "This version does not wait to be checked.")
        return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    told = queries.checks(report, request.actor)  # type: ignore[attr-defined]
    if request.method != "POST" and told.own is not None and report.status == lifecycle.Report.SUBMITTED:
        messages.info(request, "You have checked this version. It waits for the other checker.")
        return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.approve if request.POST.get("decision") == "approve" else actions.send_back
        if decided(request, form, partial(act, report=report), says=_became):
            return redirect("report_version", inspection=report.inspection_id, report=report.pk)
    context = {
        "inspection": report.inspection,
        "report": report,
        "form": form,
        "doubts": queries.doubts_in(report),
        "of_title": queries.doubts_in_title(report),
        "checks": told,
        "loose": queries.loose(report),
        "unjudged": queries.unjudged(report),
        "unanswered": queries.unanswered(report),
        "held_back": queries.held_back(report),
        "document": queries.document(report),
        "said": accuracy.said(report, request.actor),  # type: ignore[attr-defined]
    }
    return render(request, "reports/check.html", context, status=422 if form.errors else 200)


def _became(report: Any) -> str:
    """What became of a version by a check of it."""
    return {
        lifecycle.Report.APPROVED: "The report is approved. The lead may publish it.",
        lifecycle.Report.RETURNED: "The report has gone back to its writers.",
    }.get(report.status, "Your check is kept. Nobody sees it until the other checker has given theirs.")


def _paragraphs(section: Any, doubts: dict[int, Any], loose: set[int], shaky: set[int]) -> list[list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for line in section.sentences.all():
        marked = {"line": line, "doubts": doubts.get(line.pk, []), "loose": line.pk in loose, "shaky": line.pk in shaky}
        found.setdefault(line.paragraph, []).append(marked)
    return list(found.values())


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
    door(
        _ONE + "submit/",
        submit,
        "report_submit",
        needs=Permission.REPORT_SUBMIT,
        to_change=Permission.REPORT_SUBMIT,
        about=queries.get,
        reads=False,
    ),
    door(
        _ONE + "names/",
        look_through,
        "report_names",
        needs=Permission.REPORT_SUBMIT,
        to_change=Permission.REPORT_SUBMIT,
        about=queries.get,
        reads=False,
    ),
    door(
        _ONE + "take-back/",
        take_back,
        "report_take_back",
        needs=Permission.REPORT_SUBMIT,
        to_change=Permission.REPORT_SUBMIT,
        about=queries.get,
        reads=False,
    ),
    door(
        _ONE + "check/",
        check,
        "report_check",
        needs=Permission.REPORT_CHECK,
        to_change=Permission.REPORT_CHECK,
        about=queries.get,
    ),
]
