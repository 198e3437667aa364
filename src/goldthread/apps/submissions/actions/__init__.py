"""Everything that changes a submission: receiving it, reading it, handing it over, and looking in the vault."""

from goldthread.apps.submissions.actions.accepting import accept, reopen_accepted
from goldthread.apps.submissions.actions.asking import answer, ask, close, reopen
from goldthread.apps.submissions.actions.correcting import read_again, say_meanings, take_back
from goldthread.apps.submissions.actions.crossing import hand_over, withdraw
from goldthread.apps.submissions.actions.local_rules import (
    carry_local_rules,
    put_in_force,
    upload_local_rules,
    withdraw_local_rules,
)
from goldthread.apps.submissions.actions.mending import corrected_copy
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
from goldthread.apps.submissions.actions.receiving import Sent, make_key, receive
from goldthread.apps.submissions.actions.scanning import scan
from goldthread.apps.submissions.actions.typing import forget_typed_text, keep_typed_text
from goldthread.apps.submissions.actions.vault import LOOK_REASONS, look_up, open_journey, record_export, record_picture

__all__ = [
    "LOOK_REASONS",
    "Finished",
    "Measured",
    "Sent",
    "accept",
    "answer",
    "ask",
    "carry_local_rules",
    "claim_next",
    "close",
    "corrected_copy",
    "finish",
    "forget_typed_text",
    "free_dead_claims",
    "give_back",
    "hand_over",
    "keep_typed_text",
    "look_up",
    "make_key",
    "open_journey",
    "progress",
    "put_in_force",
    "read_again",
    "receive",
    "record_export",
    "record_picture",
    "refuse",
    "reopen",
    "reopen_accepted",
    "say_meanings",
    "scan",
    "take_back",
    "upload_local_rules",
    "withdraw",
    "withdraw_local_rules",
]
