"""What the people of a timetable would mean for who has which case: worked out, for a page to show and an act to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Refused
from goldthread.apps.access.queries import actor_by_id
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Case
from goldthread.apps.fieldwork.building import fieldwork_of, plan_of
from goldthread.apps.fieldwork.models import Task, Timetable
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members
from goldthread.domain import lifecycle
from goldthread.domain.timetable import Kind

REVIEWERS = ("lead", "inspector")
"""Roles whose holders review children's files."""

Status = lifecycle.Case


@dataclass(frozen=True, slots=True)
class Proposed:
    """A case, whom the timetable has review it, and why it cannot be given to them; `why` is empty where it can."""

    case: Case
    to: Person
    why: str = ""

    @property
    def stays(self) -> bool:
        """Whether they have it already."""
        return self.case.allocated_to_id == self.to.pk

    @property
    def changes(self) -> bool:
        """Whether it would be given to them now."""
        return not self.stays and not self.why


def proposed(timetable: Timetable) -> list[Proposed]:
    """Every case that the timetable has somebody review, by draw and number. Nothing is changed."""
    inspection = timetable.inspection
    tasks = {
        str(one.pk): one.of_case
        for one in Task.objects.filter(inspection=inspection, kind=Kind.CASE_REVIEW.value, taken_out=False)
        if one.of_case is not None
    }
    plan = plan_of(timetable, fieldwork_of(inspection))
    who: dict[UUID, UUID] = {
        case: UUID(one.people[0])
        for one in plan.bookings if one.people and (case := tasks.get(one.task)) is not None
    }  # fmt: skip
    people = {one.pk: one for one in Person.objects.filter(pk__in=set(who.values()))}
    rows = Case.objects.filter(inspection=inspection, pk__in=who).select_related(
        "inspection", "draw", "draw__inspection", "draw__submission", "allocated_to", "second_reading"
    )  # fmt: skip
    apart, unable = Interests(), _unable(inspection, list(people.values()))
    return [
        Proposed(case, to, _why_not(case, to, unable, apart))
        for case in rows.order_by("draw__number", "number")
        for to in [people[who[case.pk]]]
    ]


def seen(timetable: Timetable, rows: Sequence[Proposed]) -> int:
    """A number that grows with every change of the timetable and of the cases in it: on it a page is opened."""
    return timetable.version + sum(one.case.version for one in rows)


def _unable(inspection: Inspection, people: list[Person]) -> dict[UUID, str]:
    """Who may be given no case here at all, and why."""
    reviewing = {one.person_id for one in current_members(inspection, roles=REVIEWERS)}
    found = {}
    for one in people:
        if one.pk not in reviewing:
            found[one.pk] = f"{one.name} is not a lead inspector or inspector of this inspection."
        elif inspection.conflict_of(actor_by_id(one.pk, second_factor=True)) is not None:
            found[one.pk] = f"{one.name} has declared a conflict of interest with the authority."
    return found


def _why_not(case: Case, to: Person, unable: dict[UUID, str], apart: Interests) -> str:
    if case.allocated_to_id == to.pk:
        return ""
    if case.status not in (Status.DRAWN, Status.ALLOCATED):
        return {
            Status.IN_REVIEW: "Its review is begun: give it to another by hand, with a reason.",
            Status.REVIEWED: "It is reviewed already.",
        }.get(Status(case.status), "It is set aside.")
    if case.draw.status != lifecycle.Draw.DRAWN:
        return "Its draw was superseded."
    if to.pk in unable:
        return unable[to.pk]
    if case.read_again is not None and case.read_again.reader_id == to.pk:
        return f"{to.name} reads it a second time, so somebody else must read it first."
    try:
        apart.require_none(case, to)
    except Refused as refusal:
        return refusal.reason
    return ""
