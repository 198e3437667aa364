"""What is due of whom, and how the audits of a programme stand by round, auditor and team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Min, QuerySet
from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Case, CaseReview
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.programme.models import ProgrammeRule, Round, SeenReminder
from goldthread.domain import lifecycle
from goldthread.domain.audit_clock import Audit, Standing, Timeliness, standing, timeliness
from goldthread.domain.disclosure import DFE_LA, CrossTable, Dimension, suppress
from goldthread.kernel.working_days import bank_holidays

USUAL_SOON = 5
IN_TIME, NOT_IN_TIME, OPEN_YET = "in time", "late or overdue", "not yet due"


def due_days(held: Iterable[Case]) -> dict[UUID, date]:
    """By when each of these files is to be audited, by case; one that no round drew has no such day."""
    held = list(held)
    rounds = Round.objects.filter(draw__in={case.draw_id for case in held}, due__isnull=False)
    by_draw = {round_.draw_id: round_.due for round_ in rounds if round_.due is not None}
    return {case.pk: by_draw[case.draw_id] for case in held if case.draw_id in by_draw}


def first_due(inspection: Inspection) -> date | None:
    """By when the files of the earliest round that is being audited are due; None where no round is."""
    rounds = Round.objects.filter(inspection=inspection, status=lifecycle.Round.DRAWN)
    first: date | None = rounds.aggregate(first=Min("due"))["first"]
    return first


@dataclass(frozen=True, slots=True)
class Audited:
    """One file of a round: who has it, by when, when it was done, and how it stands."""

    case: Case
    round: Round
    person: Person | None
    due: date
    done: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Row:
    """The audits of a round, an auditor or a team; `told` is None where its counts are withheld."""

    name: str
    told: Timeliness | None
    key: object = None


@dataclass(frozen=True, slots=True)
class Completion:
    """How the audits of a programme stand: in all, by round, by auditor and by team."""

    whole: Timeliness
    rounds: tuple[Row, ...]
    auditors: tuple[Row, ...]
    teams: tuple[Row, ...]
    everybody: bool
    teams_why: str = ""

    @property
    def all_withheld(self) -> bool:
        """Whether no team may be told."""
        return bool(self.teams) and all(one.told is None for one in self.teams)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What waits for one auditor: overdue first, then due soon; and when they last saw a reminder."""

    person: Person
    overdue: tuple[Audited, ...]
    soon: tuple[Audited, ...]
    later: int
    seen: date | None

    @property
    def count(self) -> int:
        """How many audits the reminder is about."""
        return len(self.overdue) + len(self.soon)


def audits(inspection: Inspection, today: date, *, rounds: Iterable[Round] | None = None) -> list[Audited]:
    """Every file of the rounds that were drawn, without reserves, those set aside, and draws that were replaced."""
    held = Round.objects.filter(inspection=inspection, draw__isnull=False) if rounds is None else list(rounds)
    by_draw = {one.draw_id: one for one in held}
    rows = Case.objects.filter(draw__in=list(by_draw), draw__status=lifecycle.Draw.DRAWN, reserve=False)
    rows = rows.exclude(status=lifecycle.Case.SET_ASIDE).select_related("allocated_to", "draw", "inspection")
    done, soon, holidays = _done(rows), _soon(inspection), bank_holidays()
    found = []
    for case in rows.order_by("draw__number", "number"):
        round_ = by_draw[case.draw_id]
        due = round_.due or round_.month
        day = done.get(case.pk) if case.status == lifecycle.Case.REVIEWED else None
        found.append(
            Audited(case, round_, case.allocated_to, due, day, standing(Audit(due, day), today, soon, holidays))
        )
    return found


def _done(cases: QuerySet[Case]) -> dict[UUID, date]:
    """The day on which the review of each case was first signed off, by whoever has the case."""
    rows = CaseReview.objects.filter(
        case__in=cases, reviewer_id=F("case__allocated_to_id"), signed_off_at__isnull=False
    )
    first = rows.values("case_id").annotate(first=Min("signed_off_at")).values_list("case_id", "first")
    return {case: timezone.localdate(when) for case, when in first}


def _soon(inspection: Inspection) -> int:
    rule = ProgrammeRule.objects.filter(inspection=inspection).first()
    return rule.soon if rule else USUAL_SOON


def due_of(inspection: Inspection, person: str, today: date) -> tuple[int, int]:
    """How many audits of somebody are due soon, and how many are overdue."""
    mine = Counter(one.standing for one in audits(inspection, today) if one.person and str(one.person.pk) == person)
    return mine[Standing.SOON], mine[Standing.OVERDUE]


def completion(inspection: Inspection, actor: Actor, today: date) -> Completion:
    """How the audits stand. An auditor is told their own row and the whole; teams are made safe as one table."""
    held = audits(inspection, today)
    everybody = cases.sees_every_case(actor, inspection)
    teams, why = team_rows(held) if everybody else ((), "")
    return Completion(
        timeliness(one.standing for one in held),
        _rows(held, lambda one: (one.round.month, f"{one.round.month:%B %Y}", one.round)),
        tuple(
            row for row in _rows(held, lambda one: (_name(one.person), _name(one.person), one.person))
            if everybody or str(getattr(row.key, "pk", "")) == actor.id
        ),
        teams, everybody, why,
    )  # fmt: skip


def _name(person: Person | None) -> str:
    return person.name if person else "Nobody yet"


def _rows(held: Iterable[Audited], by: Callable[[Audited], tuple[object, str, object]]) -> tuple[Row, ...]:
    parted: dict[tuple[object, str], list[Standing]] = {}
    keys: dict[tuple[object, str], object] = {}
    for one in held:
        order, name, key = by(one)
        parted.setdefault((order, name), []).append(one.standing)
        keys[order, name] = key
    return tuple(
        Row(name, timeliness(parted[order, name]), keys[order, name])
        for order, name in sorted(parted, key=lambda pair: (str(pair[0]), pair[1]))
    )


def team_rows(held: Iterable[Audited]) -> tuple[tuple[Row, ...], str]:
    """By the child's team: small counts are withheld, and as many others as keep them from being worked out.
    Second, why none can be told, or empty."""
    rows, names = list(held), _team_names(held)
    if any(one.case.pk not in names for one in rows):
        return (), "The lists from which a round was drawn cannot be read any more."
    told: dict[str, list[Standing]] = {}
    for one in rows:
        told.setdefault(names[one.case.pk], []).append(one.standing)
    if not told:
        return (), ""
    counted = {name: timeliness(standings) for name, standings in told.items()}
    inside: dict[tuple[str | None, ...], int] = {}
    for name, it in counted.items():
        inside |= {(name, IN_TIME): it.in_time, (name, NOT_IN_TIME): it.late + it.overdue, (name, OPEN_YET): it.not_yet}
    kinds = (IN_TIME, NOT_IN_TIME, OPEN_YET)
    safe = suppress(CrossTable((Dimension("team", tuple(sorted(told))), Dimension("standing", kinds)), inside), DFE_LA)
    if not safe.safe:
        return (), "The teams are too small to be told apart without somebody being recognised."
    return tuple(
        Row(name, counted[name] if all(isinstance(safe.cells[name, kind], int) for kind in kinds) else None)
        for name in sorted(told)
    ), ""


def _team_names(held: Iterable[Audited]) -> Mapping[UUID, str]:
    found: dict[UUID, str] = {}
    for draw in {one.case.draw for one in held}:
        found |= cases.teams_of(draw)
    return found


def reminders(inspection: Inspection, today: date) -> list[Reminder]:
    """What waits for each auditor who has anything open, by name."""
    seen: dict[UUID, date] = {}
    for person, day in SeenReminder.objects.filter(inspection=inspection).values_list("person_id", "day"):
        seen[person] = max(day, seen.get(person, day))
    held: dict[Person, list[Audited]] = {}
    for one in audits(inspection, today):
        if one.person is not None and one.done is None:
            held.setdefault(one.person, []).append(one)
    return [
        Reminder(
            person, tuple(_at(rows, Standing.OVERDUE)), tuple(_at(rows, Standing.SOON)),
            len(_at(rows, Standing.NOT_YET)), seen.get(person.pk),
        )
        for person, rows in sorted(held.items(), key=lambda pair: pair[0].name)
    ]  # fmt: skip


def _at(rows: Iterable[Audited], standing: Standing) -> list[Audited]:
    return sorted((one for one in rows if one.standing is standing), key=lambda one: (one.due, one.case.number))


def mine(inspection: Inspection, actor: Actor, today: date) -> Reminder | None:
    """What waits for the actor; None where nothing is open."""
    return next((one for one in reminders(inspection, today) if str(one.person.pk) == actor.id), None)


def with_programmes(mine: Iterable[Inspection]) -> list[Inspection]:
    """Those of some inspections in which a programme runs."""
    held = list(mine)
    run = set(ProgrammeRule.objects.filter(inspection__in=held).values_list("inspection_id", flat=True))
    return [one for one in held if one.pk in run]
