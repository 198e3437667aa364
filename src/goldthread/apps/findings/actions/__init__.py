"""Everything that writes findings, citations and judgements."""

from goldthread.apps.findings.actions.challenges import answer_challenge, challenge, close_challenge
from goldthread.apps.findings.actions.citations import answer_contrary, cite, remove_citation
from goldthread.apps.findings.actions.comments import comment_on, give_finding, reopen_comment, resolve_comment
from goldthread.apps.findings.actions.departures import settle_departure
from goldthread.apps.findings.actions.dissents import dissent, take_back_dissent
from goldthread.apps.findings.actions.findings import agree, change_finding, reopen, withdraw, write_finding
from goldthread.apps.findings.actions.joining import merge_findings, split_finding
from goldthread.apps.findings.actions.judgements import agree_judgement, propose_judgement, reopen_judgement
from goldthread.apps.findings.actions.moderating import decide_of, record_moderation
from goldthread.apps.findings.rules import DepartureUnexplained, GradeNotAllowed

__all__ = [
    "DepartureUnexplained",
    "GradeNotAllowed",
    "agree",
    "agree_judgement",
    "answer_challenge",
    "answer_contrary",
    "challenge",
    "change_finding",
    "cite",
    "close_challenge",
    "comment_on",
    "decide_of",
    "dissent",
    "give_finding",
    "merge_findings",
    "propose_judgement",
    "record_moderation",
    "remove_citation",
    "reopen",
    "reopen_comment",
    "reopen_judgement",
    "resolve_comment",
    "settle_departure",
    "split_finding",
    "take_back_dissent",
    "withdraw",
    "write_finding",
]
