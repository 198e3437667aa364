"""Measures beside a judgement: from which list and of which day, what is doubtful in words, the others folded."""

import html

import pytest
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions
from goldthread.apps.submissions.measure_words import apart_from_codes
from goldthread.apps.submissions.models import MeasureValue, Submission

pytestmark = pytest.mark.django_db

DOUBT = "10 of the 5,660 rows used (under 1%) break a rule about the same columns"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def measured(here: Story, form: str, as_at: str, code: str = "AS-01", **more: object) -> EvidenceItem:
    item = here.item("data", area="adoption", title=f"{code} of {form}")
    submission = Submission.objects.create(
        inspection=here.inspection, side="authority", form=form, as_at=as_at, label=form, sha256="cd" * 32, size=1
    )
    detail = {"title": "Assessments", "table": "assessments", "warnings": [f"{DOUBT}: K06 2, L401 1,208."],
              "warned_by": ["K06", "L401"], **more}  # fmt: skip
    MeasureValue.objects.create(
        submission=submission, code=code, numerator=4, denominator=9, value=44.4, low=18.9, high=73.3,
        of_record=form != "annex_a", detail=detail, evidence_item=item,
    )  # fmt: skip
    return item


def page(here: Story) -> str:
    answer = client_for(here["lead"]).get(f"/inspections/{here.inspection.pk}/judgements/adoption/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_two_figures_of_one_measure_stand_together_each_with_its_list_and_day(wexcombe: Story) -> None:
    census = measured(wexcombe, "cin", "2026-03-31")
    measured(wexcombe, "annex_a", "2026-10-31", code="FD-05")
    lists = measured(wexcombe, "annex_a", "2026-10-31")
    finding = wexcombe.finding(area="adoption")
    actions.cite(finding=finding, item=lists, stance="for", why="It shows so.", by=wexcombe["inspector"])
    said = page(wexcombe)
    assert "Annex A child-level lists, list 4 (assessments), as at 31 October 2026" in said
    assert "CIN census (children in need), as at 31 March 2026" in said
    cited, folded = said.split("Other measures of this area (1)")
    assert cited.index(f"{lists.mark}</a>") < cited.index(f"{census.mark}</a>")
    assert "FD-05 of annex_a" in folded and "FD-05 of annex_a" not in cited
    thread = client_for(wexcombe["lead"]).get(f"/inspections/{wexcombe.inspection.pk}/findings/{finding.pk}/")
    assert "measure AS-01 (Annex A child-level lists, list 4" in thread.content.decode()


def test_the_shelf_and_the_picker_name_the_list_and_day_of_a_figure(wexcombe: Story) -> None:
    measured(wexcombe, "cin", "2026-03-31")
    wexcombe.item("survey", area="adoption")
    finding = wexcombe.finding(area="adoption")
    browser = client_for(wexcombe["inspector"])
    for rest in ("shelf/", f"findings/{finding.pk}/cite/"):
        told = browser.get(f"/inspections/{wexcombe.inspection.pk}/{rest}").content.decode()
        assert told.count("CIN census (children in need), as at 31 March 2026") == 1


def test_codes_of_rules_are_folded_beneath_what_is_said_in_words(wexcombe: Story) -> None:
    measured(wexcombe, "annex_a", "2026-10-31", warnings=[f"{DOUBT}: K06 2, L401 1,208.", "Fewer than 10: no rate."])
    said = page(wexcombe)
    assert f"{DOUBT}</span></summary>" in said and "By rule: K06 2, L401 1,208." in said
    assert "Fewer than 10: no rate." in said


@pytest.mark.parametrize(
    ("warning", "codes", "apart"),
    [
        (f"{DOUBT}: K06 2, L401 1,208.", ["K06", "L401"], (DOUBT, "K06 2, L401 1,208")),
        ("Fewer than 10: no rate.", ["K06"], ("Fewer than 10: no rate.", "")),
        ("It looks back 24 months.", [], ("It looks back 24 months.", "")),
    ],
)
def test_a_warning_is_told_apart_from_its_codes_where_it_ends_in_them(
    warning: str, codes: list[str], apart: tuple[str, str]
) -> None:
    assert apart_from_codes(warning, codes) == apart
