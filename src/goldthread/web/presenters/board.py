"""Findings as the board and their own pages show them."""

from collections.abc import Iterable
from typing import Any

from goldthread.apps.evidence import queries as evidence
from goldthread.apps.findings import queries
from goldthread.web.presenters import areas, sources

WARNINGS = [
    ("any", "Any warning"),
    ("check-again", "Check again"),
    ("no-evidence", "No evidence yet"),
    ("one-item", "Priority action on one item"),
    ("one-source", "One source"),
    ("contrary", "Contrary evidence not answered"),
    ("words", "Words surer than the figures"),
    ("old", "Old evidence"),
]
"""What the board can be narrowed to."""

KIND_COLOURS = {"strength": "green", "good-practice": "teal", "improve": "yellow", "priority": "red", "enquiry": "blue"}


def groups(inspection: Any, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Findings grouped by area in the framework's order; areas without any are left out."""
    by_area: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        by_area.setdefault(one.finding.area, []).append(card(one))
    return [
        {"slug": slug, "title": title, "cards": by_area[slug]}
        for slug, title in areas.choices(inspection)
        if slug in by_area
    ]


def card(standing: Any) -> dict[str, Any]:
    """One finding in a list: its tags, its evidence counted by kind, its warnings."""
    return {
        "standing": standing,
        "finding": standing.finding,
        "colour": KIND_COLOURS.get(standing.finding.kind, "grey"),
        "supports": counted(standing.kinds_for),
        "contradicts": counted(standing.kinds_against),
    }


# One and several of each kind, in the middle of a sentence.
KIND_WORDS = {
    "data": ("item of data", "items of data"),
    "case-review": ("case review", "case reviews"),
    "document": ("document", "documents"),
    "conversation": ("conversation", "conversations"),
    "observation": ("observation", "observations"),
    "survey": ("survey", "surveys"),
}


def counted(kinds: Any) -> str:
    """Counts by kind of evidence in words, such as “2 case reviews, 1 item of data”."""
    held = [(kinds[kind], KIND_WORDS[kind]) for kind, _ in evidence.kinds() if kinds[kind]]
    return ", ".join(f"{count} {one if count == 1 else several}" for count, (one, several) in held)


def thread(finding: Any, inspection: Any) -> dict[str, list[dict[str, Any]]]:
    """Both sides of a finding's evidence, each item with the address of its source."""
    held = queries.thread_of(finding)

    def knots(side: Any) -> list[dict[str, Any]]:
        return [{"knot": one, "address": sources.address(one.source, inspection)} for one in side]

    return {"supports": knots(held.supports), "contradicts": knots(held.contradicts)}
