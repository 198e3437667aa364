"""What may follow each status of what comes after an inspection: recommendations, and what their owners say of them."""

from collections.abc import Mapping
from enum import StrEnum

from goldthread.domain.move import Move
from goldthread.domain.move import back as _back
from goldthread.domain.statuses import CouncilsYes, OwnersWord, PlannedAction, Recommendation, YouSaid

IMPROVEMENT: Mapping[type[StrEnum], Mapping[StrEnum, tuple[Move, ...]]] = {
    Recommendation: {
        Recommendation.DRAFT: (
            Move(Recommendation.OPEN, "it is given to the council"),
            _back(Recommendation.WITHDRAWN, "it is not made"),
        ),
        Recommendation.OPEN: (
            Move(Recommendation.CLOSED, "what was found later shows that it is better"),
            _back(Recommendation.WITHDRAWN, "it is asked for no more"),
        ),
        Recommendation.CLOSED: (_back(Recommendation.REOPENED, "it has slipped, or was closed too soon"),),
        Recommendation.REOPENED: (
            Move(Recommendation.CLOSED, "what was found later shows that it is better"),
            _back(Recommendation.WITHDRAWN, "it is asked for no more"),
        ),
        Recommendation.WITHDRAWN: (_back(Recommendation.DRAFT, "it is made after all"),),
    },
    OwnersWord: {
        OwnersWord.AT_WORK: (Move(OwnersWord.DONE, "its owner says that it is done"),),
        OwnersWord.DONE: (_back(OwnersWord.AT_WORK, "the recommendation is reopened, or asks for something else"),),
    },
    PlannedAction: {
        PlannedAction.PLANNED: (
            Move(PlannedAction.UNDER_WAY, "work on it has begun"),
            Move(PlannedAction.SAID_DONE, "the council says that it is done, and where that can be seen"),
            _back(PlannedAction.DROPPED, "it is not to be done any more"),
        ),
        PlannedAction.UNDER_WAY: (
            Move(PlannedAction.SAID_DONE, "the council says that it is done, and where that can be seen"),
            _back(PlannedAction.DROPPED, "it is not to be done any more"),
        ),
        PlannedAction.SAID_DONE: (
            Move(PlannedAction.ACCEPTED, "the inspectors hold that it is shown to be done"),
            _back(PlannedAction.RETURNED, "the proof does not show that it is done"),
        ),
        PlannedAction.RETURNED: (
            Move(PlannedAction.SAID_DONE, "the council says that it is done, and where that can be seen"),
            _back(PlannedAction.DROPPED, "it is not to be done any more"),
        ),
        PlannedAction.ACCEPTED: (_back(PlannedAction.RETURNED, "it turned out not to be done, or not to last"),),
        PlannedAction.DROPPED: (_back(PlannedAction.PLANNED, "it is to be done after all"),),
    },
    CouncilsYes: {
        CouncilsYes.NOT_ASKED: (Move(CouncilsYes.ASKED, "the council is asked whether it promises this"),),
        CouncilsYes.ASKED: (
            Move(CouncilsYes.YES, "the council says yes to it"),
            _back(CouncilsYes.NO, "the council does not promise it"),
            Move(CouncilsYes.NOT_ASKED, "other words are written"),
        ),
        CouncilsYes.YES: (
            _back(CouncilsYes.NO, "the council does not promise it any more"),
            Move(CouncilsYes.NOT_ASKED, "other words are written"),
        ),
        CouncilsYes.NO: (
            Move(CouncilsYes.YES, "the council says yes to it after all"),
            Move(CouncilsYes.NOT_ASKED, "other words are written"),
        ),
    },
    YouSaid: {
        YouSaid.DRAFT: (Move(YouSaid.SHOWN, "it is shown to everybody who has the survey’s address"),),
        YouSaid.SHOWN: (_back(YouSaid.TAKEN_BACK, "it is not so, or could tell of somebody"),),
        YouSaid.TAKEN_BACK: (Move(YouSaid.SHOWN, "it is shown anew, with what is found by then"),),
    },
}

NAMES_OF_IMPROVEMENT: Mapping[type[StrEnum], str] = {
    Recommendation: "recommendation",
    OwnersWord: "owner’s word",
    PlannedAction: "planned action",
    CouncilsYes: "council’s yes",
    YouSaid: "telling of what changed",
}
