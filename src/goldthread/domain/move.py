"""One allowed change of a status."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of status: where to, what it means, and whether it must be given a reason."""

    to: StrEnum
    says: str
    needs_reason: bool = False


def back(to: StrEnum, says: str) -> Move:
    """A move that undoes or ends something; it always carries a reason into the journal."""
    return Move(to, says, needs_reason=True)
