"""An audit programme: its rule, its auditors, its rounds, and the actions and the learning that come of them.

It is kept within an inspection, whose team audits: its draws, reviews, second readings and roll-up are the programme's.
What is written of an action or as learning may tell of a child, and is kept under the inspection's seal.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models

from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle

LONGEST_TEAM = 120


class ProgrammeRule(Walled):
    """By what rule files are drawn each month. `rest` is for how many months a child who was drawn is left out.

    `days` is how many working days an audit may take, `soon` within how many of them one is called due soon.
    `population` is of a dip-sample its theme.
    """

    instrument = models.CharField(max_length=60)
    first_month = models.DateField()
    size = models.PositiveSmallIntegerField()
    design = models.CharField(max_length=30)
    population = models.CharField(max_length=30)
    strata_by = models.JSONField(default=list)
    minimum_per_stratum = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(default=15)
    soon = models.PositiveSmallIntegerField(default=5)
    share = models.PositiveSmallIntegerField(default=0)
    rest = models.PositiveSmallIntegerField(default=12)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection"], name="one_rule_a_programme")]

    def __str__(self) -> str:
        return f"Rule of {self.inspection}"

    def journal_subject(self) -> tuple[str, str, str]:
        """The rule."""
        return ("programme-rule", str(self.pk), "the rule of the audit programme")


class Auditor(Walled):
    """That a member of the team audits, or does not for a time, and has said which teams are their own.

    The teams stand as conflicts of interest, so that they bar everywhere: also from what is given by hand.
    """

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    takes_part = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "person"], name="one_auditor_a_person")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person} as auditor"

    def owners(self) -> Iterable[str]:
        """Whoever it is about."""
        return [*super().owners(), str(self.person_id)]

    def journal_subject(self) -> tuple[str, str, str]:
        """Whose it is."""
        return ("auditor", str(self.pk), f"how {self.person.name} takes part in the audit programme")


class Round(Walled):
    """One month of the programme. Its seed is made as it is planned, before there is a list to draw from.

    `rule` is the rule as it stood at the draw; `unplaced` pairs the number of a case with why nobody was given it;
    `rested` is how many children were left out because they had been drawn lately. `due` is the last day in time.
    """

    number = models.PositiveIntegerField()
    month = models.DateField()
    seed = models.CharField(max_length=60)
    status = models.CharField(max_length=20, default=lifecycle.Round.PLANNED)
    draw = models.OneToOneField(Draw, null=True, blank=True, on_delete=models.PROTECT, related_name="programme_round")
    rule = models.JSONField(default=dict)
    unplaced = models.JSONField(default=list)
    rested = models.PositiveIntegerField(default=0)
    algorithm = models.CharField(max_length=30, blank=True)
    drawn_on = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "number"], name="one_round_a_number"),
            models.UniqueConstraint(fields=["inspection", "month"], name="one_round_a_month"),
        ]
        ordering: ClassVar = ["-month"]

    def __str__(self) -> str:
        return f"Round of {self.month:%B %Y}"

    @property
    def drawn(self) -> bool:
        """Whether its files are given out and audited."""
        return self.status == lifecycle.Round.DRAWN

    @property
    def planned(self) -> bool:
        """Whether it waits to be drawn."""
        return self.status == lifecycle.Round.PLANNED

    def journal_subject(self) -> tuple[str, str, str]:
        """The round by its month."""
        return ("round", str(self.pk), f"the round of {self.month:%B %Y}")


class Statement(Walled):
    """How the programme stood on a day, as the council was told it. `told` holds counts that are safe to pass on, and
    no more: what is worked out afterwards changes none of it. See `queries.statements` for its shape.
    """

    number = models.PositiveIntegerField()
    day = models.DateField()
    told = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_statement_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_statement_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Statement {self.number}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number."""
        return ("statement", str(self.pk), f"statement {self.number} of the audit programme")


class SeenReminder(Walled):
    """That an auditor has seen what is due of theirs: which day, and how many audits it told of."""

    person = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    soon = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "person", "day"], name="one_seen_reminder_a_day")
        ]
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return f"{self.person} on {self.day}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By whom."""
        return ("reminder", str(self.pk), "a reminder of the audits that are due")


class AuditAction(Walled):
    """Something to be done that a round or an audit gave rise to: by whom and by when. `sealed` says what.

    It stands on the team's side; where its owner is the council's it crosses the wall as it is given.
    """

    number = models.PositiveIntegerField()
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_actions")
    owner = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    sealed = models.BinaryField()
    status = models.CharField(max_length=20, default=lifecycle.AuditAction.OPEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_action_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_action_a_number"),
        ]
        ordering: ClassVar = ["due", "number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it."""
        return f"Action {self.number}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"audit-action:{self.pk}"

    @property
    def waiting(self) -> bool:
        """Whether its owner has still to do it, or to show that it is done."""
        return self.status in (lifecycle.AuditAction.OPEN, lifecycle.AuditAction.RETURNED)

    @property
    def waits_to_be_accepted(self) -> bool:
        """Whether proof was given that nobody has accepted or returned yet."""
        return self.status == lifecycle.AuditAction.PROOF_GIVEN

    def late(self, today: date) -> bool:
        """Whether its day is past and nobody accepted that it is done: proof that was given alone ends nothing."""
        return (self.waiting or self.waits_to_be_accepted) and self.due < today

    def owners(self) -> Iterable[str]:
        """Whoever gave it, and whoever is to do it."""
        return [*super().owners(), str(self.owner_id)]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("audit-action", str(self.pk), f"action {self.number} of the audit programme")


class ActionTurn(models.Model):
    """One thing done or said of an action. `item` is what of the evidence shelf proves it."""

    action = models.ForeignKey(AuditAction, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=20)
    sealed = models.BinaryField(null=True, blank=True)
    item = models.ForeignKey(EvidenceItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.action_id}"


class Learning(Walled):
    """Something that was learned, from a round or a theme of several. `sealed` says what."""

    number = models.PositiveIntegerField()
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="learning")
    theme = models.CharField(max_length=60, blank=True)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_learning_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_learning_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Learning {self.number}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"learning:{self.pk}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("learning", str(self.pk), f"learning {self.number} of the audit programme")


class Shared(models.Model):
    """That something learned was shared: with which team or group, on which day, and how."""

    learning = models.ForeignKey(Learning, on_delete=models.PROTECT, related_name="shared")
    with_whom = models.CharField(max_length=LONGEST_TEAM)
    how = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    by = models.ForeignKey("access.Person", null=True, on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learning", "client_key"], name="one_sharing_a_client_key")
        ]
        ordering: ClassVar = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.learning_id} on {self.day}"
