"""The phases of an inspection as they stand once its report is published: counted from it, or fallen away."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Min
from django.utils import timezone

from goldthread.apps.fieldwork import phases
from goldthread.apps.fieldwork.models import MovedPhase
from goldthread.apps.findings.models import FindingKind
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports.models import Sentence
from goldthread.apps.reports.queries.versions import published_of
from goldthread.domain.phase_days import Laid
from goldthread.domain.statement_of_action import counted_from_report
from goldthread.kernel.working_days import bank_holidays


def published_on(inspection: Inspection) -> date | None:
    """The day on which its report was published first: corrections change no day. None before that."""
    first = published_of([inspection]).aggregate(first=Min("published_at"))["first"]
    return timezone.localdate(first) if first else None


def names_priority(inspection: Inspection) -> bool:
    """Whether a published report of it names a priority action: told of what everybody may read, of nothing else."""
    reports = published_of([inspection]).order_by().values("report_id")
    return Sentence.objects.filter(section__report_id__in=reports, finding__kind=FindingKind.PRIORITY).exists()


def phases_now(inspection: Inspection, moves: Mapping[str, MovedPhase] | None = None) -> list[Laid]:
    """The phases as days, as they now stand: what is counted from the report, from the day of its publication."""
    laid, published = phases.phases_of(inspection, moves), published_on(inspection)
    if published is None:
        return laid
    return counted_from_report(laid, published, bank_holidays(), priority=names_priority(inspection))
