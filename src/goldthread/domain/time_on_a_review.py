"""How long somebody worked on a review, from the moments at which its page was open and in use.

A page tells every so often that it is in use: somebody typed, clicked or scrolled within the last two minutes. What
lies between two such moments counts where they are near each other, so that a page left open over lunch counts
nothing. Nothing else is kept than the sum and the last such moment.
"""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

BEAT_SECONDS = 60
"""How often a page in use tells so."""

LONGEST_GAP = 150
"""Seconds between two moments that still count as work without a break: two beats and a slow connection [J]."""

MOST_MINUTES_SAID = 50 * 60
"""More than this for one file is a slip of the pen [J]."""

FEWEST_REVIEWERS = 3
"""A total over fewer people would tell how long one of them took [J]."""


def seconds_between(last: datetime | None, now: datetime) -> int:
    """Seconds that count between two moments of use; none after a break, nor where the clock was put back."""
    if last is None:
        return 0
    gap = (now - last).total_seconds()
    return round(gap) if 0 < gap <= LONGEST_GAP else 0


def usual_minutes(minutes: Sequence[int]) -> int | None:
    """The middle of several times in minutes, rounded; None where there is none."""
    return round(median(minutes)) if minutes else None
