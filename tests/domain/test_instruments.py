from pathlib import Path

import pytest

from goldthread.domain import instruments
from goldthread.domain.instrument import Answer, check_answers
from goldthread.domain.instruments import InstrumentError, load, read, slugs

SHORT = load("case-review-short-1")
SOURCE = Path(instruments.__file__).parent / "case-review-short-1.toml"


def complete() -> dict[str, Answer]:
    answers = {q.id: Answer(q.answers[0], "Seen on the file.") for q in SHORT.all_questions}
    return answers | {"urgent-concern": Answer("no"), "records-current": Answer("yes")}


def test_the_short_review_asks_twelve_questions_and_grades_practice_and_record_apart() -> None:
    assert slugs() == ("case-review-short-1",)
    assert len(SHORT.questions) == 12
    assert {q.kind for q in SHORT.questions} == {"practice", "record"}
    assert [q.id for q in SHORT.overall] == ["overall-practice", "overall-record"]
    assert SHORT.question("management-decisions").answers == ("yes", "partly", "no", "not-applicable")
    assert SHORT.question("plan").answers == (
        "outstanding", "good", "requires-improvement", "inadequate", "not-applicable",
    )  # fmt: skip
    with pytest.raises(KeyError, match="question called “q1”"):
        SHORT.question("q1")


def test_a_complete_review_has_no_problems() -> None:
    assert check_answers(SHORT, complete()) == []


def test_an_empty_review_names_every_question_in_the_order_of_the_page() -> None:
    problems = check_answers(SHORT, {})
    assert [p.question_id for p in problems] == [q.id for q in SHORT.all_questions]


@pytest.mark.parametrize(
    ("question", "answer", "says"),
    [
        ("plan", Answer("good"), "Give the reason for this grade."),
        ("plan", Answer("good", "  \n"), "Give the reason for this grade."),
        ("plan", Answer(" "), "Give a grade."),
        ("overall-practice", Answer("good"), "Give the reason for this grade."),
        ("overall-record", Answer("not-applicable", "x"), "“not-applicable” is not an answer to this question"),
        ("strategy-discussions", Answer("not-applicable"), "Say why this does not apply"),
        ("strategy-discussions", Answer(""), "Answer this question."),
        ("strategy-discussions", Answer("good", "x"), "choose one of yes, partly, no, not applicable"),
        ("urgent-concern", Answer("yes"), "Say what the concern is."),
    ],
)
def test_what_stands_between_a_review_and_signing_off(question: str, answer: Answer, says: str) -> None:
    (problem,) = check_answers(SHORT, complete() | {question: answer})
    assert problem.question_id == question
    assert says in problem.says


def test_an_answer_to_no_question_is_a_problem() -> None:
    (problem,) = check_answers(SHORT, complete() | {"colour": Answer("yes")})
    assert problem.question_id == "colour"


def test_no_and_not_applicable_may_be_answered() -> None:
    answers = complete() | {"family-feedback": Answer("no"), "identity": Answer("not-applicable", "Newborn.")}
    assert check_answers(SHORT, answers) == []


@pytest.mark.parametrize(
    ("old", "new", "on_line", "says"),
    [
        ('kind = "record"', 'kind = "flag"', 'kind = "flag"', "“flag” is not a known kind"),
        ('id = "plan"', 'id = "assessment"', 'id = "assessment"', "already used"),
        ('id = "plan"', 'id = "urgent-concern"', "urgent-concern", "kept for another use"),
        ('"leadership"]', '"leaders"]', "leaders", "“leaders” in “areas” is not known"),
        ('theme = "visits"', 'theme = "visits"\nweight = 2', "weight", "“weight” is not known"),
        ("[urgent]", "[urgent]\nkind = 1", "kind = 1", "“kind” is not known"),
        ('slug = "case', 'slug = "a-case', "a-case", "must be the file's name"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, on_line: str, says: str
) -> None:
    text = SOURCE.read_text("utf-8").replace(old, new, 1)
    file = tmp_path / SOURCE.name
    file.write_text(text, "utf-8")
    with pytest.raises(InstrumentError, match=says) as refusal:
        read(file)
    line = int(str(refusal.value).split("line ")[1].split(":")[0])
    assert on_line in text.splitlines()[line - 1]


def test_an_unknown_instrument_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InstrumentError, match="use one of case-review-short-1"):
        load("case-review")
