"""Pages of children referred back: in two clicks from a review, to the council's home page, and back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.cases_story import REAL_ID, SECRET, Story, story
from tests.pages.test_cases import at, browser, text

from goldthread.apps.referred_back.models import ReferralBack

pytestmark = pytest.mark.django_db

FORM = {"says": SECRET, "seriousness": "immediate", "told": "both", "within": ""}


@pytest.fixture
def wexcombe() -> Story:
    return story()


def refer(held: Story, **more: Any) -> ReferralBack:
    address = at("case_concern", held, case=held.case().pk)
    answer = browser(held, "inspector").post(address, {**FORM, "client_key": uuid4(), **more}, follow=True)
    assert "The lead inspector and the council are told: R" in text(answer)
    return ReferralBack.objects.get()


def test_from_a_review_it_is_two_clicks(wexcombe: Story) -> None:
    review = wexcombe.review()
    inspector = browser(wexcombe, "inspector")
    way = at("case_concern", wexcombe, case=review.case_id)
    assert way in inspector.get(at("case_review", wexcombe, review=review.pk)).content.decode()
    answer = inspector.post(way, {**FORM, "client_key": uuid4()}, follow=True)
    assert "R1" in text(answer) and SECRET in text(answer)


def test_a_form_that_lacks_something_is_given_back_with_what_was_typed(wexcombe: Story) -> None:
    address = at("case_concern", wexcombe, case=wexcombe.case().pk)
    inspector = browser(wexcombe, "inspector")
    for lacking in ("says", "seriousness", "told"):
        answer = inspector.post(address, {**FORM, lacking: "", "client_key": uuid4()})
        assert answer.status_code == 422 and "There is a problem" in text(answer), lacking
        assert lacking == "says" or SECRET in text(answer)
    assert not ReferralBack.objects.exists()


def test_the_council_reads_it_on_its_home_page_looks_the_child_up_and_answers(wexcombe: Story) -> None:
    referral = refer(wexcombe)
    officer, lead = browser(wexcombe, "nominated-officer"), browser(wexcombe, "lead")
    one = at("referral_back", wexcombe, referral=referral.pk)
    assert one in officer.get("/home/").content.decode()
    assert "1 , 1 waiting for the council" in text(officer.get(at("inspection_overview", wexcombe)))
    shown = text(officer.get(one))
    assert SECRET in shown and "Asked for by" in shown and REAL_ID not in shown
    assert at("case", wexcombe, case=referral.concern.case_id) not in officer.get(one).content.decode()
    who = at("referral_back_who", wexcombe, referral=referral.pk)
    assert REAL_ID not in text(officer.get(who)) and "in the authority's system" in text(officer.post(who))
    answer = at("referral_back_answer", wexcombe, referral=referral.pk)
    assert officer.post(answer, {"says": "", "version": 1}).status_code == 422
    assert "R1 is answered" in text(officer.post(answer, {"says": "Seen tonight.", "version": 1}, follow=True))
    assert one in lead.get("/home/").content.decode() and one not in officer.get("/home/").content.decode()
    settle = at("referral_back_settle", wexcombe, referral=referral.pk)
    assert lead.post(settle, {"to": "closed", "because": "", "version": 2}).status_code == 422
    done = text(lead.post(settle, {"to": "closed", "because": "She is safe.", "version": 2}, follow=True))
    assert "She is safe." in done and "Closed" in done and "in time" in done
    assert "so there is nothing to do here" in text(officer.get(answer))


def test_whoever_it_is_not_for_is_told_that_there_is_no_such_page(wexcombe: Story) -> None:
    referral = refer(wexcombe)
    for role in ("uploader", "member", "improvement-lead", "inspector-2", "disclosure-checker"):
        answer = browser(wexcombe, role).get(at("referral_back", wexcombe, referral=referral.pk))
        assert answer.status_code in (403, 404) and SECRET not in text(answer), role
    assert browser(wexcombe, "lead").get(at("referral_back_answer", wexcombe, referral=referral.pk)).status_code == 403


def test_the_list_tells_what_is_late_and_filters(wexcombe: Story) -> None:
    referral = refer(wexcombe)
    late = datetime.now(UTC) - timedelta(hours=2)
    ReferralBack.objects.update(respond_by=late)
    lead = browser(wexcombe, "lead")
    address = at("referrals_back", wexcombe)
    assert "Overdue since" in text(lead.get(address)) and "1 was not answered in time" in text(lead.get(address))
    assert "1 not answered in time" in text(lead.get(at("inspection_overview", wexcombe)))
    assert referral.mark in text(lead.get(address, {"status": "told"}))
    assert "None stands so" in text(lead.get(address, {"status": "closed"}))
    other = browser(wexcombe, "inspector-2")
    assert "No child of your files has been referred back" in text(other.get(address))
    assert "Children referred back from your files None" in text(other.get(at("inspection_overview", wexcombe)))
    assert "from your files" not in text(lead.get(at("inspection_overview", wexcombe)))


def test_a_concern_for_the_lead_alone_can_be_taken_to_the_council_later(wexcombe: Story) -> None:
    inspector, case = browser(wexcombe, "inspector"), wexcombe.case()
    inspector.post(at("case_concern", wexcombe, case=case.pk), {**FORM, "told": "lead", "client_key": uuid4()})
    assert not ReferralBack.objects.exists()
    concern = case.concerns.get()
    way = at("concern_refer", wexcombe, concern=concern.pk)
    page = inspector.get(at("case", wexcombe, case=case.pk)).content.decode()
    assert way in page and "The council has not been told" in page
    assert SECRET in text(inspector.get(way))
    told = {"says": "She is alone at night.", "seriousness": "drift", "within": "4-hours", "client_key": uuid4()}
    assert "The council is told: R1" in text(inspector.post(way, told, follow=True))
    assert "The council was told already" in text(inspector.get(way))
    one = at("referral_back", wexcombe, referral=ReferralBack.objects.get().pk)
    assert "Within 4 hours" in text(browser(wexcombe, "director").get(one))
