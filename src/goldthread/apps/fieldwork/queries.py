"""Reading fieldwork and its timetables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.fieldwork.building import days_of, fieldwork_of, plan_of, sheet_of, team_of
from goldthread.apps.fieldwork.models import AppliedTimetable, Availability, Sites, Task, Timetable
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain.timetable import Booking, Fieldwork, Plan, Verdict, calendar_of, check, faults

__all__ = ["days_of", "fieldwork_of", "plan_of", "sheet_of", "team_of"]


@dataclass(frozen=True, slots=True)
class Shown:
    """The fieldwork, the last timetable, and what the check of its plan says."""

    fieldwork: Fieldwork
    timetable: Timetable | None
    plan: Plan
    verdict: Verdict

    def booking(self, task: str) -> Booking | None:
        """Where a task is, or None."""
        return next((one for one in self.plan.bookings if one.task == task), None)


def shown(actor: Actor, inspection: Inspection) -> Shown:
    """The timetable as it stands."""
    fieldwork = fieldwork_of(inspection)
    timetable = timetables(actor).filter(inspection=inspection).order_by("-number").first()
    plan = plan_of(timetable, fieldwork) if timetable else Plan(())
    return Shown(fieldwork, timetable, plan, check(fieldwork, plan))


def timetables(actor: Actor) -> QuerySet[Timetable]:
    """Timetables that an actor may see."""
    return visible(Timetable.objects.select_related("inspection"), actor, Permission.FIELDWORK_READ)


def timetable(actor: Actor, inspection: UUID, timetable: UUID) -> Timetable:
    """One timetable. Raises Timetable.DoesNotExist where the actor may not see it."""
    return timetables(actor).get(inspection_id=inspection, pk=timetable)


def tasks(actor: Actor, inspection: Inspection) -> QuerySet[Task]:
    """What is to be placed."""
    found = visible(Task.objects.select_related("inspection"), actor, Permission.FIELDWORK_READ)
    return found.filter(inspection=inspection, taken_out=False).order_by("number")


def task(actor: Actor, inspection: UUID, task: UUID) -> Task:
    """One task. Raises Task.DoesNotExist where the actor may not see it."""
    found = visible(Task.objects.select_related("inspection"), actor, Permission.FIELDWORK_READ)
    return found.get(inspection_id=inspection, pk=task)


def availability(inspection: Inspection, person: Person) -> Availability | None:
    """When somebody is there; None where nothing was said."""
    return Availability.objects.filter(inspection=inspection, person=person).first()


def availabilities(inspection: Inspection) -> frozenset[str]:
    """Ids of those who have said when they are there, or of whom the lead has."""
    return frozenset(
        str(one) for one in Availability.objects.filter(inspection=inspection).values_list("person_id", flat=True)
    )


def whose(inspection: Inspection, person: Person) -> Target:
    """What somebody brings, as the policy asks about it: their own."""
    return Target(within=inspection, side=Side.TEAM, owners=frozenset({str(person.pk)}))


def applied(actor: Actor, inspection: UUID, applied: UUID) -> AppliedTimetable:
    """One giving out of a timetable. Raises AppliedTimetable.DoesNotExist where the actor may not see it."""
    return _applied(actor).get(inspection_id=inspection, pk=applied)


def given_out(actor: Actor, inspection: Inspection) -> list[AppliedTimetable]:
    """Every time that a timetable's people were given their cases, the latest first."""
    return list(_applied(actor).filter(inspection=inspection).order_by("-created_at"))


def _applied(actor: Actor) -> QuerySet[AppliedTimetable]:
    rows = AppliedTimetable.objects.select_related("inspection", "timetable", "created_by", "taken_back_by")
    return visible(rows, actor, Permission.FIELDWORK_READ)


def sites(inspection: Inspection) -> Sites | None:
    """The sheet of sites; None where nothing was written."""
    return Sites.objects.filter(inspection=inspection).first()


def faults_of(fieldwork: Fieldwork) -> list[str]:
    """What no plan could ever do, each in a sentence with what would mend it."""
    return [f"{one.says} To mend it: {one.mend}." for one in faults(fieldwork)]


def of_day(held: Shown, day: date, person: str = "") -> list[Booking]:
    """The bookings of a day, of one person only where asked."""
    return [one for one in held.plan.bookings if one.day == day and (not person or person in one.people)]


def calendar_file(held: Shown, inspection: Inspection, person: str = "") -> str:
    """The plan as a calendar file."""
    return calendar_of(held.fieldwork, held.plan, datetime.now(UTC), person, within=str(inspection.pk))


def first_day_left(inspection: Inspection) -> date | None:
    """Today, where fieldwork is under way; None where it has not begun, or is over."""
    today = timezone.localdate()
    return today if inspection.fieldwork_from < today <= inspection.fieldwork_to else None
