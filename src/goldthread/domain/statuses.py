"""Every status in the house. What may become of what is told by the table in `lifecycle`, which hands these on."""

from enum import StrEnum


class Inspection(StrEnum):
    """An inspection, from setting it up to the sealed archive."""

    SET_UP = "set-up"
    NOTIFIED = "notified"
    FIELDWORK = "fieldwork"
    MODERATION = "moderation"
    ACCURACY = "accuracy"
    PUBLISHED = "published"
    CHALLENGE_WINDOW = "challenge-window"
    ARCHIVED = "archived"


class Submission(StrEnum):
    """A file of child-level data, while the machine reads it."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"


class HandOver(StrEnum):
    """The same file, seen from the wall between the two sides: only what is submitted can be seen by the team."""

    STAGED = "staged"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Document(StrEnum):
    """How far one version of a document has crossed the wall between the authority and the team."""

    STAGED = "staged"
    SUBMITTED = "submitted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Redaction(StrEnum):
    """Passages to be taken out of a document, on their way into a version without them."""

    CHOSEN = "chosen"
    ASKED = "asked"
    MADE = "made"
    REFUSED = "refused"


class DataQuery(StrEnum):
    """A question that the team puts to the authority about an issue in its data."""

    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


class LocalRules(StrEnum):
    """A file of rules of the authority's own: a version, which is never changed and at most one of which counts."""

    UPLOADED = "uploaded"
    IN_FORCE = "in-force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class InformationRequest(StrEnum):
    """Something that the team asks the council for: a document, a figure, a list of names."""

    ASKED = "asked"
    SEEN = "seen"
    ANSWERED = "answered"
    SENT_BACK = "sent-back"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class CouncilMessage(StrEnum):
    """A message of the team to the council, which keeps it in touch while fieldwork goes on."""

    DRAFT = "draft"
    RELEASED = "released"
    DISCARDED = "discarded"


class Timetable(StrEnum):
    """A timetable of fieldwork that was asked for, while the machine works it out."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class Draw(StrEnum):
    """A draw of children for case review."""

    DRAFTED = "drafted"
    DRAWN = "drawn"
    SUPERSEDED = "superseded"


class Case(StrEnum):
    """One child of a draw, on the way to being reviewed."""

    DRAWN = "drawn"
    ALLOCATED = "allocated"
    IN_REVIEW = "in-review"
    REVIEWED = "reviewed"
    SET_ASIDE = "set-aside"


class CaseReview(StrEnum):
    """One inspector's review of one case."""

    NOT_STARTED = "not-started"
    DRAFT = "draft"
    SIGNED_OFF = "signed-off"
    SUPERSEDED = "superseded"


class ReferralBack(StrEnum):
    """A child's case that the team referred back to the council because it could not wait."""

    TOLD = "told"
    ANSWERED = "answered"
    CLOSED = "closed"
    ESCALATED = "escalated"


class OfflinePack(StrEnum):
    """Cases that a reviewer has on a device to work on without a connection."""

    OUT = "out"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class SecondReading(StrEnum):
    """The reading of a file by another reviewer, who sees nothing of the first until both are signed off."""

    GIVEN = "given"
    COMPARED = "compared"
    SETTLED = "settled"
    CALLED_OFF = "called-off"


class PractitionersPart(StrEnum):
    """A finished review that a practitioner of the council was shown, before it counts."""

    RELEASED = "released"
    SENT = "sent"
    WEIGHED = "weighed"
    TAKEN_BACK = "taken-back"
    GONE_ON = "gone-on"


class Training(StrEnum):
    """A training in which reviewers read practice cases about invented children."""

    OPEN = "open"
    CLOSED = "closed"


class PracticeReview(StrEnum):
    """One reviewer's attempt at one practice case."""

    DRAFT = "draft"
    SIGNED_OFF = "signed-off"


class Draft(StrEnum):
    """The next version of an own instrument or framework, while it is being written."""

    WRITING = "writing"
    PUBLISHED = "published"
    DROPPED = "dropped"


class OwnVersion(StrEnum):
    """A published version of an own instrument or framework. What was begun on it keeps it, whatever becomes of it."""

    OFFERED = "offered"
    WITHDRAWN = "withdrawn"


class Round(StrEnum):
    """One month of an audit programme: its seed is there before its files are."""

    PLANNED = "planned"
    DRAWN = "drawn"
    CLOSED = "closed"
    CALLED_OFF = "called-off"


class AuditAction(StrEnum):
    """Something to be done that an audit gave rise to, with its owner."""

    OPEN = "open"
    PROOF_GIVEN = "proof-given"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Conversation(StrEnum):
    """A conversation with a child, a family, a carer, staff or a partner. Nothing is written before it is agreed to."""

    PLANNED = "planned"
    AGREED = "agreed"
    HELD = "held"
    NOT_HELD = "not-held"
    WITHDRAWN = "withdrawn"


class Observation(StrEnum):
    """Practice that an inspector watched."""

    DRAFT = "draft"
    ON_SHELF = "on-shelf"


class Survey(StrEnum):
    """A survey that is put to families, children, carers, staff or partners."""

    OPEN = "open"
    CLOSED = "closed"


class SurveyWords(StrEnum):
    """What somebody wrote in a survey in their own words, as it is read for a child who may not be safe."""

    WAITING = "waiting"
    RELEASED = "released"
    KEPT_BACK = "kept-back"
    CONCERN = "concern"


class SurveyTheme(StrEnum):
    """A theme into which people sort what was written in a survey."""

    IN_USE = "in-use"
    MERGED = "merged"


class AskedFamily(StrEnum):
    """The family of a child whose file was drawn, as a survey goes to them."""

    LEFT_OUT = "left-out"
    INVITED = "invited"


class Promise(StrEnum):
    """What was promised to a council of children in care."""

    OPEN = "open"
    KEPT = "kept"
    NOT_KEPT = "not-kept"


class Finding(StrEnum):
    """What the team says it found, resting on items of the evidence shelf."""

    DRAFT = "draft"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


class Judgement(StrEnum):
    """The grade of one area, with its reason."""

    PROPOSED = "proposed"
    AGREED = "agreed"


class Departure(StrEnum):
    """Whether a judgement may go against a rule that normally holds."""

    NOT_NEEDED = "not-needed"
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Challenge(StrEnum):
    """What quality assurance asks of a judgement."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Report(StrEnum):
    """One version of the report."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    PUBLISHED = "published"


class Edition(StrEnum):
    """An edition of a version of the report: for children and young people, in easy read, or translated."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    PUBLISHED = "published"


class CorrectionNotice(StrEnum):
    """A notice that corrects a published report."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    DROPPED = "dropped"


class CouncilCopy(StrEnum):
    """The copy of a report that the council was given so that it can check its facts."""

    OUT = "out"
    COMMENTED = "commented"
    ANSWERS_GIVEN = "answers-given"
    TAKEN_BACK = "taken-back"


class PrePublicationCopy(StrEnum):
    """A published report that one person of the authority may read before its moment. The moment ends it by itself."""

    OUT = "out"
    TAKEN_BACK = "taken-back"


class AccuracyComment(StrEnum):
    """What the council says of one paragraph of its copy. Nobody of the team sees a draft."""

    DRAFT = "draft"
    DROPPED = "dropped"
    SENT = "sent"
    ANSWERED = "answered"


class Recommendation(StrEnum):
    """What a council is asked to better, as the inspectors see it."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class OwnersWord(StrEnum):
    """What the owner of a recommendation says of it. It closes nothing."""

    AT_WORK = "at-work"
    DONE = "done"


class PlannedAction(StrEnum):
    """What the council says that it will do about a recommendation. Only the inspectors accept that it is done."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    SAID_DONE = "said-done"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class YouSaid(StrEnum):
    """What families said beside what changed, as it is told to them."""

    DRAFT = "draft"
    SHOWN = "shown"
    TAKEN_BACK = "taken-back"


class CouncilsYes(StrEnum):
    """Whether the council says yes to what families are to be promised in its name."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    YES = "yes"
    NO = "no"
