"""The team's meeting at the end of a day, what it wants looked at next, and what it tells the council.

Whatever is said there may tell of a child: it is kept under the inspection's seal, and nothing of it stands in a column
that can be read without the key.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models

from goldthread.apps.inspections.models import Walled
from goldthread.domain import lifecycle


class TeamMeeting(Walled):
    """The record of one day's meeting. `attended` holds ids of people; `sealed` what emerged and what was decided."""

    day = models.DateField()
    attended = models.JSONField(default=list)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_meeting_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "day"], name="one_meeting_a_day"),
        ]
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return f"Meeting of {self.day}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"meeting:{self.pk}"

    def journal_subject(self) -> tuple[str, str, str]:
        """By its day; never in its words."""
        return ("meeting", str(self.pk), f"the record of the meeting of {self.day:%-d %B %Y}")


class LookAt(Walled):
    """One thing that a meeting wants looked at next: by whom, by when, and when it was done."""

    meeting = models.ForeignKey(TeamMeeting, on_delete=models.PROTECT, related_name="looks")
    sealed = models.BinaryField()
    owner = models.ForeignKey("access.Person", on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_look_a_client_key")
        ]
        ordering: ClassVar = ["due", "created_at"]

    def __str__(self) -> str:
        return f"A thing to look at by {self.due}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"look:{self.pk}"

    def owners(self) -> Iterable[str]:
        """Whoever wrote it down, and whoever is to look."""
        return [*super().owners(), str(self.owner_id)]

    def journal_subject(self) -> tuple[str, str, str]:
        """By its meeting; never in its words."""
        return ("look", str(self.pk), f"a thing to look at, from the meeting of {self.meeting.day:%-d %B %Y}")

    def late(self, today: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.done_at is None and self.due < today


class CouncilMessage(Walled):
    """What the council is told to keep it in touch. Nobody of the council sees it before `released_at`.

    What was released is never changed: `corrects` is the message that this one puts right. Drafts and released messages
    are counted apart, so that what the council reads does not tell it how many drafts there are.
    """

    number = models.PositiveIntegerField()
    released_number = models.PositiveIntegerField(null=True, blank=True)
    meeting = models.ForeignKey(
        TeamMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="council_messages"
    )
    sealed = models.BinaryField()
    status = models.CharField(max_length=20, default=lifecycle.CouncilMessage.DRAFT)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    released_by = models.ForeignKey("access.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "client_key"], name="one_message_a_client_key"),
            models.UniqueConstraint(fields=["inspection", "number"], name="one_message_a_number"),
            models.UniqueConstraint(fields=["inspection", "released_number"], name="one_released_message_a_number"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What people call it: M2 once it is released, before that draft D3."""
        return f"M{self.released_number}" if self.released_number else f"D{self.number}"

    @property
    def purpose(self) -> str:
        """For what its words are sealed."""
        return f"message:{self.pk}"

    @property
    def draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status == lifecycle.CouncilMessage.DRAFT

    def closed_because(self) -> str:
        """What was released or discarded stays as it was."""
        if self.status == lifecycle.CouncilMessage.RELEASED:
            return "This message was released: it stays as the council read it. Correct it by a further message."
        return "" if self.draft else "This message was discarded."

    def journal_subject(self) -> tuple[str, str, str]:
        """By its number; never in its words."""
        return ("message", str(self.pk), f"message {self.mark} to the council")
