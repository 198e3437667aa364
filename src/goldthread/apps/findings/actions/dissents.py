"""Recording that somebody of the team sees a judgement otherwise, and taking that back with the record kept."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Dissent, Judgement
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def dissent(
    *, judgement: Judgement, grade: str, because: str, client_key: UUID, by: Actor, version: int | None = None
) -> Dissent:
    """Record the grade that the actor would give instead, and why. The same key twice is one dissent.

    It may be recorded of a judgement that is proposed and of one that is agreed; somebody has one that stands.
    `version` is that of the judgement which was read. Raises Overtaken where it has changed since.
    """
    require(by, Permission.JUDGEMENT_PROPOSE, judgement.target())
    judgement = Judgement.objects.select_for_update().select_related("inspection").get(pk=judgement.pk)
    if existing := judgement.dissents.filter(client_key=client_key).first():
        return existing
    require_unchanged(judgement, version, about=judgement, chain=judgement.inspection_id)
    framework, because = known.framework(judgement.inspection.framework), because.strip()
    if grade not in {one.slug for one in framework.grades}:
        raise Refused("Choose the grade that you would give.")
    if grade == judgement.grade:
        raise Refused(
            f"{framework.grade(grade).title} is the grade of the judgement itself. Dissent names another; "
            "change the proposal where its reasons are wrong."
        )
    if not because:
        raise Refused("Say why you see it otherwise.")
    author = None if by.programme else UUID(by.id)
    if judgement.dissents.filter(by_id=author, taken_back_at=None).exists():
        raise Refused("Your dissent from this judgement stands already. Take it back before you record another.")
    made = Dissent.objects.create(
        judgement=judgement, by_id=author, grade=grade, because=because, of_version=judgement.version,
        of_grade=judgement.grade, client_key=client_key,
    )  # fmt: skip
    journal(
        Events.JUDGEMENT_DISSENTED, by=by, about=judgement, chain=judgement.inspection_id, side=judgement.side,
        grade=grade, of_version=made.of_version,
    )  # fmt: skip
    return made


@transaction.atomic
def take_back_dissent(*, dissent: Dissent, by: Actor, version: int | None = None) -> Dissent:
    """Take one's own dissent back. It stays on the record; taking it back twice changes nothing."""
    held = Dissent.objects.select_for_update(of=("self",)).select_related("judgement__inspection").get(pk=dissent.pk)
    judgement = held.judgement
    require(by, Permission.JUDGEMENT_PROPOSE, judgement.target())
    require_unchanged(held, version, about=judgement, chain=judgement.inspection_id)
    if held.by_id is None or str(held.by_id) != by.id:
        raise Refused("Only who recorded a dissent can take it back.")
    if not held.standing:
        return held
    held.taken_back_at, held.version = timezone.now(), held.version + 1
    held.save(update_fields=["taken_back_at", "version"])
    journal(
        Events.JUDGEMENT_DISSENT_TAKEN_BACK, by=by, about=judgement, chain=judgement.inspection_id, side=judgement.side
    )
    return held
