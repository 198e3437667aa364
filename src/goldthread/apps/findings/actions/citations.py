"""Citing items of the evidence shelf, for and against a finding."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def cite(
    *, finding: Finding, item: EvidenceItem, stance: str, why: str, by: Actor, version: int = 0
) -> Citation:  # fmt: skip
    """Cite an item for or against a draft finding, saying why. Citing it again in the same way changes nothing.

    Other words on the same side replace those that are there, where `version` shows that their writer has read
    them; else Clash is raised with both.
    """
    finding = Finding.objects.select_for_update().select_related("inspection").get(pk=finding.pk)
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    require(by, Permission.EVIDENCE_READ, item.target())
    if item.inspection_id != finding.inspection_id:
        raise Refused("This item belongs to another inspection.", hidden=True)
    if stance not in ("for", "against"):
        raise Refused("Choose whether the item speaks for the finding or against it.")
    why = why.strip()[:400]
    if not why:
        raise Refused("Say what in the item bears on the finding.")
    if existing := Citation.objects.filter(finding=finding, item=item, removed_at=None).first():
        if existing.stance == stance:
            return _reworded(existing, finding, why, version, by)
        raise Refused(
            f"{item.mark} is already cited {existing.stance} this finding. Remove that citation before you turn it."
        )
    if not item.current:
        raise Refused(f"{item.mark} is {item.status}, so nothing new can lean on it.")
    citation = Citation.objects.create(
        finding=finding, item=item, stance=stance, why=why, made_by_id=None if by.programme else by.id
    )
    journal(
        Events.FINDING_CITED, by=by, about=finding, chain=finding.inspection_id, side=finding.side, item=item.mark,
        stance=stance,
    )  # fmt: skip
    return citation


def _reworded(citation: Citation, finding: Finding, why: str, version: int, by: Actor) -> Citation:
    if citation.why == why:
        return citation
    require_version(citation.version, version, theirs={"why": citation.why}, yours={"why": why})
    citation.why, citation.version = why, citation.version + 1
    citation.save(update_fields=["why", "version"])
    journal(
        Events.FINDING_CITED, by=by, about=finding, chain=finding.inspection_id, side=finding.side,
        item=citation.item.mark, stance=citation.stance, reworded=True,
    )  # fmt: skip
    return citation


@transaction.atomic
def remove_citation(*, citation: Citation, by: Actor, version: int | None = None) -> Citation:
    """Take a citation off a draft finding. It stays in the record; removing it twice changes nothing."""
    citation = _fresh(citation)
    finding = citation.finding
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    if citation.removed_at is not None:
        return citation
    require_unchanged(citation, version, about=finding, chain=finding.inspection_id)
    citation.removed_at, citation.version = timezone.now(), citation.version + 1
    citation.save(update_fields=["removed_at", "version"])
    journal(
        Events.FINDING_CITATION_REMOVED, by=by, about=finding, chain=finding.inspection_id, side=finding.side,
        item=citation.item.mark, stance=citation.stance,
    )  # fmt: skip
    return citation


@transaction.atomic
def answer_contrary(*, citation: Citation, answer: str, by: Actor, version: int | None = None) -> Citation:
    """Say why a draft finding stands in spite of an item that speaks against it. An empty answer takes it back.

    Raises Clash where somebody answered it meanwhile.
    """
    citation = _fresh(citation)
    finding = citation.finding
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    if citation.stance != "against" or citation.removed_at is not None:
        raise Refused("Only evidence that is cited against a finding is answered.")
    before, answer = citation.answer, answer.strip()
    if version is not None:
        require_version(citation.version, version, theirs={"answer": before}, yours={"answer": answer})
    if answer == before:
        return citation
    citation.answer, citation.version = answer, citation.version + 1
    citation.answered_by_id = UUID(by.id) if citation.answer and not by.programme else None
    citation.save(update_fields=["answer", "answered_by", "version"])
    journal(
        Events.FINDING_CONTRARY_ANSWERED, by=by, about=finding, chain=finding.inspection_id, side=finding.side,
        item=citation.item.mark, answered=bool(citation.answer),
    )  # fmt: skip
    return citation


def _fresh(citation: Citation) -> Citation:
    return Citation.objects.select_for_update().select_related("finding__inspection", "item").get(pk=citation.pk)
