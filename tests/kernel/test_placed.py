"""Issues as numbers say the same as issues laid out: in the same order, each once, with or without earlier rows."""

import random

import polars as pl
import pytest

from goldthread.kernel.issues import ISSUES_SCHEMA, Broken, in_order
from goldthread.kernel.placed import both, nothing_placed, placed, placed_of
from goldthread.kernel.rules import statutory_rules_of

TABLES = ((1, "cla_header"), (2, "cla_episodes"), (None, None))


def _issues(seed: int, *, earlier: bool = False) -> pl.DataFrame:
    """Invented issues, none twice."""
    dice = random.Random(seed)
    rows = []
    for _ in range(200):
        number, table = dice.choice(TABLES)
        code = dice.choice(("101", "102", "G08"))
        rows.append(
            {
                "rule": code, "severity": "error", "list": number, "table": table,
                "row": dice.choice((None, *range(2, 60))) if table else None,
                "earlier_row": dice.choice((None, 2, 3)) if earlier else None,
                "fields": dice.choice(("", "DOB; SEX", "DECOM")), "says": f"Of {code}.",
            }
        )  # fmt: skip
    return pl.DataFrame(rows, schema=ISSUES_SCHEMA).unique(maintain_order=True)


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_issues_come_back_in_order(seed: int, earlier: bool) -> None:
    issues = _issues(seed, earlier=earlier)
    told = placed(issues)
    assert told.height == issues.height
    assert told.laid_out().equals(in_order(issues))
    assert told.slice(7, 20).laid_out().equals(in_order(issues).slice(7, 20))
    assert set(told.used["rule"]) == set(issues["rule"])


@pytest.mark.parametrize("earlier", [False, True])
def test_two_checks_stand_in_one_order(earlier: bool) -> None:
    issues = _issues(3, earlier=earlier)
    department, house = issues.filter(pl.col("rule") != "G08"), issues.filter(pl.col("rule") == "G08")
    assert both(placed(house), placed(department)).laid_out().equals(in_order(issues))
    assert both(placed(issues), nothing_placed()).laid_out().equals(in_order(issues))
    assert both(nothing_placed(), placed(issues)).laid_out().equals(in_order(issues))


def test_a_part_that_was_cut_out_can_be_put_together_with_another() -> None:
    issues = _issues(4)
    told = placed(issues)
    of_codes = told.of_rules({"101"})
    assert of_codes.laid_out().equals(in_order(issues.filter(pl.col("rule") == "101")))
    others = told.of_rules({"102", "G08"})
    assert both(of_codes, others).laid_out().equals(in_order(issues))
    assert told.of_rules(()).laid_out().equals(issues.clear())
    assert nothing_placed().of_rules({"101"}).height == 0


def test_a_place_that_a_rule_names_twice_is_told_once() -> None:
    rules = statutory_rules_of("ssda903")[:2]
    rows = pl.Series([5, 3, 5], dtype=pl.Int64)
    frame = pl.DataFrame(
        {"table": [rules[1].table] * 3, "row": [4, 4, None], "earlier_row": [9, 9, 2], "which": [1, 1, 1]},
        schema={"table": pl.String, "row": pl.Int64, "earlier_row": pl.Int64, "which": pl.Int64},
    )
    alone = placed_of(rules, [Broken(rows=[(0, rows)])]).laid_out()
    assert alone["row"].to_list() == [3, 5]
    assert set(alone["says"]) == {rules[0].says}
    whole = placed_of(rules, [Broken(rows=[(0, rows), (1, pl.Series([None], dtype=pl.Int64))], frames=[frame])])
    told = whole.laid_out()
    assert told.equals(in_order(told))
    of_second = told.filter(pl.col("says") == rules[1].says).select("row", "earlier_row").rows()
    assert sorted(of_second, key=str) == sorted([(4, 9), (None, 2), (None, None)], key=str)


def test_nothing_broken_is_no_issue() -> None:
    assert (
        placed_of(statutory_rules_of("cin"), [Broken(), Broken()]).laid_out().equals(pl.DataFrame(schema=ISSUES_SCHEMA))
    )
    assert placed(pl.DataFrame(schema=ISSUES_SCHEMA)).height == 0
