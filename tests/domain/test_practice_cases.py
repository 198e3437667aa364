"""Every practice case is whole, and a broken one is refused with the line and the mending."""

from pathlib import Path

import pytest

from goldthread.domain import instruments, practice_cases
from goldthread.domain.instrument import Answer, check_answers
from goldthread.domain.practice_case import PARTS
from goldthread.domain.practice_cases import PracticeCaseError, load, read_text, slugs

FOLDER = Path(practice_cases.__file__).parent


@pytest.mark.parametrize("slug", slugs())
def test_every_question_that_applies_has_a_model_answer_and_every_citation_a_paragraph(slug: str) -> None:
    case = load(slug)
    given = {id: Answer(one.value, one.why) for id, one in case.answers.items()}
    assert check_answers(instruments.load(case.instrument), given, case.group) == []
    numbers = {one.number for one in case.paragraphs}
    for one in case.answers.values():
        assert one.see and set(one.see) <= numbers, one.question
        assert len(one.why.split()) >= 5, one.question


@pytest.mark.parametrize("slug", slugs())
def test_every_file_is_short_and_has_the_child_the_plan_and_a_decision_in_it(slug: str) -> None:
    case = load(slug)
    assert 400 <= case.words <= 900
    assert {"chronology", "visits", "assessment", "plan", "management", "voice"} <= {
        one.part for one in case.paragraphs
    }
    assert [part for part, _, _ in case.parts()] == [
        part for part in PARTS if part in {p.part for p in case.paragraphs}
    ]
    assert [one.number for one in case.paragraphs] == list(range(1, len(case.paragraphs) + 1))


def test_what_a_case_is_for_stands_in_no_title_and_each_has_its_own() -> None:
    held = [load(slug) for slug in slugs()]
    assert len(held) >= 5 and len({one.title for one in held}) == len(held)
    for one in held:
        assert not any(word in (one.title + one.says).lower() for word in ("drift", "optimis", "voice", "model"))


def test_both_instruments_are_practised_and_a_child_is_unsafe_in_some_and_not_in_others() -> None:
    held = [load(slug) for slug in slugs()]
    assert {one.instrument for one in held} == {"case-review-short-1", "two-minute-check-1"}
    assert {one.answers["urgent-concern"].value for one in held} == {"yes", "no"}
    practice = {(one.answers["overall-practice"].value, one.answers["overall-record"].value) for one in held}
    assert len(practice) >= 4


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("see = [1, 2]", "see = [99]", "“see” must be whole numbers from 1 to 9"),
        ("see = [1, 2]", "see = []", "name at least one paragraph"),
        ("see = [1, 2]", "see = [1, 1]", "names something twice"),
        ('value = "amber"', 'value = "purple"', "“purple” is not a known value"),
        ('question = "plan-now"', 'question = "plan-then"', "“plan-then” is not a known question"),
        ('question = "plan-now"', 'question = "seen-lately"', "already used above"),
        ('part = "plan"', 'part = "planning"', "“planning” is not a known part"),
        ('group = "in-need"', 'group = "children"', "is not a known group"),
        ('instrument = "two-minute-check-1"', 'instrument = "none-1"', "is not a known instrument"),
        ('slug = "practice-5"', 'slug = "practice-9"', "the slug must be the file's name"),
        ("minutes = 6", "minutes = 0", "must be a whole number, 1 or more"),
        ("minutes = 6", "minutes = 6\nhard = true", "“hard” is not known here"),
    ],
)
def test_a_broken_case_is_refused_with_its_line(old: str, new: str, says: str) -> None:
    text = (FOLDER / "practice-5.toml").read_text()
    assert old in text
    with pytest.raises(PracticeCaseError, match=r"practice-5\.toml, line") as refused:
        read_text(text.replace(old, new, 1), "practice-5.toml")
    assert says in str(refused.value)


def test_a_missing_model_answer_is_refused_by_its_question() -> None:
    text = (FOLDER / "practice-5.toml").read_text()
    start = text.index('[[answers]]\nquestion = "read-whole"')
    end = text.index("[[answers]]", start + 1)
    with pytest.raises(PracticeCaseError, match="“read-whole” has no model answer"):
        read_text(text[:start] + text[end:], "practice-5.toml")


def test_an_unknown_case_is_told_what_there_is() -> None:
    for slug in ("practice-99", "../secrets", ""):
        with pytest.raises(PracticeCaseError, match="practice-1"):
            load(slug)
