"""What somebody who searches means: forms of words, the field's short forms, phrases and what is left out."""

import pytest

from goldthread.domain.search_words import MOST_WAYS, MOST_WORDS, key_words, partly, slips_allowed, understood


def ways(typed: str) -> list[set[str]]:
    return [{" ".join(way) for way in one.ways} for one in understood(typed).sought]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("children", {"child", "children"}), ("Person", {"people", "persons"}),
        ("looked after", {"lac", "cla", "children in care"}), ("LAC", {"looked after"}),
        ("independent reviewing officer", {"iro"}), ("s47", {"section 47"}), ("women", {"woman"}),
    ],
)  # fmt: skip
def test_other_forms_and_short_forms_are_meant_too(typed: str, among: set[str]) -> None:
    assert among <= ways(typed)[0]


def test_a_phrase_keeps_its_words_and_a_minus_leaves_out() -> None:
    got = understood('visits "seen alone" -late -"no date"')
    assert ("seen", "alone") in [one.ways[0] for one in got.sought]
    assert next(one for one in got.sought if len(one.ways[0]) == 2).ways == (("seen", "alone"),)
    assert [one.ways[0] for one in got.left_out] == [("late",), ("no", "date")]


def test_signs_and_endless_questions_do_no_harm() -> None:
    assert not understood("") and not understood(' " * ( ) - ')
    assert not understood("-only")
    assert [one.ways[0] for one in understood("child's (NEAR) a*b").sought] != []
    long = understood("child children people seen " * 200)
    assert len(long.sought) <= MOST_WORDS and all(len(one.ways) <= MOST_WAYS for one in long.sought)


def test_the_other_words_are_told() -> None:
    assert "child" in understood("children").also
    assert understood("supervision").also == ("oversight",)


def test_fewer_words_are_asked_only_where_that_asks_something_else() -> None:
    for typed in ("supervision", '"seen alone"', '"seen alone" child', "of the", ""):
        assert partly(understood(typed)) is None, typed
    got = partly(understood('lack of supervision "seen alone" -late'))
    assert got is not None and got.some and [one.ways[0] for one in got.left_out] == [("late",)]
    assert sorted((one.ways[0], one.exact) for one in got.sought) == [
        (("lack",), False), (("seen", "alone"), True), (("supervision",), False),
    ]  # fmt: skip
    one = partly(understood("of supervision"))
    assert one is not None and [sought.ways[0] for sought in one.sought] == [("supervision",)]


def test_long_words_may_have_two_slips_and_short_ones_and_numbers_none() -> None:
    assert [slips_allowed(word) for word in ("iro", "plan", "visited", "caseload", "s47", "2026", "abcdefgh1")] == [
        0, 1, 1, 2, 0, 0, 0,
    ]  # fmt: skip


def test_a_sentence_is_looked_for_by_the_words_that_say_what_it_is_about() -> None:
    assert (
        key_words("Whether children's plans are in time, and of what they speak; plans")
        == "whether childrens plans time speak"
    )
    assert (
        key_words("") == "" and len(key_words("abc " + " ".join(f"word{n}" for n in range(50))).split()) == MOST_WORDS
    )
