"""Everything that changes what a timetable is made from, and the timetables themselves."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.fieldwork.building import fieldwork_of, plan_of, team_of
from goldthread.apps.fieldwork.models import Availability, Sites, Task, Timetable
from goldthread.apps.fieldwork.queries import first_day_left, whose
from goldthread.apps.fieldwork.words import availability_words, task_words
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.timetable import Booking, Plan, check
from goldthread.domain.timetable.records import plan_as_data
from goldthread.domain.timetable.sites import SitesError, sites_in

MOST_SECONDS = 300
Status = lifecycle.Timetable

AVAILABILITY = ("hours_from", "hours_to", "weekdays", "away", "specialisms", "languages", "home", "balanced")
TASK = (
    "title", "kind", "minutes", "first", "last", "seats", "must", "site", "at", "specialism", "language", "about",
)  # fmt: skip


@transaction.atomic
def write_sites(*, inspection: Inspection, written: str, version: int, by: Actor) -> Sites:
    """Write down the sites and the ways between them. Raises Clash where they were changed meanwhile."""
    require(by, Permission.FIELDWORK_EDIT, inspection.target())
    try:
        sites_in(written)
    except SitesError as error:
        raise Refused(str(error)) from error
    held, made = Sites.objects.select_for_update().get_or_create(
        inspection=inspection, defaults={"side": Side.TEAM, "created_by_id": by.id}
    )
    require_version(0 if made else held.version, version, theirs={"written": held.written}, yours={"written": written})
    held.written, held.version = written, held.version + (not made)
    held.save(update_fields=["written", "version"])
    journal(Events.FIELDWORK_SITES, by=by, about=held, chain=inspection.pk)
    return held


@transaction.atomic
def set_availability(*, inspection: Inspection, person: Person, version: int, by: Actor, **fields: Any) -> Availability:
    """Say when one of the team is there and what they bring: they themselves, or the lead.

    Raises Clash where it was changed meanwhile.
    """
    require(by, Permission.AVAILABILITY_WRITE, whose(inspection, person))
    if person not in team_of(inspection):
        raise Refused(f"{person.name} is not a lead inspector or inspector of this inspection.")
    if fields["hours_from"] >= fields["hours_to"]:
        raise Refused("The day must begin before it ends.")
    held, made = Availability.objects.select_for_update().get_or_create(
        inspection=inspection, person=person, defaults={"side": Side.TEAM, "created_by_id": by.id, "weekdays": []}
    )
    theirs = availability_words(held)
    for name in AVAILABILITY:
        setattr(held, name, fields[name])
    require_version(0 if made else held.version, version, theirs=theirs, yours=availability_words(held))
    held.version += not made
    held.save()
    own = by.id == str(person.pk)
    journal(Events.FIELDWORK_AVAILABILITY, by=by, about=held, chain=inspection.pk, own=own)
    return held


@transaction.atomic
def add_task(*, inspection: Inspection, client_key: UUID, by: Actor, **fields: Any) -> Task:
    """Add one thing to be placed. The same key twice gives the same task."""
    require(by, Permission.FIELDWORK_EDIT, inspection.target())
    if existing := Task.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    _sound(inspection, fields)
    task = Task.objects.create(
        inspection=inspection, side=Side.TEAM, number=_next(Task, inspection), client_key=client_key,
        created_by_id=by.id, **{name: fields[name] for name in TASK},
    )  # fmt: skip
    journal(Events.FIELDWORK_TASK_ADDED, by=by, about=task, chain=inspection.pk, kind=task.kind)
    return task


@transaction.atomic
def change_task(*, task: Task, version: int, by: Actor, **fields: Any) -> Task:
    """Change one thing to be placed. Raises Clash where it was changed meanwhile."""
    require(by, Permission.FIELDWORK_EDIT, task.target())
    task = Task.objects.select_for_update().select_related("inspection").get(pk=task.pk)
    require(by, Permission.FIELDWORK_EDIT, task.target(changing=True))
    _sound(task.inspection, fields)
    theirs = task_words(task)
    for name in TASK:
        setattr(task, name, fields[name])
    require_version(task.version, version, theirs=theirs, yours=task_words(task), about=task)
    task.version += 1
    task.save()
    journal(Events.FIELDWORK_TASK_CHANGED, by=by, about=task, chain=task.inspection_id)
    return task


@transaction.atomic
def take_out(*, task: Task, version: int, by: Actor) -> Task:
    """Take one thing out of the timetable; second readings of it go with it."""
    require(by, Permission.FIELDWORK_EDIT, task.target())
    task = Task.objects.select_for_update().select_related("inspection").get(pk=task.pk)
    require_unchanged(task, version, about=task, chain=task.inspection_id)
    require(by, Permission.FIELDWORK_EDIT, task.target(changing=True))
    for one in (task, *task.seconds.filter(taken_out=False)):
        one.taken_out, one.version = True, one.version + 1
        one.save(update_fields=["taken_out", "version"])
        journal(Events.FIELDWORK_TASK_TAKEN_OUT, by=by, about=one, chain=task.inspection_id)
    return task


@transaction.atomic
def take_in(
    *, inspection: Inspection, reviews: Sequence[tuple[UUID, str, Sequence[tuple[str, str]], bool]], minutes: int,
    by: Actor,
) -> int:  # fmt: skip
    """Take case reviews in: of each the case, a title, whom it concerns, and whether it is read twice.

    A case that is in already stays as it is. Gives how many tasks came in.
    """
    require(by, Permission.FIELDWORK_EDIT, inspection.target())
    count = 0
    for case, title, about, twice in reviews:
        first: Task | None = None
        for kind in ("case-review", *(["second-reading"] if twice else [])):
            of_case = Task.objects.filter(inspection=inspection, of_case=case, kind=kind)
            if held := of_case.first():
                first = held
                continue
            words = title if kind == "case-review" else f"Second reading of {title[:1].lower()}{title[1:]}"
            made = Task.objects.create(
                inspection=inspection, side=Side.TEAM, number=_next(Task, inspection), title=words[:120], kind=kind,
                minutes=minutes if kind == "case-review" else max(15, minutes // 2), about=[list(one) for one in about],
                of_case=case, second_to=first, created_by_id=by.id,
            )  # fmt: skip
            first, count = made, count + 1
    if count:
        journal(Events.FIELDWORK_CASES_TAKEN_IN, by=by, about=inspection, chain=inspection.pk, count=count)
    return count


@transaction.atomic
def ask(
    *, inspection: Inspection, seconds: int, client_key: UUID, by: Actor, from_day: date | None = None
) -> Timetable:  # fmt: skip
    """Ask for a timetable. What the last one has locked stays; the rest of it changes as little as may be.

    Nothing is placed before `from_day`, and what lies before it stays; where no day is given and fieldwork is under way
    that is today. Raises Refused for a day outside fieldwork.
    """
    require(by, Permission.FIELDWORK_EDIT, inspection.target())
    if existing := Timetable.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    last = Timetable.objects.select_for_update().filter(inspection=inspection).order_by("-number").first()
    if last is not None and last.working:
        raise Refused("A timetable is being worked out already. Take the best so far, or wait.")
    if not Task.objects.filter(inspection=inspection, taken_out=False).exists():
        raise Refused("There is nothing to place yet. Add a task, or take the drawn cases in.")
    if not 1 <= seconds <= MOST_SECONDS:
        raise Refused(f"Choose from 1 to {MOST_SECONDS} seconds.")
    if from_day is not None and not inspection.fieldwork_from <= from_day <= inspection.fieldwork_to:
        raise Refused("The first day must lie within fieldwork.")
    made = Timetable.objects.create(
        inspection=inspection, side=Side.TEAM, number=_next(Timetable, inspection), seconds=seconds,
        from_day=from_day or first_day_left(inspection),
        client_key=client_key, created_by_id=by.id, bookings=last.bookings if last else [],
    )  # fmt: skip
    journal(
        Events.TIMETABLE_ASKED,
        by=by,
        about=made,
        chain=inspection.pk,
        seconds=seconds,
        from_day=str(made.from_day or ""),
    )
    return made


@transaction.atomic
def stop(*, timetable: Timetable, by: Actor) -> Timetable:
    """Take the best plan so far: the worker ends within a second or so. What is ready already stays as it is."""
    require(by, Permission.FIELDWORK_EDIT, timetable.target())
    timetable = Timetable.objects.select_for_update().get(pk=timetable.pk)
    if timetable.working and not timetable.stop_asked:
        timetable.stop_asked = True
        timetable.save(update_fields=["stop_asked"])
        journal(Events.TIMETABLE_STOPPED, by=by, about=timetable, chain=timetable.inspection_id)
    return timetable


@transaction.atomic
def move(
    *, timetable: Timetable, task: Task, day: date, start: int, people: Sequence[str], locked: bool, version: int,
    by: Actor,
) -> Timetable:  # fmt: skip
    """Put a task somewhere by hand, lock it there or unlock it. Raises Refused where a hard rule would be broken."""
    require(by, Permission.FIELDWORK_EDIT, timetable.target())
    timetable = Timetable.objects.select_for_update().select_related("inspection").get(pk=timetable.pk)
    require_unchanged(timetable, version, about=timetable, chain=timetable.inspection_id)
    require(by, Permission.FIELDWORK_EDIT, timetable.target(changing=True))
    fieldwork = fieldwork_of(timetable.inspection)
    booking = Booking(str(task.pk), day, start, tuple(sorted(people)), locked)
    rest = [one for one in plan_of(timetable, fieldwork).bookings if one.task != booking.task]
    plan = Plan.of([*rest, booking])
    if broken := [one.says for one in check(fieldwork, plan).breaches if booking.task in one.tasks]:
        raise Refused(" ".join(broken))
    timetable.bookings, timetable.version = plan_as_data(plan), timetable.version + 1
    timetable.save(update_fields=["bookings", "version"])
    journal(Events.TIMETABLE_MOVED, by=by, about=timetable, chain=timetable.inspection_id, task=task.number)
    return timetable


def _sound(inspection: Inspection, fields: dict[str, Any]) -> None:
    first, last = fields["first"], fields["last"]
    if first and last and last < first:
        raise Refused("The window ends before it begins.")
    for day in (first, last):
        if day and not inspection.fieldwork_from <= day <= inspection.fieldwork_to:
            raise Refused("The window must lie within fieldwork.")
    if len(fields["must"]) > fields["seats"]:
        raise Refused("More people must take part than there is room for.")


def _next(model: type[Task] | type[Timetable], inspection: Inspection) -> int:
    return int(model.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def record_calendar_export(*, inspection: Inspection, whose: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the timetable out as a calendar file, of everybody or of one person."""
    require(by, Permission.FIELDWORK_READ, inspection.target())
    journal(
        Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what="calendar of fieldwork", whose=whose,
        form="ics", rows=rows,
    )  # fmt: skip


# What the worker does.


@transaction.atomic
def claim_next(*, by: Actor) -> Timetable | None:
    """The next timetable that waits, from now on being worked out; None where none waits."""
    row = Timetable.objects.select_for_update().select_related("inspection").filter(status=Status.WAITING)
    timetable = row.order_by("created_at").first()
    if timetable is None:
        return None
    lifecycle.require_move(Status, timetable.status, Status.WORKING)
    timetable.status, timetable.says = Status.WORKING, "Begun"
    timetable.save(update_fields=["status", "says"])
    return timetable


@transaction.atomic
def free_dead_claims(*, by: Actor) -> None:
    """Put back what a worker that died was working out."""
    for one in Timetable.objects.select_for_update().filter(status=Status.WORKING):
        lifecycle.require_move(Status, one.status, Status.WAITING)
        one.status = Status.WAITING
        one.save(update_fields=["status"])


@transaction.atomic
def note_best(*, timetable: Timetable, bookings: list[dict[str, Any]], says: str, by: Actor) -> None:
    """Keep the best plan so far, which can be taken at any time."""
    Timetable.objects.filter(pk=timetable.pk, status=Status.WORKING).update(bookings=bookings, says=says[:300])


@transaction.atomic
def finish(
    *, timetable: Timetable, to: str, says: str, why_left_out: dict[str, str], note: str, by: Actor
) -> Timetable:  # fmt: skip
    """Say that a timetable is ready, or why none could be worked out."""
    timetable = Timetable.objects.select_for_update().get(pk=timetable.pk)
    lifecycle.require_move(Status, timetable.status, to)
    timetable.status, timetable.says, timetable.why_left_out = to, says[:300], why_left_out
    timetable.note, timetable.ended_at, timetable.version = note[:300], timezone.now(), timetable.version + 1
    timetable.save()
    event = Events.TIMETABLE_READY if to == Status.READY else Events.TIMETABLE_FAILED
    journal(event, by=by, about=timetable, chain=timetable.inspection_id)
    return timetable
