"""Two people check a report, each blind to what the other says; whatever changes is checked anew."""

import pytest
from tests.apps.test_reports import AREA, lines_of, publish, submitted
from tests.apps.test_reports import wexcombe as wexcombe
from tests.factories import client_for
from tests.findings_story import Story
from tests.two_checkers import passed, returned

from goldthread.apps.access.policy import Refused
from goldthread.apps.findings import actions as findings
from goldthread.apps.inspections.models import Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import Report, ReportCheck
from goldthread.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

ONE, OTHER = "quality-assurance", "disclosure-checker"
SECRET = "The third sentence reads oddly."


def page(told: Story, role: str, report: Report) -> str:
    where = f"/inspections/{report.inspection_id}/report/{report.pk}/"
    return client_for(told.person(role)).get(where).content.decode()


def test_one_check_is_not_enough(wexcombe: Story) -> None:
    report = actions.approve(report=submitted(wexcombe), note="Read.", by=wexcombe[ONE])
    assert report.status == "submitted" and report.content_hash == ""
    with pytest.raises(IllegalMove):
        publish(wexcombe, report)
    with pytest.raises(Refused, match="You have checked this version"):
        actions.approve(report=report, note="Again.", by=wexcombe[ONE])
    with pytest.raises(Refused, match="You have checked this version"):
        actions.send_back(report=report, note="After all not.", by=wexcombe[ONE])
    done = actions.approve(report=report, note="Read too.", by=wexcombe[OTHER])
    assert done.status == "approved" and done.content_hash == queries.document(done).digest()


@pytest.mark.parametrize("passes", [True, False])
def test_nobody_sees_a_check_before_both_are_in(wexcombe: Story, passes: bool) -> None:
    report = submitted(wexcombe)
    act = actions.approve if passes else actions.send_back
    report = act(report=report, note=SECRET, by=wexcombe[ONE])
    assert report.status == "submitted", "asking for changes tells as little as passing"
    for role in (OTHER, "lead", "inspector"):
        text = page(wexcombe, role, report)
        assert "1 of 2 checks is in" in text and SECRET not in text and "it may go" not in text
        assert "it should change" not in text
    own = page(wexcombe, ONE, report)
    assert SECRET in own and "Check it" not in own
    assert "Check it" in page(wexcombe, OTHER, report)
    told = Entry.objects.filter(event="report.checked").get()
    assert SECRET not in repr(told.detail) and "pass" not in repr(told.detail)
    actions.approve(report=report, note="Read.", by=wexcombe[OTHER])
    assert SECRET in page(wexcombe, "lead", report)


def test_one_who_asks_for_changes_is_enough_to_send_it_back_and_both_check_it_anew(wexcombe: Story) -> None:
    back = returned(wexcombe, submitted(wexcombe), "Shorter, please.")
    assert (back.status, back.check_note, back.content_hash) == ("returned", "Shorter, please.", "")
    assert not ReportCheck.objects.filter(counts=True).exists() and ReportCheck.objects.count() == 2
    section = back.sections.get(slug=AREA)
    actions.change_section(section=section, lines=lines_of(section)[:-1], version=section.version, by=wexcombe["lead"])
    report = actions.submit(report=back, by=wexcombe["lead"])
    report = actions.approve(report=report, note="Better.", by=wexcombe[OTHER])
    assert report.status == "submitted", "what was passed before the change counts no more"
    assert actions.approve(report=report, note="Better.", by=wexcombe[ONE]).status == "approved"


def test_a_figure_or_judgement_that_changes_between_two_checks_takes_the_first_away(wexcombe: Story) -> None:
    report = actions.approve(report=submitted(wexcombe), note="Read.", by=wexcombe[ONE])
    judged = wexcombe.propose("care-leavers", "good", version=1, reason="Most live in good places.")
    findings.agree_judgement(judgement=judged, by=wexcombe["lead"])
    assert queries.checks(report, wexcombe[ONE]).given == 0
    report = actions.approve(report=report, note="Read.", by=wexcombe[OTHER])
    assert report.status == "submitted"
    assert actions.approve(report=report, note="Read again.", by=wexcombe[ONE]).status == "approved"


def test_an_approved_version_goes_back_at_once(wexcombe: Story) -> None:
    report = passed(wexcombe, submitted(wexcombe))
    back = actions.send_back(report=report, note="A name was found.", by=wexcombe[OTHER])
    assert back.status == "returned" and not back.checks.filter(counts=True).exists()


def test_the_lead_may_take_a_version_back_and_nothing_said_of_it_counts(wexcombe: Story) -> None:
    report = actions.approve(report=submitted(wexcombe), note="Read.", by=wexcombe[ONE])
    with pytest.raises(Refused):
        actions.take_back(report=report, by=wexcombe["inspector"])
    draft = actions.take_back(report=report, by=wexcombe["lead"])
    assert draft.status == "draft" and not draft.checks.filter(counts=True).exists()
    with pytest.raises(Refused, match="Only a version that waits"):
        actions.take_back(report=draft, by=wexcombe["lead"])
    report = actions.approve(report=actions.submit(report=draft, by=wexcombe["lead"]), note="Read.", by=wexcombe[OTHER])
    assert report.status == "submitted"


def test_two_who_both_gathered_the_evidence_do_not_check_it(wexcombe: Story) -> None:
    began = wexcombe.inspection.memberships.order_by("valid_from")[0].valid_from
    for role in (ONE, OTHER):
        Membership.objects.create(
            inspection=wexcombe.inspection, person=wexcombe.person(role), role="inspector", valid_from=began
        )
    report = actions.approve(report=submitted(wexcombe), note="Read.", by=wexcombe[ONE])
    with pytest.raises(Refused, match="must not have gathered the evidence"):
        actions.approve(report=report, note="Read.", by=wexcombe[OTHER])
    assert report.checks.count() == 1
