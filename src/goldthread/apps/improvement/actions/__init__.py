"""Everything that changes recommendations, their goals, and what was found of them."""

from goldthread.apps.improvement.actions.goals import THREE, make_ready, read_goals, set_goal, withdraw_goal
from goldthread.apps.improvement.actions.recommendations import (
    change,
    recommend,
    record_plan_export,
    say_done,
    settle,
)

__all__ = [
    "THREE",
    "change",
    "make_ready",
    "read_goals",
    "recommend",
    "record_plan_export",
    "say_done",
    "set_goal",
    "settle",
    "withdraw_goal",
]
