"""The frameworks that are known, and how a file becomes one.

A file is checked whole before it is used: a framework with a slip in it would mislead an inspection for weeks.
"""

from functools import cache
from pathlib import Path

from goldthread.domain.framework import Area, Framework
from goldthread.domain.frameworks import read_items, read_judging, read_work
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError

_FOLDER = Path(__file__).parent


class FrameworkError(ValueError):
    """A framework's file is missing or cannot be used. The message names the file, the line and the mending."""


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of the frameworks that come with Goldthread, oldest first."""
    known = [read(path) for path in _FOLDER.glob("*.toml")]
    return tuple(framework.slug for framework in sorted(known, key=lambda each: (each.in_force_from, each.slug)))


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


def read_text(text: str, file: str) -> Framework:
    """The framework that the text of a file describes. Raises FrameworkError, with the line, as `read` does."""
    try:
        return _framework(Sheet.of_text(file, text))
    except SheetError as error:
        raise FrameworkError(str(error)) from error


def _framework(sheet: Sheet) -> Framework:
    overall, graded = sheet.flag("overall"), sheet.flag("graded", True)
    if overall and not graded:
        sheet.fail("overall", "a framework without grades has no overall grade; write overall = false.")
    items = read_items.item_words(sheet)
    grades = read_judging.grades(sheet, graded)
    areas = read_judging.areas(sheet, grades, items is not None)
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
        rules=read_judging.rules(sheet, grades, areas, overall),
        precedents=read_judging.precedents(sheet, grades, areas),
        timetables=read_work.timetables(sheet),
        team=read_work.team(sheet),
        requests=read_work.requests(sheet),
        report=read_work.report(sheet, areas, graded),
        notes=read_work.notes(sheet),
        items=items,
    )
    if framework.in_force_to and framework.in_force_to < framework.in_force_from:
        sheet.fail("in_force_to", "the framework ends before it begins; change one of the two dates.")
    if overall and not framework.key_areas:
        sheet.fail("areas", "an overall grade needs key areas; write key = true for at least one area.")
    _check_items(sheet, areas, items is not None)
    sheet.done()
    return framework


def _check_items(sheet: Sheet, areas: tuple[Area, ...], rates_items: bool) -> None:
    """Items are named once in the whole framework; ratings that nothing uses are a slip."""
    seen: dict[str, str] = {}
    for each, area in zip(sheet.tables("areas"), areas, strict=True):
        for item in area.roll_up.items if area.roll_up else ():
            if item.id in seen:
                each.fail("roll_up", f"item “{item.id}” is already used in “{seen[item.id]}”; rename one.")
            seen[item.id] = area.slug
    if rates_items and not seen:
        sheet.fail("items", "no area has items to rate; add a roll_up to one, or take this table out.")
