"""Documents that are nearly the same as others, as far as somebody may see both; and what differs."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents.models import Document, NearCopy, Status
from goldthread.apps.documents.queries.library import visible_to
from goldthread.apps.documents.queries.reading import texts_of
from goldthread.domain.near_copies import Differing, differing

MOST = 3
"""Near copies of one document that are named; where there are more, it is a form that many were written on."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another document that is nearly the same, and how much of their words they have in common, in hundredths."""

    document: Document
    percent: int


def near_copies(actor: Actor, rows: Collection[Document]) -> dict[UUID, list[Alike]]:
    """For each of these documents the others that are nearly the same, the likest first: those that the actor may see.

    Versions that were taken back or replaced are left out.
    """
    ids = {one.pk for one in rows}
    pairs = list(NearCopy.objects.filter(Q(later__in=ids) | Q(earlier__in=ids)).order_by("-percent", "pk"))
    named = {pk for one in pairs for pk in (one.later_id, one.earlier_id)}
    stand = visible_to(actor).filter(pk__in=named, status__in=(Status.STAGED, Status.SUBMITTED))
    seen = {one.pk: one for one in stand}
    found: dict[UUID, list[Alike]] = {}
    for pair in pairs:
        for mine, other in ((pair.later_id, pair.earlier_id), (pair.earlier_id, pair.later_id)):
            if mine in ids and other in seen and len(found.get(mine, [])) < MOST:
                found.setdefault(mine, []).append(Alike(seen[other], pair.percent))
    return found


def what_differs(document: Document, other: Document) -> Differing:
    """The sentences that stand in one of two documents alone. Raises CannotUnseal."""
    here, there = ("\n".join(page.text for page in texts_of(one)) for one in (document, other))
    return differing(here, there)
