"""Setting the rule of a programme, and noting who takes part and which teams are their own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.asked import require_current
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.programme.actions.rounds import LONGEST_REASON, plan_next
from goldthread.apps.programme.models import LONGEST_TEAM, Auditor, ProgrammeRule, Round
from goldthread.apps.programme.proposing import own_teams
from goldthread.apps.programme.queries.rules import DESIGNS, auditor_target, told_rule
from goldthread.domain import lifecycle, sampling
from goldthread.domain.timetable import Interest

FIELDS = (
    "instrument", "first_month", "size", "design", "population", "strata_by", "minimum_per_stratum", "days", "soon",
    "share", "rest", "because",
)  # fmt: skip
LIMITS = {"size": (1, 200), "days": (1, 60), "soon": (1, 20), "share": (0, 100), "rest": (0, 60)}
OWN_TEAM = "Works in this team, or is or was in charge of it"


@transaction.atomic
def set_rule(*, inspection: Inspection, version: int, by: Actor, **fields: Any) -> ProgrammeRule:
    """Set the rule, or change it; rounds that are drawn keep the one they were drawn by.

    The first setting plans the first round. Raises Refused for a rule that cannot be, Clash where it was changed
    meanwhile.
    """
    require(by, Permission.PROGRAMME_RUN, inspection.target(side=Side.TEAM))
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    rule = ProgrammeRule.objects.select_for_update().filter(inspection=inspection).first()
    asked = {name: fields[name] for name in FIELDS}
    asked["first_month"] = asked["first_month"].replace(day=1)
    if rule is None and version:
        raise Refused("There is no rule yet.")
    new = rule or ProgrammeRule(inspection=inspection, side=Side.TEAM, created_by_id=None if by.programme else by.id)
    theirs, before = (told_rule(rule), rule.first_month) if rule else ({}, None)
    for name, value in asked.items():
        setattr(new, name, value)
    if rule is not None:
        require_version(rule.version, version, theirs=theirs, yours=told_rule(new), about=rule)
        new.version += 1
    new.because = " ".join(new.because.split())[:LONGEST_REASON]
    _sound(new, inspection, before)
    new.save()
    journal(
        Events.PROGRAMME_RULE_SET, by=by, about=new, chain=inspection.pk, version=new.version,
        **{name: str(getattr(new, name)) for name in FIELDS if name != "because"},
    )  # fmt: skip
    _first_round(new, by)
    return new


def _first_round(rule: ProgrammeRule, by: Actor) -> None:
    first = Round.objects.filter(inspection=rule.inspection).order_by("number").first()
    if first is None:
        plan_next(rule.inspection, by, rule.first_month)
    elif first.planned and first.number == 1 and first.month != rule.first_month:
        first.month, first.version = rule.first_month, first.version + 1
        first.save(update_fields=["month", "version"])


def _sound(rule: ProgrammeRule, inspection: Inspection, before: date | None) -> None:
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(rule, name) <= most:
            raise Refused(f"{name.capitalize()} must lie from {least} to {most}.")
    require_current(rule.instrument)
    if rule.design not in DESIGNS:
        raise Refused("Choose how the children are drawn.")
    dip = rule.design == sampling.Design.DIP
    themes, populations = ([slug for slug, _ in rows] for rows in (cases.theme_choices(), cases.population_choices()))
    if rule.population not in (themes if dip else populations):
        raise Refused("Choose a theme for a dip-sample." if dip else "Choose whose files are drawn.")
    if not sampling.Design(rule.design).divides:
        rule.strata_by, rule.minimum_per_stratum = [], None
    elif not rule.strata_by or not set(rule.strata_by) <= {slug for slug, _ in cases.strata_choices()}:
        raise Refused("Choose by what the children are divided, or another way of drawing.")
    rounds = Round.objects.filter(inspection=inspection)
    if before and before != rule.first_month and rounds.exclude(status=lifecycle.Round.PLANNED).exists():
        raise Refused("The first round is over, so the month in which the programme began cannot be changed.")


@transaction.atomic
def note_auditor(
    *, inspection: Inspection, person: Person, takes_part: bool, teams: Sequence[str], version: int, by: Actor
) -> Auditor:  # fmt: skip
    """Say whether somebody audits, and which teams are their own: by themselves, or by whoever runs the programme.

    Each team becomes a conflict of interest, which only the quality-assurance manager can waive; a team that stands
    already stays. Raises Clash where it was noted otherwise meanwhile.
    """
    require(by, Permission.AUDITOR_NOTE, auditor_target(inspection, person))
    if person not in cases.reviewers(inspection):
        raise Refused(f"{person.name} does not review files here.")
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    held = Auditor.objects.select_for_update().filter(inspection=inspection, person=person).first()
    added = _new_teams(inspection, person, teams)
    if held is not None and held.takes_part == takes_part and not added:
        return held
    if held is None:
        held = Auditor(inspection=inspection, side=Side.TEAM, person=person, created_by_id=by.id or None)
    else:
        now = [one.subject for one in own_teams(inspection).get(person.pk, [])]
        theirs = {"takes_part": "yes" if held.takes_part else "no", "teams": "; ".join(now)}
        yours = {"takes_part": "yes" if takes_part else "no", "teams": "; ".join([*now, *added])}
        require_version(held.version, version, theirs=theirs, yours=yours, about=held)
        held.version += 1
    held.takes_part = takes_part
    held.save()
    for team in added:
        inspections.declare_conflict(
            inspection=inspection, person=person, says=OWN_TEAM, interest=Interest.TEAM, subject=team, by=by
        )
    journal(
        Events.AUDITOR_NOTED, by=by, about=held, chain=inspection.pk, takes_part=takes_part, teams_added=len(added)
    )  # fmt: skip
    return held


def _new_teams(inspection: Inspection, person: Person, teams: Sequence[str]) -> list[str]:
    there = {one for held in own_teams(inspection).get(person.pk, []) for one in held.subjects}
    found: dict[str, str] = {}
    for team in teams:
        word = " ".join(team.split())
        if len(word) > LONGEST_TEAM:
            raise Refused(f"The name of a team has at most {LONGEST_TEAM} letters.")
        if word and word.casefold() not in there:
            found.setdefault(word.casefold(), word)
    return list(found.values())
