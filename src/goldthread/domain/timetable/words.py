"""Days, hours and lists as people read them."""

from collections.abc import Sequence
from datetime import date


def clock(minutes: int) -> str:
    """An hour of the day: 9:30 for 570 minutes after midnight."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def day_words(day: date) -> str:
    """A day: Monday 4 May."""
    return f"{day:%A} {day.day} {day:%B}"


def duration(minutes: int) -> str:
    """How long something takes: 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])


def listed(words: Sequence[str]) -> str:
    """Several things in one sentence: Ana, Ben and Cem."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
