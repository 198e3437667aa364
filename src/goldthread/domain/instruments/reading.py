"""Reading an instrument from its file: sections, questions, the conditions between them, and what it must have."""

from collections.abc import Iterable

from goldthread.domain import frameworks
from goldthread.domain.instrument import (
    EVIDENCE,
    NOT_APPLICABLE,
    NOTES,
    OVERALL_PRACTICE,
    OVERALL_RECORD,
    URGENT,
    Condition,
    Instrument,
    ListCheck,
    Question,
    Section,
)
from goldthread.domain.instrument_words import CHILDREN, FACTS, KIND_SCALES, KINDS, THEMES
from goldthread.domain.instruments import logic
from goldthread.domain.scales import FOR_FILES, SCALES
from goldthread.domain.toml_sheet import Sheet, unique

LONGEST_ID, LONGEST_SLUG = 40, 60
"""As many letters as an answer, and a draw, keep."""


def instrument(sheet: Sheet) -> Instrument:
    """The instrument of a whole file. Raises SheetError, with the line, for whatever is wrong in it."""
    areas = tuple(dict.fromkeys(a.slug for f in frameworks.slugs() for a in frameworks.load(f).areas))
    parts, asked, closing = sheet.tables("sections"), sheet.tables("questions"), sheet.tables("overall")
    urgent = sheet.table("urgent")
    sections = tuple(_section(each) for each in parts)
    unique(zip(parts, (one.slug for one in sections), strict=True), "slug")
    end = _closing_section(sheet, parts, sections)
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
    _check_sections(parts, found)
    _check_closing(sheet, parts, found)
    logic.check(found, dict(zip((one.slug for one in sections), parts, strict=True)), asked)
    return found


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


def _closing_section(sheet: Sheet, parts: Iterable[Sheet], sections: tuple[Section, ...]) -> str:
    closing = [(part, one) for part, one in zip(parts, sections, strict=True) if one.closing]
    if not closing:
        sheet.fail(
            "sections",
            "no section is the closing one; write closing = true in the section that asks what difference it made.",
        )
    for part, _ in closing[1:]:
        part.fail("closing", "another section is the closing one already; leave one.")
    part, found = closing[0]
    if found != sections[-1]:
        part.fail("closing", "the closing section must be the last; move it below the others.")
    if found.ask_if or found.children:
        part.fail("ask_if" if found.ask_if else "children", "the closing section is always asked; take this out.")
    return found.slug


def _check_sections(parts: Iterable[Sheet], found: Instrument) -> None:
    """A section without a question is a slip."""
    for part, (section, questions) in zip(parts, found.on_page(), strict=True):
        if not questions:
            part.fail("slug", f"section “{section.slug}” has no question; give it one, or take it out.")


def _check_closing(sheet: Sheet, parts: list[Sheet], found: Instrument) -> None:
    """Every instrument asks what difference the work made, and grades practice and record apart."""
    ids = [question.id for question in found.overall]
    for wanted in (OVERALL_PRACTICE, OVERALL_RECORD):
        if wanted not in ids:
            sheet.fail("overall", f"practice and record are graded apart; add an [[overall]] with id = “{wanted}”.")
    end = found.closing.slug
    if not any(q.section == end and q.theme == "impact" and not q.ask_if and not q.children for q in found.questions):
        parts[-1].fail(
            "slug",
            "the closing section must ask of everybody what difference the work made to the child; "
            "add a question of theme “impact” to it.",
        )
