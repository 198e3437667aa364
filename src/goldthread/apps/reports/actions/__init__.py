"""Everything that is done to a report: written, checked, published, and checked for its facts by the council."""

from goldthread.apps.reports.actions.accuracy_comments import (
    ChangeNeeded,
    answer_comment,
    change_comment,
    drop_comment,
    send_comments,
    write_comment,
)
from goldthread.apps.reports.actions.accuracy_proof import MOST_PROOFS, add_proof, take_proof_off
from goldthread.apps.reports.actions.checking import NoteNeeded, approve, send_back, submit, take_back
from goldthread.apps.reports.actions.corrections import drop_notice, publish_notice, write_notice
from goldthread.apps.reports.actions.council_copies import (
    give_answers,
    give_copy,
    move_last_day,
    record_comments_export,
    record_copy_file,
    take_copy_back,
)
from goldthread.apps.reports.actions.editions import (
    approve_edition,
    change_edition,
    make_edition,
    publish_edition,
    send_edition_back,
    submit_edition,
)
from goldthread.apps.reports.actions.embargo import (
    WrongMoment,
    give_pre_copy,
    lift_embargo,
    move_embargo,
    open_pre_copy,
    take_pre_copy_back,
)
from goldthread.apps.reports.actions.recognising import look_through
from goldthread.apps.reports.actions.versions import change_section, compose, publish

__all__ = [
    "MOST_PROOFS",
    "ChangeNeeded",
    "NoteNeeded",
    "WrongMoment",
    "add_proof",
    "answer_comment",
    "approve",
    "approve_edition",
    "change_comment",
    "change_edition",
    "change_section",
    "compose",
    "drop_comment",
    "drop_notice",
    "give_answers",
    "give_copy",
    "give_pre_copy",
    "lift_embargo",
    "look_through",
    "make_edition",
    "move_embargo",
    "move_last_day",
    "open_pre_copy",
    "publish",
    "publish_edition",
    "publish_notice",
    "record_comments_export",
    "record_copy_file",
    "send_back",
    "send_comments",
    "send_edition_back",
    "submit",
    "submit_edition",
    "take_back",
    "take_copy_back",
    "take_pre_copy_back",
    "take_proof_off",
    "write_comment",
    "write_notice",
]
