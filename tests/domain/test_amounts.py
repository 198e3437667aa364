"""Amounts that a sentence states, and whether evidence bears them out."""

import pytest

from goldthread.domain.amounts import Borne, amounts, not_borne
from goldthread.domain.easy.figures import not_said
from goldthread.domain.share_words import Measured


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In a third of the files that were read the reason is missing.", ["a third"]),
        ("Four in five were seen, and 62% in time.", ["Four in five", "62%"]),
        ("Two thirds have a plan; three-quarters of these are clear.", ["Two thirds", "three-quarters"]),
        ("About half were seen.", ["half"]),
        ("The third visit took half an hour, within 45 days, on 3 November, under section 47.", []),
    ],
)
def test_shares_are_found_in_words_and_numbers_and_nothing_else_is(text: str, found: list[str]) -> None:
    assert sorted(one.written for one in amounts(text)) == sorted(found)


def test_an_amount_is_borne_by_what_says_the_same_or_measured_a_range_around_it() -> None:
    text = "In a third of files the reason is missing."
    assert not_borne(text, [Borne("Managers do not write why.")]) == ["a third"]
    assert not_borne(text, []) == ["a third"]
    assert not_borne(text, [Borne("In 1 of 3 files no reason stands.")]) == []
    assert not_borne(text, [Borne("33% of contacts")]) == []
    assert not_borne(text, [Borne("A list", (Measured("E0001", 25, 41),))]) == []
    assert not_borne(text, [Borne("A list", (Measured("E0001", 50, 61),))]) == ["a third"]


def test_a_word_for_a_share_is_asked_of_the_houses_table_where_something_was_measured() -> None:
    assert not_borne("Most were seen.", [Borne("A list", (Measured("E0001", 38, 61),))]) == ["most"]
    assert not_borne("Most were seen.", [Borne("A conversation")]) == []


@pytest.mark.parametrize(
    ("edition", "full"),
    [
        ("In 1 of 3 files", "In a third of the files"), ("4 of 5 children", "Four in five children"),
        ("A third of the files", "In 1 of 3 files"), ("Two thirds", "2 of 3"),
        ("A third", "33% of them"),
    ],
)  # fmt: skip
def test_an_edition_may_say_a_fraction_in_figures_and_figures_as_a_fraction(edition: str, full: str) -> None:
    assert not_said(edition, full) == []


@pytest.mark.parametrize(
    ("edition", "full"), [("2 of 6", "a third"), ("50 of 100", "about half"), ("a quarter", "a third")]
)
def test_an_edition_that_counts_what_was_not_counted_says_more(edition: str, full: str) -> None:
    assert not_said(edition, full) == [edition]
