"""How many to read, and what the files read say: published figures, exact counts, and many draws from known frames."""

import random
from fractions import Fraction
from itertools import combinations
from math import comb, sqrt

import pytest

from goldthread.domain.intervals import Z, wilson, wilson_effective, wilson_finite
from goldthread.domain.sampling import (
    Candidate,
    Design,
    Plan,
    Seen,
    StratumCount,
    at_least_cases,
    at_most_cases,
    chance_of_seeing,
    discovery_size,
    draw,
    estimate,
    most_faulty,
    size_to_say_at_most,
    z_of,
)


def exact(n: int, faulty: int, population: int) -> Fraction:
    """The chance that n cases show none of the faulty, counted out."""
    return Fraction(comb(population - faulty, n), comb(population, n))


@pytest.mark.parametrize(
    ("population", "tenth", "twentieth"), [(50, 22, 31), (100, 25, 45), (300, 28, 54), (1000, 29, 57)]
)
def test_how_many_to_read_to_find_one(population: int, tenth: int, twentieth: int) -> None:
    for per_cent, needed in ((10, tenth), (5, twentieth)):
        faulty = at_least_cases(per_cent / 100, population)
        assert discovery_size(faulty, population) == needed
        assert exact(needed, faulty, population) <= Fraction(5, 100) < exact(needed - 1, faulty, population)


@pytest.mark.parametrize("population", [1, 2, 7, 20, 41])
@pytest.mark.parametrize("chance", [Fraction(1, 2), Fraction(9, 10), Fraction(95, 100)])
def test_discovery_is_what_counting_out_gives(population: int, chance: Fraction) -> None:
    for faulty in range(1, population + 1):
        naive = next(n for n in range(population + 1) if exact(n, faulty, population) <= 1 - chance)
        assert discovery_size(faulty, population, float(chance)) == naive
    for n in range(population + 1):
        naive = max(f for f in range(population + 1 - n) if f == 0 or exact(n, f, population) > 1 - chance)
        assert most_faulty(n, population, float(chance)) == naive
        for faulty in range(population + 1):
            assert chance_of_seeing(n, faulty, population) == pytest.approx(float(1 - exact(n, faulty, population)))


def test_to_say_that_at_most_so_many_are_faulty() -> None:
    for population in (30, 120, 500):
        for share in (0.0, 0.03, 0.1, 0.25):
            n = size_to_say_at_most(share, population)
            assert most_faulty(n, population) <= share * population
            assert n == 1 or most_faulty(n - 1, population) > share * population
    assert size_to_say_at_most(0, 80) == 76
    # Rule of three: none in n means at most about 3/n, here of a list so long that it hardly matters.
    assert most_faulty(60, 100_000) / 100_000 == pytest.approx(3 / 60, rel=0.03)


def test_shares_and_confidence_in_whole_cases_and_normal_values() -> None:
    for population in (1, 7, 50, 300, 1024):
        for per_cent in (1, 5, 7, 10, 29, 50, 100):
            exactly = Fraction(per_cent * population, 100)
            assert at_least_cases(per_cent / 100, population) == max(1, -(-exactly.numerator // exactly.denominator))
            assert at_most_cases(per_cent / 100, population) == exactly.numerator // exactly.denominator
    assert at_least_cases(0, 50) == 0
    assert z_of(0.95) == pytest.approx(Z, abs=1e-12)
    assert z_of(0.9) == pytest.approx(1.6448536, abs=1e-7)
    with pytest.raises(ValueError, match="confidence must"):
        z_of(1)


def test_what_cannot_be_found_is_refused() -> None:
    for wrong in (
        lambda: discovery_size(0, 10), lambda: discovery_size(11, 10), lambda: discovery_size(1, 10, 1.0),
        lambda: most_faulty(11, 10), lambda: most_faulty(1, 10, 0), lambda: size_to_say_at_most(1.0, 10),
        lambda: chance_of_seeing(11, 1, 10), lambda: wilson_effective(0.5, 0), lambda: wilson_effective(1.5, 3),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="must"):
            wrong()


def seen(stratum: str, yes: int, no: int, not_asked: int = 0) -> list[Seen]:
    """Files of one stratum."""
    return [Seen(stratum, True)] * yes + [Seen(stratum, False)] * no + [Seen(stratum, False, False)] * not_asked


SIMPLE = [StratumCount("all", 120, 20, 6.0)]


def test_an_undivided_sample_has_the_score_interval_of_its_list() -> None:
    for design in (Design.SIMPLE, Design.DIP, Design.SYSTEMATIC):
        for yes in (0, 6, 18, 20):
            told = estimate(design, SIMPLE, seen("all", yes, 20 - yes))
            assert told is not None
            assert told.share == told.unweighted == yes / 20
            low, high = wilson_finite(yes, 20, 120)
            assert told.interval == pytest.approx((low, high))
    plain = estimate(Design.SIMPLE, [StratumCount("all", 10**9, 20, None)], seen("all", 18, 2))
    assert plain is not None
    assert plain.interval == pytest.approx(wilson(18, 20), abs=1e-6)


def test_when_everybody_was_read_nothing_is_left_to_doubt() -> None:
    told = estimate(
        Design.PROPORTIONAL, [StratumCount("a", 4, 4, 1), StratumCount("b", 6, 6, 1)], seen("a", 1, 3) + seen("b", 6, 0)
    )
    assert told is not None
    assert (told.share, *told.interval) == pytest.approx((0.7, 0.7, 0.7))


def test_a_stratified_share_is_weighted_and_its_variance_is_that_of_the_reference() -> None:
    strata = [StratumCount("care", 200, 10, 20.0), StratumCount("need", 800, 20, 40.0)]
    told = estimate(Design.PROPORTIONAL, strata, seen("care", 6, 4) + seen("need", 13, 7))
    assert told is not None
    share = 0.2 * 0.6 + 0.8 * 0.65
    variance = 0.04 * (1 - 10 / 200) * 0.6 * 0.4 / 9 + 0.64 * (1 - 20 / 800) * 0.65 * 0.35 / 19
    size = share * (1 - share) / variance
    centre, half = (
        (share * size + Z * Z / 2) / (size + Z * Z),
        Z * sqrt(size * share * (1 - share) + Z * Z / 4) / (size + Z * Z),
    )
    assert (told.share, told.unweighted) == pytest.approx((share, 19 / 30))
    assert told.effective == pytest.approx(size)
    assert told.interval == pytest.approx((centre - half, centre + half))


def test_the_variance_of_a_small_frame_is_that_of_every_sample_that_could_be_drawn() -> None:
    # Two strata of five, two of each drawn: all 100 samples, so that nothing is left to a formula.
    frame = {"a": (1, 1, 0, 0, 1), "b": (0, 0, 0, 1, 0)}
    strata = [StratumCount(name, 5, 2, 2.5) for name in frame]
    shares, variances = [], []
    for first in combinations(frame["a"], 2):
        for second in combinations(frame["b"], 2):
            files = [Seen("a", bool(y)) for y in first] + [Seen("b", bool(y)) for y in second]
            told = estimate(Design.PROPORTIONAL, strata, files)
            assert told is not None
            shares.append(told.share)
            variances.append(sum(0.25 * (1 - 2 / 5) * (p * (1 - p)) for p in (sum(first) / 2, sum(second) / 2)))
    mean = sum(shares) / len(shares)
    assert mean == pytest.approx(0.4)
    true = sum((share - mean) ** 2 for share in shares) / len(shares)
    assert sum(variances) / len(variances) == pytest.approx(true)


def test_a_question_that_does_not_apply_to_all_is_a_share_of_those_to_whom_it_does() -> None:
    strata = [StratumCount("a", 100, 10, 10), StratumCount("b", 300, 10, 30)]
    told = estimate(Design.PROPORTIONAL, strata, seen("a", 4, 1, 5) + seen("b", 2, 6, 2))
    assert told is not None
    assert (told.yes, told.of) == (6, 13)
    assert told.share == pytest.approx((10 * 4 + 30 * 2) / (10 * 5 + 30 * 8))
    assert estimate(Design.PROPORTIONAL, strata, seen("a", 0, 0, 3)) is None


def test_what_was_picked_by_hand_is_never_an_estimate_and_missing_strata_are_named() -> None:
    assert estimate(Design.HAND_PICKED, SIMPLE, seen("all", 3, 1)) is None
    told = estimate(Design.PROPORTIONAL, [StratumCount("a", 9, 3, 3), StratumCount("b", 9, 3, 3)], seen("a", 3, 0))
    assert told is not None
    assert (told.missing, told.share, told.interval.high) == (("b",), 1.0, 1.0)


def test_a_sample_is_never_taken_to_be_surer_than_its_weights_are_worth() -> None:
    # All ten files of the large part agree; that must not make the share of the small part the only doubt.
    strata = [StratumCount("large", 950, 10, 95), StratumCount("small", 50, 20, 2.5)]
    told = estimate(Design.OVERSAMPLED, strata, seen("large", 10, 0) + seen("small", 10, 10))
    assert told is not None
    assert told.effective == pytest.approx((10 * 95 + 20 * 2.5) ** 2 / (10 * 95**2 + 20 * 2.5**2))
    assert told.interval.low < 0.75


def _families(rng: random.Random) -> tuple[list[Candidate], dict[str, bool]]:
    """400 families of one to four children, alike within families as real ones are."""
    frame, answers = [], {}
    for family in range(400):
        good = rng.random() < 0.7
        for child in range(rng.choice((1, 1, 2, 3, 4))):
            frame.append(Candidate(f"{family}-{child}", ("few", "many")[family % 4 > 0], str(family)))
            answers[f"{family}-{child}"] = good if rng.random() < 0.9 else not good
    return frame, answers


@pytest.mark.parametrize(
    "plan",
    [
        Plan(60, "", design=Design.SIMPLE),
        Plan(60, "", ("s",)),
        Plan(60, "", ("s",), design=Design.NEYMAN, expected={"few": 20}),
        Plan(60, "", ("s",), design=Design.OVERSAMPLED, times={"few": 3}),
        Plan(60, "", ("s",), design=Design.SYSTEMATIC),
        Plan(60, "", design=Design.ONE_OF_SIBLINGS),
    ],
    ids=lambda plan: plan.design.value,
)
def test_the_interval_of_every_design_holds_the_truth_as_often_as_it_says(plan: Plan) -> None:
    frame, answers = _families(random.Random(11))
    true = sum(answers.values()) / len(frame)
    held, shares = 0, []
    for number in range(400):
        drawn = draw(
            Plan(plan.size, f"seed {number}", plan.strata, None, plan.design, plan.expected, plan.times), frame
        )
        told = estimate(
            plan.design, drawn.strata, [Seen(c.stratum, answers[c.id], siblings=c.siblings) for c in drawn.chosen]
        )
        assert told is not None
        shares.append(told.share)
        held += told.interval.low <= true <= told.interval.high
    # 95% of 400 is 380, give or take four standard deviations of 4.4; and the shares lie around the truth.
    assert held >= 362
    assert sum(shares) / 400 == pytest.approx(true, abs=0.012)
