"""Conditions between questions, what is not asked, and the files that are shipped."""

from pathlib import Path
from random import Random

import pytest

from goldthread.domain import instruments
from goldthread.domain.instrument import (
    NOT_ASKED,
    Answer,
    Instrument,
    Question,
    Seen,
    check_answers,
    not_asked,
)
from goldthread.domain.instrument_words import CHILDREN
from goldthread.domain.instruments import InstrumentError, load, read, slugs

FOLDER = Path(instruments.__file__).parent
FULL = load("case-review-full-1")

HEAD = """
slug = "tried-1"
version = 1
title = "Tried"
says = "A tried one."
source = "Nowhere."
"""
TAIL = """
[[questions]]
id = "impact"
section = "end"
text = "What difference?"
help = "Any."
kind = "practice"
theme = "impact"
[[overall]]
id = "overall-practice"
text = "Practice?"
help = "All."
[[overall]]
id = "overall-record"
text = "Record?"
help = "All."
[urgent]
text = "Urgent?"
help = "Now."
"""
SECTIONS = """
[[sections]]
slug = "first"
title = "First"
[[sections]]
slug = "second"
title = "Second"
[[sections]]
slug = "end"
title = "End"
closing = true
"""


def question(id: str, section: str = "first", **more: str) -> str:
    told = "".join(f"{key} = {value}\n" for key, value in more.items())
    return (
        f'[[questions]]\nid = "{id}"\nsection = "{section}"\ntext = "{id.capitalize()}?"\nhelp = "Help."\n'
        f'kind = "record"\ntheme = "recording"\n{told}'
    )


def hangs_on(*conditions: tuple[str, str]) -> str:
    return "[" + ", ".join(f'{{ question = "{q}", is = ["{a}"] }}' for q, a in conditions) + "]"


def tried(tmp_path: Path, *questions: str, sections: str = SECTIONS) -> Instrument:
    file = tmp_path / "tried-1.toml"
    file.write_text(HEAD + sections + "\n".join(questions) + TAIL)
    return read(file)


def refusal(tmp_path: Path, *questions: str, sections: str = SECTIONS) -> tuple[str, str]:
    """What is said, and the line that it points to."""
    with pytest.raises(InstrumentError) as error:
        tried(tmp_path, *questions, sections=sections)
    said = str(error.value)
    line = int(said.split("line ")[1].split(":")[0])
    return said, (HEAD + sections + "\n".join(questions) + TAIL).splitlines()[line - 1]


# Broken files


def test_a_loop_is_refused_and_spelt_out(tmp_path: Path) -> None:
    said, line = refusal(
        tmp_path, question("a", ask_if=hangs_on(("c", "yes"))), question("b", ask_if=hangs_on(("a", "yes"))),
        question("c", "second", ask_if=hangs_on(("b", "no"))),
    )  # fmt: skip
    assert "“a” hangs on “c” hangs on “b” hangs on “a”: none would ever be asked" in said
    assert line.startswith("ask_if")


def test_a_loop_through_a_section_is_refused_where_the_section_says_so(tmp_path: Path) -> None:
    sections = SECTIONS.replace('title = "First"', f'title = "First"\nask_if = {hangs_on(("b", "yes"))}')
    said, line = refusal(
        tmp_path, question("a"), question("b", "second", ask_if=hangs_on(("a", "yes"))), sections=sections
    )
    assert "hangs on" in said
    assert '"a"' in line or '"b"' in line


def test_a_question_that_no_answers_can_reach_is_dead(tmp_path: Path) -> None:
    said, line = refusal(
        tmp_path, question("a"), question("b", ask_if=hangs_on(("a", "yes"))),
        question("c", ask_if=hangs_on(("b", "yes"), ("a", "no"))), question("second", "second"),
    )  # fmt: skip
    assert "“c” can never be asked: no answer to “a” fits all its conditions" in said
    assert line == 'ask_if = [{ question = "b", is = ["yes"] }, { question = "a", is = ["no"] }]'


def test_a_question_that_fits_no_child_is_dead(tmp_path: Path) -> None:
    said, line = refusal(
        tmp_path, question("a", children='["in-care"]'),
        question("b", "second", children='["in-need"]', ask_if=hangs_on(("a", "yes"))),
    )  # fmt: skip
    assert "“b” can never be asked: no child fits it" in said
    assert line == 'children = ["in-need"]'


def test_nothing_hangs_on_words_and_no_question_is_named_twice(tmp_path: Path) -> None:
    words = question("a").replace('kind = "record"', 'kind = "family"')
    said, _ = refusal(tmp_path, words, question("b", "second", ask_if=hangs_on(("a", "yes"))))
    assert "“a” is answered in words, so nothing can hang on it" in said
    said, _ = refusal(
        tmp_path, question("a"), question("b", "second", ask_if=hangs_on(("a", "yes"), ("a", "no")))
    )  # fmt: skip
    assert "“a” is named twice" in said


def test_a_section_without_a_question_is_a_slip(tmp_path: Path) -> None:
    said, line = refusal(tmp_path, question("a"))
    assert "section “second” has no question" in said
    assert line == 'slug = "second"'


@pytest.mark.parametrize("more", ['children = ["in-care"]', 'ask_if = [{ question = "a", is = ["yes"] }]'])
def test_the_closing_section_is_last_and_always_asked(tmp_path: Path, more: str) -> None:
    both = (question("a"), question("b", "second"))
    said, line = refusal(tmp_path, *both, sections=SECTIONS.replace("closing = true", f"closing = true\n{more}"))
    assert "the closing section is always asked" in said
    assert line == more
    first = SECTIONS.replace("closing = true\n", "").replace('title = "First"', 'title = "First"\nclosing = true')
    assert "the closing section must be the last" in refusal(tmp_path, *both, sections=first)[0]


# What is not asked


def test_what_hangs_on_an_answer_waits_for_it_and_falls_away_with_it(tmp_path: Path) -> None:
    held = tried(
        tmp_path, question("a"), question("b", ask_if=hangs_on(("a", "yes"))),
        question("c", "second", ask_if=hangs_on(("b", "no"))),
    )  # fmt: skip
    waiting = not_asked(held, {})
    assert {id: one.waits for id, one in waiting.items()} == {"b": True, "c": True}
    assert waiting["b"].says == "“A?” is not answered yet."
    gone = not_asked(held, {"a": "no", "b": "no"})
    assert {id: one.waits for id, one in gone.items()} == {"b": False, "c": False}
    assert gone["b"].says == "“A?” was answered: No."
    assert gone["c"].says == "“B?” is not asked."
    assert set(not_asked(held, {"a": "yes", "b": "no"})) == set()


def test_what_is_not_asked_is_no_problem_and_its_stand_in_is_no_answer(tmp_path: Path) -> None:
    held = tried(tmp_path, question("a"), question("b", "second", ask_if=hangs_on(("a", "yes"))))
    given = {q.id: Answer(q.answers[0], "Seen.") for q in held.all_questions if q.id != "b"}
    assert [p.question_id for p in check_answers(held, given)] == ["b"]
    given["a"] = Answer("no")
    assert check_answers(held, given) == []
    given["b"] = Answer(NOT_ASKED)
    assert check_answers(held, given) == []
    given["a"] = Answer("yes")
    assert [(p.question_id, p.says) for p in check_answers(held, given)] == [("b", "Answer this question.")]


def test_a_question_kept_to_some_children_is_left_out_for_the_others_and_never_for_the_unknown() -> None:
    of_care = {q.id for q in FULL.questions if q.section == "in-care"}
    assert of_care <= set(not_asked(FULL, {}, "protection-plan"))
    assert not of_care & set(not_asked(FULL, {}, "in-care"))
    assert not of_care & set(not_asked(FULL, {}, ""))


def slow_not_asked(instrument: Instrument, values: dict[str, str], child: str) -> set[str]:
    """A second computation: settle every question by asking what it hangs on, again and again until nothing moves."""
    left: set[str] = set()
    while True:
        now = {
            q.id
            for q in instrument.all_questions
            if (child and q.children and child not in q.children)
            or any(
                s.slug == q.section and child and s.children and child not in s.children for s in instrument.sections
            )
            or any(
                one.question in left or values.get(one.question) not in one.answers for one in instrument.conditions(q)
            )
        }
        if now == left:
            return left
        left = now


def test_what_is_not_asked_agrees_with_a_slower_computation_on_random_answers() -> None:
    dice = Random(4)
    for slug in slugs():
        held = load(slug)
        for _ in range(30):
            values = {q.id: dice.choice(q.answers) for q in held.questions if q.answers and dice.random() < 0.8}
            child = dice.choice(["", *CHILDREN])
            assert set(not_asked(held, values, child)) == slow_not_asked(held, values, child)


# Scales, reasons, actions, evidence


def graded(**more: object) -> Question:
    return Question("q", "Q?", "Help.", "record", "recording", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "answer", "says"),
    [
        (graded(scale="action"), Answer("no"), "Say what is to be done, and who does it."),
        (graded(scale="action"), Answer("no", action="Write it.", owner=" "), "Say what is to be done"),
        (graded(scale="action"), Answer("no", action="Write it.", owner="Team manager"), None),
        (graded(scale="action"), Answer("yes"), None),
        (graded(scale="evidenced"), Answer("not-evidenced"), "Give the reason for this answer."),
        (graded(scale="evidenced"), Answer("evidenced"), None),
        (graded(scale="yes-no"), Answer("no"), None),
        (graded(scale="yes-no", reason_for=("no",)), Answer("no"), "Give the reason for this answer."),
        (graded(scale="zero-to-ten"), Answer("7"), "Give the reason for this answer."),
        (graded(scale="zero-to-ten"), Answer("11", "x"), "“11” is not an answer to this question"),
        (graded(scale="colours"), Answer("red"), "Give the reason for this answer."),
        (graded(scale="points"), Answer("4"), None),
        (graded(scale="met"), Answer("partly-met"), None),
        (graded(scale="grades", reason_for=()), Answer("good"), None),
        (graded(evidence="must"), Answer("yes"), "Say where you saw it"),
        (graded(evidence="must"), Answer("yes", seen=Seen("", "p. 4")), "Say where you saw it"),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan")), "Say where you saw it"),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan", "p. 4")), None),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan", day="2026-09-01")), None),
        (graded(evidence="must"), Answer("yes", seen=Seen("plan", day="30/9/2026")), None),
        (graded(evidence="may"), Answer("yes", seen=Seen("plan", day="31/9/2026")), "“31/9/2026” is no day"),
        (graded(evidence="must"), Answer("not-applicable", "No plan."), None),
        (graded(evidence="may"), Answer("yes"), None),
        (graded(scale="words"), Answer("", " "), "Write something"),
        (graded(scale="words", required=False), Answer(""), None),
        (graded(scale="words"), Answer("", "As they said."), None),
    ],
)  # fmt: skip
def test_each_scale_knows_what_an_answer_must_say(asked: Question, answer: Answer, says: str | None) -> None:
    short = load("case-review-short-1")
    held = Instrument("t-1", "T", "S", "S", (asked,), short.overall, short.urgent)
    said = [p.says for p in check_answers(held, {"q": answer}) if p.question_id == "q"]
    # Without sections nothing is left out.
    assert len(said) == (says is not None)
    assert not says or says in said[0]
