"""Every event that the journal can hold, declared once, with the sentence in which people read it.

`{by}` is who did it and `{about}` the thing it was done to; no sentence has room for a child-level value.
"""

from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events_of_gathering import EventsOfGathering
from goldthread.apps.journal.events_of_reporting import EventsOfReporting


class Events(EventsOfGathering, EventsOfReporting):
    """All events. Add one here, and the journal page, the help page and the checks know it."""

    SIGNED_IN = Event("access.signed-in", "{by} signed in", "Signing in")
    SIGN_IN_FAILED = Event("access.sign-in-failed", "A sign-in as {about} failed", "A failed sign-in")
    SIGNED_OUT = Event("access.signed-out", "{by} signed out", "Signing out")
    SECOND_FACTOR_SET = Event("access.second-factor-set", "{by} set up a second factor", "A second factor set up")
    SECOND_FACTOR_REMOVED = Event(
        "access.second-factor-removed", "{by} removed the second factor of {about}", "A second factor removed"
    )
    RECOVERY_CODES_MADE = Event("access.recovery-codes-made", "{by} made new recovery codes", "New recovery codes")
    PASSWORD_CHANGED = Event("access.password-changed", "{by} changed their password", "A password changed")
    PERSON_ADDED = Event("access.person-added", "{by} added an account for {about}", "An account added")
    PERSON_CHANGED = Event("access.person-changed", "{by} changed the account of {about}", "An account changed")
    PASSWORD_LINK_MADE = Event(
        "access.password-link-made", "{by} made a link for {about} to choose a password", "A link to choose a password"
    )
    IDENTITY_CONFIRMED = Event("access.identity-confirmed", "{by} confirmed who they are", "An identity confirmed")
    CONFIRMATION_FAILED = Event(
        "access.confirmation-failed", "Confirming to be {about} failed", "A confirmation that failed"
    )
    SESSION_ENDED = Event("access.session-ended", "{by} ended one of their sessions", "A session ended by its owner")
    OTHER_SESSIONS_ENDED = Event(
        "access.other-sessions-ended", "{by} ended all their sessions but one", "All sessions but one ended"
    )
    TERMS_ACCEPTED = Event("access.terms-accepted", "{by} accepted the terms of use", "Terms of use accepted")
    SESSIONS_ENDED = Event("access.sessions-ended", "{by} ended every session of {about}", "Sessions ended")
    PERSON_REOPENED = Event(
        "access.person-reopened", "{by} opened the account of {about} again", "An account opened again"
    )
    PERSON_CLOSED = Event("access.person-closed", "{by} closed the account of {about}", "An account closed")
    SITE_ROLE_GRANTED = Event(
        "access.site-role-granted", "{by} gave {about} a role across the site", "A role given across the site"
    )
    SITE_ROLE_ENDED = Event(
        "access.site-role-ended", "{by} ended a role of {about} across the site", "A role ended across the site"
    )

    DRAFT_STARTED = Event("draft.started", "{by} began {about}", "A draft begun")
    DRAFT_CHANGED = Event("draft.changed", "{by} changed {about}", "A draft changed")
    DRAFT_TAKEN_BACK = Event("draft.taken-back", "{by} took back a change of {about}", "A change of a draft taken back")
    DRAFT_PUT_BACK = Event("draft.put-back", "{by} put back a change of {about}", "A change of a draft put back")
    DRAFT_PUBLISHED = Event("draft.published", "{by} published {about}", "An own version published")
    DRAFT_DROPPED = Event("draft.dropped", "{by} dropped {about}", "A draft dropped")
    OWN_VERSION_WITHDRAWN = Event("own-version.withdrawn", "{by} withdrew {about}", "An own version withdrawn")
    OWN_VERSION_OFFERED = Event("own-version.offered", "{by} offered {about} again", "An own version offered again")

    INSPECTION_CREATED = Event("inspection.created", "{by} set up the inspection", "Inspection set up")
    INSPECTION_CHANGED = Event(
        "inspection.changed", "{by} changed the inspection's details", "Inspection's details changed"
    )
    INSPECTION_MOVED = Event("inspection.moved", "{by} moved the inspection on", "Inspection moved on")
    MEMBER_ADDED = Event("inspection.member-added", "{by} gave {about} a role in the inspection", "A role given")
    MEMBER_ENDED = Event("inspection.member-ended", "{by} ended a role of {about} in the inspection", "A role ended")
    CONFLICT_DECLARED = Event(
        "inspection.conflict-declared",
        "{by} declared a conflict of interest of {about}",
        "A conflict of interest declared",
    )
    CONFLICT_WAIVED = Event(
        "inspection.conflict-waived", "{by} waived a conflict of interest of {about}", "A conflict of interest waived"
    )

    FIELDWORK_SITES = Event("fieldwork.sites", "{by} wrote down {about}", "Sites of fieldwork written down")
    FIELDWORK_AVAILABILITY = Event("fieldwork.availability", "{by} wrote down {about}", "Availability written down")
    FIELDWORK_TASK_ADDED = Event("fieldwork.task-added", "{by} added {about}", "A task of fieldwork added")
    FIELDWORK_TASK_CHANGED = Event("fieldwork.task-changed", "{by} changed {about}", "A task of fieldwork changed")
    FIELDWORK_TASK_TAKEN_OUT = Event(
        "fieldwork.task-taken-out", "{by} took {about} out", "A task of fieldwork taken out"
    )
    FIELDWORK_CASES_TAKEN_IN = Event(
        "fieldwork.cases-taken-in", "{by} took drawn cases into the timetable", "Cases taken into the timetable"
    )
    REQUEST_ASKED = Event("request.asked", "{by} asked the council for {about}", "The council asked for information")
    REQUESTS_ASKED = Event(
        "request.asked-from-template", "{by} asked the council for what the framework's list holds",
        "The council asked by the framework's list",
    )  # fmt: skip
    REQUEST_CHANGED = Event("request.changed", "{by} changed {about}", "A request for information changed")
    REQUEST_SEEN = Event("request.seen", "{by} saw {about} for the council", "A request for information seen")
    REQUEST_ANSWERED = Event("request.answered", "{by} answered {about}", "A request for information answered")
    REQUEST_SETTLED = Event("request.settled", "{by} settled {about}", "A request for information settled")
    REQUEST_SENT_BACK = Event("request.sent-back", "{by} sent {about} back", "A request for information sent back")
    REQUEST_WITHDRAWN = Event("request.withdrawn", "{by} withdrew {about}", "A request for information withdrawn")
    REQUEST_ASKED_AGAIN = Event(
        "request.asked-again", "{by} asked for {about} after all", "A request for information asked again"
    )

    MEETING_RECORDED = Event("meeting.recorded", "{by} wrote {about}", "A meeting of the team recorded")
    MEETING_CHANGED = Event("meeting.changed", "{by} changed {about}", "The record of a meeting changed")
    MEETING_LOOK_ADDED = Event("meeting.look-added", "{by} wrote down {about}", "A thing to look at written down")
    MEETING_LOOK_DONE = Event("meeting.look-done", "{by} ticked {about}", "A thing to look at ticked")
    MEETING_LOOK_OPENED = Event("meeting.look-opened", "{by} opened {about} again", "A thing to look at opened again")
    MESSAGE_DRAFTED = Event("message.drafted", "{by} drafted {about}", "A message to the council drafted")
    MESSAGE_CHANGED = Event("message.changed", "{by} changed {about}", "A message to the council changed")
    MESSAGE_RELEASED = Event("message.released", "{by} released {about}", "A message to the council released")
    MESSAGE_DISCARDED = Event("message.discarded", "{by} discarded {about}", "A message to the council discarded")

    PHASE_MOVED = Event("inspection.phase-moved", "{by} moved {about}", "A phase moved")
    PHASE_TAKEN_BACK = Event(
        "inspection.phase-taken-back", "{by} took {about} back to the days that are worked out", "A phase taken back"
    )
    PERIOD_MARKED = Event("inspection.period-marked", "{by} marked {about}", "A period marked")
    PERIOD_CHANGED = Event("inspection.period-changed", "{by} changed {about}", "A marked period changed")
    PERIOD_TAKEN_OUT = Event("inspection.period-taken-out", "{by} took out {about}", "A marked period taken out")
    TIMETABLE_APPLIED = Event(
        "timetable.applied", "{by} gave cases to the people of {about}", "Cases given by the timetable"
    )
    TIMETABLE_TAKEN_BACK = Event(
        "timetable.taken-back", "{by} took back the cases given by {about}", "Cases given by the timetable taken back"
    )

    TIMETABLE_ASKED = Event("timetable.asked", "{by} asked for {about}", "A timetable asked for")
    TIMETABLE_STOPPED = Event(
        "timetable.stopped", "{by} took the best plan so far of {about}", "The best timetable so far taken"
    )
    TIMETABLE_MOVED = Event("timetable.moved", "{by} moved or locked a task in {about}", "A timetable changed by hand")
    TIMETABLE_READY = Event("timetable.ready", "{about} was worked out", "A timetable worked out")
    TIMETABLE_FAILED = Event("timetable.failed", "{about} could not be worked out", "A timetable that failed")

    SUBMISSION_RECEIVED = Event("submission.received", "{by} uploaded {about}", "Data uploaded")
    SUBMISSION_READ_AGAIN = Event("submission.read-again", "{by} had {about} read again", "Data read again")
    CORRECTIONS_SAID = Event("correction.said", "{by} said {about}", "The meaning of values said")
    CORRECTION_TAKEN_BACK = Event(
        "correction.taken-back", "{by} took back some of {about}", "The meaning of a value taken back"
    )
    LOCAL_RULES_UPLOADED = Event("local-rules.uploaded", "{by} uploaded {about}", "Local rules uploaded")
    LOCAL_RULES_CARRIED = Event(
        "local-rules.carried", "{by} took {about} from another inspection", "Local rules taken from elsewhere"
    )
    LOCAL_RULES_IN_FORCE = Event("local-rules.in-force", "{by} put {about} in force", "Local rules put in force")
    LOCAL_RULES_WITHDRAWN = Event("local-rules.withdrawn", "{by} withdrew {about}", "Local rules withdrawn")
    SUBMISSION_REFUSED = Event("submission.refused", "{about} was refused", "Data refused")
    SUBMISSION_READ = Event("submission.read", "{about} was read", "Data read")
    SUBMISSION_HANDED_OVER = Event("submission.handed-over", "{by} handed {about} over to the team", "Data handed over")
    SUBMISSION_WITHDRAWN = Event("submission.withdrawn", "{by} withdrew {about}", "Data withdrawn")
    BENCHMARK_LOADED = Event("benchmark.loaded", "{by} loaded {about}", "Published figures loaded")
    COMPARED_AS = Event("comparison.chosen", "{by} chose {about}", "The authority to compare as chosen")
    SERIES_TARGET = Event("series.target", "{by} set the target of {about}", "The target of a series set")
    SERIES_REBASED = Event("series.rebased", "{by} drew the limits of {about} anew", "Limits drawn anew")
    SERIES_JOINED = Event("series.joined", "{by} took back new limits of {about}", "New limits taken back")
    PAST_GRADE_NOTED = Event("past-grade.noted", "{by} wrote down {about}", "An earlier grade written down")
    PAST_GRADE_TAKEN_BACK = Event("past-grade.taken-back", "{by} took back {about}", "An earlier grade taken back")
    PAST_THEME_NOTED = Event("past-theme.noted", "{by} wrote down {about}", "A theme of an earlier inspection noted")
    PAST_THEME_TAKEN_BACK = Event("past-theme.taken-back", "{by} took back {about}", "A theme of the past taken back")
    DATA_QUERY_ASKED = Event("data-query.asked", "{by} asked {about}", "A question about the data asked")
    DATA_QUERY_ANSWERED = Event("data-query.answered", "{by} answered {about}", "A question about the data answered")
    DATA_QUERY_CLOSED = Event("data-query.closed", "{by} closed {about}", "A question about the data closed")
    DATA_QUERY_REOPENED = Event(
        "data-query.reopened", "{by} asked {about} again", "A question about the data asked again"
    )
    ISSUE_ACCEPTED = Event("issue.accepted", "{by} accepted {about} with a reason", "A query of a rule accepted")
    ISSUE_REOPENED = Event("issue.reopened", "{by} took back that {about} was accepted", "An acceptance taken back")
    VAULT_SCANNED = Event(
        "vault.scanned", "{by} had {about} looked through for whom the lists know", "A text looked through for names"
    )
    VAULT_LOOKED = Event("vault.looked", "{by} looked up the identity behind {about}", "An identity looked up")
    JOURNEY_OPENED = Event("journey.opened", "{by} opened a child's journey in {about}", "A child's journey opened")
    EXPORTED = Event("export.made", "{by} exported {about}", "Something exported")

    DRAW_MADE = Event("draw.made", "{by} drew {about}", "A sample drawn")
    DRAW_SUPERSEDED = Event("draw.superseded", "{by} replaced {about} with a new draw", "A draw replaced")
    DRAW_RELEASED = Event("draw.released", "{by} let the authority see {about}", "A draw shown to the authority")
    CASE_ALLOCATED = Event("case.allocated", "{by} allocated {about}", "A case allocated")
    CASE_FREED = Event("case.freed", "{by} took {about} back, so that nobody has it", "A case taken back")
    CONTENT_NOTICE_SET = Event(
        "case.content-notice-set", "{by} said what may be hard to read in {about}", "A content notice written"
    )
    CASE_SET_ASIDE = Event("case.set-aside", "{by} set {about} aside", "A case set aside")
    CASE_CAME_IN = Event("case.came-in", "{about} came in from the reserve", "A case come in from the reserve")
    CASE_REVIEW_STARTED = Event("case-review.started", "{by} began {about}", "A case review begun")
    CASE_REVIEW_SAVED = Event("case-review.saved", "{by} saved {about}", "A case review saved")
    CASE_REVIEW_SIGNED_OFF = Event("case-review.signed-off", "{by} signed off {about}", "A case review signed off")
    CASE_REVIEW_GIVEN_BACK = Event(
        "case-review.given-back", "{by} gave {about} back to its reviewer", "A case review given back"
    )
    REASON_TAGGED = Event("case-review.tagged", "{by} tagged reasons of {about}", "Reasons of a review tagged")
    CASE_REVIEW_PAUSED = Event("case-review.paused", "{by} paused {about}", "A case review paused")
    CASE_REVIEW_TIME_SAID = Event(
        "case-review.time-said", "{by} said how long they had worked on {about}", "Time spent on a review said"
    )
    CASE_REVIEW_HANDED_OVER = Event(
        "case-review.handed-over", "{by} handed {about} over to another reviewer", "A case review handed over"
    )
    PRACTITIONER_SHOWN = Event(
        "practitioner.shown", "{by} let a practitioner see {about}", "A review shown to a practitioner"
    )
    PRACTITIONER_SAVED = Event("practitioner.saved", "{by} saved their part of {about}", "A practitioner's part saved")
    PRACTITIONER_SENT = Event("practitioner.sent", "{by} sent their part of {about}", "A practitioner's part sent")
    PRACTITIONER_TAKEN_BACK = Event(
        "practitioner.taken-back", "{by} took {about} back from its practitioner", "A review taken back"
    )
    PRACTITIONER_GONE_ON = Event(
        "practitioner.gone-on",
        "{by} went on with {about} without its practitioner's part",
        "A review gone on with after the due day",
    )
    PART_REQUIRED = Event("practitioner.required", "{by} changed {about}", "Whether reviews need a practitioner's part")
    PART_WAIVED = Event(
        "practitioner.waived", "{by} let {about} count without its practitioner's part", "A practitioner's part waived"
    )
    PART_NOT_WAIVED = Event(
        "practitioner.not-waived", "{by} required the practitioner's part of {about} again", "A waiver taken back"
    )
    CORRECTION_ACCEPTED = Event(
        "practitioner.correction-accepted",
        "{by} accepted a correction in {about}",
        "A practitioner's correction accepted",
    )
    CORRECTION_DECLINED = Event(
        "practitioner.correction-declined",
        "{by} declined a correction in {about}",
        "A practitioner's correction declined",
    )
    SECOND_READINGS_GIVEN = Event(
        "second-reading.given-out", "{by} gave out second readings of {about}", "Second readings given out"
    )
    SECOND_READING_GIVEN = Event(
        "second-reading.given", "{by} gave {about} to a second reader", "A file given to a second reader"
    )
    SECOND_READING_CALLED_OFF = Event(
        "second-reading.called-off", "{by} called off {about}", "A second reading called off"
    )
    SECOND_READING_COMPARED = Event(
        "second-reading.compared", "Both readings of {about} are in", "Two readings laid side by side"
    )
    DIFFERENCES_SAVED = Event(
        "second-reading.saved", "{by} settled differences in {about}", "Differences between two readings settled"
    )
    SECOND_READING_SETTLED = Event("second-reading.settled", "{by} closed {about}", "A second reading closed")
    SECOND_READING_REOPENED = Event(
        "second-reading.reopened", "{by} opened {about} again", "A second reading opened again"
    )
    OWN_AUDIT_WRITTEN = Event(
        "own-audit.written",
        "{by} wrote down the council's own audit of {about}",
        "The council's own audit written down",
    )
    URGENT_CONCERN_RAISED = Event(
        "case-review.urgent-concern", "{by} raised an urgent concern in {about}", "An urgent concern raised"
    )
    URGENT_CONCERN_ACKNOWLEDGED = Event(
        "case-review.urgent-concern-acknowledged",
        "{by} answered an urgent concern in {about}",
        "An urgent concern answered",
    )

    REFERRED_BACK = Event("referral-back.told", "{by} referred {about} back to the council", "A child referred back")
    REFERRAL_BACK_ANSWERED = Event("referral-back.answered", "{by} answered {about}", "A referral back answered")
    REFERRAL_BACK_CLOSED = Event("referral-back.closed", "{by} closed {about}", "A referral back closed")
    REFERRAL_BACK_ASKED_AGAIN = Event(
        "referral-back.asked-again", "{by} asked again about {about}", "A referral back asked again"
    )
    REFERRAL_BACK_ESCALATED = Event(
        "referral-back.escalated", "{by} took {about} further", "A referral back taken further"
    )

    TRAINING_OPENED = Event("training.opened", "{by} opened {about}", "A training opened")
    TRAINING_CLOSED = Event("training.closed", "{by} closed {about}", "A training closed")
    TRAINING_LEVEL_SET = Event(
        "training.level-set", "{by} set when a reviewer counts as calibrated in {about}", "Level of calibration set"
    )
    TRAINING_STOOD_ASIDE = Event(
        "training.stood-aside", "{by} stood aside in {about} and sees every answer", "Standing aside in a training"
    )
    PRACTICE_STARTED = Event("practice.started", "{by} began {about}", "A practice case begun")
    PRACTICE_SAVED = Event("practice.saved", "{by} saved {about}", "A practice case saved")
    PRACTICE_SIGNED_OFF = Event("practice.signed-off", "{by} signed {about} off", "A practice case signed off")
    PRACTICE_REFLECTED = Event(
        "practice.reflected", "{by} wrote down what they take from {about}", "A reflection on a practice case"
    )
    PROGRAMME_RULE_SET = Event("programme.rule-set", "{by} set {about}", "A rule of an audit programme set")
    AUDITOR_NOTED = Event("programme.auditor-noted", "{by} noted {about}", "An auditor's part noted")
    ROUND_PLANNED = Event("programme.round-planned", "{by} planned {about}", "A round planned")
    ROUND_LOOKED_AHEAD = Event(
        "programme.round-looked-ahead", "{by} looked at which files {about} would draw", "A look at a round's files"
    )
    ROUND_DRAWN = Event("programme.round-drawn", "{by} drew {about} and gave its files out", "A round drawn")
    ROUND_CLOSED = Event("programme.round-closed", "{by} closed {about}", "A round closed")
    ROUND_REOPENED = Event("programme.round-reopened", "{by} opened {about} again", "A round opened again")
    ROUND_CALLED_OFF = Event("programme.round-called-off", "{by} called off {about}", "A round called off")
    PROGRAMME_TOLD = Event(
        "programme.told",
        "{by} told the council how the audit programme stands, in {about}",
        "A statement of a programme",
    )
    REMINDER_SEEN = Event("programme.reminder-seen", "{by} has seen {about}", "A reminder seen")
    AUDIT_ACTION_GIVEN = Event("audit-action.given", "{by} gave out {about}", "An action given")
    AUDIT_ACTION_CHANGED = Event("audit-action.changed", "{by} changed {about}", "An action changed")
    AUDIT_ACTION_PROVED = Event("audit-action.proved", "{by} gave proof of {about}", "Proof of an action given")
    AUDIT_ACTION_ACCEPTED = Event("audit-action.accepted", "{by} accepted the proof of {about}", "An action accepted")
    AUDIT_ACTION_RETURNED = Event("audit-action.returned", "{by} returned {about}", "An action returned")
    AUDIT_ACTION_WITHDRAWN = Event("audit-action.withdrawn", "{by} withdrew {about}", "An action withdrawn")
    AUDIT_ACTION_AGAIN = Event("audit-action.again", "{by} opened {about} again", "An action opened again")
    RECOMMENDED = Event("recommendation.made", "{by} made {about}", "A recommendation made")
    RECOMMENDATION_CHANGED = Event("recommendation.changed", "{by} changed {about}", "A recommendation changed")
    RECOMMENDATION_GIVEN = Event("recommendation.given", "{by} gave the council {about}", "A recommendation given out")
    RECOMMENDATION_SAID_DONE = Event("recommendation.said-done", "{by} said that {about} is done", "Said to be done")
    RECOMMENDATION_CLOSED = Event("recommendation.closed", "{by} closed {about}", "A recommendation closed")
    RECOMMENDATION_REOPENED = Event("recommendation.reopened", "{by} reopened {about}", "A recommendation reopened")
    RECOMMENDATION_SLIPPED = Event(
        "recommendation.slipped", "A goal slipped, and {about} was reopened by it", "A goal that slipped"
    )
    RECOMMENDATION_WITHDRAWN = Event("recommendation.withdrawn", "{by} withdrew {about}", "A recommendation withdrawn")
    RECOMMENDATION_AGAIN = Event("recommendation.again", "{by} took {about} up again", "Taken up again")
    GOAL_SET = Event("recommendation.goal-set", "{by} set a goal for {about}", "A goal set")
    GOAL_WITHDRAWN = Event("recommendation.goal-withdrawn", "{by} took a goal of {about} away", "A goal taken away")
    YOU_SAID_WRITTEN = Event("you-said.written", "{by} wrote {about}", "What families are told, written")
    YOU_SAID_SHOWN = Event("you-said.shown", "{by} showed {about} to everybody", "What families are told, shown")
    YOU_SAID_TAKEN_BACK = Event("you-said.taken-back", "{by} took {about} back", "What families are told, taken back")
    GOALS_READ = Event("recommendation.read-again", "{by} looked what was found of {about} since", "Goals read again")
    LEARNING_WRITTEN = Event("learning.written", "{by} wrote {about} down", "Learning written down")
    LEARNING_CHANGED = Event("learning.changed", "{by} changed {about}", "Learning changed")
    LEARNING_SHARED = Event("learning.shared", "{by} marked {about} as shared", "Learning shared")
    OWN_AUDITS_BROUGHT = Event(
        "own-audit.brought", "{by} brought the grades of an audit programme to {about}", "Own audits brought"
    )

    EVIDENCE_SHELVED = Event("evidence.shelved", "{by} put {about} on the evidence shelf", "Evidence put on the shelf")
    EVIDENCE_SUPERSEDED = Event("evidence.superseded", "{about} was superseded", "Evidence superseded")
    EVIDENCE_REINSTATED = Event("evidence.reinstated", "{about} says again what is so", "Evidence current again")
    EVIDENCE_ANCHORED = Event(
        "evidence.anchored", "{about} was found again in a newer version of its source", "Evidence found again"
    )
    EVIDENCE_WITHDRAWN = Event(
        "evidence.withdrawn", "{by} withdrew {about} from the evidence shelf", "Evidence withdrawn"
    )


EVENTS: dict[str, Event] = {
    event.code: event
    for held in (Events, EventsOfGathering, EventsOfReporting)
    for event in vars(held).values()
    if isinstance(event, Event)
}
"""Each by its code."""
