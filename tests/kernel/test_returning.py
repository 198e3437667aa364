"""Who comes back and how soon: counted a second time day by day, over one snapshot and over many."""

from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from tests.tables import table

from goldthread.domain.survival import Wait, kaplan_meier
from goldthread.kernel.returning import CHECKPOINTS, RETURNS, careful_curve, waits_of

REFERRED, CARE = RETURNS
AS_AT = date(2026, 9, 30)


def test_a_case_that_was_closed_is_followed_to_the_next_referral() -> None:
    need = """
        child | closed_on  | closure_reason
        a     | 2026-05-01 | RC7
        b     | 2026-05-01 | RC7
        c     | 2026-05-01 | RC2
        d     |            |
    """
    referrals = """
        child | referred_on
        a     | 2026-04-01
        a     | 2026-05-11
        a     | 2026-06-11
        c     | 2026-06-01
        d     | 2026-06-01
    """
    frames = {"children_in_need": table("children_in_need", need), "referrals": table("referrals", referrals)}
    assert sorted(waits_of(REFERRED, [frames], AS_AT), key=lambda one: one.days) == [Wait(10, True), Wait(152, False)]


def test_whoever_cannot_come_back_into_care_is_not_followed() -> None:
    text = """
        child | started_on | ceased_on  | ceased_reason | legal_status | age
        a     | 2025-01-01 | 2026-06-30 | E4a           | C2           | 9
        b     | 2025-01-01 | 2026-06-30 | E2            | C2           | 9
        c     | 2025-01-01 | 2026-06-30 | E11           | E1           | 2
        d     | 2025-01-01 | 2026-06-30 | E17           | C2           | 18
        e     | 2025-01-01 | 2026-06-30 | E8            | C2           | 18
        f     | 2025-01-01 | 2026-06-30 | E8            | V4           | 9
    """
    first = {"children_in_care": table("children_in_care", text)}
    later = """
        child | started_on | ceased_on | legal_status | age
        a     | 2026-08-01 |           | C2           | 9
        f     | 2026-08-01 |           | V3           | 9
    """
    both = [first, {"children_in_care": table("children_in_care", later)}]
    assert waits_of(CARE, [first], AS_AT) == [Wait(92, False)]
    assert waits_of(CARE, both, AS_AT) == [Wait(32, True)]
    assert waits_of(CARE, [*both, first], AS_AT) == [Wait(32, True)]  # told twice is not twice


def test_a_second_computation_follows_every_child_day_by_day() -> None:
    chance = Random(4)
    day = date(2025, 10, 1)
    ends = [(f"c{chance.randrange(60)}", day + timedelta(days=chance.randrange(365))) for _ in range(90)]
    starts = [(f"c{chance.randrange(60)}", day + timedelta(days=chance.randrange(365))) for _ in range(120)]
    frames = {
        "children_in_need": pl.DataFrame(
            {"child": [c for c, _ in ends], "closed_on": [d for _, d in ends], "closure_reason": ["RC7"] * 90}
        ),
        "referrals": pl.DataFrame({"child": [c for c, _ in starts], "referred_on": [d for _, d in starts]}),
    }
    found = sorted((one.days, one.happened) for one in waits_of(REFERRED, [frames], AS_AT))
    plain = []
    for child, end in set(ends):
        days, back = 0, False
        while end + timedelta(days=days) < AS_AT and not back:
            days += 1
            back = (child, end + timedelta(days=days)) in starts
        plain.append((days, back))
    assert found == sorted(plain)


@pytest.mark.parametrize("back, gone, days", [(40, 60, [91]), (3, 60, []), (40, 3, []), (0, 60, [91])])
def test_the_careful_curve_is_shown_only_as_far_as_no_number_is_small(back: int, gone: int, days: list[int]) -> None:
    waits = [Wait(50, True)] * back + [Wait(80, False)] * gone + [Wait(120, False)] * 30
    careful = careful_curve(waits)
    assert [step.day for step in careful.steps] == days if careful is not None else days == []
    if careful is not None:
        whole = kaplan_meier(waits)
        assert set(days) <= set(CHECKPOINTS)
        assert [step.still for step in careful.steps] == [whole.at(day).still for day in days]  # type: ignore[union-attr]
        assert (careful.steps[0].happened, careful.steps[0].at_risk) == (back, 30)


def test_a_later_checkpoint_is_left_out_where_few_came_back_before_it() -> None:
    waits = [Wait(50, True)] * 20 + [Wait(80, False)] * 20 + [Wait(150, True)] * 2 + [Wait(300, False)] * 30
    careful = careful_curve(waits)
    assert careful is not None
    assert ([step.day for step in careful.steps], careful.happened, careful.longest) == ([91], 20, 91)


def test_checkpoints_between_which_few_came_back_are_taken_together() -> None:
    """Three came back by the first checkpoint and twelve more by the second: together they may be told."""
    waits = [Wait(50, True)] * 3 + [Wait(120, True)] * 12 + [Wait(170, False)] * 20 + [Wait(200, False)] * 30
    careful = careful_curve(waits)
    assert careful is not None
    assert [(step.day, step.happened, step.at_risk) for step in careful.steps] == [(182, 15, 30)]
    whole = kaplan_meier(waits).at(182)
    assert whole is not None and careful.steps[0].still == whole.still


def test_the_choice_with_most_checkpoints_is_taken_and_of_those_the_one_that_reaches_furthest() -> None:
    waits = (
        [Wait(50, True)] * 20 + [Wait(60, False)] * 20 + [Wait(150, True)] * 2 + [Wait(160, False)] * 9
        + [Wait(300, True)] * 9 + [Wait(310, False)] * 12 + [Wait(400, False)] * 40
    )  # fmt: skip
    careful = careful_curve(waits)
    assert careful is not None
    assert [(step.day, step.happened) for step in careful.steps] == [(91, 20), (365, 31)]
