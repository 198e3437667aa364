"""The language of a text: told by its small words, and not told where it is not clear."""

import pytest

from goldthread.domain import surveys
from goldthread.domain.written_language import LANGUAGES, language_of

ENGLISH = (
    "The plan was reviewed by the team, and it is not known whether the children have been told of this. "
    "Managers are to write down why each decision was made, with the date."
)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_is_told_by_what_is_written_in_it_here(code: str) -> None:
    """Of texts that this was not made from: everything that surveys say in it."""
    language = surveys.language(code)
    assert language_of(" ".join((*language.words.values(), *language.told.values()))) == code
    assert language.english == LANGUAGES[code]


@pytest.mark.parametrize(
    "text",
    ["", "Supervision policy", "North 12 South 19 West 4", "1234 5678 🙂", "Der Plan wurde vom Team geprüft. " * 9,
     "Le plan est revu par les équipes et les enfants ne sont pas informés de cela dans la semaine. " * 9],
)  # fmt: skip
def test_what_is_short_a_table_or_another_language_is_not_guessed(text: str) -> None:
    assert language_of(text) == ""


def test_a_text_that_is_half_in_one_language_and_half_in_another_is_not_guessed() -> None:
    welsh = " ".join(surveys.language("cy").words.values())
    assert language_of(f"{ENGLISH * 2} {welsh}") == ""
    assert language_of(ENGLISH) == "en"
