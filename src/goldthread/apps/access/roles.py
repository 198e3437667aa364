"""The fourteen roles as data: what each may do, how far it reaches, and a sentence that says so.

Source: section 5 of the security reference (matrix of 14 roles and 19 classes of object); where this departs from it,
`docs/adr/0015-sessions-step-up-and-roles.md` says why. Reach:
`ALL` every row of the inspection · `OWN` rows the person made or was given · `SIDE` rows of the person's own side ·
`RELEASED` rows of the other side that a recorded release has let through.
"""

from dataclasses import dataclass
from enum import StrEnum

from goldthread.apps.access.permissions import Permission as P


class Side(StrEnum):
    """On which side of the wall a person or a row stands."""

    TEAM = "team"
    AUTHORITY = "authority"
    RESPONDENT = "respondent"
    PUBLIC = "public"


class Reach(StrEnum):
    """How far a permission reaches within an inspection."""

    ALL = "all"
    SIDE = "side"
    OWN = "own"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its words, its side, and its permissions with their reach. `site` roles hold outside any inspection."""

    slug: str
    title: str
    says: str
    side: Side
    may: dict[P, Reach]
    site: bool = False


_TEAM_READ: dict[P, Reach] = {
    P.INSPECTION_READ: Reach.ALL, P.TEAM_READ: Reach.ALL, P.SUBMISSION_READ: Reach.RELEASED,
    P.DATA_QUERY_READ: Reach.ALL, P.CASE_REVIEW_READ: Reach.ALL, P.EVIDENCE_READ: Reach.ALL,
    P.JUDGEMENT_READ: Reach.ALL, P.REPORT_READ: Reach.ALL, P.REQUEST_READ: Reach.ALL, P.MEETING_READ: Reach.ALL,
    P.MESSAGE_READ: Reach.ALL, P.PROGRAMME_READ: Reach.ALL, P.AUDIT_ACTION_PROVE: Reach.OWN,
    P.STATEMENT_READ: Reach.ALL,
    P.DOCUMENT_READ: Reach.RELEASED,
    P.CONVERSATION_READ: Reach.ALL,
    P.SURVEY_READ: Reach.ALL, P.ACCURACY_READ: Reach.ALL, P.IMPROVEMENT_READ: Reach.ALL, P.PLAN_READ: Reach.ALL,
    P.FINDING_COMMENT: Reach.ALL,
}  # fmt: skip
# The whole sample with everybody's work on it, for the lead, the quality-assurance manager and the analyst.
_WHOLE_SAMPLE: dict[P, Reach] = {
    P.LISTS_READ: Reach.RELEASED, P.DRAW_READ: Reach.ALL, P.CASE_READ: Reach.ALL, P.CASE_REVIEW_READ_DRAFT: Reach.ALL,
    P.REFERRAL_READ: Reach.ALL, P.AUDIT_ACTION_READ: Reach.ALL,
}  # fmt: skip
# An inspector's own part of it: the files they were given, and what they write on them.
_OWN_SAMPLE: dict[P, Reach] = dict.fromkeys(_WHOLE_SAMPLE, Reach.OWN)

ROLES: dict[str, Role] = {
    role.slug: role
    for role in (
        Role(
            "lead", "Lead inspector",
            "Runs the inspection: sets it up, draws the sample, agrees findings and judgements, publishes.",
            Side.TEAM,
            {
                # Held across the site, this role lets its holder set inspections up, and write what they are made with;
                # within one, it runs it.
                P.INSPECTION_CREATE: Reach.ALL, P.DRAFT_WRITE: Reach.ALL,
                **_TEAM_READ, **_WHOLE_SAMPLE, P.DOCUMENT_WORK: Reach.ALL,
                P.INSPECTION_EDIT: Reach.ALL, P.TEAM_MANAGE: Reach.SIDE, P.JOURNAL_READ: Reach.ALL,
                P.PROGRAMME_RUN: Reach.ALL, P.AUDITOR_NOTE: Reach.ALL, P.AUDIT_ACTION_GIVE: Reach.ALL,
                P.AUDIT_ACTION_SETTLE: Reach.ALL, P.IMPROVEMENT_RUN: Reach.ALL, P.IMPROVEMENT_ACCEPT: Reach.ALL,
                P.FIELDWORK_READ: Reach.ALL, P.FIELDWORK_EDIT: Reach.ALL, P.AVAILABILITY_WRITE: Reach.ALL,
                P.REQUEST_ASK: Reach.ALL, P.MEETING_WRITE: Reach.ALL, P.MESSAGE_RELEASE: Reach.ALL,
                P.SUBMISSION_UPLOAD: Reach.ALL, P.DATA_QUERY_ASK: Reach.ALL, P.VAULT_READ: Reach.ALL,
                P.BENCHMARK_LOAD: Reach.ALL, P.SERIES_EDIT: Reach.ALL, P.DRAW_MAKE: Reach.ALL,
                P.DRAW_RELEASE: Reach.ALL, P.CONCERN_ACKNOWLEDGE: Reach.ALL,
                P.CASE_ALLOCATE: Reach.ALL, P.CASE_REVIEW_WRITE: Reach.OWN, P.CASE_REVIEW_GIVE_BACK: Reach.ALL,
                P.CASE_REVIEW_HAND_OVER: Reach.ALL, P.PRACTITIONER_RELEASE: Reach.ALL, P.CASE_REVIEW_TAG: Reach.ALL,
                P.MODERATION_READ: Reach.ALL, P.MODERATION_SETTLE: Reach.ALL, P.OWN_AUDIT_WRITE: Reach.ALL,
                P.EVIDENCE_WITHDRAW: Reach.ALL, P.FINDING_WRITE: Reach.ALL, P.FINDING_AGREE: Reach.ALL,
                P.JUDGEMENT_PROPOSE: Reach.ALL, P.JUDGEMENT_AGREE: Reach.ALL, P.REPORT_WRITE: Reach.ALL,
                P.JUDGEMENT_MODERATE: Reach.ALL,
                P.REPORT_SUBMIT: Reach.ALL, P.REPORT_PUBLISH: Reach.ALL, P.ACCURACY_RELEASE: Reach.ALL,
                P.VAULT_SCAN: Reach.ALL,
                P.TRAINING_READ: Reach.ALL, P.TRAINING_OPEN: Reach.ALL, P.PRACTICE_WRITE: Reach.OWN,
                P.CONVERSATION_PLAN: Reach.ALL, P.CONVERSATION_WRITE: Reach.ALL, P.CONVERSATION_NOTES: Reach.ALL,
                P.SURVEY_RUN: Reach.ALL, P.SURVEY_TRIAGE: Reach.ALL,
            },
        ),
        Role(
            "inspector", "Inspector",
            "Reviews the children's files given to them, writes findings, proposes judgements.",
            Side.TEAM,
            {
                **_TEAM_READ, **_OWN_SAMPLE, P.FIELDWORK_READ: Reach.ALL, P.AVAILABILITY_WRITE: Reach.OWN,
                P.DOCUMENT_WORK: Reach.ALL,
                P.REQUEST_ASK: Reach.OWN, P.MEETING_WRITE: Reach.ALL, P.AUDIT_ACTION_GIVE: Reach.OWN,
                P.AUDITOR_NOTE: Reach.OWN,
                P.JOURNAL_READ: Reach.OWN, P.DATA_QUERY_ASK: Reach.OWN, P.VAULT_READ: Reach.OWN,
                P.CASE_REVIEW_WRITE: Reach.OWN, P.MODERATION_READ: Reach.OWN, P.MODERATION_SETTLE: Reach.OWN,
                P.OWN_AUDIT_WRITE: Reach.OWN,
                P.CASE_REVIEW_HAND_OVER: Reach.OWN, P.PRACTITIONER_RELEASE: Reach.OWN, P.CASE_REVIEW_TAG: Reach.OWN,
                P.FINDING_WRITE: Reach.ALL, P.JUDGEMENT_PROPOSE: Reach.ALL, P.REPORT_WRITE: Reach.ALL,
                P.TRAINING_READ: Reach.OWN, P.PRACTICE_WRITE: Reach.OWN,
                P.CONVERSATION_WRITE: Reach.OWN, P.CONVERSATION_NOTES: Reach.OWN,
            },
        ),
        Role(
            "quality-assurance", "Quality-assurance manager",
            "Reads everything the team holds, moderates and gives back reviews, challenges judgements, checks the "
            "report, answers what the council says of it; writes none of it.",
            Side.TEAM,
            {
                **_TEAM_READ, **_WHOLE_SAMPLE, P.JOURNAL_READ: Reach.ALL, P.VAULT_READ: Reach.ALL,
                P.FIELDWORK_READ: Reach.ALL, P.AUDIT_ACTION_SETTLE: Reach.ALL, P.IMPROVEMENT_ACCEPT: Reach.ALL,
                P.CASE_REVIEW_GIVE_BACK: Reach.ALL, P.CONCERN_ACKNOWLEDGE: Reach.ALL, P.CASE_REVIEW_TAG: Reach.ALL,
                P.MODERATION_READ: Reach.ALL, P.MODERATION_SETTLE: Reach.ALL,
                P.REPORT_CHECK: Reach.ALL, P.VAULT_SCAN: Reach.ALL, P.TRAINING_READ: Reach.ALL,
                P.JUDGEMENT_ASSURE: Reach.ALL, P.JUDGEMENT_MODERATE: Reach.ALL,
                P.CONVERSATION_NOTES: Reach.ALL,
                P.SURVEY_TRIAGE: Reach.ALL, P.ACCURACY_ANSWER: Reach.ALL,
                # Held across the site, this role keeps the instruments of the council's own audits, and nothing else.
                P.DRAFT_WRITE: Reach.ALL,
            },
        ),
        Role(
            "analyst", "Data analyst",
            "Brings child-level data in, draws the sample, explains the numbers; sees no identities.",
            Side.TEAM,
            {
                **_TEAM_READ, **_WHOLE_SAMPLE, P.SUBMISSION_UPLOAD: Reach.ALL, P.DATA_QUERY_ASK: Reach.OWN,
                P.BENCHMARK_LOAD: Reach.ALL, P.SERIES_EDIT: Reach.ALL, P.DRAW_MAKE: Reach.ALL,
                P.OWN_AUDIT_WRITE: Reach.ALL, P.FINDING_WRITE: Reach.ALL, P.FIELDWORK_READ: Reach.ALL,
                P.DOCUMENT_WORK: Reach.ALL,
                P.REQUEST_ASK: Reach.ALL, P.MEETING_WRITE: Reach.ALL, P.SURVEY_RUN: Reach.ALL,
            },
        ),
        Role(
            "nominated-officer", "Nominated officer",
            "Speaks for the council: hands data over, gives and ends roles on the council's side.",
            Side.AUTHORITY,
            {
                P.INSPECTION_READ: Reach.ALL, P.TEAM_READ: Reach.ALL, P.TEAM_MANAGE: Reach.SIDE,
                P.JOURNAL_READ: Reach.SIDE, P.SUBMISSION_UPLOAD: Reach.SIDE, P.SUBMISSION_HAND_OVER: Reach.SIDE,
                P.SUBMISSION_READ: Reach.SIDE, P.LISTS_READ: Reach.SIDE, P.VAULT_READ: Reach.SIDE,
                P.DATA_QUERY_READ: Reach.RELEASED, P.DATA_QUERY_ANSWER: Reach.RELEASED, P.DRAW_READ: Reach.RELEASED,
                P.REFERRAL_READ: Reach.RELEASED, P.REFERRAL_ANSWER: Reach.RELEASED, P.SERIES_EDIT: Reach.SIDE,
                P.REQUEST_READ: Reach.RELEASED, P.REQUEST_ANSWER: Reach.RELEASED, P.MESSAGE_READ: Reach.RELEASED,
                P.DOCUMENT_READ: Reach.SIDE, P.DOCUMENT_UPLOAD: Reach.SIDE, P.DOCUMENT_SUBMIT: Reach.SIDE,
                P.PRACTITIONER_TAKE_PART: Reach.OWN, P.AUDIT_ACTION_READ: Reach.RELEASED,
                P.AUDIT_ACTION_PROVE: Reach.RELEASED, P.STATEMENT_READ: Reach.RELEASED,
                P.ACCURACY_READ: Reach.RELEASED, P.ACCURACY_COMMENT: Reach.RELEASED,
                P.IMPROVEMENT_READ: Reach.RELEASED, P.PLAN_READ: Reach.RELEASED, P.IMPROVEMENT_SAY: Reach.OWN,
            },
        ),
        Role(
            "uploader", "Uploader",
            "Uploads the council's data and sees what they themselves uploaded.",
            Side.AUTHORITY,
            {
                P.INSPECTION_READ: Reach.ALL, P.SUBMISSION_UPLOAD: Reach.OWN, P.SUBMISSION_READ: Reach.OWN,
                P.LISTS_READ: Reach.OWN, P.DATA_QUERY_READ: Reach.OWN, P.REQUEST_READ: Reach.OWN,
                P.DOCUMENT_READ: Reach.OWN, P.DOCUMENT_UPLOAD: Reach.OWN,
                P.REQUEST_ANSWER: Reach.OWN, P.PRACTITIONER_TAKE_PART: Reach.OWN, P.AUDIT_ACTION_READ: Reach.OWN,
                P.AUDIT_ACTION_PROVE: Reach.OWN,
            },
        ),
        Role(
            "director", "Director of children's services",
            "Sees what the council uploaded, handed over or not yet, and what the team released to it.",
            Side.AUTHORITY,
            {
                P.INSPECTION_READ: Reach.ALL, P.TEAM_READ: Reach.ALL, P.JOURNAL_READ: Reach.SIDE,
                P.SUBMISSION_READ: Reach.SIDE, P.LISTS_READ: Reach.SIDE, P.VAULT_READ: Reach.SIDE,
                P.DATA_QUERY_READ: Reach.RELEASED, P.DRAW_READ: Reach.RELEASED,
                P.REFERRAL_READ: Reach.RELEASED, P.REFERRAL_ANSWER: Reach.RELEASED,
                P.REQUEST_READ: Reach.RELEASED, P.REQUEST_ANSWER: Reach.RELEASED, P.MESSAGE_READ: Reach.RELEASED,
                P.DOCUMENT_READ: Reach.SIDE,
                P.PRACTITIONER_TAKE_PART: Reach.OWN, P.AUDIT_ACTION_READ: Reach.RELEASED,
                P.AUDIT_ACTION_PROVE: Reach.OWN, P.STATEMENT_READ: Reach.RELEASED,
                P.ACCURACY_READ: Reach.RELEASED, P.ACCURACY_COMMENT: Reach.RELEASED,
                P.IMPROVEMENT_READ: Reach.RELEASED, P.PLAN_READ: Reach.RELEASED, P.IMPROVEMENT_SAY: Reach.OWN,
            },
        ),
        Role(
            "improvement-lead", "Improvement lead",
            "Owns the improvement plan after the inspection.",
            Side.AUTHORITY,
            {
                P.INSPECTION_READ: Reach.ALL, P.REQUEST_READ: Reach.OWN, P.REQUEST_ANSWER: Reach.OWN,
                P.PRACTITIONER_TAKE_PART: Reach.OWN, P.AUDIT_ACTION_READ: Reach.OWN,
                P.AUDIT_ACTION_PROVE: Reach.OWN, P.STATEMENT_READ: Reach.RELEASED,
                P.DOCUMENT_READ: Reach.OWN, P.DOCUMENT_UPLOAD: Reach.OWN,
                P.IMPROVEMENT_READ: Reach.RELEASED, P.PLAN_READ: Reach.RELEASED, P.IMPROVEMENT_SAY: Reach.RELEASED,
            },
        ),
        Role(
            "member", "Elected member",
            "Corporate parent, not case-holder: results, plan and trends only.",
            Side.AUTHORITY,
            {P.PLAN_READ: Reach.RELEASED},
        ),
        Role(
            "respondent", "Respondent",
            "Answers a survey or gives an interview; needs no account.",
            Side.RESPONDENT,
            {},
        ),
        Role("public", "Public reader", "Reads what is published.", Side.PUBLIC, {}),
        Role(
            "administrator", "Administrator",
            "Keeps accounts and the installation; sees no content of any inspection.",
            Side.PUBLIC,
            {P.ACCOUNT_MANAGE: Reach.ALL, P.SITE_READ: Reach.ALL, P.BENCHMARK_LOAD: Reach.ALL},
            site=True,
        ),
        Role(
            "disclosure-checker", "Disclosure checker",
            "Checks that nobody can be recognised in what is about to leave.",
            Side.TEAM,
            {
                P.INSPECTION_READ: Reach.ALL, P.REPORT_READ: Reach.RELEASED, P.REPORT_CHECK: Reach.RELEASED,
                P.VAULT_SCAN: Reach.RELEASED,
            },
        ),
        Role(
            "records-officer", "Records and data-protection officer",
            "Reads the journal, keeps holds and retention, answers subject access.",
            Side.TEAM,
            {
                P.INSPECTION_READ: Reach.ALL, P.TEAM_READ: Reach.ALL, P.JOURNAL_READ: Reach.ALL,
                P.VAULT_READ: Reach.ALL,
            },
        ),
    )
}  # fmt: skip

SITE_ROLES: tuple[str, ...] = ("administrator", "lead", "quality-assurance")
"""The roles that can be held across the site, outside any inspection."""

# What anybody may do, and what anybody who is signed in may do.
FOR_EVERYONE: frozenset[P] = frozenset({P.PUBLIC})
FOR_THE_SIGNED_IN: frozenset[P] = frozenset({P.OWN_ACCOUNT, P.FRAMEWORK_READ})
