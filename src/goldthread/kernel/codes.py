"""The code lists of the canonical tables: one code, one meaning.

Codes are those of the national returns where a return has one (SSDA903, CIN census); the letters are
those printed in the Annex A guidance (Ofsted, "Child-level data: Annex A", August 2019). `later` marks
codes seen in newer files but not in the 2019 guidance.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a code list: the code stored, the letter Annex A prints before it (may be empty), its words."""

    code: str
    letter: str
    label: str
    later: bool = False


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes. `name` is how a column and the command line refer to it."""

    name: str
    codes: tuple[Code, ...]
    note: str = ""

    def values(self) -> tuple[str, ...]:
        """Every code of the list, in its printed order."""
        return tuple(code.code for code in self.codes)

    def label(self, value: str) -> str:
        """The words of a code; the code itself where the list does not know it."""
        return next((code.label for code in self.codes if code.code == value), value)


def _list(name: str, *codes: Code, note: str = "") -> CodeList:
    return CodeList(name, codes, note)


GENDER = _list(
    "gender",
    Code("M", "a", "Male"),
    Code("F", "b", "Female"),
    Code("U", "c", "Not stated/recorded"),
    Code("N", "d", "Neither"),
    note="Lists 1-10; c) also means an unborn child.",
)
ETHNICITY = _list(
    "ethnicity",
    Code("WBRI", "a", "White British"),
    Code("WIRI", "b", "White Irish"),
    Code("WIRT", "c", "Traveller of Irish heritage"),
    Code("WOTH", "d", "Any other White background"),
    Code("WROM", "e", "Gypsy/Roma"),
    Code("MWBC", "f", "White and Black Caribbean"),
    Code("MWBA", "g", "White and Black African"),
    Code("MWAS", "h", "White and Asian"),
    Code("MOTH", "i", "Any other Mixed background"),
    Code("AIND", "j", "Indian"),
    Code("APKN", "k", "Pakistani"),
    Code("ABAN", "l", "Bangladeshi"),
    Code("AOTH", "m", "Any other Asian background"),
    Code("BCRB", "n", "Caribbean"),
    Code("BAFR", "o", "African"),
    Code("BOTH", "p", "Any other Black background"),
    Code("CHNE", "q", "Chinese"),
    Code("OOTH", "r", "Any other ethnic group"),
    Code("REFU", "s", "Refused"),
    Code("NOBT", "s", "Information not yet obtained"),
    Code("UNKNOWN", "u", "Unknown", later=True),
    note="Both REFU and NOBT carry the letter s) in the 2019 guidance; NOBT is also written t).",
)
SOURCE = _list(
    "source",
    Code("1A", "a", "Family member, relative or carer"),
    Code("1B", "b", "Acquaintance, neighbour or child minder"),
    Code("1C", "c", "The child"),
    Code("1D", "d", "Another individual"),
    Code("2A", "e", "School"),
    Code("2B", "f", "Education services"),
    Code("3A", "g", "General practitioner"),
    Code("3B", "h", "Health visitor"),
    Code("3C", "i", "School nurse"),
    Code("3D", "j", "Other primary health services"),
    Code("3E", "k", "Accident and emergency"),
    Code("3F", "l", "Other health services"),
    Code("4", "m", "Housing"),
    Code("5A", "n", "Local authority social care"),
    Code("5B", "o", "Other local authority department"),
    Code("5C", "p", "Another local authority"),
    Code("6", "q", "Police"),
    Code("7", "r", "Other legal agency"),
    Code("8", "s", "Other"),
    Code("9", "t", "Anonymous"),
    Code("10", "u", "Unknown"),
    Code("5D", "p1", "Early help", later=True),
    note="Who made the contact or referral.",
)
YES_NO = _list(
    "yes_no",
    Code("Y", "a", "Yes"),
    Code("N", "b", "No"),
)
YES_NO_UNKNOWN = _list(
    "yes_no_unknown",
    Code("Y", "a", "Yes"),
    Code("N", "b", "No"),
    Code("U", "c", "Unknown"),
)
NEED = _list(
    "need",
    Code("N1", "", "Abuse or neglect"),
    Code("N2", "", "Child’s disability"),
    Code("N3", "", "Parental disability or illness"),
    Code("N4", "", "Family in acute stress"),
    Code("N5", "", "Family dysfunction"),
    Code("N6", "", "Socially unacceptable behaviour"),
    Code("N7", "", "Low income"),
    Code("N8", "", "Absent parenting"),
    Code("N9", "", "Cases other than children in need"),
    Code("N0", "", "Not stated"),
)
CLOSURE = _list(
    "closure",
    Code("RC1", "", "Adopted"),
    Code("RC2", "", "Died"),
    Code("RC3", "", "Child arrangements order"),
    Code("RC4", "", "Special guardianship order"),
    Code("RC5", "", "Transferred to services of another local authority"),
    Code("RC6", "", "Transferred to adult social care services"),
    Code("RC7", "", "Services ceased for any other reason, including child no longer in need"),
    Code("RC8", "", "Case closed after assessment, no further action"),
    Code("RC9", "", "Case closed after assessment, referred to early help", later=True),
)
CASE_STATUS = _list(
    "case_status",
    Code("CARE", "a", "Looked after child"),
    Code("PLAN", "b", "Child Protection plan"),
    Code("NEED", "c", "Child in need plan"),
    Code("ASSESSMENT", "d", "Open assessment"),
    Code("CLOSED", "e", "Closed episode"),
)
ABUSE = _list(
    "abuse",
    Code("NEG", "a", "Neglect"),
    Code("PHY", "b", "Physical abuse"),
    Code("SAB", "c", "Sexual abuse"),
    Code("EMO", "d", "Emotional abuse"),
    Code("MUL", "e", "Multiple/not recommended"),
)
NEED_IN_CARE = _list(
    "need_in_care",
    Code("N1", "", "Abuse or neglect"),
    Code("N2", "", "Child’s disability"),
    Code("N3", "", "Parental illness or disability"),
    Code("N4", "", "Family in acute stress"),
    Code("N5", "", "Family dysfunction"),
    Code("N6", "", "Socially unacceptable behaviour"),
    Code("N7", "", "Low income"),
    Code("N8", "", "Absent parenting"),
)
LEGAL_STATUS = _list(
    "legal_status",
    Code("C1", "", "ICO"),
    Code("C2", "", "FCO"),
    Code("D1", "", "Freeing order"),
    Code("E1", "", "Placement order"),
    Code("V2", "", "Single period under S20"),
    Code("L1", "", "Police protection LA accommodation"),
    Code("L2", "", "EPO"),
    Code("L3", "", "Child assessment order LA accommodation"),
    Code("J1", "", "Remanded to LA or youth detention"),
    Code("J2", "", "LA accommodation under PACE"),
    Code("J3", "", "Youth rehabilitation order"),
    Code("V3", "", "Short term breaks, episodes recorded"),
    Code("V4", "", "Short term breaks, agreements recorded"),
)
PERMANENCE = _list(
    "permanence",
    Code("RETURN", "a", "Return to family"),
    Code("ADOPTION", "b", "Adoption"),
    Code("SGO_CAO", "c", "SGO/CAO"),
    Code("SUPPORTED", "d", "Supported living in the community"),
    Code("RESIDENTIAL", "e", "Long-term residential placement"),
    Code("FOSTERING", "f", "Long-term fostering"),
    Code("OTHER", "g", "Other"),
)
CEASED = _list(
    "ceased",
    Code("E11", "a", "Adopted - application unopposed"),
    Code("E12", "b", "Adopted - consent dispensed"),
    Code("E2", "c", "Died"),
    Code("E3", "d", "Care taken by another LA"),
    Code("E4A", "e", "Returned home to live with parents or relatives - part of planning"),
    Code("E4B", "f", "Returned home to live with parents or relatives - not part of planning"),
    Code("E13", "g", "Parents, relatives or other with no parental responsibility"),
    Code("E41", "h", "Residence order granted"),
    Code("E45", "i", "Special Guardianship Orders - former carer relative/friend"),
    Code("E46", "j", "Special Guardianship Orders - former carer other"),
    Code("E47", "k", "Special Guardianship Orders - relative/friend"),
    Code("E48", "l", "Special Guardianship Orders - other"),
    Code("E5", "m", "Moved into independent living - supported"),
    Code("E6", "n", "Moved into independent living - no support"),
    Code("E7", "o", "Transferred to residential care funded by adult social services"),
    Code("E9", "p", "Sentenced to custody"),
    Code("E14", "q", "Accommodation on remand ended"),
    Code("E15", "r", "Age assessment determined child was 18 or over"),
    Code("E16", "s", "Child moved abroad"),
    Code("E8", "t", "Care ceased for any other reason"),
    Code("X1", "u", "CodeError"),
    Code("E17", "v", "Aged 18+ and remained with current carers", later=True),
)
PLACEMENT = _list(
    "placement",
    Code("U1", "a", "Foster placement - relatives - long term"),
    Code("U2", "b", "Foster placement - relative - FFA"),
    Code("U3", "c", "Foster placement - relative - not FFA"),
    Code("U4", "d", "Foster placement - long term"),
    Code("U5", "e", "Foster placement - FFA"),
    Code("U6", "f", "Foster placement - not FFA"),
    Code("A3", "g", "Placed for adoption - consent - current foster"),
    Code("A4", "h", "Placed for adoption - consent - not foster"),
    Code("A5", "i", "Placed for adoption - order - foster"),
    Code("A6", "j", "Placed for adoption - order - not foster"),
    Code("P1", "k", "Placed with parents"),
    Code("P2", "l", "Independent living"),
    Code("P3", "m", "Residential employment"),
    Code("H5", "n", "Residential accommodation"),
    Code("K1", "o", "Secure Children’s Homes"),
    Code("K2", "p", "Children’s Homes"),
    Code("R1", "q", "Residential Care Home"),
    Code("R2", "r", "NHS/Health Trust"),
    Code("R3", "s", "Family Centre or Mother and Baby Unit"),
    Code("R5", "t", "Young Offender Institution"),
    Code("S1", "u", "Residential school"),
    Code("Z1", "v", "Other placements"),
    Code("T0", "w", "Temporary placement"),
    Code("T1", "x", "Temporary placement - hospital"),
    Code("T2", "y", "Temporary placement - holiday"),
    Code("T3", "z", "Temporary placement - carer holiday"),
    Code("T4", "zz", "Temporary placement - seven days or less"),
    Code("K3", "", "Supported accommodation", later=True),
    Code("Z11", "", "Code Z11, from 2025-26", later=True),
    Code("Z12", "", "Code Z12, from 2025-26", later=True),
    Code("Z13", "", "Code Z13, from 2025-26", later=True),
    Code("Z14", "", "Code Z14, from 2025-26", later=True),
    note="K3 and Z11 to Z14 are SSDA903's, expected in newer lists; the guides' words for Z11 to Z14 were not found.",
)
PROVIDER = _list(
    "provider",
    Code("PR0", "a", "Parents/Parental responsibility"),
    Code("PR1", "b", "Own provision"),
    Code("PR2", "c", "Other LA provision"),
    Code("PR3", "d", "Other public provision"),
    Code("PR4", "e", "Private provision"),
    Code("PR5", "f", "Voluntary/third sector"),
)
IN_OUT = _list(
    "in_out",
    Code("IN", "a", "In"),
    Code("OUT", "b", "Out"),
)
LA_SPECIALS = _list(
    "la_specials",
    Code("NIR", "", "Child placed in Northern Ireland"),
    Code("WAL", "", "Child placed in Wales"),
    Code("SCO", "", "Child placed in Scotland"),
    Code("NUK", "", "Child placed outside the UK"),
    Code("CON", "", "Child placed in confidential placement"),
    note="Codes that stand in place of an authority's name.",
)
ELIGIBILITY = _list(
    "eligibility",
    Code("RELEVANT", "a", "Relevant child"),
    Code("FORMER", "b", "Former relevant child"),
    Code("QUALIFYING", "c", "Qualifying care leaver"),
    Code("ELIGIBLE", "d", "Eligible child", later=True),
)
IN_TOUCH = _list(
    "in_touch",
    Code("YES", "a", "Yes"),
    Code("NO", "b", "No"),
    Code("DIED", "c", "Died"),
    Code("REFU", "d", "Contact refused"),
    Code("NREQ", "e", "Contact not required"),
    Code("RHOM", "f", "Returned home"),
)
ACCOMMODATION = _list(
    "accommodation",
    Code("B", "", "Parents/relatives"),
    Code("C", "", "Community home / residential care"),
    Code("D", "", "Semi-independent, transitional accommodation and self-contained accommodation"),
    Code("E", "", "Supported lodgings"),
    Code("G", "", "Abroad"),
    Code("H", "", "Deported"),
    Code("K", "", "Ordinary lodgings, without formal support"),
    Code("R", "", "Residence not known"),
    Code("S", "", "No fixed abode / homeless"),
    Code("T", "", "Foyers and similar supported accommodation"),
    Code("U", "", "Independent living"),
    Code("V", "", "Emergency accommodation"),
    Code("W", "", "Bed and breakfast"),
    Code("X", "", "In custody"),
    Code("Y", "", "Other accommodation"),
    Code("Z", "", "With former foster carers"),
)
SUITABILITY = _list(
    "suitability",
    Code("SUITABLE", "a", "Suitable"),
    Code("UNSUITABLE", "b", "Unsuitable"),
)
ACTIVITY = _list(
    "activity",
    Code("F1", "", "Full time in higher education"),
    Code("P1", "", "Part time in higher education"),
    Code("F2", "", "Full time in education other than higher"),
    Code("P2", "", "Part time in education other than higher"),
    Code("F3", "", "Full time in training or employment"),
    Code("P3", "", "Part time in training or employment"),
    Code("G4", "", "Not in education, employment or training - illness or disability"),
    Code("G5", "", "Not in education, employment or training - other"),
    Code("G6", "", "Not in education, employment or training - pregnancy or parenting"),
    Code("F4", "", "Young person engaged full time in an apprenticeship", later=True),
    Code("P4", "", "Young person engaged part time in an apprenticeship", later=True),
    Code("F5", "", "Young person engaged full time in training or employment (not apprenticeship)", later=True),
    Code("P5", "", "Young person engaged part time in training or employment (not apprenticeship)", later=True),
)
REVERSAL = _list(
    "reversal",
    Code("RD1", "", "The child’s needs changed subsequent to the decision"),
    Code("RD2", "", "The Court did not make a placement order"),
    Code("RD3", "", "Prospective adopters could not be found"),
    Code("RD4", "", "Any other reason"),
)
LEAVING = _list(
    "leaving",
    Code("1", "", "Adopter withdrew from process"),
    Code("2", "", "Process put on hold"),
    Code("3", "", "Application refused"),
)
GENDER_OF_ADOPTER = _list(
    "gender_of_adopter",
    Code("M", "a", "Male"),
    Code("F", "b", "Female"),
    Code("N", "c", "Neither"),
    Code("U", "d", "Not stated/recorded"),
    note="List 11 swaps letters c and d against Lists 1-10.",
)
YES_NO_PLAIN = _list(
    "yes_no_plain",
    Code("Y", "", "Yes"),
    Code("N", "", "No"),
)

CODE_LISTS: dict[str, CodeList] = {
    code_list.name: code_list
    for code_list in (
        GENDER,
        ETHNICITY,
        SOURCE,
        YES_NO,
        YES_NO_UNKNOWN,
        NEED,
        CLOSURE,
        CASE_STATUS,
        ABUSE,
        NEED_IN_CARE,
        LEGAL_STATUS,
        PERMANENCE,
        CEASED,
        PLACEMENT,
        PROVIDER,
        IN_OUT,
        LA_SPECIALS,
        ELIGIBILITY,
        IN_TOUCH,
        ACCOMMODATION,
        SUITABILITY,
        ACTIVITY,
        REVERSAL,
        LEAVING,
        GENDER_OF_ADOPTER,
        YES_NO_PLAIN,
    )
}
