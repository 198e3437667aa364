"""What a draw is made of: a design, a plan, a frame of candidates, and who is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FIRST = "goldthread-1"
"""The way of drawing that came first: simple and proportional draws. Its records are drawn the same for ever."""

SECOND = "goldthread-2"
"""The way of drawing of every other design. A changed way gets a new name."""

WHOLE = "all"
"""The stratum of everybody where a design does not divide the frame."""


class SamplingError(ValueError):
    """The draw cannot be made. The message is one plain sentence for the person who planned it."""


class Design(StrEnum):
    """How children are chosen from a frame."""

    PROPORTIONAL = "proportional"
    SIMPLE = "simple"
    NEYMAN = "neyman"
    OVERSAMPLED = "oversampled"
    SYSTEMATIC = "systematic"
    ONE_OF_SIBLINGS = "one-of-siblings"
    DIP = "dip"
    HAND_PICKED = "hand-picked"

    @property
    def algorithm(self) -> str:
        """The name of the way of drawing, which is part of every hash."""
        return FIRST if self in (Design.PROPORTIONAL, Design.SIMPLE) else SECOND

    @property
    def divides(self) -> bool:
        """Whether each stratum is drawn from by itself."""
        return self in (Design.PROPORTIONAL, Design.NEYMAN, Design.OVERSAMPLED)

    @property
    def by_chance(self) -> bool:
        """Whether chance alone chooses, so that the sample speaks of its frame."""
        return self is not Design.HAND_PICKED


DESIGNS: Mapping[Design, str] = {
    Design.PROPORTIONAL: "stratified in proportion: each stratum gets its fair share of the sample",
    Design.SIMPLE: "simple: every child has the same chance, and nothing divides the frame",
    Design.NEYMAN: "stratified by size and spread (Neyman): more from where children are expected to differ more",
    Design.OVERSAMPLED: "stratified with named strata over-sampled: more from those, which weights put right again",
    Design.SYSTEMATIC: "systematic: the frame in order, and every so many from a random start",
    Design.ONE_OF_SIBLINGS: "one child of each sibling group: families are drawn, then one child of each",
    Design.DIP: "dip-sample: a few of the children to whom one theme applies",
    Design.HAND_PICKED: "hand-picked, each with a reason: says nothing about the frame, and stays out of estimates",
}
"""Every design in words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draw: how many, with which seed, stratified by which columns of the frame, by which design.

    `minimum_per_stratum` is the fewest children of each stratum (or all of it, when it is smaller). Left out, it is 2,
    so that the spread within a stratum can be seen, unless that would take more than half of the sample; then 1.
    `expected` is of a Neyman draw the share in per cent that is expected in each stratum, from 0 to 100, half where
    none is named; `times` is of an over-sampled draw how many times its fair share a stratum gets, one where none is
    named. `theme` is what a dip-sample looks at. `picked` names the children of a hand-picked draw, with the reasons.
    """

    size: int
    seed: str
    strata: tuple[str, ...] = ()
    minimum_per_stratum: int | None = None
    design: Design = Design.PROPORTIONAL
    expected: Mapping[str, int] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    theme: str = ""
    picked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could be chosen: a pseudonymous id, the stratum that the plan's columns put it in, and its family.

    `family` names the sibling group; empty where the child is in none that is known.
    """

    id: str
    stratum: str = WHOLE
    family: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One who was chosen, or is held in reserve: `order` is the place in the draw, or in the stratum's reserve.

    `siblings` is how many children of the frame the choice stands for by itself: the size of its sibling group where
    one child of each is drawn, else 1.
    """

    id: str
    stratum: str
    order: int
    reason: str
    siblings: int = 1


@dataclass(frozen=True, slots=True)
class StratumCount:
    """A stratum: how many it holds, how many were drawn, and how many of the frame each of those stands for.

    Where one child of each sibling group is drawn, it holds sibling groups. A hand-picked child stands for nobody.
    """

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
    algorithm: str = FIRST
