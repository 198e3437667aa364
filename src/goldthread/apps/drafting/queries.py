"""Reading own instruments and frameworks: drafts, published versions, and what changed between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.drafting import known, starting
from goldthread.apps.drafting.models import Draft, DraftChange, Kind, OwnVersion
from goldthread.domain import lifecycle, version_changes
from goldthread.domain.framework import Framework
from goldthread.domain.instrument import Instrument
from goldthread.domain.instruments.drafts import Wrong

KINDS = list(Kind.choices)


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed from one version to another, part by part."""

    older: OwnVersion | None
    changes: tuple[version_changes.Change, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a draft, part by part. `last` may be taken back, `gone` was, and `again` may be put back."""

    change: DraftChange
    changes: tuple[version_changes.Change, ...]
    last: bool = False
    again: bool = False


STATES = [("writing", "Being written"), ("offered", "Published"), ("withdrawn", "Withdrawn"), ("dropped", "Dropped")]
"""What the list of own instruments and frameworks can be narrowed to."""


def may_write(actor: Actor) -> bool:
    """Whether pages should lead to the drafts."""
    return policy.decide(actor, Permission.DRAFT_WRITE, Target(), timezone.now()).allowed


def drafts(actor: Actor, *, kind: str = "", words: str = "", state: str = "") -> QuerySet[Draft]:
    """The drafts that are being written, or in state `dropped` those that were; none for who may not write them.

    Those changed last come first. Any other state has no drafts.
    """
    wanted = state or lifecycle.Draft.WRITING
    if not may_write(actor) or wanted not in (lifecycle.Draft.WRITING, lifecycle.Draft.DROPPED):
        return Draft.objects.none()
    rows = Draft.objects.filter(status=wanted).select_related("changed_by").defer("text")
    return rows.filter(_found(kind, words))


def versions(*, kind: str = "", words: str = "", state: str = "") -> QuerySet[OwnVersion]:
    """Every published version, or those offered or withdrawn; newest first within its series."""
    rows = OwnVersion.objects.filter(_found(kind, words)).select_related("published_by").defer("text")
    return rows.filter(status=state) if state else rows


def history(draft: Draft, at: int, many: int) -> list[Step]:
    """The changes of a draft, newest first: so many of them from that place on, each part by part."""
    rows = list(DraftChange.objects.filter(draft=draft).select_related("by")[at : at + many])
    newer = DraftChange.objects.filter(draft=draft).first()
    own = DraftChange.objects.filter(draft=draft, standing=True, takes_back__isnull=True, puts_back__isnull=True)
    standing = own.first()
    after = draft.text
    if at and rows:
        after = DraftChange.objects.get(draft=draft, version=rows[0].version + 1).before
    found = []
    for row in rows:
        told = _between(draft, row.before, after)
        found.append(Step(row, told, row == standing, row == newer and row.takes_back_id is not None))
        after = row.before
    return found


def changes_of(draft: Draft) -> int:
    """How often a draft was changed."""
    return DraftChange.objects.filter(draft=draft).count()


def _between(draft: Draft, before: str, after: str) -> tuple[version_changes.Change, ...]:
    try:
        (old, _), (new, _) = starting.read(draft, before), starting.read(draft, after)
    except Refused:
        # Read by an older Goldthread, or naming an area of a framework that is gone.
        return ()
    if isinstance(old, Instrument) and isinstance(new, Instrument):
        return tuple(version_changes.of_instruments(old, new))
    assert isinstance(old, Framework) and isinstance(new, Framework)
    return tuple(version_changes.of_frameworks(old, new))


def _found(kind: str, words: str) -> Q:
    wanted = Q(kind=kind) if kind else Q()
    return wanted & (Q(title__icontains=words) | Q(series__icontains=words)) if words else wanted


def draft(actor: Actor, draft: UUID) -> Draft:
    """One draft, also where it was published or dropped. Raises Draft.DoesNotExist."""
    return Draft.objects.select_related("changed_by", "created_by").get(pk=draft)


def writing(actor: Actor, draft: UUID) -> Draft:
    """One draft that is still being written. Raises Draft.DoesNotExist for any other."""
    return Draft.objects.select_related("changed_by", "created_by").get(pk=draft, status=lifecycle.Draft.WRITING)


def writing_instrument(actor: Actor, draft: UUID) -> Draft:
    """The draft of an instrument. Raises Draft.DoesNotExist for any other."""
    return Draft.objects.get(pk=draft, status=lifecycle.Draft.WRITING, kind=Kind.INSTRUMENT)


def writing_framework(actor: Actor, draft: UUID) -> Draft:
    """The draft of a framework. Raises Draft.DoesNotExist for any other."""
    return Draft.objects.get(pk=draft, status=lifecycle.Draft.WRITING, kind=Kind.FRAMEWORK)


def version(actor: Actor, own: UUID) -> OwnVersion:
    """One published version. Raises OwnVersion.DoesNotExist."""
    return OwnVersion.objects.select_related("published_by").get(pk=own)


def version_of(kind: str, slug: str) -> OwnVersion | None:
    """The own version of that slug; None for what comes with Goldthread, and for what is not known."""
    rows: Iterable[OwnVersion] = OwnVersion.objects.filter(kind=kind, series=slug.rpartition("-")[0])
    return next((row for row in rows if row.slug == slug), None)


def published(draft: Draft) -> OwnVersion | None:
    """The version that a draft became."""
    return OwnVersion.objects.filter(draft=draft).first()


def earlier(own: Draft | OwnVersion) -> OwnVersion | None:
    """The version before it in its series."""
    rows = OwnVersion.objects.filter(kind=own.kind, series=own.series, number__lt=own.number)
    return rows.order_by("-number").first()


def read(own: Draft | OwnVersion) -> tuple[Instrument | Framework, tuple[Wrong, ...]]:
    """What a draft says, and what stands between it and its use."""
    return starting.read(own)


def changed(own: Draft | OwnVersion) -> Changed:
    """What changed since the version before."""
    older = earlier(own)
    if older is None:
        return Changed(None, ())
    after, _ = starting.read(own)
    if isinstance(after, Instrument):
        return Changed(older, tuple(version_changes.of_instruments(known.instrument(older.slug), after)))
    return Changed(older, tuple(version_changes.of_frameworks(known.framework(older.slug), after)))


def copies(kind: str) -> list[tuple[str, str]]:
    """What a draft can be a copy of: slug and title, newest versions only."""
    if kind == Kind.FRAMEWORK:
        return [(slug, known.framework(slug).title) for slug in known.offered_frameworks()]
    return [(slug, known.instrument(slug).title) for slug in known.current_instruments()]


def area_choices() -> list[tuple[str, str]]:
    """Every area that a question may tell about, by its short title; the newest framework's words first."""
    found: dict[str, str] = {}
    for slug in reversed(known.all_frameworks()):
        for area in known.framework(slug).areas:
            found.setdefault(area.slug, area.short)
    return sorted(found.items(), key=lambda one: one[1].casefold())
