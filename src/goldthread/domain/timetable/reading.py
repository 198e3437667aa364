"""Fieldwork from the tables of a file that people write by hand, refused with the place and the mending."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from goldthread.domain.timetable.fieldwork import (
    Conflict,
    Fieldwork,
    Hours,
    Interest,
    Kind,
    Person,
    Settings,
    Site,
    Task,
)
from goldthread.domain.toml_sheet import Sheet, SheetError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_FIELDWORK = 366
MOST_TASKS = 5_000

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")


def read_fieldwork(sheet: Sheet, holidays: frozenset[date] = frozenset()) -> Fieldwork:
    """Fieldwork from a sheet. `holidays` are the bank holidays that are no working days. Raises SheetError."""
    days = _days(sheet, holidays)
    usual = _hours(sheet, "hours") if "hours" in sheet else Hours(540, 1020)
    sheet.may_have("hours")
    sites = [(one, Site(one.text("name"), one.text("name"))) for one in sheet.tables("sites", least=0)]
    _no_two(sites, "name")
    names = {site.id for _, site in sites}
    people = [(one, _person(one, days, usual, names)) for one in sheet.tables("people")]
    _no_two(people, "name")
    team = {person.id for _, person in people}
    tasks = [(one, _task(one, days, team, names)) for one in sheet.tables("tasks")]
    if len(tasks) > MOST_TASKS:
        sheet.fail("tasks", f"there are {len(tasks)} tasks, and {MOST_TASKS} are the most; divide the file.")
    _no_two(tasks, "name")
    _second_readings(tasks)
    travel = dict(_travel(one, names) for one in sheet.tables("travel", least=0))
    conflicts = tuple(_conflict(one, team) for one in sheet.tables("conflicts", least=0))
    settings = _settings(sheet)
    title = sheet.text_or("title", "Timetable")
    for one in (sheet, *(one for one, _ in (*sites, *people, *tasks))):
        one.done()
    return Fieldwork(
        title, days, tuple(one for _, one in people), tuple(one for _, one in sites), tuple(one for _, one in tasks),
        travel, conflicts, settings,
    )  # fmt: skip


def minutes_of(text: str) -> int | None:
    """An hour of the day, such as 9:30, as minutes after midnight; None where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return minutes if minutes <= 24 * 60 else None


def dated(values: Any) -> Any:
    """Values of JSON, which has no dates, with every 2026-05-04 as the date that it is."""
    if isinstance(values, dict):
        return {key: dated(value) for key, value in values.items()}
    if isinstance(values, list):
        return [dated(value) for value in values]
    if isinstance(values, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", values):
        try:
            return date.fromisoformat(values)
        except ValueError:
            return values
    return values


def _days(sheet: Sheet, holidays: frozenset[date]) -> tuple[date, ...]:
    first, last, off = sheet.day("first"), sheet.day("last"), set(sheet.days("holidays")) | holidays
    if last < first:
        sheet.fail("last", f"fieldwork ends on {last}, before it begins on {first}; put the dates in order.")
    if (last - first).days >= LONGEST_FIELDWORK:
        sheet.fail("last", "fieldwork takes more than a year; look at the years of its dates.")
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = tuple(day for day in days if day.weekday() < 5 and day not in off)
    if not found:
        sheet.fail("last", "no working day lies between the first and the last day; open fieldwork.")
    return found


def _hours(sheet: Sheet, key: str) -> Hours:
    text = sheet.text(key)
    start, _, end = text.replace("–", "-").partition("-")
    hours = (minutes_of(start), minutes_of(end))
    if hours[0] is None or hours[1] is None or hours[0] >= hours[1]:
        sheet.fail(key, f"“{text}” are no hours of a day; write them as 9:00-17:00.")
    return Hours(hours[0], hours[1])


def _person(sheet: Sheet, days: tuple[date, ...], usual: Hours, sites: set[str]) -> Person:
    name = sheet.text("name")
    hours = _hours(sheet, "hours") if "hours" in sheet else usual
    sheet.may_have("hours")
    weekdays = sheet.some_of("weekdays", WEEKDAYS) if "weekdays" in sheet else WEEKDAYS
    sheet.may_have("weekdays")
    away = set(sheet.days("away"))
    there = {day: hours for day in days if WEEKDAYS[day.weekday()] in weekdays and day not in away}
    if "days" in sheet:
        own = sheet.table("days")
        for key in own.names():
            day = dated(key)
            if not isinstance(day, date) or day not in days:
                own.fail(key, f"“{key}” is no working day of fieldwork; write it as 2026-05-04.")
            there[day] = _hours(own, key)
        own.done()
    sheet.may_have("days")
    home = sheet.text_or("home")
    if home and home not in sites:
        sheet.fail("home", f"{name}'s home “{home}” is not one of the sites; add it to them, or take it out.")
    return Person(
        name, name, there, frozenset(_words(sheet, "specialisms")), frozenset(_words(sheet, "languages")), home,
        sheet.flag("balanced", True),
    )  # fmt: skip


def _task(sheet: Sheet, days: tuple[date, ...], team: set[str], sites: set[str]) -> Task:
    title = sheet.text("title")
    must, may = (_people(sheet, key, title, team) for key in ("must", "may"))
    seats = sheet.count("seats", least=1) if "seats" in sheet else max(1, len(must))
    sheet.may_have("seats")
    if seats < len(must):
        sheet.fail("seats", f"“{title}” has {seats} seats and {len(must)} who must take part; make room for them.")
    first = sheet.day_or_none("first") or days[0]
    last = sheet.day_or_none("last") or days[-1]
    if last < first:
        sheet.fail("last", f"the window of “{title}” ends before it begins; put its dates in order.")
    site = sheet.text_or("site")
    if site and site not in sites:
        sheet.fail("site", f"“{site}” of “{title}” is not one of the sites; add it to them, or mend its name.")
    at = minutes_of(text) if (text := sheet.text_or("at")) else None
    if text and at is None:
        sheet.fail("at", f"“{text}” of “{title}” is no hour; write it as 9:30.")
    about = {
        (interest, word)
        for interest, key in (
            (Interest.TEAM, "teams"), (Interest.PERSON, "persons"), (Interest.FAMILY, "families"),
        )
        for word in _words(sheet, key)
    }  # fmt: skip
    return Task(
        sheet.text_or("name", title), title, Kind(sheet.one_of("kind", Kind)), sheet.count("minutes", least=1), first,
        last, seats, must, may, site, at, sheet.text_or("specialism"), sheet.text_or("language"),
        sheet.text_or("second_to"), sheet.text_or("group"), frozenset(about),
    )  # fmt: skip


def _people(sheet: Sheet, key: str, title: str, team: set[str]) -> tuple[str, ...]:
    names = _words(sheet, key)
    for name in names:
        if name not in team:
            sheet.fail(key, f"“{name}”, named in “{title}”, is not one of the people; add them, or mend the name.")
    return names


def _words(sheet: Sheet, key: str) -> tuple[str, ...]:
    found = sheet.words(key) if key in sheet else ()
    sheet.may_have(key)
    return found


def _travel(sheet: Sheet, sites: set[str]) -> tuple[frozenset[str], int]:
    ends = (sheet.text("from"), sheet.text("to"))
    for key, site in zip(("from", "to"), ends, strict=True):
        if site not in sites:
            sheet.fail(key, f"“{site}” is not one of the sites; add it to them, or mend its name.")
    minutes = sheet.count("minutes")
    sheet.done()
    return frozenset(ends), minutes


def _conflict(sheet: Sheet, team: set[str]) -> Conflict:
    person = sheet.text("person")
    if person not in team:
        sheet.fail("person", f"“{person}” is not one of the people; add them, or mend the name.")
    interest = Interest(sheet.one_of("with", Interest))
    if interest is not Interest.AUTHORITY and "subject" not in sheet:
        sheet.fail(None, f"say with which {interest} {person} has a conflict of interest; add subject = a name.")
    found = Conflict(person, interest, sheet.text_or("subject"), sheet.flag("waived", False))
    sheet.done()
    return found


def _settings(sheet: Sheet) -> Settings:
    usual = Settings()
    pause = sheet.count("pause") if "pause" in sheet else usual.pause
    step = sheet.count("step", least=1) if "step" in sheet else usual.step
    sheet.may_have("pause")
    sheet.may_have("step")
    return Settings(pause=pause, step=step)


def _second_readings(tasks: list[tuple[Sheet, Task]]) -> None:
    known: Mapping[str, Task] = {task.id: task for _, task in tasks}
    for sheet, task in tasks:
        if task.second_to and (task.second_to not in known or task.second_to == task.id):
            sheet.fail("second_to", f"“{task.second_to}”, which “{task.title}” reads again, is not among the tasks.")


def _no_two(made: list[Any], key: str) -> None:
    seen: set[str] = set()
    for sheet, one in made:
        if one.id in seen:
            sheet.fail(
                key if key in sheet else "title", f"“{one.id}” is there already; give this one a {key} of its own."
            )
        seen.add(one.id)


__all__ = ["SheetError", "dated", "minutes_of", "read_fieldwork"]
