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
    """The entries of one of a framework's lists; the phases are those of its first timetable."""
    if part == "phases":
        return of.timetables[0].phases
    found: tuple[Any, ...] = getattr(of, part)
    return found


def with_entries(of: Framework, part: str, held: Sequence[Any]) -> Framework:
    """The framework with other entries in one of its lists.

    Phases are put in the order of their days, grades keep their ranks, and every area has its section of the report.
    """
    if part == "phases":
        phases = tuple(sorted(held, key=lambda one: (one.start, one.end)))
        first = replace(of.timetables[0], phases=phases)
        return replace(of, timetables=(first, *of.timetables[1:]))
    if part == "areas":
        kept = {area.slug for area in held}
        report = [one for one in of.report if one.area is None or one.area in kept]
        told = {one.area for one in report}
        missing = [Section(area.slug, area.title, "area", area.slug) for area in held if area.slug not in told]
        return replace(of, areas=tuple(held), report=_before_last(report, missing))
    changed: dict[str, Any] = {part: tuple(held)}
    return replace(of, **changed)


def _before_last(report: list[Section], more: list[Section]) -> tuple[Section, ...]:
    """New sections about areas stand after the last that is about one."""
    last = max((place for place, one in enumerate(report, 1) if one.kind == "area"), default=len(report))
    return (*report[:last], *more, *report[last:])
