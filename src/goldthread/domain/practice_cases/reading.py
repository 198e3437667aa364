"""Reading a practice case from its file: each question that applies has a model answer, each citation a paragraph."""

from collections.abc import Mapping

from goldthread.domain import instruments
from goldthread.domain.instrument import Instrument, not_asked
from goldthread.domain.instrument_words import CHILDREN
from goldthread.domain.practice_case import PARTS, ModelAnswer, Paragraph, PracticeCase
from goldthread.domain.toml_sheet import Sheet, unique


def practice_case(sheet: Sheet) -> PracticeCase:
    """The case of a whole file. Raises SheetError, with the line, for whatever is wrong in it."""
    instrument = instruments.load(sheet.one_of("instrument", instruments.slugs()))
    group = sheet.one_of("group", CHILDREN)
    paragraphs = tuple(_paragraph(number, one) for number, one in enumerate(sheet.tables("paragraphs"), 1))
    told = sheet.tables("answers")
    unique([(one, one.text("question")) for one in told], "question")
    answers = {one.question: one for one in (_answer(each, instrument, len(paragraphs)) for each in told)}
    _complete(sheet, told, instrument, answers, group)
    found = PracticeCase(
        sheet.slug(), sheet.text("title"), sheet.text("child"), group, sheet.text("says"),
        sheet.count("minutes", least=1), instrument.slug, sheet.text("lesson"), paragraphs, answers,
    )  # fmt: skip
    sheet.done()
    return found


def _paragraph(number: int, sheet: Sheet) -> Paragraph:
    found = Paragraph(number, sheet.one_of("part", PARTS), sheet.text("text"), sheet.day_or_none("day"))
    sheet.done()
    return found


def _answer(sheet: Sheet, instrument: Instrument, paragraphs: int) -> ModelAnswer:
    question = instrument.question(sheet.one_of("question", [one.id for one in instrument.all_questions]))
    value = sheet.one_of("value", question.answers)
    see = sheet.numbers("see", most=paragraphs)
    if not see:
        sheet.fail("see", "name at least one paragraph of the file, counted from 1.")
    found = ModelAnswer(question.id, value, sheet.text("why"), see)
    sheet.done()
    return found


def _complete(
    sheet: Sheet, told: list[Sheet], instrument: Instrument, answers: Mapping[str, ModelAnswer], group: str
) -> None:
    left = not_asked(instrument, {id: one.value for id, one in answers.items()}, group)
    for question in instrument.all_questions:
        if not question.in_words and question.id not in left and question.id not in answers:
            sheet.fail(None, f"“{question.id}” has no model answer; write one under its own [[answers]].")
    for one, id in zip(told, answers, strict=True):
        if id in left:
            one.fail("question", f"“{id}” is not asked of this child after these answers; take its answer out.")
