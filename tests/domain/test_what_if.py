"""What another grade of one area, or the fall of one finding, would change."""

from itertools import product

import pytest

from goldthread.domain.frameworks import load
from goldthread.domain.grading import GradingError, weigh
from goldthread.domain.what_if import Fall, Held, falls, turns

SIF, ILACS = load("sif-2013"), load("ilacs-2026")
KEYS = ("help-and-protection", "looked-after", "leadership")
STEPS = ("outstanding", "good", "requires-improvement", "inadequate")


def judged(*grades: str) -> dict[str, str]:
    return dict(zip(KEYS, grades, strict=True))


@pytest.mark.parametrize(
    ("grades", "area", "would_be", "opens", "shuts"),
    [
        # One inadequate key area shuts everything but inadequate; a step better opens what is left.
        (("good", "inadequate", "good"), "looked-after", "requires-improvement", ("good", "requires-improvement"),
         ("inadequate",)),
        # From three times good, leadership inadequate leaves inadequate alone; that is two steps, and not told.
        (("good", "good", "requires-improvement"), "leadership", "inadequate", ("inadequate",),
         ("requires-improvement",)),
    ],
)  # fmt: skip
def test_a_step_that_changes_what_is_allowed_is_told(
    grades: tuple[str, ...], area: str, would_be: str, opens: tuple[str, ...], shuts: tuple[str, ...]
) -> None:
    found = {(one.area, one.would_be): one for one in turns(SIF, judged(*grades))}
    one = found[area, would_be]
    assert (one.opens, one.shuts) == (opens, shuts)


@pytest.mark.parametrize("grades", list(product(STEPS, repeat=3)))
def test_every_profile_is_told_as_trying_each_grade_by_hand_tells_it(grades: tuple[str, ...]) -> None:
    """A second, naive computation: all four grades of each area are tried, and steps of more than one left out."""
    held = judged(*grades)
    now = weigh(SIF, held)
    expected = set()
    for area, grade in product(KEYS, STEPS):
        then = weigh(SIF, held | {area: grade})
        apart = abs(STEPS.index(grade) - STEPS.index(held[area]))
        if apart == 1 and (set(then.allowed), set(then.expected)) != (set(now.allowed), set(now.expected)):
            expected.add((area, grade, then.allowed, then.expected))
    assert {(one.area, one.would_be, one.allowed, one.expected) for one in turns(SIF, held)} == expected


def test_where_nothing_is_judged_or_the_whole_has_no_grade_nothing_is_told() -> None:
    assert turns(SIF, {}) == ()
    assert turns(ILACS, {ILACS.areas[0].slug: "good"}) == ()
    with pytest.raises(GradingError):
        turns(SIF, {"leadership": "splendid"})


ONE = Held("F1", "strength", frozenset({"hp-01", "hp-02"}), frozenset({"data"}))
TWO = Held("F2", "improve", frozenset({"hp-02"}), frozenset({"data", "case-review"}))
THREE = Held("F3", "improve", frozenset(), frozenset({"case-review"}))


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ((ONE, TWO, THREE), (
            Fall("F1", "strength", True, frozenset({"hp-01"}), frozenset()),
            Fall("F2", "improve", False, frozenset(), frozenset()),
            Fall("F3", "improve", False, frozenset(), frozenset()),
        )),
        ((ONE, THREE), (
            Fall("F1", "strength", True, frozenset({"hp-01", "hp-02"}), frozenset({"data"})),
            Fall("F3", "improve", True, frozenset(), frozenset({"case-review"})),
        )),
        ((ONE,), (Fall("F1", "strength", True, frozenset({"hp-01", "hp-02"}), frozenset({"data"})),)),
        ((), ()),
    ],
)  # fmt: skip
def test_what_an_area_would_lose_with_each_finding(findings: tuple[Held, ...], told: tuple[Fall, ...]) -> None:
    assert falls(findings) == told
    assert [one.something for one in told] == [bool(one.last_of_kind or one.criteria or one.evidence) for one in told]
