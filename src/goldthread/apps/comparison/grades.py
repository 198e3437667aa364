"""The authority's own history of grades, and its picture; the themes that earlier inspections raised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison.models import PastGrade, PastTheme
from goldthread.apps.inspections.models import Inspection

if TYPE_CHECKING:
    from goldthread.kernel.charts import Chart


def offered() -> tuple[str, ...]:
    """Every grade that may be given, the best first."""
    from goldthread.kernel.charts.records import GRADES

    return tuple(GRADES)


def history(inspection: Inspection) -> list[PastGrade]:
    """What is written down and was not taken back, the earliest first."""
    return list(
        PastGrade.objects.filter(inspection=inspection, taken_back_at=None).select_related("created_by", "inspection")
    )


def themes(inspection: Inspection) -> list[PastTheme]:
    """The themes of earlier inspections that are written down and were not taken back, the earliest first."""
    return list(
        PastTheme.objects.filter(inspection=inspection, taken_back_at=None).select_related("created_by", "inspection")
    )


def get_theme(actor: Actor, inspection: UUID, past_theme: int) -> PastTheme:
    """One of them. Raises PastTheme.DoesNotExist."""
    return PastTheme.objects.select_related("inspection").get(inspection_id=inspection, pk=past_theme)


def get(actor: Actor, inspection: UUID, grade: int) -> PastGrade:
    """One of them. Raises PastGrade.DoesNotExist."""
    return PastGrade.objects.select_related("inspection").get(inspection_id=inspection, pk=grade)


def picture(told: Sequence[tuple[date, str, str, str]], authority: str) -> Chart | None:
    """The strip of grades, each with its day, framework and area; None where there is none."""
    from goldthread.kernel.charts import Judged, grade_strip

    if not told:
        return None
    # A later framework has more words for one grade: "requires improvement to be good".
    held = [
        Judged(on, framework, area, next((each for each in offered() if grade.startswith(each)), ""))
        for on, framework, area, grade in told
    ]
    return grade_strip(held, authority)
