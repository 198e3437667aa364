"""Whom to hear, the conversations that were held, and which passages of their notes stand on the evidence shelf.

Nobody's name is asked for. The notes rest under the inspection's seal; nothing of them stands in a column that can be
read without the key.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from django.db import models

from goldthread.apps.access.policy import Target
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.fieldwork.models import Task
from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle
from goldthread.domain.hearing import AGES, GROUPS, Tier

Status = lifecycle.Conversation


class HearingTarget(Walled):
    """How many people of a group should be heard: of one age, team or area where these are named, else of any."""

    group = models.CharField(max_length=20)
    age = models.CharField(max_length=8, blank=True)
    team = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=40, blank=True)
    wanted = models.PositiveSmallIntegerField()
    taken_out = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_hearing_target_a_client_key"),
            models.UniqueConstraint(
                fields=["inspection", "group", "age", "team", "area"], condition=models.Q(taken_out=False),
                name="one_hearing_target_a_group",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.wanted} {self.whom}"

    @property
    def whom(self) -> str:
        """Whom it asks to be heard, without the area."""
        parts = (GROUPS[self.group], AGES.get(self.age, ""), self.team)
        return ", ".join(one for one in parts if one)

    def closed_because(self) -> str:
        """What was taken out stays out."""
        return "This target was taken out of the plan." if self.taken_out else ""

    def journal_subject(self) -> tuple[str, str, str]:
        """By its group."""
        return ("hearing-target", str(self.pk), f"the target of {GROUPS[self.group].lower()} to hear")


class Conversation(Walled):
    """One conversation: who was heard by group alone, on which terms, and its sealed notes.

    `people` is how many took part; the terms of a group are the narrowest that any of them chose. `tier`, `adult` and
    `agreed` are empty until consent is recorded, and no notes can be written before.
    """

    number = models.PositiveIntegerField()
    group = models.CharField(max_length=20)
    age = models.CharField(max_length=8, blank=True)
    team = models.CharField(max_length=80, blank=True)
    area_slugs = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    how = models.CharField(max_length=12, default="in-person")
    people = models.PositiveSmallIntegerField(default=1)
    holder = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=Status.PLANNED)
    tier = models.CharField(max_length=12, blank=True)
    adult = models.CharField(max_length=12, blank=True)
    agreed = models.CharField(max_length=12, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    withdraw_until = models.DateField(null=True, blank=True)
    notes = models.BinaryField(null=True, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_conversation_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_conversation_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: T4, a talk; C is taken by pseudonyms of children."""
        return f"T{self.number}"

    @property
    def purpose(self) -> str:
        """For what its notes are sealed."""
        return f"conversation:{self.pk}"

    @property
    def whom(self) -> str:
        """Who was heard, as far as anybody is told."""
        return ", ".join(one for one in (GROUPS[self.group], AGES.get(self.age, "")) if one)

    @property
    def areas(self) -> list[str]:
        """Slugs of the areas of the framework of which it speaks."""
        return self.area_slugs.strip("|").split("|") if self.area_slugs else []

    @property
    def writable(self) -> bool:
        """Whether notes may be written: consent stands, and they are not finished."""
        return self.status == Status.AGREED

    @property
    def heard(self) -> bool:
        """Whether it counts as heard; one that was taken back counts no more."""
        return self.status == Status.HELD

    def owners(self) -> Iterable[str]:
        """It is the own of the inspector who listens."""
        return [str(self.holder_id)]

    def closed_because(self) -> str:
        """What was taken back is gone."""
        return "This conversation was taken back, and its notes are wiped." if self.status == Status.WITHDRAWN else ""

    def notes_target(self, *, changing: bool = False) -> Target:
        """Its notes as the policy asks about them: “inspector only” is sealed for the inspector who listened."""
        target = self.target(changing=changing)
        return replace(target, sealed_for=target.owners) if self.tier == Tier.INSPECTOR else target

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("conversation", str(self.pk), f"conversation {self.mark}")


class SaidPassage(Walled):
    """That something of a conversation stands on the shelf: its words at a place of the notes, or the idea.

    The words themselves stand on the shelf alone, so that one act wipes them.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="passages")
    tier = models.CharField(max_length=12)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    evidence_item = models.OneToOneField(EvidenceItem, on_delete=models.PROTECT, related_name="conversation_passage")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_said_passage_a_client_key")
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"A passage of {self.conversation_id}"


class VoicedConcern(Walled):
    """A child who may be unsafe, as it came up in a conversation, where no case of a sample is about that child.

    One about a child of a sample is raised on the case. It stands before the lead until somebody says what is done.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="concerns")
    sealed = models.BinaryField()
    done = models.BinaryField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_voiced_concern_a_client_key")
        ]
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"Urgent concern in {self.conversation_id}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"voiced-concern:{self.pk}"

    def owners(self) -> Iterable[str]:
        """It is the own of whoever raised it, and of whoever listened."""
        return [*super().owners(), str(self.conversation.holder_id)]

    @property
    def open(self) -> bool:
        """Whether nobody has yet said what is being done."""
        return self.acknowledged_at is None

    def closed_because(self) -> str:
        """What was answered stays as it is."""
        return "" if self.open else "This concern was answered already."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its conversation; never in its words."""
        return ("voiced-concern", str(self.pk), f"conversation {self.conversation.mark}")
