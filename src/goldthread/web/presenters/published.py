"""Published reports as lists of them tell each: which of two versions it is, its grades, and its editions."""

from dataclasses import dataclass
from typing import Any

from goldthread.apps.reports import queries
from goldthread.apps.reports.document import press_summary
from goldthread.apps.reports.edition_document import EditionDocument

NOT_JUDGED = "Not judged"


@dataclass(frozen=True, slots=True)
class Listed:
    """One published report. `version` says how it stands to another version of the same report, and is empty where
    there is no other. `grades` are area and grade, those that were not judged left out."""

    held: Any
    version: str
    grades: list[tuple[str, str]]
    editions: list[tuple[str, EditionDocument]]


def listed(held: Any) -> Listed:
    """A published report as a list tells it."""
    grades = press_summary(queries.published_document(held)).grades
    return Listed(
        held, _version(held),
        [(area, grade) for area, grade in (grades.rows if grades else ()) if grade != NOT_JUDGED],
        queries.editions_published(held),
    )  # fmt: skip


def _version(held: Any) -> str:
    corrects, later = queries.corrects_in_public(held.report), queries.corrected_by(held)
    if later is not None:
        since = f"{later.published_at:%-d %B %Y}"
        return f"{'corrected' if corrects else 'first'} version, replaced {since}"
    return "corrected version" if corrects is not None else ""
