"""What was read from a picture, and what of it lies under black bars."""

from goldthread.kernel.image_text import ImageText, Word, without

LINE = "carer ii TI lives at Hi Wrenford"


def read() -> ImageText:
    words, at = [], 0
    for number, word in enumerate(LINE.split()):
        start = LINE.index(word, at)
        words.append(Word(start, start + len(word), 90, (number * 1000, 100, number * 1000 + 900, 300)))
        at = start + len(word)
    return ImageText(LINE, tuple(words))


def test_what_lies_under_a_bar_is_no_word_and_a_run_is_told_once() -> None:
    held = without(read(), [(950, 50, 2950, 350), (5000, 0, 5900, 400)], "[taken out]")
    assert held.text == "carer [taken out] lives at [taken out] Wrenford"
    assert [held.text[one.start : one.end] for one in held.words] == ["carer", "lives", "at", "Wrenford"]


def test_a_word_that_a_bar_only_touches_stays_and_no_bar_changes_nothing() -> None:
    assert without(read(), [(0, 0, 100, 400)], "[taken out]").text == LINE
    assert without(read(), [], "[taken out]") == read()
