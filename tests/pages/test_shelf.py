"""The evidence shelf in the browser."""

import pytest
from tests.factories import client_for
from tests.findings_story import Story, story

from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.findings import actions

pytestmark = pytest.mark.django_db
TEAM_SIDE_ONLY = 404


@pytest.fixture
def wexcombe() -> Story:
    return story()


def at(wexcombe: Story, rest: str = "") -> str:
    return f"/inspections/{wexcombe.inspection.pk}/shelf/{rest}"


def test_an_empty_shelf_says_what_to_do(wexcombe: Story) -> None:
    assert "The shelf is empty" in client_for(wexcombe["lead"]).get(at(wexcombe)).content.decode()


def test_the_shelf_is_searched_and_filtered(wexcombe: Story) -> None:
    wexcombe.item("data", title="Assessments in time")
    wexcombe.item("case-review", area="adoption", title="Review of case 4")
    browser = client_for(wexcombe["quality-assurance"])
    for query, shown, hidden in (
        ("?words=assessments", "Assessments in time", "Review of case 4"),
        ("?words=e0002", "Review of case 4", "Assessments in time"),
        ("?kind=case-review", "Review of case 4", "Assessments in time"),
        ("?area=adoption", "Review of case 4", "Assessments in time"),
    ):
        page = browser.get(at(wexcombe, query)).content.decode()
        assert shown in page, query
        assert hidden not in page, query
    assert "Nothing on the shelf matches" in browser.get(at(wexcombe, "?words=zzz")).content.decode()


def test_a_long_shelf_is_paged_and_keeps_its_search(wexcombe: Story) -> None:
    for number in range(27):
        wexcombe.item("data", title=f"Measure {number}")
    browser = client_for(wexcombe["lead"])
    first = browser.get(at(wexcombe, "?kind=data")).content.decode()
    assert "27 items, 1 to 25 shown" in first
    assert "kind=data&amp;page=2" in first
    assert "Measure 26" in browser.get(at(wexcombe, "?kind=data&page=2")).content.decode()


def test_an_item_shows_what_leans_on_it(wexcombe: Story) -> None:
    finding = wexcombe.cited("data", statement="Matching is prompt.")
    page = client_for(wexcombe["inspector"]).get(at(wexcombe, f"{EvidenceItem.objects.get().pk}/")).content.decode()
    assert "Matching is prompt." in page
    assert f"/findings/{finding.pk}/" in page
    assert "Cite it in a finding" in page


def test_an_item_offers_only_what_the_reader_may_do(wexcombe: Story) -> None:
    item = wexcombe.item()
    page = client_for(wexcombe["quality-assurance"]).get(at(wexcombe, f"{item.pk}/")).content.decode()
    assert "Cite it in a finding" not in page
    assert "Withdraw it" not in page


def test_the_lead_withdraws_an_item_with_a_reason(wexcombe: Story) -> None:
    wexcombe.agreed("data")
    item = EvidenceItem.objects.get()
    browser = client_for(wexcombe["lead"])
    asked = browser.get(at(wexcombe, f"{item.pk}/withdraw/")).content.decode()
    assert "F001" in asked
    refused = browser.post(at(wexcombe, f"{item.pk}/withdraw/"), {"because": " "})
    assert refused.status_code == 422
    assert "Say why the item is withdrawn" in refused.content.decode()
    done = browser.post(at(wexcombe, f"{item.pk}/withdraw/"), {"because": "Miscounted", "version": "1"}, follow=True)
    assert "Miscounted" in done.content.decode()
    assert EvidenceItem.objects.get().status == "withdrawn"
    board = browser.get(f"/inspections/{wexcombe.inspection.pk}/findings/").content.decode()
    assert "Check again" in board


@pytest.mark.parametrize("role", ["inspector", "analyst", "quality-assurance"])
def test_others_do_not_withdraw(wexcombe: Story, role: str) -> None:
    item = wexcombe.item()
    answer = client_for(wexcombe[role]).post(at(wexcombe, f"{item.pk}/withdraw/"), {"because": "I wish to"})
    assert answer.status_code == 403
    assert EvidenceItem.objects.get().current


@pytest.mark.parametrize("role", ["nominated-officer", "director", "uploader", "member", "improvement-lead"])
def test_the_authority_finds_no_shelf(wexcombe: Story, role: str) -> None:
    item = wexcombe.item()
    browser = client_for(wexcombe[role])
    for rest in ("", f"{item.pk}/", f"{item.pk}/withdraw/", f"{item.pk}/cite/"):
        assert browser.get(at(wexcombe, rest)).status_code == TEAM_SIDE_ONLY, rest


def test_an_item_of_another_inspection_is_not_there(wexcombe: Story) -> None:
    elsewhere = story()
    item = elsewhere.item()
    assert client_for(wexcombe["lead"]).get(at(wexcombe, f"{item.pk}/")).status_code == 404
    assert client_for(wexcombe["lead"]).get(at(elsewhere)).status_code == 404


def test_from_an_item_to_a_finding(wexcombe: Story) -> None:
    item, finding, agreed = wexcombe.item(), wexcombe.finding(statement="A draft."), wexcombe.agreed(statement="Done.")
    actions.cite(finding=finding, item=wexcombe.item(), stance="for", why="So.", by=wexcombe["lead"])
    page = client_for(wexcombe["analyst"]).get(at(wexcombe, f"{item.pk}/cite/")).content.decode()
    assert f"/findings/{finding.pk}/cite/{item.pk}/" in page
    assert agreed.statement not in page
