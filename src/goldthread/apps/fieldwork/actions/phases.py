"""Moving the phases of an inspection, and marking the periods that they may fall in."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.fieldwork.models import MarkedPeriod, MovedPhase
from goldthread.apps.fieldwork.phases import (
    dates_of,
    latest_moves,
    move_words,
    period_words,
    phases_of,
    version_of,
)
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain.phase_days import PERIODS, PhaseError, require_days, shifted
from goldthread.kernel.working_days import bank_holidays

PERIOD = ("kind", "says", "starts", "ends")
LONGEST_PERIOD = 100
"""Days: more is a slip of the keyboard."""


@transaction.atomic
def move_phase(
    *, inspection: Inspection, phase: str, starts: date, ends: date, because: str, follow: bool, version: int, by: Actor
) -> list[MovedPhase]:  # fmt: skip
    """Give a phase other days, with a reason; what follows moves by as many working days where `follow` says so.

    Raises Clash where it was moved meanwhile, Refused for days that it cannot have.
    """
    require(by, Permission.INSPECTION_EDIT, inspection.target())
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    laid = phases_of(inspection)
    found = next((one for one in laid if one.phase.slug == phase), None)
    if found is None:
        raise Refused("This inspection has no such phase.")
    last = latest_moves(inspection).get(phase)
    require_version(
        version_of(inspection, phase), version, yours=move_words(starts, ends, because.strip()), about=last,
        theirs=move_words(found.starts, found.ends, last.because if last else ""),
    )  # fmt: skip
    because = _reason(because)
    try:
        require_days(found, starts, ends, dates_of(inspection), bank_holidays())
    except PhaseError as error:
        raise Refused(str(error)) from None
    days = {phase: (starts, ends)}
    if follow:
        days |= shifted(laid, phase, ends, bank_holidays())
    made = [_write(inspection, slug, one, because, by) for slug, one in days.items()]
    for one in made:
        journal(Events.PHASE_MOVED, by=by, about=one, chain=inspection.pk, starts=str(one.starts), ends=str(one.ends))
    return made


@transaction.atomic
def take_phase_back(*, inspection: Inspection, phase: str, because: str, version: int, by: Actor) -> MovedPhase:
    """Take a phase back to the days that are worked out, with a reason. Raises Clash where it was moved meanwhile."""
    require(by, Permission.INSPECTION_EDIT, inspection.target())
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    found = next((one for one in phases_of(inspection) if one.phase.slug == phase), None)
    if found is None:
        raise Refused("This inspection has no such phase.")
    last = latest_moves(inspection).get(phase)
    require_version(
        version_of(inspection, phase), version, yours=move_words(*found.counted, because.strip()), about=last,
        theirs=move_words(found.starts, found.ends, last.because if last else ""),
    )  # fmt: skip
    because = _reason(because)
    if not found.moved:
        raise Refused("It has the days that are worked out already.")
    made = _write(inspection, phase, (None, None), because, by)
    journal(Events.PHASE_TAKEN_BACK, by=by, about=made, chain=inspection.pk)
    return made


@transaction.atomic
def mark_period(*, inspection: Inspection, client_key: UUID, by: Actor, **fields: Any) -> MarkedPeriod:
    """Mark school holidays or a pre-election period. The same key twice marks it once."""
    require(by, Permission.INSPECTION_EDIT, inspection.target())
    if existing := MarkedPeriod.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    _sound(fields)
    made = MarkedPeriod.objects.create(
        inspection=inspection, side=Side.TEAM, client_key=client_key, created_by_id=None if by.programme else by.id,
        **{name: fields[name] for name in PERIOD},
    )  # fmt: skip
    journal(Events.PERIOD_MARKED, by=by, about=made, chain=inspection.pk, starts=str(made.starts), ends=str(made.ends))
    return made


@transaction.atomic
def change_period(*, period: MarkedPeriod, version: int, by: Actor, **fields: Any) -> MarkedPeriod:
    """Change a marked period. Raises Clash where it was changed meanwhile."""
    require(by, Permission.INSPECTION_EDIT, period.inspection.target())
    period = MarkedPeriod.objects.select_for_update().select_related("inspection").get(pk=period.pk)
    theirs = period_words(period)
    for name in PERIOD:
        setattr(period, name, fields[name])
    require_version(period.version, version, theirs=theirs, yours=period_words(period), about=period)
    if period.taken_out:
        raise Refused(period.closed_because())
    _sound(fields)
    period.version += 1
    period.save()
    journal(Events.PERIOD_CHANGED, by=by, about=period, chain=period.inspection_id)
    return period


@transaction.atomic
def take_period_out(*, period: MarkedPeriod, version: int, by: Actor) -> MarkedPeriod:
    """Take a marked period out. Raises Overtaken where it was changed meanwhile."""
    require(by, Permission.INSPECTION_EDIT, period.inspection.target())
    period = MarkedPeriod.objects.select_for_update().select_related("inspection").get(pk=period.pk)
    require_unchanged(period, version, about=period, chain=period.inspection_id)
    if period.taken_out:
        raise Refused(period.closed_because())
    period.taken_out, period.version = True, period.version + 1
    period.save(update_fields=["taken_out", "version"])
    journal(Events.PERIOD_TAKEN_OUT, by=by, about=period, chain=period.inspection_id)
    return period


def _write(
    inspection: Inspection, phase: str, days: tuple[date | None, date | None], because: str, by: Actor
) -> MovedPhase:  # fmt: skip
    last = MovedPhase.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    return MovedPhase.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, phase=phase, starts=days[0], ends=days[1],
        because=because, created_by_id=None if by.programme else by.id,
    )  # fmt: skip


def _reason(because: str) -> str:
    because = " ".join(because.split())
    if not because:
        raise Refused("Say why: both sides read it, and it stays with the phase.")
    return because[:300]


def _sound(fields: dict[str, Any]) -> None:
    if fields["kind"] not in PERIODS:
        raise Refused("Choose what kind of period it is.")
    if fields["ends"] < fields["starts"]:
        raise Refused("It must end on or after the day on which it begins.")
    if (fields["ends"] - fields["starts"]).days > LONGEST_PERIOD:
        raise Refused(f"It is longer than {LONGEST_PERIOD} days: check the years.")
