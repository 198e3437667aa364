"""Who could be recognised: 500 planted identifiers are pointed out, good sentences are not, nothing is quoted."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from tests.domain import planted

from goldthread.domain.recognition import Dictionary, Doubt, Known, doubts
from goldthread.domain.recognition.days import days_in
from goldthread.domain.recognition.numbers import is_nhs_number, is_pupil_number
from goldthread.domain.recognition.together import together

BOOK = Dictionary.of(planted.known(), [*planted.CLEAN, *planted.FRAMES])


def marks(text: str) -> list[Doubt]:
    return BOOK.doubts(text) + doubts(text)


def names(text: str) -> set[str]:
    return {one.name for one in marks(text)}


def test_five_hundred_planted_identifiers_are_pointed_out() -> None:
    """Security reference, P-21 and 4.3: the lists' at 99.5% at least, the patterns' at 99%, strangers as may be."""
    dice = Random(2026)
    held = [*planted.of_lists(dice), *planted.of_patterns(dice), *planted.of_nobody(dice)]
    assert len(held) >= 500
    missed = Counter(one.found_by for one in held if not marks(one.text))
    asked = Counter(one.found_by for one in held)
    found = {means: 1 - missed[means] / asked[means] for means in asked}
    print({means: f"{asked[means] - missed[means]} of {asked[means]}" for means in asked})
    assert found["lists"] >= 0.995
    assert found["patterns"] >= 0.99
    assert found["nothing"] > 0.5  # by their capitals alone; docs/figures.md has the number


@pytest.mark.parametrize("seed", range(5))
def test_by_other_dice_too(seed: int) -> None:
    dice = Random(seed)
    for means, bar in ((planted.of_lists, 0.995), (planted.of_patterns, 0.99)):
        held = list(means(dice))
        missed = [one.kind for one in held if not marks(one.text)]
        assert 1 - len(missed) / len(held) >= bar, missed


def test_what_is_certain_stops_a_text_and_what_is_like_it_does_not() -> None:
    assert all(one.blocks for one in BOOK.doubts("Managers asked after Krzysztof Wiśniewska."))
    assert not any(one.blocks for one in BOOK.doubts("Managers asked after Wolstenholm."))
    assert any(one.blocks for one in BOOK.doubts("The file 04410377 was late."))


def test_good_sentences_are_left_alone() -> None:
    for text in planted.CLEAN:
        assert marks(text) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "Young people hope that the hall will be green in May.",
        "Most young people are well supported; managers mark what is good.",
        "Of 1,204 children 44 were seen late.",
        "The council spent £4,410,377 on placements.",
    ],
)
def test_names_that_are_words_and_numbers_that_are_counts_are_no_hits(text: str) -> None:
    assert not {"known name", "known number"} & names(text), marks(text)


def test_nothing_that_is_found_is_quoted() -> None:
    dice = Random(3)
    for one in planted.of_lists(dice):
        for held in marks(one.text):
            assert not any(word in held.says for word in ("Kowalski", "Amelia", "4410377", "ZZ"))
            assert held.says in {told.says for told in marks(one.text)}


def test_a_quotation_that_a_record_clears_is_no_doubt() -> None:
    said = "A child said: “My social worker always tells me why.”"
    assert "quotation" in {one.name for one in doubts(said)}
    assert "quotation" in {one.name for one in doubts(said, ["She never tells me why anything happens."])}
    assert doubts(said, ["My social worker always tells me why. And she comes."]) == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("7 January 2009", date(2009, 1, 7)),
        ("7th of January, 2009", date(2009, 1, 7)),
        ("January 7th, 2009", date(2009, 1, 7)),
        ("07/01/2009", date(2009, 1, 7)),
        ("7.1.09", date(2009, 1, 7)),
        ("2009-01-07", date(2009, 1, 7)),
        ("7-Jan-2009", date(2009, 1, 7)),
        ("29 Feb 2023", None),
        ("31/04/2020", None),
        ("13/13/2013", None),
    ],
)
def test_days_are_read_however_they_are_written(written: str, day: date | None) -> None:
    assert days_in(f"It was {written} then.") == ([] if day is None else [day])


def test_a_day_of_birth_stops_a_text_where_it_is_called_one() -> None:
    assert any(one.blocks for one in doubts("He was born on 7 January 2009."))
    assert not any(one.blocks for one in doubts("The visit was on 7 January 2009."))
    assert "known birth" in names("The meeting was on 7 January 2009.")


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("943 476 5919", True),
        ("943-476-5918", False),
        ("9434765919", True),
        ("94347659", False),
        ("000 000 0000", True),
    ],
)
def test_an_nhs_number_is_known_by_its_last_digit(number: str, right: bool) -> None:
    assert is_nhs_number(number) is right


def test_a_pupil_number_is_known_by_its_first_letter() -> None:
    """Second computation: the letters without I, O and S in the order of the remainder of 23, by hand."""
    digits = "80120001001" + "5"
    total = sum(int(one) * at for at, one in enumerate(digits, 2))
    letter = "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23]
    assert is_pupil_number(letter + digits)
    assert not is_pupil_number(("B" if letter == "A" else "A") + digits)
    assert not is_pupil_number("I" + digits)


def test_three_facts_together_are_pointed_out_and_two_are_not() -> None:
    told = together("A fourteen-year-old girl who was trafficked from Albania waited.")
    assert told.startswith("gives an age, who in a family, an event and a place together")
    assert together("A girl who was trafficked waited.") == ""


def test_an_empty_dictionary_marks_nothing_it_cannot_know() -> None:
    assert Dictionary.of(Known()).doubts("Children are helped early by 24 people.") == []
