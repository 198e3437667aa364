"""Proposing the grade of an area, and recording what the team decided. Nothing here computes a grade."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.drafting import known
from goldthread.apps.findings.actions.agreed_states import keep_state
from goldthread.apps.findings.actions.departures import CHANGED, ask_anew
from goldthread.apps.findings.agreeing import require_answered, require_approved, require_ground
from goldthread.apps.findings.models import Judgement
from goldthread.apps.findings.reopenings import no_longer_agreed
from goldthread.apps.findings.rules import require_area, require_open
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle


@transaction.atomic
def propose_judgement(
    *, inspection: Inspection, area: str, grade: str, reason: str, departs_because: str, version: int, by: Actor
) -> Judgement:
    """Propose the grade of an area, or of the whole as “overall”, with its reason.

    `version` is 0 for the first proposal. Raises GradeNotAllowed where a rule that always holds leaves the grade
    out, DepartureUnexplained where a rule that normally holds does and no reason to depart from it is given, and
    Clash as every edit does.
    """
    require(by, Permission.JUDGEMENT_PROPOSE, inspection.target(Side.TEAM))
    framework = known.framework(inspection.framework)
    require_area(framework, area)
    yours = {"grade": grade, "reason": reason.strip(), "departs_because": departs_because.strip()}
    held = Judgement.objects.select_for_update().select_related("inspection").filter(inspection=inspection, area=area)
    judgement = held.first()
    if judgement is not None:
        theirs = _words(judgement)
        # A retry of the same proposal is harmless; anything else on an older version is a clash.
        if theirs == yours and judgement.version == version + 1:
            return judgement
        require_version(judgement.version, version, theirs=theirs, yours=yours, about=judgement)
        require(by, Permission.JUDGEMENT_PROPOSE, judgement.target(changing=True))
    departs = require_open(framework, inspection, area, yours)
    return _write(judgement, inspection, area, yours, departs, by)


def _write(
    judgement: Judgement | None, inspection: Inspection, area: str, yours: dict[str, str], departs: list[str], by: Actor
) -> Judgement:
    if judgement is None:
        who = None if by.programme else UUID(by.id)
        judgement = Judgement.objects.create(
            inspection=inspection, side=Side.TEAM, area=area, departs_from=departs, proposed_by_id=who,
            departure=lifecycle.Departure.WAITING if departs else lifecycle.Departure.NOT_NEEDED,
            created_by_id=who, **yours,
        )  # fmt: skip
        event, changed = Events.JUDGEMENT_PROPOSED, ["grade", "reason"]
    else:
        changed = [name for name, was in _words(judgement).items() if yours[name] != was]
        if not changed and judgement.departs_from == departs:
            return judgement
        # What was approved is this grade against these rules for this reason; with other ones it is asked anew.
        if {"grade", "departs_because"} & set(changed) or judgement.departs_from != departs:
            ask_anew(judgement, departs)
        if "grade" in changed:
            judgement.proposed_by_id = None if by.programme else UUID(by.id)
        judgement.grade, judgement.reason = yours["grade"], yours["reason"]
        judgement.departs_because = yours["departs_because"]
        judgement.version, judgement.changed_at = judgement.version + 1, timezone.now()
        judgement.save(update_fields=[*_words(judgement), *CHANGED, "proposed_by", "version", "changed_at"])
        event = Events.JUDGEMENT_CHANGED
    journal(
        event, by=by, about=judgement, chain=inspection.pk, side=judgement.side, fields=changed, departs_from=departs
    )
    return judgement


@transaction.atomic
def agree_judgement(
    *, judgement: Judgement, by: Actor, version: int | None = None, dissent_seen: Collection[int] | None = None
) -> Judgement:
    """Record the team's judgement, and keep it as it was agreed. The rules are asked once more, on the judgements as
    they now stand.

    Refused for an area that no agreed finding speaks of, for the overall grade while a key area is not agreed, for a
    grade against a rule that normally holds while nobody else has approved that, and while a challenge is open.
    `dissent_seen` are ids of the dissents that the actor was shown; None asks nothing.
    """
    judgement = _fresh(judgement)
    inspection = judgement.inspection
    require(by, Permission.JUDGEMENT_AGREE, judgement.target())
    require_unchanged(judgement, version, about=judgement, chain=inspection.pk)
    lifecycle.require_move(lifecycle.Judgement, judgement.status, lifecycle.Judgement.AGREED)
    framework = known.framework(inspection.framework)
    departs = require_open(framework, inspection, judgement.area, _words(judgement))
    require_ground(framework, inspection, judgement.area)
    require_approved(judgement, departs, by)
    require_answered(judgement)
    _require_heard(judgement, dissent_seen)
    if not departs and judgement.departs_from:
        ask_anew(judgement, departs)
    # Fewer rules may bite than were approved: what is recorded is what it goes against now.
    judgement.departs_from = departs
    judgement.status, judgement.decided_at = lifecycle.Judgement.AGREED, (now := timezone.now())
    judgement.decided_by_id = None if by.programme else UUID(by.id)
    judgement.version, judgement.changed_at = judgement.version + 1, timezone.now()
    judgement.save(update_fields=["status", "decided_at", "decided_by", *CHANGED, "version", "changed_at"])
    state = keep_state(judgement=judgement, agreed_at=now, by=by)
    journal(
        Events.JUDGEMENT_AGREED, by=by, about=judgement, chain=inspection.pk, side=judgement.side,
        grade=judgement.grade, departs_from=judgement.departs_from, state=state.number, sha256=state.sha256,
    )  # fmt: skip
    return judgement


@transaction.atomic
def reopen_judgement(*, judgement: Judgement, because: str, by: Actor, version: int | None = None) -> Judgement:
    """Open an agreed judgement again, with a reason."""
    judgement = _fresh(judgement)
    require(by, Permission.JUDGEMENT_AGREE, judgement.target())
    require_unchanged(judgement, version, about=judgement, chain=judgement.inspection_id)
    lifecycle.require_move(lifecycle.Judgement, judgement.status, lifecycle.Judgement.PROPOSED)
    if not because.strip():
        raise Refused("Say why the judgement is opened again: the team agreed it.")
    put_back(judgement=judgement, because=because.strip(), by=by)
    return judgement


@transaction.atomic
def put_back(*, judgement: Judgement, because: str, by: Actor) -> None:
    """Take an agreed judgement, locked by the caller, back to proposed; one that is proposed stays as it is."""
    if judgement.status != lifecycle.Judgement.AGREED:
        return
    lifecycle.require_move(lifecycle.Judgement, judgement.status, lifecycle.Judgement.PROPOSED)
    judgement.status, judgement.reopened_because = lifecycle.Judgement.PROPOSED, because[:300]
    judgement.decided_at, judgement.decided_by = None, None
    judgement.version, judgement.changed_at = judgement.version + 1, timezone.now()
    judgement.save(update_fields=["status", "reopened_because", "decided_at", "decided_by", "version", "changed_at"])
    journal(Events.JUDGEMENT_REOPENED, by=by, about=judgement, chain=judgement.inspection_id, side=judgement.side)
    no_longer_agreed.send(sender=Judgement, thing=judgement, by=by)


def _require_heard(judgement: Judgement, seen: Collection[int] | None) -> None:
    if seen is None:
        return
    standing = judgement.dissents.filter(taken_back_at=None).values_list("pk", flat=True)
    if unread := set(standing) - set(seen):
        of = "A dissent was" if len(unread) == 1 else f"{len(unread)} dissents were"
        raise Refused(f"{of} recorded since you opened the page. Read what is said, then agree.")


def _words(judgement: Judgement) -> dict[str, str]:
    return {"grade": judgement.grade, "reason": judgement.reason, "departs_because": judgement.departs_because}


def _fresh(judgement: Judgement) -> Judgement:
    return Judgement.objects.select_for_update().select_related("inspection").get(pk=judgement.pk)
