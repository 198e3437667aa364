"""Reading how a framework works from its file: timetables, team, requests, report, notes."""

from goldthread.domain.framework import (
    SECTION_KINDS,
    TEAM_ROLES,
    Area,
    Note,
    Phase,
    Request,
    Seat,
    Section,
    Timetable,
)
from goldthread.domain.toml_sheet import Sheet, unique


def timetables(sheet: Sheet) -> tuple[Timetable, ...]:
    """The kinds of inspection, each with its phases; the usual one first."""
    tables = sheet.tables("timetables")
    found = tuple(Timetable(t.slug(), t.text("title"), t.text("says"), _phases(t)) for t in tables)
    unique(zip(tables, (each.slug for each in found), strict=True), "slug")
    for each in tables:
        each.done()
    return found


def _phases(sheet: Sheet) -> tuple[Phase, ...]:
    tables = sheet.tables("phases")
    phases: list[Phase] = []
    for each in tables:
        phase = Phase(
            each.slug(),
            each.text("title"),
            each.text("says"),
            each.count("start"),
            each.count("end"),
            each.flag("checked"),
            each.flag("fieldwork", False),
        )
        if phase.end < phase.start:
            each.fail("end", f"phase “{phase.slug}” ends before it starts; change start or end.")
        if phase.start < (phases[-1].start if phases else 0):
            each.fail("start", f"phase “{phase.slug}” starts before the phase above it; put the phases in order.")
        if not phases and phase.start:
            each.fail("start", "the first phase must start on the call day; write start = 0.")
        if phase.fieldwork and phases and not phases[-1].fieldwork and any(one.fieldwork for one in phases):
            each.fail("fieldwork", "phases of fieldwork follow one another; another phase stands between them.")
        phases.append(phase)
        each.done()
    unique(zip(tables, (phase.slug for phase in phases), strict=True), "slug")
    if not any(phase.fieldwork for phase in phases):
        sheet.fail("phases", "no phase is fieldwork; write fieldwork = true for each that is.")
    return tuple(phases)


def team(sheet: Sheet) -> tuple[Seat, ...]:
    """The places in the inspecting team."""
    tables = sheet.tables("team")
    seats = tuple(
        Seat(
            each.one_of("role", TEAM_ROLES),
            each.text("title"),
            each.count("count"),
            each.text("says"),
            each.flag("checked"),
        )
        for each in tables
    )
    unique(zip(tables, (seat.title for seat in seats), strict=True), "title")
    for each in tables:
        each.done()
    return seats


def requests(sheet: Sheet) -> tuple[Request, ...]:
    """What the authority is asked for."""
    tables = sheet.tables("requests")
    found = tuple(
        Request(each.text("ref"), each.text("title"), each.text("says"), each.count("due"), each.flag("checked"))
        for each in tables
    )
    unique(zip(tables, (request.ref for request in found), strict=True), "ref")
    for each in tables:
        each.done()
    return found


def report(sheet: Sheet, areas: tuple[Area, ...], graded: bool) -> tuple[Section, ...]:
    """The sections of the report, one for each area among them."""
    tables = sheet.tables("report")
    sections = []
    for each in tables:
        kind = each.one_of("kind", SECTION_KINDS)
        if kind == "judgements" and not graded:
            each.fail("kind", "this framework gives no grades, so there is no table of judgements; take it out.")
        area = each.one_of("area", [area.slug for area in areas]) if kind == "area" else None
        sections.append(Section(each.slug(), each.text("title"), kind, area))
        each.done()
    unique(zip(tables, (section.slug for section in sections), strict=True), "slug")
    for missing in [area.slug for area in areas if area.slug not in {section.area for section in sections}]:
        sheet.fail("report", f"no section of the report is about “{missing}”; add one with kind = “area”.")
    return tuple(sections)


def notes(sheet: Sheet) -> tuple[Note, ...]:
    """What people who use the framework should know."""
    tables = sheet.tables("notes", least=0)
    found = tuple(Note(n.text("title"), n.text("says"), n.text("source"), n.flag("checked")) for n in tables)
    for each in tables:
        each.done()
    return found
