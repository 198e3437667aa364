"""What of last year's return is not carried over, where the child has no row this year to point at."""

from datetime import date

from tests.tables import table

from goldthread.kernel.context import Context
from goldthread.kernel.rule import check_and_tell
from goldthread.kernel.rules import STATUTORY


def test_an_open_order_of_a_child_without_one_this_year_is_told_at_last_years_row() -> None:
    now = {"cla_dolo": table("cla_dolo", "child | dolo_start\nA | 2026-01-01").lazy()}
    last = {"cla_dolo": table("cla_dolo", "child | dolo_start\nA | 2026-01-01\nB | 2026-02-01").lazy()}
    context = Context(date(2027, 3, 31), now, year=2027, last=last)
    told = check_and_tell(now, [rule for rule in STATUTORY if rule.code == "706"], context)
    assert told.issues.select("table", "row", "earlier_row").rows() == [("cla_dolo", None, 2)]
