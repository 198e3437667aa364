"""Whether the conditions between questions hold together: no loop, nothing that can never be asked.

Conditions only ever narrow: each names the answers of one earlier question, and all of a question's must hold. So what
a question asks of all that come before it is the answers that its conditions, and theirs, have in common; where none
are left, or no child is left, it is dead. That is exact, and needs no trying out.
"""

from collections.abc import Iterable, Mapping

from goldthread.domain.instrument import Condition, Instrument, Question
from goldthread.domain.toml_sheet import Sheet


def check(instrument: Instrument, sections: Mapping[str, Sheet], asked: Iterable[Sheet]) -> None:
    """Refuse conditions on what is unknown, loops, what is asked too late, and questions that are never asked."""
    sheets = dict(zip((q.id for q in instrument.questions), asked, strict=True))
    for section in instrument.sections:
        _check_known(instrument, section.ask_if, sections[section.slug])
    for question in instrument.questions:
        _check_known(instrument, question.ask_if, sheets[question.id])
    _check_loops(instrument, sections, sheets)
    _check_order(instrument, sections, sheets)
    for question in instrument.questions:
        _check_alive(instrument, question, sheets[question.id])


def _check_known(instrument: Instrument, conditions: Iterable[Condition], sheet: Sheet) -> None:
    ids = {question.id: question for question in instrument.questions}
    seen: set[str] = set()
    for condition in conditions:
        found = ids.get(condition.question)
        if found is None:
            sheet.fail("ask_if", f"there is no question called “{condition.question}”; use {', '.join(ids)}.")
        if not found.answers:
            sheet.fail("ask_if", f"“{found.id}” is answered in words, so nothing can hang on it; name another.")
        for answer in condition.answers:
            if answer not in found.answers:
                sheet.fail("ask_if", f"“{answer}” is no answer to “{found.id}”; use {', '.join(found.answers)}.")
        if found.id in seen:
            sheet.fail("ask_if", f"“{found.id}” is named twice; put all answers into one condition.")
        seen.add(found.id)


def _check_loops(instrument: Instrument, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]) -> None:
    hangs = {q.id: [one.question for one in instrument.conditions(q)] for q in instrument.questions}
    done: set[str] = set()

    def follow(id: str, way: tuple[str, ...]) -> None:
        if id in way:
            loop = [*way[way.index(id) :], id]
            says = f"{' hangs on '.join(f'“{one}”' for one in loop)}: none would ever be asked; take one condition out."
            _sheet_of(instrument, instrument.question(way[-1]), id, sections, sheets).fail("ask_if", says)
        if id in done:
            return
        for earlier in hangs[id]:
            follow(earlier, (*way, id))
        done.add(id)

    for question in instrument.questions:
        follow(question.id, ())


def _check_order(instrument: Instrument, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]) -> None:
    order = [question.id for _, questions in instrument.on_page() for question in questions]
    for question in instrument.questions:
        for condition in instrument.conditions(question):
            if order.index(condition.question) > order.index(question.id):
                _sheet_of(instrument, question, condition.question, sections, sheets).fail(
                    "ask_if", f"“{condition.question}” is asked after “{question.id}”; move it above."
                )


def _sheet_of(
    instrument: Instrument, question: Question, names: str, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]
) -> Sheet:  # fmt: skip
    """Where a condition is written: with the question, or with its section."""
    own = any(condition.question == names for condition in question.ask_if)
    return sheets[question.id] if own else sections[question.section]


def _check_alive(instrument: Instrument, question: Question, sheet: Sheet) -> None:
    left: dict[str, set[str]] = {}
    children: set[str] | None = None
    for one in _before(instrument, question):
        for fits in (instrument.children, instrument.section(one.section).children, one.children):
            if fits:
                children = set(fits) if children is None else children & set(fits)
        for condition in instrument.conditions(one):
            left[condition.question] = left.get(condition.question, set(condition.answers)) & set(condition.answers)
    for id, answers in left.items():
        if not answers:
            sheet.fail("ask_if", f"“{question.id}” can never be asked: no answer to “{id}” fits all its conditions.")
    if children is not None and not children:
        key = "children" if question.children else "ask_if"
        sheet.fail(key, f"“{question.id}” can never be asked: no child fits it, its section and what it hangs on.")


def _before(instrument: Instrument, question: Question) -> list[Question]:
    """The question, and everything that it hangs on."""
    found, ways = [question], [question]
    while ways:
        for condition in instrument.conditions(ways.pop()):
            earlier = instrument.question(condition.question)
            if earlier not in found:
                found.append(earlier)
                ways.append(earlier)
    return found
