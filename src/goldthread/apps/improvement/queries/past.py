"""What an authority's earlier inspections said: their grades and what they raised, each once and with its source.

An inspection whose report was published here tells of itself by that report, whoever reads it; what was written down
by hand of another, or of what is not held here, stands beside it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison import grades
from goldthread.apps.comparison.models import PastGrade, PastTheme
from goldthread.apps.comparison.own_series import of_authority
from goldthread.apps.findings import queries as findings
from goldthread.apps.findings.models import Finding, FindingKind
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.queries.watch import DONE, Judged, judged_here
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import queries as reports
from goldthread.apps.reports.models import Publication
from goldthread.domain import lifecycle
from goldthread.domain.watch.recurrence import Recurring, recurring, themes_in

_ASKS = (FindingKind.IMPROVE, FindingKind.PRIORITY)
ITS_REPORT = "its published report"
"""Where today's themes stand for whoever reads no findings."""


@dataclass(frozen=True, slots=True)
class Told:
    """An earlier inspection that is held here: its report where one is published, and its days."""

    inspection: Inspection
    published: Publication | None

    def covers(self, day: date) -> bool:
        """Whether a day lies between its call and the publication of its report."""
        last = timezone.localdate(self.published.published_at) if self.published else self.inspection.fieldwork_to
        return self.inspection.call_day <= day <= last


@dataclass(frozen=True, slots=True)
class PastJudgement:
    """A grade of an earlier inspection: as it was published here, or as it was `written` down with its source."""

    judged: Judged
    published: Publication | None = None
    written: PastGrade | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """A theme that an earlier inspection raised: on which day, in which words, and where they can be read."""

    on: date
    theme: str
    says: str
    inspection: Inspection | None = None
    published: Publication | None = None
    written: PastTheme | None = None

    @property
    def inspected(self) -> date:
        """The day on which it was inspected: the first of fieldwork of what is held here, else as it was written."""
        return self.inspection.fieldwork_from if self.inspection else self.on


@dataclass(frozen=True, slots=True)
class Now:
    """Whose words are today's: the inspections whose findings are read, and whether they are the authority's latest.

    An authority has one today: that of its latest inspection, with whatever recommendation is open wherever it was
    made. A programme of the council's own finds nothing, so it is told the same. An earlier inspection is told of as it
    stood then; `latest` is the one of today, None where the reader sees none.
    """

    inspections: tuple[Inspection, ...]
    current: bool
    latest: Inspection | None

    @property
    def called(self) -> date:
        """The day from which on it is now: what was called before it is the past."""
        return min(one.call_day for one in self.inspections)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The themes that earlier inspections raised beside today's, where each was raised, and every earlier grade."""

    themes: tuple[Recurring, ...]
    raised: tuple[Raised, ...]
    grades: tuple[PastJudgement, ...]
    now: Now


def now_of(actor: Actor, inspection: Inspection) -> Now:
    """Whose words are today's on the page of an inspection, as far as the actor may see.

    Of a programme of the council's own they are those of the inspections that go on, or of the last one that is over.
    """
    real = [one for one in of_authority(actor, inspection) if not one.of_the_council]
    latest = real[-1] if real else None
    if not inspection.of_the_council:
        return Now((inspection,), latest is None or inspection.call_day >= latest.call_day, latest)
    public = {one.report.inspection_id for one in reports.published_of(real)}
    going = [one for one in real if one.status not in DONE and one.pk not in public]
    return Now(tuple(going or real[-1:]) or (inspection,), True, latest)


def before(actor: Actor, inspection: Inspection, day: date | None = None) -> list[Told]:
    """The authority's inspections that are held here, are over, and were called before this one (or before a day), the
    earliest first."""
    return [one for one in _held(actor, inspection) if one.inspection.call_day < (day or inspection.call_day)]


def _held(actor: Actor, inspection: Inspection) -> list[Told]:
    """Every other inspection of the authority that is held here and over."""
    held = [one for one in of_authority(actor, inspection) if not one.of_the_council and one.pk != inspection.pk]
    public = {one.report.inspection_id: one for one in reversed(list(reports.published_of(held)))}
    return [Told(one, public.get(one.pk)) for one in held if one.pk in public or one.status in DONE]


def history(actor: Actor, inspection: Inspection) -> list[PastJudgement]:
    """Every grade of the authority's earlier inspections that was published, each once, the earliest first.

    What this inspection finds is no history, and neither is what was decided and is not published. Of a programme of
    the council's own the history runs up to today: inspections are made beside it.
    """
    held = _held(actor, inspection) if inspection.of_the_council else before(actor, inspection)
    told = [one for one in held if one.published is not None]
    made = [(one, judged) for one in told for judged in judged_here(actor, one.inspection)]
    found = [PastJudgement(judged, one.published) for one, judged in made]
    known = {(one.inspection.pk, judged.area.casefold()) for one, judged in made}
    seen: set[tuple[date, str, str]] = set()
    for each in of_authority(actor, inspection):
        for row in grades.history(each):
            key = (row.on, row.framework.casefold(), row.area.casefold())
            here = any((one.inspection.pk, key[2]) in known for one in told if one.covers(row.on))
            if not here and key not in seen:
                seen.add(key)
                found.append(PastJudgement(Judged(row.on, row.framework, row.area, row.grade), None, row))
    return sorted(found, key=lambda one: (one.judged.on, one.judged.area))


def recurrence(actor: Actor, inspection: Inspection) -> Recurrence:
    """What of the past stands beside today's findings and recommendations, as far as the actor may read them."""
    now = now_of(actor, inspection)
    raised = _raised(actor, inspection, now)
    themes = recurring([(one.theme, one.on) for one in raised], _today(actor, inspection, now))
    return Recurrence(tuple(themes), tuple(raised), tuple(history(actor, inspection)), now)


def _raised(actor: Actor, inspection: Inspection, now: Now) -> list[Raised]:
    told = before(actor, inspection, now.called)
    found = [
        Raised(one.inspection.call_day, slug, says, one.inspection, one.published)
        for one in told
        for says in _asked_then(actor, one)
        for slug in themes_in(says)
    ]
    known = {(one.inspection.pk, one.theme) for one in found if one.inspection is not None}
    for each in of_authority(actor, inspection):
        for row in grades.themes(each):
            if not any((one.inspection.pk, row.theme) in known for one in told if one.covers(row.on)):
                found.append(Raised(row.on, row.theme, "", written=row))
    return sorted(found, key=lambda one: (one.on, one.theme))


def _asked_then(actor: Actor, one: Told) -> Iterable[str]:
    """What an earlier inspection asked to be bettered: by its report, else by the findings that the actor may read."""
    if one.published is not None:
        return [point.text for point in reports.points_published(one.published) if not point.well]
    rows = findings.visible_to(actor).filter(
        inspection=one.inspection, kind__in=_ASKS, status=lifecycle.Finding.AGREED
    )  # fmt: skip
    return [row.statement for row in rows]


def _today(actor: Actor, inspection: Inspection, now: Now) -> Iterator[tuple[str, str]]:
    """Themes that the words of what is to be improved now point to, each with where it stands."""
    for one in now.inspections:
        yield from _found_in(actor, one, "" if one.pk == inspection.pk else f" of “{one.title}”")
    asked = queries.visible_to(actor).exclude(status=lifecycle.Recommendation.WITHDRAWN).select_related("inspection")
    rows = list(asked.filter(inspection=inspection))
    if now.current:
        # Whoever asked for it, and wherever: it is the authority that was asked.
        every = asked.filter(inspection__in=[one.pk for one in of_authority(actor, inspection)])
        rows = [one for one in every if one.status != lifecycle.Recommendation.CLOSED]
    for row in rows:
        mark = row.mark if row.inspection_id == inspection.pk else f"{row.mark} of “{row.inspection.title}”"
        yield from ((slug, mark) for slug in themes_in(queries.says_of(row)))


def _found_in(actor: Actor, inspection: Inspection, where: str) -> Iterator[tuple[str, str]]:
    """What an inspection found: by its findings, or for whoever reads none by its published report."""
    rows: list[Finding] = list(findings.visible_to(actor).filter(inspection=inspection, kind__in=_ASKS))
    for finding in rows:
        if finding.status != lifecycle.Finding.WITHDRAWN:
            # Themes that somebody named count; where nobody has, its words are asked.
            yield from ((slug, f"{finding.mark}{where}") for slug in finding.themes or themes_in(finding.statement))
    if not rows and (published := reports.published_of([inspection]).first()) is not None:
        for point in reports.points_published(published):
            if not point.well:
                yield from ((slug, f"{ITS_REPORT}{where}: “{point.text}”") for slug in themes_in(point.text))
