"""What is said of a goal: change since the baseline, the target, and slipping after it was closed."""

import random
from math import sqrt

import pytest

from goldthread.domain.control_charts import Direction
from goldthread.domain.improving import (
    FEWEST_FILES,
    Aim,
    Reach,
    Sampled,
    Verdict,
    change,
    has_slipped,
    newest_pool,
    pools,
    reach,
    together,
)
from goldthread.domain.rising import ONE_SIDED

HIGH, LOW = Direction.HIGH, Direction.LOW


def sampled(met: int, of: int, listed: int | None = None, definition: str = "1") -> Sampled:
    return Sampled(met, of, definition, listed)


@pytest.mark.parametrize(
    ("better", "earlier", "later", "verdict"),
    [
        (HIGH, (12, 30), (24, 30), Verdict.IMPROVED),
        (HIGH, (24, 30), (12, 30), Verdict.WORSE),
        (LOW, (24, 30), (12, 30), Verdict.IMPROVED),
        (LOW, (12, 30), (24, 30), Verdict.WORSE),
        (HIGH, (12, 30), (15, 30), Verdict.NO_CLEAR_CHANGE),
        (HIGH, (30, 30), (30, 30), Verdict.NO_CLEAR_CHANGE),
        (HIGH, (0, 10), (10, 10), Verdict.IMPROVED),
        (HIGH, (0, 9), (90, 90), Verdict.TOO_LITTLE),
        (HIGH, (0, 90), (9, 9), Verdict.TOO_LITTLE),
        (HIGH, (12, 30), (0, 0), Verdict.TOO_LITTLE),
    ],
)
def test_what_is_said_of_change(
    better: Direction, earlier: tuple[int, int], later: tuple[int, int], verdict: Verdict
) -> None:
    found = change(Aim(better, 90), sampled(*earlier), sampled(*later))
    assert found.verdict is verdict
    assert (found.interval is None) == (found.difference is None) == (verdict is Verdict.TOO_LITTLE)


def test_one_child_more_on_a_list_counted_whole_is_no_change_of_practice() -> None:
    found = change(Aim(HIGH, 90), sampled(24, 30, 30), sampled(25, 30, 30))
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


def test_nothing_is_said_across_a_change_of_definition() -> None:
    """However great the difference: neither of change, nor of the target, nor that it slipped."""
    aim, before, anew = Aim(HIGH, 90), sampled(29, 30), sampled(1, 30, definition="2")
    found = change(aim, before, anew)
    assert (found.verdict, found.difference, found.interval) == (Verdict.DEFINED_ANEW, None, None)
    assert reach(aim, before.definition, anew) is Reach.CANNOT_TELL
    assert not has_slipped(aim, before, anew)


@pytest.mark.parametrize(
    ("better", "target", "found", "reached"),
    [
        (HIGH, 60, (27, 30, None), Reach.SURELY),
        (HIGH, 90, (28, 30, None), Reach.CANNOT_TELL),
        (HIGH, 90, (20, 30, None), Reach.SURELY_NOT),
        (HIGH, 100, (30, 30, None), Reach.CANNOT_TELL),
        (HIGH, 100, (30, 30, 31), Reach.CANNOT_TELL),
        (HIGH, 100, (30, 30, 30), Reach.SURELY),
        (HIGH, 90, (27, 30, 30), Reach.SURELY),
        (HIGH, 90, (26, 30, 30), Reach.SURELY_NOT),
        (LOW, 0, (0, 30, 30), Reach.SURELY),
        (LOW, 10, (0, 60, None), Reach.SURELY),
        (LOW, 10, (3, 60, None), Reach.CANNOT_TELL),
        (LOW, 10, (20, 60, None), Reach.SURELY_NOT),
        (HIGH, 0, (0, 0, None), Reach.CANNOT_TELL),
    ],
)
def test_what_is_said_of_the_target(
    better: Direction, target: int, found: tuple[int, int, int | None], reached: Reach
) -> None:
    assert reach(Aim(better, target), "1", sampled(*found)) is reached


@pytest.mark.parametrize("whole", range(1, 41))
def test_a_whole_list_reaches_a_target_as_it_is_counted(whole: int) -> None:
    """Rounding never decides: the second computation is in whole numbers."""
    for met in range(whole + 1):
        for target in range(101):
            high = Reach.SURELY if met * 100 >= target * whole else Reach.SURELY_NOT
            low = Reach.SURELY if met * 100 <= target * whole else Reach.SURELY_NOT
            assert reach(Aim(HIGH, target), "1", sampled(met, whole, whole)) is high
            assert reach(Aim(LOW, target), "1", sampled(met, whole, whole)) is low


@pytest.mark.parametrize(
    ("better", "closing", "later", "slipped"),
    [
        (HIGH, (29, 30), (20, 30), True),
        (HIGH, (29, 30), (28, 30), False),
        (HIGH, (200, 200), (180, 200), False),
        (HIGH, (195, 200), (170, 200), True),
        (HIGH, (29, 30), (2, 9), False),
        (HIGH, (9, 9), (5, 30), True),
        (HIGH, (29, 30), (0, 0), False),
        (LOW, (1, 30), (15, 30), True),
        (LOW, (1, 30), (2, 30), False),
    ],
)
def test_whether_a_closed_goal_has_slipped(
    better: Direction, closing: tuple[int, int], later: tuple[int, int], slipped: bool
) -> None:
    """Of the third, 180 of 200 is worse than it was, but surely above 80% still; 170 of 200 is not."""
    target = 80 if better is HIGH else 20
    assert has_slipped(Aim(better, target), sampled(*closing), sampled(*later)) is slipped


def naive_limits(met: int, of: int, z: float) -> tuple[float, float]:
    """The shares that a score test would not refuse, by halving."""
    p = met / of

    def halved(inside: float, outside: float) -> float:
        for _ in range(100):
            middle = (inside + outside) / 2
            if abs(p - middle) <= z * sqrt(middle * (1 - middle) / of):
                inside = middle
            else:
                outside = middle
        return inside

    return (halved(p, 0.0) if met else 0.0), (halved(p, 1.0) if met < of else 1.0)


def naive_verdict(a: int, m: int, b: int, n: int) -> Verdict:
    """Of a goal for which more is better, from Newcombe's formula written out."""
    p, q = a / m, b / n
    (low_p, high_p), (low_q, high_q) = naive_limits(a, m, ONE_SIDED), naive_limits(b, n, ONE_SIDED)
    if q - p > sqrt((q - low_q) ** 2 + (high_p - p) ** 2):
        return Verdict.IMPROVED
    if p - q > sqrt((high_q - q) ** 2 + (p - low_p) ** 2):
        return Verdict.WORSE
    return Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(("m", "n"), [(10, 10), (12, 23), (30, 11)])
def test_a_second_computation_agrees_on_every_verdict(m: int, n: int) -> None:
    other = {Verdict.IMPROVED: Verdict.WORSE, Verdict.WORSE: Verdict.IMPROVED}
    for a in range(m + 1):
        for b in range(n + 1):
            expected = naive_verdict(a, m, b, n)
            assert change(Aim(HIGH, 90), sampled(a, m), sampled(b, n)).verdict is expected
            assert change(Aim(LOW, 10), sampled(a, m), sampled(b, n)).verdict is other.get(expected, expected)


@pytest.mark.parametrize(("met", "of", "listed"), [(-1, 3, None), (4, 3, None), (3, 10, 9)])
def test_a_share_that_cannot_be_is_refused(met: int, of: int, listed: int | None) -> None:
    with pytest.raises(ValueError, match="files"):
        sampled(met, of, listed)


@pytest.mark.parametrize(("better", "target"), [(Direction.NEITHER, 50), (HIGH, 101), (LOW, -1)])
def test_an_aim_that_cannot_be_is_refused(better: Direction, target: int) -> None:
    with pytest.raises(ValueError, match=r"goal|target"):
        Aim(better, target)


def _naive_pools(found: list[Sampled]) -> list[list[int]]:
    """Second, naive: one file count after another, each draw put to the last pool while that is short."""
    made: list[list[int]] = []
    for at, one in enumerate(found):
        last = made[-1] if made else []
        short = sum(found[place].of for place in last) < FEWEST_FILES
        whole = one.listed is not None or any(found[place].listed is not None for place in last)
        if last and short and not whole and found[last[-1]].definition == one.definition:
            last.append(at)
        else:
            made.append([at])
    return made


def test_draws_are_counted_together_as_a_naive_second_count_does() -> None:
    dice = random.Random(41)
    for _ in range(500):
        found = [
            Sampled(0, of, dice.choice("AAAB"), of if dice.random() < 0.1 else None)
            for of in (dice.randint(1, 14) for _ in range(dice.randint(0, 9)))
        ]
        sizes = pools(found)
        assert sizes == [len(one) for one in _naive_pools(found)] and sum(sizes) == len(found)
        newest = newest_pool(found)
        assert (newest == 0) == (not found)
        if newest > 1:
            assert together(found[1 - newest :]).few, "it goes back no further than it must"
            assert len({one.definition for one in found[-newest:]}) == 1


def test_together_is_the_sum_and_never_of_what_was_counted_whole() -> None:
    both = together([Sampled(2, 6, "A"), Sampled(5, 7, "A")])
    assert (both.met, both.of, both.listed) == (7, 13, None)
    whole = Sampled(3, 6, "A", 6)
    assert together([whole]) == whole and not whole.joins(Sampled(1, 6, "A")) and pools([whole, whole]) == [1, 1]
