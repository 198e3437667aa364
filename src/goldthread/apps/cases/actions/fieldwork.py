"""The drawn cases on their way into the timetable of fieldwork, and its people on their way to the cases."""

from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.cases.actions.allocation import allocate
from goldthread.apps.cases.giving_out import proposed, seen
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Case
from goldthread.apps.fieldwork import actions as fieldwork
from goldthread.apps.fieldwork.models import AppliedTimetable, Timetable
from goldthread.apps.inspections.meanwhile import MEANWHILE, Overtaken
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle

CHANGED = "The timetable was moved or worked out anew, or a case in it changed hands or state."
NO_LONGER_READ = (lifecycle.Case.SET_ASIDE, lifecycle.Case.REVIEWED)


@transaction.atomic
def take_cases_in(*, inspection: Inspection, minutes: int, every: int, by: Actor) -> int:
    """Take every case that is still to be reviewed into the timetable, with whom each concerns.

    Every so many of them is read a second time, by somebody else; none where `every` is 0. Gives how many tasks came
    in; what is in already stays as it is.
    """
    require(by, Permission.FIELDWORK_EDIT, inspection.target())
    apart = Interests()
    rows = Case.objects.filter(inspection=inspection, reserve=False, draw__status=lifecycle.Draw.DRAWN)
    cases = (
        rows.exclude(status__in=NO_LONGER_READ).select_related("draw__submission").order_by("draw__number", "number")
    )
    reviews = [
        (case.pk, f"Case {case.number} of draw {case.draw.number}", apart.about(case), bool(every) and not n % every)
        for n, case in enumerate(cases)
    ]
    return fieldwork.take_in(inspection=inspection, reviews=reviews, minutes=minutes, by=by)


@transaction.atomic
def apply_timetable(*, timetable: Timetable, version: int, client_key: UUID, by: Actor) -> AppliedTimetable:
    """Give the cases of a timetable to the people who have them in it, exactly as the page showed it.

    `version` is `giving_out.seen` of what was shown. Raises Overtaken where the timetable or a case changed since. The
    same key twice gives out once. Whoever has a conflict of interest is given nothing; begun reviews stay.
    """
    require(by, Permission.CASE_ALLOCATE, timetable.target())
    if existing := AppliedTimetable.objects.filter(inspection=timetable.inspection, client_key=client_key).first():
        return existing
    timetable = Timetable.objects.select_for_update().select_related("inspection").get(pk=timetable.pk)
    rows = proposed(timetable)
    if (current := seen(timetable, rows)) != version:
        raise Overtaken(current_version=current, theirs={MEANWHILE: CHANGED}, yours={MEANWHILE: ""})
    if timetable.status != lifecycle.Timetable.READY:
        raise Refused("This timetable is not ready, so nothing can be given out by it.")
    if not any(one.changes for one in rows):
        raise Refused("Nothing would change: everybody has the cases that the timetable gives them, or cannot.")
    changes: list[dict[str, Any]] = []
    for one in rows:
        if one.changes:
            was = one.case.allocated_to_id
            allocate(cases=[one.case], to=one.to, by=by, because=f"By timetable {timetable.number}")
            changes.append({"case": str(one.case.pk), "was": str(was or ""), "now": str(one.to.pk)})
    return fieldwork.record_applied(timetable=timetable, changes=changes, client_key=client_key, by=by)


@transaction.atomic
def take_timetable_back(*, applied: AppliedTimetable, by: Actor) -> tuple[int, int]:
    """Give the cases back to whoever had them before a timetable was given out; those that nobody had, to nobody.

    A case that has moved on since stays: its review is begun, or somebody gave it to another. Gives how many went back
    and how many stayed.
    """
    require(by, Permission.CASE_ALLOCATE, applied.target())
    went = 0
    for one in applied.changes:
        rows = Case.objects.select_for_update(of=("self",)).select_related("inspection", "draw", "draw__inspection")
        case = rows.get(pk=one["case"])
        if case.status == lifecycle.Case.ALLOCATED and str(case.allocated_to_id) == one["now"]:
            went += _back(case, one["was"], f"Timetable {applied.timetable.number} was taken back", by)
    fieldwork.record_taken_back(applied=applied, count=went, by=by)
    return went, len(applied.changes) - went


def _back(case: Case, was: str, because: str, by: Actor) -> bool:
    """Whether it went back: whoever had it may have left the team, or declared a conflict of interest, since."""
    if was:
        try:
            with transaction.atomic():
                allocate(cases=[case], to=Person.objects.get(pk=was), by=by, because=because)
        except Refused:
            return False
        return True
    require(by, Permission.CASE_ALLOCATE, case.target(changing=True))
    lifecycle.require_move(lifecycle.Case, case.status, lifecycle.Case.DRAWN)
    case.status, case.allocated_to, case.allocated_at = lifecycle.Case.DRAWN, None, None
    case.version += 1
    case.save(update_fields=["status", "allocated_to", "allocated_at", "version"])
    journal(Events.CASE_FREED, by=by, about=case, chain=case.inspection_id)
    return True
