"""Relative rates: each group beside all others together."""

import pytest

from goldthread.domain.intervals import relative_rate
from goldthread.kernel.measure import Breakdown, share
from goldthread.kernel.relative import relative_rates


def _part(group: str, yes: int, no: int) -> Breakdown:
    return Breakdown("ethnicity_group", group, share({"yes": yes, "no": no}, unknown_stays=False, few=10, some=30))


def test_a_group_is_laid_beside_all_others_and_the_unknown_are_in_neither() -> None:
    rates = relative_rates([_part("White", 30, 70), _part("Black", 20, 20), _part("Not known", 50, 0)], few=10)
    assert rates["Black"] == relative_rate(20, 40, 30, 100)
    assert rates["White"] == relative_rate(30, 100, 20, 40)
    assert rates["Black"] is not None
    assert rates["Black"].value == pytest.approx(0.5 / 0.3)
    assert rates["Black"].low < rates["Black"].value < rates["Black"].high
    assert rates["Not known"] is None


@pytest.mark.parametrize(("yes", "no"), [(4, 5), (0, 40)])
def test_too_few_or_no_event_gives_no_rate(yes: int, no: int) -> None:
    rates = relative_rates([_part("White", 30, 70), _part("Black", yes, no)], few=10)
    assert rates == {"White": None, "Black": None}
