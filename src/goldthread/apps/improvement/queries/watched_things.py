"""What is watched of an authority, thing by thing: series, audits, answers, and actions of audits.

Everything is asked for with the reader's own eyes, so nobody is told of what they may not read; what a thing rests on
is not told here in counts, only what its signs say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.comparison import own_series, watching
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme import queries as programme
from goldthread.apps.submissions.measure_areas import service_of
from goldthread.apps.submissions.models import Submission
from goldthread.apps.surveys import queries as surveys
from goldthread.apps.surveys.models import Survey
from goldthread.domain import lifecycle
from goldthread.domain.control_charts import Direction
from goldthread.domain.surveys import FEWEST, WHO
from goldthread.domain.watch import KINDS, Look, Month, Sign, Source, Thing, Watched, watch_shares
from goldthread.domain.watch.areas import month_of as numbered
from goldthread.domain.watch.areas import number_of
from goldthread.domain.watch.looks import FEWEST_DIFFERING, over_optimistic

if TYPE_CHECKING:
    from goldthread.apps.comparison.watching import Watched as Series

EVERY = "every"
"""Where what tells of practice in every service stands."""

LEADERSHIP = "leadership"
OF_SURVEY: Mapping[str, str] = {
    "families": "protection", "carers": "care", "staff": LEADERSHIP, "partners": LEADERSHIP,
}  # fmt: skip
"""The service of which a survey tells; those that are not here tell of every one."""

Judged = Mapping[str, date]
"""The day of the last judgement of each service; a service that was not judged is left out."""
Placed = tuple[str, Thing]
"""A thing with the service of which it tells."""


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day:%Y-%m}"


def _judged(held: Judged, service: str) -> str | None:
    """The month of the last judgement of a service; of everything, where it is of every one."""
    day = held.get(service) or held.get(EVERY)
    return month_of(day) if day else None


def series(actor: Actor, inspections: Sequence[Inspection], held: Judged) -> Iterator[Placed]:
    """Every measure that has a better way, over the months that all inspections' hand-ins tell of."""
    for code, one in own_series.gathered(actor, inspections).items():
        better = watching.DIRECTIONS[one.told[-1].measure.better.value]
        service = service_of(code)
        if better is not Direction.NEITHER and service:
            yield service, one_series(one.told, one.row, _judged(held, service))


def one_series(told: Sequence[Series], row: Submission, judged: str | None) -> Thing:
    """One measure as a thing of the watch, with where it is shown whole and how it was and is."""
    last, points, watched = told[-1], own_series.points_of(told), own_series.watched_since(told, judged)
    where = {"route": "submission_watch_series", "submission": str(row.pk), "code": last.measure.code,
             "inspection": str(row.inspection_id)}  # fmt: skip
    if watched.limits is not None and points:
        unit = "%" if last.scale.percent else f" {last.scale.unit}"
        where |= {"unit": last.scale.unit, "percent": "yes" if last.scale.percent else "",
                  "better": last.measure.better.value}  # fmt: skip
        where |= {"was": f"{watched.limits.mean:,.1f}{unit}", "now": f"{points[-1].value:,.1f}{unit}"}
        own = last.chart.latest if last.chart else None
        # The page of the series has a base of its own, so its average may be another: said where both are met.
        if own is not None and f"{own.limits.mean:,.1f}{unit}" != where["was"]:
            ends = own.points[min(own.limits.points, len(own.points)) - 1].period
            where |= {"own": f"{own.limits.mean:,.1f}{unit}", "own_from": own.points[0].period, "own_to": ends}
    return Thing(f"series:{last.measure.code}", last.measure.title, Source.MEASURE, watched, where=where)


def audits(actor: Actor, inspections: Sequence[Inspection], held: Judged) -> Iterator[Placed]:
    """The share of audited files that reach the standard, area by area, over the closed rounds of each programme."""
    for inspection in inspections:
        if not programme.may_read(actor, inspection):
            continue
        framework = known.framework(inspection.framework)
        services = {f"area:{area.slug}": area.services or (EVERY,) for area in framework.areas}
        titles: dict[str, str] = {}
        looks: dict[str, list[Look]] = defaultdict(list)
        for round_ in reversed(programme.rounds(inspection, actor)):
            rolled = None
            if round_.status == lifecycle.Round.CLOSED and round_.draw is not None:
                rolled = cases.roll_up(inspection, actor, round_.draw)
            for one in rolled.areas if rolled else ():
                titles[one.key] = one.title
                looks[one.key].append(Look(month_of(round_.month), one.yes, one.of))
        for key, of_area in looks.items():
            for service in services.get(key, (EVERY,)):
                watched = watch_shares(of_area, judged=_judged(held, service), sign=Sign.AUDIT_SHARE)
                name = f"audits:{inspection.pk}:{key}"
                where = {"route": "programme", "inspection": str(inspection.pk)}
                yield service, Thing(name, f"Audited files: {titles[key]}", Source.AUDIT, watched,
                                     f"audits:{inspection.pk}", where)  # fmt: skip


def own_audits(actor: Actor, inspections: Sequence[Inspection], now: date) -> Iterator[Placed]:
    """Whether the council's own audits are kinder than what was found in the same files."""
    for inspection in inspections:
        if not cases.sees_everybodys(actor, inspection):
            continue
        for one in cases.moderation(inspection, actor).own_audits[:1]:
            kinder, harsher = one.direction.kinder, one.direction.harsher
            watched = Watched(
                (), False, (), 0.0, None,
                f"Fewer than {FEWEST_DIFFERING} files were graded otherwise by the council than by the inspectors.",
            )  # fmt: skip
            if kinder + harsher >= FEWEST_DIFFERING:
                given = frozenset({Sign.OVER_OPTIMISM}) if over_optimistic(kinder, harsher) else frozenset()
                rate = KINDS[Sign.OVER_OPTIMISM].rate()
                watched = Watched((), False, (Month(month_of(now), given, frozenset()),), rate)
            yield LEADERSHIP, Thing(
                f"own-audits:{inspection.pk}", "The council’s own audits beside the inspectors’ grades", Source.AUDIT,
                watched, where={"route": "moderation", "inspection": str(inspection.pk)},
            )  # fmt: skip


def voices(actor: Actor, inspections: Sequence[Inspection], held: Judged) -> Iterator[Placed]:
    """Of each question on a scale, the share of the better half of its answers, over the closed surveys that ask it."""
    looks: dict[tuple[str, str], list[Look]] = defaultdict(list)
    last: dict[tuple[str, str], tuple[Survey, str]] = {}
    closed = [
        one for inspection in inspections for one in surveys.surveys_of(actor, inspection)
        if one.status == lifecycle.Survey.CLOSED
    ]  # fmt: skip
    for survey in sorted(closed, key=lambda one: (one.closes, one.number)):
        count = surveys.counted(survey)
        for question in survey.asked.questions:
            of = count.answered.get(question.id, 0)
            if question.kind != "scale" or of < FEWEST:
                continue
            better = list(question.options)[: len(question.options) // 2]
            met = sum(count.chosen.get((question.id, one), 0) for one in better)
            key = (survey.template, question.id)
            looks[key].append(Look(month_of(survey.closes), met, of))
            last[key] = (survey, question.text)
    for key, of_question in looks.items():
        survey, text = last[key]
        service = OF_SURVEY.get(survey.template, EVERY)
        watched = watch_shares(of_question, judged=_judged(held, service), sign=Sign.VOICE_SHARE, together=1)
        where = {"route": "survey", "inspection": str(survey.inspection_id), "survey": str(survey.pk)}
        name = f"answers:{':'.join(key)}"
        yield (
            service,
            Thing(
                name, f"“{text}” ({WHO[survey.template].lower()})", Source.VOICE, watched, f"answers:{key[0]}", where
            ),
        )


def late_months(due: date, now: date) -> tuple[str, ...]:
    """Every month in which something was past its day, which was `due`; none where it is not past it."""
    return months_between(month_of(due + timedelta(days=1)), now)


def months_between(first: str, now: date) -> tuple[str, ...]:
    """Every month from one on, up to that of a day."""
    return tuple(numbered(one) for one in range(number_of(first), number_of(month_of(now)) + 1))


def actions(actor: Actor, inspections: Sequence[Inspection], now: date) -> Iterator[Placed]:
    """Actions of audits that wait past their day, as far as the actor may see them: one thing for each programme."""
    for inspection in inspections:
        late = [one for one in programme.actions_visible_to(actor).filter(inspection=inspection) if one.late(now)]
        if late:
            due = min(one.due for one in late)
            months = tuple(Month(one, frozenset({Sign.LATE}), frozenset()) for one in late_months(due, now))
            many = (
                "1 action of audits past its day" if len(late) == 1 else f"{len(late)} actions of audits past their day"
            )
            where = {"route": "audit_actions", "inspection": str(inspection.pk), "due": f"{due:%-d %B %Y}"}
            yield LEADERSHIP, Thing(
                f"actions:{inspection.pk}", many, Source.PROMISE, Watched((), False, months, 0.0), where=where
            )  # fmt: skip
