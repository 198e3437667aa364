"""Authorities compared by share or by rate: a funnel whose limits allow for how much authorities differ anyway.

Shares are compared on the arcsine scale and rates on that of square roots, where chance alone has the same width
everywhere: of a share because the count is binomial, of a rate because it is Poisson. Plain limits put a quarter to
three quarters of authorities “outside” in this sector, so the spread beyond chance is measured (over-dispersion, after
Spiegelhalter 2005) and added to the limits; both are kept, and the adjusted ones are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, pi, sin, sqrt

from goldthread.domain.quartiles import quantile

WINSORISED = 0.10
"""The share of each tail that is drawn in before the spread is measured, so that a few outliers do not hide others."""

Z95, Z998 = 1.96, 3.09
"""How many standard errors hold 95% and 99.8% of what chance gives."""


class Basis(StrEnum):
    """What is compared: so many of so many, or so many events for so many children, of whom one may have several."""

    SHARE = "share"
    RATE = "rate"

    @property
    def per(self) -> int:
        """For how many it is told."""
        return 100 if self is Basis.SHARE else 10_000

    def spread_out(self, value: float) -> float:
        """A share or rate on the scale where chance has the same width everywhere."""
        return asin(sqrt(value)) if self is Basis.SHARE else sqrt(value)

    def back(self, held: float) -> float:
        """The share or rate at a place of that scale."""
        return sin(min(max(held, 0.0), pi / 2)) ** 2 if self is Basis.SHARE else max(held, 0.0) ** 2


@dataclass(frozen=True, slots=True)
class Unit:
    """One authority: how many of how many; of a rate, how many events and how many children."""

    name: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One authority in the funnel: its share or rate, and how far from the pooled one, in standard errors."""

    unit: Unit
    share: float
    z: float
    z_adjusted: float

    @property
    def stands_out(self) -> int:
        """-1, 0 or 1: below, within or above the adjusted 95% limits."""
        return 0 if abs(self.z_adjusted) <= Z95 else (1 if self.z_adjusted > 0 else -1)


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The shares or rates at one denominator between which 95% and 99.8% of authorities would lie."""

    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel: the pooled share or rate, the spread beyond chance, and every authority's place."""

    pooled: float
    phi_raw: float
    phi: float
    tau2: float
    units: tuple[Placed, ...]
    basis: Basis = Basis.SHARE

    @property
    def over_dispersed(self) -> bool:
        """Whether authorities differ by more than chance explains."""
        return self.tau2 > 0

    @property
    def outside_plain(self) -> float:
        """The share of authorities outside the 95% limits that allow for chance alone."""
        return sum(abs(placed.z) > Z95 for placed in self.units) / len(self.units)

    def limits(self, denominator: float, *, adjusted: bool = True) -> FunnelLimits:
        """The limits at a denominator. Raises ValueError unless it is above nought."""
        if denominator <= 0:
            raise ValueError("the limits need a denominator above nought")
        centre, back = self.basis.spread_out(self.pooled), self.basis.back
        spread = sqrt(1 / (4 * denominator) + (self.tau2 if adjusted else 0.0))
        return FunnelLimits(
            back(centre - Z95 * spread),
            back(centre + Z95 * spread),
            back(centre - Z998 * spread),
            back(centre + Z998 * spread),
        )

    def place(self, name: str) -> Placed | None:
        """Where one authority stands; None where it is not among them."""
        return next((placed for placed in self.units if placed.unit.name == name), None)


def funnel(units: Sequence[Unit], basis: Basis = Basis.SHARE) -> Funnel:
    """The funnel of some authorities. Raises ValueError below three, or where a count cannot be a share or a rate."""
    if len(units) < 3:
        raise ValueError("a funnel needs three authorities at least")
    for unit in units:
        most = unit.denominator if basis is Basis.SHARE else unit.numerator
        if unit.denominator < 1 or not 0 <= unit.numerator <= most:
            bounds = "lie between nothing and all" if basis is Basis.SHARE else "not lie below nothing"
            raise ValueError(f"{unit.name}: the count must {bounds}, of at least one")
    pooled = sum(unit.numerator for unit in units) / sum(unit.denominator for unit in units)
    centre = basis.spread_out(pooled)
    errors = [1 / (2 * sqrt(unit.denominator)) for unit in units]
    away = [basis.spread_out(unit.numerator / unit.denominator) - centre for unit in units]
    z = [gap / error for gap, error in zip(away, errors, strict=True)]
    phi, tau2 = _spread(z, errors)
    placed = tuple(
        Placed(unit, unit.numerator / unit.denominator, plain, gap / sqrt(error**2 + tau2))
        for unit, plain, gap, error in zip(units, z, away, errors, strict=True)
    )
    return Funnel(pooled, sum(value * value for value in z) / len(z), phi, tau2, placed, basis)


def _spread(z: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    """φ after winsorising, and τ², the variance between authorities beyond chance (0 where there is none)."""
    low, high = quantile(z, WINSORISED), quantile(z, 1 - WINSORISED)
    phi = sum(min(max(value, low), high) ** 2 for value in z) / len(z)
    weights = [1 / error**2 for error in errors]
    total = sum(weights)
    base = total - sum(weight**2 for weight in weights) / total
    excess = len(z) * phi - (len(z) - 1)
    return phi, max(0.0, excess / base) if phi > 1 else 0.0
