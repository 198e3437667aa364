"""The draft of a framework as its page shows it: each of its lists, entry by entry."""

from dataclasses import dataclass

from goldthread.domain.framework import Framework
from goldthread.domain.frameworks.drafts import entries
from goldthread.web.framework_lists import ListOf, lists_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, in words."""

    at: int
    key: str
    title: str
    says: str
    last: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One list of a draft. `note` says what to know of it, `room` whether an entry can be added."""

    part: ListOf
    entries: tuple[Entry, ...]
    room: bool
    note: str = ""


def lists(of: Framework) -> list[Shown]:
    """Every list that the framework can have."""
    found = []
    for part in lists_of(of).values():
        held = entries(of, part.slug)
        shown = tuple(Entry(at, part.key(one), *part.shown(one), at == len(held) - 1) for at, one in enumerate(held))
        room = part.grows and (not part.most or len(held) < part.most)
        found.append(Shown(part, shown, room, _NOTES.get(part.slug, "")))
    return found


_NOTES = {
    "grades": "Best first. A new grade says what it looks like in every area.",
    "ratings": "Only for a framework under which items are rated in each case, and add up to what the case shows.",
    "timetables": "The first is the usual one. Each has phases of its own.",
}
