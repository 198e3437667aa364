"""The overview of an inspection: each area's evidence by source, what is missing, and how far the cases are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, decide
from goldthread.apps.cases import queries as cases
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.findings import queries as findings
from goldthread.apps.submissions import queries as submissions
from goldthread.domain.frameworks import load

# The kinds that this version can gather have a column; one of the others has its place among what is missing.
GATHERED = ("data", "case-review")


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
    framework = load(inspection.framework)
    counted = evidence.counts_by_area(actor, inspection)
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
        if not grades.get(area.slug):
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

    latest = submissions.latest(inspection, actor) if may(Permission.SUBMISSION_READ) else None
    progress = cases.progress(inspection, actor) if may(Permission.DRAW_READ) else None
    written = sum(findings.counts_by_area(inspection, actor).values()) if may(Permission.EVIDENCE_READ) else 0
    judged = (
        [one for one in findings.judgements(inspection, actor) if one.grade] if may(Permission.JUDGEMENT_READ) else []
    )
    total = getattr(progress, "total", 0) or 0
    reviewed = getattr(progress, "reviewed", 0) or 0
    areas = len(load(inspection.framework).areas)
    offered = [
        ("Bring in child-level data", "submissions", Permission.SUBMISSION_READ, "Done" if latest else "To do"),
        ("Draw a sample of children's files", "draws", Permission.DRAW_READ, f"{total} drawn" if total else "To do"),
        (
            "Review the files",
            "cases",
            Permission.CASE_READ,
            f"{reviewed} of {total} reviewed" if total else "Waits for a sample",
        ),
        (
            "Write findings from the evidence",
            "findings",
            Permission.EVIDENCE_READ,
            f"{written} written" if written else "To do",
        ),
        ("Judge each area", "judgements", Permission.JUDGEMENT_READ, f"{len(judged)} of {areas} judged"),
        ("Compose, check and publish the report", "report", Permission.REPORT_READ, "Open"),
    ]
    return [
        {"title": title, "route": route, "status": status}
        for title, route, permission, status in offered
        if may(permission)
    ]
