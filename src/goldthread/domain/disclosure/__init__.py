"""Small numbers, before anything leaves the house: the only room that decides what may be shown outside.

Inside an inspection true counts are shown; a report, an export or a public page asks here first. A single count or
rate asks `counts`; a table asks `suppress`, which hides small counts and as many others as keep them from being
found by subtraction, and lets an independent attacker try; a table of a population that was published before asks
`against_released` as well.
"""

from goldthread.domain.disclosure.changes import ChangeShown, change_shown
from goldthread.domain.disclosure.counts import (
    FLOOR,
    SMALLEST_BASE,
    WITHHELD,
    answer_shown,
    average_shown,
    is_small,
    part_shown,
    rate_shown,
    shown,
)
from goldthread.domain.disclosure.flows import FlowTable, SafeFlows, Way, flow_table, suppress_flows
from goldthread.domain.disclosure.profiles import (
    CONFIDENTIAL,
    DFE_LA,
    PROFILES,
    STRICT,
    SURVEY,
    SYMBOLS,
    TEAM,
    Profile,
    rounded,
)
from goldthread.domain.disclosure.releases import Outcome, Release, Ruling, against_released
from goldthread.domain.disclosure.suppression import Combination, SafeTable, coarser, suppress, suppress_linked
from goldthread.domain.disclosure.tables import CrossTable, Dimension, Merging, TableError

__all__ = [
    "CONFIDENTIAL",
    "DFE_LA",
    "FLOOR",
    "PROFILES",
    "SMALLEST_BASE",
    "STRICT",
    "SURVEY",
    "SYMBOLS",
    "TEAM",
    "WITHHELD",
    "ChangeShown",
    "Combination",
    "CrossTable",
    "Dimension",
    "FlowTable",
    "Merging",
    "Outcome",
    "Profile",
    "Release",
    "Ruling",
    "SafeFlows",
    "SafeTable",
    "TableError",
    "Way",
    "against_released",
    "answer_shown",
    "average_shown",
    "change_shown",
    "coarser",
    "flow_table",
    "is_small",
    "part_shown",
    "rate_shown",
    "rounded",
    "shown",
    "suppress",
    "suppress_flows",
    "suppress_linked",
]
