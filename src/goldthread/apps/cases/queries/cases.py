"""Reading cases: whose they are, how far they have come."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, Q, QuerySet, When
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.actions.allocation import REVIEWERS, in_turn
from goldthread.apps.cases.interests import InConflict, Interests
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members, visible
from goldthread.domain import lifecycle
from goldthread.domain.timetable import Interest

Status = lifecycle.Case

DUE = (Status.IN_REVIEW, Status.ALLOCATED, Status.DRAWN, Status.REVIEWED, Status.SET_ASIDE)
"""The order in which cases ask for attention."""

SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("due", "draw__number", "number"),
    "number": ("draw__number", "number"),
    "stratum": ("stratum", "number"),
    "status": ("status", "number"),
    "reviewer": ("allocated_to__name", "number"),
}
"""By what cases can be sorted."""


READERS = ("allocated_to", "second_reading__reader")
"""What makes a case somebody's own: they read it, first or second."""


def on_the_team(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor reads the team's work on the sample, and not only what was let through to the authority."""
    return policy.decide(actor, Permission.CASE_REVIEW_READ, inspection.target(), timezone.now()).allowed


def sees_every_case(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor sees everybody's cases, and not only their own."""
    return policy.decide(actor, Permission.CASE_READ, inspection.target(), timezone.now()).allowed


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases that an actor may read, with all that a page or an action asks: an inspector those given to them, to read
    first or second."""
    rows = Case.objects.select_related(
        "inspection", "draw", "draw__inspection", "draw__submission", "allocated_to", "came_in_for", "second_reading"
    )
    return visible(rows, actor, Permission.CASE_READ, own=READERS)


def _read_first_by(actor: Actor) -> QuerySet[Case]:
    """Cases that an actor may read, without those that they only read a second time: these are listed apart."""
    rows = Case.objects.select_related(
        "inspection", "draw", "draw__inspection", "draw__submission", "allocated_to", "came_in_for", "second_reading"
    )
    return visible(rows, actor, Permission.CASE_READ, own=("allocated_to",))


def case(actor: Actor, inspection: UUID, case: UUID) -> Case:
    """One case of an inspection. Raises Case.DoesNotExist where the actor may not see it."""
    return cases_visible_to(actor).get(inspection_id=inspection, pk=case)


def cases_of_draw(
    draw: Draw, actor: Actor, *, stratum: str = "", status: str = "", reviewer: str = ""
) -> QuerySet[Case]:
    """The cases of a draw as far as the actor sees it, reserves last, filtered. `reviewer` is an id, or “nobody”.

    The authority, to which a whole draw is let through, sees the files that are in play and none held in reserve.
    """
    rows = Case.objects.filter(draw=draw).select_related("draw", "inspection", "allocated_to", "came_in_for")
    if on_the_team(actor, draw.inspection):
        rows = rows.filter(pk__in=cases_visible_to(actor).filter(draw=draw).order_by().values("pk"))
    else:
        rows = rows.filter(reserve=False).exclude(status=Status.SET_ASIDE)
    return _filtered(rows, stratum, status, reviewer).order_by("reserve", "number")


def cases_of_inspection(
    inspection: Inspection, actor: Actor, *, mine: bool = False, stratum: str = "", status: str = "",
    reviewer: str = "", sort: str = "number",
) -> QuerySet[Case]:  # fmt: skip
    """The cases of an inspection's live draws, without those in reserve, filtered and sorted."""
    rows = _read_first_by(actor).filter(inspection=inspection, reserve=False, draw__status=lifecycle.Draw.DRAWN)
    if mine:
        rows = rows.filter(allocated_to_id=UUID(actor.id)) if actor.signed_in and not actor.programme else rows.none()
    order = [When(status=one.value, then=place) for place, one in enumerate(DUE)]
    rows = rows.annotate(due=Choose(*order, default=len(DUE), output_field=IntegerField()))
    return _filtered(rows, stratum, status, reviewer).order_by(*SORTS.get(sort, SORTS["number"]))


def _filtered(rows: QuerySet[Case], stratum: str, status: str, reviewer: str) -> QuerySet[Case]:
    if stratum:
        rows = rows.filter(stratum=stratum)
    if status == "reserve":
        rows = rows.filter(reserve=True)
    elif status:
        rows = rows.filter(status=status, reserve=False)
    if reviewer == "nobody":
        return rows.filter(allocated_to=None)
    try:
        return rows.filter(allocated_to_id=UUID(reviewer)) if reviewer else rows
    except ValueError:
        return rows.none()


def mine(actor: Actor) -> list[Case]:
    """The actor's own cases still to be reviewed, in every inspection, those begun first."""
    if not actor.signed_in or actor.programme:
        return []
    rows = cases_visible_to(actor).filter(
        allocated_to_id=UUID(actor.id), reserve=False, draw__status=lifecycle.Draw.DRAWN,
        status__in=(Status.ALLOCATED, Status.IN_REVIEW),
    )  # fmt: skip
    return list(rows.order_by("-status", "inspection__title", "draw__number", "number"))


def reviewers(inspection: Inspection) -> list[Person]:
    """Who may be given cases here: leads and inspectors without a conflict of interest with the authority, by name."""
    shut_out = inspection.conflicts.filter(waived_at=None, interest=Interest.AUTHORITY)
    conflicted = set(shut_out.values_list("person_id", flat=True))
    members = current_members(inspection, roles=REVIEWERS)
    found = {one.person_id: one.person for one in members if one.person_id not in conflicted}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Share:
    """How far one inspector has come with the cases they were given; `person` is None for cases nobody has."""

    person: Person | None
    allocated: int
    in_review: int
    reviewed: int

    @property
    def total(self) -> int:
        """How many cases they have in all."""
        return self.allocated + self.in_review + self.reviewed


@dataclass(frozen=True, slots=True)
class EvenShare:
    """What one inspector has of a draw, and how many more they would get if the rest were shared out evenly."""

    person: Person
    has: int
    more: int


def even_shares(draw: Draw, inspectors: Sequence[Person]) -> list[EvenShare]:
    """Who would get how many of the cases that nobody has, by name. Writes nothing."""
    turns = Counter(person.pk for _, person in in_turn(draw, inspectors, _free(draw)) if person is not None)
    return [
        EvenShare(
            one, draw.cases.filter(allocated_to=one).exclude(status=Status.SET_ASIDE).count(), turns[one.pk]
        )
        for one in sorted(inspectors, key=lambda person: person.name)
    ]  # fmt: skip


def nobody_may_have(draw: Draw, inspectors: Sequence[Person]) -> list[Case]:
    """Cases that nobody has and none of these may be given, for a conflict of interest."""
    return [case for case, person in in_turn(draw, inspectors, _free(draw)) if person is None]


def _free(draw: Draw) -> list[Case]:
    return list(draw.cases.select_related("draw__submission").filter(status=Status.DRAWN, reserve=False))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the cases of an inspection have come; those in reserve and those set aside are not in `total`."""

    total: int = 0
    reviewed: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    by_inspector: list[Share] = field(default_factory=list)
    set_aside: int = 0

    @property
    def per_cent(self) -> int:
        """The share that is reviewed, rounded down so that 100 means all."""
        return self.reviewed * 100 // self.total if self.total else 0


def progress(inspection: Inspection, actor: Actor, draw: Draw | None = None) -> Progress:
    """Counts by status and by inspector, over the live draws or over one, of what the actor may see."""
    rows = _read_first_by(actor).filter(inspection=inspection, reserve=False)
    rows = rows.filter(draw=draw) if draw else rows.filter(draw__status=lifecycle.Draw.DRAWN)
    plain = Case.objects.filter(pk__in=rows.values("pk")).order_by()
    by_status = dict(plain.values_list("status").annotate(count=Count("pk")))
    set_aside = by_status.pop(Status.SET_ASIDE.value, 0)
    return Progress(
        total=sum(by_status.values()),
        reviewed=by_status.get(Status.REVIEWED.value, 0),
        by_status={status.value: by_status.get(status.value, 0) for status in Status if status != Status.SET_ASIDE},
        by_inspector=_shares(plain),
        set_aside=set_aside,
    )


def _shares(cases: QuerySet[Case]) -> list[Share]:
    counted = (
        cases.exclude(status__in=(Status.SET_ASIDE, Status.DRAWN))
        .values("allocated_to")
        .annotate(
            allocated=Count("pk", filter=Q(status=Status.ALLOCATED)),
            in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
            reviewed=Count("pk", filter=Q(status=Status.REVIEWED)),
        )
    )
    people = Person.objects.in_bulk([row["allocated_to"] for row in counted if row["allocated_to"]])
    shares = [
        Share(people.get(row["allocated_to"]), row["allocated"], row["in_review"], row["reviewed"]) for row in counted
    ]
    return sorted(shares, key=lambda share: share.person.name if share.person else "")


def conflict_over(case: Case) -> str:
    """Why whoever has a case cannot go on with it, where they declared a conflict of interest since; else nothing."""
    held = case.allocated_to
    if held is None or case.status not in (lifecycle.Case.ALLOCATED, lifecycle.Case.IN_REVIEW):
        return ""
    try:
        Interests().require_own(case, held)
    except InConflict as conflict:
        return conflict.reason
    return ""
