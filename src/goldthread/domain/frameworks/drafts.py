"""A framework while a council writes its own: the least that is one, and what its lists are changed by."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from goldthread.domain.framework import (
    Area,
    Criterion,
    Framework,
    Grade,
    Phase,
    Request,
    Seat,
    Section,
    Timetable,
)
from goldthread.domain.scales import GRADES, words_of

SAYS_SO = "Say it here."


def blank(slug: str, title: str, day: date) -> Framework:
    """The least that is a framework: one area on the four grades, one phase, one seat, one request, a report."""
    grades = tuple(
        Grade(grade, words_of(grade), words_of(grade)[0], f"What “{words_of(grade).lower()}” means here.", rank)
        for rank, grade in enumerate(GRADES, 1)
    )
    area = Area(
        slug="practice", title="Practice with children and families", short="Practice", key=True, parent=None,
        criteria=(Criterion("heard", "Children are seen and heard, and it makes a difference."),),
        descriptors={grade.slug: SAYS_SO for grade in grades}, checked=True,
    )  # fmt: skip
    phase = Phase("fieldwork", "Fieldwork", "Files are read and people are talked to.", 0, 9, True, True)
    return Framework(
        slug=slug, title=title, short_title=title, says=SAYS_SO, source="Our own.", in_force_from=day,
        in_force_to=None, dates_checked=True, overall=False, grades=grades, areas=(area,), rules=(), precedents=(),
        timetables=(Timetable("usual", "The usual programme", SAYS_SO, (phase,)),),
        team=(Seat("lead", "Lead", 1, "Leads it and answers for it.", True),),
        requests=(Request("1", "Child-level lists", "The lists from which files are drawn.", 0, True),),
        report=(
            Section("summary", "Summary", "summary", None), Section("judgements", "Judgements", "judgements", None),
            Section("practice", "Practice with children and families", "area", "practice"),
            Section("improve", "What needs to improve", "improve", None),
        ),
        notes=(),
    )  # fmt: skip


def entries(of: Framework, part: str) -> tuple[Any, ...]:
    """The entries of one of a framework's lists.

    `phases` are those of its first timetable and `phases-…` those of another; `ratings` is what ratings of items are
    called, where items are rated; and `rated` are the areas, for their items.
    """
    if part.startswith("phases"):
        return of.timetables[_timetable(of, part)].phases
    if part == "ratings":
        return (of.items,) if of.items else ()
    found: tuple[Any, ...] = getattr(of, "areas" if part == "rated" else part)
    return found


def with_entries(of: Framework, part: str, held: Sequence[Any]) -> Framework:
    """The framework with other entries in one of its lists.

    Phases are put in the order of their days, grades are ranked in their order, every area says what the grades that
    are left look like and has its section of the report. Without words for ratings, no items are rated.
    """
    if part.startswith("phases"):
        phases, at = tuple(sorted(held, key=lambda one: (one.start, one.end))), _timetable(of, part)
        tables = (replace(one, phases=phases) if n == at else one for n, one in enumerate(of.timetables))
        return replace(of, timetables=tuple(tables))
    if part == "ratings":
        if held:
            return replace(of, items=held[0])
        return replace(of, items=None, areas=tuple(replace(area, roll_up=None) for area in of.areas))
    if part == "rated":
        return replace(of, areas=tuple(held))
    if part == "grades":
        grades = tuple(replace(one, rank=rank) for rank, one in enumerate(held, 1))
        return replace(of, grades=grades, areas=tuple(_described(area, grades) for area in of.areas))
    if part == "areas":
        kept = {area.slug for area in held}
        report = [one for one in of.report if one.area is None or one.area in kept]
        told = {one.area for one in report}
        missing = [Section(area.slug, area.title, "area", area.slug) for area in held if area.slug not in told]
        return replace(of, areas=tuple(held), report=_before_last(report, missing))
    changed: dict[str, Any] = {part: tuple(held)}
    return replace(of, **changed)


def why_it_stays(of: Framework, part: str, entry: Any) -> str:
    """Why an entry cannot be taken out, where another part of the framework leans on it; nothing where none does."""
    match part:
        case "grades":
            return _why_a_grade_stays(of, entry)
        case "areas":
            parts = [one.title for one in of.areas if one.parent == entry.slug]
            return f"“{parts[0]}” is part of it. Change that area first." if parts else ""
        case "timetables":
            return "A framework has at least one kind of inspection." if len(of.timetables) == 1 else ""
    return ""


def _why_a_grade_stays(of: Framework, entry: Grade) -> str:
    if len(of.grades) <= 2:
        return "A scale has at least two grades."
    rule = next((one for one in of.rules if entry.slug in (*one.grades, *one.to)), None)
    if rule is not None:
        return f"The rule “{rule.says}” names it. Change the rule, or take it out, first."
    for one in of.precedents:
        if any(entry.slug in (*profile, *counts) for profile, counts in one.profiles.items()):
            return "What was judged before tells of it. Change those results, or take them out, first."
    return ""


def _described(area: Area, grades: tuple[Grade, ...]) -> Area:
    told = area.descriptors
    return replace(area, descriptors={one.slug: told[one.slug] for one in grades if one.slug in told})


def _timetable(of: Framework, part: str) -> int:
    slug = part.removeprefix("phases").removeprefix("-")
    return next(at for at, one in enumerate(of.timetables) if not slug or one.slug == slug)


def _before_last(report: list[Section], more: list[Section]) -> tuple[Section, ...]:
    """New sections about areas stand after the last that is about one."""
    last = max((place for place, one in enumerate(report, 1) if one.kind == "area"), default=len(report))
    return (*report[:last], *more, *report[last:])
