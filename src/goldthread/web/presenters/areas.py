"""What the areas, criteria and grades of an inspection's framework are called."""

from dataclasses import dataclass
from typing import Any

from goldthread.apps.drafting import known
from goldthread.domain.framework import CHECK_NOTE, OVERALL, Area, Framework

OVERALL_TITLE = "Overall effectiveness"


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """A grade as a form offers it, with what it looks like in the area."""

    slug: str
    title: str
    looks_like: str


def framework_of(inspection: Any) -> Framework:
    """The framework under which an inspection runs."""
    return known.framework(inspection.framework)


def titles(inspection: Any) -> dict[str, str]:
    """The title of each area by its slug, the whole under “overall”."""
    return {**{area.slug: area.title for area in framework_of(inspection).areas}, OVERALL: OVERALL_TITLE}


def shorts(inspection: Any) -> dict[str, str]:
    """The short title of each area by its slug, the whole under “overall”."""
    return {**{area.slug: area.short for area in framework_of(inspection).areas}, OVERALL: "Overall"}


def choices(inspection: Any) -> list[tuple[str, str]]:
    """The areas as a form offers them."""
    return [(area.slug, area.title) for area in framework_of(inspection).areas]


def criteria_choices(inspection: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The criteria of every area, grouped by the area's title."""
    return [(area.title, criteria_of(area)) for area in framework_of(inspection).areas]


def criteria_of(area: Area) -> list[tuple[str, str]]:
    """The criteria of one area as a form offers them."""
    return [(one.id, one.text) for one in area.criteria]


def grade_choices(framework: Framework, area: str) -> list[GradeChoice]:
    """The grades, best first, each with what it looks like in the area; for the whole, with its meaning."""
    looks = {} if area == OVERALL else framework.area(area).descriptors
    return [GradeChoice(one.slug, one.title, looks.get(one.slug, one.meaning)) for one in framework.grades]


def grade_titles(framework: Framework, grades: tuple[str, ...]) -> str:
    """Grades in words: “good or requires improvement”."""
    words = [framework.grade(one).title for one in grades]
    words = [words[0], *(word[0].lower() + word[1:] for word in words[1:])] if words else []
    return " or ".join(words) if len(words) < 3 else ", ".join(words[:-1]) + " or " + words[-1]


def check_note(checked: bool) -> str:
    """What stands beside anything that was not read in the published text."""
    return "" if checked else CHECK_NOTE
