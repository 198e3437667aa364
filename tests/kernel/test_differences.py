"""What changed between two submissions, counted by hand on small lists."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from goldthread.kernel.differences import SAYS, Change, differences
from goldthread.kernel.tables import TABLES


def frame(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """Rows of a list, numbered from 2 as in a sheet, with what is not said left blank."""
    schema = TABLES[table].schema()
    held = [{**dict.fromkeys(schema), "row": number, **row} for number, row in enumerate(rows, start=2)]
    return pl.DataFrame(held, schema=schema, orient="row")


def need(child: str | None, **more: Any) -> dict[str, Any]:
    return {"child": child, "started_on": date(2026, 1, 5), "status": "NEED", "team": "North", "age": 9, **more}


def contact(child: str, day: int, source: str = "1A") -> dict[str, Any]:
    return {"child": child, "contacted_on": date(2026, 5, day), "source": source}


def test_who_came_and_left_and_stayed_is_counted_by_child() -> None:
    found = differences(
        {"children_in_need": frame("children_in_need", need("a"), need("b"), need("c"))},
        {"children_in_need": frame("children_in_need", need("b"), need("c", team="South"), need("d"), need("e"))},
    )
    one = found.lists[0]
    assert (one.came, one.left, one.stayed, one.changed) == (2, 1, 2, 1)
    assert (one.rows_then, one.rows_now, one.fields) == (3, 4, (("Allocated Team", 1),))
    assert (found.came, found.left, found.stayed, found.changed) == (2, 1, 2, 1)
    cells = found.detail.filter(pl.col("kind") == Change.CHANGED)
    assert cells.select("person", "row_then", "row_now", "field", "then", "now").rows() == [
        ("c", 4, 3, "Allocated Team", "North", "South")
    ]


def test_a_cell_that_was_filled_or_emptied_is_a_change_and_a_birthday_is_none() -> None:
    found = differences(
        {"children_in_need": frame("children_in_need", need("a", worker=None), need("b"), need("c", team=None))},
        {
            "children_in_need": frame(
                "children_in_need", need("a", worker="Ada"), need("b", age=10), need("c", team=None)
            )
        },
    )
    assert found.detail.select("person", "field", "then", "now").rows() == [("a", "Allocated Worker", None, "Ada")]
    assert found.changed == 1


def test_rows_of_one_child_are_told_apart_by_the_key_of_the_list() -> None:
    found = differences(
        {"contacts": frame("contacts", contact("a", 1), contact("a", 9), contact("b", 2))},
        {"contacts": frame("contacts", contact("a", 9), contact("a", 20), contact("a", 20), contact("c", 2))},
    )
    one = found.lists[0]
    assert (one.came, one.left, one.added, one.removed, one.changed) == (1, 1, 2, 1, 0)
    kinds = found.detail.select("kind", "person", "row_then", "row_now").rows()
    assert kinds == [
        ("came", "c", None, 5), ("left", "b", 4, None), ("added", "a", None, 3), ("added", "a", None, 4),
        ("removed", "a", 2, None),
    ]  # fmt: skip


def test_two_rows_under_one_key_are_paired_in_their_order() -> None:
    found = differences(
        {"children_in_need": frame("children_in_need", need("a", team="X"), need("a", team="Y"))},
        {"children_in_need": frame("children_in_need", need("a", team="X"), need("a", team="Z"), need("a", team="Q"))},
    )
    assert (found.lists[0].added, found.lists[0].changed) == (1, 1)
    assert found.detail.select("kind", "then", "now").rows() == [("added", None, None), ("changed", "Y", "Z")]


def test_a_start_that_moved_is_one_row_gone_and_one_new_under_lists_keyed_by_it() -> None:
    then = {"assessments": frame("assessments", {"child": "a", "started_on": date(2026, 5, 5)})}
    now = {"assessments": frame("assessments", {"child": "a", "started_on": date(2026, 5, 6)})}
    one = differences(then, now).lists[0]
    assert (one.came, one.left, one.added, one.removed) == (0, 0, 1, 1)


def test_a_key_that_is_blank_in_both_is_the_same_key() -> None:
    rows = frame("contacts", {"child": "a"})
    assert differences({"contacts": rows}, {"contacts": rows}).detail.is_empty()


def test_rows_without_a_child_are_counted_as_rows_and_compared_with_nothing() -> None:
    found = differences(
        {"children_in_need": frame("children_in_need", need(None))},
        {"children_in_need": frame("children_in_need", need(None), need(None))},
    )
    one = found.lists[0]
    assert (one.rows_then, one.rows_now, one.came, one.added, found.detail.height) == (1, 2, 0, 0, 0)


@pytest.mark.parametrize(("then", "now", "lacking"), [({}, {"contacts"}, "then"), ({"contacts"}, {}, "now")])
def test_a_list_that_one_of_them_lacks_is_said_and_nobody_left_it(then: set[str], now: set[str], lacking: str) -> None:
    rows = frame("contacts", contact("a", 1))
    found = differences(dict.fromkeys(then, rows), dict.fromkeys(now, rows))
    assert [(one.lacking, one.came, one.left) for one in found.lists] == [(lacking, 0, 0)]
    assert (found.came, found.left) == (0, 0)


def test_identifying_columns_are_never_told() -> None:
    found = differences(
        {"children_in_need": frame("children_in_need", need("a", born_on=date(2015, 1, 1)))},
        {"children_in_need": frame("children_in_need", need("a", born_on=date(2015, 1, 2)))},
    )
    assert found.detail.is_empty()


def test_adopters_are_compared_by_themselves_and_not_among_children() -> None:
    then = {"adopters": frame("adopters", {"adopter": "p"})}
    now = {"adopters": frame("adopters", {"adopter": "q"})}
    found = differences(then, now)
    assert (found.lists[0].came, found.lists[0].left, found.came) == (1, 1, 0)


def test_every_change_has_its_words() -> None:
    assert set(SAYS) == set(Change)
