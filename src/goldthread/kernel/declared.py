"""Everything that is measured, by code: shares of the lists and of the record, and amounts.

Where a list of Annex A and the record answer one question, both have the code and the declaration of the list is here.
"""

from collections.abc import Mapping
from functools import cache

from goldthread.kernel.amount import Amount
from goldthread.kernel.amounts import LIST_AMOUNTS, RECORD_AMOUNTS
from goldthread.kernel.measure import Measure
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.record_measures import RECORD_MEASURES


@cache
def declared() -> Mapping[str, Measure | Amount]:
    """Every measure and amount, in the order of the catalogue."""
    found: dict[str, Measure | Amount] = {}
    every: tuple[Measure | Amount, ...] = (*MEASURES, *RECORD_MEASURES, *LIST_AMOUNTS, *RECORD_AMOUNTS)
    for each in every:
        found.setdefault(each.code, each)
    return found


def better() -> Mapping[str, str]:
    """Which way is better, of everything that is measured."""
    return {code: each.better.value for code, each in declared().items()}
