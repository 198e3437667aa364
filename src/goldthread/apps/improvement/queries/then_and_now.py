"""An earlier inspection's published report beside a later one's, area by area, with the month the watch first said so.

Of the earlier one only what was published is laid out, and so of the later one once its report is published; before
that, the agreed findings that the reader may read.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison.own_series import of_authority
from goldthread.apps.drafting import known
from goldthread.apps.findings import queries as findings
from goldthread.apps.findings.models import FindingKind
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.queries import watch as watching
from goldthread.apps.improvement.queries.watch import Judged, WatchedArea
from goldthread.apps.improvement.queries.watched_promises import REOPENED
from goldthread.apps.improvement.queries.watched_things import EVERY
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports import queries as reports
from goldthread.apps.reports.models import Publication
from goldthread.apps.submissions import queries as submissions
from goldthread.domain import lifecycle
from goldthread.domain.watch import Thing
from goldthread.domain.watch.areas import month_of, number_of
from goldthread.domain.watch.then_and_now import Point, Told, beside

_WELL = (FindingKind.STRENGTH, FindingKind.GOOD_PRACTICE)
Lists = tuple[date, date]
"""The day as at which lists stand, and the day on which they were handed over."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """What gave the watch its word: the thing, and the month in which its signs began."""

    thing: Thing
    since: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area: both grades, every point of the earlier report with what became of it, and what is new.

    `said` is the first month of the stretch in which the watch said that the area had changed, up to the later
    inspection; `ended` says that the watch had stopped saying so before that. `by` is what spoke, and `known` the day
    on which the first lists that tell of that month were handed in; None where the reader sees no such lists.
    """

    slug: str
    title: str
    then: Judged | None
    now: Judged | None
    points: tuple[Told, ...]
    new: tuple[Point, ...]
    said: str
    ended: str
    known: date | None
    by: tuple[Spoke, ...]
    watched: WatchedArea | None

    @property
    def told(self) -> bool:
        """Whether anything at all is to be laid out."""
        return bool(self.points or self.new or self.then or self.now or self.said)


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation made between the two, with what was found of its goals.

    `slipped` is the day as at which the lists (or the draw) stood that first showed that it had slipped, `reopened` the
    day on which it was reopened last; None for what did not happen.
    """

    opened: "queries.Opened"
    slipped: date | None
    reopened: date | None


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """Both inspections, their reports where they are published, the areas, and what was asked for in between."""

    earlier: Inspection | None
    later: Inspection
    before: Publication | None
    after: Publication | None
    areas: tuple[Area, ...]
    asked: tuple[Asked, ...]

    @property
    def month(self) -> str:
        """The month in which the later inspection was called."""
        return f"{self.later.call_day:%Y-%m}"


def ahead(said: str, month: str) -> int:
    """How many months lie from the one in which the watch spoke to another."""
    return number_of(month) - number_of(said)


def compared(actor: Actor, inspection: Inspection) -> Inspection | None:
    """Which inspection can be laid beside the one before it: this one, or the latest where this is a programme.

    A programme of the council's own finds nothing that an earlier inspection could be held against. None where no
    earlier inspection that the actor may see has a published report.
    """
    held = of_authority(actor, inspection)
    public = {one.report.inspection_id for one in reports.published_of(held)}
    later = [one for one in reversed(held) if not one.of_the_council]
    offered = later if inspection.of_the_council else [inspection]
    return next((one for one in offered if _before(held, public, one)), None)


def _before(held: Iterable[Inspection], public: Container[UUID], inspection: Inspection) -> list[Inspection]:
    """The authority's inspections before one, of which a report is published here."""
    return [one for one in held if one.pk in public and one.call_day < inspection.call_day and not one.of_the_council]


def then_and_now(actor: Actor, inspection: Inspection) -> ThenAndNow:
    """An inspection beside the last one before it whose report was published, as far as the actor may see."""
    held = of_authority(actor, inspection)
    public = {one.report.inspection_id: one for one in reversed(list(reports.published_of(held)))}
    before = _before(held, public, inspection)
    after = public.get(inspection.pk)
    if not before or inspection.of_the_council:
        return ThenAndNow(None, inspection, None, after, (), ())
    earlier = before[-1]
    first = public[earlier.pk]
    watch = watching.watch(actor, inspection, inspection.call_day - timedelta(days=1))
    areas = {one.slug: one for one in watch.areas}
    then = _placed(earlier, first, None)
    now = _placed(inspection, after, actor)
    grades = _grades(actor, held, inspection.call_day)
    points, new = beside(then, now)
    lists = _lists(actor, held)
    found = [_area(slug, areas.get(slug), points, new, grades, lists) for slug in watching.AREAS]
    asked = _asked(actor, held, earlier.call_day, inspection.call_day)
    return ThenAndNow(earlier, inspection, first, after, tuple(one for one in found if one.told), tuple(asked))


def _placed(inspection: Inspection, held: Publication | None, actor: Actor | None) -> list[Point]:
    """The points of an inspection with their services: of its published report, else of what its reader may read."""
    services = {one.slug: frozenset(one.services) for one in known.framework(inspection.framework).areas}
    if held is not None:
        told = [(one.area, one.well, one.text) for one in reports.points_published(held)]
    elif actor is not None:
        rows = findings.visible_to(actor).filter(inspection=inspection, status=lifecycle.Finding.AGREED)
        told = [(one.area, one.kind in _WELL, one.statement) for one in rows.order_by("area", "number")]
    else:
        told = []
    return [Point(services.get(area) or frozenset({EVERY}), well, text) for area, well, text in told]


def _grades(
    actor: Actor, held: Iterable[Inspection], day: date
) -> tuple[Mapping[str, Judged], Mapping[str, Judged]]:  # fmt: skip
    """The last grade of each service before a day, and the last one from it on."""
    every = watching.judgements(actor, held)
    then = watching.last_by_service((one for one in every if one.on < day), day)
    now = watching.last_by_service((one for one in every if one.on >= day), date.max)
    return then, now


def _area(
    slug: str, watched: WatchedArea | None, points: Iterable[Told], new: Iterable[Point],
    grades: tuple[Mapping[str, Judged], Mapping[str, Judged]], lists: Iterable[Lists],
) -> Area:  # fmt: skip
    """One area; what is said for the first time stands once, under the first of its services."""
    said = watched.watch.said if watched else ()
    last = said[-1] if said else ("", "")
    current = watched.watch.now if watched else ""
    ended = last[1] if last[1] and last[1] != current else ""
    return Area(
        slug, watching.AREAS[slug], grades[0].get(slug), grades[1].get(slug),
        tuple(one for one in points if slug in one.then.services),
        tuple(one for one in new if next((each for each in watching.AREAS if each in one.services), "") == slug),
        last[0], ended, _known(last[0], lists), tuple(_spoke(watched, last[0])), watched,
    )  # fmt: skip


def _lists(actor: Actor, held: Iterable[Inspection]) -> list[Lists]:
    """The lists that the actor may see: as at which day, and on which day they were handed over."""
    found = []
    for row in (row for one in held for row in submissions.handed_in(actor, one) if row.of_lists):
        stands = row.status == lifecycle.Submission.READ and row.hand_over != lifecycle.HandOver.WITHDRAWN
        if stands and row.as_at is not None:
            found.append((row.as_at, timezone.localdate(row.handed_over_at or row.created_at)))
    return found


def _known(month: str, lists: Iterable[Lists]) -> date | None:
    """The day on which the first lists that cover all of a month were handed over."""
    if not month:
        return None
    after = month_of(number_of(month) + 1)
    return min((came for as_at, came in lists if f"{as_at + timedelta(days=1):%Y-%m}" >= after), default=None)


def _spoke(watched: WatchedArea | None, month: str) -> Iterable[Spoke]:
    if watched is None or not month:
        return
    for thing in watched.watch.things:
        if thing.tells(month):
            yield Spoke(thing, thing.since(month))


def _asked(actor: Actor, held: Iterable[Inspection], after: date, before: date) -> Iterable[Asked]:
    """Recommendations that were given between the two inspections, with the day on which a goal was found to slip."""
    rows = queries.visible_to(actor).filter(inspection__in=[one.pk for one in held], released_at__isnull=False)
    for one in rows.filter(released_at__date__gte=after, released_at__date__lt=before):
        opened = queries.with_goals(one)
        days = [later.pool.day for goal in opened.goals for later in goal.later if later.slipped]
        turns = [turn for turn in one.turns.all() if turn.kind in REOPENED]
        reopened = max((timezone.localdate(turn.at) for turn in turns), default=None)
        yield Asked(opened, min(days, default=None), reopened)
