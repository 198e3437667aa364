"""Code lists of SSDA903 and the CIN census that Annex A lacks, or has in a shorter form.

Facts of the Department for Education's guides and schemas; the words are ours where the guides' are long. The lists
of Annex A stand in `kernel.codes`. A list that goes on from one of Annex A holds its codes without the letters.
"""

from goldthread.kernel.codes import ACCOMMODATION, ACTIVITY, CEASED, CODE_LISTS, PLACEMENT, Code, CodeList


def _list(name: str, *codes: Code, note: str = "") -> CodeList:
    return CodeList(name, codes, note)


def _unlettered(base: CodeList) -> tuple[Code, ...]:
    return tuple(Code(code.code, "", code.label) for code in base.codes)


NEW_EPISODE = _list(
    "new_episode",
    Code("S", "", "Started to be looked after"),
    Code("L", "", "Change of legal status only"),
    Code("P", "", "Change of placement and carer only"),
    Code("T", "", "Change of placement, same carer"),
    Code("B", "", "Change of legal status, placement and carer"),
    Code("U", "", "Change of legal status and placement, same carer"),
    note="SSDA903 RNE: why an episode of care began.",
)
PLACEMENT_CHANGE = _list(
    "placement_change",
    Code("CARPL", "", "Change to, or implementation of, the care plan"),
    Code("CLOSE", "", "Resignation or closure of provision"),
    Code("ALLEG", "", "Allegation (section 47)"),
    Code("STAND", "", "Standards of care concern"),
    Code("APPRR", "", "Approval removed"),
    Code("CREQB", "", "Carer requests end, child’s behaviour"),
    Code("CREQO", "", "Carer requests end, other than child’s behaviour"),
    Code("CHILD", "", "Child requests end"),
    Code("LAREQ", "", "Responsible or area authority requests end"),
    Code("PLACE", "", "Change in the status of the placement only"),
    Code("CUSTOD", "", "Custody arrangement"),
    Code("OTHER", "", "Other"),
    note="SSDA903 REASON_PLACE_CHANGE.",
)
REVIEW = _list(
    "review",
    Code("PN0", "", "Child under four at the review"),
    Code("PN1", "", "Child attends and speaks"),
    Code("PN2", "", "Child attends, an advocate speaks"),
    Code("PN3", "", "Child attends and conveys a view by symbols"),
    Code("PN4", "", "Child attends and does not contribute"),
    Code("PN5", "", "Child does not attend, an advocate is briefed"),
    Code("PN6", "", "Child does not attend, views are conveyed"),
    Code("PN7", "", "Child does not attend, views are not conveyed"),
    note="SSDA903 REVIEW_CODE: how a child took part in the review.",
)
SDQ_REASON = _list(
    "sdq_reason",
    Code("SDQ1", "", "Child under four or over sixteen"),
    Code("SDQ2", "", "Carer refused"),
    Code("SDQ3", "", "Not possible because of severe disability"),
    Code("SDQ4", "", "Other"),
    Code("SDQ5", "", "Child refused"),
    note="SSDA903 SDQ_REASON: why there is no score.",
)
MISSING_TYPE = _list(
    "missing_type",
    Code("M", "", "Missing"),
    Code("A", "", "Away without authorisation"),
    note="SSDA903 MISSING.",
)
PREVIOUS_PERMANENCE = _list(
    "previous_permanence",
    Code("P1", "", "Adoption"),
    Code("P2", "", "Special guardianship order"),
    Code("P3", "", "Residence order or child arrangements order"),
    Code("P4", "", "Unknown"),
    Code("Z1", "", "None"),
    note="SSDA903 PREV_PERM.",
)
ADOPTED_BY_CARER = _list(
    "adopted_by_carer",
    Code("0", "", "Not adopted by the current foster carer"),
    Code("1", "", "Adopted by the current foster carer"),
    note="SSDA903 FOSTER_CARE.",
)
ADOPTERS_NUMBER = _list("adopters_number", Code("1", "", "One"), Code("2", "", "Two"), note="SSDA903 NB_ADOPTR.")
ADOPTERS_SEX = _list(
    "adopters_sex",
    Code("M1", "", "Single male"),
    Code("F1", "", "Single female"),
    Code("MM", "", "Two males"),
    Code("FF", "", "Two females"),
    Code("MF", "", "Male and female"),
    note="SSDA903 SEX_ADOPTR.",
)
ADOPTERS_LEGAL_STATUS = _list(
    "adopters_legal_status",
    Code("L0", "", "Single adopter"),
    Code("L11", "", "Married, different sex"),
    Code("L12", "", "Married, same sex"),
    Code("L2", "", "Civil partnership"),
    Code("L3", "", "Unmarried, different sex"),
    Code("L4", "", "Not married, same sex"),
    note="SSDA903 LS_ADOPTR.",
)
SOCIAL_WORKER_CHANGE = _list(
    "social_worker_change",
    Code("MANAGE", "", "Managing caseloads"),
    Code("FCONTA", "", "First contact or re-referral"),
    Code("LEFTRL", "", "Previous worker left the role"),
    Code("ORGRST", "", "Reorganisation"),
    Code("TSPROC", "", "Standard transfer process"),
    Code("ABSENC", "", "Absence cover or return"),
    Code("CHCHAN", "", "Child asked for a change"),
    Code("PCCHAN", "", "Parent or carer asked for a change"),
    Code("SWDIED", "", "Previous worker died"),
    Code("OTHERS", "", "Other"),
    note="SSDA903 SW_REASON.",
)
NO_UPN = _list(
    "no_upn",
    Code("UN1", "", "Not of school age, no UPN yet"),
    Code("UN2", "", "Never attended a maintained school in England"),
    Code("UN3", "", "Educated outside England"),
    Code("UN4", "", "Newly looked after, UPN not known yet"),
    Code("UN5", "", "Sources disagree"),
    Code("UN6", "", "Reason UN6 of the CIN census"),
    Code("UN7", "", "Reason UN7 of the CIN census"),
    note="Why there is no unique pupil number.",
)
MOTHER = _list("mother", Code("0", "", "Not a mother"), Code("1", "", "Mother"), note="SSDA903 MOTHER.")
ASYLUM_SEEKER = _list(
    "asylum_seeker",
    Code("0", "", "Not an unaccompanied asylum-seeking child in the year"),
    Code("1", "", "Unaccompanied asylum-seeking child at some time in the year"),
    note="SSDA903 UASC.",
)
ZERO_ONE = _list(
    "zero_one", Code("0", "", "No"), Code("1", "", "Yes"), note="Yes and no as SSDA903 and the CIN census write them."
)
SEX = _list(
    "sex",
    Code("M", "", "Male"),
    Code("F", "", "Female"),
    Code("U", "", "Unknown"),
    note="SSDA903 from 2024-25 and the CIN census; 1 and 2 are older codes for M and F.",
)
DISABILITY = _list(
    "disability",
    Code("NONE", "", "No disability"),
    Code("MOB", "", "Mobility"),
    Code("HAND", "", "Hand function"),
    Code("PC", "", "Personal care"),
    Code("INC", "", "Incontinence"),
    Code("COMM", "", "Communication"),
    Code("LD", "", "Learning"),
    Code("HEAR", "", "Hearing"),
    Code("VIS", "", "Vision"),
    Code("BEH", "", "Behaviour"),
    Code("CON", "", "Consciousness"),
    Code("AUT", "", "Autism"),
    Code("DDA", "", "Other"),
    note="CIN census.",
)
ASSESSMENT_FACTORS = _list(
    "assessment_factors",
    Code("1A", "", "Alcohol misuse: the child"),
    Code("1B", "", "Alcohol misuse: a parent or carer"),
    Code("1C", "", "Alcohol misuse: another person in the household"),
    Code("2A", "", "Drug misuse: the child"),
    Code("2B", "", "Drug misuse: a parent or carer"),
    Code("2C", "", "Drug misuse: another person in the household"),
    Code("3A", "", "Domestic violence: the child"),
    Code("3B", "", "Domestic violence: a parent or carer"),
    Code("3C", "", "Domestic violence: another person in the household"),
    Code("4A", "", "Mental health: the child"),
    Code("4B", "", "Mental health: a parent or carer"),
    Code("4C", "", "Mental health: another person in the household"),
    Code("5A", "", "Learning disability: the child"),
    Code("5B", "", "Learning disability: a parent or carer"),
    Code("5C", "", "Learning disability: another person in the household"),
    Code("6A", "", "Physical disability or illness: the child"),
    Code("6B", "", "Physical disability or illness: a parent or carer"),
    Code("6C", "", "Physical disability or illness: another person in the household"),
    Code("7A", "", "Young carer"),
    Code("8B", "", "Privately fostered: overseas children who intend to return"),
    Code("8C", "", "Privately fostered: overseas children who intend to stay"),
    Code("8D", "", "Privately fostered: UK children in educational placements"),
    Code("8E", "", "Privately fostered: UK children making alternative family arrangements"),
    Code("8F", "", "Privately fostered: other"),
    Code("9A", "", "UASC"),
    Code("10A", "", "Missing"),
    Code("11A", "", "Child sexual exploitation"),
    Code("12A", "", "Trafficking"),
    Code("13A", "", "Gangs"),
    Code("14A", "", "Socially unacceptable behaviour"),
    Code("15A", "", "Self-harm"),
    Code("16A", "", "Neglect"),
    Code("17A", "", "Emotional abuse"),
    Code("18A", "", "Physical abuse"),
    Code("18B", "", "Physical abuse (child on child)"),
    Code("18C", "", "Physical abuse (adult on child)"),
    Code("19A", "", "Sexual abuse"),
    Code("19B", "", "Sexual abuse (child on child)"),
    Code("19C", "", "Sexual abuse (adult on child)"),
    Code("20", "", "Other"),
    Code("21", "", "No factors identified"),
    Code("22A", "", "Female genital mutilation"),
    Code("23A", "", "Abuse linked to faith or belief"),
    Code("24A", "", "Child criminal exploitation"),
    note="CIN census, factors identified at the end of an assessment.",
)
PLACEMENT_903 = _list(
    "placement_903",
    *_unlettered(PLACEMENT),
    note="SSDA903 PLACE. The guides' words for Z11 to Z14, which replace Z1 from 2025-26, were not found.",
)
CEASED_903 = _list(
    "ceased_903",
    *_unlettered(CEASED),
    Code("E43", "", "Special Guardianship Order - former foster carer (to 2018)"),
    Code("E44", "", "Special Guardianship Order - not former foster carer (to 2018)"),
    note="SSDA903 REC.",
)
ACTIVITY_903 = _list("activity_903", *_unlettered(ACTIVITY), Code("0", "", "No information"), note="SSDA903 ACTIV.")
ACCOMMODATION_903 = _list(
    "accommodation_903",
    *(
        Code(f"{code.code}{digit}", "", f"{code.label}: {fit}")
        for code in ACCOMMODATION.codes
        for digit, fit in (("1", "suitable"), ("2", "unsuitable"))
    ),
    Code("0", "", "No information"),
    note="SSDA903 ACCOM: the accommodation, and whether it is suitable.",
)

RETURN_CODE_LISTS: dict[str, CodeList] = {
    code_list.name: code_list
    for code_list in (
        NEW_EPISODE,
        PLACEMENT_CHANGE,
        REVIEW,
        SDQ_REASON,
        MISSING_TYPE,
        PREVIOUS_PERMANENCE,
        ADOPTED_BY_CARER,
        ADOPTERS_NUMBER,
        ADOPTERS_SEX,
        ADOPTERS_LEGAL_STATUS,
        SOCIAL_WORKER_CHANGE,
        NO_UPN,
        MOTHER,
        ASYLUM_SEEKER,
        ZERO_ONE,
        SEX,
        DISABILITY,
        ASSESSMENT_FACTORS,
        PLACEMENT_903,
        CEASED_903,
        ACTIVITY_903,
        ACCOMMODATION_903,
    )
}
"""The lists of the returns, by name. No name is also one of Annex A's."""

ALL_CODE_LISTS: dict[str, CodeList] = CODE_LISTS | RETURN_CODE_LISTS
