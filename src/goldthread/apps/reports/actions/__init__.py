"""Everything that is done to a report: written, checked, published, and checked for its facts by the council."""

from goldthread.apps.reports.actions.accuracy_comments import (
    ChangeNeeded,
    answer_comment,
    change_comment,
    drop_comment,
    send_comments,
    write_comment,
)
from goldthread.apps.reports.actions.council_copies import (
    give_answers,
    give_copy,
    move_last_day,
    record_comments_export,
    record_copy_file,
    take_copy_back,
)
from goldthread.apps.reports.actions.versions import (
    NoteNeeded,
    approve,
    change_section,
    compose,
    publish,
    send_back,
    submit,
)

__all__ = [
    "ChangeNeeded",
    "NoteNeeded",
    "answer_comment",
    "approve",
    "change_comment",
    "change_section",
    "compose",
    "drop_comment",
    "give_answers",
    "give_copy",
    "move_last_day",
    "publish",
    "record_comments_export",
    "record_copy_file",
    "send_back",
    "send_comments",
    "submit",
    "take_copy_back",
    "write_comment",
]
