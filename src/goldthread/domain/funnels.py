"""Authorities compared by share: a funnel whose limits allow for how much authorities differ anyway.

Shares are compared on the arcsine scale, where chance alone has the same width everywhere. Plain limits put a
quarter to three quarters of authorities “outside” in this sector, so the spread beyond chance is measured
(over-dispersion, after Spiegelhalter 2005) and added to the limits; both are kept, and the adjusted ones are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt

from goldthread.domain.quartiles import quantile

WINSORISED = 0.10
"""The share of each tail that is drawn in before the spread is measured, so that a few outliers do not hide others."""

Z95, Z998 = 1.96, 3.09
"""How many standard errors hold 95 % and 99.8 % of what chance gives."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One authority: how many of how many."""

    name: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One authority in the funnel: its share, and how far from the pooled share, in standard errors."""

    unit: Unit
    share: float
    z: float
    z_adjusted: float

    @property
    def stands_out(self) -> int:
        """-1, 0 or 1: below, within or above the adjusted 95 % limits."""
        return 0 if abs(self.z_adjusted) <= Z95 else (1 if self.z_adjusted > 0 else -1)


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The shares at one denominator between which 95 % and 99.8 % of authorities would lie."""

    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel: the pooled share, the spread beyond chance, and every authority's place."""

    pooled: float
    phi_raw: float
    phi: float
    tau2: float
    units: tuple[Placed, ...]

    @property
    def over_dispersed(self) -> bool:
        """Whether authorities differ by more than chance explains."""
        return self.tau2 > 0

    @property
    def outside_plain(self) -> float:
        """The share of authorities outside the 95 % limits that allow for chance alone."""
        return sum(abs(placed.z) > Z95 for placed in self.units) / len(self.units)

    def limits(self, denominator: float, *, adjusted: bool = True) -> FunnelLimits:
        """The limits at a denominator. Raises ValueError unless it is above nought."""
        if denominator <= 0:
            raise ValueError("the limits need a denominator above nought")
        centre = asin(sqrt(self.pooled))
        spread = sqrt(1 / (4 * denominator) + (self.tau2 if adjusted else 0.0))
        return FunnelLimits(
            _share(centre - Z95 * spread),
            _share(centre + Z95 * spread),
            _share(centre - Z998 * spread),
            _share(centre + Z998 * spread),
        )

    def place(self, name: str) -> Placed | None:
        """Where one authority stands; None where it is not among them."""
        return next((placed for placed in self.units if placed.unit.name == name), None)


def _share(angle: float) -> float:
    return sin(min(max(angle, 0.0), pi / 2)) ** 2


def funnel(units: Sequence[Unit]) -> Funnel:
    """The funnel of some authorities. Raises ValueError below three, or where a count cannot be a share."""
    if len(units) < 3:
        raise ValueError("a funnel needs three authorities at least")
    for unit in units:
        if unit.denominator < 1 or not 0 <= unit.numerator <= unit.denominator:
            raise ValueError(f"{unit.name}: the count must lie between nothing and all, of at least one")
    pooled = sum(unit.numerator for unit in units) / sum(unit.denominator for unit in units)
    centre = asin(sqrt(pooled))
    errors = [1 / (2 * sqrt(unit.denominator)) for unit in units]
    away = [asin(sqrt(unit.numerator / unit.denominator)) - centre for unit in units]
    z = [gap / error for gap, error in zip(away, errors, strict=True)]
    phi, tau2 = _spread(z, errors)
    placed = tuple(
        Placed(unit, unit.numerator / unit.denominator, plain, gap / sqrt(error**2 + tau2))
        for unit, plain, gap, error in zip(units, z, away, errors, strict=True)
    )
    return Funnel(pooled, sum(value * value for value in z) / len(z), phi, tau2, placed)


def _spread(z: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    """φ after winsorising, and τ², the variance between authorities beyond chance (0 where there is none)."""
    low, high = quantile(z, WINSORISED), quantile(z, 1 - WINSORISED)
    phi = sum(min(max(value, low), high) ** 2 for value in z) / len(z)
    weights = [1 / error**2 for error in errors]
    total = sum(weights)
    base = total - sum(weight**2 for weight in weights) / total
    excess = len(z) * phi - (len(z) - 1)
    return phi, max(0.0, excess / base) if phi > 1 else 0.0
