"""The drawn cases on their way into the timetable of fieldwork."""

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Case
from goldthread.apps.fieldwork import actions as fieldwork
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import lifecycle

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
