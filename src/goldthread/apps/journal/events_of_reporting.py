"""The events of findings, judgements and the report: from what was seen to what everybody reads."""

from goldthread.apps.journal.event import Event


class EventsOfReporting:
    """Events of what the team concludes and tells. They are among `Events`, where everybody looks for them."""

    FINDING_WRITTEN = Event("finding.written", "{by} wrote {about}", "A finding written")
    FINDING_CHANGED = Event("finding.changed", "{by} changed {about}", "A finding changed")
    FINDING_CITED = Event("finding.cited", "{by} cited evidence in {about}", "Evidence cited")
    FINDING_CITATION_REMOVED = Event(
        "finding.citation-removed", "{by} removed a citation from {about}", "A citation removed"
    )
    FINDING_CONTRARY_ANSWERED = Event(
        "finding.contrary-answered", "{by} answered contrary evidence in {about}", "Contrary evidence answered"
    )
    FINDING_AGREED = Event("finding.agreed", "{by} agreed {about}", "A finding agreed")
    FINDING_REOPENED = Event("finding.reopened", "{by} reopened {about}", "A finding opened again")
    FINDING_WITHDRAWN = Event("finding.withdrawn", "{by} withdrew {about}", "A finding withdrawn")
    FINDING_GIVEN = Event("finding.given", "{by} gave {about} to another owner", "A finding given to another owner")
    FINDING_MERGED = Event("finding.merged", "{by} merged {about} into another finding", "Findings merged")
    FINDING_SPLIT = Event("finding.split", "{by} split {about} in two", "A finding split")
    FINDING_COMMENTED = Event("finding.commented", "{by} commented on {about}", "A comment on a finding written")
    FINDING_COMMENT_RESOLVED = Event(
        "finding.comment-resolved", "{by} resolved a comment on {about}", "A comment on a finding resolved"
    )
    FINDING_COMMENT_REOPENED = Event(
        "finding.comment-reopened", "{by} opened a comment on {about} again", "A comment on a finding opened again"
    )
    JUDGEMENT_PROPOSED = Event("judgement.proposed", "{by} proposed {about}", "A judgement proposed")
    JUDGEMENT_CHANGED = Event("judgement.changed", "{by} changed {about}", "A judgement changed")
    JUDGEMENT_AGREED = Event("judgement.agreed", "{by} recorded the team's agreement on {about}", "A judgement agreed")
    JUDGEMENT_REOPENED = Event("judgement.reopened", "{by} reopened {about}", "A judgement opened again")
    JUDGEMENT_DISSENTED = Event("judgement.dissented", "{by} dissented from {about}", "Dissent from a judgement")
    JUDGEMENT_DISSENT_TAKEN_BACK = Event(
        "judgement.dissent-taken-back", "{by} took back their dissent from {about}", "Dissent taken back"
    )
    DEPARTURE_APPROVED = Event(
        "judgement.departure-approved", "{by} approved the departure from a rule in {about}",
        "A departure from a rule approved",
    )  # fmt: skip
    DEPARTURE_DECLINED = Event(
        "judgement.departure-declined", "{by} declined the departure from a rule in {about}",
        "A departure from a rule declined",
    )  # fmt: skip
    JUDGEMENT_CHALLENGED = Event("judgement.challenged", "{by} challenged {about}", "A judgement challenged")
    CHALLENGE_ANSWERED = Event(
        "judgement.challenge-answered", "{by} answered a challenge to {about}", "A challenge answered"
    )
    CHALLENGE_ASKED_AGAIN = Event(
        "judgement.challenge-asked-again", "{by} asked a challenge to {about} again", "A challenge asked again"
    )
    CHALLENGE_CLOSED = Event("judgement.challenge-closed", "{by} closed a challenge to {about}", "A challenge closed")
    MODERATION_RECORDED = Event(
        "judgement.moderation-recorded", "{by} wrote down {about}", "A moderation meeting written down"
    )
    MODERATION_DECIDED = Event(
        "judgement.moderation-decided", "{by} wrote down what {about} decided of a judgement",
        "What a moderation meeting decided",
    )  # fmt: skip
    CAPACITY_JUDGED = Event("judgement.capacity", "{by} recorded {about}", "Capacity to improve judged")

    REPORT_COMPOSED = Event("report.composed", "{by} composed {about}", "Report composed")
    REPORT_CHANGED = Event("report.changed", "{by} changed {about}", "Report changed")
    REPORT_SUBMITTED = Event("report.submitted", "{by} sent {about} to be checked", "Report sent to be checked")
    REPORT_CHECKED = Event("report.checked", "{by} gave {about}", "A check of the report given")
    REPORT_TAKEN_BACK = Event("report.taken-back", "{by} took {about} back to change it", "Report taken back")
    REPORT_APPROVED = Event("report.approved", "{by} approved {about}", "Report approved")
    REPORT_SENT_BACK = Event("report.sent-back", "{by} sent {about} back", "Report sent back")
    REPORT_PUBLISHED = Event("report.published", "{by} published {about}", "Report published")
    REPORT_EMBARGOED = Event(
        "report.embargoed", "{by} published {about} under embargo", "Report published under embargo"
    )
    EMBARGO_MOVED = Event("embargo.moved", "{by} moved the embargo of {about}", "An embargo moved")
    EMBARGO_HELD = Event("embargo.held", "{by} had the embargo of {about} held", "An embargo held")
    EMBARGO_LIFTED = Event("embargo.lifted", "{by} lifted the embargo of {about}", "An embargo lifted")
    PRE_COPY_GIVEN = Event("pre-copy.given", "{by} gave {about}", "A pre-publication copy given")
    PRE_COPY_OPENED = Event("pre-copy.opened", "{by} opened {about}", "A pre-publication copy opened")
    PRE_COPY_FILE = Event(
        "pre-copy.file", "{by} took {about} out as a file", "A pre-publication copy taken out as a file"
    )
    PRE_COPY_TAKEN_BACK = Event("pre-copy.taken-back", "{by} took back {about}", "A pre-publication copy taken back")
    EDITION_MADE = Event("edition.made", "{by} began {about}", "Edition of the report begun")
    EDITION_CHANGED = Event("edition.changed", "{by} changed {about}", "Edition of the report changed")
    EDITION_SUBMITTED = Event("edition.submitted", "{by} sent {about} to be checked", "Edition sent to be checked")
    EDITION_APPROVED = Event("edition.approved", "{by} approved {about}", "Edition of the report approved")
    EDITION_SENT_BACK = Event("edition.sent-back", "{by} sent {about} back", "Edition of the report sent back")
    EDITION_PUBLISHED = Event("edition.published", "{by} published {about}", "Edition of the report published")
    CORRECTION_WRITTEN = Event("correction.written", "{by} wrote {about}", "Correction notice written")
    CORRECTION_PUBLISHED = Event("correction.published", "{by} published {about}", "Correction notice published")
    CORRECTION_DROPPED = Event("correction.dropped", "{by} dropped {about}", "Correction notice dropped")
    COUNCIL_COPY_GIVEN = Event("council-copy.given", "{by} gave the council {about}", "A copy given to the council")
    COUNCIL_COPY_DAY = Event("council-copy.day", "{by} moved the last day of {about}", "A last day for comments moved")
    COUNCIL_COPY_TAKEN_BACK = Event("council-copy.taken-back", "{by} took back {about}", "A council's copy taken back")
    COUNCIL_COPY_COMMENTED = Event(
        "council-copy.commented", "{by} sent the council's word on {about}", "Comments on the facts sent"
    )
    ACCURACY_ANSWERS_GIVEN = Event(
        "council-copy.answers-given", "{by} gave the council the answers on {about}", "Answers given to the council"
    )
    COUNCIL_COPY_FILE = Event(
        "council-copy.file", "{by} took {about} out as a file", "A council's copy taken out as a file"
    )
    ACCURACY_COMMENT_WRITTEN = Event("accuracy.written", "{by} wrote {about}", "A comment on the facts written")
    ACCURACY_COMMENT_CHANGED = Event("accuracy.changed", "{by} changed {about}", "A comment on the facts changed")
    ACCURACY_COMMENT_DROPPED = Event("accuracy.dropped", "{by} dropped {about}", "A comment on the facts dropped")
    ACCURACY_PROOF_ADDED = Event("accuracy.proof", "{by} put a file on {about}", "Proof put on a comment")
    ACCURACY_PROOF_TAKEN_OFF = Event("accuracy.proof-off", "{by} took a file off {about}", "Proof taken off a comment")
    ACCURACY_ANSWERED = Event("accuracy.answered", "{by} wrote {about}", "A comment on the facts answered")
    PLANNED_ACTION_WRITTEN = Event("planned-action.written", "{by} wrote {about}", "A planned action written")
    PLANNED_ACTION_BEGUN = Event("planned-action.begun", "{by} said that {about} is under way", "Planned: under way")
    PLANNED_ACTION_SAID_DONE = Event(
        "planned-action.said-done", "{by} said that {about} is done", "A planned action said to be done"
    )
    PLANNED_ACTION_NEW_DAY = Event(
        "planned-action.new-day", "{by} moved the day of {about}", "The day of a planned action moved"
    )
    PLANNED_ACTION_DROPPED = Event("planned-action.dropped", "{by} dropped {about}", "A planned action dropped")
    PLANNED_ACTION_AGAIN = Event(
        "planned-action.again", "{by} took {about} up again", "A planned action taken up again"
    )
    PLANNED_ACTION_ACCEPTED = Event(
        "planned-action.accepted", "{by} accepted that {about} is done", "A planned action accepted"
    )
    PLANNED_ACTION_RETURNED = Event("planned-action.returned", "{by} returned {about}", "A planned action returned")
    YOU_SAID_ASKED = Event("you-said.asked", "{by} asked the council about {about}", "A promise put to the council")
    YOU_SAID_YES = Event("you-said.yes", "{by} said yes for the council to {about}", "A promise that the council makes")
    YOU_SAID_NO = Event("you-said.no", "{by} said no for the council to {about}", "A promise that the council declines")
    YOU_SAID_MARKED = Event(
        "you-said.marked", "{by} found that later lists mark something in {about}", "A shown text that lists mark since"
    )
