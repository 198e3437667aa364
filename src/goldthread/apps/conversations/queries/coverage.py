"""Whom the team wants to hear, and whom it has heard: by group, age, team and area.

Numbers are people, not conversations, and small ones stand as they are: only the team reads them. What was taken back
does not count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.conversations.models import Conversation, HearingTarget
from goldthread.apps.conversations.queries.hearing import Status, conversations
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain.hearing import AGES, GROUPS


@dataclass(frozen=True, slots=True)
class Row:
    """One target against what was done: people heard, and people of conversations that are still to come."""

    target: HearingTarget
    heard: int
    to_come: int

    @property
    def missing(self) -> int:
        """How many are still to be heard."""
        return max(0, self.target.wanted - self.heard)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every target, and who was heard however they are counted; `areas` may count one person in several."""

    rows: tuple[Row, ...]
    groups: tuple[tuple[str, int], ...]
    ages: tuple[tuple[str, int], ...]
    teams: tuple[tuple[str, int], ...]
    areas: tuple[tuple[str, int], ...]
    people: int
    conversations: int

    @property
    def met(self) -> int:
        """How many targets are reached."""
        return sum(not row.missing for row in self.rows)


def targets(actor: Actor, inspection: Inspection) -> QuerySet[HearingTarget]:
    """The targets of an inspection that stand."""
    rows = HearingTarget.objects.select_related("inspection").filter(inspection=inspection, taken_out=False)
    return visible(rows, actor, Permission.CONVERSATION_READ)


def target(actor: Actor, inspection: UUID, target: UUID) -> HearingTarget:
    """One target. Raises HearingTarget.DoesNotExist where the actor may not see it."""
    rows = visible(HearingTarget.objects.select_related("inspection"), actor, Permission.CONVERSATION_READ)
    return rows.get(inspection_id=inspection, pk=target)


def coverage(actor: Actor, inspection: Inspection) -> Coverage:
    """Who was heard against whom the team wanted to hear."""
    groups_, ages_ = list(GROUPS), ["", *AGES]
    held = list(conversations(actor, inspection).select_related(None))
    heard = [one for one in held if one.heard]
    to_come = [one for one in held if one.status in (Status.PLANNED, Status.AGREED)]
    aims = sorted(
        targets(actor, inspection), key=lambda one: (groups_.index(one.group), ages_.index(one.age), one.team, one.area)
    )
    rows = tuple(Row(one, _people(one, heard), _people(one, to_come)) for one in aims)
    groups, ages, teams, areas = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in heard:
        groups[one.group] += one.people
        ages[one.age] += one.people
        teams[one.team] += one.people
        for area in one.areas:
            areas[area] += one.people
    return Coverage(
        rows, tuple((slug, groups[slug]) for slug in GROUPS), tuple((slug, ages[slug]) for slug in AGES),
        tuple(sorted((team, count) for team, count in teams.items() if team)), tuple(sorted(areas.items())),
        sum(groups.values()), len(heard),
    )  # fmt: skip


def _people(target: HearingTarget, held: Iterable[Conversation]) -> int:
    return sum(one.people for one in held if _counts(target, one))


def _counts(target: HearingTarget, one: Conversation) -> bool:
    return (
        target.group == one.group
        and target.age in ("", one.age)
        and (not target.team or target.team.casefold() == one.team.casefold())
        and (not target.area or target.area in one.areas)
    )
