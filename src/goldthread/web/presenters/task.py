"""One thing to do, and what is asked before it is offered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target, decide


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, where, how many where it can be counted, and by when where a day is set."""

    title: str
    says: str
    address: str
    count: int = 0
    due: date | None = None

    @property
    def late(self) -> bool:
        """Whether the day by which it was to be done is past."""
        return self.due is not None and self.due < timezone.localdate()

    @property
    def how_many(self) -> str:
        """The count as a list says it."""
        return f"{self.count:,} to do" if self.count else ""


def address(route: str, *parts: Any) -> str:
    """The address of a page; of the home page while no page answers to the name."""
    try:
        return reverse(route, args=parts)
    except NoReverseMatch:
        return reverse("home")


def may(actor: Actor, permission: Permission, inspection: Any) -> bool:
    """Whether the actor may, in that inspection, as for a row of their own."""
    target = Target(within=inspection, owners=frozenset({actor.id}))
    return decide(actor, permission, target, timezone.now()).allowed
