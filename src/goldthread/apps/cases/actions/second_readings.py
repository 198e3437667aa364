"""Giving files to a second reader who sees nothing of the first, and laying both readings side by side."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.actions.shelving_reviews import shelve_review
from goldthread.apps.cases.models import Case, CaseReview, Draw, SecondReading, SecondReadings
from goldthread.apps.cases.reading_twice import able, blind_readers, compared, pickable
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.second_reading import ALGORITHM, how_many, order, readers_in_turn

LONGEST_SEED = 60
Status = lifecycle.SecondReading


@transaction.atomic
def give_second_readings(
    *, draw: Draw, share: int, seed: str, readers: Sequence[Person], version: int, by: Actor
) -> list[SecondReading]:  # fmt: skip
    """Pick a share of a draw's files by a seed, and give each to another reader than the first.

    What is given already stays, and counts towards the share. A file that has no first reader yet waits until this is
    done again. Raises Refused where the share, the seed or the readers will not do.
    """
    draw = Draw.objects.select_for_update().select_related("inspection").get(pk=draw.pk)
    require(by, Permission.CASE_ALLOCATE, draw.target(changing=True))
    _check(draw, share, seed.strip(), readers)
    plan = _plan(draw, share, seed.strip(), version, by)
    files = pickable(draw)
    plan.files, plan.signed_before = len(files.in_play), len(files.signed_before)
    plan.save()
    by_number = {case.number: case for case in files.open}
    picked = order(by_number, plan.seed)[: how_many(len(files.in_play), share)]
    wanted = [by_number[n] for n in picked if by_number[n].read_again is None and by_number[n].allocated_to_id]
    load = {str(pk): count for pk, count in plan.readings.values_list("reader").annotate(Count("pk")).order_by()}
    turns = readers_in_turn([case.number for case in wanted], able(wanted, readers), load)
    given = [
        _give(plan, case, UUID(turns[case.number]), picked.index(case.number) + 1, by)
        for case in wanted if case.number in turns
    ]  # fmt: skip
    journal(
        Events.SECOND_READINGS_GIVEN, by=by, about=plan, chain=draw.inspection_id, share=share, seed=plan.seed,
        algorithm=plan.algorithm, files=plan.files, signed_before=plan.signed_before, given=len(given),
        cases=sorted(one.case.number for one in given),
    )  # fmt: skip
    return given


def _check(draw: Draw, share: int, seed: str, readers: Sequence[Person]) -> None:
    if not 1 <= share <= 100:
        raise Refused("The share must lie from 1 to 100 per cent.")
    if not seed or len(seed) > LONGEST_SEED:
        raise Refused(f"The seed must be a word or number of at most {LONGEST_SEED} letters.")
    if not readers:
        raise Refused("Choose at least one reader.")
    blind = {one.pk for one in blind_readers(draw.inspection)}
    for person in readers:
        if person.pk not in blind:
            raise Refused(f"{person.name} cannot read blind here: choose inspectors without a conflict of interest.")


def _plan(draw: Draw, share: int, seed: str, version: int, by: Actor) -> SecondReadings:
    plan = SecondReadings.objects.select_for_update().filter(draw=draw).first()
    if plan is None:
        return SecondReadings(
            inspection=draw.inspection, side=Side.TEAM, draw=draw, share=share, seed=seed, algorithm=ALGORITHM,
            created_by_id=None if by.programme else by.id,
        )  # fmt: skip
    require_unchanged(plan, version, about=plan, chain=draw.inspection_id)
    if seed != plan.seed:
        raise Refused("The seed stays as it was: another one would let files be picked that suit somebody.")
    plan.share, plan.version = share, plan.version + 1
    return plan


def _give(plan: SecondReadings, case: Case, reader: UUID, place: int, by: Actor) -> SecondReading:
    return SecondReading.objects.create(
        inspection_id=plan.inspection_id, side=plan.side, created_by_id=None if by.programme else by.id, plan=plan,
        case=case, reader_id=reader, place=place,
    )  # fmt: skip


@transaction.atomic
def change_second_reader(
    *, reading: SecondReading, to: Person, because: str, version: int, by: Actor
) -> SecondReading:  # fmt: skip
    """Give a second reading to another reader, with a reason. The draft of the one before is closed, not handed on."""
    reading = _locked(reading)
    require(by, Permission.CASE_ALLOCATE, reading.target())
    require_unchanged(reading, version, about=reading, chain=reading.inspection_id)
    require(by, Permission.CASE_ALLOCATE, reading.case.target(changing=True))
    if not reading.waits:
        raise Refused("Both readings are in, or this one was called off: its reader stays as they are.")
    if _signed(reading, reading.reader_id) is not None:
        raise Refused(f"{reading.reader.name} has signed off the second reading already.")
    blind = [one for one in blind_readers(reading.inspection) if one.pk == to.pk]
    if not blind or not able([reading.case], blind)[reading.case.number]:
        raise Refused(f"{to.name} cannot read case {reading.case.number} blind. Choose somebody else.")
    if not because.strip():
        raise Refused("Say why another reads it.")
    reading.reader, reading.version = to, reading.version + 1
    reading.save(update_fields=["reader", "version"])
    journal(Events.SECOND_READING_GIVEN, by=by, about=reading, chain=reading.inspection_id, to=to.name)
    return reading


@transaction.atomic
def call_off_second_reading(*, reading: SecondReading, because: str, version: int, by: Actor) -> SecondReading:
    """Leave a file read once, with a reason. The first review, once signed off, then stands alone on the shelf."""
    reading = _locked(reading)
    require(by, Permission.CASE_ALLOCATE, reading.target())
    require_unchanged(reading, version, about=reading, chain=reading.inspection_id)
    if not because.strip():
        raise Refused("Say why the file is not read a second time.")
    _call_off(reading, because.strip(), by)
    return reading


@transaction.atomic
def end_with_its_case(*, cases: Iterable[Case], because: str, by: Actor) -> None:
    """Call off the second readings of cases on which nothing more is done; their caller has asked leave."""
    waiting = SecondReading.objects.filter(case__in=[case.pk for case in cases], status=Status.GIVEN)
    for reading in waiting:
        _call_off(_locked(reading), because, by)


def _call_off(reading: SecondReading, because: str, by: Actor) -> None:
    lifecycle.require_move(Status, reading.status, Status.CALLED_OFF)
    reading.status, reading.called_off_because, reading.version = Status.CALLED_OFF, because[:300], reading.version + 1
    reading.save(update_fields=["status", "called_off_because", "version"])
    journal(Events.SECOND_READING_CALLED_OFF, by=by, about=reading, chain=reading.inspection_id)
    if (first := _signed(reading, reading.case.allocated_to_id)) is not None:
        _shelve(first, by)


@transaction.atomic
def take_in(*, reading: SecondReading, by: Actor) -> SecondReading:
    """Lay both readings side by side once both are signed off, and put the first on the evidence shelf.

    Called by signing off, which has asked leave. Where the two agree on everything nothing is left to settle.
    """
    reading = _locked(reading)
    first, second = _signed(reading, reading.case.allocated_to_id), _signed(reading, reading.reader_id)
    if first is None or second is None or not reading.waits:
        return reading
    lifecycle.require_move(Status, reading.status, Status.COMPARED)
    reading.status, reading.first, reading.second = Status.COMPARED, first, second
    reading.compared_at, reading.version = timezone.now(), reading.version + 1
    reading.save()
    differences = sum(one.differs for one in compared(reading))
    journal(
        Events.SECOND_READING_COMPARED, by=by, about=reading, chain=reading.inspection_id, differences=differences
    )  # fmt: skip
    _shelve(first, by)
    if not differences:
        lifecycle.require_move(Status, reading.status, Status.SETTLED)
        reading.status, reading.settled_at, reading.version = Status.SETTLED, timezone.now(), reading.version + 1
        reading.save(update_fields=["status", "settled_at", "version"])
        journal(Events.SECOND_READING_SETTLED, by=by, about=reading, chain=reading.inspection_id, settled=0)
    return reading


def _signed(reading: SecondReading, reviewer: UUID | None) -> CaseReview | None:
    rows = CaseReview.objects.select_related("inspection", "case", "case__draw", "replaces__evidence_item")
    signed = lifecycle.CaseReview.SIGNED_OFF
    return rows.filter(case=reading.case_id, reviewer=reviewer, status=signed).first() if reviewer else None


def _shelve(review: CaseReview, by: Actor) -> None:
    if review.evidence_item_id is None:
        review.evidence_item = shelve_review(review=review, by=by)
        review.save(update_fields=["evidence_item"])


def _locked(reading: SecondReading) -> SecondReading:
    rows = SecondReading.objects.select_for_update().select_related(
        "inspection", "case", "case__draw", "case__inspection", "plan", "reader", "case__allocated_to"
    )
    return rows.get(pk=reading.pk)
