"""Everything that changes draws, cases, case reviews and urgent concerns."""

from goldthread.apps.cases.actions.allocation import allocate, allocate_evenly, set_aside
from goldthread.apps.cases.actions.concerns import acknowledge_concern, raise_urgent_concern
from goldthread.apps.cases.actions.draws import make_draw, record_export, release_draw, supersede_draw
from goldthread.apps.cases.actions.journeys import open_case_journey
from goldthread.apps.cases.actions.reviews import (
    ClashedAnswer,
    Saved,
    Typed,
    give_back,
    save_answers,
    sign_off,
    start_review,
)

__all__ = [
    "ClashedAnswer",
    "Saved",
    "Typed",
    "acknowledge_concern",
    "allocate",
    "allocate_evenly",
    "give_back",
    "make_draw",
    "open_case_journey",
    "raise_urgent_concern",
    "record_export",
    "release_draw",
    "save_answers",
    "set_aside",
    "sign_off",
    "start_review",
    "supersede_draw",
]
