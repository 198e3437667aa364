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
from goldthread.apps.cases.actions.second_readings import end_with_its_case
from goldthread.apps.cases.asked import instrument_of, require_current, title_of
from goldthread.apps.cases.interests import Interests
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
    *, cases: Iterable[Case], to: Person, by: Actor, because: str = "", versions: Mapping[UUID, int] | None = None,
    instrument: str = "",
) -> list[Case]:  # fmt: skip
    """Give cases to a member of the team. A case that somebody else holds needs a reason; one's own stays as it is.

    `instrument` is that on which these files are reviewed, where it is another than they have; a case of which a
    review was begun keeps its own, so that answers stay with what was asked.
    `versions` are those that the giver saw: Overtaken is raised where one of the cases has changed since. Raises
    Refused where the person does not review here, or has a conflict of interest; nothing is given then.
    """
    held = _locked(cases)
    if instrument:
        require_current(instrument)
    if versions is not None:
        for case in held:
            require(by, Permission.CASE_ALLOCATE, case.target())
        _require_as_seen([case for case in held if instrument or case.allocated_to_id != to.pk], versions)
    given, apart = [], Interests()
    for case in held:
        require(by, Permission.CASE_ALLOCATE, case.target(changing=True))
        require_reviewer(case.inspection, to)
        apart.require_none(case, to)
        other = _choose(case, instrument)
        if case.allocated_to_id != to.pk:
            _give(case, to, because.strip(), by)
        elif other:
            case.version += 1
            case.save(update_fields=["instrument", "version"])
            _tell(case, to, case.status, by)
        else:
            continue
        given.append(case)
    return given


def _choose(case: Case, instrument: str) -> bool:
    """Put another instrument to a case; whether it is another. Raises Refused where its review was begun on one."""
    if not instrument or instrument == instrument_of(case):
        return False
    begun = case.reviews.exclude(status=lifecycle.CaseReview.SUPERSEDED).first()
    if begun is not None:
        raise Refused(
            f"The review of case {case.number} was begun on “{title_of(begun.instrument)}”, and answers stay with what "
            "was asked. Give it without another instrument."
        )
    case.instrument = "" if instrument == case.draw.instrument else instrument
    return True


@transaction.atomic
def allocate_evenly(*, draw: Draw, inspectors: Sequence[Person], by: Actor) -> list[Case]:
    """Share out the cases that nobody has, each to whoever has fewest of the draw; what is given already stays.

    Nobody gets a file in which they have a conflict of interest; one that nobody of them may have stays where it is.
    """
    require(by, Permission.CASE_ALLOCATE, draw.target(changing=True))
    if not inspectors:
        raise Refused("Choose at least one inspector to share the cases between.")
    for person in inspectors:
        require_reviewer(draw.inspection, person)
    given = []
    free = _locked(draw.cases.filter(status=Status.DRAWN, reserve=False))
    for case, chosen in in_turn(draw, inspectors, free):
        if chosen is not None:
            _give(case, chosen, "", by)
            given.append(case)
    return given


def in_turn(
    draw: Draw, inspectors: Sequence[Person], cases: Iterable[Case]
) -> list[tuple[Case, Person | None]]:  # fmt: skip
    """To whom each of these cases would go: to whoever has fewest of the draw and no conflict of interest, by name."""
    apart = Interests()
    load = {
        person.pk: draw.cases.filter(allocated_to=person).exclude(status=Status.SET_ASIDE).count()
        for person in inspectors
    }
    order = sorted(inspectors, key=lambda person: (person.name, str(person.pk)))
    turns: list[tuple[Case, Person | None]] = []
    for case in cases:
        able = [one for one in order if apart.between(case, one) is None]
        person = min(able, key=lambda one: load[one.pk]) if able else None
        turns.append((case, person))
        if person is not None:
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
    end_with_its_case(cases=[case], because="The case was set aside.", by=by)
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
    rows = Case.objects.select_for_update().select_related(
        "inspection", "draw", "draw__inspection", "allocated_to", "second_reading"
    )  # fmt: skip
    return list(rows.filter(pk__in=[case.pk for case in cases]).order_by("draw__number", "number"))


def _give(case: Case, to: Person, because: str, by: Actor) -> None:
    before = case.status
    if case.read_again is not None and case.read_again.reader_id == to.pk:
        raise Refused(f"{to.name} reads case {case.number} a second time, so somebody else must read it first.")
    if before != Status.DRAWN:
        move = lifecycle.require_move(Status, before, Status.DRAWN if before == Status.ALLOCATED else Status.ALLOCATED)
        if move.needs_reason and not because:
            raise Refused(f"Case {case.number} is already with {case.allocated_to}. Say why it is given to another.")
    if before != Status.IN_REVIEW:
        lifecycle.require_move(Status, Status.DRAWN, Status.ALLOCATED)
    case.status, case.allocated_to, case.allocated_at = Status.ALLOCATED, to, timezone.now()
    case.version += 1
    case.save(update_fields=["status", "allocated_to", "allocated_at", "instrument", "version"])
    _tell(case, to, before, by)


def _tell(case: Case, to: Person, before: str, by: Actor) -> None:
    journal(
        Events.CASE_ALLOCATED, by=by, about=case, chain=case.inspection_id, to=to.name, frm=before,
        instrument=instrument_of(case),
    )  # fmt: skip


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
            Interests().require_none(case, gone.allocated_to)
        except Refused:
            return case
        _give(case, gone.allocated_to, "", by)
    return case
