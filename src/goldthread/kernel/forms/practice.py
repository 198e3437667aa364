"""The tables of the practice record: our own format, because no national one exists.

Four files, of which an authority may send any. They say what was done for a child and thought about it: management
decisions, strategy discussions, the child's wishes and feelings, what the family said. The child's number is that of
the authority's lists. Dates are written year first or day first; yes and no are Y and N; several agencies or actions
stand in one cell, parted by semicolons. What was decided and done is text as the authority words it, without names.
"""

from goldthread.kernel.table import Column, Kind, Privacy, Table

_CHILD = Column("child", "child", Kind.TEXT, must_fill=True, privacy=Privacy.IDENTIFIER)


def _date(name: str, *, must_fill: bool = False) -> Column:
    return Column(name, name, Kind.DATE, must_fill=must_fill)


def _text(name: str) -> Column:
    return Column(name, name, Kind.TEXT)


def _table(name: str, title: str, says: str, key: tuple[str, ...], *columns: Column) -> Table:
    return Table(f"practice_{name}", title, 0, says, key, (_CHILD, *columns), form="practice")


PRACTICE_TABLES: tuple[Table, ...] = (
    _table(
        "decisions",
        "Management decisions",
        "One decision of a manager about one child, in supervision or outside it, and whether its reason was recorded.",
        ("child", "decided_on", "decision"),
        _date("decided_on", must_fill=True),
        _text("decision"),
        Column("reason_recorded", "reason_recorded", Kind.FLAG),
        _text("role"),
    ),
    _table(
        "discussions",
        "Strategy discussions",
        "One strategy discussion about one child: which agencies were there, when its minute was recorded, what was "
        "agreed. A discussion without a minute has no date there.",
        ("child", "held_on"),
        _date("held_on", must_fill=True),
        _text("agencies"),
        _date("minuted_on"),
        _text("actions"),
    ),
    _table(
        "wishes",
        "Wishes and feelings",
        "That one child's wishes and feelings were recorded on a day, and how they were learned.",
        ("child", "recorded_on"),
        _date("recorded_on", must_fill=True),
        _text("how"),
    ),
    _table(
        "feedback",
        "Family feedback",
        "That one family was asked what it thinks of the help, and who answered when, if anybody did.",
        ("child", "sought_on"),
        _date("sought_on", must_fill=True),
        _date("given_on"),
        _text("given_by"),
    ),
)
