"""Where passages stand in a text, and areas as people write them."""

import pytest

from goldthread.domain.redacting import (
    WHOLE,
    Box,
    areas_of,
    every_place,
    merged,
    passages_of,
    still_there,
    without,
)


@pytest.mark.parametrize(
    ("passage", "text", "stands"),
    [
        ("Larch Close", "At Larch Close, then LARCH\n close.", ["Larch Close", "LARCH\n close"]),
        ("Ann", "Ann and Ann's sister; Annual, Joann.", ["Ann", "Ann"]),
        ("O'Neil", "Mr O’Neil wrote.", ["O’Neil"]),
        ("27-29", "from 27–29 only, not 127-29", ["27–29"]),
        ("Okonkwo", "Ms Okon-\nkwo, Okon\xadkwo", ["Okon-\nkwo", "Okon\xadkwo"]),
        ("(born 2012)", "He (born 2012) came.", ["(born 2012)"]),
        ("nobody", "Somebody.", []),
        ("  ", "Anything at all.", []),
    ],
)
def test_a_passage_is_found_wherever_its_words_stand(passage: str, text: str, stands: list[str]) -> None:
    assert [text[start:end] for start, end in every_place(passage, text)] == stands


def test_a_text_without_its_passages_says_where_they_were() -> None:
    text = "Ann Lee of Larch Close."
    spans = [*every_place("Ann Lee", text), *every_place("Lee of", text), *every_place("Close", text)]
    assert merged(spans) == [(0, 10), (17, 22)]
    assert without(text, spans) == "[taken out] Larch [taken out]."
    assert still_there(["Lee", "Larch"], ["Nothing.", without(text, spans)]) == [(2, 2)]


def test_areas_are_read_line_by_line_and_what_is_none_is_told() -> None:
    found, wrong = areas_of("3: 10 40 60 45\n\npage 2: 0, 0, 100, 5\n4: all\n1: 60 0 10 5\nhere\n2: 0 0 101 5\n0: all")
    assert found == [Box(3, 1000, 4000, 6000, 4500), Box(2, 0, 0, WHOLE, 500), Box(4, 0, 0, WHOLE, WHOLE)]
    assert wrong == [5, 6, 7, 8]
    assert Box(1, 5, 5, WHOLE, 20).wider(10) == Box(1, 0, 0, WHOLE, 30)


def test_passages_are_lines_and_each_counts_once() -> None:
    assert passages_of(" Ann  Lee \n\nLarch Close\nAnn Lee\n") == ["Ann Lee", "Larch Close"]
