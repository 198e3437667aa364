"""The words that an instrument's file may use: kinds of question, children, themes, records and named facts."""

from collections.abc import Mapping

KIND_SCALES: Mapping[str, str] = {
    "practice": "grades",
    "record": "yes-partly-no",
    "family": "words",
    "practitioner": "words",
    "note": "words",
    "flag": "flag",
}
"""Each kind of question, and its scale where it names none. A note and the flag never stand in a file."""

KINDS: Mapping[str, str] = {
    "practice": "Practice: what was done for the child",
    "record": "Record: what is written down",
    "family": "Family: what the child, parents or carers say of the service",
    "practitioner": "Practitioner: what the worker makes of the work",
}
"""What a question may be about. Practice and record are rated apart."""

CHILDREN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "front-door": ("children about whom somebody was in contact", ("Contacts", "Referrals")),
    "early-help": ("children who are given early help", ("Early help",)),
    "assessment": ("children who were assessed", ("Assessments",)),
    "enquiry": ("children about whom enquiries were made", ("Section 47 enquiries and initial conferences",)),
    "in-need": ("children in need", ("Child in need", "Children in need")),
    "protection-plan": ("children on a protection plan", ("Protection plan", "Child protection plans")),
    "in-care": ("children in care", ("In care", "Children in care")),
    "care-leaver": ("care leavers", ("Care leaver", "Care leavers")),
    "adoption": ("children on the way to adoption", ("Adoption",)),
}
"""The children whom a question may be kept to: words, and the services and lists by which a case is known as theirs."""

_CHILD_OF = {service: slug for slug, (_, services) in CHILDREN.items() for service in services}


def child_of(service: str) -> str:
    """Which of CHILDREN a case of that service is; empty where it is none, and then no question is left out for it."""
    return _CHILD_OF.get(service, "")


THEMES: Mapping[str, str] = {
    "recording": "Recording",
    "chronology": "Chronology and history",
    "front-door": "Front door",
    "threshold": "Thresholds",
    "early-help": "Early help",
    "consent": "Consent and information shared",
    "allocation": "Allocation and changes of worker",
    "assessment": "Assessment",
    "strategy-discussions": "Strategy discussions",
    "section-47": "Section 47 enquiries",
    "conferences": "Conferences",
    "planning": "Planning",
    "reviews": "Reviews and meetings",
    "visits": "Visits",
    "voice": "The child's voice",
    "family-feedback": "Family feedback",
    "family-network": "Family and network",
    "partnership": "Partners",
    "management-oversight": "Management oversight",
    "supervision": "Supervision",
    "risk": "Risk of harm",
    "exploitation": "Exploitation and harm outside the home",
    "missing": "Missing",
    "court": "Court and pre-proceedings",
    "permanence": "Permanence",
    "placement": "Home and placement",
    "health": "Health",
    "education": "Education and work",
    "family-time": "Family time",
    "life-story": "Life story",
    "independent-review": "Independent reviewing",
    "leaving-care": "Leaving care",
    "accommodation": "Accommodation",
    "adoption": "Adoption",
    "fostering": "Fostering",
    "identity": "Identity and diversity",
    "closure": "Step-down and closure",
    "audit": "The authority's own audit",
    "workload": "Workload and wellbeing",
    "impact": "Impact on the child",
    "reflection": "Practitioner's reflection",
}
"""What a question may tell about, whichever instrument asks it, so that answers can be held together."""

RECORDS: Mapping[str, str] = {
    "case-note": "Case note",
    "contact-referral": "Contact or referral",
    "chronology": "Chronology or case summary",
    "assessment": "Assessment",
    "strategy-minutes": "Strategy discussion, minutes",
    "conference-minutes": "Conference or review, minutes",
    "plan": "Plan",
    "visit": "Visit",
    "direct-work": "Direct work with the child",
    "decision": "Management decision",
    "supervision": "Supervision record",
    "court": "Court or legal document",
    "health": "Health record",
    "education": "Education record or plan",
    "carer": "Carer's or placement's record",
    "letter": "Letter or message",
    "audit": "Audit",
    "conversation": "Conversation with the worker",
    "other": "Other record",
}
"""The kinds of record that an answer may rest on."""

FACTS: Mapping[str, str] = {
    "age": "Age",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "team": "Team",
    "contact-day": "Latest contact",
    "contact-source": "Source of the latest contact",
    "early-help-day": "Latest early help assessment began",
    "referral-day": "Latest referral",
    "referral-source": "Source of the latest referral",
    "referral-no-action": "Latest referral led to no further action",
    "referrals-in-year": "Referrals in twelve months",
    "assessment-began": "Latest assessment began",
    "assessment-authorised": "Latest assessment authorised",
    "child-seen-in-assessment": "Child seen during it",
    "strategy-day": "Latest strategy discussion",
    "enquiries-in-year": "Section 47 enquiries in twelve months",
    "conference-day": "Initial conference",
    "conference-led-to-plan": "The conference led to a plan",
    "need-began": "Child in need since",
    "primary-need": "Primary need",
    "last-seen": "Last seen",
    "plan-began": "On a protection plan since",
    "plan-category": "Latest category of the plan",
    "plan-visit": "Last statutory visit under the plan",
    "plan-seen-alone": "Seen alone at that visit",
    "plan-review": "Latest review conference",
    "previous-plans": "Earlier protection plans",
    "care-began": "In care since",
    "legal-status": "Legal status",
    "care-review": "Latest statutory review",
    "care-visit": "Last visit by a social worker",
    "reviewing-officer": "Last contact of the reviewing officer",
    "permanence-plan": "Permanence plan",
    "health-day": "Last health assessment",
    "dental-day": "Last dental check",
    "placements-in-year": "Placements in twelve months",
    "placement-began": "In this placement since",
    "placement-type": "Placement",
    "missing-in-year": "Times missing in twelve months",
    "return-interview": "Return interview offered",
    "eligibility": "Eligibility as a care leaver",
    "pathway-plan": "Latest review of the pathway plan",
    "in-touch": "Authority in touch",
    "contacted": "Latest contact with the adviser",
    "accommodation": "Accommodation",
    "suitability": "Suitability of accommodation",
    "activity": "Education, employment or training",
    "adoption-decision": "Decision that the child should be placed for adoption",
    "placement-order": "Placement order",
    "matched": "Matched",
    "placed": "Placed for adoption",
    "adopted": "Adoption order",
}
"""The facts that stand beside a question where the lists of the submission hold them, so that nobody types them."""
