"""Two findings that say one thing become one, one that says two things becomes two, and each remembers the other."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.findings.actions.findings import fresh_finding, write_finding
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle


@transaction.atomic
def merge_findings(
    *, finding: Finding, into: Finding, because: str, by: Actor, version: int | None = None
) -> Finding:  # fmt: skip
    """Merge a draft into another draft of the same area, which takes over its evidence, criteria and themes.

    The merged one is withdrawn with the reason and its words stay in the record; what it cites is cited by the other
    with the same reasons and answers. Raises Refused where the two cite one item on opposite sides: which it is has to
    be settled first.
    """
    finding, into = fresh_finding(finding), fresh_finding(into)
    for one in (finding, into):
        require(by, Permission.FINDING_WRITE, one.target())
    require_unchanged(finding, version, about=finding, chain=finding.inspection_id)
    if finding.pk == into.pk or finding.inspection_id != into.inspection_id or finding.area != into.area:
        raise Refused("Choose another finding of the same area to merge it into.")
    for one in (finding, into):
        require(by, Permission.FINDING_WRITE, one.target(changing=True))
    if not because.strip():
        raise Refused("Say why the two are one.")
    held = _live(finding)
    _require_one_side(held, into)
    theirs = {one.item_id for one in _live(into)}
    moved = [one for one in held if one.item_id not in theirs]
    _cite_anew(moved, into)
    into.criteria = list(dict.fromkeys([*into.criteria, *finding.criteria]))
    into.themes = list(dict.fromkeys([*into.themes, *finding.themes]))
    into.save(update_fields=into.touched("criteria", "themes"))
    lifecycle.require_move(lifecycle.Finding, finding.status, lifecycle.Finding.WITHDRAWN)
    finding.status, finding.merged_into = lifecycle.Finding.WITHDRAWN, into
    finding.withdrawn_because = f"Merged into {into.mark}: {because.strip()}"[:300]
    finding.save(update_fields=finding.touched("status", "merged_into", "withdrawn_because"))
    journal(
        Events.FINDING_MERGED, by=by, about=finding, chain=finding.inspection_id, side=finding.side, into=into.mark,
        moved=len(moved), both=len(held) - len(moved),
    )  # fmt: skip
    return into


@transaction.atomic
def split_finding(
    *, finding: Finding, statement: str, citations: Collection[int], client_key: UUID, by: Actor,
    version: int | None = None,
) -> Finding:  # fmt: skip
    """Split a new draft off a draft: with its own statement, the same kind, area, criteria and themes, and the
    citations named, which leave the first. The same key twice is once."""
    finding = fresh_finding(finding)
    require(by, Permission.FINDING_WRITE, finding.target())
    if existing := Finding.objects.filter(inspection=finding.inspection, client_key=client_key).first():
        return existing
    require_unchanged(finding, version, about=finding, chain=finding.inspection_id)
    require(by, Permission.FINDING_WRITE, finding.target(changing=True))
    held = {one.pk: one for one in _live(finding)}
    if not set(citations) <= set(held):
        raise Refused("Choose citations of this finding.")
    if statement.strip() == finding.statement:
        raise Refused("The new finding says the same as the first. Write what only it says.")
    made = write_finding(
        inspection=finding.inspection, kind=finding.kind, area=finding.area, criteria=finding.criteria,
        statement=statement, explanation="", confidence=finding.confidence, client_key=client_key, by=by,
        themes=finding.themes, split_from=finding,
    )  # fmt: skip
    moved = [held[pk] for pk in citations]
    _cite_anew(moved, made)
    Citation.objects.filter(pk__in=[one.pk for one in moved]).update(removed_at=timezone.now())
    finding.save(update_fields=finding.touched())
    journal(
        Events.FINDING_SPLIT, by=by, about=finding, chain=finding.inspection_id, side=finding.side, off=made.mark,
        moved=len(moved),
    )  # fmt: skip
    return made


def _live(finding: Finding) -> list[Citation]:
    rows = Citation.objects.filter(finding=finding, removed_at=None).select_related("item")
    return list(rows.order_by("pk"))


def _require_one_side(held: list[Citation], into: Finding) -> None:
    theirs = {one.item_id: one.stance for one in _live(into)}
    for one in held:
        if theirs.get(one.item_id, one.stance) != one.stance:
            raise Refused(
                f"{one.item.mark} is cited {one.stance} this finding and {theirs[one.item_id]} {into.mark}, so the two "
                "do not say the same. Settle on which side it stands first."
            )


def _cite_anew(citations: list[Citation], finding: Finding) -> None:
    Citation.objects.bulk_create(
        Citation(
            finding=finding, item=one.item, stance=one.stance, why=one.why, answer=one.answer,
            answered_by_id=one.answered_by_id, made_by_id=one.made_by_id,
        )
        for one in citations
    )  # fmt: skip
