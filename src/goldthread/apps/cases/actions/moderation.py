"""Settling where two readings of a file differ, and writing down what the council's own audit graded."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import Clash, require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases import asked
from goldthread.apps.cases.actions.answers import LONGEST_WHY, ClashedAnswer, Typed
from goldthread.apps.cases.actions.shelving_reviews import shelve_review
from goldthread.apps.cases.models import Case, OwnAudit, SecondReading, Settlement
from goldthread.apps.cases.reading_twice import compared, scale_of, settled_values
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle

LONGEST_SOURCE = 300
Status = lifecycle.SecondReading


@transaction.atomic
def settle(*, reading: SecondReading, settled: Mapping[str, Typed], by: Actor) -> tuple[ClashedAnswer, ...]:
    """Save what stands for questions on which the two readings differ, complete or not; each has a version of its own.

    What somebody else settled meanwhile is left as it is and given back with both texts; the rest is saved.
    """
    reading = _locked(reading)
    require(by, Permission.MODERATION_SETTLE, reading.target(changing=True))
    if reading.settled:
        raise Refused("This second reading is closed. Open it again to change what was settled.")
    differing = {one.question.id: one.question for one in compared(reading) if one.differs}
    stored = {one.question: one for one in reading.settlements.all()}
    saved: list[str] = []
    clashes: list[ClashedAnswer] = []
    for name, typed in settled.items():
        typed = Typed(typed.value.strip(), typed.why.strip().replace("\r\n", "\n"), typed.version)
        if name not in differing:
            raise Refused("The two readings do not differ on this question.")
        if typed.value and typed.value not in differing[name].answers:
            raise Refused("That is not an answer to this question.")
        if len(typed.why) > LONGEST_WHY:
            raise Refused(f"That is too long: at most {LONGEST_WHY:,} letters fit.")
        before = stored.get(name)
        if (before.value, before.why) == (typed.value, typed.why) if before else not (typed.value or typed.why):
            continue
        try:
            _write(reading, name, before, typed, by)
        except Clash:
            if before is not None:
                theirs = Typed(before.value, before.why, before.version)
                clashes.append(ClashedAnswer(name, theirs, typed, before.saved_at))
        else:
            saved.append(name)
    if saved:
        reading.version += 1
        reading.save(update_fields=["version"])
        journal(Events.DIFFERENCES_SAVED, by=by, about=reading, chain=reading.inspection_id, questions=sorted(saved))
    return tuple(clashes)


def _write(reading: SecondReading, name: str, before: Settlement | None, typed: Typed, by: Actor) -> None:
    now, who = timezone.now(), None if by.programme else by.id
    if before is None:
        Settlement.objects.create(
            reading=reading, question=name, value=typed.value, why=typed.why, saved_at=now, saved_by_id=who
        )
        return
    require_version(
        before.version, typed.version,
        theirs={"value": before.value, "why": before.why}, yours={"value": typed.value, "why": typed.why},
    )  # fmt: skip
    before.value, before.why, before.version, before.saved_at = typed.value, typed.why, before.version + 1, now
    before.saved_by_id = who
    before.save(update_fields=["value", "why", "version", "saved_at", "saved_by"])


@transaction.atomic
def close_second_reading(*, reading: SecondReading, version: int, by: Actor) -> SecondReading:
    """Close a second reading in which every difference is settled with a reason.

    Where what stands is other than what the first reader answered, the evidence item is superseded by one that holds
    both. Raises Refused with what is missing.
    """
    reading = _locked(reading)
    require(by, Permission.MODERATION_SETTLE, reading.target())
    require_unchanged(reading, version, about=reading, chain=reading.inspection_id)
    require(by, Permission.MODERATION_SETTLE, reading.target(changing=True))
    lifecycle.require_move(Status, reading.status, Status.SETTLED)
    stored = {one.question: one for one in reading.settlements.all()}
    missing = [
        one.question.text for one in compared(reading)
        if one.differs and not ((kept := stored.get(one.question.id)) and kept.value and kept.why.strip())
    ]  # fmt: skip
    if missing:
        raise Refused("Settle each difference with an answer and a reason. Still open: " + " ".join(missing))
    values = settled_values(reading)
    reading.status, reading.settled_at, reading.version = Status.SETTLED, timezone.now(), reading.version + 1
    reading.settled_by_id = None if by.programme else by.id
    reading.save()
    _shelve_moderated(reading, values, by)
    journal(Events.SECOND_READING_SETTLED, by=by, about=reading, chain=reading.inspection_id, settled=len(values))
    return reading


def _shelve_moderated(reading: SecondReading, values: Mapping[str, str], by: Actor) -> None:
    first = reading.first
    if first is None or first.evidence_item is None or not first.evidence_item.current:
        return
    held = first.evidence_item.detail.get("answers", {})
    if any(held.get(name) != value for name, value in values.items()):
        first.evidence_item = shelve_review(review=first, by=by, moderated=values)
        first.save(update_fields=["evidence_item"])


@transaction.atomic
def reopen_second_reading(*, reading: SecondReading, because: str, version: int, by: Actor) -> SecondReading:
    """Open a closed second reading again, with a reason. What was settled stays until it is changed."""
    reading = _locked(reading)
    require(by, Permission.MODERATION_SETTLE, reading.target())
    require_unchanged(reading, version, about=reading, chain=reading.inspection_id)
    lifecycle.require_move(Status, reading.status, Status.COMPARED)
    if not because.strip():
        raise Refused("Say why it is opened again.")
    reading.status, reading.version = Status.COMPARED, reading.version + 1
    reading.opened_again_because = because.strip()[:300]
    reading.save(update_fields=["status", "version", "opened_again_because"])
    journal(Events.SECOND_READING_REOPENED, by=by, about=reading, chain=reading.inspection_id)
    return reading


@transaction.atomic
def write_own_audit(*, case: Case, question: str, grade: str, source: str, version: int, by: Actor) -> OwnAudit:
    """Write down what the council's own audit graded a file, for one of the closing grades, and where it was read.

    Raises Refused for a grade that the instrument does not have, Clash where somebody wrote it down meanwhile.
    """
    case = Case.objects.select_for_update().select_related("inspection", "draw", "draw__inspection").get(pk=case.pk)
    require(by, Permission.OWN_AUDIT_WRITE, case.target(changing=True))
    source = " ".join(source.split())
    closing = {one.id: one for one in asked.require_held(asked.instrument_of(case)).overall}
    if question not in closing or grade not in scale_of(closing[question]):
        raise Refused("Choose one of the grades of the instrument.")
    if not source or len(source) > LONGEST_SOURCE:
        raise Refused(f"Say where the grade can be read, in at most {LONGEST_SOURCE} letters.")
    held = OwnAudit.objects.select_for_update().filter(case=case, question=question).first()
    who = None if by.programme else by.id
    if held is None:
        held = OwnAudit.objects.create(
            inspection_id=case.inspection_id, side=case.side, created_by_id=who, case=case, question=question,
            grade=grade, source=source,
        )  # fmt: skip
    elif (held.grade, held.source) != (grade, source):
        require_version(
            held.version, version, theirs={"grade": held.grade, "source": held.source},
            yours={"grade": grade, "source": source}, about=held,
        )  # fmt: skip
        held.grade, held.source, held.version = grade, source, held.version + 1
        held.created_by_id = who
        held.save()
    else:
        return held
    journal(Events.OWN_AUDIT_WRITTEN, by=by, about=held, chain=case.inspection_id)
    return held


def _locked(reading: SecondReading) -> SecondReading:
    rows = SecondReading.objects.select_for_update().select_related(
        "inspection", "case", "case__draw", "case__inspection", "reader", "first__evidence_item", "first__inspection",
        "first__case__draw", "second", "first__replaces",
    )  # fmt: skip
    return rows.get(pk=reading.pk)
