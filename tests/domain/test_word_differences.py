"""What changed between two versions of a text: nothing is lost, nothing is said twice, and a reader can follow it."""

import random

import pytest

from goldthread.domain.word_differences import Change, Pair, paragraphs, words


def made_of(pieces: tuple, leave_out: Change) -> str:
    return " ".join("".join(one.text if one.text[-1:] == " " else f"{one.text} " for one in pieces
                            if one.change is not leave_out).split())  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Most plans are late.", "Most plans are late.", [("same", "Most plans are late.")]),
        ("Most plans are late.", "Some plans are late.",
         [("out", "Most "), ("in", "Some "), ("same", "plans are late.")]),
        ("", "New.", [("in", "New.")]),
        ("Gone.", "", [("out", "Gone.")]),
        ("", "", []),
        ("The plan is late", "The plan", [("same", "The plan"), ("out", "is late")]),
    ],
)  # fmt: skip
def test_words_that_stay_go_and_come(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert [(one.change.value, one.text) for one in words(before, after)] == told


def test_both_texts_can_be_made_again_from_the_pieces() -> None:
    dice = random.Random(17)
    for _ in range(200):
        before, after = (
            " ".join(dice.choices(["a", "b", "c", "d", "e", "f"], k=dice.randint(0, 12))) for _ in range(2)
        )
        pieces = words(before, after)
        assert made_of(pieces, Change.IN) == before
        assert made_of(pieces, Change.OUT) == after


def places(pairs: list[Pair]) -> list[tuple[int | None, int | None]]:
    return [(one.before, one.after) for one in pairs]


def test_a_changed_paragraph_is_laid_beside_what_it_was() -> None:
    before = ["Children are seen in time.", "Plans are mostly clear and up to date.", "Homes are near."]
    after = ["Children are seen in time.", "Plans are always clear and up to date.", "Homes are near."]
    told = paragraphs(before, after)
    assert places(told) == [(1, 1), (2, 2), (3, 3)]
    assert [one.changed for one in told] == [False, True, False]


def test_a_paragraph_that_went_or_came_shifts_the_others_and_changes_none_of_them() -> None:
    before = ["Children are seen in time.", "Plans are clear.", "Homes are near."]
    told = paragraphs(before, [before[0], before[2]])
    assert places(told) == [(1, 1), (2, None), (3, 2)] and [one.changed for one in told] == [False, True, False]
    told = paragraphs(before, ["Quite another opening here.", *before])
    assert places(told) == [(None, 1), (1, 2), (2, 3), (3, 4)] and sum(one.changed for one in told) == 1


def test_every_paragraph_of_both_is_told_once_and_in_order() -> None:
    dice = random.Random(4)
    for _ in range(100):
        before, after = (
            [" ".join(dice.choices(["a", "b", "c", "d"], k=4)) for _ in range(dice.randint(0, 6))] for _ in range(2)
        )
        told = paragraphs(before, after)
        assert [one.before for one in told if one.before] == list(range(1, len(before) + 1))
        assert [one.after for one in told if one.after] == list(range(1, len(after) + 1))
