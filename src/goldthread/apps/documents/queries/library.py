"""Which documents there are for somebody, filtered. Every list and every search begins here: none shows more."""

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.documents.desk import Desk, TeamDesk
from goldthread.apps.documents.models import Document, DocumentRead, DocumentTag, Reading, Redaction, Status
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import sides_of, visible

STATUSES: Mapping[str, str] = {
    Status.STAGED: "Not submitted yet",
    Status.SUBMITTED: "With the team",
    Status.SUPERSEDED: "A newer version is there",
    Status.WITHDRAWN: "Taken back",
}
"""How a document stands at the wall, in words."""

READINGS: Mapping[str, str] = {
    Reading.RECEIVED: "Waits to be read in", Reading.READING: "Is being read in", Reading.READ: "Read in",
    Reading.REFUSED: "Cannot be read",
}  # fmt: skip

MARKED: Mapping[str, str] = {
    "not-me": "Not read by me", "me": "Read by me", "nobody": "Read by nobody yet", "somebody": "Read by somebody",
}  # fmt: skip
"""What a list can be filtered by: who of the team has read a document."""

NO_AREA = "-"
"""Stands in the place of an area's slug for documents of which no area was named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the library is asked for; empty fields ask nothing. `years` are of the time that a document speaks of.

    `by` is how the words are sought: "words", "meaning", or both where it is empty; `place` in which field, of
    `search_words.PLACES`. An `area` of NO_AREA asks for documents of which none was named.
    """

    words: str = ""
    by: str = ""
    place: str = ""
    kind: str = ""
    area: str = ""
    year: str = ""
    asked: str = ""
    marked: str = ""
    tag: str = ""
    status: str = ""


def visible_to(actor: Actor) -> QuerySet[Document]:
    """Documents that an actor may see. The team sees what was submitted, and none that was taken back unread."""
    rows = Document.objects.select_related("inspection", "asked", "created_by", "submitted_by", "replaces")
    return visible(rows, actor, Permission.DOCUMENT_READ)


def get(actor: Actor, inspection: UUID, document: UUID) -> Document:
    """One document. Raises Document.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=document)


def library(actor: Actor, inspection: Inspection, choice: Choice) -> QuerySet[Document]:
    """The newest versions that the actor may see and that fit, by number. Words are sought elsewhere: in the text."""
    rows = visible_to(actor).filter(inspection=inspection)
    if choice.status:
        rows = rows.filter(status=choice.status)
    else:
        rows = rows.filter(status=Status.SUBMITTED) if _of_team(actor, inspection) else rows.exclude(
            status__in=(Status.WITHDRAWN, Status.SUPERSEDED)
        )  # fmt: skip
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    if choice.area == NO_AREA:
        rows = rows.filter(area_slugs="")
    elif choice.area:
        rows = rows.filter(area_slugs__contains=f"|{choice.area}|")
    if choice.year.isdecimal() and len(choice.year) == 4:
        year = int(choice.year)
        begins = Q(about_from__year__lte=year) | Q(about_from=None, about_to__year=year)
        rows = rows.filter(begins, Q(about_to__year__gte=year) | Q(about_to=None, about_from__year=year))
    if choice.asked:
        rows = rows.filter(asked_id=_uuid(choice.asked))
    if choice.tag and _of_team(actor, inspection):
        on = DocumentTag.objects.filter(inspection=inspection, number=OuterRef("number"), tag=choice.tag)
        rows = rows.filter(Exists(on))
    return _marked(rows, actor, inspection, choice.marked).order_by("number", "-edition")


def _marked(
    rows: QuerySet[Document], actor: Actor, inspection: Inspection, marked: str
) -> QuerySet[Document]:  # fmt: skip
    if marked not in MARKED or not _of_team(actor, inspection):
        return rows
    reads = DocumentRead.objects.filter(document=OuterRef("pk"))
    if marked in ("me", "not-me"):
        reads = reads.filter(person_id=actor.id)
    return rows.filter(Exists(reads) if marked in ("me", "somebody") else ~Exists(reads))


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return UUID(int=0)


def _of_team(actor: Actor, inspection: Inspection) -> bool:
    return Side.TEAM in sides_of(inspection, actor)


def from_council(actor: Actor, inspection: Inspection, *, status: str = "") -> QuerySet[Document]:
    """What the council has uploaded, the latest first, as far as the actor may see it; refused files among it."""
    rows = visible_to(actor).filter(inspection=inspection).order_by("-created_at")
    return rows.filter(status=status) if status else rows.exclude(status=Status.WITHDRAWN)


def awaiting_submission(actor: Actor, inspection: Inspection) -> list[Document]:
    """What could be submitted now: staged, opened safely, and visible to the actor; by number.

    A version of which another was made without some passages is held back while that other stands.
    """
    rows = visible_to(actor).filter(inspection=inspection, status=Status.STAGED, reading=Reading.READ)
    rows = rows.exclude(Exists(_redacted_since()))
    return list(rows.order_by("number", "edition"))


def _redacted_since() -> QuerySet[Redaction]:
    held = Redaction.objects.filter(document=OuterRef("pk"), made__isnull=False)
    return held.exclude(made__status=Status.WITHDRAWN)


def get_redaction(actor: Actor, inspection: UUID, document: UUID, redaction: UUID) -> Redaction:
    """What is taken out of a document that the actor may see. Raises DoesNotExist where there is none."""
    rows = Redaction.objects.select_related("document__inspection", "inspection", "made")
    return rows.get(document=get(actor, inspection, document), pk=redaction)


def redactions(document: Document) -> list[Redaction]:
    """What was to be taken out of a version, the latest first; the page asks only for the council."""
    return list(Redaction.objects.filter(document=document).select_related("made", "document").order_by("-created_at"))


def held_back_by(actor: Actor, document: Document) -> Document | None:
    """The version without some passages that keeps this whole one from being submitted, as far as the actor sees it."""
    if not document.staged:
        return None
    made = Redaction.objects.filter(document=document, made__isnull=False).values("made")
    return visible_to(actor).filter(pk__in=made).exclude(status=Status.WITHDRAWN).first()


def was_redacted(document: Document) -> bool:
    """Whether a version was made by taking passages out of the one before."""
    return Redaction.objects.filter(made=document).exists()


def known_hashes(actor: Actor, inspection: Inspection, hashes: Collection[str]) -> set[str]:
    """Which of these bytes are here already, so that they need not be sent again: of what the actor may see."""
    return {one.sha256 for one in of_bytes(actor, inspection, hashes)}


def of_bytes(actor: Actor, inspection: Inspection, hashes: Collection[str]) -> list[Document]:
    """The documents of these very bytes that the actor may see, and that were neither taken back nor refused."""
    rows = visible_to(actor).filter(inspection=inspection, sha256__in=list(hashes)[:1000])
    return list(rows.exclude(status=Status.WITHDRAWN).exclude(reading=Reading.REFUSED))


def with_ids(actor: Actor, inspection: Inspection, ids: Collection[str]) -> list[Document]:
    """The documents of these ids that the actor may see, but those that were taken back; what is no id is passed over.

    No more than a thousand are looked for.
    """
    asked = []
    for one in list(ids)[:1000]:
        with contextlib.suppress(ValueError):
            asked.append(UUID(one))
    rows = visible_to(actor).filter(inspection=inspection, pk__in=asked)
    return list(rows.exclude(status=Status.WITHDRAWN))


def earlier_and_later(actor: Actor, document: Document) -> list[Document]:
    """The other versions of a document that the actor may see, the newest first."""
    rows = visible_to(actor).filter(inspection_id=document.inspection_id, number=document.number)
    return list(rows.exclude(pk=document.pk).order_by("-edition"))


def readers(document: Document) -> list[tuple[Person, object]]:
    """Who of the team has read this version, and when, the first first."""
    rows = DocumentRead.objects.filter(document=document).select_related("person").order_by("at")
    return [(one.person, one.at) for one in rows]


def years(actor: Actor, inspection: Inspection) -> list[str]:
    """The years of which the documents speak that the actor may see, the latest first."""
    found: set[int] = set()
    rows = visible_to(actor).filter(inspection=inspection)
    for first, last in rows.values_list("about_from", "about_to"):
        begins, ends = first or last, last or first
        if begins and ends:
            found.update(range(begins.year, ends.year + 1))
    return [str(year) for year in sorted(found, reverse=True)][:30]


def may(actor: Actor, permission: Permission, document: Document) -> bool:
    """Whether a page should offer an act on a document; the action asks again."""
    return policy.decide(actor, permission, document.target(), timezone.now()).allowed


def may_upload(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to upload."""
    target = Desk(inspection, actor).target()
    return policy.decide(actor, Permission.DOCUMENT_UPLOAD, target, timezone.now()).allowed


def may_submit(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to submit."""
    target = Desk(inspection, actor).target()
    return policy.decide(actor, Permission.DOCUMENT_SUBMIT, target, timezone.now()).allowed


def may_work(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to mark as read, note, tag and cite."""
    target = TeamDesk(inspection, actor).target()
    return policy.decide(actor, Permission.DOCUMENT_WORK, target, timezone.now()).allowed
