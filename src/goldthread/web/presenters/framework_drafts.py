"""The draft of a framework as its page shows it: each of its lists, entry by entry."""

from dataclasses import dataclass

from goldthread.domain.framework import Framework
from goldthread.domain.frameworks.drafts import entries
from goldthread.web.framework_forms import LISTS, ListOf


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
    """One list of a draft. `note` says what its form does not reach."""

    part: ListOf
    entries: tuple[Entry, ...]
    note: str = ""


def lists(of: Framework) -> list[Shown]:
    """Every list of the framework; none of grades and rules where it grades nothing."""
    found = []
    for part in LISTS.values():
        if part.slug in ("grades", "rules") and not of.graded:
            continue
        held = entries(of, part.slug)
        found.append(Shown(part, tuple(
            Entry(at, part.key(one), *part.shown(one), at == len(held) - 1) for at, one in enumerate(held)
        ), _note(of, part.slug)))  # fmt: skip
    return found


def _note(of: Framework, part: str) -> str:
    if part == "phases" and len(of.timetables) > 1:
        others = ", ".join(one.title for one in of.timetables[1:])
        return f"These are the phases of “{of.timetables[0].title}”. Those of {others} are changed in the text."
    if part == "grades":
        return (
            "Grades are reworded here; to add one, or take one out, change the text, and say what it looks like in "
            "every area."
        )
    if part == "areas":
        return "Items rated in each case, and which area is part of another, are changed in the text."
    return ""
