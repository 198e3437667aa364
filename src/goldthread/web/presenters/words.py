"""Statuses in words and colours, once for every page."""

from typing import Any

COLOURS = {
    "green": {
        "read",
        "signed-off",
        "reviewed",
        "agreed",
        "approved",
        "published",
        "submitted",
        "current",
        "drawn",
        "open",
    },
    "blue": {"received", "reading", "in-review", "allocated", "fieldwork", "moderation", "notified", "accuracy"},
    "yellow": {"draft", "drafted", "proposed", "staged", "returned", "set-up", "not-started"},
    "red": {"refused", "withdrawn"},
}
# Where the word of the lifecycle would puzzle a reader.
SAYS = {
    "accuracy": "Factual accuracy check",
    "staged": "Not handed over yet",
    "set-up": "Being set up",
    "reading": "Being read",
}


def status(value: Any) -> str:
    """A status as a reader says it."""
    text = str(getattr(value, "value", value))
    return SAYS.get(text, text.replace("-", " ").capitalize())


def hand_over(submission: Any) -> str:
    """How a submission stands at the wall, as a reader says it; a refused one waits for nobody."""
    if submission.status == "refused" and submission.hand_over == "staged":
        return "Cannot be handed over"
    if submission.hand_over == "submitted":
        return "The team's own" if submission.side == "team" else "Handed over"
    return status(submission.hand_over)


def colour(value: Any) -> str:
    """A quiet colour for a status; the word says it all without it."""
    text = str(getattr(value, "value", value))
    return next((name for name, statuses in COLOURS.items() if text in statuses), "grey")
