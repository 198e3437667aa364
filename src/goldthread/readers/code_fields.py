"""The fields that values can be matched for: one for each code list, with the names that people give it.

A field is known by the name of its code list, the heading of a column, the name of a column in SSDA903 or of a type in
the CIN census, or a plain synonym; case, spaces, hyphens and underlines make no difference.
"""

import difflib
from functools import cache

from goldthread.kernel.tables import TABLES
from goldthread.readers.code_matching import LISTS
from goldthread.readers.spelling import plain

SYNONYMS: dict[str, tuple[str, ...]] = {
    "gender": ("child gender", "gender of child"),
    "ethnicity": ("ethnic", "ethnic origin", "ethnic group", "ethnicitytype", "ethnicity code", "ethnic background"),
    "source": ("contact source", "referral source", "contact referral source", "source of contact",
               "source of referral", "referralsourcetype", "contact and referral source",
               "contact or referral source", "referrer"),
    "yes_no": ("yn", "y n", "yesno"),
    "yes_no_unknown": ("ynu", "y n u", "yes no not known", "yesnounknown"),
    "need": ("primary need", "primary need code", "primaryneedcodetype", "cin need", "category of need",
             "cin primary need", "need code"),
    "need_in_care": ("cla category of need", "cla need", "category of need in care", "cin", "cla primary need",
                     "children looked after need", "care need", "need of looked after child"),
    "closure": ("closure reason", "reason for closure", "cin closure reason", "reasonforclosuretype", "case closure",
                "cin reason for closure", "case closure reason"),
    "case_status": ("status", "casestatus"),
    "abuse": ("category of abuse", "abuse category", "categoryofabusetype", "cp category", "category",
              "initial category of abuse", "latest category of abuse"),
    "legal_status": ("ls", "legal"),
    "permanence": ("permanence plan", "permanency plan", "plan for permanence"),
    "ceased": ("ceased reason", "reason ceased", "cla ceased reason", "reason ceased to be looked after",
               "reason for ceasing", "reason episode ceased", "reason for leaving care", "leaving care reason"),
    "placement": ("placement type", "type of placement", "cla placement type", "placement types"),
    "provider": ("placement provider", "place provider", "provider type", "provision"),
    "in_out": ("in or out", "in out of authority", "placement location", "location of placement"),
    "la_specials": ("la of placement specials", "special places"),
    "authority": ("la", "la of placement", "local authority", "local authority of placement", "placement authority",
                  "placement la", "la name", "la names", "local authority name", "la perm", "lea", "la code"),
    "eligibility": ("eligibility category", "care leaver eligibility", "leaver eligibility"),
    "in_touch": ("la in touch", "touch", "in touch with la"),
    "accommodation": ("type of accommodation", "accommodation type", "care leaver accommodation", "accom type"),
    "suitability": ("suitability of accommodation", "accommodation suitability", "suitable"),
    "activity": ("activity status", "main activity", "care leaver activity"),
    "reversal": ("adoption reversal", "reason placed ceased", "reason for reversal", "adoption reversal reason",
                 "reason adoption reversed", "reason for adoption reversal", "decision reversed reason"),
    "leaving": ("adopter leaving reason", "reason for leaving adoption process", "adopter leaving",
                "leaving adoption process"),
    "gender_of_adopter": ("gender adopters", "gender adopter", "adopter gender", "gender of adopters"),
    "yes_no_plain": ("yes no plain", "adopter yes no"),
    "new_episode": ("rne", "reason for new episode", "reason new episode"),
    "placement_change": ("reason place change", "reason for placement change", "reason for place change",
                         "reason of placement change", "placement change reason"),
    "review": ("review code", "review participation", "participation", "participation code"),
    "sdq_reason": ("sdq", "reason for no sdq", "no sdq reason"),
    "missing_type": ("missing", "type of missing episode", "missing episode type"),
    "previous_permanence": ("prev perm", "previous permanence option", "previous permanency"),
    "adopted_by_carer": ("foster care", "adopted by foster carer"),
    "adopters_number": ("nb adoptr", "number of adopters"),
    "adopters_sex": ("sex adoptr", "sex of adopters"),
    "adopters_legal_status": ("ls adoptr", "legal status of adopters"),
    "social_worker_change": ("sw reason", "reason for social worker change", "social worker change reason"),
    "no_upn": ("upn", "upn unknown", "unknownupntype", "reason no upn"),
    "mother": ("is mother",),
    "asylum_seeker": ("uasc", "unaccompanied asylum seeking child"),
    "zero_one": ("bool", "boolean", "yesnotype", "0 1"),
    "sex": ("sextype", "sex of child"),
    "disability": ("disabilitytype", "disabilities", "disability code"),
    "assessment_factors": ("assessmentfactorstype", "factors", "factors identified", "assessment factor",
                           "factors identified at assessment"),
    "placement_903": ("place", "pl", "ssda903 placement"),
    "ceased_903": ("rec", "reason episode ceased 903", "ssda903 ceased"),
    "activity_903": ("activ", "ssda903 activity"),
    "accommodation_903": ("accom", "ssda903 accommodation"),
}  # fmt: skip
"""The field, and the plain words that also name it."""


class UnknownField(Exception):
    """There is no such field. The message is one sentence that says which there are like it."""


@cache
def _names() -> dict[str, str]:
    """Every name of every field. The field's own name comes first; a heading counts where it has one meaning."""
    headings: dict[str, set[str]] = {}
    for table in TABLES.values():
        for column in table.columns:
            if column.codes is not None:
                headings.setdefault(plain(column.says), set()).add(column.codes.name)
    names = {heading: next(iter(fields)) for heading, fields in headings.items() if len(fields) == 1}
    names |= {plain(word): field for field, words in SYNONYMS.items() for word in words}
    names |= {plain(field): field for field in LISTS}
    return {name.replace(" ", ""): field for name, field in names.items()}


def field(name: str) -> str:
    """The code list that a name of a field means. Raises UnknownField, saying which are like it."""
    names = _names()
    wanted = plain(name).replace(" ", "")
    if wanted in names:
        return names[wanted]
    near = list(dict.fromkeys(names[found] for found in difflib.get_close_matches(wanted, names, n=6, cutoff=0.55)))
    near += [known for known in LISTS if len(wanted) > 2 and wanted in known.replace("_", "") and known not in near]
    like = f"near it are {', '.join(near[:5])}" if near else "`goldthread codes fields` lists them"
    raise UnknownField(f"there is no field called “{name}”; {like}.")
