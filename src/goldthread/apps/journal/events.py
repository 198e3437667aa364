"""Every event that the journal can hold, declared once, with the sentence in which people read it.

`{by}` is who did it and `{about}` the thing it was done to; no sentence has room for a child-level value.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event: the code that is stored, and the sentence that is shown."""

    code: str
    says: str


class Events:
    """All events. Add one here, and the journal page, the help page and the checks know it."""

    SIGNED_IN = Event("access.signed-in", "{by} signed in")
    SIGN_IN_FAILED = Event("access.sign-in-failed", "A sign-in as {about} failed")
    SIGNED_OUT = Event("access.signed-out", "{by} signed out")
    SECOND_FACTOR_SET = Event("access.second-factor-set", "{by} set up a second factor")
    SECOND_FACTOR_REMOVED = Event("access.second-factor-removed", "{by} removed the second factor of {about}")
    RECOVERY_CODES_MADE = Event("access.recovery-codes-made", "{by} made new recovery codes")
    PASSWORD_CHANGED = Event("access.password-changed", "{by} changed their password")
    PERSON_ADDED = Event("access.person-added", "{by} added an account for {about}")
    PERSON_CHANGED = Event("access.person-changed", "{by} changed the account of {about}")
    PASSWORD_LINK_MADE = Event("access.password-link-made", "{by} made a link for {about} to choose a password")
    IDENTITY_CONFIRMED = Event("access.identity-confirmed", "{by} confirmed who they are")
    CONFIRMATION_FAILED = Event("access.confirmation-failed", "Confirming to be {about} failed")
    SESSION_ENDED = Event("access.session-ended", "{by} ended one of their sessions")
    OTHER_SESSIONS_ENDED = Event("access.other-sessions-ended", "{by} ended all their sessions but one")
    TERMS_ACCEPTED = Event("access.terms-accepted", "{by} accepted the terms of use")
    SESSIONS_ENDED = Event("access.sessions-ended", "{by} ended every session of {about}")
    PERSON_REOPENED = Event("access.person-reopened", "{by} opened the account of {about} again")
    PERSON_CLOSED = Event("access.person-closed", "{by} closed the account of {about}")
    SITE_ROLE_GRANTED = Event("access.site-role-granted", "{by} gave {about} a role across the site")
    SITE_ROLE_ENDED = Event("access.site-role-ended", "{by} ended a role of {about} across the site")

    INSPECTION_CREATED = Event("inspection.created", "{by} set up the inspection")
    INSPECTION_CHANGED = Event("inspection.changed", "{by} changed the inspection's details")
    INSPECTION_MOVED = Event("inspection.moved", "{by} moved the inspection on")
    MEMBER_ADDED = Event("inspection.member-added", "{by} gave {about} a role in the inspection")
    MEMBER_ENDED = Event("inspection.member-ended", "{by} ended a role of {about} in the inspection")
    CONFLICT_DECLARED = Event("inspection.conflict-declared", "{by} declared a conflict of interest of {about}")
    CONFLICT_WAIVED = Event("inspection.conflict-waived", "{by} waived a conflict of interest of {about}")

    SUBMISSION_RECEIVED = Event("submission.received", "{by} uploaded {about}")
    SUBMISSION_REFUSED = Event("submission.refused", "{about} was refused")
    SUBMISSION_READ = Event("submission.read", "{about} was read")
    SUBMISSION_HANDED_OVER = Event("submission.handed-over", "{by} handed {about} over to the team")
    SUBMISSION_WITHDRAWN = Event("submission.withdrawn", "{by} withdrew {about}")
    VAULT_LOOKED = Event("vault.looked", "{by} looked up the identity behind {about}")
    EXPORTED = Event("export.made", "{by} exported {about}")

    DRAW_MADE = Event("draw.made", "{by} drew {about}")
    DRAW_SUPERSEDED = Event("draw.superseded", "{by} replaced {about} with a new draw")
    DRAW_RELEASED = Event("draw.released", "{by} let the authority see {about}")
    CASE_ALLOCATED = Event("case.allocated", "{by} allocated {about}")
    CASE_SET_ASIDE = Event("case.set-aside", "{by} set {about} aside")
    CASE_CAME_IN = Event("case.came-in", "{about} came in from the reserve")
    CASE_REVIEW_STARTED = Event("case-review.started", "{by} began {about}")
    CASE_REVIEW_SAVED = Event("case-review.saved", "{by} saved {about}")
    CASE_REVIEW_SIGNED_OFF = Event("case-review.signed-off", "{by} signed off {about}")
    CASE_REVIEW_GIVEN_BACK = Event("case-review.given-back", "{by} gave {about} back to its reviewer")
    URGENT_CONCERN_RAISED = Event("case-review.urgent-concern", "{by} raised an urgent concern in {about}")
    URGENT_CONCERN_ACKNOWLEDGED = Event(
        "case-review.urgent-concern-acknowledged", "{by} answered an urgent concern in {about}"
    )

    EVIDENCE_SHELVED = Event("evidence.shelved", "{by} put {about} on the evidence shelf")
    EVIDENCE_SUPERSEDED = Event("evidence.superseded", "{about} was superseded")
    EVIDENCE_WITHDRAWN = Event("evidence.withdrawn", "{by} withdrew {about} from the evidence shelf")

    FINDING_WRITTEN = Event("finding.written", "{by} wrote {about}")
    FINDING_CHANGED = Event("finding.changed", "{by} changed {about}")
    FINDING_CITED = Event("finding.cited", "{by} cited evidence in {about}")
    FINDING_CITATION_REMOVED = Event("finding.citation-removed", "{by} removed a citation from {about}")
    FINDING_CONTRARY_ANSWERED = Event("finding.contrary-answered", "{by} answered contrary evidence in {about}")
    FINDING_AGREED = Event("finding.agreed", "{by} agreed {about}")
    FINDING_REOPENED = Event("finding.reopened", "{by} reopened {about}")
    FINDING_WITHDRAWN = Event("finding.withdrawn", "{by} withdrew {about}")
    JUDGEMENT_PROPOSED = Event("judgement.proposed", "{by} proposed {about}")
    JUDGEMENT_CHANGED = Event("judgement.changed", "{by} changed {about}")
    JUDGEMENT_AGREED = Event("judgement.agreed", "{by} recorded the team's agreement on {about}")
    JUDGEMENT_REOPENED = Event("judgement.reopened", "{by} reopened {about}")

    REPORT_COMPOSED = Event("report.composed", "{by} composed {about}")
    REPORT_CHANGED = Event("report.changed", "{by} changed {about}")
    REPORT_SUBMITTED = Event("report.submitted", "{by} sent {about} to be checked")
    REPORT_APPROVED = Event("report.approved", "{by} approved {about}")
    REPORT_SENT_BACK = Event("report.sent-back", "{by} sent {about} back")
    REPORT_PUBLISHED = Event("report.published", "{by} published {about}")


EVENTS: dict[str, Event] = {event.code: event for event in vars(Events).values() if isinstance(event, Event)}
