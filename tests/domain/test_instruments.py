import re
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
    assert "case-review-short-1" in slugs() and len(slugs()) == 15
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
        (
            'kind = "record"',
            'kind = "record"\nscale = "stars"',
            '"stars"',
            "“stars” is not a known scale; use one of grades",
        ),
        ('kind = "record"', 'kind = "record"\nscale = "flag"', 'scale = "flag"', "“flag” is not a known scale"),
        (
            'theme = "visits"',
            'theme = "visit"',
            'theme = "visit"',
            "“visit” is not a known theme; use one of recording",
        ),
        (
            'section = "record"',
            'section = "records"',
            "records",
            "“records” is not a known section; use one of practice",
        ),
        ("version = 1", "version = 2", "version = 2", "the slug must end in the version"),
        ("version = 1", 'version = 1\nchildren = ["all"]', "all", "“all” in “children” is not known; use front-door"),
        ("closing = true", "closing = false", "[[sections]]", "no section is the closing one; write closing = true"),
        ('title = "Practice"', 'title = "Practice"\nclosing = true', "closing", "another section is the closing one"),
        ('theme = "impact"', 'theme = "voice"', 'slug = "overall"', "add a question of theme “impact”"),
        (
            'id = "overall-record"',
            'id = "overall-file"',
            "[[overall]]",
            "add an [[overall]] with id = “overall-record”",
        ),
        ('kind = "record"', 'kind = "family"\nreason_for = ["no"]', "reason_for", "is its own reason"),
        ('kind = "record"', 'kind = "record"\nrequired = false', "required", "only a question in words"),
        ('kind = "record"', 'kind = "record"\nfacts = ["shoe-size"]', "facts", "“shoe-size” in “facts” is not known"),
        ('kind = "record"', 'kind = "record"\nevidence = "often"', "often", "use one of none, may, must"),
        (
            'theme = "visits"',
            'theme = "visits"\nask_if = [{ question = "plans", is = ["good"] }]',
            "ask_if",
            "there is no question called “plans”; use records-current",
        ),
        (
            'theme = "visits"',
            'theme = "visits"\nask_if = [{ question = "plan", is = ["fine"] }]',
            "ask_if",
            "“fine” is no answer to “plan”; use outstanding",
        ),
        (
            'theme = "visits"',
            'theme = "visits"\nask_if = [{ question = "plan", is = [] }]',
            "ask_if",
            "nothing would ever be asked",
        ),
        (
            'theme = "visits"',
            'theme = "visits"\nask_if = [{ question = "plan", was = ["good"] }]',
            "ask_if",
            "“is” is missing",
        ),
        (
            'theme = "visits"',
            'theme = "visits"\nask_if = [{ question = "identity", is = ["good"] }]',
            "ask_if",
            "“identity” is asked after “visits”; move it above",
        ),
        (
            'theme = "visits"',
            'theme = "visits"\nask_if = [{ question = "visits", is = ["good"] }]',
            "ask_if",
            "“visits” hangs on “visits”: none would ever be asked",
        ),
        ('id = "plan"', 'id = "assessment"', 'id = "assessment"', "already used"),
        ('id = "plan"', f'id = "plan{"-plan" * 9}"', "plan-plan", "at most 40 letters"),
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
    with pytest.raises(InstrumentError, match=re.escape(says)) as refusal:
        read(file)
    line = int(str(refusal.value).split("line ")[1].split(":")[0])
    assert on_line in text.splitlines()[line - 1]


def test_an_unknown_instrument_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InstrumentError, match=r"use one of adoption-file-1, .*, case-review-short-1"):
        load("case-review")
