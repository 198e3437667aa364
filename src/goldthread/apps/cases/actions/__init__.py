"""Everything that changes draws, cases, case reviews, second readings and urgent concerns."""

from goldthread.apps.cases.actions.allocation import allocate, allocate_evenly, set_aside
from goldthread.apps.cases.actions.answers import ClashedAnswer, Typed
from goldthread.apps.cases.actions.concerns import acknowledge_concern, raise_urgent_concern
from goldthread.apps.cases.actions.draws import make_draw, record_export, release_draw, supersede_draw
from goldthread.apps.cases.actions.fieldwork import apply_timetable, take_cases_in, take_timetable_back
from goldthread.apps.cases.actions.journeys import open_case_journey
from goldthread.apps.cases.actions.moderation import (
    close_second_reading,
    reopen_second_reading,
    settle,
    write_own_audit,
)
from goldthread.apps.cases.actions.moderation_files import record_agreement_export
from goldthread.apps.cases.actions.reviews import Saved, give_back, save_answers, sign_off, start_review
from goldthread.apps.cases.actions.second_readings import (
    call_off_second_reading,
    change_second_reader,
    give_second_readings,
)

__all__ = [
    "ClashedAnswer",
    "Saved",
    "Typed",
    "acknowledge_concern",
    "allocate",
    "allocate_evenly",
    "apply_timetable",
    "call_off_second_reading",
    "change_second_reader",
    "close_second_reading",
    "give_back",
    "give_second_readings",
    "make_draw",
    "open_case_journey",
    "raise_urgent_concern",
    "record_agreement_export",
    "record_export",
    "release_draw",
    "reopen_second_reading",
    "save_answers",
    "set_aside",
    "settle",
    "sign_off",
    "start_review",
    "supersede_draw",
    "take_cases_in",
    "take_timetable_back",
    "write_own_audit",
]
