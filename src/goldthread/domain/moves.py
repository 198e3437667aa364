"""Which status may follow which: the one table, and what each thing is called.

What the table means is asked in `domain/lifecycle.py`, and nowhere else.
"""

from collections.abc import Mapping
from enum import StrEnum

from goldthread.domain.move import Move
from goldthread.domain.move import back as _back
from goldthread.domain.moves_of_improvement import IMPROVEMENT, NAMES_OF_IMPROVEMENT
from goldthread.domain.moves_of_reporting import NAMES_OF_REPORTING, REPORTING
from goldthread.domain.statuses import (
    AskedFamily,
    AuditAction,
    Case,
    CaseReview,
    Conversation,
    CouncilMessage,
    DataQuery,
    Document,
    Draft,
    Draw,
    HandOver,
    InformationRequest,
    Inspection,
    LocalRules,
    Observation,
    OfflinePack,
    OwnVersion,
    PracticeReview,
    PractitionersPart,
    Promise,
    Redaction,
    ReferralBack,
    Round,
    SecondReading,
    Submission,
    Survey,
    SurveyTheme,
    SurveyWords,
    Timetable,
    Training,
)

_NOT_SAFE = Move(SurveyWords.CONCERN, "a child may not be safe, and somebody says what is done")

MOVES: Mapping[type[StrEnum], Mapping[StrEnum, tuple[Move, ...]]] = {
    Inspection: {
        Inspection.SET_UP: (Move(Inspection.NOTIFIED, "the authority is told"),),
        Inspection.NOTIFIED: (
            Move(Inspection.FIELDWORK, "fieldwork begins"),
            _back(Inspection.SET_UP, "the inspection is put off"),
        ),
        Inspection.FIELDWORK: (Move(Inspection.MODERATION, "fieldwork ends and the judgements are moderated"),),
        Inspection.MODERATION: (
            Move(Inspection.ACCURACY, "the draft report goes to the authority for its check of facts"),
            _back(Inspection.FIELDWORK, "more evidence is needed"),
        ),
        Inspection.ACCURACY: (
            Move(Inspection.PUBLISHED, "the report is published"),
            _back(Inspection.MODERATION, "the authority's comments reopen a judgement"),
        ),
        Inspection.PUBLISHED: (Move(Inspection.CHALLENGE_WINDOW, "the time for complaints begins"),),
        Inspection.CHALLENGE_WINDOW: (
            Move(Inspection.ARCHIVED, "the time for complaints is over and the evidence is sealed"),
            _back(Inspection.MODERATION, "a complaint is upheld"),
        ),
        Inspection.ARCHIVED: (),
    },
    Submission: {
        Submission.RECEIVED: (
            Move(Submission.READING, "its turn to be read has come"),
            _back(Submission.REFUSED, "it cannot be read at all"),
        ),
        Submission.READING: (
            Move(Submission.READ, "its tables, issues and measures are ready"),
            _back(Submission.REFUSED, "it cannot be read"),
            _back(Submission.RECEIVED, "reading was cut short and will start again"),
        ),
        Submission.READ: (),
        Submission.REFUSED: (),
    },
    HandOver: {
        HandOver.STAGED: (
            Move(HandOver.SUBMITTED, "the authority hands it to the team"),
            Move(HandOver.WITHDRAWN, "the authority takes it away before the team has seen it"),
        ),
        HandOver.SUBMITTED: (_back(HandOver.WITHDRAWN, "the authority takes it back, on the record"),),
        HandOver.WITHDRAWN: (),
    },
    Document: {
        Document.STAGED: (
            Move(Document.SUBMITTED, "the authority hands it to the team"),
            Move(Document.WITHDRAWN, "the authority takes it away before the team has seen it"),
        ),
        Document.SUBMITTED: (
            Move(Document.SUPERSEDED, "a newer version of it is handed to the team"),
            _back(Document.WITHDRAWN, "the authority takes it back, on the record"),
        ),
        Document.SUPERSEDED: (_back(Document.WITHDRAWN, "the authority takes it back, on the record"),),
        Document.WITHDRAWN: (),
    },
    Redaction: {
        Redaction.CHOSEN: (Move(Redaction.ASKED, "somebody has looked at it and has the version made"),),
        Redaction.ASKED: (
            Move(Redaction.MADE, "the made file was read again, and nothing of it is left"),
            _back(Redaction.REFUSED, "it could not be made, or something of it was left"),
        ),
        Redaction.MADE: (),
        Redaction.REFUSED: (),
    },
    DataQuery: {
        DataQuery.ASKED: (
            Move(DataQuery.ANSWERED, "the authority answers"),
            _back(DataQuery.CLOSED, "the question is taken back without an answer"),
        ),
        DataQuery.ANSWERED: (
            Move(DataQuery.CLOSED, "whoever asked is content with the answer"),
            _back(DataQuery.ASKED, "the answer leaves something open"),
        ),
        DataQuery.CLOSED: (_back(DataQuery.ASKED, "the matter has come up again"),),
    },
    LocalRules: {
        LocalRules.UPLOADED: (
            Move(LocalRules.IN_FORCE, "returns read from now on are checked with it"),
            _back(LocalRules.WITHDRAWN, "it is not wanted after all"),
        ),
        LocalRules.IN_FORCE: (
            Move(LocalRules.REPLACED, "another version is put in force"),
            _back(LocalRules.WITHDRAWN, "returns are no longer to be checked with it"),
        ),
        LocalRules.REPLACED: (
            Move(LocalRules.IN_FORCE, "the version after it was no better"),
            _back(LocalRules.WITHDRAWN, "it is never to be put in force again"),
        ),
        LocalRules.WITHDRAWN: (),
    },
    InformationRequest: {
        InformationRequest.ASKED: (
            Move(InformationRequest.SEEN, "the council says that it has seen it, and who answers"),
            Move(InformationRequest.ANSWERED, "the council answers"),
            _back(InformationRequest.SETTLED, "it turned out to be there already, or was settled by voice"),
            _back(InformationRequest.WITHDRAWN, "it is not wanted any more"),
        ),
        InformationRequest.SEEN: (
            Move(InformationRequest.ANSWERED, "the council answers"),
            _back(InformationRequest.SETTLED, "it turned out to be there already, or was settled by voice"),
            _back(InformationRequest.WITHDRAWN, "it is not wanted any more"),
        ),
        InformationRequest.ANSWERED: (
            Move(InformationRequest.SETTLED, "whoever asked is content with the answer"),
            _back(InformationRequest.SENT_BACK, "something is still missing"),
            _back(InformationRequest.WITHDRAWN, "it is not wanted any more"),
        ),
        InformationRequest.SENT_BACK: (
            Move(InformationRequest.ANSWERED, "the council answers again"),
            _back(InformationRequest.SETTLED, "what is there will do after all"),
            _back(InformationRequest.WITHDRAWN, "it is not wanted any more"),
        ),
        InformationRequest.SETTLED: (_back(InformationRequest.SENT_BACK, "something is missing after all"),),
        InformationRequest.WITHDRAWN: (_back(InformationRequest.ASKED, "it is wanted after all"),),
    },
    CouncilMessage: {
        CouncilMessage.DRAFT: (
            Move(CouncilMessage.RELEASED, "the lead inspector lets the council read it"),
            Move(CouncilMessage.DISCARDED, "it is not sent"),
        ),
        CouncilMessage.RELEASED: (),
        CouncilMessage.DISCARDED: (),
    },
    Timetable: {
        Timetable.WAITING: (Move(Timetable.WORKING, "its turn to be worked out has come"),),
        Timetable.WORKING: (
            Move(Timetable.READY, "the time is up, nothing better is to be had, or the best so far was asked for"),
            Move(Timetable.FAILED, "it cannot be worked out as asked"),
            Move(Timetable.WAITING, "working it out was cut short and will start again"),
        ),
        Timetable.READY: (),
        Timetable.FAILED: (),
    },
    Draw: {
        Draw.DRAFTED: (Move(Draw.DRAWN, "the plan is settled and the children are drawn"),),
        Draw.DRAWN: (_back(Draw.SUPERSEDED, "another draw takes its place"),),
        Draw.SUPERSEDED: (),
    },
    Case: {
        Case.DRAWN: (
            Move(Case.ALLOCATED, "an inspector is given the case"),
            _back(Case.SET_ASIDE, "the child should not be reviewed"),
        ),
        Case.ALLOCATED: (
            Move(Case.IN_REVIEW, "the inspector begins"),
            _back(Case.DRAWN, "the case is taken back to be given to another"),
            _back(Case.SET_ASIDE, "the child should not be reviewed"),
        ),
        Case.IN_REVIEW: (
            Move(Case.REVIEWED, "the case review is signed off"),
            _back(Case.ALLOCATED, "another inspector takes over"),
            _back(Case.SET_ASIDE, "the child should not be reviewed"),
        ),
        Case.REVIEWED: (_back(Case.IN_REVIEW, "the case review is superseded by a new one"),),
        Case.SET_ASIDE: (_back(Case.DRAWN, "the reason for setting it aside has gone"),),
    },
    CaseReview: {
        CaseReview.NOT_STARTED: (Move(CaseReview.DRAFT, "the first answer is saved"),),
        CaseReview.DRAFT: (Move(CaseReview.SIGNED_OFF, "the inspector signs it off onto the evidence shelf"),),
        CaseReview.SIGNED_OFF: (_back(CaseReview.SUPERSEDED, "a new review takes its place"),),
        CaseReview.SUPERSEDED: (),
    },
    ReferralBack: {
        ReferralBack.TOLD: (
            Move(ReferralBack.ANSWERED, "the council says what was done"),
            _back(ReferralBack.ESCALATED, "the council does not answer, or the child is not safe"),
            _back(ReferralBack.CLOSED, "it turned out otherwise, or was settled by voice"),
        ),
        ReferralBack.ANSWERED: (
            _back(ReferralBack.CLOSED, "what was done keeps the child safe"),
            _back(ReferralBack.TOLD, "the answer leaves something open"),
            _back(ReferralBack.ESCALATED, "the answer does not keep the child safe"),
        ),
        ReferralBack.ESCALATED: (
            Move(ReferralBack.ANSWERED, "the council answers after all"),
            _back(ReferralBack.CLOSED, "it was settled where it was taken to"),
        ),
        ReferralBack.CLOSED: (_back(ReferralBack.TOLD, "the matter has come up again"),),
    },
    PractitionersPart: {
        PractitionersPart.RELEASED: (
            Move(PractitionersPart.SENT, "the practitioner sends what they have to add and to correct"),
            Move(PractitionersPart.GONE_ON, "the due day is over, and the reviewer goes on without an answer"),
            _back(PractitionersPart.TAKEN_BACK, "it should not have been shown, or not to this practitioner"),
        ),
        PractitionersPart.SENT: (Move(PractitionersPart.WEIGHED, "every correction is accepted or declined"),),
        PractitionersPart.WEIGHED: (),
        PractitionersPart.TAKEN_BACK: (),
        PractitionersPart.GONE_ON: (),
    },
    OfflinePack: {
        OfflinePack.OUT: (
            Move(OfflinePack.ENDED, "the device says that it holds nothing more, or its reviewer gives it up"),
            _back(OfflinePack.WITHDRAWN, "the lead takes the leave back; the device is told when next heard of"),
        ),
        OfflinePack.WITHDRAWN: (Move(OfflinePack.ENDED, "the device holds nothing more, or it is given up"),),
        OfflinePack.ENDED: (),
    },
    SecondReading: {
        SecondReading.GIVEN: (
            Move(SecondReading.COMPARED, "both readings are signed off and laid side by side"),
            _back(SecondReading.CALLED_OFF, "nobody can read the file a second time"),
        ),
        SecondReading.COMPARED: (Move(SecondReading.SETTLED, "no difference is left open"),),
        SecondReading.SETTLED: (_back(SecondReading.COMPARED, "a difference is opened again"),),
        SecondReading.CALLED_OFF: (),
    },
    Training: {
        Training.OPEN: (Move(Training.CLOSED, "another training takes its place; what was answered stays"),),
        Training.CLOSED: (),
    },
    PracticeReview: {
        PracticeReview.DRAFT: (
            Move(PracticeReview.SIGNED_OFF, "the reviewer signs it off and is shown the model answers"),
        ),
        PracticeReview.SIGNED_OFF: (),
    },
    Round: {
        Round.PLANNED: (
            Move(Round.DRAWN, "its files are drawn and given out"),
            _back(Round.CALLED_OFF, "nothing is audited in this month"),
        ),
        Round.DRAWN: (Move(Round.CLOSED, "its files are audited, or it is said why some are not"),),
        Round.CLOSED: (_back(Round.DRAWN, "a file of it is audited after all"),),
        Round.CALLED_OFF: (_back(Round.PLANNED, "files of this month are audited after all"),),
    },
    AuditAction: {
        AuditAction.OPEN: (
            Move(AuditAction.PROOF_GIVEN, "it is done, and shown to be"),
            _back(AuditAction.WITHDRAWN, "it is not to be done any more"),
        ),
        AuditAction.PROOF_GIVEN: (
            Move(AuditAction.ACCEPTED, "the proof will do"),
            _back(AuditAction.RETURNED, "the proof does not show that it is done"),
            _back(AuditAction.WITHDRAWN, "it is not to be done any more"),
        ),
        AuditAction.RETURNED: (
            Move(AuditAction.PROOF_GIVEN, "it is done, and shown to be"),
            _back(AuditAction.WITHDRAWN, "it is not to be done any more"),
        ),
        AuditAction.ACCEPTED: (_back(AuditAction.RETURNED, "it turned out not to be done, or not to last"),),
        AuditAction.WITHDRAWN: (_back(AuditAction.OPEN, "it is to be done after all"),),
    },
    Draft: {
        Draft.WRITING: (
            Move(Draft.PUBLISHED, "nothing stands in its way, and it is published with a note of what changed"),
            Move(Draft.DROPPED, "it will not be used"),
        ),
        Draft.PUBLISHED: (),
        Draft.DROPPED: (),
    },
    OwnVersion: {
        OwnVersion.OFFERED: (_back(OwnVersion.WITHDRAWN, "nothing new shall be begun on it"),),
        OwnVersion.WITHDRAWN: (_back(OwnVersion.OFFERED, "it may be begun on again"),),
    },
    Conversation: {
        Conversation.PLANNED: (
            Move(Conversation.AGREED, "consent and its tier are recorded; from here notes can be written"),
            _back(Conversation.NOT_HELD, "it does not come about"),
        ),
        Conversation.AGREED: (
            Move(Conversation.HELD, "the notes are finished"),
            _back(Conversation.NOT_HELD, "it does not come about after all, and nothing was written"),
            _back(Conversation.WITHDRAWN, "whoever spoke takes it back: notes and passages are wiped"),
        ),
        Conversation.HELD: (
            Move(Conversation.AGREED, "the notes are opened again"),
            _back(Conversation.WITHDRAWN, "whoever spoke takes it back: notes and passages are wiped"),
        ),
        Conversation.NOT_HELD: (Move(Conversation.PLANNED, "it is planned again"),),
        Conversation.WITHDRAWN: (),
    },
    Observation: {
        Observation.DRAFT: (Move(Observation.ON_SHELF, "it goes on the evidence shelf"),),
        Observation.ON_SHELF: (_back(Observation.DRAFT, "it is opened again, and its item is superseded"),),
    },
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
    Promise: {
        Promise.OPEN: (Move(Promise.KEPT, "it was done"), Move(Promise.NOT_KEPT, "it was not done")),
        Promise.KEPT: (Move(Promise.OPEN, "it is open again"),),
        Promise.NOT_KEPT: (Move(Promise.OPEN, "it is open again"), Move(Promise.KEPT, "it was done after all")),
    },
    **REPORTING,
    **IMPROVEMENT,
}
"""What may follow each status of each thing. A status with no moves is an end."""

NAMES: Mapping[type[StrEnum], str] = {
    Inspection: "inspection",
    Submission: "submission",
    HandOver: "hand-over of a submission",
    Document: "document",
    Redaction: "redaction of a document",
    DataQuery: "data query",
    LocalRules: "version of local rules",
    InformationRequest: "request for information",
    CouncilMessage: "message to the council",
    Timetable: "timetable",
    Draw: "draw",
    Case: "case",
    CaseReview: "case review",
    ReferralBack: "referral back",
    OfflinePack: "offline pack",
    SecondReading: "second reading",
    PractitionersPart: "practitioner's part",
    Training: "training",
    PracticeReview: "practice review",
    Round: "round",
    AuditAction: "action",
    Draft: "draft",
    OwnVersion: "version",
    Conversation: "conversation",
    Observation: "observation",
    Survey: "survey",
    SurveyWords: "words of a survey",
    SurveyTheme: "theme of a survey",
    AskedFamily: "family that is asked",
    Promise: "promise",
    **NAMES_OF_REPORTING,
    **NAMES_OF_IMPROVEMENT,
}
"""What each thing is called in a sentence."""
