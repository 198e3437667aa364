"""The one door to instruments and frameworks: those that come with Goldthread, and the council's own published ones.

Whoever holds a slug asks here. A published version never changes, so it is read once; a withdrawn one is still found,
because what was begun on it goes on.
"""

from functools import lru_cache
from uuid import UUID

from goldthread.apps.access.remembering import once
from goldthread.apps.drafting.models import Kind, OwnVersion
from goldthread.domain import frameworks, instruments, lifecycle
from goldthread.domain.framework import Framework
from goldthread.domain.instrument import Instrument


def instrument(slug: str) -> Instrument:
    """An instrument by its slug. Raises InstrumentError when there is none of that name."""
    row = None if slug in instruments.slugs() else _rows(Kind.INSTRUMENT).get(slug)
    return instruments.load(slug) if row is None else _instrument(row.pk, row.sha256, own_areas())


def has_instrument(slug: str) -> bool:
    """Whether an instrument of that name is known, offered or not."""
    return slug in instruments.slugs() or slug in _rows(Kind.INSTRUMENT)


def all_instruments() -> tuple[str, ...]:
    """The slugs of every instrument in every version, those that come with Goldthread first."""
    return (*instruments.slugs(), *_rows(Kind.INSTRUMENT))


def current_instruments() -> tuple[str, ...]:
    """The slugs that a new draw may choose: of each series its newest version on offer. The council's own come last."""
    return (*instruments.current(), *_newest(Kind.INSTRUMENT))


def instrument_superseded_by(slug: str) -> Instrument | None:
    """The newest version on offer of the same instrument; None where that is this one, an older one, or none."""
    if slug in instruments.slugs():
        return instruments.superseded_by(slug)
    newer = _newer(Kind.INSTRUMENT, slug)
    return instrument(newer) if newer else None


def framework(slug: str) -> Framework:
    """A framework by its slug. Raises FrameworkError when there is none of that name."""
    row = None if slug in frameworks.slugs() else _rows(Kind.FRAMEWORK).get(slug)
    return frameworks.load(slug) if row is None else _framework(row.pk, row.sha256)


def has_framework(slug: str) -> bool:
    """Whether a framework of that name is known, offered or not."""
    return slug in frameworks.slugs() or slug in _rows(Kind.FRAMEWORK)


def all_frameworks() -> tuple[str, ...]:
    """The slugs of every framework in every version, those that come with Goldthread first, oldest first."""
    return (*frameworks.slugs(), *_rows(Kind.FRAMEWORK))


def offered_frameworks() -> tuple[str, ...]:
    """The slugs that a new inspection may choose: all that come with Goldthread, then the newest own on offer."""
    return (*frameworks.slugs(), *_newest(Kind.FRAMEWORK))


def framework_superseded_by(slug: str) -> Framework | None:
    """The newest version on offer of the same own framework; None where that is this one, an older one, or none."""
    newer = None if slug in frameworks.slugs() else _newer(Kind.FRAMEWORK, slug)
    return framework(newer) if newer else None


def withdrawn(kind: str, slug: str) -> bool:
    """Whether it is an own version that nothing new may be begun on."""
    row = _rows(kind).get(slug)
    return row is not None and not row.offered


def own_areas() -> tuple[str, ...]:
    """The areas of the council's own frameworks, which questions may name besides those that come with Goldthread."""
    held = (_framework(row.pk, row.sha256) for row in _rows(Kind.FRAMEWORK).values())
    return tuple(dict.fromkeys(area.slug for each in held for area in each.areas))


def _rows(kind: str) -> dict[str, OwnVersion]:
    """The own versions of a kind by slug, oldest first within a series, without their texts."""
    rows = OwnVersion.objects.filter(kind=kind).defer("text", "note").order_by("series", "number")
    return once(("own versions", kind), lambda: {row.slug: row for row in rows})


def _newest(kind: str) -> tuple[str, ...]:
    offered = {row.series: row for row in _rows(kind).values() if row.status == lifecycle.OwnVersion.OFFERED}
    return tuple(row.slug for row in sorted(offered.values(), key=lambda row: (row.title.casefold(), row.slug)))


def _newer(kind: str, slug: str) -> str:
    row = _rows(kind).get(slug)
    offered = [one for one in _rows(kind).values() if row and one.series == row.series and one.offered]
    return offered[-1].slug if offered and row and offered[-1].number > row.number else ""


# Read once for a text: what was published never changes, and the hash says so.
@lru_cache(maxsize=256)
def _instrument(pk: UUID, sha256: str, areas: tuple[str, ...]) -> Instrument:
    row = OwnVersion.objects.get(pk=pk)
    return instruments.read_text(row.text, f"{row.slug}.toml", areas)


@lru_cache(maxsize=256)
def _framework(pk: UUID, sha256: str) -> Framework:
    row = OwnVersion.objects.get(pk=pk)
    return frameworks.read_text(row.text, f"{row.slug}.toml")
