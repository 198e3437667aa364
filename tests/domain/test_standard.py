"""Which answers reach the standard, on every scale, and which files do."""

import pytest

from goldthread.domain import instruments
from goldthread.domain.instrument import NOT_APPLICABLE, NOT_ASKED, Question
from goldthread.domain.scales import SCALES
from goldthread.domain.standard import REACHING, Line, counts, file_reaches, reaches

BELOW = {
    "grades": ("requires-improvement", "inadequate"), "evidenced": ("not-evidenced",), "action": ("no",),
    "yes-no": ("no",), "met": ("partly-met", "not-met"), "colours": ("amber", "red"), "yes-partly-no": ("partly", "no"),
    "points": ("1", "2"),
}  # fmt: skip


def question(id: str, scale: str) -> Question:
    every = (one for slug in instruments.slugs() for one in instruments.load(slug).questions)
    found = next(one for one in every if one.answered_on.slug == scale)
    return Question(id, found.text, found.help, found.kind, found.theme, scale=scale)


@pytest.mark.parametrize("scale", sorted(BELOW))
def test_every_answer_of_a_scale_reaches_the_standard_or_falls_below_it(scale: str) -> None:
    assert set(REACHING[scale]) | set(BELOW[scale]) == set(SCALES[scale].values)
    best_first = SCALES[scale].kindest_first
    assert set(best_first[: len(REACHING[scale])]) == set(REACHING[scale]), "the kindest ones"


def test_every_scale_of_an_instrument_counts_or_is_words() -> None:
    for slug in instruments.slugs():
        for one in (*instruments.load(slug).questions, *instruments.load(slug).overall):
            assert counts(one) or one.answered_on.slug == "words", one.id


@pytest.mark.parametrize(("value", "ten", "told"), [("7", 7, True), ("6", 7, False), ("6", 5, True), ("10", 10, True)])
def test_a_number_is_held_against_the_line(value: str, ten: int, told: bool) -> None:
    asked = next(
        one for slug in instruments.slugs() for one in instruments.load(slug).questions
        if one.answered_on.slug in ("grades", "zero-to-ten")
    )  # fmt: skip
    assert reaches(Question("n", asked.text, asked.help, asked.kind, "", scale="zero-to-ten"), value,
                   Line(ten=ten)) is told  # fmt: skip


def test_what_was_not_answered_tells_nothing() -> None:
    held = instruments.load("case-review-short-1").questions[0]
    assert [reaches(held, value, Line()) for value in ("", NOT_APPLICABLE, NOT_ASKED)] == [None] * 3


@pytest.mark.parametrize(
    ("good", "bad", "part", "told"),
    [(4, 1, 80, True), (3, 1, 80, False), (3, 1, 75, True), (1, 1, 50, True), (5, 0, 100, True), (0, 0, 80, None)],
)
def test_a_file_reaches_it_where_enough_of_its_questions_do(good: int, bad: int, part: int, told: bool | None) -> None:
    asked = [question(f"q{number}", "grades") for number in range(6)]
    values = {f"q{n}": "good" for n in range(good)} | {f"q{n}": "inadequate" for n in range(good, good + bad)}
    assert file_reaches(asked, values, Line(part=part)) is told


@pytest.mark.parametrize(("part", "ten"), [(49, 7), (101, 7), (80, 0), (80, 11)])
def test_a_line_that_is_none_is_refused(part: int, ten: int) -> None:
    with pytest.raises(ValueError, match="must lie from 50 to 100"):
        Line(part, ten)
