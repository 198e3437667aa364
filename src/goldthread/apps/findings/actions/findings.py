"""Writing findings, agreeing them, opening them again and withdrawing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Citation, Confidence, Finding, FindingKind
from goldthread.apps.findings.reopenings import no_longer_agreed
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL
from goldthread.domain.watch.recurrence import THEMES

# A priority action tells an authority to act now: one item alone does not carry that.
ITEMS_NEEDED = {FindingKind.PRIORITY: 2}


@dataclass(frozen=True, slots=True)
class _Text:
    """What a finding says, checked against the inspection's framework."""

    kind: str
    area: str
    criteria: tuple[str, ...]
    statement: str
    explanation: str
    confidence: str
    themes: tuple[str, ...] = ()

    def as_words(self) -> dict[str, str]:
        """Field by field, for the clash page."""
        return {
            "kind": self.kind, "area": self.area, "criteria": ",".join(self.criteria), "statement": self.statement,
            "explanation": self.explanation, "confidence": self.confidence, "themes": ",".join(self.themes),
        }  # fmt: skip


def _text(
    inspection: Inspection, *, kind: str, area: str, criteria: Sequence[str], statement: str, explanation: str,
    confidence: str, themes: Sequence[str],
) -> _Text:  # fmt: skip
    """The finding's words, tidied. Raises Refused where the framework or the lists know none such."""
    framework = known.framework(inspection.framework)
    areas = {one.slug: one for one in framework.areas}
    if area not in areas:
        offered = ", ".join(one.short for one in framework.areas)
        about = "the overall judgement, which rests on the areas" if area == OVERALL else "no area of this framework"
        raise Refused(f"A finding is about one area, and this names {about}. Choose one of: {offered}.")
    theirs = {criterion.id for criterion in areas[area].criteria}
    if strangers := [one for one in criteria if one not in theirs]:
        raise Refused(f"{areas[area].short} has no criterion “{strangers[0]}”. Choose criteria of that area.")
    if kind not in FindingKind.values or confidence not in Confidence.values:
        raise Refused("Choose what kind of finding it is and how sure the team is.")
    if not statement.strip():
        raise Refused("Write what was found, in one sentence.")
    if any(one not in THEMES for one in themes):
        raise Refused("Choose themes of the list.")
    return _Text(
        kind, area, tuple(dict.fromkeys(criteria)), statement.strip(), explanation.strip(), confidence,
        tuple(dict.fromkeys(themes)),
    )  # fmt: skip


def _text_of(finding: Finding) -> _Text:
    return _Text(
        finding.kind, finding.area, tuple(finding.criteria), finding.statement, finding.explanation,
        finding.confidence, tuple(finding.themes),
    )  # fmt: skip


@transaction.atomic
def write_finding(
    *, inspection: Inspection, kind: str, area: str, criteria: Sequence[str], statement: str, explanation: str,
    confidence: str, client_key: UUID, by: Actor, themes: Sequence[str] = (), split_from: Finding | None = None,
) -> Finding:  # fmt: skip
    """Write a finding down as a draft. The same key twice gives the same finding.

    `themes` are slugs of domain.watch.recurrence; `split_from` is the finding off which it is split.
    """
    require(by, Permission.FINDING_WRITE, inspection.target(Side.TEAM))
    if existing := Finding.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    text = _text(
        inspection, kind=kind, area=area, criteria=criteria, statement=statement, explanation=explanation,
        confidence=confidence, themes=themes,
    )  # fmt: skip
    last = Finding.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    writer = None if by.programme else by.id
    finding = Finding.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, kind=text.kind, area=text.area,
        criteria=list(text.criteria), statement=text.statement, explanation=text.explanation,
        confidence=text.confidence, themes=list(text.themes), client_key=client_key, created_by_id=writer,
        owner_id=writer, split_from=split_from,
    )  # fmt: skip
    journal(
        Events.FINDING_WRITTEN, by=by, about=finding, chain=inspection.pk, side=finding.side, kind=text.kind,
        area=text.area,
    )  # fmt: skip
    return finding


@transaction.atomic
def change_finding(
    *, finding: Finding, kind: str, area: str, criteria: Sequence[str], statement: str, explanation: str,
    confidence: str, version: int, by: Actor, themes: Sequence[str] | None = None,
) -> Finding:  # fmt: skip
    """Change a draft. Raises Clash where somebody changed it meanwhile, Refused where it is agreed or withdrawn."""
    finding = fresh_finding(finding)
    require(by, Permission.FINDING_WRITE, finding.target())
    before = _text_of(finding)
    after = _text(
        finding.inspection, kind=kind, area=area, criteria=criteria, statement=statement, explanation=explanation,
        confidence=confidence, themes=finding.themes if themes is None else themes,
    )  # fmt: skip
    # Before the state is asked: a clash shows both texts, a refusal would show neither.
    require_version(finding.version, version, theirs=before.as_words(), yours=after.as_words(), about=finding)
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    changed = [name for name, was in before.as_words().items() if after.as_words()[name] != was]
    if not changed:
        return finding
    finding.kind, finding.area, finding.criteria = after.kind, after.area, list(after.criteria)
    finding.statement, finding.explanation, finding.confidence = after.statement, after.explanation, after.confidence
    finding.themes = list(after.themes)
    finding.save(update_fields=finding.touched(*after.as_words()))
    journal(
        Events.FINDING_CHANGED, by=by, about=finding, chain=finding.inspection_id, side=finding.side, fields=changed
    )
    return finding


@transaction.atomic
def agree(*, finding: Finding, by: Actor, version: int | None = None) -> Finding:
    """Record that the team agrees a finding; from here it can go into the report.

    Refused without a current item for it (a priority action needs two). Raises Overtaken where `version` shows that
    the finding was changed after the person who agrees it opened the page.
    """
    finding = fresh_finding(finding)
    require(by, Permission.FINDING_AGREE, finding.target())
    require_unchanged(finding, version, about=finding, chain=finding.inspection_id)
    lifecycle.require_move(lifecycle.Finding, finding.status, lifecycle.Finding.AGREED)
    if finding.kind == FindingKind.ENQUIRY:
        raise Refused(
            f"{finding.mark} is a line of enquiry: it asks, and says nothing yet. Change its kind to what was found, "
            "or withdraw it with the answer."
        )
    needed = ITEMS_NEEDED.get(FindingKind(finding.kind), 1)
    standing = Citation.objects.filter(finding=finding, stance="for", removed_at=None, item__status="current").count()
    if standing < needed:
        raise Refused(_too_little(finding, needed, standing))
    finding.status, finding.agreed_at = lifecycle.Finding.AGREED, timezone.now()
    finding.agreed_by_id = None if by.programme else UUID(by.id)
    finding.save(update_fields=finding.touched("status", "agreed_at", "agreed_by"))
    journal(Events.FINDING_AGREED, by=by, about=finding, chain=finding.inspection_id, side=finding.side, items=standing)
    return finding


def _too_little(finding: Finding, needed: int, standing: int) -> str:
    if needed == 1:
        return (
            "This finding cannot be agreed yet: no current item on the evidence shelf is cited for it. "
            "Cite at least one."
        )
    return (
        f"A priority action needs at least {needed} current items of evidence for it, and {finding.mark} has "
        f"{standing or 'none'}. Cite more, or make it an area for improvement."
    )


@transaction.atomic
def reopen(*, finding: Finding, because: str, by: Actor, version: int | None = None) -> Finding:
    """Open an agreed finding again, with a reason, so that it can be changed."""
    finding = fresh_finding(finding)
    require(by, Permission.FINDING_AGREE, finding.target())
    require_unchanged(finding, version, about=finding, chain=finding.inspection_id)
    lifecycle.require_move(lifecycle.Finding, finding.status, lifecycle.Finding.DRAFT)
    if not because.strip():
        raise Refused("Say why the finding is opened again: the team agreed it.")
    finding.status, finding.reopened_because = lifecycle.Finding.DRAFT, because.strip()[:300]
    finding.agreed_at, finding.agreed_by = None, None
    finding.save(update_fields=finding.touched("status", "reopened_because", "agreed_at", "agreed_by"))
    journal(Events.FINDING_REOPENED, by=by, about=finding, chain=finding.inspection_id, side=finding.side)
    no_longer_agreed.send(sender=Finding, thing=finding, by=by)
    return finding


@transaction.atomic
def withdraw(*, finding: Finding, because: str, by: Actor, version: int | None = None) -> Finding:
    """Withdraw a finding for good, with a reason. A draft by any who write findings, an agreed one by the lead."""
    finding = fresh_finding(finding)
    agreed = finding.status == lifecycle.Finding.AGREED
    require(by, Permission.FINDING_WRITE, finding.target())
    # Before the question who may: whoever opened it as a draft is told by whom it was agreed meanwhile.
    require_unchanged(finding, version, about=finding, chain=finding.inspection_id)
    require(by, Permission.FINDING_AGREE if agreed else Permission.FINDING_WRITE, finding.target())
    lifecycle.require_move(lifecycle.Finding, finding.status, lifecycle.Finding.WITHDRAWN)
    if not because.strip():
        raise Refused("Say why the finding is withdrawn: it stays in the record with your reason.")
    finding.status, finding.withdrawn_because = lifecycle.Finding.WITHDRAWN, because.strip()[:300]
    finding.save(update_fields=finding.touched("status", "withdrawn_because"))
    journal(
        Events.FINDING_WITHDRAWN, by=by, about=finding, chain=finding.inspection_id, side=finding.side,
        was_agreed=agreed,
    )  # fmt: skip
    no_longer_agreed.send(sender=Finding, thing=finding, by=by)
    return finding


def fresh_finding(finding: Finding) -> Finding:
    """The finding as it now is, locked."""
    return Finding.objects.select_for_update().select_related("inspection").get(pk=finding.pk)
