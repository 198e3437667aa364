"""The measures of the record, and the rows behind one, as files that say what they are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from goldthread.apps.submissions.amounts import parts as groups_of
from goldthread.web.exports import Cell, Table

COLUMNS = (
    "Area", "Code", "Measure", "By", "Group", "Numerator", "Denominator", "Value", "Unit", "Likely from", "Likely to",
    "Not known", "Not due yet", "Definition", "Version", "Source", "Warnings",
)  # fmt: skip
WHOLE = "All"
"""What stands for the group where a row is of everybody counted."""


def measures_table(
    submission: Any, form_title: str, found: Iterable[tuple[Any, Sequence[Any]]], amounts: Iterable[Any] = ()
) -> Table:
    """Each measure, and below it each of its groups; then rates, medians and averages. Values are unrounded.

    Of an amount the numerator is how many are counted, and the denominator of a rate how many children live there.
    """
    rows: list[tuple[Cell, ...]] = []
    for one, parts in found:
        said = (
            one.detail.get("definition", ""), one.detail.get("version", ""), one.detail.get("source", ""),
            " ".join(one.detail.get("warnings", [])),
        )  # fmt: skip
        rows.append((one.service, one.code, one.title, "", WHOLE, *_numbers(one.share.value), *said))
        rows += [
            (one.service, one.code, one.title, part.title, group, *_numbers(share.value), "", "", "", "")
            for part in parts
            for group, share in part.groups
        ]
    for told in amounts:
        rows.append(_amount(told, submission.inspection.children_in_area))
        rows += [_part(told, title, part) for title, held in groups_of(told) for part in held]
    care = "True counts, small ones among them. Keep it inside the inspection, and publish no small number from it."
    return Table("Measures of the record", COLUMNS, rows, _about(submission, ("Form", form_title), care))


def _amount(one: Any, children: int | None) -> tuple[Cell, ...]:
    held = one.detail
    of_rate = held["how"] == "rate"
    return (
        one.service, one.code, one.title, "", WHOLE, held["counted"], children if of_rate else None, one.value,
        held["unit"], one.low, one.high, held["not_known"], None, held["definition"], held["version"], held["source"],
        " ".join(held["warnings"]),
    )  # fmt: skip


def _part(one: Any, title: str, part: Any) -> tuple[Cell, ...]:
    """A group of an amount; of a rate only how many are counted, since nobody knows how many live in the area."""
    unit = one.detail["unit"] if part.value is not None else ""
    return (
        one.service, one.code, one.title, title, part.group, part.counted, None, part.value, unit, part.low, part.high,
        None, None, "", "", "", "",
    )  # fmt: skip


def _numbers(value: Any) -> tuple[Cell, ...]:
    detail = value.detail
    return (
        value.numerator, value.denominator, value.value, "%", value.low, value.high, detail.get("not_known"),
        detail.get("not_due"),
    )  # fmt: skip


def rows_table(submission: Any, measure: Any, behind: Iterable[Any], which: str) -> Table:
    """The rows behind a measure or an amount, by pseudonym and by the row of the file."""
    numbers = (f"Number, {measure.unit}",) if measure.unit else ()
    return Table(
        "Rows",
        ("Pseudonym", "Where it stands", "Counts as", *numbers),
        [
            (one.child, one.where, measure.states.get(one.state, one.state), *([one.number] if numbers else []))
            for one in behind
        ],
        _about(
            submission, ("Measure", f"{measure.code}: {measure.finding}"),
            "Rows about children. Keep it only as long as your work needs it.", ("Which rows", which),
        ),
    )  # fmt: skip


def _about(submission: Any, first: tuple[str, str], care: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        ("Inspection", submission.inspection.title),
        ("Synthetic data", "Yes: no real child is in it" if submission.inspection.synthetic else "No"),
        ("Receipt (SHA-256)", submission.sha256),
        ("As at", submission.as_at.strftime("%d/%m/%Y") if submission.as_at else "Not known"),
        first,
        *more,
        ("Handle with care", care),
    )


def signed(table: Table, *, by: str, at: datetime) -> Table:
    """The same, saying who took it out and when."""
    said = (("Exported by", by), ("Exported at", at.strftime("%d/%m/%Y %H:%M")))
    return replace(table, about=(*table.about[:-1], *said, table.about[-1]))
