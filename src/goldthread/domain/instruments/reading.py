"""Reading an instrument from its file: sections, questions, the conditions between them, and what it must have."""

from dataclasses import dataclass

from goldthread.domain import frameworks
from goldthread.domain.instrument import (
    EVIDENCE,
    NOT_APPLICABLE,
    NOTES,
    URGENT,
    Condition,
    Instrument,
    ListCheck,
    Question,
    Section,
)
from goldthread.domain.instrument_words import CHILDREN, FACTS, KIND_SCALES, KINDS, THEMES
from goldthread.domain.instruments import checking
from goldthread.domain.scales import FOR_FILES, SCALES
from goldthread.domain.toml_sheet import Sheet, unique

LONGEST_ID, LONGEST_SLUG = 40, 60
"""As many letters as an answer, and a draw, keep."""

MOST_QUESTIONS = 300
"""More than three times those of the longest that comes with Goldthread; nobody would answer more."""


@dataclass(frozen=True, slots=True)
class Read:
    """An instrument as its file holds it, each section and question beside the table that it was read from."""

    found: Instrument
    sheet: Sheet
    sections: tuple[Sheet, ...]
    questions: tuple[Sheet, ...]


def instrument(sheet: Sheet, more_areas: tuple[str, ...] = ()) -> Instrument:
    """The instrument of a whole file. Raises SheetError, with the line, for whatever is wrong in it.

    `more_areas` are areas that a question may name besides those of the frameworks that come with Goldthread.
    """
    held = parsed(sheet, more_areas)
    for wrong in checking.problems(held.found, held.sheet, held.sections, held.questions):
        raise wrong
    return held.found


def parsed(sheet: Sheet, more_areas: tuple[str, ...] = ()) -> Read:
    """The instrument of a file of which each table is sound; whether they go together is for `checking` to say.

    Raises SheetError, with the line, for a table that cannot be used.
    """
    areas = tuple(dict.fromkeys([*(a.slug for f in frameworks.slugs() for a in frameworks.load(f).areas), *more_areas]))
    parts, asked, closing = sheet.tables("sections"), sheet.tables("questions"), sheet.tables("overall")
    urgent = sheet.table("urgent")
    if len(asked) > MOST_QUESTIONS:
        sheet.fail("questions", f"{len(asked)} questions are too many; an instrument has at most {MOST_QUESTIONS}.")
    sections = tuple(_section(each) for each in parts)
    unique(zip(parts, (one.slug for one in sections), strict=True), "slug")
    end = next((one.slug for one in sections if one.closing), "")
    found = Instrument(
        slug=sheet.slug(),
        title=sheet.text("title"),
        says=sheet.text("says"),
        source=sheet.text("source"),
        version=_version(sheet),
        children=_children(sheet),
        sections=sections,
        questions=tuple(_question(each, areas, sections) for each in asked),
        overall=tuple(_closing(each, end) for each in closing),
        urgent=Question(URGENT, urgent.text("text"), urgent.text("help"), "flag", "safety", may_not_apply=False),
        checks=_checks(sheet),
    )
    urgent.done()
    tables = [*asked, *closing]
    unique(zip(tables, (q.id for q in (*found.questions, *found.overall)), strict=True), "id")
    sheet.done()
    return Read(found, sheet, tuple(parts), tuple(asked))


def _version(sheet: Sheet) -> int:
    version, slug = sheet.count("version", least=1), sheet.slug()
    if len(slug) > LONGEST_SLUG:
        sheet.fail("slug", f"a slug has at most {LONGEST_SLUG} letters; shorten it.")
    if not slug.endswith(f"-{version}"):
        sheet.fail("version", f"the slug must end in the version; write slug = “{slug}-{version}”, or another version.")
    return version


def _section(each: Sheet) -> Section:
    found = Section(
        slug=each.slug(),
        title=each.text("title"),
        says=each.text_or("says"),
        closing=each.flag("closing", False),
        children=_children(each),
        ask_if=_conditions(each),
    )
    each.done()
    return found


def _question(each: Sheet, areas: tuple[str, ...], sections: tuple[Section, ...]) -> Question:
    kind = each.one_of("kind", KINDS)
    scale = each.one_of("scale", FOR_FILES) if "scale" in each else ""
    each.may_have("scale")
    values = SCALES[scale or KIND_SCALES[kind]].values
    if not values and "reason_for" in each:
        each.fail("reason_for", "a question that is answered in words is its own reason; take reason_for out.")
    if values and "required" in each:
        each.fail("required", "only a question in words may be left empty; take required out.")
    question = Question(
        id=_id(each),
        text=each.text("text"),
        help=each.text("help"),
        kind=kind,
        theme=each.one_of("theme", THEMES),
        areas=each.some_of("areas", areas) if "areas" in each else (),
        may_not_apply=each.flag("may_not_apply", True),
        section=each.one_of("section", [one.slug for one in sections]),
        scale=scale,
        guidance=each.text_or("guidance"),
        reason_for=each.some_of("reason_for", values) if "reason_for" in each else None,
        evidence=each.one_of("evidence", EVIDENCE) if "evidence" in each else "none",
        facts=each.some_of("facts", FACTS) if "facts" in each else (),
        children=_children(each),
        ask_if=_conditions(each),
        required=each.flag("required", True),
    )
    for key in ("areas", "reason_for", "evidence", "facts"):
        each.may_have(key)
    each.done()
    return question


def _children(each: Sheet) -> tuple[str, ...]:
    each.may_have("children")
    return each.some_of("children", CHILDREN) if "children" in each else ()


def _conditions(each: Sheet) -> tuple[Condition, ...]:
    """Conditions as they are written; what they name is looked up when every question is known."""
    each.may_have("ask_if")
    found = []
    for one in each.tables("ask_if") if "ask_if" in each else ():
        found.append(Condition(one.text("question"), one.words("is")))
        one.done()
        if not found[-1].answers:
            each.fail("ask_if", "“is” names no answer, so nothing would ever be asked; name one or more.")
    return tuple(found)


def _closing(each: Sheet, section: str) -> Question:
    """A closing grade: always graded, always with a reason, never not applicable."""
    id, text, help = _id(each), each.text("text"), each.text("help")
    question = Question(id, text, help, "practice", "overall", may_not_apply=False, section=section)
    each.done()
    return question


def _checks(sheet: Sheet) -> tuple[ListCheck, ...]:
    sheet.may_have("checks")
    found = []
    for each in sheet.tables("checks") if "checks" in sheet else ():
        found.append(ListCheck(each.text("code"), each.text("says"), each.text("cannot")))
        each.done()
    return tuple(found)


def _id(each: Sheet) -> str:
    id = each.slug("id")
    if id in (URGENT, NOT_APPLICABLE, *NOTES):
        each.fail("id", f"“{id}” is kept for another use; give the question another id.")
    if len(id) > LONGEST_ID:
        each.fail("id", f"an id has at most {LONGEST_ID} letters; shorten “{id}”.")
    return id
