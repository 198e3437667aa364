"""Whether the parts of an instrument go together: its closing section, its closing grades, its conditions.

Each thing that is wrong is told by itself, so that a file can be refused at the first and a draft can show them all.
"""

from collections.abc import Iterator, Sequence

from goldthread.domain.instrument import OVERALL_PRACTICE, OVERALL_RECORD, Instrument
from goldthread.domain.instruments import logic
from goldthread.domain.toml_sheet import Sheet, SheetError

CLOSING_GRADES = {OVERALL_PRACTICE: "practice", OVERALL_RECORD: "record"}


def problems(
    found: Instrument, sheet: Sheet, sections: Sequence[Sheet], questions: Sequence[Sheet]
) -> Iterator[SheetError]:
    """Everything that does not go together, each at its table; nothing for an instrument that can be used."""
    yield from _closing_section(found, sheet, sections)
    yield from _empty_sections(found, sections)
    yield from _closing_grades(found, sheet)
    yield from _impact(found, sections)
    named = dict(zip((one.slug for one in found.sections), sections, strict=True))
    yield from logic.problems(found, named, questions)


def _closing_section(found: Instrument, sheet: Sheet, parts: Sequence[Sheet]) -> Iterator[SheetError]:
    closing = [(part, one) for part, one in zip(parts, found.sections, strict=True) if one.closing]
    if not closing:
        yield sheet.error(
            "sections",
            "no section is the closing one; write closing = true in the section that asks what difference it made.",
            "No section is the closing one. Say in the last section that it closes the review.",
        )
        return
    for part, one in closing[1:]:
        yield part.error(
            "closing",
            "another section is the closing one already; leave one.",
            f"“{one.title}” and “{closing[0][1].title}” are both the closing section. Leave one.",
        )
    part, end = closing[0]
    if end != found.sections[-1] and len(closing) == 1:
        yield part.error(
            "closing",
            "the closing section must be the last; move it below the others.",
            f"“{end.title}” closes the review, and other sections stand below it. Move it down to the end.",
        )
    if end.ask_if or end.children:
        yield part.error(
            "ask_if" if end.ask_if else "children",
            "the closing section is always asked; take this out.",
            f"“{end.title}” closes every review, so it is always asked. Take its conditions out.",
        )


def _empty_sections(found: Instrument, parts: Sequence[Sheet]) -> Iterator[SheetError]:
    """A section without a question is a slip."""
    for part, (section, questions) in zip(parts, found.on_page(), strict=True):
        if not questions:
            yield part.error(
                "slug",
                f"section “{section.slug}” has no question; give it one, or take it out.",
                f"“{section.title}” has no question. Give it one, or take the section out.",
            )


def _closing_grades(found: Instrument, sheet: Sheet) -> Iterator[SheetError]:
    """Practice and record are graded apart."""
    ids = [question.id for question in found.overall]
    for wanted, of in CLOSING_GRADES.items():
        if wanted not in ids:
            yield sheet.error(
                "overall",
                f"practice and record are graded apart; add an [[overall]] with id = “{wanted}”.",
                f"The closing grade for the {of} is missing. Write its words under “Closing grades”.",
            )


def _impact(found: Instrument, parts: Sequence[Sheet]) -> Iterator[SheetError]:
    """Every instrument asks of everybody what difference the work made."""
    end = next((one for one in found.sections if one.closing), None)
    if end is None:
        return
    if not any(
        q.section == end.slug and q.theme == "impact" and not q.ask_if and not q.children for q in found.questions
    ):
        yield parts[found.sections.index(end)].error(
            "slug",
            "the closing section must ask of everybody what difference the work made to the child; "
            "add a question of theme “impact” to it.",
            f"“{end.title}” must ask of every child what difference the work made. Add a question on the theme "
            "“Impact on the child” to it, without conditions.",
        )
