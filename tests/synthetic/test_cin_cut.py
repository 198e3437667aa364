"""The CIN census that is cut from the lives: as the schema wants it, and sound inside."""

import xml.etree.ElementTree as ET  # the file is our own
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from tests.synthetic.lasting import AS_AT, story

from goldthread.synthetic.cuts import cin
from goldthread.synthetic.cuts.year import Year

SCHEMA = Path(__file__).resolve().parents[2] / "../shared/data/cin/CIN_schema_2026.xsd"
YEAR = Year(2026)

# The elements of the 2026 schema in their order, and what stands inside each.
ORDER = {
    "Child": ["ChildIdentifiers", "ChildCharacteristics", "CINdetails"],
    "ChildIdentifiers": ["LAchildID", "UPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex"],
    "ChildCharacteristics": ["Ethnicity", "Disabilities"],
    "Disabilities": ["Disability"],
    "CINdetails": [
        "CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure", "Assessments",
        "CINPlanDates", "Section47", "ReferralNFA", "ChildProtectionPlans",
    ],
    "Assessments": ["AssessmentActualStartDate", "AssessmentAuthorisationDate", "FactorsIdentifiedAtAssessment"],
    "FactorsIdentifiedAtAssessment": ["AssessmentFactors"],
    "CINPlanDates": ["CINPlanStartDate", "CINPlanEndDate"],
    "Section47": ["S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"],
    "ChildProtectionPlans": [
        "CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP",
        "Reviews",
    ],
    "Reviews": ["CPPreviewDate"],
}  # fmt: skip


@pytest.fixture(scope="module")
def census() -> ET.Element:
    return ET.fromstring(_text())


def _text() -> str:
    told = story()
    body = [text for child in cin.children(told.lives, YEAR, told.stage) for _, text in cin.lines(child, 2)]
    return "\n".join([*cin.head(YEAR), *body, *cin.FOOT]).removeprefix('<?xml version="1.0" encoding="utf-8"?>\n')


def _day(node: ET.Element, name: str) -> date | None:
    text = node.findtext(name)
    return date.fromisoformat(text) if text else None


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of the census is not beside the project")
def test_the_census_keeps_to_the_published_schema():
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    schema.assertValid(etree.fromstring(_text().encode()))


def test_elements_stand_in_the_order_of_the_schema(census: ET.Element):
    children = census.findall("Children/Child")
    assert len(children) > 1_000
    for child in children:
        for node in child.iter():
            places = [ORDER[node.tag].index(inner.tag) for inner in node] if node.tag in ORDER else []
            assert places == sorted(places), node.tag
            assert (len(node) > 0) == (node.tag in ORDER)


def test_episodes_of_a_child_do_not_overlap_and_one_at_most_is_open(census: ET.Element):
    for child in census.findall("Children/Child"):
        episodes = [node for node in child.findall("CINdetails") if node.findtext("ReferralNFA") == "0"]
        spans = sorted((_day(node, "CINreferralDate"), _day(node, "CINclosureDate") or date.max) for node in episodes)
        assert all(before[1] < after[0] for before, after in pairwise(spans))  # type: ignore[operator]


def test_dates_inside_an_episode_are_in_order(census: ET.Element):
    for node in census.iter("CINdetails"):
        referred, closed = _day(node, "CINreferralDate"), _day(node, "CINclosureDate")
        assert referred
        assert (closed is None) == (node.find("ReasonForClosure") is None)
        assert closed is None or YEAR.opens <= closed <= YEAR.ends
        last = closed or YEAR.ends
        for each in node.findall("Assessments"):
            start, done = _day(each, "AssessmentActualStartDate"), _day(each, "AssessmentAuthorisationDate")
            assert start and referred <= start <= (done or last) <= last
            assert (done is None) == (each.find("FactorsIdentifiedAtAssessment") is None)
            assert done is not None or closed is None
        for each in node.findall("Section47"):
            start, held = _day(each, "S47ActualStartDate"), _day(each, "DateOfInitialCPC")
            assert start and referred <= start <= (held or last) <= last
            assert held is None or (held.weekday() < 5 and each.findtext("ICPCnotRequired") == "0")
        for each in node.findall("ChildProtectionPlans"):
            start, end = _day(each, "CPPstartDate"), _day(each, "CPPendDate")
            assert start and referred <= start < (end or date.max)
            assert end is None or end <= last
            assert all(start < date.fromisoformat(day.text or "") for day in each.iter("CPPreviewDate"))


def test_a_plan_that_began_in_the_year_has_its_conference_that_day(census: ET.Element):
    begun = 0
    for node in census.iter("CINdetails"):
        held = {_day(each, "DateOfInitialCPC") for each in node.findall("Section47")}
        for plan in node.findall("ChildProtectionPlans"):
            start = _day(plan, "CPPstartDate")
            if start and start >= YEAR.opens:
                begun += 1
                assert start in held
    assert begun > 50


def test_a_plan_for_a_child_in_need_never_runs_inside_a_protection_plan(census: ET.Element):
    for node in census.iter("CINdetails"):
        found = node.findall("ChildProtectionPlans")
        plans = [(_day(each, "CPPstartDate"), _day(each, "CPPendDate") or date.max) for each in found]
        for each in node.findall("CINPlanDates"):
            start, end = _day(each, "CINPlanStartDate"), _day(each, "CINPlanEndDate") or date.max
            assert start
            assert not any(on <= end and start <= until for on, until in plans if on)


def test_a_referral_that_ended_there_holds_nothing_else(census: ET.Element):
    ended = [node for node in census.iter("CINdetails") if node.findtext("ReferralNFA") == "1"]
    assert len(ended) > 20
    assert {inner.tag for node in ended for inner in node} == {"CINreferralDate", "ReferralSource", "ReferralNFA"}


def test_who_is_not_yet_born_has_an_expected_birth_date(census: ET.Element):
    for child in census.findall("Children/Child/ChildIdentifiers"):
        expected = _day(child, "ExpectedPersonBirthDate")
        assert (expected is None) != (child.find("PersonBirthDate") is None)
        assert expected is None or (expected > AS_AT and child.findtext("Sex") == "U")
