"""What every action on conversations asks first: that areas are the framework's, a day one of the inspection's."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.conversations.models import Conversation
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection

LONGEST = 20_000
"""How long notes and what was seen may be, in letters."""

AFTER = timedelta(days=60)
"""For how long after fieldwork somebody may still be heard."""


class Wrong(Refused):
    """An act was refused because of one part of what was sent. `field` is that part."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def require_areas(inspection: Inspection, areas: Sequence[str]) -> str:
    """The areas as they are kept. Raises Wrong where the framework has no such area."""
    found = {area.slug for area in known.framework(inspection.framework).areas}
    if not set(areas) <= found:
        raise Wrong("areas", "Choose areas of this inspection's framework.")
    return "|" + "|".join(areas) + "|" if areas else ""


def require_day(inspection: Inspection, day: date, *, last: date) -> None:
    """Raise Wrong for a day before the call, or after `last`."""
    if not inspection.call_day <= day <= last:
        raise Wrong("day", f"Choose a day from {inspection.call_day:%-d %B %Y} to {last:%-d %B %Y}.")


def take_back_days(conversation: Conversation) -> tuple[date, date]:
    """The first and the last day that may be named as the one until which it may be taken back."""
    first = max(conversation.day, timezone.localdate())
    return first, max(conversation.inspection.fieldwork_to, first) + AFTER


def require_length(field: str, words: str, most: int = LONGEST) -> str:
    """The words without what stands around them. Raises Wrong where they are too long."""
    if len(words) > most:
        raise Wrong(field, f"That is too long: at most {most:,} letters fit, and it has {len(words):,}.")
    return words.strip()


def tidy(team: str) -> str:
    """The name of a team with single spaces."""
    return " ".join(team.split())


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it now is, locked until the act is done."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("inspection", "holder", "task")
    return rows.get(pk=conversation.pk)


def id_of(by: Actor) -> UUID | None:
    """Whose act it is; None for the programme itself."""
    return None if by.programme else UUID(by.id)
