"""Where published figures lie: public, so unsealed; kept by hash beside the submissions' own, and read back once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from goldthread.apps.comparison.models import Kind, PublishedFile

if TYPE_CHECKING:
    import polars as pl

    from goldthread.domain.ranks import Rank
    from goldthread.engines.store import FrameStore
    from goldthread.kernel.benchmarks import Benchmarks, Neighbours, Outcomes

SEED = 1
"""For the intervals of ranks: the same seed gives the same interval."""

NAME = "published"
"""The one frame of a file."""


class Lost(Exception):
    """The figures of a file cannot be read back from the store; the file must be loaded again."""


def read(path: str) -> Benchmarks | Neighbours:
    """What a file holds, read in the sandbox. Raises kernel.refusal.Refused."""
    from goldthread.engines.published import read_published
    from goldthread.kernel.benchmarks import Outcomes

    found = read_published(path)
    if isinstance(found, Outcomes):
        raise TypeError("outcomes are no figures to compare with")
    return found


def read_outcomes(path: str) -> Outcomes:
    """Ofsted's outcomes in a file, read in the sandbox. Raises kernel.refusal.Refused."""
    from goldthread.engines.published import read_published
    from goldthread.kernel.benchmarks import Outcomes

    found = read_published(path, "outcomes")
    if not isinstance(found, Outcomes):
        raise TypeError("these are no outcomes")
    return found


def kind_of(found: Benchmarks | Neighbours) -> Kind:
    """What sort of file it was."""
    from goldthread.kernel.benchmarks import Benchmarks

    return Kind.LAIT if isinstance(found, Benchmarks) else Kind.NEIGHBOURS


def keep(found: Benchmarks | Neighbours) -> str:
    """Keep the figures, on the disk when it comes back; the key. Raises kernel.refusal.Refused on a full disk."""
    from goldthread.kernel.benchmarks import Benchmarks

    return _store().put({NAME: found.values if isinstance(found, Benchmarks) else found.frame})


def about(found: Benchmarks | Neighbours) -> dict[str, Any]:
    """What a page tells of a file: how many measures, which years, how many authorities of today, or
    which models."""
    import polars as pl

    from goldthread.domain.benchmarks import authorities
    from goldthread.kernel.benchmarks import AUTHORITY, Benchmarks

    if not isinstance(found, Benchmarks):
        return {"models": list(found.models), "authorities": found.frame["code"].n_unique()}
    years = found.values["year"]
    gone = [one.code for one in authorities() if one.until is not None]
    with_figure = found.values.filter(pl.col("level") == AUTHORITY, pl.col("value").is_not_null())
    return {
        "measures": len(found.measures), "first": years.min(), "last": years.max(),
        "authorities": with_figure.filter(~pl.col("code").is_in(gone))["code"].n_unique(),
        "figures": int(found.values["value"].count()),
        "notes": list(found.notes),
    }  # fmt: skip


def benchmarks(held: PublishedFile) -> Benchmarks:
    """The figures of a file that ours are compared with. Raises Lost where they cannot be read back."""

    made: Benchmarks = _made(held.kind, held.store_key, held.source, tuple(held.about.get("notes", ())))
    return made


def neighbours(held: PublishedFile) -> Neighbours:
    """The neighbours of a file. Raises Lost where they cannot be read back."""
    made: Neighbours = _made(held.kind, held.store_key, held.source, ())
    return made


@lru_cache(maxsize=4)
def headlines() -> Benchmarks:
    """The figures of England and the regions that come with the project."""
    from goldthread.domain import benchmarks as shipped
    from goldthread.kernel.benchmark_codes import COUNTERPARTS
    from goldthread.kernel.benchmarks import from_headlines
    from goldthread.kernel.declared import better

    return from_headlines(shipped.headlines(), {code: one.lait for code, one in COUNTERPARTS.items()}, better())


def ranks(held: PublishedFile, code: str, period: str, *, high_is_better: bool) -> Mapping[str, Rank]:
    """Every authority's rank with its interval by the counts behind one of our measures; empty without counts."""
    notes = tuple(held.about.get("notes", ()))
    return _ranks(held.store_key, held.source, notes, code, period, high_is_better)


@lru_cache(maxsize=64)
def _ranks(
    key: str, source: str, notes: tuple[str, ...], code: str, period: str, high_is_better: bool
) -> Mapping[str, Rank]:
    from goldthread.kernel.among import ranks_of

    found: Benchmarks = _made(Kind.LAIT, key, source, notes)
    return ranks_of(found, code, period, high_is_better=high_is_better, seed=SEED)


@lru_cache(maxsize=4)
def _made(kind: str, key: str, source: str, notes: tuple[str, ...]) -> Any:
    # What lies under a key never changes, so it is read back once in a process and not once a page. Of a download's
    # measures only those are held that one of ours is compared with: all of them would be a hundred megabytes.
    import polars as pl

    from goldthread.kernel.benchmarks import Benchmarks, Neighbours

    frame = _kept(key)
    if kind != Kind.LAIT:
        return Neighbours(frame, source)
    return Benchmarks(frame.filter(pl.col("measure").is_in(_compared_with())), source, notes)


def _kept(key: str) -> pl.DataFrame:
    from goldthread.engines.durable import StoreDamaged

    try:
        return _store().get(key, NAME)
    except (KeyError, OSError, StoreDamaged) as error:
        raise Lost from error


def _compared_with() -> list[str]:
    from goldthread.kernel.benchmark_codes import CHILDREN_FROM, COUNTERPARTS

    pairs = {code for one in COUNTERPARTS.values() for code in (one.lait, *one.numerator, *one.denominator)}
    return sorted(pairs | set(CHILDREN_FROM))


def _store() -> FrameStore:
    from goldthread.engines.store import FrameStore

    return FrameStore(Path(settings.DATA) / "published")
