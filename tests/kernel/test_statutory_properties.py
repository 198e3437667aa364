"""What holds of every rule of the Department's whatever the return: neither order nor strangers change an answer."""

from dataclasses import replace

import polars as pl
import pytest
from tests.kernel.statutory_context import context_of
from tests.kernel.statutory_specs import StatutorySpec
from tests.kernel.statutory_specs_of_all import LOADED

from goldthread.kernel.context import Context
from goldthread.kernel.rule import check_and_tell, in_force
from goldthread.kernel.rules import STATUTORY

STRANGER = "another child"


def _issues(spec: StatutorySpec, context: Context) -> set[tuple[object, ...]]:
    rules = [rule for rule in STATUTORY if rule.code == spec.rule and in_force(rule, spec.year)]
    found = check_and_tell(context.tables, rules, context).issues
    return set(found.select("table", "row", "earlier_row").iter_rows())


def _turned_round(context: Context) -> Context:
    """The same rows, the last first, and the columns of each table the other way round."""
    tables = {name: frame.reverse() for name, frame in context.tables.items()}
    last = None if context.last is None else {name: frame.reverse() for name, frame in context.last.items()}
    return replace(context, tables={name: frame.select(_reversed(frame)) for name, frame in tables.items()}, last=last)


def _reversed(frame: pl.LazyFrame) -> list[str]:
    return list(reversed(frame.collect_schema().names()))


def _with_stranger(context: Context) -> Context:
    """One more row in every table, of a child of whom nothing else is known."""
    tables = {name: pl.concat([frame, _stranger(frame)]) for name, frame in context.tables.items()}
    return replace(context, tables=tables)


def _stranger(frame: pl.LazyFrame) -> pl.LazyFrame:
    schema = frame.collect_schema()
    row = dict.fromkeys(schema.names()) | {"row": 1_000_000, "child": STRANGER}
    return pl.LazyFrame([row], schema=schema)


def _of_children(spec: StatutorySpec) -> bool:
    return all("child" in frame.collect_schema().names() for frame in context_of(spec).tables.values())


OF_CHILDREN = [spec for spec in LOADED if _of_children(spec)]


@pytest.mark.parametrize("spec", OF_CHILDREN, ids=lambda spec: f"{spec.rule}-{spec.year}")
def test_neither_order_nor_strangers_change_an_answer(spec: StatutorySpec) -> None:
    context = context_of(spec)
    told = _issues(spec, context)
    assert _issues(spec, _turned_round(context)) == told
    with_stranger = {each for each in _issues(spec, _with_stranger(context)) if each[1] != 1_000_000}
    assert with_stranger == told
