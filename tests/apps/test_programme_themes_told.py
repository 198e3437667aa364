"""What of a theme may be told on a page that is passed on: nothing from which a withheld count follows."""

import pytest

from goldthread.apps.programme.queries.themes import FEW, Theme, small, withheld
from goldthread.domain.rising import Counted, told


def theme(before: tuple[int, int], lately: tuple[int, int]) -> Theme:
    """A theme of six rounds alike on each side."""
    rounds = tuple(Counted(short // 3, of // 3) for short, of in (before, before, before, lately, lately, lately))
    return Theme("Supervision", "tag", rounds, told(rounds))


@pytest.mark.parametrize(
    ("before", "lately", "tells"),
    [
        ((9, 30), (21, 30), True),
        ((3, 30), (21, 30), False),
        ((9, 30), (27, 30), False),
        ((3, 18), (15, 18), False),
        ((0, 30), (21, 30), True),
    ],
)
def test_a_change_is_told_only_where_both_its_counts_are(
    before: tuple[int, int], lately: tuple[int, int], tells: bool
) -> None:
    held = theme(before, lately)
    assert held.told.interval is not None
    assert (held.range != "withheld") is tells
    assert tells is not (withheld(held.told.before) or withheld(held.told.lately))


def test_what_is_withheld_is_what_is_not_told_closer() -> None:
    for of in range(1, 40):
        for short in range(of + 1):
            exact = small(Counted(short, of)) == f"{short} of {of}"
            few = short in range(1, FEW + 1) or (short > 0 and of - short in range(1, FEW + 1))
            assert withheld(Counted(short, of)) is few
            assert exact is not few
