"""Whether the XML of a return is built as its schema says: each element in its place, in order, as often as it may be.

The Department's schema files are not part of this project, so that this is no validation against them. What is held
here are the order and the number of elements that they lay down: of the CIN census by the schemas of 2023 and 2026,
which differ in one name, of SSDA903 by CLA 3.3.0 (2021), the latest to be had. Elements that came in since (social
workers, deprivation of liberty, pre-proceedings) are not looked at. How cells are written is told by their issues
(`other_forms`), and codes by the rules.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping

from goldthread.kernel.mends import OddStructure
from goldthread.readers.xml_places import Element, Places
from goldthread.readers.xml_shape import Shape

_SAID = {
    "order": "stands before an element that the schema puts in front of it",
    "many": "stands more often than the schema allows",
    "lacking": "is lacking",
    "empty": "is empty, which the schema does not allow",
}

_CIN = {
    "message": "Header? Children",
    "header": "CollectionDetails? Source*",
    "children": "Child+",
    "child": "ChildIdentifiers ChildCharacteristics CINdetails+",
    "childidentifiers": (
        "LAchildID UPN? FormerUPN? UPNunknown? PersonBirthDate? ExpectedPersonBirthDate? Sex|GenderCurrent "
        "PersonDeathDate?"
    ),
    "childcharacteristics": "Ethnicity Disabilities?",
    "disabilities": "Disability+",
    "cindetails": (
        "CINreferralDate ReferralSource PrimaryNeedCode? CINclosureDate? ReasonForClosure? DateOfInitialCPC? "
        "Assessments* CINPlanDates* Section47* ReferralNFA ChildProtectionPlans*"
    ),
    "assessments": (
        "AssessmentActualStartDate AssessmentInternalReviewDate? AssessmentAuthorisationDate? "
        "FactorsIdentifiedAtAssessment?"
    ),
    "factorsidentifiedatassessment": "AssessmentFactors+",
    "cinplandates": "CINPlanStartDate CINPlanEndDate?",
    "section47": "S47ActualStartDate InitialCPCtarget? DateOfInitialCPC? ICPCnotRequired",
    "childprotectionplans": (
        "CPPstartDate CPPendDate? InitialCategoryOfAbuse LatestCategoryOfAbuse NumberOfPreviousCPP Reviews?"
    ),
    "reviews": "CPPreviewDate+",
}
_SSDA903 = {
    "child": "HEADER EPISODE*",
    "header": (
        "CHILDID UPN SEX DOB ETHNIC UASC DUC? DATE_INT? DATE_MATCH? FOSTER_CARE? NB_ADOPTR? SEX_ADOPTR? LS_ADOPTR? "
        "IN_TOUCH? ACTIV? ACCOM? AMISSING* AREVIEW* MOTHER? MC_DOB? PERMANENCE? OC2? AD_PLACED*"
    ),
    "amissing": "MISSING MIS_START MIS_END?",
    "areview": "REVIEW REVIEW_CODE",
    "permanence": "PREV_PERM? LA_PERM? DATE_PERM?",
    "oc2": (
        "SDQ_SCORE? SDQ_REASON? CONVICTED? HEALTH_CHECK? IMMUNISATIONS? TEETH_CHECK? HEALTH_ASSESSMENT? "
        "SUBSTANCE_MISUSE? INTERVENTION_RECEIVED? INTERVENTION_OFFERED?"
    ),
    "ad_placed": "DATE_PLACED DATE_PLACED_CEASED? REASON_PLACED_CEASED?",
    "episode": "DECOM RNE LS CIN PL PL_POST? HOME_POST? URN? PLACE_PROVIDER? DEC REC REASON_PLACE_CHANGE?",
}
_NO_EMPTY = ("cin",)
"""The forms whose schemas allow no empty cell; that of SSDA903 asks for some elements even where they are empty."""


class _Part:
    """One element that may stand in another: its names, its place in the order, and how often it may stand there."""

    def __init__(self, written: str, place: int) -> None:
        bare = written.rstrip("?*+")
        self.called = bare.replace("|", " or ")
        self.names = tuple(name.casefold() for name in bare.split("|"))
        self.place = place
        self.needed = written == bare or written.endswith("+")
        self.once = written == bare or written.endswith("?")


def _parts(declared: Mapping[str, str]) -> dict[str, list[_Part]]:
    return {
        holder: [_Part(each, place) for place, each in enumerate(written.split())]
        for holder, written in declared.items()
    }


_DECLARED = {"cin": _parts(_CIN), "ssda903": _parts(_SSDA903)}


def odd_structure(found: Places, shape: Shape) -> tuple[OddStructure, ...]:
    """Where a document is built otherwise than its schema says: each way once, with how often and the first line."""
    counted: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], int] = {}
    for name, parts in _DECLARED[shape.form].items():
        by_name = {each: part for part in parts for each in part.names}
        for holder in found.holders.get(name, ()):
            for kind, called, at in _odd_within(holder, parts, by_name, empties=shape.form in _NO_EMPTY):
                place = (holder.written, called, kind)
                counted[place] += 1
                first.setdefault(place, at)
    lines = [match.start() for match in re.finditer(b"\n", found.data)] if counted else []
    told = [
        OddStructure(holder, called, _SAID[kind], counted[holder, called, kind], 1 + bisect_left(lines, at))
        for (holder, called, kind), at in first.items()
    ]
    return tuple(sorted(told, key=lambda one: (one.line, one.holder, one.element)))


def _odd_within(
    holder: Element, parts: list[_Part], by_name: Mapping[str, _Part], *, empties: bool
) -> Iterator[tuple[str, str, int]]:
    """What is odd in one element: of which kind, about which element, and where in the bytes."""
    seen: Counter[int] = Counter()
    reached = 0
    for child in sorted(holder.children, key=lambda one: one.start):
        part = by_name.get(child.name)
        if part is None:
            continue
        if part.place < reached:
            yield "order", parts[reached].called, child.start
        reached = max(reached, part.place)
        seen[part.place] += 1
        if part.once and seen[part.place] == 2:
            yield "many", part.called, child.start
        if empties and child.plain and child.inner == child.close and child.name not in _CIN:
            yield "empty", part.called, child.start
    yield from (("lacking", part.called, holder.start) for part in parts if part.needed and not seen[part.place])
