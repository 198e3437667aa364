"""An inspection, who takes part in it, and what every row of it carries: its inspection and its side of the wall."""

import uuid
from collections.abc import Iterable
from uuid import UUID

from django.db import models

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor, Grant, Target
from goldthread.apps.access.prepared import Prepared
from goldthread.apps.access.remembering import once
from goldthread.apps.access.roles import ROLES, Side
from goldthread.domain import lifecycle
from goldthread.domain.hearing.their_words import LONGEST_RUN
from goldthread.domain.timetable import INTERESTS, Interest

SIDES = [(side.value, side.value) for side in Side]


class Kind(models.TextChoices):
    """What sort of exercise it is; the same machinery serves all."""

    INSPECTION = "inspection", "Inspection"
    MOCK = "mock", "Mock inspection"
    PEER_REVIEW = "peer-review", "Peer review"
    INTERNAL = "internal", "The council's own review programme"
    TRAINING = "training", "Training, with an invented authority"


class Inspection(models.Model):
    """One inspection of one authority under one framework version.

    `children_in_area` is how many children aged 0 to 17 live there, by the mid-year estimate: rates need it.
    `words_alike` is how many words in a row a paraphrase may share with what somebody said or wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_key = models.UUIDField(unique=True, default=uuid.uuid4)
    title = models.CharField(max_length=160)
    authority = models.CharField(max_length=120)
    framework = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.INSPECTION)
    call_day = models.DateField()
    fieldwork_from = models.DateField()
    fieldwork_to = models.DateField()
    children_in_area = models.PositiveIntegerField(null=True, blank=True)
    words_alike = models.PositiveSmallIntegerField(default=LONGEST_RUN)
    status = models.CharField(max_length=30, default=lifecycle.Inspection.SET_UP)
    synthetic = models.BooleanField(default=False)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title

    @property
    def of_the_council(self) -> bool:
        """Whether it is the council's own review programme, and no inspection."""
        return self.kind == Kind.INTERNAL

    @property
    def rehearsed(self) -> bool:
        """Whether it goes as an inspection does and is none: a mock inspection, or a review by peers."""
        return self.kind in (Kind.MOCK, Kind.PEER_REVIEW)

    @property
    def for_training(self) -> bool:
        """Whether it holds practice cases alone: no child's data, no report."""
        return self.kind == Kind.TRAINING

    def grants_of(self, actor: Actor) -> tuple[Grant, ...]:
        """Every role that the actor has, had or will have here."""
        if not actor.signed_in:
            return ()
        mine = once(("roles", actor.id), lambda: roles_of(actor.id))
        return tuple(one.as_grant() for one in mine if one.inspection_id == self.pk)

    def conflict_of(self, actor: Actor) -> str | None:
        """The actor's unwaived conflict of interest with the authority here: one that shuts the inspection to them."""
        if not actor.signed_in or actor.programme:
            return None
        mine = once(("conflicts", actor.id), lambda: conflicts_of(actor.id))
        return next((one.says for one in mine if one.inspection_id == self.pk), None)

    def target(self, side: Side | None = None, closed_because: str = "") -> Target:
        """The inspection itself, as the policy asks about it; both sides may see its set-up."""
        return Target(within=self, side=side, closed_because=closed_because)

    def journal_subject(self) -> tuple[str, str, str]:
        """The inspection by its title."""
        return ("inspection", str(self.pk), self.title)


class Membership(models.Model):
    """A role that somebody holds in an inspection for a time."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(r.slug, r.title) for r in ROLES.values() if not r.site])
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

    def as_grant(self) -> Grant:
        """The grant as the policy reads it."""
        return Grant(self.role, self.valid_from, self.valid_to)


class Conflict(models.Model):
    """A declared conflict of interest, until the quality-assurance manager waives it.

    One with the authority beats every role. One with a team, a person or a family keeps somebody from the files of
    those whom `subject` names, as the data names them: a team or worker, or children by their pseudonyms.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    says = models.CharField(max_length=300)
    interest = models.CharField(max_length=12, choices=list(INTERESTS.items()), default=Interest.AUTHORITY)
    subject = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField(auto_now_add=True)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waived_because = models.CharField(max_length=300, blank=True)
    client_key = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "person", "client_key"], name="one_conflict_a_client_key")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.inspection}"

    @property
    def subjects(self) -> frozenset[str]:
        """Each of those whom it names, in small letters. The whole may be one: a team's name can hold a comma."""
        whole = () if self.interest == Interest.FAMILY else (self.subject,)
        named = (*whole, *self.subject.split(","))
        return frozenset(" ".join(one.split()).casefold() for one in named if one.strip())

    @property
    def with_whom(self) -> str:
        """With whom it is, in words."""
        return INTERESTS[Interest(self.interest)] + (f": {self.subject}" if self.subject else "")


roles_of = Prepared(lambda person: Membership.objects.filter(person_id=person), UUID)
"""Every role that somebody has, had or will have in any inspection, by their id."""
conflicts_of = Prepared(
    lambda person: Conflict.objects.filter(person_id=person, waived_at=None, interest=Interest.AUTHORITY), UUID
)
"""Somebody's unwaived conflicts of interest with an authority, in every inspection, by their id."""


class Walled(models.Model):
    """What every row of an inspection carries: its inspection, its side, and when it was let through the wall."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=SIDES, default=Side.TEAM)
    released_at = models.DateTimeField(null=True, blank=True)
    client_key = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def owners(self) -> Iterable[str]:
        """Ids of the people whose own this row is; a table with assignments adds to it."""
        return [str(self.created_by_id)] if self.created_by_id else []

    def closed_because(self) -> str:
        """Why the row's state forbids any change, or an empty string."""
        return ""

    def target(self, *, changing: bool = False) -> Target:
        """This row as the policy asks about it. `changing` brings its state into the question."""
        return Target(
            within=self.inspection,
            side=Side(self.side),
            released=self.released_at is not None,
            owners=frozenset(self.owners()),
            closed_because=self.closed_because() if changing else "",
        )
