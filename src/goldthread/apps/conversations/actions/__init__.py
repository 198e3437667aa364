"""Everything that changes conversations, observations and promises."""

from goldthread.apps.conversations.actions.concerns import answer_concern, raise_concern
from goldthread.apps.conversations.actions.consent import agree, narrow, not_held, plan_again
from goldthread.apps.conversations.actions.councils import (
    change_care_council,
    promise,
    record_care_council,
    settle_promise,
)
from goldthread.apps.conversations.actions.notes import finish, open_again, record_look, write_notes
from goldthread.apps.conversations.actions.observing import change_observation, observe, reopen, shelve_observation
from goldthread.apps.conversations.actions.passages import shelve_passage
from goldthread.apps.conversations.actions.planning import (
    change_plan,
    change_target,
    plan,
    record_export,
    set_target,
    take_out_target,
)
from goldthread.apps.conversations.actions.typing import TYPED_HERE, keep_typing
from goldthread.apps.conversations.actions.withdrawing import withdraw

__all__ = [
    "TYPED_HERE",
    "agree",
    "answer_concern",
    "change_care_council",
    "change_observation",
    "change_plan",
    "change_target",
    "finish",
    "keep_typing",
    "narrow",
    "not_held",
    "observe",
    "open_again",
    "plan",
    "plan_again",
    "promise",
    "raise_concern",
    "record_care_council",
    "record_export",
    "record_look",
    "reopen",
    "set_target",
    "settle_promise",
    "shelve_observation",
    "shelve_passage",
    "take_out_target",
    "withdraw",
    "write_notes",
]
