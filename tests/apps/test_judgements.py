"""Judgements: what the rules refuse, what they ask a reason for, and that nothing is ever computed."""

import pytest
from tests.findings_story import Story, story

from goldthread.apps.access.actions import Clash
from goldthread.apps.access.policy import Refused
from goldthread.apps.evidence.actions import withdraw as withdraw_item
from goldthread.apps.findings import actions, queries
from goldthread.apps.findings.models import Judgement
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def standing(wexcombe: Story, area: str) -> queries.AreaStanding:
    return next(one for one in queries.area_standings(wexcombe.inspection, wexcombe["lead"]) if one.slug == area)


def propose_keys(wexcombe: Story, *grades: str) -> None:
    for area, grade in zip(("help-and-protection", "looked-after", "leadership"), grades, strict=True):
        wexcombe.propose(area, grade)


def test_no_judgement_is_there_before_somebody_proposes_one(wexcombe: Story) -> None:
    propose_keys(wexcombe, "good", "good", "good")
    assert standing(wexcombe, "overall").judgement is None
    assert queries.judgements(wexcombe.inspection, wexcombe["lead"])[-1].area == "leadership"


@pytest.mark.parametrize("role", ["analyst", "quality-assurance", "nominated-officer", "director"])
def test_who_may_not_propose(wexcombe: Story, role: str) -> None:
    with pytest.raises(Refused):
        wexcombe.propose("adoption", "good", by=role)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [({"reason": " "}, "reason"), ({"grade": "splendid"}, "Choose a grade"), ({"area": "catering"}, "not an area")],
)
def test_a_judgement_needs_an_area_a_grade_and_a_reason(wexcombe: Story, words: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        wexcombe.propose(**{"area": "adoption", "grade": "good", **words})  # type: ignore[arg-type]


def test_a_rule_that_always_holds_cannot_be_overridden(wexcombe: Story) -> None:
    propose_keys(wexcombe, "inadequate", "good", "good")
    with pytest.raises(Refused) as refusal:
        wexcombe.propose("overall", "good", departs_because="We should like to.")
    assert "If any of the three key judgements is inadequate, the overall grade is inadequate." in refusal.value.reason
    assert "consultation notice of June 2013" in refusal.value.reason
    assert wexcombe.propose("overall", "inadequate").departs_from == []


@pytest.mark.parametrize("grades", [("good", "good", "requires-improvement"), ("good", "good", "outstanding")])
def test_what_was_never_seen_in_all_published_reports_is_left_out_too(wexcombe: Story, grades: tuple[str, ...]) -> None:
    propose_keys(wexcombe, *grades)
    better = "good" if "requires-improvement" in grades else "outstanding"
    with pytest.raises(Refused) as refusal:
        wexcombe.propose("overall", better, departs_because="The new director's work shows in every file.")
    assert "Source: Observed in published reports" in refusal.value.reason


def test_a_rule_that_normally_holds_asks_for_a_reason(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "inadequate")
    with pytest.raises(Refused, match="adoption is inadequate") as refusal:
        wexcombe.propose("looked-after", "good")
    assert "Source:" in refusal.value.reason
    made = wexcombe.propose("looked-after", "good", departs_because="Adoption touches four children.")
    assert made.departs_from == ["sif-adoption-limits-looked-after"]


def test_a_framework_without_an_overall_grade_refuses_one_plainly() -> None:
    here = story("ilacs-2026")
    with pytest.raises(Refused, match="gives no overall grade"):
        here.propose("overall", "good")
    assert "overall" not in [one.slug for one in queries.area_standings(here.inspection, here["lead"])]
    assert here.propose("children-in-care", "good").status == "proposed"


def test_a_framework_without_grades_refuses_every_judgement() -> None:
    here = story("focused-visit")
    for area in ("front-door", "overall"):
        with pytest.raises(Refused, match="Focused visit gives no grades: what was found is told in findings"):
            here.propose(area, "good")
    rows = queries.area_standings(here.inspection, here["lead"])
    assert {(one.judgement, one.grade_title, one.bites, one.precedent) for one in rows} == {(None, "", (), None)}


def test_two_people_at_once_both_keep_their_text(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "good", reason="Matching is prompt.")
    with pytest.raises(Clash) as clash:
        wexcombe.propose("adoption", "requires-improvement", reason="Support comes late.", by="lead")
    assert clash.value.theirs["reason"] == "Matching is prompt."
    assert clash.value.yours["reason"] == "Support comes late."
    changed = wexcombe.propose("adoption", "requires-improvement", reason="Support comes late.", by="lead", version=1)
    assert (changed.version, Judgement.objects.count()) == (2, 1)


def test_sending_the_same_proposal_twice_is_harmless(wexcombe: Story) -> None:
    assert wexcombe.propose("adoption", "good") == wexcombe.propose("adoption", "good")
    assert Entry.objects.filter(event__startswith="judgement.").count() == 1


def test_an_area_is_not_agreed_on_nothing(wexcombe: Story) -> None:
    made = wexcombe.propose("adoption", "good")
    with pytest.raises(Refused, match="rest on nothing"):
        actions.agree_judgement(judgement=made, by=wexcombe["lead"])
    wexcombe.agreed(area="adoption")
    agreed = actions.agree_judgement(judgement=made, by=wexcombe["lead"])
    assert (agreed.status, agreed.decided_by_id) == ("agreed", wexcombe.person("lead").pk)


@pytest.mark.parametrize("role", ["inspector", "analyst", "quality-assurance"])
def test_only_the_lead_records_the_teams_judgement(wexcombe: Story, role: str) -> None:
    wexcombe.agreed(area="adoption")
    with pytest.raises(Refused):
        actions.agree_judgement(judgement=wexcombe.propose("adoption", "good"), by=wexcombe[role])


def test_the_overall_waits_for_the_key_areas(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="good", looked_after="good")
    wexcombe.propose("leadership", "good")
    whole = wexcombe.propose("overall", "good")
    with pytest.raises(Refused, match="not agreed yet: Leadership"):
        actions.agree_judgement(judgement=whole, by=wexcombe["lead"])


def test_the_rules_are_asked_again_when_it_is_agreed(wexcombe: Story) -> None:
    whole = wexcombe.propose("overall", "good")
    wexcombe.judge(help_and_protection="inadequate", looked_after="good", leadership="good")
    with pytest.raises(Refused, match="do not allow"):
        actions.agree_judgement(judgement=whole, by=wexcombe["lead"])


def test_an_agreed_judgement_is_reopened_with_a_reason(wexcombe: Story) -> None:
    agreed = wexcombe.judge(adoption="good")["adoption"]
    with pytest.raises(Refused, match="The lead inspector can open it again"):
        wexcombe.propose("adoption", "outstanding", version=2)
    with pytest.raises(Refused, match="Say why"):
        actions.reopen_judgement(judgement=agreed, because="", by=wexcombe["lead"])
    opened = actions.reopen_judgement(judgement=agreed, because="New evidence", by=wexcombe["lead"])
    assert (opened.status, opened.decided_at) == ("proposed", None)
    assert Entry.objects.filter(event="judgement.reopened").count() == 1


def test_a_changed_area_marks_the_overall_to_be_checked(wexcombe: Story) -> None:
    made = wexcombe.judge(help_and_protection="good", looked_after="good", leadership="good")
    actions.agree_judgement(judgement=wexcombe.propose("overall", "good"), by=wexcombe["lead"])
    assert standing(wexcombe, "overall").check_again == ()
    actions.reopen_judgement(judgement=made["leadership"], because="New evidence", by=wexcombe["lead"])
    wexcombe.propose("leadership", "inadequate", version=3)
    reasons = " ".join(standing(wexcombe, "overall").check_again)
    assert "If any of the three key judgements is inadequate" in reasons
    assert "have changed: Leadership" in reasons


def test_fallen_evidence_reaches_up_to_the_judgement(wexcombe: Story) -> None:
    wexcombe.judge(adoption="good")
    assert standing(wexcombe, "adoption").check_again == ()
    item = standing(wexcombe, "adoption").agreed[0].supports[0].item
    withdraw_item(item=item, because="Miscounted", by=wexcombe["lead"])
    assert "leans on evidence that no longer stands" in standing(wexcombe, "adoption").check_again[0]


def test_a_finding_changed_later_reaches_up_to_the_judgement(wexcombe: Story) -> None:
    wexcombe.judge(adoption="good")
    finding = standing(wexcombe, "adoption").agreed[0].finding
    actions.withdraw(finding=finding, because="It fell", by=wexcombe["lead"])
    assert finding.mark in " ".join(standing(wexcombe, "adoption").check_again)


def test_the_verdict_shows_precedent_and_what_bites(wexcombe: Story) -> None:
    propose_keys(wexcombe, "good", "requires-improvement", "good")
    verdict = queries.verdict(wexcombe.inspection, wexcombe["inspector"])
    assert verdict.allowed == ("good", "requires-improvement")
    assert verdict.precedent is not None
    assert "6 published results" in verdict.precedent.says
    assert set(verdict.missing) == {"adoption", "care-leavers"}


def test_the_report_is_given_agreed_judgements_only(wexcombe: Story) -> None:
    wexcombe.judge(leadership="good", adoption="good")
    wexcombe.propose("looked-after", "good")
    found = queries.agreed_judgements(wexcombe.inspection, wexcombe["lead"])
    assert [one.area for one in found] == ["adoption", "leadership"]
    assert queries.agreed_grades(wexcombe.inspection) == {"adoption": "good", "leadership": "good"}


@pytest.mark.parametrize("role", ["nominated-officer", "director", "uploader", "records-officer"])
def test_who_sees_no_working_judgement(wexcombe: Story, role: str) -> None:
    wexcombe.judge(adoption="good")
    assert queries.judgements(wexcombe.inspection, wexcombe[role]) == []
    with pytest.raises(Judgement.DoesNotExist):
        queries.judgement(wexcombe[role], wexcombe.inspection.pk, "adoption")
