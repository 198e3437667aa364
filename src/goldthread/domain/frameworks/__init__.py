"""The frameworks that are known, and how a file becomes one.

A file is checked whole before it is used: a framework with a slip in it would mislead an inspection for weeks.
"""

from functools import cache
from pathlib import Path

from goldthread.domain.framework import (
    OVERALL,
    SECTION_KINDS,
    STRENGTHS,
    TEAM_ROLES,
    Area,
    Criterion,
    Framework,
    Grade,
    LimitingRule,
    Note,
    Phase,
    Precedent,
    Request,
    Seat,
    Section,
    Timetable,
)
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError, unique

_FOLDER = Path(__file__).parent


class FrameworkError(ValueError):
    """A framework's file is missing or cannot be used. The message names the file, the line and the mending."""


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of the frameworks that come with Goldthread, oldest first."""
    known = [read(path) for path in _FOLDER.glob("*.toml")]
    return tuple(framework.slug for framework in sorted(known, key=lambda each: each.in_force_from))


@cache
def load(slug: str) -> Framework:
    """A framework that comes with Goldthread, by its slug. Raises FrameworkError when there is none of that name."""
    path = _FOLDER / f"{slug}.toml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        raise FrameworkError(f"There is no framework called “{slug}”; use one of {', '.join(slugs())}.")
    return read(path)


def read(path: Path) -> Framework:
    """The framework that a file describes. Raises FrameworkError, with the line, when anything in it is wrong."""
    try:
        sheet = Sheet.read(path)
        framework = _framework(sheet)
        if framework.slug != path.stem:
            sheet.fail("slug", f"the slug must be the file's name; write slug = “{path.stem}” or rename the file.")
        return framework
    except SheetError as error:
        raise FrameworkError(str(error)) from error


def _framework(sheet: Sheet) -> Framework:
    overall = sheet.flag("overall")
    grades = _grades(sheet)
    areas = _areas(sheet, grades)
    framework = Framework(
        slug=sheet.slug(),
        title=sheet.text("title"),
        short_title=sheet.text("short_title"),
        says=sheet.text("says"),
        source=sheet.text("source"),
        in_force_from=sheet.day("in_force_from"),
        in_force_to=sheet.day_or_none("in_force_to"),
        dates_checked=sheet.flag("dates_checked"),
        overall=overall,
        grades=grades,
        areas=areas,
        rules=_rules(sheet, grades, areas, overall),
        precedents=_precedents(sheet, grades, areas),
        timetables=_timetables(sheet),
        team=_team(sheet),
        requests=_requests(sheet),
        report=_report(sheet, areas),
        notes=_notes(sheet),
    )
    if framework.in_force_to and framework.in_force_to < framework.in_force_from:
        sheet.fail("in_force_to", "the framework ends before it begins; change one of the two dates.")
    if overall and not framework.key_areas:
        sheet.fail("areas", "an overall grade needs key areas; write key = true for at least one area.")
    sheet.done()
    return framework


def _grades(sheet: Sheet) -> tuple[Grade, ...]:
    tables = sheet.tables("grades", least=2)
    grades = tuple(
        Grade(each.slug(), each.text("title"), each.text("letter"), each.text("meaning"), rank)
        for rank, each in enumerate(tables, 1)
    )
    for each, grade in zip(tables, grades, strict=True):
        if len(grade.letter) != 1:
            each.fail("letter", "a grade has one letter, by which precedents write it.")
        each.done()
    unique(zip(tables, (grade.slug for grade in grades), strict=True), "slug")
    unique(zip(tables, (grade.letter for grade in grades), strict=True), "letter")
    return grades


def _areas(sheet: Sheet, grades: tuple[Grade, ...]) -> tuple[Area, ...]:
    tables = sheet.tables("areas")
    known = [each.slug() for each in tables]
    unique(zip(tables, known, strict=True), "slug")
    if OVERALL in known:
        tables[known.index(OVERALL)].fail("slug", f"“{OVERALL}” is kept for the overall judgement; name it otherwise.")
    areas = tuple(_area(each, known, grades) for each in tables)
    seen: dict[str, str] = {}
    for each, area in zip(tables, areas, strict=True):
        for criterion in area.criteria:
            if criterion.id in seen:
                each.table("criteria").fail(
                    criterion.id, f"criterion “{criterion.id}” is already used in “{seen[criterion.id]}”; rename one."
                )
            seen[criterion.id] = area.slug
    return areas


def _area(each: Sheet, known: list[str], grades: tuple[Grade, ...]) -> Area:
    slug = each.slug()
    parent = each.one_of("parent", [other for other in known if other != slug]) if "parent" in each else None
    descriptors = each.words_by_key("descriptors")
    for name in [*descriptors, *(grade.slug for grade in grades)]:
        if name not in descriptors:
            each.fail("descriptors", f"area “{slug}” does not say what “{name}” looks like; add {name} = “…”.")
        if name not in {grade.slug for grade in grades}:
            each.table("descriptors").fail(name, f"“{name}” is not a grade; use {_listed(grades)}.")
    criteria = tuple(Criterion(id, text) for id, text in each.words_by_key("criteria").items())
    if not criteria:
        each.fail("criteria", f"area “{slug}” has no criteria; write at least one.")
    area = Area(
        slug=slug,
        title=each.text("title"),
        short=each.text("short"),
        key=each.flag("key"),
        parent=parent,
        criteria=criteria,
        descriptors={grade.slug: descriptors[grade.slug] for grade in grades},
        checked=each.flag("checked"),
    )
    each.text_or("parent")
    each.done()
    return area


def _rules(sheet: Sheet, grades: tuple[Grade, ...], areas: tuple[Area, ...], overall: bool) -> tuple[LimitingRule, ...]:
    tables = sheet.tables("rules", least=0)
    rules = tuple(_rule(each, [g.slug for g in grades], [a.slug for a in areas]) for each in tables)
    unique(zip(tables, (rule.id for rule in rules), strict=True), "id")
    for each, rule in zip(tables, rules, strict=True):
        if rule.limits == OVERALL and not overall and rule.when != "every-inspection":
            each.fail("limits", "this framework gives no overall grade, so no grade can limit it; take the rule out.")
    return rules


def _rule(each: Sheet, grades: list[str], areas: list[str]) -> LimitingRule:
    when = each.one_of("when", ("some", "range", "every-inspection"))
    among = each.some_of("areas", areas) if when != "every-inspection" else ()
    at_least = each.count("at_least", least=1) if when == "some" else 0
    if at_least > len(among):
        each.fail("at_least", f"the rule names {len(among)} areas, so at_least cannot be {at_least}.")
    rule = LimitingRule(
        id=each.text("id"),
        says=each.text("says"),
        strength=each.one_of("strength", STRENGTHS),
        source=each.text("source"),
        observed=each.text("observed"),
        checked=each.flag("checked"),
        when=when,
        areas=among,
        at_least=at_least,
        grades=each.some_of("grades", grades) if when == "some" else (),
        limits=each.one_of("limits", (OVERALL, *areas)),
        to=each.some_of("to", grades) if when != "range" else (),
    )
    each.done()
    return rule


def _precedents(sheet: Sheet, grades: tuple[Grade, ...], areas: tuple[Area, ...]) -> tuple[Precedent, ...]:
    by_letter = {grade.letter: grade.slug for grade in grades}
    slugs_of_areas = [area.slug for area in areas]
    precedents = []
    for each in sheet.tables("precedents", least=0):
        among = each.some_of("areas", slugs_of_areas)
        counted = each.table("profiles")
        profiles = {}
        for letters in counted.names():
            if len(letters) != len(among) or set(letters) - set(by_letter):
                counted.fail(letters, f"“{letters}” must be {len(among)} letters out of {', '.join(by_letter)}.")
            profiles[tuple(by_letter[letter] for letter in letters)] = _counts(counted, letters, by_letter)
        precedents.append(
            Precedent(
                of=each.one_of("of", (OVERALL, *slugs_of_areas)),
                areas=among,
                source=each.text("source"),
                caution=each.text("caution"),
                profiles=profiles,
            )
        )
        each.done()
    return tuple(precedents)


def _counts(sheet: Sheet, key: str, by_letter: dict[str, str]) -> dict[str, int]:
    """How often each grade followed a profile, written “G 4, R 2”."""
    counts: dict[str, int] = {}
    for part in sheet.text(key).split(","):
        letter, _, number = part.strip().partition(" ")
        if letter not in by_letter or not number.isdecimal() or by_letter[letter] in counts:
            sheet.fail(
                key, f"“{part.strip()}” is not a count; write each grade's letter and a number, like “G 4, R 2”."
            )
        counts[by_letter[letter]] = int(number)
    return counts


def _timetables(sheet: Sheet) -> tuple[Timetable, ...]:
    tables = sheet.tables("timetables")
    timetables = tuple(Timetable(t.slug(), t.text("title"), t.text("says"), _phases(t)) for t in tables)
    unique(zip(tables, (each.slug for each in timetables), strict=True), "slug")
    for each in tables:
        each.done()
    return timetables


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


def _team(sheet: Sheet) -> tuple[Seat, ...]:
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


def _requests(sheet: Sheet) -> tuple[Request, ...]:
    tables = sheet.tables("requests")
    requests = tuple(
        Request(each.text("ref"), each.text("title"), each.text("says"), each.count("due"), each.flag("checked"))
        for each in tables
    )
    unique(zip(tables, (request.ref for request in requests), strict=True), "ref")
    for each in tables:
        each.done()
    return requests


def _report(sheet: Sheet, areas: tuple[Area, ...]) -> tuple[Section, ...]:
    tables = sheet.tables("report")
    sections = []
    for each in tables:
        kind = each.one_of("kind", SECTION_KINDS)
        area = each.one_of("area", [area.slug for area in areas]) if kind == "area" else None
        sections.append(Section(each.slug(), each.text("title"), kind, area))
        each.done()
    unique(zip(tables, (section.slug for section in sections), strict=True), "slug")
    for missing in [area.slug for area in areas if area.slug not in {section.area for section in sections}]:
        sheet.fail("report", f"no section of the report is about “{missing}”; add one with kind = “area”.")
    return tuple(sections)


def _notes(sheet: Sheet) -> tuple[Note, ...]:
    tables = sheet.tables("notes", least=0)
    notes = tuple(Note(n.text("title"), n.text("says"), n.text("source"), n.flag("checked")) for n in tables)
    for each in tables:
        each.done()
    return notes


def _listed(grades: tuple[Grade, ...]) -> str:
    return ", ".join(grade.slug for grade in grades)
