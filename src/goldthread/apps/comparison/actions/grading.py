"""The authority's own history of grades: writing one down, with its source, and taking it back."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.comparison import figures, files, outcomes
from goldthread.apps.comparison.actions.loading import Upload
from goldthread.apps.comparison.models import PastGrade
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions.receiving import clean_label

if TYPE_CHECKING:
    from goldthread.kernel.benchmarks import Outcomes


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


def note_grades_of_file(
    *, inspection: Inspection, upload: Upload, label: str, client_key: UUID, by: Actor
) -> list[PastGrade]:
    """Write down what Ofsted's published table of outcomes has of the authority, each grade with the table as source.

    A grade that stands already is not written twice; the same key twice is one table. Raises Refused, in plain English,
    for what is no such table, and where there is nothing new in it.
    """
    require(by, Permission.BENCHMARK_LOAD, inspection.target())
    if upload.too_large:
        cap = settings.UPLOAD_CAP_BYTES // (1024 * 1024)
        raise Refused(f"The file is larger than {cap} MB. The published table of outcomes is far smaller.")
    if not upload.size:
        raise Refused("The file is empty. Fetch it again, check that it opens, and load it once more.")
    authority = files.beside(inspection).authority
    if authority is None:
        raise Refused(
            f"{inspection.authority} is no authority of the published tables. Say first as which authority it is "
            "compared, with the published figures."
        )
    found = outcomes.given(_outcomes(upload), authority, clean_label(label))
    return _note_all(inspection, found, client_key=client_key, by=by)


def _outcomes(upload: Upload) -> "Outcomes":
    from goldthread.kernel.refusal import Refused as FileRefused

    try:
        return figures.read_outcomes(upload.memory_path())
    except FileRefused as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None


@transaction.atomic
def _note_all(
    inspection: Inspection, found: list[outcomes.Given], *, client_key: UUID, by: Actor
) -> list[PastGrade]:  # fmt: skip
    standing = {
        (one.on, one.framework.casefold(), one.area.casefold(), one.grade)
        for one in PastGrade.objects.filter(inspection=inspection, taken_back_at=None)
    }
    sent = {one.area: uuid5(client_key, one.area) for one in found}
    again = list(PastGrade.objects.filter(inspection=inspection, client_key__in=sent.values()))
    if again:
        return again
    new = [one for one in found if (one.on, one.framework.casefold(), one.area.casefold(), one.grade) not in standing]
    if not new:
        raise Refused("Nothing is new: every grade of this table is written down already, or the table has none.")
    return [
        note_grade(
            inspection=inspection, on=one.on, framework=one.framework, area=one.area, grade=one.grade,
            source=one.source, client_key=sent[one.area], by=by,
        )
        for one in new
    ]  # fmt: skip


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
