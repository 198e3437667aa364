"""Stretches of a text: some sentences that stand together and are compared with a question by what they mean."""

from goldthread.domain.anchoring import sentences

LONGEST = 320
"""Characters of a stretch, unless one sentence is longer. Ours: some fifty words; longer ones mean too many things."""

SHORTEST = 12
"""A stretch of fewer characters says nothing: a number of a page, a line of a form."""


def stretches(text: str) -> list[tuple[int, int]]:
    """From where to where each stretch of a page goes, in order; none overlaps another, and none cuts a sentence."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if found and end - found[-1][0] <= LONGEST:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [(start, end) for start, end in found if end - start >= SHORTEST]
