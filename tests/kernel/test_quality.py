"""What the issues say together: which rules matter most, which cells are filled, whose rows there are to mend."""

from datetime import date

import polars as pl
import pytest
from tests.tables import table

from goldthread.kernel import quality
from goldthread.kernel.groups import NOT_KNOWN
from goldthread.kernel.reading import UNREAD_SCHEMA
from goldthread.kernel.rule import no_issues
from goldthread.kernel.run import run
from goldthread.kernel.tables import TABLES

AS_AT = date(2025, 3, 31)
PLANS = table(
    "protection_plans",
    """
    child | started_on | ended_on   | last_visit_on | seen_alone | previous_plans | team | worker
    A     | 2025-01-10 | 2025-01-09 | 2025-01-10    | Y          | 0              | East | W1
    B     | 2025-01-10 |            | 2025-03-25    |            | 0              | East | W2
    C     | 2025-01-10 |            | 2025-03-25    |            | 0              | West | W3
    D     | 2025-01-10 | 1900-01-01 | 2025-03-25    | Y          |                |      |
    """,
)
TABLES_READ = {"protection_plans": PLANS}


@pytest.fixture(scope="module")
def issues() -> pl.DataFrame:
    return run(TABLES_READ, as_at=AS_AT, measures=()).issues


def test_the_rules_stand_by_how_often_they_are_broken_and_add_up_to_all(issues: pl.DataFrame) -> None:
    told = quality.pareto(issues)
    assert told["issues"].sum() == issues.height
    assert told["issues"].to_list() == sorted(told["issues"], reverse=True)
    assert told["cumulative_per_cent"][-1] == pytest.approx(100)
    assert told["per_cent"].sum() == pytest.approx(100)
    two = told.filter(pl.col("rule") == "L708").row(0, named=True)
    assert (two["issues"], two["severity"], two["lists"]) == (2, "error", "7")


def test_without_issues_there_is_nothing_to_count() -> None:
    nothing = no_issues()
    assert quality.pareto(nothing).is_empty()
    assert quality.by_list(nothing).is_empty()
    assert quality.by_field(nothing).is_empty()
    assert quality.by_staff(quality.with_staff(nothing, {}), "team").is_empty()


def test_every_cell_of_a_column_is_filled_blank_not_understood_or_a_placeholder() -> None:
    unread = pl.DataFrame(
        [{"list": 7, "table": "protection_plans", "row": 4, "column": "previous_plans", "written": "some"}],
        schema=UNREAD_SCHEMA,
    )
    told = quality.completeness(TABLES_READ, unread)
    assert told.height == len(TABLES["protection_plans"].columns)
    parts = told["filled"] + told["blank"] + told["not_understood"] + told["placeholder"]
    assert parts.to_list() == [4] * told.height
    by_column = {row["column"]: row for row in told.iter_rows(named=True)}
    ended = by_column["ended_on"]
    assert (ended["filled"], ended["blank"], ended["placeholder"], ended["may_be_blank"]) == (1, 2, 1, True)
    counted = by_column["previous_plans"]
    assert (counted["filled"], counted["blank"], counted["not_understood"]) == (3, 0, 1)
    assert counted["may_be_blank"] is False
    assert counted["per_cent"] == pytest.approx(75)


def test_an_empty_list_has_no_share_and_a_missing_one_no_rows() -> None:
    told = quality.completeness({"contacts": TABLES["contacts"].empty()})
    assert set(told["table"]) == {"contacts"}
    assert told["per_cent"].is_null().all()


def test_issues_have_the_team_and_worker_of_their_row(issues: pl.DataFrame) -> None:
    staffed = quality.with_staff(issues, TABLES_READ)
    assert staffed.height == issues.height
    seen_alone = staffed.filter(pl.col("rule") == "L708")
    assert seen_alone.select("row", "team", "worker").rows() == [(2, "East", "W2"), (3, "West", "W3")]
    counted = quality.by_staff(staffed, "team")
    assert set(counted["team"]) == {"East", "West", NOT_KNOWN}
    assert counted["issues"].sum() == issues.filter(pl.col("row").is_not_null()).height
    assert (counted["error"] + counted["query"] + counted["note"] == counted["issues"]).all()


def test_a_care_leaver_is_the_adviser_s_where_no_worker_is_named() -> None:
    leavers = {
        "care_leavers": table(
            "care_leavers", "child | team | worker | adviser\nA | Leaving | | P1\nA | Leaving | W1 | P2"
        )
    }
    staffed = quality.with_staff(run(leavers, as_at=AS_AT, measures=()).issues, leavers)
    twice = staffed.filter(pl.col("rule") == "K04")
    assert twice["worker"].to_list() == ["P1", "W1"]
    assert quality.staff_names(leavers, "worker") == ["P1", "P2", "W1"]


def test_the_work_list_of_a_team_is_theirs_alone_and_says_what_to_mend(issues: pl.DataFrame) -> None:
    staffed = quality.with_mends(quality.with_staff(issues, TABLES_READ))
    east = quality.of_staff(staffed, team=" EAST ")
    assert set(east["team"]) == {"East"}
    assert east["worker"].is_sorted()
    assert east["mend"].null_count() == 0
    assert set(quality.of_staff(staffed, team="East", worker="w2")["row"]) == {2}


def test_every_issue_has_a_mend_also_those_of_the_reader_and_across_lists() -> None:
    rows = [("G03", "care_leavers", "x"), ("W02", None, "x"), ("W01", "adopters", "x"), ("L401", "assessments", "x")]
    rows += [("G16", "contacts", "The cell was not understood. A whole number."), ("G16", "referrals", "x")]
    made = pl.DataFrame(rows, schema=["rule", "table", "says"], orient="row")
    mended = quality.with_mends(made)
    assert mended["rule"].to_list() == made["rule"].to_list()
    assert mended["mend"].null_count() == 0
    assert mended["mend"][4] != mended["mend"][5]


def test_an_issue_of_two_cells_counts_under_both(issues: pl.DataFrame) -> None:
    told = {row["field"]: row["issues"] for row in quality.by_field(issues).iter_rows(named=True)}
    assert told["Was the Child Seen Alone?"] >= 2
    assert told["Date of the Last Statutory Visit"] >= 2
