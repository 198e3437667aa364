"""What a sample says of its frame: the share and its interval, by the way the sample was drawn.

Weights put right what the design drew unevenly, and the interval is Wilson's on the effective size: as many files as a
simple draw would need to be as sure. Where a question does not apply to every
file, both the yes and the files asked are estimated, and the share is their ratio (Cochran, Sampling Techniques,
section 6.13). A sibling group of several children is one draw that speaks for all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from goldthread.domain.intervals import Interval, Z, wilson_effective, wilson_finite
from goldthread.domain.sampling.plans import Design, Draw, StratumCount
from goldthread.domain.sampling.sizes import precision


@dataclass(frozen=True, slots=True)
class Seen:
    """One file that was looked at: its stratum, whether the question applied and was answered so, and its siblings."""

    stratum: str
    yes: bool
    applies: bool = True
    siblings: int = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the frame with its 95% interval, from 0 to 1.

    `yes` of `of` files say so; `effective` is how many files of a simple draw would be as sure. `missing` names the
    strata of which no file was looked at: the estimate does not speak of them.
    """

    share: float
    interval: Interval
    yes: int
    of: int
    effective: float
    missing: tuple[str, ...] = ()

    @property
    def unweighted(self) -> float:
        """The share of the files looked at, each counted once."""
        return self.yes / self.of


def estimate(design: Design, strata: Sequence[StratumCount], seen: Iterable[Seen], z: float = Z) -> Estimate | None:
    """The share of the frame to which a question applies and that says so; None where chance did not choose or nobody
    was asked."""
    files = list(seen)
    if not design.by_chance or not any(one.applies for one in files):
        return None
    sizes = _sizes(design, strata)
    by_stratum: dict[str, list[Seen]] = {name: [] for name in sizes}
    for one in files:
        by_stratum[one.stratum if design.divides else next(iter(sizes))].append(one)
    looked = {name: ones for name, ones in by_stratum.items() if ones}
    stands = {name: sizes[name] / len(ones) for name, ones in looked.items()}
    asked = [(stands[name] * one.siblings, one.yes) for name, ones in looked.items() for one in ones if one.applies]
    whole = fsum(weight for weight, _ in asked)
    share = fsum(weight for weight, yes in asked if yes) / whole
    yes, of = sum(yes for _, yes in asked), len(asked)
    share = float(yes == of) if yes in (0, of) else share
    missing = tuple(name for name, size in sizes.items() if size and name not in looked)
    if len(sizes) == 1 and all(one.siblings == 1 for one in files):
        # How many of the frame a question applies to is not known, so the whole frame is taken, which errs wide.
        return Estimate(share, wilson_finite(yes, of, sum(sizes.values()), z), yes, of, float(of))
    variance = _variance(share, looked, sizes) / whole**2
    population, n = sum(sizes[name] for name in looked), sum(map(len, looked.values()))
    unseen = (population - n) / (population - 1) if population > 1 else 0.0
    # A stratum in which all files agree shows no spread, and may only be too small to show it: so the sample is never
    # taken to be surer than one drawn evenly, of as many files as its weights are worth (Kish 1965).
    effective = whole**2 / fsum(weight**2 for weight, _ in asked)
    if variance > 0 and (measured := share * (1 - share) / variance) * unseen < effective:
        effective, unseen = measured, 1.0
    return Estimate(share, wilson_effective(share, effective, unseen, z), yes, of, effective, missing)


def expected_precision(drawn: Draw, z: float = Z) -> float | None:
    """Half the width of the interval, from 0 to 1, that a draw will give where half of every stratum says so; None
    where chance did not choose. Half is the worst case, so no more is promised than the sample can keep."""
    if not drawn.plan.design.by_chance:
        return None
    if not drawn.plan.design.divides:
        groups = sum(stratum.in_frame for stratum in drawn.strata)
        # Groups of siblings of different sizes are worth fewer children drawn alike.
        sizes = [choice.siblings for choice in drawn.chosen]
        worth = sum(sizes) ** 2 / (len(sizes) * fsum(size * size for size in sizes))
        return precision(len(sizes), groups, z=z) / sqrt(worth)
    looked = [stratum for stratum in drawn.strata if stratum.drawn]
    if len(looked) == 1:
        return precision(looked[0].drawn, looked[0].in_frame, z=z)
    whole = sum(stratum.in_frame for stratum in looked)
    parts = ((s.in_frame / whole) ** 2 * (1 - s.drawn / s.in_frame) / (4 * s.drawn) for s in looked)
    return z * sqrt(fsum(parts))


def _sizes(design: Design, strata: Sequence[StratumCount]) -> Mapping[str, int]:
    """How many each stratum holds that was drawn from by itself; one of all where the design does not divide."""
    if design.divides:
        return {stratum.name: stratum.in_frame for stratum in strata}
    return {"": sum(stratum.in_frame for stratum in strata)}


def _variance(share: float, looked: Mapping[str, Sequence[Seen]], sizes: Mapping[str, int]) -> float:
    """How far the weighted count of yes may lie from its share, by chance of the draw, squared."""

    def off(one: Seen) -> float:
        return one.siblings * ((1.0 if one.yes else 0.0) - share) if one.applies else 0.0

    everyone = [off(one) for ones in looked.values() for one in ones]
    overall = fsum(value * value for value in everyone) / len(everyone)
    parts = []
    for name, ones in looked.items():
        n, size = len(ones), sizes[name]
        values = [off(one) for one in ones]
        mean = fsum(values) / n
        # One file alone shows no spread: it is taken to vary as all files together do.
        spread = fsum((value - mean) ** 2 for value in values) / (n - 1) if n > 1 else overall
        parts.append(size * size * max(0.0, 1 - n / size) * spread / n)
    return fsum(parts)
