"""Who could be drawn, in which stratum, and who is left out and why."""

from datetime import date

import polars as pl
import pytest
from tests.kernel.generated import lists
from tests.tables import table

from goldthread.kernel.frames import frame

AS_AT = date(2025, 3, 31)


def _tables() -> dict[str, pl.DataFrame]:
    return {
        "children_in_care": table(
            "children_in_care",
            """
            child | gender | born_on    | started_on | ceased_on  | legal_status | team
            care  | F      | 2015-01-01 | 2024-01-01 |            | C2           | West
            left  | F      | 2015-01-01 | 2024-01-01 | 2025-03-31 | C2           | West
            break | F      | 2015-01-01 | 2024-01-01 |            | V4           | West
                  | F      | 2015-01-01 | 2024-01-01 |            | C2           | West
            care  | F      | 2015-01-01 | 2023-01-01 |            | C2           | West
            """,
        ),
        "protection_plans": table(
            "protection_plans",
            """
            child | gender | born_on    | started_on | ended_on
            care  | F      | 2015-01-01 | 2024-01-01 |
            plan  | M      | 2020-01-01 | 2024-01-01 |
            womb  | U      | 2025-06-01 | 2025-03-01 |
            """,
        ),
        "care_leavers": table(
            "care_leavers",
            """
            child  | born_on    | in_touch
            leaver | 2004-01-01 | YES
            old    | 2000-03-31 | YES
            dead   | 2004-01-01 | DIED
            """,
        ),
        "children_in_need": table(
            "children_in_need",
            """
            child  | born_on    | started_on | closed_on  | status
            care   | 2015-01-01 | 2024-01-01 |            | CARE
            plan   | 2020-01-01 | 2024-01-01 |            | PLAN
            need   | 2012-01-01 | 2024-01-01 |            | NEED
            closed | 2012-01-01 | 2024-01-01 | 2025-01-01 | CLOSED
            unsaid | 2012-01-01 | 2024-01-01 |            | CLOSED
            ahead  | 2012-01-01 | 2025-05-01 |            | NEED
            """,
        ),
    }


def test_every_open_case_stands_once_under_the_first_service_that_applies() -> None:
    who = frame(_tables(), AS_AT)
    assert dict(who.eligible.select("child", "stratum").iter_rows()) == {
        "care": "In care",
        "plan": "Protection plan",
        "leaver": "Care leaver",
        "need": "Child in need",
    }


def test_everyone_left_out_has_a_reason() -> None:
    left_out = frame(_tables(), AS_AT).excluded.select("list", "row", "reason").rows()
    assert left_out == [
        (6, 1, "already counted under another service"),
        (6, 2, "already counted under another service"),
        (6, 4, "closed on or before the as-at date"),
        (6, 5, "closed on or before the as-at date"),
        (6, 6, "starts after the as-at date"),
        (7, 1, "already counted under another service"),
        (7, 3, "not yet born"),
        (8, 2, "closed on or before the as-at date"),
        (8, 3, "short breaks only"),
        (8, 4, "no child ID"),
        (8, 5, "second row of the same child in the list"),
        (9, 2, "aged 25 or older"),
        (9, 3, "died"),
    ]


@pytest.mark.parametrize(
    ("population", "children"),
    [
        ("in-care", ["care"]),
        ("on-plan", ["care", "plan"]),
        ("care-leavers", ["leaver"]),
        ("in-need", ["need"]),
        ("open-cases", ["care", "leaver", "need", "plan"]),
    ],
)
def test_a_population_holds_its_own_children(population: str, children: list[str]) -> None:
    assert frame(_tables(), AS_AT, population=population).eligible["child"].to_list() == children


def test_a_stratum_joins_the_columns_asked_for() -> None:
    who = frame(_tables(), AS_AT, population="in-care", strata=("service", "age_band", "gender", "team"))
    assert who.eligible["stratum"].to_list() == ["In care · 10 to 15 · Female · West"]
    assert frame(_tables(), AS_AT, population="in-care", strata=()).eligible["stratum"].to_list() == ["all"]


def test_reasons_are_counted() -> None:
    assert frame(_tables(), AS_AT, population="care-leavers").reasons() == {"aged 25 or older": 1, "died": 1}


def test_an_unknown_population_stratum_or_a_missing_list_is_refused() -> None:
    with pytest.raises(ValueError, match="everyone"):
        frame(_tables(), AS_AT, population="everyone")
    with pytest.raises(ValueError, match="divided by postcode"):
        frame(_tables(), AS_AT, strata=("postcode",))
    with pytest.raises(ValueError, match="no list 9"):
        frame({"contacts": table("contacts", "child\nA")}, AS_AT, population="care-leavers")


@pytest.mark.parametrize("population", ["open-cases", "in-need", "on-plan", "in-care", "care-leavers"])
def test_nobody_is_lost_and_nobody_stands_twice(population: str) -> None:
    tables = lists(seed=3, as_at=AS_AT)
    who = frame(tables, AS_AT, population=population)
    used = set(who.eligible["table"]) | set(who.excluded["table"])
    assert who.eligible.height + who.excluded.height == sum(tables[name].height for name in used)
    assert who.eligible["child"].is_unique().all()
    assert who.eligible["child"].null_count() == 0
    assert who.excluded["reason"].null_count() == 0
