"""One place where somebody could be recognised, as it is shown to whoever writes and whoever checks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """One place where somebody could be recognised. It quotes nothing.

    `says` goes on from “A sentence …”. One that `blocks` stops a text from being sent to be checked; the others are
    shown to the checker, and no programme clears them.
    """

    name: str
    says: str
    blocks: bool
