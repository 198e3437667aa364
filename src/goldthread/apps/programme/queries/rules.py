"""Reading a programme: its rule, who takes part, its rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.drawing import frame_of
from goldthread.apps.inspections import queries as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.programme.models import Auditor, ProgrammeRule, Round
from goldthread.apps.programme.proposing import own_teams, plan_by
from goldthread.domain import lifecycle, sampling

DESIGNS: Mapping[str, str] = {
    sampling.Design.PROPORTIONAL: "In proportion, with a minimum from each part: each team its fair share, for example",
    sampling.Design.SIMPLE: "Simple: every child has the same chance",
    sampling.Design.SYSTEMATIC: "Systematic: the frame in order, and every so many from a random start",
    sampling.Design.DIP: "A dip-sample: a few of the children to whom one theme applies",
}
"""The designs that a rule can have: those that a month can be drawn by without asking anything more."""

STATUSES: Mapping[str, str] = {
    lifecycle.Round.PLANNED: "Planned",
    lifecycle.Round.DRAWN: "Drawn, being audited",
    lifecycle.Round.CLOSED: "Closed",
    lifecycle.Round.CALLED_OFF: "Called off",
}


def rule_of(inspection: Inspection) -> ProgrammeRule | None:
    """The rule of a programme; None where there is none yet."""
    return ProgrammeRule.objects.select_related("inspection").filter(inspection=inspection).first()


def told_rule(rule: ProgrammeRule) -> dict[str, str]:
    """A rule field by field, as the two texts of a clash show it."""
    return {
        "instrument": cases.title_of(rule.instrument), "first_month": f"{rule.first_month:%d/%m/%Y}",
        "size": str(rule.size), "design": str(rule.design), "population": rule.population,
        "strata_by": ", ".join(rule.strata_by),
        "minimum_per_stratum": "" if rule.minimum_per_stratum is None else str(rule.minimum_per_stratum),
        "days": str(rule.days), "soon": str(rule.soon), "share": str(rule.share), "rest": str(rule.rest),
        "because": rule.because,
    }  # fmt: skip


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    """Rounds that an actor may see, the latest first."""
    rows = Round.objects.select_related("inspection", "draw", "draw__submission")
    return visible(rows, actor, Permission.PROGRAMME_READ).order_by("-month")


def rounds(inspection: Inspection, actor: Actor) -> list[Round]:
    """The rounds of a programme, the latest first."""
    return list(rounds_visible_to(actor).filter(inspection=inspection))


def round_(actor: Actor, inspection: UUID, round_: UUID) -> Round:
    """One round. Raises Round.DoesNotExist where the actor may not see it."""
    return rounds_visible_to(actor).get(inspection_id=inspection, pk=round_)


def next_planned(inspection: Inspection) -> Round | None:
    """The earliest round that waits to be drawn."""
    rows = Round.objects.filter(inspection=inspection, status=lifecycle.Round.PLANNED)
    return rows.select_related("inspection").order_by("month").first()


@dataclass(frozen=True, slots=True)
class TakingPart:
    """One of those who can audit: whether they do (None: they have not said), and their own teams."""

    person: Person
    noted: Auditor | None
    teams: tuple[str, ...]

    @property
    def version(self) -> int:
        """The version that a form is opened on; 0 where nothing is noted."""
        return self.noted.version if self.noted else 0


def taking_part(inspection: Inspection) -> list[TakingPart]:
    """Everybody who can audit here, by name."""
    noted = {one.person_id: one for one in Auditor.objects.filter(inspection=inspection)}
    teams = own_teams(inspection)
    return [
        TakingPart(one, noted.get(one.pk), tuple(held.subject for held in teams.get(one.pk, [])))
        for one in sorted(cases.reviewers(inspection), key=lambda one: one.name)
    ]


@dataclass(frozen=True, slots=True)
class AuditorDesk:
    """One who can audit, as a door asks about them: their own affair, or that of whoever runs the programme."""

    inspection: Inspection
    part: TakingPart

    def target(self) -> Target:
        """A row of theirs."""
        return auditor_target(self.inspection, self.part.person)


def auditor_target(inspection: Inspection, person: Person) -> Target:
    """What somebody's own part is to the policy."""
    return Target(within=inspection, side=Side.TEAM, owners=frozenset({str(person.pk)}))


def auditor_desk(actor: Actor, inspection: UUID, auditor: UUID) -> AuditorDesk:
    """One who can audit here. Raises Person.DoesNotExist where nobody like that audits."""
    held = inspections.get(actor, inspection)
    found = next((one for one in taking_part(held) if one.person.pk == auditor), None)
    if found is None:
        raise Person.DoesNotExist
    return AuditorDesk(held, found)


def team_names(inspection: Inspection, actor: Actor) -> list[str]:
    """The teams of the newest lists, as these name them; none where there are no lists, or they cannot be read."""
    able, rule = cases.submissions_to_draw_from(inspection, actor), rule_of(inspection)
    if not able:
        return []
    plan = plan_by(rule or ProgrammeRule(population="open-cases", size=1, design="simple"), "")
    if plan.design == sampling.Design.DIP:
        plan = plan_by(ProgrammeRule(population="open-cases", size=1, design="simple"), "")
    try:
        frame = frame_of(able[0], plan).frame
    except policy.Refused:
        return []
    return sorted({team for team in frame.eligible["team"] if team})


def may_run(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor sets the rule and draws rounds."""
    return allows(actor, Permission.PROGRAMME_RUN, inspection.target(side=Side.TEAM))


def may_note(actor: Actor, inspection: Inspection, person: Person) -> bool:
    """Whether the actor may say how somebody takes part."""
    return allows(actor, Permission.AUDITOR_NOTE, auditor_target(inspection, person))


def may_read(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the programme."""
    return allows(actor, Permission.PROGRAMME_READ, inspection.target(side=Side.TEAM))


def allows(actor: Actor, permission: Permission, target: Target) -> bool:
    """What the policy says, now."""
    return policy.decide(actor, permission, target, timezone.now()).allowed
