"""What is said of a goal in words: one sentence of target and change, and numbers that bear out the words."""

import random
import re

import pytest

from goldthread.domain.control_charts import Direction
from goldthread.domain.improving import Aim, Reach, Sampled, Verdict, change, reach
from goldthread.domain.improving_words import difference_told, in_words, places, points, signed, target_in_words

HIGH, LOW = Direction.HIGH, Direction.LOW


def told(better: Direction, target: int, first: tuple[int, int], later: Sampled) -> str:
    aim, baseline = Aim(better, target), Sampled(*first, "1", first[1])
    return in_words(aim, change(aim, baseline, later), reach(aim, "1", later), later)


def test_what_is_worse_and_still_over_its_target_says_both_in_one_sentence() -> None:
    """94% at the baseline, 84% now, at least 75% asked for: of a list that was counted whole."""
    says = told(HIGH, 75, (564, 600), Sampled(504, 600, "1", 600))
    assert says == (
        "It still reaches its target, but is clearly lower than at the baseline, which is worse, by more than the "
        "usual variation from one list to the next explains."
    )
    assert "still" in target_in_words(Reach.SURELY, Verdict.WORSE)


def test_the_luck_of_the_draw_is_said_of_draws_alone() -> None:
    draw, whole = Sampled(200, 250, "1"), Sampled(200, 250, "1", 250)
    for first in ((100, 250), (198, 250), (249, 250)):
        assert "luck of the draw" in told(HIGH, 70, first, draw)
        assert "draw" not in told(HIGH, 70, first, whole)


@pytest.mark.parametrize("better", [HIGH, LOW])
@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("reached", list(Reach))
def test_every_pair_of_verdict_and_target_is_a_sentence_that_says_both(
    better: Direction, verdict: Verdict, reached: Reach
) -> None:
    from goldthread.domain.improving import Change

    says = in_words(Aim(better, 75), Change(verdict), reached, Sampled(20, 30, "1"))
    assert says.endswith(".") and "target" in says and ".." not in says
    assert ("worse" in says, "cannot be told" in says) == (verdict is Verdict.WORSE, reached is Reach.CANNOT_TELL)
    way = {(Verdict.WORSE, HIGH): "lower", (Verdict.WORSE, LOW): "higher", (Verdict.IMPROVED, HIGH): "higher",
           (Verdict.IMPROVED, LOW): "lower"}.get((verdict, better))  # fmt: skip
    assert way is None or f"clearly {way}" in says


def test_an_interval_that_ends_just_short_of_nothing_is_never_told_as_ending_at_nothing() -> None:
    assert [signed(one, places([-5.2, 0.3])) for one in (-5.2, 0.3)] == ["−5.2", "+0.3"]
    assert [signed(one, places([-5.2, -0.3])) for one in (-5.2, -0.3)] == ["−5.2", "−0.3"]
    assert [signed(one, places([-5.2, 0.04])) for one in (-5.2, 0.04)] == ["−5.20", "+0.04"]
    assert [signed(one, places([-5.2, 0.0])) for one in (-5.2, 0.0)] == ["−5", "0"]


def test_numbers_shown_bear_out_their_words_on_many_counts() -> None:
    """Second, naive: the words of change worked out anew from the numbers as they are shown."""
    dice = random.Random(59)
    for _ in range(3000):
        of = dice.randint(10, 900)
        before, after = Sampled(dice.randint(0, of), of, "1", of), Sampled(dice.randint(0, of), of, "1", of)
        said = change(Aim(HIGH, 75), before, after)
        assert said.interval is not None
        bounds = [100 * said.interval.low, 100 * said.interval.high]
        low, high = (float(signed(one, places(bounds)).replace("−", "-")) for one in bounds)
        naive = Verdict.IMPROVED if low > 0 else Verdict.WORSE if high < 0 else Verdict.NO_CLEAR_CHANGE
        assert naive is said.verdict, (before, after)


def test_a_share_just_under_its_target_is_told_to_as_many_places_as_show_it() -> None:
    assert places([74.96], 75) == 2 and places([74.8], 75) == 1 and places([74.4], 75) == 0 and places([75.0], 75) == 0


def test_one_point_is_no_points() -> None:
    assert [points(one, 0) for one in (1.2, -1.2, 2.0, 0.2)] == ["+1 point", "−1 point", "+2 points", "0 points"]
    assert points(-0.6, 1) == "−0.6 points"


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ((-2.6, -5.1, -0.002), "−2.6 points (likely −5.1 to just below 0)"),
        ((16.1, 0.04, 31.3), "+16.1 points (likely just above 0 to +31.3)"),
        ((0.01, -3.0, 3.0), "just above 0 points (likely −3.0 to +3.0)"),
        ((0.0, -3.2, 3.2), "0 points (likely −3 to +3)"),
        ((-22.2, -26.4, -18.6), "−22 points (likely −26 to −19)"),
        ((-0.3, -1.0, 0.4), "−0.3 points (likely −1.0 to +0.4)"),
    ],
)
def test_a_number_next_to_nothing_is_told_in_words_and_never_in_digits_that_mean_nothing(
    numbers: tuple[float, float, float], says: str
) -> None:
    assert difference_told(*numbers) == says


def test_no_difference_shows_a_minus_nought_and_each_end_lies_on_its_own_side() -> None:
    """Second, naive: the sides read back out of the words."""
    dice = random.Random(5)
    for _ in range(2000):
        low, gap, high = sorted(dice.choice((-1, 1)) * 10 ** dice.uniform(-6, 1.6) for _ in range(3))
        told_now = difference_told(gap, low, high)
        assert not re.search(r"[−+]0(\.0+)?(?![.\d])", told_now)
        ends = re.fullmatch(r".*\(likely (.+) to (.+)\)", told_now)
        assert ends is not None
        for end, true in zip(ends.groups(), (low, high), strict=True):
            assert (end.startswith("+") or end == "just above 0") == (true > 0)
            assert (end.startswith("−") or end == "just below 0") == (true < 0)
