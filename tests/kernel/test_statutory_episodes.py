"""What holds of the Department's rules of Episodes and social workers besides their own tables."""

from dataclasses import replace

import polars as pl
import pytest
from tests.kernel.statutory_context import context_of
from tests.kernel.statutory_specs import SPECS, StatutorySpec
from tests.kernel.statutory_specs_of_all import LOADED
from tests.tables import table

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Told, check_and_tell, in_force
from goldthread.kernel.rules.ssda903 import episodes

BY_CODE = {rule.code: [each for each in episodes.RULES if each.code == rule.code] for rule in episodes.RULES}
OWN = [spec for spec in LOADED if spec.rule in BY_CODE]

Tables = dict[str, pl.LazyFrame]


def _told(context: Context, code: str) -> Told:
    rules = [rule for rule in BY_CODE[code] if in_force(rule, context.year)]
    return check_and_tell(context.tables, rules, context)


def _places(told: Told) -> set[tuple[str, int]]:
    return set(told.issues.select("table", "row").iter_rows())


def _wanted(spec: StatutorySpec) -> set[tuple[str, int]]:
    return {(name, row) for name, rows in spec.breaks.items() for row in rows}


def test_every_rule_of_episodes_and_social_workers_is_declared_with_its_tables() -> None:
    assert SPECS
    assert len(BY_CODE) == 134
    assert {spec.rule for spec in OWN} == set(BY_CODE)


@pytest.mark.parametrize("spec", OWN, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_the_order_of_rows_and_columns_changes_nothing(spec: StatutorySpec) -> None:
    context = context_of(spec)

    def turned(tables: Tables) -> Tables:
        return {
            name: frame.collect().sample(fraction=1, shuffle=True, seed=7)[:, ::-1].lazy()
            for name, frame in tables.items()
        }

    last = None if context.last is None else turned(dict(context.last))
    assert _places(_told(replace(context, tables=turned(dict(context.tables)), last=last), spec.rule)) == _wanted(spec)


@pytest.mark.parametrize("spec", OWN, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_rows_without_a_child_or_a_start_and_other_children_touch_no_child(spec: StatutorySpec) -> None:
    """One episode without a child, one without a start of a child of the table, and a child of its own."""
    context = context_of(spec)
    more: Tables = {}
    for name, frame in context.tables.items():
        rows = frame.collect()
        if name not in ("cla_episodes", "cla_sw_episodes"):
            more[name] = rows.lazy()
            continue
        start = "decom" if name == "cla_episodes" else "sw_decom"
        no_start = rows.head(1).with_columns(pl.lit(None, pl.Date).alias(start), row=pl.lit(9001, pl.Int64))
        no_child = rows.tail(1).with_columns(pl.lit(None, pl.String).alias("child"), row=pl.lit(9002, pl.Int64))
        other = rows.with_columns(child="other " + pl.col("child"), row=pl.col("row") + 10_000)
        more[name] = pl.concat([no_start, rows, no_child, other]).lazy()
    found = {place for place in _places(_told(replace(context, tables=more), spec.rule)) if place[1] < 9000}
    assert found == _wanted(spec)


def test_a_file_of_a_few_columns_is_checked_as_far_as_it_goes() -> None:
    drawn = table("cla_episodes", "place | urn\nU4 |\nP1 | SC1\nXX |").select("row", "place", "urn").lazy()
    context = Context(context_of(OWN[0]).as_at, {"cla_episodes": drawn}, year=2025)
    rules = [rule for rule in episodes.RULES if in_force(rule, 2025) and rule.table == "cla_episodes"]
    told = check_and_tell(context.tables, [rule for rule in rules if not (rule.across or rule.last)], context)
    assert set(told.issues.select("rule", "row").iter_rows()) == {("146", 3), ("218", 1), ("218", 3), ("222", 2)}
    assert {"146", "218", "222"} <= set(told.ran)
    stopped = dict(told.stopped)
    assert stopped["143"] == "It needs the column RNE of Episodes, which the file lacks."
    assert stopped["432"] == "It needs the column REC of Episodes, which the file lacks."
    assert set(stopped).isdisjoint(told.ran)


def test_where_no_directory_and_no_location_is_given_the_rules_of_places_are_not_run() -> None:
    drawn = table("cla_episodes", "child | decom | ls | pl_post\nA | 2024-05-01 | C2 | AB1 2CD").lazy()
    context = Context(context_of(OWN[0]).as_at, {"cla_episodes": drawn}, year=2025)
    for code in ("164", "169", "179", "392a", "420", "1015"):
        told = _told(context, code)
        assert told.ran == ()
        assert [each for each, _ in told.stopped] == [code]


def test_one_worker_more_of_another_child_does_not_say_who_is_in_care() -> None:
    workers = table("cla_sw_episodes", "child | sw_decom\nA | 2024-05-01").lazy()
    context = Context(
        context_of(OWN[0]).as_at,
        {"cla_sw_episodes": workers, "cla_episodes": table("cla_episodes", "child | decom").lazy()},
        year=2025,
    )
    assert _places(_told(context, "SW12STG2")) == set()
