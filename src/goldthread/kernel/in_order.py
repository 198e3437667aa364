"""What the row before says, in rows that lie in order: without a window over each child, which costs ten times more."""

import polars as pl


def same_as_before(of: str) -> pl.Expr:
    """Whether a row is of the same one as the row before it; rows of nobody are of nobody the same."""
    return (pl.col(of) == pl.col(of).shift(1)).fill_null(False)


def before(value: pl.Expr, of: str = "child") -> pl.Expr:
    """The value of the row before, where that row is of the same one. The rows must be sorted by `of` first."""
    return pl.when(same_as_before(of)).then(value.shift(1))


def earlier_day(column: str, of: str = "child") -> pl.Expr:
    """The last day in this column before the row's own, of the same one: rows of one day are of one event.

    The rows must be sorted by `of` and then by the day, rows without a day last.
    """
    day = pl.col(column)
    begins = ~same_as_before(of) | day.ne_missing(day.shift(1))
    first_of_day = pl.when(begins).then(pl.int_range(pl.len())).forward_fill()
    return before(day, of).gather(first_of_day)
