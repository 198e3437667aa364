"""How many to draw from each stratum. Whole numbers only, so that every machine shares out alike."""

from collections.abc import Mapping
from math import isqrt

from goldthread.domain.sampling.plans import Design, Plan, SamplingError
from goldthread.domain.sampling.ranking import rank

_FINE = 10**12
"""A square root is taken of a number this much larger squared, so that its whole part is exact enough to share by."""

MOST_TIMES = 1_000
"""The most times its fair share that a stratum can get."""


def shares(plan: Plan, sizes: Mapping[str, int]) -> dict[str, int]:
    """How many to draw from each stratum, never fewer than the minimum and never more than it holds.

    In proportion to its size, times its spread (Neyman) or its times (over-sampled). A stratum whose share is below
    its minimum is given the minimum, and one whose share is above its size is taken whole; the others share what is
    left. Raises SamplingError where the plan and the strata do not fit each other.
    """
    least = {name: min(_minimum(plan, sizes), size) for name, size in sizes.items()}
    if sum(least.values()) > plan.size:
        raise SamplingError(
            f"At least {sum(least.values())} must be drawn to reach every one of the {len(sizes)} strata;"
            f" {plan.size} is too few. Draw more, or stratify by fewer columns."
        )
    parts = _parts(plan, sizes)
    fixed: dict[str, int] = {}
    while True:
        left, rest = plan.size - sum(fixed.values()), {n: part for n, part in parts.items() if n not in fixed}
        whole = sum(rest.values())
        short = {name: least[name] for name, part in rest.items() if left * part < least[name] * whole}
        full = {name: sizes[name] for name, part in rest.items() if left * part > sizes[name] * whole}
        if not short and not full:
            return fixed | _largest_remainder(left, rest, sizes, plan)
        # What the short are owed and the full must give back; the larger of the two is settled first, for good.
        owed = sum(least[name] * whole - left * rest[name] for name in short)
        given = sum(left * rest[name] - sizes[name] * whole for name in full)
        fixed |= short if owed >= given else full


def _parts(plan: Plan, sizes: Mapping[str, int]) -> dict[str, int]:
    """In proportion to what each stratum shares in the sample."""
    if plan.design is Design.NEYMAN:
        _known(plan.expected, sizes)
        if wrong := [name for name, share in plan.expected.items() if not 1 <= share <= 99]:
            raise SamplingError(f"The share expected in “{wrong[0]}” must lie from 1 to 99 per cent.")
        expected = {name: plan.expected.get(name, 50) for name in sizes}
        return {name: size * isqrt(expected[name] * (100 - expected[name]) * _FINE) for name, size in sizes.items()}
    if plan.design is Design.OVERSAMPLED:
        if not plan.times:
            raise SamplingError("Name at least one stratum to over-sample, and how many times its fair share it gets.")
        _known(plan.times, sizes)
        if wrong := [name for name, times in plan.times.items() if not 1 <= times <= MOST_TIMES]:
            raise SamplingError(f"“{wrong[0]}” must get from 1 to {MOST_TIMES:,} times its fair share.")
        return {name: size * plan.times.get(name, 1) for name, size in sizes.items()}
    return dict(sizes)


def _known(named: Mapping[str, int], sizes: Mapping[str, int]) -> None:
    for name in named:
        if name not in sizes:
            known = ", ".join(f"“{one}”" for one in list(sizes)[:8]) + (" and others" if len(sizes) > 8 else "")
            raise SamplingError(f"The stratum “{name}” is empty: nobody in the frame is in it. It has {known}.")


def _largest_remainder(seats: int, parts: Mapping[str, int], sizes: Mapping[str, int], plan: Plan) -> dict[str, int]:
    """Share seats in proportion, in whole numbers; equal remainders go to the larger stratum, then by the seed."""
    whole = sum(parts.values())
    if not whole:
        return {}
    shared = {name: seats * part // whole for name, part in parts.items()}

    def first(name: str) -> tuple[int, int, bytes]:
        return -(seats * parts[name] % whole), -sizes[name], rank(plan.seed, "tie", name, plan.design.algorithm)

    for name in sorted(parts, key=first)[: seats - sum(shared.values())]:
        shared[name] += 1
    return shared


def _minimum(plan: Plan, sizes: Mapping[str, int]) -> int:
    if plan.minimum_per_stratum is not None:
        if plan.minimum_per_stratum < 0:
            raise SamplingError("The fewest of each stratum cannot be below nothing.")
        return plan.minimum_per_stratum
    return 2 if sum(min(2, size) for size in sizes.values()) * 2 <= plan.size else 1
