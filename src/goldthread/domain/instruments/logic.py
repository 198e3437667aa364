"""Whether the conditions between questions hold together: no loop, nothing that can never be asked.

Conditions only ever narrow: each names the answers of one earlier question, and all of a question's must hold. So what
a question asks of all that come before it is the answers that its conditions, and theirs, have in common; where none
are left, or no child is left, it is dead. That is exact, and needs no trying out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldthread.domain.instrument import Condition, Instrument, Question
from goldthread.domain.scales import words_of
from goldthread.domain.toml_sheet import Sheet, SheetError


def problems(instrument: Instrument, sections: Mapping[str, Sheet], asked: Sequence[Sheet]) -> Iterator[SheetError]:
    """Conditions on what is unknown, loops, what is asked too late, and questions that are never asked.

    While a condition names what there is not, or two hang on each other, nothing more can be said of the rest.
    """
    sheets = dict(zip((q.id for q in instrument.questions), asked, strict=True))
    stages = (
        lambda: _unknown(instrument, sections, sheets),
        lambda: _loops(instrument, sections, sheets),
        lambda: (*_too_late(instrument, sections, sheets), *_dead(instrument, sheets)),
    )
    for stage in stages:
        found = tuple(stage())
        yield from found
        if found:
            return


def _unknown(
    instrument: Instrument, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]
) -> Iterator[SheetError]:
    for section in instrument.sections:
        yield from _of_conditions(instrument, f"Section “{section.title}”", section.ask_if, sections[section.slug])
    for question in instrument.questions:
        yield from _of_conditions(instrument, f"“{question.text}”", question.ask_if, sheets[question.id])


def _of_conditions(
    instrument: Instrument, whose: str, conditions: Iterable[Condition], sheet: Sheet
) -> Iterator[SheetError]:
    ids = {question.id: question for question in instrument.questions}
    seen: set[str] = set()
    for condition in conditions:
        found = ids.get(condition.question)
        if found is None:
            yield sheet.error(
                "ask_if",
                f"there is no question called “{condition.question}”; use {', '.join(ids)}.",
                f"{whose} is asked only after a question that is not there any more. Choose another, or none.",
            )
            continue
        if not found.answers:
            yield sheet.error(
                "ask_if",
                f"“{found.id}” is answered in words, so nothing can hang on it; name another.",
                f"{whose} hangs on “{found.text}”, which is answered in words. Choose another question, or none.",
            )
            continue
        for answer in condition.answers:
            if answer not in found.answers:
                yield sheet.error(
                    "ask_if",
                    f"“{answer}” is no answer to “{found.id}”; use {', '.join(found.answers)}.",
                    f"{whose} waits for the answer “{words_of(answer)}”, which “{found.text}” does not offer.",
                )
        if found.id in seen:
            yield sheet.error("ask_if", f"“{found.id}” is named twice; put all answers into one condition.")
        seen.add(found.id)


def _loops(instrument: Instrument, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]) -> Iterator[SheetError]:
    hangs = {q.id: [one.question for one in instrument.conditions(q)] for q in instrument.questions}
    done: set[str] = set()
    told: set[frozenset[str]] = set()

    def follow(id: str, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if id in way:
            yield (*way[way.index(id) :], id)
            return
        if id in done:
            return
        for earlier in hangs[id]:
            yield from follow(earlier, (*way, id))
        done.add(id)

    for question in instrument.questions:
        for loop in follow(question.id, ()):
            if frozenset(loop) not in told:
                told.add(frozenset(loop))
                yield _loop(instrument, loop, sections, sheets)


def _loop(
    instrument: Instrument, loop: tuple[str, ...], sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]
) -> SheetError:
    words = [instrument.question(one).text for one in loop]
    return _sheet_of(instrument, instrument.question(loop[-2]), loop[-1], sections, sheets).error(
        "ask_if",
        f"{' hangs on '.join(f'“{one}”' for one in loop)}: none would ever be asked; take one condition out.",
        f"{' is asked only after '.join(f'“{one}”' for one in words)}. That is a circle, and none would ever be asked. "
        "Take one condition out.",
    )


def _too_late(
    instrument: Instrument, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]
) -> Iterator[SheetError]:
    order = [question.id for _, questions in instrument.on_page() for question in questions]
    for question in instrument.questions:
        for condition in instrument.conditions(question):
            if order.index(condition.question) > order.index(question.id):
                later = instrument.question(condition.question)
                yield _sheet_of(instrument, question, condition.question, sections, sheets).error(
                    "ask_if",
                    f"“{condition.question}” is asked after “{question.id}”; move it above.",
                    f"“{question.text}” hangs on “{later.text}”, which is asked below it. Move one of them.",
                )


def _sheet_of(
    instrument: Instrument, question: Question, names: str, sections: Mapping[str, Sheet], sheets: Mapping[str, Sheet]
) -> Sheet:  # fmt: skip
    """Where a condition is written: with the question, or with its section."""
    own = any(condition.question == names for condition in question.ask_if)
    return sheets[question.id] if own else sections[question.section]


def _dead(instrument: Instrument, sheets: Mapping[str, Sheet]) -> Iterator[SheetError]:
    for question in instrument.questions:
        if found := _why_dead(instrument, question, sheets[question.id]):
            yield found


def _why_dead(instrument: Instrument, question: Question, sheet: Sheet) -> SheetError | None:
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
            return sheet.error(
                "ask_if",
                f"“{question.id}” can never be asked: no answer to “{id}” fits all its conditions.",
                f"“{question.text}” can never be asked: no answer to “{instrument.question(id).text}” fits all that it "
                "and its section wait for. Take a condition out, or allow more answers.",
            )
    if children is not None and not children:
        return sheet.error(
            "children" if question.children else "ask_if",
            f"“{question.id}” can never be asked: no child fits it, its section and what it hangs on.",
            f"“{question.text}” can never be asked: no child fits it, its section and what it hangs on. Tick more "
            "children, or none, which means every child.",
        )
    return None


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
