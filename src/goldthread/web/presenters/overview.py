"""The overview of an inspection: each area's evidence by source, what is missing, and how far the cases are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, decide
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.drafting import known
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions import queries as submissions
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL
from goldthread.web.presenters import words

# The kinds that this version can gather have a column; one of the others has its place among what is missing.
GATHERED = ("data", "case-review")
_STAGES = tuple(lifecycle.Inspection)
AFTER = _STAGES[_STAGES.index(lifecycle.Inspection.ACCURACY) :]
"""The stages at which nothing is gathered any more: the draft report is with the authority, or went out."""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area: how much evidence of each kind, how many findings, the working grade, and what is missing in words."""

    slug: str
    title: str
    counts: list[tuple[str, int]]
    findings: int
    grade: str
    missing: list[str]


def area_rows(inspection: Any, actor: Actor) -> list[AreaRow]:
    """A row for each area of the framework."""
    framework = known.framework(inspection.framework)
    counted = findings.evidence_by_area(inspection, actor)
    written = findings.counts_by_area(inspection, actor)
    grades = {one.area: one.grade for one in findings.judgements(inspection, actor)}
    held = {kind for counts in counted.values() for kind in counts}
    columns = [(kind, title) for kind, title in evidence.kinds() if kind in GATHERED or kind in held]
    rows = []
    for area in framework.areas:
        counts: Mapping[str, int] = counted.get(area.slug, {})
        shown = [(title, counts.get(kind, 0)) for kind, title in columns]
        missing = [title.lower() for kind, title in evidence.kinds() if not counts.get(kind, 0)]
        if not written.get(area.slug, 0):
            missing.append("findings")
        if framework.graded and not grades.get(area.slug):
            missing.append("a judgement")
        grade = framework.grade(grades[area.slug]).title if grades.get(area.slug) else ""
        rows.append(AreaRow(area.slug, area.title, shown, written.get(area.slug, 0), grade, missing))
    return rows


def steps(inspection: Any, actor: Actor, now: Any) -> list[dict[str, Any]]:
    """The path of an inspection as a task list: each step, whether it is done, and where to do it."""
    # As for a row of their own: a page that shows more than that says so itself.
    target = replace(inspection.target(), owners=frozenset({actor.id}))

    def may(permission: Permission) -> bool:
        return decide(actor, permission, target, now).allowed

    offered = (
        _data_step(inspection, actor, may(Permission.SUBMISSION_READ)),
        _sample_step(inspection, actor, may(Permission.DRAW_READ)),
        _reviews_step(inspection, actor, may(Permission.CASE_READ)),
        _findings_step(inspection, actor, may(Permission.EVIDENCE_READ)),
        _judging_step(inspection, actor, may(Permission.JUDGEMENT_READ)),
        _report_step(inspection, actor, may(Permission.REPORT_READ)),
        _facts_step(inspection, actor),
    )
    return [{"title": title, "route": route, "status": status} for title, route, status in filter(None, offered)]


Step = tuple[str, str, str] | None
"""What to do, the route to it, and how it stands; None where the actor has no part in it."""


def unfinished(inspection: Any, actor: Actor, today: date, *, worries: bool = True) -> list[str]:
    """What is still open in the fieldwork, a sentence each: shown before an inspection moves on or is published.

    Without `worries` where the page tells of the urgent concerns itself.
    """
    progress = cases.progress(inspection, actor)
    found = []
    if inspection.fieldwork_to >= today:
        found.append(f"Fieldwork is not over: its last day is {inspection.fieldwork_to:%-d %B %Y}.")
    if not progress.total:
        found.append("No sample of children's files is drawn.")
    elif progress.reviewed < progress.total:
        left = progress.total - progress.reviewed
        found.append(f"{left:,} of {progress.total:,} files are not reviewed.")
    if not sum(findings.counts_by_area(inspection, actor).values()):
        found.append("No finding is written.")
    if worries and (urgent := len(cases.open_concerns(actor, inspection))):
        found.append(f"{urgent} urgent concern{'s' if urgent > 1 else ''} about a child that nobody has answered.")
    return found


def _data_step(inspection: Any, actor: Actor, may: bool) -> Step:
    latest = submissions.latest(inspection, actor) if may else None
    undone = "None was brought in" if _over(inspection) else "To do"
    return ("Bring in child-level data", "submissions", "Done" if latest else undone) if may else None


def _over(inspection: Any) -> bool:
    """Whether gathering is over: the draft report is with the authority, or what follows has come."""
    return inspection.status in AFTER


def _sample_step(inspection: Any, actor: Actor, may: bool) -> Step:
    if not may:
        return None
    if Side.TEAM not in inspections.sides_of(inspection, actor):
        # What the team has drawn is the team's to tell: the authority knows only of what was let through to it.
        released = cases.draws(inspection, actor).filter(status=lifecycle.Draw.DRAWN).count()
        says = f"{released} shown to you" if released else "Not shown to you unless the team releases it"
        return ("The sample of children's files", "draws", says)
    total = cases.progress(inspection, actor).total
    undrawn = "None was drawn" if _over(inspection) else "To do"
    return ("Draw a sample of children's files", "draws", f"{total:,} drawn" if total else undrawn)


def _reviews_step(inspection: Any, actor: Actor, may: bool) -> Step:
    if not may:
        return None
    progress = cases.progress(inspection, actor)
    waits = "None, without a sample" if _over(inspection) else "Waits for a sample"
    says = f"{progress.reviewed:,} of {progress.total:,} reviewed" if progress.total else waits
    return ("Review the files", "cases", says)


def _findings_step(inspection: Any, actor: Actor, may: bool) -> Step:
    if not may:
        return None
    written = sum(findings.counts_by_area(inspection, actor).values())
    return ("Write findings from the evidence", "findings", f"{written:,} written" if written else "To do")


def _judging_step(inspection: Any, actor: Actor, may: bool) -> Step:
    if not may:
        return None
    framework = known.framework(inspection.framework)
    if not framework.graded:
        return None
    held = [one for one in findings.judgements(inspection, actor) if one.grade]
    judged = {one.area for one in held if one.status == lifecycle.Judgement.AGREED}
    proposed = {one.area for one in held} - judged - {OVERALL}
    says = f"{len(judged - {OVERALL})} of {len(framework.areas)} areas judged"
    if proposed:
        says += f", {len(proposed)} more proposed"
    if framework.overall:
        says += f"; overall effectiveness {'judged' if OVERALL in judged else 'not yet'}"
    return ("Judge each area", "judgements", says)


def _report_step(inspection: Any, actor: Actor, may: bool) -> Step:
    if not may:
        return None
    latest = reports.versions(inspection, actor).first()
    says = "To do"
    if latest:
        under = reports.standing(reports.publication_of(latest))
        says = f"Version {latest.number}: {(under or words.status(latest.status)).lower()}"
    return ("Compose, check and publish the report", "report", says)


def _facts_step(inspection: Any, actor: Actor) -> Step:
    """The check of facts, for whoever takes part in it for the authority."""
    if Side.TEAM in inspections.sides_of(inspection, actor):
        return None
    copy = reports.copies(inspection, actor).exclude(status=lifecycle.CouncilCopy.TAKEN_BACK).first()
    if copy is None:
        return None
    until = f"{copy.until:%-d %B %Y}"
    if copy.status == lifecycle.CouncilCopy.OUT:
        says = f"To do by {until}" if copy.until >= timezone.localdate() else f"Closed on {until}"
    else:
        says = "Answered" if copy.status == lifecycle.CouncilCopy.ANSWERS_GIVEN else "Sent, not answered yet"
    return ("Check the facts of the draft report", "accuracy", says)
