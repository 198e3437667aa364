"""How the official template prints each code: 'a) Male', 'N1 - Abuse or neglect', 'C1: ICO'.

Facts of Ofsted's Annex A template, August 2019, sheet Codes_used; later codes follow the pattern of their list.
"""

from goldthread.kernel.codes import CODE_LISTS

_PATTERNS = {
    "gender": "{letter}) {label}",
    "ethnicity": "{letter}) {code}",
    "yes_no": "{letter}) {label}",
    "yes_no_unknown": "{letter}) {label}",
    "need": "{code} - {label}",
    "closure": "{code} - {label}",
    "case_status": "{letter}) {label}",
    "abuse": "{letter}) {label}",
    "need_in_care": "{code} - {label}",
    "legal_status": "{code}: {label}",
    "permanence": "{letter}) {label}",
    "ceased": "{letter}) {code}: {label}",
    "placement": "{letter}) {code}: {label}",
    "provider": "{letter}) {code}: {label}",
    "in_out": "{letter}) {label}",
    "la_specials": "{code} - {label}",
    "eligibility": "{letter}) {label}",
    "in_touch": "{letter}) {label}",
    "accommodation": "{code}: {label}",
    "suitability": "{letter}) {label}",
    "activity": "{code}: {label}",
    "reversal": "{code} - {label}",
    "leaving": "{code} - {label}",
    "gender_of_adopter": "{letter}) {label}",
    "yes_no_plain": "{label}",
}
_EXCEPTIONS = {
    ("permanence", "OTHER"): "g) other",
    ("ceased", "X1"): "u) X1:CodeError",
    ("in_touch", "REFU"): "d) Refu",
    ("in_touch", "NREQ"): "e) NREQ",
    ("in_touch", "RHOM"): "f) Rhom",
}
# The template prints the group of a source, and not its own words.
_SOURCE_GROUPS = {
    "1": "Individual",
    "2A": "Schools",
    "2B": "Education services",
    "3": "Health services",
    "4": "Housing",
    "5": "LA services",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
    "10": "Unknown",
}


def _source(letter: str, code: str) -> str:
    group = _SOURCE_GROUPS.get(code) or _SOURCE_GROUPS[code[0]]
    return f"{letter}) {code}: {group}"


def _printed() -> dict[tuple[str, str], str]:
    forms = {
        (name, code.code): _PATTERNS[name].format(letter=code.letter, code=code.code, label=code.label)
        for name, listed in CODE_LISTS.items()
        if name != "source"
        for code in listed.codes
    }
    forms |= {("source", code.code): _source(code.letter, code.code) for code in CODE_LISTS["source"].codes}
    return forms | _EXCEPTIONS


PRINTED: dict[tuple[str, str], str] = _printed()
"""The printed form of a code, by the name of its list and the code."""
