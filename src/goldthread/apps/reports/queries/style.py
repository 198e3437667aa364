"""What the house style says of the sentences of a version."""

from collections.abc import Iterable
from uuid import UUID

from goldthread.apps.findings.models import Citation
from goldthread.apps.reports.models import Report, Section, Sentence
from goldthread.apps.reports.queries.versions import sections
from goldthread.domain import house_style


def style_of(report: Report) -> list[tuple[Section, Sentence, list[str]]]:
    """The sentences of a version that could be plainer or surer, each with why; those about the inspection left out."""
    lines = [(one, line) for one in sections(report) if one.kind != "about" for line in one.sentences.all()]
    carried = _carried(line for _, line in lines)
    told = [(one, line, house_style.prompts(line.text, carried=line.finding_id in carried)) for one, line in lines]
    return [(one, line, said) for one, line, said in told if said]


def _carried(lines: Iterable[Sentence]) -> set[UUID | None]:
    """The findings of these sentences for which evidence is cited that stands."""
    findings = {line.finding_id for line in lines if line.finding_id is not None}
    rows = Citation.objects.select_related("item").filter(finding__in=findings, stance="for", removed_at=None)
    return {one.finding_id for one in rows if one.item.current}
