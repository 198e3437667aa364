"""The events of gathering: documents, conversations, observations, promises to children, and packs taken offline."""

from goldthread.apps.journal.event import Event


class EventsOfGathering:
    """Events of what is read, heard and seen. They are among `Events`, where everybody looks for them."""

    OFFLINE_LEAVE = Event("offline.leave", "{by} changed {about}", "Whether cases may be taken offline")
    OFFLINE_TAKEN = Event("offline.taken", "{by} took {about}", "An offline pack taken")
    OFFLINE_PLACED = Event("offline.placed", "{by} put {about} on a device", "An offline pack put on a device")
    OFFLINE_OPENED = Event("offline.opened", "{by} was given the key of {about}", "An offline pack opened")
    OFFLINE_RETURNED = Event(
        "offline.returned", "{by} sent home answers of {about}", "Answers of an offline pack returned"
    )
    OFFLINE_SETTLED = Event(
        "offline.settled", "{by} settled a clash of {about}", "A clash with an answer made offline settled"
    )
    OFFLINE_WITHDRAWN = Event("offline.withdrawn", "{by} withdrew {about}", "An offline pack withdrawn")
    OFFLINE_PURGED = Event("offline.purged", "{by} had {about} purged from its device", "An offline pack purged")
    OFFLINE_GIVEN_UP = Event("offline.given-up", "{by} gave {about} up without its device", "An offline pack given up")
    DOCUMENT_RECEIVED = Event("document.received", "{by} uploaded {about}", "A document uploaded")
    DOCUMENT_DESCRIBED = Event("document.described", "{by} described {about}", "A document described")
    DOCUMENT_READ_IN = Event("document.read-in", "The text of {about} was read", "The text of a document read")
    DOCUMENT_REFUSED = Event("document.refused", "{about} could not be read", "A document refused")
    DOCUMENT_SUBMITTED = Event("document.submitted", "{by} submitted {about} to the team", "A document submitted")
    DOCUMENT_SUPERSEDED = Event(
        "document.superseded", "A newer version took the place of {about}", "A document superseded"
    )
    DOCUMENT_WITHDRAWN = Event("document.withdrawn", "{by} took {about} back", "A document taken back")
    DOCUMENT_READ = Event("document.read", "{by} has read {about}", "A document marked as read")
    DOCUMENT_UNREAD = Event("document.unread", "{by} has not read {about} after all", "A document marked as unread")
    DOCUMENT_NOTED = Event("document.noted", "{by} wrote a note on {about}", "A note on a document")
    DOCUMENT_TAGGED = Event("document.tagged", "{by} put a tag on {about}", "A tag put on a document")
    DOCUMENT_UNTAGGED = Event("document.untagged", "{by} took a tag off {about}", "A tag taken off a document")
    DOCUMENT_SEEN = Event(
        "document.seen", "The text of pages of {about} was read from their pictures", "The text of pictures read"
    )
    DOCUMENT_DRAWN = Event("document.drawn", "{by} had pages of {about} shown as pictures", "Pages shown as pictures")
    REDACTION_CHOSEN = Event(
        "redaction.chosen", "{by} chose passages to take out, in {about}", "Passages to take out chosen"
    )
    REDACTION_ASKED = Event("redaction.asked", "{by} had a version made, by {about}", "A redacted version asked for")
    REDACTION_MADE = Event("redaction.made", "A version was made by {about}, and looked at again", "A version redacted")
    REDACTION_REFUSED = Event("redaction.refused", "No version was made by {about}", "A redaction refused")
    HEARING_TARGET_SET = Event("hearing.target-set", "{by} set {about}", "A target of whom to hear set")
    HEARING_TARGET_CHANGED = Event("hearing.target-changed", "{by} changed {about}", "A target of whom to hear changed")
    HEARING_TARGET_REMOVED = Event(
        "hearing.target-removed", "{by} took out {about}", "A target of whom to hear taken out"
    )
    CONVERSATION_PLANNED = Event("conversation.planned", "{by} planned {about}", "A conversation planned")
    CONVERSATION_CHANGED = Event("conversation.changed", "{by} changed {about}", "The plan of a conversation changed")
    CONVERSATION_AGREED = Event(
        "conversation.agreed", "{by} recorded consent to {about}", "Consent to a conversation recorded"
    )
    CONVERSATION_NARROWED = Event(
        "conversation.narrowed", "{by} recorded that less may be done with {about}", "Consent narrowed"
    )
    CONVERSATION_NOTED = Event("conversation.noted", "{by} wrote notes of {about}", "Notes of a conversation written")
    CONVERSATION_READ = Event("conversation.read", "{by} read the notes of {about}", "Notes of a conversation read")
    CONVERSATION_HELD = Event("conversation.held", "{by} finished the notes of {about}", "A conversation held")
    CONVERSATION_OPENED = Event(
        "conversation.opened", "{by} opened the notes of {about} again", "Notes of a conversation opened again"
    )
    CONVERSATION_NOT_HELD = Event(
        "conversation.not-held", "{by} noted that {about} was not held", "A conversation not held"
    )
    CONVERSATION_AGAIN = Event("conversation.again", "{by} planned {about} again", "A conversation planned again")
    CONVERSATION_WITHDRAWN = Event(
        "conversation.withdrawn",
        "{by} recorded that {about} was taken back, and wiped its notes",
        "A conversation withdrawn and wiped",
    )
    CONVERSATION_CONCERN = Event(
        "conversation.concern", "{by} raised an urgent concern in {about}", "An urgent concern in a conversation"
    )
    CONVERSATION_CONCERN_ANSWERED = Event(
        "conversation.concern-answered",
        "{by} answered the urgent concern in {about}",
        "An urgent concern in a conversation answered",
    )
    OBSERVATION_WRITTEN = Event("observation.written", "{by} wrote down {about}", "An observation written down")
    OBSERVATION_CHANGED = Event("observation.changed", "{by} changed {about}", "An observation changed")
    OBSERVATION_SHELVED = Event("observation.shelved", "{by} put {about} on the shelf", "An observation on the shelf")
    OBSERVATION_OPENED = Event("observation.opened", "{by} opened {about} again", "An observation opened again")
    CARE_COUNCIL_WRITTEN = Event(
        "care-council.written", "{by} wrote down {about}", "A meeting of children in care written down"
    )
    CARE_COUNCIL_CHANGED = Event("care-council.changed", "{by} changed {about}", "Meeting of children in care changed")
    PROMISE_MADE = Event("promise.made", "{by} wrote down {about}", "A promise to children in care written down")
    PROMISE_SETTLED = Event("promise.settled", "{by} noted what became of {about}", "What became of a promise")
    SURVEY_OPENED = Event("survey.opened", "{by} opened {about}", "A survey opened")
    SURVEY_CLOSED = Event("survey.closed", "{by} closed {about}", "A survey closed")
    SURVEY_REOPENED = Event("survey.reopened", "{by} opened {about} again", "A survey opened again")
    SURVEY_INVITED = Event("survey.invited", "{by} made invitations to {about}", "Invitations to a survey made")
    SURVEY_PRINTED = Event("survey.printed", "{by} printed letters of {about}", "Letters of a survey printed")
    SURVEY_TYPED = Event("survey.typed", "{by} typed in a paper form of {about}", "A paper form of a survey typed in")
    SURVEY_WORDS_SETTLED = Event(
        "survey.words-settled", "{by} said what becomes of words written in {about}", "Words of a survey settled"
    )
    SURVEY_FAMILIES_ASKED = Event(
        "survey.families-asked", "{by} asked the families of a sample in {about}", "Families of a sample asked"
    )
    SURVEY_THEME_MADE = Event("survey-theme.made", "{by} made {about}", "A theme of a survey made")
    SURVEY_THEME_RENAMED = Event("survey-theme.renamed", "{by} renamed {about}", "A theme of a survey renamed")
    SURVEY_THEME_MERGED = Event(
        "survey-theme.merged", "{by} merged {about} into another theme", "A theme of a survey merged"
    )
    SURVEY_THEME_PARTED = Event(
        "survey-theme.parted", "{by} took back the merging of {about}", "The merging of a theme taken back"
    )
    SURVEY_THEME_SHELVED = Event("survey-theme.shelved", "{by} put {about} on the shelf", "A theme of a survey shelved")
    SURVEY_WORDS_CODED = Event(
        "survey.words-coded", "{by} sorted words written in {about} into themes", "Words of a survey sorted into themes"
    )
    SURVEY_SHELVED = Event("survey.shelved", "{by} put a result of {about} on the shelf", "A survey result shelved")
