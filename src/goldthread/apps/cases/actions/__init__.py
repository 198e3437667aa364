"""Everything that changes draws, cases, case reviews, second readings and urgent concerns."""

from goldthread.apps.cases.actions.allocation import allocate, allocate_evenly, set_aside
from goldthread.apps.cases.actions.answers import ClashedAnswer, Typed
from goldthread.apps.cases.actions.concerns import acknowledge_concern, raise_urgent_concern
from goldthread.apps.cases.actions.content_notices import set_content_notice
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
from goldthread.apps.cases.actions.practitioners import (
    go_on_without_practitioner,
    save_part,
    send_part,
    show_to_practitioner,
    take_back_from_practitioner,
    weigh_correction,
)
from goldthread.apps.cases.actions.required_parts import require_part_again, require_parts, waive_part
from goldthread.apps.cases.actions.reviews import Saved, give_back, save_answers, sign_off, start_review
from goldthread.apps.cases.actions.second_readings import (
    call_off_second_reading,
    change_second_reader,
    give_second_readings,
)
from goldthread.apps.cases.actions.tags import record_roll_up_export, tag_reason
from goldthread.apps.cases.actions.time_spent import (
    count_time,
    hand_over_review,
    pause_review,
    resume_review,
    say_time,
)
from goldthread.apps.cases.interests import InConflict

__all__ = [
    "ClashedAnswer",
    "InConflict",
    "Saved",
    "Typed",
    "acknowledge_concern",
    "allocate",
    "allocate_evenly",
    "apply_timetable",
    "call_off_second_reading",
    "change_second_reader",
    "close_second_reading",
    "count_time",
    "give_back",
    "give_second_readings",
    "go_on_without_practitioner",
    "hand_over_review",
    "make_draw",
    "open_case_journey",
    "pause_review",
    "raise_urgent_concern",
    "record_agreement_export",
    "record_export",
    "record_roll_up_export",
    "release_draw",
    "reopen_second_reading",
    "require_part_again",
    "require_parts",
    "resume_review",
    "save_answers",
    "save_part",
    "say_time",
    "send_part",
    "set_aside",
    "set_content_notice",
    "settle",
    "show_to_practitioner",
    "sign_off",
    "start_review",
    "supersede_draw",
    "tag_reason",
    "take_back_from_practitioner",
    "take_cases_in",
    "take_timetable_back",
    "waive_part",
    "weigh_correction",
    "write_own_audit",
]
