"""Findings in the browser: the board, writing, citing, agreeing."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests import cases_story
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.evidence.actions import shelve
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions
from goldthread.apps.findings.models import Citation, Finding
from goldthread.apps.submissions.actions import keep_typed_text
from goldthread.apps.submissions.models import MeasureValue, TypedText

pytestmark = pytest.mark.django_db

SENT = {
    "area": "help-and-protection", "kind": "strength", "statement": "Assessments are done in time.",
    "explanation": "", "confidence": "middle", "criteria": ["hp-07"],
}  # fmt: skip


@pytest.fixture
def wexcombe() -> Story:
    return story()


def at(wexcombe: Story, rest: str = "") -> str:
    return f"/inspections/{wexcombe.inspection.pk}/findings/{rest}"


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_empty_board_says_what_to_do(wexcombe: Story) -> None:
    assert "Write the first" in text(client_for(wexcombe["inspector"]), at(wexcombe))
    assert "Write the first" not in text(client_for(wexcombe["quality-assurance"]), at(wexcombe))


def test_the_board_groups_by_area_and_warns_in_words(wexcombe: Story) -> None:
    wexcombe.finding(area="leadership", statement="Leaders know their service.")
    wexcombe.cited("case-review", statement="Children are seen.")
    page = text(client_for(wexcombe["lead"]), at(wexcombe))
    assert page.index("Children are seen.") < page.index("Leaders know their service.")
    assert "It rests on one kind of evidence" in page
    assert "No current item on the evidence shelf" in page
    assert "1 case review" in page


def test_the_board_is_narrowed(wexcombe: Story) -> None:
    wexcombe.finding(statement="Mine.", by="analyst")
    wexcombe.finding(statement="Theirs.", by="lead")
    page = text(client_for(wexcombe["analyst"]), at(wexcombe, "?mine=1"))
    assert "Mine." in page
    assert "Theirs." not in page
    assert "No finding matches" in text(client_for(wexcombe["analyst"]), at(wexcombe, "?kind=priority"))


def test_writing_a_finding_is_idempotent_and_leads_to_citing(wexcombe: Story) -> None:
    browser = client_for(wexcombe["inspector"])
    sent = {**SENT, "client_key": str(uuid4())}
    first, second = browser.post(at(wexcombe, "new/"), sent), browser.post(at(wexcombe, "new/"), sent)
    finding = Finding.objects.get()
    assert first.url == second.url == at(wexcombe, f"{finding.pk}/")
    assert finding.criteria == ["hp-07"]
    assert "Cite evidence" in text(browser, first.url)


def test_a_form_with_a_slip_keeps_what_was_typed(wexcombe: Story) -> None:
    browser = client_for(wexcombe["inspector"])
    answer = browser.post(at(wexcombe, "new/"), {**SENT, "kind": "", "explanation": "Typed at nine in the evening."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "Choose a kind" in page
    assert "Typed at nine in the evening." in page
    assert not Finding.objects.exists()


def test_passages_are_looked_for_from_a_criterion_by_the_words_posted(wexcombe: Story) -> None:
    lead = client_for(wexcombe["lead"])
    lead.post(at(wexcombe, "new/"), SENT)
    page = lead.get(at(wexcombe, f"{Finding.objects.get().pk}/")).content.decode()
    form = re.search(
        r'<form method="post" class="[\w-]+" action="([^"]+/documents/)">.*?name="words" value="([^"]+)".*?</form>',
        page,
    )
    assert form is not None and "Find passages in documents" in form.group(0)
    assert len(form.group(2).split()) > 1
    assert "Search" in lead.post(form.group(1), {"words": form.group(2)}, follow=True).content.decode()


def test_criteria_of_another_area_are_refused_at_the_field(wexcombe: Story) -> None:
    answer = client_for(wexcombe["lead"]).post(at(wexcombe, "new/"), {**SENT, "criteria": ["la-01"]})
    assert answer.status_code == 422
    assert "Choose criteria of “Help and protection” only" in answer.content.decode()


def test_what_was_typed_is_offered_again_and_forgotten_once_saved(wexcombe: Story) -> None:
    actor, browser = wexcombe["inspector"], client_for(wexcombe["inspector"])
    key = f"finding-new@{wexcombe.inspection.pk}"
    kept = {"statement": "Half a sen", "area": "adoption", "criteria": ["ad-01"]}
    keep_typed_text(form=key, fields=kept, inspection=wexcombe.inspection, by=actor)
    assert "that was not sent" in text(browser, at(wexcombe, "new/"))
    restored = text(browser, at(wexcombe, f"new/?restore={key}"))
    assert "Half a sen" in restored
    assert 'value="ad-01" id="id_criteria_42" checked' in restored
    browser.post(at(wexcombe, "new/"), {**SENT, "client_key": str(uuid4())})
    assert not TypedText.objects.exists()


def test_a_finding_begun_from_an_item_goes_on_to_cite_it(wexcombe: Story) -> None:
    browser, item = client_for(wexcombe["inspector"]), wexcombe.item("data", area="adoption")
    page = text(browser, at(wexcombe, f"new/?item={item.pk}"))
    assert item.mark in page
    answer = browser.post(at(wexcombe, "new/"), {**SENT, "item": str(item.pk), "client_key": str(uuid4())})
    assert answer.url == at(wexcombe, f"{Finding.objects.get().pk}/cite/{item.pk}/")
    assert browser.get(at(wexcombe, "new/?item=not-an-id")).status_code == 200


def test_what_was_said_already_is_asked_and_answered_beside_the_sentence(wexcombe: Story) -> None:
    held = wexcombe.finding(statement="Managers do not write down why they decided.")
    browser = client_for(wexcombe["inspector"])
    for where in (at(wexcombe, "new/"), at(wexcombe, f"{held.pk}/change/")):
        page = text(browser, where)
        assert page.index('name="statement"') < page.index('name="alike"') < page.index('name="explanation"')
        assert page.count('name="alike"') == 1 and 'formaction="#said-already"' in page
    words = {**SENT, "statement": "Managers do not write down why they decided it.", "explanation": "Seen in files."}
    page = browser.post(at(wexcombe, "new/"), {**words, "alike": "1"}).content.decode()
    found = page.index(f"{held.mark} {held.statement}")
    assert page.index('id="said-already"') < found < page.index('name="explanation"')
    assert "Seen in files." in page and Finding.objects.count() == 1


def test_two_people_at_once_see_both_texts(wexcombe: Story) -> None:
    finding = wexcombe.finding()
    mine, theirs = client_for(wexcombe["inspector"]), client_for(wexcombe["analyst"])
    theirs.post(at(wexcombe, f"{finding.pk}/change/"), {**SENT, "statement": "Their words.", "version": "1"})
    answer = mine.post(at(wexcombe, f"{finding.pk}/change/"), {**SENT, "statement": "My words.", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Their words." in page
    assert "My words." in page
    # Who changed it, the form's own label, what is alike, and the way through the inspection.
    assert re.search(r"Robin analyst changed it on \d+ \w+ \d{4} at", page)
    assert ">What you found</h2>" in page and "The same in both: " in page and 'aria-label="This inspection"' in page
    chosen = mine.post(
        at(wexcombe, f"{finding.pk}/change/"), {**SENT, "kind": "improve", "confidence": "high", "version": "1"}
    ).content.decode()
    for words in ("What kind of finding it is", "Area for improvement", "How sure the team is", "<select"):
        assert words in chosen
    # The clash page sends several criteria back as one text.
    again = {**SENT, "statement": "My words.", "criteria": "hp-07,hp-08", "version": "2"}
    assert mine.post(at(wexcombe, f"{finding.pk}/change/"), again).status_code == 302
    assert Finding.objects.get().criteria == ["hp-07", "hp-08"]


def test_citing_by_way_of_the_picker(wexcombe: Story) -> None:
    finding, item = wexcombe.finding(), wexcombe.item("survey", title="Families say so")
    browser = client_for(wexcombe["analyst"])
    picker = text(browser, at(wexcombe, f"{finding.pk}/cite/"))
    address = at(wexcombe, f"{finding.pk}/cite/{item.pk}/")
    assert address in picker
    assert browser.post(address, {"stance": "", "why": ""}).status_code == 422
    browser.post(address, {"stance": "against", "why": "Half of them do not."})
    page = text(browser, at(wexcombe, f"{finding.pk}/"))
    assert "Half of them do not." in page
    assert "Evidence against it (1)" in page
    assert "Cited against it" in text(browser, at(wexcombe, f"{finding.pk}/cite/"))


def test_contrary_evidence_is_answered_and_a_citation_removed(wexcombe: Story) -> None:
    finding = wexcombe.cited("survey", stance="against")
    citation = Citation.objects.get()
    browser = client_for(wexcombe["inspector"])
    base = at(wexcombe, f"{finding.pk}/citations/{citation.pk}/")
    browser.post(base + "answer/", {"answer": "Few families answered.", "version": 1})
    assert "Few families answered." in text(browser, at(wexcombe, f"{finding.pk}/"))
    assert "Remove E0001 from F001?" in text(browser, base + "remove/")
    browser.post(base + "remove/", {"version": 2})
    assert "Nothing is cited against it" in text(browser, at(wexcombe, f"{finding.pk}/"))
    for gone in ("remove/", "answer/"):
        assert "E0001 is no longer cited in F001" in browser.get(base + gone, follow=True).content.decode()
    kept = browser.post(base + "answer/", {"answer": "Written while it was removed.", "version": 2})
    assert kept.status_code == 422 and "Written while it was removed." in kept.content.decode()


def test_the_lead_agrees_after_reading_the_warnings(wexcombe: Story) -> None:
    finding = wexcombe.cited("data")
    browser = client_for(wexcombe["lead"])
    assert "Be wary of this first" in text(browser, at(wexcombe, f"{finding.pk}/agree/"))
    page = browser.post(at(wexcombe, f"{finding.pk}/agree/"), {"version": "1"}, follow=True).content.decode()
    assert "F001 is agreed" in page
    assert "Open it again" in page


def test_agreeing_without_evidence_says_why_not(wexcombe: Story) -> None:
    finding = wexcombe.finding()
    browser = client_for(wexcombe["lead"])
    page = browser.post(at(wexcombe, f"{finding.pk}/agree/"), {"version": "1"}, follow=True).content.decode()
    assert "no current item on the evidence shelf is cited for it" in page
    assert Finding.objects.get().status == "draft"


@pytest.mark.parametrize("role", ["inspector", "analyst", "quality-assurance"])
def test_agreeing_and_reopening_are_the_leads(wexcombe: Story, role: str) -> None:
    finding = wexcombe.agreed()
    browser = client_for(wexcombe[role])
    assert browser.post(at(wexcombe, f"{finding.pk}/agree/"), {"version": "2"}).status_code == 403
    assert browser.post(at(wexcombe, f"{finding.pk}/reopen/"), {"because": "Why not"}).status_code == 403
    page = text(browser, at(wexcombe, f"{finding.pk}/"))
    assert "Open it again" not in page
    assert "Withdraw it" not in page


def test_reopening_and_withdrawing_ask_why(wexcombe: Story) -> None:
    finding = wexcombe.agreed()
    browser = client_for(wexcombe["lead"])
    assert browser.post(at(wexcombe, f"{finding.pk}/reopen/"), {"because": ""}).status_code == 422
    browser.post(at(wexcombe, f"{finding.pk}/reopen/"), {"because": "New evidence", "version": 2})
    assert "Opened again because:" in text(browser, at(wexcombe, f"{finding.pk}/"))
    browser.post(at(wexcombe, f"{finding.pk}/withdraw/"), {"because": "It fell", "version": 3})
    assert "It fell" in text(browser, at(wexcombe, f"{finding.pk}/"))
    assert "F001" not in text(browser, at(wexcombe))
    assert "F001" in text(browser, at(wexcombe, "?status=withdrawn"))


def test_an_agreed_finding_cannot_be_opened_for_change(wexcombe: Story) -> None:
    finding = wexcombe.agreed()
    page = client_for(wexcombe["lead"]).get(at(wexcombe, f"{finding.pk}/change/"), follow=True).content.decode()
    assert "The lead inspector can open it again" in page


def test_evidence_by_kind_and_what_is_missing(wexcombe: Story) -> None:
    wexcombe.cited("data", "survey")
    page = text(client_for(wexcombe["quality-assurance"]), at(wexcombe, "triangulation/"))
    assert "What each area lacks" in page
    assert "22 of 22 criteria that no finding names" in page
    assert "Nothing on the shelf of these kinds:" in page


@pytest.mark.parametrize("role", ["nominated-officer", "director", "uploader", "member", "improvement-lead"])
def test_the_authority_finds_nothing(wexcombe: Story, role: str) -> None:
    finding = wexcombe.agreed()
    item = EvidenceItem.objects.get()
    citation = Citation.objects.get()
    browser = client_for(wexcombe[role])
    one = f"{finding.pk}/"
    for rest in (
        "", "new/", "triangulation/", one, one + "change/", one + "agree/", one + "reopen/", one + "withdraw/",
        one + "cite/", one + f"cite/{item.pk}/", one + f"citations/{citation.pk}/remove/",
        one + f"citations/{citation.pk}/answer/",
    ):  # fmt: skip
        assert browser.get(at(wexcombe, rest)).status_code == 404, rest
    assert browser.post(at(wexcombe, "new/"), SENT).status_code == 404
    assert Finding.objects.count() == 1


def test_reading_is_not_writing(wexcombe: Story) -> None:
    finding = wexcombe.agreed()
    browser = client_for(wexcombe["quality-assurance"])
    assert browser.post(at(wexcombe, "new/"), SENT).status_code == 403
    assert browser.get(at(wexcombe, f"{finding.pk}/change/")).status_code == 403
    assert "Write a finding" not in text(browser, at(wexcombe))


def test_a_finding_leads_down_to_its_items(wexcombe: Story) -> None:
    finding = wexcombe.cited("data")
    page = text(client_for(wexcombe["lead"]), at(wexcombe, f"{finding.pk}/"))
    assert f"/shelf/{EvidenceItem.objects.get().pk}/" in page


def test_the_thread_runs_down_to_the_case_review_and_the_measure() -> None:
    told = cases_story.story()
    review = told.signed()
    finding = actions.write_finding(
        inspection=told.inspection, by=told["inspector"], client_key=uuid4(), **{**SENT, "criteria": []}
    )
    measured = shelve(inspection=told.inspection, kind="data", title="88% in time", by=PROGRAMME)
    MeasureValue.objects.create(
        submission=told.submission,
        code="AS-01",
        numerator=88,
        denominator=100,
        value=88.0,
        evidence_item=measured,
        detail={"settings": {"assessment_days": 45}},
    )
    for item in (review.evidence_item, measured):
        actions.cite(finding=finding, item=item, stance="for", why="It shows so.", by=told["inspector"])
    browser = client_for(told["inspector"])
    page = text(browser, f"/inspections/{told.inspection.pk}/findings/{finding.pk}/")
    down = re.findall(r'href="([^"]+)">See (?:the review|measure)', page)
    assert len(down) == 2
    assert str(review.pk) in down[0]
    assert [browser.get(address).status_code for address in down] == [200, 200]
    assert cases_story.SECRET not in page


def test_the_board_asks_the_database_no_more_for_more_findings(
    wexcombe: Story, django_assert_max_num_queries: object
) -> None:
    browser = client_for(wexcombe["lead"])
    for _ in range(8):
        finding = wexcombe.cited("data", "survey")
    actions.agree(finding=finding, by=wexcombe["lead"])
    browser.get(at(wexcombe))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        browser.get(at(wexcombe))
