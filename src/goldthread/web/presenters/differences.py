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
    stood = found.standing
    if not stood.lists:
        return "No list of how things stood is in both files"
    came, left = (f"{count:,} child{'' if count == 1 else 'ren'}" for count in (stood.came, stood.left))
    return f"{came} came into these services, {left} left them, and {stood.moved:,} of {stood.stayed:,} moved within"


STOOD = {6: "children in need", 7: "protection plans", 8: "children in care", 9: "care leavers"}


def explained(pair: Any) -> str:
    """What the finding counts, and why the lists of what happened say less of change."""
    found, said = pair.found, []
    if found.standing.lists:
        lists = [STOOD[number] for number in found.standing.lists]
        named = f"{', '.join(lists[:-1])} and {lists[-1]}" if len(lists) > 1 else lists[0]
        said.append(f"Counted by what stood open on each day: {named}.")
    if any(one.happens for one in found.lists):
        came, left = found.came, found.left
        came_says = f"{came:,} {'child stands' if came == 1 else 'children stand'}"
        said.append(
            "Contacts, early help, referrals, assessments and enquiries happened in a period, and each file covers its "
            f"own six months: that {came_says} in the later file only and "
            f"{left:,} in the earlier only, over all lists, is for the most part the passing of time."
        )
    return " ".join(said)


def groups(pair: Any) -> list[tuple[str, list[Any]]]:
    """The lists by what they tell of, those of how things stood first."""
    lists = pair.found.lists
    parts = (
        ("How things stood on the day", [one for one in lists if one.stands]),
        ("What happened: each file covers its own six months", [one for one in lists if one.happens]),
        ("Adoption", [one for one in lists if not one.stands and not one.happens]),
    )
    return [(title, held) for title, held in parts if held]


def warnings(pair: Any) -> list[str]:
    """What is worth knowing before the differences are read."""
    said = []
    if pair.then.sha256 == pair.now.sha256:
        said.append("Both are readings of the same file: what differs is how it was read.")
    elif pair.then.as_at == pair.now.as_at:
        said.append("Both describe the same day: what differs was mended, or was cut from the system in another way.")
    if any(one.as_at_guessed for one in pair.in_order):
        said.append("Nobody said of one of them on which day its lists were cut; the latest events in them tell.")
    if pair.apart:
        said.append(pair.apart)
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
