"""What came after a finding was agreed: a decline that the watch tells of, or data of which there is a new warning.

Only for measures that agreed findings lean on, and only where lists of a later day were handed over since: otherwise
nothing is asked. What the reader may not see is not told. Where a finding is reopened and agreed again, what was known
by then is no news.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import own_series
from goldthread.apps.comparison.own_series import Gathered
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.findings.models import Citation, Finding, Judgement
from goldthread.apps.findings.queries.wary import Warned
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain import lifecycle
from goldthread.domain.watch import Source, Thing


@dataclass(frozen=True, slots=True)
class Leans:
    """An agreed finding that leans on a measure: until which day that tells, since when it is agreed, and in which
    month its area was judged (where it was not, the last month that is told)."""

    finding: UUID
    item: EvidenceItem
    code: str
    until: date
    agreed: datetime
    judged: str


def told_since(
    actor: Actor, inspection: Inspection, rows: Iterable[tuple[Finding, Iterable[Citation]]]
) -> Mapping[UUID, tuple[Warned, ...]]:  # fmt: skip
    """The warnings of each finding that later hand-ins give, by its key. For the programme itself there are none."""
    leaning = [] if actor.programme else list(_leaning(rows, _judged(inspection)))
    if not leaning:
        return {}
    held = own_series.of_authority(actor, inspection)
    newest = [row for row in (own_series.newest(actor, one) for one in held) if row is not None and row.of_lists]
    earliest = min(one.until for one in leaning)
    if not any(row.as_at is not None and row.as_at > earliest for row in newest):
        return {}
    series = own_series.gathered(actor, held)
    warned: dict[UUID, list[Warned]] = {}
    for one in leaning:
        if (told := series.get(one.code)) is not None and _is_news(one, told):
            warned.setdefault(one.finding, []).extend((*_declined(one, told), *_warned_of(one, told)))
    return {finding: tuple(told) for finding, told in warned.items() if told}


def _judged(inspection: Inspection) -> Mapping[str, str]:
    """The month in which each area was judged: by it the watch sets what later figures are held against."""
    rows = Judgement.objects.filter(inspection=inspection, status=lifecycle.Judgement.AGREED, decided_at__isnull=False)
    return {one.area: f"{timezone.localdate(one.decided_at):%Y-%m}" for one in rows}


def _leaning(
    rows: Iterable[tuple[Finding, Iterable[Citation]]], judged: Mapping[str, str]
) -> Iterable[Leans]:  # fmt: skip
    for finding, citations in rows:
        if finding.status != lifecycle.Finding.AGREED or finding.agreed_at is None:
            continue
        for item in (one.item for one in citations if one.item.current and one.item.kind == EvidenceKind.DATA):
            code = str(item.detail.get("measure", ""))
            if code and item.about_to is not None:
                month = max(f"{item.about_to:%Y-%m}", judged.get(finding.area, ""))
                yield Leans(finding.pk, item, code, item.about_to, finding.agreed_at, month)


def _is_news(one: Leans, told: Gathered) -> bool:
    """Whether the lists that tell of the measure last are of a later day, and came after the finding was agreed."""
    row = told.row
    came = row.handed_over_at or row.created_at
    return row.as_at is not None and row.as_at > one.until and came > one.agreed


def _declined(one: Leans, told: Gathered) -> Iterable[Warned]:
    """A sign for the worse that stands in the last month told, and began after what is cited ends.

    It is held against the months up to the judgement, as the watch of the area is, so that both name one month.
    """
    watched = own_series.watched_since(told.told, one.judged)
    if not watched.before or not watched.months:
        return
    last = watched.months[-1].period
    since = Thing(one.code, told.told[-1].measure.title, Source.MEASURE, watched).since(last)
    if since > f"{one.until:%Y-%m}":
        begun = date.fromisoformat(f"{since}-01")
        yield Warned(
            "check-again", "Check again",
            f"The watch tells of a change for the worse in “{told.told[-1].measure.title}”. Its first sign is in the "
            f"figures of {begun:%B %Y}, after what {one.item.mark} tells of. Check again whether the finding stands.",
        )  # fmt: skip


def _warned_of(one: Leans, told: Gathered) -> Iterable[Warned]:
    """A warning about the data of the newest hand-in that those which are cited did not have."""
    value = MeasureValue.objects.filter(submission=told.row, code=one.code, breakdown="", of_record=False).first()
    known = set(one.item.detail.get("warned_by", []))
    new = [] if value is None else sorted(set(value.detail.get("warned_by", [])) - known)
    if new:
        yield Warned(
            "check-again", "Check again",
            f"The data behind “{told.told[-1].measure.title}” have a warning in the lists of {told.row.as_at:%B %Y} "
            f"that {one.item.mark} did not have ({', '.join(new)}). Check again whether the finding stands.",
        )  # fmt: skip
