"""What a checker is shown of the evidence against what a report says: all of it who may read it, else that it is."""

import html

import pytest
from tests.apps.test_reports import submitted
from tests.apps.test_reports import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import NOTHING_OF_A_CHILD, Story

from goldthread.apps.findings import actions as findings
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.reports import queries
from goldthread.apps.reports.models import Report

pytestmark = pytest.mark.django_db


def page(told: Story, role: str, report: Report) -> str:
    where = f"/inspections/{report.inspection_id}/report/{report.pk}/check/"
    answer = client_for(told.person(role)).get(where)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def doubted(wexcombe: Story) -> Report:
    """A version that waits to be checked, with an item against the first finding of which it tells."""
    report = submitted(wexcombe)
    told = Finding.objects.filter(inspection=report.inspection, status="agreed").order_by("number").first()
    assert told is not None
    told = findings.reopen(finding=told, because="One file says otherwise.", by=wexcombe["lead"])
    item = wexcombe.item("document", title="Minutes of the panel")
    findings.cite(finding=told, item=item, stance="against", why="It names a delay.", by=wexcombe["inspector"])
    findings.agree(finding=told, by=wexcombe["lead"])
    return report


def test_the_quality_assurance_manager_reads_what_speaks_against_each_sentence(
    wexcombe: Story, doubted: Report
) -> None:
    said = page(wexcombe, "quality-assurance", doubted)
    assert "Evidence against" in said and "Minutes of the panel: It names a delay." in said
    assert "Not answered" in said and NOTHING_OF_A_CHILD not in said
    citation = Citation.objects.get(stance="against")
    told = findings.reopen(finding=citation.finding, because="To answer it.", by=wexcombe["lead"])
    findings.answer_contrary(citation=citation, answer="One file in twenty.", by=wexcombe["inspector"], version=1)
    findings.agree(finding=told, by=wexcombe["lead"])
    said = page(wexcombe, "quality-assurance", doubted)
    assert "One file in twenty." in said and "Not answered" not in said


def test_the_disclosure_checker_is_told_that_there_is_some_why_not_what_and_who_weighs_it(
    wexcombe: Story, doubted: Report
) -> None:
    said = page(wexcombe, "disclosure-checker", doubted)
    assert "Evidence against, not answered" in said and "The quality-assurance manager reads it and weighs it." in said
    assert "Minutes of the panel" not in said and "It names a delay." not in said
    assert queries.against(doubted, wexcombe["disclosure-checker"]) == []
