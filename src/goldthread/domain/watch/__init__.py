"""The watch between inspections: signs that a judgement may no longer hold, each with its false-alarm rate.

Pure rules, which know of no inspection and of no child: a series against limits that stood before (`series`), shares of
audits and of answers (`looks`), what the signs of an area say together (`areas`), and themes that come back
(`recurrence`).
"""

from goldthread.domain.watch.areas import AreaWatch, Standing, State, Thing, has_changed, in_order, stretches
from goldthread.domain.watch.kinds import KINDS, Kind, Sign, Source
from goldthread.domain.watch.looks import Look, over_optimistic, watch_shares
from goldthread.domain.watch.series import LEAST, Month, Watched, untold, watch_series

__all__ = [
    "KINDS",
    "LEAST",
    "AreaWatch",
    "Kind",
    "Look",
    "Month",
    "Sign",
    "Source",
    "Standing",
    "State",
    "Thing",
    "Watched",
    "has_changed",
    "in_order",
    "over_optimistic",
    "stretches",
    "untold",
    "watch_series",
    "watch_shares",
]
