"""Words for shares: which are read in a sentence, and which a measured share does not bear out."""

import pytest

from goldthread.domain.share_words import SHARE_WORDS, Measured, unsupported, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Most assessments are done in time.", ["most"]),
        ("MOST assessments are done in time.", ["most"]),
        ("The most recent plan is used.", []),
        ("Most recent plans are used.", []),
        ("At most three workers knew it.", []),
        ("Nearly all children are seen alone.", ["nearly all"]),
        ("Almost every child is seen alone.", ["nearly all"]),
        ("The vast majority of plans are clear.", ["a large majority"]),
        ("The majority of plans are clear.", ["a majority"]),
        ("Over half of the plans are clear.", ["a majority"]),
        ("About half of the plans are clear.", ["about half"]),
        ("Fewer than half of the plans are clear.", ["a minority"]),
        ("Few children wait, and most are seen.", ["most", "few"]),
        ("Within a few days the child is seen.", []),
        ("No fewer than nine were seen.", []),
        ("Hardly any reviews were late.", ["nearly none"]),
        ("Almost none of the reviews were late.", ["nearly none"]),
        ("Assessments are done in time.", []),
        ("Mostly this is well done.", []),
        ("", []),
    ],
)
def test_the_words_that_are_read(text: str, words: list[str]) -> None:
    assert [one.word for one in words_in(text)] == words


@pytest.mark.parametrize(
    ("low", "high", "borne_out"),
    [(50.0, 61.0, True), (49.9, 61.0, False), (38.0, 61.0, False), (90.0, 100.0, True), (10.0, 20.0, False)],
)
def test_most_needs_the_whole_interval_above_half(low: float, high: float, borne_out: bool) -> None:
    found = unsupported("Most are in time.", [Measured("E0001", low, high)])
    assert [one.word for one in found] == ([] if borne_out else ["most"])


def test_one_share_that_bears_it_out_is_enough() -> None:
    shares = [Measured("E0001", 10.0, 20.0), Measured("E0002", 70.0, 90.0)]
    assert unsupported("Most are in time.", shares) == []


def test_nothing_is_said_where_nothing_was_measured() -> None:
    assert unsupported("Most are in time.", []) == []


def test_every_word_of_the_table_stands_for_some_share_and_is_read_in_a_sentence() -> None:
    for one in SHARE_WORDS:
        assert 0 <= one.low < one.high <= 100
        assert one.means
        assert words_in(f"We saw that {one.word} of them did.") == [one]
