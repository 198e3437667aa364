"""Everything that changes an audit programme."""

from goldthread.apps.programme.actions.bringing import bring_own_audits
from goldthread.apps.programme.actions.learning import change_learning, mark_shared, write_learning
from goldthread.apps.programme.actions.rounds import Otherwise, draw_round, look_ahead, move_round, see_reminder
from goldthread.apps.programme.actions.rule import note_auditor, set_rule
from goldthread.apps.programme.actions.telling import tell_council
from goldthread.apps.programme.actions.to_do import (
    change_action,
    give_action,
    prove_action,
    record_actions_export,
    settle_action,
)

__all__ = [
    "Otherwise",
    "bring_own_audits",
    "change_action",
    "change_learning",
    "draw_round",
    "give_action",
    "look_ahead",
    "mark_shared",
    "move_round",
    "note_auditor",
    "prove_action",
    "record_actions_export",
    "see_reminder",
    "set_rule",
    "settle_action",
    "tell_council",
    "write_learning",
]
