"""The roll-up of reviews as a file, and what was chosen of it, for its forms."""

from datetime import datetime
from typing import Any

from goldthread.domain.disclosure import CONFIDENTIAL, DFE_LA
from goldthread.web.exports import Cell, Table

COLUMNS = ("Level", "What", "Files at the standard", "Of files", "Share in %", "Low", "High")


def chosen(told: Any) -> list[tuple[str, Any]]:
    """What a form beneath the page sends on, so that a file holds what the page shows."""
    if told is None:
        return []
    return [
        ("draw", told.draw.pk), ("instrument", told.instrument.slug), ("part", told.line.part), ("ten", told.line.ten),
        ("of", told.of.key), ("by", told.groups.by),
    ]  # fmt: skip


def table(told: Any, *, by: str, at: datetime) -> Table:
    """Every figure, level by level, then the groups as far as they may be told, then the themes."""
    rows: list[tuple[Cell, ...]] = [_row("Whole file", one) for one in told.closing]
    rows += [_row("Area", one) for one in told.areas]
    for section, questions in told.sections:
        rows += [_row("Section", section), *(_row(f"Question of {section.title}", one) for one in questions)]
    for group in told.groups.groups:
        level = f"{'Team' if told.groups.by == 'team' else 'Part of the frame'}: {told.of.title}"
        withheld = (level, group.name, CONFIDENTIAL, CONFIDENTIAL, None, None, None)
        rows.append(_row(level, group.rolled) if group.rolled else withheld)
    for one in told.themes:
        ends = [None if end is None else round(end) for end in (one.low, one.high)]
        level = f"Theme, from a {one.source.lower()}: files with an answer below"
        rows.append((level, one.theme, one.files, one.of, None, *ends))
    return Table("Roll-up of reviews", COLUMNS, rows, _about(told, by, at))


def _row(level: str, one: Any) -> tuple[Cell, ...]:
    return (level, one.title, one.yes, one.of, one.per_cent, one.low, one.high)


def _about(told: Any, by: str, at: datetime) -> tuple[tuple[str, str], ...]:
    inspection = told.draw.inspection
    return (
        ("Inspection", inspection.title),
        ("Synthetic data", "Yes: no real child is in it" if inspection.synthetic else "No"),
        ("Sample", f"Draw {told.draw.number}, {told.files} files signed off on {told.instrument.title}"),
        ("The standard", f"Good, met, yes, green, 3 of 4, {told.line.ten} of 10, or better; a file reaches it on a "
                         f"section or an area where {told.line.part}% of the questions that applied do"),
        ("Ranges", "95%; by the way the sample was drawn, without replacement"),
        ("Groups", DFE_LA.says),
        ("For whom", "For the team only: the counts over all files are true counts."),
        ("Exported by", by),
        ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
    )  # fmt: skip
