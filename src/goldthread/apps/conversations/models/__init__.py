"""Whom the team hears, what was said, what practice it watched, and what was promised to children in care."""

from goldthread.apps.conversations.models.hearing import (
    Conversation,
    HearingTarget,
    SaidPassage,
    VoicedConcern,
)
from goldthread.apps.conversations.models.practice import CareCouncil, Observation, Promise

__all__ = [
    "CareCouncil",
    "Conversation",
    "HearingTarget",
    "Observation",
    "Promise",
    "SaidPassage",
    "VoicedConcern",
]
