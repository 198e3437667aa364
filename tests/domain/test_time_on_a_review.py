"""How long a review took, from the moments at which its page was in use."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from goldthread.domain.time_on_a_review import BEAT_SECONDS, LONGEST_GAP, seconds_between, usual_minutes

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap", "counts"),
    [(0, 0), (1, 1), (BEAT_SECONDS, 60), (LONGEST_GAP, 150), (LONGEST_GAP + 1, 0), (3600, 0), (-30, 0)],
)
def test_a_short_gap_counts_and_a_break_does_not(gap: int, counts: int) -> None:
    assert seconds_between(NINE, NINE + timedelta(seconds=gap)) == counts


def test_the_first_moment_counts_nothing() -> None:
    assert seconds_between(None, NINE) == 0


def test_an_hour_with_a_break_is_what_a_plain_sum_says() -> None:
    beats = [*range(0, 1201, 60), *range(2400, 3601, 60)]
    counted = sum(
        seconds_between(NINE + timedelta(seconds=one), NINE + timedelta(seconds=other))
        for one, other in pairwise(beats)
    )
    assert counted == 1200 + 1200


@pytest.mark.parametrize(("minutes", "usual"), [([], None), ([30], 30), ([10, 200, 40], 40), ([10, 20, 30, 400], 25)])
def test_the_usual_time_is_the_middle_one(minutes: list[int], usual: int | None) -> None:
    assert usual_minutes(minutes) == usual
