"""Where published counts place one authority among all: the funnel of a share or of a rate, and ranks with intervals.

The counts behind a percentage are published for some. Behind a rate stand events and children: how many children live
in an area is worked back from a count and a rate that are both published, and so are the events where only the rate is.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from goldthread.domain.funnels import Basis, Funnel, Unit, funnel
from goldthread.domain.ranks import Rank, rank_intervals
from goldthread.kernel.benchmark_codes import CHILDREN_FROM, COUNTERPARTS, PER_10K, Counterpart
from goldthread.kernel.benchmarks import AUTHORITY, Benchmarks
from goldthread.kernel.comparison import ALL_AUTHORITIES, FEWEST_FOR_BANDS, WORTH_SAYING


def basis_of(code: str) -> Basis:
    """Whether the published counterpart of one of ours is a rate for so many children, or a share."""
    counterpart = COUNTERPARTS.get(code)
    return Basis.RATE if counterpart is not None and counterpart.unit == PER_10K else Basis.SHARE


def units(benchmarks: Benchmarks, code: str, period: str) -> tuple[Unit, ...]:
    """The counts of every authority behind one of our counterparts; empty where none can be known."""
    counterpart = COUNTERPARTS.get(code)
    if counterpart is None:
        return ()
    if counterpart.unit == PER_10K:
        return _rates(benchmarks, counterpart, period)
    if not (counterpart.numerator or counterpart.denominator):
        return ()
    shares = _values(benchmarks, (counterpart.lait,), period)
    top = _values(benchmarks, counterpart.numerator, period)
    whole = _values(benchmarks, counterpart.denominator, period)
    names = _names(benchmarks, (*counterpart.numerator, *counterpart.denominator), period)
    made = []
    for place in names:
        pair = _pair(shares.get(place), top.get(place), whole.get(place), counterpart.from_percent)
        if pair is not None and 0 <= pair[0] <= pair[1] and pair[1] >= 1:
            made.append(Unit(names[place], *pair))
    return tuple(made)


def children_in(benchmarks: Benchmarks, period: str) -> Mapping[str, int]:
    """How many children aged 0 to 17 live in each authority by the published figures, by its code."""
    counts, rates = (_values(benchmarks, (name,), period) for name in CHILDREN_FROM)
    return {
        code: round(10_000 * counts[code] / rates[code])
        for code in counts
        if rates.get(code, 0) > 0 and counts[code] > 0
    }


def _rates(benchmarks: Benchmarks, counterpart: Counterpart, period: str) -> tuple[Unit, ...]:
    rates = _values(benchmarks, (counterpart.lait,), period)
    counts = _values(benchmarks, counterpart.numerator, period)
    children = children_in(benchmarks, period)
    names = _names(benchmarks, (counterpart.lait,), period)
    return tuple(
        Unit(names[code], round(counts.get(code, rate * children[code] / 10_000)), children[code])
        for code, rate in rates.items()
        if children.get(code, 0) >= 1
    )


def _pair(percent: float | None, top: float | None, whole: float | None, from_percent: bool) -> tuple[int, int] | None:
    if from_percent and percent is not None:
        if top is None and whole is not None:
            top = percent * whole / 100
        elif whole is None and top is not None and percent > 0:
            whole = top * 100 / percent
    return None if top is None or whole is None else (round(top), round(whole))


def _values(benchmarks: Benchmarks, measures: Sequence[str], period: str) -> Mapping[str, float]:
    """The sum of some measures for each authority that has all of them."""
    sums: dict[str, float] = {}
    for place, measure in enumerate(measures):
        rows = benchmarks.of(measure).filter(
            pl.col("level") == AUTHORITY, pl.col("period") == period, pl.col("value").is_not_null()
        )
        here: dict[str, float] = dict(rows.select("code", "value").iter_rows())
        sums = here if not place else {code: sums[code] + here[code] for code in sums if code in here}
    return sums


def _names(benchmarks: Benchmarks, measures: Sequence[str], period: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for measure in measures:
        rows = benchmarks.of(measure).filter(pl.col("level") == AUTHORITY, pl.col("period") == period)
        names.update(rows.select("code", "place").iter_rows())
    return names


def funnel_of(benchmarks: Benchmarks, code: str, period: str) -> Funnel | None:
    """The funnel of one of our counterparts; None where the counts behind it are not known of enough authorities."""
    made = units(benchmarks, code, period)
    return funnel(made, basis_of(code)) if len(made) >= FEWEST_FOR_BANDS else None


def ranks_of(benchmarks: Benchmarks, code: str, period: str, *, high_is_better: bool, seed: int) -> Mapping[str, Rank]:
    """Every authority's rank with its interval, by name; empty where the counts are not published, and of a rate.

    Of no rate either way is better, so that there is nothing to rank by.
    """
    made = units(benchmarks, code, period) if basis_of(code) is Basis.SHARE else ()
    return rank_intervals(made, high_is_better=high_is_better, seed=seed) if made else {}


def about_counts(benchmarks: Benchmarks, code: str, found: Funnel, period: str) -> tuple[str, ...]:
    """What is to be said of the counts that a funnel stands on: those worked back, and of how many there are none."""
    counterpart, said = COUNTERPARTS[code], []
    if counterpart.unit == PER_10K:
        events = "" if _values(benchmarks, counterpart.numerator, period) else " and events"
        said.append(
            f"Of the funnel the numbers of children{events} are worked back from rounded rates: near, not exact."
        )
    elif counterpart.from_percent:
        said.append("The funnel and the rank use counts worked back from rounded percentages: near, not exact.")
    if len(found.units) < WORTH_SAYING * ALL_AUTHORITIES:
        said.append(
            f"The funnel holds {len(found.units)} of {ALL_AUTHORITIES} authorities. A count that is withheld is "
            "most often small, so the middle of the funnel may lie higher than England's figure."
        )
    return tuple(said)
