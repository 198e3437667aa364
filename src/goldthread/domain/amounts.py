"""Amounts that a sentence states, in words or numbers, and whether what it rests on bears them out.

"A third of the files" under a finding whose evidence counts nothing looks like a measurement and is an impression.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.domain.easy.figures import Figure, figures, not_said
from goldthread.domain.share_words import Measured, unsupported

_NO_SHARE = re.compile(r"\bhalf(?:[\s-]+(?:an?\s+)?(?:hours?|days?|years?|terms?|yearly|way)\b)", re.IGNORECASE)
_LONE = frozenset({"third", "quarter"})


@dataclass(frozen=True, slots=True)
class Borne:
    """What evidence says: its words, and the shares that it measured, in per cent."""

    words: str
    shares: tuple[Measured, ...] = ()


def amounts(text: str) -> list[Figure]:
    """The shares that a text states: fractions, so many of so many, per cents. "The third visit" states none."""
    return [
        one for one in figures(_NO_SHARE.sub("", text)) if one.share is not None and one.written.lower() not in _LONE
    ]


def not_borne(text: str, evidence: Iterable[Borne]) -> list[str]:
    """The amounts of a text that no evidence bears out, as they are written: none of it says the same, and no measured
    share has them within its range. Words such as "most" are asked of the house's table where a share was measured."""
    held = list(evidence)
    shares = [one for each in held for one in each.shares]
    told = [one.written for one in amounts(text) if not any(_bears(one, each) for each in held)]
    return told + [one.word for one in unsupported(text, shares)]


def _bears(amount: Figure, evidence: Borne) -> bool:
    assert amount.share is not None
    if any(one.low <= amount.share <= one.high for one in evidence.shares):
        return True
    return not not_said(amount.written, evidence.words)
