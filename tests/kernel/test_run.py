"""The one way in: issues, counts, warnings, what could not be run, and the day that the lists describe."""

from datetime import date, timedelta

import polars as pl
import pytest
from tests.kernel.generated import lists
from tests.tables import table

from goldthread.kernel.context import Earlier
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.reading import UNREAD_SCHEMA, make_reading
from goldthread.kernel.reading_issues import issues_of_reading
from goldthread.kernel.run import guess_as_at, run, run_reading
from goldthread.kernel.tables import TABLES

AS_AT = date(2025, 3, 31)


def _unread(*cells: tuple[str, int, str]) -> pl.DataFrame:
    """Cells that were not understood, as (table, row, column)."""
    rows = [
        {
            "list": TABLES[name].number,
            "table": name,
            "sheet": "List",
            "row": row,
            "heading": TABLES[name].column(column).says.upper(),
            "column": column,
            "expected": "A date is expected.",
            "written": "SECRET",
        }
        for name, row, column in cells
    ]
    return pl.DataFrame(rows, schema=UNREAD_SCHEMA)


def test_counts_add_up_to_the_issues() -> None:
    results = run(lists(seed=1, as_at=AS_AT), as_at=AS_AT)
    assert results.counts["issues"].sum() == results.issues.height > 100
    one = results.counts.row(0, named=True)
    same = results.issues.filter((pl.col("list") == one["list"]) & (pl.col("rule") == one["rule"]))
    assert same.height == one["issues"]


def test_the_same_tables_give_the_same_results_in_any_order_of_lists() -> None:
    frames = lists(seed=2, as_at=AS_AT)
    backwards = dict(reversed(frames.items()))
    first, second = run(frames, as_at=AS_AT), run(backwards, as_at=AS_AT)
    assert first.issues.equals(second.issues)
    assert first.measures == second.measures


def test_every_list_empty_gives_no_issue_and_no_figure() -> None:
    results = run({name: of.empty() for name, of in TABLES.items()}, as_at=AS_AT)
    assert results.issues.is_empty()
    assert {result.display for result in results.measures} == {"none"}


def test_no_list_at_all_gives_no_issue_and_a_reason_for_each_measure() -> None:
    results = run({}, as_at=AS_AT)
    assert results.issues.is_empty()
    assert len(results.measures) == len(MEASURES)
    assert all("is not in the file" in result.warnings[0] for result in results.measures)


def test_rules_that_need_a_missing_list_are_named() -> None:
    results = run({"protection_plans": table("protection_plans", "child\nA")}, as_at=AS_AT)
    assert ("L702", "It needs list 6 (Children in need), which the file lacks.") in results.not_run
    assert not [entry for entry in results.not_run if entry.rule == "G03"]


def test_a_strange_list_or_setting_is_refused() -> None:
    with pytest.raises(KeyError):
        run({"elsewhere": pl.DataFrame()}, as_at=AS_AT)
    with pytest.raises(ValueError, match="no setting called assessment_day"):
        run({}, as_at=AS_AT, settings={"assessment_day": 40})
    with pytest.raises(ValueError, match="less than 0"):
        run({}, as_at=AS_AT, settings={"assessment_days": -1})


def test_a_measure_warns_of_the_issues_in_the_rows_that_it_used() -> None:
    plans = table(
        "protection_plans",
        """
        child | started_on | last_visit_on | seen_alone | ended_on
        A     | 2024-01-10 | 2024-01-09    | Y          |
        B     | 2024-01-10 | 2025-03-25    | Y          |
        C     | 2024-01-10 | 2024-01-09    | Y          | 2025-01-01
        D     | 2024-01-10 | 2025-03-25    | Y          |
        D     | 2024-01-10 | 2025-03-26    | Y          |
        """,
    )
    results = run({"protection_plans": plans}, as_at=AS_AT)
    visits = next(result for result in results.measures if result.code == "CP-13")
    assert visits.denominator == 4
    assert "3 of the 4 rows used (75%) break a rule about the same columns: K02 2, L703 1." in visits.warnings


def test_cells_not_understood_become_issues_and_are_not_told_twice() -> None:
    contacts = table("contacts", "row | child | contacted_on\n3 | A |\n4 | B | 2025-01-01\n5 | C |")
    reading = make_reading({"contacts": contacts}, unread=_unread(("contacts", 3, "contacted_on")))
    found = run_reading(reading, as_at=AS_AT).issues.filter(pl.col("fields") == "Date of Contact")
    assert found.select("row", "rule").rows() == [(3, "G08"), (5, "G21")]


def test_cells_of_several_columns_are_counted_under_one_plain_sentence() -> None:
    unread = _unread(("contacts", 3, "source"), ("contacts", 4, "gender"))
    unread = unread.with_columns(pl.Series("expected", ["One of: a) Police.", "One of: a) Male."]))
    counts = run({}, as_at=AS_AT, also=issues_of_reading(make_reading({}, unread=unread))).counts
    assert counts.select("rule", "issues").rows() == [("G06", 2)]
    assert "several columns" in counts["says"].item()


def test_an_issue_that_rests_on_a_cell_not_understood_is_left_out() -> None:
    assessments = table("assessments", "authorised_on | needs_support\n2025-01-01 |\n2025-01-01 |")
    reading = make_reading({"assessments": assessments}, unread=_unread(("assessments", 1, "needs_support")))
    issues = run_reading(reading, as_at=AS_AT).issues
    assert issues.filter(pl.col("rule") == "L402")["row"].to_list() == [2]


def test_a_date_that_stands_for_none_is_told_once() -> None:
    care = table(
        "children_in_care",
        """
        child | born_on    | dental_on  | health_on
        A     | 2015-01-01 | 1900-01-01 | 2014-01-01
        """,
    )
    issues = run({"children_in_care": care}, as_at=AS_AT).issues
    assert issues.filter(pl.col("fields").str.contains("Dental"))["rule"].to_list() == ["G09"]
    assert "G11" in issues.filter(pl.col("fields").str.contains("Health"))["rule"].to_list()


def test_an_earlier_submission_must_be_earlier_and_is_then_compared_with() -> None:
    now = {"protection_plans": table("protection_plans", "child | started_on | previous_plans\nA | 2024-01-10 | 0")}
    then = Earlier(
        date(2024, 12, 31),
        {
            "protection_plans": table(
                "protection_plans", "child | started_on | previous_plans\nA | 2024-01-09 | 1"
            ).lazy()
        },
    )
    results = run(now, as_at=AS_AT, earlier=then)
    compared = results.issues.filter(pl.col("rule").str.starts_with("S"))
    assert compared.select("rule", "row", "earlier_row").rows() == [("S01", 1, 1), ("S05", 1, 1)]
    assert not [entry for entry in results.not_run if entry.rule.startswith("S")]
    assert {entry.rule for entry in run(now, as_at=AS_AT).not_run} >= {"S01", "S05"}
    with pytest.raises(ValueError, match="earlier day"):
        run(now, as_at=date(2024, 12, 31), earlier=then)


def test_each_kind_of_cell_has_its_code_and_no_issue_repeats_what_was_written() -> None:
    unread = _unread(
        ("contacts", 3, "source"),
        ("contacts", 4, "contacted_on"),
        ("contacts", 5, "age"),
        ("children_in_care", 6, "postcode"),
    )
    issues = issues_of_reading(make_reading({}, unread=unread))
    assert issues["rule"].to_list() == ["G06", "G08", "G16", "G22"]
    assert issues["fields"].to_list()[1] == "Date of Contact"
    assert "SECRET" not in str(issues.to_dicts())


def test_the_guess_is_the_latest_date_of_a_small_file() -> None:
    frames = {
        "contacts": table("contacts", "contacted_on\n2025-01-10\n2025-02-10"),
        "referrals": table("referrals", "referred_on\n2025-02-14"),
    }
    assert guess_as_at(frames) == date(2025, 2, 14)


def test_the_guess_passes_over_a_few_dates_in_the_future_of_a_large_file() -> None:
    days = [AS_AT - timedelta(days=n % 180) for n in range(2_000)]
    slips = [date(2052, 3, 1), date(2052, 3, 1), date(2052, 3, 1), date(2026, 1, 1)]
    frames = {
        "contacts": pl.DataFrame({"contacted_on": days + slips}),
        "referrals": pl.DataFrame({"referred_on": days}),
    }
    padded = {
        name: TABLES[name].empty().clear(len(frame)).with_columns(frame.to_series().alias(frame.columns[0]))
        for name, frame in frames.items()
    }
    assert guess_as_at(padded) == AS_AT


def test_the_guess_passes_over_as_many_slips_as_a_very_large_authority_makes() -> None:
    days = [AS_AT - timedelta(days=n % 180) for n in range(20_000)]
    slips = [date(2026, 1, 1 + n % 5) for n in range(40)] + [date(9999, 12, 31)] * 9_000
    frames = {
        name: TABLES[name].empty().clear(len(days + slips)).with_columns(pl.Series(column, days + slips))
        for name, column in (("contacts", "contacted_on"), ("referrals", "referred_on"))
    }
    assert guess_as_at(frames) == AS_AT


def test_the_guess_never_takes_a_birth_date_and_is_none_without_dates() -> None:
    assert guess_as_at({"contacts": table("contacts", "born_on\n2015-01-01")}) is None
    assert guess_as_at({}) is None
