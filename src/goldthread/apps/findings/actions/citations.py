"""Citing items of the evidence shelf, for and against a finding."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def cite(*, finding: Finding, item: EvidenceItem, stance: str, why: str, by: Actor) -> Citation:
    """Cite an item for or against a draft finding, saying why. Citing it again in the same way changes nothing."""
    finding = Finding.objects.select_for_update().select_related("inspection").get(pk=finding.pk)
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    require(by, Permission.EVIDENCE_READ, item.target())
    if item.inspection_id != finding.inspection_id:
        raise Refused("This item belongs to another inspection.", hidden=True)
    if stance not in ("for", "against"):
        raise Refused("Choose whether the item speaks for the finding or against it.")
    if not why.strip():
        raise Refused("Say what in the item bears on the finding.")
    if existing := Citation.objects.filter(finding=finding, item=item, removed_at=None).first():
        if existing.stance == stance:
            return existing
        raise Refused(
            f"{item.mark} is already cited {existing.stance} this finding. Remove that citation before you turn it."
        )
    if not item.current:
        raise Refused(f"{item.mark} is {item.status}, so nothing new can lean on it.")
    citation = Citation.objects.create(
        finding=finding, item=item, stance=stance, why=why.strip()[:400], made_by_id=None if by.programme else by.id
    )
    journal(
        Events.FINDING_CITED, by=by, about=finding, chain=finding.inspection_id, side=finding.side, item=item.mark,
        stance=stance,
    )  # fmt: skip
    return citation


@transaction.atomic
def remove_citation(*, citation: Citation, by: Actor) -> Citation:
    """Take a citation off a draft finding. It stays in the record; removing it twice changes nothing."""
    citation = _fresh(citation)
    finding = citation.finding
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    if citation.removed_at is not None:
        return citation
    citation.removed_at = timezone.now()
    citation.save(update_fields=["removed_at"])
    journal(
        Events.FINDING_CITATION_REMOVED, by=by, about=finding, chain=finding.inspection_id, side=finding.side,
        item=citation.item.mark, stance=citation.stance,
    )  # fmt: skip
    return citation


@transaction.atomic
def answer_contrary(*, citation: Citation, answer: str, by: Actor) -> Citation:
    """Say why a draft finding stands in spite of an item that speaks against it. An empty answer takes it back."""
    citation = _fresh(citation)
    finding = citation.finding
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    if citation.stance != "against" or citation.removed_at is not None:
        raise Refused("Only evidence that is cited against a finding is answered.")
    citation.answer = answer.strip()
    citation.answered_by_id = UUID(by.id) if citation.answer and not by.programme else None
    citation.save(update_fields=["answer", "answered_by"])
    journal(
        Events.FINDING_CONTRARY_ANSWERED, by=by, about=finding, chain=finding.inspection_id, side=finding.side,
        item=citation.item.mark, answered=bool(citation.answer),
    )  # fmt: skip
    return citation


def _fresh(citation: Citation) -> Citation:
    return Citation.objects.select_for_update().select_related("finding__inspection", "item").get(pk=citation.pk)
