"""The tables of the CIN census, one for each module of its XML schema.

Columns are named as the census's elements, in small letters with underscores; `says` is the element itself, which is
also the heading of the module as a CSV file. `cin_details_id` numbers the episodes of need of the file and `cpp_id` its
protection plans: the census has no such numbers, but the modules below an episode need them to find it again. In CSV
files they may be those of the case system, where the child can be found by them: they are identifiers. All
schemas from 2021 to 2026 and the block on pre-proceedings of 2026-27 are held; codes are kept as written. Sources: the
Department for Education's schemas of 2023 and 2026; for that last block only a reader and a sample by others were
seen, no schema, so its element names are not certain.
"""

from goldthread.kernel import codes, return_codes
from goldthread.kernel.codes import CodeList
from goldthread.kernel.table import Column, Kind, Privacy, Table

_CHILD = Column("la_child_id", "LAchildID", Kind.TEXT, must_fill=True, privacy=Privacy.IDENTIFIER)
_DETAILS = Column("cin_details_id", "CINdetailsID", Kind.TEXT, must_fill=True, privacy=Privacy.IDENTIFIER)
_PLAN = Column("cpp_id", "CPPID", Kind.TEXT, newer=True, privacy=Privacy.IDENTIFIER)


def _date(name: str, element: str, *, newer: bool = False, privacy: Privacy = Privacy.CASE) -> Column:
    return Column(name, element, Kind.DATE, newer=newer, privacy=privacy)


def _code(
    name: str, element: str, listed: CodeList | None = None, *, newer: bool = False, privacy: Privacy = Privacy.CASE
) -> Column:
    return Column(name, element, Kind.CODE, listed, newer=newer, privacy=privacy)


def _text(name: str, element: str) -> Column:
    return Column(name, element, Kind.TEXT)


def _table(name: str, title: str, says: str, key: tuple[str, ...], *columns: Column) -> Table:
    return Table(f"cin_{name}", title, 0, says, key, columns, form="cin")


CIN_TABLES: tuple[Table, ...] = (
    _table(
        "header",
        "Header",
        "What the census says of itself: the collection, its year, who sent it and from which system.",
        ("lea", "year"),
        _text("collection", "Collection"),
        Column("year", "Year", Kind.COUNT),
        _date("reference_date", "ReferenceDate"),
        _code("source_level", "SourceLevel"),
        _code("lea", "LEA"),
        _text("software_code", "SoftwareCode"),
        _text("release", "Release"),
        _text("serial_no", "SerialNo"),
        _text("date_time", "DateTime"),
    ),
    _table(
        "child_identifiers",
        "Child identifiers",
        "One child of the census: who the child is.",
        ("la_child_id",),
        _CHILD,
        _code("upn", "UPN", privacy=Privacy.IDENTIFIER),
        _code("former_upn", "FormerUPN", privacy=Privacy.IDENTIFIER),
        _code("upn_unknown", "UPNunknown", return_codes.NO_UPN),
        _date("person_birth_date", "PersonBirthDate", privacy=Privacy.IDENTIFIER),
        _date("expected_person_birth_date", "ExpectedPersonBirthDate", privacy=Privacy.IDENTIFIER),
        _code("gender_current", "GenderCurrent", return_codes.SEX, newer=True),
        _code("sex", "Sex", return_codes.SEX, newer=True),
        _date("person_death_date", "PersonDeathDate", privacy=Privacy.SEALED),
    ),
    _table(
        "child_characteristics",
        "Child characteristics",
        "The ethnicity of one child.",
        ("la_child_id",),
        _CHILD,
        _code("ethnicity", "Ethnicity", codes.ETHNICITY),
    ),
    _table(
        "disabilities",
        "Disabilities",
        "One disability of one child, or that there is none.",
        ("la_child_id", "disability"),
        _CHILD,
        _code("disability", "Disability", return_codes.DISABILITY),
    ),
    _table(
        "details",
        "Episodes of need",
        "One episode of need, from a referral to its closure.",
        ("la_child_id", "cin_referral_date"),
        _CHILD,
        _DETAILS,
        _date("cin_referral_date", "CINreferralDate"),
        _code("referral_source", "ReferralSource", codes.SOURCE),
        _code("primary_need_code", "PrimaryNeedCode", codes.NEED),
        _date("cin_closure_date", "CINclosureDate"),
        _code("reason_for_closure", "ReasonForClosure", codes.CLOSURE),
        _date("date_of_initial_cpc", "DateOfInitialCPC"),
        Column("referral_nfa", "ReferralNFA", Kind.FLAG),
    ),
    _table(
        "assessments",
        "Assessments",
        "One assessment, with the factors it found. As CSV, an assessment may have one row for each factor instead.",
        ("la_child_id", "cin_details_id", "assessment_actual_start_date"),
        _CHILD,
        _DETAILS,
        _date("assessment_actual_start_date", "AssessmentActualStartDate"),
        _date("assessment_internal_review_date", "AssessmentInternalReviewDate"),
        _date("assessment_authorisation_date", "AssessmentAuthorisationDate"),
        Column("assessment_factors", "AssessmentFactors", Kind.CODES, return_codes.ASSESSMENT_FACTORS),
    ),
    _table(
        "plan_dates",
        "Child in need plans",
        "One child in need plan.",
        ("la_child_id", "cin_details_id", "cin_plan_start_date"),
        _CHILD,
        _DETAILS,
        _date("cin_plan_start_date", "CINPlanStartDate"),
        _date("cin_plan_end_date", "CINPlanEndDate"),
    ),
    _table(
        "section_47",
        "Section 47 enquiries",
        "One section 47 enquiry, and the first conference that came of it.",
        ("la_child_id", "cin_details_id", "s47_actual_start_date"),
        _CHILD,
        _DETAILS,
        _date("s47_actual_start_date", "S47ActualStartDate"),
        _date("initial_cpc_target", "InitialCPCtarget"),
        _date("date_of_initial_cpc", "DateOfInitialCPC"),
        Column("icpc_not_required", "ICPCnotRequired", Kind.FLAG),
    ),
    _table(
        "protection_plans",
        "Child protection plans",
        "One child protection plan.",
        ("la_child_id", "cin_details_id", "cpp_start_date"),
        _CHILD,
        _DETAILS,
        _PLAN,
        _date("cpp_start_date", "CPPstartDate"),
        _date("cpp_end_date", "CPPendDate"),
        _code("initial_category_of_abuse", "InitialCategoryOfAbuse", codes.ABUSE),
        _code("latest_category_of_abuse", "LatestCategoryOfAbuse", codes.ABUSE),
        Column("number_of_previous_cpp", "NumberOfPreviousCPP", Kind.COUNT),
    ),
    _table(
        "reviews",
        "Reviews of protection plans",
        "One review of a child protection plan.",
        ("la_child_id", "cin_details_id", "cpp_id", "cpp_review_date"),
        _CHILD,
        _DETAILS,
        _PLAN,
        _date("cpp_review_date", "CPPreviewDate"),
    ),
    _table(
        "pre_proceedings",
        "Pre-proceedings and family group decision making",
        "Pre-proceedings of one episode of need. In the census from 2026-27; its element names are not certain.",
        ("la_child_id", "cin_details_id", "pp_start_date"),
        _CHILD,
        _DETAILS,
        _date("pp_start_date", "PPStartDate"),
        _date("lbp_sent_date", "LBPSentDate"),
        _code("fgdm_meeting_offer", "FGDMMeetingOffer"),
        _code("fgdm_meeting_fac", "FGDMMeetingFac"),
        _date("initial_pp_meeting_date", "InitialPPMeetingDate"),
        Column("review_meetings_count", "ReviewMeetingsCount", Kind.COUNT),
        _date("step_decision_date", "StepDecisionDate"),
        _code("pp_outcome", "PPOutcome"),
        _date("court_app_date", "CourtAppDate"),
        _date("letter_init_cp_date", "LetterInitCPDate"),
    ),
)
