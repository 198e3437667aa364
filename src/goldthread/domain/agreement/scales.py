"""The answers on which two readers are compared, and how far two of them lie apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers that could be given, the kindest first where they have an order.

    Raises ValueError for fewer than two answers, or for one named twice.
    """

    answers: tuple[str, ...]
    ordered: bool = True

    def __post_init__(self) -> None:
        if len(self.answers) < 2 or len(set(self.answers)) != len(self.answers):
            raise ValueError("a scale needs two different answers or more")

    def place(self, answer: str) -> int:
        """Where an answer stands, counted from nought. Raises ValueError for one that is not on the scale."""
        return self.answers.index(answer)

    def holds(self, *answers: str) -> bool:
        """Whether all of these are answers of the scale: “not applicable” and an empty answer are not."""
        return all(answer in self.answers for answer in answers)

    def kinder_by(self, own: str, against: str) -> int:
        """By how many steps the one answer is kinder than the other: above nought kinder, below it harsher."""
        return self.place(against) - self.place(own)


class Weights(StrEnum):
    """How much two answers that differ still count as agreeing."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@cache
def weights(kind: Weights, size: int) -> tuple[float, ...]:
    """The weight of each pair of answers, row by row: 1 where they are the same, less the further apart they lie.

    Linear 1 − |i−j|/(Q−1) and quadratic 1 − ((i−j)/(Q−1))² (Cohen 1968).
    """
    power = {Weights.LINEAR: 1, Weights.QUADRATIC: 2}.get(kind)
    return tuple(
        float(i == j) if power is None else 1 - (abs(i - j) / (size - 1)) ** power
        for i in range(size)
        for j in range(size)
    )


def counted(pairs: Sequence[tuple[str, str]], scale: Scale) -> tuple[int, ...]:
    """How often each pair of answers was given, row by row: the first reader's answers down, the second's across."""
    size = len(scale.answers)
    cells = [0] * (size * size)
    for first, second in pairs:
        cells[scale.place(first) * size + scale.place(second)] += 1
    return tuple(cells)
