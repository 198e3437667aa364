"""A quotation is found by its words, whatever became of the spaces; it is never found where a letter differs."""

from hypothesis import given
from hypothesis import strategies as st

from goldthread.domain.anchoring import Place, find, find_again, sentences

TEXT = "One is first. Two is\n“second”. One is first again."


def test_spaces_line_ends_and_quotation_marks_may_differ() -> None:
    span = find('Two  is "second".', TEXT)
    assert span is not None and TEXT[slice(*span)] == "Two is\n“second”."
    assert find("Two is third", TEXT) is None and find("   ", TEXT) is None


def test_of_several_places_the_nearest_is_meant() -> None:
    last = TEXT.rindex("One is first")
    assert find("One is first", TEXT, near=40) == (last, last + 12)
    assert find("One is first", TEXT) == (0, 12)


def test_in_another_version_the_page_nearest_is_looked_at_first() -> None:
    pages = ["nothing", "the words", "more", "the words"]
    assert find_again("the words", pages, Place(4, 0, 9)) == Place(4, 0, 9)
    assert find_again("the words", pages, Place(3, 0, 9)) == Place(2, 0, 9)
    assert find_again("gone", pages, Place(1, 0, 4)) is None
    assert find_again("more", ["", "more"], Place(9, 0, 4)) == Place(2, 0, 4)


def test_sentences_are_the_text_and_nothing_else() -> None:
    assert [TEXT[slice(*one)] for one in sentences(TEXT)] == [
        "One is first.", "Two is", "“second”.", "One is first again.",
    ]  # fmt: skip
    assert sentences("") == [] and sentences(" \n ") == []


@given(st.text(max_size=300))
def test_whatever_a_text_holds_each_sentence_is_found_in_it(text: str) -> None:
    for start, end in sentences(text):
        assert text[start:end].strip() == text[start:end] != ""
        if text[start:end].translate({0xAD: ""}).split():
            assert find(text[start:end], text, near=start) is not None or "\xad" in text[start:end]
