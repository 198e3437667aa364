"""Every status in the house, and what the one table of moves between them (`domain/moves.py`) allows.

State is a table, not an `if`: what may happen to a thing is read here, refused here and drawn from here
(`docs/lifecycle.md` is printed by `domain/lifecycle_page.py`; a test compares the two). Who may make a move is another
question, answered by the policy in `apps/access`.
"""

from enum import StrEnum

from goldthread.domain.move import Move
from goldthread.domain.moves import MOVES, NAMES
from goldthread.domain.statuses import (
    AccuracyComment,
    AskedFamily,
    AuditAction,
    Case,
    CaseReview,
    Challenge,
    Conversation,
    CorrectionNotice,
    CouncilCopy,
    CouncilMessage,
    CouncilsYes,
    DataQuery,
    Departure,
    Document,
    Draft,
    Draw,
    Edition,
    Finding,
    HandOver,
    InformationRequest,
    Inspection,
    Judgement,
    LocalRules,
    Observation,
    OfflinePack,
    OwnersWord,
    OwnVersion,
    PlannedAction,
    PracticeReview,
    PractitionersPart,
    PrePublicationCopy,
    Promise,
    Recommendation,
    Redaction,
    ReferralBack,
    Report,
    Round,
    SecondReading,
    Submission,
    Survey,
    SurveyTheme,
    SurveyWords,
    Timetable,
    Training,
    YouSaid,
)

__all__ = [
    "MOVES",
    "NAMES",
    "AccuracyComment",
    "AskedFamily",
    "AuditAction",
    "Case",
    "CaseReview",
    "Challenge",
    "Conversation",
    "CorrectionNotice",
    "CouncilCopy",
    "CouncilMessage",
    "CouncilsYes",
    "DataQuery",
    "Departure",
    "Document",
    "Draft",
    "Draw",
    "Edition",
    "Finding",
    "HandOver",
    "IllegalMove",
    "InformationRequest",
    "Inspection",
    "Judgement",
    "LocalRules",
    "Move",
    "Observation",
    "OfflinePack",
    "OwnVersion",
    "OwnersWord",
    "PlannedAction",
    "PracticeReview",
    "PractitionersPart",
    "PrePublicationCopy",
    "Promise",
    "Recommendation",
    "Redaction",
    "ReferralBack",
    "Report",
    "Round",
    "SecondReading",
    "Submission",
    "Survey",
    "SurveyTheme",
    "SurveyWords",
    "Timetable",
    "Training",
    "YouSaid",
    "can_move",
    "moves_from",
    "require_move",
]


class IllegalMove(ValueError):
    """The status may not change so. The message is one plain sentence for the person who tried."""


def moves_from(thing: type[StrEnum], status: str) -> tuple[Move, ...]:
    """The moves that are open from a status, forward ones first. Raises IllegalMove for an unknown status."""
    return MOVES[thing][_status(thing, status)]


def can_move(thing: type[StrEnum], old: str, new: str) -> bool:
    """Whether the table allows the move. An unknown status allows nothing."""
    try:
        require_move(thing, old, new)
    except IllegalMove:
        return False
    return True


def require_move(thing: type[StrEnum], old: str, new: str) -> Move:
    """The move from one status to another, which says whether it needs a reason.

    Raises IllegalMove, with a sentence that names what is open instead, when the table does not allow it.
    """
    here, there = _status(thing, old), _status(thing, new)
    open_moves = MOVES[thing][here]
    for move in open_moves:
        if move.to is there:
            return move
    name = NAMES[thing]
    if not open_moves:
        raise IllegalMove(f"This {name} is {in_words(here)}, and that is final: it cannot become {in_words(there)}.")
    choices = " or ".join(in_words(move.to) for move in open_moves)
    raise IllegalMove(
        f"This {name} is {in_words(here)} and cannot become {in_words(there)}; from here it can become {choices}."
    )


def _status(thing: type[StrEnum], value: str) -> StrEnum:
    try:
        return thing(value)
    except ValueError:
        raise IllegalMove(f"“{value}” is not a status of a {NAMES[thing]}.") from None


def in_words(status: StrEnum) -> str:
    """A status as a sentence has it."""
    return status.value.replace("-", " ")


if __name__ == "__main__":  # pragma: no cover - prints the page
    from goldthread.domain.lifecycle_page import page

    print(page(), end="")
