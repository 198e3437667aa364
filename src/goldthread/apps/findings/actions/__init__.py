"""Everything that writes findings, citations and judgements."""

from goldthread.apps.findings.actions.citations import answer_contrary, cite, remove_citation
from goldthread.apps.findings.actions.findings import agree, change_finding, reopen, withdraw, write_finding
from goldthread.apps.findings.actions.judgements import (
    DepartureUnexplained,
    GradeNotAllowed,
    agree_judgement,
    propose_judgement,
    reopen_judgement,
)

__all__ = [
    "DepartureUnexplained",
    "GradeNotAllowed",
    "agree",
    "agree_judgement",
    "answer_contrary",
    "change_finding",
    "cite",
    "propose_judgement",
    "remove_citation",
    "reopen",
    "reopen_judgement",
    "withdraw",
    "write_finding",
]
