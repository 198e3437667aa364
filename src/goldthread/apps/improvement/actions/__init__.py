"""Everything that changes recommendations, their goals, and what was found of them."""

from goldthread.apps.improvement.actions.capacity import NotSaid, judge_capacity
from goldthread.apps.improvement.actions.goals import THREE, make_ready, read_goals, set_goal, withdraw_goal
from goldthread.apps.improvement.actions.planned import bring_proof, move_day, move_planned, plan_action, settle_planned
from goldthread.apps.improvement.actions.recommendations import (
    LATEST_DUE_DAYS,
    change,
    recommend,
    record_plan_export,
    say_done,
    settle,
)
from goldthread.apps.improvement.actions.you_said import (
    agree,
    answer_for_council,
    ask_council,
    look_again,
    move_you_said,
    write_you_said,
)

__all__ = [
    "LATEST_DUE_DAYS",
    "THREE",
    "NotSaid",
    "agree",
    "answer_for_council",
    "ask_council",
    "bring_proof",
    "change",
    "judge_capacity",
    "look_again",
    "make_ready",
    "move_day",
    "move_planned",
    "move_you_said",
    "plan_action",
    "read_goals",
    "recommend",
    "record_plan_export",
    "say_done",
    "set_goal",
    "settle",
    "settle_planned",
    "withdraw_goal",
    "write_you_said",
]
