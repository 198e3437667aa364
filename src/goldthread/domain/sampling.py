"""Who is drawn for case review, and why: a plan, a frame and a seed always give the same children.

The draw is stratified, in proportion, without replacement. Within a stratum children are ranked by a keyed hash of
their id (HMAC-SHA-256, the seed being the key), so that the result depends neither on the order of the frame nor on
any version of any random-number generator: whoever holds the record and the frame can repeat the draw for ever.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil, sqrt
from typing import Any

from goldthread.domain.intervals import Z

ALGORITHM = "goldthread-1"
"""The name of this way of drawing. It is part of every hash; a changed way gets a new name."""


class SamplingError(ValueError):
    """The draw cannot be made. The message is one plain sentence for the person who planned it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draw: how many, with which seed, stratified by which columns of the frame.

    `minimum_per_stratum` is the fewest children of each stratum (or all of it, when it is smaller). Left out, it is 2,
    so that the spread within a stratum can be seen, unless that would take more than half of the sample; then 1.
    """

    size: int
    seed: str
    strata: tuple[str, ...] = ()
    minimum_per_stratum: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could be chosen: a pseudonymous id, and the stratum that the plan's columns put it in."""

    id: str
    stratum: str = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """One who was chosen, or is held in reserve: `order` is the place in the draw, or in the stratum's reserve."""

    id: str
    stratum: str
    order: int
    reason: str


@dataclass(frozen=True, slots=True)
class StratumCount:
    """A stratum: how many it holds, how many were drawn, and how many of the frame each of those stands for."""

    name: str
    in_frame: int
    drawn: int
    weight: float | None


@dataclass(frozen=True, slots=True)
class Draw:
    """Who was chosen and why, who comes next, and what is needed to prove it.

    `chosen` is in an order that is itself random, so that a team which stops early has still reviewed a fair part.
    `frame_hash` is the SHA-256 of every id and stratum in the frame, whatever order they came in.
    """

    chosen: tuple[Choice, ...]
    reserve: tuple[Choice, ...]
    strata: tuple[StratumCount, ...]
    frame_hash: str
    frame_size: int
    plan: Plan
    algorithm: str = ALGORITHM


def draw(plan: Plan, frame: Sequence[Candidate]) -> Draw:
    """Draw by the plan. Raises SamplingError when the plan and the frame do not fit each other."""
    strata = _strata(plan, frame)
    shares = _shares(plan, {name: len(members) for name, members in strata.items()})
    chosen: list[Choice] = []
    reserve: list[Choice] = []
    for name, members in strata.items():
        drawn, size = shares[name], len(members)
        for place, candidate in enumerate(members[:drawn], 1):
            reason = f"Place {place} of the {drawn} drawn from the {size:,} in “{name}”, ranked by the seed."
            chosen.append(Choice(candidate.id, name, 0, reason))
        for place, candidate in enumerate(members[drawn : drawn + max(drawn, 2)], 1):
            reason = f"Number {place} in reserve for “{name}”, ranked by the seed."
            reserve.append(Choice(candidate.id, name, place, reason))
    chosen.sort(key=lambda choice: _rank(plan.seed, "order", choice.id))
    return Draw(
        chosen=tuple(Choice(c.id, c.stratum, order, c.reason) for order, c in enumerate(chosen, 1)),
        reserve=tuple(reserve),
        strata=tuple(
            StratumCount(name, len(members), shares[name], len(members) / shares[name] if shares[name] else None)
            for name, members in strata.items()
        ),
        frame_hash=frame_hash(frame),
        frame_size=len(frame),
        plan=plan,
    )


def frame_hash(frame: Iterable[Candidate]) -> str:
    """The SHA-256 of a frame: equal for equal frames in any order, different when anyone joins, leaves or moves."""
    whole = hashlib.sha256()
    for candidate in sorted(frame, key=lambda c: (c.id, c.stratum)):
        for part in (candidate.id, candidate.stratum):
            text = part.encode()
            whole.update(len(text).to_bytes(8, "big") + text)
    return whole.hexdigest()


def as_record(drawn: Draw) -> dict[str, Any]:
    """A draw as plain data that JSON can hold, to be kept with the inspection."""
    return asdict(drawn)


def from_record(record: Mapping[str, Any]) -> Draw:
    """The draw that a record describes. Raises SamplingError when the record is not one of this way of drawing."""
    if record.get("algorithm") != ALGORITHM:
        raise SamplingError(f"This record was drawn by “{record.get('algorithm')}”, and only “{ALGORITHM}” is known.")
    try:
        plan = {**record["plan"], "strata": tuple(record["plan"]["strata"])}
        return Draw(
            chosen=tuple(Choice(**choice) for choice in record["chosen"]),
            reserve=tuple(Choice(**choice) for choice in record["reserve"]),
            strata=tuple(StratumCount(**stratum) for stratum in record["strata"]),
            frame_hash=record["frame_hash"],
            frame_size=record["frame_size"],
            plan=Plan(**plan),
        )
    except (KeyError, TypeError) as error:
        raise SamplingError("This record of a draw is incomplete or has been changed.") from error


def redraw(record: Mapping[str, Any], frame: Sequence[Candidate]) -> Draw:
    """Draw again by the plan of a record. Raises SamplingError when the record or the frame cannot be used."""
    return draw(from_record(record).plan, frame)


def verify(drawn: Draw, frame: Sequence[Candidate]) -> tuple[str, ...]:
    """What does not agree between a recorded draw and its frame, in plain sentences; nothing when it is proven."""
    if frame_hash(frame) != drawn.frame_hash:
        return (
            f"The frame is not the one drawn from: it now has {len(frame):,} children (then {drawn.frame_size:,}).",
        )
    again = draw(drawn.plan, frame)
    differences = []
    if again.chosen != drawn.chosen:
        wrong = {c.id for c in again.chosen} ^ {c.id for c in drawn.chosen}
        says = f"{len(wrong)} children differ" if wrong else "the same children stand in another order or stratum"
        differences.append(f"The children recorded are not those that the plan draws: {says}.")
    if again.reserve != drawn.reserve:
        differences.append("The reserve recorded is not the one that the plan gives.")
    if again.strata != drawn.strata:
        differences.append("The counts of the strata recorded are not those of the frame.")
    return tuple(differences)


def precision(n: int, population: int, p: float = 0.5) -> float:
    """Half the width of a 95% interval for a share p seen in n of `population` cases, from 0 to 1.

    Half the cases is the worst case, so the default promises no more than the sample can keep.
    Raises ValueError unless 1 <= n <= population and p lies from 0 to 1.
    """
    if not 1 <= n <= population or not 0 <= p <= 1:
        raise ValueError("the sample must lie between one and all, and the share between 0 and 1")
    unseen = (population - n) / (population - 1) if population > 1 else 0.0
    return Z * sqrt(p * (1 - p) / n * unseen)


def size_needed(half_width: float, population: int, p: float = 0.5) -> int:
    """The fewest of `population` cases whose 95% interval is no wider than plus or minus `half_width` (0 to 1).

    Raises ValueError when the half-width or the population is not above 0.
    """
    if half_width <= 0 or population < 1:
        raise ValueError("the half-width and the population must be above nothing")
    endless = Z * Z * p * (1 - p) / (half_width * half_width)
    return min(population, max(1, ceil(endless / (1 + (endless - 1) / population))))


def _strata(plan: Plan, frame: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """The frame by stratum, names in order, members ranked; or a refusal."""
    if not frame:
        raise SamplingError("The frame is empty: there is nobody to draw from.")
    if plan.size < 1:
        raise SamplingError("A draw must be of at least one child.")
    if plan.size > len(frame):
        raise SamplingError(f"A draw of {plan.size:,} is larger than the frame of {len(frame):,}.")
    twice = len(frame) - len({candidate.id for candidate in frame})
    if twice:
        raise SamplingError(f"The frame names {twice:,} children more than once; each must be in it once.")
    strata: dict[str, list[Candidate]] = {name: [] for name in sorted({c.stratum for c in frame})}
    for candidate in frame:
        strata[candidate.stratum].append(candidate)
    for members in strata.values():
        members.sort(key=lambda candidate: _rank(plan.seed, "rank", candidate.id))
    return strata


def _shares(plan: Plan, sizes: Mapping[str, int]) -> dict[str, int]:
    """How many to draw from each stratum: in proportion, by largest remainder, but never fewer than the minimum.

    A stratum whose fair share is below its minimum is given the minimum; the others share what is left.
    """
    least = {name: min(_minimum(plan, sizes), size) for name, size in sizes.items()}
    if sum(least.values()) > plan.size:
        raise SamplingError(
            f"At least {sum(least.values())} must be drawn to reach every one of the {len(sizes)} strata;"
            f" {plan.size} is too few. Draw more, or stratify by fewer columns."
        )
    fixed: dict[str, int] = {}
    while True:
        left, rest = plan.size - sum(fixed.values()), {n: s for n, s in sizes.items() if n not in fixed}
        whole = sum(rest.values())
        short = {name: least[name] for name, size in rest.items() if left * size < least[name] * whole}
        if not short:
            return fixed | _largest_remainder(left, rest, plan.seed)
        fixed |= short


def _largest_remainder(seats: int, sizes: Mapping[str, int], seed: str) -> dict[str, int]:
    """Share seats in proportion, in whole numbers; equal remainders go to the larger stratum, then by the seed."""
    whole = sum(sizes.values())
    shares = {name: seats * size // whole for name, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda n: (-(seats * sizes[n] % whole), -sizes[n], _rank(seed, "tie", n)))
    for name in by_remainder[: seats - sum(shares.values())]:
        shares[name] += 1
    return shares


def _minimum(plan: Plan, sizes: Mapping[str, int]) -> int:
    if plan.minimum_per_stratum is not None:
        if plan.minimum_per_stratum < 0:
            raise SamplingError("The fewest of each stratum cannot be below nothing.")
        return plan.minimum_per_stratum
    return 2 if sum(min(2, size) for size in sizes.values()) * 2 <= plan.size else 1


def _rank(seed: str, purpose: str, text: str) -> bytes:
    """A place in the order: the keyed hash of what is ranked, under the seed, for one purpose."""
    return hmac.digest(str(seed).encode(), f"{ALGORITHM}\0{purpose}\0{text}".encode(), "sha256")
