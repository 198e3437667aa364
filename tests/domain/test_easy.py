"""Editions of a report: plainer words are prompted for, and a figure that the full report does not say is told."""

import pytest

from goldthread.domain.easy import FORMS, Form
from goldthread.domain.easy.figures import figures, not_said
from goldthread.domain.easy.words import PLAINER, prompts, reading_age, syllables
from goldthread.domain.easy.words_of_amount import amounts_not_said, grades_not_said


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("child", 1),
        ("children", 2),
        ("home", 1),
        ("table", 2),
        ("helped", 1),
        ("needed", 2),
        ("families", 3),
        ("the", 1),
    ],
)
def test_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_age_is_that_of_the_formula_counted_by_hand() -> None:
    # 9 words, 1 sentence, 10 syllables: 0.39*9 + 11.8*10/9 - 15.59 = 1.03; plus five is 6.
    assert reading_age("The team met the child at home last Monday.") == 6
    assert reading_age("Too few words.") is None
    dense = (
        "Multi-agency safeguarding arrangements demonstrate considerable inconsistency regarding statutory oversight."
    )
    age = reading_age(dense)
    assert age is not None and age > 18


def test_long_sentences_hard_words_and_a_high_age_are_prompted_for() -> None:
    text = (
        "Safeguarding arrangements demonstrate that timely interventions facilitate outcomes for "
        "the children living here."
    )
    told = prompts(text, FORMS[Form.EASY_READ])
    assert told[0].startswith("A sentence has 13 words. Use 12")
    assert told[1].startswith("It reads like a text for age")
    assert f"“safeguarding”: try “{PLAINER['safeguarding']}”." in told
    assert prompts("Workers come on time. They listen to you.", FORMS[Form.EASY_READ]) == []


def test_easy_read_asks_for_more_than_the_text_for_children() -> None:
    children, easy = FORMS[Form.CHILDREN], FORMS[Form.EASY_READ]
    assert (easy.sentence, easy.age) < (children.sentence, children.age)
    assert easy.pictures and not children.pictures


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Most children, 91%, are seen.", "They see 91% of children in time."),
        ("91 per cent are seen.", "91.2% are seen."),
        ("About 9 in 10 are seen.", "91.2% are seen."),
        ("About nine out of ten are seen.", "28 of 30 were seen."),
        ("28 out of 30 were seen.", "It was so in 28 of 30 files."),
        ("They came for four weeks.", "Fieldwork took 4 weeks."),
        ("One worker stays with you.", "Workers stay."),
        ("They came on 3rd November 2026.", "From 3 November 2026."),
        ("They read 250 files.", "More than 250 files were read."),
        ("1 of 3 had no reason.", "In a third of files the reason is missing."),
        ("It was so in one in two.", "Half of the files show it."),
        ("1 in 4 waited.", "25% waited."),
        ("1 of 3 waited.", "33% waited."),
    ],
)
def test_a_figure_that_the_full_report_says_may_be_said(text: str, full: str) -> None:
    assert not_said(text, full) == []


@pytest.mark.parametrize(
    ("text", "full", "told"),
    [
        ("92% are seen.", "91% are seen.", ["92%"]),
        ("9 in 10 are seen.", "91% are seen.", ["9 in 10"]),
        ("About 8 in 10 are seen.", "91% are seen.", ["8 in 10"]),
        ("Half of children wait.", "Some children wait.", ["Half"]),
        ("Three homes closed.", "Homes closed.", ["Three"]),
        ("29 of 30 were seen.", "28 of 30 were seen.", ["29 of 30"]),
        ("It is 91 homes.", "91% are seen.", ["91"]),
        ("2 of 6 had no reason.", "In a third of files the reason is missing.", ["2 of 6"]),
        ("1 in 4 waited.", "26% waited.", ["1 in 4"]),
        ("3 of 4 waited.", "75% waited.", ["3 of 4"]),
        ("They came for 3 weeks.", "From 3 November 2026.", ["3"]),
        ("They came on 4 November 2026.", "From 3 November 2026.", ["4 November"]),
    ],
)
def test_a_figure_that_the_full_report_does_not_say_is_told(text: str, full: str, told: list[str]) -> None:
    assert not_said(text, full) == told


def test_a_figure_is_found_once() -> None:
    assert [one.written for one in figures("About 9 of 10, which is 90%, and 4 more.")] == ["9 of 10", "90%", "4"]


@pytest.mark.parametrize(
    ("text", "full", "amounts", "grades"),
    [
        ("It was missing in most files.", "In a third of the files it was missing.", ["most"], []),
        ("The work is outstanding in every file.", "Managers write down why.", ["every"], ["outstanding"]),
        ("The work is inadequate.", "Managers write down why.", [], ["inadequate"]),
        ("Most files say why.", "In most files managers say why.", [], []),
        ("The work is good.", "Managers write down why.", [], []),
        ("The mostly small ballroom", "There is a ballroom.", [], []),
    ],
)
def test_words_of_amount_and_grades_that_the_full_report_does_not_say(
    text: str, full: str, amounts: list[str], grades: list[str]
) -> None:
    assert (amounts_not_said(text, full), grades_not_said(text, full)) == (amounts, grades)
