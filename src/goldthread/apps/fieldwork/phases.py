"""The phases of an inspection as days: read here, for whoever may read the inspection."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.policy import Actor
from goldthread.apps.drafting import known
from goldthread.apps.fieldwork.models import MarkedPeriod, MovedPhase
from goldthread.apps.inspections.models import Inspection
from goldthread.domain.framework import Timetable
from goldthread.domain.phase_days import Dates, Laid, Period, PeriodKind, lay, plan_for
from goldthread.kernel.working_days import bank_holidays


def dates_of(inspection: Inspection) -> Dates:
    """The dates that its phases are laid on."""
    return Dates(inspection.call_day, inspection.fieldwork_from, inspection.fieldwork_to)


def plan_of(inspection: Inspection) -> Timetable:
    """The timetable of its framework that fits its fieldwork."""
    return plan_for(known.framework(inspection.framework).timetables, dates_of(inspection), bank_holidays())


def phases_of(inspection: Inspection, moves: Mapping[str, MovedPhase] | None = None) -> list[Laid]:
    """The phases as days, as they now stand. `moves` are the last moves, where they were looked up already."""
    moves = latest_moves(inspection) if moves is None else moves
    moved = {slug: days for slug, one in moves.items() if (days := one.days) is not None}
    return lay(plan_of(inspection), dates_of(inspection), bank_holidays(), moved)


def moves_of(inspection: Inspection) -> list[MovedPhase]:
    """Every move of a phase, the latest first."""
    return list(MovedPhase.objects.filter(inspection=inspection).select_related("created_by").order_by("-number"))


def latest_moves(inspection: Inspection) -> Mapping[str, MovedPhase]:
    """The last move of each phase that was ever moved."""
    return {one.phase: one for one in reversed(moves_of(inspection))}


def version_of(inspection: Inspection, phase: str) -> int:
    """How often a phase was moved: what a form to move it is opened on."""
    return MovedPhase.objects.filter(inspection=inspection, phase=phase).count()


def move_words(starts: date, ends: date, because: str) -> dict[str, str]:
    """A move field by field, as the two texts of a clash show it."""
    return {"starts": f"{starts:%d/%m/%Y}", "ends": f"{ends:%d/%m/%Y}", "because": because}


def marked(inspection: Inspection) -> QuerySet[MarkedPeriod]:
    """The periods that are marked, the earliest first; without those that were taken out."""
    rows = MarkedPeriod.objects.filter(inspection=inspection, taken_out=False).select_related("inspection")
    return rows.order_by("starts")


def periods_of(inspection: Inspection) -> list[Period]:
    """The same as the domain reads them."""
    return [Period(PeriodKind(one.kind), one.says, one.starts, one.ends) for one in marked(inspection)]


def period(actor: Actor, inspection: UUID, period: UUID) -> MarkedPeriod:
    """One marked period, for the page's own permission to be asked next. Raises MarkedPeriod.DoesNotExist."""
    return MarkedPeriod.objects.select_related("inspection").get(inspection_id=inspection, pk=period)


def period_words(one: Any) -> dict[str, str]:
    """A marked period field by field, as the two texts of a clash show it."""
    return {
        "kind": one.kind, "says": one.says, "starts": f"{one.starts:%d/%m/%Y}", "ends": f"{one.ends:%d/%m/%Y}",
    }  # fmt: skip
