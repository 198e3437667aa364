"""Random lists, seeded: every column filled or blank, dates near the edges that rules and measures care about."""

import random
from datetime import date, timedelta

import polars as pl

from goldthread.kernel.table import Column, Kind, Table
from goldthread.kernel.tables import TABLES

CHILDREN = 40


def lists(seed: int, as_at: date, rows: int = 150) -> dict[str, pl.DataFrame]:
    """Every list with that many rows, some of them senseless."""
    dice = random.Random(seed)
    return {name: _list(of, dice, as_at, rows) for name, of in TABLES.items()}


def _list(of: Table, dice: random.Random, as_at: date, rows: int) -> pl.DataFrame:
    cells = [
        {"row": number, **{column.name: _cell(column, dice, as_at) for column in of.columns}}
        for number in range(3, rows + 3)
    ]
    return pl.DataFrame(cells, schema=of.schema())


def _cell(column: Column, dice: random.Random, as_at: date) -> str | int | date | None:
    if dice.random() < 0.1:
        return None
    if column.name == "born_on":
        return as_at - timedelta(days=dice.randint(-200, 26 * 365))
    if column.kind is Kind.DATE:
        # Half near the as-at date, where limits in days and months lie, half further back.
        return as_at - timedelta(days=dice.randint(-10, 250) if dice.random() < 0.6 else dice.randint(0, 1200))
    if column.kind is Kind.COUNT:
        return dice.randint(-1, 25) if column.name == "age" else dice.randint(0, 4)
    if column.codes is not None and column.kind is Kind.CODE:
        return dice.choice(column.codes.values())
    return f"{column.name}-{dice.randint(1, CHILDREN)}"
