"""Which months of a series may be shown to whoever may not read rows, and in what leaves the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldthread.kernel.month_points import Scale
    from goldthread.kernel.record_monthly import MonthCount


def careful(scale: Scale, counted: Sequence[MonthCount]) -> list[MonthCount]:
    """The months whose counts may be shown; the suppression engine says which."""
    from goldthread.domain.disclosure import DFE_LA, WITHHELD, CrossTable, Dimension, shown, suppress

    held = [one for one in counted if scale.told(one)]
    if not scale.percent:
        return [one for one in held if shown(one.numerator) != WITHHELD]
    if not held:
        return []
    months, done = tuple(one.period for one in held), ("done", "not done")
    counts: dict[tuple[str | None, ...], int] = {}
    for one in held:
        counts[one.period, "done"] = one.numerator
        counts[one.period, "not done"] = (one.denominator or 0) - one.numerator
    safe = suppress(CrossTable((Dimension("month", months), Dimension("state", done)), counts), DFE_LA)
    if not safe.safe:
        return []
    cells: Mapping[Any, Any] = safe.cells
    return [one for one in held if all(isinstance(cells[one.period, state], int) for state in done)]
