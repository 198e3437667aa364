"""The order that a seed gives: a keyed hash of what is ranked, which no version of any generator can change."""

import hashlib
import hmac
from collections.abc import Iterable

from goldthread.domain.sampling.plans import FIRST, Candidate

_WITH_FAMILIES = b"goldthread frame with sibling groups\0"


def rank(seed: str, purpose: str, text: str, algorithm: str = FIRST) -> bytes:
    """A place in the order: the keyed hash (HMAC-SHA-256, the seed being the key) of what is ranked, for a purpose."""
    return hmac.digest(str(seed).encode(), f"{algorithm}\0{purpose}\0{text}".encode(), "sha256")


def start(seed: str, below: int, algorithm: str) -> int:
    """A random whole number from 0 up to, and without, `below`. Of 256 bits: no number is favoured that one could see.

    The seed alone decides it, so that a frame in another order is entered at the same place.
    """
    return int.from_bytes(rank(seed, "start", "", algorithm), "big") % below


def frame_hash(frame: Iterable[Candidate]) -> str:
    """The SHA-256 of a frame: equal for equal frames in any order, different when anyone joins, leaves or moves.

    Families are part of it where any is known.
    """
    candidates = sorted(frame, key=lambda c: (c.id, c.stratum))
    families = any(candidate.family for candidate in candidates)
    whole = hashlib.sha256(_WITH_FAMILIES if families else b"")
    for candidate in candidates:
        for part in (candidate.id, candidate.stratum, *((candidate.family,) if families else ())):
            text = part.encode()
            whole.update(len(text).to_bytes(8, "big") + text)
    return whole.hexdigest()
