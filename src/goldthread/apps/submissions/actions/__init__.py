"""Everything that changes a submission: receiving it, reading it, handing it over, and looking in the vault."""

from goldthread.apps.submissions.actions.crossing import hand_over, withdraw
from goldthread.apps.submissions.actions.reading import (
    Finished,
    Measured,
    claim_next,
    finish,
    free_dead_claims,
    give_back,
    progress,
    refuse,
)
from goldthread.apps.submissions.actions.receiving import receive
from goldthread.apps.submissions.actions.vault import LOOK_REASONS, look_up, open_journey, record_export, record_picture

__all__ = [
    "LOOK_REASONS",
    "Finished",
    "Measured",
    "claim_next",
    "finish",
    "free_dead_claims",
    "give_back",
    "hand_over",
    "look_up",
    "open_journey",
    "progress",
    "receive",
    "record_export",
    "record_picture",
    "refuse",
    "withdraw",
]
