"""Whether a reviewer is calibrated on practice cases, and on which questions a team parts most.

No source gives a level at which a reviewer may be trusted with files; what is proposed here is a proposal [J], can be
changed for each training, and shuts nobody out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from goldthread.domain.agreement import Scale

FEWEST_CASES, MOST_CASES = 1, 20


@dataclass(frozen=True, slots=True)
class Level:
    """When a reviewer counts as calibrated: the share of answers like the model's, in per cent, over how many cases.

    With `urgent` a child whom the model finds unsafe must have been found by the reviewer too.
    """

    per_cent: int
    cases: int
    urgent: bool


PROPOSED = Level(per_cent=70, cases=3, urgent=True)
"""A proposal [J], not a standard: seven answers of ten, over three cases, and no child who is unsafe overlooked."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer of a reviewer beside the model's. `flag` is the question whether the child may be unsafe now."""

    case: str
    question: str
    own: str
    model: str
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reviewer stands against the model. `overlooked` counts unsafe children whom they did not find."""

    level: Level
    cases: int
    answers: int
    same: int
    overlooked: int

    @property
    def calibrated(self) -> bool:
        """Whether every part of the level is met."""
        return not self.wants

    @property
    def wants(self) -> tuple[str, ...]:
        """What is missing, in words; nothing where the reviewer is calibrated."""
        found = []
        if self.cases < self.level.cases:
            found.append(f"{self.cases} of {self.level.cases} practice cases signed off")
        if self.answers and not self.reaches:
            found.append(f"{self.same} of {self.answers} answers as the model; {self.level.per_cent}% are asked")
        if self.level.urgent and self.overlooked:
            found.append(f"{self.overlooked} {'child' if self.overlooked == 1 else 'children'} unsafe now overlooked")
        return tuple(found)

    @property
    def reaches(self) -> bool:
        """Whether the share of answers like the model's reaches the level; reckoned in whole numbers."""
        return 100 * self.same >= self.level.per_cent * self.answers


def standing(compared: Iterable[Compared], level: Level = PROPOSED) -> Standing:
    """How a reviewer stands: every answered question counts once, that a question does not apply among the answers.

    The flag whether a child is unsafe now is no rating, and is looked at by itself.
    """
    held = list(compared)
    rated = [one for one in held if not one.flag]
    return Standing(
        level, len({one.case for one in held}), len(rated), sum(one.own == one.model for one in rated),
        sum(one.flag and one.model == "yes" and one.own != "yes" for one in held),
    )  # fmt: skip


def apart(one: str, other: str, scale: Scale) -> float:
    """How far two answers lie apart: 0 the same, 1 the ends of the scale, or where only one says that it applies."""
    if one == other:
        return 0.0
    if not scale.holds(one, other):
        return 1.0
    return abs(scale.kinder_by(one, other)) / (len(scale.answers) - 1)


def parting(answers: Sequence[str], scale: Scale) -> float | None:
    """How far reviewers part on a question of a case: the mean distance over every two of them; None below two."""
    steps = [apart(one, other, scale) for one, other in combinations(answers, 2)]
    return sum(steps) / len(steps) if steps else None


def from_model(answers: Sequence[str], model: str, scale: Scale) -> float | None:
    """How far reviewers stand from the model on average; None where nobody answered."""
    return sum(apart(one, model, scale) for one in answers) / len(answers) if answers else None


def leaning(own: str, model: str, scale: Scale) -> str:
    """“kinder” or “harsher” than the model; “same”; or “other” where only one found that the question applies."""
    if own == model:
        return "same"
    if not scale.holds(own, model):
        return "other"
    return "kinder" if scale.kinder_by(own, model) > 0 else "harsher"


def most_apart(parted: Mapping[str, tuple[float | None, float | None]]) -> list[str]:
    """Keys by how far the team parts, then by how far it stands from the model; all agreed with the model left out."""
    told = {key: (among or 0.0, model or 0.0) for key, (among, model) in parted.items()}
    return sorted((key for key, far in told.items() if any(far)), key=lambda key: (-told[key][0], -told[key][1], key))
