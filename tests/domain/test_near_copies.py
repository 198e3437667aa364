"""Texts that are nearly the same: estimated as a plain count would say, and what differs named."""

from random import Random

import pytest

from goldthread.domain.near_copies import FEWEST, KEPT, differing, resemblance, sketch

DICE = Random(5)
WORDS = [f"word{n}" for n in range(400)]


def written(sentences: int) -> list[str]:
    return [" ".join(DICE.choice(WORDS) for _ in range(12)) + "." for _ in range(sentences)]


def plainly(one: str, other: str) -> float:
    """The share of runs of five words, counted out."""
    runs = []
    for text in (one, other):
        words = text.lower().replace(".", " ").split()
        runs.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("changed", [0, 3, 12, 40])
def test_the_estimate_is_near_to_the_plain_count(changed: int) -> None:
    whole = written(120)
    other = written(changed) + whole[changed:]
    one, two = " ".join(whole), " ".join(other)
    assert abs(resemblance(sketch(one), sketch(two)) - plainly(one, two)) < 0.09
    assert len(sketch(one)) == KEPT


def test_short_texts_are_compared_exactly_and_very_short_ones_not_at_all() -> None:
    one, two = " ".join(written(3)), " ".join(written(2))
    assert resemblance(sketch(one), sketch(f"{one} {two}")) == plainly(one, f"{one} {two}")
    assert sketch("a b c d e f") == () and resemblance((), sketch(one)) == 0.0 and resemblance((), ()) == 0.0
    assert len(sketch(" ".join(f"w{n}" for n in range(FEWEST + 4)))) == FEWEST


def test_layout_letter_case_and_signs_make_no_difference() -> None:
    one = " ".join(written(20))
    other = one.upper().replace(" ", "\n").replace(".", " !")
    assert resemblance(sketch(one), sketch(other)) == 1.0
    assert differing("Seen alone. Heard twice.", "HEARD  twice!\nSeen, alone.").nothing


def test_what_differs_is_told_sentence_by_sentence() -> None:
    found = differing("Seen alone. Once a month. The same. The same.", "Seen alone. Twice a month. The same.")
    assert (found.here, found.there) == (("Once a month.", "The same."), ("Twice a month.",))
    many = differing(" ".join(f"Sentence {n}." for n in range(50)), "", most=4)
    assert (len(many.here), many.here_count, many.there_count, many.nothing) == (4, 50, 0, False)
    assert differing("", "").nothing
