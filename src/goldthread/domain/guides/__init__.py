"""Guides to conversations: what to say first, what to ask whom, and what to say at the end.

Each is a file beside this one. A question may be meant for some frameworks alone; what names none is asked under each.
A framework of a council's own is asked the questions that name none.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from goldthread.domain import frameworks
from goldthread.domain.hearing import AGES, AGES_OF, GROUPS
from goldthread.domain.toml_sheet import SLUG, Sheet, SheetError

_FOLDER = Path(__file__).parent


class GuideError(ValueError):
    """A guide is missing or cannot be used. The message names the file, the line and the mending."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, what to listen for in the answer, and the frameworks under which it is asked (none: all)."""

    text: str
    listen: str = ""
    frameworks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide. `ages` are those for whom it is worded; none: age is not asked about."""

    slug: str
    title: str
    group: str
    ages: tuple[str, ...]
    minutes: int
    opening: str
    closing: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many questions it has."""
        return sum(len(part.questions) for part in self.parts)


@cache
def slugs() -> tuple[str, ...]:
    """The slugs of all guides, in the order of the groups and their ages."""
    held = [read_text(path.read_text("utf-8"), path.name) for path in _FOLDER.glob("*.toml")]
    groups, ages = list(GROUPS), list(AGES)
    order = sorted(held, key=lambda one: (groups.index(one.group), [ages.index(age) for age in one.ages]))
    return tuple(one.slug for one in order)


@cache
def load(slug: str) -> Guide:
    """A guide with all its questions. Raises GuideError when there is none of that name."""
    path = _FOLDER / f"{slug}.toml"
    if not SLUG.fullmatch(slug) or not path.is_file():
        raise GuideError(f"There is no guide called “{slug}”; use one of {', '.join(slugs())}.")
    return read_text(path.read_text("utf-8"), path.name)


def of_framework(slug: str, framework: str) -> Guide:
    """A guide with the questions that are asked under a framework. Raises GuideError."""
    guide = load(slug)
    parts = (
        replace(part, questions=tuple(q for q in part.questions if not q.frameworks or framework in q.frameworks))
        for part in guide.parts
    )
    return replace(guide, parts=tuple(part for part in parts if part.questions))


def guide_for(group: str, age: str = "") -> str:
    """The slug of the guide for somebody of a group and age: the first of the group where none is for that age."""
    held = [load(slug) for slug in slugs()]
    of_group = [one for one in held if one.group == group]
    return next((one.slug for one in of_group if age in one.ages), of_group[0].slug)


def read_text(text: str, file: str) -> Guide:
    """The guide that the text of a file describes. Raises GuideError, with the line, when it is wrong."""
    try:
        sheet = Sheet.of_text(file, text)
        group = sheet.one_of("group", GROUPS)
        allowed = AGES_OF.get(group, ())
        found = Guide(
            sheet.slug(), sheet.text("title"), group, sheet.some_of("ages", allowed) if "ages" in sheet else (),
            sheet.count("minutes", least=1), sheet.text("opening"), sheet.text("closing"),
            tuple(_part(one) for one in sheet.tables("parts")),
        )  # fmt: skip
        sheet.may_have("ages")
        sheet.done()
        if f"{found.slug}.toml" != file:
            sheet.fail("slug", f"the slug must be the file's name; write slug = “{file.removesuffix('.toml')}”.")
        if allowed and not found.ages:
            sheet.fail(None, f"“ages” is missing; say for which of {', '.join(allowed)} it is worded.")
        return found
    except SheetError as error:
        raise GuideError(str(error)) from error


def _part(sheet: Sheet) -> Part:
    found = Part(sheet.text("title"), tuple(_question(one) for one in sheet.tables("questions")))
    sheet.done()
    return found


def _question(sheet: Sheet) -> Question:
    named = sheet.some_of("frameworks", frameworks.slugs()) if "frameworks" in sheet else ()
    found = Question(sheet.text("text"), sheet.text_or("listen"), named)
    sheet.may_have("frameworks")
    sheet.done()
    return found
