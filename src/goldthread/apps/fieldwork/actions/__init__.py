"""Everything that changes fieldwork: what its timetable is made from, the timetables, and the days of the phases."""

from goldthread.apps.fieldwork.actions.applying import record_applied, record_taken_back
from goldthread.apps.fieldwork.actions.phases import (
    change_period,
    mark_period,
    move_phase,
    take_period_out,
    take_phase_back,
)
from goldthread.apps.fieldwork.actions.timetabling import (
    AVAILABILITY,
    MOST_SECONDS,
    add_task,
    ask,
    change_task,
    claim_next,
    finish,
    free_dead_claims,
    move,
    note_best,
    record_calendar_export,
    set_availability,
    stop,
    take_in,
    take_out,
    write_sites,
)

__all__ = [
    "AVAILABILITY",
    "MOST_SECONDS",
    "add_task",
    "ask",
    "change_period",
    "change_task",
    "claim_next",
    "finish",
    "free_dead_claims",
    "mark_period",
    "move",
    "move_phase",
    "note_best",
    "record_applied",
    "record_calendar_export",
    "record_taken_back",
    "set_availability",
    "stop",
    "take_in",
    "take_out",
    "take_period_out",
    "take_phase_back",
    "write_sites",
]
