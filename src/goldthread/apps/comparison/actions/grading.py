"""The authority's own history of grades: writing one down, with its source, and taking it back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison.models import PastGrade
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def note_grade(
    *, inspection: Inspection, on: date, framework: str, area: str, grade: str, source: str, client_key: UUID,
    by: Actor,
) -> PastGrade:  # fmt: skip
    """Write down a grade that an earlier inspection gave. The same key twice is one grade.

    Raises Refused for a day to come, a grade that there is not, or a grade without a source.
    """
    from goldthread.kernel.charts.records import GRADES

    require(by, Permission.BENCHMARK_LOAD, inspection.target())
    if known := PastGrade.objects.filter(client_key=client_key, inspection=inspection).first():
        return known
    framework, area, source = (" ".join(words.split()) for words in (framework, area, source))
    if on > timezone.localdate():
        raise Refused("The day of an earlier inspection cannot be in the future.")
    if grade and grade not in GRADES:
        raise Refused("Choose one of the grades offered.")
    if not framework or not area or not source:
        raise Refused("Say under which framework, of which area, and where the grade was read.")
    row = PastGrade.objects.create(
        inspection=inspection, on=on, framework=framework[:60], area=area[:120], grade=grade, source=source[:300],
        client_key=client_key, created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.PAST_GRADE_NOTED, by=by, about=row, chain=inspection.pk)
    return row


@transaction.atomic
def take_back_grade(*, grade: PastGrade, by: Actor) -> PastGrade:
    """Take a grade out of the history; that it stood there stays on record."""
    row = PastGrade.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=grade.pk)
    require(by, Permission.BENCHMARK_LOAD, row.target())
    if row.taken_back_at is None:
        row.taken_back_at = timezone.now()
        row.save(update_fields=["taken_back_at"])
        journal(Events.PAST_GRADE_TAKEN_BACK, by=by, about=row, chain=row.inspection_id)
    return row


@transaction.atomic
def record_history(*, inspection: Inspection, rows: int, form: str, by: Actor) -> None:
    """Write in the journal that somebody takes the history of grades out as a file."""
    require(by, Permission.INSPECTION_READ, inspection.target())
    journal(
        Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what="picture history of grades", rows=rows,
        form=form,
    )  # fmt: skip
