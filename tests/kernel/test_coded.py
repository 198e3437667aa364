"""Tables as rules ask them: two children have one number where they are written alike, and not otherwise."""

import random
from itertools import product

import polars as pl

from goldthread.kernel.coded import as_it_is, coder

WRITTEN = (
    "1", "01", "001", "0", "00", "10", "100000", "999999999", "1000000000", "4294967295", "4294967296", "+1", "-1",
    "1.0", " 1", "1 ", "", "A1", "a1", "1e3", "１", None,
)  # fmt: skip


def _children(*written: str | None) -> pl.DataFrame:
    return pl.DataFrame({"child": written}, schema={"child": pl.String})


def test_children_have_one_number_where_they_are_written_alike() -> None:
    coded = coder()
    # Each table is made by itself: one of plain numbers alone, one with others among them, in another order.
    tables = ("cla_header", "cla_episodes", "cla_reviews")
    shuffled = random.Random(1).sample(WRITTEN, len(WRITTEN))
    made = [
        dict(zip(written, coded(table, _children(*written))["child"], strict=True))
        for table, written in zip(tables, (WRITTEN, shuffled, ("10", "1", "100000")), strict=True)
    ]
    for one, other in product(made, repeat=2):
        for (written, number), (also, too) in product(one.items(), other.items()):
            assert (number == too) == (written == also), (written, also)
    assert made[0][None] is None


def test_a_column_that_was_parted_has_the_names_of_one_that_was_not() -> None:
    codes = ["S", None, "L", "S", "X1", ""]
    plain = pl.DataFrame({"child": ["1"] * 6, "rne": codes}, schema={"child": pl.String, "rne": pl.String})
    parted = plain.with_columns(pl.col("rne").cast(pl.Categorical(pl.Categories.random("test"))))
    coded = coder()
    one, other = coded("cla_episodes", plain), coded("cla_episodes", parted)
    assert one.schema == other.schema
    assert one.equals(other)
    assert other["rne"].cast(pl.String).to_list() == codes
    assert as_it_is("cla_episodes", parted).equals(plain)
