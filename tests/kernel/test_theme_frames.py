"""Who a dip-sample is drawn from, and frames limited to a list that somebody gave."""

from datetime import date

import polars as pl
import pytest
from tests.kernel.generated import lists
from tests.tables import table

from goldthread.kernel.frames import frame
from goldthread.kernel.tables import TABLES
from goldthread.kernel.theme_frames import THEMES, limited_to, placements, theme_frame

AS_AT = date(2025, 3, 31)


def _tables() -> dict[str, pl.DataFrame]:
    return {
        "section_47": table(
            "section_47",
            """
            child | gender | born_on    | strategy_on | team
            ann   | F      | 2015-01-01 | 2024-01-01  | West
            ann   | F      | 2015-01-01 | 2025-01-01  | East
            bob   | M      | 2015-01-01 | 2024-05-01  | West
            cat   | F      | 2015-01-01 | 2025-05-01  | West
                  | F      | 2015-01-01 | 2025-01-01  | West
            dan   | M      | 2012-01-01 |             |
            """,
        ),
        "children_in_care": table(
            "children_in_care",
            """
            child | born_on    | started_on | ceased_on  | legal_status | placement_type
            ann   | 2015-01-01 | 2024-01-01 |            | C2           | U1
            eve   | 2015-01-01 | 2024-01-01 | 2025-01-01 | C2           | K2
            """,
        ),
    }


def test_a_child_stands_once_in_a_theme_at_its_latest_row() -> None:
    who = theme_frame(_tables(), AS_AT, "strategy-discussions")
    first = TABLES["section_47"].number
    assert who.eligible.select("child", "team", "list", "stratum").rows() == [
        ("ann", "East", first, "all"), ("bob", "West", first, "all"), ("dan", "Not known", first, "all"),
    ]  # fmt: skip
    assert who.reasons() == {
        "no child ID": 1, "earlier row of the same child in the list": 1, "dated after the as-at date": 1,
    }  # fmt: skip
    assert who.eligible.height + who.excluded.height == 6
    assert (who.population, who.says) == ("strategy-discussions", "strategy discussions and section 47 enquiries")


def test_every_theme_has_a_list_with_its_columns_and_children() -> None:
    tables = {name: one.lazy() for name, one in lists(5, AS_AT).items()}
    for theme, about in THEMES.items():
        assert about.dated in {column.name for column in TABLES[about.table].columns}
        who = theme_frame(tables, AS_AT, theme)
        rows = tables[about.table].collect()
        naive = {
            row["child"]
            for row in rows.to_dicts()
            if row["child"] and not (row[about.dated] and row[about.dated] > AS_AT)
        }
        assert set(who.eligible["child"]) == naive
        assert naive
        assert who.eligible.height + who.excluded.height == rows.height


def test_a_theme_that_nobody_knows_or_whose_list_is_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="no theme"):
        theme_frame(_tables(), AS_AT, "hair")
    with pytest.raises(ValueError, match="no list 1"):
        theme_frame(_tables(), AS_AT, "front-door")


def test_a_frame_limited_to_a_list_loses_nobody() -> None:
    given = ["eve", "ann", "zoe", "ann", "bob"]
    told = limited_to(frame(_tables(), AS_AT, population="in-care"), given)
    assert told.frame.eligible["child"].to_list() == ["ann"]
    assert told.frame.excluded.select("child", "reason").rows() == [("eve", "closed on or before the as-at date")]
    assert (told.unknown, told.twice) == (("zoe", "bob"), 1)
    assert len(told.frame.eligible) + len(told.frame.excluded) + len(told.unknown) + told.twice == len(given)
    assert "4 children of a list" in told.frame.says


def test_where_children_in_care_live() -> None:
    assert placements(_tables()) == {"ann": "Foster care"}
    assert placements({}) == {}
