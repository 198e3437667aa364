"""Everything that changes surveys, invitations, answers and words."""

from goldthread.apps.surveys.actions.answering import answer, type_in
from goldthread.apps.surveys.actions.reading import record_words_look, settle_words, shelve_words
from goldthread.apps.surveys.actions.running import close_survey, invite, open_survey, record_letters, reopen_survey
from goldthread.apps.surveys.actions.shelving import shelve_result

__all__ = [
    "answer",
    "close_survey",
    "invite",
    "open_survey",
    "record_letters",
    "record_words_look",
    "reopen_survey",
    "settle_words",
    "shelve_result",
    "shelve_words",
    "type_in",
]
