"""Texts that are nearly the same: how alike two are, told from short sketches of them, and what differs.

Alike is the share of their runs of five words that two texts have in common (the resemblance, Jaccard's index). A
sketch keeps the smallest hashes of those runs; from two sketches the resemblance is estimated without either text.
[Broder, On the resemblance and containment of documents, 1997; bottom-k sketches]
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from goldthread.domain.anchoring import sentences

RUN = 5
"""Words in a run."""

KEPT = 256
"""Hashes of a sketch. With so many, an estimate of 80 in a hundred is within 5 of the truth 19 times of 20."""

FEWEST = 8
"""Texts of fewer runs are too short to be like another."""

NEAR = 0.75
"""From this resemblance on two documents are told to be nearly the same. Ours: about one sentence in eight changed."""

MOST_TOLD = 12
"""Sentences of each text that are shown where two differ."""

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of a text's runs of words, in order; nothing of a text that is too short."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    if len(runs) < FEWEST:
        return ()
    hashes = (int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)
    return tuple(sorted(hashes)[:KEPT])


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of runs that two texts have in common, estimated, from 0 to 1; exact where both are short."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[:KEPT]
    both = set(one) & set(other)
    return sum(each in both for each in smallest) / len(smallest)


@dataclass(frozen=True, slots=True)
class Differing:
    """What two texts do not have in common: sentences of the one alone, of the other alone, and how many of each."""

    here: tuple[str, ...]
    there: tuple[str, ...]
    here_count: int
    there_count: int

    @property
    def nothing(self) -> bool:
        """Whether every sentence of one stands in the other: they differ in layout or order only."""
        return not (self.here_count or self.there_count)


def differing(here: str, there: str, *, most: int = MOST_TOLD) -> Differing:
    """The sentences that stand in one text alone, in their order; spaces, letter case and signs do not count."""
    ours, theirs = _sentences(here), _sentences(there)
    only_here = _without(ours, Counter(key for key, _ in theirs))
    only_there = _without(theirs, Counter(key for key, _ in ours))
    return Differing(tuple(only_here[:most]), tuple(only_there[:most]), len(only_here), len(only_there))


def _sentences(text: str) -> list[tuple[str, str]]:
    told = (" ".join(text[start:end].split()) for start, end in sentences(text))
    return [(key, says) for says in told if (key := " ".join(_WORD.findall(says.casefold())))]


def _without(ours: list[tuple[str, str]], theirs: Counter[str]) -> list[str]:
    left, found = Counter(theirs), []
    for key, says in ours:
        if left[key]:
            left[key] -= 1
        else:
            found.append(says)
    return found
