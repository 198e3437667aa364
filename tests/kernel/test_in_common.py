"""Two submissions that hardly share a child are not held against each other."""

from datetime import date

import polars as pl

from goldthread.kernel.checked import Results
from goldthread.kernel.context import Earlier
from goldthread.kernel.in_common import APART
from goldthread.kernel.run import run
from goldthread.kernel.tables import TABLES

THEN, NOW = date(2026, 6, 30), date(2026, 9, 30)


def open_cases(*children: str) -> dict[str, pl.DataFrame]:
    schema = TABLES["children_in_need"].schema()
    rows = [{"row": row, "child": child, "started_on": date(2026, 5, 1)} for row, child in enumerate(children, 2)]
    return {"children_in_need": pl.DataFrame(rows, schema=schema)}


def held_against(now: list[str], then: list[str], **settings: int) -> Results:
    lazy = {name: frame.lazy() for name, frame in open_cases(*then).items()}
    return run(open_cases(*now), as_at=NOW, earlier=Earlier(THEN, lazy), settings=settings)


def across(found: Results) -> set[str]:
    return {code for code in found.issues["rule"] if code.startswith("S0")}


OLD = [f"OLD-{number}" for number in range(20)]
NEW = [f"NEW-{number}" for number in range(20)]


def test_with_no_child_in_both_the_rules_are_not_run_and_say_why() -> None:
    found = held_against(NEW, OLD)
    assert across(found) == set()
    assert ("S02", APART) in found.not_run
    assert found.apart.startswith("Of the 20 children who had an open case in the submission of 30 June 2026, none is")
    assert "ids may have changed" in found.apart and "Check the ids of a few children" in found.apart


def test_the_share_is_a_setting() -> None:
    some = [*NEW[:-3], *OLD[:3]]
    assert "only 3 are in this one" in held_against(some, OLD).apart
    compared = held_against(some, OLD, children_in_both_per_cent=15)
    assert compared.apart == "" and across(compared) == {"S02"}
    assert held_against([*NEW[:-4], *OLD[:4]], OLD).apart == ""


def test_of_a_handful_of_open_cases_nothing_is_made() -> None:
    assert across(held_against(NEW, OLD[:9])) == {"S02"}
