"""When a reviewer is calibrated, and on what a team parts most: against plain computations of the same."""

import random

import pytest

from goldthread.domain.agreement import Scale
from goldthread.domain.calibration import (
    PROPOSED,
    Compared,
    Level,
    apart,
    from_model,
    leaning,
    most_apart,
    parting,
    standing,
)
from goldthread.domain.scales import GRADES

GRADED = Scale(GRADES)
YES = Scale(("yes", "partly", "no"))


def answers(same: int, of: int, cases: int = 3) -> list[Compared]:
    """So many answers over so many cases, the first of them as the model."""
    return [Compared(f"c{n % cases}", f"q{n}", "good" if n < same else "inadequate", "good") for n in range(of)]


@pytest.mark.parametrize(
    "same, of, cases, calibrated",
    [(7, 10, 3, True), (6, 10, 3, False), (10, 10, 2, False), (699, 1000, 3, False), (700, 1000, 3, True)],
)
def test_the_level_is_reached_by_whole_numbers(same: int, of: int, cases: int, calibrated: bool) -> None:
    told = standing(answers(same, of, cases))
    assert (told.same, told.answers, told.cases) == (same, of, cases)
    assert told.calibrated is calibrated
    assert bool(told.wants) is not calibrated


def test_an_unsafe_child_who_was_overlooked_stands_in_the_way_unless_the_level_says_otherwise() -> None:
    flags = [Compared("c0", "urgent", "no", "yes", flag=True), Compared("c1", "urgent", "yes", "no", flag=True)]
    told = standing(answers(10, 10) + flags)
    assert told.overlooked == 1 and told.answers == 10 and not told.calibrated
    assert told.wants == ("1 child unsafe now overlooked",)
    assert standing(answers(10, 10) + flags, Level(70, 3, urgent=False)).calibrated


def test_nobody_is_calibrated_on_nothing() -> None:
    told = standing([])
    assert not told.calibrated and told.wants == (f"0 of {PROPOSED.cases} practice cases signed off",)


def test_that_a_question_does_not_apply_is_an_answer() -> None:
    both = [Compared("c", "q", "not-applicable", "not-applicable")]
    assert standing(both).same == 1
    assert standing([Compared("c", "q", "not-applicable", "good")]).same == 0


def test_how_far_answers_lie_apart() -> None:
    assert apart("good", "good", GRADED) == 0
    assert apart("outstanding", "inadequate", GRADED) == 1
    assert apart("good", "requires-improvement", GRADED) == pytest.approx(1 / 3)
    assert apart("yes", "partly", YES) == 0.5
    assert apart("not-applicable", "good", GRADED) == 1
    assert apart("not-applicable", "not-applicable", GRADED) == 0
    assert parting(["good"], GRADED) is None and from_model([], "good", GRADED) is None


def naive_apart(one: str, other: str) -> float:
    places = {grade: place for place, grade in enumerate(GRADES)}
    if one == other:
        return 0
    return abs(places[one] - places[other]) / 3 if one in places and other in places else 1


def test_parting_is_the_mean_over_every_two_reviewers() -> None:
    chance = random.Random("parting")
    for _ in range(200):
        held = [chance.choice([*GRADES, "not-applicable"]) for _ in range(chance.randint(2, 9))]
        model = chance.choice([*GRADES, "not-applicable"])
        steps = [naive_apart(held[a], held[b]) for a in range(len(held)) for b in range(a)]
        assert parting(held, GRADED) == pytest.approx(sum(steps) / len(steps))
        assert from_model(held, model, GRADED) == pytest.approx(sum(naive_apart(v, model) for v in held) / len(held))


def test_leaning_says_which_way() -> None:
    assert leaning("good", "good", GRADED) == "same"
    assert leaning("outstanding", "good", GRADED) == "kinder"
    assert leaning("inadequate", "good", GRADED) == "harsher"
    assert leaning("not-applicable", "good", GRADED) == "other"
    assert leaning("", "good", GRADED) == "other"


def test_what_parts_most_comes_first_then_what_stands_farthest_from_the_model() -> None:
    parted = {
        "agreed": (0.0, 0.0), "together, away": (0.0, 0.6), "apart": (0.4, 0.1), "apart, away": (0.4, 0.5),
        "alone": (None, 0.3), "alone, as the model": (None, 0.0),
    }  # fmt: skip
    assert most_apart(parted) == ["apart, away", "apart", "together, away", "alone"]
