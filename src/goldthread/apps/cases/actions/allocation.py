"""Who reviews which case, and which cases are not reviewed after all."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.queries import actor_by_id
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.inspections.meanwhile import MEANWHILE, Overtaken, require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle

REVIEWERS = ("lead", "inspector")
"""Roles whose holders review children's files."""

Status = lifecycle.Case


@transaction.atomic
def allocate(
    *, cases: Iterable[Case], to: Person, by: Actor, because: str = "", versions: Mapping[UUID, int] | None = None
) -> list[Case]:  # fmt: skip
    """Give cases to a member of the team. A case that somebody else holds needs a reason; one's own stays as it is.

    `versions` are those that the giver saw: Overtaken is raised where one of the cases has changed since. Raises
    Refused where the person does not review here, or has a conflict of interest; nothing is given then.
    """
    held = _locked(cases)
    if versions is not None:
        for case in held:
            require(by, Permission.CASE_ALLOCATE, case.target())
        _require_as_seen([case for case in held if case.allocated_to_id != to.pk], versions)
    given = []
    for case in held:
        require(by, Permission.CASE_ALLOCATE, case.target(changing=True))
        require_reviewer(case.inspection, to)
        if case.allocated_to_id != to.pk:
            _give(case, to, because.strip(), by)
            given.append(case)
    return given


@transaction.atomic
def allocate_evenly(*, draw: Draw, inspectors: Sequence[Person], by: Actor) -> list[Case]:
    """Share out the cases that nobody has, each to whoever has fewest of the draw; what is given already stays."""
    require(by, Permission.CASE_ALLOCATE, draw.target(changing=True))
    if not inspectors:
        raise Refused("Choose at least one inspector to share the cases between.")
    for person in inspectors:
        require_reviewer(draw.inspection, person)
    free = _locked(draw.cases.filter(status=Status.DRAWN, reserve=False))
    for case, person in zip(free, in_turn(draw, inspectors, len(free)), strict=True):
        _give(case, person, "", by)
    return free


def in_turn(draw: Draw, inspectors: Sequence[Person], count: int) -> list[Person]:
    """To whom each of so many cases would go: always to whoever has fewest of the draw, then by name."""
    load = {
        person.pk: draw.cases.filter(allocated_to=person).exclude(status=Status.SET_ASIDE).count()
        for person in inspectors
    }
    order = sorted(inspectors, key=lambda person: (person.name, str(person.pk)))
    turns = []
    for _ in range(count):
        turns.append(person := min(order, key=lambda one: load[one.pk]))
        load[person.pk] += 1
    return turns


@transaction.atomic
def set_aside(*, case: Case, because: str, version: int, by: Actor) -> tuple[Case, Case | None]:
    """Leave a case out, with a reason. The next reserve of its stratum comes in, and goes to the same inspector.

    The second of the pair is the case that came in, or None where the reserve is used up.
    """
    case = _locked([case])[0]
    require(by, Permission.CASE_ALLOCATE, case.target())
    require_unchanged(case, version, about=case, chain=case.inspection_id)
    require(by, Permission.CASE_ALLOCATE, case.target(changing=True))
    before = case.status
    lifecycle.require_move(Status, before, Status.SET_ASIDE)
    because = " ".join(because.split())
    if not because:
        raise Refused("Say why the case is set aside: a sample is only as good as the reasons for leaving files out.")
    case.status, case.set_aside_because, case.version = Status.SET_ASIDE, because[:300], case.version + 1
    case.save(update_fields=["status", "set_aside_because", "version"])
    journal(Events.CASE_SET_ASIDE, by=by, about=case, chain=case.inspection_id, frm=before)
    return case, _bring_in(case, by)


def require_reviewer(inspection: Inspection, person: Person) -> None:
    """Raise Refused unless the person may be given cases here: their role, and no conflict of interest."""
    if not any(m.person_id == person.pk for m in current_members(inspection, roles=REVIEWERS)):
        raise Refused(f"{person.name} is not a lead inspector or inspector of this inspection.")
    if inspection.conflict_of(actor_by_id(person.pk, second_factor=True)) is not None:
        raise Refused(f"{person.name} has declared a conflict of interest and cannot be given cases here.")


def _require_as_seen(cases: Iterable[Case], versions: Mapping[UUID, int]) -> None:
    told, current = [], 0
    for case in cases:
        try:
            require_unchanged(case, versions.get(case.pk, 0), about=case, chain=case.inspection_id)
        except Overtaken as one:
            told.append(one.theirs[MEANWHILE])
            current = one.current_version
    if told:
        raise Overtaken(current_version=current, theirs={MEANWHILE: "\n".join(told)}, yours={MEANWHILE: ""})


def _locked(cases: Iterable[Case]) -> list[Case]:
    rows = Case.objects.select_for_update().select_related("inspection", "draw", "draw__inspection", "allocated_to")
    return list(rows.filter(pk__in=[case.pk for case in cases]).order_by("draw__number", "number"))


def _give(case: Case, to: Person, because: str, by: Actor) -> None:
    before = case.status
    if before != Status.DRAWN:
        move = lifecycle.require_move(Status, before, Status.DRAWN if before == Status.ALLOCATED else Status.ALLOCATED)
        if move.needs_reason and not because:
            raise Refused(f"Case {case.number} is already with {case.allocated_to}. Say why it is given to another.")
    if before != Status.IN_REVIEW:
        lifecycle.require_move(Status, Status.DRAWN, Status.ALLOCATED)
    case.status, case.allocated_to, case.allocated_at = Status.ALLOCATED, to, timezone.now()
    case.version += 1
    case.save(update_fields=["status", "allocated_to", "allocated_at", "version"])
    journal(Events.CASE_ALLOCATED, by=by, about=case, chain=case.inspection_id, to=to.name, frm=before)


def _bring_in(gone: Case, by: Actor) -> Case | None:
    reserve = Case.objects.select_for_update().select_related("inspection", "draw")
    case = reserve.filter(draw=gone.draw, stratum=gone.stratum, reserve=True).order_by("reserve_place").first()
    if case is None:
        return None
    case.reserve, case.came_in_for, case.version = False, gone, case.version + 1
    case.save(update_fields=["reserve", "came_in_for", "version"])
    journal(Events.CASE_CAME_IN, by=by, about=case, chain=case.inspection_id, instead_of=gone.number)
    if gone.allocated_to is not None:
        try:
            require_reviewer(case.inspection, gone.allocated_to)
        except Refused:
            return case
        _give(case, gone.allocated_to, "", by)
    return case
