"""The evidence of an authority's capacity to improve, in three kinds of sentences, and what was decided of it.

Nothing is counted up and no grade is worked out: the sentences stand beside what people write.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.comparison.own_series import of_authority
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
    """The three kinds of evidence as far as the actor may read them.

    It is the authority that improves, so whatever it was asked counts, wherever it was asked: an inspection that
    asked for nothing yet is not to read that nothing was learnt.
    """
    plan = [one for each in of_authority(actor, inspection) for one in queries.plan(actor, each)]
    return Evidence(
        sustained=(*_watched(actor, inspection), *_goals(plan)),
        learning=tuple(_closed(plan, inspection)),
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
            (held.telling, "with a sign for the worse"),
            (held.holding, "watched without a sign"),
            (held.past_day, "promised and past its day"),
        )
        if found
    ]
    return f"{held.title}: of what is watched, {', '.join(counts)}." if counts else ""


def _goals(plan: list["queries.Opened"]) -> list[str]:
    found = Counter(goal.verdict for one in plan for goal in one.goals)
    if not found:
        return []
    told = [f"{found[verdict]} {says.lower()}" for verdict, says in queries.VERDICTS.items() if found[verdict]]
    many = sum(found.values())
    return [f"Of {many} goal{'s' * (many != 1)}, by what was found last: {', '.join(told)}."]


def _closed(plan: list["queries.Opened"], here: Inspection) -> list[str]:
    given = [one for one in plan if one.recommendation.status not in (Status.DRAFT, Status.WITHDRAWN)]
    closed = [one for one in given if one.recommendation.status == Status.CLOSED]
    held = [one for one in closed if one.goals and all(goal.shown for goal in one.goals)]
    back = [one for one in given if one.recommendation.status == Status.REOPENED]
    late = [one for one in given if one.recommendation.late(timezone.localdate())]
    done = [one for one in given if one.recommendation.owners_word == lifecycle.OwnersWord.DONE]
    if not given:
        return []
    said = [f"{_of(closed, given)} recommendations given are closed{_marks(closed, here)}."]
    if closed:
        said.append(
            f"{_of(held, closed)} closed ones show in what was found last that every goal is met{_marks(held, here)}."
        )
    if back:
        said.append(f"{_of(back, given)} are reopened: closed before, they did not hold or were closed too soon"
                    f"{_marks(back, here)}.")  # fmt: skip
    if late:
        said.append(f"{_of(late, given)} are past their day{_marks(late, here)}.")
    return [*said, f"Their owners call {_of(done, given)} done{_marks(done, here)}."]


def _of(some: list["queries.Opened"], whole: list["queries.Opened"]) -> str:
    return f"{len(some)} of {len(whole)}"


def _marks(found: list["queries.Opened"], here: Inspection) -> str:
    """Which they are; of another inspection or programme of the authority with its title."""
    rows = [one.recommendation for one in found]
    marks = [one.mark if one.inspection_id == here.pk else f"{one.mark} of “{one.inspection.title}”" for one in rows]
    return f" ({', '.join(marks)})" if marks else ""


def _back(actor: Actor, inspection: Inspection) -> list[str]:
    themes = [one for one in recurrence(actor, inspection).themes if one.before]
    return [
        f"{one.theme.title}: raised before in {', '.join(f'{day:%B %Y}' for day in one.before)}; "
        + (f"raised again today by {', '.join(one.today)}" if one.today else "not raised today")
        + f". Nationally it is {one.rates}."
        for one in themes
    ]  # fmt: skip
