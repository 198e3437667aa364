"""What a comparison says, in sentences: of a figure of the submission beside what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldthread.apps.comparison.comparing import Compared, One


def figure(value: float | None, decimals: int) -> str:
    """A published figure as it is printed; empty where there is none."""
    return "" if value is None else f"{value:,.{decimals}f}"


def headline(found: One, called: str) -> str:
    """The figure beside England's, or beside what else there is, in one line."""
    row, published = found.row, found.row.published
    beside = [
        f"{name} {figure(value, published.decimals)}{'%' if row.ours.unit == '%' else ''}"
        for name, value in (
            ("England", published.comparator(published.england)),
            ("published", published.latest.value if published.latest else None),
        )
        if value is not None
    ]
    other = f"; {beside[0]} ({published.period})" if beside else ""
    return f"{row.ours.title}: {row.ours.shown} in {called}{other}"


def sentences(found: One) -> Iterator[str]:
    """Everything that the page of the comparison says, a sentence each."""
    row, published = found.row, found.row.published
    yield f"{row.ours.better_says}. It rests on {row.ours.counts}."
    if row.ours.likely:
        yield f"The true value is likely between {row.ours.likely.replace(' to ', ' and ')}."
    yield from _published(row)
    if published.quartile_band and published.quarters:
        of = published.quarters.authorities
        yield f"The published figure stands in quarter {published.quartile_band} of {of} authorities, A being the best."
    if row.quarter_of_file:
        yield f"The submission's own figure would stand in quarter {row.quarter_of_file}."
    if found.among is not None and found.among.rank is not None:
        rank = found.among.rank
        yield f"It ranks {rank.rank} of {rank.authorities}; by chance alone anything from {rank.low} to {rank.high}."
    yield from (f"Bear in mind: {one}" for one in row.cautions)
    if found.among is not None:
        yield from (f"Bear in mind: {one}" for one in found.among.cautions)
    yield from (f"Break in {one.year}: {one.reason}" for one in published.breaks)
    yield f"Published figures: {found.beside.benchmarks.source}."


def _published(row: Compared) -> Iterator[str]:
    published = row.published
    latest = published.latest
    if latest is not None:
        told = latest.symbol or figure(latest.value, published.decimals)
        yield f"Published for {published.authority.name}, {published.period}: {told} ({published.title})."
    mean = published.neighbours.at(published.period) if published.neighbours else None
    if mean is not None and mean.value is not None:
        yield (
            f"Neighbours on average {figure(mean.value, 1)}, of {mean.of} of {len(published.neighbours_named)} with a "
            f"figure; model of {published.model}."
        )
    for line in (published.region, published.england):
        value = published.comparator(line)
        if line is not None and value is not None:
            yield f"{line.name}: {figure(value, published.decimals)}."
