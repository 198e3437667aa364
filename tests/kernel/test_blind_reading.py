"""The Department's rules against the second reading of them, on random hand-ins of every year.

Each hand-in is read from files, as a council hands it in. Hundreds of small ones lie in one file, for no child's issues
depend on another's (`test_statutory_properties.py`); what is asked of a whole return is asked of small ones apart.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from tests.kernel import (
    blind_adoption,
    blind_census,
    blind_census_plans,
    blind_children,
    blind_episodes,
    blind_few,
    blind_modules,
    blind_oc,
)
from tests.kernel.blind_census_hand_ins import MODULES, DrawnCensus
from tests.kernel.blind_hand_ins import TABLES, Drawn
from tests.kernel.blind_world import BLIND, Blind, HandIn, Row

from goldthread import check
from goldthread.checking import Checked

OF_CENSUS = (blind_census, blind_census_plans)
OF_903 = (blind_adoption, blind_children, blind_episodes, blind_few, blind_modules, blind_oc)
OF_WHOLE_RETURN = ("2883", "2886Q", "2887Q", "2888Q")
CHILDREN = 160


def _rules(modules: Iterable[object]) -> list[Blind]:
    names = {getattr(module, "__name__", "") for module in modules}
    return [rule for rule in BLIND if rule.check.__module__ in names]


def _written(tables: Mapping[str, Sequence[Row]], headings: Mapping[str, Sequence[str]], to: Path) -> Path:
    to.mkdir()
    for name, rows in tables.items():
        with (to / f"{name}.csv").open("w", newline="") as file:
            made = csv.writer(file)
            made.writerow(headings[name])
            made.writerows([[row.get(column) or "" for column in headings[name]] for row in rows])
    return to


def _differences(of: HandIn, found: Checked, rules: Iterable[Blind], key: str) -> dict[str, list[str]]:
    """What only one of the two readings finds, by rule: rows where rows are compared, else children."""
    stopped = {one.rule for one in found.not_run}
    told: dict[str, set[tuple[str | None, int | None]]] = defaultdict(set)
    for issue in found.issues:
        told[issue.rule].add((issue.child, issue.row))
    differences: dict[str, list[str]] = {}
    for rule in rules:
        if not rule.since <= of.year <= rule.until or rule.code in stopped:
            continue
        ours, naive = set(told[rule.code]), {(row.get(key), int(row["#"] or 0)) for row in rule.check(of)}
        if not rule.rows:
            ours, naive = {(child, None) for child, _ in ours}, {(child, None) for child, _ in naive}
        if ours != naive:
            alone = (sorted(ours - naive, key=str)[:3], sorted(naive - ours, key=str)[:3])
            differences[rule.code] = [f"ours alone {alone[0]}", f"naive alone {alone[1]}"]
    return differences


@pytest.mark.parametrize("year", range(2023, 2028))
def test_children_looked_after_break_the_same_rules_by_both_readings(year: int, tmp_path: Path) -> None:
    of = Drawn(year, 1).hand_in(CHILDREN)
    now, then = _written(of.tables, TABLES, tmp_path / "now"), _written(of.last or {}, TABLES, tmp_path / "then")
    listed = blind_few.providers(year)
    lists = [_written({"list": listed}, {"list": tuple(listed[0])}, tmp_path / "lists") / "list.csv"]
    found = check(now, as_form="ssda903", year=year, last_year=then, providers=lists)
    assert len(found.run) > 250
    assert _differences(of, found, _rules(OF_903), "CHILD") == {}


@pytest.mark.parametrize("year", range(2023, 2028))
def test_children_in_need_break_the_same_rules_by_both_readings(year: int, tmp_path: Path) -> None:
    of = DrawnCensus(year, 1).census(CHILDREN)
    found = check(_written(of.tables, MODULES, tmp_path / "now"), as_form="cin", year=year)
    assert len(found.run) > 95
    rules = [rule for rule in _rules(OF_CENSUS) if rule.code not in OF_WHOLE_RETURN]
    assert _differences(of, found, rules, "LAchildID") == {}


@pytest.mark.parametrize("seed", range(8))
def test_small_censuses_break_the_rules_of_whole_returns_by_both_readings(seed: int, tmp_path: Path) -> None:
    of = DrawnCensus(2023 + seed % 5, seed).census(2 + seed % 5)
    found = check(_written(of.tables, MODULES, tmp_path / "now"), as_form="cin", year=of.year)
    assert _differences(of, found, _rules(OF_CENSUS), "LAchildID") == {}


def test_every_rule_of_the_second_reading_is_one_of_the_departments() -> None:
    from goldthread.kernel.catalogue import codes

    assert {rule.code for rule in BLIND} <= codes()
    assert len({rule.code for rule in BLIND}) == len(BLIND)


def test_what_ended_last_year_on_a_day_that_cannot_be_read_is_not_open(tmp_path: Path) -> None:
    last: dict[str, list[Row]] = {
        "Episodes": [{"CHILD": "A", "DECOM": "01/05/2023", "DEC": "31/02/2024"}, {"CHILD": "B", "DECOM": "01/05/2023"}],
        "Missing": [
            {"CHILD": "A", "MIS_START": "01/05/2023", "MIS_END": "x"},
            {"CHILD": "B", "MIS_START": "01/05/2023"},
        ],
    }
    now: dict[str, list[Row]] = {
        "Episodes": [{"CHILD": child, "DECOM": "01/05/2024"} for child in "AB"],
        "Missing": [{"CHILD": child, "MIS_START": "01/05/2024"} for child in "AB"],
    }
    there, then = _written(now, TABLES, tmp_path / "now"), _written(last, TABLES, tmp_path / "then")
    found = check(there, as_form="ssda903", year=2025, last_year=then, rules=["502", "576"])
    assert {(issue.rule, issue.child) for issue in found.issues} == {("502", "B"), ("576", "B")}


def test_the_rule_on_leavers_in_other_modules_runs_whole_before_there_were_social_worker_episodes(
    tmp_path: Path,
) -> None:
    found = check(
        _written(Drawn(2023, 1).hand_in(3).tables, TABLES, tmp_path / "now"),
        as_form="ssda903",
        year=2023,
        rules=["1012"],
    )
    assert found.run == ("1012",)
    assert found.not_run == ()
