"""The watch between inspections: what has changed since an authority was last judged, area by area.

It is gathered from every inspection and programme of the authority that the reader may see, and from nothing else. The
areas are the services, since one framework's areas are not another's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access.policy import PROGRAMME, Actor, Target
from goldthread.apps.comparison import grades
from goldthread.apps.comparison.own_series import of_authority
from goldthread.apps.drafting import known
from goldthread.apps.findings import queries as findings
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.improvement.queries import watched_things as things
from goldthread.apps.improvement.queries.watched_promises import planned_late, promises
from goldthread.apps.improvement.queries.watched_things import EVERY, LEADERSHIP
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart
from goldthread.apps.reports import queries as reports
from goldthread.apps.submissions.measure_areas import SERVICE_TITLES
from goldthread.domain import lifecycle
from goldthread.domain.watch import AreaWatch, Thing, in_order

AREAS: Mapping[str, str] = {**SERVICE_TITLES, EVERY: "Practice in every service"}
"""The areas of the watch, by slug."""

_NAMED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("protection", re.compile(r"protection|in need", re.IGNORECASE)),
    ("care", re.compile(r"looked.after|in care|permanence", re.IGNORECASE)),
    ("leaving", re.compile(r"care leaver|leaving care", re.IGNORECASE)),
    ("adoption", re.compile(r"adoption", re.IGNORECASE)),
    (LEADERSHIP, re.compile(r"leader|management|governance", re.IGNORECASE)),
    (EVERY, re.compile(r"overall", re.IGNORECASE)),
)
"""By which words the title of a judged area, under whatever framework, names a service."""

DONE = (lifecycle.Inspection.PUBLISHED, lifecycle.Inspection.CHALLENGE_WINDOW, lifecycle.Inspection.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Judged:
    """One grade: when it was given, under which framework, of what, and which."""

    on: date
    framework: str
    area: str
    grade: str

    @property
    def told(self) -> tuple[date, str, str, str]:
        """Its parts, in their order."""
        return self.on, self.framework, self.area, self.grade


@dataclass(frozen=True, slots=True)
class WatchedArea:
    """One area of the watch beside its last judgement; None where none is written down."""

    watch: AreaWatch
    judged: Judged | None

    @property
    def slug(self) -> str:
        """The area's slug."""
        return self.watch.slug


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things are watched, and of them how many tell what; together they are all of them."""

    all: int
    worse: int
    past_day: int
    better: int
    holding: int
    silent: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Everything that is watched of an authority, what to look at first standing first."""

    now: str
    areas: tuple[WatchedArea, ...]
    inspections: tuple[Inspection, ...]

    @property
    def by_chance(self) -> float:
        """How many signs in a year chance alone would give, of all that is watched; each thing counted once."""
        rates = {thing.name: thing.watched.chance for area in self.areas for thing in area.watch.things}
        return 12 * sum(rates.values())

    @property
    def tally(self) -> Tally:
        """How many things are watched and what they tell, each counted once however many areas it stands in."""

        def named(*kinds: str) -> int:
            return len({thing.name for area in self.areas for kind in kinds for thing in getattr(area.watch, kind)})

        return Tally(
            named("things"), named("telling"), named("past_day"), named("better"), named("holding"), named("silent")
        )


@dataclass(frozen=True, slots=True)
class AskedArea:
    """One area of the watch, asked for by its own address; nothing is gathered before it is known who asks."""

    part: OwnPart
    slug: str

    @property
    def inspection(self) -> Inspection:
        """The inspection in which it is asked for."""
        return self.part.inspection

    def target(self) -> Target:
        """Asked about as the actor's own part of the inspection is."""
        return self.part.target()

    def watched(self, on: date | None = None) -> WatchedArea:
        """The area as the actor may see it: today, or as it stood `on` an earlier day."""
        areas = {one.slug: one for one in watch(self.part.actor, self.inspection, on).areas}
        now = things.month_of(on or timezone.localdate())
        return areas.get(self.slug) or WatchedArea(AreaWatch(self.slug, AREAS[self.slug], now, ()), None)


def services_named(title: str) -> tuple[str, ...]:
    """The areas of the watch that the title of a judged area names; none where its words name none."""
    return tuple(slug for slug, pattern in _NAMED if pattern.search(title))


def judgements(actor: Actor, held: Iterable[Inspection]) -> list[Judged]:
    """Every grade that is written down of earlier inspections, and of those that were published here; once each."""
    found: dict[tuple[date, str, str], Judged] = {}
    for inspection in held:
        for one in grades.history(inspection):
            if one.grade:
                found[one.on, one.framework, one.area] = Judged(one.on, one.framework, one.area, one.grade)
        if inspection.status in DONE or reports.to_be_recorded(inspection):
            for made in judged_here(actor, inspection):
                found[made.on, made.framework, made.area] = made
    return sorted(found.values(), key=lambda one: (one.on, one.area))


def judged_here(actor: Actor, inspection: Inspection) -> Iterator[Judged]:
    """The grades of an inspection held here: as they were published, else as far as the actor may read them."""
    framework = known.framework(inspection.framework)
    titles = {area.slug: area.title for area in framework.areas}
    # What was published everybody may read; what was decided since is the team's until it is published again.
    published = reports.published_of([inspection]).values_list("published_at", flat=True).first()
    held = findings.judged(inspection, actor if published is None else PROGRAMME)
    for area, one in held.items():
        if published is not None and one.decided_at is not None and one.decided_at > published:
            continue
        if one.status == lifecycle.Judgement.AGREED and one.grade and one.decided_at is not None:
            day, grade = timezone.localdate(one.decided_at), framework.grade(one.grade).title.lower()
            yield Judged(day, framework.short_title, titles.get(area, "Overall effectiveness"), grade)


def last_by_service(held: Iterable[Judged], today: date) -> dict[str, Judged]:
    """The last grade of each service: of one that was not judged by itself, that of the whole."""
    last: dict[str, Judged] = {}
    for one in held:
        if one.on <= today:
            last |= dict.fromkeys(services_named(one.area), one)
    whole = last.get(EVERY)
    return {**(dict.fromkeys(AREAS, whole) if whole else {}), **last}


def watch(actor: Actor, inspection: Inspection, on: date | None = None) -> Watch:
    """The watch of an inspection's authority, as far as the actor may see: today, or as it stood `on` an earlier day.

    As of an earlier day it goes by the judgements up to it; a later hand-in may have told more of an earlier month.
    """
    today = on or timezone.localdate()
    held = of_authority(actor, inspection)
    last = last_by_service(judgements(actor, held), today)
    days = {service: one.on for service, one in last.items()}
    placed: dict[str, list[Thing]] = defaultdict(list)
    asked = list(
        queries.visible_to(actor).filter(inspection__in=[one.pk for one in held]).prefetch_related("turns", "planned")
    )
    for service, thing in (
        *things.series(actor, held, days), *things.audits(actor, held, days), *things.own_audits(actor, held, today),
        *things.voices(actor, held, days), *promises(asked, _services_of(asked), today),
        *planned_late(asked, _services_of(asked), today), *things.actions(actor, held, today),
    ):  # fmt: skip
        placed[service].append(thing)
    now = things.month_of(today)
    areas = {slug: AreaWatch(slug, title, now, tuple(placed[slug])) for slug, title in AREAS.items()}
    shown = in_order(one for slug, one in areas.items() if slug != EVERY or one.things)
    return Watch(now, tuple(WatchedArea(one, last.get(one.slug)) for one in shown), tuple(held))


def _services_of(asked: Iterable[Recommendation]) -> dict[str, tuple[str, ...]]:
    """The services of each recommendation, by the area of its finding."""
    found = {}
    for one in asked:
        if one.finding is not None:
            areas = {area.slug: area.services for area in known.framework(one.inspection.framework).areas}
            found[str(one.pk)] = tuple(areas.get(one.finding.area, ()))
    return found


def asked_area(actor: Actor, inspection: UUID, watched: str) -> AskedArea:
    """One area of the watch. Raises Inspection.DoesNotExist where there is no such inspection or area."""
    part = inspections.own_part(actor, inspection)
    if watched not in AREAS:
        raise Inspection.DoesNotExist
    return AskedArea(part, watched)
