"""Reading own instruments and frameworks: drafts, published versions, and what changed between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.drafting import known, starting
from goldthread.apps.drafting.models import Draft, Kind, OwnVersion
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


def may_write(actor: Actor) -> bool:
    """Whether pages should lead to the drafts."""
    return policy.decide(actor, Permission.DRAFT_WRITE, Target(), timezone.now()).allowed


def drafts(actor: Actor, *, kind: str = "", words: str = "") -> QuerySet[Draft]:
    """The drafts that are being written, those changed last first; none for who may not write them."""
    if not may_write(actor):
        return Draft.objects.none()
    rows = Draft.objects.filter(status=lifecycle.Draft.WRITING).select_related("changed_by")
    return rows.filter(_found(kind, words))


def versions(*, kind: str = "", words: str = "") -> QuerySet[OwnVersion]:
    """Every published version, newest first within its series."""
    return OwnVersion.objects.filter(_found(kind, words)).select_related("published_by")


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
