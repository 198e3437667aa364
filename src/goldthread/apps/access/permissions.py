"""Every permission, declared once, with the sentence that help pages and refusals use."""

from enum import StrEnum


class Permission(StrEnum):
    """What a person may do. The value is stored and shown in the authorisation matrix."""

    PUBLIC = "public"
    OWN_ACCOUNT = "own-account"
    FRAMEWORK_READ = "framework.read"
    DRAFT_WRITE = "draft.write"
    ACCOUNT_MANAGE = "account.manage"
    SITE_READ = "site.read"
    INSPECTION_CREATE = "inspection.create"
    INSPECTION_READ = "inspection.read"
    INSPECTION_EDIT = "inspection.edit"
    TEAM_READ = "team.read"
    TEAM_MANAGE = "team.manage"
    FIELDWORK_READ = "fieldwork.read"
    FIELDWORK_EDIT = "fieldwork.edit"
    AVAILABILITY_WRITE = "availability.write"
    REQUEST_READ = "request.read"
    REQUEST_ASK = "request.ask"
    REQUEST_ANSWER = "request.answer"
    MEETING_READ = "meeting.read"
    MEETING_WRITE = "meeting.write"
    MESSAGE_READ = "message.read"
    MESSAGE_RELEASE = "message.release"
    JOURNAL_READ = "journal.read"
    SUBMISSION_UPLOAD = "submission.upload"
    SUBMISSION_HAND_OVER = "submission.hand-over"
    SUBMISSION_READ = "submission.read"
    LISTS_READ = "lists.read"
    BENCHMARK_LOAD = "benchmark.load"
    SERIES_EDIT = "series.edit"
    DATA_QUERY_READ = "data-query.read"
    DATA_QUERY_ASK = "data-query.ask"
    DATA_QUERY_ANSWER = "data-query.answer"
    VAULT_READ = "vault.read"
    VAULT_SCAN = "vault.scan"
    DRAW_READ = "draw.read"
    DRAW_MAKE = "draw.make"
    DRAW_RELEASE = "draw.release"
    CASE_ALLOCATE = "case.allocate"
    CASE_READ = "case.read"
    CASE_REVIEW_READ = "case-review.read"
    CASE_REVIEW_READ_DRAFT = "case-review.read-draft"
    CASE_REVIEW_WRITE = "case-review.write"
    CASE_REVIEW_GIVE_BACK = "case-review.give-back"
    CASE_REVIEW_HAND_OVER = "case-review.hand-over"
    CASE_REVIEW_TAG = "case-review.tag"
    PRACTITIONER_RELEASE = "practitioner.release"
    PRACTITIONER_TAKE_PART = "practitioner.take-part"
    MODERATION_READ = "moderation.read"
    MODERATION_SETTLE = "moderation.settle"
    OWN_AUDIT_WRITE = "own-audit.write"
    CONCERN_ACKNOWLEDGE = "concern.acknowledge"
    REFERRAL_READ = "referral-back.read"
    REFERRAL_ANSWER = "referral-back.answer"
    DOCUMENT_READ = "document.read"
    DOCUMENT_UPLOAD = "document.upload"
    DOCUMENT_SUBMIT = "document.submit"
    DOCUMENT_WORK = "document.work"
    TRAINING_READ = "training.read"
    TRAINING_OPEN = "training.open"
    PRACTICE_WRITE = "practice.write"
    PROGRAMME_READ = "programme.read"
    PROGRAMME_RUN = "programme.run"
    STATEMENT_READ = "programme-statement.read"
    AUDITOR_NOTE = "auditor.note"
    AUDIT_ACTION_READ = "audit-action.read"
    AUDIT_ACTION_GIVE = "audit-action.give"
    AUDIT_ACTION_PROVE = "audit-action.prove"
    AUDIT_ACTION_SETTLE = "audit-action.settle"
    PLAN_READ = "plan.read"
    IMPROVEMENT_READ = "improvement.read"
    IMPROVEMENT_RUN = "improvement.run"
    IMPROVEMENT_SAY = "improvement.say-done"
    IMPROVEMENT_ACCEPT = "improvement.accept"
    CONVERSATION_READ = "conversation.read"
    CONVERSATION_PLAN = "conversation.plan"
    CONVERSATION_WRITE = "conversation.write"
    CONVERSATION_NOTES = "conversation.notes"
    SURVEY_READ = "survey.read"
    SURVEY_RUN = "survey.run"
    SURVEY_TRIAGE = "survey.triage"
    EVIDENCE_READ = "evidence.read"
    EVIDENCE_WITHDRAW = "evidence.withdraw"
    FINDING_WRITE = "finding.write"
    FINDING_COMMENT = "finding.comment"
    FINDING_AGREE = "finding.agree"
    JUDGEMENT_READ = "judgement.read"
    JUDGEMENT_PROPOSE = "judgement.propose"
    JUDGEMENT_AGREE = "judgement.agree"
    JUDGEMENT_ASSURE = "judgement.assure"
    JUDGEMENT_MODERATE = "judgement.moderate"
    REPORT_READ = "report.read"
    REPORT_WRITE = "report.write"
    REPORT_SUBMIT = "report.submit"
    REPORT_CHECK = "report.check"
    REPORT_PUBLISH = "report.publish"
    ACCURACY_READ = "accuracy.read"
    ACCURACY_RELEASE = "accuracy.release"
    ACCURACY_COMMENT = "accuracy.comment"
    ACCURACY_ANSWER = "accuracy.answer"


SAYS: dict[Permission, str] = {
    Permission.PUBLIC: "read what is published, and the pages that everybody may read",
    Permission.OWN_ACCOUNT: "use their own account and home page",
    Permission.FRAMEWORK_READ: "read the inspection frameworks",
    Permission.DRAFT_WRITE: "write the council's own instruments and frameworks, publish them and withdraw them",
    Permission.ACCOUNT_MANAGE: "add, change and close accounts",
    Permission.SITE_READ: "see that the installation is healthy",
    Permission.INSPECTION_CREATE: "set up an inspection",
    Permission.INSPECTION_READ: "see an inspection's set-up and timetable",
    Permission.INSPECTION_EDIT: "change an inspection's set-up and move it on",
    Permission.TEAM_READ: "see who takes part",
    Permission.TEAM_MANAGE: "give and end roles",
    Permission.FIELDWORK_READ: "see the timetable of fieldwork: who does what, when and where",
    Permission.FIELDWORK_EDIT: "say what fieldwork is made of, have its timetable worked out, and change it",
    Permission.AVAILABILITY_WRITE: "write down when somebody is there for fieldwork and what they bring",
    Permission.REQUEST_READ: "read what the council is asked for, and what it answered",
    Permission.REQUEST_ASK: "ask the council for documents and information, and settle what it answers",
    Permission.REQUEST_ANSWER: "answer for the council what the team asks for",
    Permission.MEETING_READ: "read the record of the team's daily meetings",
    Permission.MEETING_WRITE: "write the record of the team's daily meetings, and draft messages to the council",
    Permission.MESSAGE_READ: "read the messages by which the team keeps in touch with the council",
    Permission.MESSAGE_RELEASE: "release a message to the council",
    Permission.JOURNAL_READ: "read the journal",
    Permission.SUBMISSION_UPLOAD: "upload child-level data",
    Permission.SUBMISSION_HAND_OVER: "hand child-level data over to the team, or withdraw it",
    Permission.SUBMISSION_READ: "see what child-level data was handed in, how sound it is, and its measures",
    Permission.LISTS_READ: "read child-level data row by row, under pseudonyms",
    Permission.BENCHMARK_LOAD: "load published figures to compare with, and say as which authority",
    Permission.SERIES_EDIT: "set the target of a series, and draw its limits anew from a month on",
    Permission.DATA_QUERY_READ: "read the questions that were put to the authority about its data, and the answers",
    Permission.DATA_QUERY_ASK: "put a question about the data to the authority, and close it when it is answered",
    Permission.DATA_QUERY_ANSWER: "answer questions about the data for the authority",
    Permission.VAULT_READ: "look up the identity behind a pseudonym, each look recorded",
    Permission.VAULT_SCAN: "have a text looked through for whom the lists know, without being told whom",
    Permission.DRAW_READ: "see which children's files were drawn and why",
    Permission.DRAW_MAKE: "draw a sample of children's files",
    Permission.DRAW_RELEASE: "let the authority see which children's files were drawn",
    Permission.CASE_ALLOCATE: "allocate children's files to inspectors",
    Permission.CASE_READ: "see the cases of a sample and what is said of each child under its pseudonym",
    Permission.CASE_REVIEW_READ: "read case reviews that are signed off",
    Permission.CASE_REVIEW_READ_DRAFT: "read case reviews that are still being written",
    Permission.CASE_REVIEW_WRITE: "review a child's file and sign the review off",
    Permission.CASE_REVIEW_GIVE_BACK: "give a signed-off case review back to its reviewer",
    Permission.CASE_REVIEW_HAND_OVER: "hand a review that is being written over to another reviewer",
    Permission.CASE_REVIEW_TAG: "put themes on the reasons of a case review as tags",
    Permission.PRACTITIONER_RELEASE: "let a practitioner of the council see a finished review before it counts",
    Permission.PRACTITIONER_TAKE_PART: "read a review that was released to them, add to it and propose corrections",
    Permission.MODERATION_READ: "see how far second reading has come and how readers agree",
    Permission.MODERATION_SETTLE: "settle where two readings of a file differ",
    Permission.OWN_AUDIT_WRITE: "write down the grade that the council's own audit gave a file",
    Permission.CONCERN_ACKNOWLEDGE: "answer an urgent concern about a child",
    Permission.REFERRAL_READ: "read which children were referred back to the council, and what each side said",
    Permission.REFERRAL_ANSWER: "answer for the council what was done for a child referred back",
    Permission.DOCUMENT_READ: "search and read the council's documents",
    Permission.DOCUMENT_UPLOAD: "upload documents for the council",
    Permission.DOCUMENT_SUBMIT: "submit documents to the team for the council, or take them back",
    Permission.DOCUMENT_WORK: "mark documents as read, note and tag them, and put passages on the evidence shelf",
    Permission.TRAINING_READ: "see the training of the team, and how its reviewers agree on practice cases",
    Permission.TRAINING_OPEN: "open a training for the team, and say when a reviewer counts as calibrated",
    Permission.PRACTICE_WRITE: "review practice cases",
    Permission.PROGRAMME_READ: "see the audit programme: its rounds, how far they are and what they find",
    Permission.STATEMENT_READ: "read how the audit programme stands, as the council was told it",
    Permission.PROGRAMME_RUN: "set the rule of the audit programme, draw its rounds and mark what was learned",
    Permission.AUDITOR_NOTE: "say whether somebody audits, and which teams are their own",
    Permission.AUDIT_ACTION_READ: "read actions that audits gave rise to",
    Permission.AUDIT_ACTION_GIVE: "give somebody an action that an audit gave rise to",
    Permission.AUDIT_ACTION_PROVE: "show that an action is done",
    Permission.PLAN_READ: "read the board pack and the plan of action, which tell of no case",
    Permission.IMPROVEMENT_READ: "read recommendations with their goals, and what was found later",
    Permission.IMPROVEMENT_RUN: "make, give out, measure, close and reopen recommendations",
    Permission.IMPROVEMENT_SAY: "say what is done about a recommendation, by whom and by when, and that it is done",
    Permission.IMPROVEMENT_ACCEPT: "accept or return what the council says that it did about a recommendation",
    Permission.AUDIT_ACTION_SETTLE: "accept or return the proof of an action, or withdraw it",
    Permission.CONVERSATION_READ: "see whom the team hears and has heard, what it observed, and what was promised",
    Permission.CONVERSATION_PLAN: "say whom the team should hear, and withdraw a conversation at any time",
    Permission.CONVERSATION_WRITE: "hold conversations, and write down what was said, observed or promised",
    Permission.CONVERSATION_NOTES: "read the notes of conversations, as far as whoever spoke allowed",
    Permission.SURVEY_READ: "see surveys, their results, and the words that were released",
    Permission.SURVEY_RUN: "open and close surveys, invite people, type in paper forms, and put results on the shelf",
    Permission.SURVEY_TRIAGE: "read what people wrote in surveys first, for a child who may not be safe",
    Permission.EVIDENCE_READ: "read the evidence shelf and the findings that lean on it",
    Permission.EVIDENCE_WITHDRAW: "withdraw an item from the evidence shelf",
    Permission.FINDING_WRITE: "write findings and cite evidence",
    Permission.FINDING_COMMENT: "comment on findings, and resolve comments",
    Permission.FINDING_AGREE: "record that the team agrees a finding",
    Permission.JUDGEMENT_READ: "see working judgements",
    Permission.JUDGEMENT_PROPOSE: "propose a judgement with its reason",
    Permission.JUDGEMENT_AGREE: "record the team's judgement",
    Permission.JUDGEMENT_ASSURE: "challenge a judgement, and approve or decline its departure from a rule",
    Permission.JUDGEMENT_MODERATE: "write the record of a meeting that moderates judgements",
    Permission.REPORT_READ: "read the draft report",
    Permission.REPORT_WRITE: "write the draft report",
    Permission.REPORT_SUBMIT: "send the draft report to be checked",
    Permission.REPORT_CHECK: "check the draft report and approve it or send it back",
    Permission.REPORT_PUBLISH: "publish the approved report",
    Permission.ACCURACY_READ: "read the council's copy of the report, its comments on the facts, and the answers",
    Permission.ACCURACY_RELEASE: "give the council its copy of the report, and the answers to its comments",
    Permission.ACCURACY_COMMENT: "comment for the council on the facts of the report",
    Permission.ACCURACY_ANSWER: "answer the council's comments on the facts",
}

# Which permission shows the thing that another changes. Who lacks it is told that there is no such page.
SHOWN_BY: dict[Permission, Permission] = {
    Permission.INSPECTION_EDIT: Permission.INSPECTION_READ,
    Permission.TEAM_MANAGE: Permission.TEAM_READ,
    Permission.FIELDWORK_EDIT: Permission.FIELDWORK_READ,
    Permission.AVAILABILITY_WRITE: Permission.FIELDWORK_READ,
    Permission.REQUEST_ASK: Permission.REQUEST_READ,
    Permission.REQUEST_ANSWER: Permission.REQUEST_READ,
    Permission.MEETING_WRITE: Permission.MEETING_READ,
    Permission.MESSAGE_RELEASE: Permission.MESSAGE_READ,
    Permission.SUBMISSION_UPLOAD: Permission.SUBMISSION_READ,
    Permission.SUBMISSION_HAND_OVER: Permission.SUBMISSION_READ,
    Permission.LISTS_READ: Permission.SUBMISSION_READ,
    Permission.BENCHMARK_LOAD: Permission.INSPECTION_READ,
    Permission.SERIES_EDIT: Permission.SUBMISSION_READ,
    Permission.DATA_QUERY_ASK: Permission.DATA_QUERY_READ,
    Permission.DATA_QUERY_ANSWER: Permission.DATA_QUERY_READ,
    Permission.REFERRAL_ANSWER: Permission.REFERRAL_READ,
    Permission.DRAW_MAKE: Permission.DRAW_READ,
    Permission.DRAW_RELEASE: Permission.DRAW_READ,
    Permission.CASE_ALLOCATE: Permission.DRAW_READ,
    Permission.CASE_REVIEW_WRITE: Permission.CASE_REVIEW_READ,
    Permission.CASE_REVIEW_GIVE_BACK: Permission.CASE_REVIEW_READ,
    Permission.CASE_REVIEW_HAND_OVER: Permission.CASE_REVIEW_READ,
    Permission.CASE_REVIEW_TAG: Permission.CASE_REVIEW_READ,
    Permission.PRACTITIONER_RELEASE: Permission.CASE_REVIEW_READ,
    Permission.MODERATION_SETTLE: Permission.MODERATION_READ,
    Permission.OWN_AUDIT_WRITE: Permission.CASE_READ,
    Permission.CONCERN_ACKNOWLEDGE: Permission.CASE_READ,
    Permission.DOCUMENT_UPLOAD: Permission.DOCUMENT_READ,
    Permission.DOCUMENT_SUBMIT: Permission.DOCUMENT_READ,
    Permission.DOCUMENT_WORK: Permission.DOCUMENT_READ,
    Permission.TRAINING_OPEN: Permission.TRAINING_READ,
    Permission.PRACTICE_WRITE: Permission.TRAINING_READ,
    Permission.PROGRAMME_RUN: Permission.PROGRAMME_READ,
    Permission.AUDITOR_NOTE: Permission.PROGRAMME_READ,
    Permission.AUDIT_ACTION_GIVE: Permission.AUDIT_ACTION_READ,
    Permission.AUDIT_ACTION_PROVE: Permission.AUDIT_ACTION_READ,
    Permission.AUDIT_ACTION_SETTLE: Permission.AUDIT_ACTION_READ,
    Permission.IMPROVEMENT_RUN: Permission.IMPROVEMENT_READ,
    Permission.IMPROVEMENT_SAY: Permission.IMPROVEMENT_READ,
    Permission.IMPROVEMENT_ACCEPT: Permission.IMPROVEMENT_READ,
    Permission.CONVERSATION_PLAN: Permission.CONVERSATION_READ,
    Permission.CONVERSATION_WRITE: Permission.CONVERSATION_READ,
    Permission.CONVERSATION_NOTES: Permission.CONVERSATION_READ,
    Permission.SURVEY_RUN: Permission.SURVEY_READ,
    Permission.SURVEY_TRIAGE: Permission.SURVEY_READ,
    Permission.EVIDENCE_WITHDRAW: Permission.EVIDENCE_READ,
    Permission.FINDING_WRITE: Permission.EVIDENCE_READ,
    Permission.FINDING_COMMENT: Permission.EVIDENCE_READ,
    Permission.FINDING_AGREE: Permission.EVIDENCE_READ,
    Permission.JUDGEMENT_PROPOSE: Permission.JUDGEMENT_READ,
    Permission.JUDGEMENT_AGREE: Permission.JUDGEMENT_READ,
    Permission.JUDGEMENT_ASSURE: Permission.JUDGEMENT_READ,
    Permission.JUDGEMENT_MODERATE: Permission.JUDGEMENT_READ,
    Permission.REPORT_WRITE: Permission.REPORT_READ,
    Permission.REPORT_SUBMIT: Permission.REPORT_READ,
    Permission.REPORT_CHECK: Permission.REPORT_READ,
    Permission.REPORT_PUBLISH: Permission.REPORT_READ,
    Permission.ACCURACY_RELEASE: Permission.ACCURACY_READ,
    Permission.ACCURACY_COMMENT: Permission.ACCURACY_READ,
    Permission.ACCURACY_ANSWER: Permission.ACCURACY_READ,
}
