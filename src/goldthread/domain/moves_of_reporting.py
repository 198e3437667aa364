"""Which status may follow which in what the team writes at the end: findings, judgements, the report, its check."""

from collections.abc import Mapping
from enum import StrEnum

from goldthread.domain.move import Move, back
from goldthread.domain.statuses import (
    AccuracyComment,
    Challenge,
    CorrectionNotice,
    CouncilCopy,
    Departure,
    Edition,
    Finding,
    Judgement,
    PrePublicationCopy,
    Report,
)

REPORTING: Mapping[type[StrEnum], Mapping[StrEnum, tuple[Move, ...]]] = {
    Finding: {
        Finding.DRAFT: (
            Move(Finding.AGREED, "the team agrees it"),
            back(Finding.WITHDRAWN, "it does not stand"),
        ),
        Finding.AGREED: (
            back(Finding.DRAFT, "it is opened again"),
            back(Finding.WITHDRAWN, "it no longer stands"),
        ),
        Finding.WITHDRAWN: (),
    },
    Judgement: {
        Judgement.PROPOSED: (Move(Judgement.AGREED, "the lead inspector records the team's judgement"),),
        Judgement.AGREED: (back(Judgement.PROPOSED, "it is opened again"),),
    },
    Departure: {
        Departure.NOT_NEEDED: (Move(Departure.WAITING, "the grade goes against a rule that normally holds"),),
        Departure.WAITING: (
            Move(Departure.APPROVED, "quality assurance approves it"),
            back(Departure.DECLINED, "quality assurance declines it"),
            Move(Departure.NOT_NEEDED, "the grade no longer goes against a rule"),
        ),
        Departure.APPROVED: (
            Move(Departure.WAITING, "the grade, the rules or the reason given for departing have changed"),
            Move(Departure.NOT_NEEDED, "the grade no longer goes against a rule"),
        ),
        Departure.DECLINED: (
            Move(Departure.WAITING, "the grade, the rules or the reason given for departing have changed"),
            Move(Departure.NOT_NEEDED, "the grade no longer goes against a rule"),
        ),
    },
    Challenge: {
        Challenge.OPEN: (
            Move(Challenge.ANSWERED, "the lead inspector or who proposed the judgement answers it"),
            Move(Challenge.CLOSED, "the quality-assurance manager closes it"),
        ),
        Challenge.ANSWERED: (
            Move(Challenge.CLOSED, "the quality-assurance manager closes it"),
            back(Challenge.OPEN, "the answer does not meet it"),
        ),
        Challenge.CLOSED: (),
    },
    Report: {
        Report.DRAFT: (Move(Report.SUBMITTED, "it goes for quality assurance"),),
        Report.SUBMITTED: (
            Move(Report.APPROVED, "quality assurance passes it"),
            back(Report.RETURNED, "quality assurance asks for changes"),
            back(Report.DRAFT, "its author takes it back"),
        ),
        Report.RETURNED: (
            Move(Report.DRAFT, "its author takes up the changes"),
            Move(Report.SUBMITTED, "the changed report goes for quality assurance again"),
        ),
        Report.APPROVED: (
            Move(Report.PUBLISHED, "it is published"),
            back(Report.RETURNED, "something must change before it is published"),
        ),
        Report.PUBLISHED: (),
    },
    Edition: {
        Edition.DRAFT: (Move(Edition.SUBMITTED, "it goes to be checked against the full report"),),
        Edition.SUBMITTED: (
            Move(Edition.APPROVED, "somebody else passes it"),
            back(Edition.RETURNED, "somebody else asks for changes"),
        ),
        Edition.RETURNED: (Move(Edition.SUBMITTED, "the changed edition goes to be checked again"),),
        Edition.APPROVED: (
            Move(Edition.PUBLISHED, "it is published beside the full report"),
            back(Edition.RETURNED, "something must change before it is published"),
        ),
        Edition.PUBLISHED: (),
    },
    CorrectionNotice: {
        CorrectionNotice.SUBMITTED: (
            Move(CorrectionNotice.PUBLISHED, "somebody else passes it, and it stands on the report's page"),
            back(CorrectionNotice.DROPPED, "it does not stand"),
        ),
        CorrectionNotice.PUBLISHED: (),
        CorrectionNotice.DROPPED: (),
    },
    CouncilCopy: {
        CouncilCopy.OUT: (
            Move(CouncilCopy.COMMENTED, "the council sends its comments, or says that it has none"),
            back(CouncilCopy.TAKEN_BACK, "the lead inspector takes the copy back"),
        ),
        CouncilCopy.COMMENTED: (
            Move(CouncilCopy.ANSWERS_GIVEN, "the lead inspector lets the council read the answers"),
            back(CouncilCopy.TAKEN_BACK, "the lead inspector takes the copy back"),
        ),
        CouncilCopy.ANSWERS_GIVEN: (back(CouncilCopy.COMMENTED, "a comment came after the answers"),),
        CouncilCopy.TAKEN_BACK: (),
    },
    PrePublicationCopy: {
        PrePublicationCopy.OUT: (
            back(PrePublicationCopy.TAKEN_BACK, "the lead inspector takes the copy back before the moment"),
        ),
        PrePublicationCopy.TAKEN_BACK: (),
    },
    AccuracyComment: {
        AccuracyComment.DRAFT: (
            Move(AccuracyComment.SENT, "the council sends it to the team"),
            Move(AccuracyComment.DROPPED, "the council drops it unsent"),
        ),
        AccuracyComment.SENT: (Move(AccuracyComment.ANSWERED, "somebody outside the team answers it"),),
        AccuracyComment.ANSWERED: (),
        AccuracyComment.DROPPED: (),
    },
}

NAMES_OF_REPORTING: Mapping[type[StrEnum], str] = {
    Finding: "finding",
    Judgement: "judgement",
    Departure: "departure from a rule",
    Challenge: "challenge",
    Report: "report",
    Edition: "edition of the report",
    CorrectionNotice: "correction notice",
    CouncilCopy: "council's copy",
    PrePublicationCopy: "pre-publication copy",
    AccuracyComment: "comment on the facts",
}
"""What each is called in a sentence."""
