"""What a move is, and the part of the table of moves that is of surveys; the whole stands in `domain/moves.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goldthread.domain.statuses import AskedFamily, Survey, SurveyTheme, SurveyWords


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of status: where to, what it means, and whether it must be given a reason."""

    to: StrEnum
    says: str
    needs_reason: bool = False


_NOT_SAFE = Move(SurveyWords.CONCERN, "a child may not be safe, and somebody says what is done")

OF_SURVEYS: Mapping[type[StrEnum], Mapping[StrEnum, tuple[Move, ...]]] = {
    Survey: {
        Survey.OPEN: (Move(Survey.CLOSED, "it is closed: nobody answers any more, and results can go on the shelf"),),
        Survey.CLOSED: (Move(Survey.OPEN, "it is opened again, and its results on the shelf are superseded"),),
    },
    SurveyWords: {
        SurveyWords.WAITING: (
            Move(SurveyWords.RELEASED, "nothing in it tells of danger or of who wrote it: the team may read it"),
            Move(SurveyWords.KEPT_BACK, "it tells who somebody is, or may not be used"),
            _NOT_SAFE,
        ),
        SurveyWords.RELEASED: (Move(SurveyWords.KEPT_BACK, "it is kept back after all"), _NOT_SAFE),
        SurveyWords.KEPT_BACK: (Move(SurveyWords.RELEASED, "the team may read it after all"), _NOT_SAFE),
        SurveyWords.CONCERN: (),
    },
    SurveyTheme: {
        SurveyTheme.IN_USE: (Move(SurveyTheme.MERGED, "it says the same as another theme, which takes its texts"),),
        SurveyTheme.MERGED: (Move(SurveyTheme.IN_USE, "it stands by itself again, with the texts that it had"),),
    },
    AskedFamily: {
        AskedFamily.LEFT_OUT: (Move(AskedFamily.INVITED, "nothing speaks against a letter any more"),),
        AskedFamily.INVITED: (),
    },
}
