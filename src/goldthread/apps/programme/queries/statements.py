"""How a programme stands, in counts that may be passed on: what the council would be told, and what it was told.

A statement's `told` holds: `whole`, and for each of `rounds` and `teams` a name, with four counts (in time, late,
overdue, not yet due) or nothing where they are withheld; `teams_why`, why no team can be told;
`themes`, each with its name, where it comes from, its counts of the three rounds before and of the last three as they
may be told, and what is said of it; and `actions`, how many there are, wait, and are late.

The counts of a round tell whether auditors kept their days, and nothing of a child, so they are told as they are; a
team is the child's own, and its counts are made safe.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, visible
from goldthread.apps.programme.models import Statement
from goldthread.apps.programme.queries.due import Audited, Row, audits, team_rows
from goldthread.apps.programme.queries.rules import allows
from goldthread.apps.programme.queries.themes import themes
from goldthread.apps.programme.queries.to_do import actions_visible_to, counted
from goldthread.domain.audit_clock import Timeliness, timeliness

NEW_FOR = timedelta(days=14)
"""For how long a statement stands on the home pages of the council."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One theme as a statement tells it."""

    name: str
    source: str
    before: str
    lately: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as a page shows it."""

    whole: Timeliness
    rounds: tuple[Row, ...]
    teams: tuple[Row, ...]
    teams_why: str
    themes: tuple[Stated, ...]
    actions: dict[str, int]


def foreseen(inspection: Inspection, actor: Actor, today: date) -> dict[str, Any]:
    """What the council would be told today. Raises Refused while no round is drawn."""
    held = audits(inspection, today)
    if not held:
        raise Refused("No round is drawn yet, so there is nothing to tell.")
    teams, teams_why = team_rows(held)
    found = themes(inspection, actor)
    to_do = counted(actions_visible_to(actor).filter(inspection=inspection))
    return {
        "whole": _counts(timeliness(one.standing for one in held)),
        "rounds": _kept(rounds_of(held)), "teams": _kept(teams), "teams_why": teams_why,
        "themes": [
            [one.name, one.source, one.before if found.enough else "", one.lately, str(one.told.verdict)]
            for one in found.themes
        ],
        "actions": {"all": to_do.all, "waiting": to_do.waiting, "late": to_do.late},
    }  # fmt: skip


def rounds_of(held: Iterable[Audited]) -> list[Row]:
    """How the audits of each round stand, by its month as a statement keeps it, the earliest first."""
    by_month: dict[str, list[Audited]] = {}
    for one in held:
        by_month.setdefault(f"{one.round.month:%Y-%m}", []).append(one)
    return [Row(month, timeliness(one.standing for one in rows)) for month, rows in sorted(by_month.items())]


def name_of(told: dict[str, Any]) -> str:
    """A short name for all that would be told, so that what was seen is what is told, or nothing is."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]


def _counts(one: Timeliness) -> list[int]:
    return [one.in_time, one.late, one.overdue, one.not_yet]


def _kept(rows: Iterable[Row]) -> list[list[Any]]:
    return [[one.name, _counts(one.told) if one.told else None] for one in rows]


def opened(told: dict[str, Any]) -> Told:
    """What was told, as a page shows it; the rounds by the name of their month."""
    rounds = tuple(
        Row(f"{date.fromisoformat(f'{name}-01'):%B %Y}", Timeliness(*held) if held else None)
        for name, held in told["rounds"]
    )
    teams = tuple(Row(name, Timeliness(*held) if held else None) for name, held in told["teams"])
    return Told(
        Timeliness(*told["whole"]), rounds, teams, told["teams_why"],
        tuple(Stated(*one) for one in told["themes"]), told["actions"],
    )  # fmt: skip


def statements(actor: Actor, inspection: Inspection) -> QuerySet[Statement]:
    """What the council was told, the latest first, as far as the actor may read it."""
    rows = Statement.objects.select_related("inspection", "created_by").filter(inspection=inspection)
    return visible(rows, actor, Permission.STATEMENT_READ).order_by("-number")


def latest_statements(actor: Actor) -> list[Statement]:
    """The last statement of each programme of which the actor's council was told lately; none for the team."""
    rows = Statement.objects.select_related("inspection").filter(released_at__gte=timezone.now() - NEW_FOR)
    found: dict[Any, Statement] = {}
    for one in visible(rows, actor, Permission.STATEMENT_READ).order_by("number"):
        if not allows(actor, Permission.PROGRAMME_READ, one.inspection.target()):
            found[one.inspection_id] = one
    return list(found.values())


def may_read_statements(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to what the council was told of a programme."""
    return allows(actor, Permission.STATEMENT_READ, OwnPart(inspection, actor).target())
