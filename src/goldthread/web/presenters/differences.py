"""Two submissions side by side: the finding, what to be careful about, and the differences as rows of a file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from goldthread.web.exports import Table


def finding(pair: Any) -> str:
    """What changed, in one sentence."""
    found = pair.found
    if not (found.came or found.left or found.changed or found.detail.height):
        return "Nothing changed"
    came, left = (f"{count:,} child{'' if count == 1 else 'ren'}" for count in (found.came, found.left))
    return f"{came} came, {left} left, and of {found.changed:,} who stayed something changed"


def warnings(pair: Any) -> list[str]:
    """What is worth knowing before the differences are read."""
    said = []
    if pair.then.sha256 == pair.now.sha256:
        said.append("Both are readings of the same file: what differs is how it was read.")
    elif pair.then.as_at == pair.now.as_at:
        said.append("Both describe the same day: what differs was mended, or was cut from the system in another way.")
    if any(one.as_at_guessed for one in pair.in_order):
        said.append("Nobody said of one of them on which day its lists were cut; the latest events in them tell.")
    for one in pair.found.lists:
        if one.lacking:
            which = "earlier" if one.lacking == "then" else "later"
            said.append(f"List {one.number} ({one.title}) is not in the {which} file, so nothing is counted for it.")
    return said


def table(pair: Any, rows: Iterable[Any], *, by: str, at: datetime, asked: str) -> Table:
    """The differences as a file."""
    return Table(
        title="Differences",
        columns=(
            "List", "Pseudonym", "What changed", "Column", "Before", "After", "Row in the earlier sheet",
            "Row in the later sheet",
        ),
        rows=[
            (one.list, one.person, one.kind_words, one.field, one.then, one.now, one.row_then, one.row_now)
            for one in rows
        ],
        about=(
            ("Inspection", pair.inspection.title),
            ("Synthetic data", "Yes: no real child is in it" if pair.inspection.synthetic else "No"),
            *((f"{words} receipt (SHA-256)", one.sha256) for words, one in _both(pair)),
            *((f"{words} as at", one.as_at.strftime("%d/%m/%Y") if one.as_at else "Not known")
              for words, one in _both(pair)),
            ("Which differences", asked),
            ("Exported by", by),
            ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
            ("Handle with care", "Rows about children. Keep it only as long as you need it."),
        ),
    )  # fmt: skip


def _both(pair: Any) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return ("Earlier", pair.then), ("Later", pair.now)
