"""Judgements in the browser: nothing chosen beforehand, rules in their own words, the lead's agreement."""

import html
import re
from urllib.parse import parse_qsl

import lxml.html
import pytest
from django.test import Client
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.findings import queries
from goldthread.apps.findings.models import Judgement
from goldthread.web.presenters import ground

pytestmark = pytest.mark.django_db

SENT = {"grade": "good", "reason": "A best fit with good.", "departs_because": "", "version": "0"}


@pytest.fixture
def wexcombe() -> Story:
    return story()


def at(wexcombe: Story, rest: str = "") -> str:
    return f"/inspections/{wexcombe.inspection.pk}/judgements/{rest}"


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_table_shows_every_area_and_the_whole(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="inadequate")
    page = text(client_for(wexcombe["quality-assurance"]), at(wexcombe))
    assert page.count('scope="row"') == 6
    assert "Overall effectiveness" in page
    assert "If any of the three key judgements is inadequate" in page
    assert "leave open: <strong>Inadequate</strong>" in page


def test_findings_are_counted_in_words_that_fit_their_number() -> None:
    assert ground.counted({"improve": 2, "strength": 1}) == "1 strength, 2 areas for improvement"
    assert ground.counted({"strength": 3, "good-practice": 2, "priority": 1, "improve": 1}) == (
        "3 strengths, 2 examples of good practice, 1 area for improvement, 1 priority action"
    )
    assert ground.counted({}) == "" and set(ground.COUNTED) == {kind for kind, _ in queries.choices()["kind"]}


def test_no_grade_is_chosen_beforehand_even_where_one_only_is_allowed(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="inadequate", looked_after="inadequate", leadership="inadequate")
    page = text(client_for(wexcombe["inspector"]), at(wexcombe, "overall/"))
    assert page.count('name="grade"') == 4
    assert " checked" not in page
    assert page.count("The rules on this page leave this grade out.") == 3


def test_the_area_page_puts_descriptors_beside_evidence(wexcombe: Story) -> None:
    wexcombe.agreed("data", "survey", criteria=["hp-01"], statement="Help comes early.")
    page = text(client_for(wexcombe["inspector"]), at(wexcombe, "help-and-protection/"))
    assert "Help comes early." in page
    assert page.count("All that is good, and more") == 1, "each descriptor stands once, beside its grade"
    assert "1 named by findings, 21 not" in page
    assert "Nothing on the shelf of these kinds:" in page


def test_the_page_says_what_hangs_on_one_finding_alone(wexcombe: Story) -> None:
    browser, address = client_for(wexcombe["inspector"]), at(wexcombe, "help-and-protection/")
    first = wexcombe.agreed("data", "survey", criteria=["hp-01"], statement="Help comes early.")
    page = text(browser, address)
    assert "What hangs on one finding alone" in page and "Without <a" in page and f">{first.mark}</a>" in page
    assert "no surveys would speak" in page.replace("items of data and no ", "")
    wexcombe.agreed("data", "survey", criteria=["hp-01"], statement="Help comes early again.")
    assert "Whichever finding fell" in text(browser, address)


def test_the_whole_says_which_area_judged_otherwise_would_change_it(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="good", looked_after="inadequate", leadership="good")
    page = html.unescape(text(client_for(wexcombe["inspector"]), at(wexcombe, "overall/")))
    assert "requires improvement, and not inadequate, the rules would leave open" in page
    assert "and not good, the rules would leave open" not in page, "one inadequate area leaves nothing else open"


def test_an_inspector_proposes_and_the_lead_agrees(wexcombe: Story) -> None:
    wexcombe.agreed(area="adoption")
    inspector, lead = client_for(wexcombe["inspector"]), client_for(wexcombe["lead"])
    assert inspector.post(at(wexcombe, "adoption/"), SENT).status_code == 302
    assert inspector.get(at(wexcombe, "adoption/agree/")).status_code == 403
    assert "Record the team" in text(lead, at(wexcombe, "adoption/"))
    assert "It rests on 1 agreed finding." in text(lead, at(wexcombe, "adoption/agree/"))
    lead.post(at(wexcombe, "adoption/agree/"), {"version": "1"})
    page = text(lead, at(wexcombe, "adoption/"))
    assert "Agreed by" in page
    assert 'name="grade"' not in page
    assert lead.post(at(wexcombe, "adoption/reopen/"), {"because": ""}).status_code == 422
    lead.post(at(wexcombe, "adoption/reopen/"), {"because": "New evidence", "version": 2})
    assert "Opened again because: New evidence" in text(lead, at(wexcombe, "adoption/"))


def test_agreeing_on_nothing_says_why_not(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "good")
    answer = client_for(wexcombe["lead"]).post(at(wexcombe, "adoption/agree/"), {"version": "1"}, follow=True)
    assert "would rest on nothing" in answer.content.decode()
    assert Judgement.objects.get().status == "proposed"


def test_a_rule_that_always_holds_is_told_with_its_source_and_the_text_is_kept(wexcombe: Story) -> None:
    wexcombe.judge(help_and_protection="inadequate", looked_after="good", leadership="good")
    sent = {**SENT, "reason": "We should like it so.", "departs_because": "Because."}
    answer = client_for(wexcombe["inspector"]).post(at(wexcombe, "overall/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The rules do not allow this grade." in page
    assert "consultation notice of June 2013" in page
    assert "We should like it so." in page
    assert not Judgement.objects.filter(area="overall").exists()


def test_a_rule_that_normally_holds_asks_for_a_reason_at_its_field(wexcombe: Story) -> None:
    wexcombe.judge(adoption="inadequate")
    browser = client_for(wexcombe["inspector"])
    answer = browser.post(at(wexcombe, "looked-after/"), SENT)
    assert answer.status_code == 422
    assert 'href="#id_departs_because"' in answer.content.decode()
    browser.post(at(wexcombe, "looked-after/"), {**SENT, "departs_because": "Adoption touches four children."})
    assert Judgement.objects.get(area="looked-after").departs_from == ["sif-adoption-limits-looked-after"]


def test_a_reason_is_asked_for(wexcombe: Story) -> None:
    answer = client_for(wexcombe["inspector"]).post(at(wexcombe, "adoption/"), {**SENT, "reason": ""})
    assert answer.status_code == 422
    assert "Give the reason for the grade" in answer.content.decode()


def test_an_error_leads_to_the_first_grade(wexcombe: Story) -> None:
    answer = client_for(wexcombe["inspector"]).post(at(wexcombe, "adoption/"), {**SENT, "grade": ""})
    target = re.search(r'href="#([^"]+)">Choose a grade', answer.content.decode())
    assert target is not None
    assert f'id="{target[1]}" aria-describedby' in answer.content.decode()


def test_two_people_at_once_see_both_texts(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "good", by="lead", reason="Their reason.")
    answer = client_for(wexcombe["inspector"]).post(at(wexcombe, "adoption/"), {**SENT, "reason": "My reason."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Their reason." in page
    assert "My reason." in page


def test_a_framework_without_an_overall_grade_has_no_such_page() -> None:
    here = story("ilacs-2026")
    browser = client_for(here["lead"])
    page = text(browser, at(here))
    assert "It gives no overall grade." in page
    assert "Overall effectiveness" not in page
    assert browser.get(at(here, "overall/")).status_code == 404
    assert browser.get(at(here, "adoption/")).status_code == 404
    assert browser.get(at(here, "children-in-care/")).status_code == 200


def test_a_framework_without_grades_offers_none_and_shows_what_each_area_rests_on() -> None:
    here = story("focused-visit")
    browser = client_for(here["lead"])
    page = text(browser, at(here))
    assert "gives no grades, so there is nothing to judge here" in page
    assert "Not judged" not in page
    assert "Try other grades" not in page
    page = text(browser, at(here, "front-door/"))
    assert "What good looks like" in page
    assert "Propose" not in page
    assert browser.post(at(here, "front-door/"), SENT).status_code == 422
    assert not Judgement.objects.exists()
    assert "areas judged" not in text(browser, f"/inspections/{here.inspection.pk}/")


def test_the_calculator_is_reached_with_the_grades_as_they_stand(wexcombe: Story) -> None:
    wexcombe.judge(adoption="good", leadership="inadequate")
    for rest in ("", "adoption/"):
        page = text(client_for(wexcombe["lead"]), at(wexcombe, rest))
        (query,) = re.findall(r"/frameworks/sif-2013/calculator/\?([^\"]+)", page)
        assert dict(parse_qsl(html.unescape(query))) == {"adoption": "good", "leadership": "inadequate"}


@pytest.mark.parametrize("role", ["nominated-officer", "director", "uploader", "member", "improvement-lead"])
def test_the_authority_finds_nothing(wexcombe: Story, role: str) -> None:
    wexcombe.judge(adoption="good")
    browser = client_for(wexcombe[role])
    for rest in ("", "adoption/", "adoption/agree/", "adoption/reopen/", "overall/"):
        assert browser.get(at(wexcombe, rest)).status_code == 404, rest
    assert browser.post(at(wexcombe, "adoption/"), SENT).status_code == 404


@pytest.mark.parametrize("role", ["analyst", "quality-assurance"])
def test_who_reads_but_does_not_judge(wexcombe: Story, role: str) -> None:
    browser = client_for(wexcombe[role])
    assert 'name="grade"' not in text(browser, at(wexcombe, "adoption/"))
    assert browser.post(at(wexcombe, "adoption/"), SENT).status_code == 403
    assert not Judgement.objects.exists()


def test_a_proposal_opened_to_be_changed_shows_what_was_chosen(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "good", reason="Matching is prompt.")
    page = text(client_for(wexcombe["inspector"]), at(wexcombe, "adoption/"))
    assert page.count(" checked") == 1
    assert 'name="version" value="1"' in page


def test_somebody_who_sees_it_otherwise_says_so_and_whoever_agrees_reads_it_first(wexcombe: Story) -> None:
    wexcombe.agreed(area="adoption")
    wexcombe.propose("adoption", "good")
    inspector, lead = client_for(wexcombe["inspector"]), client_for(wexcombe["lead"])
    page = text(inspector, at(wexcombe, "adoption/dissent/"))
    assert 'value="inadequate"' in page and 'value="good"' not in page
    wrong = inspector.post(at(wexcombe, "adoption/dissent/"), {"because": "Plans drift.", "version": "1"})
    assert wrong.status_code == 422 and "Plans drift." in wrong.content.decode()
    sent = {"grade": "inadequate", "because": "Plans drift.", "version": "1"}
    assert inspector.post(at(wexcombe, "adoption/dissent/"), sent).status_code == 302
    page = text(lead, at(wexcombe, "adoption/agree/"))
    assert page.index("Who sees it otherwise") < page.index("The team has decided so")
    assert "Robin inspector" in page and "Said of version 1 of the judgement, good." in page
    blind = lead.post(at(wexcombe, "adoption/agree/"), {"version": "1"}, follow=True)
    assert "recorded since you opened the page" in blind.content.decode()
    seen = re.findall(r'name="dissent" value="(\d+)"', page)
    lead.post(at(wexcombe, "adoption/agree/"), {"version": "1", "dissent": seen})
    page = text(inspector, at(wexcombe, "adoption/"))
    assert "Agreed by" in page and "Plans drift." in page and "Take your dissent back" in page
    assert "Take your dissent back" not in text(lead, at(wexcombe, "adoption/"))
    inspector.post(at(wexcombe, f"adoption/dissents/{seen[0]}/take-back/"), {"version": "1"})
    page = text(lead, at(wexcombe, "adoption/"))
    assert "Taken back" in page and "Plans drift." in page
    kept = text(lead, at(wexcombe, "adoption/agreed/1/"))
    assert "Plans drift." in kept and "Assessments are done in time." in kept and "Fingerprint (SHA-256)" in kept


def test_the_manager_decides_a_departure_before_the_lead_can_agree_it(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "inadequate")
    wexcombe.agreed(area="looked-after")
    wexcombe.propose("looked-after", "good", departs_because="Adoption touches four children.")
    lead, manager = client_for(wexcombe["lead"]), client_for(wexcombe["quality-assurance"])
    refused = lead.post(at(wexcombe, "looked-after/agree/"), {"version": "1"}, follow=True).content.decode()
    assert "The quality-assurance manager can" in refused
    assert lead.get(at(wexcombe, "looked-after/departure/")).status_code == 403
    assert "Decide the departure from the rule" in text(manager, at(wexcombe, "looked-after/"))
    assert "Adoption touches four children." in text(manager, at(wexcombe, "looked-after/departure/"))
    wrong = manager.post(at(wexcombe, "looked-after/departure/"), {"note": "It may.", "version": "1"})
    assert wrong.status_code == 422 and "It may." in wrong.content.decode()
    sent = {"decision": "approve", "note": "It may.", "version": "1"}
    assert manager.post(at(wexcombe, "looked-after/departure/"), sent).status_code == 302
    page = text(lead, at(wexcombe, "looked-after/agree/"))
    assert "Departure approved" in page and "Robin quality-assurance" in page
    assert lead.post(at(wexcombe, "looked-after/agree/"), {"version": "2"}).status_code == 302
    kept = text(lead, at(wexcombe, "looked-after/agreed/1/"))
    assert "The judgement went against it." in kept and "Approved by Robin quality-assurance" in kept
    assert "nothing to approve" in text(manager, at(wexcombe, "adoption/departure/"))


def test_a_challenge_stands_where_the_judgement_is_agreed_until_it_is_answered(wexcombe: Story) -> None:
    wexcombe.agreed(area="adoption")
    wexcombe.propose("adoption", "good")
    lead, manager = client_for(wexcombe["lead"]), client_for(wexcombe["quality-assurance"])
    sent = {"question": "Is it prompt?", "against": "F001 tells of one year.", "version": "1"}
    half = manager.post(at(wexcombe, "adoption/challenge/"), {**sent, "against": ""})
    assert half.status_code == 422 and "Is it prompt?" in half.content.decode()
    assert manager.post(at(wexcombe, "adoption/challenge/"), sent).status_code == 302
    assert "Challenge open" in text(lead, at(wexcombe))
    page = text(lead, at(wexcombe, "adoption/agree/"))
    assert "Challenges that are not closed" in page and "F001 tells of one year." in page
    refused = lead.post(at(wexcombe, "adoption/agree/"), {"version": "1"}, follow=True).content.decode()
    assert "A challenge is open: “Is it prompt?”" in html.unescape(refused)
    answer = re.findall(r'href="([^"]+/answer/)"', page)[0]
    assert lead.post(answer, {"note": "It was.", "version": "1"}).status_code == 302
    close = answer.replace("/answer/", "/close/")
    assert manager.post(close, {"decision": "close", "note": "Met.", "version": "2"}).status_code == 302
    page = text(lead, at(wexcombe, "adoption/"))
    assert "It was." in page and "Closed by Robin quality-assurance" in page


def test_from_a_moderation_meeting_one_comes_to_each_judgement_and_back(wexcombe: Story) -> None:
    wexcombe.propose("adoption", "good")
    lead = client_for(wexcombe["lead"])
    home = f"/inspections/{wexcombe.inspection.pk}/moderation-meetings/"
    assert home in text(lead, at(wexcombe))
    there = [str(wexcombe.person(role).pk) for role in ("lead", "quality-assurance")]
    alone = lead.post(home + "new/", {"day": "02/11/2026", "attended": there[:1]})
    assert alone.status_code == 422 and "nobody moderates alone" in alone.content.decode()
    made = lead.post(home + "new/", {"day": "02/11/2026", "attended": there})
    assert made.status_code == 302
    decide = made["Location"] + "decide/"
    half = lead.post(decide, {"decided": "Good stands.", "version": "1"})
    assert half.status_code == 422 and "Good stands." in half.content.decode()
    lead.post(decide, {"area": "adoption", "decided": "Good stands.", "version": "1"})
    page = text(lead, made["Location"])
    assert "Good stands." in page and at(wexcombe, "adoption/") in page and "Robin quality-assurance" in page
    assert "Good stands." in text(lead, decide + "?area=adoption")
    page = text(client_for(wexcombe["inspector"]), at(wexcombe, "adoption/"))
    assert "Meeting of 2 November 2026" in page and "Good stands." in page
    assert "Adoption" in text(client_for(wexcombe["analyst"]), home)


def test_what_explains_is_folded_under_a_contents_list_and_nothing_that_is_warned_of(wexcombe: Story) -> None:
    wexcombe.agreed("data", "survey", statement="Help comes early.")
    wexcombe.cited("data", stance="against", kind="improve", statement="Visits are late.")
    finding = wexcombe.agreed("case-review", "data", "conversation", kind="good-practice", statement="Children draw.")
    page = lxml.html.fromstring(text(client_for(wexcombe["inspector"]), at(wexcombe, "help-and-protection/")))
    (contents,) = page.xpath("//nav[@aria-labelledby='contents-title']")
    for where in contents.xpath(".//a/@href"):
        assert page.get_element_by_id(where.removeprefix("#")) is not None, "each line of the contents leads somewhere"
    assert "3 findings" in contents.text_content()
    folded = page.xpath("//details[contains(@class, 'app-fold') and not(@open)]")
    opened = page.xpath("//details[contains(@class, 'app-fold') and @open]")
    assert any(finding.mark in one.text_content() for one in folded)
    assert opened and all(one.xpath(".//*[@class='app-wary']") for one in opened)
    assert not any(one.xpath(".//*[@class='app-wary']") for one in folded), "a warning is never folded away"
    for named in " ".join(page.xpath("//input[@name='grade']/@aria-describedby")).split():
        assert page.get_element_by_id(named) is not None
