"""Recommendations as things of the watch: past their day, reopened, or with a goal that was read again.

Each sign stands in the month in which it came: of a reading the month of the lists (or draw) that were read, of what
was reopened the month in which it was, of what is late every month since its day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from goldthread.apps.improvement import queries
from goldthread.apps.improvement.models import Goal, Recommendation
from goldthread.apps.improvement.queries.sources import MEASURE
from goldthread.apps.improvement.queries.watched_things import LEADERSHIP, Placed, late_months, month_of, months_between
from goldthread.apps.submissions.measure_areas import service_of
from goldthread.domain import improving, lifecycle
from goldthread.domain.watch import KINDS, Month, Sign, Source, Thing, Watched

REOPENED = ("reopened", "slipped")
"""The kinds of turn by which a recommendation is reopened: by somebody, or by the program."""


def promises(held: Sequence[Recommendation], services: Mapping[str, tuple[str, ...]], now: date) -> Iterator[Placed]:
    """Recommendations of which something can be said, each in the services that it is about.

    `services` are those of each recommendation's finding, by its key. One without is about the services of the
    measures of its goals; where they tell of none either, it is the leaders' to see to.
    """
    for one in held:
        worse, better = _promised(one, now)
        if not worse and not better:
            continue
        months = tuple(
            Month(month, frozenset(worse.get(month, ())), frozenset(better.get(month, ())))
            for month in sorted({*worse, *better})
        )
        rate = sum(KINDS[sign].rate() for sign in (Sign.GOAL_WORSE, Sign.SLIPPED)) if one.goals.all() else 0.0
        where = {"route": "recommendation", "inspection": str(one.inspection_id), "recommendation": str(one.pk)}
        if one.late(now):
            where["due"] = f"{one.due:%-d %B %Y}"
        codes = _measures(one)
        # Its goal is read from the very files of which the series tells, so that their signs count as one.
        group = f"series:{codes[0]}" if len(codes) == 1 else ""
        waits = " (said to be done, not accepted yet)" if one.late(now) and one.waits_to_be_accepted else ""
        title = f"{one.mark}, {one.inspection.title}{waits}"
        for service in services.get(str(one.pk)) or about(one) or (LEADERSHIP,):
            yield service, Thing(
                f"promise:{one.pk}", title, Source.PROMISE, Watched((), False, months, rate), group, where
            )  # fmt: skip


def planned_late(
    held: Sequence[Recommendation], services: Mapping[str, tuple[str, ...]], now: date
) -> Iterator[Placed]:  # fmt: skip
    """What a council planned and nobody accepted past its day: one thing for each recommendation, where that stands.

    What is only said to be done is among it, and the title says how much.
    """
    for one in held:
        late = [action for action in one.planned.all() if action.late(now)]
        if not late:
            continue
        due = min(action.due for action in late)
        months = tuple(Month(month, frozenset({Sign.LATE}), frozenset()) for month in late_months(due, now))
        many = (
            "1 action promised and past its day"
            if len(late) == 1
            else f"{len(late)} actions promised and past their day"
        )
        said = sum(action.waits_to_be_accepted for action in late)
        waits = f" ({said} said to be done, not accepted yet)" if said else ""
        where = {
            "route": "recommendation", "inspection": str(one.inspection_id), "recommendation": str(one.pk),
            "due": f"{due:%-d %B %Y}",
        }  # fmt: skip
        title = f"{many}{waits}: {one.mark}, {one.inspection.title}"
        for service in services.get(str(one.pk)) or about(one) or (LEADERSHIP,):
            yield service, Thing(
                f"planned:{one.pk}", title, Source.PROMISE, Watched((), False, months, 0.0), where=where
            )  # fmt: skip


def about(one: Recommendation) -> tuple[str, ...]:
    """The services of which the measures of its goals tell, each once."""
    return tuple(dict.fromkeys(service for code in _measures(one) if (service := service_of(code))))


def _measures(one: Recommendation) -> list[str]:
    names = (goal.measured.partition(":") for goal in one.live_goals)
    return list(dict.fromkeys(code for kind, _, code in names if kind == MEASURE))


def _promised(one: Recommendation, now: date) -> tuple[dict[str, set[Sign]], dict[str, set[Sign]]]:
    worse: dict[str, set[Sign]] = defaultdict(set)
    better: dict[str, set[Sign]] = defaultdict(set)
    reopened = _reopened(one, now) if one.status == lifecycle.Recommendation.REOPENED else None
    if one.late(now):
        # While it was closed it waited for nobody.
        for month in late_months(max(one.due, reopened - timedelta(days=1)) if reopened else one.due, now):
            worse[month].add(Sign.LATE)
    if reopened:
        for month in months_between(month_of(reopened), now):
            worse[month].add(Sign.SLIPPED)
    for goal in one.live_goals if one.live else ():
        for later in _while_open(goal):
            if later.change.verdict is improving.Verdict.WORSE:
                worse[month_of(later.pool.day)].add(Sign.GOAL_WORSE)
            elif later.change.verdict is improving.Verdict.IMPROVED:
                better[month_of(later.pool.day)].add(Sign.GOAL_WORSE)
    return worse, better


def _while_open(goal: Goal) -> list[queries.Later]:
    """What was found while the recommendation was open: after it was closed on it, from where it had slipped on."""
    later, closed = queries.told_of(goal).later, goal.closed_on
    slipped = min((one.pool.day for one in later if one.slipped), default=None)
    return [
        one for one in later
        if closed is None or one.pool.day <= closed.day or (slipped is not None and one.pool.day >= slipped)
    ]  # fmt: skip


def _reopened(one: Recommendation, now: date) -> date:
    """The day on which it was reopened last."""
    turn = max((turn for turn in one.turns.all() if turn.kind in REOPENED), key=lambda turn: turn.pk, default=None)
    return timezone.localdate(turn.at) if turn is not None else now
