"""Everything that changes surveys, invitations, answers and words."""

from goldthread.apps.surveys.actions.answering import answer, type_in
from goldthread.apps.surveys.actions.exporting import record_export
from goldthread.apps.surveys.actions.families import ask_families
from goldthread.apps.surveys.actions.reading import settle_words, shelve_words
from goldthread.apps.surveys.actions.running import close_survey, invite, open_survey, record_letters, reopen_survey
from goldthread.apps.surveys.actions.shelving import shelve_result
from goldthread.apps.surveys.actions.themes import (
    code_words,
    make_theme,
    merge_theme,
    part_theme,
    rename_theme,
    shelve_theme,
)

__all__ = [
    "answer",
    "ask_families",
    "close_survey",
    "code_words",
    "invite",
    "make_theme",
    "merge_theme",
    "open_survey",
    "part_theme",
    "record_export",
    "record_letters",
    "rename_theme",
    "reopen_survey",
    "settle_words",
    "shelve_result",
    "shelve_theme",
    "shelve_words",
    "type_in",
]
