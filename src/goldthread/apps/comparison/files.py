"""Which published figures an inspection is compared with, and as which authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.comparison import figures
from goldthread.apps.comparison.models import ComparedAs, Kind, PublishedFile
from goldthread.apps.inspections.models import Inspection

if TYPE_CHECKING:
    from goldthread.domain.benchmarks import Authority
    from goldthread.kernel.benchmarks import Benchmarks, Neighbours


KINDS: Mapping[str, str] = {kind.value: kind.label for kind in Kind}
"""What a file of published figures may hold, in words."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where published figures are loaded: for one inspection, or without one for the whole installation."""

    inspection: Inspection | None = None

    def target(self) -> Target:
        """The inspection, or nothing in particular."""
        return self.inspection.target() if self.inspection is not None else Target()


def site_shelf(actor: Actor) -> Shelf:
    """The shelf of the whole installation."""
    return Shelf()


def shelf(actor: Actor, inspection: UUID) -> Shelf:
    """The shelf of an inspection. Raises Inspection.DoesNotExist."""
    return Shelf(Inspection.objects.get(pk=inspection))


def may_load(actor: Actor, of: Shelf) -> bool:
    """Whether a page should offer the form."""
    return policy.decide(actor, Permission.BENCHMARK_LOAD, of.target(), timezone.now()).allowed


def loaded(of: Shelf, kind: str) -> list[PublishedFile]:
    """Every file of a kind that counts there, the one in force first: an inspection's own go before the site's."""
    rows = PublishedFile.objects.filter(kind=kind).select_related("created_by")
    own = list(rows.filter(inspection=of.inspection)) if of.inspection is not None else []
    return [*own, *rows.filter(inspection=None)]


def in_force(of: Shelf, kind: str) -> PublishedFile | None:
    """The file of a kind that is compared with there."""
    return next(iter(loaded(of, kind)), None)


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the figures that come with the project hold."""

    figures: int
    measures: int
    first: int
    last: int


def shipped() -> Shipped:
    """The figures of England and the regions, which are there from the beginning."""
    values = figures.headlines().values
    years = [int(year) for year in values["year"]]
    return Shipped(values.height, values["measure"].n_unique(), min(years), max(years))


def choice(inspection: Inspection) -> ComparedAs:
    """What was chosen for an inspection; nothing where nobody chose yet."""
    held = ComparedAs.objects.select_related("chosen_by").filter(inspection=inspection).first()
    return held or ComparedAs(inspection=inspection)


@dataclass(frozen=True, slots=True)
class Beside:
    """What one inspection's figures are laid beside.

    `named` is the authority of the inspection's own name, among those that there are or in the file; `authority` is
    None where there is none and none was chosen; `chosen` says that it is not the one of that name. `file` is where the
    figures come from; None for those of the project.
    `lost` are files in force that cannot be read back from the store.
    """

    file: PublishedFile | None
    benchmarks: Benchmarks
    neighbours: Neighbours | None
    named: Authority | None
    authority: Authority | None
    model: str | None
    chosen: bool
    lost: tuple[str, ...] = ()

    @property
    def only_headlines(self) -> bool:
        """Whether there is no more than England and the regions."""
        return not self.benchmarks.has_authorities

    @property
    def synthetic(self) -> bool:
        """Whether the figures are invented."""
        return self.benchmarks.synthetic


def beside(inspection: Inspection) -> Beside:
    """The published figures for an inspection; those of the project where a file cannot be read back any more."""
    here, lost = Shelf(inspection), []
    lait, near = in_force(here, Kind.LAIT), in_force(here, Kind.NEIGHBOURS)
    found, neighbours = figures.headlines(), None
    try:
        found = figures.benchmarks(lait) if lait is not None else found
    except figures.Lost:
        lost, lait = [lait.label if lait is not None else ""], None
    try:
        neighbours = figures.neighbours(near) if near is not None else None
    except figures.Lost:
        lost.append(near.label if near is not None else "")
    picked, named = choice(inspection), _named(inspection, found)
    models = neighbours.models if neighbours is not None else ()
    authority = next((one for one in offered() if one.code == picked.authority), named)
    return Beside(
        lait,
        found,
        neighbours,
        named,
        authority,
        picked.model if picked.model in models else models[-1] if models else None,
        chosen=authority is not None and (named is None or named.code != authority.code),
        lost=tuple(lost),
    )


def _named(inspection: Inspection, found: Benchmarks) -> Authority | None:
    """The authority that the inspection's own name means; of an invented one, what the file itself has of it."""
    from goldthread.domain.benchmarks import Authority, NoSuchAuthority, find_authority

    try:
        return find_authority(inspection.authority)
    except NoSuchAuthority:
        code = found.code_of(inspection.authority)
        return Authority(code, (), inspection.authority, "") if code is not None else None


def offered() -> tuple[Authority, ...]:
    """Every authority that may be chosen, by name."""
    from goldthread.domain.benchmarks import authorities

    return tuple(sorted(authorities(), key=lambda one: one.name))


def neighbours_here(of: Beside) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each version of the neighbour model with the neighbours of the authority, the newest version first."""
    if of.neighbours is None or of.authority is None:
        return
    for model in reversed(of.neighbours.models):
        yield model, tuple(name for _, name in of.neighbours.of(of.authority.code, model))
