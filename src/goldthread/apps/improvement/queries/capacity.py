"""The evidence of an authority's capacity to improve, in three kinds of sentences, and what was decided of it.

Nothing is counted up and no grade is worked out: the sentences stand beside what people write.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.findings.models import Confidence
from goldthread.apps.improvement import queries
from goldthread.apps.improvement.models import CapacityJudgement
from goldthread.apps.improvement.queries.past import recurrence
from goldthread.apps.improvement.queries.watch import WatchedArea, watch
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle

Status = lifecycle.Recommendation
KINDS = ("sustained", "learning", "recurrence")
CONFIDENCE = [(str(value), str(label)) for value, label in Confidence.choices]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of capacity to improve, in sentences: change that lasts, learning closed, what comes back."""

    sustained: tuple[str, ...]
    learning: tuple[str, ...]
    recurrence: tuple[str, ...]

    def by_kind(self) -> dict[str, list[str]]:
        """The sentences by kind, as they are kept with a decision."""
        return {kind: list(getattr(self, kind)) for kind in KINDS}


def evidence_of_capacity(actor: Actor, inspection: Inspection) -> Evidence:
    """The three kinds of evidence as far as the actor may read them."""
    plan = queries.plan(actor, inspection)
    return Evidence(
        sustained=(*_watched(actor, inspection), *_goals(plan)),
        learning=tuple(_closed(plan)),
        recurrence=tuple(_back(actor, inspection)),
    )


def capacity_of(actor: Actor, inspection: Inspection) -> list[CapacityJudgement]:
    """What was decided of capacity to improve, the latest first, as far as the actor may read it."""
    rows = CapacityJudgement.objects.select_related("inspection", "created_by").filter(inspection=inspection)
    return list(visible(rows, actor, Permission.JUDGEMENT_READ))


def _watched(actor: Actor, inspection: Inspection) -> list[str]:
    return [said for area in watch(actor, inspection).areas if (said := _area(area))]


def _area(area: WatchedArea) -> str:
    held = area.watch
    counts = [
        f"{len(found)} {words}"
        for found, words in (
            (held.better, "better by more than chance explains"),
            (held.worse, "with a sign for the worse"),
            (held.holding, "watched without a sign"),
        )
        if found
    ]
    return f"{held.title}: of what is watched, {', '.join(counts)}." if counts else ""


def _goals(plan: list["queries.Opened"]) -> list[str]:
    found = Counter(goal.verdict for one in plan for goal in one.goals)
    return [f"Goals, as found last: {queries.VERDICTS[verdict].lower()}, {count}." for verdict, count in found.items()]


def _closed(plan: list["queries.Opened"]) -> list[str]:
    given = [one for one in plan if one.recommendation.status not in (Status.DRAFT, Status.WITHDRAWN)]
    closed = [one for one in given if one.recommendation.status == Status.CLOSED]
    held = [one for one in closed if one.goals and all(goal.shown for goal in one.goals)]
    back = [one for one in given if one.recommendation.status == Status.REOPENED]
    late = [one for one in given if one.recommendation.late(timezone.localdate())]
    done = [one for one in given if one.recommendation.owners_word == lifecycle.OwnersWord.DONE]
    if not given:
        return []
    said = [f"{_of(closed, given)} recommendations given are closed{_marks(closed)}."]
    if closed:
        said.append(
            f"{_of(held, closed)} closed ones show in what was found last that every goal is met{_marks(held)}."
        )
    if back:
        said.append(f"{_of(back, given)} are reopened: closed before, they did not hold or were closed too soon"
                    f"{_marks(back)}.")  # fmt: skip
    if late:
        said.append(f"{_of(late, given)} are past their day{_marks(late)}.")
    return [*said, f"Of {_of(done, given)} their owners say that it is done."]


def _of(some: list["queries.Opened"], whole: list["queries.Opened"]) -> str:
    return f"{len(some)} of {len(whole)}"


def _marks(found: list["queries.Opened"]) -> str:
    return f" ({', '.join(one.recommendation.mark for one in found)})" if found else ""


def _back(actor: Actor, inspection: Inspection) -> list[str]:
    themes = [one for one in recurrence(actor, inspection).themes if one.before]
    return [
        f"{one.theme.title}: raised before in {', '.join(f'{day:%B %Y}' for day in one.before)}; "
        + (f"raised again today by {', '.join(one.today)}" if one.today else "not raised today")
        + f". Nationally it is {one.rates}."
        for one in themes
    ]  # fmt: skip
