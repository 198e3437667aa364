"""The rows of the lists, as dictionaries by column name: what every service of the story hands over.

A row keeps its values typed (text, whole number, date, nothing), with the codes of the canonical tables.
"""

from datetime import date

from goldthread.synthetic.people import Child, age_on
from goldthread.synthetic.staff import Post

Value = str | int | date | None
Row = dict[str, Value]
Lists = dict[str, list[Row]]


def about(child: Child, as_at: date) -> Row:
    """The columns that begin every list of children: who the child is."""
    return {
        "child": child.id,
        "gender": child.gender,
        "ethnicity": child.ethnicity,
        "born_on": child.born_on,
        "age": age_on(child.born_on, as_at),
    }


def held_by(post: Post) -> Row:
    """The columns that say whose case it is."""
    return {"team": post.team, "worker": post.worker}


def day_of(row: Row, column: str) -> date:
    """The date in a column. Raises TypeError where there is none."""
    value = row[column]
    if not isinstance(value, date):
        raise TypeError(f"{column} holds no date")
    return value


def text_of(row: Row, column: str) -> str:
    """The text in a column. Raises TypeError where there is none."""
    value = row[column]
    if not isinstance(value, str):
        raise TypeError(f"{column} holds no text")
    return value


def count_of(row: Row, column: str) -> int:
    """The whole number in a column. Raises TypeError where there is none."""
    value = row[column]
    if not isinstance(value, int):
        raise TypeError(f"{column} holds no number")
    return value
