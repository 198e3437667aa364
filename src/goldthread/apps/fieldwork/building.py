"""Fieldwork as the domain reads it, from what is kept of an inspection."""

from datetime import date, timedelta

from goldthread.apps.access.models import Person as Account
from goldthread.apps.fieldwork.models import Availability, Sites, Task, Timetable
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members
from goldthread.domain import timetable as domain
from goldthread.domain.timetable import Conflict, Fieldwork, Hours, Interest, Kind, Plan, Site
from goldthread.domain.timetable.reading import WEEKDAYS
from goldthread.domain.timetable.records import plan_from_data
from goldthread.domain.timetable.sites import Sheet, sites_in
from goldthread.kernel.working_days import bank_holidays

IN_FIELD = ("lead", "inspector")
"""Roles whose holders are in the timetable."""

USUAL = Hours(9 * 60, 17 * 60)


def fieldwork_of(inspection: Inspection) -> Fieldwork:
    """The fieldwork of an inspection as it stands now."""
    sheet = sheet_of(inspection)
    days = days_of(inspection)
    there = {one.person_id: one for one in Availability.objects.filter(inspection=inspection)}
    people = [_person(one, there.get(one.pk), days, sheet) for one in team_of(inspection)]
    ids = {one.id for one in people}
    rows = Task.objects.filter(inspection=inspection, taken_out=False).order_by("number")
    sites, there_for = tuple(Site(name, name) for name in sheet.names), days or (inspection.fieldwork_from,)
    return Fieldwork(
        inspection.title, days, tuple(people), sites, tuple(_task(row, there_for, ids, sheet) for row in rows),
        sheet.travel, tuple(_conflicts(inspection)),
    )  # fmt: skip


def days_of(inspection: Inspection) -> tuple[date, ...]:
    """The working days of fieldwork."""
    count = (inspection.fieldwork_to - inspection.fieldwork_from).days + 1
    days = (inspection.fieldwork_from + timedelta(days=n) for n in range(count))
    return tuple(day for day in days if day.weekday() < 5 and day not in bank_holidays())


def team_of(inspection: Inspection) -> list[Account]:
    """Who is in the timetable: leads and inspectors, by name, each once."""
    found = {one.person_id: one.person for one in current_members(inspection, roles=IN_FIELD)}
    return sorted(found.values(), key=lambda one: (one.name, str(one.pk)))


def sheet_of(inspection: Inspection) -> Sheet:
    """The sites of an inspection; none where nothing was written."""
    held = Sites.objects.filter(inspection=inspection).first()
    return sites_in(held.written if held else "")


def plan_of(timetable: Timetable, fieldwork: Fieldwork) -> Plan:
    """The plan of a timetable, without what is no longer part of the fieldwork."""
    known = [
        one for one in timetable.bookings
        if one["task"] in fieldwork.task and all(who in fieldwork.person for who in one["people"])
    ]  # fmt: skip
    return plan_from_data(known, fieldwork)


def _person(account: Account, held: Availability | None, days: tuple[date, ...], sheet: Sheet) -> domain.Person:
    if held is None:
        return domain.Person(str(account.pk), account.name, dict.fromkeys(days, USUAL))
    hours = Hours(held.hours_from, held.hours_to)
    away = set(held.away)
    there = [day for day in days if WEEKDAYS[day.weekday()] in held.weekdays and day.isoformat() not in away]
    return domain.Person(
        str(account.pk), account.name, dict.fromkeys(there, hours), frozenset(held.specialisms),
        frozenset(held.languages), held.home if held.home in sheet.names else "", held.balanced,
    )  # fmt: skip


def _task(row: Task, days: tuple[date, ...], people: set[str], sheet: Sheet) -> domain.Task:
    first, last = row.first or days[0], row.last or days[-1]
    return domain.Task(
        str(row.pk), row.title, Kind(row.kind), row.minutes, first, last, row.seats,
        tuple(one for one in row.must if one in people), (), row.site if row.site in sheet.names else "", row.at,
        row.specialism, row.language, str(row.second_to_id or ""), "",
        frozenset((Interest(interest), subject) for interest, subject in row.about),
    )  # fmt: skip


def _conflicts(inspection: Inspection) -> list[Conflict]:
    return [
        Conflict(str(one.person_id), Interest(one.interest), subject, one.waived_at is not None)
        for one in inspection.conflicts.all()
        for subject in (sorted(one.subjects) or [""])
    ]
